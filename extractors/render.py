"""Pictures of pages for people: the page or a crop of it, with boxes marked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw

from extractors.pdfium import open_pdf
from schemas.printed import Box

Mark = tuple[Box, str]
"""A box (points, page as seen) and the colour of its frame (any Pillow colour name)."""


CROP_SCALE = 2.0
"""Pixels a point of the crops whose hash is published: 144 dpi, enough to read a footnote's figures."""


def crop_digests(path: Path, places: Sequence[tuple[int, float, float, float, float]]) -> bytes:
    """SHA-256 of the picture in each place (page from 1, left, top, right, bottom in points), as a JSON list.

    The picture is the page in 8-bit grey at CROP_SCALE pixels a point, cut to whole pixels around the box; hashed are
    its width and height (`40x22` and a line feed, in ASCII), then its pixels row by row. Null for a place off the page.
    """
    digests: list[str | None] = [None] * len(places)
    by_page: dict[int, list[int]] = {}
    for number, place in enumerate(places):
        by_page.setdefault(place[0], []).append(number)
    with open_pdf(path) as document:
        for page, numbers in sorted(by_page.items()):
            if not 1 <= page <= len(document):
                continue
            handle = document[page - 1]
            try:
                picture = handle.render(scale=CROP_SCALE, grayscale=True).to_pil().convert("L")
            finally:
                handle.close()
            for number in numbers:
                digests[number] = _digest(picture, places[number][1:])
    return json.dumps(digests).encode()


def _digest(page: Image.Image, box: Sequence[float]) -> str | None:
    left, top = (max(0, int(edge * CROP_SCALE)) for edge in box[:2])
    right, bottom = (min(most, int(edge * CROP_SCALE) + 1) for edge, most in zip(box[2:], page.size, strict=True))
    if left >= right or top >= bottom:
        return None
    picture = page.crop((left, top, right, bottom))
    return hashlib.sha256(f"{picture.width}x{picture.height}\n".encode() + picture.tobytes()).hexdigest()


def render_page(
    path: Path, page: int, *, scale: float = 2.0, marks: Sequence[Mark] = (), crop: Box | None = None
) -> Image.Image:
    """Page `page` (from 1) as a picture, `scale` pixels a point; `marks` are tinted and framed, then `crop` cut out."""
    with open_pdf(path) as document:
        handle = document[page - 1]
        try:
            picture = handle.render(scale=scale).to_pil().convert("RGBA")
        finally:
            handle.close()
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for box, colour in marks:
        edge = [v * scale for v in (box.x0 - 1, box.top - 1, box.x1 + 1, box.bottom + 1)]
        red, green, blue = ImageColor.getrgb(colour)[:3]
        draw.rectangle(edge, fill=(red, green, blue, 46), outline=(red, green, blue, 255), width=max(1, round(scale)))
    result = Image.alpha_composite(picture, layer).convert("RGB")
    if crop:
        width, height = result.size
        left, top = max(0, int(crop.x0 * scale)), max(0, int(crop.top * scale))
        right, bottom = min(width, int(crop.x1 * scale) + 1), min(height, int(crop.bottom * scale) + 1)
        result = result.crop((left, top, right, bottom))
    return result
