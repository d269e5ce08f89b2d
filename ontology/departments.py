"""Departments that the scheme does not know (`SB`), told by the subjects that a table lists under them."""

from __future__ import annotations

from collections.abc import Sequence

from ontology.categories import Word
from ontology.matching import LabelQuery, Match, Matcher
from ontology.services import service_of_subjects

# Right more often than not, never sure: what is told this way waits for a steward.
TOLD = 0.5
_NOTE = "told by the subjects under it"


def told_by_parts(matcher: Matcher, paths: Sequence[tuple[Word, ...]], language: str) -> dict[str, Match]:
    """For each outer label of some row paths the service that most of the subjects below it, at any depth, belong to.

    `paths` are the rows' labels, outermost first. A label whose parts are no known subjects is left out.
    """
    under: dict[str, dict[str, str]] = {}
    for path in paths:
        named = [word.category for word in path if word.category]
        for place, inner in enumerate(named[1:], 1):
            found = matcher.match(LabelQuery(inner, "subject", (), language))
            if found.concept is None:
                continue
            for outer in named[:place]:
                under.setdefault(outer, {})[inner] = found.concept
    told: dict[str, Match] = {}
    for label, subjects in under.items():
        service = service_of_subjects(list(subjects.values()))
        if service:
            told[label] = Match(label, "service", service, TOLD, "review", ((service, TOLD),), note=_NOTE)
    return told
