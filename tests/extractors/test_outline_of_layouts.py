"""The same report set in other ways: running heads, chapters without pages of their own, columns, bold within text."""

from __future__ import annotations

from made_pages import Sheet, words_of

from extractors.outline import read_outline
from extractors.reading_order import reading_order, table_area
from extractors.textflow import paragraphs
from schemas.printed import Box, Cell, TablePart

LONG = (
    "De dienst behandelde het hele jaar door vragen van burgers die zich met een melding aan het loket "
    "aandienden en daar een antwoord kregen."
)


def _flow(*sheets: Sheet):
    pages = [s.page for s in sheets]
    outline = read_outline(pages, "nl", (), None)
    return outline, paragraphs(pages, (), outline)


def test_a_running_head_with_a_body_s_name_is_no_body_where_chapters_name_theirs() -> None:
    sheets = [Sheet(1).heading("KLANTENCONTACTEN", 34).heading("EERSTELIJNSRAPPORT 2023", 14, bold=False)]
    for number, name in enumerate(("KLACHTEN BRANDWEER ZONE VOORBEELD", "KLANTENMANAGEMENT STAD VOORBEELD"), start=1):
        for page in (0, 1):
            sheet = Sheet(2 * number + page).at(60, 40, "EERSTELIJNSRAPPORT 2023", 7.5)
            sheet.at(420, 40, "Stad Voorbeeld", 7.5)
            if page == 0:
                sheet.heading(name, 22)
            sheet.heading("1. Inleiding", 14).text(LONG).text(LONG).heading("2. Cijfers", 14).text(LONG).text(LONG)
            sheets.append(sheet)
    outline, flow = _flow(*sheets)
    assert outline.organisations == ("Brandweer Zone Voorbeeld", "Stad Voorbeeld")
    assert flow[-1].organisation == "Stad Voorbeeld"
    assert outline.at(3, 400).organisation == "Brandweer Zone Voorbeeld"


def test_a_title_that_wraps_over_two_columns_is_one_heading() -> None:
    sheet = Sheet()
    sheet.heading("KLANTENMANAGEMENT STAD VOORBEELD EN", 22).down(-2)
    sheet.y -= 22 * 0.8
    sheet.heading("HAAR DISTRICTEN", 22)
    top = sheet.y
    for column in (0, 1):
        sheet.x, sheet.y, sheet.measure = 60.0 + 250 * column, top, 225.0
        for _ in range(4):
            sheet.text(LONG)
    outline, _ = _flow(sheet)
    assert outline.sections[0].title == "KLANTENMANAGEMENT STAD VOORBEELD EN HAAR DISTRICTEN"


def test_text_goes_on_below_a_table_that_stands_over_both_columns() -> None:
    sheet = Sheet()
    for top, name in ((60.0, "boven"), (520.0, "onder")):
        for column in (0, 1):
            sheet.x, sheet.y, sheet.measure = 60.0 + 250 * column, top, 225.0
            sheet.text(f"Begin {name} {column}. {LONG}").text(LONG)
    order = reading_order([sheet.page], {1: [Box(60, 350, 535, 480)]})
    begins = [" ".join(line.text.split()[1:3]) for line in order.lines if line.text.startswith("Begin")]
    assert begins == ["boven 0.", "boven 1.", "onder 0.", "onder 1."]


def test_words_in_bold_do_not_cut_a_paragraph() -> None:
    sheet = Sheet().text(LONG)
    y = sheet.y + 21
    lines = (
        ("De dienst heeft zich met de leiding van het team geëngageerd om elk jaar de niet bedoelde en", False),
        ("eventuele verschillen tussen de richtlijnen in het handboek van de dienst en die in de wetten", True),
        ("en op de website ter kennis te brengen.", False),
    )
    for number, (line, bold) in enumerate(lines):
        sheet.page.words += words_of(line, 60, y + 14 * number, 10, bold=bold)
    _, flow = _flow(sheet)
    assert [p.kind for p in flow] == ["body", "body"]
    assert flow[1].text == " ".join(line for line, _ in lines)


def test_a_little_white_after_a_full_stop_parts_paragraphs_even_where_the_last_line_is_full() -> None:
    sheet = Sheet()
    first = "Volgens de melder ging het om een oefening en dat bleek na onderzoek inderdaad ook zo te zijn."
    for number in range(6):
        sheet.page.words += words_of(first, 60, 100 + 13 * number)
    sheet.page.words += words_of("Extra actie: er komt een bord aan de kade.", 60, 100 + 5 * 13 + 15.5)
    _, flow = _flow(sheet)
    assert flow[-1].text == "Extra actie: er komt een bord aan de kade."


def test_a_date_at_the_foot_of_a_page_is_no_page_number() -> None:
    sheet = Sheet().text(LONG).at(60, 790, "10/9/2023").at(530, 815, "7")
    sheet.page.words += words_of("Een titel van een geval", 60, 776, 10, bold=True)
    _, flow = _flow(sheet)
    assert "10/9/2023" in [p.text for p in flow]


def test_running_text_behind_a_table_s_last_row_is_not_the_table_s() -> None:
    sentence = "Naar aanleiding van een beroep heeft de raad aanbevolen om voorzichtiger conclusies te trekken."
    cells = (
        Cell(0, 0, "Totaal", box=Box(60, 100, 200, 112)), Cell(0, 1, "99", box=Box(300, 100, 320, 112)),
        Cell(1, 0, sentence, box=Box(60, 140, 500, 180)),
    )  # fmt: skip
    part = TablePart("p1-1", 1, Box(60, 90, 500, 180), 0, 1, cells, "aligned", 0.9)
    assert table_area(part) == Box(60, 90, 500, 140)


def _set(text: str, measure: float) -> list[str]:
    """`text` in lines as full as the next word lets them be, by the widths that `words_of` gives."""
    lines = [""]
    for token in text.split():
        trial = f"{lines[-1]} {token}".strip()
        if words_of(trial, 0, 0)[-1].x1 > measure:
            lines.append(token)
        else:
            lines[-1] = trial
    return lines


def test_text_in_a_column_that_stands_alone_keeps_its_paragraphs_whole() -> None:
    sheet = Sheet().text(LONG)
    y = sheet.y + 8
    for paragraph in (f"{LONG} {LONG}", LONG):
        y += 8
        for line in _set(paragraph, 220):
            y += 14
            sheet.page.words += words_of(line, 60, y)
    _, flow = _flow(sheet)
    assert [p.text for p in flow] == [LONG, f"{LONG} {LONG}", LONG]


def test_a_date_that_opens_with_a_full_stop_after_the_day_is_no_list_item() -> None:
    _, flow = _flow(Sheet().text(LONG).text("14. September 2021").text(LONG))
    assert [p.kind for p in flow] == ["body"] * 3


def test_themes_of_one_body_s_report_are_no_bodies() -> None:
    sheets = [Sheet(1).heading("Jaarverslag 2023", 30).text("Ombudsdienst Stad Voorbeeld")]
    for number, theme in enumerate(("Politie", "Huisvesting", "Onderwijs en jeugd"), start=2):
        sheets.append(Sheet(number).heading(theme, 20).text(LONG).text(LONG).text(LONG))
    outline, _ = _flow(*sheets)
    assert outline.organisations == ("Ombudsdienst Stad Voorbeeld",)
