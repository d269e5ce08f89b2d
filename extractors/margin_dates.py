"""Dates in the margin that run over two or three short lines, put on one line as if the margin were wider."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from extractors.dates import only_date
from extractors.page import Line, Word, lines_of

MOST_LINES = 3


def with_margin_dates(words: list[Word]) -> list[Word]:
    """The words with each date of several lines beside the text set on the first of them."""
    edge = _text_edge(words)
    beside = [w for w in words if w.x1 <= edge - 1]
    if not beside:
        return words
    moved: dict[int, Word | None] = {}
    lines = lines_of(beside)
    at = 0
    while at < len(lines):
        stack = _stack(lines, at)
        if stack:
            moved |= _on_one_line(stack)
        at += len(stack) or 1
    return [new for w in words if (new := moved.get(id(w), w)) is not None]


def _text_edge(words: list[Word]) -> float:
    """Where the lines of the text begin, in points; 0 on pages that do not show it."""
    letters: Counter[float] = Counter()
    for word in words:
        letters[round(word.size, 1)] += len(word.text)
    usual = max(letters, key=lambda size: letters[size], default=0.0)
    text = [w for w in words if round(w.size, 1) == usual]
    firsts = Counter(round(line.words[0].x0) for line in lines_of(text))
    common = [x for x, count in firsts.items() if count >= 5]
    return float(min(common, default=0))


def _stack(lines: list[Line], at: int) -> list[Line]:
    """The fewest lines from `at` on, close below each other, that make a date which the first alone is not."""
    if only_date(lines[at].text):
        return []
    for end in range(at + 1, min(at + MOST_LINES, len(lines))):
        above, below = lines[end - 1], lines[end]
        if below.base - above.base > 1.8 * above.size or abs(below.size - above.size) > 0.3:
            return []
        if only_date(" ".join(_unbroken(lines[at : end + 1]))):
            return lines[at : end + 1]
    return []


def _unbroken(stack: list[Line]) -> list[str]:
    """The words of a stack, one for each of its words; of a word that is broken over two lines the second is empty."""
    texts = [w.text for line in stack for w in line.words if not w.raised]
    for k in range(len(texts) - 1):
        if len(texts[k]) > 1 and texts[k].endswith("-") and texts[k + 1][:1].islower():
            texts[k], texts[k + 1] = texts[k][:-1] + texts[k + 1], ""
    return texts


def _on_one_line(stack: list[Line]) -> dict[int, Word | None]:
    """The words of a stack at the height of its first line, within its width, in order; None for what is joined."""
    first = stack[0].words[0]
    words = [w for line in stack for w in line.words if not w.raised]
    x0, x1 = min(w.x0 for w in words), max(w.x1 for w in words)
    step = (x1 - x0) / len(words)
    return {
        id(w): replace(
            w,
            text=text,
            x0=x0 + k * step,
            x1=x0 + (k + 0.8) * step,
            top=first.top,
            bottom=first.bottom,
            base=first.base,
        )
        if text
        else None
        for k, (w, text) in enumerate(zip(words, _unbroken(stack), strict=True))
    }
