"""Pages that are pictures are read like every other page, and say so of each number."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from lying_pages import broken_font_page
from reportlab.pdfgen.canvas import Canvas

from benchmarks.scans.degrade import Damage, scan
from extractors.pdfium import open_pdf, read_page
from extractors.report import read_pages, read_report
from extractors.scans import engines
from schemas.printed import Figure, PrintedReport

ROWS = (
    ("Trefwoord", "2022", "2023"),
    ("Wachttijd aan de balie", "117", "156"),
    ("Privéleven", "1.044", "38"),
    ("Geluidsoverlast", "60", "7"),
    ("Totaal", "1.221", "201"),
)
VALUES = {117, 156, 1044, 38, 60, 7, 1221, 201}
WIDE, HIGH = 380, 190


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small page with a sentence and a ruled table."""
    path = tmp_path_factory.mktemp("printed") / "page.pdf"
    canvas = Canvas(str(path), pagesize=(WIDE, HIGH), invariant=1)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(40, 160, "In 2023 ontving de stad in totaal 201 klachten over de dienst.")
    columns, top, step = (40, 210, 270, 330), 140, 18
    for r, row in enumerate(ROWS):
        y = top - 13 - r * step
        canvas.setFont("Helvetica-Bold" if r == 0 else "Helvetica", 10)
        canvas.drawString(columns[0] + 4, y, row[0])
        for c in (1, 2):
            canvas.drawRightString(columns[c + 1] - 5, y, row[c])
    canvas.setLineWidth(0.6)
    for k in range(len(ROWS) + 1):
        canvas.line(columns[0], top - k * step, columns[-1], top - k * step)
    for x in columns:
        canvas.line(x, top, x, top - len(ROWS) * step)
    canvas.save()
    return path


@pytest.fixture(scope="module")
def scanned(printed: Path) -> PrintedReport:
    """What is read of that page, printed and scanned a degree askew."""
    path = printed.with_name("scan.pdf")
    scan(printed, path, [1], Damage(skew=1.0), seed=3)
    return read_report(path, "nl", reporting_year=2023)


def cells(report: PrintedReport) -> dict[tuple[str, str], Figure]:
    return {(f.row_labels[-1], f.column_labels[-1]): f for f in report.figures if f.kind == "cell"}


def test_a_scanned_table_is_read_with_its_labels(scanned: PrintedReport) -> None:
    found = cells(scanned)
    assert {key: f.printed for key, f in found.items()} == {
        (row[0], ROWS[0][c]): row[c] for row in ROWS[1:] for c in (1, 2)
    }
    assert [p.reading for p in scanned.pages] == ["ocr"]


def test_every_number_says_who_read_it_and_how_surely(scanned: PrintedReport) -> None:
    assert any(f.kind == "prose" and f.value == 201 for f in scanned.figures)
    for figure in scanned.figures:
        assert figure.ocr is not None
        assert 0.5 < figure.ocr <= 1
        assert figure.confidence <= figure.ocr
        assert figure.method.endswith("ocr rapidocr")
    assert [p.severity for p in scanned.problems] == ["info"]
    assert "read by OCR (rapidocr" in scanned.problems[0].what


def test_a_number_lies_where_it_is_on_the_crooked_sheet(scanned: PrintedReport, printed: Path) -> None:
    straight = cells(read_report(printed, "nl", reporting_year=2023))
    assert all(f.ocr is None for f in straight.values())
    for key, figure in cells(scanned).items():
        a, b = figure.place.box, straight[key].place.box
        # a degree about the middle, and the sheet laid down a few pixels off
        assert abs((a.x0 + a.x1) - (b.x0 + b.x1)) / 2 < 9
        assert abs((a.top + a.bottom) - (b.top + b.bottom)) / 2 < 9


def test_weight_is_told_line_by_line_against_the_page(tmp_path: Path) -> None:
    """A serif bold that is little heavier, on a dark sheet and a pale one; letters that touch are no ruled line."""
    path, picture = tmp_path / "weights.pdf", tmp_path / "scan.pdf"
    canvas = Canvas(str(path), pagesize=(330, 470), invariant=1)
    lines = (
        "De melder vroeg waarom de wagen zo laat ter plaatse kwam.", "Na onderzoek bleek dat de straat was afgesloten.",
        "Zijn klacht werd daarom als ongegrond beschouwd. Een", "bewoner stelde vast dat de kast open stond en gaf aan",
        "dat er water in gelopen was, hoewel het droog weer was.", "De ploeg had alles geprobeerd, maar kon de sleutel",
        "niet vinden en liet een bericht achter.",
    )  # fmt: skip
    for page in range(2):
        for k in range(26):
            bold = k == 12
            canvas.setFont("Times-Bold" if bold else "Times-Roman", 10)
            canvas.drawString(30, 430 - 15 * k, f"Schade aan het brandalarm {page}" if bold else lines[k % 7])
        canvas.showPage()
    canvas.save()
    scan(path, picture, [1, 2], Damage(skew=0.6, blur=0.8), seed=11)
    pages, _ = read_pages(picture, language="nl")
    for number, page in enumerate(pages):
        bold = " ".join(w.text for w in page.words if w.bold)
        assert bold == f"Schade aan het brandalarm {number}"
        assert page.rules == []


def test_a_sheet_that_was_laid_in_upside_down_is_turned(printed: Path) -> None:
    path = printed.with_name("turned.pdf")
    scan(printed, path, [1, 1], Damage(skew=0.5, turns=1), seed=5)
    with pikepdf.open(path, allow_overwriting_input=True) as file:
        file.pages[1].rotate(90, relative=True)  # the first lies on its side, the second on its head
        file.save()
    report = read_report(path, "nl", reporting_year=2023)
    for number in (1, 2):
        assert {f.value for f in report.figures if f.kind == "cell" and f.place.page == number} == VALUES
    info = report.pages[0]
    assert info.height > info.width
    last = next(f.place.box for f in report.figures if f.place.page == 1 and f.value == 1221)
    first = next(f.place.box for f in report.figures if f.place.page == 1 and f.value == 117)
    assert last.x0 < first.x0  # on its side, clockwise: rows that follow stand further to the left


def test_an_invisible_text_layer_over_a_scan_is_not_data(printed: Path) -> None:
    path = printed.with_name("layer.pdf")
    scan(printed, path, [1], Damage(skew=0.4), seed=7)
    false = "".join(f"BT /F1 10 Tf 3 Tr 40 {150 - 12 * k} Td (Wachttijd aan de balie 9{k}9) Tj ET\n" for k in range(8))
    with pikepdf.open(path, allow_overwriting_input=True) as file:
        page = file.pages[0]
        page.Resources.Font = pikepdf.Dictionary(
            F1=pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        page.contents_add(false.encode())
        file.save()
    report = read_report(path, "nl", reporting_year=2023)
    assert {f.value for f in report.figures if f.kind == "cell"} == VALUES
    assert "text layer is not visible" in (report.pages[0].note or "")


def test_letters_of_a_broken_font_are_read_from_the_picture(tmp_path: Path) -> None:
    path = broken_font_page(tmp_path / "font.pdf", "private")
    report = read_report(path, "nl")
    assert report.pages[0].reading == "ocr"
    assert report.pages[0].words >= 25


def test_without_an_engine_the_page_is_reported(printed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = printed.with_name("unread.pdf")
    scan(printed, path, [1], Damage(), seed=1)
    monkeypatch.setenv(engines.VARIABLE, "none")
    report = read_report(path, "nl", reporting_year=2023)
    assert report.figures == ()
    assert report.pages[0].reading == "unread"
    assert [p.page for p in report.problems if p.severity == "error"] == [1]


def test_an_engine_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(engines.VARIABLE, "abbyy")
    with pytest.raises(engines.OcrUnusable, match="use one of rapidocr, tesseract, none"):
        engines.chosen()


def test_a_picture_without_letters_holds_no_words_and_is_no_failure() -> None:
    engine = engines.engine("rapidocr")
    assert engine is not None
    blank = np.full((400, 300), 255, np.uint8)
    assert engine.read(blank, "nl") == []


def test_reading_a_picture_tells_nobody_of_it(tmp_path: Path) -> None:
    """A library that reports its use keeps who it is among the temporary files or in the home folder."""
    code = (
        "import numpy as np; from extractors.scans import engines; "
        "engines.engine('rapidocr').read(np.full((200, 200), 255, np.uint8), 'nl')"
    )
    places = {name: str(tmp_path) for name in ("TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    subprocess.run([sys.executable, "-B", "-c", code], check=True, env={**os.environ, **places})
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_tesseract_reads_when_it_is_asked_for(printed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(engines.VARIABLE, "tesseract")
    path = printed.with_name("tesseract.pdf")
    scan(printed, path, [1], Damage(skew=0.4, noise=3, quality=90), seed=2)
    report = read_report(path, "nl", reporting_year=2023)
    assert report.pages[0].reading == "ocr"
    assert all(f.method.split("ocr ")[1].startswith("tesseract ") for f in report.figures)


def test_a_page_with_text_costs_no_ocr(printed: Path) -> None:
    with open_pdf(printed) as document:
        page = read_page(document, 1)
    assert page.ocr == ""
    assert all(w.ocr is None for w in page.words)


def test_a_coloured_picture_is_not_taken_for_a_sheet_of_text(tmp_path: Path) -> None:
    from PIL import Image, ImageDraw
    from reportlab.pdfgen.canvas import Canvas

    from extractors.pdfium import open_pdf
    from extractors.scans.picture import shows_lines

    for name, ground, shows in (("map", (90, 200, 230), False), ("sheet", (250, 248, 244), True)):
        picture = Image.new("RGB", (800, 1100), ground)
        pen = ImageDraw.Draw(picture)
        for row in range(12):
            pen.text((80, 80 + 30 * row), "Klachten over sluikstort 128", fill=(20, 20, 20), font_size=18)
        picture.save(tmp_path / f"{name}.png")
        canvas = Canvas(str(tmp_path / f"{name}.pdf"), pagesize=(400, 550))
        canvas.drawImage(str(tmp_path / f"{name}.png"), 0, 0, 400, 550)
        canvas.save()
        with open_pdf(tmp_path / f"{name}.pdf") as document:
            assert shows_lines(document[0]) is shows
