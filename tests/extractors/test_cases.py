from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from made_pages import Sheet

from extractors.case_words import judgement_of
from extractors.cases import find_cases
from extractors.outline import read_outline
from extractors.textflow import paragraphs
from schemas.printed import Case

FILL = (
    "De dienst werkt met een vast team dat vragen van burgers beantwoordt en daarover elk jaar "
    "verslag uitbrengt aan de raad, met cijfers."
)


def _cases(*sheets: Sheet, language: str = "nl") -> tuple[Case, ...]:
    pages = [s.page for s in sheets]
    outline = read_outline(pages, language, (), "Brandweer Voorbeeld")
    return find_cases(paragraphs(pages, (), outline), outline, language)


def test_a_dated_heading_a_story_and_a_judgement_make_a_case() -> None:
    sheet = Sheet().text(FILL).text(FILL).heading("OVERLAST", 12)
    sheet.heading("12/1/2023 - Boot vaart te snel in de haven", 10)
    sheet.text("Volgens de melder vaarde de boot van de brandweer te snel. De melder gaf aan dat er regels gelden.")
    sheet.text("Na onderzoek bleek het om een oefening te gaan. Deze klacht wordt gekwalificeerd als ongegrond.")
    sheet.text("Extra actie: er komt een bord aan de kade met de snelheid die er geldt.")
    (case,) = _cases(sheet)
    assert case.date == datetime.date(2023, 1, 12)
    assert case.title == "Boot vaart te snel in de haven"
    assert case.section == "OVERLAST"
    assert case.outcome_label == "ongegrond"
    assert case.complaint.startswith("Volgens de melder")
    assert case.handling.startswith("Na onderzoek")
    assert case.follow_up is not None
    assert case.follow_up.startswith("Extra actie")


def test_a_case_told_in_one_paragraph_is_cut_where_its_handling_begins() -> None:
    sheet = Sheet().text(FILL).text(FILL).heading("8/8/2023 - Opflakking van een brand", 10.5)
    sheet.text(
        "De melder woont in een gebouw waar twee keer brand was en vraagt of dat niet te voorkomen was. "
        "Deze vraag werd voorgelegd aan de officier. Deze klacht wordt gekwalificeerd als gegrond, omdat dit "
        "beter kon."
    )
    (case,) = _cases(sheet)
    assert case.complaint.endswith("te voorkomen was.")
    assert case.handling.startswith("Deze vraag werd voorgelegd")
    assert case.outcome_label == "gegrond"


def test_definitions_and_thank_you_letters_are_no_cases() -> None:
    sheet = Sheet().heading("Eindkwalificaties", 15)
    sheet.heading("Gegrond", 10.5).text(
        "Klacht waarbij de brandweer onzorgvuldig heeft gehandeld en er disfuncties werden vastgesteld bij de melder."
    )
    sheet.heading("Ongegrond", 10.5).text(
        "Klacht waarbij na onderzoek wordt geconcludeerd dat er geen sprake is van onzorgvuldig "
        "optreden, wat de klager ook zegt."
    )
    sheet.heading("Werking", 10.5).text(
        "Wanneer een burger klaagt over een arrestatie, dan zal deze klacht als ongegrond worden "
        "beschouwd als de wet gevolgd werd."
    )
    sheet.text(
        "“Bedankt voor uw hulp, de klacht van mijn moeder werd netjes behandeld door uw dienst.”",
        italic=True,
        indent=25,
    )
    sheet.text(FILL)
    assert _cases(sheet) == ()


@pytest.mark.parametrize(
    ("language", "head", "complaint", "handling", "outcome"),
    [
        ("fr", "3 mars 2023 – Bruit d'un chantier", "Une habitante se plaint du bruit d'un chantier de "
            "la ville qui commence avant six heures du matin.",
         "Après enquête, le service a rappelé les heures à l'entrepreneur. La plainte est déclarée fondée.", "fondée"),
        ("de", "12.5.2023 – Lange Wartezeit am Schalter", "Eine Bürgerin beschwerte sich über eine "
            "Wartezeit von zwei Stunden am Schalter des Kreisbüros.",
         "Nach Rücksprache mit dem Amt wurde ein zweiter Schalter geöffnet. Die Beschwerde war teilweise "
         "begründet.", "teilweise "
             "begründet"),
        ("en", "4 May 2023 - Bins left unemptied", "A resident complained that the council had not "
            "emptied the garden waste bins for six weeks.",
         "We found that the crew had recorded the street wrongly. The complaint was partly upheld.", "partly upheld"),
    ],
)  # fmt: skip
def test_cases_are_found_in_four_languages(
    language: str, head: str, complaint: str, handling: str, outcome: str
) -> None:
    sheet = Sheet().text(FILL).text(FILL).heading(head, 10.5).text(complaint).text(handling)
    (case,) = _cases(sheet, language=language)
    assert case.date is not None
    assert case.outcome_label == outcome
    assert case.complaint == complaint
    assert case.handling == handling


def test_a_case_runs_over_a_page_break() -> None:
    one = Sheet(1).text(FILL).text(FILL).down(480).heading("1/8/2023 - Verkeerde sirene", 10.5)
    one.text("De melder zag de ladderwagen zonder de juiste sirene over een kruispunt rijden en vond dat gevaarlijk.")
    one.text(
        "Na contact met de ploeg bleek de sirene stuk. Zodra de ploeg dat merkte, schakelde die over naar de", gap=7
    )
    two = (
        Sheet(2)
        .text("nachtsirene. Deze klacht wordt gekwalificeerd als gegrond.", gap=0)
        .text(FILL.replace("De dienst", "Voorts: de dienst"))
    )
    case = _cases(one, two)[0]
    assert "over naar de nachtsirene" in case.handling
    assert (case.page_first, case.page_last) == (1, 2)


def test_personal_details_never_leave_a_case() -> None:
    sheet = Sheet().text(FILL).text(FILL).heading("6/6/2023 - Boete voor mevrouw Yildiz", 10.5)
    sheet.text(
        "Mevrouw Yildiz uit de Kerkstraat 12 kreeg een boete; de melder belde vanaf 0476 12 34 56 naar de dienst."
    )
    sheet.text("Na onderzoek werd de boete ingetrokken. Deze klacht wordt gekwalificeerd als gegrond.")
    (case,) = _cases(sheet)
    texts = f"{case.title} {case.complaint} {case.handling}"
    assert "Yildiz" not in texts
    assert "0476" not in texts
    assert case.redactions == 4


@pytest.mark.parametrize("over", [False, True])
@pytest.mark.parametrize(
    "line", ["21/3/2023", "Ingediend op 21 maart 2023", "Datum: 21/03/2023", "21/3/2023 – dossier 2023-044"]
)
def test_a_date_on_a_line_of_its_own_under_or_over_the_heading_is_the_case_s(line: str, *, over: bool) -> None:
    sheet = Sheet().text(FILL).text(FILL).heading("DIENSTVERLENING", 13)
    for title in ("Schade aan brandalarm na poging tot resetten", "Wegdek nog steeds vuil na reinigen"):
        if over:
            sheet.text(line, italic=True).heading(title, 10)
        else:
            sheet.heading(title, 10).text(line, italic=True, gap=0)
        sheet.text("Volgens de melder werd er onnodige schade toegebracht en de melder vroeg een vergoeding hiervoor.")
        sheet.text("Na contact met de ploeg bleek dat niet zo. Deze klacht wordt gekwalificeerd als ongegrond.")
    cases = _cases(sheet)
    assert [c.date for c in cases] == [datetime.date(2023, 3, 21)] * 2
    assert all(c.complaint.startswith("Volgens de melder") and c.handling.endswith("ongegrond.") for c in cases)


def test_a_follow_up_within_the_last_paragraph_is_told_apart() -> None:
    sheet = Sheet().text(FILL).text(FILL).heading("12/1/2023 - Boot vaart te snel in de haven", 10.5)
    sheet.text("Volgens de melder vaarde de boot van de brandweer te snel. De melder gaf aan dat er regels gelden.")
    sheet.text("Na onderzoek bleek dat zo. Deze klacht wordt gekwalificeerd als gegrond. Extra actie: een bord.")
    (case,) = _cases(sheet)
    assert case.handling.endswith("gegrond.")
    assert case.follow_up == "Extra actie: een bord."


def test_a_case_without_a_follow_up_has_none_rather_than_an_empty_one() -> None:
    """The published column holds a text or nothing: an empty text would set the whole case aside."""
    from extractors.report import read_report

    report = read_report(Path(__file__).parents[2] / "raw_reports" / "wales-ombudsman-refuse-2021.pdf", "en")
    assert report.cases
    assert all(case.follow_up is None or case.follow_up.strip() for case in report.cases)


@pytest.mark.parametrize(
    ("last", "label"),
    [
        ("Réclamation fondée.", "fondée"),
        ("Klacht deels gegrond", "deels gegrond"),
        ("Beschwerde: unbegründet.", "unbegründet"),
        ("Réclamation ni fondée ni non fondée, faute de preuve.", "ni fondée ni non fondée"),
        ("Ergebnis: Die Bussen wurden aufgehoben. Die Beschwerde war begründet.", "begründet"),
        ("Outcome: a refund was agreed.", "a refund was agreed"),
    ],
)
def test_the_judgement_stands_on_a_line_of_its_own_or_behind_its_label(last: str, label: str) -> None:
    judged = judgement_of(["A resident waited for an answer.", "The office looked into it.", last])
    assert judged is not None
    assert judged.label == label


def test_an_action_behind_the_outcome_is_what_followed() -> None:
    sheet = Sheet()
    for title in ("4 May 2022 - Missed bin collections", "30 June 2022 - A summons sent in error"):
        sheet.heading(title, 12)
        sheet.text(
            "A resident told us that her waste had not been collected on three occasions, although she had paid."
        )
        sheet.text(
            "We found that the crew had been given an old list. Outcome: upheld. Action: all lists were compared."
        )
    (first, _) = _cases(sheet, language="en")
    assert first.outcome_label == "upheld"
    assert first.follow_up == "Action: all lists were compared."
