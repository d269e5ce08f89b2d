"""The last look before a dataset leaves."""

from __future__ import annotations

import pandas as pd
import pytest

from publish.personal import details_in, with_small_counts


@pytest.mark.parametrize(
    "text",
    [
        "Mevr. Peeters belde op 3 maart.",
        "De heer Van den Broeck kreeg geen antwoord.",
        "M. Dupont a écrit deux fois.",
        "Frau Müller beschwerte sich.",
        "Mr Smith complained about his bins.",
        "J. Peeters kreeg een brief.",
        "Mijn zoon Jan Peeters werd gebeld.",
        "Zij is geboren op 12/03/1981 te Mechelen.",
        "De wagen met plaat 1-ABC-234 stond fout.",
        "Stuur het naar jan.peeters@voorbeeld.be.",
        "Gestort op BE68 5390 0754 7034 in mei.",
        "Rijksregisternummer 85.07.30-033.28 stond in de brief.",
        "Bel +32 470 12 34 56 na vijf uur.",
    ],
)
def test_a_detail_that_masking_let_through_is_seen(text: str) -> None:
    assert list(details_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "[NAAM] belde de dienst op 3 maart 2023; de burger kreeg antwoord na 12 dagen.",
        "Mr X complained. Ms Y agreed.",
        "De heer Burgemeester antwoordde.",
        "In 2023 waren er 1.899 klachten, 12,5 % meer dan in 2022.",
        "Dossier 2023-0412 werd op 12/03/2023 gesloten.",
        "Le médiateur a demandé à la commune de répondre. M. Le Médiateur a insisté.",
    ],
)
def test_masked_texts_and_figures_pass(text: str) -> None:
    assert not list(details_in(text))


def test_an_office_may_be_a_label_but_no_part_of_a_story() -> None:
    assert not list(details_in("klachten@woonhaven.be", narrative=False))
    assert list(details_in("Schrijf naar klachten@woonhaven.be"))
    assert list(details_in("jan.peeters@woonhaven.be", narrative=False))


def test_small_counts_in_narrow_categories_are_flagged() -> None:
    none = {"ground": None, "channel": None, "timeliness": None, "service": None}
    rows = [
        {"value": 3.0, "unit": "count", "is_total": False, "subject": "subject:waste", "outcome": "outcome:founded"},
        {"value": 3.0, "unit": "count", "is_total": True, "subject": "subject:waste", "outcome": "outcome:founded"},
        {"value": 5.0, "unit": "count", "is_total": False, "subject": "subject:waste", "outcome": "outcome:founded"},
        {"value": 0.0, "unit": "count", "is_total": False, "subject": "subject:waste", "outcome": "outcome:founded"},
        {"value": 3.0, "unit": "percent", "is_total": False, "subject": "subject:waste", "outcome": "outcome:founded"},
        {"value": 3.0, "unit": "count", "is_total": False, "subject": "subject:waste", "outcome": None},
    ]
    flagged = with_small_counts(pd.DataFrame([{**none, **row} for row in rows]))["small_count"]
    assert list(flagged) == [True, False, False, False, False, False]
