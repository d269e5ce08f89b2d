"""Reads the published files that a steward needs: reports, labels, numbers, findings, problems.

Rows become small records; nothing is computed here, and nothing is read but the columns that the page shows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from ontology.identity import digest
from ontology.scheme import FACETS
from schemas.printed import Box

Row = dict[str, str]
LEVELS = " > "
"""What separates the levels of a label or a context in the published files."""


class NotBuilt(FileNotFoundError):
    """The folder holds no built dataset; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report of the dataset. `file` is relative to the folder of raw reports."""

    report_id: str
    city: str
    publisher: str
    title: str
    year: int
    language: str
    edition: str
    file: str
    sha256: str
    pages: int
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class Label:
    """One printed label in its context, as the last build understood it."""

    label_id: str
    report_id: str
    label: str
    context: str
    facet: str | None
    concept: str | None
    confidence: float
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class Number:
    """One published number with its place (points from the top left of the page) and the concepts it has now."""

    observation_id: str
    report_id: str
    organisation: str
    kind: str
    table_id: str
    table_title: str
    row_label: str
    column_label: str
    value: float
    printed: str
    unit: str
    measure: str
    start: date
    end: date
    concepts: Mapping[str, str]
    is_total: bool
    repeats: bool
    page: int
    box: Box
    section: str
    sentence: str

    @property
    def counts(self) -> bool:
        """Whether it counts cases by itself: no total, no repetition of a number that stands elsewhere."""
        return (
            self.unit == "count"
            and self.measure == "cases"
            and not self.is_total
            and not self.repeats
            and self.value > 0
        )

    @property
    def period(self) -> str:
        """The period in words: a year where it is one."""
        whole = (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 12, 31)
        return str(self.start.year) if whole and self.start.year == self.end.year else f"{self.start} to {self.end}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction in what was published; `numbers` are the observations that it is about."""

    finding_id: str
    report_id: str
    organisation: str
    kind: str
    severity: str
    page: int
    message: str
    numbers: tuple[str, ...]
    printed: float | None = None
    expected: float | None = None
    repair_place: str = ""
    """The observation that is likely the wrong one; `expected` is what it should be."""
    proof: str = ""
    culprit: str = ""
    candidates: tuple[tuple[str, float], ...] = ()
    """Where no number is singled out, those of which any one may be wrong, each with what it would be."""

    @property
    def offers(self) -> tuple[tuple[str, float], ...]:
        """The numbers that may be corrected, each with its other value; the likeliest first."""
        if self.candidates or not self.repair_place or self.expected is None:
            return self.candidates
        return ((self.repair_place, self.expected),)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something on a page that was not read, or set aside."""

    report_id: str
    page: int | None
    severity: str
    what: str

    @property
    def key(self) -> str:
        """What tells it from others; it changes with its words."""
        return digest(self.report_id, str(self.page), self.what, length=12)


@dataclass(frozen=True)
class Dataset:
    """A built dataset as records, in the order of its files."""

    reports: dict[str, Report]
    labels: tuple[Label, ...]
    numbers: dict[str, Number]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]

    @cached_property
    def titles(self) -> dict[str, frozenset[str]]:
        """The table titles of each report."""
        found: dict[str, set[str]] = {}
        for number in self.numbers.values():
            found.setdefault(number.report_id, set()).add(number.table_title)
        return {report: frozenset(titles) for report, titles in found.items()}

    @cached_property
    def neighbours(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """The labels that stand under the same labels: by report and context, in order of the file."""
        found: dict[tuple[str, str], dict[str, None]] = {}
        for label in self.labels:
            found.setdefault((label.report_id, label.context), {})[label.label] = None
        return {place: tuple(labels) for place, labels in found.items()}

    @cached_property
    def sure_of(self) -> dict[str, tuple[Label, ...]]:
        """The labels that mean each concept by decision or with the matcher sure of it, decided ones first."""
        found: dict[str, list[Label]] = {}
        for label in self.labels:
            if label.concept and label.status in ("curated", "accepted"):
                found.setdefault(label.concept, []).append(label)
        return {
            concept: tuple(sorted(labels, key=lambda r: (r.status != "curated", -r.confidence)))
            for concept, labels in found.items()
        }

    @cached_property
    def findings_on(self) -> dict[str, tuple[Finding, ...]]:
        """The findings that each number takes part in."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            for number in finding.numbers:
                found.setdefault(number, []).append(finding)
        return {number: tuple(findings) for number, findings in found.items()}

    @cached_property
    def lines(self) -> dict[tuple[str, ...], list[Number]]:
        """The numbers of each row and of each column of a table."""
        found: dict[tuple[str, ...], list[Number]] = {}
        for number in self.numbers.values():
            for key in self.line_keys(number):
                found.setdefault(key, []).append(number)
        return found

    @staticmethod
    def line_keys(number: Number) -> tuple[tuple[str, ...], ...]:
        """The keys of a number's row and column in `lines`; none outside tables."""
        if not number.table_id:
            return ()
        table = (number.report_id, number.table_id)
        return (*table, "row", number.row_label), (*table, "column", number.column_label)


def stamp(folder: Path) -> int:
    """Changes when the dataset in `folder` is built again (nanoseconds; 0 when there is none)."""
    try:
        return (folder / "labels.csv").stat().st_mtime_ns
    except OSError:
        return 0


def load(folder: Path) -> Dataset:
    """The dataset in `folder`; raises NotBuilt when there is none."""
    return Dataset(
        reports={r["report_id"]: _report(r) for r in _rows(folder, "reports")},
        labels=tuple(_label(r) for r in _rows(folder, "labels")),
        numbers={r["observation_id"]: _number(r) for r in _rows(folder, "observations")},
        findings=tuple(_finding(r) for r in _rows(folder, "findings")),
        problems=tuple(
            Problem(r["report_id"], int(float(r["page"])) if r["page"] else None, r["severity"], r["what"])
            for r in _rows(folder, "problems", must=False)
        ),
    )


def _rows(folder: Path, name: str, *, must: bool = True) -> Iterator[Row]:
    path = folder / f"{name}.csv"
    if not path.is_file():
        if not must:
            return
        raise NotBuilt(f"{path} is missing. Run `klachtenatlas build`, or name the folder of a built dataset (--data).")
    # The CSV, not the Parquet: importing pyarrow takes longer than all of this, and the page is to stand at once.
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _report(row: Row) -> Report:
    return Report(
        report_id=row["report_id"],
        city=row["city"] or row["report_id"],
        publisher=row["publisher"] or "",
        title=row["title"] or "",
        year=int(row["reporting_year"] or 0),
        language=row["language"] or "",
        edition=row["edition"] or "",
        file=row["file"] or "",
        sha256=row["sha256"] or "",
        pages=int(row["pages"] or 0),
        status=row["status"] or "",
        reason=row["reason"] or "",
    )


def _label(row: Row) -> Label:
    return Label(
        label_id=row["label_id"],
        report_id=row["report_id"],
        label=row["label"],
        context=row["context"] or "",
        facet=row["facet"] or None,
        concept=row["concept"] or None,
        confidence=float(row["confidence"] or 0.0),
        status=row["status"],
        note=row["note"] or "",
    )


def _number(row: Row) -> Number:
    return Number(
        observation_id=row["observation_id"],
        report_id=row["report_id"],
        organisation=row["organisation"] or "",
        kind=row["kind"],
        table_id=row["table_id"] or "",
        table_title=row["table_title"] or "",
        row_label=row["row_label"] or "",
        column_label=row["column_label"] or "",
        value=float(row["value"]),
        printed=row["value_printed"],
        unit=row["unit"],
        measure=row["measure"],
        start=date.fromisoformat(row["period_start"]),
        end=date.fromisoformat(row["period_end"]),
        concepts={facet: row[facet] for facet in FACETS if row[facet]},
        is_total=row["is_total"].lower() == "true",
        repeats=bool(row["quoted_from"]),
        page=int(row["page"]),
        box=Box(float(row["x0"]), float(row["top"]), float(row["x1"]), float(row["bottom"])),
        section=row.get("section") or "",
        sentence=row.get("sentence") or "",
    )


def _finding(row: Row) -> Finding:
    return Finding(
        finding_id=row["finding_id"],
        report_id=row["report_id"],
        organisation=row["organisation"] or "",
        kind=row["kind"],
        severity=row["severity"],
        page=int(row["page"] or 0),
        message=row["message"],
        numbers=tuple((row["observation_ids"] or "").split()),
        printed=float(row["printed"]) if row.get("printed") else None,
        expected=float(row["expected"]) if row.get("expected") else None,
        repair_place=row.get("repair_place") or "",
        proof=row.get("proof") or "",
        culprit=row.get("culprit") or "",
        candidates=tuple(
            (number, float(value))
            for number, value in zip(
                (row.get("candidates") or "").split(), (row.get("candidate_values") or "").split(), strict=True
            )
        ),
    )
