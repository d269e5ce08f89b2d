"""Trains the weights of the label matcher and measures them, grouped by the body that printed the labels.

    python benchmarks/labels/train.py LABELS.tsv [--write] [--folds N]

LABELS.tsv: columns id, body, language, label, context, concept (a key or `none`), also (other acceptable keys). Without
`--write` it only cross-validates: whole bodies are held out, so that no report's wording is on both sides. Prints the
figures of docs/ontology.md.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ontology import words
from ontology.index import FEATURES, NONE_FEATURES, Evidence, Index
from ontology.matching import LabelQuery, Matcher
from ontology.model import CALIBRATION_FEATURES, WEIGHTS, Model, confidence, shares
from ontology.scheme import FACETS, load_scheme
from ontology.text import normalise

SIBLINGS = FEATURES.index("siblings")
PRECISION = 0.97  # of accepted labels, aimed at when the bound is set on held-out shares
L2 = 0.008  # strength of the ridge, chosen by cross-validation


@dataclass(frozen=True)
class Example:
    id: str
    body: str
    language: str
    label: str
    concept: str
    right: frozenset[str]
    siblings: tuple[int, ...]  # places of the labels of the same context and language
    evidence: Evidence
    hit: np.ndarray  # for each candidate, whether it is right
    noise: bool


def examples(path: Path, matcher: Matcher) -> list[Example]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    together: dict[tuple[str, str], list[int]] = {}
    for i, r in enumerate(rows):
        if r["context"]:
            together.setdefault((r["context"], r["language"]), []).append(i)
    out = []
    for r in rows:
        siblings = tuple(j for j in together.get((r["context"], r["language"]), ()) if rows[j]["label"] != r["label"])
        context = tuple(p.strip() for p in r["context"].split(" > ") if p.strip())
        ev = matcher.evidence(LabelQuery(r["label"], context=context, language=r["language"]))
        right = frozenset([r["concept"], *r["also"].split()]) - {"none"}
        hit = np.array([matcher.index.keys[c] in right for c in ev.concepts], dtype=bool)
        noise = not normalise(r["label"]) or words.is_noise(r["label"])
        out.append(
            Example(r["id"], r["body"], r["language"], r["label"], r["concept"], right, siblings[:24], ev, hit, noise)
        )
    return out


def fit_choice(data: Sequence[Example], keys: Sequence[str], steps: int = 600) -> tuple[np.ndarray, np.ndarray]:
    """Maximises the mean log-likelihood of the acceptable set: 1 for the concept itself, half for the others."""
    n = max(len(e.evidence.concepts) for e in data)
    x = np.zeros((len(data), n, len(FEATURES)))
    z = np.array([e.evidence.none for e in data])
    here = np.zeros((len(data), n + 1), dtype=bool)
    target = np.zeros((len(data), n + 1))
    for i, e in enumerate(data):
        k = len(e.evidence.concepts)
        x[i, :k] = e.evidence.rows
        here[i, :k] = True
        here[i, n] = True
        if e.concept == "none":
            target[i, n] = 1.0
        else:
            for j, c in enumerate(e.evidence.concepts):
                target[i, j] = 1.0 if keys[c] == e.concept else 0.5 if e.hit[j] else 0.0
    usable = target.sum(axis=1) > 0
    x, z, here, target = x[usable], z[usable], here[usable], target[usable]
    target /= target.sum(axis=1, keepdims=True)
    w, v = np.zeros(len(FEATURES)), np.zeros(len(NONE_FEATURES))
    m = np.zeros(len(w) + len(v))
    s = np.zeros(len(w) + len(v))
    for t in range(1, steps + 1):
        score = np.concatenate([x @ w, (z @ v)[:, None]], axis=1)
        score = np.where(here, score, -1e9)
        p = np.exp(score - score.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        d = (p - target) / len(x)
        g = np.concatenate([np.einsum("ij,ijk->k", d[:, :-1], x) + L2 * w, z.T @ d[:, -1] + L2 * v])
        m = 0.9 * m + 0.1 * g
        s = 0.999 * s + 0.001 * g * g
        step = 0.1 * (m / (1 - 0.9**t)) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
        w -= step[: len(w)]
        v -= step[len(w) :]
    return w, v


def fit_logistic(x: np.ndarray, y: np.ndarray, l2: float = 0.5) -> np.ndarray:
    """Newton's method for a ridge logistic regression, the bias not shrunk."""
    w = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], l2)
    penalty[0] = 1e-6
    for _ in range(50):
        p = 1 / (1 + np.exp(-(x @ w)))
        h = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(h, x.T @ (p - y) + penalty * w)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    return w


def best_of(example: Example, model: Model, matcher: Matcher) -> tuple[np.ndarray, list[int], np.ndarray]:
    found = shares(model, example.evidence)
    order = [int(i) for i in np.argsort(-found[:-1], kind="stable")]
    return found, order, matcher.calibration_row(example.label, example.evidence, found, order)


def folds_of(data: Sequence[Example], folds: int) -> list[list[int]]:
    """Whole bodies, the largest first, each to the smallest fold so far."""
    by: dict[str, list[int]] = {}
    for i, e in enumerate(data):
        by.setdefault(e.body, []).append(i)
    out: list[list[int]] = [[] for _ in range(folds)]
    for _, places in sorted(by.items(), key=lambda kv: (-len(kv[1]), kv[0])):
        min(out, key=len).extend(places)
    return out


def with_siblings(data: Sequence[Example], model: Model, index: Index) -> None:
    """Fills the evidence's column `siblings` in place from the facet shares that `model` gives the labels beside."""
    shares_of = []
    for e in data:
        votes = np.zeros(len(FACETS))
        if len(e.evidence.concepts) and not e.noise:
            e.evidence.rows[:, SIBLINGS] = 0.0
            np.add.at(votes, index.facet[e.evidence.concepts], shares(model, e.evidence)[:-1])
        shares_of.append(votes)
    for e in data:
        votes = sum((shares_of[j] for j in e.siblings), np.zeros(len(FACETS)))
        if votes.sum() > 0 and len(e.evidence.concepts):
            e.evidence.rows[:, SIBLINGS] = (votes / votes.sum())[index.facet[e.evidence.concepts]]


def train_with_siblings(train_on: Sequence[Example], everything: Sequence[Example], matcher: Matcher) -> Model:
    """First without the siblings, then with the facets that this first model gives them."""
    for e in everything:
        if len(e.evidence.concepts):
            e.evidence.rows[:, SIBLINGS] = 0.0
    w, v = fit_choice(train_on, matcher.index.keys)
    with_siblings(everything, Model(w, v, np.zeros(len(CALIBRATION_FEATURES)), 1.0, 0.0), matcher.index)
    return train(train_on, matcher)


def train(data: Sequence[Example], matcher: Matcher, inner: int = 5) -> Model:
    """The choice on all data; the calibration on inner folds' held-out shares, which are not overfit."""
    keys = matcher.index.keys
    w, v = fit_choice(data, keys)
    rows, hits = [], []
    for fold in folds_of(data, inner):
        held = set(fold)
        wi, vi = fit_choice([e for i, e in enumerate(data) if i not in held], keys)
        part = Model(wi, vi, np.zeros(len(CALIBRATION_FEATURES)), 1.0, 0.0)
        for i in fold:
            if len(data[i].evidence.concepts) and not data[i].noise:
                _, order, row = best_of(data[i], part, matcher)
                rows.append(row)
                hits.append(bool(data[i].hit[order[0]]))
    x, y = np.array(rows), np.array(hits, dtype=float)
    c = fit_logistic(x, y)
    p = 1 / (1 + np.exp(-(x @ c)))
    return Model(w, v, c, accept=threshold(p, y, PRECISION), review=0.25)


def threshold(p: np.ndarray, y: np.ndarray, precision: float) -> float:
    """The lowest bound from which up the share right is at least `precision` (at least 30 labels).

    When no bound reaches it, the bound of the highest share right among those that hold a tenth of the labels.
    """
    order = np.argsort(-p)
    right = np.cumsum(y[order]) / np.arange(1, len(y) + 1)
    good = [i for i in range(30, len(y)) if right[i] >= precision]
    if not good:
        tenth = len(y) // 10
        good = [tenth + int(np.argmax(right[tenth:]))]
    return float(p[order][max(good)])


def measure(results: list[dict], title: str) -> dict[str, float]:
    have = [r for r in results if r["concept"] != "none"]
    none = [r for r in results if r["concept"] == "none"]
    acc = [r for r in results if r["accepted"]]
    bins = [[r for r in have if min(int(r["p"] * 10), 9) == b] for b in range(10)]
    out = {
        "labels": len(results),
        "accepted precision": np.mean([r["right"] for r in acc]) if acc else 0.0,
        "accepted coverage": np.mean([r["accepted"] for r in have]),
        "first": np.mean([r["right"] for r in have]),
        "exact": np.mean([r["same"] for r in have]),
        "in five": np.mean([r["five"] for r in have]),
        "none held": np.mean([not r["accepted"] for r in none]) if none else 1.0,
        "ece": sum(abs(sum(r["p"] for r in b) - sum(r["right"] for r in b)) for b in bins) / max(len(have), 1),
    }
    print(title + ": " + "  ".join(f"{k} {v:.3f}" for k, v in out.items()))
    for i, b in enumerate(bins):
        if b:
            said, right = np.mean([r["p"] for r in b]), np.mean([r["right"] for r in b])
            print(f"  {i / 10:.1f}-{(i + 1) / 10:.1f}  {len(b):4d}  said {said:.2f}  right {right:.2f}")
    return out


def apply(data: Sequence[Example], model: Model, matcher: Matcher) -> list[dict]:
    out = []
    for e in data:
        if e.noise or not len(e.evidence.concepts):
            out.append(
                {
                    "id": e.id,
                    "label": e.label,
                    "concept": e.concept,
                    "p": 0.0,
                    "right": False,
                    "same": False,
                    "five": False,
                    "accepted": False,
                    "top": "",
                }
            )
            continue
        _, order, row = best_of(e, model, matcher)
        p = confidence(model, row)
        top = matcher.index.keys[e.evidence.concepts[order[0]]]
        out.append(
            {
                "id": e.id, "label": e.label, "concept": e.concept, "p": p, "right": top in e.right,
                "same": top == e.concept,
                "five": any(e.hit[i] for i in order[:5]), "accepted": p >= model.accept, "top": top,
            }
        )  # fmt: skip
    return out


def plain_exact(data: Sequence[Example], index: Index) -> None:
    """What comparing with the scheme's labels letter by letter gives (first concept in the scheme's order)."""
    have = [e for e in data if e.concept != "none"]
    found = []
    for e in have:
        exact = [i for i in range(len(e.evidence.concepts)) if e.evidence.rows[i, 0]]
        exact.sort(key=lambda i: e.evidence.concepts[i])
        found.append((bool(exact), bool(exact) and bool(e.hit[exact[0]])))
    hit = [r for f, r in found if f]
    finds, all_right = np.mean([f for f, _ in found]), np.mean([r for _, r in found])
    print(f"plain exact match: finds {finds:.3f}, right of those {np.mean(hit):.3f}, right of all {all_right:.3f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--folds", type=int, default=8)
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--l2", type=float, default=L2)
    args = parser.parse_args()
    globals()["L2"] = args.l2
    blank = Model(np.zeros(len(FEATURES)), np.zeros(len(NONE_FEATURES)), np.zeros(len(CALIBRATION_FEATURES)), 1.0, 0.0)
    matcher = Matcher(load_scheme(), model=blank)
    data = examples(args.labels, matcher)
    reach = np.mean([bool(e.hit.any()) for e in data if e.concept != "none"])
    print(
        f"{len(data)} labels, {len({e.body for e in data})} bodies; a right concept among the candidates: {reach:.3f}"
    )
    plain_exact(data, matcher.index)
    results = []
    for fold in folds_of(data, args.folds):
        held = set(fold)
        model = train_with_siblings([e for i, e in enumerate(data) if i not in held], data, matcher)
        results += apply([data[i] for i in fold], model, matcher)
    figures = measure(results, f"cross-validated by body ({args.folds} folds)")
    for r in [r for r in results if not r["right"] and r["concept"] != "none"][: args.misses]:
        print(f"    {r['id']} {r['label']!r} wants {r['concept']} got {r['top']} p={r['p']:.2f}", file=sys.stderr)
    if args.write:
        final = train_with_siblings(data, data, matcher)
        measure(apply(data, final, matcher), "on its own training labels")
        WEIGHTS.write_text(
            json.dumps(
                {
                    "trained": {
                        "script": "benchmarks/labels/train.py",
                        "labels": len(data),
                        "bodies": len({e.body for e in data}),
                        "scheme": matcher.scheme.version,
                        "cross_validated": {k: round(float(v), 4) for k, v in figures.items()},
                    },
                    "accept": round(final.accept, 4),
                    "review": final.review,
                    "concept": dict(zip(FEATURES, (round(float(x), 5) for x in final.concept), strict=True)),
                    "none": dict(zip(NONE_FEATURES, (round(float(x), 5) for x in final.none), strict=True)),
                    "calibration": dict(
                        zip(CALIBRATION_FEATURES, (round(float(x), 5) for x in final.calibration), strict=True)
                    ),
                },
                indent=1,
            )
            + "\n",
            encoding="utf-8",
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
