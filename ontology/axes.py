"""Rows and columns of one table: which label is time, unit, total or category, and which facet a level carries.

The labels of one level of one axis (all row labels, all spanners …) stand for one kind of thing, so they are judged
together: each label votes with its candidates, the table's title and the level's own heading vote with them, and
the rows and the columns of a table seldom carry the same facet. A label is then matched with its level as context;
it may still be of another facet when it says so clearly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from ontology import words
from ontology.categories import Word, read_word
from ontology.matching import LabelQuery, Match, Matcher
from ontology.scheme import FACETS
from ontology.term_space import Vector
from ontology.text import normalise, word_set

# Below this share of its labels' votes a level is not said to carry any facet: its labels speak for themselves.
_CLEAR = 0.3
# Rows and columns of one table carry the same facet so seldom that it takes this much more evidence.
_SAME_FACET = 0.25
# A label leaves the facet of its level only when it is this much surer of another.
_DISSENT = 0.25
# Below this a match inside the facet of the level is itself no more than a guess.
_LIKELY = 0.5
_GENERIC = word_set(
    """algemeen algemene general generale generaux allgemein allgemeines overig overige andere ander anders autre
    autres divers diverse diversen varia sonstige sonstiges ubrige other others misc miscellaneous"""
)


def read_axis(paths: Sequence[Sequence[str]]) -> list[tuple[Word, ...]]:
    """The labels of one axis as words, one tuple a figure, outermost first.

    Labels such as `SB/loketten/paspoort` are paths in one cell when several of the level's labels open with the same
    part (at least two such openings, or one that holds for three labels); they become levels of their own, and a label
    without a slash is then an outer level alone.
    """
    depth = max((len(p) for p in paths), default=0)
    split: set[int] = set()
    for level in range(depth):
        labels = {p[level] for p in paths if len(p) > level}
        heads = Counter(label.split("/")[0].strip() for label in labels if "/" in label)
        heads.update({label: 1 for label in labels if "/" not in label and label in heads})
        shared = [n for n in heads.values() if n > 1]
        if len(shared) > 1 or any(n > 2 for n in shared):
            split.add(level)
    out: list[tuple[Word, ...]] = []
    for path in paths:
        found: list[Word] = []
        for level, label in enumerate(path):
            pieces = [x.strip() for x in label.split("/") if x.strip()] if level in split else []
            found += [read_word(piece) for piece in pieces] if len(pieces) > 1 else [read_word(label)]
        out.append(tuple(found))
    return out


def is_generic(label: str) -> bool:
    """Whether a label only says "general" or "other": under a parent label it stands for the parent."""
    found = normalise(label).split()
    return bool(found) and all(w in _GENERIC for w in found)


def level_votes(
    matcher: Matcher, labels: Sequence[str], heading: str, title: str, *, language: str, signals: int = 0
) -> Vector:
    """How the distinct categories of one level spread over FACETS, its heading and the title counted in (sum 1, or 0).

    `signals` of the labels name a kind of signal (`Klacht politieoptreden`) and vote for that facet once more.
    """
    categories = tuple(dict.fromkeys(label for label in labels if label and not is_generic(label)))
    votes = matcher.sibling_facets(categories, (), language).copy() if categories else np.zeros(len(FACETS))
    if not votes.any():
        return votes
    votes[FACETS.index("signal")] += signals / max(len(categories), 1)
    for text, strength in ((heading, 1.0), (title, 0.3)):
        for facet, count in words.facet_votes(text).items():
            votes[FACETS.index(facet)] *= 1.0 + strength * min(count, 2.0)
    return np.asarray(votes / votes.sum())


def joint_facets(rows: Vector, columns: Vector) -> tuple[str | None, str | None]:
    """The facets of two axes decided together; None for an axis whose labels do not agree on any."""
    best: tuple[float, int, int] = (-1.0, 0, 0)
    for i in range(len(FACETS)):
        for j in range(len(FACETS)):
            weight = (rows[i] if rows.any() else 1.0) * (columns[j] if columns.any() else 1.0)
            if i == j and rows.any() and columns.any():
                weight *= _SAME_FACET
            if weight > best[0]:
                best = (float(weight), i, j)
    _, i, j = best
    return (
        FACETS[i] if rows.any() and rows[i] >= _CLEAR else None,
        FACETS[j] if columns.any() and columns[j] >= _CLEAR else None,
    )


def match_label(
    matcher: Matcher,
    label: str,
    facet: str | None,
    *,
    context: Iterable[str] = (),
    siblings: Sequence[str] = (),
    language: str | None = None,
    organisation: str | None = None,
) -> Match:
    """Matches one label of a level that carries `facet`: with it, unless the label is much surer of another one."""
    around = tuple(c for c in context if c)
    others = tuple(s for s in siblings if s != label)
    free = matcher.match(LabelQuery(label, None, around, language, organisation, others))
    if facet is None or free.facet == facet or free.status == "curated":
        return free
    held = matcher.match(LabelQuery(label, facet, around, language, organisation, others))
    if held.status == "curated":
        return held
    if free.concept is None:
        return held if held.concept else free
    if free.status == "accepted" and held.status != "accepted":
        return free
    # A reading that is tied inside the level's facet is no support for that facet.
    dissent = _DISSENT if held.confidence >= _LIKELY and held.note is None else 0.0
    return free if held.concept is None or free.confidence > held.confidence + dissent else held
