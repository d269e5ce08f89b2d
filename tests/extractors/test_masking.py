from __future__ import annotations

import importlib.util
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.masking import mask, mask_story

BENCH = Path(__file__).resolve().parents[2] / "benchmarks" / "prose"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De heer Jan Peeters belde.", "De heer [NAAM] belde."),
        ("Mevrouw Fatima El Amrani klaagt.", "Mevrouw [NAAM] klaagt."),
        ("Zij woont in de Kerkstraat 12 bus 3, 2000 Antwerpen.", "Zij woont in de [ADRES]."),
        ("Bel 0476 12 34 56 of mail jan@voorbeeld.be.", "Bel [TELEFOON] of mail [E-MAIL]."),
        ("Rekening BE68 5390 0754 7034 werd gebruikt.", "Rekening [IBAN] werd gebruikt."),
        ("Rekening BE 68 5390 0754 7034 werd gebruikt.", "Rekening [IBAN] werd gebruikt."),
        ("Hij woont te Hemiksem, Nijverheidsstraat 41.", "Hij woont te [ADRES]."),
        ("De heer Mustafa Şahin belde.", "De heer [NAAM] belde."),
        ("De wagen 1-ABC-123 stond er.", "De wagen [PLAAT] stond er."),
        (
            "Nummer 85.07.30-033.28, geboren op 30 juli 1985.",
            "Nummer [RIJKSREGISTERNUMMER], geboren op [GEBOORTEDATUM].",
        ),
        ("Mme Dupont, 12 rue de Flandre à Bruxelles.", "Mme [NAAM], [ADRES] à Bruxelles."),
    ],
)
def test_a_personal_detail_gives_way_to_its_mark(text: str, expected: str) -> None:
    masked, count = mask(text, "nl")
    assert masked == expected
    assert count == len(re.findall(r"\[[A-Z\-]+\]", expected))


@pytest.mark.parametrize(
    "text",
    [
        "In de Pelgrimstraat is er haast geen toegang.",
        "Burgemeester Luc Claes antwoordde op de brief.",
        "De Blauwe Lijn van Politie Antwerpen nam dit verder op.",
        "La rue Neuve est encombrée de déchets.",
        "Er kwamen 223.864 contacten binnen tussen 1/7/2023 en 31/12/2023.",
        "Post Linkeroever reed uit met Permas D poeder.",
        "Stedelijk Onderwijs en Woonhaven Antwerpen werkten samen.",
    ],
)
def test_places_of_nuisance_office_holders_bodies_and_figures_stay(text: str) -> None:
    assert mask(text, "nl") == (text, 0)


@given(st.text(alphabet="abcdefghij klmnop.,0123456789", max_size=80))
def test_text_without_capitals_keeps_its_words(text: str) -> None:
    masked, _ = mask(text, "nl")
    letters = re.findall(r"[a-z]+", text)
    assert [w for w in letters if w in masked] == letters


@given(st.sampled_from(["De heer Jan Peeters kwam.", "Bel 0476 12 34 56.", "Mail naar a.b@c.be."]), st.integers(1, 4))
def test_every_detail_counts_once(sentence: str, times: int) -> None:
    assert mask(" ".join([sentence] * times), "nl")[1] == times


def test_masking_twice_changes_nothing_more() -> None:
    once, _ = mask("Mevrouw Yildiz, Kerkstraat 4, belde 03 221 13 33.", "nl")
    assert mask(once, "nl") == (once, 0)


@pytest.mark.parametrize(
    ("text", "language", "masked"),
    [
        ("Daarna nam Oksana Hrytsenko de bus.", "nl", "Daarna nam [NAAM] de bus."),
        ("On a demandé à Bintou de revenir.", "fr", "On a demandé à [NAAM] de revenir."),
        ("Hoogachtend, Lode Vandeputte", "nl", "Hoogachtend, [NAAM]"),
        ("Freundliche Grüsse Urs Leuenberger", "de", "Freundliche Grüsse [NAAM]"),
        ("Zijn vader is op 24 december 1939 geboren.", "nl", "Zijn vader is op [GEBOORTEDATUM] geboren."),
    ],
)
def test_a_story_tells_by_its_grammar_who_is_a_person(text: str, language: str, masked: str) -> None:
    assert mask_story([text], language) == ((masked,), 1)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Over FR en DUI staat niets op de Gedempte Zuiderdokken.", "nl"),
        ("From November the Easter rota applied.", "en"),
        ("Volgens Fluvius ligt het aan Aquafin.", "nl"),
        ("L'échevin Xavier Desgain et le Ravel.", "fr"),
        ("Die Albisriederplatz Anlage wurde gereinigt.", "de"),
        ("Daarbij werden de regels gevolgd. Tegelijkertijd kan dat anders.", "nl"),
        ("Une auto à la place de Tongres, aux fêtes de Wallonie.", "fr"),
        ("Le Samu est venu, selon la loi Salduz.", "fr"),
        ("Een wagen met Poolse plaat stond op de stoep.", "nl"),
    ],
)
def test_bodies_products_places_and_office_holders_stay_in_a_story(text: str, language: str) -> None:
    assert mask_story([text], language) == ((text,), 0)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Schoonjans huurt een garage.", "nl", "[NAAM] huurt een garage."),
        ("Vanderbeken conteste la taxe.", "fr", "[NAAM] conteste la taxe."),
        ("Het kind (Mats, 7 jaar) bleef alleen.", "nl", "Het kind ([NAAM], 7 jaar) bleef alleen."),
        ("Dossier 55 (Wuyts/De Bie) is gesloten.", "nl", "Dossier 55 ([NAAM]) is gesloten."),
        ("Willems F. vraagt een container.", "nl", "[NAAM] vraagt een container."),
        ("\"Niemand luistert\", zegt Mieke.", "nl", "\"Niemand luistert\", zegt [NAAM]."),
        ("À la demande d'Anissa, le commissaire a visionné les images.", "fr",
         "À la demande d'[NAAM], le commissaire a visionné les images."),
    ],
)  # fmt: skip
def test_a_story_s_grammar_tells_a_person(text: str, language: str, expected: str) -> None:
    assert mask_story([text], language)[0] == (expected,)


def test_who_is_named_once_is_masked_wherever_the_name_comes_again() -> None:
    title, text = mask_story(["De oprit van Roefs", "Wannes Roefs belde. Roefs kreeg geen antwoord."], "nl")[0]
    assert "Roefs" not in title + text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Els en Jo Michiels klaagden samen.", "[NAAM] en [NAAM] klaagden samen."),
        ("Nguyen Thi Lan baat een frituur uit.", "[NAAM] baat een frituur uit."),
        ("Op de brief stond Verhaegen in plaats van mevrouw Verhaeghe.",
         "Op de brief stond [NAAM] in plaats van mevrouw [NAAM]."),
    ],
)  # fmt: skip
def test_who_is_named_beside_a_person_or_with_a_slip_is_that_person(text: str, masked: str) -> None:
    assert mask_story([text], "nl")[0] == (masked,)


def test_the_free_number_of_a_body_stays() -> None:
    text = "Bel gratis 0800 12 445 of kom naar het loket."
    assert mask_story([text], "nl") == ((text,), 0)


def test_recall_and_loss_on_the_made_sentences_hold() -> None:
    spec = importlib.util.spec_from_file_location("measure_masking", BENCH / "measure_masking.py")
    assert spec and spec.loader
    bench = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["measure_masking"] = bench
    spec.loader.exec_module(bench)
    results = [bench.measure((BENCH / f"{n}.txt").read_text(encoding="utf-8").splitlines()) for n in bench.SETS]
    assert sum(r.planted for r in results) >= 300
    assert min(r.recall for r in results) >= 0.98
    assert max(r.taken for r in results) < 0.01


@pytest.mark.parametrize("text", ["A" * 20_000, "Aa " * 5_000, "1 " * 5_000, "(" * 5_000])
def test_long_nonsense_costs_no_more_than_a_moment(text: str) -> None:
    start = time.process_time()
    mask_story([text], "nl")
    assert time.process_time() - start < 3
