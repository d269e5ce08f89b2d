"""Second halves of a table: at the right or below, with rows of other heights, blank rows and spanners of their own."""

from __future__ import annotations

from collections import Counter

from extractors.page import Rule
from extractors.tables.figures import table_figures
from extractors.tables.read import read_parts
from tests.extractors.made_pages import Sheet

LABELS = ("Parken", "Straten", "Loketten", "Sport", "Wijken", "Haven")


def read(*sheets: Sheet) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for f in table_figures(read_parts([s.page for s in sheets]), Counter(), "nl", lambda _page, _top: ("", None)):
        found.setdefault((" > ".join(f.row_labels), " > ".join(f.column_labels)), []).append(f.printed)
    return found


def across(sheet: Sheet, y: float, x: float, step: float, *texts: str, bold: bool = False) -> None:
    for k, text in enumerate(texts):
        if text:
            sheet.at(x + step * k, y, text, bold=bold)


def first_half(sheet: Sheet, heads: tuple[str, ...], high: float = 18.0) -> None:
    across(sheet, 90, 60, 100, "Dienst", bold=True)
    across(sheet, 90, 160, 50, *heads, bold=True)
    for k, label in enumerate(LABELS):
        sheet.at(60, 90 + high * (k + 1), label)
        across(sheet, 90 + high * (k + 1), 160, 50, *(str(10 * k + 3 * c) for c in range(len(heads))))


def test_a_half_without_labels_below_the_first_takes_its_labels() -> None:
    sheet = Sheet()
    first_half(sheet, ("Jan", "Feb", "Maa"))
    across(sheet, 320, 60, 130, "Apr", "Mei", "Jun", bold=True)
    for k in range(len(LABELS)):
        across(sheet, 338 + 18 * k, 60, 130, *(str(500 + 7 * k * k + 3 * c) for c in range(3)))
    figures = read(sheet)
    assert figures["Straten", "Feb"] == ["13"]
    assert figures["Straten", "Mei"] == ["510"]
    assert figures["Haven", "Jun"] == ["681"]


def test_a_row_that_is_blank_in_the_second_half_does_not_part_it() -> None:
    sheet = Sheet()
    first_half(sheet, ("Jan", "Feb", "Maa"), 27)
    sheet.at(60, 90 + 27 * 7, "Hotel")
    across(sheet, 90 + 27 * 8, 60, 100, "Totaal", "150", bold=True)
    across(sheet, 90 + 27 * 8, 210, 50, "156", "162", bold=True)
    across(sheet, 400, 60, 130, "Apr", "Mei", "Jun", bold=True)
    for k in (1, 2, 3, 4, 5, 6, 8):  # nothing is printed beside `Hotel`
        across(sheet, 400 + 27 * k, 60, 130, *(str(500 + 7 * k * k + 3 * c) for c in range(3)))
    figures = read(sheet)
    assert figures["Haven", "Apr"] == ["752"]
    assert figures["Totaal", "Jun"] == ["954"]


def test_halves_at_one_height_belong_together_though_labels_on_two_lines_make_one_longer() -> None:
    sheet = Sheet(width=842, height=595)
    first_half(sheet, ("Jan", "Feb", "Maa"), 24)
    across(sheet, 90, 400, 60, "Apr", "Mei", "Jun", bold=True)
    for left, right, foot in ((58.0, 330.0, 240.0), (396.0, 550.0, 198.0)):
        sheet.page.rules += [Rule(True, y, left, right, 0.5) for y in (80.0, 95.0, foot)]
    for k in range(len(LABELS)):
        across(sheet, 90 + 17 * (k + 1), 400, 60, *(str(500 + 7 * k * k + 3 * c) for c in range(3)))
    assert read(sheet)["Sport", "Jun"] == ["569"]


def test_a_spanner_over_the_first_head_of_a_half_is_told_from_it_by_the_first_halfs_heads() -> None:
    one, two = Sheet(1), Sheet(2)
    one.at(160, 76, "Contacten met de balie", bold=True)
    first_half(one, ("Q1", "Q2", "Q3"))
    two.at(60, 76, "Klachten", bold=True)
    across(two, 90, 60, 110, "Q1", "Q2", "Q3", bold=True)
    for k in range(len(LABELS)):
        across(two, 108 + 18 * k, 60, 110, *(str(500 + 7 * k * k + 3 * c) for c in range(3)))
    figures = read(one, two)
    assert figures["Parken", "Contacten met de balie > Q2"] == ["3"]
    assert figures["Parken", "Klachten > Q1"] == ["500"]
    assert figures["Haven", "Klachten > Q3"] == ["681"]


def test_a_table_ends_before_the_heads_of_the_next_one_under_a_rule_as_wide() -> None:
    sheet = Sheet()
    first_half(sheet, ("Jan", "Feb", "Maa"))
    across(sheet, 330, 60, 100, "Wijk", bold=True)
    across(sheet, 330, 160, 50, "Apr", "Mei", "Jun", bold=True)
    for y in (95.0, 335.0):
        sheet.page.rules.append(Rule(True, y, 58, 300, 0.5))
    for k, label in enumerate(LABELS):
        sheet.at(60, 348 + 18 * k, label)
        across(sheet, 348 + 18 * k, 160, 50, *(str(500 + 7 * k * k + 3 * c) for c in range(3)))
    figures = read(sheet)
    assert figures["Haven", "Maa"] == ["56"]
    assert figures["Parken", "Apr"] == ["500"]
    assert not any("Wijk" in row.split(" > ") for row, _ in figures)
