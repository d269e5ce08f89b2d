"""Text that runs up or down a page that is read across: the heads of narrow columns, labels beside groups of rows.

Each text is one word to the readers of tables, with the place that it takes on the page. What stands alone (an axis
title, a mark in the margin) is never a head.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from extractors.page import Line, Word, lines_of

APART = 1.2
"""Times the type size: wider white ends a text on its line."""
LEADING = 1.45
"""Times the type size: lines of one text stand no further apart; heads of neighbouring columns do."""


def whole_texts(words: list[Word]) -> list[Word]:
    """One word for each text, in the frame that it is read in; lines of one text are joined."""
    pieces: list[Line] = []
    for line in lines_of(words):
        run: list[Word] = []
        for word in line.words:
            if run and word.x0 - run[-1].x1 > APART * word.size:
                pieces.append(Line(run))
                run = []
            run.append(word)
        pieces.append(Line(run))
    texts: list[list[Line]] = []
    even = _even([p.base for p in pieces])
    for piece in pieces:
        home = next((t for t in texts if not even and _goes_on(t[-1], piece)), None)
        if home is None:
            texts.append([piece])
        else:
            home.append(piece)
    return [_one(text) for text in texts]


def _even(bases: list[float]) -> bool:
    """Whether four lines or more follow each other at one distance: neighbouring columns, not lines of one text."""
    steps = [b - a for a, b in pairwise(sorted(set(bases)))]
    return len(steps) >= 3 and max(steps) - min(steps) < 0.15 * max(steps)


def _goes_on(above: Line, below: Line) -> bool:
    overlap = min(above.x1, below.x1) - max(above.x0, below.x0)
    return 0.5 * below.size < below.base - above.base <= LEADING * below.size and overlap > 0


def _one(lines: list[Line]) -> Word:
    words = [w for line in lines for w in line.words]
    first = words[0]
    top, bottom = min(w.top for w in words), max(w.bottom for w in words)
    return replace(
        first, text=" ".join(w.text for w in words if not w.raised), x0=min(w.x0 for w in words), top=top,
        x1=max(w.x1 for w in words), bottom=bottom, base=bottom, bold=all(w.bold for w in words), raised=False,
    )  # fmt: skip


def heads(texts: list[Word]) -> list[Word]:
    """Those turned texts that stand side by side at one height, as words of one line: heads of columns."""
    bands: list[list[Word]] = []
    for text in sorted(texts, key=lambda t: (t.top, t.x0)):
        for band in bands:
            low, high = min(t.bottom for t in band), max(t.top for t in band)
            if min(text.bottom, low) - max(text.top, high) > 0:
                band.append(text)
                break
        else:
            bands.append([text])
    found = []
    for band in bands:
        middles = sorted((t.x0 + t.x1) / 2 for t in band)
        if len(band) >= 2 and all(b - a > 0.8 * band[0].size for a, b in pairwise(middles)):
            base = max(t.bottom for t in band)
            found += [replace(t, base=base) for t in band]
    return found
