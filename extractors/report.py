"""One PDF in, everything it prints out: the only door of this room.

`read_report` reads pages, then tables, then what stands around them. A page without usable text is read from its
picture. A page that cannot be read becomes a Problem and the rest goes on; a file that cannot be opened raises
`UnreadablePdf` with a sentence for a person.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from extractors import case_tables, cases, charts, leaks, lists, outline, prose, textflow, watch
from extractors.hyphens import vocabulary
from extractors.page import Page, lines_of
from extractors.pdfium import PageTooMuch, UnreadablePdf, open_pdf, read_page
from extractors.scans.legible import fault
from extractors.tables import read as tables
from extractors.tables.figures import table_figures
from schemas.limits import Limits
from schemas.printed import PageInfo, PrintedReport, Problem

log = logging.getLogger(__name__)


class PicturesAhead(Exception):
    """More pages have to be read from their pictures than was allowed; `count` says how many there are."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} pages have no usable text")
        self.count = count


def read_report(
    path: Path,
    language: str,
    *,
    publisher: str | None = None,
    reporting_year: int | None = None,
    hints: dict[str, object] | None = None,
    pictures: int | None = None,
    limits: Limits | None = None,
    lost: Mapping[int, str] | None = None,
) -> PrintedReport:
    """All that the PDF at `path` prints.

    `language` is nl, fr, de or en. `publisher` names the body where the report names none, `reporting_year` the year
    that its undated figures are about. `hints` are the catalogue entry's. `pictures` is the most pages that may be read
    by OCR; where there are more, PicturesAhead is raised before the first is. A page that goes beyond `limits` becomes
    a Problem; those in `lost` are not read, for the reasons given.
    """
    pages, problems = read_pages(path, language=language, pictures=pictures, limits=limits, lost=lost)
    parts = tables.read_parts(pages, path)
    problems += tables.unread(pages, parts)
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
        with watch.page(page.number):
            found = charts.find_charts(page, printed, language, structure)
        figures += found.figures
        problems += found.problems
    figures += lists.find_lists(paragraphs, structure, language, reporting_year)
    figures += prose.find_figures(paragraphs, structure, language, reporting_year)
    kept, held = leaks.hold_back(cases.find_cases(paragraphs, structure, language))
    problems += held
    report = PrintedReport(
        language=language,
        pages=tuple(_info(page) for page in pages),
        organisations=structure.organisations,
        sections=structure.sections,
        tables=printed,
        figures=tuple(figures),
        cases=kept,
        problems=tuple(problems),
        title=structure.title,
        reporting_year=reporting_year,
    )
    return placed(report, pages)


def placed(report: PrintedReport, pages: Sequence[Page]) -> PrintedReport:
    """The report with what only the pictures of its pages know: see `extractors.scans.read.placed`."""
    if not any(page.ocr for page in pages):
        return report
    from extractors.scans.read import placed as in_pictures

    return in_pictures(report, pages)


def read_pages(
    path: Path,
    only: Sequence[int] | None = None,
    *,
    language: str | None = None,
    pictures: int | None = None,
    limits: Limits | None = None,
    lost: Mapping[int, str] | None = None,
) -> tuple[list[Page], list[Problem]]:
    """The pages of a PDF (all, or those numbered in `only`), and what went wrong on the way.

    `language` helps Tesseract. `pictures`, `limits`, `lost`: see `read_report`.
    """
    limits, lost = limits or Limits(), lost or {}
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
            if watch.late():
                problems.append(watch.too_late([n for n in only or range(1, count + 1) if n >= number], limits))
                break
            if number in lost:
                problems.append(Problem(lost[number], number, "error"))
                continue
            try:
                with watch.page(number):
                    page = read_page(document, number, limits)
            except MemoryError:  # this process cannot go on
                raise
            except PageTooMuch as error:
                watch.no_page()
                problems.append(Problem(str(error), number, "error"))
                continue
            except Exception as error:  # a broken page costs that page only
                watch.no_page()
                log.debug("page %d of %s", number, path.name, exc_info=True)
                what = f"Page {number} is damaged and cannot be read ({type(error).__name__}); look at it yourself."
                problems.append(Problem(what, number, "error"))
                continue
            pages.append(page)
        if not pages:
            raise UnreadablePdf(f"No page of {path.name} could be read. {problems[-1].what}")
        unusable = {page.number: why for page in pages if (why := fault(page))}
        if pictures is not None and len(unusable) > pictures:
            raise PicturesAhead(len(unusable))
        if unusable:
            from extractors.scans.read import read_pictures

            found = read_pictures(document, pages, unusable, language, limits)
            pages, problems = found.pages, problems + found.problems
    for page in pages:
        problems += _hidden(page)
    return pages, problems


def _hidden(page: Page) -> list[Problem]:
    if not page.hidden:
        return []
    return [Problem(f"{page.hidden} characters on page {page.number} are not visible and were left out.", page.number)]


def _info(page: Page) -> PageInfo:
    width, height = (page.height, page.width) if page.turn % 2 else (page.width, page.height)
    return PageInfo(
        page.number, round(width, 2), round(height, 2), len(page.words), len(page.images),
        "ocr" if page.ocr else "unread" if page.unread else "text", page.unread,
    )  # fmt: skip
