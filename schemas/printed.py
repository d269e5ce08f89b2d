"""What stands printed in one report: the extractors' only product, and all that the rooms above know of a PDF.

Everything here keeps its place: pages count from 1, boxes are PDF points (1/72 inch) from the top left corner of the
page as a person sees it (rotation applied). Nothing here carries an opinion on what a label means: `value` is the
number that the characters stand for, `unit` only what is printed with it or in its header.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter

Kind = Literal["cell", "list", "prose", "chart"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from its top left corner; x0 <= x1, top <= bottom."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Place:
    """One rectangle on one page."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class PageInfo:
    """One page as it was met. `reading` is `text`, `ocr`, or `unread` with the reason in `note`."""

    number: int
    width: float
    height: float
    words: int
    images: int
    reading: Literal["text", "ocr", "unread"] = "text"
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what it opens. `level` counts from 1; `organisation` is the body that the pages below it are by."""

    level: int
    title: str
    page: int
    top: float
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A grid cell of one table part; rows and columns count from 0."""

    row: int
    col: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class TablePart:
    """The part of a table that stands on one page.

    `part_id` is `p<page>-<n>`, n counting tables down the page. `continues` names the part before it, `beside` says
    that its columns go on where that part's columns end (the stub is not repeated). `confidence` is the
    estimated probability that every cell is read right.
    """

    part_id: str
    page: int
    box: Box
    header_rows: int
    stub_columns: int
    cells: tuple[Cell, ...]
    detector: str
    confidence: float
    title: str | None = None
    note: str | None = None
    continues: str | None = None
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number with its labels, wherever it stood.

    `row_labels` and `column_labels` go from the outermost level to the innermost, without footnote marks and
    line-break hyphens. For prose, `row_labels` says what is counted and `sentence` holds the sentence. `years` are the
    years (or `2023-Q1`, `2023-03`) that the sentence or list itself gives. `label_places` are the places of the row
    and column labels, in that order. `ocr` is the lowest confidence of the words at `place` when a picture was read.
    """

    kind: Kind
    organisation: str
    printed: str
    value: float
    unit: str
    row_labels: tuple[str, ...]
    column_labels: tuple[str, ...]
    place: Place
    method: str
    section: str | None = None
    table_id: str | None = None
    table_title: str | None = None
    is_total: bool = False
    confidence: float = 1.0
    sentence: str | None = None
    years: tuple[str, ...] = ()
    label_places: tuple[Place, ...] = ()
    ocr: float | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A narrative case: what was complained of, how it was handled, what followed.

    Personal details in all its texts are masked already ([NAAM], [ADRES] ...); `redactions` counts them.
    """

    title: str
    organisation: str
    section: str | None
    complaint: str
    handling: str
    page_first: int
    page_last: int
    date: datetime.date | None = None
    follow_up: str | None = None
    outcome_label: str | None = None
    language: str = "nl"
    top: float = 0.0
    redactions: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """Something on a page that could not be read or was set aside; `what` is a sentence for a person."""

    what: str
    page: int | None = None
    severity: Literal["error", "warning", "info"] = "warning"


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """All that one PDF says. `table_id` of a figure names the first part of its logical table."""

    language: str
    pages: tuple[PageInfo, ...]
    organisations: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[TablePart, ...] = ()
    figures: tuple[Figure, ...] = ()
    cases: tuple[Case, ...] = ()
    problems: tuple[Problem, ...] = ()
    title: str | None = None
    reporting_year: int | None = None


_printed = TypeAdapter(PrintedReport)


def to_json(report: PrintedReport) -> bytes:
    """The report as UTF-8 JSON; the same report gives the same bytes."""
    return _printed.dump_json(report)


def from_json(data: bytes) -> PrintedReport:
    """The inverse of `to_json`; raises pydantic.ValidationError when `data` is not such JSON."""
    return _printed.validate_json(data)
