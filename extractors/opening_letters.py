"""Opening letters that are several lines high, put back before the word that they begin."""

from __future__ import annotations

from dataclasses import replace

from extractors.page import Word

LETTER = 1.7
"""An opening letter is at least so many times as large as the text beside it."""


def with_opening_letters(words: list[Word]) -> list[Word]:
    """The words with each opening letter of several lines put before the word that it begins."""
    if not words:
        return words
    sizes = sorted(w.size for w in words)
    usual = sizes[len(sizes) // 2]
    letters = [w for w in words if len(w.text) <= 2 and w.text[:1].isupper() and w.size >= LETTER * usual]
    if not letters or len(letters) > len(words) / 10:
        return words
    known = {w.text.casefold().strip(".,;:") for w in words}
    result = list(words)
    for letter in letters:
        beside = [
            w for w in result
            if w.size < letter.size / LETTER
            and -0.5 * w.size <= w.x0 - letter.x1 <= 1.5 * usual
            and letter.top - 0.6 * usual <= (w.top + w.bottom) / 2 <= letter.base + 0.2 * usual
        ]  # fmt: skip
        if len({round(w.base) for w in beside}) < 2:
            continue  # beside one line it is large type, not a letter over several
        first = min(beside, key=lambda w: (round(w.base), w.x0))
        whole = letter.text + first.text
        bare = first.text.casefold().strip(".,;:")
        alone = letter.text in ("A", "I", "À", "Y", "O") and len(bare) > 2 and bare in known - {whole.casefold()}
        others = sum(w.text.casefold().strip(".,;:") == bare for w in words) > 1
        text = f"{letter.text} {first.text}" if alone and others else whole
        result = [replace(first, text=text, raised=False) if w is first else w for w in result if w is not letter]
    return result
