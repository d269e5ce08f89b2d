"""Pie and ring charts: slices around one middle, their values and labels paired by angle or by the legend's colours."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.legends import NUMBER, Coloured, Key, Value, around, keys_of, nearest
from extractors.page import Page, Piece, Word
from schemas.printed import Box

SLICE = 8.0
"""A slice is at least so wide or high, in points."""
MOST_SLICES = 80
"""A page with more shapes than this is a map or a drawing."""
REACH = 1.75
"""Labels stand no further from the middle than so many radii, to their nearest edge."""


@dataclass(frozen=True, slots=True)
class _Slice:
    """One slice: the angles where it begins and ends (radians, counted the way the page runs), and its colour."""

    start: float
    sweep: float
    colour: tuple[int, int, int]

    def holds(self, angle: float) -> bool:
        return (angle - self.start) % math.tau <= self.sweep + 1e-6


def pies(page: Page) -> list[Coloured]:
    """The page's pies whose slices can all be told apart."""
    found: list[Coloured] = []
    lines = keys_of(page)
    for group in _rings(page.pieces):
        xs = [x for piece in group for x, _ in piece.points]
        ys = [y for piece in group for _, y in piece.points]
        box = Box(min(xs), min(ys), max(xs), max(ys))
        keys = nearest(lines, box)
        drawn = _read(page, group, box, keys)
        told = {k.colour for k in keys} & {piece.colour for piece in group}
        if drawn.values or len(told) > 1:  # else a round of shapes may be a logo
            found.append(drawn)
    return found


def _rings(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Groups of shapes that touch and together fill a round."""
    groups: list[list[Piece]] = []
    large = [p for p in pieces if len(p.points) >= 4 and max(_extent(p)) >= SLICE]
    for piece in large if len(large) <= MOST_SLICES else ():
        home = [g for g in groups if any(_touch(piece, other) for other in g)]
        for g in home[1:]:
            home[0].extend(g)
            groups.remove(g)
        if home:
            home[0].append(piece)
        else:
            groups.append([piece])
    rounds = []
    for group in groups:
        xs = [x for p in group for x, _ in p.points]
        ys = [y for p in group for _, y in p.points]
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        if 2 <= len(group) <= 16 and wide >= 40 and abs(wide - high) <= 0.12 * wide:
            middle, radius = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2), (wide + high) / 4
            far = [max(math.dist(middle, q) for q in p.points) for p in group]
            if all(0.8 * radius <= f <= 1.25 * radius for f in far):
                rounds.append(group)
    return rounds


def _extent(piece: Piece) -> tuple[float, float]:
    xs, ys = [x for x, _ in piece.points], [y for _, y in piece.points]
    return max(xs) - min(xs), max(ys) - min(ys)


def _touch(a: Piece, b: Piece) -> bool:
    """Whether two shapes have a corner in common, or nearly."""
    near = {(round(x / 3 + i), round(y / 3 + j)) for x, y in a.points for i in (-1, 0, 1) for j in (-1, 0, 1)}
    return any((round(x / 3), round(y / 3)) in near for x, y in b.points)


def _read(page: Page, group: Sequence[Piece], box: Box, keys: Sequence[Key]) -> Coloured:
    middle = ((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2)
    radius = (box.x1 - box.x0 + box.bottom - box.top) / 4
    slices = [_slice(piece, middle, radius) for piece in group]
    by_colour = {k.colour: k for k in keys}
    named = all(s.colour in by_colour for s in slices) and len({s.colour for s in slices}) == len(slices)
    inside = [w for w in page.words if math.dist(middle, (w.mid, (w.top + w.bottom) / 2)) <= radius]
    taken = {id(w) for k in keys for w in k.words} if named else set()
    outside = [g for g in _texts(page, middle, radius) if not any(id(w) in taken for w in g)]
    values: dict[int, list[tuple[Word, ...]]] = {k: [] for k in range(len(slices))}
    labels: dict[int, list[tuple[Word, ...]]] = {k: [] for k in range(len(slices))}
    for words in [(w,) for w in inside] + outside:
        edge = around(words)
        at = (
            _nearest(edge, middle)
            if words[0] not in inside
            else ((edge.x0 + edge.x1) / 2, (edge.top + edge.bottom) / 2)
        )
        angle = math.atan2(at[1] - middle[1], at[0] - middle[0])
        k = next((k for k, s in enumerate(slices) if s.holds(angle)), None)
        if k is None:
            continue
        digits = tuple(w for w in words if NUMBER.match(w.text))
        text = tuple(w for w in words if w not in digits)
        if digits:
            values[k].append(digits)
        if text:
            labels[k].append(text)
    read: list[Value] = []
    for k, one in enumerate(slices):
        number: tuple[Word, ...] = values[k][0] if len(values[k]) == 1 and len(values[k][0]) == 1 else ()
        if named:
            key = by_colour[one.colour]
            own = [w for w in key.words if NUMBER.match(w.text)]
            label = tuple(w for w in key.words if w not in own)
            number = number or (tuple(own) if len(own) == 1 else ())
        else:
            label = _own_label(labels[k], middle, radius)
        if number and label:
            read.append(Value(number, label))
    boxes = [box] + [around(v.words) for v in read] + [around(v.category) for v in read]
    whole = Box(min(b.x0 for b in boxes) - 1, min(b.top for b in boxes) - 1, max(b.x1 for b in boxes) + 1,
                max(b.bottom for b in boxes) + 1)  # fmt: skip
    return Coloured(tuple(read), len(slices), whole, frozenset())


def _own_label(texts: Sequence[tuple[Word, ...]], middle: tuple[float, float], radius: float) -> tuple[Word, ...]:
    """The text that stands by far nearest to a slice; none where two stand equally near."""
    ordered = sorted((math.dist(middle, _nearest(around(t), middle)), k) for k, t in enumerate(texts))
    if not ordered or (len(ordered) > 1 and ordered[1][0] - ordered[0][0] < 0.1 * radius):
        return ()
    return texts[ordered[0][1]]


def _slice(piece: Piece, middle: tuple[float, float], radius: float) -> _Slice:
    """The angles of a slice: the points on its outer edge, and the widest gap between them left out."""
    outer = [p for p in piece.points if math.dist(middle, p) >= 0.93 * radius]
    angles = sorted({round(math.atan2(y - middle[1], x - middle[0]) % math.tau, 4) for x, y in outer})
    if len(angles) < 2:
        return _Slice(angles[0] if angles else 0.0, 0.0, piece.colour)
    gaps = [((b - a) % math.tau, b) for a, b in zip(angles, [*angles[1:], angles[0]], strict=True)]
    gap, start = max(gaps)
    return _Slice(start, math.tau - gap, piece.colour)


def _nearest(box: Box, middle: tuple[float, float]) -> tuple[float, float]:
    return min(max(middle[0], box.x0), box.x1), min(max(middle[1], box.top), box.bottom)


def _texts(page: Page, middle: tuple[float, float], radius: float) -> list[tuple[Word, ...]]:
    """Words outside the round and near it, those of one label together."""
    near = []
    for word in page.words:
        centre = (word.mid, (word.top + word.bottom) / 2)
        if math.dist(middle, centre) > radius and math.dist(middle, _nearest(word.box, middle)) <= REACH * radius:
            near.append(word)
    groups: list[list[Word]] = []
    for word in sorted(near, key=lambda w: (round(w.base), w.x0)):
        home = next((g for g in groups if any(_close(word, other) for other in g)), None)
        if home is None:
            groups.append([word])
        else:
            home.append(word)
    return [tuple(g) for g in groups if len(g) <= 10 and not re.search(r"[.!?]$", g[-1].text)]


def _close(a: Word, b: Word) -> bool:
    same = abs(a.base - b.base) < 0.3 * a.size and -1 <= max(a.x0, b.x0) - min(a.x1, b.x1) <= 0.6 * a.size
    under = 0 < abs(a.base - b.base) <= 1.35 * a.size and min(a.x1, b.x1) - max(a.x0, b.x0) > 0
    return same or under
