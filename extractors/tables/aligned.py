"""Proposes grids from white space: words that line up in columns over several lines, with or without some rules.

Columns come from `corridors`, rows from `rows`, the header's texts from `headers`; rules and shaded bands are hard
evidence where they exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.page import Line, Page, Rule, Word, lines_of
from extractors.tables import shaded
from extractors.tables.alignment import by_gaps
from extractors.tables.cells import assemble, under_head
from extractors.tables.corridors import columns, group_edge, split_by_heads
from extractors.tables.foot import before_next_head, goes_on, rows_below
from extractors.tables.grid import Grid, chunks
from extractors.tables.headers import LEADING, split_at_bounds, touched
from extractors.tables.rows import (
    SHARED,
    column_of,
    figure_in_head,
    first_of_heads,
    header_end,
    heads_from,
    is_year,
    label_columns,
    rows,
    same_height,
)
from extractors.tables.strips import (
    APART,
    CAPTION,
    Strip,
    chunk_text,
    cut,
    is_prose,
    leaders_home,
    pitch_of,
    step_of_rows,
)
from extractors.tables.tokens import is_number, is_period, is_value
from schemas.printed import Box


def build(page: Page, box: Box, rules: list[Rule], heads: Sequence[Grid] = (), depth: int = 0) -> list[Grid]:
    """The grids of a region: none when its words do not fall into two columns and two rows, several side by side.

    `heads` are the grids drawn on the page or made by its shaded cells: one on top of the region is its header.
    """
    box = _with_whole_labels(page, box) if depth == 0 else box
    words = [
        w
        for w in page.words
        if box.x0 - 2 <= w.mid <= box.x1 + 2 and box.top - 1 <= (w.top + w.bottom) / 2 <= box.bottom + 1
    ]
    if len(words) < 4:
        return []
    down = [r for r in rules if not r.horizontal and _long(r, box)]
    strips = [Strip(line, cut(line, down)) for line in lines_of(words)]
    tints = shaded.bounds([g for g in heads if g.detector == "shaded"], box.x0, box.x1, box.top, box.bottom)
    head = next((g for g in heads if _heads(g, box)), None)
    clear = tints and not any(w.x0 + 2 < x < w.x1 - 2 for s in strips if s.values for w in s.line.words for x in tints)
    xs = columns(strips, box, down, _lines_over(page, box, strips[0].line) if depth == 0 else ())
    if clear:  # the cell over the labels may hold for a group's label and a row's
        below = [s for s in strips if head is None or s.line.base > head.ys[-1]]
        edge = group_edge([s for s in below if len(s.parts) >= 2 and s.values], below)
        labels = [edge - 1] if edge is not None and box.x0 + 3 < edge < tints[0] - 3 else []
        xs = [box.x0, *labels, *tints, box.x1]
        if labels and head is not None and head.detector == "shaded" and head.cols == len(xs) - 2:
            head = shaded.widened(head, labels[0])
    if head is not None and head.cols != len(xs) - 1:
        drawn = [Rule(False, x, box.top, box.bottom) for x in head.xs[1:-1]]
        xs = columns([s for s in strips if s.line.base > head.ys[-1]], box, drawn)
    if len(xs) < 3 or len(strips) < 2:
        return []
    if depth < 3:
        cuts = _apart(strips, xs)
        if cuts:
            edges = [box.x0, *cuts, box.x1]
            pieces = [Box(a + 0.5, box.top, b - 0.5, box.bottom) for a, b in pairwise(edges)]
            return [g for piece in pieces for g in build(page, piece, rules, heads, depth + 1)]
    if depth == 0:  # a part of a region ends where it was cut
        strips = _header_above(page, box, strips, xs, rules, down) + strips + rows_below(page, box, strips, xs)
        box = Box(box.x0, min(box.top, strips[0].line.top), box.x1, max(box.bottom, strips[-1].line.bottom))
    cut_at = _stacked(strips, xs) if depth < 3 else None
    if cut_at:
        y = (strips[cut_at - 1].line.bottom + strips[cut_at].line.top) / 2
        upper, lower = Box(box.x0, box.top, box.x1, y), Box(box.x0, y, box.x1, box.bottom)
        return build(page, upper, rules, heads, depth + 1) + build(page, lower, rules, heads, depth + 1)
    strips = _trimmed(before_next_head(strips), xs, rules)
    if len(strips) < 2:
        return []
    leaders_home(strips, xs)
    xs = split_by_heads(strips, xs)
    xs = [
        min(xs[0], min(s.line.x0 for s in strips) - 0.5),
        *xs[1:-1],
        max(xs[-1], max(s.line.x1 for s in strips) + 0.5),
    ]
    box = Box(xs[0], min(s.line.top for s in strips) - 0.5, xs[-1], max(s.line.bottom for s in strips) + 0.5)
    across = [
        r for r in rules if r.horizontal and box.top - 4 <= r.at <= box.bottom + 4 and r.hi > box.x0 and r.lo < box.x1
    ]
    if head is not None and head.cols == len(xs) - 1:
        box = replace(box, top=min(box.top, head.ys[0]))
        strips = [s for s in strips if (s.line.top + s.line.bottom) / 2 > head.ys[-1]]
        return [under_head(head, strips, rows(strips, xs, across, page, 0), xs, box, bool(down))] if strips else []
    return [assemble(strips, rows(strips, xs, across, page), xs, box, bool(down), across)]


def _with_whole_labels(page: Page, box: Box) -> Box:
    """The box, wider at the left where it would cut through most lines' first texts."""
    inside = [w for w in page.words if w.x1 <= box.x1 + 2 and box.top - 1 <= (w.top + w.bottom) / 2 <= box.bottom + 1]
    cut_at = []
    lines = [line for line in lines_of(inside) if line.x1 > box.x0]
    for line in lines:
        text = next((p for p in chunks(line, 0.5) if p[0].mid < box.x0 - 2 and p[-1].mid > box.x0 - 2), None)
        if text is not None:
            cut_at.append(text[0].x0)
    return replace(box, x0=min(cut_at) - 0.5) if len(cut_at) >= max(2, 0.6 * len(lines)) else box


def _lines_over(page: Page, box: Box, first: Line) -> list[Line]:
    """The two lines right above a region, which may be its heads; running text set otherwise than these is none."""
    above = [w for w in page.words if box.x0 - 3 <= w.x0 and w.x1 <= box.x1 + 12 and w.base < first.base - 2]
    lines = lines_of([w for w in above if w.base > first.base - 4.5 * first.size])[-2:]
    if len(lines) == 2 and len(lines[0].words) >= PROSE and len(chunks(lines[0])) == 1:
        other = lines[0].bold != lines[1].bold or abs(lines[0].size - lines[1].size) > 0.05 * lines[1].size
        lines = lines[1:] if other else lines
    return lines


PROSE = 7
"""Words on a line that is one chunk, from which on it may be running text."""


def _heads(grid: Grid, box: Box) -> bool:
    """Whether a drawn grid is the boxed header of a region: on its top, as wide, without figures."""
    size = next((w.size for c in grid.cells for w in c.words), 8.0)
    fits = abs(grid.xs[0] - box.x0) <= 8 and abs(grid.xs[-1] - box.x1) <= 8
    on_top = grid.ys[0] <= box.top + 2 * size and box.top - 2 * size <= grid.ys[-1] < box.bottom - size
    held = [c for c in grid.cells if c.words]
    figures = sum(is_number(c.text) and not is_period(c.text) for c in held)
    return fits and on_top and grid.cols >= 3 and len(held) >= 0.5 * grid.cols and figures <= 0.2 * len(held)


def _stacked(strips: list[Strip], xs: list[float]) -> int | None:
    """Index of the line at which a second table begins below the first: a heading, or a header row after body rows."""
    first = header_end(strips, xs)
    body = [s for s in strips[first:] if s.values]
    if len(body) < 2:
        return None
    sizes = sorted(s.line.size for s in body)
    size = sizes[len(sizes) // 2]
    pitch = pitch_of(body)
    number_columns = {column_of(p[0], xs) for s in body for p in s.parts if is_value(chunk_text(p))} - {0}
    mostly_bold = sum(s.line.bold for s in body) > 0.5 * len(body)
    for i in range(first + 2, len(strips) - 1):
        here, above = strips[i], strips[i - 1]
        gap = here.line.base - above.line.base
        texts = [p for p in here.parts if column_of(p[0], xs) in number_columns]
        words = [p for p in texts if not is_value(chunk_text(p)) or is_period(chunk_text(p))]
        following = any(s.values for s in strips[i + 1 :])
        if not following:
            return None
        if len(here.parts) == 1 and here.line.size > 1.12 * size and not here.values:
            return i
        over = {column_of(p[0], xs) for s in heads_from(strips, i) for p in s.parts} & number_columns
        header = len(words) >= 2 and len(words) == len(texts) and len(over) >= 0.3 * len(number_columns)
        styled = here.line.bold and not mostly_bold
        if header and (gap > 1.3 * pitch or styled):
            return first_of_heads(strips, xs, i)
    return None


def _apart(strips: list[Strip], xs: list[float]) -> list[float]:
    """Bounds at which a region falls apart: a table beside running text, or two tables side by side."""
    cols = len(xs) - 1
    texts: list[list[str]] = [[] for _ in range(cols)]
    for strip in strips:
        if strip.values and len(strip.parts) >= 2:
            for part in strip.parts:
                texts[column_of(part[0], xs)].append(chunk_text(part))
    numeric = [bool(t) and sum(is_value(x) for x in t) >= 0.6 * len(t) for t in texts]
    wordy = [bool(t) and sum(is_value(x) for x in t) <= 0.3 * len(t) and len(t) >= 2 for t in texts]
    periods = [len(t) >= 2 and all(is_period(x) for x in t) for t in texts]
    prose = [len(t) >= 4 and sum(len(x.split()) for x in t) >= 4.5 * len(t) for t in texts]
    cuts = []
    for c in range(1, cols):
        beside_prose = (prose[c - 1] and c == 1 and (wordy[c] or periods[c]) and any(numeric[c:])) or (
            prose[c] and c == cols - 1
        )
        second_table = c >= 2 and wordy[c] and numeric[c - 1] and any(numeric[c + 1 : c + 3])
        if second_table:
            gap = min((p[0].x0 for s in strips for p in s.parts if column_of(p[0], xs) == c), default=xs[c]) - max(
                (p[-1].x1 for s in strips for p in s.parts if column_of(p[0], xs) == c - 1), default=xs[c]
            )
            second_table = gap > 0.8 * strips[-1].line.size and len(set(texts[c])) >= 0.7 * len(texts[c])
        if beside_prose or second_table:
            cuts.append(xs[c])
    return cuts


def _header_above(
    page: Page, box: Box, strips: list[Strip], xs: list[float], rules: list[Rule], down: list[Rule]
) -> list[Strip]:
    """Lines right above a region that stand over its columns: the header, or the rest of it.

    A rule over the whole width is the header's upper edge, unless the region has no header yet; and so are the upper
    ends of the rules `down` between its columns, where heads stand below them.
    """
    own = {id(w) for w in strips[0].line.words}  # its raised marks stand higher than it does
    above = [w for w in page.words if w.base < strips[0].line.base - 2 and id(w) not in own]
    above = _within_reach(above, box, xs)
    full = [
        r.at for r in rules
        if r.horizontal and min(r.hi, box.x1) - max(r.lo, box.x0) >= 0.95 * (box.x1 - box.x0)
        and r.lo < xs[1] - 2 and r.hi > xs[-2] + 2  # over a part of the columns stand spanners
    ]  # fmt: skip
    headless = header_end(strips, xs) == 0
    usual = {column_of(p[0], xs) for s in strips for p in s.parts if is_value(chunk_text(p))} - {0}
    pitch = max((b.line.base - a.line.base for a, b in pairwise(strips)), default=0.0)
    labels = label_columns(strips[header_end(strips, xs) :], xs)
    beyond_header = False
    rows_apart = 1.15 * step_of_rows(strips)
    left_edge = min(s.line.x0 for s in strips)
    top = min((r.lo for r in down if box.x0 + 3 < r.at < box.x1 - 3), default=0.0)
    found: list[Strip] = []
    waiting: list[Strip] = []
    edge, size = strips[0].line, strips[0].line.size
    upwards = list(reversed(lines_of(above)))
    for line, over in zip(upwards, [*upwards[1:], None], strict=False):
        strip = Strip(line, cut(line, down))
        gap = edge.base - line.base
        if edge.bottom - edge.top > 3 * edge.size:  # beside or above heads that run upwards
            gap = max(0.0, edge.top - line.base)
        texts = split_at_bounds(strip.parts, xs)
        spanning = any(
            r.horizontal and line.base < r.at < edge.top + 2 and box.x0 - 3 <= r.lo and r.hi <= box.x1 + 3
            for r in rules
        )
        beyond = [p for p in texts if touched(p, xs)[1] > 0]
        tall = max(size, line.size)
        high = min(max(1.5 * pitch_of(strips), rows_apart), HEADS * tall)
        if headless and not found:
            high = max(1.5 * pitch_of(strips), high)
        far = 2 * HEADS * tall if spanning and len(texts) >= 2 else max(2.2 * tall, high)
        too_far = gap > far or line.size > 1.25 * size
        values = {column_of(p[0], xs) for p in strip.parts if is_value(chunk_text(p))} - {0}
        row = (
            headless
            and not beyond_header
            and bool(values)
            and values <= usual
            and (
                (len(values) >= 0.5 * len(usual) and gap <= 1.35 * pitch)
                or (gap <= 1.08 * pitch and abs(line.x0 - left_edge) < 3)  # few figures, but where a row is due
            )
        )
        # a rule above it too makes it a header row between rules
        boxed = any(line.base - 4 * size < y < line.base - 0.5 * size for y in full)
        crossed = any(line.base < y < edge.base - 0.3 * size for y in full)
        ruled_off = crossed and not boxed and not (headless and not found)
        one_text = len(texts) == 1 and texts[0][0].x0 < left_edge + 12 and touched(texts[0], xs)[1] > 0
        head = labels == 0 and _over_first_numbers(strip, ([*waiting, *found, *strips])[0], strips, xs)
        beside = edge.base - line.base <= SHARED * size  # a head of the labels beside other columns' heads
        caption = one_text and not _rule_near(strip, rules) and not head and not beside
        figures = [t for t in map(chunk_text, strip.parts) if is_value(t) and not is_period(t) and not is_year(t)]
        counts = bool(figures) and not figure_in_head([strip, *waiting, *(found or strips)], xs, 0)
        beyond_header = beyond_header or (bool(beyond) and not counts)
        over_rules = line.base < top and not (headless and not found)
        if (
            too_far
            or over_rules
            or (ruled_off and not row)
            or caption
            or CAPTION.match(line.text)
            or (counts and not row)
        ):
            break
        if (is_prose(strip, strips) and not _over_columns(strip, xs)) or _ends_text(line, over, gap):
            break
        waiting.insert(0, strip)
        edge = line
        if beyond:
            found = waiting + found
            waiting = []
    apart = any(_over_columns(s, xs) for s in found) or sum(len(split_at_bounds(s.parts, xs)) for s in found) > 1
    if headless and not apart:
        return []
    for strip in reversed(waiting):  # the first line of a label over several lines
        below = found[0] if found else strips[0]
        apart = below.line.base - strip.line.base > LEADING * strip.line.size or strip.line.bold != below.line.bold
        if apart and (labels > 0 or not _over_first_numbers(strip, below, strips, xs)):
            break
        if not found and labels > 0:
            break
        found.insert(0, strip)
    return found


def _ends_text(line: Line, over: Line | None, gap: float) -> bool:
    """Whether a line is the last of running text, in one column or several: nearer to it than to the heads below."""
    if over is None or line.bold or abs(over.size - line.size) > 0.05 * line.size:
        return False
    leading = line.base - over.base
    runs = max(len(part) for part in cut(over)) >= 6
    return runs and leading <= 1.8 * line.size and gap > 1.3 * leading


HEADS = 3.4
"""Times the type size: lines of heads stand no further apart, however high the rows below them are."""


def _within_reach(words: list[Word], box: Box, xs: list[float]) -> list[Word]:
    """The words above a region that are its header's: heads may be wider than the outermost columns' numbers."""
    reach = 0.6 * sorted(b - a for a, b in pairwise(xs))[(len(xs) - 1) // 2]
    inside = []
    for line in lines_of([w for w in words if box.x0 - reach - 3 <= w.x0 and w.x1 <= box.x1 + reach + 3]):
        for part in chunks(line):
            if min(part[-1].x1, box.x1) - max(part[0].x0, box.x0) > 0 or box.x0 - 3 <= part[0].x0 <= box.x1 + 3:
                inside += part
    return inside


def _trimmed(strips: list[Strip], xs: list[float], rules: list[Rule]) -> list[Strip]:
    """Without titles and prose before the header, and notes after the last row."""

    def whole(strip: Strip) -> bool:
        lo, hi = touched(strip.parts[0], xs)
        crossing = len(strip.parts) == 1 and hi - lo >= max(1, len(xs) - 3) and len(strip.line.words) >= 3
        if _over_columns(strip, xs) or _framed(strip, strips, rules):
            return False
        return crossing or (len(xs) > 3 and strip.values == 0 and _sentence(strip, xs))

    def alone(strip: Strip) -> bool:
        return len(strip.parts) == 1 and touched(strip.parts[0], xs)[1] == 0

    strips = list(strips)
    first = header_end(strips, xs)
    labels = label_columns(strips[first:], xs)
    rows_apart = 1.15 * step_of_rows(strips[first:])
    keep = first
    while keep > 0:
        here, under = strips[keep - 1], strips[keep] if keep < len(strips) else strips[keep - 1]
        gap = under.line.base - here.line.base
        left = touched(here.parts[0], xs)
        at_edge = here.line.x0 < min(s.line.x0 for s in strips) + 12
        one_text = len(split_at_bounds(here.parts, xs)) == 1
        head = labels == 0 and _over_first_numbers(here, under, strips, xs)
        wide = at_edge and one_text and left[0] == 0 and left[1] > 0
        caption = wide and not (head or _rule_near(here, rules) or same_height(here, under))
        larger = here.line.size > (1.12 if len(here.parts) == 1 else 1.3) * under.line.size
        ends_head = keep > 1 and _last_of_label(strips[keep - 2], here, xs)
        heading = larger or (alone(here) and alone(under) and gap > 1.5 * under.line.size and not ends_head)
        tall = max(here.line.size, under.line.size)
        turned = max(s.line.bottom - s.line.top for s in (here, under)) > 3 * tall
        high = 1.5 * pitch_of(strips) if turned else min(max(1.5 * pitch_of(strips), rows_apart), HEADS * tall)
        too_far = keep < first and gap > max(2.6 * tall, high)
        item = bool(APART.match(here.line.text)) and len(here.line.words) > 3
        if (
            caption
            or (labels > 0 and _titles(here, strips[keep:first], under, xs))
            or heading
            or too_far
            or item
            or (is_prose(here, strips) and not _over_columns(here, xs))
            or (whole(here) and not _rule_near(here, rules))
        ):
            break
        keep -= 1
    strips = strips[keep:]
    while len(strips) > 2:
        last, before = strips[-1], strips[-2]
        gap = last.line.base - before.line.base
        note = (
            len(last.parts) == 1
            and not last.values
            and (
                gap > 1.7 * last.line.size
                or last.line.size < 0.9 * before.line.size
                or bool(APART.match(last.line.text))
            )
        )
        far = gap > max(2.7 * last.line.size, 1.6 * pitch_of(strips)) and len(last.parts) < 0.5 * (len(xs) - 1)
        if not goes_on(before, last, xs) and ((whole(last) and not last.values) or note or far):
            strips.pop()
        else:
            break
    return strips


def _over_columns(strip: Strip, xs: list[float]) -> bool:
    """Whether a line of words is one of column heads that stand close together (`Jan Feb Maa`), not running text.

    The white between heads is wider than their blanks, or no word crosses a column's bound and nearly every column
    beside the labels has words of its own.
    """
    words = [w for w in strip.line.words if not w.raised]
    runs = sum(len(by_gaps(part, xs)) for part in strip.parts)
    if runs >= 3 and runs >= 0.6 * (len(xs) - 2):
        return True
    if len(xs) < 4 or any(w.x0 + 1.5 < x < w.x1 - 1.5 for w in words for x in xs[1:-1]):
        return False
    held = {column_of(w, xs) for w in words} - {0}
    return len(held) >= 0.75 * (len(xs) - 2) and len(words) <= 2.5 * len(held)


def _over_first_numbers(here: Strip, under: Strip, strips: list[Strip], xs: list[float]) -> bool:
    """Whether a text at the left over numbers without labels is a head of theirs, not the table's title.

    It stands as close above the line below as lines of one text do, or is set like that line and unlike the body.
    """
    size = here.line.size
    gap = under.line.base - here.line.base
    if touched(here.parts[0], xs)[1] > 1 or gap > HEADS * size:
        return False
    alike = here.line.bold == under.line.bold and abs(size - under.line.size) <= 0.05 * size
    rows = [s.line.bold for s in strips if s.values]
    unlike_rows = sum(bold != here.line.bold for bold in rows) > 0.5 * len(rows)
    return gap <= LEADING * size or (alike and unlike_rows and gap <= 2 * size)


def _last_of_label(above: Strip, here: Strip, xs: list[float]) -> bool:
    """Whether a line in the first column goes on closely below one with heads: the last of the label column's own."""
    beyond = {column_of(p[0], xs) for p in above.parts} - {0}
    return len(beyond) >= 2 and here.line.base - above.line.base <= LEADING * here.line.size


def _titles(here: Strip, head: list[Strip], under: Strip, xs: list[float]) -> bool:
    """Whether a line over the first column is a title: numbered, or apart from the label column's own head."""
    if len(here.parts) > 1 or touched(here.parts[0], xs)[1] > 0:
        return False
    if CAPTION.match(here.line.text):
        return True
    own = next((w for s in head for w in s.line.words if column_of(w, xs) == 0), None)
    if own is None:
        return False
    other = own.bold != here.line.bold or abs(own.size - here.line.size) > 0.05 * own.size
    return other or under.line.base - here.line.base > 1.6 * here.line.size


def _rule_near(strip: Strip, rules: list[Rule]) -> bool:
    """Whether a rule is drawn under a line's words and only there."""
    x0, x1, base, size = strip.line.x0, strip.line.x1, strip.line.base, strip.line.size
    return any(
        r.horizontal and base - 1 <= r.at <= base + 0.9 * size and r.lo <= x0 + 3 and r.hi >= x1 - 3 for r in rules
    )


def _framed(strip: Strip, strips: list[Strip], rules: list[Rule]) -> bool:
    """Whether a rule over the whole table is drawn right above a line: that is in the table, no title of it."""
    left, right = min(s.line.x0 for s in strips), max(s.line.x1 for s in strips)
    high, low = strip.line.base - 2.2 * strip.line.size, strip.line.base - 0.6 * strip.line.size
    within = strip.line.x0 > left + 2 * strip.line.size
    return within and any(r.horizontal and high < r.at < low and r.lo <= left + 4 <= right <= r.hi + 4 for r in rules)


def _sentence(strip: Strip, xs: list[float]) -> bool:
    """Whether a line's words run on over the column bounds as in prose."""
    words = max(strip.parts, key=len)
    crossing = sum(any(w.x0 + 1 < x < w.x1 - 1 for x in xs[1:-1]) for w in words)
    return len(words) >= 7 and crossing >= 2


def _long(rule: Rule, box: Box) -> bool:
    return min(rule.hi, box.bottom) - max(rule.lo, box.top) >= 0.5 * (box.bottom - box.top)
