"""Pages are read as a person sees them: turned, raised, and without what is hidden."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.page import Page
from extractors.pdfium import UnreadablePdf, open_pdf, read_page
from schemas.printed import Box


def page_of(tmp_path: Path, draw: Callable[[Canvas], None], rotate: int = 0) -> Page:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 600), invariant=1)
    if rotate:
        canvas.setPageRotation(rotate)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    path = tmp_path / "page.pdf"
    path.write_bytes(buffer.getvalue())
    with open_pdf(path) as document:
        return read_page(document, 1)


def words(page: Page) -> list[str]:
    return [w.text for w in page.words]


def test_invisible_white_covered_and_off_page_text_is_left_out(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 500, "seen")
        text = canvas.beginText(50, 450)
        text.setTextRenderMode(3)
        text.textOut("invisible")
        canvas.drawText(text)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(50, 400, "white")
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(50, 350, "covered")
        canvas.setFillColorRGB(0.9, 0.9, 0.9)
        canvas.rect(40, 340, 200, 25, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(-300, 300, "outside")

    page = page_of(tmp_path, draw)
    assert words(page) == ["seen"]
    assert page.hidden == len("invisible" + "white" + "covered" + "outside")


def test_white_letters_on_a_dark_band_are_seen(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.1, 0.2, 0.4)
        canvas.rect(40, 490, 200, 25, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(50, 500, "header")

    assert words(page_of(tmp_path, draw)) == ["header"]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_boxes_are_where_a_person_sees_them(tmp_path: Path, rotate: int) -> None:
    high = 380 if rotate % 180 else 580  # reportlab turns the sheet over with the page
    page = page_of(tmp_path, lambda canvas: canvas.drawString(50, high, "corner"), rotate)
    word = page.words[0]
    seen = page.seen(word.box)
    width, height = 400, 600
    inside = Box(0, 0, width, height)
    assert word.text == "corner"
    assert inside.x0 <= seen.x0 < seen.x1 <= inside.x1
    assert inside.top <= seen.top < seen.bottom <= inside.bottom
    corner = {0: (seen.x0, seen.top), 90: (width - seen.x1, seen.top),
              180: (width - seen.x1, height - seen.bottom), 270: (seen.x0, height - seen.bottom)}[rotate]  # fmt: skip
    assert max(corner) < 60


def test_a_table_set_sideways_is_read_upright(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rotate(90)
        canvas.drawString(100, -200, "klachten 1.044")

    page = page_of(tmp_path, draw)
    assert words(page) == ["klachten", "1.044"]
    assert page.turn == 1
    assert page.words[0].x0 < page.words[1].x0


def test_a_small_raised_figure_is_a_mark(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(50, 500, "Algemeen")
        canvas.setFont("Helvetica", 6)
        canvas.drawString(97, 504, "23")

    page = page_of(tmp_path, draw)
    assert [(w.text, w.raised) for w in page.words] == [("Algemeen", False), ("23", True)]


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "is empty"), (b"<html><body>Not found</body></html>", "an HTML page"), (b"%PDF-1.7 broken", "is damaged")],
)
def test_what_cannot_be_opened_is_said_in_a_sentence(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(content)
    with pytest.raises(UnreadablePdf, match=says), open_pdf(path):
        pass
