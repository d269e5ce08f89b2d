"""Scores proposed grids and keeps a consistent set for a page. The only place that decides what is a table."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from extractors.page import Page
from extractors.tables import aligned, libraries, ruled, shaded, structure
from extractors.tables.bands import bands, leaves_bands
from extractors.tables.grid import Grid, GridCell, area, overlap
from extractors.tables.regions import regions
from extractors.tables.tokens import is_number, is_period, is_value
from extractors.turned import heads

KEEP = 0.5
"""Grids below this score are no tables: below it prose in columns and lettering of charts begin on generated pages."""
SURE = 0.8
"""Ruled grids from this score on need no second reading."""

CUT = 0.1
"""Points off for a grid that begins or ends in the middle of a row of shaded cells, or of its rows' labels."""


def page_grids(page: Page, path: Path | None = None) -> list[Grid]:
    """The tables of a page, top to bottom, left to right.

    With the `path` of its PDF the libraries are asked for a second opinion where the page is left in doubt.
    """
    rules = ruled.merged_rules(page)
    found, frames = ruled.propose(rules, replace(page, words=[*page.words, *page.turned]))
    page = replace(page, words=[*page.words, *heads(page.turned)])
    for grid in found:
        grid.score = score(grid, page)
    drawn = list(found)
    tinted = shaded.propose(page)
    shaded_rows = bands(page)
    sure = [g.box for g in found if g.detector == "ruled" and g.score >= SURE and not _header_only(g)]
    for box in regions(page, rules, sure, frames):
        for grid in aligned.build(page, box, rules, [*drawn, *tinted]):
            part = shaded.cut_through(grid, tinted) or leaves_bands(grid, page, shaded_rows) or cuts_labels(grid, page)
            grid.score = score(grid, page) - CUT * part
            found.append(grid)
    boxed = [g.box for g in found if g.notes.get("boxed_head") and g.score >= KEEP]
    for grid in drawn:
        if any(overlap(grid.box, box) > 0.9 * area(grid.box) for box in boxed) and _header_only(grid):
            grid.score = 0.0  # it is that table's header
    kept = choose(found)
    if path is not None and libraries.in_doubt(page, [g.box for g in kept]):
        for grid in libraries.propose(path, page):
            grid.score = score(grid, page)
            found.append(grid)
        kept = choose(found)
    return kept


def cuts_labels(grid: Grid, page: Page) -> bool:
    """Whether most first texts of a grid's rows go on from a word at its left, outside of it."""
    firsts = [
        min(c.words, key=lambda w: w.x0) for c in grid.cells if c.col == 0 and c.words and c.row >= grid.header_rows
    ]
    outside = [w for w in page.words if w.mid < grid.xs[0] and grid.ys[0] < w.base < grid.ys[-1] + 2]
    cut = sum(any(abs(w.base - o.base) < 1 and 0 <= w.x0 - o.x1 <= 0.5 * w.size for o in outside) for w in firsts)
    return cut >= max(2, 0.5 * len(firsts))


def _header_only(grid: Grid) -> bool:
    """Whether a drawn grid holds heads only: no figure that is no year stands below its first row."""
    return not any(c.row > 0 and is_value(_plain(c)) and not is_period(_plain(c)) for c in grid.cells if c.words)


def choose(grids: list[Grid]) -> list[Grid]:
    """Best first, skipping what overlaps one already kept."""
    kept: list[Grid] = []
    for grid in sorted(grids, key=lambda g: (-round(g.score, 2), -g.notes.get("read", 0), -_words_in_heads(g))):
        if grid.score < KEEP:
            break
        if all(overlap(grid.box, k.box) <= 0.1 * min(area(grid.box), area(k.box)) for k in kept):
            kept.append(_whole(grid, grids))
    return sorted(kept, key=lambda g: (round(g.box.top), g.box.x0))


def _words_in_heads(grid: Grid) -> int:
    """How many words the header holds: of two readings of the same rows one may have lost the heads' upper lines."""
    return sum(len(c.words) for c in grid.cells if c.row < grid.header_rows)


NEARLY = 0.03
"""Points by which a whole table may score lower than the same rows without their first labels."""


def _whole(grid: Grid, grids: list[Grid]) -> Grid:
    """The grid, or one that reads the same rows with more columns of labels at their left about as well."""
    wider = [
        g for g in grids
        if g.score >= grid.score - NEARLY and g.cols > grid.cols and abs(g.rows - grid.rows) <= 1
        and g.xs[0] < grid.xs[0] - 8 and abs(g.xs[-1] - grid.xs[-1]) <= 8
        and overlap(g.box, grid.box) >= 0.9 * area(grid.box)
    ]  # fmt: skip
    return max(wider, key=lambda g: (round(g.score, 2), g.notes.get("read", 0)), default=grid)


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
    notes["glued"] = sum(_several_values(c) for c in body) / max(
        1, len([c for c in body if any(w.text[0].isdigit() for w in c.words)])
    )
    notes["drawn"] = sum(overlap(d, box) > 0.5 * max(area(d), 0.1) for d in page.drawings) / max(4, len(cells))
    if grid.detector.startswith("ruled") and not notes.get("boxed_head"):
        points = (
            0.9
            + 0.1 * notes["values"]
            - 0.7 * notes["glued"]
            - 0.1 * notes["lumped"]
            - 0.3 * max(0.0, notes["words"] - 40) / 40
        )
        if notes["filled"] < 0.25 or notes["drawn"] > 0.5:
            points -= 0.5
        if notes.get("cut_rows"):  # few lines drawn: white space read as a whole knows better, where it can be read
            points = min(points, 0.88 - 0.1 * notes["lumped"])
        return max(0.0, min(1.0, points))
    return _aligned_score(grid)


def _aligned_score(grid: Grid) -> float:
    """The score of a grid found by white space: labelled rows, columns of numbers, a header over them."""
    notes = grid.notes
    body = structure.read(grid)
    # a group's label over all columns says nothing of any of them
    rows = [body.texts[r] for r in range(body.header_rows, grid.rows) if body.cells[r][0].colspan < grid.cols]
    values = [[is_value(t) for t in row] for row in rows]
    number_columns = []
    for c in range(body.stub_columns, grid.cols):
        filled = [k for k, row in enumerate(rows) if row[c]]
        numbers = sum(is_number(rows[k][c]) for k in filled)
        if numbers >= (1 if len(rows) == 1 else 2) and sum(values[k][c] for k in filled) >= 0.7 * len(filled):
            number_columns.append(c)
    valued = [k for k, row in enumerate(values) if any(row[c] for c in number_columns)]
    labelled = sum(bool(any(rows[k][c] for c in range(body.stub_columns))) for k in valued) / max(1, len(valued))
    dense = sum(values[k][c] for k in valued for c in number_columns) / max(1, len(valued) * len(number_columns))
    headed = sum(any(body.texts[r][c] for r in range(body.header_rows)) for c in number_columns)
    worded = _words_in_rows(grid, body)
    notes["number_columns"], notes["labelled"], notes["dense"] = float(len(number_columns)), labelled, dense
    points = 0.4 + 0.15 * notes["column_types"] + 0.15 * dense + 0.05 * min(len(rows), 6) / 6
    if labelled >= 0.7 or (worded and not number_columns):
        points += 0.15
    elif not (dense > 0.9 and len(number_columns) >= 2):
        points -= 0.3
    points += 0.1 * headed / max(1, len(number_columns)) + (0.05 if grid.ruled_rows else 0.0)
    cells = sum(values[k][c] for k in valued for c in number_columns)
    if not number_columns and not worded:
        points -= 0.2 if grid.ruled_rows and grid.cols > 2 else 0.45
    elif cells < 3 and not worded:
        points -= 0.3
    if not grid.ruled_rows and len(valued) < 2 and not worded:
        points -= 0.3
    if _leaders(rows, len(number_columns)):
        points -= 0.6
    if _axis(rows, number_columns):
        points -= 0.4
    points -= 0.5 * notes["glued"] + 0.8 * notes["prose"] * (not worded)
    points -= 0.04 * max(0.0, notes["words"] - (8 if worded else 4))
    points -= 0.6 * min(1.0, notes["drawn"])
    if body.header_rows == 0:
        points -= 0.05
    return max(0.0, min(0.95, points))


def _words_in_rows(grid: Grid, body: structure.Body) -> bool:
    """A table of running words: heads of another look over its columns, and rows that each begin with a label."""
    rows = body.texts[body.header_rows :]
    if grid.cols < 3 or len(rows) < 3 or body.header_rows != 1 or not structure.styled_as_header(body.cells, 0):
        return False
    heads = sum(bool(t) for t in body.texts[0])
    labelled = sum(bool(row[0]) for row in rows)
    filled = sum(bool(t) for row in rows for t in row)
    short = all(len(t.split()) <= 6 for t in body.texts[0])
    return (
        heads >= grid.cols - 1
        and short
        and labelled >= 0.9 * len(rows)
        and filled >= 0.75 * len(rows) * grid.cols
        and not any(c.colspan > 1 for c in grid.cells)
    )


def _leaders(rows: list[list[str]], columns: int) -> bool:
    """A table of contents: leader dots to one column of numbers that only grow."""
    dotted = sum(bool(re.search(r"(?:[.…_]\s?){4,}", " ".join(row))) for row in rows)
    last = [row[-1] for row in rows if row[-1]]
    pages = [float(text) for text in last if text.isdecimal()]
    grows = len(pages) == len(last) >= 2 and all(a <= b for a, b in pairwise(pages))
    return columns == 1 and dotted >= 0.5 * len(rows) and grows


def _axis(rows: list[list[str]], columns: list[int]) -> bool:
    """A chart's axis: at least five numbers in steps of one size, hardly anything beside them or the same once more."""
    for c in columns:
        digits = [re.sub(r"[.,\s%]", "", row[c]).replace("–", "-") for row in rows if row[c]]
        if len(digits) < 5 or not all(re.fullmatch(r"-?\d+", d) for d in digits):
            continue
        steps = {float(b) - float(a) for a, b in pairwise(digits)}
        others = sum(bool(t) for row in rows for k, t in enumerate(row) if k != c)
        if len(steps) != 1 or abs(next(iter(steps))) <= 1:
            continue
        twin = any(k != c and [row[k] for row in rows if row[k]] == [row[c] for row in rows if row[c]] for k in columns)
        if twin or others < 1.5 * len(rows) * max(1, len(columns)):
            return True
    return False


def _plain(cell: GridCell) -> str:
    return " ".join(w.text for w in cell.words if not w.raised)


def _several_values(cell: GridCell) -> bool:
    """Whether a cell holds two or more numbers that stand apart: cells read as one.

    Thousands stand a blank apart (`1 234`); what is further apart on one line is another number.
    """
    words = [w for w in cell.words if not w.raised]
    texts = [w.text for w in words]
    if len(texts) < 2 or not all(is_value(t) for t in texts):
        return False
    wide = any(abs(a.base - b.base) < 1 and b.x0 - a.x1 > 0.6 * b.size for a, b in pairwise(words))
    return wide or not is_value(" ".join(texts))


def _column_types(grid: Grid) -> float:
    """Mean share of the commoner kind (number or text) over the columns' body cells."""
    shares = []
    for c in range(grid.cols):
        kinds = [
            is_value(_plain(k)) for k in grid.cells if k.col == c and k.words and k.row >= max(1, grid.header_rows)
        ]
        if kinds:
            share = sum(kinds) / len(kinds)
            shares.append(max(share, 1 - share))
    return sum(shares) / len(shares) if shares else 0.0
