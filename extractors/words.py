"""Characters put together to words: what follows without a gap on one baseline in one style.

Letter-spaced words are recognised, and small or superior digits above a neighbour's baseline are marked as raised.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.page import Word

Affine = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class Style:
    """How the characters of one text object are drawn; `direction` counts quarter turns, -1 is none."""

    size: float
    direction: int
    font: str
    bold: bool
    italic: bool
    colour: tuple[int, int, int]
    order: int


Glyph = tuple[str, float, float, float, float, float, Style, float, bool]
"""text, left, bottom, right, top, origin x, style, origin y (user space), and whether it is drawn as a raised digit"""


def build_words(glyphs: list[Glyph], frame: Affine) -> list[Word]:
    """Joins characters that follow each other without a gap, on one baseline, in one style."""
    words: list[Word] = []
    current: Word | None = None
    style: Style | None = None
    last = 0.0
    up = False
    a, b, c, d, e, f = frame
    straight = b == c == 0.0
    for char, left, bottom, right, top, ox, this, oy, raised in glyphs:
        if char == " ":
            current = None
            continue
        if straight:  # the common case, kept free of calls: this loop meets every character
            x0, x1 = a * left + e, a * right + e
            y0, y1 = d * top + f, d * bottom + f
            base = d * oy + f
        else:
            x0, y0 = a * left + c * bottom + e, b * left + d * bottom + f
            x1, y1 = a * right + c * top + e, b * right + d * top + f
            base = b * ox + d * oy + f
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        size = this.size or (y1 - y0)
        if current is not None and (
            x0 - current.x1 > 0.25 * size
            or last - x0 > 0.2 * size  # the characters of a ligature share one box, so only a step back counts
            or abs(base - current.base) > 0.15 * size
            or raised is not up
            or (this is not style and abs(size - current.size) > 0.12 * max(size, current.size))
        ):
            current = None
        if current is None:
            current = Word(char, x0, y0, x1, y1, base, size, this.font, this.bold, this.italic, raised,
                           this.colour, this.order)  # fmt: skip
            words.append(current)
        else:
            current.text += char
            current.x1 = max(current.x1, x1)
            current.top = min(current.top, y0)
            current.bottom = max(current.bottom, y1)
            current.bold = current.bold and this.bold
        style, last, up = this, x0, raised
    words = _leaders_whole(_untracked(_small_caps(words)))
    mark_raised(words)
    return words


def _small_caps(words: list[Word]) -> list[Word]:
    """Small capitals set as capitals of two sizes put together: `S` and `UBTREFWOORD` are `Subtrefwoord`.

    What is printed small was meant as small letters, whatever the file calls it, and is of the larger type's size.
    """
    small = {(b.font, b.size): a.size for a, b in pairwise(words) if _smaller_goes_on(a, b)}
    small |= {(a.font, a.size): b.size for a, b in pairwise(words) if _smaller_before_mark(a, b)}
    for key in list(small):
        own = [w for w in words if (w.font, w.size) == key]
        letters = [c for w in own for c in w.text if c.isalpha()]
        capitals = {c for c in letters if c.isupper()}
        if len(capitals) > 2 and not all(c.isupper() for c in letters):  # ordinary text, of the same size by chance
            del small[key]
    if not small:
        return words
    result: list[Word] = []
    below = False
    for word in words:
        size = small.get((word.font, word.size))
        last = result[-1] if result else None
        text = word.text.lower() if size else word.text
        bare = not any(c.isalnum() for c in word.text)  # a point or hyphen may be of either size, or of a font for it
        joins = last is not None and _touches(last, word) and bool(size or (below and bare))
        if last is not None and joins:
            if size and last.text[-1].islower() and not below:
                last.text = last.text[:-1] + last.text[-1].upper()
            last.text += text
            last.x1, last.top, last.bottom = word.x1, min(last.top, word.top), max(last.bottom, word.bottom)
        else:
            result.append(replace(word, text=text, size=size) if size else word)
        below = bool(size)
    return result


def _smaller_goes_on(a: Word, b: Word) -> bool:
    """Whether letters go on without a gap in smaller type of the same font."""
    letters = a.text[-1].isalpha() and b.text[0].isalpha()
    return letters and a.font == b.font and 0.65 * a.size < b.size < 0.9 * a.size and _touches(a, b)


def _smaller_before_mark(a: Word, b: Word) -> bool:
    """Whether letters are followed by a larger point or hyphen of the same font: only small capitals are set so."""
    marked = a.text[-1].isalpha() and not any(c.isalnum() for c in b.text)
    return marked and a.font == b.font and 0.65 * b.size < a.size < 0.9 * b.size and _touches(a, b)


def _touches(a: Word, b: Word) -> bool:
    size = max(a.size, b.size)
    return abs(a.base - b.base) < 0.03 * size and -0.1 * size < b.x0 - a.x1 < 0.12 * size and not (a.raised or b.raised)


def _untracked(words: list[Word]) -> list[Word]:
    """Letter-spaced text put together: runs of pieces on one line, most of them single letters."""
    result: list[Word] = []
    i = 0
    while i < len(words):
        j = i + 1
        while j < len(words) and _tracked(words[j - 1], words[j]):
            j += 1
        run = words[i:j]
        gaps = sorted(b.x0 - a.x1 for a, b in pairwise(run))
        if len(run) >= 4 and sum(len(w.text) == 1 for w in run) >= 0.6 * len(run):
            letter = gaps[len(gaps) // 2]
            for k, word in enumerate(run):
                last = result[-1] if k else None
                if last is not None and word.x0 - last.x1 <= 1.4 * letter + 0.04 * word.size:
                    last.text += word.text
                    last.x1 = word.x1
                    last.top, last.bottom = min(last.top, word.top), max(last.bottom, word.bottom)
                else:
                    result.append(word)
        else:
            result += run
        i = j
    return result


def _tracked(a: Word, b: Word) -> bool:
    """Whether two pieces may be letters of one spaced word: small, of letters, one line, one style, close."""
    return (
        abs(a.base - b.base) < 0.1 * b.size
        and a.size == b.size
        and len(b.text) <= 4
        and len(a.text) <= 4
        and a.text.isalpha()
        and b.text.isalpha()
        and 0 < b.x0 - a.x1 < 0.9 * b.size
    )


def _leaders_whole(words: list[Word]) -> list[Word]:
    """Leader dots as one word each: dots set one by one put together, a label or figure that touches them cut off."""
    result: list[Word] = []
    for word in words:
        last = result[-1] if result else None
        if (
            last is not None
            and word.text[0] in _DOTS
            and last.text[-1] in _DOTS
            and _only_dots(word.text)
            and _only_dots(last.text)
            and abs(word.base - last.base) < 0.1 * word.size
            and -0.5 * word.size < word.x0 - last.x1 < 1.2 * word.size
        ):
            last.text += word.text
            last.x1 = max(last.x1, word.x1)
        elif word.text.count(".") > 3 and (cut := LEADER.search(word.text)):
            result += _cut_leader(word, *cut.span())
        else:
            result.append(word)
    return result


def _only_dots(text: str) -> bool:
    return all(char in _DOTS for char in text)


def _cut_leader(word: Word, start: int, end: int) -> list[Word]:
    """The word before, the dots and the word after, each as wide as its share of the characters."""
    pieces = []
    step = (word.x1 - word.x0) / len(word.text)
    for a, b in ((0, start), (start, end), (end, len(word.text))):
        if b > a:
            pieces.append(replace(word, text=word.text[a:b], x0=word.x0 + a * step, x1=word.x0 + b * step))
    return pieces


_DOTS = frozenset(".…·_")
LEADER = re.compile(r"[.…·_]{4,}")
"""Dots that lead the eye from a label to its figure."""


def mark_raised(words: list[Word]) -> None:
    """Marks small words that stand above the baseline of a larger neighbour: footnote marks, exponents."""
    for i, word in enumerate(words):
        for other in (words[i - 1] if i else None, words[i + 1] if i + 1 < len(words) else None):
            if other is None or word.size > 0.85 * other.size or len(word.text) > 6:
                continue
            near = -1.5 * other.size <= max(word.x0 - other.x1, other.x0 - word.x1) <= 0.8 * other.size
            lifted = 0.12 * other.size <= other.base - word.base <= 0.8 * other.size
            if near and lifted:
                word.raised = True
                break
