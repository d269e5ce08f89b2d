"""Cuts the places of a publisher's page out of the report's PDF; runs in a child process, for a PDF is hostile."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageOps

from extractors.render import render_page
from publish.publisher_page import Picture
from schemas.printed import Box

#: Pixels a point: 130 dots an inch, legible in print and small enough to send by mail.
_SCALE = 1.8
#: Points shown over and under the number; a table's heads are shown too when they are not further off than `_HEADS`.
_AROUND, _HEADS, _HEAD_HEIGHT = 26.0, 170.0, 44.0
_FOCUS, _OTHER, _EDGE = "#c2185b", "#1565c0", "#d9d6ce"
_WIDEST = 5000.0
#: Darker than this (of 255) is ink, not paper; pixels kept white beside it.
_INK, _PADDING = 24, 14


def cut_out(path: Path, pictures: Sequence[Picture]) -> list[bytes]:
    """One PNG a picture: the page around its number, the number framed in red and those beside it in blue."""
    return [_cut(path, picture) for picture in pictures]


def _cut(path: Path, picture: Picture) -> bytes:
    focus = picture.focus
    top = focus.top - _AROUND
    if focus.top - picture.above <= _HEADS:
        top = min(top, picture.above - _HEAD_HEIGHT)
    top = min([top, *(box.top - _AROUND / 2 for box in picture.others)])
    bottom = max([focus.bottom, *(box.bottom for box in picture.others)]) + _AROUND
    marks = [*((box, _OTHER) for box in picture.others), (focus, _FOCUS if picture.in_question else _OTHER)]
    image = render_page(path, picture.page, scale=_SCALE, marks=marks, crop=Box(0, max(top, 0), _WIDEST, bottom))
    out = io.BytesIO()
    framed = ImageOps.expand(_without_margins(image), border=1, fill=_EDGE)
    # Few colours make small files; the octree keeps those of the marks, which fill little of the picture.
    framed.quantize(method=Image.Quantize.FASTOCTREE).save(out, format="PNG", optimize=True)
    return out.getvalue()


def _without_margins(image: Image.Image) -> Image.Image:
    """The picture without the white at its left and right."""
    inked = ImageOps.invert(image.convert("L")).point(lambda value: 255 if value > _INK else 0).getbbox()
    if inked is None:
        return image
    left, right = max(inked[0] - _PADDING, 0), min(inked[2] + _PADDING, image.width)
    return image.crop((left, 0, right, image.height))
