"""Small capitals that a page sets as capitals of two sizes are words like any other."""

from __future__ import annotations

import io
from pathlib import Path

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from extractors.pdfium import open_pdf, read_page

SIZE, SMALL = 9.0, 6.9


def read(tmp_path: Path, *texts: str, body: str = "") -> list[tuple[str, float]]:
    """The words, each with its size, of texts whose small letters are printed as small capitals."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 600), invariant=1)
    for k, text in enumerate(texts):
        x = 50.0
        for char in text:
            size = SMALL if char.islower() else SIZE
            canvas.setFont("Helvetica", size)
            canvas.drawString(x, 500 - 12 * k, char.upper())
            x += stringWidth(char.upper(), "Helvetica", size)
    canvas.setFont("Helvetica", SMALL)
    canvas.drawString(50, 300, body)
    canvas.save()
    path = tmp_path / "page.pdf"
    path.write_bytes(buffer.getvalue())
    with open_pdf(path) as document:
        return [(w.text, round(w.size, 1)) for w in read_page(document, 1).words]


def test_capitals_of_two_sizes_are_one_word(tmp_path: Path) -> None:
    assert read(tmp_path, "Subtrefwoord", "behandelde dig. Klachten") == [
        ("Subtrefwoord", SIZE), ("behandelde", SIZE), ("dig.", SIZE), ("Klachten", SIZE),
    ]  # fmt: skip


def test_a_larger_point_alone_shows_what_the_small_type_is(tmp_path: Path) -> None:
    assert read(tmp_path, "rel. aantal") == [("rel.", SIZE), ("aantal", SIZE)]


def test_ordinary_text_of_the_smaller_size_stays_as_it_is(tmp_path: Path) -> None:
    body = "Antwerpen en Gent hebben Klachten"
    found = read(tmp_path, "Aa", body=body)
    assert found[-5:] == [(word, SMALL) for word in body.split()]


def test_a_small_letter_after_a_figure_is_left_alone(tmp_path: Path) -> None:
    assert [text for text, _ in read(tmp_path, "12a")] == ["12", "A"]
