"""The typesetter gives the same bytes each time, and pages that look as they should."""

from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from facsimiles.__main__ import documents, main, typeset

RAW = Path(__file__).parents[2] / "raw_reports"


def test_typesetting_again_gives_the_committed_bytes(tmp_path: Path) -> None:
    assert main(["charleroi-mediateur-2022", "--out", str(tmp_path)]) == 0
    name = "charleroi-mediateur-2022.pdf"
    assert (tmp_path / name).read_bytes() == (RAW / name).read_bytes()


def test_reportlab_gives_the_same_bytes_twice() -> None:
    (document,) = documents(["breda-klachten-2018"])
    assert typeset(document) == typeset(document)


def test_turned_pages_are_stored_upright_and_shown_lying() -> None:
    with pikepdf.open(RAW / "antwerpen-ombudsvrouw-2023.pdf") as pdf:
        stored = [[round(float(side)) for side in page.mediabox] for page in pdf.pages]
        assert stored == [[0, 0, 595, 842]] * len(stored)
        assert {page.obj["/Rotate"] for page in pdf.pages} == {90}
    with pypdfium2.PdfDocument(RAW / "antwerpen-ombudsvrouw-2023.pdf") as shown:
        assert all(page.get_width() > page.get_height() for page in shown)


def test_table_that_goes_on_beside_leaves_its_stub_behind() -> None:
    with pypdfium2.PdfDocument(RAW / "antwerpen-eerstelijn-2023.pdf") as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    first = next(number for number, text in enumerate(texts) if "Woonstcontrole" in text)
    assert "Woonstcontrole" not in texts[first + 1]
    assert "afhandeling JUR" in " ".join(texts[first + 1].split())


@pytest.mark.parametrize("report", ["charleroi-mediateur-2022", "breda-klachten-2018"])
def test_fonts_of_this_machine_are_never_used(report: str) -> None:
    allowed = ("Helvetica", "Roboto", "SourceSansPro", "LibertinusSerif", "NewCM")
    with pikepdf.open(RAW / f"{report}.pdf") as pdf:
        fonts = {str(font["/BaseFont"]) for page in pdf.pages for font in page.resources.get("/Font", {}).values()}
    assert fonts
    assert all(any(name in font for name in allowed) for font in fonts)
