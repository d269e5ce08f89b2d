"""Which line of a table is the sum of which others, learnt from the table itself.

A label that says total is a promise; a relation that holds in most lines is one too, even when no label says so.
Nothing is assumed of a table in which neither is the case. Each rule found gives one `Sum` constraint a line.

The amount of chance in a relation is weighed by the digits that agree (the logarithm of the totals that fit): with
small counts many runs of cells add up to something by accident, with four-digit counts hardly any does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reconciliation.constraints import Sum
from reconciliation.grid import Grid, Line
from reconciliation.numbers import decimals
from reconciliation.words import says_difference, says_total

Floats = NDArray[np.float64]

#: Units that may not be added: an average, a rate or a duration of parts is not the sum of theirs.
NOT_ADDITIVE = frozenset({"days", "seconds", "score", "ratio", "percent", "percent_points"})


@dataclass(frozen=True, slots=True)
class SumRule:
    """Line `total` is the signed sum of lines `parts`. `held` and `failed` are lines of the other direction."""

    total: int
    parts: tuple[int, ...]
    signs: tuple[int, ...]
    held: tuple[int, ...]
    failed: tuple[int, ...]
    evidence: float
    labelled: bool


def sum_rules(grid: Grid) -> list[SumRule]:
    """The rules by which rows of the grid add up to another row. Turn the grid for columns."""
    values = _values(grid)
    if values.shape[0] < 3 or not np.isfinite(values).any():
        return []
    lines = grid.rows
    learnt = [_best(t, _runs(t, len(lines)), values, lines, grid) for t in range(len(lines))]
    rules = [r for r in learnt if r and not r.labelled and _convinces(r, len(lines))]
    covered = _covered(rules)
    for t, line in enumerate(lines):
        if line.total:
            rule = _best(t, _promised(t, lines, covered) | _runs(t, len(lines)), values, lines, grid)
            rule = rule if rule and _kept_promise(rule, len(lines)) else _bare_promise(t, grid, values, covered)
            if rule:
                rules.append(rule)
                covered |= {p: rule.total for p in rule.parts if p not in covered}
    rules.extend(_differences(grid, values, {r.total for r in rules}))
    return _without_echoes(rules)


def sum_constraints(grid: Grid, where: str) -> list[Sum]:
    """One constraint a line that a rule binds; `where` says in which direction (`down` or `across`)."""
    found = []
    for rule in sum_rules(grid):
        zeros = _blanks_are_zero(grid, rule)
        for k in (*rule.held, *rule.failed):
            pairs = [
                (grid.cells[p, k].id, s) for p, s in zip(rule.parts, rule.signs, strict=True) if (p, k) in grid.cells
            ]
            ids = tuple(i for i, _ in pairs)
            total = grid.cells[rule.total, k]
            blanks = 0 if zeros else len(rule.parts) - len(ids)
            places = max((decimals(grid.cells[p, k].printed, grid.cells[p, k].value) for p in rule.parts
                          if (p, k) in grid.cells), default=0)  # fmt: skip
            slack = 0.5 * 10**-places * (len(ids) + 1) + 1e-9 if places else 1e-6
            if total.unit == "percent":
                slack = max(slack, 0.5 * 10**-places * (len(ids) + 1) + 1e-9)
            found.append(Sum(total.id, ids, tuple(s for _, s in pairs), slack, _is_strong(rule), blanks, where))
    return found


def _is_strong(rule: SumRule) -> bool:
    """A failure of this rule is proven: the rule holds in at least as many other lines as it fails in."""
    held, failed = len(rule.held), len(rule.failed)
    return held >= max(1, failed) if rule.labelled else held >= 3 * max(1, failed)


def _values(grid: Grid) -> Floats:
    values = np.full((len(grid.rows), len(grid.columns)), np.nan)
    for (r, c), number in grid.cells.items():
        if number.unit not in NOT_ADDITIVE:
            values[r, c] = number.value
    return values


def _runs(t: int, size: int) -> set[tuple[int, ...]]:
    """Contiguous runs of two or more lines that end just before or start just after line `t`."""
    above = {tuple(range(s, t)) for s in range(t - 1)}
    below = {tuple(range(t + 1, e)) for e in range(t + 3, size + 1)}
    return above | below


def _promised(t: int, lines: tuple[Line, ...], covered: dict[int, int]) -> set[tuple[int, ...]]:
    """What a line labelled total may be the total of: its block, its group, the subtotals, whatever is not covered."""
    others = [i for i in range(len(lines)) if i != t]
    leaves = [i for i in others if not lines[i].total]
    totals = [i for i in others if lines[i].total]
    path = lines[t].path
    group = [i for i in leaves if len(lines[i].path) >= len(path) and lines[i].path[: len(path) - 1] == path[:-1]]
    children = [i for i in others if len(lines[i].path) > len(path) and lines[i].path[: len(path)] == path]
    tops = [i for i in others if i not in covered]
    same_last = [i for i in others if lines[i].path[-1:] == path[-1:]]
    before = [i for i in totals if i < t]
    last = max(before, default=-1)
    block = list(range(last + 1, t))
    candidates = [
        leaves, totals, group, children, tops, same_last, before, block,
        [i for i in leaves if i < t], [i for i in leaves if i > t],
        [i for i in tops if i < t], [i for i in tops if i > t],
    ]  # fmt: skip
    return {tuple(c) for c in candidates if len(c) >= 2}


def _covered(rules: list[SumRule]) -> dict[int, int]:
    return {p: r.total for r in rules for p in r.parts}


def _best(
    t: int, candidates: set[tuple[int, ...]], values: Floats, lines: tuple[Line, ...], grid: Grid
) -> SumRule | None:
    """The candidate that fits line `t` in the most lines of the other direction; None when none fits anywhere."""
    best: tuple[tuple[float, ...], SumRule] | None = None
    target = values[t]
    units = [grid.cells[t, k].unit if (t, k) in grid.cells else "" for k in range(len(grid.columns))]
    for parts in candidates:
        block = values[list(parts)]
        filled = np.isfinite(block)
        valid = np.isfinite(target) & filled.any(axis=0)
        if not valid.any():
            continue
        total = np.where(filled, block, 0.0).sum(axis=0)
        fits = valid & (np.abs(total - np.nan_to_num(target)) < 1e-6)
        telling = fits & ((np.where(filled, block, 0.0) != 0).sum(axis=0) >= 2)
        if not telling.any():
            continue
        fails = valid & ~fits
        if any(not _one_unit(grid, parts, int(k), units[k]) for k in np.flatnonzero(valid)):
            continue
        evidence = float(np.log10(1 + np.abs(target[telling])).sum())
        rule = SumRule(
            t,
            parts,
            (1,) * len(parts),
            tuple(int(k) for k in np.flatnonzero(fits)),
            tuple(int(k) for k in np.flatnonzero(fails)),
            evidence,
            lines[t].total,
        )
        rank = (int(fits.sum()) - int(fails.sum()), evidence, -len(parts))
        if best is None or rank > best[0]:
            best = (rank, rule)
    return best[1] if best else None


def _one_unit(grid: Grid, parts: tuple[int, ...], k: int, unit: str) -> bool:
    return all(grid.cells[p, k].unit == unit for p in parts if (p, k) in grid.cells)


def _convinces(rule: SumRule, size: int) -> bool:
    """Whether a relation that no label announces is more than chance.

    About size^2 runs are tried in a table, so the digits that agree must outweigh log10(size^2) with two to spare;
    exceptions are tolerated only beside three times as many lines that fit.
    """
    enough = rule.evidence >= 2 + 2 * math.log10(max(size, 2))
    return enough and len(rule.held) >= 3 * len(rule.failed)


def _kept_promise(rule: SumRule, size: int) -> bool:
    """Whether a labelled total is borne out: fewer candidates are tried, so less evidence is needed."""
    return rule.evidence >= 0.5 + math.log10(max(size, 2)) and len(rule.held) >= len(rule.failed)


def _bare_promise(t: int, grid: Grid, values: Floats, covered: dict[int, int]) -> SumRule | None:
    """A labelled total that is borne out nowhere, taken at its word where only one reading of it is possible.

    That is so when it closes or opens the table, is the only total, and no label speaks of a part of a part; the
    sum must also come near (a table of the ten commonest kinds, or of several answers a file, has no sum).
    """
    lines = grid.rows
    if sum(line.total for line in lines) != 1 or t not in (0, len(lines) - 1) or not says_total(lines[t].last):
        return None
    parts = tuple(i for i in range(len(lines)) if i != t and i not in covered)
    if len(parts) < 2:
        return None
    block, target = values[list(parts)], values[t]
    valid = np.isfinite(target) & np.isfinite(block).any(axis=0)
    columns = [int(k) for k in np.flatnonzero(valid)]
    if not columns or any(not _one_unit(grid, parts, k, _unit(grid, t, k)) for k in columns):
        return None
    return SumRule(t, parts, (1,) * len(parts), (), tuple(columns), 0.0, True)


def _unit(grid: Grid, r: int, c: int) -> str:
    return grid.cells[r, c].unit if (r, c) in grid.cells else ""


def _differences(grid: Grid, values: Floats, taken: set[int]) -> list[SumRule]:
    """Lines labelled as a difference: the one of two lines beside them that they subtract."""
    rules = []
    for d, line in enumerate(grid.rows):
        if d in taken or not line.path or not says_difference(line.label):
            continue
        for a in range(len(grid.rows)):
            for b in (a - 1, a + 1):
                if not 0 <= b < len(grid.rows) or d in (a, b):
                    continue
                valid = np.isfinite(values[d]) & np.isfinite(values[a]) & np.isfinite(values[b])
                gap = values[a] - values[b]
                fits = valid & (np.abs(gap - values[d]) < 1e-6)
                telling = fits & (values[b] != 0) & (values[d] != 0)
                evidence = float(np.log10(1 + np.abs(values[a][telling])).sum())
                rule = SumRule(
                    d, (a, b), (1, -1), tuple(int(k) for k in np.flatnonzero(fits)),
                    tuple(int(k) for k in np.flatnonzero(valid & ~fits)), evidence, False,
                )  # fmt: skip
                if _convinces(rule, len(grid.rows)):
                    rules.append(rule)
    return rules


def _blanks_are_zero(grid: Grid, rule: SumRule) -> bool:
    """Whether the table itself shows that a blank part counts as nothing: a line with a blank in it adds up."""
    return any(any((p, k) not in grid.cells for p in rule.parts) for k in rule.held)


def _without_echoes(rules: list[SumRule]) -> list[SumRule]:
    """One rule a set of cells: a total and a run may be found twice."""
    seen: set[tuple[int, tuple[int, ...]]] = set()
    kept = []
    for rule in rules:
        key = (rule.total, rule.parts)
        if key not in seen:
            seen.add(key)
            kept.append(rule)
    return kept
