"""Reads a page's characters, drawn lines, fills and pictures with PDFium, about 10 ms a page.

Only what a person sees becomes a word: what is invisible, covered or off the page is counted in `Page.hidden` and left
out, see `extractors.visibility`. No opinion on tables or paragraphs is formed here.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2 as pdfium
from pypdfium2 import _library_scope as library
from pypdfium2 import raw
from pypdfium2.internal import bases

from extractors.page import Page, Piece, Rule, Shade, Word
from extractors.turned import whole_texts
from extractors.visibility import Picture, TextObject, hide, is_opaque, picture_of, seen_words
from extractors.words import Affine, Glyph, Style, build_words
from schemas.limits import Limits
from schemas.printed import Box


def _forget_system_fonts() -> None:
    """Starts PDFium anew without the fonts of this machine: a page without its own fonts looks the same everywhere."""
    library.destroy_lib()
    nowhere = (ctypes.POINTER(ctypes.c_char) * 1)()  # a list of font folders, ended at once
    config = raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=nowhere, m_pIsolate=None, m_v8EmbedderSlot=0)
    raw.FPDF_InitLibraryWithConfig(config)
    bases.LIBRARY_AVAILABLE = True


_forget_system_fonts()

MOST_PIECES = 300
"""A page with more filled drawings is a map or a logo."""
THIN = 2.5
"""Points: a filled box thinner than this is a drawn line (the thickest table rules met are 2.25 pt)."""


class PageTooMuch(Exception):
    """A page goes beyond a limit; the message is a sentence for a person."""


class UnreadablePdf(Exception):
    """The file cannot be opened; the message is a sentence for a person."""


@contextlib.contextmanager
def open_pdf(path: Path, repairs: list[str] | None = None) -> Iterator[Any]:
    """A pypdfium2 document, closed on exit; raises UnreadablePdf with the reason.

    A damaged file is read as far as PDFium or qpdf recovers it; a sentence on that is then added to `repairs`.
    """
    try:
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError as error:
        raise UnreadablePdf(f"{path.name} cannot be read: {error.strerror}.") from error
    if not head:
        raise UnreadablePdf(f"{path.name} is empty; download it again.")
    if b"%PDF-" not in head:
        looks = "an HTML page" if b"<html" in head.lower() or b"<!doctype" in head.lower() else "something else"
        raise UnreadablePdf(f"{path.name} is not a PDF but {looks}; download the report itself.")
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        reason = str(error).lower()
        if "password" in reason:
            raise UnreadablePdf(f"{path.name} needs a password; ask the publisher for an open copy.") from error
        document = _repaired(path, str(error))
        if repairs is not None:
            repairs.append(f"{path.name} is damaged; {len(document)} pages could be recovered. Download it again.")
    else:
        if repairs is not None and not raw.FPDF_DocumentHasValidCrossReferenceTable(document.raw):
            repairs.append(
                f"The list of objects of {path.name} is damaged and was made again from the rest of the file; "
                f"{len(document)} pages were found. Download it again if pages are missing."
            )
    try:
        yield document
    finally:
        document.close()


def _repaired(path: Path, fault: str) -> Any:
    """The document that qpdf makes of a damaged file; raises UnreadablePdf when nothing is left of it."""
    rescued = io.BytesIO()
    try:
        with pikepdf.open(path) as damaged:
            damaged.save(rescued)
        document = pdfium.PdfDocument(rescued.getvalue())
    except (pikepdf.PdfError, pdfium.PdfiumError, ValueError, RuntimeError) as error:
        if "security" in fault.lower():
            what = f"{path.name} is locked in a way that is not known here; ask the publisher for an open copy."
        else:
            what = f"{path.name} is damaged beyond repair; download it again."
        raise UnreadablePdf(what) from error
    if not len(document):
        raise UnreadablePdf(f"{path.name} is damaged and no page can be recovered; download it again.")
    return document


def read_page(document: Any, number: int, limits: Limits | None = None) -> Page:
    """Page `number` (from 1) of an open document; raises PageTooMuch when it goes beyond `limits`."""
    page = document[number - 1]
    try:
        return _Reader(page, number, limits or Limits()).read()
    finally:
        page.close()


class _Reader:
    def __init__(self, page: Any, number: int, limits: Limits) -> None:
        self.page = page
        self.limits = limits
        self.handle = page.raw
        self.number = number
        rect = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(self.handle, ctypes.byref(rect))
        rotation = raw.FPDFPage_GetRotation(self.handle)
        self.to_seen, self.width, self.height = _seen_frame(rect, rotation)
        self.order: dict[int, int] = {}
        self.paths: list[tuple[int, Any, Affine]] = []
        self.images: list[tuple[int, bool, Box]] = []
        """of each picture its place in the order of drawing, whether it hides what is under it, its box as seen"""
        self.texts: list[TextObject] = []

    def read(self) -> Page:
        self._collect_objects()
        # what is seen is drawn before anything invisible is taken off the page
        picture = picture_of(self.page) if self.texts else Picture(np.zeros((0, 0), np.uint8), 1.0)
        hidden = hide(self.handle, self.texts, picture)
        glyphs, unmapped = self._glyphs()
        turn = _main_direction(glyphs)
        frame, width, height = _turned(self.to_seen, self.width, self.height, turn)
        page = Page(self.number, width, height, turn=turn, hidden=hidden, unmapped=unmapped)
        covers = self._draw(page, frame)
        for place, opaque, seen in self.images:
            box = _turn_box(seen, self.width, self.height, turn)
            page.images.append(box)
            if opaque:
                covers.append((place, box))
        upright = [g for g in glyphs if g[6].direction == turn or g[0] == " "]
        page.words = seen_words(build_words(upright, frame), page, covers, picture)
        if len(upright) < len(glyphs):
            page.turned = seen_words(self._turned_texts(glyphs, page), page, covers, picture)
        return page

    def _turned_texts(self, glyphs: list[Glyph], page: Page) -> list[Word]:
        """Texts that run up or down the page, each as one word at the place that it takes."""
        found: list[Word] = []
        for quarter in (1, 3):
            turn = (page.turn + quarter) % 4
            mine = [g for g in glyphs if g[6].direction == turn or g[0] == " "]
            if all(g[0] == " " for g in mine):
                continue
            frame, width, height = _turned(self.to_seen, self.width, self.height, turn)
            own = Page(page.number, width, height, turn=turn)
            for text in whole_texts(build_words(mine, frame)):
                box = _turn_box(own.seen(text.box), self.width, self.height, page.turn)
                found.append(replace(text, x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom, base=box.bottom))
        return found

    def _too_much(self, what: str) -> PageTooMuch:
        return PageTooMuch(f"Page {self.number} {what} allowed; it was not read. Try a simpler copy of the report.")

    def _collect_objects(self) -> None:
        most = self.limits.page_objects

        def walk(count: int, get: Any, matrix: Affine, form: Any) -> None:
            if len(self.order) + count > most:
                raise self._too_much(f"draws more than the {most} objects")
            for i in range(count):
                item = get(i)
                if not item:
                    continue
                kind = raw.FPDFPageObj_GetType(item)
                place = len(self.order)
                self.order[ctypes.addressof(item.contents)] = place
                if kind == raw.FPDF_PAGEOBJ_PATH:
                    self.paths.append((place, item, matrix))
                elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                    self._check_picture(item)
                    bounds = _bounds(item, _then(matrix, self.to_seen))
                    if bounds:
                        self.images.append((place, is_opaque(item), bounds))
                elif kind == raw.FPDF_PAGEOBJ_TEXT:
                    self.texts.append(TextObject(item, form, _bounds(item, _then(matrix, self.to_seen))))
                elif kind == raw.FPDF_PAGEOBJ_FORM:
                    inner = _then(_matrix(item), matrix)
                    walk(
                        raw.FPDFFormObj_CountObjects(item),
                        lambda k, f=item: raw.FPDFFormObj_GetObject(f, k),
                        inner,
                        item,
                    )

        count = raw.FPDFPage_CountObjects(self.handle)
        walk(count, lambda k: raw.FPDFPage_GetObject(self.handle, k), (1, 0, 0, 1, 0, 0), None)

    def _check_picture(self, item: Any) -> None:
        """Before anybody draws it: a few hundred bytes may unfold to gigabytes of pixels."""
        wide, high = ctypes.c_uint(), ctypes.c_uint()
        raw.FPDFImageObj_GetImagePixelSize(item, ctypes.byref(wide), ctypes.byref(high))
        if wide.value * high.value > self.limits.image_pixels:
            most = self.limits.image_pixels // 1_000_000
            raise self._too_much(f"holds a picture of {wide.value} x {high.value} pixels, more than the {most} million")

    def _glyphs(self) -> tuple[list[Glyph], int]:
        """The page's characters, and how many have no usable Unicode value."""
        text_page = raw.FPDFText_LoadPage(self.handle)
        glyphs: list[Glyph] = []
        unmapped = 0
        styles: dict[int, Style] = {}
        box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        box_ref, x_ref, y_ref = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
        try:
            count, most = raw.FPDFText_CountChars(text_page), self.limits.page_characters
            if count > most:
                raise self._too_much(f"prints {count} characters, more than the {most}")
            for i in range(count):
                code = raw.FPDFText_GetUnicode(text_page, i)
                if code in (2, 0xFFFE, 0xAD):  # a hyphen that PDFium marks as one at a line's end
                    code = 0x2D
                item = raw.FPDFText_GetTextObject(text_page, i)
                key = ctypes.addressof(item.contents) if item else 0
                style = styles.get(key)
                if style is None:
                    if not item:  # generated blanks and line ends belong to no object
                        style = Style(0, -1, "", False, False, (0, 0, 0), 0)
                    else:
                        style = self._style(text_page, i, item, key)
                    styles[key] = style
                if item and (code < 9 or 13 < code < 32):  # control characters stand for letters of a broken font
                    unmapped += 1
                if code <= 32 or code in (0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0x200B):
                    glyphs.append((" ", 0, 0, 0, 0, 0, style, 0, False))
                    continue
                if raw.FPDFText_HasUnicodeMapError(text_page, i) == 1:
                    code = 0xFFFD  # only the font's own number is known, which may look like any letter or digit
                if code == 0xFFFD or 0xE000 <= code <= 0xF8FF:
                    unmapped += 1
                raw.FPDFText_GetLooseCharBox(text_page, i, box_ref)
                raw.FPDFText_GetCharOrigin(text_page, i, x_ref, y_ref)
                raised = 48 <= code <= 57 and self._raised_digit(text_page, i, style, x.value, y.value)
                glyphs.append((chr(code), box.left, box.bottom, box.right, box.top, x.value, style, y.value, raised))
        finally:
            raw.FPDFText_ClosePage(text_page)
        return glyphs, unmapped

    def _raised_digit(self, text_page: Any, index: int, style: Style, x: float, y: float) -> bool:
        """Whether a digit's ink begins well above the baseline: fonts have superior digits of full type size."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        refs = (ctypes.byref(v) for v in (left, right, bottom, top))
        if style.direction < 0 or not raw.FPDFText_GetCharBox(text_page, index, *refs):
            return False
        ink = [_apply(self.to_seen, u, v) for u, v in ((left.value, bottom.value), (right.value, top.value))]
        at = _apply(self.to_seen, x, y)
        lift = {
            0: at[1] - max(p[1] for p in ink),
            2: min(p[1] for p in ink) - at[1],
            1: at[0] - max(p[0] for p in ink),
            3: min(p[0] for p in ink) - at[0],
        }[style.direction]
        return lift > 0.2 * style.size

    def _style(self, text_page: Any, index: int, item: Any, key: int) -> Style:
        m = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text_page, index, ctypes.byref(m))
        scale = math.sqrt(abs(m.a * m.d - m.b * m.c)) or 1.0
        size = ctypes.c_float()
        raw.FPDFTextObj_GetFontSize(item, ctypes.byref(size))
        a, b, c, d, _, _ = self.to_seen
        dx, dy = m.a * a + m.b * c, m.a * b + m.b * d
        if abs(dx) >= 3 * abs(dy):
            direction = 0 if dx >= 0 else 2
        elif abs(dy) >= 3 * abs(dx):
            direction = 1 if dy < 0 else 3  # text that runs up is read after a clockwise turn
        else:
            direction = -1
        font = raw.FPDFTextObj_GetFont(item)
        name = ctypes.create_string_buffer(128)
        raw.FPDFFont_GetBaseFontName(font, name, 128)
        base = name.value.decode("utf-8", "replace").split("+")[-1]
        weight = raw.FPDFFont_GetWeight(font)
        low = base.lower()
        mode = raw.FPDFTextObj_GetTextRenderMode(item)
        bold = weight >= 600 or any(w in low for w in ("bold", "black", "heavy", "demi")) or mode == 2
        angle = ctypes.c_int()
        raw.FPDFFont_GetItalicAngle(font, ctypes.byref(angle))
        italic = angle.value != 0 or "italic" in low or "oblique" in low
        rgba = [ctypes.c_uint() for _ in range(4)]
        raw.FPDFPageObj_GetFillColor(item, *(ctypes.byref(v) for v in rgba))
        colour = (rgba[0].value, rgba[1].value, rgba[2].value)
        return Style(round(size.value * scale, 2), direction, base, bold, italic, colour, self.order.get(key, 0))

    def _draw(self, page: Page, frame: Affine) -> list[tuple[int, Box]]:
        """Turns drawn paths into rules and shades of the reading frame; gives what of them hides what is under it."""
        covers: list[tuple[int, Box]] = []
        fill_mode, stroke = ctypes.c_int(), ctypes.c_int()
        rgba = [ctypes.c_uint() for _ in range(4)]
        refs = [ctypes.byref(v) for v in rgba]
        for place, item, outer in self.paths:
            raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill_mode), ctypes.byref(stroke))
            if not fill_mode.value and not stroke.value:
                continue
            matrix = _then(_then(_matrix(item), outer), frame)
            shapes = _subpaths(item, matrix)
            if fill_mode.value:
                raw.FPDFPageObj_GetFillColor(item, *refs)
                if rgba[3].value > 12:
                    light = (0.299 * rgba[0].value + 0.587 * rgba[1].value + 0.114 * rgba[2].value) / 255
                    before = len(page.shades)
                    colour = (rgba[0].value, rgba[1].value, rgba[2].value)
                    for points, boxy in shapes:
                        _fill(page, points, boxy, light, place, colour=colour)
                    drawn = [Box(s.x0, s.top, s.x1, s.bottom) for s in page.shades[before:]]
                    if drawn and is_opaque(item):
                        covers += [(place, box) for box in drawn]
            if stroke.value:
                raw.FPDFPageObj_GetStrokeColor(item, *refs)
                light = (0.299 * rgba[0].value + 0.587 * rgba[1].value + 0.114 * rgba[2].value) / 255
                if rgba[3].value > 12 and light < 0.985:
                    width = ctypes.c_float()
                    raw.FPDFPageObj_GetStrokeWidth(item, ctypes.byref(width))
                    scale = math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
                    for points, _ in shapes:
                        _stroke(page, points, width.value * scale)
        return covers


def _matrix(item: Any) -> Affine:
    m = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, ctypes.byref(m))
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _then(first: Affine, second: Affine) -> Affine:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _apply(matrix: Affine, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _seen_frame(rect: Any, rotation: int) -> tuple[Affine, float, float]:
    """User space to the page as seen (origin top left, y down), with its width and height."""
    left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
    width, height = right - left, top - bottom
    if rotation == 1:
        return (0, 1, 1, 0, -bottom, -left), height, width
    if rotation == 2:
        return (-1, 0, 0, 1, right, -bottom), width, height
    if rotation == 3:
        return (0, -1, -1, 0, top, right), height, width
    return (1, 0, 0, -1, -left, top), width, height


def _turned(matrix: Affine, width: float, height: float, turn: int) -> tuple[Affine, float, float]:
    if turn == 1:
        return _then(matrix, (0, 1, -1, 0, height, 0)), height, width
    if turn == 2:
        return _then(matrix, (-1, 0, 0, -1, width, height)), width, height
    if turn == 3:
        return _then(matrix, (0, -1, 1, 0, 0, width)), height, width
    return matrix, width, height


def _turn_box(box: Box, width: float, height: float, turn: int) -> Box:
    if turn == 1:
        return Box(height - box.bottom, box.x0, height - box.top, box.x1)
    if turn == 2:
        return Box(width - box.x1, height - box.bottom, width - box.x0, height - box.top)
    if turn == 3:
        return Box(box.top, width - box.x1, box.bottom, width - box.x0)
    return box


def _bounds(item: Any, matrix: Affine) -> Box | None:
    edges = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(item, *(ctypes.byref(e) for e in edges)):
        return None
    left, bottom, right, top = (e.value for e in edges)
    x0, y0 = _apply(matrix, left, bottom)
    x1, y1 = _apply(matrix, right, top)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _main_direction(glyphs: list[Glyph]) -> int:
    counts = [0, 0, 0, 0]
    for g in glyphs:
        if g[6].direction >= 0 and g[0] != " ":
            counts[g[6].direction] += 1
    # a tie or an empty page is read as it is seen
    return max(range(4), key=lambda k: (counts[k], -k))


def _subpaths(item: Any, matrix: Affine) -> list[tuple[list[tuple[float, float]], bool]]:
    """The path's polylines in the frame; `True` with those that are a rectangle along the axes."""
    shapes: list[tuple[list[tuple[float, float]], bool]] = []
    points: list[tuple[float, float]] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()

    def finish() -> None:
        # producers close a rectangle twice, by a line back to its start and by the closing operator
        corners = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
        if len(corners) >= 2:
            along = all(abs(p[0] - q[0]) < 0.1 or abs(p[1] - q[1]) < 0.1 for p, q in pairwise(corners))
            shapes.append((corners, along and not curved and len(corners) in (4, 5)))

    count = raw.FPDFPath_CountSegments(item)
    if count > 20_000:  # a drawing (map, logo), not a table's lines
        return []
    for k in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, k)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        at = _apply(matrix, x.value, y.value)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            finish()
            points, curved = [at], False
        else:
            curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
            points.append(at)
        if raw.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    finish()
    return shapes


def _fill(
    page: Page, points: list[tuple[float, float]], boxy: bool, light: float, order: int, *, colour: tuple[int, int, int]
) -> None:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    if not boxy:
        page.drawings.append(Box(x0, y0, x1, y1))
        if 3 <= len(points) <= 400 and len(page.pieces) < MOST_PIECES and min(x1 - x0, y1 - y0) > 2:
            page.pieces.append(Piece(tuple(points), colour))
        return
    wide, high = x1 - x0, y1 - y0
    if high <= THIN and wide > 3 * max(high, 0.1):
        if light < 0.985:
            page.rules.append(Rule(True, (y0 + y1) / 2, x0, x1, high))
    elif wide <= THIN and high > 3 * max(wide, 0.1):
        if light < 0.985:
            page.rules.append(Rule(False, (x0 + x1) / 2, y0, y1, wide))
    elif wide > THIN and high > THIN:
        page.shades.append(Shade(x0, y0, x1, y1, light, order, colour))


def _stroke(page: Page, points: list[tuple[float, float]], width: float) -> None:
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y1 - y0) <= 0.5 and abs(x1 - x0) > 1:
            page.rules.append(Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1), width))
        elif abs(x1 - x0) <= 0.5 and abs(y1 - y0) > 1:
            page.rules.append(Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1), width))
        elif abs(x1 - x0) > 1 and abs(y1 - y0) > 1:
            page.drawings.append(Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
