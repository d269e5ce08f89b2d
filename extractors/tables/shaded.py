"""Cells that are shaded one by one and adjoin: their edges are the bounds of columns, and of heads that span several.

Many programs (browsers, word processors, spreadsheets) shade a header or every second row cell by cell. What is drawn
then tells as much as lines would; a band in one piece tells nothing of columns and is left to `rows` and `regions`.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.page import Page, Rule, Shade
from extractors.tables.bands import LIGHT
from extractors.tables.grid import Grid, GridCell, clusters, overlap
from extractors.tables.ruled import TOUCH, groups_of, merge_open, merged

MOST = 2000
"""Shaded areas on a page above which it is a map or a drawing."""

HELD = 0.5
"""Share of adjoining areas that hold words, from which on they are cells."""


def propose(page: Page) -> list[Grid]:
    """The grids that adjoining shaded cells make: a header's, those of single rows, or a whole table's.

    They are evidence for readings by white space (its columns, its header), not tables of their own.
    """
    shades = [s for s in page.shades if s.light <= LIGHT and 6 < s.bottom - s.top < 75 and s.x1 - s.x0 > 6]
    if not 3 <= len(shades) <= MOST:
        return []
    grids = []
    tints = [[s for s in shades if round(s.light, 2) == light] for light in sorted({round(s.light, 2) for s in shades})]
    for group in [g for tint in tints for g in groups_of(merged([r for s in tint for r in _edges(s)]))]:
        across, down = [r for r in group if r.horizontal], [r for r in group if not r.horizontal]
        xs, ys = clusters([r.at for r in down], TOUCH), clusters([r.at for r in across], TOUCH)
        if len(xs) < 4 or len(ys) < 2 or len(xs) * len(ys) > 5000:
            continue
        grid = Grid(xs, ys, merge_open(xs, ys, across, down, page), "shaded")
        if sum(bool(c.words) for c in grid.cells) >= HELD * len(grid.cells):  # a chart's bars hold nothing
            grids.append(grid)
    return grids


def _edges(shade: Shade) -> list[Rule]:
    """The four sides of a shaded area."""
    sides = [Rule(True, y, shade.x0, shade.x1, 0.0) for y in (shade.top, shade.bottom)]
    return sides + [Rule(False, x, shade.top, shade.bottom, 0.0) for x in (shade.x0, shade.x1)]


def widened(head: Grid, at: float) -> Grid:
    """A header whose first column is two in the rows below: what stands over it stands over both."""
    cells = [
        GridCell(c.row, c.col + (c.col > 0), c.rowspan, c.colspan + (c.col == 0), list(c.words)) for c in head.cells
    ]
    return replace(head, xs=[head.xs[0], at, *head.xs[1:]], cells=cells)


def cut_through(grid: Grid, tinted: list[Grid]) -> bool:
    """Whether a grid begins in the middle of a row of shaded cells."""
    box = grid.box
    above = (
        w for t in tinted if t.ys[0] < box.top < t.ys[-1] and overlap(t.box, box) > 0 for c in t.cells for w in c.words
    )
    return any(w.bottom <= box.top + 1 and box.x0 <= w.mid <= box.x1 for w in above)


def bounds(grids: list[Grid], left: float, right: float, top: float, bottom: float) -> list[float]:
    """The columns' bounds that the shaded cells of a region tell, as wide as the region; of the row with most cells."""
    fitting = [
        g for g in grids
        if abs(g.xs[0] - left) <= 8 and abs(g.xs[-1] - right) <= 8 and top - 8 <= g.ys[0] and g.ys[-1] <= bottom + 8
    ]  # fmt: skip
    best = max(fitting, key=lambda g: g.cols, default=None)
    return best.xs[1:-1] if best is not None else []
