"""Proposes grids from drawn lines: groups of lines that touch, cut into cells, cells without a line between merged.

The counterpart of a lattice reader, on PDFium's vector lines instead of pixels. Open sides are allowed: many tables
draw no outer frame. It does not look at what the words say.
"""

from __future__ import annotations

from itertools import pairwise

from extractors.page import Page, Rule, Word, lines_of
from extractors.tables.corridors import columns
from extractors.tables.grid import Grid, GridCell, clusters
from extractors.tables.rows import column_of
from extractors.tables.rows import rows as rows_of_lines
from extractors.tables.strips import APART, Strip, chunk_text, cut
from extractors.tables.tokens import is_value
from schemas.printed import Box

TOUCH = 3.0
"""Points between lines that still meet: covers the widest rules and rounding of producers."""
SNAP = 2.6
"""Points within which parallel lines count as one (double rules, cell borders drawn by both neighbours)."""


def merged_rules(page: Page) -> list[Rule]:
    """The page's lines, collinear pieces joined."""
    return merged(page.rules)


def merged(rules: list[Rule]) -> list[Rule]:
    """Lines with collinear pieces joined, shortest ones left out."""
    pieces = [r for r in rules if r.hi - r.lo > 2]
    result: list[Rule] = []
    for horizontal in (True, False):
        same = sorted((r for r in pieces if r.horizontal == horizontal), key=lambda r: (r.at, r.lo))
        groups: list[list[Rule]] = []
        for rule in same:
            if groups and rule.at - groups[-1][-1].at <= 1.2:
                groups[-1].append(rule)
            else:
                groups.append([rule])
        for group in groups:
            at = sum(r.at for r in group) / len(group)
            for rule in sorted(group, key=lambda r: r.lo):
                last = result[-1] if result else None
                if last and last.horizontal == horizontal and last.at == at and rule.lo - last.hi <= TOUCH:
                    last.hi = max(last.hi, rule.hi)
                    last.width = max(last.width, rule.width)
                else:
                    result.append(Rule(horizontal, at, rule.lo, rule.hi, rule.width))
    return result


def groups_of(rules: list[Rule]) -> list[list[Rule]]:
    """Lines that touch each other, directly or through others."""
    parent = list(range(len(rules)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    across = [i for i, r in enumerate(rules) if r.horizontal]
    down = [i for i, r in enumerate(rules) if not r.horizontal]
    for i in across:
        h = rules[i]
        for j in down:
            v = rules[j]
            if h.lo - TOUCH <= v.at <= h.hi + TOUCH and v.lo - TOUCH <= h.at <= v.hi + TOUCH:
                parent[find(i)] = find(j)
    found: dict[int, list[Rule]] = {}
    for i, rule in enumerate(rules):
        found.setdefault(find(i), []).append(rule)
    return [g for g in found.values() if len(g) > 1]


MOST = 4000
"""Lines on a page above which it is a map or a drawing."""


def propose(rules: list[Rule], page: Page) -> tuple[list[Grid], list[Box]]:
    """A grid for each group of touching lines that makes at least two cells, and the frames of those that hold more.

    A frame is a box whose lines tell too few rows or columns apart: what is in it has to be read by its white space.
    """
    grids: list[Grid] = []
    frames: list[Box] = []
    for group in _over_bands(rules, page) if len(rules) <= MOST else []:
        grid = lattice(group, page)
        if grid is not None:
            grids.append(grid)
        if grid is None or grid.detector != "ruled":
            across = [r for r in group if r.horizontal]
            down = [r for r in group if not r.horizontal]
            if across and down:
                xs = [*(r.lo for r in across), *(r.hi for r in across), *(r.at for r in down)]
                ys = [*(r.at for r in across), *(r.lo for r in down), *(r.hi for r in down)]
                frames.append(Box(min(xs), min(ys), max(xs), max(ys)))
    return grids, frames


BAND = 1.6
"""Times the height of the lowest row: a line for a group's label alone is no higher."""


def _over_bands(rules: list[Rule], page: Page) -> list[list[Rule]]:
    """The groups of touching lines, with those made one that only a line for a group's label parts.

    Where a row holds one label over all columns and the table's sides are open, no line down joins what is above and
    below. The label's row may be the last one of the page.
    """
    groups = sorted(groups_of(rules), key=lambda g: max(r.at for r in g if r.horizontal))
    held = {id(r) for g in groups for r in g}
    alone = [r for r in rules if r.horizontal and id(r) not in held]
    result: list[list[Rule]] = []
    for group in groups:
        before = next((g for g in reversed(result) if _one_table(g, group, page)), None)
        if before is None:
            result.append(group)
        else:
            before += group
    for group in result:
        foot = min((r for r in alone if _closes(group, r, page)), key=lambda r: r.at, default=None)
        if foot is not None:
            group.append(foot)
    return result


def _ends(group: list[Rule]) -> tuple[float, float, float, float, float]:
    """Left, right, top and bottom of a group's lines across, and the height of its lowest row."""
    across = [r for r in group if r.horizontal]
    ys = clusters([r.at for r in across], SNAP)
    low = ys[-1] - ys[-2] if len(ys) > 1 else 0.0
    return min(r.lo for r in across), max(r.hi for r in across), ys[0], ys[-1], low


def _one_table(upper: list[Rule], lower: list[Rule], page: Page) -> bool:
    """Whether two groups with open sides have lines down at the same places, and one label's line between them."""
    a, b = _ends(upper), _ends(lower)
    bounds = [clusters([r.at for r in g if not r.horizontal], SNAP) for g in (upper, lower)]
    if max(abs(a[0] - b[0]), abs(a[1] - b[1])) > SNAP or len(bounds[0]) != len(bounds[1]):
        return False
    if bounds[0] and bounds[0][0] - a[0] <= SNAP and a[1] - bounds[0][-1] <= SNAP:
        return False  # closed on both sides: a frame of its own, under a title of its own
    aligned = all(abs(x - y) <= SNAP for x, y in zip(*bounds, strict=True))
    return aligned and b[2] > a[3] and _is_band(Box(a[0], a[3], a[1], b[2]), a[4], page)


def _closes(group: list[Rule], rule: Rule, page: Page) -> bool:
    """Whether a line across as wide as a group's closes a label's line below it."""
    x0, x1, _, bottom, low = _ends(group)
    same = abs(rule.lo - x0) <= SNAP and abs(rule.hi - x1) <= SNAP
    return same and rule.at > bottom and _is_band(Box(x0, bottom, x1, rule.at), low, page)


def _is_band(box: Box, height: float, page: Page) -> bool:
    """Whether a box is no higher than a row and holds one text at its left, no figure and no note."""
    inside = [w for w in page.words if box.x0 <= w.mid <= box.x1 and box.top < (w.top + w.bottom) / 2 < box.bottom]
    lines = lines_of(inside)
    if not lines or len(lines) > 2 or box.bottom - box.top > BAND * height:
        return False
    one = all(len(cut(line)) == 1 for line in lines) and len(inside) <= 8
    text = lines[0].text
    return one and lines[0].x0 - box.x0 < 0.25 * (box.x1 - box.x0) and not is_value(text) and not APART.match(text)


def lattice(group: list[Rule], page: Page) -> Grid | None:
    """The grid that a group of lines draws, or None when it draws less than two cells."""
    across = [r for r in group if r.horizontal]
    down = [r for r in group if not r.horizontal]
    if not across or not down:
        return None
    xs = clusters([r.at for r in down], SNAP)
    ys = clusters([r.at for r in across], SNAP)
    # open sides: lines that run on past the last crossing line bound a cell too
    left, right = min(r.lo for r in across), max(r.hi for r in across)
    high, low = min(r.lo for r in down), max(r.hi for r in down)
    if xs[0] - left > 8:
        xs.insert(0, left)
    if right - xs[-1] > 8:
        xs.append(right)
    if ys[0] - high > 5:
        ys.insert(0, high)
    if low - ys[-1] > 5:
        ys.append(low)
    rows, cols = len(ys) - 1, len(xs) - 1
    if rows < 1 or cols < 1 or rows * cols < 2 or rows * cols > 20_000:
        return None
    grid = Grid(xs, ys, merge_open(xs, ys, across, down, page), "ruled", ruled_columns=True, ruled_rows=True)
    return refine(grid, page, across, down)


def _drawn(rules: list[Rule], at: float, lo: float, hi: float) -> bool:
    """Whether lines at `at` cover most of the way from `lo` to `hi`."""
    covered = sum(
        max(0.0, min(r.hi, hi) - max(r.lo, lo)) for r in rules if abs(r.at - at) <= SNAP and r.hi > lo and r.lo < hi
    )
    return covered >= 0.6 * (hi - lo)


def merge_open(xs: list[float], ys: list[float], across: list[Rule], down: list[Rule], page: Page) -> list[GridCell]:
    """Cells of the grid `xs` x `ys`: neighbours without a line between them are one, where that is a rectangle."""
    rows, cols = len(ys) - 1, len(xs) - 1
    parent = list(range(rows * cols))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for c in range(1, cols):
        near = [r for r in down if abs(r.at - xs[c]) <= SNAP]
        for r in range(rows):
            if not _drawn(near, xs[c], ys[r], ys[r + 1]):
                parent[find(r * cols + c)] = find(r * cols + c - 1)
    for r in range(1, rows):
        near = [k for k in across if abs(k.at - ys[r]) <= SNAP]
        for c in range(cols):
            if not _drawn(near, ys[r], xs[c], xs[c + 1]):
                parent[find(r * cols + c)] = find((r - 1) * cols + c)
    members: dict[int, list[int]] = {}
    for i in range(rows * cols):
        members.setdefault(find(i), []).append(i)
    cells: list[GridCell] = []
    for group in members.values():
        r0, r1 = min(i // cols for i in group), max(i // cols for i in group)
        c0, c1 = min(i % cols for i in group), max(i % cols for i in group)
        if (r1 - r0 + 1) * (c1 - c0 + 1) == len(group):
            cells.append(GridCell(r0, c0, r1 - r0 + 1, c1 - c0 + 1))
        else:  # an L shape is no cell: keep its rows as runs
            for r in range(r0, r1 + 1):
                run = sorted(i % cols for i in group if i // cols == r)
                start = run[0]
                for a, b in pairwise([*run, run[-1] + 2]):
                    if b != a + 1:
                        cells.append(GridCell(r, start, 1, a - start + 1))
                        start = b
    cells.sort(key=lambda cell: (cell.row, cell.col))
    _place_words(cells, xs, ys, page)
    return cells


def refine(grid: Grid, page: Page, across: list[Rule], down: list[Rule]) -> Grid:
    """Cuts ruled cells that hold several cells: columns or rows that white space tells apart and no line does."""
    box = grid.box
    words = [w for cell in grid.cells for w in cell.words]
    strips = [Strip(line, cut(line)) for line in lines_of(words)]
    if len(strips) < 2:
        return grid
    xs = _finer_columns(grid, strips, columns(strips, box, [Rule(False, x, box.top, box.bottom) for x in grid.xs]))
    ys = _finer_rows(grid, strips, xs, across, page)
    if len(xs) == len(grid.xs) and len(ys) == len(grid.ys) and all(c.colspan == 1 for c in grid.cells):
        return grid
    cells: list[GridCell] = []
    for cell in grid.cells:
        cells += _recut(cell, grid, xs, ys)
    cells.sort(key=lambda c: (c.row, c.col))
    finer = Grid(xs, ys, cells, "ruled", ruled_columns=True, ruled_rows=True)
    if len(xs) > len(grid.xs) or len(ys) > len(grid.ys):
        finer.detector = "ruled+aligned"
        finer.notes["cut_rows"] = float(len(ys) > len(grid.ys))
    return finer


def _finer_columns(grid: Grid, strips: list[Strip], proposed: list[float]) -> list[float]:
    """The ruled bounds plus those proposed ones that most lines with words in that ruled column fall apart at."""
    xs = list(grid.xs)
    for x in proposed:
        if min(abs(x - k) for k in grid.xs) <= TOUCH + 1:
            continue
        c = max(i for i, k in enumerate(grid.xs) if k < x)
        lo, hi = grid.xs[c], grid.xs[c + 1]
        both = some = named = 0
        for strip in strips:
            inside = [p for p in strip.parts if lo - 1 <= p[0].x0 and p[-1].x1 <= hi + 1]
            if not inside:
                continue
            some += 1
            right = [p for p in inside if p[0].x0 >= x]
            named += any(p[-1].x1 <= x for p in inside)
            both += bool(right) and any(p[-1].x1 <= x for p in inside) and any(is_value(chunk_text(p)) for p in right)
        if both >= min(2, max(1, named)) and both >= 0.5 * some:
            xs.append(x)
    return sorted(xs)


def _finer_rows(grid: Grid, strips: list[Strip], xs: list[float], across: list[Rule], page: Page) -> list[float]:
    """The ruled bounds plus cuts inside bands where several lines each carry values in the same columns."""
    ys = list(grid.ys)
    for top, bottom in pairwise(grid.ys):
        inside = [s for s in strips if top - 1 <= (s.line.top + s.line.bottom) / 2 <= bottom + 1]
        valued = [s for s in inside if s.values]
        if len(valued) < 2:
            continue
        places = [{column_of(p[0], xs) for p in s.parts if is_value(chunk_text(p))} for s in valued]
        shared = sum(bool(a & b) for a, b in pairwise(places))
        mostly = sum(len(s.parts) >= 2 for s in inside) >= 0.6 * len(inside)
        if shared < len(valued) - 1 or not mostly:
            continue
        groups = rows_of_lines(inside, xs, across, page)
        for a, b in pairwise(groups):
            low, high = max(inside[i].line.bottom for i in a), min(inside[i].line.top for i in b)
            ys.append((low + high) / 2)
    return sorted(ys)


def _recut(cell: GridCell, grid: Grid, xs: list[float], ys: list[float]) -> list[GridCell]:
    """A ruled cell on the finer bounds: cut where its words fall apart, else one spanning cell."""
    box = grid.cell_box(cell)
    c0, c1 = _span(xs, box.x0, box.x1)
    r0, r1 = _span(ys, box.top, box.bottom)
    rows = _bands(cell.words, ys, r0, r1) if r1 > r0 and cell.rowspan < r1 - r0 + 1 else [(r0, r1, cell.words)]
    result: list[GridCell] = []
    for a, b, words in rows:
        if c1 == c0:
            result.append(GridCell(a, c0, b - a + 1, 1, words))
            continue
        parts = [p for line in lines_of(words) for p in cut(line)]
        homes = [{column_of(w, xs) for w in p} for p in parts]
        apart = all(len(h) == 1 or sum(is_value(w.text) for w in p) > 1 for h, p in zip(homes, parts, strict=True))
        if len({min(h) for h in homes}) >= 2 and apart:
            for c in range(c0, c1 + 1):
                mine = [w for w in words if column_of(w, xs) == c]
                result.append(GridCell(a, c, b - a + 1, 1, mine))
        else:
            result.append(GridCell(a, c0, b - a + 1, c1 - c0 + 1, words))
    return result


def _bands(words: list[Word], ys: list[float], r0: int, r1: int) -> list[tuple[int, int, list[Word]]]:
    bands = []
    for r in range(r0, r1 + 1):
        mine = [w for w in words if ys[r] <= (w.top + w.bottom) / 2 <= ys[r + 1]]
        bands.append((r, r, mine))
    return bands


def _span(bounds: list[float], lo: float, hi: float) -> tuple[int, int]:
    first = min(range(len(bounds)), key=lambda i: abs(bounds[i] - lo))
    last = min(range(len(bounds)), key=lambda i: abs(bounds[i] - hi))
    return first, max(first, last - 1)


def _place_words(cells: list[GridCell], xs: list[float], ys: list[float], page: Page) -> None:
    rows, cols = len(ys) - 1, len(xs) - 1
    owner: dict[tuple[int, int], GridCell] = {}
    for cell in cells:
        for r in range(cell.row, cell.row + cell.rowspan):
            for c in range(cell.col, cell.col + cell.colspan):
                owner[r, c] = cell
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    for word in page.words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        if not (box.x0 - 1 <= x <= box.x1 + 1 and box.top - 1 <= y <= box.bottom + 1):
            continue
        c = next((k for k in range(cols) if x <= xs[k + 1]), cols - 1)
        r = next((k for k in range(rows) if y <= ys[k + 1]), rows - 1)
        owner[r, c].words.append(word)
