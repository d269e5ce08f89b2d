"""Sentences about groups of a table's rows: how many rows are left after those that were named.

`The other 34 teams handled the remaining 26.7 %`: sentences that took rows out of a table by their shares, or groups of
rows whose labels begin alike (`SB`, `SB/bins`, `SB/bulky`), leave a number of rows that can be counted.

Nothing here knows what a group is called in words; only numbers tie a sentence to rows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from reconciliation.findings import Finding, finding_at
from reconciliation.grid import Grid, Number
from reconciliation.numbers import acceptable, decimals, exact, same, show
from reconciliation.sentences import Said, place
from reconciliation.sentences_read import Sentence

_LEVELS = re.compile(r"\s*(?:/|>|\|| - | – )\s*")
_OTHERS = re.compile(
    r"\b(?:andere|overige|resterende|autres|übrigen?|anderen?|restlichen?|other|remaining)\s+(?:de\s+)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows of one column whose labels begin alike, or one row; `rows` are their places in the grid."""

    label: str
    cells: tuple[Number, ...]
    rows: frozenset[int]


def group_findings(sentences: Sequence[Sentence], grids: Sequence[Grid]) -> list[Finding]:
    """Wrong numbers of rows that sentences leave over."""
    found = []
    for grid in grids:
        near = [s for s in sentences if _beside(s, grid)]
        if not near:
            continue
        for c in range(len(grid.columns)):
            if grid.column_unit(c) == "percent":
                found.extend(_left(near, _groups(grid, c), grid))
    return found


def _beside(sentence: Sentence, grid: Grid) -> bool:
    """Whether a sentence of the same body stands on the table's pages or the one after them."""
    first = sentence.tokens[0].number
    pages = {n.page for n in grid.cells.values()}
    return first.organisation == grid.organisation and min(pages) <= first.page <= max(pages) + 1


def _groups(grid: Grid, column: int) -> list[_Group]:
    """The rows of a column by every beginning that the levels of their labels have; totals left out."""
    by_start: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for r, line in enumerate(grid.rows):
        if line.total or (r, column) not in grid.cells:
            continue
        levels = tuple(_LEVELS.split(line.last))
        for size in range(1, len(levels) + 1):
            by_start[levels[:size]].append(r)
    named = [("/".join(levels), rows) for levels, rows in by_start.items()]
    named.extend((grid.rows[r].last, [r]) for rows in list(by_start.values()) for r in rows)
    found: dict[frozenset[int], _Group] = {}
    for label, rows in named:
        cells = tuple(grid.cells[r, column] for r in rows)
        found.setdefault(frozenset(rows), _Group(label, cells, frozenset(rows)))
    return list(found.values())


def _left(sentences: Sequence[Sentence], groups: Sequence[_Group], grid: Grid) -> list[Finding]:
    rows = frozenset().union(*(g.rows for g in groups))
    found = []
    for i, sentence in enumerate(sentences):
        counts = [t for t in sentence.counts if t.number.id and _OTHERS.search(sentence.before(t))]
        if len(counts) != 1 or len(sentence.percents) != 1 or sentence.is_about(counts[0]):
            continue
        taken: list[Number] = []
        # Backwards through the sentences before: the shares that together with this one make a hundred.
        for earlier in reversed(sentences[max(0, i - 4) : i]):
            taken.extend(t.number for t in earlier.percents)
            if same(sum(p.value for p in taken) + sentence.percents[0].number.value, 100):
                found.extend(_count_left(counts[0].number, taken, groups, rows, grid))
                break
    return found


def _count_left(
    n: Number, taken: Sequence[Number], groups: Sequence[_Group], rows: frozenset[int], grid: Grid
) -> list[Finding]:
    """The finding on the number of rows left, where each share is that of one row or group and of no other."""
    meant: list[_Group] = []
    for share in taken:
        fits = [g for g in groups if _gives(g, share)]
        if len(fits) != 1 or any(g.rows & fits[0].rows for g in meant):
            return []
        meant.append(fits[0])
    left = len(rows) - sum(len(g.rows) for g in meant)
    if not meant or same(n.value, left) or not 0.5 * left <= n.value <= 2 * left:
        return []
    at = place(n)
    names = ", ".join(f"“{m.label}” ({len(m.rows)})" for m in meant)
    said = Said(
        f"{at.en}: printed is {show(n.value, 'en')}; table “{grid.title}” has {len(rows)} rows, and the shares named "
        f"before are those of {names}: {left} are left.",
        f"{at.nl}: gedrukt staat {show(n.value)}; tabel “{grid.title}” heeft {len(rows)} rijen, en de aandelen die "
        f"eerder genoemd zijn, zijn die van {names}: er blijven er {left}.",
        f"{len(rows)} - {' - '.join(str(len(m.rows)) for m in meant)} = {left}, printed {show(n.value, 'en')}",
    )
    return [
        finding_at(
            n,
            "text_table_mismatch",
            "error",
            said,
            expected=float(left),
            observations=[*(p.id for p in taken), *(c.id for m in meant for c in m.cells)],
            repair_place=n.id,
            culprit="publisher",
            place=f"{grid.table} rows",
        )
    ]


def _gives(group: _Group, share: Number) -> bool:
    """Whether a printed share is that of a group at its own precision."""
    total = sum((exact(c.value) for c in group.cells), exact(0))
    return any(same(share.value, r) for r in acceptable(total, decimals(share.printed, share.value)))
