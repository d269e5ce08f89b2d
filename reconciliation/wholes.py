"""Percentages and averages of a whole that is not a column's printed total.

Three things follow from a column without any total beside it: percentages that add up to a hundred while their counts
add up to another printed count are shares of that count; percentages of one whole that are printed with their total
must add up to it within rounding; and a mean of all lies between the means of the parts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reconciliation.constraints import Share, Sum, Whole
from reconciliation.findings import Finding, Severity, finding_at
from reconciliation.grid import Grid, Number
from reconciliation.numbers import decimals, same, show, slip
from reconciliation.sentences import Said, place
from reconciliation.words import says_mean

#: Runs of rows longer than this are no longer tried as one whole.
_LONGEST = 8
#: So many columns of percentages that were cut off would not all make a hundred within rounding.
_NEVER_CUT = 5
_MEAN_UNITS = frozenset({"days", "score", "seconds"})


@dataclass(frozen=True, slots=True)
class _Row:
    count: Number
    percent: Number


def complement_constraints(grid: Grid, known: Sequence[Share], where: str) -> list[Share]:
    """Shares of rows whose percentages make a hundred and whose counts make one other printed count.

    Percentages that `known` constraints bind already are left out, and so are runs without a fourth witness: the count
    that they add up to must be printed in the same column, with three digits or more.
    """
    bound = {s.share for s in known}
    found: list[Share] = []
    units = [grid.column_unit(c) for c in range(len(grid.columns))]
    for p, unit in enumerate(units):
        counts = [c for c in (p - 1, p + 1) if 0 <= c < len(units) and units[c] == "count"]
        if unit != "percent" or not counts:
            continue
        column = counts[0]
        whole = [grid.cells[r, column] for r in range(len(grid.rows)) if (r, column) in grid.cells]
        for run in _runs(grid, column, p):
            total = sum(row.count.value for row in run)
            base = next((n for n in whole if same(n.value, total) and n.value >= 100), None)
            if base is None or any(row.percent.id in bound for row in run):
                continue
            found.extend(
                Share(
                    r.percent.id, r.count.id, (base.id,), 100, decimals(r.percent.printed, r.percent.value), where=where
                )
                for r in run
            )
            bound |= {row.percent.id for row in run}
    return found


def cumulative_constraints(grid: Grid, where: str) -> list[Sum]:
    """Percentages or counts added up row by row in the column beside them: each is the one above and its own row's.

    Held to where three in five rows or more are that within rounding: one slip breaks two of them.
    """
    found: list[Sum] = []
    for c in range(1, len(grid.columns)):
        rows = [r for r in range(len(grid.rows)) if (r, c) in grid.cells and (r, c - 1) in grid.cells]
        rows = [r for r in rows if not grid.rows[r].total]
        cells = [(grid.cells[r, c], grid.cells[r, c - 1]) for r in rows]
        if len(cells) < 4 or {n.unit for pair in cells for n in pair} not in ({"percent"}, {"count"}):
            continue
        made = []
        for (above, _), (own, share) in pairwise(cells):
            rounded = sum(10.0 ** -decimals(n.printed, n.value) for n in (above, own, share))
            slack = (0.5 * rounded if own.unit == "percent" else 0.0) + 1e-9
            made.append(Sum(own.id, (above.id, share.id), (1, 1), slack, where=where))
        values = {n.id: n.value for pair in cells for n in pair}
        # Nothing added to nothing is nothing in any two columns side by side.
        telling = [s for s in made if all(values[i] for i in s.cells())]
        if sum(s.holds(values) for s in telling) >= max(3, 0.6 * len(telling)) and same(
            cells[0][0].value, cells[0][1].value
        ):
            found.extend(made)
    return found


def whole_constraints(grid: Grid, where: str) -> list[Whole]:
    """Percentages that make a hundred in three columns or more, and in at most one of five do not.

    Turn the grid for rows. They are those of all rows, or of the rows under one label. How far rounding may take them
    is half a unit each; a unit where the table leaves open whether it cuts off, as then none makes more than a hundred.
    """
    found: list[Whole] = []
    rows = [r for r in range(len(grid.rows)) if not grid.rows[r].total]
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for r in rows:
        groups[grid.rows[r].path[:-1]].append(r)
    for chosen in dict.fromkeys([tuple(rows), *map(tuple, groups.values())]):
        lines = []
        for c in range(len(grid.columns)):
            cells = [n for r in chosen if (n := grid.cells.get((r, c))) is not None and n.unit == "percent"]
            if len(cells) >= 2 and sum(n.value > 0 for n in cells) >= 2 and all(n.value >= 0 for n in cells):
                lines.append(cells)
        off = [round(sum(n.value for n in cells) - 100, 9) for cells in lines]
        held = [abs(x) <= _slack(cells) for x, cells in zip(off, lines, strict=True)]
        if sum(held) < 3 or 5 * sum(held) < 4 * len(held):
            continue
        sizes = Counter(len(cells) for cells, fits in zip(lines, held, strict=True) if fits)
        rounds = any(x > 1e-6 for x, fits in zip(off, held, strict=True) if fits) or sum(held) > _NEVER_CUT
        for cells, fits in zip(lines, held, strict=True):
            if fits or len(cells) in sizes:
                slack = _slack(cells) if fits or rounds else 2 * _slack(cells)
                found.append(Whole(tuple(n.id for n in cells), 100.0, slack, where=where))
    return found


def _runs(grid: Grid, count: int, percent: int) -> Iterator[list[_Row]]:
    """Neighbouring rows with a count and a percentage each, the percentages making a hundred within rounding."""
    rows: list[_Row | None] = []
    for r in range(len(grid.rows)):
        n, p = grid.cells.get((r, count)), grid.cells.get((r, percent))
        rows.append(_Row(n, p) if n is not None and p is not None and n.unit == "count" else None)
    for start in range(len(rows)):
        run: list[_Row] = []
        for row in rows[start : start + _LONGEST]:
            if row is None:
                break
            run.append(row)
            if len(run) >= 2 and abs(sum(x.percent.value for x in run) - 100) <= _slack([x.percent for x in run]):
                yield list(run)


def _slack(percents: Sequence[Number]) -> float:
    """How far the sum of rounded percentages may lie from the sum of the exact ones."""
    return sum(0.5 * 10.0 ** -decimals(p.printed, p.value) for p in percents) + 1e-9


def percent_findings(grid: Grid, constraints: Sequence[Share | Whole]) -> list[Finding]:
    """Columns of percentages, bound by no constraint, that nearly make a hundred and miss it by more than rounding."""
    bound = {i for c in constraints for i in ((c.share,) if isinstance(c, Share) else c.parts)}
    found = []
    for c in range(len(grid.columns)):
        cells = [(r, grid.cells[r, c]) for r in range(len(grid.rows)) if (r, c) in grid.cells]
        parts = [n for r, n in cells if not grid.rows[r].total and n.unit == "percent"]
        totals = [n for r, n in cells if grid.rows[r].total and n.unit == "percent" and same(n.value, 100)]
        if len(parts) < 3 or any(n.id in bound for n in parts) or len(parts) + len(totals) < len(cells):
            continue
        total = round(sum(n.value for n in parts), 6)
        off = abs(total - 100)
        if off <= _slack(parts) or off > 3 or any(n.value >= 90 for n in parts):
            continue
        found.append(_hundred(grid, totals[0] if totals else parts[-1], parts, total, printed=bool(totals)))
    return found


def _hundred(grid: Grid, at: Number, parts: Sequence[Number], total: float, *, printed: bool) -> Finding:
    where = place(at)
    en, nl = (" + ".join(show(n.value, g) for n in parts) + f" = {show(total, g)}" for g in ("en", "nl"))
    said = Said(
        f"{where.en}: the percentages of the column add up to {en}, further from 100 than rounding explains.",
        f"{where.nl}: de percentages van de kolom geven samen {nl}, verder van 100 dan afronding verklaart.",
        en,
    )
    severity: Severity = "warning" if printed else "info"
    if printed:
        return finding_at(
            at,
            "total_mismatch",
            severity,
            said,
            expected=total,
            observations=[n.id for n in parts],
            place="percentages",
        )
    return finding_at(
        at,
        "total_mismatch",
        severity,
        said,
        printed=total,
        expected=100,
        observations=[n.id for n in parts],
        place="percentages",
    )


def mean_findings(grid: Grid, sums: Sequence[Sum]) -> list[Finding]:
    """Means of all that lie outside the means of the parts, or a typing slip away from their weighted mean.

    Only for lines that a sum proves to be the whole of others: the counts of the parts are the weights.
    """
    numbers = {n.id: n for n in grid.cells.values()}
    at = {n.id: place_ for place_, n in grid.cells.items()}
    wholes: dict[int, list[Sum]] = defaultdict(list)
    # A part that is blank in one column has its count in another; of those with all parts, the largest counts them all.
    for s in sorted(sums, key=lambda s: (-len(s.parts), -numbers[s.total].value)):
        if s.where == "down" and all(sign > 0 for sign in s.signs):
            wholes[at[s.total][0]].append(s)
    found = []
    for row, of_row in wholes.items():
        for c in range(len(grid.columns)):
            mean = grid.cells.get((row, c))
            if mean is None or mean.unit not in _MEAN_UNITS or not says_mean(f"{grid.columns[c].label} {grid.title}"):
                continue
            weighed = [pairs for s in of_row if (pairs := _weights(grid, s, c, at, numbers))]
            if not weighed:
                continue
            places = decimals(mean.printed, mean.value)
            means = [_weighted(pairs, places) for pairs in weighed]
            # Which of the counts the mean was weighed by, the table does not say: any that gives it is the one.
            if min(abs(mean.value - m) for m in means) <= 2 * 10.0**-places:
                continue
            pairs, weighted = weighed[0], means[0]
            low, high = min(m.value for m, _ in pairs), max(m.value for m, _ in pairs)
            outside = not low - 10.0**-places <= mean.value <= high + 10.0**-places
            if outside or slip(mean.value, weighted):
                found.append(_mean_finding(mean, weighted, pairs, "error" if outside else "warning"))
    return found


def _weights(
    grid: Grid, s: Sum, column: int, at: Mapping[str, tuple[int, int]], numbers: Mapping[str, Number]
) -> list[tuple[Number, Number]]:
    """The means of the parts of a whole, each with its count; none where a part lacks its mean."""
    cells = [(grid.cells.get((at[p][0], column)), numbers[p]) for p in s.parts]
    pairs = [(mean, weight) for mean, weight in cells if mean is not None]
    return pairs if len(pairs) == len(cells) >= 2 and any(w.value for _, w in pairs) else []


def _weighted(pairs: Sequence[tuple[Number, Number]], places: int) -> float:
    return round(sum(m.value * w.value for m, w in pairs) / sum(w.value for _, w in pairs), places)


def _mean_finding(mean: Number, weighted: float, pairs: Sequence[tuple[Number, Number]], severity: Severity) -> Finding:
    at = place(mean)
    low, high = min(m.value for m, _ in pairs), max(m.value for m, _ in pairs)
    said = Said(
        f"{at.en}: printed is a mean of {show(mean.value, 'en')}; the parts lie between {show(low, 'en')} and "
        f"{show(high, 'en')}, and weighted by their counts they give {show(weighted, 'en')}.",
        f"{at.nl}: gedrukt staat een gemiddelde van {show(mean.value)}; de delen liggen tussen {show(low)} en "
        f"{show(high)}, en gewogen naar hun aantallen geven ze {show(weighted)}.",
        f"weighted mean {show(weighted, 'en')}, printed {show(mean.value, 'en')}",
    )
    return finding_at(
        mean,
        "total_mismatch",
        severity,
        said,
        expected=weighted,
        observations=[n.id for pair in pairs for n in pair],
        repair_place=mean.id,
        culprit="publisher",
    )
