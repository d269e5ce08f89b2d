"""How likely it is that every cell of a table was read right: the judge's score and the grid's looks, calibrated.

The judge ranks grids against each other; its score says which reading is better, not how often such a reading is right.
Here a logistic model turns the score and what can be seen of the table (its size, spans, rows without labels, narrow
white between columns, sums that hold) into a probability, and an isotonic map, never falling, corrects it for each
family of detectors (the recipe of Zadrozny and Elkan: "Transforming classifier scores into accurate multiclass
probability estimates", KDD 2002). Weights and maps stand in `confidence.json`; `python -m benchmarks.tables confidence
--fit` learns them from documents of five kinds. It decides nothing: what is kept as a table is the judge's business.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from extractors.tables.grid import Grid
from extractors.tables.stitch import Part
from extractors.tables.structure import Body, is_total
from extractors.tables.tokens import MISSING, is_period, is_value

WEIGHTS = Path(__file__).with_name("confidence.json")
FEWEST = 3
"""Body rows that a column must sum up before its total says anything."""


@dataclass(frozen=True, slots=True)
class Model:
    """`names` are the features in order, each shifted by `mean` and divided by `scale` before its weight applies.

    `maps` holds for each family the bounds of the isotonic map: probabilities before, ascending, and after.
    `cells` is the share of texts that stand at their place in tables that are not right as a whole.
    """

    names: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    maps: dict[str, tuple[tuple[float, ...], tuple[float, ...]]]
    cells: float

    def raw(self, values: dict[str, float]) -> float:
        """The logistic model's probability, before the isotonic map."""
        total = self.bias
        for name, mean, scale, weight in zip(self.names, self.mean, self.scale, self.weights, strict=True):
            total += weight * (values[name] - mean) / scale
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

    def probability(self, values: dict[str, float], family: str) -> float:
        """The calibrated probability; a family without a map of its own keeps the raw one."""
        raw = self.raw(values)
        return interpolated(raw, *self.maps[family]) if family in self.maps else raw


def of_table(part: Part) -> float:
    """The estimate, 0 to 1, that each cell of a part is right; the judge must have scored its grid."""
    return model().probability(features(part), family(part.body.grid))


def of_cell(part: Part) -> float:
    """The estimate, 0 to 1, that one cell of a part is right: most are in tables that are not right as a whole."""
    whole = of_table(part)
    return whole + (1.0 - whole) * model().cells


@cache
def model() -> Model:
    """The weights that are shipped with the package."""
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Model(
        tuple(data["names"]), tuple(data["mean"]), tuple(data["scale"]), tuple(data["weights"]), data["bias"],
        {name: (tuple(xs), tuple(ys)) for name, (xs, ys) in data["maps"].items()}, data["cells"],
    )  # fmt: skip


def family(grid: Grid) -> str:
    """The kind of detector: `ruled` where lines draw the cells, `aligned` where white space had to tell any of them."""
    return "ruled" if grid.detector == "ruled" else "aligned"


def interpolated(x: float, xs: tuple[float, ...], ys: tuple[float, ...]) -> float:
    """Linear between the points (`xs` ascending), constant beyond the outer ones."""
    if x <= xs[0]:
        return ys[0]
    for (x0, x1), (y0, y1) in zip(pairwise(xs), pairwise(ys), strict=True):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0) if x1 > x0 else y1
    return ys[-1]


def features(part: Part) -> dict[str, float]:
    """What is seen of a part and its reading; shares are 0 to 1, nothing depends on a language or a page's size."""
    grid, body = part.body.grid, part.body
    notes = grid.notes
    head, stub = body.header_rows, body.stub_columns
    rows = body.texts[head:]
    cols = grid.cols
    held = [c for c in grid.cells if c.words]
    bodied = [c for c in held if c.row >= head]
    values = [[is_value(t) for t in row[stub:]] for row in rows]
    valued = [k for k, row in enumerate(values) if any(row)]
    labels = [row[stub - 1] if stub else "" for row in rows]
    hold, fail = _sums(rows, stub)
    heights = [b - a for a, b in pairwise(grid.ys[head:])]
    middle = sorted(heights)[len(heights) // 2] if heights else 1.0
    under = [any(body.texts[r][c] for r in range(head)) for c in range(stub, cols)]
    return {
        "score": grid.score,
        "ruled": float(family(grid) == "ruled"),
        "mixed": float(grid.detector not in ("ruled", "aligned")),
        "cut_rows": notes.get("cut_rows", 0.0),
        "shaded_or_ruled_rows": float(grid.ruled_rows),
        "filled": notes.get("filled", 1.0),
        "typed": notes.get("column_types", 1.0),
        "values": notes.get("values", 0.0),
        "glued": notes.get("glued", 0.0),
        "lumped": notes.get("lumped", 0.0),
        "uncovered": 1.0 - min(1.0, notes.get("coverage", 1.0)),
        "prose": notes.get("prose", 0.0),
        "words": math.log1p(notes.get("words", 1.0)),
        "rows": math.log1p(len(rows)),
        "columns": math.log1p(cols),
        "no_header": float(head == 0),
        "deep_header": float(head >= 2),
        "deeper_header": float(head >= 3),
        "no_stub": float(stub == 0),
        "deep_stub": float(stub >= 2),
        "unheaded": 1.0 - sum(under) / len(under) if under else 1.0,
        "unlabelled": sum(not any(rows[k][:stub]) for k in valued) / max(1, len(valued)),
        "bare_rows": 1.0 - len(valued) / max(1, len(rows)),
        "holes": sum(not t for k in valued for t in rows[k][stub:]) / max(1, len(valued) * (cols - stub)),
        "lonely": sum(sum(bool(t) for t in row) == 1 for row in rows) / max(1, len(rows)),
        "lowercase": sum(t[:1].islower() for t in labels if t) / max(1, len(labels)),
        "hyphens": sum(c.words[-1].text.endswith(("-", "\u00ad")) for c in held) / max(1, len(held)),
        "tall": sum(c.text.count("\n") > 0 for c in bodied) / max(1, len(bodied)),
        "wide_head": sum(c.colspan > 1 for c in held if c.row < head) / max(1, head),
        "spans": sum(c.colspan > 1 or c.rowspan > 1 for c in bodied) / max(1, len(bodied)),
        "uneven": sum(abs(h - middle) > 0.4 * middle for h in heights) / max(1, len(heights)),
        "sums_hold": hold,
        "sums_fail": fail,
        "goes_on": float(part.continues is not None),
        "boxed_head": notes.get("boxed_head", 0.0),
        "bare": float(not grid.ruled_rows and not grid.ruled_columns),
        "tight": _tight(grid),
        "same_heads": _same_heads(body, stub),
        "figures_in_head": sum(_figure(c.text) for c in held if c.row < head) / max(1, head * cols),
        "unlabelled_first": float(bool(rows) and stub > 0 and not any(rows[0][:stub])),
        "split_head": sum(not t for row in body.texts[:head] for t in row[stub:]) / max(1, head * (cols - stub)),
    }


def _tight(grid: Grid) -> float:
    """How narrow the narrowest white between two columns is: 1 for none, 0 for a type size or more."""
    left: dict[int, float] = {}
    right: dict[int, float] = {}
    sizes = []
    for cell in grid.cells:
        if cell.colspan > 1 or not cell.words or cell.row < grid.header_rows:
            continue
        left[cell.col] = min(left.get(cell.col, math.inf), *(w.x0 for w in cell.words))
        right[cell.col] = max(right.get(cell.col, -math.inf), *(w.x1 for w in cell.words))
        sizes.append(cell.words[0].size)
    if not sizes:
        return 0.0
    size = sorted(sizes)[len(sizes) // 2] or 1.0
    gaps = [left[c + 1] - right[c] for c in range(grid.cols - 1) if c in right and c + 1 in left]
    return max(0.0, min(1.0, 1.0 - min(gaps, default=size) / size))


def _same_heads(body: Body, stub: int) -> float:
    """The share of columns whose labels, from top to bottom, are those of another column too."""
    paths = [tuple(row[c] for row in body.texts[: body.header_rows]) for c in range(stub, body.grid.cols)]
    return sum(paths.count(p) > 1 for p in paths) / max(1, len(paths)) if body.header_rows else 0.0


def _figure(text: str) -> bool:
    return any(char.isdigit() for char in text) and not is_period(text)


def _sums(rows: list[list[str]], stub: int) -> tuple[float, float]:
    """Shares of the number columns whose last total row is, and is not, the sum of the rows above it."""
    totals = [k for k, row in enumerate(rows) if any(is_total(t) for t in row[:stub] if t)]
    if not totals or totals[-1] < FEWEST:
        return 0.0, 0.0
    last = totals[-1]
    right = wrong = 0
    for c in range(stub, len(rows[0])):
        parts = [_count(row[c]) for k, row in enumerate(rows[:last]) if k not in totals and row[c] not in MISSING]
        want = _count(rows[last][c])
        numbers = [p for p in parts if p is not None]
        if want is None or len(numbers) < FEWEST:
            continue
        if sum(numbers) == want:
            right += 1
        else:
            wrong += 1
    checked = right + wrong
    return (right / checked, wrong / checked) if checked else (0.0, 0.0)


def _count(text: str) -> int | None:
    """A whole number without its thousands marks, or None."""
    digits = text.translate({ord(sign): None for sign in ". \u00a0\u202f'’"})
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 15 else None
