"""Text that a person does not see is never data, however it is hidden, and whatever it hides."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lying_pages import FALSE, LIES, TRUE, broken_font_page, lying_page
from reportlab.pdfgen.canvas import Canvas

from extractors.page import Page
from extractors.pdfium import open_pdf, read_page
from extractors.scans.legible import fault, letters_alike

SHARED = Path(os.environ.get("KLACHTENATLAS_SHARED", Path(__file__).resolve().parents[3] / "shared"))
FALSE_FIGURES = SHARED / "hostile" / "invisible-false-figures.pdf"
LAYERS = ("a hidden layer over the figure", "a hidden form over the figure")
"""Nothing on these pages says which of two words is seen: only their picture does."""


def page_of(path: Path) -> Page:
    with open_pdf(path) as document:
        return read_page(document, 1)


@pytest.mark.parametrize("lie", [name for name in LIES if name not in LAYERS])
def test_what_is_hidden_is_left_out_and_counted(lie: str, tmp_path: Path) -> None:
    page = page_of(lying_page(tmp_path / "page.pdf", LIES[lie]))
    assert [w.text for w in page.words] == ["klachten", TRUE]
    assert page.hidden > 0
    assert fault(page) is None


@pytest.mark.parametrize(
    "lie", [name for name in LIES if "over the figure" in name and name not in LAYERS] + ["render mode 7"]
)
def test_a_hidden_figure_below_the_true_one_does_not_cost_it(lie: str, tmp_path: Path) -> None:
    page = page_of(lying_page(tmp_path / "page.pdf", b"", before=LIES[lie]))
    assert [w.text for w in page.words] == ["klachten", TRUE]


@pytest.mark.parametrize("lie", LAYERS)
def test_two_words_at_one_place_make_the_page_a_case_for_its_picture(lie: str, tmp_path: Path) -> None:
    found = fault(page_of(lying_page(tmp_path / "page.pdf", LIES[lie])))
    assert found is not None
    assert not found.keeps_words


def test_what_only_looks_suspicious_stays(tmp_path: Path) -> None:
    seen = {
        "white on a dark band": b"0.1 g 290 690 80 30 re f BT /F1 11 Tf 1 g 300 700 Td (239) Tj ET\n",
        "grey on white": b"BT /F1 8 Tf 0.8 g 300 700 Td (239) Tj ET\n",
        "below a marker's ink": b"BT /F1 11 Tf 0 g 300 700 Td (239) Tj ET q /Half gs 1 1 0 rg 290 690 80 30 re f Q\n",
        "clipped by its own cell": b"q 290 690 80 30 re W n BT /F1 11 Tf 0 g 300 700 Td (239) Tj ET Q\n",
        "white on a small pale box": b"0.6 0.7 0.9 rg 298 697 22 13 re f BT /F1 11 Tf 1 g 300 700 Td (239) Tj ET\n",
        "small": b"BT /F1 4 Tf 0 g 300 700 Td (239) Tj ET\n",
    }
    for how, drawn in seen.items():
        page = page_of(lying_page(tmp_path / "page.pdf", drawn))
        assert FALSE in [w.text for w in page.words], how
        assert page.hidden == 0, how


def test_a_font_without_usable_characters_is_recognised(tmp_path: Path) -> None:
    for mapping, says in (("private", "readable characters"), ("shifted", "not those that it shows")):
        found = fault(page_of(broken_font_page(tmp_path / f"{mapping}.pdf", mapping)))
        assert found is not None
        assert says in found.what
    assert fault(page_of(broken_font_page(tmp_path / "sound.pdf", "sound"))) is None


def test_a_sentence_that_comes_again_and_again_is_no_sign_of_a_lying_font(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "page.pdf"), invariant=1)
    for k in range(30):
        canvas.drawString(60, 780 - 20 * k, "OK OK OK OK OK OK: Wijk A, wijk B, wijk C, wijk D")
    canvas.save()
    assert fault(page_of(tmp_path / "page.pdf")) is None


def test_letters_of_four_languages_are_alike_and_ciphers_are_not() -> None:
    texts = {
        "nl": "De meeste klachten gaan over de dienstverlening aan het loket en over de lange wachttijden bij de "
        "balie, want burgers willen graag snel en vriendelijk worden geholpen met hun vragen en hun aanvragen.",
        "fr": "La plupart des plaintes concernent la propreté des rues et le délai de traitement des demandes "
        "adressées aux services de la ville, que les habitants jugent souvent beaucoup trop long.",
        "de": "Die meisten Beschwerden betreffen die Sauberkeit der Straßen und die Dauer der Bearbeitung von "
        "Anträgen in den Bürgerämtern, die vielen Einwohnerinnen und Einwohnern der Stadt zu lang erscheint.",
        "en": "Most complaints are about the time that it takes to answer a request and about the collection of waste "
        "in the outer parts of the city, where the lorries come once in two weeks and often too late.",
    }
    for text in texts.values():
        shifted = "".join(chr((ord(c) - 97 + 3) % 26 + 97) if "a" <= c <= "z" else c for c in text.lower())
        assert (letters_alike(text) or 0) > 0.85
        assert (letters_alike(shifted) or 1) < 0.7
    assert letters_alike("Totaal 12") is None


@pytest.mark.shared
@pytest.mark.skipif(not FALSE_FIGURES.is_file(), reason="needs the shared material (KLACHTENATLAS_SHARED or ../shared)")
def test_invisible_figures_over_real_ones_are_not_read() -> None:
    page = page_of(FALSE_FIGURES)
    words = [w.text for w in page.words]
    for true in ("932", "485", "108", "382", "297", "445", "1.899", "1.314", "1.044"):
        assert true in words
    for false in ("239", "854", "801", "283", "792", "544", "9.981", "4.131", "4.401"):
        assert false not in words
