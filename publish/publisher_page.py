"""What a report's publisher should know of it, gathered from a built dataset: one page, in Dutch or English.

What does not add up, what could not be read or was read with doubt, and which labels are new; each with the places on
the pages that it speaks of. This module gathers and words; `publisher_html` and `publisher_pdf` set it, and
`publisher_pictures` cuts the places out of the PDF.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from publish.publisher_words import KINDS, WORDS, Language
from publish.reading import read
from schemas.printed import Box

#: A figure of a sentence, list or chart that the reader was less sure of than this is shown as doubtful.
_DOUBT = 0.8
#: Likewise a number of a scan, by the OCR engine's own confidence; right ones have 0.97 nearly always.
_SEEN_WELL = 0.9
#: A table is doubtful when the reader expects as large a part of its numbers, and one at least, to be wrong.
_DOUBTFUL_TABLE = 0.1
#: The most labels and doubtful places that a person can be asked to look at on one page.
_MOST_LABELS, _MOST_DOUBTS = 60, 20
#: Points down the page within which two numbers of one table, or of running text, are shown in one picture.
_IN_TABLE, _IN_TEXT = 170.0, 60.0
_SEVERITIES = ("error", "warning", "info")

Row = Mapping[str, Any]


class UnknownReport(LookupError):
    """The dataset holds no such report; the message names those that it holds."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A place on a page: its main number and others beside it that take part in the proof, boxes in points.

    `above` is where the numbers of its table begin; `in_question` says that the main number is the one that is doubted.
    """

    page: int
    focus: Box
    others: tuple[Box, ...]
    above: float
    said: str
    in_question: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """Something to look at: what kind of thing, in a sentence, with its places."""

    heading: str
    text: str
    figures: str
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class LabelLine:
    """A label that is new: where it stands and what it is taken for, empty where nothing is proposed."""

    label: str
    where: str
    proposal: str


@dataclass(frozen=True, slots=True)
class Group:
    """Items of one weight under a heading that says what the weight means."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class PublisherPage:
    """The page's contents in one language; `file` is the PDF relative to the catalogue, None when it is not there."""

    language: Language
    report_id: str
    file: str | None
    title: str
    about: tuple[str, ...]
    contradictions: tuple[Group, ...]
    unread: tuple[Item, ...]
    labels: tuple[LabelLine, ...]
    labels_left_out: int

    @property
    def words(self) -> Mapping[str, str]:
        """The page's fixed words."""
        return WORDS[self.language]

    @property
    def items(self) -> Iterable[Item]:
        """Everything that may have pictures, in printed order."""
        for group in self.contradictions:
            yield from group.items
        yield from self.unread


def gather(folder: Path, report_id: str, language: Language) -> PublisherPage:
    """The page for one report of the dataset in `folder`; raises UnknownReport, NotADataset."""
    reports = read(folder, "reports")
    mine = reports[reports["report_id"] == report_id]
    if not len(mine):
        raise UnknownReport(f"{folder} holds no report {report_id}; it holds {', '.join(reports['report_id'])}.")
    report: dict[str, Any] = {str(k): None if pd.isna(v) else v for k, v in mine.iloc[0].items()}
    where = [("report_id", "==", report_id)]
    observations = _rows(read(folder, "observations", list(where)))
    by_id = {str(o["observation_id"]): o for o in observations}
    findings = _rows(read(folder, "findings", list(where)))
    misread = [f for f in findings if f.get("culprit") == "reading"]
    stands = [f for f in findings if f.get("culprit") != "reading"]
    tops = _table_tops(observations)
    groups = [
        Group(
            WORDS[language][f"severity_{severity}"],
            tuple(_finding(f, by_id, tops, language) for f in _in_order(stands) if f["severity"] == severity),
        )
        for severity in _SEVERITIES
    ]
    unread = [
        *_problems(_rows(read(folder, "problems", list(where))), language),
        *(_finding(f, by_id, tops, language) for f in _in_order(misread)),
        *_doubtful(observations, tops, language),
    ]
    labels = _new_labels(folder, report_id, observations, language)
    return PublisherPage(
        language,
        report_id,
        report["file"],
        str(report["title"]),
        _about(report, language),
        tuple(group for group in groups if group.items),
        tuple(unread),
        tuple(labels[:_MOST_LABELS]),
        max(0, len(labels) - _MOST_LABELS),
    )


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]


def _about(report: Row, language: Language) -> tuple[str, ...]:
    words = WORDS[language]
    counts = {name: report[name] or 0 for name in ("pages", "observations", "cases")}
    lines = [f"{report['publisher']}, {report['city']}, {report['reporting_year']}", words["read"].format(**counts)]
    if report["edition"] != "original":
        lines.append(words[f"edition_{report['edition']}"])
    return tuple(lines)


def _in_order(findings: Iterable[Row]) -> list[Row]:
    return sorted(findings, key=lambda f: (f["page"] or math.inf, str(f["table_id"] or ""), f["finding_id"]))


def _table_tops(observations: Sequence[Row]) -> dict[tuple[str, int], float]:
    """The upper edge of each table's numbers on each page: its column heads stand just above."""
    tops: dict[tuple[str, int], float] = {}
    for o in observations:
        if o["kind"] == "cell":
            key = (o["table_id"], o["page"])
            tops[key] = min(tops.get(key, math.inf), o["top"])
    return tops


def _finding(finding: Row, by_id: Mapping[str, Row], tops: Mapping[tuple[str, int], float], language: Language) -> Item:
    words = WORDS[language]
    text = finding["message_nl"] if language == "nl" and finding.get("message_nl") else finding["message"]
    concerned = [by_id[i] for i in str(finding["observation_ids"]).split() if i in by_id]
    figures = ""
    if finding["printed"] is not None and finding["expected"] is not None:
        figures = words["figures"].format(
            printed=_as_printed(finding, concerned, language), expected=_number(finding["expected"], language)
        )
    if (place := finding.get("repair_place")) in by_id:
        concerned.sort(key=lambda o: o["observation_id"] != place)
    return Item(KINDS[language][finding["kind"]], str(text), figures, tuple(_pictures(concerned, tops, language)))


def _as_printed(finding: Row, concerned: Sequence[Row], language: Language) -> str:
    """The doubted number in its own characters (`1,00`, `87%`); a year or a sum that is not printed as a number."""
    first = concerned[0] if concerned else None
    if first is not None and first["value"] == finding["printed"] and first["value_printed"]:
        return str(first["value_printed"])
    return _number(finding["printed"], language)


def _pictures(concerned: Sequence[Row], tops: Mapping[tuple[str, int], float], language: Language) -> Iterable[Picture]:
    """The place of the first number, and of the first one that stands elsewhere: two pictures show a contradiction."""
    if not concerned:
        return
    first = concerned[0]
    yield _picture(first, concerned[1:], tops, language)
    elsewhere = next((o for o in concerned[1:] if not _beside(first, o)), None)
    if elsewhere is not None:
        others = [o for o in concerned[1:] if o is not elsewhere]
        yield replace(_picture(elsewhere, others, tops, language), in_question=False)


def _beside(a: Row, b: Row) -> bool:
    """Whether two numbers are seen in one picture: in one table, or a few lines apart."""
    reach = _IN_TABLE if a["table_id"] is not None and a["table_id"] == b["table_id"] else _IN_TEXT
    return bool(a["page"] == b["page"] and abs(a["top"] - b["top"]) < reach)


def _picture(number: Row, others: Sequence[Row], tops: Mapping[tuple[str, int], float], language: Language) -> Picture:
    near = tuple(_box(o) for o in others if _beside(number, o))
    above = tops.get((number["table_id"], number["page"]), number["top"])
    label = " / ".join(part for part in (number["row_label"], number["column_label"]) if part)
    said = WORDS[language]["picture"].format(page=number["page"], printed=number["value_printed"], label=label)
    return Picture(int(number["page"]), _box(number), near, float(above), said)


def _box(o: Row) -> Box:
    return Box(float(o["x0"]), float(o["top"]), float(o["x1"]), float(o["bottom"]))


def _problems(problems: Sequence[Row], language: Language) -> Iterable[Item]:
    words = WORDS[language]
    for problem in sorted(problems, key=lambda p: (p["severity"] != "error", p["page"] or 0, p["what"])):
        page = words["on_page"].format(page=problem["page"]) if problem["page"] else words["whole_report"]
        yield Item(page, str(problem["what"]), "", ())


def _doubtful(observations: Sequence[Row], tops: Mapping[tuple[str, int], float], language: Language) -> Iterable[Item]:
    """What was read with doubt, the most doubtful first: tables of which a part is likely wrong, and single numbers."""
    words, tables = WORDS[language], defaultdict(list)
    doubted: list[tuple[float, Row, str]] = []
    for o in observations:
        if o["kind"] == "cell":
            tables[o["table_id"]].append(o)
        sure = 1.0 if o["kind"] == "cell" or o["reading_confidence"] is None else o["reading_confidence"]
        seen = 1.0 if o.get("ocr_confidence") is None else o["ocr_confidence"]
        if sure < _DOUBT or seen < _SEEN_WELL:
            label = " / ".join(part for part in (o["row_label"], o["column_label"]) if part)
            doubted.append((min(sure, seen), o, words["doubt"].format(printed=o["value_printed"], label=label)))
    for cells in tables.values():
        wrong = sum(1 - (1.0 if o["reading_confidence"] is None else o["reading_confidence"]) for o in cells)
        if wrong >= max(1, _DOUBTFUL_TABLE * len(cells)):
            title = cells[0]["table_title"] or words["untitled"]
            text = words["doubtful_table"].format(title=title, count=len(cells), wrong=round(wrong))
            first = min(cells, key=lambda o: (o["page"], o["top"], o["x0"]))
            doubted.append((1 - wrong / len(cells), first, text))
    for _, o, text in sorted(doubted, key=lambda d: (d[0], d[1]["observation_id"]))[:_MOST_DOUBTS]:
        yield Item(words["on_page"].format(page=o["page"]), text, "", (_picture(o, (), tops, language),))


def _new_labels(folder: Path, report_id: str, observations: Sequence[Row], language: Language) -> list[LabelLine]:
    """Labels of tables and lists that wait for a person or are not understood, and that no other report has settled."""
    printed = {
        level
        for o in observations
        if o["kind"] in ("cell", "list")
        for path in (o["row_label"], o["column_label"])
        for level in str(path).split(" > ")
    }
    labels = read(folder, "labels")
    settled = {str(label).casefold() for label in labels.loc[labels["status"].isin(["curated", "accepted"]), "label"]}
    column = f"label_{language}"
    concepts = read(folder, "concepts")
    names = dict(zip(concepts["key"], concepts[column].fillna(concepts["label_en"]), strict=True))
    lines: dict[str, LabelLine] = {}
    mine = labels[(labels["report_id"] == report_id) & labels["status"].isin(["review", "unmapped"])]
    for row in _rows(mine.sort_values(["label", "label_id"])):
        label = str(row["label"])
        if label not in printed or label.casefold() in settled or row["justification"] == "semapv:UnspecifiedMatching":
            continue
        proposal = str(names.get(row["concept"], "")) if row["concept"] else ""
        known = lines.get(label.casefold())
        if known is None or (proposal and not known.proposal):
            lines[label.casefold()] = LabelLine(label, str(row["context"] or ""), proposal)
    return list(lines.values())


def _number(value: float, language: Language) -> str:
    """A number as people of the language write it."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    if float(value).is_integer() and 1900 <= value <= 2100:
        return str(int(value))
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))
