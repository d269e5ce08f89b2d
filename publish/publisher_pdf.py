"""Sets a publisher's page as PDF with ReportLab: the same contents as the HTML, for mail and print."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Image, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
from reportlab.platypus.flowables import HRFlowable

from publish.publisher_page import Item, Picture, PublisherPage

_MARGIN = 18 * mm
_INK, _QUIET, _ACCENT, _LINE = (colors.HexColor(c) for c in ("#1c2327", "#566067", "#0f5568", "#d9d6ce"))
#: ReportLab brings these: free, and with all letters of the four languages.
_FONTS = {"Vera": "Vera.ttf", "Vera-Bold": "VeraBd.ttf"}
#: Letters that the font lacks, and what stands for them.
_SUBSTITUTES = str.maketrans({"ĳ": "ij", "Ĳ": "IJ", "\u202f": "\u00a0", "\u2011": "-"})
#: A picture is made at 1.8 pixels a point; it is shown a little smaller than on its page.
_PIXELS, _SHRUNK = 1.8, 0.85


def as_pdf(page: PublisherPage, pictures: Mapping[Picture, bytes]) -> bytes:
    """The page as PDF, the same bytes for the same contents; a picture that `pictures` lacks is left out."""
    for name, file in _FONTS.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, file))
    out = io.BytesIO()
    words = page.words
    document = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN, bottomMargin=_MARGIN,
        title=f"{words['heading']}: {page.title}", author="Klachtenatlas", lang=page.language, invariant=1,
    )  # fmt: skip
    document.build(list(_story(page, pictures, document.width)), onFirstPage=_foot, onLaterPages=_foot)
    return out.getvalue()


def _style(
    name: str, size: float, *, bold: bool = False, colour: colors.Color = _INK, before: float = 0
) -> ParagraphStyle:
    return ParagraphStyle(
        name, fontName="Vera-Bold" if bold else "Vera", fontSize=size, leading=size * 1.4, textColor=colour,
        spaceBefore=before, spaceAfter=size * 0.3, wordWrap="LTR",
    )  # fmt: skip


_TITLE = _style("title", 18, bold=True)
_SECTION = _style("section", 13, bold=True, before=16)
_GROUP = _style("group", 9.5, bold=True, colour=_ACCENT, before=10)
_HEAD = _style("head", 9, bold=True, before=6)
_TEXT = _style("text", 9)
_SMALL = _style("small", 7.5, colour=_QUIET)


def _said(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(text.translate(_SUBSTITUTES)), style)


def _story(page: PublisherPage, pictures: Mapping[Picture, bytes], width: float) -> Iterator[Flowable]:
    words = page.words
    yield _said(words["heading"], _TITLE)
    yield _said(page.title, _style("subtitle", 11))
    for line in page.about:
        yield _said(line, _SMALL)
    yield _said(words["intro"], _TEXT)
    yield _said(words["contradictions"], _SECTION)
    if page.contradictions:
        yield _said(words["legend" if pictures else "no_pages"], _SMALL)
    else:
        yield _said(words["none"], _TEXT)
    for group in page.contradictions:
        heading = _said(f"{group.heading} ({len(group.items)})", _GROUP)
        first, *rest = (_item(item, pictures, width) for item in group.items)
        yield KeepTogether([heading, *first])
        for flowables in rest:
            yield KeepTogether(flowables)
    yield _said(words["unread"], _SECTION)
    for item in page.unread:
        yield KeepTogether(_item(item, pictures, width))
    if not page.unread:
        yield _said(words["none"], _TEXT)
    yield _said(words["labels"], _SECTION)
    yield from _labels(page, width)
    yield _said(words["answer"], _SECTION)
    yield _said(words["answer_text"], _TEXT)


def _item(item: Item, pictures: Mapping[Picture, bytes], width: float) -> list[Flowable]:
    flowables: list[Flowable] = [_said(item.heading, _HEAD)]
    if item.figures:
        flowables.append(_said(item.figures, _style("figures", 9, bold=True, colour=_ACCENT)))
    flowables.append(_said(item.text, _TEXT))
    for picture in item.pictures:
        if picture in pictures:
            image = Image(io.BytesIO(pictures[picture]))
            scale = min(_SHRUNK / _PIXELS, width / image.imageWidth)
            image.drawWidth, image.drawHeight = image.imageWidth * scale, image.imageHeight * scale
            flowables += [Spacer(0, 4), image, _said(picture.said, _SMALL)]
    return [*flowables, Spacer(0, 4), HRFlowable(width="100%", color=_LINE, thickness=0.5)]


def _labels(page: PublisherPage, width: float) -> Iterator[Flowable]:
    words = page.words
    if not page.labels:
        yield _said(words["none"], _TEXT)
        return
    yield _said(words["labels_intro"], _TEXT)
    head = [_said(words[name], _style("column", 8, bold=True)) for name in ("label", "where", "proposal")]
    cell = _style("cell", 8)
    body = [
        [_said(line.label, cell), _said(line.where, cell), _said(line.proposal or words["no_proposal"], cell)]
        for line in page.labels
    ]
    rules = TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE), ("VALIGN", (0, 0), (-1, -1), "TOP"),
                        ("LEFTPADDING", (0, 0), (-1, -1), 0)])  # fmt: skip
    yield Table([head, *body], colWidths=[width * part for part in (0.36, 0.36, 0.28)], style=rules, repeatRows=1)
    if page.labels_left_out:
        yield _said(words["more_labels"].format(count=page.labels_left_out), _TEXT)


def _foot(canvas: object, document: SimpleDocTemplate) -> None:
    canvas.saveState()  # type: ignore[attr-defined]
    canvas.setFont("Vera", 7)  # type: ignore[attr-defined]
    canvas.setFillColor(_QUIET)  # type: ignore[attr-defined]
    canvas.drawRightString(A4[0] - _MARGIN, 10 * mm, f"{document.page}")  # type: ignore[attr-defined]
    canvas.restoreState()  # type: ignore[attr-defined]
