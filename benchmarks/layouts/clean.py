"""Tells whether a typeset document is fit to be judged by: no text printed over another, none beside the page.

A table squeezed into too little room prints words over words, or runs off its page. No reader can be blamed for that,
so such draws are thrown away.
"""

from __future__ import annotations

from collections import defaultdict

import pypdfium2

COVERED = 0.25
"""Share of the smaller of two characters' boxes that another may cover: accents and italics touch their neighbours."""
STEP = 12.0
"""Points: side of the squares in which neighbours are looked for, larger than the characters of any table."""


def unfit(pdf: bytes) -> bool:
    """Whether two characters of `pdf` cover each other, or one stands beside its page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return any(_spoilt(page) for page in document)
    finally:
        document.close()


def _spoilt(page: pypdfium2.PdfPage) -> bool:
    text = page.get_textpage()
    left, bottom, right, top = page.get_mediabox()
    squares: dict[tuple[int, int], list[tuple[float, float, float, float, int]]] = defaultdict(list)
    content = text.get_text_range()
    for k in range(min(text.count_chars(), len(content))):
        if not content[k].isalnum():
            continue
        x0, y0, x1, y1 = text.get_charbox(k)
        if x1 < left or x0 > right or y1 < bottom or y0 > top:
            return True
        near = [
            box
            for column in range(int(x0 // STEP) - 1, int(x0 // STEP) + 2)
            for row in range(int(y0 // STEP) - 1, int(y0 // STEP) + 2)
            for box in squares[column, row]
        ]
        for a0, b0, a1, b1, n in near:
            if abs(k - n) <= 2:
                continue  # letters of a ligature share a box
            shared = max(0.0, min(x1, a1) - max(x0, a0)) * max(0.0, min(y1, b1) - max(y0, b0))
            if shared > COVERED * max(0.01, min((x1 - x0) * (y1 - y0), (a1 - a0) * (b1 - b0))):
                return True
        squares[int(x0 // STEP), int(y0 // STEP)].append((x0, y0, x1, y1, k))
    return False
