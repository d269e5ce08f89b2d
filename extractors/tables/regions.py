"""Where tables without a full grid of lines may stand: between rules, on shaded bands, in frames, in lined-up text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from extractors.page import Line, Page, Rule, Word, lines_of
from extractors.tables.grid import chunks, clusters
from extractors.tables.strips import APART, CAPTION, Strip, chunk_text, cut, is_prose, pitch_of
from extractors.tables.tokens import is_value, opens_lower
from schemas.printed import Box


def regions(page: Page, rules: list[Rule], taken: list[Box], frames: list[Box]) -> list[Box]:
    """Where tables may stand: frames, between parallel full rules, on shaded bands, and lines that fall into chunks."""
    free = [w for w in page.words if not _inside(w, taken)]
    bands, single = _shade_regions(page, free)
    found = [f for f in frames if any(_inside(w, [f]) for w in free)] + _rule_regions(rules, free) + bands
    blocks = prose_blocks(free)
    loose = [w for w in free if not _inside(w, blocks)]
    for words in _between_gutters(loose, _gutters(blocks, free)):
        found += _text_regions(words, rules, page)
    unique: list[Box] = []
    for box in [*found, *(b for b in single if not any(_as_wide(b, other) for other in found))]:
        if not any(_same(box, other) for other in unique):
            unique.append(box)
    return unique


def prose_blocks(words: list[Word]) -> list[Box]:
    """Running text: four lines or more under each other from one left edge, wide, wordy and without figures apart."""
    blocks: list[list[Line]] = []
    for line in lines_of(words):
        for part in chunks(line, 1.0):
            piece = Line(part)
            for block in reversed(blocks[-12:]):
                last = block[-1]
                step = piece.base - last.base
                if (
                    0.5 * last.size < step <= 1.7 * last.size
                    and -3 <= piece.x0 - min(ln.x0 for ln in block) <= 3
                    and abs(piece.size - last.size) <= 0.1 * last.size
                ):
                    block.append(piece)
                    break
            else:
                blocks.append([piece])
    return [_around(b) for b in blocks if _runs(b)]


def _runs(block: list[Line]) -> bool:
    """Whether lines under each other are running text."""
    if len(block) < 4:
        return False
    width = max(ln.x1 for ln in block) - min(ln.x0 for ln in block)
    words = [w for ln in block for w in ln.words]
    full = sum(ln.x1 - ln.x0 >= 0.7 * width for ln in block)
    small = sum(opens_lower(ln.words[0].text) for ln in block)
    return (
        width >= 14 * block[0].size
        and len(words) >= 4.5 * len(block)
        and full >= 0.65 * len(block)
        and small >= 0.35 * len(block)
        and sum(is_value(w.text) for w in words) < 0.2 * len(words)
    )


def _around(lines: list[Line]) -> Box:
    return Box(
        min(ln.x0 for ln in lines), min(ln.top for ln in lines), max(ln.x1 for ln in lines),
        max(ln.bottom for ln in lines),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Gutter:
    """The white between two columns of running text.

    `at` is its middle, `edge` where the text at its right begins, `spans` the heights over which there is such text,
    `between` those between two paragraphs, where a table over both columns may stand, `own` those of them where the
    text at the right mostly begins at its column's edge.
    """

    at: float
    edge: float
    spans: tuple[tuple[float, float], ...]
    between: tuple[tuple[float, float], ...] = ()
    own: tuple[tuple[float, float], ...] = ()

    def parts(self, line: Line) -> bool:
        """Whether the gutter runs through a line: beside running text, or where the line begins at its edge anew."""
        if any(lo <= line.base <= hi for lo, hi in (*self.spans, *self.own)):
            return True
        right = [p[0].x0 for p in chunks(line, 1.0) if p[0].x0 > self.at]
        return any(lo < line.base < hi for lo, hi in self.between) and (
            not right or self.edge - 2 <= right[0] <= self.edge + 8
        )


def _gutters(blocks: list[Box], words: list[Word]) -> list[_Gutter]:
    """The gutters between columns of running text, and those left of a caption beside another one, down to text."""
    found: dict[float, set[int]] = {}
    for k, a in enumerate(blocks):
        right = [(b.x0 - a.x1, n) for n, b in enumerate(blocks) if 4 <= b.x0 - a.x1 <= 45]
        if right:
            found.setdefault(a.x1 + min(right)[0] / 2, set()).update({k, *(n for _, n in right)})
    gutters = []
    lines = lines_of(words)
    for at in clusters(found, 12):
        mine = {k for x, numbers in found.items() if abs(x - at) <= 12 for k in numbers}
        edge = min(blocks[k].x0 for k in mine if blocks[k].x0 > at)
        between: list[tuple[float, float]] = []
        for left in (True, False):
            side = sorted((blocks[k] for k in mine if (blocks[k].x1 < at) == left), key=lambda b: b.top)
            between += [
                (a.bottom, b.top) for a, b in pairwise(side) if not _crossed(lines, at, a.bottom, b.top)
            ]  # fmt: skip
        spans = tuple((blocks[k].top, blocks[k].bottom) for k in sorted(mine))
        own = [(lo, hi) for lo, hi in between if _begin_at(lines, at, edge, lo, hi)]
        gutters.append(_Gutter(at, edge, spans, tuple(between), tuple(own)))
    for line in lines:
        parts = chunks(line, 1.0)
        if len(parts) > 1 and chunk_text(parts[0])[:3].casefold() == "tab" and CAPTION.match(chunk_text(parts[0])):
            for at in (p[0].x0 - 4 for p in parts[1:] if CAPTION.match(chunk_text(p))):
                below = [b.top for b in blocks if b.top > line.base and b.x0 < at < b.x1]
                gutters.append(_Gutter(at, at + 4, ((line.base, min(below, default=float("inf"))),)))
    return sorted(gutters, key=lambda g: g.at)


def _begin_at(lines: list[Line], at: float, edge: float, top: float, bottom: float) -> bool:
    """Whether most lines right of a gutter between two heights begin at its edge."""
    starts = [
        min(right) for line in lines if top < line.base < bottom
        if (right := [p[0].x0 for p in chunks(line, 1.0) if p[0].x0 > at])
    ]  # fmt: skip
    return sum(edge - 2 <= x <= edge + 8 for x in starts) > 0.6 * len(starts)


def _crossed(lines: list[Line], at: float, top: float, bottom: float) -> bool:
    """Whether a text stands over a gutter between two heights."""
    return any(
        p[0].x0 < at - 2 and p[-1].x1 > at + 2 for line in lines if top < line.base < bottom for p in chunks(line, 1.0)
    )


def _between_gutters(words: list[Word], gutters: list[_Gutter]) -> list[list[Word]]:
    """The words of each column of a page; lines over the whole width are one lot of their own."""
    if not gutters:
        return [words]
    lots: list[list[Word]] = [[] for _ in range(len(gutters) + 2)]
    for line in lines_of(words):
        here = [g.at for g in gutters if g.parts(line)]
        parts = chunks(line, 1.0)
        if not here or any(p[0].x0 < g - 2 and p[-1].x1 > g + 2 for p in parts for g in here):
            lots[-1] += line.words
            continue
        for part in parts:
            lots[sum(part[0].mid > g for g in here)] += part
    return lots


def _inside(word: Word, boxes: list[Box]) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return any(b.x0 <= x <= b.x1 and b.top <= y <= b.bottom for b in boxes)


def _same(a: Box, b: Box) -> bool:
    return max(abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs(a.top - b.top), abs(a.bottom - b.bottom)) < 3


def _rule_regions(rules: list[Rule], words: list[Word]) -> list[Box]:
    """Between the first and last of two or more horizontal rules with the same ends (pieces on one line joined)."""
    across = sorted((r for r in rules if r.horizontal), key=lambda r: (r.at, r.lo))
    spans: list[tuple[float, float, float]] = []
    for rule in across:  # column-wise pieces of one line are one line here
        if spans and abs(spans[-1][0] - rule.at) <= 1.5 and rule.lo - spans[-1][2] <= 14:
            spans[-1] = (spans[-1][0], spans[-1][1], max(spans[-1][2], rule.hi))
        else:
            spans.append((rule.at, rule.lo, rule.hi))
    spans = [s for s in spans if s[2] - s[1] > 60]
    groups: list[list[tuple[float, float, float]]] = []
    for span in spans:
        for group in groups:
            if abs(group[-1][1] - span[1]) <= 6 and abs(group[-1][2] - span[2]) <= 6:
                between = [
                    w for w in words if group[-1][0] < w.base <= span[0] + 2 and span[1] - 2 <= w.mid <= span[2] + 2
                ]
                if between and _tabular(between):
                    group.append(span)
                    break
        else:
            groups.append([span])
    return [
        Box(min(s[1] for s in g), g[0][0], max(s[2] for s in g), g[-1][0])
        for g in groups
        if len(g) >= 2 and g[-1][0] - g[0][0] > 15
    ]


def _tabular(words: list[Word]) -> bool:
    """Whether the words between two rules stand in columns: most lines fall into chunks, or there are few words."""
    strips = [Strip(line, cut(line)) for line in lines_of(words)]
    several = sum(len(s.parts) >= 2 for s in strips)
    prose = sum(max(map(len, s.parts)) >= 7 and not s.values for s in strips)
    if prose > max(1, 0.3 * len(strips)):
        return False
    return several >= 0.5 * len(strips) or (len(strips) <= 2 and len(words) <= 10)


def _as_wide(band: Box, other: Box) -> bool:
    """Whether another region has the place of a single shaded row, and its width: it holds the whole table."""
    level = other.top < band.bottom and band.top < other.bottom
    return level and abs(other.x0 - band.x0) <= 8 and abs(other.x1 - band.x1) <= 8


def _shade_regions(page: Page, words: list[Word]) -> tuple[list[Box], list[Box]]:
    """Shaded bands (or cells side by side) of one width that follow each other down the page; and those of one row."""
    bands: list[Box] = []
    tiled: list[Box] = []  # bands of cells side by side: one of them is enough
    shades = [
        s for s in page.shades if s.light <= 0.985 and 6 < s.bottom - s.top < 60 and s.x1 - s.x0 < 0.99 * page.width
    ]
    for top in clusters({round(s.top, 1) for s in shades}, 1.5):
        row = sorted((s for s in shades if abs(s.top - top) <= 1.5), key=lambda s: s.x0)
        runs: list[Box] = []
        for s in row:
            if runs and s.x0 - runs[-1].x1 <= 4:
                runs[-1] = Box(runs[-1].x0, runs[-1].top, max(runs[-1].x1, s.x1), max(runs[-1].bottom, s.bottom))
            else:
                runs.append(Box(s.x0, s.top, s.x1, s.bottom))
        wide = [r for r in runs if r.x1 - r.x0 > 100]
        bands += wide
        tiled += [r for r in wide if len({round(s.x0) for s in row if r.x0 <= s.x0 < r.x1}) >= 3]
    groups: list[list[Box]] = []
    for band in sorted(bands, key=lambda b: b.top):
        for group in groups:
            last = group[-1]
            if abs(last.x0 - band.x0) <= 4 and abs(last.x1 - band.x1) <= 4 and band.top - last.bottom <= 60:
                group.append(band)
                break
        else:
            groups.append([band])
    found, single = [], []
    for group in groups:
        box = Box(group[0].x0, group[0].top, group[0].x1, max(b.bottom for b in group))
        if len(group) == 1:  # the rows above and below it are as high
            box = replace(box, top=2 * box.top - box.bottom, bottom=2 * box.bottom - box.top)
        if sum(box.x0 <= w.mid <= box.x1 and box.top <= w.base <= box.bottom for w in words) < 4:
            continue
        if len(group) >= 2:
            found.append(box)
        elif group[0] in tiled:
            single.append(box)
    return found, single


def _text_regions(words: list[Word], rules: list[Rule], page: Page) -> list[Box]:
    """Runs of lines that fall into two or more chunks, cut where a line of prose or a wide gap comes between."""
    strips = [Strip(line, cut(line)) for line in lines_of(words)]
    blocks: list[list[Strip]] = []
    current: list[Strip] = []
    for strip, after in zip_longest(strips, strips[1:]):
        if current:
            last = current[-1].line
            gap = strip.line.base - last.base
            size = max(strip.line.size, last.size, 6)
            ends = is_prose(strip, current) or _between_tables(strip, current, gap, after)
            if ends or (gap > _reach(strip, current, size) and not _goes_on(strip, current, after, size)):
                blocks.append(current)
                current = []
        if current or len(strip.parts) >= 2:
            current.append(strip)
    blocks.append(current)
    found = []
    for run in blocks:
        filled = [i for i, s in enumerate(run) if len(s.parts) >= 2]
        block = run[: filled[-1] + 1] if filled else []
        if sum(len(s.parts) >= 2 for s in block) < 2:
            continue
        x0, x1 = min(s.line.x0 for s in block), max(s.line.x1 for s in block)
        found.append(Box(x0 - 1, min(s.line.top for s in block) - 0.5, x1 + 1, max(s.line.bottom for s in block) + 0.5))
    return found


def _reach(strip: Strip, block: list[Strip], size: float) -> float:
    """How far below a block a line still belongs to it: rows may stand far apart, but then regularly and in columns."""
    if len(strip.parts) < 2 or len(block[-1].parts) < 2 or not _lines_up(strip, block[-1]):
        return 2.7 * size
    if strip.values and block[-1].values and len(strip.parts) == max(len(s.parts) for s in block) > 2:
        return max(5.2 * size, min(2.15 * pitch_of(block), 9 * size))  # a row may be blank in this half of a table
    if len(block) <= 2 or (strip.values and block[-1].values):
        return 5.2 * size
    return max(2.7 * size, 1.35 * pitch_of(block))


def _goes_on(strip: Strip, block: list[Strip], after: Strip | None, size: float) -> bool:
    """Whether high rows go on: with a line of figures, or a label whose figures stand closely below its first line.

    Numbers centred on labels of two lines stand between them; the distance that counts is from figures to figures.
    """
    row = next((s for s in reversed(block) if s.values), None)
    rows = [s.line.base for s in block if s.values]
    if row is None or len(rows) < 2:
        return False
    here = strip
    if not strip.values:
        at_edge = abs(strip.line.x0 - min(s.line.x0 for s in block)) <= 0.5 * size
        if after is None or not after.values or len(strip.parts) > 1 or not at_edge:
            return False
        if after.line.base - strip.line.base > 1.5 * size:
            return False
        here = after
    step = max(b - a for a, b in pairwise(rows))
    return _stands_under(here, row) and here.line.base - row.line.base <= min(5.2 * size, 1.5 * step)


def _stands_under(a: Strip, b: Strip) -> bool:
    """Whether each figure of a line stands under or over a figure of another line."""
    figures = [p for p in a.parts if is_value(chunk_text(p))]
    others = [p for p in b.parts if is_value(chunk_text(p))]
    return bool(figures) and all(
        any(min(p[-1].x1, q[-1].x1) - max(p[0].x0, q[0].x0) > 0 for q in others) for p in figures
    )


def _lines_up(a: Strip, b: Strip) -> bool:
    """Whether at least two chunks of two lines stand one over the other, each over one only."""
    pairs = 0
    for p in a.parts:
        over = sum(min(p[-1].x1, q[-1].x1) - max(p[0].x0, q[0].x0) > 0 for q in b.parts)
        if over > 1:
            return False
        pairs += over
    return pairs >= 2


def _between_tables(strip: Strip, block: list[Strip], gap: float, after: Strip | None) -> bool:
    """Whether a single text over number columns is no row: a title, a note or prose between two tables.

    A short text in the middle, with the block's columns going on `after` it, is a group's label.
    """
    if len(strip.parts) > 1 or strip.values:
        return False
    if CAPTION.match(strip.line.text):
        return True
    if after is not None and after.values and len(strip.line.words) <= 6 and not APART.match(strip.line.text):
        row = next((s for s in reversed(block) if s.values), None)
        left, right = min(s.line.x0 for s in block), max(s.line.x1 for s in block)
        middle = abs(strip.line.x0 + strip.line.x1 - left - right) < 3 * strip.line.size
        near = max(gap, after.line.base - strip.line.base) <= 2.7 * strip.line.size
        if middle and near and row is not None and len(after.parts) == len(row.parts) and _lines_up(after, row):
            return False
    numbers = [p[0].x0 for s in block for p in s.parts if is_value(chunk_text(p))]
    if len(numbers) < 2 or strip.line.x1 < min(numbers) + 3:
        return False
    last = block[-1].line
    other_size = abs(strip.line.size - last.size) > 0.08 * last.size
    return (
        other_size
        or len(strip.line.words) >= 7
        or strip.line.text.endswith(".")
        or bool(APART.match(strip.line.text))
        or gap > 1.6 * last.size
    )
