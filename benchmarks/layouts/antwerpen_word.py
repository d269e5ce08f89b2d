"""Sets the report of `antwerpen` with reportlab as a word processor would: no rules but one under each header."""

from __future__ import annotations

import io
import random
from typing import Any
from xml.sax.saxutils import escape

from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageBreak, PageTemplate, Paragraph, Spacer
from reportlab.platypus import Table as SetTable

from benchmarks.layouts.antwerpen import Block, Report
from benchmarks.layouts.antwerpen_typst import Setting, setting
from benchmarks.layouts.placed import Mark, Piece
from benchmarks.layouts.reportlab_pages import Marked, fitting
from benchmarks.layouts.tables import SetCell, Table

TEXT = ParagraphStyle("text", fontName="Times-Roman", fontSize=11, leading=14.5, spaceAfter=7)
BOLD = ParagraphStyle("bold", parent=TEXT, fontName="Times-Bold")
LOOKS = {
    "part": ParagraphStyle("part", parent=BOLD, fontSize=20, leading=26, spaceAfter=16),
    "h1": ParagraphStyle("h1", parent=BOLD, fontSize=15, leading=19, spaceBefore=12, keepWithNext=1),
    "h2": ParagraphStyle("h2", parent=BOLD, fontSize=12.5, leading=16, spaceBefore=8, keepWithNext=1),
    "section": ParagraphStyle("section", parent=BOLD, fontSize=12.5, leading=16, spaceBefore=10, keepWithNext=1),
    "h3": ParagraphStyle("h3", parent=TEXT, fontName="Times-BoldItalic", spaceBefore=4, spaceAfter=3, keepWithNext=1),
    "title": ParagraphStyle("title", parent=BOLD, keepWithNext=1),
    "item": ParagraphStyle("item", parent=TEXT, leftIndent=24, bulletIndent=12, spaceAfter=2),
    "small": ParagraphStyle("small", parent=TEXT, fontSize=8.5, leading=10.5, spaceAfter=3),
    "caption": ParagraphStyle("caption", parent=TEXT, fontName="Times-Italic", fontSize=9.5, leading=12),
}


def typeset(report: Report) -> Setting:
    """The report in a plain layout; wide tables stand on landscape pages, the widest goes on beside on the next one."""
    marks: list[Mark] = []
    names: list[str] = []
    pieces: list[Piece] = []
    story: list[Any] = []
    rng = random.Random(1)
    for block in report.blocks:
        if block.kind == "part" and story:
            story.append(PageBreak())
        if block.kind == "table":
            story += _tables(report, block.table, marks, names, pieces)
        elif block.kind == "chart":
            story.append(_chart(rng))
        else:
            story.append(_paragraph(block))
    out = io.BytesIO()
    template = BaseDocTemplate(out, pagesize=A4, invariant=1, title=report.title)
    template.addPageTemplates([_page("upright", A4), _page("wide", landscape(A4))])
    template.build(story)
    return setting("e-word", out.getvalue(), names, pieces, marks)


def _page(name: str, size: tuple[float, float]) -> PageTemplate:
    frame = Frame(62, 56, size[0] - 124, size[1] - 112, id=name, leftPadding=0, rightPadding=0)

    def number(canvas: Any, _document: Any) -> None:
        canvas.setFont("Times-Roman", 9)
        canvas.drawCentredString(size[0] / 2, 30, f"Pagina {canvas.getPageNumber()}")

    return PageTemplate(name, [frame], onPage=number, pagesize=size)


def _paragraph(block: Block) -> Paragraph:
    tags = {"bold": "b", "italic": "i", "mark": "super"}
    text = "".join(
        f"<{tags[r.style]}>{escape(r.text)}</{tags[r.style]}>"
        if r.style in tags and block.kind != "caption"
        else escape(r.text)
        for r in block.runs
    )
    return Paragraph(text, LOOKS.get(block.kind, TEXT), bulletText="•" if block.kind == "item" else None)


def _chart(rng: random.Random) -> Drawing:
    drawing = Drawing(430, 130)
    chart = VerticalBarChart()
    chart.x, chart.y, chart.width, chart.height = 30, 20, 380, 100
    chart.data = [[rng.randint(5, 60) for _ in range(12)]]
    chart.categoryAxis.categoryNames = [str(k) for k in range(1, 13)]
    chart.valueAxis.valueMin = 0
    drawing.add(chart)
    return drawing


def _tables(report: Report, name: str, marks: list[Mark], names: list[str], pieces: list[Piece]) -> list[Any]:
    table = report.tables[name]
    cut = report.cuts.get(name)
    wide = bool(cut) or (table.cols > 9 and table.rows > 10)
    out: list[Any] = [NextPageTemplate("wide"), PageBreak()] if wide else []
    for columns in [(0, cut), (cut, table.cols)] if cut else [(0, table.cols)]:
        names.append(name)
        index = list(dict.fromkeys(names)).index(name)
        pieces.append(Piece(index, table, columns))
        size = landscape(A4) if wide else A4
        if columns[0]:
            out.append(PageBreak())
        out += [_table(table, columns, size, len(pieces) - 1, marks), Spacer(1, 10)]
    return [*out, NextPageTemplate("upright"), PageBreak()] if wide else out


def _table(table: Table, columns: tuple[int, int], page: tuple[float, float], key: int, marks: list[Mark]) -> SetTable:
    first, last = columns
    width = page[0] - 124
    stub = max(0, table.stub_columns - first)
    count = last - first
    share = 0.36 if count < 8 else 0.2
    widths = [width * share / max(1, stub)] * stub + [width * (1 - share if stub else 0.8) / (count - stub)] * (
        count - stub
    )
    size = 9.5 if count < 8 else 7
    shown = [c for c in table.cells if first <= c.col < last]
    size = min(fitting(c.text, _font(c, table), size, widths[c.col - first] * c.colspan - 6) for c in shown)
    grid: list[list[Any]] = [["" for _ in range(count)] for _ in range(table.rows)]
    head = table.header_rows
    commands: list[tuple[Any, ...]] = [
        ("LINEBELOW", (0, head - 1), (-1, head - 1), 0.7, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        *((f"{side}PADDING", (0, 0), (-1, -1), 2.5) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
    ]  # fmt: skip
    for cell in table.cells:
        if first <= cell.col < last:
            col = cell.col - first
            grid[cell.row][col] = Marked(_cell(cell, table, size), (key, cell.row, cell.col), marks, page[1])
            tall = min(cell.rowspan, 8) if cell.role != "head" else cell.rowspan
            if tall > 1 or cell.colspan > 1:
                commands.append(("SPAN", (col, cell.row), (col + cell.colspan - 1, cell.row + tall - 1)))
    heights = [None] * head + [15] * (table.rows - head) if last - first < table.cols else None
    return SetTable(grid, colWidths=widths, rowHeights=heights, style=commands, repeatRows=head, hAlign="LEFT")


def _font(cell: SetCell, table: Table) -> str:
    return "Times-Bold" if cell.role == "head" or cell.row in table.heavy else "Times-Roman"


def _cell(cell: SetCell, table: Table, size: float) -> Paragraph:
    numeric = cell.role == "value" or (cell.role == "head" and cell.col >= table.stub_columns)
    look = ParagraphStyle(
        "cell", fontName=_font(cell, table), fontSize=size, leading=size * 1.15,
        splitLongWords=0, embeddedHyphenation=1,
        alignment=(1 if cell.role == "head" else 2) if numeric else 0,
    )  # fmt: skip
    return Paragraph(escape(cell.text) + (f"<super>{cell.mark}</super>" if cell.mark else ""), look)
