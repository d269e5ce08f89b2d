"""Lines to blocks: headings, paragraphs, list items, captions, quotes, footnotes, by type size, weight and whitespace.

A block never runs over a page or a column; `extractors.textflow` joins what a break cut.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from extractors.case_words import named_part
from extractors.dates import MONTH, only_date
from extractors.reading_order import TextLine

Kind = Literal["heading", "body", "item", "caption", "quote", "footnote", "aside"]
BULLET = re.compile(r"^[•●▪■◦○‣⁃∙·–—\-*►➢✓✔❖\uf0b7\uf0a7]$|^o$")
ENUMERATOR = re.compile(r"^\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]$")
NUMBERED = re.compile(r"^(?:(?:\d{1,2}\.){1,4}\d{0,2}\.?|\d{1,2}|[IVX]{1,4}\.|[A-Z]\.)\s+(?=\S)")
CAPTION = re.compile(
    r"^(?:tabel|tableau|tabelle|table|grafiek|graphique|figuur|figure|fig\.|abbildung|abb\.|diagramm|chart|graph|"
    r"bron|source|quelle|schema|kaart)\b(?:\s*\d|\s*:|\s+[a-zé]+\s*:|\s+jaar)",
    re.IGNORECASE,
)
CASE_HEAD = re.compile(
    r"^(?:(?:\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2})|\d{4}-\d\d-\d\d|\d{1,2}(?:er|\.|st|nd|rd|"
    r"th)?\s[^\W\d]{3,9}\.?\s(?:19|20)\d\d|"
    r"[^\W\d]{3,9}\s\d{1,2},?\s(?:19|20)\d\d)\s*(?:[-–—:|]|$)|"
    r"(?:[A-Z]{1,4}[\s\-]?)?\d{2,6}(?:[./\-]\d{1,6}){1,3}\s*[–—:\-]\s+(?=[^\W\d])|(?:dossier|zaak|casus|"
    r"klacht|geval|voorbeeld|cas|"
    r"plainte|affaire|exemple|fall|beschwerde|beispiel|case|complaint|example)\s*(?:n[°ro.]*\s*|nr\.?\s*|"
    r"no\.?\s*|#\s*)?\d)",
    re.IGNORECASE,
)
FIGURE_FIRST = re.compile(r"^\d[\d.,\s]*%?\s+(?:\(|[a-zà-ÿ])")
_END = re.compile(r"[.!?:;…][”’\"'»)\]]*$")


@dataclass(frozen=True, slots=True)
class Style:
    """What tells one kind of text from another."""

    size: float
    bold: bool
    italic: bool
    caps: bool
    coloured: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together on one page and column."""

    kind: Kind
    lines: tuple[TextLine, ...]
    style: Style
    gap: float = 0.0
    """points of white above it, beyond the normal distance of lines"""

    @property
    def text(self) -> str:
        """The lines joined by blanks, hyphens as printed."""
        return " ".join(line.text for line in self.lines)


def style_of(line: TextLine) -> Style:
    """The style of most characters of a line."""
    upper, lower = sum(map(str.isupper, line.text)), sum(map(str.islower, line.text))
    caps = upper + lower >= 3 and upper >= 0.9 * (upper + lower)
    coloured = max(line.colour) - min(line.colour) > 60
    return Style(round(line.size * 2) / 2, line.bold, line.italic, caps, coloured)


def _style_of_all(lines: Sequence[TextLine]) -> Style:
    """The style of a block: that of its first line, its weight that of most of its characters."""
    style = style_of(lines[0])
    if len(lines) == 1 or all(ln.bold == style.bold for ln in lines):
        return style
    words = [w for ln in lines for w in ln.words if not w.raised]
    return replace(style, bold=2 * sum(len(w.text) for w in words if w.bold) > sum(len(w.text) for w in words))


def leading_of(lines: Sequence[TextLine], body_size: float) -> float:
    """The usual distance of two baselines of body text, in points."""
    gaps = Counter(
        round((b.base - a.base) * 2) / 2
        for a, b in pairwise(lines)
        if a.page == b.page and a.column == b.column and abs(a.size - body_size) < 0.3 and abs(b.size - body_size) < 0.3
        and 0.9 * body_size < b.base - a.base < 2.2 * body_size
    )  # fmt: skip
    return max(gaps, key=lambda g: (gaps[g], -g)) if gaps else 1.3 * body_size


def blocks(lines: Sequence[TextLine], body_size: float) -> tuple[Block, ...]:
    """The report's blocks in reading order."""
    leading = leading_of(lines, body_size)
    groups: list[list[TextLine]] = []
    gaps: list[float] = []
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else None
        after = lines[i + 1] if i + 1 < len(lines) else None
        if before is None or not groups or _breaks(groups[-1], line, after, leading, body_size):
            same = before is not None and (before.page, before.column, before.band) == (
                line.page,
                line.column,
                line.band,
            )
            usual = leading * max(line.size, before.size if before else line.size) / body_size
            gaps.append(line.base - before.base - usual if same and before else 3 * leading)
            groups.append([line])
        else:
            groups[-1].append(line)
    common = _indents(lines, body_size)
    result: list[Block] = []
    for i, group in enumerate(groups):
        nxt = groups[i + 1] if i + 1 < len(groups) else None
        under = bool(result) and result[-1].kind == "heading"
        kind = _kind(_Setting(group, nxt, gaps[i], gaps[i + 1] if nxt else 99.0, body_size, leading, under), common)
        result.append(Block(kind, tuple(group), _style_of_all(group), gaps[i]))
    return tuple(result)


def _indents(lines: Sequence[TextLine], body_size: float) -> set[int]:
    """Offsets from the column's left edge at which body text usually begins."""
    counts = Counter(round(ln.x0 - ln.left) for ln in lines if abs(ln.size - body_size) < 0.3)
    total = sum(counts.values())
    return {k for k, n in counts.items() if n >= 0.1 * total} or {0}


def opens_item(line: TextLine) -> bool:
    """Whether the line opens with a bullet or an enumerator."""
    words = [w for w in line.words if not w.raised]
    if len(words) < 2:
        return False
    first = words[0].text
    if words[1].text.casefold().strip(".,") in MONTH:
        return False  # `14. September 2021`
    return bool(BULLET.match(first) or (ENUMERATOR.match(first) and not line.bold))


def _item_text(line: TextLine) -> float:
    words = [w for w in line.words if not w.raised]
    return words[1].x0 if len(words) > 1 else line.x0


def _opens_with_label(line: TextLine) -> bool:
    """Whether a label in bold opens the line and other type goes on after it: `Findings: the crew …`."""
    words = [w for w in line.words if not w.raised]
    lead = next((k for k, w in enumerate(words) if not w.bold), 0)
    return 0 < lead <= 5 and named_part(" ".join(w.text for w in words[:lead])) is not None


def _label(line: TextLine) -> bool:
    return len(line.text) < 40 and named_part(line.text) is not None


def _runs_on(group: list[TextLine], line: TextLine, leading: float) -> bool:
    """Whether words in bold within running text make a line look unlike the one before it.

    The sentence goes on: the line before is full and unfinished, and no heading, which would be bold as a whole, ends
    or begins between the two.
    """
    before = group[-1]
    if line.base - before.base > 1.1 * leading or _END.search(before.text) or opens_item(line):
        return False
    first = line.words[0]
    if before.right - before.x1 > first.x1 - first.x0 + 0.6 * line.size:
        return False
    if line.bold:
        return not CASE_HEAD.match(line.text)
    in_text = any(not ln.bold for ln in group) or not all(w.bold for w in before.words if not w.raised)
    return in_text or first.bold or line.text[:1].islower()


def _dash_in_text(group: list[TextLine], line: TextLine, after: TextLine | None) -> bool:
    """Whether a dash at the head of a line is one within a sentence: the line before is full and unfinished, none else
    of the lines around it is an item."""
    before = group[-1]
    if line.words[0].text not in ("-", "–", "—") or opens_item(group[0]) or (after is not None and opens_item(after)):
        return False
    full = before.right - before.x1 <= line.words[0].x1 - line.words[0].x0 + 0.6 * line.size
    return len(group) > 1 and full and abs(line.x0 - before.x0) < 1 and not re.search(r"[.:;!?]\W*$", before.text)


def _breaks(group: list[TextLine], line: TextLine, after: TextLine | None, leading: float, body: float) -> bool:
    before = group[-1]
    if (before.page, before.column, before.band) != (line.page, line.column, line.band):
        return True
    a, b = style_of(before), style_of(line)
    if abs(before.size - line.size) > 0.06 * body or a.coloured != b.coloured:
        return True
    if _opens_with_label(line):
        return True
    if a.bold != b.bold:
        return not _runs_on(group, line, leading)
    if a.bold and (_label(line) or (len(group) == 1 and _label(before))):
        return True  # the label of a part of a case, on a line of its own under the title
    big = line.size > 1.1 * body
    if a.caps != b.caps and (big or a.bold) and len(line.text) > 12 and len(before.text) > 12:
        return True
    scale = max(1.0, line.size / body)
    step = line.base - before.base
    if step > (1.22 if not big else 1.3) * leading * scale and step > 1.25 * line.size:
        return True
    if step > 1.1 * leading * scale and _END.search(before.text) and not line.text[:1].islower() and not big:
        return True  # paragraphs set apart by a little white
    if (opens_item(line) and not _dash_in_text(group, line, after)) or line.note_mark or CASE_HEAD.match(line.text):
        return True
    if (
        FIGURE_FIRST.match(line.text)
        and all(FIGURE_FIRST.match(ln.text) for ln in group)
        and before.x1 < line.right - 0.2 * (line.right - line.left)
    ):
        return True  # a list without bullets: a figure and what it counts on every line
    if a.italic != b.italic and ((a.italic and len(group) == 1) or (b.italic and len(group[-1].text) < 60)):
        short = before.x1 < line.right - 0.1 * (line.right - line.left)
        return step > 1.1 * leading or not _END.search(before.text) or (short and a.italic)
    if opens_item(group[0]):
        # a line left of the item's text, after a finished sentence, is the paragraph that follows
        outside = line.x0 < _item_text(group[0]) - 3 and line.x0 < group[0].x0 + 3
        room = line.right - before.x1
        short = room > 0.25 * (line.right - line.left) and room > line.words[0].x1 - line.words[0].x0 + body
        return outside and (bool(_END.search(before.text)) or (short and not line.text[:1].islower()))
    if group[0].note_mark or big or a.bold:
        return False
    if len(group) == 1 and CASE_HEAD.match(before.text) and not before.text.endswith((".", ",")):
        # a case's title set as plain text: what follows would have had room beside it
        return line.right - before.x1 > line.words[0].x1 - line.words[0].x0 + 0.3 * body
    if after is not None and (after.page, after.column, after.band) != (line.page, line.column, line.band):
        after = None
    peers = [ln.x1 for ln in group] + ([after.x1] if after else [])
    right = max(line.right if line.x0 - line.left < 3 * body else max(peers), *peers)
    room = right - before.x1
    first = line.words[0]
    fits = room > (first.x1 - first.x0) + 0.6 * body
    if fits and (_END.search(before.text) or room > 0.35 * (right - before.x0)):
        starts = line.text[:1]
        return not starts.islower() or room > 0.45 * (right - before.x0)
    indented = line.x0 - before.x0 > 0.8 * body and after is not None and abs(after.x0 - before.x0) < 2
    return indented and after is not None and after.page == line.page and bool(_END.search(before.text))


@dataclass(frozen=True, slots=True)
class _Setting:
    """A group of lines with what surrounds it: the next group, the white before and after, the body's type."""

    group: list[TextLine]
    nxt: list[TextLine] | None
    gap: float
    gap_after: float
    body: float
    leading: float
    under: bool
    """right under a heading"""


def _kind(at: _Setting, common: set[int]) -> Kind:
    group, body = at.group, at.body
    first = group[0]
    text = " ".join(line.text for line in group)
    style = _style_of_all(group)
    words = len(text.split())
    if first.note_mark and first.size < 0.97 * body:
        return "footnote"
    if CAPTION.match(text) and words <= 40 and (first.size <= body * 1.02) and len(group) <= 4 and not style.bold:
        return "caption"
    if opens_item(first) and first.size < 1.12 * body and not (first.bold and NUMBERED.match(text)):
        if first.size < 0.9 * body and ENUMERATOR.match(first.words[0].text):
            return "footnote"
        return "item"
    noted = first.size < 0.9 * body and re.match(r"^(?:\d{1,3}|\*{1,4}|[a-z]\))[.\s]", text)
    if noted and only_date(text) is None:
        return "footnote"
    if _heads(at, style, text, words):
        return "heading"
    offset = round(first.x0 - first.left)
    quoted = text[:1] in '“„«"‘' and style.italic
    if quoted or (style.italic and offset > 8 and offset not in common):
        return "quote"
    if text[:1] in "“„«" and text.rstrip()[-1:] in "”“»" and offset > 8:
        return "quote"
    return "body"


def _heads(at: _Setting, style: Style, text: str, words: int) -> bool:
    group, nxt, body = at.group, at.nxt, at.body
    letters = sum(c.isalpha() for c in text)
    if letters < 3 or words > 40 or len(group) > 5 or _opens_with_label(group[0]):
        return False
    if only_date(text) is not None and group[0].size < 1.12 * body:
        return False  # a date set apart belongs to the heading beside it
    if text[:1].islower() and style.size < 1.3 * body:
        return False
    if FIGURE_FIRST.match(text) and group[0].size < 1.3 * body:
        return False  # a figure and what it counts, printed bold
    ends = bool(re.search(r"[.;,:][”’\"'»)]*$", text)) and not text.endswith("...")
    if group[0].size >= 1.12 * body:
        return not (ends and words > 15)
    if group[0].size < 0.93 * body:
        return False
    if style.bold:
        return words <= 30 and not (ends and (words > 6 or text[-1:] in ",;"))
    if ends or words > 22 or len(group) > 2:
        return False
    if style.caps and words <= 15 and letters >= 5:
        return True
    if CASE_HEAD.match(text) and nxt is not None and letters >= 8:
        return True
    # a short line of its own in another colour or slant, or numbered, with white above it and text below
    apart = (at.gap > 0.25 * at.leading or at.under) and nxt is not None and len(nxt[0].text) > len(text) / 2
    if (style.italic or style.coloured) and words <= 14 and apart and text[:1] not in '“„«"‘(':
        return len(group) <= 2 and style_of(nxt[0]) != style if nxt else False
    numbered = re.match(r"^\d{1,2}(?:\.\d{1,2})+\.?\s+[A-ZÀ-Þ]", text)
    return bool(numbered and words <= 12 and apart and at.gap_after < 4 * at.leading)
