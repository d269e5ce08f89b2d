"""Shaded cells tell columns and heads; halves of a table that break at different rows find each other."""

from __future__ import annotations

import io
from collections import Counter
from itertools import pairwise
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from extractors.page import Page
from extractors.pdfium import open_pdf, read_page
from extractors.tables import shaded, structure
from extractors.tables.figures import table_figures
from extractors.tables.judge import page_grids
from extractors.tables.read import read_parts
from extractors.tables.stitch import Part, link
from schemas.printed import Figure
from tests.extractors.made_pages import Sheet

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug")


def shade_cells(sheet: Sheet, edges: list[float], top: float, bottom: float) -> None:
    for a, b in pairwise(edges):
        sheet.shade(a, top, b, bottom)


def texts(page: Page) -> list[list[list[str]]]:
    return [[[" ".join(c.text.split()) for c in row] for row in grid.matrix()] for grid in page_grids(page)]


def read(*pages: Page) -> list[Figure]:
    return table_figures(read_parts(list(pages)), Counter(), "en", lambda _page, _top: ("body", None))


def labelled(figures: list[Figure]) -> dict[tuple[str, str], str]:
    return {(" > ".join(f.row_labels), " > ".join(f.column_labels)): f.printed for f in figures}


def test_heads_close_together_are_parted_by_the_cells_that_are_shaded_under_them() -> None:
    sheet = Sheet()
    edges = [58.0, 120.0, *(120.0 + 18 * (k + 1) for k in range(8))]
    shade_cells(sheet, edges, 90, 106)
    for k, month in enumerate(MONTHS):
        sheet.at(122 + 18 * k, 102, month)
    for r, label in enumerate(("North", "South", "East", "West")):
        sheet.at(60, 120 + 16 * r, label)
        for k in range(8):
            sheet.at(123 + 18 * k, 120 + 16 * r, str(10 + 3 * k + r))
    (table,) = texts(sheet.page)
    assert table[0] == ["", *MONTHS]
    assert table[1][:3] == ["North", "10", "13"]


def test_the_bars_of_a_chart_are_no_cells() -> None:
    sheet = Sheet()
    for k in range(6):
        sheet.shade(60 + 20 * k, 100, 80 + 20 * k, 160)
    assert shaded.propose(sheet.page) == []


def test_a_half_that_breaks_at_another_row_faces_all_rows_of_the_other() -> None:
    labels = [f"Kind {c}" for c in "ABCDEFGHI"]
    left, rest, right = Sheet(1), Sheet(2), Sheet(3)
    for sheet, rows in ((left, labels[:5]), (rest, labels[5:])):
        for x, head in zip((160, 260, 360), ("2001", "2002", "2003"), strict=True):
            sheet.at(x, 90, f"In {head}", bold=True)
        for r, label in enumerate(rows):
            sheet.at(60, 110 + 14 * r, label)
            for x, value in zip((165, 265, 365), (11, 22, 33), strict=True):
                sheet.at(x, 110 + 14 * r, str(value + labels.index(label)))
    for x, head in zip((60, 160, 260), ("Open", "Closed", "Pending"), strict=True):
        right.at(x, 90, head, bold=True)
    for r in range(9):
        for x, value in zip((65, 165, 265), (41, 52, 63), strict=True):
            right.at(x, 110 + 14 * r, str(value + r))
    found = labelled(read(left.page, rest.page, right.page))
    assert found["Kind A", "Open"] == "41"
    assert found["Kind F", "Open"] == "46"
    assert found["Kind I", "Pending"] == "71"


def test_a_label_between_the_lines_of_its_rows_holds_for_all_that_is_left() -> None:
    sheet = Sheet()
    for x, head in zip((60, 130, 260, 330), ("Office", "Team", "Calls", "Letters"), strict=True):
        sheet.at(x, 90, head, bold=True)
    for r, team in enumerate(("Desk", "Roads", "Parks", "Waste", "Tax", "Civil", "Youth", "Sport")):
        sheet.at(130, 110 + 16 * r, team)
        sheet.at(265, 110 + 16 * r, str(20 + r))
        sheet.at(335, 110 + 16 * r, str(50 + r))
    sheet.at(60, 110, "First")
    sheet.at(60, 110 + 16 * 3 + 8, "Second")
    found = labelled(read(sheet.page))
    assert found["First > Desk", "Calls"] == "20"
    assert found["Second > Roads", "Calls"] == "21"
    assert found["Second > Sport", "Letters"] == "57"


def test_white_capitals_on_a_dark_ground_are_seen(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.setFillGray(0.2)
    canvas.rect(60, 700, 200, 20, stroke=0, fill=1)
    canvas.setFillGray(1)
    canvas.setFont("Helvetica-Bold", 7)
    canvas.drawString(66, 706, "BINNEN")
    canvas.drawString(66, 600, "UNSEEN")
    canvas.save()
    path = tmp_path / "dark.pdf"
    path.write_bytes(buffer.getvalue())
    with open_pdf(path) as document:
        page = read_page(document, 1)
    assert [w.text for w in page.words] == ["BINNEN"]


def test_a_half_that_begins_a_little_higher_than_the_rows_it_stands_beside_takes_their_labels() -> None:
    left, right = Sheet(), Sheet()
    for k, head in enumerate(("Calls", "Mail")):
        left.at(150 + 50 * k, 93, head, bold=True)
        right.at(350 + 50 * k, 90, head.upper(), bold=True)
    for r, kind in enumerate(("Roads", "Parks", "Waste", "Noise")):
        left.at(60, 120 + 16 * r, kind)
        for k in range(2):
            left.at(150 + 50 * k, 120 + 16 * r, str(20 + 10 * k + r))
            right.at(350 + 50 * k, 120 + 16 * r, str(60 + 10 * k + r))
    grids = [page_grids(sheet.page)[0] for sheet in (right, left)]
    parts = [Part(left.page, structure.read(grid), f"p1-{n}") for n, grid in enumerate(grids)]
    link(parts)
    found = labelled(table_figures(parts, Counter(), "en", lambda _page, _top: ("body", None)))
    assert found["Roads", "CALLS"] == "60"
    assert found["Noise", "MAIL"] == "73"
