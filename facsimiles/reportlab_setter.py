"""Typesets a document with ReportLab: a second producer, whose pages are built unlike Typst's.

Text is placed line by line without tags, tables are drawn as lines and filled boxes, and the `memo` layout uses the
viewer's own Helvetica, which is not embedded. Landscape regions and columns are refused rather than approximated.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    ListFlowable,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus import Table as Grid

from facsimiles.content import (
    Block,
    CaseStory,
    Cell,
    Chart,
    ContentError,
    Contents,
    Cover,
    Document,
    Items,
    Region,
    Table,
    TableStyle,
    Text,
    Words,
)
from facsimiles.content import PageBreak as Break

_ALIGNED = {"l": TA_LEFT, "c": TA_CENTER, "r": TA_RIGHT}
_FONTS = Path(__file__).parent / "fonts"


@dataclass(frozen=True, slots=True)
class Look:
    """A ReportLab layout: fonts (the bold one is `bold`), colours, and where the running lines stand."""

    font: str
    bold: str
    italic: str
    accent: Color
    soft: Color
    table: TableStyle
    size: float
    margin: float
    header: Callable[[Any, Document], None]


def _memo_lines(canvas: Any, document: Document) -> None:
    width, height = A4
    canvas.setFont("Helvetica", 8)
    canvas.drawString(25 * mm, height - 15 * mm, document.publisher)
    canvas.drawRightString(width - 25 * mm, height - 15 * mm, document.running)
    canvas.setLineWidth(0.4)
    canvas.line(25 * mm, height - 17 * mm, width - 25 * mm, height - 17 * mm)
    canvas.drawRightString(width - 25 * mm, 12 * mm, str(canvas.getPageNumber()))
    canvas.setFont("Helvetica-Oblique", 7)
    canvas.drawString(25 * mm, 12 * mm, document.mark)


def _brochure_lines(canvas: Any, document: Document) -> None:
    width, height = A4
    canvas.setFillColor(HexColor("#2f5d3a"))
    canvas.rect(0, 0, 9 * mm, height, stroke=0, fill=1)
    canvas.setFont("Roboto", 7.5)
    canvas.drawString(22 * mm, 11 * mm, f"{document.running}  |  {canvas.getPageNumber()}")
    canvas.setFillColor(HexColor("#555555"))
    canvas.drawRightString(width - 18 * mm, 11 * mm, document.mark)


LOOKS = {
    "memo": Look(
        "Helvetica",
        "Helvetica-Bold",
        "Helvetica-Oblique",
        black,
        HexColor("#d9d9d9"),
        "ruled",
        9.5,
        25 * mm,
        _memo_lines,
    ),
    "brochure": Look(
        "Roboto",
        "Roboto-Bold",
        "Roboto-Italic",
        HexColor("#2f5d3a"),
        HexColor("#e8efe6"),
        "zebra",
        9.5,
        22 * mm,
        _brochure_lines,
    ),
}


def typeset(document: Document) -> bytes:
    """The PDF of `document`; raises ContentError for a layout or a block that this producer does not set."""
    look = LOOKS.get(document.layout)
    if look is None:
        raise ContentError(f"{document.id}: no layout {document.layout!r}; choose one of {', '.join(LOOKS)}.")
    if look.font == "Roboto":
        for name in ("Roboto-Regular", "Roboto-Bold", "Roboto-Italic"):
            pdfmetrics.registerFont(TTFont(name.removesuffix("-Regular"), _FONTS / f"{name}.ttf"))
        pdfmetrics.registerFontFamily(
            "Roboto", normal="Roboto", bold="Roboto-Bold", italic="Roboto-Italic", boldItalic="Roboto-Bold"
        )
    out = io.BytesIO()
    width, height = A4
    frame = Frame(look.margin, 20 * mm, width - 2 * look.margin, height - 44 * mm, 0, 0, 0, 0)
    template = BaseDocTemplate(
        out, pagesize=A4, invariant=1, title=document.title, author=document.publisher, lang=document.language
    )
    template.addPageTemplates(PageTemplate(frames=[frame], onPage=lambda canvas, _: look.header(canvas, document)))
    template.build([flowable for block in document.blocks for flowable in _set(block, look, document)])
    return out.getvalue()


def _set(block: Block, look: Look, document: Document) -> list[Flowable]:
    style = ParagraphStyle("p", fontName=look.font, fontSize=10, leading=14, spaceAfter=8)
    match block:
        case Words(kind, text):
            return _words(kind, text, style, look)
        case Items(kind, items):
            bullet = {"bulletType": "1"} if kind == "ol" else {"bulletType": "bullet", "start": "•"}
            entries = [Paragraph(_markup(item), _style(style, spaceAfter=3)) for item in items]
            return [ListFlowable(entries, leftIndent=14, bulletFontName=look.font, **bullet), Spacer(1, 8)]
        case CaseStory(heading, paragraphs):
            bold = _style(style, fontName=look.bold, spaceBefore=6, spaceAfter=3, keepWithNext=1)
            return [Paragraph(_markup(heading), bold), *(Paragraph(_markup(part), style) for part in paragraphs)]
        case Cover(title, lines):
            big = _style(style, fontName=look.bold, fontSize=26, leading=32, textColor=look.accent)
            return [
                Spacer(1, 70 * mm),
                Paragraph(_markup(title), big),
                Spacer(1, 8 * mm),
                *(Paragraph(_markup(line), _style(style, fontSize=13, leading=18)) for line in lines),
                PageBreak(),
            ]
        case Break():
            return [PageBreak()]
        case Table():
            return _table(block, look, style)
        case Chart():
            return [_caption(block.title, style, look), _chart(block, look), Spacer(1, 10)]
        case Region(kind=kind) | Contents(kind=kind):
            raise ContentError(f"{document.id}: ReportLab sets no {kind}; use `producer: typst` for this report.")


def _style(style: ParagraphStyle, **changes: Any) -> ParagraphStyle:
    """A copy of `style` with `changes`; ReportLab's own styles are mutable and shared."""
    return ParagraphStyle(style.name, parent=style, **changes)


def _words(kind: str, text: Text, style: ParagraphStyle, look: Look) -> list[Flowable]:
    changes: dict[str, Any]
    match kind:
        case "h1":
            changes = {
                "fontName": look.bold,
                "fontSize": 16,
                "leading": 20,
                "spaceBefore": 14,
                "textColor": look.accent,
            }
        case "h2":
            changes = {"fontName": look.bold, "fontSize": 12, "leading": 16, "spaceBefore": 10}
        case "h3":
            changes = {"fontName": look.italic, "spaceBefore": 6}
        case "small":
            changes = {"fontSize": 8, "leading": 10.5}
        case "quote":
            changes = {"fontName": look.italic, "leftIndent": 18, "rightIndent": 18}
        case _:
            changes = {}
    if kind.startswith("h"):
        return [CondPageBreak(25 * mm), Paragraph(_markup(text), _style(style, keepWithNext=1, **changes))]
    return [Paragraph(_markup(text), _style(style, **changes))]


def _markup(text: Text) -> str:
    """ReportLab's paragraph markup. It has no footnotes: a note's text stands in brackets where it is called."""
    tags = {"bold": "b", "italic": "i", "raised": "super"}
    return "".join(
        f"<{tags[run.style]}>{escape(run.text)}</{tags[run.style]}>"
        if run.style in tags
        else f" ({escape(run.text)})"
        if run.style == "note"
        else escape(run.text)
        for run in text
    )


def _caption(text: Text, style: ParagraphStyle, look: Look) -> Flowable:
    return Paragraph(_markup(text), _style(style, fontName=look.bold, fontSize=10, spaceBefore=4, keepWithNext=1))


def _table(table: Table, look: Look, style: ParagraphStyle) -> list[Flowable]:
    if table.beside is not None or None in table.widths:
        raise ContentError("ReportLab sets only tables with a width for every column, and none that go on beside.")
    chosen = table.style or look.table
    size = table.size or look.size
    line = 170 * mm - 2 * (look.margin - 20 * mm)
    shares = [width or 0 for width in table.widths]
    head = len(table.header)
    cells, spans = _grid([*table.header, *table.body], len(table.align))
    data: list[list[Any]] = []
    for y, row in enumerate(cells):
        heavy = y < head or (y - head) in (*table.total_rows, *table.group_rows)
        ink = white if chosen == "zebra" and y < head else black
        data.append(
            [
                ""
                if cell is None
                else Paragraph(
                    _markup(cell.text),
                    _style(
                        style,
                        fontName=look.bold if heavy else look.font,
                        fontSize=size,
                        leading=size * 1.25,
                        spaceAfter=0,
                        textColor=ink,
                        alignment=_ALIGNED[table.align[x]] if cell.cols == 1 else (TA_CENTER if y < head else TA_LEFT),
                    ),
                )
                for x, cell in enumerate(row)
            ]
        )
    grid = Grid(
        data,
        colWidths=[line * share / sum(shares) for share in shares],
        repeatRows=head,
        style=[*_rules(chosen, table, look), *spans],
        hAlign="LEFT",
    )
    title = [_caption(table.title, style, look)] if table.title else []
    notes = [Paragraph(_markup(note), _style(style, fontSize=8, leading=10.5)) for note in table.notes]
    body: list[Flowable] = [*title, grid] if table.title_at == "above" else [grid, *title]
    return [*body, Spacer(1, 5), *notes, Spacer(1, 8)]


def _grid(rows: list[tuple[Cell, ...]], columns: int) -> tuple[list[list[Cell | None]], list[tuple]]:
    """The rows with None where a span covers, and the spans as ReportLab style commands."""
    out: list[list[Cell | None]] = [[None] * columns for _ in rows]
    taken: set[tuple[int, int]] = set()
    spans: list[tuple] = []
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            out[y][x] = cell
            taken |= {(x + dx, y + dy) for dx in range(cell.cols) for dy in range(cell.rows)}
            if cell.cols > 1 or cell.rows > 1:
                spans.append(("SPAN", (x, y), (x + cell.cols - 1, y + cell.rows - 1)))
            x += cell.cols
    return out, spans


def _rules(chosen: TableStyle, table: Table, look: Look) -> list[tuple]:
    head = len(table.header)
    last = head + len(table.body) - 1
    commands: list[tuple] = [
        ("VALIGN", (0, 0), (-1, head - 1), "BOTTOM"),
        ("VALIGN", (0, head), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
    ]
    if chosen == "ruled":
        commands += [("GRID", (0, 0), (-1, -1), 0.5, black), ("BACKGROUND", (0, 0), (-1, head - 1), look.soft)]
    elif chosen == "zebra":
        commands.append(("BACKGROUND", (0, 0), (-1, head - 1), look.accent))
        commands += [("BACKGROUND", (0, y), (-1, y), look.soft) for y in range(head + 1, last + 1, 2)]
    elif chosen == "booktabs":
        commands += [
            ("LINEABOVE", (0, 0), (-1, 0), 1, black),
            ("LINEABOVE", (0, head), (-1, head), 0.5, black),
            ("LINEBELOW", (0, last), (-1, last), 1, black),
        ]
        commands += [("LINEABOVE", (0, head + y), (-1, head + y), 0.4, black) for y in table.total_rows]
    elif chosen == "open":
        commands.append(("LINEBELOW", (0, head - 1), (-1, head - 1), 1, look.accent))
        commands.append(("LINEBELOW", (0, head), (-1, last), 0.3, look.accent))
    return commands


def _chart(chart: Chart, look: Look) -> Drawing:
    """Lying bars with the label before and the printed number behind each."""
    row, left, longest = 20, 150, 230
    drawing = Drawing(460, row * len(chart.bars) + 6)
    top = max(bar.value for bar in chart.bars)
    for number, bar in enumerate(reversed(chart.bars)):
        y = number * row + 4
        length = longest * bar.value / top
        drawing.add(String(left - 6, y + 4, bar.label, fontName=look.font, fontSize=9, textAnchor="end"))
        drawing.add(Rect(left, y, max(length, 1), row - 7, fillColor=look.accent, strokeColor=None))
        drawing.add(String(left + length + 5, y + 4, bar.printed, fontName=look.font, fontSize=9))
    return drawing
