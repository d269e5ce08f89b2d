"""Bullets that are drawn instead of written, as browsers do, put before the line that each of them begins."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from extractors.page import Page, Word
from schemas.printed import Box

LEAST, MOST = 0.15, 0.6
"""Size of a bullet, in times the type size beside it."""
MOST_MARKS = 2000
"""Drawn shapes on a page above which it is a map or a drawing."""
APART = 2.4
"""Times the type size: a bullet stands no further from its line."""


def with_drawn_bullets(page: Page, words: list[Word]) -> list[Word]:
    """The words and a `•` for each small mark that begins a line, where two or more stand below each other."""
    marks = [*page.drawings, *(Box(s.x0, s.top, s.x1, s.bottom) for s in page.shades)]
    if len(marks) > MOST_MARKS:
        return words
    found = [(box, word) for box in marks if (word := _begun_by(box, words)) is not None]
    columns = Counter(round(box.x0) for box, _ in found)
    bullets = [
        replace(word, text="•", x0=box.x0, x1=box.x1, bold=False, italic=False, raised=False)
        for box, word in found
        if sum(columns[round(box.x0) + k] for k in (-1, 0, 1)) >= 2
    ]
    return [*words, *bullets]


def _begun_by(box: Box, words: list[Word]) -> Word | None:
    """The first word of the line that a mark begins, None for a mark that begins none."""
    wide, high = box.x1 - box.x0, box.bottom - box.top
    if not 1 <= high <= 12 or not 0.75 <= wide / high <= 1.33:
        return None
    middle = (box.top + box.bottom) / 2
    line = [w for w in words if w.top < middle < w.bottom]
    if not line or any(w.x0 < box.x1 and w.x1 > box.x0 - 3 * w.size for w in line):
        return None
    right = [w for w in line if w.x0 >= box.x1]
    first = min(right, key=lambda w: w.x0, default=None)
    if first is None or not LEAST * first.size <= high <= MOST * first.size or first.x0 - box.x1 > APART * first.size:
        return None
    return first
