"""Whether a table's confidence means what it says, and the fit of the map that makes it so.

A generated table counts as right when each text of one true table of its page stands at its place, none more, none
less; whether a label is said to span the blanks beside or below it is left open. A table of the competition counts as
right when its adjacency relations are the true ones, none more, none less. A false table is wrong. Trained on generated
documents of some seeds, reported on other seeds and on the competition's documents, which the fit never sees.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.layouts import generate, model, score
from benchmarks.layouts.model import TrueCell, TruePart
from benchmarks.tables import confidence, scorer, svg
from benchmarks.tables.icdar import RESULTS
from extractors.hyphens import vocabulary
from extractors.page import lines_of
from extractors.report import read_pages
from extractors.tables.read import read_parts, to_schema
from extractors.tables.stitch import Part
from schemas.printed import Cell, TablePart

TRAIN = (301, 302, 303, 304, 305, 306, 307, 308, 313, 314, 315, 316)
REPORT = (309, 310, 311, 312)
"""Seeds of the documents that are learned from, and of those that are reported on."""
PICTURES = scorer.ROOT / "docs" / "pictures"
BINS = 10
FOLDS = 5
RIDGE = 3.0
"""Weight of the penalty on large weights (features are scaled to a spread of one)."""
SMALLEST = 12
"""Fewest tables behind one step of the isotonic map, so that no step rests on a handful."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One table that was read: what is seen of it, the judge's score, and whether each cell is right."""

    document: str
    page: int
    family: str
    score: float
    features: dict[str, float]
    right: bool
    traits: tuple[str, ...] = ()


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
    of a right and a wrong one.
    """

    tables: int
    right: float
    mean: float
    ece: float
    brier: float
    auc: float
    bins: tuple[Bin, ...]


def generated(seeds: Sequence[int], documents: int, folder: Path) -> Iterator[Sample]:
    """The tables read in generated documents; they are written to `folder` where they are not there yet."""
    for seed in seeds:
        home = folder / str(seed)
        if len(list(home.glob("*.truth.json"))) != documents:
            generate.generate(documents, seed, home)
        for path in sorted(home.glob("*.truth.json")):
            truth = model.load(path)
            read = list(read_parts_of(home / truth.file))
            whole = _cut_by_a_column([printed for _, printed in read], truth.parts)
            for part, printed in read:
                right = printed.part_id in whole or any(_same(true, [printed]) for true in truth.parts)
                yield _sample(truth.file, part, right, truth.traits)


def _same(true: TruePart, read: Sequence[TablePart]) -> bool:
    """Whether parts of one page, put below each other with their header once, are a true table."""
    if any(part.page != true.page for part in read):
        return False
    stub = read[0].stub_columns
    rows: list[list[str]] = []
    for part in read:
        mine = laid_out(part.cells, part.header_rows, stub)
        head = mine[: part.header_rows]
        rows += mine[part.header_rows :] if rows and rows[: part.header_rows] == head else mine
    return rows == laid_out(true.cells, true.header_rows, stub)


def _cut_by_a_column(read: Sequence[TablePart], truth: Sequence[TruePart]) -> set[str]:
    """Parts that are a true table together: one that goes on in the next column of its page is two tables to a reader.

    The truth counts parts by page, so it holds them as one.
    """
    return {
        part.part_id for pair in pairwise(read) for part in pair if any(_same(true, pair) for true in truth)
    }  # fmt: skip


def laid_out(cells: Sequence[Cell] | Sequence[TrueCell], header_rows: int, stub_columns: int) -> list[list[str]]:
    """The text at each place of a table, in rows and columns that hold any; spans in the body over blanks left open.

    A label, or a text alone in its body row, stands in its first column only; an empty place of the outer stub columns
    takes the label above it.
    """
    held = [c for c in cells if score.plain(c.text)]
    rows, cols = sorted({c.row for c in held}), sorted({c.col for c in held})
    alone = {r for r in rows if r >= header_rows and sum(c.row == r for c in held) == 1}
    places: dict[tuple[int, int], str] = {}
    for cell in held:
        label = cell.row >= header_rows and cols.index(cell.col) < stub_columns
        for r in range(cell.row, cell.row + cell.rowspan):
            for c in range(cell.col, cell.col + (1 if cell.row in alone or label else cell.colspan)):
                places.setdefault((r, c), score.plain(cell.text))
    for r, above in zip(rows[1:], rows, strict=False):
        for c in cols[: max(0, stub_columns - 1)]:
            if r > header_rows and r not in alone and (r, c) not in places and above not in alone:
                places[r, c] = places.get((above, c), "")
    return [[places.get((r, c), "") for c in cols] for r in rows]


def competition(data: Path) -> Iterator[Sample]:
    """The tables read in the competition's documents, by the competition's own relations."""
    judge = scorer.load()
    for path in scorer.documents(data):
        wanted = [table for tables in judge.gt_for(str(path)) for table in tables]
        for part, printed in read_parts_of(path):
            cells = [(c.row, c.col, c.row + c.rowspan - 1, c.col + c.colspan - 1, c.text) for c in printed.cells]
            table = judge.Table(printed.page, cells)
            table.compact = True
            got = table.relations("official")
            right = any(w.page == printed.page and w.relations("official") == got for w in wanted)
            yield _sample(path.name, part, right)


def read_parts_of(path: Path) -> Iterator[tuple[Part, TablePart]]:
    """The table parts of a PDF, as read and as they pass to other rooms."""
    pages, _ = read_pages(path)
    parts = read_parts(pages, path)
    known = vocabulary(line.text for page in pages for line in lines_of(page.words))
    yield from zip(parts, to_schema(parts, known), strict=True)


def _sample(document: str, part: Part, right: bool, traits: tuple[str, ...] = ()) -> Sample:
    grid = part.body.grid
    values = confidence.features(grid, part.body)
    return Sample(document, part.page.number, confidence.family(grid), grid.score, values, right, traits)


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
    return confidence.Model(names, *rounded, round(float(weights[0]), 5), maps)


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
    pairs = len(good) * len(bad)
    wins = sum(float((good > b).sum() + 0.5 * (good == b).sum()) for b in bad)
    return Calibration(
        len(p), float(y.mean()), float(p.mean()), ece, float(((p - y) ** 2).mean()),
        wins / pairs if pairs else float("nan"), tuple(bins),
    )  # fmt: skip


def compared(samples: Sequence[Sample], fitted: confidence.Model) -> tuple[Calibration, Calibration]:
    """The judge's score and the confidence, both measured on `samples`."""
    right = [s.right for s in samples]
    after = [fitted.probability(s.features, s.family) for s in samples]
    return measured([s.score for s in samples], right), measured(after, right)


def main(data: Path, documents: int, *, fit_anew: bool, keep: Path | None) -> None:
    """Measures on the reported seeds and, where it is there, on the competition; learns anew first when told to."""
    with tempfile.TemporaryDirectory() as name:
        folder = keep or Path(name)
        if fit_anew:
            samples = list(generated(TRAIN, documents, folder))
            write(fit(samples))
            print(f"Learned from {len(samples)} tables, {sum(s.right for s in samples)} of them right.")
        sets = {"generated": list(generated(REPORT, documents, folder))}
    if data.is_dir():
        sets["ICDAR 2013"] = list(competition(data))
    else:
        print(f"The competition's documents are left out: {data} does not exist.", file=sys.stderr)
    results = {name: compared(samples, confidence.model()) for name, samples in sets.items()}
    text = markdown(results)
    print(text)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "confidence.md").write_text(text, encoding="utf-8")
    (RESULTS / "traits.md").write_text(by_trait(sets["generated"]), encoding="utf-8")
    listed = {name: {"score": asdict(a), "confidence": asdict(b)} for name, (a, b) in results.items()}
    (RESULTS / "confidence.json").write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")
    before, after = results["generated"]
    svg.save(PICTURES / "tables-confidence.svg", picture(before, after))


def markdown(results: dict[str, tuple[Calibration, Calibration]]) -> str:
    """The results as a Markdown table."""
    lines = [
        "| documents | measure | tables | right | mean | ECE | Brier | AUC |",
        "| --- | --- | --: | --: | --: | --: | --: | --: |",
    ]
    for name, pair in results.items():
        for kind, c in zip(("judge's score", "confidence"), pair, strict=True):
            lines.append(
                f"| {name} | {kind} | {c.tables} | {c.right:.3f} | {c.mean:.3f} | {c.ece:.3f} | {c.brier:.3f} "
                f"| {c.auc:.3f} |"
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


def picture(before: Calibration, after: Calibration) -> str:
    """The reliability diagram: a point for each tenth, its area after its number of tables."""
    ticks = [(k / 5, f"{k / 5:.1f}") for k in range(6)]
    series = [
        svg.Series(
            f"{name} (ECE {c.ece:.3f})",
            [(b.confidence, b.right) for b in c.bins],
            [2.5 + 9 * (b.tables / c.tables) ** 0.5 for b in c.bins],
        )
        for name, c in (("judge's score", before), ("confidence", after))
    ]
    return svg.chart(
        f"Reliability, {after.tables} tables of generated documents",
        svg.Axis("confidence given", 0, 1, ticks),
        svg.Axis("share right cell for cell", 0, 1, ticks),
        series,
        diagonal=True,
        corner="top",
    )
