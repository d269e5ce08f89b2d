"""The hash of a number's picture: what it covers, and that it is the same whichever process draws it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from extractors.pdfium import open_pdf
from extractors.render import crop_digests

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
