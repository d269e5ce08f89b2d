"""Legends of charts: small swatches of colour, each with its words, and charts whose series they name.

Bars of several series and the slices of pies are told apart by fill colour alone; a value is read only where it is
printed inside or at the end of its own bar or slice.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from extractors.page import Page, Shade, Word
from extractors.reading_order import joined
from schemas.printed import Box

_T = TypeVar("_T")
NUMBER = re.compile(r"^[(]?[<>±~]?\s?\d[\d.,'’\s\u202f]*\s?%?[)]?$")
YEAR = re.compile(r"(?:19|20)\d\d")
SWATCH = 14.0
"""A swatch is no higher than this, in points."""


@dataclass(frozen=True, slots=True)
class Key:
    """One line of a legend."""

    colour: tuple[int, int, int]
    text: str
    words: tuple[Word, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class Value:
    """A printed value with the words that label it: category and, of several series, series."""

    words: tuple[Word, ...]
    category: tuple[Word, ...]
    series: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Coloured:
    """A chart read by colour: its values, how many bars or slices it has, and where it stands."""

    values: tuple[Value, ...]
    marks: int
    box: Box
    used: frozenset[int] = frozenset()
    method: str = "chart-slices"


def around(words: Sequence[Word]) -> Box:
    """The box that holds all words."""
    return Box(
        min(w.x0 for w in words), min(w.top for w in words), max(w.x1 for w in words), max(w.bottom for w in words)
    )


def keys_of(page: Page) -> list[Key]:
    """All legend lines of a page, a year or words beside a swatch each."""
    marks = [(_box(s), s.colour) for s in page.shades]
    for piece in page.pieces:
        xs, ys = [p[0] for p in piece.points], [p[1] for p in piece.points]
        marks.append((Box(min(xs), min(ys), max(xs), max(ys)), piece.colour))
    found: list[Key] = []
    boxes = [b for b, _ in marks]
    for box, colour in marks:
        wide, high = box.x1 - box.x0, box.bottom - box.top
        if not (2.5 <= high <= SWATCH and 2.5 <= wide <= 3 * SWATCH) or sum(colour) > 735:
            continue
        words = _beside(page, box, boxes)
        text = joined(words)
        if text and (YEAR.fullmatch(text) or not NUMBER.match(text)):
            found.append(Key(colour, text, tuple(words), box))
    return found


def nearest(keys: Sequence[Key], box: Box) -> list[Key]:
    """The legend of what stands in `box`: for each colour its nearest line; none where one legend has two of a colour.

    Charts of one page often share their colours and have a legend each.
    """
    by_colour: dict[tuple[int, int, int], list[Key]] = defaultdict(list)
    for key in keys:
        by_colour[key.colour].append(key)
    result = []
    for same in by_colour.values():
        first, *rest = sorted(same, key=lambda k: _distance(k.box, box))
        if not any(_neighbours(first, other) for other in rest):
            result.append(first)
    return result


def _distance(a: Box, b: Box) -> float:
    return math.hypot(max(0.0, a.x0 - b.x1, b.x0 - a.x1), max(0.0, a.top - b.bottom, b.top - a.bottom))


def _neighbours(a: Key, b: Key) -> bool:
    """Whether two lines follow each other in one legend, downwards or to the right."""
    high = max(a.box.bottom - a.box.top, b.box.bottom - b.box.top)
    below = abs(a.box.x0 - b.box.x0) <= 2 and _distance(a.box, b.box) <= 3 * high + 6
    beside = abs(a.box.top - b.box.top) <= 2 and _distance(_whole(a), _whole(b)) <= 60
    return below or beside


def _whole(key: Key) -> Box:
    words = around(key.words)
    return Box(key.box.x0, min(key.box.top, words.top), words.x1, max(key.box.bottom, words.bottom))


def _linked(items: Sequence[_T], near: Callable[[_T, _T], bool]) -> list[list[_T]]:
    """The items in groups, each of which is near another of its group (single linkage)."""
    groups: list[list[_T]] = []
    for item in items:
        mine: list[list[_T]] = []
        others: list[list[_T]] = []
        for group in groups:
            (mine if any(near(item, other) for other in group) else others).append(group)
        groups = [*others, [*chain.from_iterable(mine), item]]
    return groups


def _beside(page: Page, box: Box, marks: Sequence[Box]) -> list[Word]:
    """The words right of a swatch, on its line, up to a wide gap or the next swatch."""
    middle = (box.top + box.bottom) / 2
    line = sorted(
        (w for w in page.words if w.top - 1 <= middle <= w.bottom + 1 and w.x0 >= box.x1 - 0.5), key=lambda w: w.x0
    )
    stops = [m.x0 for m in marks if m.x0 > box.x1 and m.top < middle < m.bottom]
    text: list[Word] = []
    edge = box.x1 + 4
    for word in line:
        if word.x0 - edge > (12 if not text else 0.8 * word.size) or any(edge - 4 < s <= word.x0 for s in stops):
            break
        text.append(word)
        edge = word.x1
    return text


def bars_by_colour(page: Page) -> list[Coloured]:
    """Charts of several series: bars in the colours of a legend, beside or upon each other."""
    keys = keys_of(page)
    if not 2 <= len(keys) <= MOST_KEYS:
        return []
    swatches = {id(s) for s in page.shades for k in keys if (s.x0, s.top) == (k.box.x0, k.box.top)}
    colours = {k.colour for k in keys}
    bars = [
        s for s in page.shades
        if s.colour in colours and id(s) not in swatches and min(s.x1 - s.x0, s.bottom - s.top) >= 2
    ]  # fmt: skip
    if len({s.colour for s in bars}) < 2 or len(bars) < LEAST_BARS:
        return []
    closest = {id(s): _closest(keys, s) for s in bars}
    words = [w for w in page.words if not any(w in k.words for k in keys)]
    found = []
    for lines in _linked(keys, _neighbours):
        series = {k.colour: k for k in lines if sum(k.colour == other.colour for other in lines) == 1}
        mine = [s for s in bars if closest[id(s)] in lines and s.colour in series]
        charts = [_of_legend(group, words, series, swatches) for group in _clusters(mine) if len(series) >= 2]
        found += [chart for chart in charts if chart is not None]
    return found


MOST_KEYS = 100
"""Legend lines on a page above which they are the small shaded cells of a table."""
LEAST_BARS, MOST_BARS = 4, 300
CHARTS_APART = 40.0
"""Points between the bars of two charts: titles and labels stand there."""


def _clusters(bars: Sequence[Shade]) -> list[list[Shade]]:
    """The bars of each chart: close together or on one base line; a chart without a legend may share a colour."""
    return _linked(bars, _of_one_chart) if len(bars) <= MOST_BARS else [list(bars)]


def _of_one_chart(a: Shade, b: Shade) -> bool:
    return abs(a.bottom - b.bottom) < 1.5 or _distance(_box(a), _box(b)) < CHARTS_APART


def _box(shade: Shade) -> Box:
    return Box(shade.x0, shade.top, shade.x1, shade.bottom)


def _closest(keys: Sequence[Key], bar: Shade) -> Key:
    return min((k for k in keys if k.colour == bar.colour), key=lambda k: _distance(k.box, _box(bar)))


def _of_legend(
    bars: Sequence[Shade], words: Sequence[Word], series: dict[tuple[int, int, int], Key], swatches: set[int]
) -> Coloured | None:
    """The chart of the bars that one legend explains, None where they are none."""
    if len({s.colour for s in bars}) < 2 or len(bars) < LEAST_BARS:
        return None
    standing = _even([s.x1 - s.x0 for s in bars]) >= _even([s.bottom - s.top for s in bars])
    found = _pair(bars, words, series, standing)
    if found is None or not found[0]:
        return None
    values, labels = found
    boxes = [_box(s) for s in bars] + [around(v.words) for v in values]
    boxes += (
        [around(ws) for ws in labels] + [k.box for k in series.values()] + [around(k.words) for k in series.values()]
    )
    box = Box(min(b.x0 for b in boxes) - 1, min(b.top for b in boxes) - 1, max(b.x1 for b in boxes) + 1,
              max(b.bottom for b in boxes) + 1)  # fmt: skip
    return Coloured(tuple(values), len(bars), box, frozenset(id(s) for s in bars) | frozenset(swatches))


def _even(sizes: Sequence[float]) -> float:
    """The share of sizes that equal the most frequent one."""
    counts: dict[int, int] = defaultdict(int)
    for size in sizes:
        counts[round(size)] += 1
    return max(counts.values()) / len(sizes)


def _pair(
    bars: Sequence[Shade], words: Sequence[Word], series: dict[tuple[int, int, int], Key], standing: bool
) -> tuple[list[Value], list[tuple[Word, ...]]] | None:
    """Values and labels of bars; None where the labels of the categories cannot be told apart."""
    base = max(s.bottom for s in bars) if standing else min(s.x0 for s in bars)
    low = min(s.x0 for s in bars) if standing else min(s.top for s in bars)
    high = max(s.x1 for s in bars) if standing else max(s.bottom for s in bars)
    labels = _axis_labels(words, base, low, high, standing)
    if len(labels) < 2:
        return None
    middles = [_middle(ws, standing) for ws in labels]
    pitch = min(b - a for a, b in zip(sorted(middles), sorted(middles)[1:], strict=False))
    taken: set[int] = set()
    values: list[Value] = []
    for bar in bars:
        at = (bar.x0 + bar.x1) / 2 if standing else (bar.top + bar.bottom) / 2
        near = min(range(len(labels)), key=lambda k: abs(middles[k] - at))
        if abs(middles[near] - at) > 0.55 * pitch:
            continue
        number = _value_of(bar, [w for w in words if id(w) not in taken], standing, bars)
        if number is not None:
            taken.add(id(number))
            values.append(Value((number,), labels[near], series[bar.colour].words))
    return values, labels


def _middle(words: Sequence[Word], standing: bool) -> float:
    box = around(words)
    return (box.x0 + box.x1) / 2 if standing else (box.top + box.bottom) / 2


def _axis_labels(words: Sequence[Word], base: float, low: float, high: float, standing: bool) -> list[tuple[Word, ...]]:
    """The labels along the axis where the bars begin: below standing bars, left of lying ones."""
    if standing:
        near = [w for w in words if base - 2 <= w.top <= base + 16 and low - 40 <= w.mid <= high + 40]
        near = [w for w in near if not near or w.top <= min(x.top for x in near) + 3.2 * w.size]
        groups: list[list[Word]] = []
        for word in sorted(near, key=lambda w: w.x0):
            last = groups[-1] if groups else None
            if last and word.x0 - max(w.x1 for w in last) < 0.45 * word.size:
                last.append(word)
            else:
                groups.append([word])
        ordered = [sorted(g, key=lambda w: (round(w.base), w.x0)) for g in groups]
    else:
        near = [
            w for w in words if w.x1 <= base + 1 and base - w.x1 < 220 and low - 8 <= (w.top + w.bottom) / 2 <= high + 8
        ]
        rows: dict[int, list[Word]] = {}
        for word in sorted(near, key=lambda w: w.base):
            key = next((k for k in rows if abs(rows[k][0].base - word.base) < 0.4 * word.size), None)
            rows.setdefault(len(rows) if key is None else key, []).append(word)
        ordered = [sorted(r, key=lambda w: w.x0) for r in rows.values()]
    return [tuple(g) for g in ordered if any(c.isalpha() for w in g for c in w.text) or _year(g)]


def _year(words: Sequence[Word]) -> bool:
    return len(words) == 1 and YEAR.fullmatch(words[0].text) is not None


def _value_of(bar: Shade, words: Sequence[Word], standing: bool, bars: Sequence[Shade]) -> Word | None:
    """The number inside a bar, or just beyond its end where no other bar stands; None where there are two."""
    numbers = [w for w in words if NUMBER.match(w.text)]
    inside = [
        w
        for w in numbers
        if bar.x0 - 1 <= w.mid <= bar.x1 + 1 and bar.top - 1 <= (w.top + w.bottom) / 2 <= bar.bottom + 1
    ]
    if standing:
        beyond = [w for w in numbers if abs(w.mid - (bar.x0 + bar.x1) / 2) <= 0.5 * (bar.x1 - bar.x0) + 2
                  and -2 <= bar.top - w.bottom <= 1.2 * w.size]  # fmt: skip
    else:
        beyond = [w for w in numbers if bar.top - 2 <= (w.top + w.bottom) / 2 <= bar.bottom + 2
                  and -2 <= w.x0 - bar.x1 <= 1.5 * w.size]  # fmt: skip
    free = [
        w for w in beyond
        if w not in inside
        and not any(b is not bar and b.x0 < w.mid < b.x1 and b.top < (w.top + w.bottom) / 2 < b.bottom for b in bars)
    ]  # fmt: skip
    hits = inside or free
    return hits[0] if len(hits) == 1 else None
