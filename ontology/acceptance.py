"""What else a reader would accept: readers of one label often agree that several concepts fit it.

A share says how likely a concept is the label's own. Whether a concept will do is more: `subject:public_space` will do
for most labels of its narrower concepts, `service:civil_affairs` for many of `subject:civil_affairs`. How often is
counted on labels that were read twice: of those whose own concept is the one, how many take the other too. Few labels
of a concept say little, so their count is drawn to what is usual between concepts so related, as if one label more had
been read (additive smoothing towards a prior, Manning, Raghavan and Schütze 2008, "Introduction to Information
Retrieval", section 11.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from ontology.scheme import FACETS, Scheme
from ontology.term_space import Vector

# How the second concept stands to the first, from the nearest to the farthest.
RELATIONS = ("same", "broader", "above", "below", "same_branch", "same_facet", "subject_and_service", "other_facet")
_DRAWN = 1.0  # labels that the usual counts as, beside those read; of 1, 2 and 4 the best by cross-validation
_WORTH = 0.02  # a candidate with a smaller share is no rival that a reader would weigh


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Counts of labels read: by relation the share accepted, by concept the labels, by concept and other those too."""

    usual: Mapping[str, float] = field(default_factory=dict)
    read: Mapping[str, int] = field(default_factory=dict)
    also: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def matrix(self, scheme: Scheme) -> Vector:
        """For each concept (row, in the scheme's order) and each other (column) how likely the other will do too."""
        keys = list(scheme.concepts)
        usual = np.array([self.usual.get(name, 0.0) for name in RELATIONS])
        usual[0] = 1.0
        related = relations(scheme)
        out = np.asarray(usual[related], dtype=float)
        place = {key: i for i, key in enumerate(keys)}
        for key, n in self.read.items():
            if key not in place:
                continue
            counts = np.zeros(len(keys))
            for other, times in self.also.get(key, {}).items():
                if other in place:
                    counts[place[other]] = times
            row = place[key]
            out[row] = (counts + _DRAWN * out[row]) / (n + _DRAWN)
            out[row, row] = 1.0
        return out


def relations(scheme: Scheme) -> np.ndarray:
    """The place in RELATIONS of each pair of concepts, in the scheme's order."""
    keys = list(scheme.concepts)
    place = {key: i for i, key in enumerate(keys)}
    facets = np.array([FACETS.index(scheme[key].facet) for key in keys])
    above = np.eye(len(keys), dtype=bool)
    for key in keys:
        above[place[key], [place[a] for a in scheme.ancestors(key)]] = True
    roots = np.array([int(np.flatnonzero(line)[np.argmin(above[line].sum(axis=1))]) for line in above])
    out = np.full((len(keys), len(keys)), RELATIONS.index("other_facet"))
    pair = np.isin(facets, (FACETS.index("subject"), FACETS.index("service")))
    out[np.outer(pair, pair)] = RELATIONS.index("subject_and_service")
    out[facets[:, None] == facets[None, :]] = RELATIONS.index("same_facet")
    out[roots[:, None] == roots[None, :]] = RELATIONS.index("same_branch")
    out[above.T] = RELATIONS.index("below")
    out[above] = RELATIONS.index("above")
    for key in keys:
        if parent := scheme[key].broader:
            out[place[key], place[parent]] = RELATIONS.index("broader")
    np.fill_diagonal(out, 0)
    return out


@dataclass(frozen=True, slots=True)
class Reading:
    """One label read: its own concept, all that will do, and the candidates that a model gave, with their shares."""

    concept: str
    right: frozenset[str]
    candidates: tuple[str, ...]
    shares: tuple[float, ...]


def counted(readings: Iterable[Reading], scheme: Scheme) -> Acceptance:
    """The counts over labels that have a concept; what is usual is counted over the candidates that have a share."""
    place = {key: i for i, key in enumerate(scheme.concepts)}
    related = relations(scheme)
    met, kept = np.zeros(len(RELATIONS)), np.zeros(len(RELATIONS))
    read: dict[str, int] = {}
    also: dict[str, dict[str, int]] = {}
    for reading in readings:
        own = reading.concept
        read[own] = read.get(own, 0) + 1
        others = also.setdefault(own, {})
        for key in sorted(reading.right - {own}):
            others[key] = others.get(key, 0) + 1
        for key, share in zip(reading.candidates, reading.shares, strict=True):
            if share >= _WORTH:
                relation = related[place[own], place[key]]
                met[relation] += 1
                kept[relation] += key in reading.right
    usual = (kept + 1) / (met + 4)  # a relation never met is accepted once in four
    return Acceptance(dict(zip(RELATIONS, usual.tolist(), strict=True)), read, also)
