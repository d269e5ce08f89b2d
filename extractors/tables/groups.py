"""The outer label column of a table: which rows a label holds for that is set in the middle of its group's height.

Without a line between the groups only the labels' heights tell: each stands in the middle of its rows, so from the top
of the body on every group's end is as far below its label as its beginning is above. Where that does not come out at
row bounds, for every label, nothing is changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.tables.grid import Grid, GridCell

OFF = 0.3
"""Share of a row's height by which a group's end may miss a row bound."""


@dataclass(frozen=True, slots=True)
class _Label:
    """A label of the outer column: its cell and the middle of its text."""

    cell: GridCell
    middle: float


def span_centred_labels(grid: Grid) -> None:
    """Gives each centred label of the first column the rows of its group, in place."""
    cells = {(c.row, c.col): c for c in grid.cells}
    body = range(grid.header_rows, grid.rows)
    stub = [cells.get((r, 0)) for r in body]
    if grid.cols < 3 or not all(c is not None and c.rowspan == 1 for c in stub):
        return
    runs: list[list[int]] = [[]]
    for r in body:
        inner = cells.get((r, 1))
        if inner is not None and inner.colspan == 1 and inner.words and cells[r, 0].colspan == 1:
            runs[-1].append(r)
        else:  # a total, or a group of one row: its label stands over both columns
            runs.append([])
    for run in runs:
        held = [cells[r, 0] for r in run if cells[r, 0].words]
        if not held or len(held) == len(run):
            continue
        found = _groups(grid, run, [_Label(c, _middle(c)) for c in held])
        if found is not None:
            _merge(grid, found)


def _middle(cell: GridCell) -> float:
    return (min(w.top for w in cell.words) + max(w.bottom for w in cell.words)) / 2


def _groups(grid: Grid, run: list[int], labels: list[_Label]) -> list[tuple[GridCell, int, int]] | None:
    """Each label with its first row and the row after its last, or None where the heights do not come out."""
    bounds = grid.ys[run[0] : run[-1] + 2]
    start = 0
    found = []
    for label in labels:
        wanted = 2 * label.middle - bounds[start]
        end = min(range(start + 1, len(bounds)), key=lambda k: abs(bounds[k] - wanted), default=None)
        if end is None or abs(bounds[end] - wanted) > 2 * OFF * (bounds[end] - bounds[end - 1]):
            return None
        found.append((label.cell, run[0] + start, run[0] + end))
        start = end
    return found if start == len(bounds) - 1 else None


def _merge(grid: Grid, found: list[tuple[GridCell, int, int]]) -> None:
    covered = {(r, 0) for _, start, end in found for r in range(start, end)}
    kept = [c for c in grid.cells if (c.row, c.col) not in covered]
    merged = [GridCell(start, 0, end - start, 1, list(cell.words)) for cell, start, end in found]
    grid.cells = sorted([*kept, *merged], key=lambda c: (c.row, c.col))
