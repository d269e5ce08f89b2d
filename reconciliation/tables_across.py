"""Tables of one body held against one another by their totals and by their captions.

Two tables that break the same figures down in two ways have the same column sums, printed or not. When most columns
agree to the unit, the few that do not are contradictions; when all totals differ by a little, the tables count almost
but not quite the same, which a reader should know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reconciliation.findings import Finding, Severity, finding_at
from reconciliation.grid import Grid, Line, Number
from reconciliation.numbers import same, show
from reconciliation.sentences import Said, place
from reconciliation.series import Series
from reconciliation.words import GENERIC, fold, years

_RANGE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:[-–—/]|t/m|tot(?: en met)?|à|bis|to)\s*((?:19|20)\d{2})(?!\d)")
#: Totals within this part of each other are near enough to have been meant as one.
_CLOSE = 0.05
#: Column sums of two tables that agree by more than chance and rounding: then the few that differ are wrong in one.
_PROVEN = 5


@dataclass(frozen=True, slots=True)
class _Column:
    """The counts of a column with their sum: the printed total, or what its cells add up to."""

    label: str
    total: float
    printed: Number | None
    cells: tuple[Number, ...]


def across_findings(grids: Sequence[Grid]) -> list[Finding]:
    """Contradictions between the column sums of tables of one body, and between a caption's years and its table's."""
    found: list[Finding] = []
    # A table may print as rows what the other one prints as columns: months down here, across there.
    columns = [((g, _columns(g)), (g, _columns(g.turned()))) for g in grids]
    for i, ways in enumerate(columns):
        for others in columns[i + 1 :]:
            for one, a in ways:
                for two, b in others:
                    if one.organisation == two.organisation:
                        found.extend(_sums(one, a, two, b))
    for grid in grids:
        found.extend(_caption(grid))
    return found


def _columns(grid: Grid) -> dict[str, _Column]:
    """The columns of counts by their folded label; none twice."""
    found: dict[str, _Column] = {}
    twice: set[str] = set()
    for c, line in enumerate(grid.columns):
        key = fold(line.label)
        if grid.column_unit(c) != "count" or line.total or not key:
            continue
        cells = [(r, grid.cells[r, c]) for r in range(len(grid.rows)) if (r, c) in grid.cells]
        totals = [n for r, n in cells if grid.rows[r].total]
        parts = tuple(n for r, n in cells if not grid.rows[r].total)
        if key in found:
            twice.add(key)
        total = totals[-1].value if totals else sum(n.value for n in parts)
        found[key] = _Column(line.label, total, totals[-1] if totals else None, parts)
    return {k: v for k, v in found.items() if k not in twice and v.cells}


def _shared(a: dict[str, _Column], b: dict[str, _Column]) -> Iterator[tuple[_Column, _Column]]:
    for key, column in a.items():
        if key in b:
            yield column, b[key]


def _sums(one: Grid, a: dict[str, _Column], two: Grid, b: dict[str, _Column]) -> list[Finding]:
    """Columns whose sums differ between two tables of which most column sums agree."""
    if all(c.printed for c in (*a.values(), *b.values())):
        return []  # printed totals are compared as series
    shared = [(x, y) for x, y in _shared(a, b) if len(x.cells) > 1 or len(y.cells) > 1]
    agree = [(x, y) for x, y in shared if same(x.total, y.total) and x.total >= 20]
    differ = [(x, y) for x, y in shared if not same(x.total, y.total)]
    if len(agree) < 3 or len(agree) < 2 * len(differ):
        return []
    full = [_rows_of_all(agree, side) for side in (0, 1)]
    found = []
    for x, y in differ:
        # Agreement in so many columns is no accident; a row blank in just this one may be a number that was not read.
        whole = full[0] <= _rows(x) and full[1] <= _rows(y)
        sure = whole and len(agree) >= _PROVEN and len(agree) >= 4 * len(differ)
        found.append(_sum_finding(one, x, two, y, len(agree), "error" if sure else "warning"))
    return found


def _rows(column: _Column) -> frozenset[str]:
    return frozenset(n.row_label for n in column.cells)


def _rows_of_all(pairs: Sequence[tuple[_Column, _Column]], side: int) -> frozenset[str]:
    """The rows that print a number in every one of the columns."""
    return frozenset.intersection(*(_rows(pair[side]) for pair in pairs))


def _sum_finding(one: Grid, x: _Column, two: Grid, y: _Column, agree: int, severity: Severity) -> Finding:
    # The table with blanks is the one that may lack something.
    if len(two.cells) * len(one.rows) * len(one.columns) < len(one.cells) * len(two.rows) * len(two.columns):
        one, two, x, y = two, one, y, x
    first = x.printed or x.cells[0]
    sums = [f"{_added(x, g)} / {_added(y, g)}" for g in ("en", "nl")]
    said = Said(
        f"Table “{one.title}” (page {first.page}): “{x.label}” adds up to {show(x.total, 'en')}, in table "
        f"“{two.title}” to {show(y.total, 'en')}; {agree} others agree ({sums[0]}).",
        f"Tabel “{one.title}” (p. {first.page}): “{x.label}” telt op tot {show(x.total)}, in tabel “{two.title}” "
        f"tot {show(y.total)}; {agree} andere komen overeen ({sums[1]}).",
        sums[0],
    )
    return finding_at(
        first,
        "cross_table_mismatch",
        severity,
        said,
        printed=x.total,
        expected=y.total,
        observations=[n.id for n in (*x.cells, *y.cells)],
        place=f"{two.table} {y.label}",
    )


def _added(column: _Column, language: str) -> str:
    if column.printed:
        return show(column.printed.value, language)
    return " + ".join(show(n.value, language) for n in column.cells) + f" = {show(column.total, language)}"


def near_total_findings(series: Sequence[Series], meant: Mapping[tuple[str, int], int]) -> list[Finding]:
    """Printed totals of two tables that differ by a little in every year, though both titles name one noun.

    `meant` gives the year that the values of a table's column are of, where its header prints another one.
    """
    totals = [_of_years_meant(s, meant) for s in series if s.total and s.table]
    found: list[Finding] = []
    for i, one in enumerate(totals):
        for two in totals[i + 1 :]:
            shared = sorted(set(one.by_year) & set(two.by_year))
            pairs = [(one.by_year[y], two.by_year[y]) for y in shared]
            if one.organisation != two.organisation or one.table == two.table or len(pairs) < 2:
                continue
            if _stems(one.title) & _stems(two.title) and all(_nearly(a.value, b.value) for a, b in pairs):
                found.extend(_near_finding(a, b) for a, b in pairs)
    return found


def _of_years_meant(series: Series, meant: Mapping[tuple[str, int], int]) -> Series:
    by_year = {meant.get((series.table, year), year): number for year, number in series.by_year.items()}
    return replace(series, by_year=by_year) if len(by_year) == len(series.by_year) else series


def _nearly(a: float, b: float) -> bool:
    return not same(a, b) and abs(a - b) <= _CLOSE * max(a, b) and min(a, b) >= 100


def _stems(title: str) -> set[str]:
    """Generic nouns of a title, singular and plural as one."""
    return {w.removesuffix("en").removesuffix("s") for w in fold(title).split() if w in GENERIC}


def _near_finding(a: Number, b: Number) -> Finding:
    at, other = place(a), place(b)
    said = Said(
        f"{at.en}: the total is {show(a.value, 'en')}; {other.en} has {show(b.value, 'en')}. The two totals are near "
        "each other and never equal: say what each counts.",
        f"{at.nl}: het totaal is {show(a.value)}; {other.nl} heeft {show(b.value)}. De twee totalen liggen dicht bij "
        "elkaar en zijn nooit gelijk: wat telt elk?",
        f"{show(a.value, 'en')} against {show(b.value, 'en')}",
    )
    return finding_at(
        a,
        "cross_table_mismatch",
        "warning",
        said,
        expected=b.value,
        observations=[b.id],
        place=f"{b.table} {b.column_label}",
    )


def _caption(grid: Grid) -> list[Finding]:
    """Years of a table that lie outside the years of its caption."""
    found = _RANGE.search(grid.title)
    if not found:
        return []
    low, high = int(found[1]), int(found[2])
    lines: list[tuple[Line, Number]] = []
    for r, line in enumerate(grid.rows):
        lines.extend((line, n) for (rr, _), n in grid.cells.items() if rr == r)
    for c, line in enumerate(grid.columns):
        lines.extend((line, n) for (_, cc), n in grid.cells.items() if cc == c)
    printed = {y for line, _ in lines for y in years(line.label)}
    outside = printed - set(range(low, high + 1))
    # A table that shares only some years with a caption stands under another table's caption.
    if low >= high or len(outside) != 1 or not set(range(low, high + 1)) <= printed:
        return []
    year = outside.pop()
    if year not in (low - 1, high + 1) or year in years(grid.title):
        return []
    number = next(n for line, n in lines if year in years(line.label))
    said = Said(
        f"Table “{grid.title}” (page {number.page}): the caption names {low} to {high}, the table also has {year}.",
        f"Tabel “{grid.title}” (p. {number.page}): het bijschrift noemt {low} tot {high}, de tabel bevat ook {year}.",
        f"{low}-{high} against {year}",
    )
    return [
        finding_at(
            number,
            "year_mismatch",
            "error",
            said,
            printed=float(high if year > high else low),
            expected=float(year),
            culprit="publisher",
            place="caption",
        )
    ]
