"""What the ink of a word tells: where it really stands, how large and how heavy its letters are, their colour.

Engines give boxes that are a few pixels off and say nothing of size or weight, by which headings are known. Sizes come
from the height of the ink and the letters read: `x` is about half as high as its type is large, `H` seven tenths.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np

from extractors.page import Rule, Word
from extractors.scans.engines import Seen
from extractors.scans.picture import Sheet
from extractors.words import mark_raised

_X_HEIGHT, _CAPITAL, _DESCENT = 0.52, 0.72, 0.21
"""Parts of the type size, the means of usual text faces (Arial, Times, Calibri, Frutiger)."""
_LOW = frozenset("acemnorsuvwxz")
_DEEP = frozenset("gjpqyçQ,;")
_FLAT = frozenset("-–—_.,:;'’‘\"“”•·~=+*°|<>")


_Runs = list[tuple[float, float]]
"""Stretches of ink along a line: left and right edges in pixels."""


@dataclass(slots=True)
class _Measured:
    """A word in pixels; `size` and `base` are None where its characters tell nothing (`-`, `.`)."""

    seen: Seen
    size: float | None
    base: float | None
    stroke: float | None
    colour: tuple[int, int, int]


class Ink:
    """The ink of a sheet without its ruled lines."""

    def __init__(self, sheet: Sheet, rules: Sequence[Rule]) -> None:
        self.sheet = sheet
        grey = cv2.medianBlur(sheet.grey, 3)
        for rule in rules:
            half = max(2, round(rule.width * sheet.scale / 2) + 1)
            at, lo, hi = (round(v * sheet.scale) for v in (rule.at, rule.lo, rule.hi))
            if rule.horizontal:
                grey[max(0, at - half) : at + half + 1, max(0, lo) : hi + 1] = 255
            else:
                grey[max(0, lo) : hi + 1, max(0, at - half) : at + half + 1] = 255
        self.grey = grey

    def words(self, seen: Sequence[Seen]) -> list[Word]:
        """The words in points, in the order of `seen`, with size, baseline, weight and colour."""
        lines: dict[int, list[Seen]] = {}
        for word in seen:
            lines.setdefault(word.line, []).append(word)
        result: list[Word] = []
        for line in lines.values():
            parts = _parted(self._tightened(line))
            measured = [self._measured(word) for word, _ in parts]
            size, base = _usual(measured)
            final: list[_Measured] = []
            for (word, runs), known in zip(parts, measured, strict=True):
                final += self._mark_cut_off(word, runs, size, base) or [known]
            result += _words(final, size, base, self.sheet.scale)
        mark_raised(result)
        return result

    def _mark_cut_off(self, word: Seen, runs: _Runs, size: float, base: float) -> list[_Measured]:
        """The words that `12,` or `Unia12,` are when 12 is small and raised, a footnote's mark; else nothing."""
        glued = _GLUED.fullmatch(word.text)
        if glued is not None and len(runs) >= 2:
            end = len(runs) - bool(glued["after"])
            begin = end
            while begin > 1 and self._raised_run(word, runs[begin - 1], size, base):
                begin -= 1
            if begin == end:
                return []
            rest = self._measured(replace(word, text=glued["word"] + glued["after"], x1=runs[begin - 1][1]))
            return [rest, self._measured(replace(word, text=glued["mark"], x0=runs[begin][0], x1=runs[end - 1][1]))]
        hit = _MARKED.fullmatch(word.text)
        if hit is None or len(runs) < 2:
            return []
        mark = self._measured(replace(word, text=hit["mark"], x1=runs[-2][1]))
        if not _is_raised(mark, size, base):
            return []
        return [mark, self._measured(replace(word, text=hit["after"], x0=runs[-1][0]))]

    def _raised_run(self, word: Seen, run: tuple[float, float], size: float, base: float) -> bool:
        """Whether one stretch of a word's ink is a small raised digit."""
        return _is_raised(self._measured(replace(word, text="0", x0=run[0], x1=run[1])), size, base)

    def _mask(self, x0: float, top: float, x1: float, bottom: float) -> np.ndarray:
        """Where the ink is in a box of pixels (bool); light letters on a dark ground count as ink."""
        rows, columns = self.grey.shape
        part = self.grey[max(0, round(top)) : min(rows, round(bottom)), max(0, round(x0)) : min(columns, round(x1))]
        if not part.size:
            return np.zeros((1, 1), dtype=bool)
        ground, dark, light = (float(v) for v in np.percentile(part, (50, 2, 98)))
        if ground < 140 and light - ground > 60:
            return np.asarray(part > (ground + light) / 2)
        return (
            np.asarray(part < (dark + max(ground, 200)) / 2) if ground - dark > 40 else np.zeros(part.shape, dtype=bool)
        )

    def _tightened(self, line: list[Seen]) -> list[tuple[Seen, _Runs]]:
        """Each word with its edges moved to the ink, and its runs of ink (left, right) from left to right."""
        left, right = min(w.x0 for w in line) - 4, max(w.x1 for w in line) + 4
        top, bottom = median(w.top for w in line), median(w.bottom for w in line)
        columns = np.asarray(self._mask(left, top, right, bottom).any(axis=0))
        runs = _runs(columns, max(2, round(0.06 * (bottom - top))), max(0.0, left))
        owned: dict[int, _Runs] = {}
        shared: set[int] = set()
        for run in runs:
            over = [max(0.0, min(run[1], w.x1) - max(run[0], w.x0)) for w in line]
            best = int(np.argmax(over))
            if over[best] <= 0:
                best = int(np.argmin([min(abs(w.x0 - run[1]), abs(run[0] - w.x1)) for w in line]))
            owned.setdefault(best, []).append(run)
            for k, (w, amount) in enumerate(zip(line, over, strict=True)):
                if k != best and amount > 0.5 * (w.x1 - w.x0):
                    shared |= {k, best}
        result = []
        for k, word in enumerate(line):
            mine = owned.get(k, [])
            apart = bool(mine) and k not in shared
            result.append((replace(word, x0=mine[0][0], x1=mine[-1][1]) if apart else word, mine if apart else []))
        return result

    def _measured(self, word: Seen) -> _Measured:
        high = word.bottom - word.top
        reach = 0.1 * high
        mask = self._mask(word.x0, word.top - reach, word.x1, word.bottom + reach)
        rows = np.flatnonzero(mask.any(axis=1))
        none = _Measured(word, None, None, None, (0, 0, 0))
        if not len(rows):
            return none
        top, bottom = _upright_extent(np.asarray(mask.any(axis=1)), max(3, round(0.14 * high)))
        origin = max(0, round(word.top - reach))
        stroke = _stroke(mask[top:bottom])
        colour = self._colour(word, mask)
        placed = replace(word, top=origin + top, bottom=origin + bottom)
        placed = replace(placed, text=_CAPITAL_L.sub("I", word.text))
        if word.text == "1" and _slant(mask[top:bottom]) > 0.18:
            placed = replace(placed, text="/")  # a slash that stands alone, in cells that say `none`
        letters = [c for c in word.text if c not in _FLAT]
        if not letters:
            return _Measured(placed, None, None, None, colour)
        above = _X_HEIGHT if all(c in _LOW for c in letters) else _CAPITAL
        below = _DESCENT if any(c in _DEEP for c in word.text) else 0.0
        size = (bottom - top) / (above + below)
        return _Measured(placed, size, origin + bottom - below * size, stroke, colour)

    def _colour(self, word: Seen, mask: np.ndarray) -> tuple[int, int, int]:
        top, left = max(0, round(word.top - 0.1 * (word.bottom - word.top))), max(0, round(word.x0))
        part = self.sheet.colour[top : top + mask.shape[0], left : left + mask.shape[1]][mask]
        if not len(part):
            return (0, 0, 0)
        red, green, blue = (int(v) for v in np.median(part, axis=0))
        # grey is black ink and noise
        return (red, green, blue) if max(red, green, blue) - min(red, green, blue) > 50 else (0, 0, 0)


def _runs(columns: np.ndarray, gap: int, origin: float) -> _Runs:
    """Stretches of inked columns, joined over gaps narrower than `gap` pixels."""
    where = np.flatnonzero(columns)
    if not len(where):
        return []
    cuts = np.flatnonzero(np.diff(where) > gap)
    starts, ends = np.concatenate(([0], cuts + 1)), np.concatenate((cuts, [len(where) - 1]))
    return [(origin + float(where[a]), origin + float(where[b]) + 1) for a, b in zip(starts, ends, strict=True)]


def _upright_extent(rows: np.ndarray, gap: int) -> tuple[int, int]:
    """First and last inked row (exclusive), going out from the middle and not over white wider than `gap`."""
    where = np.flatnonzero(rows)
    middle = where[np.argmin(np.abs(where - len(rows) / 2))]
    top = bottom = int(middle)
    for row in where[where < middle][::-1]:
        if top - row > gap:
            break
        top = int(row)
    for row in where[where > middle]:
        if row - bottom > gap:
            break
        bottom = int(row)
    return top, bottom + 1


def _stroke(mask: np.ndarray) -> float:
    """The mean width of strokes in pixels: twice their area by the length of their edges."""
    padded = np.pad(mask, 1).astype(np.int8)
    edges = float(np.abs(np.diff(padded, axis=0)).sum() + np.abs(np.diff(padded, axis=1)).sum())
    # steps along the grid are longer than the edge that they follow, by 4/pi on average over all directions
    return 2 * float(mask.sum()) / (edges * np.pi / 4) if edges else 0.0


_DASHES = "-–—|•·"
_MARKED = re.compile(r"(?P<mark>\d{1,2})(?P<after>[,.;:)]+)")
"""A footnote's mark before punctuation, read as one word."""
_GLUED = re.compile(r"(?P<word>.*[^\W\d]{2})(?P<mark>\d{1,3})(?P<after>[,.;:)]*)")
"""A footnote's mark that was read as the end of its word."""
_CAPITAL_L = re.compile(r"(?<=[A-Z]{2})l(?![a-z])|(?<![A-Za-z])l(?=[A-Z]{2})")
"""An `l` among capitals: in most sans-serif faces it is the same glyph as `I`."""


def _parted(line: list[tuple[Seen, _Runs]]) -> list[tuple[Seen, _Runs]]:
    """The words of a line; a dash or bar that was read as part of a word, white between them, is cut off."""
    result: list[tuple[Seen, _Runs]] = []
    for whole, ink in line:
        word, runs = whole, ink
        high = word.bottom - word.top
        after: list[tuple[Seen, _Runs]] = []
        if len(word.text) > 2 and len(runs) > 1:
            narrow = 0.6 * high
            if (
                word.text[0] in _DASHES and word.text[1].isalnum()
                and runs[1][0] - runs[0][1] > 0.15 * high and runs[0][1] - runs[0][0] < narrow
            ):  # fmt: skip
                result.append((replace(word, text=word.text[0], x1=runs[0][1]), runs[:1]))
                word, runs = replace(word, text=word.text[1:], x0=runs[1][0]), runs[1:]
            elif (
                word.text[-1] in _DASHES and word.text[-2].isalnum()
                and runs[-1][0] - runs[-2][1] > 0.15 * high and runs[-1][1] - runs[-1][0] < narrow
            ):  # fmt: skip
                after = [(replace(word, text=word.text[-1], x0=runs[-1][0]), runs[-1:])]
                word, runs = replace(word, text=word.text[:-1], x1=runs[-2][1]), runs[:-1]
        result += [(word, runs), *after]
    return result


def _slant(mask: np.ndarray) -> float:
    """How far the ink of a sign leans to the right from its foot to its head, by its height; a 1 leans 0 or less."""
    third = max(1, len(mask) // 3)
    head, foot = np.nonzero(mask[:third])[1], np.nonzero(mask[-third:])[1]
    return float(head.mean() - foot.mean()) / len(mask) if len(head) and len(foot) else 0.0


def _usual(line: list[_Measured]) -> tuple[float, float]:
    """Type size and baseline of most letters of a line, in pixels."""
    told = [(m.size, m.base, len(m.seen.text)) for m in line if m.size is not None and m.base is not None]
    if told:
        return _weighted_median([(s, n) for s, _, n in told]), _weighted_median([(b, n) for _, b, n in told])
    return 0.8 * median(m.seen.bottom - m.seen.top for m in line), median(m.seen.bottom for m in line)


def _is_raised(word: _Measured, size: float, base: float) -> bool:
    """Whether a number is a small one above the baseline."""
    small = word.seen.text.isdigit() and len(word.seen.text) <= 3 and (word.size or size) <= 0.82 * size
    return small and (word.base or base) <= base - 0.15 * size


def _words(line: list[_Measured], size: float, base: float, scale: float) -> list[Word]:
    """A line's words in points: one size and baseline for all that do not stand out as small and raised."""
    strokes = [(m.stroke / size, len(m.seen.text)) for m in line if m.stroke is not None]
    usual = _weighted_median(strokes) if strokes else 0.0
    colour = max((m.colour for m in line), key=[m.colour for m in line].count)
    result = []
    for m in line:
        raised = _is_raised(m, size, base)
        own_size, own_base = m.size or size, m.base or base
        heavy = m.stroke / size if m.stroke is not None and len(m.seen.text) >= 6 else usual
        word = Word(
            m.seen.text, m.seen.x0 / scale, m.seen.top / scale, m.seen.x1 / scale, m.seen.bottom / scale,
            (own_base if raised else base) / scale, (own_size if raised else size) / scale,
            colour=colour, ocr=m.seen.confidence, stroke=heavy,
        )  # fmt: skip
        result.append(word)
    return result


def _weighted_median(values: list[tuple[float, int]]) -> float:
    ordered = sorted(values)
    half, seen = sum(n for _, n in ordered) / 2, 0
    for value, weight in ordered:
        seen += weight
        if seen >= half:
            return value
    return ordered[-1][0]


def level(words: Sequence[Word]) -> None:
    """Gives the words of a whole report few sizes and two weights, as they were set; `words` are changed.

    Measured sizes scatter by a few percent: those within 7 % of a commoner one become it. Words whose strokes are a
    quarter heavier than those of most text of their size are bold (blur makes small type look heavier than large).
    """
    told = [w for w in words if not w.raised]
    if not told:
        return
    left: Counter[float] = Counter()
    for word in told:
        left[round(word.size, 1)] += len(word.text)
    centre: dict[float, float] = {}
    while left:
        groups = {s: [t for t in left if abs(t - s) <= 0.07 * s] for s in left}
        best = max(left, key=lambda s: (sum(left[t] for t in groups[s]), left[s], -s))
        mean = sum(t * left[t] for t in groups[best]) / sum(left[t] for t in groups[best])
        for t in groups[best]:
            centre[t] = round(2 * mean) / 2
            del left[t]
    strokes: dict[float, list[tuple[float, int]]] = {}
    for word in told:
        word.size = centre[round(word.size, 1)]
        strokes.setdefault(word.size, []).append((word.stroke, len(word.text)))
    total = sum(len(w.text) for w in told)
    # a size that only headings have tells nothing of its regular weight
    usual = {s: _weighted_median(v) for s, v in strokes.items() if sum(n for _, n in v) >= 0.1 * total}
    for word in told:
        nearest = min(usual or {word.size: word.stroke}, key=lambda s: (abs(s - word.size), s))
        word.bold = word.stroke > 1.25 * usual.get(nearest, word.stroke)
