"""Bands of shade behind rows: how far a table reaches, which lines are one row, and text right above its heads."""

from __future__ import annotations

from itertools import pairwise

from extractors.page import Page, lines_of
from extractors.tables.bands import band_between, bands
from extractors.tables.judge import page_grids
from extractors.tables.read import read_parts
from tests.extractors.made_pages import Sheet

EDGES = (58.0, 200.0, 290.0, 380.0, 470.0)


def cells_shaded(sheet: Sheet, top: float, bottom: float) -> None:
    for a, b in pairwise(EDGES):
        sheet.shade(a, top, b, bottom, 0.9)


def texts(page: Page) -> list[list[list[str]]]:
    return [[[" ".join(c.text.split()) for c in row] for row in grid.matrix()] for grid in page_grids(page)]


def row(sheet: Sheet, base: float, *cells: str, bold: bool = False) -> None:
    for x, text in zip((60, 230, 320, 410), cells, strict=True):
        if text:
            sheet.at(x, base, text, bold=bold)


def test_cells_shaded_one_by_one_are_one_band() -> None:
    sheet = Sheet()
    cells_shaded(sheet, 100, 114)
    sheet.shade(500, 100, 540, 114, 0.9)
    assert [(s.x0, s.x1) for s in bands(sheet.page)] == [(58.0, 470.0), (500.0, 540.0)]


def test_bands_of_the_table_beside_part_no_lines() -> None:
    sheet = Sheet()
    row(sheet, 108, "Privacy and", "2", "1", "")
    sheet.at(60, 118, "discretion")
    sheet.shade(420, 112, 560, 126, 0.9)
    upper, lower = lines_of(sheet.page.words)
    assert not band_between(upper, lower, bands(sheet.page))
    sheet.shade(58, 112, 410, 126, 0.9)
    assert band_between(upper, lower, bands(sheet.page))


def test_dots_that_end_a_label_on_a_line_of_their_own_are_no_row() -> None:
    sheet = Sheet()
    row(sheet, 90, "Kind", "2021", "2022", "2023", bold=True)
    cells_shaded(sheet, 98, 142)
    sheet.at(60, 110, "No answer to a report,")
    row(sheet, 122, "call, letter, claim,", "16", "10", "88")
    sheet.at(60, 134, "...")
    for k, label in enumerate(("Attitude", "Damage", "Waiting", "Errors")):
        if k % 2:
            cells_shaded(sheet, 142 + 18 * k, 160 + 18 * k)
        row(sheet, 154 + 18 * k, label, str(12 + k), str(3 + k), str(40 + k))
    (table,) = texts(sheet.page)
    assert len(table) == 6
    assert table[1] == ["No answer to a report, call, letter, claim, ...", "16", "10", "88"]


def test_rows_with_few_figures_above_the_first_band_belong_to_the_table_with_their_heads() -> None:
    sheet = Sheet()
    row(sheet, 90, "Kind", "Founded", "Unfounded", "Disputed", bold=True)
    figures = [("2", "", ""), ("6", "2", "4"), ("3", "", "1"), ("1", "1", ""), ("", "1", "1"), ("13", "5", "6")]
    for k, row_of in enumerate(figures):
        if k % 2:
            cells_shaded(sheet, 98 + 14 * k, 112 + 14 * k)
        row(sheet, 108 + 14 * k, f"Subject {k}", *row_of)
    for k in range(9):  # two columns of text below, whose white goes through the table
        for x in (60, 300):
            sheet.at(x, 220 + 12 * k, "people than in the year before came to the desk", 9.0)
    (table,) = texts(sheet.page)
    assert table[0] == ["Kind", "Founded", "Unfounded", "Disputed"]
    assert table[1] == ["Subject 0", "2", "", ""]
    assert len(table) == 7


def test_the_last_line_of_running_text_is_no_head_of_the_table_below() -> None:
    sheet = Sheet()
    text = (
        "The office was called by a good many more of us",
        "than in the year before, and so it had to ask that",
        "two more people come to sit at its desk in the hall",
        "where nobody waits.",
    )
    for k, line in enumerate(text):
        sheet.at(60, 48 + 12 * k, line, 9.0)
        sheet.at(300, 48 + 12 * k, line, 9.0)
    row(sheet, 101, "Kind", "2021", "2022", "2023", bold=True)
    for k in range(4):
        row(sheet, 115 + 13 * k, f"Subject {k}", str(20 + k), str(31 + k), str(7 + k))
    (table,) = texts(sheet.page)
    assert table[0] == ["Kind", "2021", "2022", "2023"]


def test_numbers_without_any_head_or_label_are_no_table() -> None:
    sheet = Sheet()
    for k in range(5):
        row(sheet, 100 + 14 * k, str(310 + k), str(42 + k), str(7 + k), str(98 + k))
    assert read_parts([sheet.page]) == []
