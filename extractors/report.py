"""One PDF in, everything it prints out: the only door of this room.

`read_report` reads pages, then tables, then what stands around them. A page that cannot be read becomes a Problem and
the rest goes on; a file that cannot be opened raises `UnreadablePdf` with a sentence for a person.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from extractors import case_tables, cases, charts, lists, outline, prose, textflow
from extractors.hyphens import vocabulary
from extractors.page import Page, lines_of
from extractors.pdfium import UnreadablePdf, open_pdf, read_page
from extractors.tables import read as tables
from extractors.tables.figures import table_figures
from schemas.printed import PageInfo, PrintedReport, Problem

log = logging.getLogger(__name__)

FEW_WORDS = 8
"""A page with a picture and fewer words than this is a scan or a picture page."""


def read_report(
    path: Path,
    language: str,
    *,
    publisher: str | None = None,
    reporting_year: int | None = None,
    hints: dict[str, object] | None = None,
) -> PrintedReport:
    """All that the PDF at `path` prints.

    `language` is nl, fr, de or en. `publisher` names the body where the report names none, `reporting_year` the year
    that its undated figures are about. `hints` are the catalogue entry's.
    """
    pages, problems = read_pages(path)
    parts = tables.read_parts(pages, path)
    known = vocabulary(line.text for page in pages for line in lines_of(page.words))
    printed = tables.to_schema(parts, known)
    structure = outline.read_outline(pages, language, printed, publisher)
    told = case_tables.case_tables(printed)
    paragraphs = case_tables.with_tables(textflow.paragraphs(pages, printed, structure), printed, structure, known)

    def where(page: int, top: float) -> tuple[str, str | None]:
        place = structure.at(page, top)
        return place.organisation, place.section

    figures = [f for f in table_figures(parts, known, language, where) if f.table_id not in told]
    for page in pages:
        found = charts.find_charts(page, printed, language, structure)
        figures += found.figures
        problems += found.problems
    figures += lists.find_lists(paragraphs, structure, language, reporting_year)
    figures += prose.find_figures(paragraphs, structure, language, reporting_year)
    return PrintedReport(
        language=language,
        pages=tuple(_info(page) for page in pages),
        organisations=structure.organisations,
        sections=structure.sections,
        tables=printed,
        figures=tuple(figures),
        cases=cases.find_cases(paragraphs, structure, language),
        problems=tuple(problems),
        title=structure.title,
        reporting_year=reporting_year,
    )


def read_pages(path: Path, only: Sequence[int] | None = None) -> tuple[list[Page], list[Problem]]:
    """The pages of a PDF (all, or those numbered in `only`), and what went wrong on the way."""
    pages: list[Page] = []
    problems: list[Problem] = []
    repairs: list[str] = []
    with open_pdf(path, repairs) as document:
        problems += [Problem(sentence) for sentence in repairs]
        count = len(document)
        if not count:
            raise UnreadablePdf(f"{path.name} has no pages; download it again.")
        for number in only or range(1, count + 1):
            if not 1 <= number <= count:
                raise UnreadablePdf(f"{path.name} has {count} pages; page {number} does not exist.")
            try:
                page = read_page(document, number)
            except Exception as error:  # a broken page costs that page only
                log.debug("page %d of %s", number, path.name, exc_info=True)
                problems.append(Problem(f"Page {number} cannot be read ({type(error).__name__}).", number, "error"))
                continue
            pages.append(page)
            problems += _page_problems(page)
    return pages, problems


def _page_problems(page: Page) -> list[Problem]:
    found: list[Problem] = []
    letters = sum(len(w.text) for w in page.words)
    if is_picture(page):
        found.append(
            Problem(f"Page {page.number} is a picture without text; nothing on it was read.", page.number, "error")
        )
    if page.unmapped > 0.2 * max(1, letters):
        found.append(
            Problem(
                f"Page {page.number} uses a font without readable characters; check its text.", page.number, "error"
            )
        )
    if page.hidden > 0:
        found.append(
            Problem(f"{page.hidden} characters on page {page.number} are not visible and were left out.", page.number)
        )
    return found


def is_picture(page: Page) -> bool:
    """Whether a page is a scan: pictures over most of it and (nearly) no text."""
    covered = sum((b.x1 - b.x0) * (b.bottom - b.top) for b in page.images)
    return len(page.words) < FEW_WORDS and covered > 0.5 * page.width * page.height


def _info(page: Page) -> PageInfo:
    width, height = (page.height, page.width) if page.turn % 2 else (page.width, page.height)
    picture = is_picture(page)
    return PageInfo(
        page.number, round(width, 2), round(height, 2), len(page.words), len(page.images),
        "unread" if picture else "text", "a picture without text" if picture else None,
    )  # fmt: skip
