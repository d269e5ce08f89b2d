from __future__ import annotations

import pytest
from made_pages import Sheet

from extractors.lists import find_lists
from extractors.outline import read_outline
from extractors.prose import find_figures
from extractors.textflow import paragraphs
from schemas.printed import Box, Figure

FILL = (
    "De dienst werkt met een vast team dat vragen van burgers beantwoordt en daarover elk jaar verslag "
    "uitbrengt aan de raad."
)


def _lists(*sheets: Sheet, language: str = "nl") -> tuple[Figure, ...]:
    pages = [s.page for s in sheets]
    outline = read_outline(pages, language, (), "Stad Voorbeeld")
    flow = paragraphs(pages, (), outline)
    listed = find_lists(flow, outline, language)
    boxes = {f.place for f in listed}
    assert not boxes & {f.place for f in find_figures(flow, outline, language)}, "no figure is read twice"
    return listed


def _rows(figures: tuple[Figure, ...]) -> list[tuple[str, float, str]]:
    return [(f.row_labels[0], f.value, f.unit) for f in figures]


def test_items_with_a_count_are_a_list_under_the_sentence_before_it_over_a_page_break() -> None:
    one = Sheet(1).text(FILL).text(FILL).down(480).text("Van deze klachten ontvingen we:")
    one.item("7 via het algemene e-mailadres", gap=5).item("2 via de zonecommandant")
    two = Sheet(2).item("1 via het Kabinet Burgemeester").text(FILL).text(FILL)
    found = _lists(one, two)
    assert _rows(found) == [
        ("via het algemene e-mailadres", 7, "count"), ("via de zonecommandant", 2, "count"),
        ("via het Kabinet Burgemeester", 1, "count"),
    ]  # fmt: skip
    assert {f.table_title for f in found} == {"Van deze klachten ontvingen we:"}
    assert [f.place.page for f in found] == [1, 1, 2]


def test_bullets_that_are_drawn_make_items_of_lines_that_end_in_a_figure() -> None:
    sheet = Sheet().text(FILL).text("Klachten kwamen binnen:")
    for item in ("per e-mail: 122", "via het formulier: 61", "per brief: 9"):
        sheet.text(item, indent=14, gap=2)
        word = next(w for w in reversed(sheet.page.words) if w.text in ("per", "via"))
        sheet.page.drawings.append(Box(word.x0 - 10, word.base - 5, word.x0 - 6.5, word.base - 1.5))
    assert _rows(_lists(sheet)) == [
        ("per e-mail", 122, "count"), ("via het formulier", 61, "count"), ("per brief", 9, "count"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            "73% of 423 technische klachten",
            [("technische klachten", 73, "percent"), ("technische klachten", 423, "count")],
        ),
        ("133 (87%) gegronde klachten", [("gegronde klachten", 133, "count"), ("gegronde klachten", 87, "percent")]),
        ("Overlast: 45 (12,5%)", [("Overlast", 45, "count"), ("Overlast", 12.5, "percent")]),
        ("afval en reiniging (39%, 23)", [("afval en reiniging", 39, "percent"), ("afval en reiniging", 23, "count")]),
        ("telefonisch – 1.204", [("telefonisch", 1204, "count")]),
    ],
)
def test_an_item_carries_a_count_a_share_or_both(item: str, expected: list[tuple[str, float, str]]) -> None:
    sheet = Sheet().text(FILL).text("De verdeling:").item(item, gap=5).item("9 andere klachten").text(FILL)
    assert _rows(_lists(sheet))[: len(expected)] == expected


def test_an_earlier_year_in_brackets_is_a_figure_of_its_own() -> None:
    sheet = Sheet().text(FILL).text("The main subjects were:").item("427 Housing allocation (390 in 2014)", gap=5)
    sheet.item("112 Planning (86 in 2014)").text(FILL)
    found = _lists(sheet, language="en")
    assert [(f.value, f.years) for f in found] == [(427, ()), (390, ("2014",)), (112, ()), (86, ("2014",))]


def test_numbered_sentences_are_no_list_of_figures() -> None:
    sheet = (
        Sheet()
        .text(FILL)
        .text("Onze afspraken:")
        .item("Behandel iedere klacht binnen de 21 werkdagen.", mark="1.", gap=5)
    )
    sheet.item("Werk samen bij meervoudige klachten.", mark="2.").item("Toon empathie.", mark="3.").text(FILL)
    assert _lists(sheet) == ()


def test_lines_without_bullets_that_open_with_a_figure_are_a_list() -> None:
    sheet = (
        Sheet().text(FILL).text("127 klachten behandeld in 2022 tegenover | 116 klachten behandeld in 2023").text(FILL)
    )
    assert [(f.value, f.years) for f in _lists(sheet)] == [(127, ("2022",)), (116, ("2023",))]
