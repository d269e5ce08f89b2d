"""Pictures of pages for people: the page or a crop of it, with boxes marked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw

from extractors.pdfium import open_pdf
from schemas.printed import Box

Mark = tuple[Box, str]
"""A box (points, page as seen) and the colour of its frame (any Pillow colour name)."""


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
