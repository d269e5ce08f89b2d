"""Where a table begins and ends: beside text, over pages, with little white between a label and its figures."""

from __future__ import annotations

from collections import Counter

from extractors.tables.figures import table_figures
from extractors.tables.judge import page_grids
from extractors.tables.read import read_parts
from tests.extractors.made_pages import Sheet

FOOT = ("12", "345", "17")
HEADS = ("2021", "2022", "2023")


def read(*sheets: Sheet) -> dict[tuple[str, str], list[str]]:
    parts = read_parts([s.page for s in sheets])
    found: dict[tuple[str, str], list[str]] = {}
    for f in table_figures(parts, Counter(), "nl", lambda _page, _top: ("", None)):
        found.setdefault((" > ".join(f.row_labels), " > ".join(f.column_labels)), []).append(f.printed)
    return found


def row(sheet: Sheet, y: float, label: str, *values: str, first: float = 200.0) -> None:
    sheet.at(60, y, label)
    for k, value in enumerate(values):
        sheet.at(first + 60 * k, y, value)


def headed(sheet: Sheet, y: float, heads: tuple[str, ...] = HEADS) -> None:
    for k, head in enumerate(heads):
        sheet.at(200 + 60 * k, y, head, bold=True)
    sheet.at(60, y, "Dienst", bold=True)


def test_the_last_row_alone_on_the_next_page_is_the_tables() -> None:
    one, two = Sheet(1), Sheet(2)
    headed(one, 640)
    for k, label in enumerate(("Parken", "Straten", "Loketten", "Sport")):
        row(one, 656 + 16 * k, label, *FOOT)
    row(two, 90, "Totaal", "48", "1380", "68")
    two.y = 150
    two.text("Na de tabel volgt nog gewone tekst over de cijfers van het voorbije jaar. " * 3)
    figures = read(one, two)
    assert figures["Totaal", "2022"] == ["1380"]
    assert figures["Sport", "2023"] == ["17"]


def test_a_line_of_other_figures_on_the_next_page_is_no_row() -> None:
    one, two = Sheet(1), Sheet(2)
    headed(one, 640)
    for k, label in enumerate(("Parken", "Straten", "Loketten", "Sport")):
        row(one, 656 + 16 * k, label, *FOOT)
    row(two, 90, "Totaal", "48", "1380", "68", first=231)
    assert not any(label == "Totaal" for label, _ in read(one, two))


def test_one_row_under_years_that_stand_close_together_is_a_table() -> None:
    sheet = Sheet()
    sheet.text("Zo veel klachten kwamen er elk jaar binnen.")
    for k in range(6):
        sheet.at(200 + 22.5 * k, 150, str(2016 + k), bold=True)
        sheet.at(200 + 22.5 * k, 166, str(744 + 9 * k))
    sheet.at(60, 166, "Ingediend")
    figures = read(sheet)
    assert [figures["Ingediend", str(2016 + k)] for k in range(6)] == [[str(744 + 9 * k)] for k in range(6)]


def test_the_longest_label_may_end_close_before_figures_set_at_the_left() -> None:
    sheet = Sheet()
    headed(sheet, 100)
    labels = ("Parken", "Straten", "Loketten", "Sport", "Bibliotheek", "Wonen", "Afval", "Schade aan de openbare weg")
    for k, label in enumerate(labels):
        row(sheet, 116 + 16 * k, label, *FOOT, first=194)
        row(sheet, 244 + 16 * k, f"{label[:6]} {k}", *FOOT, first=194)
    figures = read(sheet)
    assert figures["Schade aan de openbare weg", "2021"] == ["12"]


def test_halves_face_each_other_by_the_rows_that_hold_figures() -> None:
    one, two = Sheet(1), Sheet(2)
    headed(one, 100, ("Q1", "Q2", "Q3"))
    headed_right = ("Q4", "Totaal")
    for k, head in enumerate(headed_right):
        two.at(200 + 60 * k, 100, head, bold=True)
    y = 116
    for k, label in enumerate(("Stad:", "Parken", "Straten", "Loketten", "Districten:", "Berchem", "Ekeren", "Deurne")):
        if label.endswith(":"):
            one.at(60, y, label, bold=True)
        else:
            row(one, y, label, "1", "2", "3")
            two.at(200, y, str(k))
            two.at(260, y, str(6 + k))
        y += 16
    figures = read(one, two)
    assert figures["Districten: > Ekeren", "Q4"] == ["6"]
    assert figures["Stad: > Parken", "Totaal"] == ["7"]


def test_figures_between_the_lines_of_a_label_do_not_part_it() -> None:
    sheet = Sheet()
    headed(sheet, 100)
    y = 120.0
    long = ("Geen of te weinig", "gevolg aan een", "oproep, melding", "of klacht")
    for lines in (long, ("Houding",), ("Verkeer en", "wegen"), ("Sport",)):
        for k, text in enumerate(lines):
            sheet.at(60, y + 10.4 * k, text)
        for k, value in enumerate(FOOT):
            sheet.at(200 + 60 * k, y + 5.2 * (len(lines) - 1), value)
        y += 10.4 * len(lines) + 4
    figures = read(sheet)
    assert figures["Geen of te weinig gevolg aan een oproep, melding of klacht", "2021"] == ["12"]
    assert figures["Houding", "2023"] == ["17"]


def test_a_table_in_the_right_column_leaves_the_text_at_its_left_alone() -> None:
    sheet = Sheet()
    text = "de dienst kreeg dit jaar meer vragen over de straat en het park dan in een gewoon jaar"
    for column in (60, 300):
        for start in (80, 400):
            for k in range(12):
                sheet.at(column, start + 13 * k, text[2 * k : 2 * k + 44].strip())
    for k, line in enumerate(
        ("Meldingen per jaar waren er ook in 2021 en", "in 2022 (303) en dat ging zo door in 2023")
    ):
        sheet.at(60, 291 + 16 * k + 7 * (k == 1), line)
    for k, head in enumerate(HEADS):
        sheet.at(420 + 40 * k, 275, head, bold=True)
    sheet.at(300, 275, "Vragen", bold=True)
    for k, label in enumerate(("Algemeen", "Lopend", "Openbaarheid", "Verkeer")):
        sheet.at(300, 291 + 16 * k, label)
        for n, value in enumerate(("127", "65", "48")):
            sheet.at(420 + 40 * n, 291 + 16 * k + 7 * (k == 1), value)
    (grid,) = page_grids(sheet.page)
    assert grid.xs[0] > 290
    assert [" ".join(c.text.split()) for c in grid.matrix()[3]] == ["Openbaarheid", "127", "65", "48"]
