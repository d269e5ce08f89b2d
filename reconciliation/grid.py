"""Observations as numbers with places, and the cells of each logical table as a grid again.

The frame carries labels and boxes, not row and column indices, and a blank cell carries nothing at all. The grid is
therefore rebuilt from both: cells with one row label on one line are a row, cells with one column label one above the
other are a column. Two rows or columns that print the same label stay two.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from reconciliation.words import says_total, years

SEPARATOR = " > "

#: The columns of an observations frame that the checks read.
_READ = (
    *("observation_id", "report_id", "organisation", "kind", "table_id", "table_title", "row_label", "column_label"),
    *("value", "value_printed", "unit", "measure", "period_start", "period_end", "is_total"),
    *("page", "x0", "top", "x1", "bottom", "sentence", "method", "ocr_confidence"),
)


@dataclass(frozen=True, slots=True)
class Number:
    """One observation as the checks see it. `rows` and `columns` are label levels, outermost first.

    `year` is the year that it is about, None when that is not one; `says_year` whether its own labels print it.
    `ocr` is the OCR engine's confidence in a number read from a picture, 1 elsewhere.
    """

    id: str
    report: str
    organisation: str
    kind: str
    table: str
    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    value: float
    printed: str
    unit: str
    measure: str
    start: date | None
    end: date | None
    is_total: bool
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    sentence: str
    method: str
    order: int
    year: int | None
    says_year: bool
    ocr: float = 1.0

    @property
    def row_label(self) -> str:
        """The row's label as published."""
        return SEPARATOR.join(self.rows)

    @property
    def column_label(self) -> str:
        """The column's label as published."""
        return SEPARATOR.join(self.columns)


def _year(rows: str, columns: str, start: date | None, end: date | None) -> tuple[int | None, bool]:
    """The year that a number is about (the one printed, else its period's) and whether its labels print it."""
    printed = tuple(dict.fromkeys(years(columns) + years(rows)))
    if len(printed) == 1:
        return printed[0], True
    if start and end and not printed and 330 <= (end - start).days <= 400:
        return start.year, False
    return None, False


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of a grid."""

    path: tuple[str, ...]
    total: bool

    @property
    def label(self) -> str:
        """The label as published."""
        return SEPARATOR.join(self.path)

    @property
    def last(self) -> str:
        """The innermost level of the label."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A logical table: its lines in printed order and the numbers where a row and a column meet."""

    report: str
    table: str
    title: str
    organisation: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    cells: dict[tuple[int, int], Number] = field(default_factory=dict)

    def turned(self) -> Grid:
        """The same table with rows and columns exchanged, so that one rule serves both directions."""
        return Grid(
            self.report,
            self.table,
            self.title,
            self.organisation,
            self.columns,
            self.rows,
            {(c, r): n for (r, c), n in self.cells.items()},
        )

    def column_unit(self, column: int) -> str:
        """The unit of most of a column's cells; empty when it has none."""
        units = Counter(n.unit for (_, c), n in self.cells.items() if c == column)
        return units.most_common(1)[0][0] if units else ""


def _text(value: object) -> str:
    return "" if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)) else str(value)


def _real(value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return math.nan


def _day(value: object) -> date | None:
    text = _text(value)
    try:
        return date.fromisoformat(text[:10]) if text and text != "NaT" else None
    except ValueError:
        return None


def _path(label: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in label.split(SEPARATOR) if part.strip())


def _whole(value: float) -> int:
    return 0 if math.isnan(value) else int(value)


def read_numbers(observations: pd.DataFrame) -> list[Number]:
    """The rows of an observations frame that carry a value; columns that the frame lacks count as empty.

    Raises KeyError when `observation_id`, `report_id`, `kind`, `value` or the two label columns are missing.
    """
    needed = ("observation_id", "report_id", "kind", "value", "row_label", "column_label")
    missing = [name for name in needed if name not in observations.columns]
    if missing:
        raise KeyError(
            f"observations lack the column(s) {', '.join(missing)}: pass the frame that interpretation gives"
        )
    size = len(observations)

    def column(name: str) -> Sequence[object]:
        return observations[name].tolist() if name in observations.columns else [None] * size

    numbers = []
    for order, row in enumerate(zip(*(column(name) for name in _READ), strict=True)):
        o = dict(zip(_READ, row, strict=True))
        value = _real(o["value"])
        if not math.isfinite(value):
            continue
        row_label, column_label = _text(o["row_label"]), _text(o["column_label"])
        start, end = _day(o["period_start"]), _day(o["period_end"])
        year, says_year = _year(row_label, column_label, start, end)
        numbers.append(
            Number(
                id=_text(o["observation_id"]),
                report=_text(o["report_id"]),
                organisation=_text(o["organisation"]),
                kind=_text(o["kind"]),
                table=_text(o["table_id"]),
                title=_text(o["table_title"]),
                rows=_path(row_label),
                columns=_path(column_label),
                value=value,
                printed=_text(o["value_printed"]),
                unit=_text(o["unit"]) or "count",
                measure=_text(o["measure"]),
                start=start,
                end=end,
                is_total=_text(o["is_total"]).casefold() in ("true", "1", "1.0"),
                page=_whole(_real(o["page"])),
                x0=_real(o["x0"]),
                top=_real(o["top"]),
                x1=_real(o["x1"]),
                bottom=_real(o["bottom"]),
                sentence=_text(o["sentence"]),
                method=_text(o["method"]),
                order=order,
                year=year,
                says_year=says_year,
                ocr=1.0 if math.isnan(seen := _real(o["ocr_confidence"])) else seen,
            )
        )
    return numbers


def read_grids(numbers: Iterable[Number]) -> list[Grid]:
    """The table cells among the numbers as grids, in the order of the reports and tables."""
    tables: dict[tuple[str, str], list[Number]] = defaultdict(list)
    for number in numbers:
        if number.kind == "cell" and number.table:
            tables[number.report, number.table].append(number)
    return [_grid(cells) for _, cells in sorted(tables.items())]


def _middle(low: float, high: float) -> float:
    return low if math.isnan(high) else (low + high) / 2


def _grid(cells: list[Number]) -> Grid:
    ordered = sorted(cells, key=lambda n: (n.page, _nan_last(n.top), _nan_last(n.x0), n.order))
    row_of = _lines(ordered, down=True)
    column_of = _lines(ordered, down=False)
    rows = sorted(set(row_of.values()))
    columns = sorted(set(column_of.values()))
    row_index = {key: i for i, key in enumerate(rows)}
    column_index = {key: i for i, key in enumerate(columns)}
    placed: dict[tuple[int, int], Number] = {}
    for number in ordered:
        placed.setdefault((row_index[row_of[number.id]], column_index[column_of[number.id]]), number)
    first = ordered[0]
    row_paths, column_paths = [k[-1] for k in rows], [k[-1] for k in columns]
    row_flags, column_flags = _flags(placed, len(rows), len(columns))
    return Grid(
        first.report,
        first.table,
        first.title,
        first.organisation,
        tuple(Line(p, bool(p) and (says_total(p[-1]) or row_flags[i])) for i, p in enumerate(row_paths)),
        tuple(Line(p, bool(p) and (says_total(p[-1]) or column_flags[i])) for i, p in enumerate(column_paths)),
        placed,
    )


def _nan_last(value: float) -> float:
    return math.inf if math.isnan(value) else value


_Key = tuple[int, float, int, tuple[str, ...]]


def _lines(ordered: list[Number], *, down: bool) -> dict[str, _Key]:
    """For each number the key of its row (`down`) or column; keys sort in printed order.

    Cells with one label share a line, on whatever page a continuation put them, unless two of them meet the same
    line of the other direction: then the label is printed twice, and place tells the two lines apart.
    """
    by_label: dict[tuple[str, ...], list[Number]] = defaultdict(list)
    for number in ordered:
        by_label[number.rows if down else number.columns].append(number)
    keys: dict[str, _Key] = {}
    for path, members in by_label.items():
        for copies in _copies(members, down=down):
            first = min(copies, key=lambda n: (n.page, _nan_last(n.top if down else n.x0), n.order))
            place = _middle(first.top, first.bottom) if down else _middle(first.x0, first.x1)
            key = (first.page, first.order if math.isnan(place) else round(place, 3), first.order, path)
            keys.update((n.id, key) for n in copies)
    return keys


def _copies(members: list[Number], *, down: bool) -> list[list[Number]]:
    """Cells of one label, parted into lines: one, unless the label is printed several times.

    Two cells with the same two labels are two rows when one stands above the other (or on a later page), and two
    columns when they stand side by side.
    """
    by_partner: dict[tuple[str, ...], list[Number]] = defaultdict(list)
    for n in members:
        by_partner[n.columns if down else n.rows].append(n)
    anchors: list[Number] = []
    for partners in by_partner.values():
        if len(partners) > max(len(anchors), 1):
            apart = _apart(partners, down=down)
            anchors = apart if len(apart) > max(len(anchors), 1) else anchors
    if not anchors:
        return [members]
    groups: list[list[Number]] = [[] for _ in anchors]
    seen: Counter[tuple[str, ...]] = Counter()
    for n in members:
        partner = n.columns if down else n.rows
        near = min(range(len(anchors)), key=lambda i: _away(anchors[i], n, down=down))
        groups[near if not math.isnan(n.top) else min(seen[partner], len(anchors) - 1)].append(n)
        seen[partner] += 1
    return [g for g in groups if g]


def _apart(cells: list[Number], *, down: bool) -> list[Number]:
    """Of cells with the same labels, one a line of this direction."""
    kept: list[Number] = []
    for n in cells:
        if math.isnan(n.top):
            separate = down  # without places, a repeated label is likelier a row's
        elif down:
            separate = all(k.page != n.page or k.bottom <= n.top or n.bottom <= k.top for k in kept)
        else:
            separate = all(k.page == n.page and (k.x1 <= n.x0 or n.x1 <= k.x0) and _level(k, n) for k in kept)
        if separate or not kept:
            kept.append(n)
    return kept


def _level(a: Number, b: Number) -> bool:
    return a.top < b.bottom and b.top < a.bottom


def _away(anchor: Number, n: Number, *, down: bool) -> tuple[bool, float]:
    """How far a cell stands from a line's anchor: another page first, then the distance across the line."""
    if down:
        return anchor.page != n.page, abs(_middle(anchor.top, anchor.bottom) - _middle(n.top, n.bottom))
    return False, abs(_middle(anchor.x0, anchor.x1) - _middle(n.x0, n.x1))


def _flags(placed: dict[tuple[int, int], Number], rows: int, columns: int) -> tuple[list[bool], list[bool]]:
    """Which lines the reader marked as totals: all cells of the line marked, but not all of the table."""
    if placed and all(n.is_total for n in placed.values()):
        return [False] * rows, [False] * columns
    by_row: dict[int, list[bool]] = defaultdict(list)
    by_column: dict[int, list[bool]] = defaultdict(list)
    for (r, c), n in placed.items():
        by_row[r].append(n.is_total)
        by_column[c].append(n.is_total)
    return [all(by_row[r]) for r in range(rows)], [all(by_column[c]) for c in range(columns)]
