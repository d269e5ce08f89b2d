"""What the ink of a word tells: where it really stands, how large and how heavy its letters are, their colour.

Engines give boxes that are a few pixels off and say nothing of size or weight, by which headings are known. Sizes come
from the height of the ink and the letters read: `x` is about half as high as its type is large, `H` seven tenths.
"""

from __future__ import annotations

import math
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
_ODD = frozenset("/|()[]{}")
_FLAT = frozenset("-–—_.,:;'’‘\"“”•·~=+*°|<>")


LONG_LINE = 20
"""Lines of so many letters show how much the strokes of one weight scatter."""
SMALL_LETTERS = 4
"""So many small letters show by themselves where the line and the baseline of small letters run."""
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
    low: tuple[float, float] | None = None
    """top and foot of its small letters (x-height and baseline), where it has enough of them"""


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
        parted = [_parted(self._tightened(line)) for line in lines.values()]
        read = [[self._measured(word) for word, _ in parts] for parts in parted]
        for parts, measured in zip(parted, _by_small_letters(read), strict=True):
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
        tall = _without_brackets(mask, word.text)
        rows = np.flatnonzero(tall.any(axis=1))
        none = _Measured(word, None, None, None, (0, 0, 0))
        if not len(rows):
            return none
        top, bottom = _upright_extent(np.asarray(tall.any(axis=1)), max(3, round(0.14 * high)))
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
        if size < 0.4 * high:
            return _Measured(word, None, None, stroke, colour)  # a sign of it, or dust: not the word
        low = _small_letters(tall) if sum(c.islower() for c in word.text) >= SMALL_LETTERS else None
        if low is not None:
            low = origin + low[0], origin + low[1]
        return _Measured(placed, size, origin + bottom - below * size, stroke, colour, low)

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


def _small_letters(mask: np.ndarray) -> tuple[float, float]:
    """First and last row (exclusive) of most of the ink: from the small letters' line to the baseline."""
    across = np.convolve(mask.sum(axis=1).astype(float), np.ones(3) / 3, "same")
    much = 0.45 * float(np.sort(across)[-max(1, len(across) // 5) :].mean())
    top = bottom = int(np.argmax(across))
    while top > 0 and across[top - 1] >= much:
        top -= 1
    while bottom + 1 < len(across) and across[bottom + 1] >= much:
        bottom += 1
    return float(top), float(bottom + 1)


def _by_small_letters(lines: list[list[_Measured]]) -> list[list[_Measured]]:
    """The words with size and baseline told by their small letters where the whole of their ink says otherwise.

    In narrow lines a word's box holds ink of the lines above and below it. How high small letters are by the size of
    the type is the sheet's own: that of most of its words.
    """
    told = [(m.low[1] - m.low[0]) / m.size for line in lines for m in line if m.low and m.size]
    if len(told) < SMALL_LETTERS:
        return lines
    part = median(told)
    return [[_mended(m, part) for m in line] for line in lines]


def _mended(word: _Measured, part: float) -> _Measured:
    if word.low is None or not word.size or word.base is None:
        return word
    size, base = (word.low[1] - word.low[0]) / part, word.low[1]
    high = word.seen.bottom - word.seen.top
    if 0.8 * size <= word.size <= 1.2 * size and abs(word.base - base) <= 0.2 * size:
        return word
    if not 0.5 * high <= size <= 1.6 * high:
        return word  # nothing that its box could hold
    below = _DESCENT if any(c in _DEEP for c in word.seen.text) else 0.0
    above = _X_HEIGHT if all(c in _LOW for c in word.seen.text if c not in _FLAT) else _CAPITAL
    placed = replace(word.seen, top=base - above * size, bottom=base + below * size)
    return replace(word, seen=placed, size=size, base=base)


def _without_brackets(mask: np.ndarray, text: str) -> np.ndarray:
    """The ink of a word without the brackets at its ends: how far they reach differs from face to face."""
    bare = text.lstrip("([{")
    first, last = len(text) - len(bare), len(bare) - len(bare.rstrip(")]}"))
    if len(text) - first - last < 2:
        return mask
    step = mask.shape[1] / len(text)
    return mask[:, round(first * step) : mask.shape[1] - round(last * step)]


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
_CAPITAL_L = re.compile(
    r"(?<=[A-Z]{2})l(?![a-z])|(?<![A-Za-z])l(?=[A-Z]{2})|(?<=\b[BCDFGHJKLMNPQRSTVWXZ])l(?![A-Za-z.])"
)
"""An `l` among capitals, or after a lone consonant (no word is so made): in most sans-serif faces it looks like `I`."""


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
    sized = [m for m in line if m.size is not None and m.base is not None]
    # slashes and brackets reach higher and lower than letters, and not alike in every face
    plain = [m for m in sized if not _ODD & set(m.seen.text)]
    if 3 * sum(len(m.seen.text) for m in plain) >= sum(len(m.seen.text) for m in sized):
        sized = plain
    told = [(m.size, m.base, len(m.seen.text)) for m in sized if m.size is not None and m.base is not None]
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


def level(pages: Sequence[Sequence[Word]]) -> None:
    """Gives the words of a whole report few sizes and two weights, as they were set; the words are changed.

    Measured sizes scatter by a few percent: those within 7 % of a commoner one become it. How dark a sheet was scanned
    differs from page to page, so strokes are held against those of most text of the same size and page. A line whose
    words are all heavier than the page's lines scatter is bold; within a line of text a word by itself has to be a
    quarter heavier.
    """
    told = [[w for w in words if not w.raised] for words in pages]
    every = [w for words in told for w in words]
    if not every:
        return
    centre = _centres(every)
    measured = [w.size for w in every]
    for word in every:
        word.size = centre[round(word.size, 1)]
    for words in told:
        _as_around(_lines(words))
    for word, size in zip(every, measured, strict=True):
        word.stroke *= size / word.size
    usual = _usual_strokes(every)
    for words in told:
        strokes = {id(w): w.stroke / usual[w.size] for w in words if w.stroke}
        if not strokes:
            continue
        dark = _weighted_median([(strokes[id(w)], len(w.text)) for w in words if id(w) in strokes])
        lines = _lines(words)
        means = [_line_stroke(line, strokes) / dark for line in lines]
        long = sorted(m for m, line in zip(means, lines, strict=True) if sum(len(w.text) for w in line) >= LONG_LINE)
        spread = 1 - long[len(long) // 6] if long else 0.0
        heavy = 1 + min(max(0.11, 3.5 * spread), 0.25)
        rows = _row_strokes(lines, means)
        for mean, line in zip(means, lines, strict=True):
            own = sorted(
                strokes.get(id(w), 0.0) / dark
                for w in line
                if sum(c.isalpha() for c in w.text) >= max(SMALL_LETTERS, len(w.text) - 1)
            )
            beside = mean > (1 + heavy) / 2 and rows[round(line[0].base)] > heavy
            whole = beside or (mean > heavy and bool(own) and own[len(own) // 5] > (1 + heavy) / 2)
            for word in line:
                word.bold = whole or strokes.get(id(word), 0.0) / dark > 1.25


def _centres(words: Sequence[Word]) -> dict[float, float]:
    """The size in points that each measured one (to a tenth) stands for."""
    left: Counter[float] = Counter()
    for word in words:
        left[round(word.size, 1)] += len(word.text)
    measured, centres = list(left), []
    while left:
        groups = {s: [t for t in left if abs(t - s) <= 0.07 * s] for s in left}
        best = max(left, key=lambda s: (sum(left[t] for t in groups[s]), left[s], -s))
        centres.append(sum(t * left[t] for t in groups[best]) / sum(left[t] for t in groups[best]))
        for t in groups[best]:
            del left[t]
    return {t: round(2 * min(centres, key=lambda c: abs(math.log(t / c)))) / 2 for t in measured}


def _as_around(lines: Sequence[Sequence[Word]]) -> None:
    """Gives a line between two of one size, in one text with them, their size, if its own is hardly another."""
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        size, own = before[0].size, line[0].size
        steps = (line[0].base - before[0].base, after[0].base - line[0].base)
        together = all(0 < step < 1.8 * size for step in steps) and abs(steps[0] - steps[1]) < 0.25 * size
        beside = abs(before[0].x0 - line[0].x0) < 3 and abs(after[0].x0 - line[0].x0) < 3
        if after[0].size == size and together and beside and abs(own - size) <= 0.13 * size:
            for word in line:
                word.size = size


def _usual_strokes(words: Sequence[Word]) -> dict[float, float]:
    """The stroke of most text of each size; of a size that only headings have, that of the nearest one."""
    strokes: dict[float, list[tuple[float, int]]] = {}
    for word in words:
        strokes.setdefault(word.size, []).append((word.stroke, len(word.text)))
    total = sum(len(w.text) for w in words)
    common = {s: _weighted_median(v) for s, v in strokes.items() if sum(n for _, n in v) >= 0.1 * total}
    common = {s: v for s, v in common.items() if v} or {max(strokes, key=lambda s: len(strokes[s])): 1.0}
    usual = {}
    for size in strokes:
        near = min(common, key=lambda c: (abs(c - size), c))
        # a size hardly another is more likely the same, measured too large or too small: strokes are as wide then
        usual[size] = common[near] * (near / size if abs(near - size) <= 0.12 * near else 1.0)
    return usual


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words that follow each other on one baseline, not further apart than words of a line are."""
    lines: list[list[Word]] = []
    for word in words:
        last = lines[-1][-1] if lines else None
        if last is not None and word.base == last.base and -word.size < word.x0 - last.x1 < 1.5 * word.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _row_strokes(lines: Sequence[Sequence[Word]], means: Sequence[float]) -> dict[int, float]:
    """The mean stroke at each height (rounded to points) where three lines or more stand beside each other, else 0.

    A table's row is set in one weight, its cells are too short to tell it each by itself.
    """
    rows: dict[int, list[tuple[float, int]]] = {}
    for line, mean in zip(lines, means, strict=True):
        rows.setdefault(round(line[0].base), []).append((mean, sum(len(w.text) for w in line)))
    return {
        base: sum(m * n for m, n in told) / sum(n for _, n in told) if len(told) >= 3 else 0.0
        for base, told in rows.items()
    }


def _line_stroke(line: Sequence[Word], strokes: dict[int, float]) -> float:
    """The mean stroke of a line's letters."""
    told = [(strokes[id(w)], len(w.text)) for w in line if id(w) in strokes]
    return sum(s * n for s, n in told) / sum(n for _, n in told) if told else 0.0
