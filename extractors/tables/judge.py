"""Scores proposed grids and keeps a consistent set for a page. The only place that decides what is a table."""

from __future__ import annotations

from extractors.page import Page
from extractors.tables import aligned, ruled
from extractors.tables.grid import Grid, GridCell, area, overlap
from extractors.tables.regions import regions
from extractors.tables.tokens import is_number, is_value

KEEP = 0.5
"""Grids below this score are not tables (chosen on generated pages, see docs/tables.md)."""
SURE = 0.8
"""Ruled grids from this score on need no second reading."""


def page_grids(page: Page) -> list[Grid]:
    """The tables of a page, top to bottom, left to right."""
    rules = ruled.merged_rules(page)
    found, frames = ruled.propose(rules, page)
    for grid in found:
        grid.score = score(grid, page)
    sure = [g.box for g in found if g.detector == "ruled" and g.score >= SURE]
    for box in regions(page, rules, sure, frames):
        for grid in aligned.build(page, box, rules):
            grid.score = score(grid, page)
            found.append(grid)
    return choose(found)


def choose(grids: list[Grid]) -> list[Grid]:
    """Best first, skipping what overlaps one already kept."""
    kept: list[Grid] = []
    for grid in sorted(grids, key=lambda g: (-round(g.score, 2), -g.notes.get("read", 0))):
        if grid.score < KEEP:
            break
        if all(overlap(grid.box, k.box) <= 0.1 * min(area(grid.box), area(k.box)) for k in kept):
            kept.append(grid)
    return sorted(kept, key=lambda g: (round(g.box.top), g.box.x0))


def score(grid: Grid, page: Page) -> float:
    """How likely the grid is a table read right, 0 to 1."""
    cells = [c for c in grid.cells if c.words]
    notes = grid.notes
    total = grid.rows * grid.cols
    filled_rows = len({c.row for c in cells})
    filled_cols = len({c.col for c in cells})
    if filled_rows < 2 or filled_cols < 2 or len(cells) < 4:
        return 0.0
    notes["filled"] = sum(c.rowspan * c.colspan for c in cells) / total
    body = [c for c in cells if c.row >= max(1, grid.header_rows)]
    values = [c for c in body if is_value(_plain(c))]
    notes["values"] = len(values) / max(1, len(body))
    notes["read"] = float(len(body))
    notes["lumped"] = float(any(c.colspan == grid.cols and len(c.words) >= grid.cols for c in cells if c.row == 0))
    notes["words"] = sum(len(c.words) for c in cells) / len(cells)
    notes["prose"] = sum(len(c.words) > 12 for c in cells) / len(cells)
    notes["column_types"] = _column_types(grid)
    inside = sum(len(c.words) for c in cells)
    box = grid.box
    there = sum(box.x0 <= w.mid <= box.x1 and box.top <= (w.top + w.bottom) / 2 <= box.bottom for w in page.words)
    notes["coverage"] = inside / max(1, there)
    notes["glued"] = sum(_several_values(c) for c in body) / max(1, len([c for c in body if any(w.text[0].isdigit() for w in c.words)]))
    notes["drawn"] = sum(overlap(d, box) > 0.5 * max(area(d), 0.1) for d in page.drawings) / max(4, len(cells))
    if grid.detector.startswith("ruled"):
        points = 0.9 + 0.1 * notes["values"] - 0.7 * notes["glued"] - 0.1 * notes["lumped"] - 0.3 * max(0.0, notes["words"] - 40) / 40
        if notes["filled"] < 0.25 or notes["drawn"] > 0.5:
            points -= 0.5
        return max(0.0, min(1.0, points))
    points = 0.15 + 0.45 * min(1.0, notes["values"] * 1.6) + 0.3 * notes["column_types"]
    points += 0.05 * min(filled_rows, 6) / 6 + (0.1 if grid.ruled_rows else 0)
    points -= 0.5 * notes["glued"]
    points -= 0.8 * notes["prose"] + 0.04 * max(0.0, notes["words"] - 4) + 0.6 * min(1.0, notes["drawn"])
    if notes["filled"] < 0.4:
        points -= 0.3
    if grid.header_rows == 0:
        points -= 0.05
    return max(0.0, min(0.95, points))


def _plain(cell: GridCell) -> str:
    return " ".join(w.text for w in cell.words if not w.raised)


def _several_values(cell: GridCell) -> bool:
    """Whether a cell holds two or more numbers that stand apart: cells read as one."""
    texts = [w.text for w in cell.words if not w.raised]
    return len(texts) >= 2 and all(is_value(t) for t in texts) and not is_value(" ".join(texts))


def _column_types(grid: Grid) -> float:
    """Mean share of the commoner kind (number or text) over the columns' body cells."""
    shares = []
    for c in range(grid.cols):
        kinds = [is_value(_plain(k)) for k in grid.cells if k.col == c and k.words and k.row >= max(1, grid.header_rows)]
        if kinds:
            share = sum(kinds) / len(kinds)
            shares.append(max(share, 1 - share))
    return sum(shares) / len(shares) if shares else 0.0


__all__ = ["choose", "is_number", "page_grids", "score"]
