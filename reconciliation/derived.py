"""Lines of a table that are computed from others otherwise than as their total: differences, balances, means.

As in `sums`, a relation is learnt from the table: it must agree in so many digits that chance is ruled out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reconciliation.grid import Grid
from reconciliation.numbers import decimals, half_unit
from reconciliation.sums import NOT_ADDITIVE, Floats, SumRule, convinces
from reconciliation.words import says_difference, says_mean

Mask = NDArray[np.bool_]

#: What a printed change starts with.
_SIGNS = frozenset("+-−–±")


def derived_rules(grid: Grid, known: Sequence[SumRule]) -> list[SumRule]:
    """The rules by which rows of the grid are computed from others; rows that `known` rules give are left out.

    Turn the grid for columns.
    """
    if len(grid.rows) < 3:
        return []
    taken = {r.total for r in known}
    counts, shares = _values(grid, shares=False), _values(grid, shares=True)
    rules = [*_differences(grid, counts, taken), *_differences(grid, shares, taken)]
    rules.extend(_balances(grid, counts, taken | {r.total for r in rules}))
    rules.extend(_means(grid, counts, taken | {r.total for r in rules}))
    return rules


def _values(grid: Grid, *, shares: bool) -> Floats:
    """The percentages, or the numbers that may be added, by row and column; not a number elsewhere."""
    values = np.full((len(grid.rows), len(grid.columns)), np.nan)
    for at, number in grid.cells.items():
        if (number.unit == "percent") if shares else (number.unit not in NOT_ADDITIVE):
            values[at] = number.value
    return values


def _halves(grid: Grid, r: int) -> Floats:
    """Half a unit of the last place that each cell of a row prints; 0 for whole numbers, and for blanks."""
    cells = [grid.cells.get((r, c)) for c in range(len(grid.columns))]
    return np.array([0.5 * 10.0 ** -decimals(n.printed, n.value) if n else 0.0 for n in cells])


def _differences(grid: Grid, values: Floats, taken: set[int]) -> list[SumRule]:
    """Lines of differences: the one of two lines that they subtract, which stand side by side but for such lines.

    Those of percentages (in points) are computed before rounding, so that all three roundings may show.
    """
    rules = []
    changes = {d for d in range(len(grid.rows)) if d not in taken and _tells_difference(grid, d)}
    plain = [i for i in range(len(grid.rows)) if i not in changes and np.isfinite(values[i]).any()]
    for d in sorted(changes):
        for one, two in pairwise(plain):
            for a, b in ((one, two), (two, one)):
                valid = np.isfinite(values[d]) & np.isfinite(values[a]) & np.isfinite(values[b])
                if not valid.any():
                    continue
                units = {grid.cells[d, int(k)].unit for k in np.flatnonzero(valid)}
                slack = _halves(grid, d) + _halves(grid, a) + _halves(grid, b) if "percent" in units else np.zeros(1)
                off = values[a] - values[b] - values[d]
                fits = valid & (np.abs(off) <= slack + 1e-6)
                telling = fits & (values[b] != 0) & (np.abs(values[d]) > 2 * slack)
                digits = np.abs(values[d] / (2 * slack)) if slack.any() else np.abs(values[a])
                evidence = float(np.log10(1 + digits[telling]).sum())
                rule = _rule(
                    d, (a, b), (1, -1), valid=valid, fits=fits, evidence=evidence, off=off, slack=float(slack.max())
                )
                if convinces(rule, len(grid.rows)):
                    rules.append(rule)
    return rules


def _rule(
    total: int, parts: tuple[int, ...], signs: tuple[int, ...], *, valid: Mask, fits: Mask, evidence: float,
    off: Floats, slack: float = 0.0, divisor: int = 1,
) -> SumRule:  # fmt: skip
    held, failed = (tuple(int(k) for k in np.flatnonzero(lines)) for lines in (fits, valid & ~fits))
    return SumRule(total, parts, signs, held, failed, evidence, False, _exchanged(off[list(failed)], slack), divisor)


def _exchanged(off: Floats, slack: float) -> bool:
    """Whether a relation fails in just two lines, and by as much in the one as the other way in the other."""
    return len(off) == 2 and abs(float(off.sum())) <= 2 * slack + 1e-6


def _tells_difference(grid: Grid, d: int) -> bool:
    """Whether a line says that it is a difference: by its label, or by the signs that its numbers are printed with."""
    line = grid.rows[d]
    if not line.path:
        return False
    cells = [n for (r, _), n in grid.cells.items() if r == d]
    signed = sum(n.printed.lstrip()[:1] in _SIGNS for n in cells)
    return says_difference(line.label) or (signed >= 2 and 2 * signed > len(cells))


def _balances(grid: Grid, values: Floats, taken: set[int]) -> list[SumRule]:
    """Four lines that balance: open at the start, and received, less closed, is open at the end."""
    rules = []
    for d in range(3, len(grid.rows)):
        parts, signs = (d - 3, d - 2, d - 1), np.array([1.0, 1.0, -1.0])
        if d in taken or any(grid.rows[i].total for i in (*parts, d)):
            continue
        block = values[list(parts)]
        valid = np.isfinite(values[d]) & np.isfinite(block).all(axis=0)
        off = signs @ np.nan_to_num(block) - values[d]
        fits = valid & (np.abs(off) < 1e-6)
        telling = fits & (block != 0).all(axis=0)
        evidence = float(np.log10(1 + np.abs(values[d][telling])).sum())
        rule = _rule(d, parts, (1, 1, -1), valid=valid, fits=fits, evidence=evidence, off=off)
        if len(rule.held) >= 3 and convinces(rule, len(grid.rows)):
            rules.append(rule)
    return rules


def _means(grid: Grid, values: Floats, taken: set[int]) -> list[SumRule]:
    """Lines labelled as a mean that are the mean of the lines before them, totals left out."""
    rules = []
    for d, line in enumerate(grid.rows):
        if d in taken or not says_mean(line.label):
            continue
        before = [i for i in range(d) if not grid.rows[i].total and not says_mean(grid.rows[i].label)]
        cells = [grid.cells.get((d, c)) for c in range(len(grid.columns))]
        slack = np.array([(half_unit(n.printed, n.value) or 0.5) if n else 0.0 for n in cells]) + 1e-9
        tried = []
        for first in range(len(before) - 1):
            parts = tuple(before[first:])
            block = values[list(parts)]
            valid = np.isfinite(values[d]) & np.isfinite(block).all(axis=0)
            off = block.mean(axis=0) - values[d]
            fits = valid & (np.abs(off) <= slack)
            telling = fits & (np.abs(values[d]) > 2 * slack)
            evidence = float(np.log10(1 + np.abs(values[d] / (2 * slack))[telling]).sum())
            ones, n = (1,) * len(parts), len(parts)
            tried.append(
                _rule(d, parts, ones, valid=valid, fits=fits, evidence=evidence, off=off, slack=slack.max(), divisor=n)
            )
        best = max(tried, key=lambda r: (len(r.held) - len(r.failed), r.evidence), default=None)
        if best and convinces(best, len(grid.rows)):
            rules.append(best)
    return rules
