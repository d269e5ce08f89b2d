"""Paragraphs: blocks joined over page and column breaks, hyphens at line ends undone, every word with its place.

Left out are running heads, page numbers, tables, charts and tables of contents. Nothing is corrected: a hyphen that
was printed within a line stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.blocks import CASE_HEAD, Block, Kind, Style, opens_item
from extractors.hyphens import at_hyphen
from extractors.outline import Outline, Where, heading_ids
from extractors.page import Page, Word
from extractors.reading_order import TextLine, in_boxes, parted, table_area
from schemas.printed import Box, Place, TablePart

_FINISHED = re.compile(r"[.!?:…][”’\"'»)\]]*$")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a paragraph are (a part of) one word on one page."""

    start: int
    end: int
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. `spans` give every word's place; `new_page` says that it opens a page or column."""

    text: str
    kind: Kind
    level: int
    page: int
    top: float
    organisation: str
    section: str | None
    headings: tuple[str, ...]
    style: Style
    spans: tuple[Span, ...] = field(repr=False)
    last_page: int = 0
    new_page: bool = False
    indent: float = 0.0
    marker: str = ""
    lead: int = 0
    """characters in bold that open a paragraph set in another weight; 0 without"""

    def places(self, start: int, end: int) -> tuple[Place, ...]:
        """The places of the characters `start` to `end`: one box a line, first line first."""
        boxes: list[Place] = []
        for span in self.spans:
            if span.end <= start or span.start >= end:
                continue
            box = _part(span, start, end)
            if boxes and boxes[-1].page == span.page and abs(boxes[-1].box.bottom - box.bottom) < 4:
                old = boxes[-1].box
                merged = Box(
                    min(old.x0, box.x0), min(old.top, box.top), max(old.x1, box.x1), max(old.bottom, box.bottom)
                )
                boxes[-1] = Place(span.page, merged)
            else:
                boxes.append(Place(span.page, box))
        return tuple(boxes)


def _part(span: Span, start: int, end: int) -> Box:
    """The box of the wanted characters of a word, as if all had one width."""
    length = span.end - span.start
    lo, hi = max(start, span.start) - span.start, min(end, span.end) - span.start
    box = span.box
    if length <= 0 or (lo == 0 and hi == length) or box.x1 - box.x0 < box.bottom - box.top:
        return box
    step = (box.x1 - box.x0) / length
    return Box(box.x0 + lo * step, box.top, box.x0 + hi * step, box.bottom)


def paragraphs(pages: Sequence[Page], tables: Sequence[TablePart], outline: Outline) -> tuple[Paragraph, ...]:
    """The report's paragraphs in reading order, headings included."""
    by_number = {page.number: page for page in pages}
    taken: dict[int, list[Box]] = {}
    for part in tables:
        taken.setdefault(part.page, []).append(table_area(part))
    language = outline.language
    known = _vocabulary(outline)
    sections = heading_ids(outline)
    passed = 0
    wheres = outline.along()
    result: list[Paragraph] = []
    open_block: dict[str, int] = {}
    previous: Block | None = None
    aside = False
    for block in outline.blocks:
        passed = sections.get(id(block), passed - 1) + 1
        lines = [ln for ln in block.lines if not _inside(ln, by_number, taken)]
        if not lines:
            continue
        paragraph = _paragraph(
            replace(block, lines=tuple(lines)), by_number, outline, passed, wheres[passed], known=known
        )
        if not paragraph.text:
            continue
        moved = previous is None or _elsewhere(previous.lines[-1], lines[0])
        paragraph = replace(paragraph, new_page=moved)
        if paragraph.kind == "aside":
            aside = True  # the sentence around it may go on below
            result.append(paragraph)
            continue
        moved, aside = moved or aside, False
        target = open_block.get(paragraph.kind) if moved and paragraph.kind in ("body", "item", "quote") else None
        if target is None and moved and paragraph.kind == "body":
            target = open_block.get("item")
        if target is not None and _goes_on(result[target], paragraph):
            result[target] = _join(result[target], paragraph, language, known)
        else:
            result.append(paragraph)
            target = len(result) - 1
        if paragraph.kind == "heading":
            open_block.clear()
        elif paragraph.kind in ("body", "item", "quote"):
            open_block = {result[target].kind: target}
        previous = block
    return tuple(result)


def _elsewhere(a: TextLine, b: TextLine) -> bool:
    return (a.page, a.column, a.band) != (b.page, b.column, b.band)


def _inside(line: TextLine, pages: dict[int, Page], taken: dict[int, list[Box]]) -> bool:
    boxes = taken.get(line.page)
    if not boxes:
        return False
    return in_boxes(pages[line.page].seen(Box(line.x0, line.top, line.x1, line.bottom)), boxes)


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Whether `after` is the rest of a paragraph that a page or column break cut."""
    if abs(before.style.size - after.style.size) > 0.3 or after.marker or CASE_HEAD.match(after.text):
        return False
    if before.text.endswith("-"):
        return True
    first = after.text.lstrip("“„«\"'‘(")[:1]
    if _FINISHED.search(before.text):
        return False
    return first.islower() or first.isdigit() or before.text[-1:].islower() or before.text[-1:] in ","


def _join(a: Paragraph, b: Paragraph, language: str, known: Counter[str]) -> Paragraph:
    glue, cut = _glue(a.text, b.text, language, known)
    head = a.text[: len(a.text) - cut] + glue
    shift = len(head)
    spans = tuple(
        replace(s, end=min(s.end, len(a.text) - cut)) if s.end > len(a.text) - cut else s for s in a.spans
    ) + tuple(replace(s, start=s.start + shift, end=s.end + shift) for s in b.spans)
    return replace(a, text=head + b.text, spans=spans, last_page=b.last_page)


def _vocabulary(outline: Outline) -> Counter[str]:
    """How often each word, hyphenated or not, stands whole within a line."""
    known: Counter[str] = Counter()
    for line in (ln for block in outline.blocks for ln in block.lines):
        words = line.text.casefold().split()
        known.update(w.strip(".,;:!?()[]“”„‘’\"'«»") for w in (words[:-1] if line.text.endswith("-") else words))
    return known


def _glue(left: str, right: str, language: str, known: Counter[str]) -> tuple[str, int]:
    """What stands between two lines of text, and how many characters of the left one go."""
    if not left.endswith(("-", "‐", "\u00ad")) or len(left) < 2 or left[-2] in " –—":
        if left.endswith(("/", "–")) and left[-2:-1] not in (" ", ""):
            return ("", 0) if left.endswith("/") else (" ", 0)
        return (" ", 0)
    head = re.split(r"[\s(“„«‘\"']", left[:-1])[-1]
    tail = re.split(r"[\s).,;:!?”»’\"']", right.lstrip("("))[0]
    if not head or not tail:
        return ("", 0)
    if right[:1] in "(&/":
        return (" ", 0)
    hyphen = at_hyphen(head, tail, known, language)
    return (" " if hyphen == "apart" else "", 1 if hyphen == "drop" else 0)


def _paragraph(
    block: Block, pages: dict[int, Page], outline: Outline, passed: int, where: Where, *, known: Counter[str],
) -> Paragraph:  # fmt: skip
    language = outline.language
    text = ""
    spans: list[Span] = []
    marker = ""
    lead, opening = 0, not block.style.bold
    first = block.lines[0]
    for number, line in enumerate(block.lines):
        words = [w for w in line.words if not w.raised]
        if number == 0 and block.kind == "item" and opens_item(line):
            marker, words = words[0].text, words[1:]
        if not words:
            continue
        if text:
            glue, cut = _glue(text, words[0].text + " " + line.text.partition(" ")[2], language, known)
            if cut:
                text = text[:-cut]
                spans[-1] = replace(spans[-1], end=spans[-1].end - cut)
            text += glue
        bold = next((k for k, w in enumerate(words) if not w.bold), len(words)) if opening else 0
        if bold:
            lead = len(_add(text, [], words[:bold], pages[line.page]))
        opening = opening and bold == len(words)
        text = _add(text, spans, words, pages[line.page])
    own = block.kind == "heading" and passed > 0 and outline.sections[passed - 1].page == first.page
    own = own and abs(outline.sections[passed - 1].top - first.top) < 0.02
    level = outline.sections[passed - 1].level if own else 0
    headings = where.headings[:-1] if own else where.headings
    return Paragraph(
        text.strip(), block.kind, level, first.page, first.top, where.organisation,
        headings[-1] if headings else None, headings, block.style, tuple(spans), block.lines[-1].page,
        False, first.x0 - first.left, marker, lead if lead < len(text) else 0,
    )  # fmt: skip


def _add(text: str, spans: list[Span], words: Sequence[Word], page: Page) -> str:
    last: Word | None = None
    for word in words:
        if last is not None and parted(last, word):
            text += " "
        spans.append(Span(len(text), len(text) + len(word.text), page.number, page.seen(word.box)))
        text += word.text
        last = word
    return text
