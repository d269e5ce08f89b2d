"""The hash of a number's picture: what it covers, and that it is the same whichever process draws it."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from extractors.pdfium import open_pdf
from extractors.render import STRIP_SCALE, crop_digests, read_strips, strips

PLACE = (1, 100.0, 100.0, 140.0, 120.0)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path_factory.mktemp("crops") / "page.pdf"
    canvas = Canvas(str(path), pagesize=(300, 300), invariant=1)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(102, 300 - 116, "1.899")
    canvas.drawString(102, 300 - 216, "1.899")
    canvas.showPage()
    canvas.save()
    return path


def digests(path: Path, *places: tuple[int, float, float, float, float]) -> list[str | None]:
    return list(json.loads(crop_digests(path, places)))


def test_the_hash_is_that_of_the_grey_pixels_in_the_box(page: Path) -> None:
    with open_pdf(page) as document:
        whole = document[0].render(scale=2.0, grayscale=True).to_pil()
    picture = whole.crop((200, 200, 281, 241))
    assert picture.size == (81, 41) and min(picture.tobytes()) < 60 < max(picture.tobytes())
    expected = hashlib.sha256(b"81x41\n" + picture.tobytes()).hexdigest()
    assert digests(page, PLACE) == [expected]


def test_equal_print_has_equal_hashes_and_other_print_another(page: Path) -> None:
    first, second, empty = digests(page, PLACE, (1, 100.0, 200.0, 140.0, 220.0), (1, 200.0, 100.0, 240.0, 120.0))
    assert first == second != empty


def test_places_off_the_page_have_none(page: Path) -> None:
    assert digests(page, (2, 0.0, 0.0, 10.0, 10.0), (1, 400.0, 0.0, 410.0, 10.0), (0, 0.0, 0.0, 5.0, 5.0)) == [None] * 3


def test_another_process_draws_the_same(page: Path) -> None:
    program = "import sys; from pathlib import Path; from extractors.render import crop_digests; "
    program += f"sys.stdout.buffer.write(crop_digests(Path(sys.argv[1]), [{PLACE}]))"
    other = subprocess.run([sys.executable, "-c", program, str(page)], check=True, capture_output=True)
    assert json.loads(other.stdout) == digests(page, PLACE)


def test_a_strip_shows_its_numbers_and_little_else(page: Path) -> None:
    drawn = read_strips(strips(page, [(False, 1, 100.0, 100.0, 140.0, 120.0), (False, 1, 100.0, 200.0, 140.0, 220.0)]))
    assert [(strip.page, strip.top < 100, strip.bottom > 120) for strip in drawn[:1]] == [(1, True, True)]
    assert len(drawn) == 2 and drawn[0].bottom < drawn[1].top
    for strip in drawn:
        picture = Image.open(io.BytesIO(strip.webp)).convert("L")
        assert picture.size == (
            round((strip.x1 - strip.x0) * STRIP_SCALE),
            round((strip.bottom - strip.top) * STRIP_SCALE),
        )
        assert min(picture.tobytes()) < 60  # the figures are there
        assert strip.x0 <= 102 and strip.x1 - strip.x0 < 80  # the white beside them is not


def test_strips_that_overlap_are_one_and_places_off_the_page_have_none(page: Path) -> None:
    places = [
        (True, 1, 100.0, 100.0, 140.0, 120.0),
        (True, 1, 100.0, 170.0, 140.0, 180.0),
        (True, 2, 0.0, 0.0, 9.0, 9.0),
    ]
    assert [(strip.page, strip.bottom > 180) for strip in read_strips(strips(page, places))] == [(1, True)]
