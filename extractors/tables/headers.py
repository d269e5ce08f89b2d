"""Header lines of a grid found by white space: spanners, the columns that they hold for, and levels.

A header text stands over the columns with whose edges or centre it lines up; a rule drawn under it settles the matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from extractors.page import Rule, Word
from extractors.tables.grid import GridCell
from extractors.tables.tokens import is_period, is_unit_word


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
    """Cuts chunks at column bounds that fall into a gap clearly wider than a blank between words."""
    result: list[list[Word]] = []
    for part in parts:
        run = [part[0]]
        for a, b in pairwise(part):
            gap = b.x0 - a.x1
            crossing = any(a.x1 - 1 <= x <= b.x0 + 1 or a.mid < x < b.mid for x in xs[1:-1])
            if crossing and gap > 0.42 * max(a.size, b.size):
                result.append(run)
                run = []
            run.append(b)
        result.append(run)
    return result


def place(
    lines: list[list[list[Word]]], xs: list[float], extents: list[tuple[float, float]], across: list[Rule]
) -> list[HeaderText]:
    """The columns of each chunk of the header lines; `extents` are the left and right edges of each column's texts."""
    texts: list[HeaderText] = []
    for k, parts in enumerate(lines):
        row: list[HeaderText] = []
        for part in split_at_bounds(parts, xs):
            lo, hi = touched(part, xs)
            row.append(HeaderText(part, lo, hi, k))
        texts += row
    for k in range(len(lines)):
        row = sorted((t for t in texts if t.line == k), key=lambda t: t.lo)
        below = [t for t in texts if t.line > k]
        for i, text in enumerate(row):
            least = row[i - 1].hi + 1 if i else 0
            most = row[i + 1].lo - 1 if i + 1 < len(row) else len(xs) - 2
            rule = _rule_under(text, across)
            if rule is not None:
                covered = [c for c in range(len(xs) - 1) if rule[0] - 2 <= (extents[c][0] + extents[c][1]) / 2 <= rule[1] + 2]
                if covered and covered[-1] - covered[0] < len(xs) - 2:
                    text.lo, text.hi = max(least, covered[0]), min(most, covered[-1])
                    text.hi = max(text.lo, text.hi)
                    continue
            text.lo, text.hi = _aligned_over(text, extents, least, most, below)
    return texts


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


def _rule_under(text: HeaderText, across: list[Rule]) -> tuple[float, float] | None:
    """The ends of a rule drawn under this text and not under the whole table."""
    x0, x1 = text.words[0].x0, text.words[-1].x1
    base, size = text.words[0].base, text.words[0].size
    under = [r for r in across if base - 1 <= r.at <= base + 0.9 * size and r.lo <= x0 + 3 and r.hi >= x1 - 3]
    if not under:
        return None
    short = min(under, key=lambda r: r.hi - r.lo)
    return short.lo, short.hi


def _aligned_over(
    text: HeaderText, extents: list[tuple[float, float]], least: int, most: int, below: list[HeaderText]
) -> tuple[int, int]:
    """The run of columns that a text lines up with best; more columns must fit clearly better than fewer."""
    x0, x1 = text.words[0].x0, max(w.x1 for w in text.words)
    size = text.words[0].size
    under = {c for t in below for c in range(t.lo, t.hi + 1)}
    best, cost = (text.lo, text.hi), float("inf")
    for lo in range(least, text.hi + 1):
        for hi in range(max(lo, text.lo), most + 1):
            if hi > lo and not all(c in under for c in range(lo, hi + 1)):
                continue  # a spanner has a header text under each of its columns
            left, right = extents[lo][0], extents[hi][1]
            centre = abs((x0 + x1) / 2 - (left + right) / 2)
            edges = min(abs(x0 - left), abs(x1 - right)) if hi == lo else abs(x0 - left) + size * 0.4
            foreign = sum(
                max(0.0, min(x1, e[1]) - max(x0, e[0])) for c, e in enumerate(extents) if not lo <= c <= hi
            )
            fit = min(centre, edges) + foreign + 0.35 * size * (hi - lo)
            if fit < cost - 0.01:
                best, cost = (lo, hi), fit
    return best


def levels(texts: list[HeaderText], lines: int, cols: int, ruled_after: set[int]) -> tuple[int, list[GridCell]]:
    """Header rows and cells from placed texts.

    Spanners make the upper levels; below them each column has one cell with its remaining lines, cut in two where a
    line of its own kind (units, periods, the same word again) stands last. `ruled_after` are lines with a rule under.
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
    kinds = [t.text for t in final]
    if len(final) >= 2 and (len(set(kinds)) < len(kinds) or all(is_period(t) or is_unit_word(t) for t in kinds)):
        return {leaf_lines[-1]}
    return None
