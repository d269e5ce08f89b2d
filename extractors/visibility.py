"""What of a page's text a person sees. Only that may become data.

Told from the drawing: text in an invisible mode, without opacity, clipped away, off the page, too small to be seen, or
under something opaque. Told from the page's picture: text whose place is of one colour, and white text on white.
`hide` works on PDFium's objects before characters are read, since PDFium takes two equal characters at one place for
one, and would keep the invisible one; `seen_words` on the words.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pypdfium2 import raw

from extractors.page import Page, Word
from schemas.printed import Box

SCALE = 1.5
"""Pixels a point of the picture that text is held against: a stroke of 4-point type leaves 40 grey levels."""
_MOST_PIXELS = 5000
_FLAT = 5
"""Grey levels (of 255) within which a place counts as of one colour."""
_WHITE = 250
_PAPER = 230
"""Text as light as `_WHITE` is not seen on anything lighter than this."""
_RING = 1.0
"""Points around a text at which its ground is looked at."""
_LEAST_SIZE = 1.5
"""Points: smaller type cannot be read in print, whatever it says."""
_OPAQUE = 230
"""Alpha (of 255) from which a shape hides what it covers."""


@dataclass(frozen=True, slots=True)
class TextObject:
    """A text object of a page, the form that it stands in (None for the page itself) and its box in the picture."""

    item: Any
    form: Any
    box: Box | None


@dataclass(frozen=True, slots=True)
class Picture:
    """The page as seen: grey pixels (rows, columns) and how many of them make a point."""

    pixels: np.ndarray
    scale: float

    def cut(self, box: Box) -> np.ndarray | None:
        """The part in a box of points; None where it holds no pixel."""
        left, top = max(0, int(box.x0 * self.scale)), max(0, int(box.top * self.scale))
        part = self.pixels[top : int(box.bottom * self.scale) + 1, left : int(box.x1 * self.scale) + 1]
        return part if part.size else None


def picture_of(page: Any) -> Picture:
    """The pypdfium2 `page` drawn, `SCALE` pixels a point; a sheet as large as a wall at fewer."""
    scale = min(SCALE, _MOST_PIXELS / max(*page.get_size(), 1.0))
    pixels = np.asarray(page.render(scale=scale, grayscale=True).to_numpy())
    return Picture(pixels[:, :, 0] if pixels.ndim == 3 else pixels, scale)


def hide(page: Any, texts: Sequence[TextObject], picture: Picture) -> int:
    """Takes invisible text objects off the loaded `page`, not out of the file; gives the number of their characters."""
    unseen = [t for t in texts if _unseen(t, picture)]
    if not unseen:
        return 0
    text_page = raw.FPDFText_LoadPage(page)
    characters = [len(_text(t.item, text_page)) for t in unseen]
    raw.FPDFText_ClosePage(text_page)
    for text, count in zip(unseen, characters, strict=True):
        if not count:  # blanks keep words apart
            continue
        gone = (
            raw.FPDFPage_RemoveObject(page, text.item)
            if text.form is None
            else raw.FPDFFormObj_RemoveObject(text.form, text.item)
        )
        if gone:
            raw.FPDFPageObj_Destroy(text.item)
    return sum(characters)


def _text(item: Any, text_page: Any) -> str:
    """The printed characters of a text object, blanks left out."""
    size = raw.FPDFTextObj_GetText(item, text_page, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFTextObj_GetText(item, text_page, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return "".join(buffer.raw.decode("utf-16-le", "replace").rstrip("\0").split())


def _unseen(text: TextObject, picture: Picture) -> bool:
    rgba = [ctypes.c_uint() for _ in range(4)]
    mode = raw.FPDFTextObj_GetTextRenderMode(text.item)
    stroked = mode in (1, 2, 5, 6)
    get = raw.FPDFPageObj_GetStrokeColor if mode in (1, 5) else raw.FPDFPageObj_GetFillColor
    get(text.item, *(ctypes.byref(v) for v in rgba))
    if mode in (3, 7) or rgba[3].value <= 12:
        return True
    if _clipped_away(text.item):
        return True
    if stroked or text.box is None or min(v.value for v in rgba[:3]) < _WHITE:
        return False
    return _on_paper(picture, text.box)


def _on_paper(picture: Picture, box: Box) -> bool:
    """Whether most of what is right around a box is white, as paper is.

    In the box itself bold capitals, white on a dark ground, may cover more than the ground does.
    """
    left, top = int((box.x0 - _RING) * picture.scale), int((box.top - _RING) * picture.scale)
    right, bottom = int((box.x1 + _RING) * picture.scale) + 1, int((box.bottom + _RING) * picture.scale) + 1
    place = picture.pixels[max(0, top) : bottom, max(0, left) : right]
    if not place.size:
        return False
    ring = np.concatenate([place[0], place[-1], place[:, 0], place[:, -1]])
    return int(np.bincount(ring // 4).argmax()) * 4 >= _PAPER


def _clipped_away(item: Any) -> bool:
    """Whether an object lies wholly outside the boxes of the paths that clip it."""
    clip = raw.FPDFPageObj_GetClipPath(item)
    count = raw.FPDFClipPath_CountPaths(clip) if clip else 0
    edges = [ctypes.c_float() for _ in range(4)]
    if count <= 0 or not raw.FPDFPageObj_GetBounds(item, *(ctypes.byref(e) for e in edges)):
        return False
    left, bottom, right, top = (e.value for e in edges)
    x, y = ctypes.c_float(), ctypes.c_float()
    for k in range(count):
        xs, ys = [], []
        for n in range(max(0, raw.FPDFClipPath_CountPathSegments(clip, k))):
            segment = raw.FPDFClipPath_GetPathSegment(clip, k, n)
            raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            xs.append(x.value)
            ys.append(y.value)
        if xs and (min(xs) >= right or max(xs) <= left or min(ys) >= top or max(ys) <= bottom):
            return True
    return False


def is_opaque(item: Any) -> bool:
    """Whether a drawn object hides what is under it: full opacity, no mask, no blending."""
    if raw.FPDFPageObj_HasTransparency(item):
        return False
    rgba = [ctypes.c_uint() for _ in range(4)]
    known = raw.FPDFPageObj_GetFillColor(item, *(ctypes.byref(v) for v in rgba))
    return not known or raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_IMAGE or rgba[3].value >= _OPAQUE


def seen_words(words: Sequence[Word], page: Page, covers: Sequence[tuple[int, Box]], picture: Picture) -> list[Word]:
    """The words that are seen; `page.hidden` grows by the characters of the others.

    `covers` are opaque things with their place in the order of drawing, in the reading frame of `page`; `picture` is
    the page as a person sees it.
    """
    first = min((w.order for w in words), default=0)
    later = [(order, box) for order, box in covers if order > first]
    kept: list[Word] = []
    for word in words:
        x, y = word.mid, (word.top + word.bottom) / 2
        off = not (0 <= x <= page.width and 0 <= y <= page.height)
        tiny = word.size < _LEAST_SIZE and word.bottom - word.top < 2 * _LEAST_SIZE
        covered = any(
            order > word.order and b.x0 <= word.x0 and word.x1 <= b.x1 and b.top <= y <= b.bottom for order, b in later
        )
        # leaders and rules made of characters are too thin for their box to tell
        blank = any(c.isalnum() for c in word.text) and _blank(picture, page.seen(word.box))
        if off or tiny or covered or blank:
            page.hidden += len(word.text)
        else:
            kept.append(word)
    return kept


def _blank(picture: Picture, box: Box) -> bool:
    """Whether the picture is of one colour at a word's place (its upper and lower edge left out: rules run there)."""
    high = box.bottom - box.top
    if high * picture.scale < 3:  # too small in the picture to tell
        return False
    place = picture.cut(Box(box.x0, box.top + 0.2 * high, box.x1, box.bottom - 0.2 * high))
    return place is not None and int(place.max()) - int(place.min()) <= _FLAT
