from __future__ import annotations

from made_pages import Sheet, words_of

from extractors.outline import read_outline
from extractors.textflow import paragraphs

LONG = (
    "De dienst behandelde het hele jaar door vragen van burgers die zich met een melding aan het loket "
    "aandienden en daar een antwoord kregen."
)


def _flow(*sheets: Sheet, language: str = "nl", publisher: str | None = None):
    pages = [s.page for s in sheets]
    outline = read_outline(pages, language, (), publisher)
    return outline, paragraphs(pages, (), outline)


def test_headings_get_levels_by_size_and_text_the_headings_that_enclose_it() -> None:
    sheet = Sheet().heading("Jaarverslag 2023", 24).heading("1. Cijfers", 15).heading("Overlast", 11).text(LONG)
    outline, flow = _flow(sheet)
    assert [(s.level, s.title) for s in outline.sections] == [
        (1, "Jaarverslag 2023"),
        (2, "1. Cijfers"),
        (3, "Overlast"),
    ]
    assert flow[-1].headings == ("Jaarverslag 2023", "1. Cijfers", "Overlast")
    assert outline.at(1, 500).section == "Overlast"


def test_a_paragraph_goes_on_over_a_page_break_and_its_hyphen_is_undone() -> None:
    one = Sheet(1).text(LONG).down(600)
    one.text("De brandweer kwam ter plaatse voor het reinigen van de open- | ", gap=0)
    one.page.words = [w for w in one.page.words if w.text != "|"]
    two = Sheet(2).text("bare weg en vertrok daarna weer naar de kazerne in de stad.", gap=0).text(LONG)
    _, flow = _flow(one, two)
    joined = next(p for p in flow if "brandweer" in p.text)
    assert "de openbare weg en vertrok" in joined.text
    assert (joined.page, joined.last_page) == (1, 2)


def test_a_hyphen_of_the_word_itself_stays() -> None:
    sheet = Sheet()
    sheet.measure = 300
    sheet.text(
        "Men kan persoonlijk, telefonisch of per e- | mail contact opnemen; klachten kunnen niet- | "
        "ontvankelijk zijn, of parkeer- | en mobiliteitsklachten."
    )
    sheet.text(LONG)
    _, flow = _flow(sheet)
    assert "per e-mail contact" in flow[0].text
    assert "niet-ontvankelijk zijn" in flow[0].text
    assert "parkeer- en mobiliteitsklachten" in flow[0].text


def test_two_columns_are_read_one_after_the_other() -> None:
    sheet = Sheet()
    sheet.heading("Klachten in twee kolommen", 15)
    top = sheet.y
    for column, word in enumerate(("linkse", "rechtse")):
        sheet.x, sheet.y, sheet.measure = 60.0 + 250 * column, top, 225.0
        for number in range(4):
            sheet.text(
                f"Alinea {number} van de {word} kolom, met genoeg woorden om enkele regels te vullen in "
                f"de smalle kolom van het blad."
            )
    _, flow = _flow(sheet)
    bodies = [p.text for p in flow if p.kind == "body"]
    assert [("linkse" in t, f"Alinea {n % 4}" in t) for n, t in enumerate(bodies)] == [(n < 4, True) for n in range(8)]


def test_a_title_set_as_the_other_column_s_is_its_column_s_own() -> None:
    sheet = Sheet()
    sheet.measure = 225.0
    sheet.heading("Wegen", 14).text(LONG).text(LONG)
    sheet.y = 250.0
    sheet.heading("Parken", 14).text(f"{LONG} Dit is het einde van links.").text(LONG)
    sheet.x, sheet.y = 310.0, 70.0
    sheet.text(f"Hier gaat rechts voort. {LONG}").heading("Water", 14)
    sheet.text("Een kort stuk.")
    sheet.y = 290.0
    sheet.text(LONG).text(LONG)
    _, flow = _flow(sheet)
    texts = [p.text for p in flow]
    assert texts.index("Parken") < next(k for k, t in enumerate(texts) if "Hier gaat rechts" in t)


def test_a_dash_at_the_head_of_a_full_line_is_no_bullet() -> None:
    sheet = Sheet().text(LONG)
    first, second = (f"{word} " + "dienst " * 13 + "zei" for word in ("Onze", "hele"))
    for text in (first, second, "- met een voorbehoud - dat de klacht geen grond had."):
        sheet.y += 14
        sheet.page.words += words_of(text, 60, sheet.y)
    sheet.text(LONG)
    _, flow = _flow(sheet)
    assert "dienst zei - met een voorbehoud - dat" in " ".join(p.text for p in flow)


def test_running_heads_and_page_numbers_are_no_text() -> None:
    sheets = []
    for number in range(1, 6):
        sheet = Sheet(number).at(60, 30, "Jaarverslag 2023 Stad Voorbeeld", 8).at(290, 815, str(number), 8)
        sheets.append(sheet.text(LONG).text(LONG))
    _, flow = _flow(*sheets)
    assert all("Jaarverslag" not in p.text and not p.text.isdigit() for p in flow)


def test_bodies_are_found_from_cover_and_chapter_pages() -> None:
    cover = Sheet(1).heading("Rapport 2023", 28).text("Politiezone Voorbeeld | Stad Voorbeeld".replace(" | ", " • "))
    parts = [cover]
    for number, name in enumerate(("KLACHTEN POLITIEZONE VOORBEELD", "KLACHTEN STAD VOORBEELD")):
        parts.append(Sheet(2 * number + 2).heading(name, 26))
        parts.append(Sheet(2 * number + 3).heading("Inleiding", 14).text(LONG).text(LONG).text(LONG))
    outline, flow = _flow(*parts)
    assert outline.organisations == ("Politiezone Voorbeeld", "Stad Voorbeeld")
    assert flow[-1].organisation == "Stad Voorbeeld"
    assert outline.at(3, 200).organisation == "Politiezone Voorbeeld"


def test_the_publisher_stands_in_where_the_report_names_one_body_only() -> None:
    outline, _ = _flow(Sheet().heading("Klachten", 20).text(LONG), publisher="Gemeente Voorbeeld")
    assert outline.organisations == ("Gemeente Voorbeeld",)
    assert outline.at(1, 300).organisation == "Gemeente Voorbeeld"


def test_a_figure_inside_a_paragraph_has_its_own_box() -> None:
    sheet = (
        Sheet()
        .text(LONG)
        .text("In totaal kwamen er dit jaar bij de dienst ongeveer 1.234 klachten binnen, een stijging.")
    )
    _, flow = _flow(sheet)
    paragraph = flow[-1]
    start = paragraph.text.index("1.234")
    place = paragraph.places(start, start + 5)[0]
    word = next(w for w in sheet.page.words if w.text == "1.234")
    assert place.page == 1
    assert (place.box.x0, place.box.x1) == (word.x0, word.x1)


def test_quotes_items_and_footnotes_keep_their_kind() -> None:
    sheet = Sheet().text(LONG).text(LONG).item("eerste punt van de lijst", gap=5).item("tweede punt van de lijst")
    sheet.text(
        "“Bedankt voor de snelle hulp, u was een grote steun voor ons gezin in deze tijd.”", italic=True, indent=25
    )
    sheet.down(300).text("1. Zie het retributiereglement van de zone.", 7.5)
    _, flow = _flow(sheet)
    assert [p.kind for p in flow] == ["body", "body", "item", "item", "quote", "footnote"]
    assert flow[2].text == "eerste punt van de lijst"


def test_empty_pages_and_a_single_word_are_no_trouble() -> None:
    outline, flow = _flow(Sheet(1), Sheet(2).at(60, 100, "Bijlage"), Sheet(3))
    assert [p.text for p in flow] == ["Bijlage"]
    assert outline.organisations == ()
