"""The picture of a page made ready for OCR: rendered, turned upright, made straight, its ruled lines found."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np

from extractors.page import Rule

DPI = 200
"""Pixels an inch at which pages are read: the engines gain nothing from more, and lose digits below 150."""
_MOST_TILT = 6.0
"""Degrees: sheets that lie further askew were not scanned but photographed."""
_INK = 175
"""Grey level (paper is 255 after `evened`) below which a pixel is ink or a line."""
_LEAST_RULE = 16.0
"""Points: longer than the widest letter, shorter than the narrowest column."""
_SHORT_RULE = 120.0
"""Points: serifs and arches of letters that touch make runs of ink up to here, never longer."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A straightened grey picture (rows, columns) and how it came from the page as seen.

    The page was turned by `turn` quarters clockwise, then by `tilt` degrees (counter-clockwise in the picture) about
    its centre. `colour` is the same picture in RGB; `scale` pixels make a point.
    """

    grey: np.ndarray
    colour: np.ndarray
    scale: float
    turn: int
    tilt: float

    @property
    def width(self) -> float:
        """Points."""
        return float(self.grey.shape[1]) / self.scale

    @property
    def height(self) -> float:
        """Points."""
        return float(self.grey.shape[0]) / self.scale


def rendered(handle: Any) -> tuple[np.ndarray, float]:
    """The page as seen (rows, columns, RGB) and its pixels a point."""
    width, height = handle.get_size()
    # a poster of a page is drawn smaller: its text is larger too
    scale = min(DPI / 72, 4000 / max(width, height, 1.0))
    return np.asarray(handle.render(scale=scale).to_pil().convert("RGB")), scale


_GLANCE_DPI = 100
_LETTERS_IN_ROWS = 30
_ROW = 5
"""Marks of a letter's size beside each other that make a word."""
_STRONG, _MOST_STRONG = 80, 0.35
"""A pixel of this saturation (of 255) is strongly coloured; on paper, shaded tables included, few are."""


def shows_lines(handle: Any) -> bool:
    """Whether the page's picture seems to be a sheet of text: words on paper, not a photograph, a map or a cover.

    A look that costs a hundredth of OCR.
    """
    width, height = handle.get_size()
    scale = min(_GLANCE_DPI / 72, 2000 / max(width, height, 1.0))
    colour = np.asarray(handle.render(scale=scale).to_pil().convert("RGB"))
    if (cv2.cvtColor(colour, cv2.COLOR_RGB2HSV)[:, :, 1] > _STRONG).mean() > _MOST_STRONG:
        return False
    grey = evened(cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY))
    return any(_letters_in_rows(np.ascontiguousarray(turned)) >= _LETTERS_IN_ROWS for turned in (grey, np.rot90(grey)))


def _letters_in_rows(grey: np.ndarray) -> int:
    """How many marks of a letter's size stand in a row of others, a letter's width or two apart."""
    _, _, boxes, _ = cv2.connectedComponentsWithStats((grey < _INK).astype(np.uint8))
    marks = boxes[1:, :4]
    high, wide = marks[:, 3], marks[:, 2]
    letters = marks[(high >= 4) & (high <= 30) & (wide >= 1) & (wide <= 2 * high)]
    rows: dict[int, list[tuple[int, int, int]]] = {}
    for left, top, width, height in letters:
        rows.setdefault(int(top + height) // 4, []).append((int(left), int(width), int(height)))
    found = 0
    for row in rows.values():
        run = 0
        end = None
        for left, width, height in sorted(row):
            run = run + 1 if end is not None and left - end <= 2 * height else 1
            found += _ROW if run == _ROW else run > _ROW
            end = left + width
    return found


def straightened(colour: np.ndarray, scale: float, turn: int) -> Sheet:
    """The picture turned by `turn` quarters clockwise and made straight."""
    upright = np.ascontiguousarray(np.rot90(colour, -turn))
    tilt = tilt_of(evened(cv2.cvtColor(upright, cv2.COLOR_RGB2GRAY)))
    if abs(tilt) >= 0.05:
        rows, columns = upright.shape[:2]
        matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), tilt, 1.0)
        upright = cv2.warpAffine(
            upright, matrix, (columns, rows), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
    else:
        tilt = 0.0
    return Sheet(evened(cv2.cvtColor(upright, cv2.COLOR_RGB2GRAY)), upright, scale, turn, tilt)


def evened(grey: np.ndarray) -> np.ndarray:
    """The picture with paper at 255 everywhere: uneven light and yellowed paper divided out."""
    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 21)
    # large dark areas are printed, not shadow
    paper = np.maximum(paper, np.uint8(0.7 * float(np.percentile(paper, 90))))
    wide = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    even = cv2.divide(grey, wide, scale=250)
    return np.asarray(even, dtype=np.uint8)


def tilt_of(grey: np.ndarray) -> float:
    """By how many degrees the picture must be turned counter-clockwise for its lines to lie level.

    The angle at which the row sums of ink differ most (Postl's projection profile), on a thinned set of pixels.
    """
    y, x = _ink_points(grey)
    if len(x) < 200:
        return 0.0

    def sharpness(angle: float) -> float:
        slope = math.tan(math.radians(angle))
        rows = np.bincount(np.round(y + slope * x).astype(np.int64) + 4096).astype(np.float64)
        return float(np.square(np.diff(rows)).sum())

    best, step = 0.0, 0.25
    found = [(sharpness(a), -abs(a), a) for a in np.arange(-_MOST_TILT, _MOST_TILT + step, step)]
    best = max(found)[2]
    for step in (0.1, 0.02):
        found = [(sharpness(a), -abs(a - best), a) for a in best + step * np.arange(-4, 5)]
        best = max(found)[2]
    return -float(round(best, 2))


def lies_sideways(grey: np.ndarray) -> bool:
    """Whether the lines of text seem to run up or down the picture."""
    y, x = _ink_points(grey)
    if len(x) < 200:
        return False

    def contrast(at: np.ndarray, other: np.ndarray) -> float:
        most = 0.0
        for angle in np.arange(-3, 3.1, 0.5):
            rows = np.bincount(np.round(at + math.tan(math.radians(angle)) * other).astype(np.int64) + 4096)
            used = rows[rows.nonzero()[0][0] : rows.nonzero()[0][-1] + 1].astype(np.float64)
            most = max(most, float(np.square(np.diff(used)).mean() / max(used.mean(), 1e-6) ** 2))
        return most

    return contrast(x, y) > contrast(y, x)


def _ink_points(grey: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of inked pixels at half size, centred on the columns' middle; at most 60,000 of them."""
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    margin_y, margin_x = half.shape[0] // 40, half.shape[1] // 40
    y, x = np.nonzero(half[margin_y:-margin_y, margin_x:-margin_x] < _INK)
    step = max(1, len(x) // 60_000)
    return y[::step].astype(np.float64), x[::step].astype(np.float64) - half.shape[1] // 2


def _letters_foot(ink: np.ndarray, left: int, top: int, width: int, height: int) -> bool:
    """Whether a run of ink is where the serifs or arches of letters meet: letters stand on it, or hang from it."""
    for first in (top - 3, top + height):
        beside = ink[max(0, first) : max(0, first + 3), left : left + width]
        if beside.size and float(beside.any(axis=0).mean()) > 0.3:
            return True
    return False


def rules_of(sheet: Sheet) -> list[Rule]:
    """The straight lines of a sheet, in points; ink that runs on for longer than letters do, no thicker than a line."""
    ink = (cv2.GaussianBlur(sheet.grey, (3, 3), 0) < _INK + 15).astype(np.uint8)
    least, thick = round(_LEAST_RULE * sheet.scale), round(2.5 * sheet.scale)
    rules: list[Rule] = []
    for horizontal in (True, False):
        run = (least, 1) if horizontal else (1, least)
        across = (1, 3) if horizontal else (3, 1)
        # a line that is still a hair askew steps from one row to the next: widened, it stays in one piece
        wide = cv2.dilate(ink, np.ones(across[::-1], np.uint8))
        lines = cv2.morphologyEx(wide, cv2.MORPH_OPEN, np.ones(run[::-1], np.uint8))
        count, _, boxes, centres = cv2.connectedComponentsWithStats(lines)
        for k in range(1, count):
            left, top, width, height = (int(v) for v in boxes[k][:4])
            long, short = (width, height) if horizontal else (height, width)
            if long < least or short > max(thick + 2, 0.02 * long) or long < 4 * short:
                continue
            if horizontal and long < _SHORT_RULE * sheet.scale and _letters_foot(ink, left, top, width, height):
                continue
            at = float(centres[k][1 if horizontal else 0] + 0.5) / sheet.scale
            lo = left if horizontal else top
            rules.append(
                Rule(horizontal, at, lo / sheet.scale, (lo + long) / sheet.scale, max(1, short - 2) / sheet.scale)
            )
    return _joined(sheet, rules)


def _joined(sheet: Sheet, rules: Sequence[Rule]) -> list[Rule]:
    """The rules, level ones made whole where between two pieces the picture still shows the line, thin and pale."""
    result = [rule for rule in rules if not rule.horizontal]
    level: list[list[Rule]] = []
    for rule in sorted((r for r in rules if r.horizontal), key=lambda r: (r.at, r.lo)):
        if level and rule.at - level[-1][-1].at < 0.8:
            level[-1].append(rule)
        else:
            level.append([rule])
    for rules_of_one in level:
        made: list[Rule] = []
        for rule in sorted(rules_of_one, key=lambda r: (r.lo, r.hi)):
            if made and (rule.lo <= made[-1].hi + 0.5 or _goes_on(sheet, made[-1], rule)):
                last = made[-1]
                made[-1] = replace(last, hi=max(last.hi, rule.hi), width=max(last.width, rule.width))
            else:
                made.append(rule)
        result += made
    return result


def _goes_on(sheet: Sheet, left: Rule, right: Rule) -> bool:
    """Whether the paper between two pieces of a line is at least half as dark as the line itself."""

    def darkness(at: float, lo: float, hi: float) -> float:
        row, first, last = (round(v * sheet.scale) for v in (at, lo, hi))
        part = sheet.grey[max(0, row - 2) : row + 2, first : max(last, first + 1)]
        return 250 - float(part.mean(axis=1).min()) if part.size else 0.0

    of_lines = min(darkness(left.at, left.lo, left.hi), darkness(right.at, right.lo, right.hi))
    return darkness((left.at + right.at) / 2, left.hi, right.lo) > max(12.0, 0.5 * of_lines)
