"""What the rows, the columns and the whole of one table say together about each of its figures.

Pure functions on matches that were made label by label; no label is matched here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ontology.layout import columns_in_order
from ontology.matching import Match, Status
from ontology.periods import Part
from ontology.scheme import Scheme
from schemas.printed import Figure

_ORDER: dict[Status, int] = {"unmapped": 0, "review": 1, "accepted": 2, "curated": 3}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one axis of one figure means: concepts by facet with the match that gave each, and the label's time.

    `aside` names the facets that a label only touches on: `schadedossiers` among subjects is also a kind of signal.
    """

    matches: dict[str, Match] = field(default_factory=dict)
    unknown: tuple[Match, ...] = ()
    parts: tuple[Part, ...] = ()
    total: bool = False
    aside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Axes:
    """Both axes of one figure."""

    rows: Meaning
    columns: Meaning


def merged(scheme: Scheme, columns: Meaning, rows: Meaning) -> dict[str, Match]:
    """One match a facet from both axes: the narrower concept, else the axis that is about the facet, else the surer."""
    found: dict[str, Match] = dict(columns.matches)
    for facet, match in rows.matches.items():
        other = found.get(facet)
        if other is None or other.concept is None or match.concept is None:
            found[facet] = match
        elif match.concept in scheme.ancestors(other.concept):
            continue
        elif other.concept in scheme.ancestors(match.concept):
            found[facet] = match
        elif (facet in rows.aside) != (facet in columns.aside):
            found[facet] = other if facet in rows.aside else match
        elif match.confidence >= other.confidence:
            found[facet] = match
    return found


def only_signal(columns: Sequence[Meaning]) -> Match | None:
    """The signal of all columns that name one and nothing else, where they name the same: a share beside counts it."""
    named = [c.matches["signal"] for c in columns if "signal" in c.matches and len(c.matches) == 1]
    return named[0] if len({match.concept for match in named}) == 1 else None


def signals_beside(figures: Sequence[Figure], columns: Sequence[Meaning]) -> dict[int, Match]:
    """For each percentage without a signal that of the nearest column to its left, by place in `figures`."""
    found: dict[int, Match] = {}
    for order in columns_in_order(figures):
        last: Match | None = None
        for places in order:
            signal = columns[places[0]].matches.get("signal")
            if signal is not None:
                last = signal
            elif last is not None:
                found.update({place: last for place in places if figures[place].unit == "percent"})
    return found


def weakest(used: Sequence[Match]) -> tuple[Status, float | None]:
    """The weakest status and lowest confidence of the labels used; unmapped and None when there are none."""
    if not used:
        return "unmapped", None
    status = min((m.status for m in used), key=lambda s: _ORDER[s])
    return status, min(m.confidence for m in used)
