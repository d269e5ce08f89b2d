"""Cases are found by their shape, however a report sets them: columns, boxes, run-in titles, tables, rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.layouts.generate import compiled
from benchmarks.narrative import flow, manners
from benchmarks.narrative.book import stories
from benchmarks.narrative.measure_cases import ALIKE, alike
from extractors.report import read_report
from schemas.printed import Case, PrintedReport

MANNERS = {m.name: m for m in (*manners.MANNERS, *flow.MANNERS)}


def told(name: str, language: str, folder: Path) -> PrintedReport:
    manner = MANNERS[name]
    book = stories(language)
    pdf = flow.document(book, manner) if manner in flow.MANNERS else compiled(manners.source(book, manner))[0]
    path = folder / "report.pdf"
    path.write_bytes(pdf)
    return read_report(path, language, reporting_year=2023)


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("run-in", "nl"),
        ("numbered-boxes", "de"),
        ("ruled-dates-below", "fr"),
        ("plain-titles", "fr"),
        ("label-lines", "en"),
        ("labels-two-columns", "de"),
        ("table-per-case", "nl"),
        ("table-narrow", "nl"),
        ("titled-table", "en"),
        ("bands-right-dates", "de"),
        ("bands-right-dates", "fr"),
        ("title-bars", "fr"),
        ("meta-lines", "de"),
        ("cases-as-rows", "en"),
        ("flow-topics", "nl"),
        ("flow-grid-tables", "fr"),
        ("flow-helvetica-ragged", "de"),
    ],
)
def test_every_case_is_found_once_with_its_texts(name: str, language: str, tmp_path: Path) -> None:
    report = told(name, language, tmp_path)
    book = stories(language)
    assert [c.title for c in report.cases] == [s.title for s in book]
    cases: dict[str, Case] = {c.title: c for c in report.cases}
    for story in book:
        case = cases[story.title]
        assert (case.section or "").casefold() == story.section.casefold()
        assert alike(story.complaint, case.complaint) >= ALIKE
        assert case.outcome_label is not None


def test_figures_of_a_table_that_tells_a_case_are_no_cells(tmp_path: Path) -> None:
    report = told("cases-as-rows", "nl", tmp_path)
    assert [f.printed for f in report.figures if f.kind == "cell"] == []
    assert {f.value for f in report.figures if f.kind == "prose"} == {214, 198, 38, 10}


def test_a_sentence_pulled_out_of_the_text_is_said_once(tmp_path: Path) -> None:
    report = told("serif-heads-notes", "fr", tmp_path)
    first = report.cases[0]
    opening = stories("fr")[0].complaint.split(". ")[0]
    assert f"{first.complaint} {first.handling}".count(opening) == 1


def test_an_opening_letter_is_part_of_its_word(tmp_path: Path) -> None:
    report = told("drop-caps", "de", tmp_path)
    assert [c.complaint.split()[0] for c in report.cases] == [s.complaint.split()[0] for s in stories("de")]


@pytest.mark.parametrize(("name", "language"), [("title-bars", "en"), ("meta-lines", "nl")])
def test_a_case_s_date_is_read_from_the_line_beside_its_title(name: str, language: str, tmp_path: Path) -> None:
    """On a bar over it together with the case's number, or among catchwords under it."""
    report = told(name, language, tmp_path)
    assert [c.date for c in report.cases] == [s.date for s in stories(language)]


def test_a_date_broken_in_the_margin_is_its_case_s(tmp_path: Path) -> None:
    report = told("margin-dates", "nl", tmp_path)
    assert [c.date for c in report.cases] == [s.date for s in stories("nl")]
