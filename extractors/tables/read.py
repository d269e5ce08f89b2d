"""All tables of a document: grids chosen page by page, structured, tied to captions, joined over pages."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from extractors import watch
from extractors.charts import chart_boxes
from extractors.hyphens import join_lines
from extractors.page import Line, Page, lines_of
from extractors.tables import confidence, libraries, structure
from extractors.tables.grid import Grid, area, chunks, overlap
from extractors.tables.halves import lift_spanners
from extractors.tables.judge import page_grids
from extractors.tables.lone import with_last_rows
from extractors.tables.stitch import Part, link
from extractors.tables.strips import CAPTION
from extractors.tables.tokens import is_number
from schemas.printed import Box, Cell, Problem, TablePart

CLEAR = 0.92
"""From this score on a grid of labelled, dense rows under a header is a table, shaded rows or not."""
LISTED = 8
"""So many numbers that only grow, without a header, are the pages of a list of contents."""
EDGE = 0.12
"""Share of the page's height at its top and bottom where running heads may stand."""
_ITEM = re.compile(r"^[•●▪■◦‣·\-–—]\s")
_NOTE = re.compile(
    r"^(?:\*+|[¹²³⁴-⁹]|\d\s|bron\b|source\b|quelle\b|noot\b|nb\b|n\.b\.|note\b|remarque|opmerking|anmerkung)", re.I
)


def read_parts(pages: Sequence[Page], path: Path | None = None) -> list[Part]:
    """The table parts of the pages of the PDF at `path`, in reading order, linked over pages."""
    parts: list[Part] = []
    bare = without_running_heads(pages)
    for page in bare:
        with watch.page(page.number):
            parts += _parts_of(page, path)
    parts = with_last_rows([p for p in parts if not _contents_list(p, len(pages))], bare)
    link(parts)
    lift_spanners(parts)
    followed = {id(p.continues) for p in parts}
    return [p for p in parts if p.continues is not None or id(p) in followed or not _says_nothing(p)]


def _says_nothing(part: Part) -> bool:
    """Whether numbers stand without any head or label: where the table does not go on nobody could use them."""
    return part.body.header_rows == 0 and part.body.stub_columns == 0


def unread(pages: Sequence[Page], parts: Sequence[Part]) -> list[Problem]:
    """A sentence for each page where rows of numbers stand outside all that was read as a table: no reading was good.

    What the judge keeps of a doubtful page is kept; what it does not keep is reported here, never guessed.
    """
    found = []
    for page in pages:
        boxes = [p.body.grid.box for p in parts if p.page.number == page.number]
        charts = [_in_frame(page, box) for box in chart_boxes(page)]
        if libraries.in_doubt(page, [*boxes, *charts]):
            what = (
                f"Rows of numbers on page {page.number} may be a table that could not be read well enough; "
                "nothing of them is published. Look at the page."
            )
            found.append(Problem(what, page.number))
    return found


def _in_frame(page: Page, box: Box) -> Box:
    """A box of the page as seen, in its reading frame."""
    if page.turn == 1:
        return Box(page.width - box.bottom, box.x0, page.width - box.top, box.x1)
    if page.turn == 2:
        return Box(page.width - box.x1, page.height - box.bottom, page.width - box.x0, page.height - box.top)
    if page.turn == 3:
        return Box(box.top, page.height - box.x1, box.bottom, page.height - box.x0)
    return box


def _parts_of(page: Page, path: Path | None) -> Iterator[Part]:
    bars = chart_boxes(page)
    grids = [g for g in page_grids(page, path) if not _labels_of_a_chart(g, page, bars)]
    for n, grid in enumerate(grids, start=1):
        part = Part(page, structure.read(grid), f"p{page.number}-{n}")
        part.title, part.note = caption_and_note(page, grid, [g.box for g in grids])
        yield part


def _labels_of_a_chart(grid: Grid, page: Page, bars: Sequence[Box]) -> bool:
    """Whether a grid that only white space suggests, and not strongly, is the lettering of a bar chart."""
    if grid.detector == "ruled" or grid.score >= CLEAR or _half_without_labels(grid):
        return False
    box = page.seen(grid.box)
    return any(overlap(box, bar) > 0.5 * min(area(box), area(bar)) for bar in bars)


def _half_without_labels(grid: Grid) -> bool:
    """Whether a grid scores lower only because its labels stand in another half: heads over rows full of figures."""
    rows, columns = grid.rows - grid.header_rows, grid.notes.get("number_columns", 0.0)
    return grid.header_rows > 0 and rows >= 4 and columns >= 3 and columns == grid.cols and grid.notes["dense"] >= 0.95


def without_running_heads(pages: Sequence[Page]) -> list[Page]:
    """The pages without the lines that stand at the top or bottom of several pages, whatever page number they carry."""
    seen: Counter[tuple[str, int]] = Counter()
    edges: list[list[tuple[list[tuple[str, int]], Line]]] = []
    for page in pages:
        lines = lines_of([w for w in page.words if w.base < EDGE * page.height or w.top > (1 - EDGE) * page.height])
        keyed = [([(text, round(line.base / 6)) for text in _but_one_number(line.text)], line) for line in lines]
        seen.update({key for keys, _ in keyed for key in keys})
        edges.append(keyed)
    result = []
    for page, keyed in zip(pages, edges, strict=True):
        outermost = 0.07 * page.height
        heads = set()
        for keys, line in keyed:
            times = max(seen[key] for key in keys)
            if times >= 3 or (times == 2 == len(pages) and not outermost < line.base < page.height - outermost):
                heads |= {id(w) for w in line.words}
        result.append(replace(page, words=[w for w in page.words if id(w) not in heads]) if heads else page)
    return result


def _but_one_number(text: str) -> list[str]:
    """A text with each number left out in turn: a running line changes in its page number, a total in all numbers."""
    found = list(re.finditer(r"\d+", text))
    return [f"{text[: hit.start()]}#{text[hit.end() :]}" for hit in found] or [text]


def caption_and_note(page: Page, grid: Grid, taken: Sequence[Box]) -> tuple[str | None, str | None]:
    """The caption (above, or below with a number) and the note under a grid; words in the boxes `taken` are neither."""
    box = grid.box
    outside = [
        w
        for w in page.words
        if not any(b.top <= (w.top + w.bottom) / 2 <= b.bottom and b.x0 <= w.mid <= b.x1 for b in taken)
    ]
    parts = [Line(part) for line in lines_of(outside) for part in chunks(line, 1.5)]
    lines = [line for line in parts if line.x1 > box.x0 - 5 and line.x0 < box.x1 + 5]
    above = [ln for ln in lines if ln.base < box.top + 2]
    below = [ln for ln in lines if ln.top > box.bottom - 2]
    title = _title_above(above, box.top) or next((ln.text for ln in below[:1] if CAPTION.match(ln.text)), None)
    note = next((ln.text for ln in below[:3] if _NOTE.match(ln.text) and ln.top - box.bottom < 40), None)
    return title, note


def _title_above(above: list[Line], top: float) -> str | None:
    taken: list[Line] = []
    edge = top
    for line in reversed(above[-4:]):
        gap = edge - line.base
        if gap > (2.6 if not taken else 1.5) * max(line.size, 8):
            break
        if len(line.words) > 16 or _ITEM.match(line.text) or (taken and line.bold != taken[-1].bold):
            break
        if CAPTION.match(line.text):
            return " ".join(ln.text for ln in [line, *reversed(taken)])
        if not line.bold and not taken and (line.text.endswith((".", ":", ";")) or len(line.words) > 12):
            return None
        taken.append(line)
        edge = line.top
    taken = [ln for ln in taken if ln.bold or CAPTION.match(ln.text) or len(ln.words) <= 10]
    return " ".join(ln.text for ln in reversed(taken)) or None


def _contents_list(part: Part, pages: int) -> bool:
    """A table of contents: one column of numbers that only grows and ends with the report, or is long, without header.

    A part of a report may list pages that it does not have; eight figures never grow by chance.
    """
    texts = part.body.texts
    last = [row[-1] for row in texts if row[-1]]
    if len(last) < 4 or not all(t.isdecimal() for t in last):
        return False
    values = [float(t) for t in last]
    others = any(is_number(t) and not re.match(r"^\d+(?:\.\d+)*\.?$", t) for row in texts for t in row[:-1])
    grows = all(a <= b for a, b in itertools.pairwise(values))
    leaders = sum(bool(re.search(r"[.…_]{4,}|(?:\. ){3,}", " ".join(row))) for row in texts)
    bare = part.body.header_rows == 0 and len(values) >= LISTED and part.body.grid.cols == 2
    ends = values[-1] <= pages + 2 and (leaders >= 0.3 * len(texts) or values[-1] >= 0.6 * pages)
    return not others and grows and (ends or bare)


def to_schema(parts: Sequence[Part], known: Counter[str]) -> tuple[TablePart, ...]:
    """The parts as they pass to other rooms, boxes on the page as a person sees it."""
    result = []
    for part in parts:
        grid = part.body.grid
        cells = tuple(
            Cell(c.row, c.col, join_lines(c.text, known), c.rowspan, c.colspan, part.page.seen(grid.cell_box(c)))
            for c in grid.cells
        )
        result.append(
            TablePart(
                part.part_id,
                part.page.number,
                part.page.seen(grid.box),
                part.body.header_rows,
                part.body.stub_columns,
                cells,
                grid.detector,
                round(confidence.of_table(part), 2),
                part.title,
                part.note,
                part.continues.part_id if part.continues else None,
                part.beside,
            )
        )
    return tuple(result)
