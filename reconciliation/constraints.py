"""What must hold between printed numbers: sums, shares and ratios, changes, equal figures.

A constraint knows the cells that it binds, whether a set of values satisfies it, and which value of one cell would.
It holds no opinion on which cell is wrong; `reconciliation.repair` decides that from all constraints together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from reconciliation.numbers import acceptable, exact, half_up, same, truncated

Values = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Sum:
    """total = sum of parts (each with its sign), within `tolerance` for rounded parts. Cells are observation ids.

    With a `divisor` the total is their mean.

    `strong`: a failure is proven by the other lines. `blanks` counts parts that print nothing and may hide something.
    `doubts` counts the lines that fail of a rule that holds in none.
    """

    total: str
    parts: tuple[str, ...]
    signs: tuple[int, ...]
    tolerance: float = 1e-6
    strong: bool = True
    blanks: int = 0
    where: str = ""
    doubts: int = 0
    divisor: int = 1

    def cells(self) -> tuple[str, ...]:
        """All observation ids bound here."""
        return (self.total, *self.parts)

    def expected(self, values: Values) -> float:
        """What the parts add up to, or their mean."""
        return round(sum(s * values[p] for s, p in zip(self.signs, self.parts, strict=True)) / self.divisor, 9)

    def holds(self, values: Values) -> bool:
        """Whether the total is the sum."""
        return abs(values[self.total] - self.expected(values)) <= self.tolerance

    def wanted(self, cell: str, values: Values) -> float | None:
        """The value of `cell` that makes it hold."""
        total = self.expected(values)
        if cell == self.total:
            return total
        gap = round((values[self.total] - total) * self.divisor, 9)
        if self.divisor > 1 and float(values[cell]).is_integer():
            gap = float(round(gap))  # a mean is rounded, the counts that it is of are not
        return values[cell] + self.signs[self.parts.index(cell)] * gap


@dataclass(frozen=True, slots=True)
class Share:
    """share = scale x part / base, rounded to `decimals`; `base` is one cell, or several that add up to it.

    With `change`, share = scale x (part - base) / base, the growth from base to part. `rounded` is by how much the
    part and the base may lie from what was divided, where they are printed with decimals (a mean, an amount).
    """

    share: str
    part: str
    base: tuple[str, ...]
    scale: int
    decimals: int
    cut: bool = False
    change: bool = False
    strong: bool = True
    where: str = ""
    rounded: tuple[float, float] = (0.0, 0.0)

    def cells(self) -> tuple[str, ...]:
        """All observation ids bound here."""
        return (self.share, self.part, *self.base)

    def true_value(self, values: Values) -> Fraction | None:
        """The unrounded share; None when the base is zero."""
        base = sum((exact(values[b]) for b in self.base), Fraction(0))
        if base == 0:
            return None
        part = exact(values[self.part])
        return self.scale * ((part - base) if self.change else part) / base

    def holds(self, values: Values) -> bool:
        """Whether the printed share is a right rounding."""
        true = self.true_value(values)
        if true is None:
            return same(values[self.share], 0) or values[self.part] != 0
        if any(self.rounded) and self._within(float(true), values):
            return True
        right = acceptable(true, self.decimals)
        if self.cut:
            right = (*right, truncated(true, self.decimals))
        if self.change:  # a fall is often printed without its sign
            right = (*right, *(-r for r in right))
        return any(same(values[self.share], r) for r in right)

    def _within(self, true: float, values: Values) -> bool:
        """Whether the printed share may follow from the numbers that were rounded to the printed part and base."""
        off = (
            share_slack(values[self.part], sum(values[b] for b in self.base), self.scale, self.rounded)
            + 0.5 * 10.0**-self.decimals
        )
        printed = values[self.share]
        return abs((abs(printed) - abs(true)) if self.change else (printed - true)) <= off

    def wanted(self, cell: str, values: Values) -> float | None:
        """The share that the counts give; a count a thousandfold where that mends its separator.

        No other single count follows from a rounded share, so None for those.
        """
        if cell != self.share and not float(values[cell]).is_integer():
            thousandfold = round(values[cell] * 1000, 6)
            mended = {each: values[each] for each in self.cells()} | {cell: thousandfold}
            return thousandfold if thousandfold.is_integer() and self.holds(mended) else None
        true = self.true_value(values)
        if cell != self.share or true is None:
            return None
        return half_up(true, self.decimals)


def share_slack(part: float, base: float, scale: int, rounded: tuple[float, float]) -> float:
    """How far scale x part / base may lie from the share of the unrounded numbers; `rounded` as in `Share`."""
    low = abs(base) - rounded[1]
    return scale * (rounded[0] + abs(part / base) * rounded[1]) / low if base and low > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Equal:
    """Two places print the same figure."""

    first: str
    second: str
    kind: Literal["cross_table_mismatch", "text_table_mismatch"]
    strong: bool = True
    where: str = ""

    def cells(self) -> tuple[str, ...]:
        """Both observation ids."""
        return (self.first, self.second)

    def holds(self, values: Values) -> bool:
        """Whether they are the same number."""
        return same(values[self.first], values[self.second])

    def wanted(self, cell: str, values: Values) -> float | None:
        """The value of the other one."""
        return values[self.second if cell == self.first else self.first]


@dataclass(frozen=True, slots=True)
class Whole:
    """Percentages of one whole, which make `whole` within `tolerance`; no cell prints that they do."""

    parts: tuple[str, ...]
    whole: float
    tolerance: float
    strong: bool = True
    where: str = ""

    def cells(self) -> tuple[str, ...]:
        """All observation ids bound here."""
        return self.parts

    def total(self, values: Values) -> float:
        """What they add up to."""
        return round(sum(values[p] for p in self.parts), 9)

    def holds(self, values: Values) -> bool:
        """Whether they make the whole."""
        return abs(self.total(values) - self.whole) <= self.tolerance

    def wanted(self, cell: str, values: Values) -> float | None:
        """What the others leave over."""
        return round(values[cell] + self.whole - self.total(values), 9)


Constraint = Sum | Share | Equal | Whole
