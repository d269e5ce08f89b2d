"""Labels of rows and groups, and heads that stand otherwise than over their figures."""

from __future__ import annotations

from collections import Counter

from extractors.page import Page, Rule
from extractors.tables import aligned
from extractors.tables.figures import table_figures
from extractors.tables.judge import cuts_labels
from extractors.tables.read import read_parts
from schemas.printed import Box
from tests.extractors.made_pages import Sheet

SIZE = 8.0


def labelled(*pages: Page) -> dict[tuple[str, str], str]:
    """Row path and column path to what is printed there."""
    figures = table_figures(read_parts(list(pages)), Counter(), "en", lambda _page, _top: ("body", None))
    return {(" > ".join(f.row_labels), " > ".join(f.column_labels)): f.printed for f in figures}


def write(sheet: Sheet, y: float, *texts: tuple[float, str], right: bool = False, bold: bool = False) -> None:
    for x, text in texts:
        sheet.at(x - 0.5 * SIZE * len(text) if right else x, y, text, SIZE, bold=bold)


def lattice(sheet: Sheet, ys: list[float], downs: list[float], x0: float, x1: float) -> None:
    """Lines across at `ys`, lines down at `downs` between the first and the last of them; the sides stay open."""
    sheet.page.rules += [Rule(True, y, x0, x1, 0.5) for y in ys]
    sheet.page.rules += [Rule(False, x, ys[0], ys[-1], 0.5) for x in downs]


def test_a_group_on_a_line_of_its_own_in_a_table_with_open_sides_holds_on_the_next_page() -> None:
    first, second = Sheet(1), Sheet(2)
    lattice(first, [100, 116, 132, 148], [160, 220], 60, 280)
    first.page.rules.append(Rule(True, 164, 60, 280, 0.5))
    write(first, 111, (64, "Team"), (164, "Calls"), (224, "Mail"), bold=True)
    write(first, 127, (64, "Front desk"), (164, "12"), (224, "7"))
    write(first, 143, (64, "Phone desk"), (164, "31"), (224, "9"))
    write(first, 159, (64, "Back office"))
    lattice(second, [60, 76, 92, 108], [160, 220], 60, 280)
    for r, (label, a, b) in enumerate((("Roads", "41", "8"), ("Parks", "5", "16"), ("Waste", "27", "3"))):
        write(second, 71 + 16 * r, (64, label), (164, a), (224, b))
    found = labelled(first.page, second.page)
    assert found["Front desk", "Calls"] == "12"
    assert found["Back office > Roads", "Calls"] == "41"
    assert found["Back office > Waste", "Mail"] == "3"


def test_a_group_column_shows_beside_labels_on_lines_around_their_figures() -> None:
    sheet = Sheet()
    write(sheet, 90, (110, "team"), bold=True)
    write(sheet, 90, (240, "Q1"), (290, "Q2"), right=True, bold=True)
    y = 110.0
    sheet.page.rules.append(Rule(True, y - 12, 60, 300, 0.3))
    for r, label in enumerate(
        ("contact centre", "BZ", "FI/out of contract", "MV", "OS/civil status", "OS/desks", "P&O", "SB")
    ):
        lines = label.split(" ", 1) if " " in label else [label]
        for k, line in enumerate(lines):
            write(sheet, y + (4.4 if len(lines) == 1 else 8.8 * k), (90, line))
        write(sheet, y + 4.4, (240, str(20 + r)), (290, str(60 + r)), right=True)
        if r in {0, 1}:
            write(sheet, y, (60, f"{r + 1}st"))
            write(sheet, y + 8.8, (60, "line"))
        y += 24
        sheet.page.rules.append(Rule(True, y - 8, 60, 300, 0.3))
    found = labelled(sheet.page)
    assert found["1st line > contact centre", "Q1"] == "20"
    assert found["2st line > OS/civil status", "Q2"] == "64"


def test_leader_dots_that_run_into_a_blank_column_and_up_to_a_figure_stay_the_labels() -> None:
    sheet = Sheet()
    write(sheet, 90, (266, "2021"), (320, "2022"), right=True, bold=True)
    labels = ("Desk ....", "Phone ....", "Letters and parcels from everyone else .........", "Web ....", "Other ....")
    for r, label in enumerate(labels):
        write(sheet, 110 + 14 * r, (60, label))
        write(sheet, 110 + 14 * r, (266, str(13 + r)), (320, str(50 + r)), right=True)
    found = labelled(sheet.page)
    assert {value for (row, _), value in found.items() if row.startswith("Letters")} == {"15", "52"}


def test_the_first_figure_of_a_framed_table_of_one_row_is_not_its_labels() -> None:
    sheet = Sheet()
    sheet.page.rules += [Rule(True, y, 60, 300, 0.5) for y in (100, 116, 132)]
    sheet.page.rules += [Rule(False, x, 100, 132, 0.5) for x in (60, 170, 215, 260, 300)]
    write(sheet, 111, (165, "2016"), (210, "2017"), (255, "2018"), (297, "2019"), right=True)
    write(sheet, 127, (64, "Filed"))
    write(sheet, 127, (165, "744"), (210, "849"), (255, "999"), (297, "1066"), right=True)
    assert labelled(sheet.page)["Filed", "2016"] == "744"


def test_columns_without_a_figure_on_the_page_are_known_by_their_heads() -> None:
    sheet, rest = Sheet(1), Sheet(2)
    ends = (220, 290, 360, 430)
    sheet.page.rules += [Rule(True, y, 60, 440, 0.5) for y in (730, 744, 762)]
    write(sheet, 740, (60, "Keyword"), bold=True)
    write(sheet, 740, *zip(ends, ("n", "founded", "unfounded", "disputed"), strict=True), right=True, bold=True)
    write(sheet, 756, (60, "noise at night"))
    write(sheet, 756, (220, "2"), (360, "2"), right=True)
    for r, (label, *values) in enumerate((("service of the desk", "6", "2", "4", ""), ("roads", "3", "2", "", "1"),
                                          ("parking", "9", "3", "5", "1"), ("waste", "7", "", "6", "1"))):  # fmt: skip
        write(rest, 75 + 16 * r, (60, label))
        write(rest, 75 + 16 * r, *((x, v) for x, v in zip(ends, values, strict=True) if v), right=True)
    found = labelled(sheet.page, rest.page)
    assert found["noise at night", "unfounded"] == "2"
    assert found["roads", "disputed"] == "1"


def test_spanners_at_the_left_of_their_columns_reach_to_the_next_one() -> None:
    sheet = Sheet()
    ends = (200, 240, 280, 340, 380, 420)
    write(sheet, 90, (150, "contracts handled"), (295, "complaints handled"), bold=True)
    write(sheet, 104, *zip(ends, ("Q1", "Q2", "total", "Q1", "Q2", "share"), strict=True), right=True, bold=True)
    for r in range(5):
        write(sheet, 122 + 14 * r, (60, f"Team {'abcde'[r]}"))
        write(sheet, 122 + 14 * r, *((x, str(11 + 7 * k + r)) for k, x in enumerate(ends)), right=True)
    found = labelled(sheet.page)
    assert found["Team a", "contracts handled > total"] == "25"
    assert found["Team a", "complaints handled > Q1"] == "32"


def test_a_period_broken_over_lines_is_one_head_beside_a_spanner_on_two_lines() -> None:
    sheet = Sheet()
    ends = (200, 245, 290, 340, 380, 420)
    write(sheet, 90, (175, "contracts handled"), (330, "first-line com-"), bold=True)
    write(sheet, 99, (345, "plaints"), bold=True)
    for k, x in enumerate(ends):
        lines = {
            0: ("Q1 -", "Q2"),
            1: ("Q3 -", "Q4"),
            2: ("total",),
            3: ("Q1", "-", "Q2"),
            4: ("Q3", "-", "Q4"),
            5: ("%",),
        }
        for n, text in enumerate(lines[k]):
            write(sheet, 114 + 9 * n, (x - 8 - 2 * len(text), text), bold=True)
    for r in range(5):
        write(sheet, 152 + 16 * r, (60, f"Team {'abcde'[r]}"))
        write(sheet, 152 + 16 * r, *((x, str(11 + 7 * k + r)) for k, x in enumerate(ends)), right=True)
    found = labelled(sheet.page)
    assert found["Team a", "contracts handled > Q3 - Q4"] == "18"
    assert found["Team a", "first-line complaints > Q1 - Q2"] == "32"


def test_one_row_that_crosses_two_halves_unequal_in_rows_is_found_by_its_sums() -> None:
    left, rest, right = Sheet(1), Sheet(2), Sheet(3)
    rows = [(10 + 3 * r, 20 + r, 5 + r * r, 31 - r) for r in range(8)]
    for sheet, some in ((left, range(5)), (rest, range(5, 8))):
        write(sheet, 90, (160, "Roads"), (240, "Parks"), bold=True)
        for n, r in enumerate(some):
            write(sheet, 110 + 16 * n, (60, f"Office {'ABCDEFGH'[r]}"), (165, str(rows[r][0])), (245, str(rows[r][1])))
    write(right, 90, (60, "Waste"), (140, "Noise"), (220, "total"), bold=True)
    for r in range(7):
        texts = ((65, str(rows[r][2])), (145, str(rows[r][3])), (225, str(sum(rows[r]))))
        write(right, 110 + 16 * r, *texts)
    found = labelled(left.page, rest.page, right.page)
    assert found["Office A", "Waste"] == "5"
    assert found["Office G", "total"] == str(sum(rows[6]))


def test_a_label_beside_a_group_column_goes_on_below_its_figures() -> None:
    sheet = Sheet()
    write(sheet, 90, (60, "Line"), (110, "team"), bold=True)
    write(sheet, 90, (240, "Q1"), (290, "Q2"), right=True, bold=True)
    y = 108.0
    for r, label in enumerate(("contact cen-|tre", "BZ", "FI", "MV", "OS/nationa-|lity", "P&O", "SB", "SD")):
        for k, part in enumerate(label.split("|")):
            write(sheet, y + 9 * k, (110, part))
        write(sheet, y, (240, str(20 + r)), (290, str(60 + r * r)), right=True)
        if r < 2:
            write(sheet, y, (60, ("1st line", "2nd line")[r]))
        y += 13 + 9 * label.count("|")
    found = labelled(sheet.page)
    assert found["1st line > contact centre", "Q1"] == "20"
    assert found["2nd line > OS/nationality", "Q2"] == "76"


def test_years_at_the_left_of_their_rows_are_labels_and_heads_close_together_stand_over_their_columns() -> None:
    sheet = Sheet()
    ends = (210, 260, 330, 380)
    heads = ("Transport", "Bills**", "Housing stock*", "Planning")
    write(sheet, 90, *zip(ends, heads, strict=True), right=True, bold=True)
    for r in range(3):
        write(sheet, 104 + 14 * r, (60, str(2020 + r)))
        write(sheet, 104 + 14 * r, *((x, str(41 + 60 * k + 7 * r * r)) for k, x in enumerate(ends)), right=True)
    found = labelled(sheet.page)
    assert {row for row, _ in found} == {"2020", "2021", "2022"}
    assert found["2021", "Planning"] == "228"


def test_a_spanner_right_under_the_rule_over_the_table_is_no_title_of_it() -> None:
    sheet = Sheet()
    sheet.page.rules += [Rule(True, y, 60, 330, 0.6) for y in (80, 112)]
    write(sheet, 90, (150, "answered by the contact centre"), (274, "complaints"), bold=True)
    write(sheet, 108, (62, "team"), bold=True)
    write(sheet, 108, (270, "Q3"), (300, "Q3"), (328, "%"), right=True, bold=True)
    for r in range(5):
        write(sheet, 124 + 12 * r, (62, f"Office {'abcde'[r]}"))
        write(sheet, 124 + 12 * r, (270, str(204 + 31 * r)), (300, str(8 + r)), (328, f"{r},12"), right=True)
    found = labelled(sheet.page)
    assert found["Office a", "answered by the contact centre > Q3"] == "204"
    assert found["Office c", "complaints > Q3"] == "10"


def test_rows_set_in_stand_under_a_label_on_its_own_line_and_rows_set_out_again_under_none() -> None:
    sheet = Sheet()
    write(sheet, 90, (60, "Kind"), (200, "2021"), (250, "2022"), bold=True)
    rows = [("Roads", 60, 4), ("Nuisance", 60, None), ("Noise", 70, 41), ("Bars", 70, 12), ("Dogs", 70, 19),
            ("Litter", 60, 7), ("Traffic", 60, None), ("Bikes", 70, 31), ("Parking", 70, 47)]  # fmt: skip
    for r, (label, x, value) in enumerate(rows):
        write(sheet, 106 + 14 * r, (x, label))
        if value is not None:
            write(sheet, 106 + 14 * r, (200, str(value)), (250, str(value + 3)))
    found = labelled(sheet.page)
    assert found["Nuisance > Dogs", "2021"] == "19"
    assert found["Litter", "2021"] == "7"
    assert found["Traffic > Bikes", "2022"] == "34"


def test_the_first_group_in_close_rows_is_no_line_of_the_heads() -> None:
    sheet = Sheet()
    write(sheet, 90, (60, "team"), (200, "Q1"), (250, "Q2"))
    rows = [("1st line", None), ("Contact centre", 856), ("2nd line", None), ("BZ", 120), ("FI", 422), ("MV", 31)]
    for r, (label, value) in enumerate(rows):
        write(sheet, 100 + 10 * r, (60 if value is None else 69, label))
        if value is not None:
            write(sheet, 100 + 10 * r, (200, str(value)), (250, str(value + 3)))
    found = labelled(sheet.page)
    assert found["1st line > Contact centre", "Q1"] == "856"
    assert found["2nd line > MV", "Q2"] == "34"


def test_the_last_label_goes_on_below_its_row_where_all_others_do() -> None:
    sheet = Sheet()
    for k, month in enumerate(("Jan", "Feb", "Mar", "Apr")):
        sheet.at(160 + 40 * k, 90, month, SIZE)
    for r, name in enumerate(("Flanders", "Brasschaat", "Antwerp")):
        write(sheet, 106 + 22 * r, (60, "Service"))
        write(sheet, 114 + 22 * r, (60, name))
        write(sheet, 106 + 22 * r, *((160 + 40 * k, str(14 + 9 * r + k * k)) for k in range(4)))
    assert labelled(sheet.page)["Service Antwerp", "Apr"] == "41"


def test_a_short_label_on_two_lines_is_one_row_where_rows_stand_further_apart_than_lines() -> None:
    sheet = Sheet()
    write(sheet, 90, (60, "team"), (160, "Q1"), (210, "Q2"), bold=True)
    for r, name in enumerate(("AN", "BE", "BO", "DE")):
        write(sheet, 106 + 19 * r, (60, "district"), (160, str(258 + 31 * r)), (210, str(30 + r * r)))
        write(sheet, 115 + 19 * r, (60, name))
    assert labelled(sheet.page)["district BO", "Q1"] == "320"


def test_heads_stand_as_far_above_the_first_row_as_rows_of_several_lines_stand_apart() -> None:
    sheet = Sheet()
    write(sheet, 78, (170, "contacts"), (270, "complaints"), bold=True)
    write(sheet, 99, (60, "team"), (160, "Q1"), (210, "Q2"), (260, "Q1"), (310, "Q2"), bold=True)
    y = 121.0
    for r, label in enumerate(("contact cen-|tre for|all", "BZ|desk", "out of|contract|claims", "MV|desk")):
        write(sheet, y, *((160 + 50 * k, str(120 + 10 * r + k)) for k in range(4)))
        for part in label.split("|"):
            write(sheet, y, (60, part))
            y += 9.5
        y += 10.5
    found = labelled(sheet.page)
    assert found["contact centre for all", "contacts > Q1"] == "120"
    assert found["MV desk", "complaints > Q2"] == "153"


def test_the_last_label_goes_on_over_as_many_lines_as_the_others_do() -> None:
    sheet = Sheet()
    for k, month in enumerate(("Jan", "Feb", "Mar", "Apr")):
        sheet.at(160 + 40 * k, 90, month, SIZE)
    for r, name in enumerate(("Flan-|ders", "Bras-|schaat", "Ant-|werp")):
        write(sheet, 106 + 46 * r, *((160 + 40 * k, str(14 + 9 * r + k * k)) for k in range(4)))
        for k, part in enumerate(f"Care|home|{name}".split("|")):
            write(sheet, 106 + 46 * r + 9 * k, (60, part))
    assert labelled(sheet.page)["Care home Antwerp", "Apr"] == "41"


def test_rows_that_are_all_set_in_go_on_with_the_table_of_the_page_before() -> None:
    first, second = Sheet(1), Sheet(2)
    write(first, 690, (60, "district"), (200, "Q1"), (250, "Q2"), bold=True)
    for r, (label, x) in enumerate((("All desks of the first line", 60), ("Second line", 60), ("BZ", 72), ("FI", 72))):
        write(first, 706 + 14 * r, (x, label))
        if label != "Second line":
            write(first, 706 + 14 * r, (200, str(120 + 11 * r * r)), (250, str(34 + r * r)))
    for r, label in enumerate(("MV", "OS/civil status", "SB")):
        write(second, 74 + 14 * r, (72, label), (200, str(283 - 41 * r)), (250, str(37 + 15 * r)))
    found = labelled(first.page, second.page)
    assert found["Second line > FI", "Q1"] == "219"
    assert found["Second line > SB", "Q2"] == "67"


def test_a_grid_that_begins_in_the_middle_of_its_labels_is_told_from_the_whole_one() -> None:
    sheet = Sheet()
    for k, month in enumerate(("Jan", "Feb", "Mar", "Apr", "May", "Jun")):
        sheet.at(170 + 22 * k, 294, month, 7)
        for r in range(3):
            sheet.at(170 + 22 * k, 303 + 9 * r, str(14 + 31 * r + 3 * k * k), 7)
    for r, name in enumerate(("Flanders", "Brasschaat", "Antwerp")):
        sheet.at(62, 303 + 9 * r, f"Carers {name}", 7)
    cut, whole = (aligned.build(sheet.page, Box(x, 285, 310, 325), [], depth=1)[0] for x in (84, 60))
    assert cut.cols == whole.cols
    assert cuts_labels(cut, sheet.page)
    assert not cuts_labels(whole, sheet.page)


def test_a_line_down_between_two_heads_parts_them_and_its_upper_end_is_the_headers() -> None:
    sheet = Sheet()
    sheet.page.rules += [Rule(False, x, 92, 160, 0.4) for x in (140, 222)]
    write(sheet, 86, (150, "Shares of all complaints by year"), bold=True)
    write(sheet, 101, (146, "Within fourteen"), (223.5, "Within twenty"), bold=True)
    write(sheet, 110, (60, "Complaints"), (146, "days closed"), (223.5, "days closed"), bold=True)
    for r in range(4):
        write(sheet, 122 + 12 * r, (60, str(2015 + r)), (146, f"{57 - 3 * r}%"), (223.5, f"{67 - 2 * r}%"))
    found = labelled(sheet.page)
    assert found["2016", "Within fourteen days closed"] == "54%"
    assert found["2018", "Within twenty days closed"] == "61%"


def test_figures_hardly_a_blank_apart_are_two_columns_where_together_they_are_no_number() -> None:
    sheet = Sheet()
    for r, (a, b) in enumerate((("104", "47"), ("415", "75"), ("632", "30"), ("1083", "89"))):
        write(sheet, 100 + 12 * r, (60, str(2020 + r)), (140, "41"), (160, a), (179.2, b), (230, "63"))
    for x, head in ((140, "Bus"), (160, "FAI"), (179.2, "FAC"), (230, "LDE")):
        write(sheet, 88, (x, head))
    found = labelled(sheet.page)
    assert found["2023", "FAI"] == "1083"
    assert found["2023", "FAC"] == "89"


def test_a_groups_label_between_two_rows_beside_it_does_not_join_them() -> None:
    sheet = Sheet()
    write(sheet, 88, (60, "Line"), (100, "team"), (200, "Q1"), (240, "Q2"))
    y = 102.0
    for label in ("BZ", "FI", "FI/out of|contract", "MV", "OS/civil|status", "SB", "SD"):
        lines = label.split("|")
        for k, part in enumerate(lines):
            write(sheet, y + 8 * k, (100, part))
        middle = y + 4 * (len(lines) - 1)
        write(sheet, middle, (200, str(20 + round(middle))), (240, str(round(middle))))
        if label == "FI":
            write(sheet, middle + 4.1, (60, "2nd line"))
        y += 8.2 * len(lines)
    assert {row.rpartition(" > ")[2] for row, _ in labelled(sheet.page)} >= {"FI", "FI/out of contract"}


def test_a_word_over_every_second_year_is_the_first_line_of_its_head_and_no_spanner() -> None:
    sheet = Sheet()
    ends = (180, 230, 280, 330)
    for k in (0, 2):
        write(sheet, 82, (ends[k] - 20, "Cases"), bold=True)
    for x, head in zip(ends, ("2021", "% 2021", "2022", "% 2022"), strict=True):
        write(sheet, 91, (x - 20, head), bold=True)
    for r in range(4):
        values = (str(113 + 10 * r), f"{27 - r}%", str(115 - 3 * r), f"{26 - r}%")
        write(sheet, 106 + 12 * r, (60, f"Q{r + 1}"), *((x - 20, v) for x, v in zip(ends, values, strict=True)))
    found = labelled(sheet.page)
    assert found["Q1", "Cases 2021"] == "113"
    assert found["Q4", "% 2022"] == "23%"


def test_the_thousands_of_a_total_set_a_blank_apart_are_no_column() -> None:
    sheet = Sheet()
    ends = (180, 230, 280)
    write(sheet, 90, (60, "Kind"), bold=True)
    write(sheet, 90, *zip(ends, ("2020", "2022", "2023"), strict=True), right=True, bold=True)
    for r in range(5):
        write(sheet, 104 + 12 * r, (60, f"Reports {'abcde'[r]}"))
        write(sheet, 104 + 12 * r, *((x, str(156 + 110 * r + k)) for k, x in enumerate(ends)), right=True)
    write(sheet, 164, (60, "Total"), bold=True)
    for k, x in enumerate(ends):
        write(sheet, 164, (x, f"{871 + k}"), (x - 14.4, "1"), right=True, bold=True)
    found = labelled(sheet.page)
    assert found["Total", "2022"] == "1 872"
    assert found["Reports b", "2020"] == "266"
