from __future__ import annotations

import importlib.util
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_pages import Sheet

from extractors.number_words import mentions, printed_number, word_number
from extractors.outline import read_outline
from extractors.prose import find_figures
from extractors.textflow import paragraphs
from schemas.printed import Figure


def _figures(text: str, language: str = "nl") -> tuple[Figure, ...]:
    page = Sheet().text(text).page
    outline = read_outline([page], language, (), "Stad Voorbeeld")
    return find_figures(paragraphs([page], (), outline), outline, language, 2023)


def _read(text: str, language: str = "nl") -> list[tuple[float, str]]:
    return [(f.value, f.unit) for f in _figures(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "In 2023 ontving de zone in totaal dertien klachten.", [(13, "count")]),
        ("nl", "Het aantal klachten steeg van 117 in 2022 naar 156 in 2023.", [(117, "count"), (156, "count")]),
        ("nl", "58,6% (!) van deze contacten betreft sluikstort.", [(58.6, "percent")]),
        ("nl", "130 klachten (22,4%) werden niet tijdig beantwoord.", [(130, "count"), (22.4, "percent")]),
        ("nl", "De zone had gemiddeld 6 minuten en 53 seconden nodig.", [(413, "seconds")]),
        ("nl", "Wie klaagt, krijgt antwoord binnen de 14 dagen.", [(14, "days")]),
        ("nl", "De stad behaalde een score van gemiddeld 8,6/10 op deze vragen.", [(8.6, "score")]),
        ("nl", "Zo waren er 2007 klachten in 2023.", [(2007, "count")]),
        ("nl", "De stad opende O-punt, één centraal, digitaal kanaal voor meldingen.", [(1, "count")]),
        ("fr", "Le médiateur a reçu 348 réclamations, contre 327 en 2015.", [(348, "count"), (327, "count")]),
        ("fr", "Près de 1 234 plaintes, soit 12,5 pour cent des dossiers.", [(1234, "count"), (12.5, "percent")]),
        ("fr", "Vingt et une plaintes ont été déclarées fondées.", [(21, "count")]),
        ("de", "Es gingen dreiundzwanzig Beschwerden ein, 28% mehr als geplant.", [(23, "count"), (28, "percent")]),
        ("de", "Der Anteil der Fälle stieg von 19,7 auf 21,3 Prozent.", [(19.7, "percent"), (21.3, "percent")]),
        ("en", "We received 1,007 complaints, of which twelve were upheld.", [(1007, "count"), (12, "count")]),
        ("en", "Stage two saw 15 complaints: two were upheld.", [(15, "count"), (2, "count")]),
    ],
)
def test_counts_shares_times_and_scores_are_read(language: str, text: str, expected: list[tuple[float, str]]) -> None:
    assert _read(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "nl",
            "Bij de klachten daalde sterk: ‘late aanslag’ (van 34 in 2022 naar zes in 2023).",
            ["klachten > late aanslag"] * 2,
        ),
        (
            "nl",
            "Bovenaan klachten over geen gevolg aan een melding of klacht: 156 in 2023 tegenover 117 in 2022.",
            ["klachten over geen gevolg aan een melding"] * 2,
        ),
        ("nl", "70% van de klachten kwam uit de stad en ongeveer 8% van anderen.", ["klachten", "klachten"]),
        ("nl", "Het aantal overige klachten daalde van 684 naar 495.", ["overige klachten"] * 2),
        ("nl", "Bij de meldingen ging het om 1.559 en 127 gevallen.", ["gevallen"] * 2),
        (
            "en",
            "Of the complaints, 59 were upheld, compared to 33 in the year before.",
            ["complaints > upheld"] * 2,
        ),
        ("en", "Within the target we answered 83% (85) of stage-one complaints.", ["stage-one complaints"] * 2),
        ("en", "On average a stage two complaint took 20 working days.", ["stage two complaint"]),
    ],
)
def test_what_is_counted_is_said_where_the_noun_stands_elsewhere(language: str, text: str, expected: list[str]) -> None:
    labels = [" > ".join(f.row_labels) for f in _figures(text, language)]
    assert labels == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Op 23 mei 2022 begon een nieuw systeem voor klachten."),
        ("nl", "Volgens artikel 12 van het decreet moet een klacht beantwoord worden."),
        ("nl", "Zie tabel 5 en bijlage 2 voor de klachten."),
        ("nl", "Wij vormen één groot netwerk; meer dan één loket voor klachten is er niet."),
        ("nl", "Bel 03 431 31 31 voor een klacht of kom naar Kerkstraat 12."),
        ("nl", "De top vijf van de klachten bleef gelijk sinds 2021."),
        ("nl", "Een klacht van een melder over een van de diensten is geen bezwaar."),
        ("nl", "De databank Cervus 2.0 en KLM2 tellen klachten 24/7."),
        ("nl", "Zo'n klacht is nooit 100% te vermijden."),
        ("fr", "Une plainte introduite le 4 mars 2022 est un cas à part."),
        ("de", "Ein Fall vom 3. Mai 2022 ist eine Beschwerde nach Artikel 5."),
        ("en", "A complaint about one of the officers went to stage two in 2021."),
    ],
)
def test_dates_articles_references_and_articles_of_law_are_no_observations(language: str, text: str) -> None:
    assert _read(text, language) == []


def test_a_figure_says_what_it_counts_its_year_and_its_place() -> None:
    first, second = _figures("Ook de klachten over attitude namen toe (van 89 in 2022 naar 141 in 2023).")
    assert first.row_labels == ("klachten over attitude",)
    assert (first.years, second.years) == (("2022",), ("2023",))
    assert first.printed == "89"
    assert first.place.box.x0 < second.place.box.x0


def test_a_label_in_quotes_stands_under_what_is_counted() -> None:
    first, second = _figures(
        "Het vaakst gingen de meldingen over ‘publieke ruimte’ (1.622) en ‘overlast’ (1.242) in de stad."
    )
    assert first.row_labels == ("meldingen", "publieke ruimte")
    assert second.row_labels == ("meldingen", "overlast")


def test_a_year_after_a_comparison_is_not_the_number_s_own() -> None:
    (figure,) = _figures("Zo zijn er 295 dossiers minder ten opzichte van 2022.")
    assert figure.years in ((), ("2022",))
    first, second = _figures("De dienst noteerde 1.732 contacten, terwijl er in 2022 nog 1.856 contacten waren.")
    assert first.years == ()
    assert second.years == ("2022",)


def test_sentences_leave_masked() -> None:
    (figure,) = _figures("Mevrouw Yildiz diende in 2023 drie klachten in.")
    assert figure.sentence == "Mevrouw [NAAM] diende in 2023 drie klachten in."


@given(st.integers(0, 10**7))
def test_a_count_printed_with_thousands_is_read_back(value: int) -> None:
    dutch = f"{value:,}".replace(",", ".")
    assert printed_number(dutch, "nl") == value
    assert printed_number(f"{value:,}", "en") == value


@given(st.text(max_size=60), st.sampled_from(["nl", "fr", "de", "en"]))
def test_mentions_lie_in_the_text_and_do_not_overlap(text: str, language: str) -> None:
    found = list(mentions(text, language))
    for before, after in pairwise(found):
        assert before.end <= after.start
    assert all(text[m.start : m.end] == m.text for m in found)


@pytest.mark.parametrize(("word", "language", "value"), [
    ("één", "nl", 1), ("een", "nl", None), ("tweehonderdvijfentwintig", "nl", 225), ("un", "fr", None),
    ("quatre-vingt-dix-sept", "fr", 97), ("septante-trois", "fr", 73), ("ein", "de", None),
    ("dreiundzwanzig", "de", 23),
    ("one hundred and six", "en", 106), ("klacht", "nl", None),
])  # fmt: skip
def test_number_words_are_read_and_articles_are_not(word: str, language: str, value: float | None) -> None:
    assert word_number(word, language) == value


def test_recall_and_precision_on_the_made_sentences_hold() -> None:
    place = Path(__file__).resolve().parents[2] / "benchmarks" / "prose"
    spec = importlib.util.spec_from_file_location("measure_figures", place / "measure_figures.py")
    assert spec
    assert spec.loader
    bench = importlib.util.module_from_spec(spec)
    sys.modules["measure_figures"] = bench
    spec.loader.exec_module(bench)
    result = bench.measure((place / "figures.txt").read_text(encoding="utf-8").splitlines())
    assert result.recall >= 0.9
    assert result.precision >= 0.97


def test_numbers_in_brackets_count_the_words_before_each() -> None:
    figures = _figures("De meldingen gingen over parkeren (12%), zwerfvuil (9%) en over het gebouw (4%).")
    assert [f.row_labels for f in figures] == [
        ("meldingen", "parkeren"),
        ("meldingen", "zwerfvuil"),
        ("meldingen", "over het gebouw"),
    ]


@pytest.mark.parametrize(
    ("language", "text", "years"),
    [
        ("fr", "Les plaintes sont passées de 99 dossiers en 2021 à 52 dossiers en 2022.", [("2021",), ("2022",)]),
        ("fr", "Dans 215 cas, il s'agissait d'un conflit (204 en 2015).", [(), ("2015",)]),
        ("nl", "In 2019 waren dat er 288 klachten en in 2018 264.", [("2019",), ("2018",)]),
        ("nl", "Minder dan in 2021, toen 42% van de klachten gegrond was.", [("2021",)]),
    ],
)
def test_each_number_gets_its_own_year(language: str, text: str, years: list[tuple[str, ...]]) -> None:
    assert [f.years for f in _figures(text, language)] == years


@pytest.mark.parametrize(
    ("language", "text", "labels"),
    [
        ("nl", "De stad behandelde in 2023 192.617 vragen, meldingen en klachten.", ["vragen, meldingen en klachten"]),
        ("en", "Parks received 71 complaints and Roads & Transport 69; they top the list.", ["complaints"] * 2),
        ("en", "The service emptied 8,816,589 bins after complaints from residents.", ["bins"]),
    ],
)
def test_what_is_counted_ends_where_the_next_clause_begins(language: str, text: str, labels: list[str]) -> None:
    assert [f.row_labels[0] for f in _figures(text, language)] == labels


def test_a_noun_s_own_year_goes_before_the_sentence_s() -> None:
    figures = _figures("In 2020 telde de ombudsman 1.037 contacten, iets minder dan de 1.063 contacten van 2019.")
    assert [f.years for f in figures] == [("2020",), ("2019",)]


@pytest.mark.parametrize(
    ("sentence", "language", "printed", "labels"),
    [
        ("Zo zijn er 295 dossiers minder ten opzichte van 2022.", "nl", "295", ("dossiers minder",)),
        ("Er was een stijging van 20 klachten over parkeren.", "nl", "20", ("klachten over parkeren", "stijging")),
        ("De overige 55 % zijn vragen en meldingen.", "nl", "55 %", ("vragen en meldingen",)),
        ("De teams behandelden 12 klachten, burgers kregen bij 40% gelijk.", "nl", "40%", ("klachten",)),
        ("In 371 Fällen holte er bei der Verwaltung Akten ein.", "de", "371", ("Fällen",)),
        (
            "In 2023 raakte 36% van de klachten en vragen binnen 14 dagen opgelost.",
            "nl",
            "36%",
            ("klachten en vragen",),
        ),
        ("Er zijn zes dossiers lawaai, één dossier geur en één dossier ander.", "nl", "zes", ("dossiers lawaai",)),
        ("Tussen de 15% en 20% van de bellers doet dat bij klachten.", "nl", "15%", ("bellers",)),
    ],
)
def test_a_phrase_says_what_is_counted(sentence: str, language: str, printed: str, labels: tuple[str, ...]) -> None:
    found = {f.printed: f.row_labels for f in _figures(sentence, language)}
    assert found[printed][: len(labels)] == labels


@pytest.mark.parametrize(
    ("sentence", "language", "years"),
    [
        ("Het aantal klachten daalde van 28 naar 8.", "nl", {"28": ("2022",), "8": ()}),
        ("Er kwamen 37 klachten binnen, tegenover 24 het jaar voordien.", "nl", {"37": (), "24": ("2022",)}),
        ("Een jaar eerder waren er nog 64 dossiers.", "nl", {"64": ("2022",)}),
        ("The council received 409 complaints, down from 497 the year before.", "en", {"409": (), "497": ("2022",)}),
        ("Er kwamen 13 klachten, dat is meer dan het jaar voordien.", "nl", {"13": ()}),
    ],
)
def test_the_year_before_is_the_number_s_own(sentence: str, language: str, years: dict[str, tuple[str, ...]]) -> None:
    assert {f.printed: f.years for f in _figures(sentence, language)} == years
