"""Whether a table's confidence means what it says, and the fit of the map that makes it so.

Learned from documents of five kinds (`samples`) and measured twice on each kind: by a map that was learned from all
other documents (cross-validation by document), and by one that saw no document of that kind at all. The published map
is learned from all of them. Documents of other seeds, which no map saw, are the blind measure.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks.tables import samples as sources
from benchmarks.tables import scorer, svg
from benchmarks.tables.icdar import RESULTS
from benchmarks.tables.samples import Sample
from extractors.tables import confidence

TRAIN = (301, 302, 303, 304, 305, 306, 307)
OFFICIAL = (101, 102, 103, 104)
DRAWN = tuple(range(501, 507))
"""Seeds of the generated documents, of the official pages and of the settings that are learned from."""
REPORT = (309, 310)
OFFICIAL_REPORT = (901, 902)
DRAWN_REPORT = (551, 552, 553)
"""Those that are reported on, and never learned from."""
PICTURES = scorer.ROOT / "docs" / "pictures"
BINS = 10
HIGH = 0.85
"""What rounds to 0.9 or more."""
FOLDS = 5
RIDGE = 3.0
"""Weight of the penalty on large weights (features are scaled to a spread of one)."""
SMALLEST = 12
"""Fewest tables behind one step of the isotonic map, so that no step rests on a handful."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Tables whose confidence lies in one tenth: mean confidence, share that is right, how many."""

    confidence: float
    right: float
    tables: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well a confidence is calibrated over `tables` tables.

    `ece` is the expected calibration error over ten bins of equal width (Guo et al.: "On calibration of modern neural
    networks", ICML 2017), `brier` the mean squared error, `auc` the chance that a right table has the higher confidence
    of a right and a wrong one; `high` tables were given HIGH or more, `high_right` is the share of them that is right.
    """

    tables: int
    right: float
    mean: float
    ece: float
    brier: float
    auc: float
    high: int
    high_right: float
    bins: tuple[Bin, ...]


# ---------------------------------------------------------------------------------------------- the fit


def fit(samples: Sequence[Sample]) -> confidence.Model:
    """A ridge-penalised logistic model, and for each family an isotonic map of what it says of tables it never saw."""
    names = tuple(samples[0].features)
    table = np.array([[s.features[n] for n in names] for s in samples])
    right = np.array([s.right for s in samples], dtype=float)
    mean, scale = table.mean(axis=0), table.std(axis=0)
    scale[scale < 1e-6] = 1.0
    scaled = (table - mean) / scale
    fold = _folds(samples)
    unseen = np.zeros(len(samples))
    for k in range(FOLDS):
        weights = _logistic(scaled[fold != k], right[fold != k])
        unseen[fold == k] = _sigmoid(scaled[fold == k] @ weights[1:] + weights[0])
    weights = _logistic(scaled, right)
    maps = {}
    for name in ("ruled", "aligned"):
        mine = np.array([s.family == name for s in samples])
        maps[name] = isotonic(unseen[mine], right[mine])
    rounded = [tuple(round(float(v), 5) for v in row) for row in (mean, scale, weights[1:])]
    wrong = [s.cells for s in samples if s.cells is not None and not s.right]
    cells = round(sum(wrong) / len(wrong), 3) if wrong else 0.0
    return confidence.Model(names, *rounded, round(float(weights[0]), 5), maps, cells)


def _folds(samples: Sequence[Sample]) -> np.ndarray:
    """A fold for each sample; the tables of one document share theirs."""
    order = {name: k % FOLDS for k, name in enumerate(sorted({s.document for s in samples}))}
    return np.array([order[s.document] for s in samples])


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-np.clip(x, -30, 30)))


def _logistic(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Bias and weights by Newton's method; the bias is not penalised."""
    design = np.hstack([np.ones((len(x), 1)), x])
    penalty = np.diag([0.0, *[RIDGE] * x.shape[1]])
    weights = np.zeros(design.shape[1])
    for _ in range(60):
        p = _sigmoid(design @ weights)
        slope = design.T @ (p - y) + penalty @ weights
        curve = (design * (p * (1 - p) + 1e-9)[:, None]).T @ design + penalty
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def isotonic(x: np.ndarray, y: np.ndarray) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The never-falling map from `x` to the share of `y`, by pooling adjacent violators, as points to interpolate.

    Steps of fewer than SMALLEST tables are pooled with a neighbour; one right and one wrong table are added to each, so
    that no step says 0 or 1.
    """
    blocks: list[list[float]] = []  # sum of x, sum of y, count
    for k in np.argsort(x, kind="stable"):
        blocks.append([float(x[k]), float(y[k]), 1.0])
        while len(blocks) > 1 and (
            blocks[-2][1] * blocks[-1][2] >= blocks[-1][1] * blocks[-2][2] or blocks[-2][2] < SMALLEST
        ):
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    if len(blocks) > 1 and blocks[-1][2] < SMALLEST:
        last = blocks.pop()
        blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    xs = tuple(round(b[0] / b[2], 4) for b in blocks)
    ys = tuple(float(v) for v in np.maximum.accumulate([round((b[1] + 1) / (b[2] + 2), 4) for b in blocks]))
    return xs, ys


def write(fitted: confidence.Model) -> None:
    """Writes the weights that the package ships."""
    confidence.WEIGHTS.write_text(json.dumps(asdict(fitted), indent=1) + "\n", encoding="utf-8")
    confidence.model.cache_clear()


# ---------------------------------------------------------------------------------------------- the measure


def measured(given: Sequence[float], right: Sequence[bool]) -> Calibration:
    """The calibration of the confidences `given` for tables that are `right` or not."""
    p, y = np.array(given, dtype=float), np.array(right, dtype=float)
    place = np.clip((p * BINS).astype(int), 0, BINS - 1)
    bins = [
        Bin(float(p[place == k].mean()), float(y[place == k].mean()), int((place == k).sum()))
        for k in range(BINS) if (place == k).any()
    ]  # fmt: skip
    ece = sum(b.tables * abs(b.confidence - b.right) for b in bins) / len(p)
    good, bad = p[y == 1], p[y == 0]
    high = p >= HIGH
    pairs = len(good) * len(bad)
    wins = sum(float((good > b).sum() + 0.5 * (good == b).sum()) for b in bad)
    return Calibration(
        len(p), float(y.mean()), float(p.mean()), ece, float(((p - y) ** 2).mean()),
        wins / pairs if pairs else float("nan"), int(high.sum()), float(y[high].mean()) if high.any() else 0.0,
        tuple(bins),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """One kind of documents: how its confidence was come by, the judge's score and the confidence, both measured."""

    source: str
    how: str
    score: Calibration
    confidence: Calibration


def by_document(learned: Sequence[Sample], source: str) -> list[float]:
    """The confidence of each table of `source` from maps that saw all other documents, that kind's others included."""
    fold = _folds(learned)
    given: list[float] = []
    fitted = [fit([s for s, f in zip(learned, fold, strict=True) if f != k]) for k in range(FOLDS)]
    for sample, k in zip(learned, fold, strict=True):
        if sample.source == source:
            given.append(fitted[k].probability(sample.features, sample.family))
    return given


def by_kind(learned: Sequence[Sample], source: str) -> list[float]:
    """The confidence of each table of `source` from a map that saw no document of that kind."""
    fitted = fit([s for s in learned if s.source != source])
    return [fitted.probability(s.features, s.family) for s in learned if s.source == source]


def _of(source: str, how: str, tables: Sequence[Sample], given: Sequence[float]) -> Measured:
    right = [s.right for s in tables]
    return Measured(source, how, measured([s.score for s in tables], right), measured(given, right))


def _listed(read: Callable[..., Iterable[Sample]], arguments: tuple) -> list[Sample]:
    """The samples of one task, made in a process of its own."""
    return list(read(*arguments))


def main(data: Path, documents: int, *, fit_anew: bool, keep: Path | None) -> None:
    """Measures on documents that no map saw; learns anew first when told to. Writes results and pictures."""
    with tempfile.TemporaryDirectory() as name:
        folder = keep or Path(name)
        own = {"bundled": [*sources.bundled()], "competition": [*sources.competition(data)]}
        tasks = [
            *((sources.generated, ([seed], documents, folder)) for seed in (*TRAIN, *REPORT)),
            *((sources.official, ([seed], documents, folder)) for seed in (*OFFICIAL, *OFFICIAL_REPORT)),
            *((sources.typeset_anew, ([number], folder)) for number in (*DRAWN, *DRAWN_REPORT)),
        ]
        with ProcessPoolExecutor() as pool:
            futures = [pool.submit(_listed, read, arguments) for read, arguments in tasks]
            read = [future.result() for future in futures]
    learning = (*(s in TRAIN for s in (*TRAIN, *REPORT)), *(s in OFFICIAL for s in (*OFFICIAL, *OFFICIAL_REPORT)),
                *(n in DRAWN for n in (*DRAWN, *DRAWN_REPORT)))  # fmt: skip
    learned = [s for found, here in zip(read, learning, strict=True) if here for s in found]
    learned += [*own["bundled"], *own["competition"]]
    if fit_anew:
        write(fit(learned))
        print(f"Learned from {len(learned)} tables, {sum(s.right for s in learned)} of them right.")
    unseen: dict[str, list[Sample]] = {"generated": [], "official": [], "typeset anew": []}
    for found, here in zip(read, learning, strict=True):
        for sample in () if here else found:
            unseen[sample.source].append(sample)
    model = confidence.model()
    results = [
        _of(name, "other documents", found, [model.probability(s.features, s.family) for s in found])
        for name, found in unseen.items() if found
    ]  # fmt: skip
    results += [_of(name, "cross-validated", own[name], by_document(learned, name)) for name in own if own[name]]
    kinds = list(dict.fromkeys(s.source for s in learned))
    results += [
        _of(name, "kind never seen", [s for s in learned if s.source == name], by_kind(learned, name)) for name in kinds
    ]
    text = markdown(results)
    print(text)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "confidence.md").write_text(text, encoding="utf-8")
    (RESULTS / "traits.md").write_text(by_trait(unseen["generated"]), encoding="utf-8")
    (RESULTS / "official-traits.md").write_text(by_trait(unseen["official"]), encoding="utf-8")
    (RESULTS / "confidence.json").write_text(
        json.dumps([asdict(r) for r in results], indent=1) + "\n", encoding="utf-8"
    )
    for one in results:
        if one.how != "kind never seen":
            name = f"tables-confidence-{one.source.replace(' ', '-')}.svg"
            svg.save(PICTURES / name, picture(one))


def markdown(results: Sequence[Measured]) -> str:
    """The results as a Markdown table; the last columns are of tables given 0.85 or more."""
    lines = [
        "| documents | confidence from | tables | right | mean | ECE | Brier | AUC | given 0.85+ | of them right "
        "| ECE of the judge's score |",
        "| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for r in results:
        c = r.confidence
        lines.append(
            f"| {r.source} | {r.how} | {c.tables} | {c.right:.3f} | {c.mean:.3f} | {c.ece:.3f} | {c.brier:.3f} "
            f"| {c.auc:.3f} | {c.high} | {c.high_right:.3f} | {r.score.ece:.3f} |"
        )
    return "\n".join(lines) + "\n"


def by_trait(samples: Sequence[Sample], fewest: int = 8) -> str:
    """The share of tables that are right for each trait of the documents, hardest first, as a Markdown table."""
    found: dict[str, list[Sample]] = {}
    for sample in samples:
        for trait in sample.traits:
            found.setdefault(trait, []).append(sample)
    shares = {t: sum(s.right for s in mine) / len(mine) for t, mine in found.items() if len(mine) >= fewest}
    lines = ["| the document has | tables | right cell for cell |", "| --- | --: | --: |"]
    for trait, share in sorted(shares.items(), key=lambda item: item[1]):
        lines.append(f"| {trait} | {len(found[trait])} | {share:.2f} |")
    return "\n".join(lines) + "\n"


def picture(result: Measured) -> str:
    """The reliability diagram of one kind: a point for each tenth, its area after its number of tables."""
    ticks = [(k / 5, f"{k / 5:.1f}") for k in range(6)]
    series = [
        svg.Series(
            f"{name} (ECE {c.ece:.3f})",
            [(b.confidence, b.right) for b in c.bins],
            [2.5 + 9 * (b.tables / c.tables) ** 0.5 for b in c.bins],
        )
        for name, c in (("judge's score", result.score), ("confidence", result.confidence))
    ]
    return svg.chart(
        f"Reliability, {result.confidence.tables} tables: {result.source} ({result.how})",
        svg.Axis("confidence given", 0, 1, ticks),
        svg.Axis("share right cell for cell", 0, 1, ticks),
        series,
        diagonal=True,
        corner="top",
    )
