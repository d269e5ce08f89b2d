"""Second opinions: tables that pdfplumber and camelot propose, asked only for pages that are left in doubt.

Both libraries parse the page anew, which costs ten to a hundred times what our own readers cost, so `in_doubt` decides
who is asked. What they propose is filled with our own words and judged like every other grid.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path

from extractors.page import Page, lines_of
from extractors.tables.grid import Grid, GridCell, clusters
from extractors.tables.strips import Strip, chunk_text, cut
from extractors.tables.tokens import is_number, is_value
from schemas.printed import Box

log = logging.getLogger(__name__)
Reader = Callable[[Path, Page], list[Grid]]

LINES = 4
"""So many labelled lines of numbers outside all tables make a page worth a second look."""


def in_doubt(page: Page, taken: Iterable[Box]) -> bool:
    """Whether labelled lines of numbers that look like rows stand outside the boxes of what was found on a page."""
    boxes = list(taken)
    free = [
        w for w in page.words
        if not any(b.x0 <= w.mid <= b.x1 and b.top <= (w.top + w.bottom) / 2 <= b.bottom for b in boxes)
    ]  # fmt: skip
    run = longest = 0
    for line in lines_of(free):
        strip = Strip(line, cut(line))
        texts = [chunk_text(p) for p in strip.parts]
        row = len(texts) >= 3 and not is_value(texts[0]) and sum(is_number(t) for t in texts[1:]) >= 2
        run = run + 1 if row else 0
        longest = max(longest, run)
    return longest >= LINES and len(page.drawings) < 200


def propose(path: Path, page: Page) -> list[Grid]:
    """Grids of all second readers for one upright page; a reader that fails is left out and logged.

    They read the PDF's own text, so they have nothing to say of a page that was read from its picture.
    """
    found: list[Grid] = []
    if page.turn or page.ocr:
        return found
    for name, reader in READERS.items():
        try:
            found += reader(path, page)
        except Exception:  # a library's fault costs its opinion only
            log.info("%s could not read page %d of %s", name, page.number, path.name, exc_info=True)
    return found


def _pdfplumber(path: Path, page: Page) -> list[Grid]:
    import pdfplumber

    grids = []
    with pdfplumber.open(path, pages=[page.number]) as document:
        sheet = document.pages[0]
        for settings in ({}, {"vertical_strategy": "text", "horizontal_strategy": "lines"}):
            for table in sheet.find_tables(settings):
                boxes = [Box(*cell) for cell in table.cells]
                grids.append(_grid(boxes, page, "pdfplumber"))
    return [g for g in grids if g is not None]


def _camelot(path: Path, page: Page) -> list[Grid]:
    import camelot

    grids = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for flavour in ("hybrid", "stream"):
            for table in camelot.read_pdf(str(path), pages=str(page.number), flavor=flavour, suppress_stdout=True):
                boxes = [
                    Box(min(c.x1, c.x2), page.height - max(c.y1, c.y2), max(c.x1, c.x2), page.height - min(c.y1, c.y2))
                    for row in table.cells
                    for c in row
                ]
                grids.append(_grid(boxes, page, f"camelot-{flavour}"))
    return [g for g in grids if g is not None]


READERS: dict[str, Reader] = {"pdfplumber": _pdfplumber, "camelot": _camelot}
"""Every second reader by name; a new one is one line here."""


def _grid(boxes: list[Box], page: Page, detector: str) -> Grid | None:
    """A grid from a library's cell boxes, filled with our words."""
    xs = clusters([v for b in boxes for v in (b.x0, b.x1)], 2.0)
    ys = clusters([v for b in boxes for v in (b.top, b.bottom)], 2.0)
    if len(xs) < 3 or len(ys) < 3:
        return None
    owner: dict[tuple[int, int], GridCell] = {}
    cells: list[GridCell] = []
    for box in sorted(boxes, key=lambda b: (b.top, b.x0)):
        r0, r1 = _nearest(ys, box.top), _nearest(ys, box.bottom)
        c0, c1 = _nearest(xs, box.x0), _nearest(xs, box.x1)
        places = [(r, c) for r in range(r0, max(r1, r0 + 1)) for c in range(c0, max(c1, c0 + 1))]
        if any(p in owner for p in places):
            continue
        cell = GridCell(r0, c0, max(1, r1 - r0), max(1, c1 - c0))
        cells.append(cell)
        owner.update(dict.fromkeys(places, cell))
    for r in range(len(ys) - 1):
        for c in range(len(xs) - 1):
            if (r, c) not in owner:
                owner[r, c] = GridCell(r, c)
                cells.append(owner[r, c])
    for word in page.words:
        y = (word.top + word.bottom) / 2
        if xs[0] <= word.mid <= xs[-1] and ys[0] <= y <= ys[-1]:
            r = next(k for k in range(len(ys) - 1) if y <= ys[k + 1])
            c = next(k for k in range(len(xs) - 1) if word.mid <= xs[k + 1])
            owner[r, c].words.append(word)
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return Grid(xs, ys, cells, detector)


def _nearest(bounds: list[float], value: float) -> int:
    return min(range(len(bounds)), key=lambda i: abs(bounds[i] - value))
