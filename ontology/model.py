"""The probability that a label means a concept: a conditional logit over the candidates, then a calibration.

Each candidate gets a score that is linear in its evidence (`index.FEATURES`), "no concept at all" gets one from
`index.NONE_FEATURES`; a softmax over them gives shares (McFadden 1974, "Conditional logit analysis of qualitative
choice behavior"). Because several concepts may be acceptable at once, a share is not yet the probability of being
right; a logistic regression on the best shares gives that (Platt 1999, "Probabilistic outputs for support vector
machines"). The weights are data (`weights.json`), made by `benchmarks/labels/train.py`; none is set by hand.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from ontology.index import FEATURES, NONE_FEATURES, Evidence
from ontology.term_space import Vector

WEIGHTS = Path(__file__).parent / "weights.json"
CALIBRATION_FEATURES = (
    "bias", "log_odds", "margin", "family", "exact", "exact_other_language", "lemmas_equal", "cosine", "ratio",
    "none_share", "ambiguous", "unknown_words", "code", "long", "context_words", "facet_announced",
    "facet_other_announced", "siblings", "label_votes", "word_votes",
        "other_concept",
    "context_elsewhere", "other_facets",
)  # fmt: skip


_LONG = NONE_FEATURES.index("long")
_OF_ROW = tuple(
    FEATURES.index(name)
    for name in (
        "context_words", "facet_announced", "facet_other_announced", "siblings", "label_votes", "word_votes",
        "other_concept",
        "context_elsewhere",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Model:
    """Weights in the order of FEATURES, NONE_FEATURES and CALIBRATION_FEATURES, and the two bounds of the bands."""

    concept: Vector
    none: Vector
    calibration: Vector
    accept: float
    review: float
    trained: dict[str, object] = field(default_factory=dict)


@cache
def load_model() -> Model:
    """The weights as shipped; raises ValueError when they are of another set of features."""
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    for name, expected in (("concept", FEATURES), ("none", NONE_FEATURES), ("calibration", CALIBRATION_FEATURES)):
        if tuple(data[name]) != expected:
            raise ValueError(f"weights.json is of other features ({name}). Train again: benchmarks/labels/train.py.")
    return Model(
        concept=np.array(list(data["concept"].values())),
        none=np.array(list(data["none"].values())),
        calibration=np.array(list(data["calibration"].values())),
        accept=data["accept"],
        review=data["review"],
        trained=data["trained"],
    )


def shares(model: Model, evidence: Evidence) -> Vector:
    """Softmax shares of the candidates, the last one for "no concept"."""
    scores = np.append(evidence.rows @ model.concept, evidence.none @ model.none)
    odds = np.exp(scores - scores.max())
    return np.asarray(odds / odds.sum())


def calibration_row(
    evidence: Evidence, share: Vector, order: Sequence[int], *, family: float, other_facets: float, code: bool
) -> Vector:
    """CALIBRATION_FEATURES of the best candidate.

    `family` is the share of the concepts of its branch, `other_facets` that of other facets' concepts; `code` says
    that the label is an abbreviation of a few capitals.
    """
    best = order[0]
    top = float(np.clip(share[best], 1e-6, 1 - 1e-6))
    second = float(share[order[1]]) if len(order) > 1 else 0.0
    row = evidence.rows[best]
    return np.array(
        [
            1.0,
            np.log(top / (1 - top)),
            top - second,
            family,
            row[0],
            row[1],
            row[4],
            row[5],
            row[7],
            float(share[-1]),
            1.0 - float(row[3]) if row[0] or row[1] else 0.0,
            float(evidence.none[-1]),
            float(code),
            float(evidence.none[_LONG]),
            *(float(row[i]) for i in _OF_ROW),
            other_facets,
        ]
    )


def confidence(model: Model, row: Vector) -> float:
    """The probability that the best candidate is right."""
    return float(1.0 / (1.0 + np.exp(-(row @ model.calibration))))
