"""The second look at masked texts: check digits and characters, no words."""

from __future__ import annotations

import pytest

from extractors.leaks import hold_back, leak
from schemas.printed import Case


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Mail naar jan@voorbeeld.be voor meer.", "an e-mail address"),
        ("Op rekening BE68 5390 0754 7034 gestort.", "a bank account"),
        ("Het nummer 85073003328 stond verkeerd.", "a national number"),
        ("Bel 0476 12 34 56 na zes uur.", "a telephone number"),
        ("Bel +32 476 12 34 56 na zes uur.", "a telephone number"),
    ],
)
def test_what_is_left_over_is_named(text: str, what: str) -> None:
    assert leak(text) == what


@pytest.mark.parametrize(
    "text",
    [
        "Op 01/02/2023 om 9.30 uur kwam [NAAM] naar het loket.",
        "Dossier KM 23-0120-01 werd op 12 maart 2023 afgesloten.",
        "Rekening BE68 5390 0754 7035 bestaat niet; er waren 1.234.567 contacten en 223 864 oproepen.",
        "Bel gratis 0800 12 445 of kom langs.",
        "Zijn nummer [RIJKSREGISTERNUMMER] en adres [E-MAIL] zijn weg.",
    ],
)
def test_dates_files_and_counts_are_no_leaks(text: str) -> None:
    assert leak(text) is None


def test_a_case_that_still_tells_a_number_is_held_back_and_said_to_be() -> None:
    good = Case("Afval", "Stad", None, "De klager wacht.", "Opgelost.", 3, 3)
    bad = Case("Parkeren", "Stad", None, "Bel 0476 12 34 56.", "Opgelost.", 4, 4)
    kept, held = hold_back([good, bad])
    assert kept == (good,)
    assert [(p.page, p.severity) for p in held] == [(4, "error")]
    assert "telephone" in held[0].what and "0476" not in held[0].what
