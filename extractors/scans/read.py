"""A page read from its picture: the words, lines and colours that a person sees, in the frame of the straightened page.

The result is a `Page` like any other, so tables, cases and sentences are found by the same readers. What was printed
is not corrected here, whatever the arithmetic says of it.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import mean
from typing import Any

import cv2

from extractors import watch
from extractors.page import Page, Word
from extractors.scans import engines
from extractors.scans.engines import Engine, Seen
from extractors.scans.ink import Ink, level
from extractors.scans.legible import Fault
from extractors.scans.picture import Sheet, evened, lies_sideways, rendered, rules_of, shows_lines, straightened
from schemas.limits import Limits
from schemas.printed import Box, Figure, Place, PrintedReport, Problem, TablePart

log = logging.getLogger(__name__)

_SURE = 0.93
"""Mean confidence from which on a page is taken to lie the right way up: there RapidOCR reaches 0.97 and more, upside
down 0.77 to 0.81."""
_HOPELESS = 0.6
"""Below this neither way along the lines is right: the lines themselves were misjudged."""


_UNSURE = 0.85
"""Mean confidence of a page below which a person should look at it: clean scans reach 0.95."""


@dataclass(frozen=True, slots=True)
class Read:
    """Pages and what is to be said of them."""

    pages: list[Page]
    problems: list[Problem]


def read_pictures(
    document: Any, pages: Sequence[Page], faults: Mapping[int, Fault], language: str | None, limits: Limits
) -> Read:
    """`pages` of the open document with those in `faults` (by page number) read by OCR, or left without words.

    In a child one of them may take the processor time of `limits`, and none is taken up when the report's time is over.
    Raises OcrUnusable when an engine was asked for by name and is not there.
    """
    seconds = int(2 * limits.seconds_per_picture)
    late: list[int] = []
    problems: list[Problem] = []
    result: list[Page] = []
    for page in pages:
        if page.number not in faults:
            result.append(page)
            continue
        if watch.late():
            late.append(page.number)
            fault = faults[page.number]
            result.append(replace(page, unread=fault.what, words=page.words if fault.keeps_words else []))
            continue
        with watch.page(page.number, seconds):
            read, problem = _read_one(document, page, faults[page.number], language)
        result.append(read)
        problems.append(problem)
    if late:
        problems.append(watch.too_late(late, limits))
    level([[word for word in page.words if word.ocr is not None] for page in result])
    return Read(result, problems)


def _read_one(document: Any, page: Page, fault: Fault, language: str | None) -> tuple[Page, Problem]:
    bare = replace(page, unread=fault.what, words=page.words if fault.keeps_words else [])
    has = f"Page {page.number} has {fault.what}"
    handle = document[page.number - 1]
    try:
        if fault.blank_is_fine and not shows_lines(handle):
            said = f"{has} and shows no lines of text (a photograph or a drawing); what it shows was not read."
            return bare, Problem(said, page.number, "info")
        engine = engines.engine(engines.chosen())
        if engine is None:
            said = f"{has}; it was not read, because {engines.VARIABLE} is none."
            return bare, Problem(said, page.number, "error")
        read = read_picture(handle, page, engine, language, keep=fault.keeps_words)
    except MemoryError:
        raise
    except Exception as error:  # a picture that cannot be read costs its page only
        log.debug("picture of page %d", page.number, exc_info=True)
        said = f"{has}, and OCR failed ({type(error).__name__}); look at the page yourself."
        return bare, Problem(said, page.number, "error")
    finally:
        handle.close()
    if not any(w.ocr is not None for w in read.words):
        return bare, Problem(f"{has}; OCR found no text in it.", page.number)
    sure = _mean_confidence(read)
    said = f"{has}; it was read by OCR ({engine.name}, mean confidence {sure:.2f})."
    return replace(read, unread=fault.what), Problem(said, page.number, "warning" if sure < _UNSURE else "info")


@dataclass(frozen=True, slots=True)
class _Attempt:
    sheet: Sheet
    seen: list[Seen]

    @property
    def sureness(self) -> float:
        """Mean confidence over letters; words that stand on end count nothing."""
        letters = sum(len(w.text) for w in self.seen)
        upright = [w for w in self.seen if len(w.text) < 3 or w.bottom - w.top < 1.5 * (w.x1 - w.x0)]
        return sum(w.confidence * len(w.text) for w in upright) / letters if letters else 0.0


def read_picture(handle: Any, page: Page, engine: Engine, language: str | None, *, keep: bool) -> Page:
    """The page of the PDFium page `handle` read by `engine`; `page` is what its text layer gave.

    With `keep` the visible words of the text layer (a stamp, a title over a picture) stay, and what was read at their
    places is left out.
    """
    colour, scale = rendered(handle)
    sideways = lies_sideways(evened(cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY)))
    best: _Attempt | None = None
    for tried, turn in enumerate((1, 3, 0, 2) if sideways else (0, 2, 1, 3), start=1):
        sheet = straightened(colour, scale, turn)
        attempt = _Attempt(sheet, engine.read(sheet.grey, language))
        if best is None or attempt.sureness > best.sureness:
            best = attempt
        if attempt.sureness >= _SURE or not attempt.seen or (tried == 2 and best.sureness >= _HOPELESS):
            break
    assert best is not None
    sheet = best.sheet
    rules = rules_of(sheet)
    words = Ink(sheet, rules).words(best.seen)
    result = Page(
        page.number, sheet.width, sheet.height, words, rules, turn=sheet.turn, hidden=page.hidden, ocr=engine.name,
        tilt=sheet.tilt,
    )  # fmt: skip
    if keep and page.turn == sheet.turn:
        kept = [_moved(w, result) for w in page.words]
        result.words = kept + [w for w in words if not any(_over(w.box, k.box) for k in kept)]
    return result


def _over(a: Box, b: Box) -> bool:
    wide, high = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.bottom, b.bottom) - max(a.top, b.top)
    return wide > 0 and high > 0 and wide * high > 0.3 * (a.x1 - a.x0) * (a.bottom - a.top)


def _moved(word: Word, page: Page) -> Word:
    """A word of the text layer in the frame of the straightened page."""
    box = _tilted(word.box, page.width, page.height, page.tilt)
    shift = (box.top + box.bottom - word.top - word.bottom) / 2
    return replace(word, x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom, base=word.base + shift)


def _tilted(box: Box, width: float, height: float, degrees: float) -> Box:
    """A box turned counter-clockwise about the page's centre: its own centre moves, its sides keep their length."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    x, y = (box.x0 + box.x1 - width) / 2, (box.top + box.bottom - height) / 2
    cx, cy = width / 2 + cosine * x + sine * y, height / 2 - sine * x + cosine * y
    wide, high = (box.x1 - box.x0) / 2, (box.bottom - box.top) / 2
    return Box(max(0.0, cx - wide), max(0.0, cy - high), min(width, cx + wide), min(height, cy + high))


def placed(report: PrintedReport, pages: Sequence[Page]) -> PrintedReport:
    """The report with what only the pictures know: places on the page as it lies, and how sure each number was read.

    Figures of pages that were read by OCR get `ocr`, the lowest confidence of the words they stand in, which also
    lowers their `confidence`; `method` names the engine.
    """
    scanned = {page.number: page for page in pages if page.ocr}
    if not scanned:
        return report
    return replace(
        report,
        figures=tuple(_figure(f, scanned[f.place.page]) if f.place.page in scanned else f for f in report.figures),
        tables=tuple(_table(t, scanned[t.page]) if t.page in scanned else t for t in report.tables),
    )


def _figure(figure: Figure, page: Page) -> Figure:
    box = figure.place.box
    words = [w.ocr for w in page.words if w.ocr is not None and _over(page.seen(w.box), box)]
    sure = round(min(words), 2) if words else None
    return replace(
        figure,
        place=Place(figure.place.page, _as_it_lies(box, page)),
        label_places=tuple(
            Place(p.page, _as_it_lies(p.box, page)) if p.page == page.number else p for p in figure.label_places
        ),
        ocr=sure,
        confidence=round(figure.confidence * (sure if sure is not None else 1.0), 3),
        method=f"{figure.method}, ocr {page.ocr}" if sure is not None else figure.method,
    )


def _table(part: TablePart, page: Page) -> TablePart:
    cells = tuple(replace(c, box=_as_it_lies(c.box, page)) if c.box else c for c in part.cells)
    return replace(part, box=_as_it_lies(part.box, page), cells=cells)


def _as_it_lies(box: Box, page: Page) -> Box:
    """A box of the straightened page, turned back as `Page.seen` does, in the page as it lies askew."""
    if not page.tilt:
        return box
    width, height = (page.height, page.width) if page.turn % 2 else (page.width, page.height)
    return _tilted(box, width, height, -page.tilt)


def _mean_confidence(page: Page) -> float:
    """The mean confidence of the words read by OCR, 0 for none."""
    return round(mean([w.ocr for w in page.words if w.ocr is not None] or [0.0]), 2)
