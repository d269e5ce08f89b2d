"""One table held against itself: sums, shares, and the cell in which failing ones meet."""

from __future__ import annotations

import re
from dataclasses import replace

from reconciliation.constraints import Constraint, Share, Sum, Whole
from reconciliation.derived import derived_rules
from reconciliation.findings import Culprit, Finding, Kind, Severity, softer
from reconciliation.grid import Grid, Number
from reconciliation.numbers import same, slip
from reconciliation.repair import Repair, repairs
from reconciliation.sentences import (
    Said,
    one_of,
    part_wrong,
    separator_wrong,
    share_wrong,
    shifted,
    swapped,
    total_wrong,
    whole_missed,
)
from reconciliation.shares import share_constraints
from reconciliation.sums import SumRule, sum_constraints, sum_rules
from reconciliation.wholes import (
    complement_constraints,
    cumulative_constraints,
    mean_findings,
    percent_findings,
    whole_constraints,
)

_WAYS = ("down", "across")


def table_constraints(grid: Grid) -> list[Constraint]:
    """All that the table promises or shows of itself, in both directions."""
    turned = grid.turned()
    down, across = sum_rules(grid), sum_rules(turned)
    down, across = [*down, *derived_rules(grid, down)], [*across, *derived_rules(turned, across)]
    shares = [
        *share_constraints(grid, "down", _sums(down)),
        *share_constraints(turned, "across", _sums(across)),
    ]
    shares.extend(complement_constraints(grid, shares, "down"))
    sums = [*sum_constraints(grid, down, "down"), *sum_constraints(turned, across, "across")]
    wholes = [*whole_constraints(grid, "down"), *whole_constraints(turned, "across")]
    return [*sums, *cumulative_constraints(grid, "down"), *shares, *wholes]


def _sums(rules: list[SumRule]) -> frozenset[int]:
    """The lines that are sums of others."""
    return frozenset(r.total for r in rules if r.held and r.divisor == 1)


def table_findings(grid: Grid, constraints: list[Constraint]) -> list[Finding]:
    """The contradictions inside one table."""
    numbers = {n.id: n for n in grid.cells.values()}
    printed = {n.id: n.value for n in numbers.values()}
    found = percent_findings(grid, [c for c in constraints if isinstance(c, (Share, Whole))])
    found.extend(mean_findings(grid, [c for c in constraints if isinstance(c, Sum) and c.divisor == 1]))
    if all(c.holds(printed) for c in constraints):
        return found
    where = {n.id: place for place, n in grid.cells.items()}

    def aligned(a: str, b: str) -> bool:
        (row, column), (other_row, other_column) = where[a], where[b]
        return (row == other_row) != (column == other_column) and numbers[a].unit == numbers[b].unit

    constraints = _told_by_shares(constraints, printed)
    lines = _count_lines(grid) + _count_lines(grid.turned())
    for repair in repairs(constraints, printed, aligned, lines):
        finding = _finding(repair, numbers, printed)
        if finding:
            found.append(finding)
    lost = _lost(grid, constraints, printed)
    return [replace(softer(f, "warning"), culprit="reading") if f.repair_place in lost else f for f in found]


def _told_by_shares(constraints: list[Constraint], values: dict[str, float]) -> list[Constraint]:
    """The constraints, with each sum whose parts print their shares of its total weighed by those shares.

    Shares that make a hundred together leave nothing unprinted that could explain a total that is not its sum: it is
    made strong, but for a line so small that rounding hides its share. Shares that all follow from the total and make
    more than a hundred are those of several answers a file: the total is no sum then, and nothing is held against it.
    """
    share_of: dict[tuple[str, str], Share] = {}
    for c in constraints:
        if isinstance(c, Share) and not c.change and len(c.base) == 1:
            share_of[c.part, c.base[0]] = c
    told: list[Constraint] = []
    for c in constraints:
        shares = (
            [s for p in c.parts if (s := share_of.get((p, c.total)))] if isinstance(c, Sum) and not c.strong else []
        )
        if not isinstance(c, Sum) or len(shares) < max(3, len(c.parts)) or any(sign < 0 for sign in c.signs):
            told.append(c)
            continue
        slack = sum(0.5 * 10.0**-s.decimals for s in shares) + 1e-9
        over = sum(values[s.share] for s in shares) - shares[0].scale
        if over > slack and all(s.holds(values) for s in shares):
            continue
        short = shares[0].scale * (values[c.total] - c.expected(values)) / max(values[c.total], 1)
        whole = abs(over) <= slack and not 0 < short <= slack
        told.append(replace(c, strong=True) if whole and not c.blanks else c)
    return told


def _lost(grid: Grid, constraints: list[Constraint], values: dict[str, float]) -> set[str]:
    """Totals that fail as they do when a line or a cell was lost in reading; a publisher's slips rarely look so.

    A lost line: all totals of the other direction miss something, by amounts that make a proper line of the table. A
    lost cell: the totals of its row and column miss the same amount, and where they cross nothing is printed;
    or a total misses just the number that closes the label of a row with nothing printed, read as part of the label.
    """
    sums = [c for c in constraints if isinstance(c, Sum) and c.divisor == 1]
    gaps = {w: {c.total: round(values[c.total] - c.expected(values), 9) for c in sums if c.where == w} for w in _WAYS}
    at = {n.id: place for place, n in grid.cells.items()}
    lost: set[str] = set()
    for down, gap in gaps["down"].items():
        for across, other in gaps["across"].items():
            if gap > 0 and same(gap, other) and (at[across][0], at[down][1]) not in grid.cells:
                lost |= {down, across}
    for total, gap in gaps["down"].items():
        blank = [line.label for r, line in enumerate(grid.rows) if (r, at[total][1]) not in grid.cells]
        if gap > 0 and any(same(gap, _closing_number(label)) for label in blank):
            lost.add(total)
    for where in _WAYS:
        missing = {cell for cell, gap in gaps[where].items() if gap}
        for c in sums:
            if c.where == where or c.total not in missing or not set(c.cells()) <= set(gaps[where]):
                continue
            parts = sum(s * gaps[where][p] for p, s in zip(c.parts, c.signs, strict=True))
            if len(missing & set(c.cells())) >= 3 and same(gaps[where][c.total], parts):
                lost |= missing & set(c.cells())
    return lost


def _closing_number(label: str) -> float:
    """The number at the end of a label, 0 where there is none."""
    found = re.search(r"(?<![\w.,])\d[\d.,'\u00a0\u202f]*$", label)
    return float(re.sub(r"\D", "", found[0])) if found else 0.0


def _count_lines(grid: Grid) -> list[list[str]]:
    """The counts of each row, and without its last or first (a total at the edge stays where it is)."""
    lines: list[list[str]] = []
    for r in range(len(grid.rows)):
        at = [(r, c) for c in range(len(grid.columns))]
        ids = [grid.cells[p].id for p in at if p in grid.cells and grid.cells[p].unit == "count"]
        lines.extend((ids, ids[:-1], ids[1:]))
    return lines


def _finding(repair: Repair, numbers: dict[str, Number], values: dict[str, float]) -> Finding | None:
    cell = numbers[repair.cell]
    # A later repair may also mend what an earlier one broke; only what fails as printed is evidence.
    repair = replace(repair, mended=tuple(c for c in repair.mended if not c.holds(values)))
    sums = [c for c in repair.mended if isinstance(c, Sum)]
    shares = [c for c in repair.mended if isinstance(c, Share)]
    severity = _severity(repair, sums, shares, values)
    if severity is None:
        return None
    said, kind = _said(repair, sums, shares, numbers, values)
    candidates = repair.candidates(values)
    if candidates:
        said = one_of(said, [(numbers[i], value) for i, value in candidates], cell)
    pair = repair.shifted or ((repair.cell, repair.partner) if repair.partner else (repair.cell,))
    ids = tuple(dict.fromkeys((*pair, *(i for c in repair.mended for i in c.cells()))))
    return Finding(
        report=cell.report,
        organisation=cell.organisation,
        kind=kind,
        severity=severity,
        table=cell.table or None,
        row_label=cell.row_label,
        column_label=cell.column_label,
        printed=cell.value,
        expected=round(repair.expected, 6),
        page=cell.page or None,
        message=said.en,
        message_nl=said.nl,
        proof=said.proof,
        observations=ids,
        repair_place=None if repair.cleared else repair.cell,
        culprit=_culprit(repair, sums, cell),
        candidates=candidates,
    )


def _said(
    repair: Repair,
    sums: list[Sum],
    shares: list[Share],
    numbers: dict[str, Number],
    values: dict[str, float],
) -> tuple[Said, Kind]:
    cell = numbers[repair.cell]
    if repair.shifted:
        return shifted([numbers[i] for i in repair.shifted], len(repair.mended)), "total_mismatch"
    if repair.partner:
        return swapped(cell, numbers[repair.partner]), "total_mismatch" if sums else "share_mismatch"
    if not sums and not shares and isinstance(whole := repair.mended[0], Whole):
        return whole_missed(cell, whole, values, repair.expected), "share_mismatch"
    if shares and shares[0].share == cell.id:
        return share_wrong(cell, shares[0], values, repair.expected), "share_mismatch"
    if cell.unit == "count" and slip(cell.value, repair.expected) == "separator" and _thousandfold(cell, repair):
        why = total_wrong(cell, sums[0], values).proof if sums else ""
        return separator_wrong(cell, repair.expected, why, why), "implausible_number"
    if len(sums) == 1 and not shares and sums[0].total == cell.id:
        return total_wrong(cell, sums[0], values), "total_mismatch"
    kind: Kind = "total_mismatch" if sums else "share_mismatch"
    return part_wrong(cell, sums, len(shares), repair.expected, values=values, numbers=numbers), kind


def _thousandfold(cell: Number, repair: Repair) -> bool:
    """A factor of 1000 either way, or a count with decimals: what a wrong separator makes."""
    factor = repair.expected / cell.value if cell.value else 0
    return not float(cell.value).is_integer() or same(factor, 1000) or same(factor, 0.001)


def _severity(repair: Repair, sums: list[Sum], shares: list[Share], values: dict[str, float]) -> Severity | None:
    """error when proven by the table, warning when a blank or an unproven promise stands behind it, None for noise."""
    strong = [c for c in repair.mended if c.strong and not (isinstance(c, Sum) and _blank_explains(c, values))]
    if strong or repair.shifted or (repair.partner and len(repair.mended) > 1):
        return "error"
    if shares:
        return "warning"
    if not sums:
        return None
    gap = sums[0]
    total, expected = values[gap.total], gap.expected(values)
    if _blank_explains(gap, values):
        return "warning"
    if gap.doubts > 1:
        return None  # a total that fits no column is another kind of total
    # A promise borne out nowhere else: near misses and typing slips are mistakes, a wide gap is another kind of table
    # (the commonest kinds only, or several answers a file).
    if slip(total, expected) is not None:
        return "error"
    return "warning" if abs(total - expected) <= 0.1 * max(abs(total), 1) else None


def _blank_explains(constraint: Sum, values: dict[str, float]) -> bool:
    return constraint.blanks > 0 and values[constraint.total] > constraint.expected(values)


def _culprit(repair: Repair, sums: list[Sum], cell: Number) -> Culprit:
    if "ocr" in cell.method.casefold() or any(s.blanks for s in sums):
        return "unclear"
    if repair.sure or repair.partner:
        return "publisher"
    return "unclear"
