"""Joins the parts of a table that runs over pages: below (rows go on) or beside (columns go on, the stub is missing).

A part is joined only with the part right before it, on the page before. The evidence asked for: a repeated header, or
the same columns at the same places with no header of its own; beside, no stub, the same number of rows, and row sums
where a total column allows the check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.page import Page, Word
from extractors.tables.grid import Grid, GridCell
from extractors.tables.structure import Body, is_total, plain
from extractors.tables.tokens import is_number

MARGIN = 0.085
"""Share of the page's height at its top and bottom where running headers and page numbers stand."""


@dataclass(slots=True)
class Part:
    """One table on one page, and how it goes on from the part before it, if it does."""

    page: Page
    body: Body
    part_id: str
    continues: Part | None = None
    beside: bool = False
    repeated_header: bool = False
    title: str | None = None
    note: str | None = None


def link(parts: list[Part]) -> None:
    """Sets `continues`, `beside` and `repeated_header` on parts given from the top of each page down.

    A part at the head of a column of text is moved behind the one at the foot of the column before, where it goes on.
    """
    followed: set[int] = set()
    for k, part in enumerate(parts):
        same_page = [p for p in parts if p.page is part.page and p is not part]
        for before in sorted(same_page, key=lambda p: -p.body.grid.xs[0]):
            if before.body.grid.xs[-1] > part.body.grid.xs[0] + 4 or id(before) in followed:
                continue
            if (_level(before, part) or _row_for_row(before, part)) and _goes_beside(before, part):
                part.continues, part.beside = before, True
                break
            if _next_column(before, part, same_page):
                followed.add(id(before))
                break
        if part.continues is not None:
            continue
        for before in reversed(parts[:k]):
            if part.page.number - before.page.number > 1:
                break
            if part.page.number - before.page.number != 1 or id(before) in followed:
                continue
            if not last_on_page(before) or not _first_on_page(part):
                continue
            if _repeats_header(before, part):
                part.continues, part.repeated_header = before, True
            elif _goes_beside(before, part):
                part.continues, part.beside = before, True
            elif _same_columns(before, part):
                part.continues = before
            if part.continues is not None:
                followed.add(id(before))
                break
    _link_broken_halves(parts)
    parts[:] = _in_order(parts)


def chain(last: Part) -> list[Part]:
    """The parts that go on below each other up to `last`, first one first."""
    found = [last]
    while found[0].continues is not None and not found[0].beside:
        found.insert(0, found[0].continues)
    return found


def _in_order(parts: list[Part]) -> list[Part]:
    """The parts with each one that would stand before what it goes on from moved right behind that."""
    ordered: list[Part] = []
    waiting: dict[int, list[Part]] = {}

    def put(part: Part) -> None:
        ordered.append(part)
        for follower in waiting.pop(id(part), []):
            put(follower)

    for part in parts:
        if part.continues is None or any(p is part.continues for p in ordered):
            put(part)
        else:
            waiting.setdefault(id(part.continues), []).append(part)
    return ordered


def _link_broken_halves(parts: list[Part]) -> None:
    """Joins two halves of a table that stand below each other or break over pages at different rows.

    All rows of one face all of the other. Where sums of rows prove it the last rows of one half may be missing.
    """
    followed = {id(p.continues) for p in parts if p.continues is not None and not p.beside}
    chains = [chain(p) for p in parts if id(p) not in followed]
    faced = {id(p.continues) for p in parts if p.beside}
    for right in chains:
        first = right[0]
        if first.continues is not None or first.body.stub_columns or not first.body.header_rows:
            continue
        for left in reversed([c for c in chains if c is not right]):
            if id(left[-1]) in faced or not left[0].body.stub_columns:
                continue
            pages = first.page.number - left[-1].page.number
            above = pages == 0 and left[-1].body.grid.ys[-1] <= first.body.grid.ys[0] + 2
            before = pages > 0 or above or (pages == 0 and left[-1].body.grid.xs[0] < first.body.grid.xs[0])
            rows, facing = sum(map(_rows, right)), sum(map(_rows, left))
            come_out, checked = _row_sums(left, right) if rows != facing else (0, 0)
            proved = checked >= PROOF and come_out >= 0.9 * checked
            # the last row of one half may stand alone on a page between, where it is no table
            broken = len(left) + len(right) > 2
            row_for_row = (broken and pages <= 1 and rows == facing >= 3) or (
                above and rows >= PROOF and rows in {facing, sum(sum(valued(p)) for p in left)}
            )
            if before and (row_for_row or (pages <= 2 and proved)):
                first.continues, first.beside = left[-1], True
                break


def _next_column(before: Part, part: Part, others: list[Part]) -> bool:
    """Whether a part at the head of a column of text goes on with one at the foot of the column before; links them."""
    a, b = before.body.grid, part.body.grid
    higher = b.ys[0] < a.ys[0] - 20 and b.ys[-1] < a.ys[-1]
    shift = b.xs[0] - a.xs[0]
    if not higher or abs((b.xs[-1] - b.xs[0]) - (a.xs[-1] - a.xs[0])) > 12:
        return False
    for other in others:
        g = other.body.grid
        if other is not before and _beside_each_other(g, b) and g.ys[-1] <= b.ys[0] + 2:
            return False
        if other is not before and _beside_each_other(g, a) and g.ys[0] >= a.ys[-1] - 2:
            return False
    if not _first_on_page(part) or _words_below(before) > 3:
        return False
    if _repeats_header(before, part):
        part.continues, part.repeated_header = before, True
    elif _same_columns(before, part, shift):
        part.continues = before
    return part.continues is not None


def _beside_each_other(a: Grid, b: Grid) -> bool:
    """Whether two grids share a part of the page's width."""
    return min(a.xs[-1], b.xs[-1]) - max(a.xs[0], b.xs[0]) > 5


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _header(part: Part) -> list[list[str]]:
    return [[_key(t) for t in row] for row in part.body.texts[: part.body.header_rows]]


def _repeats_header(before: Part, part: Part) -> bool:
    """The same header texts over the number columns; a group column that stays empty on this page may be missing."""
    mine, other = _signature(part), _signature(before)
    if not mine or not any(mine) or len(mine) != len(other):
        return False
    if mine != other and not _inner_heads(before, part, mine, other):
        return False
    missing = before.body.stub_columns - part.body.stub_columns
    if missing and missing == before.body.grid.cols - part.body.grid.cols:
        if missing > 0:
            _add_empty_stub(part.body, missing)
        elif missing == -1:
            _cut_stub(before.body, part.body)
    return part.body.grid.cols == before.body.grid.cols


def _inner_heads(before: Part, part: Part, mine: list[str], other: list[str]) -> bool:
    """Whether each column stands where it stood under the innermost of the heads that it had there.

    Outer heads are read only in part where a group column that stays empty on this page makes the header narrower.
    """
    named = [(m, o) for m, o in zip(mine, other, strict=True) if m]  # a sign such as % names nothing
    if len(named) < max(3, 0.7 * len(mine)) or not all(o == m or o.endswith(f"|{m}") for m, o in named):
        return False
    pairs = zip(edges_of(before)[-len(mine) :], edges_of(part)[-len(mine) :], strict=True)
    return all(one_over_the_other(a, b, 0.0) for a, b in pairs)


def _signature(part: Part) -> list[str]:
    """For each column beside the stub the header texts over it."""
    head = _header(part)
    columns = range(part.body.stub_columns, part.body.grid.cols)
    return ["|".join(dict.fromkeys(row[c] for row in head if row[c])) for c in columns] if head else []


def _add_empty_stub(body: Body, count: int) -> None:
    """Puts empty columns at the left of a body, so that its columns count like those of the part before it."""
    grid = body.grid
    left = grid.xs[0]
    grid.xs = [left - 2.0 * (count - i) for i in range(count)] + grid.xs
    for cell in grid.cells:
        cell.col += count
    grid.cells += [GridCell(r, c) for r in range(grid.rows) for c in range(count)]
    grid.cells.sort(key=lambda cell: (cell.row, cell.col))
    body.cells = grid.matrix()
    body.texts = [[""] * count + row for row in body.texts]
    body.stub_columns += count


def _cut_stub(body: Body, other: Body) -> bool:
    """Cuts the one label column of a body where the next part has two, if its words fall apart there; says whether.

    One or two rows at the foot of a page do not show by their white that a group's label stands before the row's.
    """
    grid, at = body.grid, other.grid.xs[1]
    labels = [cell for cell in grid.cells if cell.col == 0 and cell.colspan == 1 and cell.row >= body.header_rows]
    words = [w for cell in labels for w in cell.words]
    if body.stub_columns != 1 or not grid.xs[0] < at < grid.xs[1] or any(w.x0 + 1 < at < w.x1 - 1 for w in words):
        return False
    cells = []
    for cell in grid.cells:
        if any(cell is label for label in labels):
            left, right = [w for w in cell.words if w.mid < at], [w for w in cell.words if w.mid >= at]
            cells += [GridCell(cell.row, 0, cell.rowspan, 1, left), GridCell(cell.row, 1, cell.rowspan, 1, right)]
        elif cell.col == 0:
            cells.append(GridCell(cell.row, 0, cell.rowspan, cell.colspan + 1, cell.words))
        else:
            cells.append(GridCell(cell.row, cell.col + 1, cell.rowspan, cell.colspan, cell.words))
    grid.cells = cells
    grid.xs.insert(1, at)
    body.cells = grid.matrix()
    body.texts = [[plain(cell) for cell in row] for row in body.cells]
    body.stub_columns += 1
    return True


def _same_columns(before: Part, part: Part, shift: float = 0.0) -> bool:
    """No header of its own, and each column stands where it stood, `shift` further to the right.

    A group column that stays empty on this page may be missing.
    """
    a, b = before.body, part.body
    missing = a.grid.cols - b.grid.cols
    if b.header_rows > 0 or missing not in {0, -1, a.stub_columns - 1} or b.stub_columns != a.stub_columns - missing:
        return False
    if missing == -1 and a.stub_columns != 1:
        return False
    mine = edges_of(before)[missing:] if missing >= 0 else [None, None, *edges_of(before)[1:]]
    pairs = zip(mine, edges_of(part), strict=True)
    over = [
        one_over_the_other(x, y, shift) or (c < b.stub_columns and _set_in(x, y, shift))
        for c, (x, y) in enumerate(pairs)
    ]
    if not all(over):
        return False
    if missing > 0:
        _add_empty_stub(b, missing)
    return missing >= 0 or _cut_stub(a, b)


def edges_of(part: Part) -> list[tuple[float, float] | None]:
    """Left and right edge of the body's words in each column."""
    body = part.body
    edges: list[tuple[float, float] | None] = []
    for c in range(body.grid.cols):
        words = [w for row in body.cells[body.header_rows :] for w in row[c].words if row[c].colspan == 1]
        edges.append((min(w.x0 for w in words), max(w.x1 for w in words)) if words else None)
    return edges


def one_over_the_other(a: tuple[float, float] | None, b: tuple[float, float] | None, shift: float) -> bool:
    """Whether two columns share their left edge, right edge or middle."""
    if a is None or b is None:
        return True
    a = (a[0] + shift, a[1] + shift)
    return min(abs(a[0] - b[0]), abs(a[1] - b[1]), abs(a[0] + a[1] - b[0] - b[1]) / 2) <= 6


def _set_in(a: tuple[float, float] | None, b: tuple[float, float] | None, shift: float) -> bool:
    """Whether labels stand within the width of those before: rows of a group may all be set in on this page."""
    return a is not None and b is not None and a[0] + shift < b[0] <= a[0] + shift + SET_IN and b[1] <= a[1] + shift


SET_IN = 20.0
"""Points by which the rows of a group are set in, at most."""


def _rows(part: Part) -> int:
    return len(part.body.texts) - part.body.header_rows


def _goes_beside(before: Part, part: Part) -> bool:
    """Whether a part without labels has the rows of the part before it, or more where its total column proves it."""
    if part.body.stub_columns != 0 or part.body.header_rows == 0:
        return False
    if before.body.stub_columns == 0 and before.continues is None:
        return False
    right, checked = _row_sums([before], [part])
    if _rows(part) != _rows(before) and not (_rows(part) == sum(valued(before)) >= PROOF):
        return checked >= PROOF and right >= 0.9 * checked
    if _rows(part) < 3:
        return _level(before, part) and before.page is part.page and before.body.header_rows == part.body.header_rows
    return checked == 0 or right >= 0.5 * checked


def valued(part: Part) -> list[bool]:
    """Whether each body row has anything printed beside its labels: rows that only name a group face nothing."""
    body = part.body
    return [any(row[body.stub_columns :]) for row in body.texts[body.header_rows :]]


PROOF = 5
"""Rows whose sums must come out where two halves differ in their number of rows."""


def _row_sums(left: list[Part], right: list[Part]) -> tuple[int, int]:
    """In how many rows the numbers add up to the total column of the right half, of how many with such a total.

    Each half is given by its parts below each other. Where no head names a total the last column is one if nearly all
    rows add up to it.
    """
    first = right[0].body
    head = first.texts[: first.header_rows]
    named = next((c for c in range(first.grid.cols) if any(is_total(row[c]) for row in head)), None)
    total = named if named is not None else first.grid.cols - 1
    come_out = checked = 0
    for a, b in zip(_number_rows(left), _number_rows(right), strict=False):
        values = a + [v for c, v in enumerate(b) if c != total]
        if len(b) <= total or b[total] is None:
            continue
        checked += 1
        come_out += sum(v for v in values if v is not None) == b[total]
    return (come_out, checked) if named is not None or come_out >= 0.9 * checked else (0, 0)


def _number_rows(parts: list[Part]) -> list[list[float | None]]:
    """The whole numbers in each body row of parts below each other, beside the labels."""
    return [
        [_whole(t) for t in row[p.body.stub_columns :]] for p in parts for row in p.body.texts[p.body.header_rows :]
    ]


def _whole(text: str) -> float | None:
    digits = re.sub(r"[.\s]", "", text)
    return float(digits) if is_number(text) and digits.isdecimal() else None


def _level(a: Part, b: Part) -> bool:
    upper, lower = a.body.grid.ys, b.body.grid.ys
    row = (upper[-1] - upper[0]) / (len(upper) - 1)
    return abs(upper[0] - lower[0]) <= 6 and abs(upper[-1] - lower[-1]) <= max(6, 0.6 * row)


def _row_for_row(a: Part, b: Part) -> bool:
    """Whether two tables begin at one height and have as many rows, enough of them that this is no chance.

    The half with the labels ends lower where labels take two lines.
    """
    rows = _rows(b)
    return abs(a.body.grid.ys[0] - b.body.grid.ys[0]) <= 6 and rows >= PROOF and rows in {_rows(a), sum(valued(a))}


def _first_on_page(part: Part) -> bool:
    """Nothing but a running header, and at most a short line (a repeated caption), stands above the table."""
    page, top = part.page, part.body.grid.ys[0]
    above = [w for w in _in_its_column(part) if MARGIN * page.height < w.bottom and w.base < top - 1]
    return len(above) <= 14


def last_on_page(part: Part) -> bool:
    """Nothing but a caption, notes and the footer stands below the table."""
    return _words_below(part) <= 60


def _words_below(part: Part) -> int:
    page, low = part.page, part.body.grid.ys[-1]
    return sum(w.base > low + 1 and w.top < (1 - MARGIN) * page.height for w in _in_its_column(part))


def _in_its_column(part: Part) -> list[Word]:
    """The words above, in and below a table; all of the page's, unless the table is one column's in a page of two."""
    page, grid = part.page, part.body.grid
    if grid.xs[-1] - grid.xs[0] > 0.5 * page.width:
        return page.words
    return [w for w in page.words if grid.xs[0] - 5 <= w.mid <= grid.xs[-1] + 5]
