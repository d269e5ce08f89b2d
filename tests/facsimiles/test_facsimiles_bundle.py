"""What is bundled under `raw_reports/` is what its catalogue and its content files say."""

import hashlib
import re
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
import yaml

from facsimiles import content
from facsimiles.__main__ import documents
from schemas.catalogue import LANGUAGES

RAW = Path(__file__).parents[2] / "raw_reports"
ENTRIES = yaml.safe_load((RAW / "catalogue.yaml").read_text(encoding="utf-8"))["reports"]
FACSIMILES = [entry for entry in ENTRIES if entry["edition"] == "facsimile"]
DOCUMENTS = {document.id: document for document in documents()}
REQUIRED = {"id", "city", "country", "publisher", "title", "reporting_year", "language", "edition"}


def squeezed(text: str) -> str:
    """Text without spaces, hyphens and line-break marks: what stays the same however a line is broken."""
    return re.sub(r"[\s\u00ad\ufffe\u2010\u0002-]", "", text)


@cache
def page_texts(file: str) -> tuple[str, ...]:
    with pypdfium2.PdfDocument(RAW / file) as pdf:
        return tuple(squeezed(page.get_textpage().get_text_range()) for page in pdf)


def of_each(entries: list[dict]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("entry", entries, ids=[entry["id"] for entry in entries])


def test_report_ids_and_files_are_unique() -> None:
    ids = [entry["id"] for entry in ENTRIES]
    files = [entry["file"] for entry in ENTRIES if "file" in entry]
    assert len(set(ids)) == len(ids)
    assert len(set(files)) == len(files)


@of_each(ENTRIES)
def test_entry_has_every_field_that_the_catalogue_explains(entry: dict) -> None:
    assert entry.keys() >= REQUIRED
    assert entry["language"] in LANGUAGES
    assert re.fullmatch("[A-Z]{2}", entry["country"])
    assert re.fullmatch("[a-z0-9-]+", entry["id"])
    assert 1990 <= entry["reporting_year"] <= 2100
    assert ("url" in entry) == ("url_kind" in entry)
    assert entry.get("url_kind", "page") in ("page", "pdf")


@of_each([entry for entry in ENTRIES if entry["edition"] == "original"])
def test_original_has_an_address_and_no_file_until_it_is_fetched(entry: dict) -> None:
    assert entry["url"].startswith(("https://", "http://"))
    assert "file" not in entry


@of_each(FACSIMILES)
def test_file_is_the_one_catalogued_and_small_enough_to_bundle(entry: dict) -> None:
    data = (RAW / entry["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == entry["sha256"]
    assert len(data) < 400_000
    assert entry["licence"] == "CC-BY-4.0"


def test_every_pdf_has_an_entry_and_every_facsimile_a_content_file() -> None:
    assert {path.name for path in RAW.glob("*.pdf")} == {entry["file"] for entry in FACSIMILES}
    assert {entry["id"] for entry in FACSIMILES} == set(DOCUMENTS)


@of_each(FACSIMILES)
def test_entry_agrees_with_the_content_file(entry: dict) -> None:
    document = DOCUMENTS[entry["id"]]
    assert (entry["title"], entry["reporting_year"], entry["language"], entry["publisher"]) == (
        document.title,
        document.year,
        document.language,
        document.publisher,
    )


@of_each(FACSIMILES)
def test_every_page_says_that_it_is_a_facsimile(entry: dict) -> None:
    mark = squeezed(DOCUMENTS[entry["id"]].mark)
    pages = page_texts(entry["file"])
    assert pages
    assert all(mark in page for page in pages)


def stretches(table: content.Table) -> list[str]:
    """Texts that must stand in the PDF unbroken: each row's cells, apart from those that go on down into other rows."""
    cut = len(table.align) if table.beside is None else table.beside
    rows = [[content.plain(cell.text) for cell in row if cell.rows == 1] for row in table.body]
    tall = [content.plain(cell.text) for row in table.body for cell in row if cell.rows > 1]
    return ["".join(part) for row in rows for part in (row[:cut], row[cut:])] + tall


@of_each(FACSIMILES)
def test_every_row_of_every_table_stands_in_the_pdf(entry: dict) -> None:
    pages = "".join(page_texts(entry["file"]))
    for table in content.tables(DOCUMENTS[entry["id"]].blocks):
        assert [text for text in stretches(table) if squeezed(text) not in pages] == []


@of_each(FACSIMILES)
def test_figures_in_sentences_lists_and_charts_stand_in_the_pdf(entry: dict) -> None:
    pages = "".join(page_texts(entry["file"]))
    # A paragraph that runs on over a page is cut by the running lines, so each sentence's numbers are looked for alone.
    for words in content.words(DOCUMENTS[entry["id"]].blocks):
        for figure in re.findall(r"[\w(]*\d[\d.,/%]*", words):
            assert squeezed(figure) in pages
