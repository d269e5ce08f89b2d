"""A table's last row alone at the top of the next page: no table by itself, but a row of the one that it ends."""

from __future__ import annotations

from itertools import groupby

from extractors.page import Line, Page, Word, lines_of
from extractors.tables import structure
from extractors.tables.grid import Grid, GridCell
from extractors.tables.rows import column_of
from extractors.tables.stitch import MARGIN, Part, edges_of, last_on_page, one_over_the_other
from extractors.tables.strips import Strip, chunk_text, cut
from extractors.tables.tokens import is_value

FEWEST = 2
"""Figures that must stand under those of the table before."""


def with_last_rows(parts: list[Part], pages: list[Page]) -> list[Part]:
    """The parts, in order of pages, with the rows that stand alone on the page after their table's."""
    at = {number: list(group) for number, group in groupby(parts, key=lambda p: p.page.number)}
    result: list[Part] = []
    for page in pages:
        before = [p for p in at.get(page.number - 1, []) if p.body.stub_columns and last_on_page(p)]
        here = at.get(page.number, [])
        found = next((row for p in reversed(before) if (row := _row(p, page, here)) is not None), None)
        result += [found, *here] if found is not None else here
    return result


def _row(before: Part, page: Page, here: list[Part]) -> Part | None:
    """The first line in one of a page's columns of text, as a row of the part before, if each figure stands so."""
    left, right = before.body.grid.xs[0], before.body.grid.xs[-1]
    words = [w for w in page.words if w.bottom > MARGIN * page.height]
    if not words or before.body.grid.rows - before.body.header_rows < FEWEST:
        return None
    first = lines_of(words)[0]
    edge = min((w.x0 for row in before.body.cells for w in row[0].words), default=left)
    for shift in dict.fromkeys((0.0, *(round(w.x0 - edge, 1) for w in first.words if w.x0 > page.width / 2))):
        column = [w for w in words if left + shift - 4 <= w.x0 and w.x1 <= right + shift + 6]
        line = lines_of(column)[0] if column else None
        if line is None or any(p.body.grid.ys[0] - 2 <= line.base <= p.body.grid.ys[-1] + 2 for p in here):
            continue
        cells = _cells(before, line, shift)
        if cells is not None:
            xs = [x + shift for x in before.body.grid.xs]
            grid = Grid(xs, [line.top - 1, line.bottom + 1], cells, "aligned", score=before.body.grid.score)
            body = structure.read(grid)
            if body.stub_columns == before.body.stub_columns:
                return Part(page, body, f"p{page.number}-0")
    return None


def _cells(before: Part, line: Line, shift: float) -> list[GridCell] | None:
    """The cells of a line whose label stands in the first column and whose figures under those of the table."""
    body = before.body
    xs = [x + shift for x in body.grid.xs]
    held: list[list[Word]] = [[] for _ in range(body.grid.cols)]
    edges = edges_of(before)
    figures = 0
    for part in Strip(line, cut(line)).parts:
        c = column_of(part[0], xs)
        value = is_value(chunk_text(part))
        if value != (c >= body.stub_columns) or column_of(part[-1], xs) != c or held[c]:
            return None
        if value and not one_over_the_other(edges[c], (part[0].x0, part[-1].x1), shift):
            return None
        figures += value
        held[c] = part
    if not any(held[: body.stub_columns]) or figures < max(FEWEST, 0.5 * (body.grid.cols - body.stub_columns)):
        return None
    return [GridCell(0, c, words=words) for c, words in enumerate(held)]
