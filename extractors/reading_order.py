"""The lines of a report in the order a person reads them, without running heads, page numbers and table areas.

Two and three columns of text are told apart by a left edge that recurs in the middle of the page. No opinion on
paragraphs or headings is formed here.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from extractors.case_words import named_part
from extractors.dates import find_date
from extractors.drawn_bullets import with_drawn_bullets
from extractors.margin_dates import with_margin_dates
from extractors.opening_letters import with_opening_letters
from extractors.page import Line, Page, Word, lines_of
from schemas.printed import Box, Cell, TablePart

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^[\s\-–—|•·]*(?:(?:pagina|page|seite|blz\.?|p\.|bladzijde|s\.)\s*)?\d{1,4}"
    r"(?:\s*(?:/|van|sur|de|of|von|\|)\s*\d{1,4})?[\s\-–—|•·]*$",
    re.IGNORECASE,
)
_LEADER = re.compile(r"(?:\.\s?){5,}\s*\d{1,4}\s*$|…{2,}\s*\d{1,4}\s*$")
_ENDS_IN_PAGE = re.compile(
    r"^\d{1,3}\s+[^\d\W].*\s[·|•]\s|^[^\d\W].*\s[·|•]\s.*\s\d{1,3}\s*$|(?:\b(?:pagina|page|seite|blz\.?|"
    r"p\.)\s*\d{1,4}|(?<![\d/.\-])\b\d{1,4}\s?/\s?\d{1,4}|\|\s*\d{1,4})\s*$",
    re.IGNORECASE,
)
LOCAL_LINES = 5
"""Fewer lines do not show an edge of their own."""
PROSE_WORDS = 14
"""A row of cells with at least so many words each is no row of a table of figures."""
BOX_INSET = 16
"""Points that text in a box stands further in than the column's edge, at most."""
MARGIN = 0.12
"""Share of the page's height, at its top and at its foot, where running heads and page numbers stand."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of one column. `left` and `right` are the column's edges; all in points of the reading frame."""

    page: int
    column: int
    band: int
    words: tuple[Word, ...]
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    bold: bool
    italic: bool
    colour: tuple[int, int, int]
    left: float
    right: float
    turn: int = 0

    @property
    def note_mark(self) -> bool:
        """Whether the line opens with a raised mark, as a footnote does."""
        return self.words[0].raised and len(self.words) > 1


@dataclass(frozen=True, slots=True)
class ReadingOrder:
    """All lines of a report, the running heads set apart, and the size of its body text."""

    lines: tuple[TextLine, ...]
    heads: tuple[TextLine, ...]
    contents: tuple[TextLine, ...]
    body_size: float


def parted(before: Word, after: Word) -> bool:
    """Whether a blank stands between two words of a line: always, save where type changes size within a word."""
    resized = abs(before.size - after.size) > 0.1 * max(before.size, after.size)
    return not resized or after.x0 - before.x1 > 0.08 * after.size or after.x0 < before.x0 - after.size


def joined(words: Iterable[Word]) -> str:
    """The words of a line as text: parts of a word that touch are joined, raised marks left out."""
    text = ""
    last: Word | None = None
    for word in words:
        if word.raised:
            continue
        if last is not None and parted(last, word):
            text += " "
        text += word.text
        last = word
    return text


def pieces(line: TextLine) -> list[str]:
    """The texts that stand apart on one line: what is set to the left, in the middle and to the right of it."""
    return [joined(words) for words in _segments(Line(list(line.words)))]


def in_boxes(box: Box, boxes: Sequence[Box]) -> bool:
    """Whether the middle of `box` stands in one of `boxes`."""
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return any(b.x0 - 1 <= x <= b.x1 + 1 and b.top - 1 <= y <= b.bottom + 1 for b in boxes)


def table_area(part: TablePart) -> Box:
    """A table's box without the running text that its reader took for its last rows."""
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in part.cells:
        if cell.text.strip():
            rows[cell.row].append(cell)
    bottom = part.box.bottom
    for row in sorted(rows, reverse=True):
        texts = " ".join(c.text for c in rows[row])
        tops = [c.box.top for c in rows[row] if c.box is not None]
        if len(rows[row]) > 2 or len(texts.split()) < PROSE_WORDS * len(rows[row]) or not tops:
            break
        if named_part(min(rows[row], key=lambda c: c.col).text) is not None:
            break  # a part of a case beside its label
        bottom = min(tops)
    return replace(part.box, bottom=bottom)


def reading_order(pages: Sequence[Page], taken: dict[int, Sequence[Box]]) -> ReadingOrder:
    """Lines of all pages in reading order; `taken` are the boxes (page as seen) of tables and charts, by page."""
    raw: dict[int, list[Line]] = {}
    for page in pages:
        boxes = taken.get(page.number, ())
        words = [w for w in page.words if not boxes or not in_boxes(page.seen(w.box), boxes)]
        words = with_drawn_bullets(page, words)
        raw[page.number] = lines_of(with_margin_dates(with_opening_letters(words)))
    running = _running(pages, raw)
    usual = _usual_gutters(raw, running)
    lines: list[TextLine] = []
    heads: list[TextLine] = []
    contents: list[TextLine] = []
    for page in pages:
        body: list[Line] = []
        for line in raw[page.number]:
            if (page.number, round(line.base, 1)) in running:
                heads.append(_text_line(page, line.words, line.x0, line.x1))
            else:
                body.append(line)
        leaders = [line for line in body if _LEADER.search(line.text)]
        if len(leaders) >= 4:
            contents += [_text_line(page, line.words, line.x0, line.x1) for line in leaders]
            first, last = leaders[0].base, leaders[-1].base
            body = [line for line in body if not first <= line.base <= last]
        beside = _box_gutters(taken.get(page.number, ()), page)
        lines += _with_local_edges(_ordered(page, body, usual or beside, taken.get(page.number, ())))
    sizes: Counter[float] = Counter()
    for one in lines:
        sizes[round(one.size * 2) / 2] += len(one.text)
    body_size = max(sizes, key=lambda s: sizes[s]) if sizes else 10.0
    near = Counter({one.size: 0 for one in lines})
    for one in lines:
        if abs(one.size - body_size) <= 0.5:
            near[one.size] += len(one.text)
    return ReadingOrder(tuple(lines), tuple(heads), tuple(contents), max(near, key=lambda s: near[s], default=10.0))


def _running(pages: Sequence[Page], raw: dict[int, list[Line]]) -> set[tuple[int, float]]:
    """Lines at the top or foot whose words recur at the same height on other pages, and page numbers there."""
    seen: dict[tuple[str, int, bool], list[tuple[int, float]]] = defaultdict(list)
    found: set[tuple[int, float]] = set()
    apart: set[tuple[int, float]] = set()
    within = _said_within(pages, raw)
    for page in pages:
        bases = [ln.base for ln in raw[page.number]]
        for line in raw[page.number]:
            above = line.bottom < MARGIN * page.height
            below = line.top > (1 - MARGIN) * page.height
            if not above and not below:
                continue
            text = line.text.strip()
            place = (page.number, round(line.base, 1))
            if _PAGE_NUMBER.match(text):
                lines = raw[page.number]
                # a bare number is a page number only among the outermost lines of its page
                if any(line is ln for ln in (lines[0], *lines[-3:])):
                    found.add(place)
                continue
            if (_ENDS_IN_PAGE.search(text) and find_date(text) is None) or _small_and_apart(line, raw[page.number]):
                found.add(place)
                continue
            # the last line of a full column is not a running foot: white parts one from the text
            base = line.base
            inward = [abs(b - base) for ln, b in zip(raw[page.number], bases, strict=True)
                      if (b > base + 1) == above and ln is not line]  # fmt: skip
            if not inward or min(inward) > 1.7 * line.size:
                apart.add(place)
            # what stands left and right of it may change places from page to page
            for words in _segments(line):
                shape = _DIGITS.sub("#", joined(words)).casefold()
                if within[shape, round(words[0].size)] >= 2:
                    continue  # a line that heads parts of the text, and stands at a column's end by chance
                for slot in (int(line.base // 6), int(line.base // 6) + 1):
                    seen[shape, slot, above].append(place)
    need = 2 if len(pages) < 8 else 3
    for places in seen.values():
        numbers = sorted({p for p, _ in places})
        often = len(numbers) >= max(4, 0.3 * len(pages))
        if len(numbers) >= need or (len(numbers) == 2 and numbers[1] - numbers[0] <= 2):
            found.update(p for p in places if often or p in apart)
    return found


def _said_within(pages: Sequence[Page], raw: dict[int, list[Line]]) -> Counter[tuple[str, int]]:
    """How often the same words in the same size stand by themselves between the margins."""
    return Counter(
        (_DIGITS.sub("#", joined(words)).casefold(), round(words[0].size))
        for page in pages
        for line in raw[page.number]
        if line.bottom >= MARGIN * page.height and line.top <= (1 - MARGIN) * page.height
        for words in _segments(line)
    )


def _small_and_apart(line: Line, lines: list[Line]) -> bool:
    """A small line alone at the foot or the head: an imprint, the publisher's name, a web address."""
    middle = sorted(ln.size for ln in lines)[len(lines) // 2]
    if line.size > 0.9 * middle or line.words[0].raised or line.text[:1].isdigit() or line.text[:1] == "*":
        return False
    others = [
        abs(ln.base - line.base) for ln in lines
        if ln is not line and not _PAGE_NUMBER.match(ln.text) and abs(ln.size - line.size) > 0.1
    ]  # fmt: skip
    far = (2.3 if line is lines[0] else 2.5) * middle
    return bool(others) and min(others) > far and any(line is ln for ln in (lines[0], *lines[-3:]))


def _text_line(page: Page, words: list[Word], left: float, right: float, *, column: int = 0, band: int = 0) -> TextLine:
    line = Line(words)
    plain = [w for w in words if not w.raised] or words
    longest = max(plain, key=lambda w: len(w.text))
    letters = sum(len(w.text) for w in plain)
    return TextLine(
        page.number, column, band, tuple(words), joined(words), line.x0, line.x1,
        min(w.top for w in plain), max(w.bottom for w in plain), line.base, line.size, line.bold,
        sum(len(w.text) for w in plain if w.italic) * 2 > letters, longest.colour, left, right, page.turn,
    )  # fmt: skip


def _segments(line: Line) -> list[list[Word]]:
    """The line cut at gaps wider than a justified line's blanks."""
    parts: list[list[Word]] = [[line.words[0]]]
    right = line.words[0].x1
    for before, word in pairwise(line.words):
        if word.x0 - right > max(8.0, 0.9 * before.size):
            parts.append([word])
            right = word.x1
        else:
            parts[-1].append(word)
            right = max(right, word.x1)
    return parts


def _gutters(lines: list[Line]) -> list[float]:
    """Left edges of the second and further columns of running text, in points; empty for one column."""
    parts = [(p[0].x0, max(w.x1 for w in p), ln.base, sum(len(w.text) + 1 for w in p))
             for ln in lines for p in _segments(ln)]  # fmt: skip
    if len(parts) < 12:
        return []
    x0, x1 = min(p[0] for p in parts), max(p[1] for p in parts)
    width = x1 - x0
    edges = Counter(round(p[0]) for p in parts if x0 + 0.2 * width < p[0] < x0 + 0.8 * width)
    found: list[float] = []
    for edge in sorted(edges):
        count = edges[edge] + edges[edge + 1]
        if count < 4 or (found and edge - found[-1] < 0.15 * width):
            continue
        right = [p for p in parts if p[0] >= edge - 2 and p[0] < edge + 0.15 * width]
        y0, y1 = min(p[2] for p in right) - 2, max(p[2] for p in right) + 2
        left = [p for p in parts if p[1] <= edge - 2 and y0 <= p[2] <= y1]
        across = [p for p in parts if p[0] < edge - 4 and p[1] > edge and y0 <= p[2] <= y1]
        if len(right) < 5 or len(left) < 5 or len(across) > 0.15 * (len(right) + len(left)):
            continue
        # columns of running text are filled with words, columns of figures are not
        if sum(p[3] for p in right) < 18 * len(right) or sum(p[3] for p in left) < 18 * len(left):
            continue
        # most of a column may be set in boxes; its headings then begin further left
        ends = sorted(p[1] for p in left)[int(0.9 * (len(left) - 1))]
        outside = [p[0] for p in parts
                   if max(ends + 3, edge - BOX_INSET) <= p[0] < edge - 2 and p[3] > 3 and y0 <= p[2] <= y1]  # fmt: skip
        found.append(min([float(edge), *outside]) - 1.0)
    return found


def _usual_gutters(raw: dict[int, list[Line]], running: set[tuple[int, float]]) -> list[float]:
    """The gutters that at least a third of the pages share, for pages with too little text to show their own."""
    seen: Counter[tuple[int, ...]] = Counter()
    for number, lines in raw.items():
        found = _gutters([ln for ln in lines if (number, round(ln.base, 1)) not in running])
        seen[tuple(round(g) for g in found)] += 1
    common = max((g for g in seen if g), key=lambda g: seen[g], default=())
    return [float(g) for g in common] if seen[common] >= max(1, sum(seen.values()) / 3) else []


def _box_gutters(boxes: Sequence[Box], page: Page) -> list[float]:
    """The gutter that tables (page as seen) leave open: each stands on one side of it, and some beside each other."""
    if page.turn:
        return []
    for edge in sorted({b.x0 for b in boxes}):
        left, right = [b for b in boxes if b.x1 < edge], [b for b in boxes if b.x0 >= edge]
        beside = any(a.top < b.bottom and b.top < a.bottom for a in left for b in right)
        if beside and len(left) + len(right) == len(boxes):
            return [edge - 1.0]
    return []


def _keeps(lines: list[Line], gutters: list[float]) -> bool:
    """Whether text begins at one of the gutters, and hardly any runs over them beside it."""
    parts = [(p[0].x0, max(w.x1 for w in p), ln.base) for ln in lines for p in _segments(ln)]
    for g in gutters:
        right = [p for p in parts if -2 <= p[0] - g <= 4]
        if right:
            y0, y1 = min(p[2] for p in right) - 2, max(p[2] for p in right) + 2
            over = [p for p in parts if p[0] < g - 4 and p[1] > g + 4 and y0 <= p[2] <= y1]
            if len(right) >= 2 and len(over) <= 0.2 * len(right):
                return True
    return False


def _ordered(page: Page, lines: list[Line], usual: list[float], boxes: Sequence[Box]) -> list[TextLine]:
    """The lines as they are read: columns from the left, one above and one below what stands over all of them."""
    if not lines:
        return []
    gutters = _gutters(lines)
    if len(gutters) < len(usual) and _keeps(lines, usual):
        gutters = usual
    x0 = min(ln.x0 for ln in lines)
    x1 = max(ln.x1 for ln in lines)
    if not gutters:
        # the edge that running text keeps, not that of a number or a mark set to the right
        middle = sorted(ln.size for ln in lines)[len(lines) // 2]
        full = [ln.x1 for ln in lines if abs(ln.size - middle) <= 0.6 and len(ln.text) >= 30]
        right = max(full) if len(full) >= 3 else x1
        return [_text_line(page, ln.words, x0, max(right, ln.x1)) for ln in lines]
    pieces: list[tuple[int, list[Word]]] = []  # column (-1: across all of them), words
    for line in lines:
        for words in _cut(line.words, gutters):
            first, last = words[0].x0, max(w.x1 for w in words)
            wide = any(first < g - 3 and last > g + 4 for g in gutters)
            pieces.append((-1 if wide else sum(g <= first + 3 for g in gutters), words))
    size = sorted(w.size for _, ws in pieces for w in ws)[sum(len(ws) for _, ws in pieces) // 2]
    edges = [x0, *gutters, x1 + 12]
    result: list[TextLine] = []
    buffer: dict[int, list[list[Word]]] = defaultdict(list)
    band = 0

    def flush() -> None:
        nonlocal band
        if not buffer:
            return  # lines over all columns that follow each other are one band: a title or a paragraph of several
        band += 1
        for column in sorted(buffer):
            rights = max(max(w.x1 for w in ws) for ws in buffer[column])
            right = rights if len(buffer[column]) >= 4 else max(rights, min(edges[column + 1] - 12, x1))
            result.extend(_text_line(page, ws, edges[column], right, column=column, band=band) for ws in buffer[column])
        buffer.clear()
        band += 1

    over_all = [b for b in boxes if not page.turn and any(b.x0 < g - 24 and b.x1 > g + 24 for g in gutters)]
    across = sorted(b.bottom for b in over_all)
    own = {_look(ws) for c, ws in pieces if c > 0 or (c == 0 and _level(pieces, ws))}
    for column, words in sorted(pieces, key=lambda p: (p[1][0].base, p[1][0].x0)):
        while across and words[0].base > across[0]:  # a table over all columns
            flush()
            across.pop(0)
        above = buffer[0][-1][0] if column == 0 and buffer.get(0) else None
        goes_on = above is not None and abs(above.size - words[0].size) < 0.3
        goes_on = goes_on and above is not None and words[0].base - above.base < 1.6 * words[0].size
        if (
            column == 0
            and words[0].size > 1.1 * size
            and not goes_on
            and _look(words) not in own
            and not _beside(pieces, words)
        ):
            column = -1  # noqa: PLW2901  a short title over all columns
        if column < 0:
            flush()
            result.append(_text_line(page, words, x0, x1, band=band))
        else:
            buffer[column].append(words)
    flush()
    return result


def _with_local_edges(lines: list[TextLine]) -> list[TextLine]:
    """The lines with the right edge of the text they stand in, where that is narrower than the page's or column's.

    Text beside a picture, or in a column that stands alone, is wrapped at an edge of its own: lines of one size and
    left edge, nearly all of them as full as the next line's first word lets them be.
    """
    result: list[TextLine] = []
    run: list[TextLine] = []
    chunk: list[TextLine] = []
    for line, after in zip_longest(lines, lines[1:]):
        chunk.append(line)
        if after is not None and _same_text(line, after) and after.base - line.base <= 1.7 * line.size:
            continue
        if not _narrow(chunk) or (run and not _same_text(run[-1], chunk[0])):
            result += _narrowed(run)
            run = []
        if _narrow(chunk):
            run += chunk
        else:
            result += chunk
        chunk = []
    return result + _narrowed(run)


def _same_text(a: TextLine, b: TextLine) -> bool:
    same = (a.column, a.band) == (b.column, b.band) and abs(a.size - b.size) <= 0.3 and abs(a.x0 - b.x0) <= 3
    return same and 0 < b.base - a.base <= 3.2 * a.size


def _narrow(lines: list[TextLine]) -> bool:
    edge = lines[0].right - 0.1 * (lines[0].right - lines[0].left)
    return max(ln.x1 for ln in lines) <= edge


def _narrowed(run: list[TextLine]) -> list[TextLine]:
    if len(run) < LOCAL_LINES:
        return run
    right = max(ln.x1 for ln in run)
    full = [right - ln.x1 < after.words[0].x1 - after.words[0].x0 + 0.3 * ln.size for ln, after in pairwise(run)]
    return [replace(ln, right=right) for ln in run] if sum(full) >= 0.7 * len(full) else run


def _cut(words: list[Word], gutters: list[float]) -> list[list[Word]]:
    parts: list[list[Word]] = [[]]
    for word in words:
        before = parts[-1][-1] if parts[-1] else None
        if before is not None and any(
            before.x1 <= g + 1 and word.x0 >= g - 1 and word.x0 - before.x1 > 5 for g in gutters
        ):
            parts.append([word])
        else:
            parts[-1].append(word)
    return [p for p in parts if p]


def _look(words: list[Word]) -> tuple[float, bool, tuple[int, int, int]]:
    """Size, weight and colour of a title: those that are set alike belong alike, to a column or to the page."""
    return round(words[0].size, 1), words[0].bold, words[0].colour


def _level(pieces: list[tuple[int, list[Word]]], words: list[Word]) -> bool:
    """Whether text of another column stands beside a line."""
    return any(words[0].top - 4 < ws[0].base < words[0].bottom + 8 for c, ws in pieces if c > 0)


def _beside(pieces: list[tuple[int, list[Word]]], words: list[Word]) -> bool:
    """Whether a title belongs to its column only: text stands beside it, or no other column goes on below it."""
    bottom, size = words[0].bottom, words[0].size
    below = any(bottom < ws[0].base < bottom + 4 * size for c, ws in pieces if c > 0)
    return _level(pieces, words) or not below
