"""The probability that a label means a concept: a conditional logit over the candidates, then a calibration.

Each candidate gets a score that is linear in its evidence (`index.FEATURES`), "no concept at all" gets one from
`index.NONE_FEATURES`; a softmax over them gives shares (McFadden 1974, "Conditional logit analysis of qualitative
choice behavior"). Several concepts may be acceptable at once: the shares, carried over to all that would do in each
one's place (`acceptance`), choose the answer, and a logistic regression gives the probability that it is right (Platt
1999, "Probabilistic outputs for support vector machines"). All are small; the weights are data (`weights.json`), made
by `benchmarks/labels/train.py`; none is set by hand.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from ontology.acceptance import Acceptance
from ontology.index import FEATURES, NONE_FEATURES, Evidence
from ontology.term_space import Vector

WEIGHTS = Path(__file__).parent / "weights.json"
# What the calibration takes from the best candidate's row as it stands. Of twenty more none told more, by
# cross-validation.
_OF_ROW = ("exact", "lemmas_equal", "cosine", "context_words", "siblings", "siblings_branch")
CALIBRATION_FEATURES = ("bias", "will_do", "log_odds", "unknown_words", "code", *_OF_ROW)
_PLACES = [FEATURES.index(name) for name in _OF_ROW]
_EDGE = 1e-4  # shares are kept this far from 0 and 1 where their log odds are taken


@dataclass(frozen=True, slots=True)
class Model:
    """Weights in the order of FEATURES, NONE_FEATURES and CALIBRATION_FEATURES, and the two bounds of the bands."""

    concept: Vector
    none: Vector
    calibration: Vector
    accept: float
    review: float
    acceptance: Acceptance = field(default_factory=Acceptance)
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
        acceptance=Acceptance(**data["acceptance"]),
        trained=data["trained"],
    )


def shares(model: Model, evidence: Evidence) -> Vector:
    """Softmax shares of the candidates, the last one for "no concept"."""
    scores = np.append(evidence.rows @ model.concept, evidence.none @ model.none)
    odds = np.exp(scores - scores.max())
    return np.asarray(odds / odds.sum())


def will_do(evidence: Evidence, share: Vector, also: Vector) -> Vector:
    """How likely each candidate will do, its own share and those of candidates that it is accepted for (`also`)."""
    return np.asarray(share[:-1] @ also[np.ix_(evidence.concepts, evidence.concepts)])


def calibration_row(evidence: Evidence, share: Vector, likely: Vector, best: int, *, code: bool) -> Vector:
    """CALIBRATION_FEATURES of the candidate at `best`.

    `likely` is what `will_do` gives; `code` says that the label is an abbreviation of a few capitals.
    """
    own = (1.0, _log_odds(likely[best]), _log_odds(share[best]), float(evidence.none[-1]), float(code))
    return np.array([*own, *evidence.rows[best][_PLACES].tolist()])


def _log_odds(share: float) -> float:
    bounded = min(max(float(share), _EDGE), 1 - _EDGE)
    return math.log(bounded / (1 - bounded))


def confidence(model: Model, row: Vector) -> float:
    """The probability that the best candidate is right."""
    return float(1.0 / (1.0 + np.exp(-(row @ model.calibration))))
