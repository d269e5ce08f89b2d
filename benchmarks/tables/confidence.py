"""How likely it is that every cell of a table was read right: the judge's score and the grid's looks, calibrated.

The judge ranks grids against each other; its score says which reading is better, not how often such a reading is right.
Here a logistic model turns the score and what can be seen of the grid (its size, spans, rows without labels, sums that
hold) into a probability, and an isotonic map, never falling, corrects it for each family of detectors (the recipe of
Zadrozny and Elkan: "Transforming classifier scores into accurate multiclass probability estimates", KDD 2002). Weights
and map stand in `confidence.json`; `python -m benchmarks.tables confidence --fit` learns them from generated documents.
It decides nothing: what is kept as a table is the judge's business.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from extractors.tables.grid import Grid
from extractors.tables.structure import Body, is_total
from extractors.tables.tokens import MISSING, is_value

WEIGHTS = Path(__file__).with_name("confidence.json")
FEWEST = 3
"""Body rows that a column must sum up before its total says anything."""


@dataclass(frozen=True, slots=True)
class Model:
    """`names` are the features in order, each shifted by `mean` and divided by `scale` before its weight applies.

    `maps` holds for each family the bounds of the isotonic map: probabilities before, ascending, and after.
    """

    names: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    maps: dict[str, tuple[tuple[float, ...], tuple[float, ...]]]

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


def confidence(grid: Grid, body: Body) -> float:
    """The estimate, 0 to 1, that each cell of `grid` is right; the judge must have scored the grid (`grid.notes`)."""
    return model().probability(features(grid, body), family(grid))


@cache
def model() -> Model:
    """The weights that are shipped with the package."""
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Model(
        tuple(data["names"]), tuple(data["mean"]), tuple(data["scale"]), tuple(data["weights"]), data["bias"],
        {name: (tuple(xs), tuple(ys)) for name, (xs, ys) in data["maps"].items()},
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


def features(grid: Grid, body: Body) -> dict[str, float]:
    """What is seen of a grid and its reading; shares are 0 to 1, nothing depends on a language or a page's size."""
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
    }


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
