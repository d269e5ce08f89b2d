from __future__ import annotations

from itertools import pairwise

from made_pages import Sheet

from extractors.charts import chart_boxes, find_charts
from extractors.outline import read_outline
from extractors.textflow import paragraphs
from schemas.printed import Box, TablePart


def _charts(sheet: Sheet):
    outline = read_outline([sheet.page], "nl", (), "Stad Voorbeeld")
    return find_charts(sheet.page, (), "nl", outline), outline


def _lying() -> Sheet:
    sheet = Sheet().text("De meldingen van dit jaar gingen vaak over de publieke ruimte in de stad, zo blijkt.")
    sheet.at(200, 130, "Meldingen per categorie", bold=True)
    for number, (label, value, width) in enumerate(
        (("publieke ruimte", "1.622", 250), ("overlast", "1.242", 190), ("andere", "45", 8))
    ):
        top = 150 + 40 * number
        sheet.at(195 - 5 * len(label) - 3, top + 13, label, 9).shade(200, top, 200 + width, top + 20)
        sheet.at(206 + width, top + 13, value, 9)
    return sheet


def test_lying_bars_pair_the_label_before_with_the_value_after() -> None:
    (found, problems), _ = _charts(_lying())
    assert [(f.row_labels, f.value, f.unit) for f in found] == [
        (("publieke ruimte",), 1622, "count"), (("overlast",), 1242, "count"), (("andere",), 45, "count"),
    ]  # fmt: skip
    assert {f.table_title for f in found} == {"Meldingen per categorie"}
    assert problems == ()


def test_standing_bars_pair_the_value_above_with_the_label_below() -> None:
    sheet = Sheet().at(60, 100, "Aard van de klachten (in procenten)", bold=True)
    for number, (label, value, height) in enumerate(
        (("organisatie", "53", 90), ("bejegening", "7", 12), ("maatwerk", "5", 8))
    ):
        x = 120 + 80 * number
        sheet.shade(x, 250 - height, x + 40, 250).at(x + 14, 246 - height, value, 9).at(x - 8, 264, label, 8)
    (found, _), _ = _charts(sheet)
    assert [(f.row_labels[0], f.value, f.unit) for f in found] == [
        ("organisatie", 53, "percent"),
        ("bejegening", 7, "percent"),
        ("maatwerk", 5, "percent"),
    ]


def test_a_chart_without_values_is_a_problem_and_no_number() -> None:
    sheet = Sheet().at(60, 100, "Klachten per maand", bold=True)
    for number in range(6):
        sheet.shade(100 + 30 * number, 200 - 9 * number - 10, 118 + 30 * number, 200).at(
            102 + 30 * number, 214, "jan", 7
        )
    (found, problems), _ = _charts(sheet)
    assert found == ()
    assert len(problems) == 1
    assert "prints no values" in problems[0].what


def test_a_chart_s_words_are_not_running_text() -> None:
    sheet = _lying()
    _, outline = _charts(sheet)
    assert len(chart_boxes(sheet.page)) == 1
    assert all("1.622" not in p.text for p in paragraphs([sheet.page], (), outline))


def test_shaded_table_cells_are_no_bars() -> None:
    sheet = Sheet()
    for row in range(4):
        top = 100 + 30 * row
        sheet.shade(60, top, 500, top + 15, 0.9).at(65, top + 11, f"Overlast {row}", 9).at(400, top + 11, "12", 9)
    (found, problems), _ = _charts(sheet)
    assert found == ()
    assert problems == ()


def test_what_stands_in_a_table_is_no_chart() -> None:
    sheet = _lying()
    table = TablePart("p1-1", 1, Box(90, 140, 520, 260), 1, 1, (), "ruled", 0.9)
    outline = read_outline([sheet.page], "nl", (), "Stad Voorbeeld")
    assert find_charts(sheet.page, (table,), "nl", outline).figures == ()
    assert chart_boxes(sheet.page, (table.box,)) == ()


def _line(values: tuple[str, ...], heights: tuple[int, ...], *, years: bool = True) -> Sheet:
    sheet = Sheet().at(60, 100, "Klachten per jaar", bold=True)
    points = [(120.0 + 70 * k, 300.0 - h) for k, h in enumerate(heights)]
    for (x0, y0), (x1, y1) in pairwise(points):
        sheet.page.drawings.append(Box(x0, min(y0, y1), x1, max(y0, y1)))
    for k, ((x, y), value) in enumerate(zip(points, values, strict=True)):
        sheet.at(x - 8, y - 6, value, 8)
        if years:
            sheet.at(x - 8, 320, str(2019 + k), 8)
    return sheet


def test_a_line_s_points_pair_the_value_beside_with_the_label_below() -> None:
    (found, problems), _ = _charts(_line(("120", "90", "150", "180"), (120, 90, 150, 180)))
    assert [(f.row_labels, f.value, f.method) for f in found] == [
        (("2019",), 120, "chart-line"), (("2020",), 90, "chart-line"), (("2021",), 150, "chart-line"),
        (("2022",), 180, "chart-line"),
    ]  # fmt: skip
    assert problems == ()


def test_numbers_that_do_not_fit_a_line_s_height_are_not_its_values() -> None:
    (found, problems), _ = _charts(_line(("12", "900", "15", "180"), (120, 90, 150, 180)))
    assert found == ()
    assert "4 of 4" in problems[0].what


def test_a_line_over_no_labels_is_a_drawing() -> None:
    assert _charts(_line(("120", "90", "150", "180"), (120, 90, 150, 180), years=False))[0] == ((), ())
