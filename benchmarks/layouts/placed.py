"""From the marks of a typeset document to its truth: which cells stand on which page, and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.layouts.model import Labelled, TrueCell, TruePart
from benchmarks.layouts.tables import Table


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a cell's text begins or ends; x and y in points on the page as seen."""

    piece: int
    row: int
    col: int
    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A table set in one go, or some of its columns."""

    index: int
    table: Table
    columns: tuple[int, int]


def parts_of(pieces: list[Piece], marks: Iterable[Mark]) -> list[TruePart]:
    """One part for each piece and page, in reading order of pieces and pages."""
    seen: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for mark in marks:
        seen[mark.piece, mark.page].append(mark)
    return [_part(pieces[k], page, found) for (k, page), found in sorted(seen.items())]


def _part(piece: Piece, page: int, marks: list[Mark]) -> TruePart:
    first, last = piece.columns
    here = {(m.row, m.col) for m in marks}
    rows = sorted({row for row, _ in here})
    place = {row: k for k, row in enumerate(rows)}
    cells = tuple(
        TrueCell(place[c.row], c.col - first, c.text + c.mark, c.rowspan, min(c.colspan, last - c.col))
        for c in sorted(piece.table.cells, key=lambda c: (c.row, c.col))
        if (c.row, c.col) in here
    )
    heads = sum(row < piece.table.header_rows for row in rows)
    box = (min(m.x for m in marks), min(m.y for m in marks), max(m.x for m in marks), max(m.y for m in marks))
    return TruePart(piece.index, page, box, heads, cells, beside=first > 0)


def labelled_of(key: int, piece: Piece, marks: Iterable[Mark]) -> list[Labelled]:
    """The numbers of a piece with their labels and pages."""
    first, last = piece.columns
    pages = {(m.row, m.col): m.page for m in marks if m.piece == key}
    return [
        Labelled(piece.index, pages[n.row, n.col], n.row_path, n.column_path, n.printed, n.value, n.unit)
        for n in piece.table.numbers
        if first <= n.col < last
    ]
