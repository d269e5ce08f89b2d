"""Which printed number is wrong when constraints fail: the fewest cells that make all of them hold again.

Where a row sum and a column sum fail by the same amount they cross in one cell, and that cell is named; two cells whose
exchange mends everything were swapped. The search is greedy, one repair after the other, each the one that mends the
most failing constraints and breaks the fewest that hold. A lone failing total has no such witness: then the total is
named, as the number that claims something of the others, and the culprit stays open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from reconciliation.constraints import Constraint, Share, Sum
from reconciliation.numbers import same, slip

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Repair:
    """One cell whose other value would mend the `mended` constraints.

    `sure` says that constraints of which at least two meet in the cell, or the role of the cell in its only one, leave
    no other cell. `rivals` are cells that one change would mend as well. For an exchange, `partner` is the other cell.
    """

    cell: str
    expected: float
    mended: tuple[Constraint, ...]
    sure: bool
    rivals: tuple[str, ...] = ()
    partner: str | None = None


@dataclass(frozen=True, slots=True)
class _Move:
    changes: tuple[tuple[str, float], ...]
    mended: tuple[Constraint, ...]
    gain: int
    rank: tuple[float, ...]


def repairs(constraints: Sequence[Constraint], printed: dict[str, float]) -> list[Repair]:
    """The repairs that make the constraints hold, in the order found; `printed` is left as it is."""
    at: dict[str, list[Constraint]] = defaultdict(list)
    for constraint in constraints:
        for cell in dict.fromkeys(constraint.cells()):
            at[cell].append(constraint)
    values = dict(printed)
    broken = [c for c in constraints if not c.holds(values)]
    found: list[Repair] = []
    while broken:
        moves = _moves(broken, at, values)
        if not moves:
            break
        best = max(moves, key=lambda m: m.rank)
        found.append(_repair(best, moves, at))
        for cell, value in best.changes:
            values[cell] = value
        done = {id(c) for c in best.mended}
        # A constraint that the repair breaks is not reported in its place: it held as printed.
        broken = [c for c in broken if id(c) not in done and not c.holds(values)]
    return found


def _moves(broken: list[Constraint], at: dict[str, list[Constraint]], values: dict[str, float]) -> list[_Move]:
    tried: dict[tuple[str, float], _Move] = {}
    for constraint in broken:
        for cell in constraint.cells():
            value = constraint.wanted(cell, values)
            if value is None or value < 0 <= values[cell]:
                continue
            key = (cell, round(value, 9))
            if key not in tried:
                tried[key] = _move(((cell, value),), at, values, constraint)
    moves = list(tried.values())
    if max((m.gain for m in moves), default=0) <= 1 and len(broken) > 1:
        moves.extend(_exchanges(broken, at, values))
    return moves


def _move(
    changes: tuple[tuple[str, float], ...],
    at: dict[str, list[Constraint]],
    values: dict[str, float],
    origin: Constraint,
) -> _Move:
    touched = {id(c): c for cell, _ in changes for c in at[cell]}
    before = {key: c.holds(values) for key, c in touched.items()}
    changed = _Overlay(values, dict(changes))
    after = {key: c.holds(changed) for key, c in touched.items()}
    mended = tuple(c for key, c in touched.items() if after[key] and not before[key])
    broke = sum(before[key] and not after[key] for key in touched)
    gain = len(mended) - broke
    typed = sum(slip(values[cell], value) is not None for cell, value in changes)
    role = _role(changes[0][0], mended or (origin,))
    # More mended first; then a claim (share, total) before a part of it; then what a typing slip explains.
    return _Move(changes, mended, gain, (gain, -broke, role, typed, -len(changes)))


class _Overlay(dict[str, float]):
    """A few changed values over many unchanged ones, without copying those."""

    def __init__(self, below: dict[str, float], changes: dict[str, float]) -> None:
        super().__init__(changes)
        self._below = below

    def __missing__(self, key: str) -> float:
        return self._below[key]


def _role(cell: str, mended: Iterable[Constraint]) -> int:
    """2 when the cell claims something of the others in all of these, 1 in some, 0 when it is a part."""
    claims = [(isinstance(c, Share) and c.share == cell) or (isinstance(c, Sum) and c.total == cell) for c in mended]
    return 2 if claims and all(claims) else int(any(claims))


def _exchanges(broken: list[Constraint], at: dict[str, list[Constraint]], values: dict[str, float]) -> list[_Move]:
    """Moves that swap two cells of failing sums whose difference is what each sum is out by."""
    gaps = [(c, round(values[c.total] - c.expected(values), 9)) for c in broken if isinstance(c, Sum)]
    moves: list[_Move] = []
    for i, (one, gap) in enumerate(gaps):
        for two, other in gaps[i + 1 :]:
            if not same(gap, -other) or set(one.cells()) & set(two.cells()):
                continue
            for a in one.parts:
                for b in two.parts:
                    if same(values[b] - values[a], gap) and not same(values[a], values[b]):
                        moves.append(_move(((a, values[b]), (b, values[a])), at, values, one))
    return moves


def _repair(best: _Move, moves: list[_Move], at: dict[str, list[Constraint]]) -> Repair:
    cell, expected = best.changes[0]
    partner = best.changes[1][0] if len(best.changes) > 1 else None
    mended = {id(c) for c in best.mended}
    rivals = tuple(
        dict.fromkeys(
            m.changes[0][0]
            for m in moves
            if m is not best and m.gain >= best.gain and {id(c) for c in m.mended} >= mended and m.changes[0][0] != cell
        )
    )
    return Repair(cell, expected, best.mended, not rivals, rivals, partner)


def connected(constraints: Sequence[Constraint]) -> list[list[Constraint]]:
    """The constraints in groups that share cells, so that each group can be repaired alone."""
    parent: dict[str, str] = {}

    def root(x: str) -> str:
        while parent.setdefault(x, x) != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for c in constraints:
        first, *rest = c.cells()
        for other in rest:
            parent[root(other)] = root(first)
    return _grouped(constraints, lambda c: root(c.cells()[0]))


def _grouped(items: Iterable[T], key: Callable[[T], str]) -> list[list[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return list(groups.values())
