"""Header lines of a grid found by white space: spanners, the columns that they hold for, and levels.

A header text stands over the columns with whose edges or centre it lines up; a rule drawn under it settles the matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from extractors.page import Rule, Word
from extractors.tables.alignment import Alignment, Edges, by_gaps, cut_lines
from extractors.tables.grid import GridCell
from extractors.tables.spanners import best_runs, from_left
from extractors.tables.tokens import is_period, is_unit_word

LEADING = 1.58
"""Times the type size: lines of one header text stand no further apart; cells above each other have padding between."""


@dataclass(slots=True)
class HeaderText:
    """One text of a header line and the columns `lo` to `hi` that it stands over."""

    words: list[Word]
    lo: int
    hi: int
    line: int

    @property
    def text(self) -> str:
        """The words, raised marks left out."""
        return " ".join(w.text for w in self.words if not w.raised)


def split_at_bounds(parts: list[list[Word]], xs: list[float]) -> list[list[Word]]:
    """Cuts chunks at gaps wider than their other blanks, and at column bounds that fall into a gap."""
    result: list[list[Word]] = []
    for part in (run for whole in parts for run in by_gaps(whole, xs)):
        gaps = sorted(b.x0 - a.x1 for a, b in pairwise(part))
        run = [part[0]]
        for a, b in pairwise(part):
            gap = b.x0 - a.x1
            size = max(a.size, b.size)
            crossing = any(a.x1 - 1 <= x <= b.x0 + 1 or a.mid < x < b.mid for x in xs[1:-1])
            clear = gap > 0.42 * size or (len(gaps) > 1 and gap > 0.3 * size and gap > 1.45 * gaps[0])
            if crossing and clear:
                result.append(run)
                run = []
            run.append(b)
        result.append(run)
    return result


@dataclass(slots=True)
class _Block:
    """A header text of one or more lines.

    `handle` is one word as wide as all of them, for texts of several lines; `column` is the one at whose heads' common
    place the lines stand.
    """

    words: list[Word]
    lines: list[int]
    handle: list[Word]
    column: int | None = None

    @property
    def x0(self) -> float:
        return min(w.x0 for w in self.words)

    @property
    def x1(self) -> float:
        return max(w.x1 for w in self.words)

    @property
    def base(self) -> float:
        return max(w.base for w in self.words)

    @property
    def first(self) -> float:
        return min(w.base for w in self.words)


def place(
    lines: list[list[list[Word]]], xs: list[float], extents: list[tuple[float, float]], across: list[Rule],
    stub: int = 1,
) -> list[HeaderText]:  # fmt: skip
    """The columns of each text of the header, from the lowest texts up.

    `lines` are the header's lines in chunks, `extents` the left and right edges of the texts in each column's body,
    `stub` the number of label columns.
    Texts of neighbouring columns need share no baseline (cells may be centred): what stands closely one below the other
    is one text, and a text is over those that stand below it.
    """
    cut, alignment = cut_lines([split_at_bounds(line, xs) for line in lines], xs, extents, stub)
    pieces = [(part, k) for k, line in enumerate(cut) for part in line]
    placed: list[HeaderText] = []
    wide = [[e] for e in extents]
    for level in _from_below(_blocks(pieces, across, alignment), extents):
        lowest = max(k for b in level for k in b.lines)
        beside = {c for t in placed if t.hi > t.lo and t.line <= lowest for c in range(t.lo, t.hi + 1)}
        under = {c for t in placed for c in range(max(t.lo, stub), t.hi + 1)} - beside
        paths = {c: "|".join(t.text.casefold() for t in placed if t.lo <= c <= t.hi) for c in under}
        again = {c for c in under if list(paths.values()).count(paths[c]) > 1}
        whole = {id(b.handle[0]): b for b in level}
        homes = {id(b.handle[0]): b.column for b in level if b.column is not None}
        handles = [b.handle for b in level]
        runs = from_left(handles, wide, under, stub) or best_runs(handles, wide, under, again, across, homes)
        for part, lo, hi in runs:
            blocks = [whole[id(w)] for w in part if id(w) in whole]
            words = [w for blk in blocks for w in blk.words] if len(part) == len(blocks) else part
            line = max(k for blk in (blocks or [_owner(part[0], level)]) for k in blk.lines)
            placed.append(HeaderText(words, lo, hi, line))
            if lo == hi:
                wide[lo].append((min(w.x0 for w in words), max(w.x1 for w in words)))
    return over_repeated(sorted(placed, key=lambda t: (t.line, t.lo)), extents)


def over_repeated(texts: list[HeaderText], extents: list[Edges]) -> list[HeaderText]:
    """Texts over columns whose lowest labels come again and again (2021: number, %; 2022: number, %) span each turn.

    Wherever such a text is printed, over the first column of its turn, the middle or all of it: one text stands over
    each turn, and the turns are of one length.
    """
    cols = len(extents)
    lowest: dict[int, HeaderText] = {}
    for t in texts:
        if t.lo == t.hi and (t.lo not in lowest or lowest[t.lo].line < t.line):
            lowest[t.lo] = t
    labels = [lowest[c].text.casefold() if c in lowest else "" for c in range(cols)]
    for start in range(1, cols - 3):
        again = [c for c in range(start, cols) if labels[c] and labels[c] == labels[start]]
        turn = again[1] - start if len(again) > 1 else 0
        if turn < 2 or len(set(labels[start : start + turn])) < turn or (cols - start) % turn:
            continue
        turns = [range(a, a + turn) for a in range(start, cols, turn)]
        if [r[0] for r in turns] != again or any(not labels[c] for r in turns for c in r):
            continue
        upper = [t for t in texts if t.hi >= start and t not in lowest.values()]
        level = [t for t in upper if t.line == max(u.line for u in upper)] if upper else []
        level.sort(key=lambda t: t.words[0].x0)
        homes = [_turn_under(t, turns, extents) for t in level]
        if len(level) != len(turns) or homes != list(range(len(turns))) or len(upper) != len(level):
            continue
        for t, r in zip(level, turns, strict=True):
            t.lo, t.hi = r[0], r[-1]
        break
    return texts


def _turn_under(text: HeaderText, turns: list[range], extents: list[Edges]) -> int:
    """The turn of columns whose middle is nearest to a text's."""
    mid = (text.words[0].x0 + text.words[-1].x1) / 2
    middles = [(extents[r[0]][0] + extents[r[-1]][1]) / 2 for r in turns]
    return min(range(len(turns)), key=lambda k: abs(middles[k] - mid))


def _owner(word: Word, level: list[_Block]) -> _Block:
    return next(b for b in level if any(w is word for w in b.words))


def _blocks(pieces: list[tuple[list[Word], int]], across: list[Rule], alignment: Alignment | None) -> list[_Block]:
    """Chunks joined with what stands closely below them: the lines of one header text."""
    blocks: list[_Block] = []
    alike = _lines_alike(pieces)
    for part, line in pieces:
        size = part[0].size
        block = _Block(part, [line], part, alignment.column(part) if alignment else None)
        above = [
            b
            for b in blocks
            if 0 < block.first - b.base <= LEADING * size
            and (b.column is None or block.column is None or b.column == block.column)
            and min(b.x1, block.x1) - max(b.x0, block.x0) > 0.5 * min(b.x1 - b.x0, block.x1 - block.x0)
            and abs(b.words[-1].size - size) <= 0.1 * size
            and not _ruled_off(b, block, across)
            and (b.lines[0] in alike or not _other_kind(b, block))
            and _share_an_edge(b, block)
        ]
        if len(above) == 1 and not _beside_another(above[0], block, pieces):
            above[0].words = above[0].words + part
            above[0].lines.append(line)
        else:
            blocks.append(block)
    for block in blocks:
        if len(block.lines) > 1:
            box = block.words
            block.handle = [
                Word(
                    " ".join(w.text for w in box), block.x0, min(w.top for w in box), block.x1,
                    max(w.bottom for w in box), block.base, box[0].size,
                )
            ]  # fmt: skip
        else:
            block.handle = block.words
    return blocks


def _lines_alike(pieces: list[tuple[list[Word], int]]) -> set[int]:
    """The lines whose texts, two or more, are all the same: a level of such spanners would tell nothing apart.

    They are the first lines of heads that go on below with what differs (`Complaints 2021`, `Complaints 2022`).
    """
    texts: dict[int, list[str]] = {}
    for part, line in pieces:
        texts.setdefault(line, []).append(" ".join(w.text for w in part).casefold())
    return {line for line, own in texts.items() if len(own) > 1 and len(set(own)) == 1}


def _share_an_edge(above: _Block, below: _Block) -> bool:
    """Whether two texts stand on one left or right edge or around one middle, as the lines of one text do."""
    size = below.words[0].size
    last = [w for w in above.words if abs(w.base - above.base) < 0.3 * size]
    x0, x1 = min(w.x0 for w in last), max(w.x1 for w in last)
    return min(abs(x0 - below.x0), abs(x1 - below.x1), abs(x0 + x1 - below.x0 - below.x1) / 2) <= 0.35 * size


def _other_kind(above: _Block, below: _Block) -> bool:
    """A year over a unit, or anything over a unit or a whole period, are two levels, however close they stand."""
    upper = " ".join(w.text for w in above.words)
    lower = " ".join(w.text for w in below.words)
    whole = f"{upper} {lower}"
    if is_period(whole) or is_unit_word(whole) or lower in {"-", "–"}:
        return False
    return is_period(upper) or is_unit_word(lower) or (is_period(lower) and not upper.endswith(("-", "–")))


def _ruled_off(above: _Block, below: _Block, across: list[Rule]) -> bool:
    lo, hi = max(above.x0, below.x0), min(above.x1, below.x1)
    size = below.words[0].size
    return any(above.base - 1 <= r.at <= below.first - 0.4 * size and r.lo < hi and r.hi > lo for r in across)


def _beside_another(above: _Block, below: _Block, pieces: list[tuple[list[Word], int]]) -> bool:
    """Whether the upper text stands over another text of the lower one's line too: it spans them, they do not go on."""
    line = below.lines[0]
    others = [p for p, k in pieces if k == line and p is not below.words]
    return any(min(above.x1, p[-1].x1) - max(above.x0, p[0].x0) > 0.5 for p in others)


def _from_below(blocks: list[_Block], extents: list[tuple[float, float]]) -> list[list[_Block]]:
    """The blocks by how many lie below them, lowest first; each level from left to right.

    A text lies below another when they share some width, or the column that they are nearest to: over a wide and
    a narrow head, a text in the middle of both may stand over the white between them.
    """
    homes = {id(b): _nearest(b, extents) for b in blocks}
    depth: dict[int, int] = {}
    for block in sorted(blocks, key=lambda b: -b.first):
        lower = [b for b in blocks if b is not block and b.first > block.base + 0.3 * block.words[0].size]
        below = [b for b in lower if min(b.x1, block.x1) - max(b.x0, block.x0) > 1 or homes[id(b)] == homes[id(block)]]
        if not below:  # a short text over the white between two columns
            left = max((b for b in lower if b.x1 <= block.x0 + 1), key=lambda b: b.x1, default=None)
            right = min((b for b in lower if b.x0 >= block.x1 - 1), key=lambda b: b.x0, default=None)
            if left is not None and right is not None and abs(left.first - right.first) <= 0.3 * left.words[0].size:
                below = [left, right]
        depth[id(block)] = 1 + max((depth[id(b)] for b in below), default=-1)
    _raise_spanners(blocks, depth)
    levels: dict[int, list[_Block]] = {}
    for block in blocks:
        levels.setdefault(depth[id(block)], []).append(block)
    return [sorted(levels[k], key=lambda b: b.x0) for k in sorted(levels)]


def _raise_spanners(blocks: list[_Block], depth: dict[int, int]) -> None:
    """Lifts a text over others that stands higher than both its neighbours: it spans them, from the white between."""
    for level in range(1, max(depth.values(), default=0) + 1):
        row = sorted((b for b in blocks if depth[id(b)] == level), key=lambda b: b.x0)
        for left, block, right in zip(row, row[1:], row[2:], strict=False):
            lower = min(left.first, right.first) - block.base
            if lower > 0.6 * block.words[0].size:
                depth[id(block)] = level + 1


def _nearest(block: _Block, extents: list[tuple[float, float]]) -> int:
    middle = (block.x0 + block.x1) / 2
    return min(range(len(extents)), key=lambda c: abs(middle - sum(extents[c]) / 2))


def touched(part: list[Word], xs: list[float]) -> tuple[int, int]:
    """First and last column of which a chunk covers more than a sliver."""
    x0, x1 = part[0].x0, max(w.x1 for w in part)
    found = [
        c
        for c in range(len(xs) - 1)
        if min(x1, xs[c + 1]) - max(x0, xs[c]) > max(2.0, 0.12 * min(x1 - x0, xs[c + 1] - xs[c]))
    ]
    if found:
        return found[0], found[-1]
    mid = (x0 + x1) / 2
    home = next((c for c in range(len(xs) - 1) if mid <= xs[c + 1]), len(xs) - 2)
    return home, home


def levels(texts: list[HeaderText], lines: int, cols: int, ruled_after: set[int]) -> tuple[int, list[GridCell]]:
    """Header rows and cells from placed texts.

    Spanners make the upper levels; below them each column has one cell with its remaining lines, cut in two where a
    line of its own kind (units, periods) stands last. `ruled_after` are lines with a rule under.
    """
    spanners = [t for t in texts if t.hi > t.lo]
    upper: list[list[HeaderText]] = []
    for text in sorted(spanners, key=lambda t: (t.line, t.lo)):
        joined = False
        for level in upper:
            if all(t.hi < text.lo or t.lo > text.hi for t in level) or any(
                (t.lo, t.hi) == (text.lo, text.hi) and text.line - t.line == 1 for t in level
            ):
                fits_above = not any(
                    t.line < text.line and t.lo <= text.lo and text.hi <= t.hi and (t.lo, t.hi) != (text.lo, text.hi)
                    for t in level
                )
                if fits_above:
                    level.append(text)
                    joined = True
                    break
        if not joined:
            upper.append([text])
    leaf_lines = sorted({t.line for t in texts if t.hi == t.lo})
    last = _own_level(texts, leaf_lines, ruled_after)
    rows = len(upper) + (1 if leaf_lines else 0) + (1 if last is not None else 0)
    cells: list[GridCell] = []
    covered: list[int] = [0] * cols  # rows of spanners over each column
    for r, level in enumerate(upper):
        groups: dict[tuple[int, int], list[Word]] = {}
        for t in level:
            groups.setdefault((t.lo, t.hi), []).extend(t.words)
        for (lo, hi), words in groups.items():
            cells.append(GridCell(r, lo, 1, hi - lo + 1, words))
            for c in range(lo, hi + 1):
                covered[c] = r + 1
    for c in range(cols):
        mine = [t for t in texts if t.lo == t.hi == c]
        if last is not None:
            above = [w for t in mine if t.line not in last for w in t.words]
            low = [w for t in mine if t.line in last for w in t.words]
            if above and low:
                if covered[c] < rows - 1:
                    cells.append(GridCell(covered[c], c, rows - 1 - covered[c], 1, above))
                    cells.append(GridCell(rows - 1, c, 1, 1, low))
                else:
                    cells.append(GridCell(rows - 1, c, 1, 1, above + low))
                continue
        words = [w for t in mine for w in t.words]
        if covered[c] < rows:
            cells.append(GridCell(covered[c], c, rows - covered[c], 1, words))
    # columns without a spanner at an upper level, beside ones that have it, start at row 0: fill what is left open
    taken = {(r, c) for k in cells for r in range(k.row, k.row + k.rowspan) for c in range(k.col, k.col + k.colspan)}
    cells += [GridCell(r, c) for r in range(rows) for c in range(cols) if (r, c) not in taken]
    return rows, cells


def _own_level(texts: list[HeaderText], leaf_lines: list[int], ruled_after: set[int]) -> set[int] | None:
    """The last lines, when they are a level of their own below other single-column lines."""
    if len(leaf_lines) < 2:
        return None
    for cut in range(1, len(leaf_lines)):
        if leaf_lines[cut - 1] in ruled_after:
            return set(leaf_lines[cut:])
    final = [t for t in texts if t.line == leaf_lines[-1] and t.hi == t.lo and t.lo > 0]
    doubled = sum(any(o.line < t.line and o.lo == o.hi == t.lo for o in texts) for t in final)
    if doubled < 2:
        return None
    kinds = [t.text for t in final]
    if len(final) >= 2 and all(is_period(t) or is_unit_word(t) for t in kinds):
        return {leaf_lines[-1]}
    return None
