"""The page for those who published a report: what it says, in both languages, as HTML and as PDF."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pandas as pd
import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from publish import write_dataset
from publish.publisher_html import as_html
from publish.publisher_page import Picture, UnknownReport, gather
from publish.publisher_pdf import as_pdf
from publish.publisher_pictures import cut_out
from publish.publisher_words import KINDS, LANGUAGES, WORDS
from schemas.columns import FINDING_KINDS, SEVERITIES
from schemas.printed import Box

REPORT = "beekstad-2023"


@pytest.fixture(scope="module")
def doubtful(tables: dict[str, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample dataset with a table and a scanned number read with doubt, and a finding that blames the reading."""
    observations, findings = tables["observations"].copy(), tables["findings"].copy()
    table = observations["table_id"].eq("p5-1") & observations["report_id"].eq(REPORT)
    observations.loc[table, "reading_confidence"] = 0.4
    observations.loc[observations["observation_id"] == f"{REPORT}/p5-1/Loket/aantal", "ocr_confidence"] = 0.3
    blamed = findings[findings["report_id"] == REPORT].assign(finding_id=f"{REPORT}/misread", culprit="reading")
    blamed["message"] = "The counts of the desk do not add up."
    folder = tmp_path_factory.mktemp("doubtful") / "data"
    write_dataset({**tables, "observations": observations, "findings": pd.concat([findings, blamed])}, folder)
    return folder


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())


def test_both_languages_have_the_same_words_and_every_kind_and_severity() -> None:
    assert set(WORDS["nl"]) == set(WORDS["en"])
    for language in LANGUAGES:
        assert set(KINDS[language]) == set(FINDING_KINDS)
        assert {f"severity_{severity}" for severity in SEVERITIES} <= set(WORDS[language])


def test_it_tells_what_does_not_add_up_what_was_not_read_and_which_labels_are_new(doubtful: Path) -> None:
    page = gather(doubtful, REPORT, "en")
    (proven,) = page.contradictions
    assert [item.text for item in proven.items] == ["The total says 60, its rows add up to 61."]
    assert proven.items[0].figures == "Printed: 60 · by the rest of the report: 61"
    assert [item.text for item in page.unread] == [
        "A chart without numbers.",
        "The counts of the desk do not add up.",
        "We read “45” at “Loket / aantal”, but are not sure of its characters or its place.",
        "Table “Kanalen”: of its 3 figures we expect some 2 to stand at a wrong row or column, or to be misread. "
        "Is what we read right?",
    ]
    assert [line.label for line in page.labels] == ["varia, zie bijlage"]


def test_a_report_that_is_not_there_is_answered_with_those_that_are(doubtful: Path) -> None:
    with pytest.raises(UnknownReport, match="it holds aandorp-2022"):
        gather(doubtful, "nowhere-2020", "nl")


def test_the_html_needs_nothing_beside_it_and_says_what_its_pictures_show(doubtful: Path) -> None:
    page = gather(doubtful, REPORT, "nl")
    pictures = {picture: b"PNG" for item in page.items for picture in item.pictures}
    html = as_html(page, pictures)
    assert '<html lang="nl">' in html
    assert not re.findall(r"""(?:src|href)=["'](?!data:)""", html)
    assert html.count("<img ") == 4, "one of each finding, of the doubtful number, and of the doubtful table"
    assert 'alt="Bladzijde 4: 72 bij “totaal / aantal”, omkaderd"' in html
    assert "opnieuw gezet naar de gepubliceerde cijfers" in html, "a facsimile is called one"


def test_labels_of_reports_are_text_and_never_markup(doubtful: Path, tmp_path: Path) -> None:
    from dataclasses import replace

    page = gather(doubtful, REPORT, "nl")
    (line,) = page.labels
    odd = replace(page, labels=(replace(line, label="<script>x</script> & <b>"),))
    assert "<script>x" not in as_html(odd, {})
    assert "<script>x</script> & <b>" in text_of(as_pdf(odd, {}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_says_the_same_and_has_the_same_bytes_each_time(doubtful: Path, language: str) -> None:
    page = gather(doubtful, REPORT, language)  # type: ignore[arg-type]
    out = io.BytesIO()
    Image.new("RGB", (900, 90), "white").save(out, format="PNG")
    pictures = {picture: out.getvalue() for item in page.items for picture in item.pictures}
    pdf = as_pdf(page, pictures)
    assert pdf == as_pdf(page, pictures)
    said = text_of(pdf)
    for words in (page.words["heading"], page.words["labels"], "varia, zie bijlage", page.unread[0].text, page.title):
        assert words in said


def test_without_pictures_the_page_says_why(doubtful: Path) -> None:
    page = gather(doubtful, REPORT, "en")
    assert page.words["no_pages"] in as_html(page, {})
    assert page.words["no_pages"] in text_of(as_pdf(page, {}))


def test_a_place_is_cut_out_with_its_number_framed_in_red_and_the_others_in_blue(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    for line in range(30):
        canvas.drawString(80, 800 - 20 * line, f"Label {line}")
        canvas.drawRightString(400, 800 - 20 * line, f"{line}")
    canvas.save()
    picture = Picture(1, Box(390, 233, 400, 243), (Box(390, 253, 400, 263),), 33, "x")
    far, near = (Image.open(io.BytesIO(png)).convert("RGB") for png in cut_out(path, [picture, Picture(
        1, Box(390, 73, 400, 83), (), 33, "x", in_question=False)]))  # fmt: skip
    assert far.height < near.height + 60, "a table's head is shown where it is near, and left out where it is far"
    assert far.width < 595 * 1.8, "the page's margins are left out"
    reds = sum(1 for r, g, b in far.get_flattened_data() if r > 150 and g < 80 and b < 140)
    blues = sum(1 for r, g, b in far.get_flattened_data() if b > 150 and r < 80)
    assert reds > 40
    assert blues > 40
    assert not any(r > 150 and g < 80 and b < 140 for r, g, b in near.get_flattened_data())
