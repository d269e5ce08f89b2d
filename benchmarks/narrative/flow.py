"""Books of cases set by reportlab: columns filled as a word processor or a magazine does, broken wherever they end."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from benchmarks.narrative.book import WORDS, Story, Words
from benchmarks.narrative.manners import Manner, _bare, _capital, _head, day

MANNERS = (
    Manner("flow-times", font="Times", size=10, footnotes=True),
    Manner("flow-helvetica-ragged", font="Helvetica", size=9, justify=False, head="number", pull_quote=True),
    Manner("flow-low-pages", font="Times", size=9.5, height=16.0, head="date-line", indent=10),
    Manner("flow-ruled-bold-run-in", font="Helvetica", size=8.5, head="run-in", ruled=True),
    Manner("flow-title-first", font="Times", size=10, head="title-date", body="one"),
    Manner("flow-grid-tables", columns=1, font="Helvetica", size=9, body="table", head="date-title", labels=1),
    Manner("flow-open-tables", columns=1, font="Times", size=10, body="titled-table", head="number-date", labels=0),
    Manner("flow-unequal", font="Times", size=9.5, head="date-title", unequal=True),
    Manner("flow-topics", font="Times", size=10, head="topic", accent="#8a4b08"),
    Manner("flow-labels", font="Times", size=9.5, body="labels", head="date-title", labels=0),
)


def document(stories: Sequence[Story], manner: Manner) -> bytes:
    """The PDF of a report that tells the stories."""
    words = WORDS[stories[0].language]
    width, height = A4[0], manner.height / 29.7 * A4[1]
    faces = ("Times-Roman", "Times-Bold", "Times-Italic") if manner.font == "Times" else (
        "Helvetica", "Helvetica-Bold", "Helvetica-Oblique")  # fmt: skip
    text = ParagraphStyle(
        "text", fontName=faces[0], fontSize=manner.size, leading=1.28 * manner.size,
        spaceAfter=0 if manner.indent else 6,
        firstLineIndent=manner.indent, alignment=TA_JUSTIFY if manner.justify else 0,
    )  # fmt: skip
    styles = {
        "text": text,
        "h1": ParagraphStyle("h1", fontName=faces[1], fontSize=20, leading=25, spaceAfter=12),
        "h2": ParagraphStyle("h2", fontName=faces[1], fontSize=13, leading=17, spaceBefore=10, spaceAfter=4,
                             keepWithNext=1, textColor=colors.HexColor(manner.accent)),
        "h3": ParagraphStyle("h3", fontName=faces[1], fontSize=manner.size, leading=1.3 * manner.size, spaceBefore=6,
                             spaceAfter=2, keepWithNext=1),
        "topic": ParagraphStyle("topic", fontName=faces[0], fontSize=8, leading=10, spaceBefore=12, keepWithNext=1,
                                textColor=colors.HexColor(manner.accent)),
        "large": ParagraphStyle("large", fontName=faces[0], fontSize=14, leading=17, spaceAfter=4, keepWithNext=1),
        "date": ParagraphStyle("date", parent=text, fontName=faces[2], keepWithNext=1, firstLineIndent=0),
        "quote": ParagraphStyle("quote", parent=text, fontName=faces[2], fontSize=13, leading=17, spaceBefore=8,
                                spaceAfter=8, leftIndent=10, rightIndent=10, firstLineIndent=0),
        "note": ParagraphStyle("note", parent=text, fontSize=7, leading=9, firstLineIndent=0),
    }  # fmt: skip

    def decorate(canvas: Canvas, doc: Any) -> None:
        if doc.page == 1:
            return
        canvas.setFont(faces[0], 7.5)
        left, right = (words.body, words.chapter) if doc.page % 2 else (words.title, words.body)
        canvas.drawString(56, height - 34, left)
        canvas.drawRightString(width - 56, height - 34, right)
        canvas.drawCentredString(width / 2, 28, f"– {doc.page} –")
        if manner.ruled:
            canvas.line(width / 2, 60, width / 2, height - 60)

    gap = 18
    wide = (width - 112 - gap * (manner.columns - 1)) / manner.columns
    shares = (0.76, 1.24) if manner.unequal else (1.0,) * manner.columns
    lefts = [56 + sum(shares[:k]) * wide + k * gap for k in range(manner.columns)]
    frames = [Frame(x, 50, share * wide, height - 100, 0, 0, 0, 0) for x, share in zip(lefts, shares, strict=True)]
    out = io.BytesIO()
    doc = BaseDocTemplate(out, pagesize=(width, height), invariant=1)
    doc.addPageTemplates(
        [
            PageTemplate("cover", [Frame(56, 50, width - 112, height - 100)], onPage=decorate),
            PageTemplate("text", frames, onPage=decorate),
        ]
    )
    story: list[Any] = [Spacer(1, 100), Paragraph(words.title, styles["h1"]), Paragraph(words.body, text)]
    story += [NextPageTemplate("text"), PageBreak(), Paragraph(words.chapter, styles["h1"])]
    story += [Paragraph(escape(p), text) for p in words.intro]
    told: list[Any] = []
    number = 0
    for section, group in groupby(stories, key=lambda s: s.section):
        if manner.head != "topic":
            told.append(Paragraph(escape(section), styles["h2"]))
        for one in group:
            number += 1
            told += _story(one, number, manner, words, styles=styles, wide=wide)
    story += told
    story += [Paragraph(words.closing[0], styles["h1"]), Paragraph(escape(words.closing[1]), text)]
    doc.build(story)
    return out.getvalue()


def _story(
    story: Story, number: int, manner: Manner, words: Words, *, styles: dict[str, ParagraphStyle], wide: float
) -> list[Any]:
    text = styles["text"]
    head = escape(_head(story, number, manner, words))
    labels = words.labels[manner.labels]
    named = [(labels[0], story.complaint), (labels[1], story.handling), (labels[2], _capital(story.printed))]
    named += [(labels[3], _bare(story.follow_up))] if story.follow_up else []
    if manner.body in ("table", "titled-table"):
        rows: list[list[Any]] = [[Paragraph(f"<b>{k}</b>", text), Paragraph(escape(v), text)] for k, v in named]
        looks: list[Any] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
        if manner.body == "titled-table":
            rows.insert(0, [Paragraph(f"<b>{head}</b>", text), ""])
            looks += [("SPAN", (0, 0), (1, 0)), ("LINEBELOW", (0, 0), (-1, 0), 1, colors.black)]
            return [Table(rows, [90, wide - 90], style=looks), Spacer(1, 14)]
        looks.append(("GRID", (0, 0), (-1, -1), 0.5, colors.grey))
        return [Paragraph(head, styles["h3"]), Table(rows, [90, wide - 90], style=looks), Spacer(1, 10)]
    texts = [escape(t) for t in story.texts]
    if manner.body == "one" and not story.paragraphs:
        texts = [" ".join(texts[:2]), *texts[2:]]
    if manner.body == "labels":
        texts = [f"<b>{k}:</b> {escape(v)}" for k, v in named]
    if manner.head == "run-in":
        date = day(story.date, story.language, words, False)
        return [Paragraph(f"<b>{date} – {escape(story.title)}.</b> {texts[0]}", text),
                *(Paragraph(t, text) for t in texts[1:])]  # fmt: skip
    if manner.head == "topic":
        date = day(story.date, story.language, words, True)
        return [Paragraph(escape(story.section.upper()), styles["topic"]), Paragraph(head, styles["large"]),
                Paragraph(f"<b>{date}.</b> {texts[0]}", text), *(Paragraph(t, text) for t in texts[1:])]  # fmt: skip
    out = [Paragraph(head, styles["h3"])]
    if manner.head == "date-line":
        out.append(Paragraph(day(story.date, story.language, words, True), styles["date"]))
    for k, t in enumerate(texts):
        if k == 0 and manner.footnotes and number % 4 == 2:
            t += "<super size=6>1</super>"  # noqa: PLW2901  a mark after the paragraph
        out.append(Paragraph(t, text))
        if k == 0 and manner.pull_quote and number % 3 == 1:
            out.append(Paragraph("“" + escape(story.complaint.split(". ")[0]) + "”", styles["quote"]))
    if manner.footnotes and number % 4 == 2:
        out.append(Paragraph(f"<super size=5>1</super> {words.note}", styles["note"]))
    return out
