"""Reads the tables of a generated document with the project's reader, and nothing else of it."""

from __future__ import annotations

from pathlib import Path

from extractors.hyphens import vocabulary
from extractors.page import lines_of
from extractors.pdfium import open_pdf, read_page
from extractors.tables import read as tables
from extractors.tables.figures import table_figures
from schemas.printed import PrintedReport


def read_tables(path: Path, language: str) -> PrintedReport:
    """The tables of the PDF at `path` and their figures; sections, cases, lists and prose stay unread."""
    with open_pdf(path) as document:
        pages = [read_page(document, number) for number in range(1, len(document) + 1)]
    parts = tables.read_parts(pages)
    known = vocabulary(line.text for page in pages for line in lines_of(page.words))
    figures = table_figures(parts, known, language, lambda _page, _top: ("", None))
    return PrintedReport(language, (), tables=tables.to_schema(parts, known), figures=tuple(figures))
