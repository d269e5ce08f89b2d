"""Columns from white space: the vertical strips of white that (nearly) no body line crosses.

Related published work: the whitespace-corridor idea of Nurminen (2013) as used by tabula and camelot; here on whole
words with numeric columns as anchors and drawn lines as further evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from extractors.page import Line, Rule
from extractors.tables.grid import clusters
from extractors.tables.rows import column_of, header_end, is_year
from extractors.tables.strips import CURRENCIES, Strip, chunk_text
from extractors.tables.tokens import is_number, is_period, is_value
from schemas.printed import Box


def columns(strips: list[Strip], box: Box, down: list[Rule], above: Sequence[Line] = ()) -> list[float]:
    """Column bounds of a region, outer bounds included; a bound stands where its corridor of white is clearest.

    The lines right `above` a region may be its heads: they move a bound within its corridor, no more.
    """
    body = [s for s in strips if len(s.parts) >= 2 and s.values] or [s for s in strips if len(s.parts) >= 2]
    counted = [s for s in body if not _only_periods(s)]
    if counted and max(s.values for s in counted) >= 2:  # a header's years may stand left or right of their numbers
        body = counted
    if not body:
        return [box.x0, box.x1]
    size = sorted(s.line.size for s in body)[len(body) // 2]
    hard = clusters([r.at for r in down if box.x0 + 3 < r.at < box.x1 - 3], 2.6)
    allowed = int(0.12 * len(body))  # a long label may run into a blank cell beside it
    wide = _corridors([[(p[0].x0, p[-1].x1) for p in s.parts] for s in body], allowed)
    fine = _corridors([_words_of(s) for s in body], allowed)
    begin = next(i for i, s in enumerate(strips) if s is body[0])
    over = [*above, *(s.line for s in strips[:begin])]
    bounds: list[tuple[float, float]] = []
    for lo, hi in wide:
        if hi - lo >= (0.3 if len(body) >= 4 else 0.7) * size:
            bounds.append((lo, hi))
    for lo, hi in fine:
        if hi - lo < 0.28 * size or any(lo < b and a < hi for a, b in bounds):
            continue
        if (len(body) >= 2 and _beside_numbers(body, lo, hi)) or any(_between_periods(line, lo, hi) for line in over):
            bounds.append((lo, hi))
    bounds += _beside_lone_labels(body, strips)
    edge = group_edge(body, strips)
    if edge is not None and not any(lo - 1 <= edge <= hi + 1 for lo, hi in bounds):
        bounds.append((edge - 2, edge))
    heads = [(w.x0, w.x1) for line in over for w in line.words]
    held = [span for s in strips[begin:] for span in _words_of(s)]
    soft = [_clearest(lo, hi, held, heads) for lo, hi in bounds if not any(lo - 1 <= h <= hi + 1 for h in hard)]
    cuts = sorted([*soft, *hard])
    xs = [box.x0, *(c for c in cuts if box.x0 + 2 < c < box.x1 - 2), box.x1]
    starts = [p[0].x0 for s in strips for p in s.parts]
    c = 1
    while c < len(xs) - 1:  # long labels leave two corridors around their ends: where no text begins is no column
        if xs[c] in hard or any(xs[c - 1] - 1 <= x <= xs[c] for x in starts):
            c += 1
        else:
            xs.pop(max(1, c - 1))
    return [x for k, x in enumerate(xs) if not 1 < k < len(xs) - 1 or x in hard or not _only_thousands(body, xs, k)]


def _only_thousands(body: list[Strip], xs: list[float], k: int) -> bool:
    """Whether a column holds nothing but the thousands of a few figures of the next one, set a blank apart (`1 871`).

    `k` is the column's right bound.
    """
    left = right = 0
    for strip in body:
        words = strip.line.words
        mine = [i for i, w in enumerate(words) if xs[k - 1] < w.mid <= xs[k]]
        right += any(xs[k] < w.mid <= xs[k + 1] for w in words)
        for i in mine:
            after = words[i + 1] if i + 1 < len(words) else None
            if len(mine) > 1 or after is None or not words[i].text.isdecimal() or after.mid > xs[k + 1]:
                return False
            if after.x0 - words[i].x1 > 0.42 * after.size or not is_number(f"{words[i].text} {after.text}"):
                return False
            left += 1
    return 0 < left < 0.5 * right


FEW = 2
FULL = 0.8
"""In more rows than the first of these, with more figures than this share, no column is without any."""


def split_by_heads(strips: list[Strip], xs: list[float]) -> list[float]:
    """Column bounds with those added that only the heads show: of columns with hardly a figure on this page.

    A column is cut where texts of one header line stand apart over it, without cutting a figure or another head.
    """
    first = header_end(strips, xs)
    found = list(xs)
    if max((sum(column_of(p[-1], xs) > 0 for p in s.parts) for s in strips[:first]), default=0) <= len(xs) - 2:
        return found  # each column has its head, wherever in its cell that stands
    filled = [len({column_of(p[0], xs) for p in s.parts} - {0}) for s in strips[first:] if s.values]
    sparse = len(filled) <= FEW or sum(filled) < FULL * len(filled) * (len(xs) - 2)
    for c in range(1, len(xs) - 1):
        figures = [(p[0].x0, p[-1].x1) for s in strips[first:] for p in s.parts if column_of(p[0], xs) == c]
        over = [[p for p in s.parts if xs[c] < (p[0].x0 + p[-1].x1) / 2 <= xs[c + 1]] for s in strips[:first]]
        heads = max(over, key=len, default=[])
        if len(heads) < 2 or any(is_value(chunk_text(p)) and not is_period(chunk_text(p)) for p in heads):
            continue
        bounds = [(a[-1].x1 + b[0].x0) / 2 for a, b in pairwise(heads)]
        crossed = any(a[0].x0 + 1 < x < a[-1].x1 - 1 for parts in over for a in parts for x in bounds)
        homes = {sum(x < (lo + hi) / 2 for x in bounds) for lo, hi in figures}
        if len(homes) <= len(bounds) and not sparse:
            continue
        if not crossed and not any(lo < x < hi for lo, hi in figures for x in bounds):
            found += bounds
    return sorted(found)


def _clearest(lo: float, hi: float, held: list[tuple[float, float]], heads: list[tuple[float, float]]) -> float:
    """The middle of the widest part of a corridor that the fewest words reach into, those of lone labels too.

    The longest labels of a column end close before its neighbour's figures, which stand at their left; and heads may
    be wider than their figures.
    """
    near = [(a, b) for a, b in (*held, *heads) if b > lo and a < hi]
    edges = sorted({lo, hi, *(x for span in near for x in span if lo < x < hi)})
    parts = [
        (sum(a < y and x < b for x, y in held), sum(a < y and x < b for x, y in heads), a - b, (a + b) / 2)
        for a, b in pairwise(edges)
        if b - a > 0.5
    ]
    return min(parts)[-1] if parts else (lo + hi) / 2


def _between_periods(line: Line, lo: float, hi: float) -> bool:
    """Whether a corridor stands between (or left of) years or months in a row of three or more, heads of columns."""
    for period, group in groupby(line.words, key=lambda w: is_period(w.text)):
        run = list(group)
        if period and len(run) >= 3:
            first = abs(run[0].x0 - hi) < 2 and not any(lo < w.x0 < hi for w in line.words)
            return first or any(a.x0 < lo and a.x1 < hi + 1 and b.x0 > lo - 1 and b.x1 > hi for a, b in pairwise(run))
    return False


def _words_of(strip: Strip) -> list[tuple[float, float]]:
    """Left and right of a line's words, a currency set apart taken with its figure."""
    spans: list[tuple[float, float]] = []
    for part in strip.parts:
        if len(part) > 1 and part[0].text in CURRENCIES:
            spans.append((part[0].x0, part[-1].x1))
        else:
            spans += [(w.x0, w.x1) for w in part]
    return spans


def _only_periods(strip: Strip) -> bool:
    values = [chunk_text(p) for p in strip.parts if is_value(chunk_text(p))]
    return bool(values) and all(is_year(v.strip("()% ")) or is_period(v) for v in values)


def _corridors(rows: list[list[tuple[float, float]]], allowed: int) -> list[tuple[float, float]]:
    """Maximal x intervals that at most `allowed` rows cover, between the outermost words."""
    events: list[tuple[float, int]] = []
    for spans in rows:
        for lo, hi in spans:
            events += [(lo, 1), (hi, -1)]
    events.sort()
    found: list[tuple[float, float]] = []
    depth, start = 0, None
    for x, step in events:
        if step == 1 and depth == allowed and start is not None:
            if x - start > 0.5:
                found.append((start, x))
            start = None
        depth += step
        if step == -1 and depth == allowed:
            start = x
    return found


def _beside_lone_labels(body: list[Strip], strips: list[Strip]) -> list[tuple[float, float]]:
    """The white between the figures and labels that share no line with them, since each has two around its figures'."""
    left = min(s.line.x0 for s in body)
    lone = [s for s in strips if s not in body and len(s.parts) == 1 and not s.values and s.line.x1 < left]
    between = [s for s in lone if body[0].line.base - 2 * s.line.size < s.line.base]
    if len(between) < max(2, len(body)) or any(not is_value(chunk_text(s.parts[0])) for s in body):
        return []
    return [(max(s.line.x1 for s in between), left)]


def group_edge(body: list[Strip], strips: list[Strip]) -> float | None:
    """The left edge of labels that stand beside a group column which only some lines fill (`1e lijn`).

    A group's label may stand on lines of its own, between the rows that it holds for.
    """
    starts = sorted(w.x0 for s in body for w in s.line.words if not is_value(w.text))
    first = header_end(strips, [min(starts, default=0.0), max(starts, default=0.0) + 1]) if starts else 0
    own = [s for s in strips[first:] if s not in body and len(s.parts) == 1 and len(s.line.words) <= 3]
    # figures may stand in the middle of a label's lines, without any of its words on theirs
    named = [s for s in body if any(not is_value(w.text) for w in s.line.words)]
    for edge in clusters(starts, 1.2):
        on = [s for s in named if any(abs(w.x0 - edge) <= 1.5 for w in s.line.words)]
        if len(on) < 0.8 * len(named) or len(on) < 4:
            continue
        beside = [s for s in on if any(w.x1 < edge - 0.25 * w.size for w in s.line.words)]
        left = beside + [s for s in own if s.line.x1 < edge - 0.25 * s.line.size]
        clean = all(edge - max(w.x1 for w in s.line.words if w.x0 < edge - 1.5) > 0.22 * s.line.size for s in left)
        if 1 <= len(left) <= 0.6 * len(on) and len(on) - len(beside) >= 3 and clean:
            return edge
    return None


def _beside_numbers(body: list[Strip], lo: float, hi: float) -> bool:
    """Whether the words right of a narrow corridor are numbers in most lines that have words on both sides."""
    both = numbers = 0
    for strip in body:
        left = [w for w in strip.line.words if w.x1 <= lo + 1]
        right = [w for w in strip.line.words if w.x0 >= hi - 1]
        if left and right:
            both += 1
            one = is_value(left[-1].text) and is_value(f"{left[-1].text} {right[0].text}")  # thousands a blank apart
            numbers += is_value(right[0].text) and (hi - lo > 0.5 * right[0].size or not one)
    return both >= min(3, len(body)) and numbers >= 0.8 * both
