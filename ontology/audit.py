"""People's decisions held against the matcher: what it would have said without them, and which nothing uses any more.

A decision always holds; nothing here changes one. The report is for those who change the matcher or the scheme.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ontology.decisions import Decision, Decisions
from ontology.matching import LabelQuery, Match, Matcher
from ontology.text import normalise


@dataclass(frozen=True, slots=True)
class Held:
    """One decision and what the matcher says of the same label, free in the facet, when it does not know of it."""

    decision: Decision
    said: Match

    @property
    def agrees(self) -> bool:
        """Whether the matcher's best guess is what was decided; for "no concept fits", that it accepts none."""
        if self.decision.concept is None:
            return self.said.status != "accepted"
        return self.said.concept == self.decision.concept

    @property
    def contradicts(self) -> bool:
        """Whether the matcher would have been sure of something else: one of the two is to be looked at."""
        return not self.agrees and self.said.status == "accepted"


def held_against(decisions: Decisions, matcher: Matcher) -> tuple[Held, ...]:
    """Every decision that holds beside the answer of `matcher`, which must be built without decisions."""
    if len(matcher.decisions):
        raise ValueError("The matcher knows decisions; build one without them to hear what it would say.")
    return tuple(
        Held(d, matcher.match(LabelQuery(d.label, None, (d.context,) if d.context else (), d.language or None)))
        for d in decisions
    )


def without_labels(decisions: Decisions, labels: Iterable[Mapping[str, str]]) -> tuple[Decision, ...]:
    """The decisions that hold and that decided no label of a built dataset (rows with label, facet and status)."""
    used = {(normalise(row["label"]), row["facet"]) for row in labels if row["status"] == "curated"}
    return tuple(d for d in decisions if (normalise(d.label), d.facet) not in used)
