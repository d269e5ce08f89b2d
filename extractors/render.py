"""Pictures of pages for people: the page or a crop of it, with boxes marked."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
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


STRIP_SCALE = 1.5
"""Pixels a point of the strips: 108 dpi, legible on a telephone."""
_STRIP_GREYS = 16
_HEADS, _LINE = 56.0, 7.0
"""Points kept over a number: of a table, whose heads are to be seen; of a sentence, whose neighbours are not."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A part of a page in its full width: page from 1, left, top, right, bottom in points; a grey lossless WebP."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    webp: bytes


def strips(path: Path, places: Sequence[tuple[bool, int, float, float, float, float]]) -> bytes:
    """The parts of the pages on which these places stand, as JSON lines that `read_strips` reads back.

    A place is whether it stands in a table (then the heads above are kept, else its line alone), the page from 1, and
    its box in points. Parts that overlap become one. A place off the page has none.
    """
    by_page: dict[int, list[tuple[float, float]]] = {}
    for heads, page, _, top, _, bottom in places:
        above = _HEADS if heads else _LINE
        by_page.setdefault(page, []).append((top - above, bottom + min(above, 2 * _LINE)))
    lines: list[str] = []
    with open_pdf(path) as document:
        for page, wanted in sorted(by_page.items()):
            if not 1 <= page <= len(document):
                continue
            handle = document[page - 1]
            try:
                picture = handle.render(scale=STRIP_SCALE, grayscale=True).to_pil().convert("L")
            finally:
                handle.close()
            for top, bottom in _joined(wanted, picture.height / STRIP_SCALE):
                lines.append(json.dumps(_strip(picture, page, top, bottom)))
    return "\n".join(lines).encode()


def read_strips(data: bytes) -> list[Strip]:
    """What `strips` gave."""
    rows = (json.loads(line) for line in data.splitlines())
    return [Strip(page, x0, top, x1, bottom, base64.b64decode(webp)) for page, x0, top, x1, bottom, webp in rows]


def _joined(spans: Sequence[tuple[float, float]], height: float) -> list[tuple[float, float]]:
    """Top and bottom of the strips that these spans need, from the top of the page down."""
    found: list[tuple[float, float]] = []
    for top, bottom in sorted((max(0.0, top), min(height, bottom)) for top, bottom in spans):
        if bottom <= top:
            continue
        if found and top <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], bottom))
        else:
            found.append((top, bottom))
    return found


def _strip(page: Image.Image, number: int, top: float, bottom: float) -> list[object]:
    """A strip as a row for JSON: the paper's white left and right of what is printed is cut off."""
    upper, lower = int(top * STRIP_SCALE), min(page.height, int(bottom * STRIP_SCALE) + 1)
    band = page.crop((0, upper, page.width, lower))
    inked = band.point(lambda value: 255 if value < 232 else 0).getbbox() or (0, 0, band.width, band.height)
    left, right = max(0, inked[0] - 12), min(band.width, inked[2] + 12)
    # Sixteen greys are enough for print, and halve the file.
    step = 255 // (_STRIP_GREYS - 1)
    grey = band.crop((left, 0, right, band.height)).point(lambda value: round(value / step) * step)
    out = io.BytesIO()
    # The most effort costs 75 times this time for a twelfth of the bytes.
    grey.convert("RGB").save(out, format="WEBP", lossless=True, method=4, quality=60)
    place = [edge / STRIP_SCALE for edge in (left, upper, right, lower)]
    return [number, *place, base64.b64encode(out.getvalue()).decode()]


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
