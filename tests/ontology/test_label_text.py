from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ontology import words
from ontology.phrases import SignalPhrases, term_concept
from ontology.scheme import load_scheme
from ontology.text import compound_parts, lemmas, normalise, segments


def test_case_accents_footnotes_and_numbering_do_not_matter():
    assert normalise("1.2 Non fondée ²") == normalise("NON FONDEE")
    assert normalise("Wachttijd (12)") == "wachttijd"


def test_a_negation_stays_with_its_word():
    assert lemmas(normalise("niet gegrond"), "nl") != lemmas(normalise("gegrond"), "nl")


def test_labels_side_by_side_are_told_apart():
    assert segments("deontologie/integriteit") == ("deontologie", "integriteit")
    assert segments("overlast (sirene e.d.)") == ("overlast", "sirene")
    assert segments("overlast") == ()


def test_compounds_split_into_known_words_only():
    assert compound_parts("wachttijdklacht", {"wachttijd", "klacht"}, "nl") == ("wachttijd", "klacht")
    assert compound_parts("wachttijdklacht", {"klacht"}, "nl") == ()


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(label: str):
    once = normalise(label)
    assert normalise(once) == once or any(c.isdigit() for c in label)


def test_the_way_kind_or_date_of_handling_is_a_heading():
    for label in (
        "Wijze van afhandeling",
        "datum van ontvangst",
        "Soort klacht",
        "mode de saisine",
        "Type of complaint",
    ):
        assert words.is_noise(label), label
    for label in (
        "wijze van dienstverlening",
        "soort speeltoestel",
        "type de logement",
        "Ontvangen klachten",
        "Afhandeling",
    ):
        assert not words.is_noise(label), label


def test_totals_units_and_years_name_no_category():
    for label in ("Totaal", "aantal", "%", "rel. %", "n", "2023", "Anzahl", "nombre", "Gesamt", "waarvan", "1e lijn"):
        assert words.is_noise(label), label
    for label in ("gegrond", "Attitude", "P&O", "Districten"):
        assert not words.is_noise(label), label


def test_totals_are_known_in_four_languages():
    assert all(words.is_total(label) for label in ("TOTAAL", "Total général", "Gesamt", "Summe", "Totaal klachten"))
    assert not words.is_total("Totaal onheuse bejegening door een medewerker van de dienst")


def test_counting_words_in_front_of_a_label_are_dropped():
    assert words.core("Aantal behandelde klachten") == "klachten"
    assert words.core("aantal") == "aantal"


def test_titles_say_which_signal_a_table_counts():
    phrases = SignalPhrases(load_scheme())
    assert phrases.one("Tabel 4: Meldingen per trefwoord", "nl") == "signal:report"
    assert phrases.one("Klachtenoverzicht", "nl") == "signal:complaint"
    assert phrases.one("Aantal klachten en meldingen per entiteit", "nl") == "signal:contact"
    assert phrases.one("Plaintes de première ligne", "fr") == "signal:complaint.first_line"
    assert phrases.one("Beschwerden nach Amt", "de") == "signal:complaint"
    assert phrases.one("Behandeltermijn", "nl") is None


def test_signal_words_can_be_taken_off_a_label():
    assert SignalPhrases(load_scheme()).without("Klachten over attitude", "nl") == "attitude"


def test_terms_in_days_are_timeliness():
    assert term_concept("Binnen de 14 dagen opgelost") == "timeliness:within_term"
    assert term_concept("plus de 45 jours") == "timeliness:outside_term"
    assert term_concept("innert 30 Tagen erledigt") == "timeliness:within_term"
    assert term_concept("niet binnen de zestig dagen afgehandeld") == "timeliness:outside_term"
    assert term_concept("within three months") == "timeliness:within_term"
    assert term_concept("opgelost") is None
