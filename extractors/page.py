"""What a person sees on one page, as plain geometry: words, rules, shading, pictures.

Coordinates are points from the top left corner of the *reading frame*: the page as a person sees it, turned by a
quarter where most of its text runs up or down (a landscape table on a portrait page). `Page.seen` turns a box back.
This module holds shapes only; `extractors.pdfium` fills them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from schemas.printed import Box


@dataclass(slots=True)
class Word:
    """Characters printed without a gap. `base` is the baseline, `size` the font size, both in points."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    font: str = ""
    bold: bool = False
    italic: bool = False
    raised: bool = False
    colour: tuple[int, int, int] = (0, 0, 0)
    order: int = 0
    ocr: float | None = None
    """confidence of the OCR that read it, None for text of the PDF itself"""
    stroke: float = 0.0
    """width of its strokes by its size, measured in pictures only"""

    @property
    def box(self) -> Box:
        """The word's rectangle in the reading frame."""
        return Box(self.x0, self.top, self.x1, self.bottom)

    @property
    def mid(self) -> float:
        """The horizontal centre."""
        return (self.x0 + self.x1) / 2


@dataclass(slots=True)
class Rule:
    """A drawn straight line, horizontal or vertical; `at` is its y (or x), `lo` and `hi` its two ends."""

    horizontal: bool
    at: float
    lo: float
    hi: float
    width: float = 0.5


@dataclass(slots=True)
class Shade:
    """A filled area; `light` is its lightness from 0 (black) to 1 (white)."""

    x0: float
    top: float
    x1: float
    bottom: float
    light: float
    order: int = 0
    colour: tuple[int, int, int] = (0, 0, 0)


@dataclass(slots=True)
class Piece:
    """A filled shape that is no upright rectangle, such as a pie's slice: corners and handles of its curves."""

    points: tuple[tuple[float, float], ...]
    colour: tuple[int, int, int]


@dataclass(slots=True)
class Page:
    """One page in its reading frame. `turn` is the quarter turns (clockwise) from the page as seen to this frame."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    shades: list[Shade] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    drawings: list[Box] = field(default_factory=list)
    """slanted lines, curves and polygons: charts, maps, logos"""
    pieces: list[Piece] = field(default_factory=list)
    """the filled ones among them, up to a few hundred"""
    turned: list[Word] = field(default_factory=list)
    """texts that run up or down the reading frame, each one word; they are in no line of `words`"""
    turn: int = 0
    hidden: int = 0
    """characters that a person does not see (invisible, white, covered, off the page), left out of `words`"""
    unmapped: int = 0
    """characters without a usable Unicode value"""
    ocr: str = ""
    """the engine that read its picture, blank where the text is the PDF's own"""
    unread: str | None = None
    """what is wrong with the page's own text, where it could not be used"""
    tilt: float = 0.0
    """degrees by which a scanned page was turned counter-clockwise about its centre to make it straight"""

    def seen(self, box: Box) -> Box:
        """`box` of the reading frame in the page as a person sees it."""
        if self.turn == 1:  # frame = page turned clockwise: x' = H - y, y' = x
            return Box(box.top, self.width - box.x1, box.bottom, self.width - box.x0)
        if self.turn == 3:  # counter-clockwise: x' = y, y' = W - x
            return Box(self.height - box.bottom, box.x0, self.height - box.top, box.x1)
        if self.turn == 2:
            return Box(self.width - box.x1, self.height - box.bottom, self.width - box.x0, self.height - box.top)
        return box


@dataclass(slots=True)
class Line:
    """Words on one baseline, from left to right."""

    words: list[Word]

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(w.x1 for w in self.words)

    @property
    def top(self) -> float:
        """Upper edge of the highest word."""
        return min(w.top for w in self.words)

    @property
    def bottom(self) -> float:
        """Lower edge of the lowest word."""
        return max(w.bottom for w in self.words)

    @property
    def base(self) -> float:
        """The baseline that most characters share."""
        longest = max(self.words, key=lambda w: (not w.raised, len(w.text)))
        return longest.base

    @property
    def size(self) -> float:
        """Font size of most characters."""
        sizes: dict[float, int] = {}
        for w in self.words:
            sizes[w.size] = sizes.get(w.size, 0) + len(w.text)
        return max(sizes, key=lambda s: (sizes[s], s))

    @property
    def bold(self) -> bool:
        """Whether most characters are bold."""
        return sum(len(w.text) for w in self.words if w.bold) * 2 > sum(len(w.text) for w in self.words)

    @property
    def text(self) -> str:
        """The words joined by blanks, raised marks left out."""
        return " ".join(w.text for w in self.words if not w.raised)


def lines_of(words: list[Word]) -> list[Line]:
    """Groups words by baseline (within 0.35 of their size) over the whole width; lines go down the page.

    Columns of text are not told apart here: a line holds every word at its height.
    """
    lines: list[list[Word]] = []
    bases: list[float] = []
    for word in sorted((w for w in words if not w.raised), key=lambda w: (w.base, w.x0)):
        if lines and abs(word.base - bases[-1]) <= 0.35 * min(word.size, lines[-1][-1].size):
            lines[-1].append(word)
        else:
            lines.append([word])
            bases.append(word.base)
    for mark in (w for w in words if w.raised):
        near = [
            (abs((mark.top + mark.bottom) / 2 - (b - 0.5 * ws[0].size)), i)
            for i, (b, ws) in enumerate(zip(bases, lines, strict=True))
            if -0.3 * ws[0].size <= b - mark.base <= 0.9 * ws[0].size
        ]
        if near:
            lines[min(near)[1]].append(mark)
        else:
            lines.append([mark])
            bases.append(mark.base)
    result = [Line(sorted(ws, key=lambda w: w.x0)) for ws in lines]
    return sorted(result, key=lambda line: line.base)
