"""Sets a synthetic report as PDF: a style of its own for each city, the tables spread over the pages, text between."""

from __future__ import annotations

import random
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from benchmarks.cities.model import WORDS, Report
from benchmarks.cities.model import Table as Figures

_GREY = colors.Color(0.92, 0.93, 0.95)
STYLES = {
    "grid": [("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
    "rules": [
        ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
    ],
    "zebra": [
        ("BACKGROUND", (0, 0), (-1, 0), colors.Color(0.2, 0.3, 0.5)),
        ("TEXTCOLOR", (0, 0), (-1, 0), colors.white),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.white, _GREY]),
    ],
    "rows": [("LINEBELOW", (0, 0), (-1, -1), 0.3, colors.grey)],
}


def write(report: Report, path: Path, pages: int, seed: int) -> None:
    """Writes the report with at least `pages` pages; the same arguments give the same bytes."""
    rng = random.Random(f"{seed} {report.city} style")
    style, size = rng.choice(sorted(STYLES)), rng.choice([8.5, 9, 9.5, 10])
    font = rng.choice(["Helvetica", "Times-Roman"])
    body = ParagraphStyle("body", fontName=font, fontSize=size + 1, leading=(size + 1) * 1.35, spaceAfter=8)
    head = ParagraphStyle(
        "head", fontName=f"{font.removesuffix('-Roman')}-Bold", fontSize=14, leading=18, spaceAfter=10
    )
    words = WORDS[report.language]
    title = words.title.format(year=report.year)
    story: list[Flowable] = [
        Paragraph(words.publisher.format(name=report.name), head),
        Paragraph(title, ParagraphStyle("title", parent=head, fontSize=24, leading=30)),
        PageBreak(),
    ]
    text = random.Random(f"{seed} {report.id}")
    gaps = max(1, (pages - 1) // (len(report.tables) + len(words.chapters)))
    for number, chapter in enumerate(words.chapters):
        story.append(Paragraph(f"{number + 1}. {chapter}", head))
        for table in report.tables if number == 2 else ():
            story += [Paragraph(table.title, head), _set(table, report, STYLES[style], size, font), Spacer(1, 12)]
            story += _prose(words.lines, body, text, gaps)
        story += _prose(words.lines, body, text, gaps)
    SimpleDocTemplate(str(path), pagesize=A4, title=title, author=words.publisher.format(name=report.name),
                      invariant=1).build(story)  # fmt: skip


def _prose(lines: tuple[str, ...], body: ParagraphStyle, rng: random.Random, pages: int) -> list[Flowable]:
    """Pages of running text without a figure."""
    made: list[Flowable] = []
    for _ in range(pages):
        made += [Paragraph(" ".join(rng.choices(lines, k=5)), body) for _ in range(7)]
        made.append(PageBreak())
    return made


def _set(table: Figures, report: Report, rules: list[tuple[object, ...]], size: float, font: str) -> Table:
    words = WORDS[report.language]
    rows = [["", str(report.year - 1), str(report.year), f"{words.share} {report.year}"]]
    whole = table.totals
    for at, label in enumerate(table.labels):
        share = percent(table.now[at], whole[1], report.language)
        rows.append([
            label.text,
            table.printed.get((at, 0), grouped(table.before[at], report.language)),
            table.printed.get((at, 1), grouped(table.now[at], report.language)),
            share,
        ])  # fmt: skip
    rows.append([words.total, *(grouped(value, report.language) for value in whole), percent(1, 1, report.language)])
    bold = f"{font.removesuffix('-Roman')}-Bold"
    style = TableStyle([
        ("FONT", (0, 0), (-1, -1), font, size),
        ("FONT", (0, 0), (-1, 0), bold, size),
        ("FONT", (0, -1), (-1, -1), bold, size),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        *rules,
    ])  # fmt: skip
    return Table(rows, style=style, colWidths=[220, 70, 70, 90], hAlign="LEFT")


def grouped(value: int, language: str) -> str:
    """A count as the language prints it."""
    mark = {"nl": ".", "fr": "\N{NO-BREAK SPACE}", "de": "'", "en": ","}[language]
    return f"{value:,}".replace(",", mark)


def percent(part: int, whole: int, language: str) -> str:
    """A share in percent with one decimal."""
    text = f"{100 * part / whole:.1f}"
    return f"{text if language == 'en' else text.replace('.', ',')} %"
