"""The second half of a table that goes on beside, read in the light of its first half.

A spanner at the left of a half without labels looks like the first line of its first column's head. Where the first
half has spanners, and the half repeats the heads under them, it is told apart.
"""

from __future__ import annotations

from extractors.page import Line, Word, lines_of
from extractors.tables.grid import GridCell
from extractors.tables.stitch import Part, chain
from extractors.tables.structure import Body, plain


def lift_spanners(parts: list[Part]) -> None:
    """Gives second halves the spanner that stands over all their heads, in place."""
    heads: dict[int, set[str]] = {}  # of each second half, by its first part
    for part in parts:
        if part.beside and part.continues is not None:
            heads[id(part)] = _spanned_heads(chain(part.continues)[0].body)
    for part in parts if any(heads.values()) else ():
        if of_half := heads.get(id(chain(part)[0])):
            _lift(part.body, of_half)


def _spanned_heads(body: Body) -> set[str]:
    """The lowest heads of a body whose upper ones each stand over several columns."""
    upper = [c for c in body.grid.cells if c.row == 0 and c.col >= body.stub_columns and c.words]
    if body.header_rows != 2 or not upper or any(c.colspan == 1 for c in upper):
        return set()
    return {t.casefold() for t in body.texts[1][body.stub_columns :] if t}


def _lift(body: Body, heads: set[str]) -> None:
    """Makes what stands above a repeated head a header row, if another head is one of the first half's too."""
    grid = body.grid
    if body.header_rows != 1 or body.stub_columns or any(c.colspan > 1 for c in body.cells[0]):
        return
    lines = lines_of(body.cells[0][0].words)
    cut = next((k for k in range(1, len(lines)) if _text(lines[k:]) in heads), None)
    if cut is None or not any(t.casefold() in heads for t in body.texts[0][1:]):
        return
    upper, lower = _words(lines[:cut]), _words(lines[cut:])
    for cell in grid.cells:
        cell.row += 1
        if cell.row == 1 and cell.col == 0:
            cell.words = lower
    grid.cells.insert(0, GridCell(0, 0, 1, grid.cols, upper))
    grid.ys.insert(1, (max(w.bottom for w in upper) + min(w.top for w in lower)) / 2)
    grid.header_rows = body.header_rows = 2
    body.cells = grid.matrix()
    body.texts = [[plain(c) for c in row] for row in body.cells]


def _text(lines: list[Line]) -> str:
    return plain(GridCell(0, 0, words=_words(lines))).casefold()


def _words(lines: list[Line]) -> list[Word]:
    return [w for line in lines for w in line.words]
