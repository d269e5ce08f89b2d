"""Tables over pages: totals at the foot of each are no running lines; a last row is read as the rows above."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace

from extractors.tables.figures import table_figures
from extractors.tables.read import read_parts, without_running_heads
from schemas.printed import Figure
from tests.extractors.made_pages import Sheet


def with_a_foot(number: int, foot: str) -> Sheet:
    sheet = Sheet(number)
    sheet.at(60, 400, "Lopende tekst op de bladzijde")
    sheet.at(60, 812, foot)
    return sheet


def words_left(*feet: str) -> set[str]:
    pages = [with_a_foot(k, foot).page for k, foot in enumerate(feet, start=1)]
    return {w.text for page in without_running_heads(pages) for w in page.words if w.base > 800}


def test_a_line_that_changes_in_its_page_number_alone_is_no_content() -> None:
    assert words_left("Verslag 2023 7 van 50", "Verslag 2023 8 van 50", "Verslag 2023 9 van 50") == set()


def test_a_total_at_the_same_place_of_several_pages_is_content() -> None:
    assert words_left("Totaal 506 303 99", "Totaal 357 201 81", "Totaal 826 28 1283") > {"Totaal", "506", "28", "1283"}


def read(*sheets: Sheet) -> list[Figure]:
    parts = read_parts([sheet.page for sheet in sheets])
    return table_figures(parts, Counter(), "nl", lambda _page, _top: ("stad", None))


def test_a_lone_total_on_the_next_page_has_decimals_where_the_column_above_has() -> None:
    above, below = Sheet(1), Sheet(2)
    rows = [("Noord", "1.204", "310"), ("Oost", "871", "245"), ("Zuid", "2.330", "118"), ("West", "459", "97")]
    for x, head in zip((60, 200, 320), ("Team", "Contacten", "Klachten"), strict=True):
        above.at(x, 680, head, bold=True)
    for sheet, top, body in ((above, 700, rows), (below, 80, [("Totaal", "4,864", "770")])):
        for r, row in enumerate(body):
            for x, text in zip((60, 210, 330), row, strict=True):
                sheet.at(x, top + 14 * r, text)
    total = {f.printed: f.value for f in read(above, below)}
    assert total["4,864"] == 4864


def test_a_column_of_percentages_may_go_on_over_more_pages_than_calls_may_be_nested() -> None:
    sheet = Sheet(1)
    for x, head in zip((60, 200, 320), ("Team", "Klachten", "Deel"), strict=True):
        sheet.at(x, 90, head, bold=True)
    for r, row in enumerate((("Noord", "12", "40%"), ("Oost", "9", "30%"), ("Zuid", "9", "30%"))):
        for x, text in zip((60, 210, 330), row, strict=True):
            sheet.at(x, 110 + 14 * r, text)
    (part,) = read_parts([sheet.page])
    parts = [part]
    for k in range(1, sys.getrecursionlimit() + 1):
        parts.append(replace(part, part_id=f"p{k + 1}-1", continues=parts[-1], repeated_header=True))
    figures = table_figures(parts, Counter(), "nl", lambda _page, _top: ("stad", None))
    assert len(figures) == 6 * len(parts)
