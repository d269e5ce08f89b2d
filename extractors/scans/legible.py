"""Whether a page's text can be used: why not, where it cannot."""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections import Counter
from dataclasses import dataclass

from extractors.page import Page

FEW_WORDS = 8
"""A page with a picture and fewer words than this is a scan or a picture page."""
_LETTERS = 150
"""So many letters of one font show their frequencies."""
_LETTERS_ONCE = 100
"""Of them so many must stand in different words."""
_ALIKE = 0.75
"""Least likeness of a font's letter frequencies to those of our languages: see `letters_alike`."""
_OFTEN = {
    "a": 7.6, "b": 1.4, "c": 2.6, "d": 4.9, "e": 16.5, "f": 1.4, "g": 2.5, "h": 3.4, "i": 7.0, "j": 0.6, "k": 1.2,
    "l": 4.2, "m": 2.6, "n": 8.7, "o": 5.3, "p": 1.9, "q": 0.4, "r": 6.5, "s": 6.3, "t": 6.9, "u": 4.0, "v": 1.7,
    "w": 1.4, "x": 0.2, "y": 0.6, "z": 0.8,
}  # fmt: skip
"""Percent: means of Dutch, French, German and English running text, accents taken off."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a page's text cannot be used. `what` is a part of a sentence (`Page 3 has …`).

    `keeps_words`: what text there is can be trusted, it is only not all; `blank_is_fine`: the page may well print none.
    """

    what: str
    keeps_words: bool = False
    blank_is_fine: bool = False


def fault(page: Page) -> Fault | None:
    """Why a page's text cannot be used; None where it can."""
    visible = sum(len(w.text) for w in page.words)
    covered = sum((b.x1 - b.x0) * (b.bottom - b.top) for b in page.images) / max(1.0, page.width * page.height)
    if page.unmapped > 0.2 * max(1, visible):
        return Fault("a font without readable characters")
    strange = _strange_font(page)
    if strange:
        return Fault(f"a font whose letters are not those that it shows ({strange})")
    if _printed_over(page):
        return Fault("text that lies over other text")
    if covered > 0.5 and page.hidden > 3 * visible and page.hidden > 20:
        return Fault("a picture whose text layer is not visible", keeps_words=True)
    if len(page.words) < FEW_WORDS and covered > 0.5:
        return Fault("a picture without text", keeps_words=True, blank_is_fine=True)
    return None


def _strange_font(page: Page) -> str | None:
    texts: dict[str, list[str]] = {}
    for word in page.words:
        texts.setdefault(word.font, []).append(word.text)
    for font, words in texts.items():
        likeness = letters_alike("".join(words))
        if likeness is not None and likeness < _ALIKE:
            once = letters_alike("".join(dict.fromkeys(words)), _LETTERS_ONCE)  # words that come again tell nothing new
            if once is not None and once < _ALIKE:
                return font or "unnamed"
    return None


def _printed_over(page: Page) -> bool:
    """Whether two different words stand at one place: one of them cannot be what a person sees.

    A layer that is switched off is drawn by nobody, yet its text is read; it is told by this where it lies over other
    text, by its blank place where it does not.
    """
    words = sorted((w for w in page.words if any(c.isalnum() for c in w.text) and not w.raised), key=lambda w: w.top)
    for i, word in enumerate(words):
        for other in itertools.islice(words, i + 1, None):
            if other.top >= word.bottom:
                break
            wide = min(word.x1, other.x1) - max(word.x0, other.x0)
            high = min(word.bottom, other.bottom) - other.top
            if wide <= 0 or word.text == other.text or not 0.67 < word.size / max(other.size, 0.1) < 1.5:
                continue
            least = min((w.x1 - w.x0) * (w.bottom - w.top) for w in (word, other))
            if wide * high > 0.6 * least:
                return True
    return False


def letters_alike(text: str, least: int = _LETTERS) -> float | None:
    """How alike a text's letter frequencies are to those of our languages, 0 to 1 (cosine).

    None for a text of fewer than `least` letters.
    """
    plain = (c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    counts = Counter(c for c in plain if c.isalpha())
    if sum(counts.values()) < least:
        return None
    product = sum(counts[c] * share for c, share in _OFTEN.items())
    length = math.sqrt(sum(n * n for n in counts.values())) * math.sqrt(sum(s * s for s in _OFTEN.values()))
    return product / length
