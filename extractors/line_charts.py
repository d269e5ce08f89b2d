"""Line charts whose points carry printed values: each value is paired with its point, each point with its label below.

Nothing is measured off a line. What is printed beside a point is taken only where the points' heights say the same: on
one scale, the higher value stands higher.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import linear_regression

from extractors.legends import NUMBER, Coloured, Value, around
from extractors.number_words import printed_number
from extractors.page import Page, Word, lines_of
from schemas.printed import Box

MOST = 600
"""Slanted lines on a page; more are a map or a drawing."""
TOUCH = 0.7
"""Points between the ends of two strokes that are one line."""
FEWEST = 3
"""Points of a line: two would make a line of any stroke."""
OFF_SCALE = 0.12
"""Share of the range of values by which a point may stand off the scale that all points show."""

Point = tuple[float, float]
Stroke = tuple[float, float, tuple[float, float]]
"""Left, right, and the heights of both ends in no order."""


def line_charts(page: Page) -> list[Coloured]:
    """The lines of a page, one each, with the values printed beside their points; `marks` counts the points.

    Several lines over one row of labels are told apart by nothing that is kept of them, so none of them is read.
    """
    found = [(line, labels) for line in _lines(page) if (labels := _labels(page, line))]
    rows = [frozenset(id(w) for label in labels for w in label) for _, labels in found]
    result: list[Coloured] = []
    for (line, labels), row in zip(found, rows, strict=True):
        alone = rows.count(row) == 1
        values = _values(page, line, labels) if alone else []
        words = [w for label in labels for w in label] + [w for v in values for w in v.words]
        box = around(words)
        top = min(box.top, *(y for _, y in line))
        place = Box(min(box.x0, line[0][0]), top - 1, max(box.x1, line[-1][0]), box.bottom)
        result.append(Coloured(tuple(values), len(line), place, method="chart-line"))
    return result


def _lines(page: Page) -> list[list[Point]]:
    """Strokes that go on from each other to the right, as points (x, y)."""
    slanted: list[Stroke] = [(b.x0, b.x1, (b.top, b.bottom)) for b in page.drawings if b.x1 - b.x0 > 5]
    if not 2 <= len(slanted) <= MOST:
        return []
    level: list[Stroke] = [(r.lo, r.hi, (r.at, r.at)) for r in page.rules if r.horizontal and r.hi - r.lo > 5]
    strokes = sorted(slanted + level)
    used: set[int] = set()
    found: list[list[Point]] = []
    for k, (x0, x1, ends) in enumerate(strokes):
        if k in used:
            continue
        best: list[tuple[int, Point]] = []
        for start, end in {ends, ends[::-1]}:
            chain = [(k, (x0, start)), (k, (x1, end))]
            while (after := _next(strokes, chain[-1][1], used)) is not None:
                chain.append(after)
            best = max(best, chain, key=len)
        if len(best) >= FEWEST and any(i < len(strokes) and strokes[i][2][0] != strokes[i][2][1] for i, _ in best):
            used.update(i for i, _ in best)
            found.append([point for _, point in best])
    return found


def _next(strokes: Sequence[Stroke], at: Point, used: set[int]) -> tuple[int, Point] | None:
    """The one stroke that begins where another ends, and its own end; None where there is none or more than one."""
    going = [
        (i, (x1, ends[1 - side]))
        for i, (x0, x1, ends) in enumerate(strokes)
        if i not in used and abs(x0 - at[0]) <= TOUCH
        for side in ((0, 1) if ends[0] != ends[1] else (0,))
        if abs(ends[side] - at[1]) <= TOUCH
    ]
    return going[0] if len(going) == 1 else None


def _labels(page: Page, line: Sequence[Point]) -> list[list[Word]]:
    """The words under each point, all on one line of text below the whole line; empty where a point has none."""
    reach = 0.5 * min(b[0] - a[0] for a, b in pairwise(line))
    floor = max(y for _, y in line)
    below = [
        w for w in page.words if floor < w.top < floor + 260 and line[0][0] - reach <= w.mid <= line[-1][0] + reach
    ]
    for row in lines_of(below):
        labels = [[w for w in row.words if abs(w.mid - x) <= reach] for x, _ in line]
        if all(labels) and len({id(w) for label in labels for w in label}) == sum(map(len, labels)):
            return labels
    return []


def _values(page: Page, line: Sequence[Point], labels: Sequence[Sequence[Word]]) -> list[Value]:
    """Of each point the number nearest to it; none where a point lacks one or the numbers do not fit its height."""
    reach = min(20.0, 0.4 * min(b[0] - a[0] for a, b in pairwise(line)))
    named = {id(w) for label in labels for w in label}
    numbers = [w for w in page.words if NUMBER.match(w.text) and id(w) not in named]
    chosen: list[Word] = []
    for x, y in line:
        near = [w for w in numbers if abs(w.mid - x) <= reach and abs((w.top + w.bottom) / 2 - y) <= 2 * w.size]
        if not near:
            return []
        chosen.append(min(near, key=lambda w: (w.mid - x) ** 2 + ((w.top + w.bottom) / 2 - y) ** 2))
    if len({id(w) for w in chosen}) < len(chosen) or not _to_scale(line, chosen):
        return []
    return [Value((word,), tuple(label)) for word, label in zip(chosen, labels, strict=True)]


def _to_scale(line: Sequence[Point], words: Sequence[Word]) -> bool:
    """Whether the points stand as high as the numbers beside them say, whichever mark parts their thousands."""
    heights = [y for _, y in line]
    for language in ("nl", "en"):
        read = [printed_number(w.text.strip("() "), language) for w in words]
        values = [v for v in read if v is not None]
        if len(values) < len(read) or max(values) == min(values):
            continue
        slope, start = linear_regression(heights, values) if max(heights) > min(heights) else (0.0, 0.0)
        off = max(abs(start + slope * y - v) for y, v in zip(heights, values, strict=True))
        if slope < 0 and off <= OFF_SCALE * (max(values) - min(values)):
            return True
    return False
