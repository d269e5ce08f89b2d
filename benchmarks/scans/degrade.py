"""Makes a scan of a PDF's pages: a picture a page, askew, blurred, noisy, stored as JPEG, without any text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pypdfium2 as pdfium
from PIL import Image


@dataclass(frozen=True, slots=True)
class Damage:
    """What a scanner does to a sheet. `skew` in degrees is the most that a sheet lies askew (never less than 0.3);
    `blur` and `noise` are standard deviations in pixels and grey levels, `shade` the darkest lighting at an edge,
    `speckle` the share of pixels that are dust, `turns` quarter turns clockwise of every sheet.
    """

    dpi: int = 200
    skew: float = 1.5
    blur: float = 0.6
    noise: float = 8.0
    shade: float = 0.08
    speckle: float = 0.0002
    quality: int = 60
    grey: bool = True
    turns: int = 0


LEVELS = {
    "office": Damage(skew=0.8, blur=0.5, noise=5.0, quality=75, speckle=0.0001),
    "worn": Damage(),
    "colour": Damage(grey=False, noise=6.0, quality=70),
    "poor": Damage(blur=1.0, noise=14.0, quality=40, shade=0.15, speckle=0.0005),
}
"""From a good office scanner to a worn one; `worn` is what the figures in the docs are about."""


def scan(source: Path, target: Path, pages: Sequence[int], damage: Damage, seed: int) -> None:
    """Writes a scan of `pages` (from 1) of `source`; the same seed gives the same bytes."""
    rng = np.random.default_rng(seed)
    document = pdfium.PdfDocument(source)
    out = pikepdf.new()
    try:
        for number in pages:
            sheet = document[number - 1]
            width, height = sheet.get_size()
            picture = np.asarray(sheet.render(scale=damage.dpi / 72).to_pil().convert("RGB"))
            _add_page(out, _damaged(picture, damage, rng), width, height, damage)
    finally:
        document.close()
    out.save(target, deterministic_id=True)


def _damaged(picture: np.ndarray, damage: Damage, rng: np.random.Generator) -> bytes:
    """The picture (rows, columns, 3; 0 to 255) as the JPEG that a scanner would give."""
    rows, columns = picture.shape[:2]
    angle = float(rng.uniform(0.3, max(damage.skew, 0.31)) * rng.choice((-1, 1)))
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), angle, 1.0)
    matrix[:, 2] += rng.uniform(-8, 8, 2)
    paper = float(rng.uniform(243, 253))
    image = cv2.warpAffine(picture, matrix, (columns, rows), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    values = image.astype(np.float32) * (paper / 255)
    values = values * 0.94 + 8  # ink is not black
    values = cv2.GaussianBlur(values, (0, 0), damage.blur)
    across = np.linspace(0, 1, columns, dtype=np.float32) if rng.random() < 0.5 else np.linspace(1, 0, columns)
    values *= (1 - damage.shade * across**3)[None, :, None]
    if damage.grey:
        values = np.repeat(values.mean(axis=2, keepdims=True), 3, axis=2)
        values += rng.normal(0, damage.noise, (rows, columns, 1))
    else:
        values += rng.normal(0, damage.noise, values.shape)
    dust = rng.random((rows, columns)) < damage.speckle
    values[dust] = rng.uniform(40, 160)
    result = np.rot90(np.clip(values, 0, 255).astype(np.uint8), -damage.turns)
    stored = Image.fromarray(result).convert("L") if damage.grey else Image.fromarray(result)
    buffer = io.BytesIO()
    stored.save(buffer, "JPEG", quality=damage.quality)
    return buffer.getvalue()


def _add_page(out: pikepdf.Pdf, jpeg: bytes, width: float, height: float, damage: Damage) -> None:
    if damage.turns % 2:
        width, height = height, width
    columns, rows = Image.open(io.BytesIO(jpeg)).size
    image = pikepdf.Stream(out, jpeg)
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height, image.BitsPerComponent = columns, rows, 8
    image.ColorSpace = pikepdf.Name.DeviceGray if damage.grey else pikepdf.Name.DeviceRGB
    image.Filter = pikepdf.Name.DCTDecode
    content = pikepdf.Stream(out, f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Im0 Do Q".encode())
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, round(width, 3), round(height, 3)],
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image)),
        Contents=content,
    )
    out.pages.append(pikepdf.Page(out.make_indirect(page)))
