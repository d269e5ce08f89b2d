"""A proposed table: column and row bounds, cells with spans, and the words in each. Geometry only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from extractors.page import Line, Word, lines_of
from schemas.printed import Box


@dataclass(slots=True)
class GridCell:
    """One cell: its upper left place in the grid, its spans, and the words printed in it."""

    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    words: list[Word] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words in reading order; raised marks are set off by a blank, as they are printed after their word."""
        return join_words(self.words)


@dataclass(slots=True)
class Grid:
    """`xs` are the column bounds (columns + 1 values), `ys` the row bounds. Cells do not overlap and leave no hole."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    detector: str
    ruled_columns: bool = False
    ruled_rows: bool = False
    score: float = 0.0
    header_rows: int = 0
    notes: dict[str, float] = field(default_factory=dict)

    @property
    def box(self) -> Box:
        """The outer rectangle."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.ys) - 1

    @property
    def cols(self) -> int:
        """Number of columns."""
        return len(self.xs) - 1

    def matrix(self) -> list[list[GridCell]]:
        """Rows x columns of cells; a spanning cell stands at each place that it covers."""
        result: list[list[GridCell]] = [[None] * self.cols for _ in range(self.rows)]  # type: ignore[list-item]
        for cell in self.cells:
            for r in range(cell.row, min(cell.row + cell.rowspan, self.rows)):
                for c in range(cell.col, min(cell.col + cell.colspan, self.cols)):
                    result[r][c] = cell
        return result

    def cell_box(self, cell: GridCell) -> Box:
        """The rectangle of a cell."""
        return Box(
            self.xs[cell.col],
            self.ys[cell.row],
            self.xs[min(cell.col + cell.colspan, self.cols)],
            self.ys[min(cell.row + cell.rowspan, self.rows)],
        )


def join_words(words: Iterable[Word]) -> str:
    """Words as running text, line by line; line ends become blanks (hyphens are undone later, by language)."""
    return "\n".join(" ".join(w.text for w in line.words) for line in lines_of(list(words)))


def clusters(values: Iterable[float], tolerance: float) -> list[float]:
    """Means of the groups of values whose neighbours are at most `tolerance` apart, ascending."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(g) / len(g) for g in groups]


def overlap(a: Box, b: Box) -> float:
    """Shared area of two boxes."""
    wide = min(a.x1, b.x1) - max(a.x0, b.x0)
    high = min(a.bottom, b.bottom) - max(a.top, b.top)
    return max(0.0, wide) * max(0.0, high)


def area(box: Box) -> float:
    """Area of a box."""
    return max(0.0, box.x1 - box.x0) * max(0.0, box.bottom - box.top)


def chunks(line: Line, gap: float = 0.75) -> list[list[Word]]:
    """A line cut where the white between two words exceeds `gap` times the font size."""
    parts: list[list[Word]] = []
    for word in line.words:
        if parts and word.x0 - parts[-1][-1].x1 <= gap * max(word.size, 4):
            parts[-1].append(word)
        else:
            parts.append([word])
    return parts
