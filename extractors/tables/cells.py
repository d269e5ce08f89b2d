"""Cells of a grid found by white space: rows of lines and column bounds made into a header and a body.

Header texts are placed over the columns that they line up with; a row's words are parted at the column bounds.
"""

from __future__ import annotations

from itertools import pairwise

from extractors.page import Rule, Word
from extractors.tables.grid import Grid, GridCell
from extractors.tables.groups import span_centred_labels
from extractors.tables.headers import levels, place, split_at_bounds, touched
from extractors.tables.rows import column_of, header_end, label_columns, ruled_between
from extractors.tables.strips import Strip
from extractors.tables.tokens import is_value
from schemas.printed import Box


def assemble(
    strips: list[Strip], groups: list[list[int]], xs: list[float], box: Box, ruled: bool, across: list[Rule]
) -> Grid:
    """Cells from rows of lines and column bounds; header texts are placed over the columns that they line up with."""
    first = header_end(strips, xs)
    body = [g for g in groups if g[0] >= first]
    head = strips[:first]
    extents = _extents(strips[first:] or strips, xs)
    texts = place([s.parts for s in head], xs, extents, across, label_columns(strips[first:], xs))
    ruled_after = {k for k, (a, b) in enumerate(pairwise(head)) if ruled_between(a.line, b.line, across, xs)}
    header, cells = levels(texts, len(head), len(xs) - 1, ruled_after) if head else (0, [])
    ys = [box.top]
    if head and body:
        low, high = max(s.line.bottom for s in head), min(strips[i].line.top for i in body[0])
        step = ((low + high) / 2 - box.top) / header
        ys += [box.top + step * (k + 1) for k in range(header)]
    rows = [[strips[i] for i in group] for group in body]
    ys += _ends(rows, box)
    cells += _body_cells(rows, header, xs, box, extents)
    grid = Grid(
        xs, ys, sorted(cells, key=lambda c: (c.row, c.col)), "aligned", ruled_columns=ruled, ruled_rows=bool(across)
    )
    grid.header_rows = header
    span_centred_labels(grid)
    return grid


def _over_all(lines: list[Strip], xs: list[float], box: Box, extents: list[tuple[float, float]]) -> list[Word]:
    """The words of a group's label that is centred over the whole table; none when the row is no such label."""
    if len(xs) < 4 or len(lines) > 2 or any(len(s.parts) > 1 or s.values for s in lines):
        return []
    size = lines[0].line.size
    middles = ((box.x0 + box.x1) / 2, (extents[0][0] + extents[-1][1]) / 2)
    if lines[0].line.x0 < extents[0][0] + size or any(is_value(w.text) for w in lines[0].line.words):
        return []
    centred = all(min(abs((s.line.x0 + s.line.x1) / 2 - m) for m in middles) < size for s in lines)
    return [w for s in lines for w in s.line.words] if centred else []


def under_head(
    head: Grid, strips: list[Strip], groups: list[list[int]], xs: list[float], box: Box, ruled: bool
) -> Grid:
    """The rows of a region under its drawn header."""
    rows = [[strips[i] for i in group] for group in groups]
    ys = [*head.ys, *_ends(rows, box)]
    cells = [GridCell(c.row, c.col, c.rowspan, c.colspan, list(c.words)) for c in head.cells]
    cells += _body_cells(rows, head.rows, xs, box, _extents(strips, xs))
    grid = Grid(xs, ys, sorted(cells, key=lambda c: (c.row, c.col)), "ruled+aligned", ruled_columns=ruled)
    grid.header_rows = head.rows
    grid.notes["boxed_head"] = 1.0
    span_centred_labels(grid)
    return grid


def _ends(rows: list[list[Strip]], box: Box) -> list[float]:
    """The height at which each row of lines ends: halfway to the next one, the last one with the region."""
    halfway = [(max(s.line.bottom for s in a) + min(s.line.top for s in b)) / 2 for a, b in pairwise(rows)]
    return [*halfway, box.bottom]


def _body_cells(
    rows: list[list[Strip]], first: int, xs: list[float], box: Box, extents: list[tuple[float, float]]
) -> list[GridCell]:
    """The cells of rows of lines, which are the rows of a grid from `first` on."""
    cells: list[GridCell] = []
    for r, lines in enumerate(rows, start=first):
        over = _over_all(lines, xs, box, extents)
        cells += [GridCell(r, 0, 1, len(xs) - 1, over)] if over else _row_cells(r, lines, xs)
    return cells


def _extents(strips: list[Strip], xs: list[float]) -> list[tuple[float, float]]:
    """Left and right edge of the words in each column; the bounds themselves where it holds none."""
    edges: list[tuple[float, float]] = []
    for c in range(len(xs) - 1):
        mine = [
            w
            for s in strips
            for w in s.line.words
            if column_of(w, xs) == c and w.x0 > xs[c] - 4 and w.x1 < xs[c + 1] + 4
        ]
        edges.append((min(w.x0 for w in mine), max(w.x1 for w in mine)) if mine else (xs[c], xs[c + 1]))
    return edges


def _row_cells(r: int, strips: list[Strip], xs: list[float]) -> list[GridCell]:
    cells: dict[tuple[int, int], list[Word]] = {}
    for strip in strips:
        for part in split_at_bounds(strip.parts, xs):
            lo, hi = touched(part, xs)
            if lo != hi and not _one_text(part):
                for word, c in zip(part, _homes(part, xs), strict=True):  # narrow gaps: each word is its column's
                    cells.setdefault((c, c), []).append(word)
            else:
                cells.setdefault((lo, hi), []).extend(part)
    merged: list[tuple[int, int, list[Word]]] = []
    for (lo, hi), words in sorted(cells.items()):
        if merged and lo <= merged[-1][1]:
            old = merged.pop()
            merged.append((old[0], max(old[1], hi), old[2] + words))
        else:
            merged.append((lo, hi, words))
    result: list[GridCell] = []
    used = 0
    for lo, hi, words in merged:
        result += [GridCell(r, c) for c in range(used, lo)]
        result.append(GridCell(r, lo, 1, hi - lo + 1, words))
        used = hi + 1
    result += [GridCell(r, c) for c in range(used, len(xs) - 1)]
    return result


def _homes(part: list[Word], xs: list[float]) -> list[int]:
    """The columns of words close together; a long label ends before the figure that it runs up to."""
    homes = [column_of(w, xs) for w in part]
    figure = next((k for k, w in enumerate(part) if is_value(w.text)), 0)
    return [min(c, max(homes[0], homes[figure] - 1)) if k < figure else c for k, c in enumerate(homes)]


def _one_text(part: list[Word]) -> bool:
    """Whether a chunk is one text (a group label over the table) rather than cells close together."""
    return sum(is_value(w.text) for w in part) <= 1 and not is_value(part[-1].text)
