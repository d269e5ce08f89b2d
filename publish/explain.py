"""Says where one number comes from: report, page, box, labels, mapping, checks. Reads the published files only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd
from rapidfuzz import process

from publish.evidence import media_fragment
from publish.reading import read, version
from schemas.columns import FACETS

_EDITIONS = {
    "original": "as the city published it",
    "facsimile": "a facsimile: typeset again from published figures; page and box are not those of the city's report",
    "synthetic": "synthetic: made up, not data about any city",
}
_MAPPINGS = {
    "curated": "decided by a person",
    "accepted": "accepted: the matcher is sure enough",
    "review": "in review: a proposal that waits for a steward",
    "unmapped": "unmapped: no concept was found for a label",
}
_NEAR = 5
_WIDTH = 14

Row = dict[str, object]


class UnknownObservation(LookupError):
    """No observation has this id; the message offers those with the most similar ids."""


def explain(dataset: Path, observation_id: str) -> str:
    """Where the number comes from, as text of some twenty lines.

    Raises UnknownObservation with near matches, publish.reading.NotADataset when `dataset` holds none.
    """
    version(dataset)
    found = _rows(read(dataset, "observations", [("observation_id", "==", observation_id)]))
    if not found:
        raise UnknownObservation(_unknown(dataset, observation_id))
    number = found[0]
    reports = _rows(read(dataset, "reports", [("report_id", "==", number["report_id"])]))
    report = reports[0] if reports else {}
    names = _concept_names(dataset, number)
    lines = [str(number["observation_id"]), ""]
    for title, texts in (
        ("number", _number(number)),
        ("about", [f"{number['organisation']}{_city(report)}{_named(number['organisation_concept'], names)}"]),
        ("labels", _labels(number)),
        ("report", _report(report)),
        ("place", _place(number, report)),
        ("concepts", _concepts(number, names)),
        ("decided", _decisions(dataset, number)),
        ("total", ["a total over other rows or columns: leave it out of sums"] if number["is_total"] else []),
        ("repeats", _repeats(dataset, number)),
        ("findings", _findings(dataset, number)),
        ("correction", _corrections(dataset, number)),
        ("see it", [f"klachtenatlas explain '{number['observation_id']}' --image cell.png"]),
    ):
        for place, text in enumerate(texts):
            lines.append(f"{'' if place else title:<{_WIDTH}}{text}")
    return "\n".join(lines) + "\n"


def _rows(frame: pd.DataFrame) -> list[Row]:
    return [
        {str(name): value for name, value in row.items()}
        for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
    ]


def _unknown(dataset: Path, observation_id: str) -> str:
    known = read(dataset, "observations")["observation_id"].tolist()
    if not known:
        return f"No observation is called {observation_id!r}: the dataset in {dataset} holds no observations."
    near = "".join(f"\n  {match}" for match, _, _ in process.extract(observation_id, known, limit=_NEAR))
    return f"No observation is called {observation_id!r}. The most similar ones are:{near}"


def _number(number: Row) -> list[str]:
    value, start, end = number["value"], number["period_start"], number["period_end"]
    assert isinstance(value, float) and isinstance(start, date) and isinstance(end, date)
    whole_year = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year
    period = str(start.year) if whole_year else f"{start} to {end}"
    texts = [
        f"{value:.15g} ({number['unit']}, measure {number['measure']}) for {period}",
        f'printed "{number["value_printed"]}" in {_kind(number)}',
    ]
    if number["sentence"]:
        texts.append(f'"{number["sentence"]}"')
    return texts


def _kind(number: Row) -> str:
    kinds = {"cell": "a table", "list": "a list", "prose": "running text", "chart": "a chart"}
    return kinds[str(number["kind"])]


def _city(report: Row) -> str:
    return f", {report['city']}" if report else ""


def _named(concept: object, names: dict[str, str]) -> str:
    return f" ({concept}, {names.get(str(concept), 'not in the scheme')})" if concept else ""


def _labels(number: Row) -> Iterator[str]:
    yield f"row     {number['row_label'] or '(none)'}"
    yield f"column  {number['column_label'] or '(none)'}"
    if number["table_id"]:
        title = f"{number['table_title']} " if number["table_title"] else ""
        yield f"table   {title}[{number['table_id']}]"
    if number["section"]:
        yield f"under   {number['section']}"


def _report(report: Row) -> Iterator[str]:
    if not report:
        yield "not in `reports`"
        return
    yield f"{report['title']} [{report['report_id']}], {report['publisher']}"
    yield _EDITIONS[str(report["edition"])]
    for what in ("url", "file"):
        if report[what]:
            yield str(report[what])
    if report["sha256"]:
        yield f"sha256 {report['sha256']}"


def _place(number: Row, report: Row) -> Iterator[str]:
    page, x0, top, x1, bottom = (number[name] for name in ("page", "x0", "top", "x1", "bottom"))
    assert isinstance(page, int) and isinstance(x0, float) and isinstance(top, float)
    assert isinstance(x1, float) and isinstance(bottom, float)
    pages = f" of {report['pages']}" if report.get("pages") else ""
    yield f"page {page}{pages}, box {x0:g}, {top:g} to {x1:g}, {bottom:g} (points from the top left corner)"
    yield f"{report.get('file') or ''}{media_fragment(page, x0, top, x1, bottom)}"
    yield f"read by {number['method']}, {_percent(number['reading_confidence'])} sure of characters and place"


def _percent(share: object) -> str:
    assert isinstance(share, float)
    return f"{100 * share:.0f} %"


def _concept_names(dataset: Path, number: Row) -> dict[str, str]:
    keys = [number[name] for name in (*FACETS, "organisation_concept") if number[name]]
    if not keys:
        return {}
    frame = read(dataset, "concepts", [("key", "in", keys)])
    return dict(zip(frame["key"], frame["label_en"], strict=True))


def _concepts(number: Row, names: dict[str, str]) -> Iterator[str]:
    for facet in FACETS:
        if number[facet]:
            yield f"{number[facet]} ({names.get(str(number[facet]), 'not in the scheme')})"
    confidence = number["mapping_confidence"]
    sure = f", {_percent(confidence)} sure" if confidence is not None else ""
    yield f"{_MAPPINGS[str(number['mapping_status'])]}{sure}"


def _decisions(dataset: Path, number: Row) -> Iterator[str]:
    """What `labels` says of each level of the two labels, in the contexts most like the number's own."""
    levels = {level for name in ("row_label", "column_label") for level in (str(number[name]), *_parts(number[name]))}
    around = levels | {part for name in ("table_title", "section", "organisation") for part in _parts(number[name])}
    frame = read(dataset, "labels", [("report_id", "==", number["report_id"]), ("label", "in", sorted(levels))])
    shared = {str(row["label_id"]): len(around.intersection(_parts(row["context"]))) for row in _rows(frame)}
    most: dict[str, int] = {}
    for row in _rows(frame):
        label = str(row["label"])
        most[label] = max(most.get(label, 0), shared[str(row["label_id"])])
    for row in _rows(frame):
        if shared[str(row["label_id"])] == most[str(row["label"])]:
            yield _decision(row)


def _parts(label: object) -> list[str]:
    return str(label).split(" > ") if label else []


def _decision(row: Row) -> str:
    sure = f", {_percent(row['confidence'])} sure" if row["confidence"] is not None else ""
    who = f" by {row['decided_by']}" if row["decided_by"] else ""
    when = f" on {row['decided_on']}" if row["decided_on"] else ""
    context = f" in {row['context']}" if row["context"] else ""
    note = f": {row['note']}" if row["note"] else ""
    return f'"{row["label"]}"{context} → {row["concept"] or "no concept"} ({row["status"]}{sure}{who}{when}){note}'


def _repeats(dataset: Path, number: Row) -> Iterator[str]:
    if number["quoted_from"]:
        yield f"it repeats {number['quoted_from']}: leave it out of sums"
    again = read(dataset, "observations", [("quoted_from", "==", number["observation_id"])])
    yield from (f"it is repeated by {name}" for name in again["observation_id"])


def _findings(dataset: Path, number: Row) -> Iterable[str]:
    mine = str(number["observation_id"])
    frame = read(dataset, "findings")
    about = frame[[mine in str(ids).split() for ids in frame["observation_ids"]]]
    return [f"{row['severity']}, {row['kind']}: {row['message']}" for row in _rows(about)]


def _corrections(dataset: Path, number: Row) -> Iterator[str]:
    frame = read(dataset, "corrections", [("observation_id", "==", number["observation_id"])])
    for row in _rows(frame):
        source = f" Source: {row['source']}" if row.get("source") else ""
        yield f"should be {row['corrected']:g}: {row['reason']}{source}, {row['decided_by']}, {row['decided_on']}"
