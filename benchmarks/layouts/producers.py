"""Habits of other producers laid over a finished PDF: what looks the same to a person and is written otherwise."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from reportlab.pdfgen.canvas import Canvas

SPACE = {"Times": 250, "Helvetica": 278}
"""Width of the blank in the standard fonts, in thousandths of the size (Adobe font metrics)."""


class RectangleCanvas(Canvas):  # type: ignore[misc]
    """Draws straight lines as thin filled rectangles, as office programs do when they export."""

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A rectangle of the line's width along it."""
        half = self._lineWidth / 2
        self.saveState()
        self.setFillColor(self._strokeColorObj)
        wide, high = abs(x2 - x1) + 2 * half, abs(y2 - y1) + 2 * half
        self.rect(min(x1, x2) - half, min(y1, y2) - half, wide, high, stroke=0, fill=1)
        self.restoreState()


def without_blanks(pdf: bytes) -> bytes:
    """The same pages with every blank written as a shift of the pen: the text holds no space characters."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            fonts = page.resources.get("/Font", {})
            width = 278
            changed: list[Any] = []
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    base = str(fonts[operands[0]].BaseFont).lstrip("/").split("-")[0]
                    width = SPACE.get(base, 278)
                if str(operator) == "Tj" and b" " in bytes(operands[0]):
                    changed.append(([_shifted(bytes(operands[0]), width)], pikepdf.Operator("TJ")))
                else:
                    changed.append((operands, operator))
            page.Contents = opened.make_stream(pikepdf.unparse_content_stream(changed))
        opened.save(out, deterministic_id=True)
    return out.getvalue()


def _shifted(text: bytes, width: int) -> pikepdf.Array:
    array = pikepdf.Array()
    for k, word in enumerate(text.split(b" ")):
        if k:
            array.append(-width)
        if word:
            array.append(pikepdf.String(word))
    return array
