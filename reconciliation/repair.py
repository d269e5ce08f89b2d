"""Which printed number is wrong when constraints fail: the fewest cells that make all of them hold again.

Where a row sum and a column sum fail by the same amount they cross in one cell, and that cell is named; two cells whose
exchange mends everything were swapped. The search is greedy, one repair after the other, each the one that mends the
most failing constraints and breaks the fewest that hold. A lone failing total has no such witness: then the total is
named, as the number that claims something of the others, and the culprit stays open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reconciliation.constraints import Constraint, Share, Sum
from reconciliation.numbers import same, slip


@dataclass(frozen=True, slots=True)
class Repair:
    """One cell whose other value would mend the `mended` constraints.

    `sure`: no other cell would do as well. `cleared`: the cell is named because it claims something of the others, yet
    the constraints beside it speak for it, so one of `rivals` is wrong and nothing tells which. For an exchange,
    `partner` is the other cell; for a line whose cells moved one place on, `shifted` holds all of them.
    """

    cell: str
    expected: float
    mended: tuple[Constraint, ...]
    sure: bool
    rivals: tuple[str, ...] = ()
    partner: str | None = None
    cleared: bool = False
    shifted: tuple[str, ...] = ()

    def candidates(self, values: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
        """The cells of which any one would do, each with its other value; the likeliest first, () when there is one.

        The claim itself comes first unless only other cells are a typing slip from what they would have to be: a slip
        in a part shows in its digits, a total that was forgotten when a part changed shows in none.
        """
        if self.sure or not self.rivals:
            return ()
        cells = dict.fromkeys(self.rivals if self.cleared else (self.cell, *self.rivals))
        found = [(c, v) for c in cells if (v := self.mended[0].wanted(c, values)) is not None and self._may_be(c, v)]
        if len(found) < 2:
            return ()
        return tuple(sorted(found, key=lambda each: slip(values[each[0]], each[1]) is None))

    def _may_be(self, cell: str, value: float) -> bool:
        """Whether a value has a sign that the cell can have: only a difference falls below nothing."""
        first = self.mended[0]
        return value >= 0 or (isinstance(first, Sum) and first.total == cell and min(first.signs) < 0)


@dataclass(frozen=True, slots=True)
class _Move:
    changes: tuple[tuple[str, float], ...]
    mended: tuple[Constraint, ...]
    gain: float
    rank: tuple[float, ...]


Aligned = Callable[[str, str], bool]


def repairs(
    constraints: Sequence[Constraint],
    printed: dict[str, float],
    aligned: Aligned = lambda a, b: True,
    lines: Sequence[Sequence[str]] = (),
) -> list[Repair]:
    """The repairs that make the constraints hold, in the order found; `printed` is left as it is.

    `aligned` says of two cells whether they stand in one row or one column: only those can have been exchanged.
    `lines` are runs of cells that may have been printed one place on, the last of them first or the other way round.
    """
    at: dict[str, list[Constraint]] = defaultdict(list)
    for constraint in constraints:
        for cell in dict.fromkeys(constraint.cells()):
            at[cell].append(constraint)
    values = dict(printed)
    broken = [c for c in constraints if not c.holds(values)]
    signs = {id(c): dict(zip(c.parts, c.signs, strict=True)) for c in constraints if isinstance(c, Sum)}
    found: list[Repair] = []
    while broken:
        now = _Now(constraints, at, values, signs)
        moves = _moves(broken, now, aligned) + _shifts(broken, now, lines)
        if not moves:
            break
        best = max(moves, key=lambda m: m.rank)
        repair = _repair(best, moves, values)
        found.append(repair)
        if not repair.cleared:
            values.update(best.changes)
        done = {id(c) for c in repair.mended}
        # A constraint that the repair breaks is not reported in its place: it held as printed.
        broken = [c for c in broken if id(c) not in done and not c.holds(values)]
    return found


class _Now:
    """What holds with the values as they are, looked up for each move that is tried; sums by what they miss."""

    def __init__(
        self,
        constraints: Sequence[Constraint],
        at: dict[str, list[Constraint]],
        values: dict[str, float],
        signs: dict[int, dict[str, int]],
    ) -> None:
        self.at, self.values, self._signs = at, values, signs
        self.holding = {id(c): c.holds(values) for c in constraints}
        self._gaps = {id(c): _gap(c, values) for c in constraints if isinstance(c, Sum)}

    def holds_with(self, constraint: Constraint, changed: _Overlay) -> bool:
        """Whether a constraint holds once some values are changed."""
        if not isinstance(constraint, Sum):
            return constraint.holds(changed)
        gap, signs = self._gaps[id(constraint)], self._signs[id(constraint)]
        for cell, value in changed.items():
            if cell == constraint.total:
                gap += (value - self.values[cell]) * constraint.divisor
            elif cell in signs:
                gap -= signs[cell] * (value - self.values[cell])
        return abs(gap) <= constraint.tolerance * constraint.divisor


def _moves(broken: list[Constraint], now: _Now, aligned: Aligned) -> list[_Move]:
    values = now.values
    tried: dict[tuple[str, float], _Move] = {}
    for constraint in broken:
        for cell in constraint.cells():
            value = constraint.wanted(cell, values)
            if value is None or value < 0 <= values[cell]:
                continue
            key = (cell, round(value, 9))
            if key not in tried:
                tried[key] = _move(((cell, value),), now, constraint)
    moves = list(tried.values())
    moves.extend(_exchanges(broken, now, aligned))
    return moves


def _move(changes: tuple[tuple[str, float], ...], now: _Now, origin: Constraint) -> _Move:
    values, before = now.values, now.holding
    touched = {id(c): c for cell, _ in changes for c in now.at[cell]}
    changed = _Overlay(values, dict(changes))
    after = {key: now.holds_with(c, changed) for key, c in touched.items()}
    mended = tuple(c for key, c in touched.items() if after[key] and not before[key])
    broke = sum(before[key] and not after[key] for key in touched)
    # An exchange touches two cells and must therefore mend two constraints to be worth one; a shift, three for two.
    gain = len(mended) - broke - 0.5 * min(len(changes) - 1, 2)
    typed = sum(slip(values[cell], value) is not None for cell, value in changes)
    role = _role(changes[0][0], mended or (origin,))
    # A count with decimals among whole ones is odd in itself, whatever the sums say.
    whole = sum(not values[cell].is_integer() and value.is_integer() for cell, value in changes)
    # More mended first; then a claim (share, total) before a part of it; then what a typing slip explains.
    return _Move(changes, mended, gain, (gain, -broke, whole, role, typed, -len(changes)))


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


def _exchanges(broken: list[Constraint], now: _Now, aligned: Aligned) -> list[_Move]:
    """Moves that swap two cells of two failing constraints and mend both."""
    values = now.values
    moves: list[_Move] = []
    tried: set[frozenset[str]] = set()
    for i, one in enumerate(broken):
        for two in broken[i + 1 :]:
            if (
                isinstance(one, Sum)
                and isinstance(two, Sum)
                and abs(abs(_gap(one, values)) - abs(_gap(two, values))) > _blur(one) + _blur(two) + 1e-9
            ):
                continue
            for a in one.cells():
                for b in two.cells():
                    pair = frozenset((a, b))
                    if pair in tried or same(values[a], values[b]) or not aligned(a, b):
                        continue
                    swap = _Overlay(values, {a: values[b], b: values[a]})
                    if now.holds_with(one, swap) and now.holds_with(two, swap):
                        tried.add(pair)
                        moves.append(_move(((a, values[b]), (b, values[a])), now, one))
    return moves


def _shifts(broken: list[Constraint], now: _Now, lines: Sequence[Sequence[str]]) -> list[_Move]:
    """Moves that put the cells of a line back by one place; only lines that meet several failing constraints."""
    if len(broken) < 3:
        return []
    failing = {cell for c in broken for cell in c.cells()}
    moves = []
    for line in lines:
        if len(line) < 3 or sum(cell in failing for cell in line) < 3:
            continue
        for step in (1, -1):
            back = tuple((cell, now.values[line[(i + step) % len(line)]]) for i, cell in enumerate(line))
            move = _move(back, now, broken[0])
            # Fewer than three mended constraints may be chance: then the cells are reported one by one.
            if len(move.mended) >= 3 and move.gain >= 2:
                moves.append(move)
    return moves


def _gap(constraint: Sum, values: dict[str, float]) -> float:
    return round((values[constraint.total] - constraint.expected(values)) * constraint.divisor, 9)


def _blur(constraint: Sum) -> float:
    """How far a gap may lie from that of the unrounded numbers."""
    return constraint.tolerance * constraint.divisor if constraint.tolerance > 1e-5 else 0.0


def _repair(best: _Move, moves: list[_Move], values: dict[str, float]) -> Repair:
    cell, expected = best.changes[0]
    partner = best.changes[1][0] if len(best.changes) > 1 else None
    mended = {id(c) for c in best.mended}
    named = {c for c, _ in best.changes}
    if len(named) > 2:
        return Repair(cell, expected, best.mended, True, shifted=tuple(c for c, _ in best.changes))
    rivals = tuple(
        dict.fromkeys(
            m.changes[0][0]
            for m in moves
            if m.gain >= best.gain and {id(c) for c in m.mended} >= mended and m.changes[0][0] not in named
        )
    )
    if rivals and best.rank[2] == 0 and best.rank[3] == 0 and partner is None:
        # Several parts would do, and none is better than another: the sum that fails is named, not one of them.
        claim = next((c for c in best.mended if isinstance(c, Sum)), None)
        if claim is not None:
            return Repair(claim.total, claim.expected(values), (claim,), False, (cell, *rivals), cleared=True)
    return Repair(cell, expected, best.mended, not rivals, rivals, partner)
