"""Documents set by reportlab: the plain look of word processors and of exports from databases."""

from __future__ import annotations

import io
import random
import re
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as SetTable

from benchmarks.layouts.model import Truth
from benchmarks.layouts.placed import Mark, Piece, labelled_of, parts_of
from benchmarks.layouts.producers import RectangleCanvas, without_blanks
from benchmarks.layouts.tables import SetCell, Table, random_table
from benchmarks.layouts.words import Words

STYLES = ("word_grid", "word_plain", "word_header_rule", "export_shaded")


class Marked(Flowable):  # type: ignore[misc]
    """A paragraph that notes where it is drawn."""

    def __init__(self, inner: Any, key: tuple[int, int, int], marks: list[Mark], page_height: float) -> None:
        super().__init__()
        self.inner, self.key, self.marks, self.page_height = inner, key, marks, page_height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The paragraph's own size."""
        self.size = self.inner.wrap(width, height)
        return self.size  # type: ignore[no-any-return]

    def draw(self) -> None:
        """Draws the paragraph and notes its two corners."""
        x, y = self.canv.absolutePosition(0, 0)
        wide, high = self.size
        page = self.canv.getPageNumber()
        self.marks.append(Mark(*self.key, page, x, self.page_height - y - high))
        self.marks.append(Mark(*self.key, page, x + wide, self.page_height - y))
        self.inner.drawOn(self.canv, 0, 0)


def document(rng: random.Random, words: Words, file: str) -> tuple[bytes, Truth]:
    """PDF and truth of one document with one or two tables."""
    style = rng.choice(STYLES)
    faces = rng.choice((("Helvetica", "Helvetica-Bold"), ("Times-Roman", "Times-Bold")))
    size = rng.choice((7, 8, 9, 10, 11))
    text = ParagraphStyle("text", fontName=faces[0], fontSize=10.5, leading=14, spaceAfter=8)
    head = ParagraphStyle("head", parent=text, fontName=faces[1], fontSize=14, leading=18)
    marks: list[Mark] = []
    pieces: list[Piece] = []
    story: list[Any] = [Paragraph(escape(rng.choice(words.headings)), head), _prose(rng, words, text)]
    for k in range(rng.randint(1, 2)):
        table = random_table(rng, words, rows=rng.randint(4, 9))
        pieces.append(Piece(k, table, (0, table.cols)))
        caption = Paragraph(
            escape(f"{words.caption} {k + 1}. {table.caption}"), ParagraphStyle("c", parent=text, fontName=faces[1])
        )
        story.append(
            KeepTogether(
                [caption, _table(rng, table, key=k, style=style, faces=faces, size=size, marks=marks), Spacer(1, 10)]
            )
        )
        story.append(_prose(rng, words, text))
    out = io.BytesIO()
    template = SimpleDocTemplate(out, pagesize=A4, invariant=1, leftMargin=60, rightMargin=60)
    drawn = rng.random() < 0.4
    template.build(story, canvasmaker=RectangleCanvas if drawn else Canvas)
    pdf = out.getvalue()
    blank = rng.random() < 0.3
    if blank:
        pdf = without_blanks(pdf)
    numbers = [n for k, piece in enumerate(pieces) for n in labelled_of(k, piece, marks)]
    habits = [name for name, so in (("rules:rectangles", drawn), ("text:no_blanks", blank)) if so]
    traits = (f"style:{style}", "placement:reportlab", *habits)
    names = tuple(p.table.caption for p in pieces)
    return pdf, Truth(
        file, words.language, template.page, traits, names, tuple(parts_of(pieces, marks)), tuple(numbers)
    )


def _prose(rng: random.Random, words: Words, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(" ".join(rng.choice(words.sentences) for _ in range(rng.randint(3, 6)))), style)


def _table(
    rng: random.Random, table: Table, *, key: int, style: str, faces: tuple[str, str], size: float, marks: list[Mark]
) -> SetTable:
    grid: list[list[Any]] = [["" for _ in range(table.cols)] for _ in range(table.rows)]
    numbers = table.cols - table.stub_columns
    stub = 475 * (0.42 if numbers < 7 else 0.26) / table.stub_columns
    rest = (475 - stub * table.stub_columns) / numbers
    widths = [stub] * table.stub_columns + [rest] * numbers
    sides = rng.choice((2, 1, 0))
    commands: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), rng.choice(("TOP", "MIDDLE")))]
    commands += [(f"{side}PADDING", (0, 0), (-1, -1), 3) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    faced = [
        (c.text, faces[c.role == "head" or c.row in table.heavy], widths[c.col] * c.colspan - 7) for c in table.cells
    ]
    wanted = size if table.cols < 8 else min(size, 7)
    size = min(fitting(text, font, wanted, width) for text, font, width in faced)
    for cell in table.cells:
        if cell.text:
            grid[cell.row][cell.col] = Marked(
                _paragraph(cell, table, faces, size, side=sides),
                (key, cell.row, cell.col),
                marks,
                A4[1],
            )
        if cell.rowspan > 1 or cell.colspan > 1:
            end = (cell.col + cell.colspan - 1, cell.row + cell.rowspan - 1)
            commands.append(("SPAN", (cell.col, cell.row), end))
    head = table.header_rows
    if style == "word_grid":
        commands.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    elif style == "word_header_rule":
        commands.append(("LINEBELOW", (0, head - 1), (-1, head - 1), 0.7, colors.black))
    elif style == "export_shaded":
        commands.append(("BACKGROUND", (0, 0), (-1, head - 1), colors.lightgrey))
        commands.append(("LINEBELOW", (0, 0), (-1, -1), 0.25, colors.lightgrey))
    return SetTable(grid, colWidths=widths, style=commands, repeatRows=head, hAlign="LEFT")


def fitting(text: str, font: str, size: float, width: float) -> float:
    """`size`, or the smaller one at which the longest word of `text` fits `width`: no producer breaks inside a word."""
    longest = max((stringWidth(word, font, size) for word in re.split(r"[\s-]", text)), default=0.0)
    return size if longest <= width else size * width / longest


def _paragraph(cell: SetCell, table: Table, faces: tuple[str, str], size: float, side: int) -> Paragraph:
    heavy = cell.role == "head" or cell.row in table.heavy
    look = ParagraphStyle(
        "cell", fontName=faces[heavy], fontSize=size, splitLongWords=0, embeddedHyphenation=1, leading=size * 1.2,
        leftIndent=cell.level * 9,
        alignment=side if cell.role == "value" or (cell.role == "head" and cell.col >= table.stub_columns) else 0,
    )  # fmt: skip
    mark = f"<super>{cell.mark}</super>" if cell.mark else ""
    return Paragraph(escape(cell.text) + mark, look)
