"""The foot of a region found by white space: rows and labels below it that go on, heads that are the next table's."""

from __future__ import annotations

from itertools import pairwise

from extractors.page import Page, lines_of
from extractors.tables.headers import LEADING
from extractors.tables.rows import column_of
from extractors.tables.strips import Strip, chunk_text, cut, pitch_of
from extractors.tables.tokens import HYPHENS, is_value, opens_lower
from schemas.printed import Box


def rows_below(page: Page, box: Box, strips: list[Strip], xs: list[float]) -> list[Strip]:
    """Lines right below a region that go on with its number columns (a total under the last rule)."""
    last = strips[-1].line
    below = [w for w in page.words if box.x0 - 3 <= w.x0 and w.x1 <= box.x1 + 3 and w.base > last.base + 2]
    below = [w for w in below if not any(w is own for own in last.words)]  # a line's words may share no baseline
    bases = [s.line.base for s in strips]
    pitch = sorted(b - a for a, b in pairwise(bases))[-1]
    filled = [{column_of(p[0], xs) for p in s.parts if is_value(chunk_text(p))} - {0} for s in strips if s.values]
    usual = set().union(*filled) if filled else set()
    found: list[Strip] = []
    edge = strips[-1].line
    for line in lines_of([w for w in below if w.base < strips[-1].line.base + 120]):
        strip = Strip(line, cut(line))
        values = {column_of(p[0], xs) for p in strip.parts if is_value(chunk_text(p))} - {0}
        if goes_on(([*strips, *found])[-1], strip, xs) or _as_other_labels([*strips, *found], strip, xs):
            found.append(strip)
            edge = line
            continue
        if line.base - edge.base > 1.35 * pitch or not values or not values <= usual or len(values) < 0.5 * len(usual):
            break
        found.append(strip)
        edge = line
    return found


def goes_on(above: Strip, strip: Strip, xs: list[float]) -> bool:
    """Whether a line is the rest of the label of the row above it: a word broken by a hyphen goes on."""
    if len(strip.parts) > 1 or strip.line.base - above.line.base > LEADING * strip.line.size:
        return False
    column = column_of(strip.parts[0][0], xs)
    broken = [p[-1] for p in above.parts if column_of(p[0], xs) == column and not is_value(chunk_text(p))]
    ends = bool(broken) and broken[-1].text.endswith(HYPHENS) and len(broken[-1].text) > 1
    return ends and opens_lower(strip.line.text) and abs(strip.line.size - above.line.size) <= 0.1 * above.line.size


def _as_other_labels(strips: list[Strip], strip: Strip, xs: list[float]) -> bool:
    """Whether a line below the last row is the rest of its label, as most rows above have one just as far below."""

    def of_label(line: Strip) -> bool:
        return len(line.parts) == 1 and not line.values and column_of(line.parts[0][-1], xs) == 0

    rows = [k for k, s in enumerate(strips) if s.values]
    size = strip.line.size
    if not rows or not of_label(strip) or strip.line.base - strips[-1].line.base > LEADING * size:
        return False
    below = strip.line.base - strips[rows[-1]].line.base
    rest = 0
    for k, following in pairwise(rows):
        rest += any(
            of_label(s) and abs(s.line.base - strips[k].line.base - below) <= 0.1 * size
            and abs(s.line.x0 - strip.line.x0) <= 1 and abs(s.line.size - size) <= 0.1 * size
            for s in strips[k + 1 : following]
        )  # fmt: skip
    return rest >= max(2, 0.5 * (len(rows) - 1))


def before_next_head(strips: list[Strip]) -> list[Strip]:
    """Without the heads of the next table: lines in columns that stand far below the last figures."""
    last = max((i for i, s in enumerate(strips) if s.values), default=len(strips))
    for i in range(last + 1, len(strips)):
        gap = strips[i].line.base - strips[i - 1].line.base
        far = gap > max(2.7 * strips[i].line.size, 1.6 * pitch_of(strips[: last + 1]))
        if far and any(len(s.parts) > 1 for s in strips[i:]):
            return strips[:i]
    return strips
