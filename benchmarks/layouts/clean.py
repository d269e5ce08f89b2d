"""Tells whether a typeset page is fit to be judged by: no two characters printed over each other.

A table squeezed into too little room prints words over words. No reader can be blamed for that, so such draws are
thrown away.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import pypdfium2


def overprinted(pdf: bytes) -> bool:
    """Whether any two characters of `pdf` cover each other by more than half of the narrower one."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return any(_page(page.get_textpage()) for page in document)
    finally:
        document.close()


def _page(text: pypdfium2.PdfTextPage) -> bool:
    lines: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    content = text.get_text_range()
    for k in range(min(text.count_chars(), len(content))):
        if content[k].isalnum():
            x0, y0, x1, y1 = text.get_charbox(k, loose=True)
            lines[round((y0 + y1) / 6)].append((x0, x1, k))  # rows of 3 points
    for boxes in lines.values():
        boxes.sort()
        for (a0, a1, a), (b0, b1, b) in pairwise(boxes):
            if abs(a - b) <= 2:
                continue  # letters of a ligature share a box
            if min(a1, b1) - b0 > 0.5 * max(0.5, min(a1 - a0, b1 - b0)):
                return True
    return False
