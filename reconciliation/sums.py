"""Which line of a table is the sum of which others, learnt from the table itself.

A label that says total is a promise; a relation that holds in most lines is one too, even when no label says so.
Nothing is assumed of a table in which neither is the case. Each rule found gives one `Sum` constraint a line.

The amount of chance in a relation is weighed by the digits that agree (the logarithm of the totals that fit): with
small counts many runs of cells add up to something by accident, with four-digit counts hardly any does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reconciliation.constraints import Sum
from reconciliation.grid import Grid, Line, Number
from reconciliation.numbers import decimals, half_unit, slip
from reconciliation.words import says_mean, says_rate, says_total

Floats = NDArray[np.float64]

#: Units that may not be added: an average, a rate or a duration of parts is not the sum of theirs.
NOT_ADDITIVE = frozenset({"days", "seconds", "score", "ratio", "percent", "percent_points"})


#: Evidence (digits that agree) from which a run that fits everywhere is taken for a group.
_LOOSE = 1.5


@dataclass(frozen=True, slots=True)
class SumRule:
    """Line `total` is the signed sum of lines `parts`. `held` and `failed` are lines of the other direction.

    With a `divisor` it is their mean.
    `exchanged`: it fails in just two lines, by the same amount in opposite directions, as after an exchange of cells.
    """

    total: int
    parts: tuple[int, ...]
    signs: tuple[int, ...]
    held: tuple[int, ...]
    failed: tuple[int, ...]
    evidence: float
    labelled: bool
    exchanged: bool = False
    divisor: int = 1


def sum_rules(grid: Grid) -> list[SumRule]:
    """The rules by which rows of the grid add up to another row. Turn the grid for columns."""
    values = _values(grid)
    if values.shape[0] < 3 or not np.isfinite(values).any():
        return []
    lines = grid.rows
    learnt = [_best(t, _runs(t, len(lines)), values, lines, grid) for t in range(len(lines))]
    rules = [r for r in learnt if r and not r.labelled and convinces(r, len(lines))]
    rules = [r for r in rules if not _members(r.total, lines)]
    groups = {t: m for t in range(len(lines)) if len(m := _members(t, lines)) > 1}
    kept = {
        t: r for t, m in groups.items() if (r := _best(t, {m}, values, lines, grid)) and _kept_promise(r, len(lines))
    }
    rules.extend(replace(r, labelled=True) for r in kept.values())
    if kept:  # groups of one table are built alike: one that adds up nowhere is still meant to
        rules.extend(r for t, m in groups.items() if t not in kept and (r := _taken_at_its_word(t, m, grid, values)))
    # Runs that add up everywhere, though with too few digits to be rules, still tell what not to count twice.
    loose = [r for r in learnt if r and not r.failed and r.evidence >= _LOOSE]
    covered = _covered(rules)
    totals = [t for t, line in enumerate(lines) if line.total]
    for t in totals:
        candidates = _promised(t, lines, covered) | _promised(t, lines, {**_covered(loose), **covered})
        rule = _best(t, candidates | _runs(t, len(lines)), values, lines, grid)
        if rule and _kept_promise(rule, len(lines)):
            rules.append(rule)
            covered |= {p: t for p in rule.parts if p not in covered}
    for t in totals:
        if all(r.total != t for r in rules) and (bare := _bare_promise(t, grid, values, rules)):
            rules.append(bare)
    rules.extend(_divided_again(grid, values, rules))
    rules.extend(_in_turn(grid, values, rules))
    return _without_echoes([r for r in rules if not _counted_twice(r, rules)])


def _counted_twice(rule: SumRule, rules: list[SumRule]) -> bool:
    """Whether a labelled total that holds adds a line and its supposed parts: then that line is no sum of them."""
    cells = {rule.total, *rule.parts}
    return not rule.labelled and any(r.labelled and r.held and cells <= set(r.parts) for r in rules)


def sum_constraints(grid: Grid, rules: list[SumRule], where: str) -> list[Sum]:
    """One constraint a line that a rule binds; `where` says in which direction (`down` or `across`)."""
    found = []
    for rule in rules:
        zeros = _blanks_are_zero(grid, rule)
        # Totals of one name among the parts of another: blocks, or a table whose columns were read one below another.
        namesakes = any(grid.rows[p].path == grid.rows[rule.total].path for p in rule.parts)
        strong = not namesakes and _is_strong(rule, _gaps(grid, rule))
        doubts = 0 if rule.held else len(rule.failed)
        for k in (*rule.held, *rule.failed):
            pairs = [
                (grid.cells[p, k].id, s) for p, s in zip(rule.parts, rule.signs, strict=True) if (p, k) in grid.cells
            ]
            ids = tuple(i for i, _ in pairs)
            if k in rule.failed and len(ids) < 2 < len(rule.parts) + len(ids):
                continue  # one printed part cannot show what the blanks stand for
            total = grid.cells[rule.total, k]
            if k in rule.failed and says_mean(grid.columns[k].label):
                continue  # the mean of all is no sum of the means of the parts
            if k in rule.failed and says_rate(grid.columns[k].label):
                cells = [
                    (grid.cells[p, k], s) for p, s in zip(rule.parts, rule.signs, strict=True) if (p, k) in grid.cells
                ]
                if _is_no_sum(total, cells):
                    continue
            blanks = 0 if zeros else len(rule.parts) - len(ids)
            places = max((decimals(grid.cells[p, k].printed, grid.cells[p, k].value) for p in rule.parts
                          if (p, k) in grid.cells), default=0)  # fmt: skip
            slack = 0.5 * 10**-places * (len(ids) + 1) + 1e-9 if places else 1e-6
            if total.unit == "percent":
                slack = max(slack, 0.5 * 10**-places * (len(ids) + 1) + 1e-9)
            if rule.divisor > 1:
                slack = half_unit(total.printed, total.value) or 0.5
                slack += max(half_unit(n.printed, n.value) for n in (grid.cells[p, k] for p in rule.parts)) + 1e-9
            signs = tuple(s for _, s in pairs)
            found.append(Sum(total.id, ids, signs, slack, strong, blanks, where, doubts, rule.divisor))
    return found


def _is_no_sum(total: Number, parts: Sequence[tuple[Number, int]]) -> bool:
    """Whether the total of a line said to be of rates, an index or means lies among its parts, as those do.

    Unless one typing slip, in the total or in a part, could have put it there.
    """
    if any(sign < 0 for _, sign in parts) or total.value > max(n.value for n, _ in parts):
        return False
    gap = round(total.value - sum(n.value for n, _ in parts), 9)
    cells = [(total.value, total.value - gap), *((n.value, n.value + gap) for n, _ in parts)]
    return not any(value >= 0 and slip(printed, value) for printed, value in cells)


def _is_strong(rule: SumRule, gaps: list[float]) -> bool:
    """Whether a failure of this rule is proven.

    A labelled total must hold in at least as many lines as it fails in. A relation that no label announces may be a
    breakdown that leaves something out here and there, so one exception is allowed it in four lines, and more only
    when they go both ways, as exchanged cells do.
    """
    held, failed = len(rule.held), len(rule.failed)
    if rule.labelled:
        return held >= max(1, failed)
    if rule.exchanged:
        return True
    both_ways = any(g > 0 for g in gaps) and any(g < 0 for g in gaps)
    return (failed <= 1 and held >= 2) or (both_ways and held >= 2 * failed)


def _gaps(grid: Grid, rule: SumRule) -> list[float]:
    """What the total of each failing line has more than its parts."""
    gaps = []
    for k in rule.failed:
        parts = sum(
            s * grid.cells[p, k].value for p, s in zip(rule.parts, rule.signs, strict=True) if (p, k) in grid.cells
        )
        gaps.append(grid.cells[rule.total, k].value - parts)
    return gaps


def _values(grid: Grid) -> Floats:
    values = np.full((len(grid.rows), len(grid.columns)), np.nan)
    for (r, c), number in grid.cells.items():
        if number.unit not in NOT_ADDITIVE:
            values[r, c] = number.value
    return values


def _members(t: int, lines: tuple[Line, ...]) -> tuple[int, ...]:
    """The lines one level under a line that prints numbers of its own (`Waste`, then `Waste > Bulky`)."""
    path = lines[t].path
    if not path:
        return ()
    return tuple(
        i for i, line in enumerate(lines) if len(line.path) == len(path) + 1 and line.path[: len(path)] == path
    )


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
    """Which total each part belongs to; the first one found, subtotals coming before the total of them."""
    covered: dict[int, int] = {}
    for rule in rules:
        for part in rule.parts:
            covered.setdefault(part, rule.total)
    return covered


def _best(
    t: int, candidates: set[tuple[int, ...]], values: Floats, lines: tuple[Line, ...], grid: Grid
) -> SumRule | None:
    """The candidate that fits line `t` in the most lines of the other direction; None when none fits anywhere."""
    best: tuple[tuple[float, ...], SumRule] | None = None
    finite = np.isfinite(values)
    zeroed = np.where(finite, values, 0.0)
    printed, target = finite[t], zeroed[t]
    units = [grid.cells[t, k].unit if (t, k) in grid.cells else "" for k in range(len(grid.columns))]
    for parts in candidates:
        block = zeroed[list(parts)]
        valid = printed & finite[list(parts)].any(axis=0)
        total = block.sum(axis=0)
        fits = valid & (np.abs(total - target) < 1e-6)
        if not fits.any():
            continue
        telling = fits & ((block != 0).sum(axis=0) >= 2)
        if not telling.any():
            continue
        fails = valid & ~fits
        if any(not _one_unit(grid, parts, int(k), units[k]) for k in np.flatnonzero(valid)):
            continue
        evidence = float(np.log10(1 + np.abs(target[telling])).sum())
        gaps = (target - total)[fails]
        rule = SumRule(
            t,
            parts,
            (1,) * len(parts),
            tuple(int(k) for k in np.flatnonzero(fits)),
            tuple(int(k) for k in np.flatnonzero(fails)),
            evidence,
            lines[t].total,
            len(gaps) == 2 and abs(float(gaps.sum())) < 1e-6,
        )
        rank = (int(fits.sum()) - int(fails.sum()), evidence, -len(parts))
        if best is None or rank > best[0]:
            best = (rank, rule)
    return best[1] if best else None


def _one_unit(grid: Grid, parts: tuple[int, ...], k: int, unit: str) -> bool:
    return all(grid.cells[p, k].unit == unit for p in parts if (p, k) in grid.cells)


def convinces(rule: SumRule, size: int) -> bool:
    """Whether a relation that no label announces is more than chance.

    About size^2 runs are tried in a table, so the digits that agree must outweigh log10(size^2) with two to spare, or
    three where one line in three is an exception; more exceptions than that are no rule.
    """
    held, failed = len(rule.held), len(rule.failed)
    # The lines that fail may be chosen in so many ways, each another chance to be mistaken.
    spare = rule.evidence - 2 * math.log10(max(size, 2)) - math.log10(math.comb(held + failed, failed))
    if rule.exchanged:
        return spare >= 1 and held >= failed
    return spare >= (2 if held >= 3 * failed else 3) and held >= 2 * failed


def _kept_promise(rule: SumRule, size: int) -> bool:
    """Whether a labelled total is borne out: fewer candidates are tried, so less evidence is needed."""
    return rule.evidence >= 0.5 + math.log10(max(size, 2)) and len(rule.held) >= len(rule.failed)


def _bare_promise(t: int, grid: Grid, values: Floats, rules: list[SumRule]) -> SumRule | None:
    """A labelled total that is borne out nowhere, taken at its word where only one reading of it is possible.

    That is so when it is the only total and closes or opens the table, or when the other totals of the table are the
    sums of the blocks above them.
    """
    lines, covered = grid.rows, _covered(rules)
    if not says_total(lines[t].last):
        return None
    if sum(line.total for line in lines) == 1 and t in (0, len(lines) - 1):
        parts = tuple(i for i in range(len(lines)) if i != t and i not in covered)
    else:
        before = max((i for i in range(t) if lines[i].total), default=-1)
        above = tuple(range(before + 1, t))
        # Cells that a grand total adds up, leaf by leaf, may still have a subtotal of their own.
        taken = {covered[i] for i in above if i in covered} - {r.total for r in rules if set(above) < set(r.parts)}
        parts = above if not taken and _blocks_elsewhere(t, lines, covered) else ()
    return _taken_at_its_word(t, parts, grid, values)


def _divided_again(grid: Grid, values: Floats, rules: list[SumRule]) -> list[SumRule]:
    """Further divisions of a total that one division is known of: by sex and by age, each group making the whole."""
    lines = grid.rows
    groups: dict[tuple[str, ...], list[int]] = {}
    for i, line in enumerate(lines):
        if len(line.path) > 1 and not line.total:
            groups.setdefault(line.path[:-1], []).append(i)
    found = []
    for known in [r for r in rules if r.labelled and r.divisor == 1]:
        for members in groups.values():
            if len(members) < 2 or {known.total, *known.parts} & set(members):
                continue
            rule = _best(known.total, {tuple(members)}, values, lines, grid)
            if rule and _kept_promise(rule, len(lines)):
                found.append(rule)
    return found


def _in_turn(grid: Grid, values: Floats, rules: list[SumRule]) -> list[SumRule]:
    """Labelled totals that hold in none of several columns: each is then the sum of what stands since the one before.

    Failing everywhere they prove nothing by themselves; but where one row was printed a column on, all of them hold
    when it is moved back.
    """
    lines, ruled = grid.rows, {r.total for r in rules}
    totals = [t for t, line in enumerate(lines) if says_total(line.last)]
    found = []
    for t in totals:
        before = max((i for i in totals if i < t), default=-1)
        above = tuple(range(before + 1, t))
        parts = above if len(above) > 1 else (before, *above) if before >= 0 and above else ()
        rule = None if t in ruled or len(totals) < 2 else _taken_at_its_word(t, parts, grid, values)
        if rule and len(rule.failed) > 1:
            found.append(rule)
    return found


def _taken_at_its_word(t: int, parts: tuple[int, ...], grid: Grid, values: Floats) -> SumRule | None:
    """A rule that holds in no line at all; None when it cannot even be computed."""
    if len(parts) < 2:
        return None
    block, target = values[list(parts)], values[t]
    valid = np.isfinite(target) & np.isfinite(block).any(axis=0)
    columns = [int(k) for k in np.flatnonzero(valid)]
    if not columns or any(not _one_unit(grid, parts, k, _unit(grid, t, k)) for k in columns):
        return None
    return SumRule(t, parts, (1,) * len(parts), (), tuple(columns), 0.0, True)


def _blocks_elsewhere(t: int, lines: tuple[Line, ...], covered: dict[int, int]) -> bool:
    """Whether another labelled total of the table is the sum of just the block above it."""
    for total in {total for total in covered.values() if total != t and lines[total].total}:
        before = max((i for i in range(total) if lines[i].total), default=-1)
        if all(covered.get(i) == total for i in range(before + 1, total)) and total - before > 2:
            return True
    return False


def _unit(grid: Grid, r: int, c: int) -> str:
    return grid.cells[r, c].unit if (r, c) in grid.cells else ""


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
