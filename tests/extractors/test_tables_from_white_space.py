"""Tables that no full grid of lines draws: what their rows, heads and labels are, and what is no table."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.page import Page, Rule, Word
from extractors.pdfium import open_pdf, read_page
from extractors.tables.judge import page_grids
from extractors.tables.read import read_parts, unread
from extractors.words import Glyph, Style, build_words
from tests.extractors.made_pages import Sheet, words_of

RIGHT = (260, 330, 400)


def texts(page: Page) -> list[list[list[str]]]:
    return [[[" ".join(c.text.split()) for c in row] for row in grid.matrix()] for grid in page_grids(page)]


def figures(sheet: Sheet, y: float, *values: str, ends: tuple[float, ...] = RIGHT) -> None:
    for end, value in zip(ends, values, strict=False):
        sheet.at(end - 5 * len(value), y, value)


def headed(sheet: Sheet) -> None:
    for end, head in zip(RIGHT, ("2001", "2002", "2003"), strict=True):
        sheet.at(end - 20, 100, head, bold=True)
    sheet.at(60, 100, "Item", bold=True)


def test_leader_dots_belong_to_their_label() -> None:
    sheet = Sheet()
    headed(sheet)
    for k, label in enumerate(("Wheat ..............", "Hogs and pigs ......", "Apples .............")):
        sheet.at(60, 116 + 14 * k, label)
        figures(sheet, 116 + 14 * k, "12", "1,345", "17")
    (table,) = texts(sheet.page)
    assert table[1] == ["Wheat ..............", "12", "1,345", "17"]


def test_leader_dots_set_one_by_one_are_one_word() -> None:
    style = Style(10, 0, "Font", False, False, (0, 0, 0), 1)
    glyphs: list[Glyph] = [(c, 10 + 5 * k, 0, 14 + 5 * k, 7, 10 + 5 * k, style, 0, False) for k, c in enumerate("Oil")]
    glyphs += [(c, 32 + 4 * k, 0, 33 + 4 * k, 2, 32 + 4 * k, style, 0, False) for k, c in enumerate(". . . . . .")]
    assert [w.text for w in build_words(glyphs, (1, 0, 0, -1, 0, 100))] == ["Oil", "......"]


def test_a_label_on_two_lines_has_its_numbers_on_the_last() -> None:
    sheet = Sheet()
    headed(sheet)
    rows = ["Wheat", "Hogs, pigs", "and other animals", "Apples", "Milk, butter,", "cheese and cream"]
    for k, label in enumerate(rows):
        sheet.at(60, 116 + 12 * k, label)
        if k not in (1, 4):
            figures(sheet, 116 + 12 * k, "12", "345", "17")
    (table,) = texts(sheet.page)
    assert [row[0] for row in table[1:]] == [
        "Wheat", "Hogs, pigs and other animals", "Apples", "Milk, butter, cheese and cream",
    ]  # fmt: skip


def test_a_currency_set_apart_belongs_to_its_figure() -> None:
    sheet = Sheet()
    headed(sheet)
    for k, label in enumerate(("Total", "Grants", "Loans", "Other")):
        sheet.at(60, 116 + 14 * k, label)
        figures(sheet, 116 + 14 * k, "1,200", "345", "17")
    for end in RIGHT:
        sheet.at(end - 42, 116, "$")
    (table,) = texts(sheet.page)
    assert table[1] == ["Total", "$ 1,200", "$ 345", "$ 17"]


def test_a_label_in_the_middle_of_the_table_opens_a_group_and_spans_it() -> None:
    sheet = Sheet()
    headed(sheet)
    sheet.at(218, 120, "Men", italic=True)
    for k, label in enumerate(("Wheat", "Hogs", "Apples", "Milk")):
        sheet.at(60, 134 + 14 * k, label)
        figures(sheet, 134 + 14 * k, "12", "345", "17")
    (table,) = texts(sheet.page)
    assert table[1] == ["Men"] * 4
    assert table[0] == ["Item", "2001", "2002", "2003"]


def test_lines_drawn_around_the_heads_alone_tell_what_each_head_spans() -> None:
    sheet = Sheet()
    edges = (55, 200, 270, 340, 410)
    sheet.at(60, 112, "Item").at(262, 100, "Number").at(230, 118, "Men").at(290, 118, "Women").at(366, 112, "Rate")
    for y, lo, hi in ((88, 55, 410), (105, 200, 340), (124, 55, 410), (190, 55, 410)):
        sheet.page.rules.append(Rule(True, y, lo, hi))
    for x in edges[1:-1]:
        sheet.page.rules.append(Rule(False, x, 105 if x == 270 else 88, 124))
    for k, label in enumerate(("Wheat", "Hogs", "Apples", "Milk")):
        sheet.at(60, 138 + 14 * k, label)
        figures(sheet, 138 + 14 * k, "12", "345", "1.7", ends=(250, 320, 390))
    (table,) = texts(sheet.page)
    assert table[:3] == [
        ["Item", "Number", "Number", "Rate"], ["Item", "Men", "Women", "Rate"], ["Wheat", "12", "345", "1.7"],
    ]  # fmt: skip


def test_cells_of_running_words_are_rows_where_white_parts_them() -> None:
    sheet = Sheet()
    for x, head in ((60, "Program"), (200, "Purpose"), (350, "Status")):
        sheet.at(x, 100, head, bold=True)
    for k in range(4):
        y = 120 + 38 * k
        sheet.at(60, y, f"Program {'ABCD'[k]}").at(200, y, "Grants to small").at(350, y, "Under review")
        sheet.at(200, y + 12, "towns for roads")
    (table,) = texts(sheet.page)
    assert table[1] == ["Program A", "Grants to small towns for roads", "Under review"]
    assert len(table) == 5


def test_a_label_in_the_middle_of_its_group_holds_for_all_its_rows() -> None:
    sheet = Sheet()
    for x, head in ((60, "Region"), (150, "Item"), (240, "2001"), (310, "2002")):
        sheet.at(x, 100, head, bold=True)
    labels = ["Wheat", "Hogs", "Apples", "Milk", "Corn", "Oats"]
    for k, label in enumerate(labels):
        sheet.at(150, 118 + 16 * k, label)
        figures(sheet, 118 + 16 * k, "120", "345", ends=(260, 330))
    sheet.at(60, 134, "North").at(60, 182, "South")
    (table,) = texts(sheet.page)
    assert [row[0] for row in table[1:]] == ["North"] * 3 + ["South"] * 3


def test_a_table_in_one_column_of_a_page_is_read_without_the_text_beside_it() -> None:
    sheet = Sheet()
    line = "most of the increase took place in the south, where"
    sheet.page.words = [w for k in range(24) for w in words_of(line, 320, 90 + 11 * k, 8.5)]
    sheet.at(60, 100, "Item", 8.5, bold=True).at(190, 100, "2001", 8.5, bold=True).at(250, 100, "2002", 8.5, bold=True)
    for k, label in enumerate(("Wheat", "Hogs", "Apples", "Milk")):
        sheet.at(60, 114 + 13 * k, label, 8.5).at(195, 114 + 13 * k, "125", 8.5).at(255, 114 + 13 * k, "97", 8.5)
    (table,) = texts(sheet.page)
    assert table[1] == ["Wheat", "125", "97"]


def test_a_long_list_of_pages_without_dots_is_no_table() -> None:
    sheet = Sheet()
    for k in range(10):
        sheet.at(60, 100 + 14 * k, f"Chapter about {'abcdefghij'[k] * 6}").at(500, 100 + 14 * k, str(3 + 4 * k))
    assert read_parts([sheet.page]) == []


@pytest.mark.parametrize("odd", ["12²", "②", "9" * 5000])
def test_digits_that_are_no_number_cost_no_table(odd: str) -> None:
    sheet = Sheet()
    headed(sheet)
    for k, label in enumerate(("Wheat", "Hogs", "Apples", "Pears", "Plums")):
        sheet.at(60, 116 + 14 * k, label)
        figures(sheet, 116 + 14 * k, "12", "17", odd if k == 2 else "19")
    parts = read_parts([sheet.page])
    assert [[" ".join(c.text.split()) for c in row][:2] for row in parts[0].body.grid.matrix()][1] == ["Wheat", "12"]


def test_heads_that_run_upwards_are_read(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 300), invariant=1)
    canvas.setFont("Helvetica", 9)
    canvas.drawString(40, 205, "Item")
    for k, head in enumerate(("upheld", "partly upheld", "settled")):
        canvas.saveState()
        canvas.translate(160 + 40 * k, 205)
        canvas.rotate(90)
        canvas.drawString(0, 0, head)
        canvas.restoreState()
    for r, label in enumerate(("Roads", "Waste", "Taxes", "Parks")):
        canvas.drawString(40, 190 - 15 * r, label)
        for k in range(3):
            canvas.drawRightString(162 + 40 * k, 190 - 15 * r, str(12 + r * 3 + k))
    canvas.save()
    path = tmp_path / "turned.pdf"
    path.write_bytes(buffer.getvalue())
    with open_pdf(path) as document:
        page = read_page(document, 1)
    assert [w.text for w in page.turned] == ["upheld", "partly upheld", "settled"]
    assert all(isinstance(w, Word) and w.text.isalnum() for w in page.words)
    (table,) = texts(page)
    assert table[:2] == [["Item", "upheld", "partly upheld", "settled"], ["Roads", "12", "13", "14"]]


def test_one_text_that_runs_upwards_is_an_axis_title_and_no_head() -> None:
    sheet = Sheet()
    headed(sheet)
    for k, label in enumerate(("Wheat", "Hogs", "Apples")):
        sheet.at(60, 116 + 14 * k, label)
        figures(sheet, 116 + 14 * k, "12", "345", "17")
    sheet.page.turned = [Word("Number of cases", 30, 80, 40, 150, 150, 9)]
    (table,) = texts(sheet.page)
    assert table[0] == ["Item", "2001", "2002", "2003"]


def test_rows_of_numbers_that_fall_into_no_columns_are_reported_and_not_guessed() -> None:
    sheet = Sheet(number=7)
    for k, label in enumerate(("Wheat", "Hogs", "Apples", "Milk", "Corn", "Oats", "Beans", "Rye")):
        sheet.at(60, 100 + 14 * k, label)
        for n in range(3):
            sheet.at(150 + 9 * k + 27 * n, 100 + 14 * k, f"{170 * (n + 1)}")
    assert read_parts([sheet.page]) == []
    (problem,) = unread([sheet.page], [])
    assert (problem.page, problem.severity) == (7, "warning")
    assert "may be a table" in problem.what


def test_a_page_whose_tables_are_read_is_not_reported() -> None:
    sheet = Sheet()
    headed(sheet)
    for k, label in enumerate(("Wheat", "Hogs", "Apples", "Milk", "Corn")):
        sheet.at(60, 116 + 14 * k, label)
        figures(sheet, 116 + 14 * k, "12", "1,345", "17")
    assert unread([sheet.page], read_parts([sheet.page])) == []
