"""Trains the weights of the label matcher and measures them, grouped by the body that printed the labels.

    python benchmarks/labels/train.py LABELS.tsv [--further MORE.tsv] [--write] [--folds N] [--picture FILE.svg]

LABELS.tsv: columns id, body, language, label, context, concept (a key or `none`), also (other acceptable keys). Without
`--write` it only cross-validates: whole bodies are held out, so that no report's wording is on both sides. Prints the
figures of docs/ontology.md. Weights, calibration and both bounds are made inside the training bodies of each fold.
The labels of MORE.tsv are trained on and never measured; those of a body that is held out are left out with it.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ontology import words
from ontology.acceptance import Acceptance, Reading, counted
from ontology.index import FEATURES, NONE_FEATURES, Evidence, Index
from ontology.matching import MAX_SIBLINGS, LabelQuery, Matcher
from ontology.model import CALIBRATION_FEATURES, WEIGHTS, Model, calibration_row, shares, will_do
from ontology.scheme import load_scheme
from ontology.text import is_code, normalise

PRECISION = 0.98  # of accepted labels, aimed at when the bound is set on held-out shares
# The median of Beta(wrong + 1, n - wrong) is near (wrong + 0.69) / (n + 0.33) where few are wrong.
MEDIAN = (0.69, 0.33)
L2 = 0.008  # strength of the ridge, chosen by cross-validation
ALSO = 0.05  # mostly for labels whose own concept is no candidate; of 0.05, 0.25 and 0.5 the best by cross-validation
STEPS = 50  # of Newton's method, at most; some eight are enough
SETTLED = 1e-6  # a step in which no weight moves further ends it
NO_CALIBRATION = np.zeros(len(CALIBRATION_FEATURES))


@dataclass(frozen=True)
class Example:
    id: str
    body: str
    language: str
    label: str
    concept: str
    right: frozenset[str]
    context: tuple[str, ...]
    beside: tuple[str, ...]
    siblings: tuple[int, ...]  # places of the labels of the same context and language
    evidence: Evidence
    hit: np.ndarray  # for each candidate, whether it is right
    noise: bool
    measured: bool  # else only trained on


def examples(matcher: Matcher, measured: Path, further: Sequence[Path] = ()) -> list[Example]:
    """The labels of some files with their evidence; those of one file, context and language stand beside each other."""
    rows: list[dict[str, str]] = []
    for path in (measured, *further):
        with path.open(encoding="utf-8", newline="") as file:
            rows += [r | {"file": str(path)} for r in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    together: dict[tuple[str, str, str], list[int]] = {}
    for i, r in enumerate(rows):
        if r["context"]:
            together.setdefault((r["file"], r["context"], r["language"]), []).append(i)
    out = []
    for r in rows:
        around = together.get((r["file"], r["context"], r["language"]), ())
        siblings = tuple(j for j in around if rows[j]["label"] != r["label"])
        context = tuple(p.strip() for p in r["context"].split(" > ") if p.strip())
        ev = matcher.evidence(LabelQuery(r["label"], context=context, language=r["language"]))
        right = frozenset([r["concept"], *r["also"].split()]) - {"none"}
        hit = np.array([matcher.index.keys[c] in right for c in ev.concepts], dtype=bool)
        noise = not normalise(r["label"]) or words.is_noise(r["label"])
        beside = tuple(dict.fromkeys(rows[j]["label"] for j in siblings))[:MAX_SIBLINGS]
        out.append(
            Example(
                r["id"], r["body"], r["language"], r["label"], r["concept"], right, context, beside,
                siblings[:MAX_SIBLINGS], ev, hit, noise, r["file"] == str(measured),
            )
        )  # fmt: skip
    return out


def fit_choice(data: Sequence[Example], keys: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Newton's method for the mean log-likelihood of the label's own concept; others that will do count ALSO.

    "No category" is one more alternative, with features of its own; the ridge holds all weights alike.
    """
    concepts, size = len(FEATURES), len(FEATURES) + len(NONE_FEATURES)
    n = max(len(e.evidence.concepts) for e in data)
    x = np.zeros((len(data), n + 1, size))
    here = np.zeros((len(data), n + 1), dtype=bool)
    target = np.zeros((len(data), n + 1))
    for i, e in enumerate(data):
        k = len(e.evidence.concepts)
        x[i, :k, :concepts] = e.evidence.rows
        x[i, n, concepts:] = e.evidence.none
        here[i, :k] = here[i, n] = True
        if e.concept == "none":
            target[i, n] = 1.0
        else:
            for j, c in enumerate(e.evidence.concepts):
                target[i, j] = 1.0 if keys[c] == e.concept else ALSO if e.hit[j] else 0.0
    usable = target.sum(axis=1) > 0
    x, here, target = x[usable], here[usable], target[usable]
    target /= target.sum(axis=1, keepdims=True)

    def shares_and_loss(w: np.ndarray) -> tuple[np.ndarray, float]:
        score = np.where(here, x @ w, -np.inf)
        score -= score.max(axis=1, keepdims=True)
        log = score - np.log(np.exp(score).sum(axis=1, keepdims=True))
        missed = -(target * np.where(here, log, 0.0)).sum() / len(x)
        return np.exp(log), float(missed + L2 / 2 * (w @ w))

    w = np.zeros(size)
    p, loss = shares_and_loss(w)
    for _ in range(STEPS):
        expected = np.einsum("ij,ijk->ik", p, x)
        spread = (x * p[:, :, None]).reshape(-1, size).T @ x.reshape(-1, size) - expected.T @ expected
        gradient = np.einsum("ij,ijk->k", p - target, x) / len(x) + L2 * w
        step = np.linalg.solve(spread / len(x) + L2 * np.eye(size), gradient)
        while np.abs(step).max() > SETTLED:  # far from the optimum a whole step may go too far
            p, after = shares_and_loss(w - step)
            if after < loss:
                break
            step /= 2
        else:
            break
        w, loss = w - step, after
    return w[:concepts], w[concepts:]


def fit_logistic(x: np.ndarray, y: np.ndarray, l2: float = 4.0) -> np.ndarray:
    """Newton's method for a ridge logistic regression, the bias not shrunk."""
    w = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], l2)
    penalty[0] = 1e-6
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-(x @ w)))
        h = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(h, x.T @ (p - y) + penalty * w)
        w -= step
        if np.abs(step).max() < SETTLED:
            break
    return w


def held_back(body: str) -> bool:
    """Whether a body's labels were kept out of sight while the vocabulary was written (a third, by hash)."""
    return int(hashlib.sha256(body.encode()).hexdigest(), 16) % 3 == 0


def folds_of(data: Sequence[Example], folds: int) -> list[list[int]]:
    """Whole bodies, the largest first, each to the smallest fold so far."""
    by: dict[str, list[int]] = {}
    for i, e in enumerate(data):
        by.setdefault(e.body, []).append(i)
    out: list[list[int]] = [[] for _ in range(folds)]
    for _, places in sorted(by.items(), key=lambda kv: (-len(kv[1]), kv[0])):
        min(out, key=len).extend(places)
    return out


def with_siblings(data: Sequence[Example], model: Model, index: Index) -> list[Example]:
    """The examples with what `model` says of the labels beside filled into their evidence."""
    branches = []
    for e in data:
        usable = len(e.evidence.concepts) and not e.noise
        branches.append(index.branches_of(e.evidence, shares(model, e.evidence)[:-1]) if usable else 0.0)
    out = []
    for e in data:
        votes = sum((branches[j] for j in e.siblings), np.zeros(len(index.keys)))
        known = index.with_siblings(e.evidence, votes / votes.sum()) if votes.sum() > 0 else e.evidence
        out.append(replace(e, evidence=known))
    return out


def train_with_siblings(places: Sequence[int], everything: Sequence[Example], matcher: Matcher) -> Model:
    """Trained on the examples at `places`: first without the siblings, then with what this first model says of them."""
    w, v = fit_choice([everything[i] for i in places], matcher.index.keys)
    first = Model(w, v, NO_CALIBRATION, 1.0, 0.0)
    known = with_siblings(everything, first, matcher.index)
    return train([known[i] for i in places], matcher)


def acceptance_of(judged: Sequence[tuple[Example, np.ndarray]], matcher: Matcher) -> Acceptance:
    """What else readers take, counted on the labels that were read twice and have a concept."""
    keys = matcher.index.keys
    return counted(
        [
            Reading(e.concept, e.right, tuple(keys[c] for c in e.evidence.concepts), tuple(found[:-1].tolist()))
            for e, found in judged
            if e.measured and e.concept != "none"
        ],
        matcher.scheme,
    )


def train(data: Sequence[Example], matcher: Matcher, inner: int = 5) -> Model:
    """The choice on all data; the calibration on inner folds' held-out shares, which are not overfit.

    What else readers accept is counted, for each fold, in the others. Further labels were read once, and more or less
    strictly than the measured ones: they help to calibrate with a constant and a slope of their own.
    """
    keys = matcher.index.keys
    w, v = fit_choice(data, keys)
    folds = []
    for fold in folds_of(data, inner):
        held = set(fold)
        part = Model(*fit_choice([e for i, e in enumerate(data) if i not in held], keys), NO_CALIBRATION, 1.0, 0.0)
        own = [data[i] for i in fold if len(data[i].evidence.concepts) and not data[i].noise]
        folds.append([(e, shares(part, e.evidence)) for e in own])
    rows, hits, free = [], [], []
    for place, fold_judged in enumerate(folds):
        others = [judged for i, fold in enumerate(folds) if i != place for judged in fold]
        also = acceptance_of(others, matcher).matrix(matcher.scheme)
        for e, found in fold_judged:
            likely = will_do(e.evidence, found, also)
            best = matcher.ranked(e.evidence, found, likely)[0]
            row = calibration_row(e.evidence, found, likely, best, code=is_code(e.label))
            rows.append([*row, *([0.0, 0.0] if e.measured else [1.0, row[1]])])
            hits.append(bool(e.hit[best]))
            free.append(matcher.doubt(e.label, e.evidence, found, best) is None)
    x, y = np.array(rows), np.array(hits, dtype=float)
    c = fit_logistic(x, y)
    p = 1 / (1 + np.exp(-(x @ c)))
    may = np.array(free)  # the others wait for a person, whatever the bound
    acceptance = acceptance_of([judged for fold in folds for judged in fold], matcher)
    return Model(w, v, c[:-2], threshold(p[may], y[may], PRECISION), 0.25, acceptance)


def threshold(p: np.ndarray, y: np.ndarray, precision: float) -> float:
    """The lowest bound from which up the share right is at least `precision` (at least 30 labels).

    Of many bounds the lowest is taken, and of that one the plain share is too good. So it is held against the upper
    median of the share wrong (Clopper and Pearson 1934, at one half): as likely too high as too low. When no bound
    reaches `precision`, the bound of the highest share right among those that hold a tenth of the labels.
    """
    order = np.argsort(-p)
    n = np.arange(1, len(y) + 1)
    wrong = np.cumsum(1 - y[order])
    right = 1 - (wrong + MEDIAN[0]) / (n + MEDIAN[1])
    good = [i for i in range(30, len(y)) if right[i] >= precision]
    if not good:
        tenth = len(y) // 10
        good = [tenth + int(np.argmax(right[tenth:]))]
    return float(p[order][max(good)])


@dataclass(frozen=True)
class Result:
    """What the matcher said of one label, held against the truth."""

    example: Example
    probability: float
    top: str
    accepted: bool
    five: bool

    @property
    def right(self) -> bool:
        return self.top in self.example.right


def applied(data: Sequence[Example], model: Model) -> list[Result]:
    """What a matcher with `model` says of labels, as `klachtenatlas match` would with their neighbours known."""
    matcher = Matcher(load_scheme(), model=model)
    out = []
    for e in data:
        found = matcher.match(LabelQuery(e.label, None, e.context, e.language, None, e.beside))
        keys = [key for key, _ in found.candidates]
        top = found.concept or (keys[0] if keys else "")
        five = bool(e.right & {top, *keys})
        out.append(Result(e, found.confidence, top, found.status == "accepted", five))
    return out


def bins_of(results: Sequence[Result]) -> list[tuple[int, float, float]]:
    """For tenths of the probability: labels that have a concept, mean probability, share right."""
    found = []
    for tenth in range(10):
        own = [r for r in results if r.example.concept != "none" and min(int(r.probability * 10), 9) == tenth]
        said = float(np.mean([r.probability for r in own])) if own else 0.0
        found.append((len(own), said, float(np.mean([r.right for r in own])) if own else 0.0))
    return found


def measure(results: Sequence[Result], title: str) -> dict[str, float]:
    have = [r for r in results if r.example.concept != "none"]
    none = [r for r in results if r.example.concept == "none"]
    accepted = [r for r in results if r.accepted]
    bins = bins_of(results)
    out = {
        "labels": len(results),
        "accepted precision": float(np.mean([r.right for r in accepted])) if accepted else 0.0,
        "accepted coverage": float(np.mean([r.accepted for r in have])),
        "first": float(np.mean([r.right for r in have])),
        "exact": float(np.mean([r.top == r.example.concept for r in have])),
        "in five": float(np.mean([r.five for r in have])),
        "none held": float(np.mean([not r.accepted for r in none])) if none else 1.0,
        "ece": sum(n * abs(said - right) for n, said, right in bins) / max(len(have), 1),
    }
    print(title + ": " + "  ".join(f"{k} {v:.3f}" for k, v in out.items()))
    return out


def picture(bins: Sequence[tuple[int, float, float]]) -> str:
    """The reliability diagram as SVG: a dot for each tenth, its area the number of labels."""
    side, edge = 320, 44
    dots = "".join(
        f'<circle cx="{edge + said * side:.1f}" cy="{edge + (1 - right) * side:.1f}" r="{3 + n**0.5:.1f}" '
        f'fill="#2b6cb0" fill-opacity="0.6"><title>{n} labels: said {said:.2f}, right {right:.2f}</title></circle>'
        for n, said, right in bins
        if n
    )
    ticks = "".join(
        f'<text x="{edge + t * side / 5:.0f}" y="{edge + side + 18}" text-anchor="middle">{t / 5:.1f}</text>'
        f'<text x="{edge - 8}" y="{edge + side - t * side / 5 + 4:.0f}" text-anchor="end">{t / 5:.1f}</text>'
        for t in range(6)
    )
    whole, middle = side + 2 * edge, edge + side / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" font-family="sans-serif" '
        f'font-size="12" role="img" aria-label="Said probability against share right">\n'
        f'<rect width="{whole}" height="{whole}" fill="#fff"/>'
        f'<rect x="{edge}" y="{edge}" width="{side}" height="{side}" fill="none" stroke="#999"/>'
        f'<line x1="{edge}" y1="{edge + side}" x2="{edge + side}" y2="{edge}" stroke="#bbb" stroke-dasharray="4"/>\n'
        f"{dots}\n{ticks}\n"
        f'<text x="{middle}" y="{whole - 8}" text-anchor="middle">said: probability of the first candidate</text>'
        f'<text transform="translate(12 {middle}) rotate(-90)" text-anchor="middle">share right</text>\n</svg>\n'
    )


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
    parser.add_argument("--further", type=Path, action="append", default=[], help="labels only trained on")
    parser.add_argument(
        "--misses", type=int, default=0, help="print the surest wrong answers, none of a body that is kept out of sight"
    )
    parser.add_argument("--picture", type=Path, help="where to draw the reliability diagram (SVG)")
    args = parser.parse_args()
    blank = Model(np.zeros(len(FEATURES)), np.zeros(len(NONE_FEATURES)), NO_CALIBRATION, 1.0, 0.0)
    matcher = Matcher(load_scheme(), model=blank)
    data = examples(matcher, args.labels, args.further)
    own = [e for e in data if e.measured]
    reach = np.mean([bool(e.hit.any()) for e in own if e.concept != "none"])
    print(
        f"{len(own)} labels, {len({e.body for e in own})} bodies, {len(data) - len(own)} further labels to train on; "
        f"a right concept among the candidates: {reach:.3f}"
    )
    plain_exact(own, matcher.index)
    results: list[Result] = []
    for fold in folds_of(own, args.folds):
        bodies = {own[i].body for i in fold}
        model = train_with_siblings([i for i, e in enumerate(data) if e.body not in bodies], data, matcher)
        results += applied([own[i] for i in fold], model)
    figures = measure(results, f"cross-validated by body ({args.folds} folds)")
    measure([r for r in results if held_back(r.example.body)], "bodies that no label was taken from")
    bins = bins_of(results)
    for tenth, (n, said, right) in enumerate(bins):
        print(f"| {tenth / 10:.1f}-{(tenth + 1) / 10:.1f} | {n} | {said:.2f} | {right:.2f} |")
    wrong = [r for r in results if not r.right and r.example.concept != "none" and not held_back(r.example.body)]
    for r in sorted(wrong, key=lambda r: -r.probability)[: args.misses]:
        wants = f"wants {r.example.concept} got {r.top} p={r.probability:.2f}"
        print(f"    {r.example.id} {r.example.label!r} {wants}", file=sys.stderr)
    if args.picture:
        args.picture.write_text(picture(bins), encoding="utf-8")
    if args.write:
        final = train_with_siblings(range(len(data)), data, matcher)
        WEIGHTS.write_text(
            json.dumps(
                {
                    "trained": {
                        "script": "benchmarks/labels/train.py",
                        "labels": len(data),
                        "bodies": len({e.body for e in data}),
                        "scheme": matcher.scheme.version,
                        "cross_validated": {k: round(float(v), 4) for k, v in figures.items()},
                        # from, to, labels, of them right: what a person is told of how sure it is
                        "reliability": [
                            [tenth / 10, (tenth + 1) / 10, n, round(n * right)]
                            for tenth, (n, _, right) in enumerate(bins)
                        ],
                    },
                    "accept": round(final.accept, 4),
                    "review": final.review,
                    "concept": dict(zip(FEATURES, (round(float(x), 5) for x in final.concept), strict=True)),
                    "none": dict(zip(NONE_FEATURES, (round(float(x), 5) for x in final.none), strict=True)),
                    "calibration": dict(
                        zip(CALIBRATION_FEATURES, (round(float(x), 5) for x in final.calibration), strict=True)
                    ),
                    "acceptance": {
                        "usual": {name: round(share, 4) for name, share in final.acceptance.usual.items()},
                        "read": dict(sorted(final.acceptance.read.items())),
                        "also": {k: v for k, v in sorted(final.acceptance.also.items()) if v},
                    },
                },
                indent=1,
            )
            + "\n",
            encoding="utf-8",
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
