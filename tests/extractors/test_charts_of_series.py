"""Charts of several series, pies and lines: every printed value with its category and series, and nothing else."""

from __future__ import annotations

import random

import pytest

from benchmarks.narrative import drawn
from benchmarks.narrative.measure_charts import read
from extractors.legends import bars_by_colour
from extractors.page import Shade
from extractors.reading_order import joined
from tests.extractors.made_pages import Sheet

MAKERS = (drawn._bars, drawn._grouped, drawn._stacked, drawn._lying, drawn._pie_legend, drawn._line)


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__.strip("_"))
def test_values_are_paired_with_their_category_and_series(make) -> None:  # type: ignore[no-untyped-def]
    chart = make(random.Random(4))
    assert dict(read(chart)) == dict.fromkeys(chart.truth, 1)


def test_a_pie_says_which_part_belongs_to_which_slice() -> None:
    chart = drawn._pie(random.Random(4))
    found = read(chart)
    assert set(found) <= set(chart.truth)
    assert sum(found.values()) >= len(chart.truth) - 1


RED, BLUE = (170, 51, 51), (34, 68, 102)


def set_chart(sheet: Sheet, base: float, series: tuple[str, ...], values: dict[str, tuple[int, ...]]) -> None:
    """Standing bars on the line `base`, their values over them, names and a legend below, colours always the same."""
    for i, (name, numbers) in enumerate(values.items()):
        sheet.at(110 + 90 * i, base + 14, name)
        for k, (number, colour) in enumerate(zip(numbers, (RED, BLUE), strict=False)):
            x = 100 + 90 * i + 25 * k
            sheet.page.shades.append(Shade(x, base - number, x + 25, base, 0.3, colour=colour))
            sheet.at(x + 5, base - number - 4, str(number), 8.0)
    for k, (word, colour) in enumerate(zip(series, (RED, BLUE), strict=False)):
        sheet.page.shades.append(Shade(110 + 90 * k, base + 28, 117 + 90 * k, base + 35, 0.3, colour=colour))
        sheet.at(120 + 90 * k, base + 35, word)


def said(sheet: Sheet) -> set[tuple[str, str, str]]:
    values = [v for chart in bars_by_colour(sheet.page) for v in chart.values]
    return {(joined(v.category), joined(v.series), joined(v.words)) for v in values}


def test_charts_of_one_page_share_colours_and_have_a_legend_each() -> None:
    sheet = Sheet()
    set_chart(sheet, 200, ("2022", "2023"), {"Q1": (40, 48), "Q2": (52, 57)})
    set_chart(sheet, 500, ("gegrond", "ongegrond"), {"Afval": (31, 22), "Groen": (14, 35)})
    assert said(sheet) == {
        ("Q1", "2022", "40"), ("Q1", "2023", "48"), ("Q2", "2022", "52"), ("Q2", "2023", "57"),
        ("Afval", "gegrond", "31"), ("Afval", "ongegrond", "22"),
        ("Groen", "gegrond", "14"), ("Groen", "ongegrond", "35"),
    }  # fmt: skip


def test_a_chart_without_a_legend_takes_no_part_in_one_that_has_its_colour() -> None:
    sheet = Sheet()
    set_chart(sheet, 200, (), {"Afval": (71,), "Groen": (33,)})
    set_chart(sheet, 500, ("gegrond", "ongegrond"), {"Afval": (31, 22), "Groen": (14, 35)})
    assert {value for _, _, value in said(sheet)} == {"31", "22", "14", "35"}
