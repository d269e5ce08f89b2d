"""What a decision would change, before it is taken: which published numbers, and which totals then add up or cease to.

A report's own arithmetic does not depend on what its labels mean; its *harmonised* totals do. Along one row or column
of a table, the numbers whose concepts are narrower than a number's own should add up to it, and those with any concept
of the facet to the table's total. Where a decision makes such a sum right or wrong, it says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ontology.scheme import Scheme
from review.dataset import Dataset, Number
from review.queue import Item

_NAMED = 3  # totals that one decision lists
_HALF = 0.5  # a count is whole: two sums of counts are equal when they differ by less


@dataclass(frozen=True, slots=True)
class Change:
    """One published number that gets another concept; empty texts mean that it has none."""

    number: Number
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Consequences:
    """What one decision would change. `begins` and `ceases` are sentences on totals."""

    changes: tuple[Change, ...]
    begins: tuple[str, ...]
    ceases: tuple[str, ...]

    @property
    def numbers(self) -> int:
        """How many published numbers change; one may change in several facets."""
        return len({c.number.observation_id for c in self.changes})


def consequences(
    dataset: Dataset, scheme: Scheme, item: Item, concept: str | None, numbers: Sequence[Number] | None = None
) -> Consequences:
    """What deciding that `item` means `concept` (None: no concept) would change in `numbers` (all of the item's)."""
    reached = item.numbers if numbers is None else numbers
    given = set(item.concepts)
    after: dict[str, dict[str, str]] = {}
    changes: list[Change] = []
    for number in reached:
        now = dict(number.concepts)
        new = {facet: key for facet, key in now.items() if key not in given}
        if concept is not None:
            facet = concept.split(":", maxsplit=1)[0]
            kept = new.get(facet)
            # Another label of the number that says something narrower keeps its word.
            if kept is None or kept not in scheme or concept not in scheme.ancestors(kept):
                new[facet] = concept
        if new != now:
            after[number.observation_id] = new
            changes += [
                Change(number, now.get(f, ""), new.get(f, "")) for f in sorted({*now, *new}) if now.get(f) != new.get(f)
            ]
    begins: dict[str, None] = {}
    ceases: dict[str, None] = {}
    wide = {c.broader for c in scheme}  # only these have parts
    touched = sorted({(c.old or c.new).split(":", maxsplit=1)[0] for c in changes})
    for line in _lines(dataset, [n for n in reached if n.observation_id in after]):
        for total in line:
            if total.unit != "count":
                continue
            for facet in touched:
                meanings = (total.concepts.get(facet), after.get(total.observation_id, {}).get(facet))
                if not total.is_total and not wide.intersection(m for m in meanings if m):
                    continue
                was = _adds_up(scheme, line, total, facet, {})
                will = _adds_up(scheme, line, total, facet, after)
                if was != will:
                    (begins if will else ceases)[_sentence(total, facet)] = None
    return Consequences(tuple(changes), tuple(begins)[:_NAMED], tuple(ceases)[:_NAMED])


def _lines(dataset: Dataset, numbers: Sequence[Number]) -> Iterator[list[Number]]:
    """Each row and column of a table that holds one of `numbers`, once."""
    seen = set()
    for number in numbers:
        for key in dataset.line_keys(number):
            if key not in seen:
                seen.add(key)
                yield dataset.lines[key]


def _adds_up(
    scheme: Scheme, line: Sequence[Number], total: Number, facet: str, after: dict[str, dict[str, str]]
) -> bool:
    """Whether the harmonised parts of `total` in `facet`, two or more, add up to it."""

    def meaning(number: Number) -> str | None:
        return after.get(number.observation_id, number.concepts).get(facet)

    own = meaning(total)
    if own is None and not total.is_total:
        return False
    parts = [
        n.value
        for n in line
        if n is not total
        and (n.unit, n.measure, n.period) == (total.unit, total.measure, total.period)
        and not n.is_total
        and (key := meaning(n)) is not None
        and (own is None or (key in scheme and own in scheme.ancestors(key)))
    ]
    return len(parts) > 1 and abs(sum(parts) - total.value) < _HALF


def _sentence(total: Number, facet: str) -> str:
    where = " / ".join(part for part in (total.row_label, total.column_label) if part)
    return f"{where} {total.printed} ({total.table_title or 'table'}, page {total.page}), by {facet}"
