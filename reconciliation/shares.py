"""Which column of percentages is the share of which counts on which base, learnt from the table itself.

Three bases are tried: the total of the counts' own column, another column of the same row, and the first of two
columns of which the percentage is the growth. The base that explains the most cells at the printed precision wins;
when it explains too few the percentages are of something else, and nothing is said of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reconciliation.constraints import Share, share_slack
from reconciliation.grid import Grid, Number
from reconciliation.numbers import decimals, half_unit
from reconciliation.words import says_index

Floats = NDArray[np.float64]

_SHARE_UNITS = frozenset({"percent", "ratio"})
_RATE = re.compile(r"\b(?:per|pro|par|pour|je|op)\s+(10{0,2}[.,'’\u00a0\u202f ]?000)\b", re.IGNORECASE)
_PER_ONE = re.compile(r"\b(?:per|pro|par|je)\s+[^\W\d]", re.IGNORECASE)
#: Rows that must be explained where the whole is one that no label names.
_UNLABELLED = 3
#: Rows that must be explained where any count at all is tried as the whole.
_ANYWHERE = 4
#: A relation must explain at least this part of the cells, and two of them: below it another base is likelier.
_LEAST = 0.6


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a percentage column: of which counts, on which base cells (one set a row), at which scale.

    `least` is how many rows it must explain to be believed: more where no label speaks for it.
    """

    count: int
    bases: tuple[tuple[tuple[int, int], ...], ...]
    base_values: Floats
    scale: int
    change: bool
    far: float
    least: int = 2


@dataclass(frozen=True, slots=True)
class _Tried:
    """A reading with the rows that it fits, and those in which fitting tells anything."""

    reading: _Reading
    fits: NDArray[np.bool_]
    known: NDArray[np.bool_]
    telling: NDArray[np.bool_]


def share_constraints(grid: Grid, where: str, subtotals: frozenset[int] = frozenset()) -> list[Share]:
    """The constraints between the columns of percentages and those of counts. Turn the grid for rows.

    `subtotals` are rows found to be sums of others though no label says so; they too may be what others are shares of.
    """
    columns = range(len(grid.columns))
    shares = [c for c in columns if grid.column_unit(c) in _SHARE_UNITS or _is_rate(grid, c)]
    counts = [c for c in columns if c not in shares]
    if not shares or not counts:
        return []
    values = np.full((len(grid.rows), len(grid.columns)), np.nan)
    for (r, c), number in grid.cells.items():
        values[r, c] = number.value
    for column in counts:
        values[:, column] = _mended(grid, column, values[:, column])
    found: list[Share] = []
    for column in shares:
        found.extend(_column(grid, column, counts, values, where=where, subtotals=subtotals))
    return found


def _mended(grid: Grid, column: int, values: Floats) -> Floats:
    """A column's counts to learn from: the one with three decimals among whole ones has lost its thousands mark."""
    cells = {r: n for (r, c), n in grid.cells.items() if c == column and n.unit == "count"}
    odd = [r for r, n in cells.items() if decimals(n.printed, n.value) == 3]
    if len(odd) != 1 or any(not n.value.is_integer() for r, n in cells.items() if r != odd[0]):
        return values
    mended = values.copy()
    mended[odd[0]] = round(1000 * mended[odd[0]])
    return mended


def _column(
    grid: Grid, column: int, counts: list[int], values: Floats, *, where: str, subtotals: frozenset[int]
) -> list[Share]:
    """The constraints of one percentage column, read in the way that explains it best; none when none does.

    Cells that the best reading leaves unexplained and another one explains, two or more together or by the subtotal of
    their own group, are shares of that other whole; only what no reading explains contradicts its counts.
    """
    cells = [grid.cells.get((r, column)) for r in range(len(grid.rows))]
    places = [decimals(n.printed, n.value) if n else 0 for n in cells]
    half = 0.5 * 10.0 ** -np.array(places, dtype=np.float64)
    halves = np.zeros_like(values)
    for at, number in grid.cells.items():
        halves[at] = half_unit(number.printed, number.value)
    tried: list[_Tried] = []

    def best_of(readings: Iterator[_Reading]) -> _Tried | None:
        best: tuple[tuple[float, ...], _Tried] | None = None
        for reading in readings:
            one = _try(reading, values, column, half + _rounding(reading, values, halves))
            told = int((one.fits & one.telling).sum())
            if told:
                tried.append(one)
            if told < reading.least or told < _LEAST * int(one.telling.sum()):
                continue
            rank = (int(one.fits.sum()) - 2 * int((one.known & ~one.fits).sum()), -reading.far)
            if best is None or rank > best[0]:
                best = (rank, one)
        return best[1] if best else None

    chosen = best_of(_readings(grid, column, counts, values, subtotals)) or best_of(_anywhere(grid, counts, values))
    if chosen is None:
        return []
    left = chosen.known & ~chosen.fits
    for other in tried:
        also = left & other.fits & other.telling
        if other.reading.count == chosen.reading.count and (also.sum() >= 2 or _own_group(grid, other.reading, also)):
            left = left & ~also
    rows = np.flatnonzero(chosen.fits | left)
    return _constraints(grid, cells, places, chosen.reading, rows=[int(r) for r in rows], where=where)


def _try(reading: _Reading, values: Floats, column: int, half: Floats) -> _Tried:
    part, base, printed = values[:, reading.count], reading.base_values, values[:, column]
    with np.errstate(divide="ignore", invalid="ignore"):
        true = reading.scale * ((part - base) if reading.change else part) / base
    off = np.abs(np.abs(true) - np.abs(printed)) if reading.change else np.abs(true - printed)
    known = np.isfinite(off)
    own = _own_base(reading)
    # The percentage of the whole itself is often the sum of the rounded ones: 99,9 or 100,1.
    slack = np.minimum(0.015 * reading.scale, half * np.isfinite(printed).sum())
    whole = own & known & (np.abs(printed - reading.scale) <= slack)
    return _Tried(reading, known & (off <= half + 1e-9), known & ~whole, known & (part != 0) & ~own)


def _rounding(reading: _Reading, values: Floats, halves: Floats) -> Floats:
    """What the rounding of part and base may add to each row's share; 0 where both are whole."""
    slack = np.zeros(len(values))
    for r, base in enumerate(reading.bases):
        rounded = (float(halves[r, reading.count]), float(sum(halves[b] for b in base)))
        if any(rounded):
            slack[r] = share_slack(
                float(values[r, reading.count]), float(reading.base_values[r]), reading.scale, rounded
            )
    return np.nan_to_num(slack)


def _own_group(grid: Grid, reading: _Reading, rows: NDArray[np.bool_]) -> bool:
    """Whether the base of a reading is the line over these rows, or the next total below them."""
    at = [int(r) for r in np.flatnonzero(rows)]
    if not at or len({*reading.bases}) != 1 or len(reading.bases[0]) != 1:
        return False
    base = reading.bases[0][0][0]
    path = grid.rows[base].path
    following = [next((t for t in range(r + 1, len(grid.rows)) if grid.rows[t].total), None) for r in at]
    return all(grid.rows[r].path[: len(path)] == path for r in at) or all(t == base for t in following)


def _own_base(reading: _Reading) -> NDArray[np.bool_]:
    return np.array([base == ((r, reading.count),) for r, base in enumerate(reading.bases)], dtype=np.bool_)


def _readings(
    grid: Grid, column: int, counts: list[int], values: Floats, subtotals: frozenset[int]
) -> Iterator[_Reading]:
    """Every way to read a percentage column, with how far away its counts stand."""
    rows = range(len(grid.rows))
    per = _per(grid.columns[column].label)
    plain = _fractions(grid, column) or _per_one(grid, column)
    scales = (per,) if per else (1, 100) if plain else (100,)
    for scale in scales:
        for count in counts:
            far = _distance(grid, column, count)
            for base in _bases(grid, count, subtotals):
                total = float(sum(values[cell] for cell in base))
                yield _Reading(count, (base,) * len(rows), np.full(len(rows), total), scale, False, far)
            for cell in _unlabelled_bases(grid, column, count, scale, subtotals):
                whole = np.full(len(rows), values[cell])
                yield _Reading(count, ((cell,),) * len(rows), whole, scale, False, far + 0.5, _UNLABELLED)
            above = np.concatenate(([np.nan], values[:-1, count]))
            of_above: list[tuple[tuple[int, int], ...]] = [((r - 1, count),) if r else () for r in rows]
            yield _Reading(count, tuple(of_above), above, scale, False, far + 0.5, _UNLABELLED)
            for own in _group_bases(grid, count):
                of_own = np.array([sum(values[cell] for cell in base) if base else np.nan for base in own])
                yield _Reading(count, own, of_own, scale, False, far)
            for other in counts:
                if other == count:
                    continue
                bases = tuple(((r, other),) for r in rows)
                further = far + 0.5 * _distance(grid, column, other)
                yield _Reading(count, bases, values[:, other], scale, False, further)
                yield _Reading(count, bases, values[:, other], scale, True, further + 1)


def _bases(grid: Grid, count: int, subtotals: frozenset[int]) -> list[tuple[tuple[int, int], ...]]:
    """What a column of counts may be a share of: each of its sums, or all its cells when no line is a total."""
    groups = {line.path[:-1] for line in grid.rows if len(line.path) > 1}
    sums = [r for r, line in enumerate(grid.rows) if line.total or r in subtotals or line.path in groups]
    totals = [((r, count),) for r in sums if (r, count) in grid.cells]
    parts = tuple((r, count) for r, line in enumerate(grid.rows) if not line.total and (r, count) in grid.cells)
    return [*totals, parts] if len(parts) > 1 else [*totals]


def _unlabelled_bases(
    grid: Grid, column: int, count: int, scale: int, subtotals: frozenset[int]
) -> Iterator[tuple[int, int]]:
    """Counts that may be a whole though no label says total: in the outermost rows, or with 100 % printed beside."""
    known = {base[0] for base in _bases(grid, count, subtotals) if len(base) == 1}
    last = len(grid.rows) - 1
    for r in range(last + 1):
        share = grid.cells.get((r, column))
        edge = r in (0, 1, last - 1, last) or (share is not None and share.value == scale)
        if edge and (r, count) in grid.cells and (r, count) not in known:
            yield r, count


def _anywhere(grid: Grid, counts: list[int], values: Floats) -> Iterator[_Reading]:
    """Shares of any count of the column: where no other reading explains them, the whole may stand in a wrong row."""
    size = len(grid.rows)
    for count in counts:
        for r in range(size):
            if (r, count) in grid.cells:
                whole = np.full(size, values[r, count])
                yield _Reading(count, (((r, count),),) * size, whole, 100, False, 0.0, _ANYWHERE)


def _group_bases(grid: Grid, count: int) -> Iterator[tuple[tuple[tuple[int, int], ...], ...]]:
    """Each row's own whole in a grouped table: the line over it or the total below it; for those, the grand total."""
    lines = grid.rows
    totals = [r for r, line in enumerate(lines) if line.total and (r, count) in grid.cells]
    at = {line.path: r for r, line in enumerate(lines) if (r, count) in grid.cells}
    over = [at.get(line.path[:-1]) if len(line.path) > 1 else None for line in lines]
    if not totals:
        return
    grand = totals[0] if totals[0] == 0 else totals[-1]
    if any(parent is not None for parent in over):
        # A member whose own line is not printed has no known whole.
        orphan = [parent is None and len(line.path) > 1 for line, parent in zip(lines, over, strict=True)]
        wholes = [grand if parent is None else parent for parent in over]
        yield tuple(() if alone else ((whole, count),) for whole, alone in zip(wholes, orphan, strict=True))
    if len(totals) > 2:
        below = [next((t for t in totals if t >= r), grand) for r in range(len(lines))]
        yield tuple(((grand if t == r else t, count),) for r, t in enumerate(below))


def _per(label: str) -> int:
    """The number that a rate is of: 1000 for `per 1.000 inwoners`; 0 where the label names none."""
    found = _RATE.search(label)
    return int(re.sub(r"\D", "", found[1])) if found else 0


def _is_rate(grid: Grid, column: int) -> bool:
    """Whether a column's label makes it a rate or an index, whatever its unit."""
    label = grid.columns[column].label
    return bool(_per(label)) or says_index(label) or _per_one(grid, column)


def _per_one(grid: Grid, column: int) -> bool:
    """Whether a column is one count for each of another (`complaints per employee`): so labelled, with decimals."""
    cells = [n for (_, c), n in grid.cells.items() if c == column]
    broken = sum(decimals(n.printed, n.value) > 0 for n in cells)
    plain = all("%" not in n.printed for n in cells)
    return plain and 2 * broken > len(cells) and bool(_PER_ONE.search(grid.columns[column].label))


def _fractions(grid: Grid, column: int) -> bool:
    """Whether a column may print shares of one instead of shares of a hundred."""
    cells = [n for (_, c), n in grid.cells.items() if c == column]
    return all(0 <= n.value <= 1 for n in cells) and any("%" not in n.printed for n in cells)


def _distance(grid: Grid, a: int, b: int) -> float:
    """Columns between two columns; less when they share a spanner."""
    shared = sum(x == y for x, y in zip(grid.columns[a].path, grid.columns[b].path, strict=False))
    return abs(a - b) + (0.25 if a < b else 0.0) - 2.0 * shared


def _constraints(
    grid: Grid, cells: list[Number | None], places: list[int], reading: _Reading, *, rows: list[int], where: str
) -> list[Share]:
    """The reading as constraints, one for each of the rows in which percentage, count and base are all printed."""
    made = []
    for r in rows:
        share = cells[r]
        part = grid.cells.get((r, reading.count))
        if share is None or part is None or not reading.bases[r] or any(b not in grid.cells for b in reading.bases[r]):
            continue
        bases = [grid.cells[b] for b in reading.bases[r]]
        rounded = (half_unit(part.printed, part.value), sum(half_unit(b.printed, b.value) for b in bases))
        base = tuple(b.id for b in bases)
        made.append(
            Share(
                share.id, part.id, base, reading.scale, places[r], change=reading.change, where=where, rounded=rounded
            )
        )
    values = {n.id: n.value for n in grid.cells.values()}
    # What a percentage that lost its decimal mark should be, is told as its column prints them.
    usual = max(set(places), key=lambda p: sum(p == places[r] for r in rows))
    made = [s if s.decimals >= usual or s.holds(values) else replace(s, decimals=usual) for s in made]
    fails = [s for s in made if not s.holds(values)]
    # Several cells cut off where rounding would go up, and none against it: the column is truncated, not wrong.
    if len(fails) >= 2 and all(replace(s, cut=True).holds(values) for s in fails):
        return [replace(s, cut=True) for s in made]
    return made
