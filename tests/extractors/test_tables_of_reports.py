"""Tables of the bundled reports are read as they were set: every number with its labels."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from extractors.hyphens import vocabulary
from extractors.page import lines_of
from extractors.report import read_pages
from extractors.tables import read
from extractors.tables.drawing import REGION, RULE, WORD, seen
from extractors.tables.figures import table_figures
from extractors.tables.stitch import Part
from facsimiles import content
from facsimiles.__main__ import documents
from schemas.printed import Figure

REPORTS = Path(__file__).parents[2] / "raw_reports"


@cache
def parts_of(report: str) -> tuple[Part, ...]:
    pages, _ = read_pages(REPORTS / f"{report}.pdf")
    return tuple(read.read_parts(pages))


@cache
def figures_of(report: str) -> tuple[Figure, ...]:
    parts = list(parts_of(report))
    known = vocabulary(line.text for part in parts for line in lines_of(part.page.words))
    return tuple(table_figures(parts, known, "nl", lambda _page, _top: ("body", None)))


def key(text: str) -> str:
    return re.sub(r"[\W_]|[⁰¹²³⁴-⁹]", "", text).casefold()


def figure(report: str, row: str, column: str) -> Figure:
    found = [
        f
        for f in figures_of(report)
        if " > ".join(f.row_labels) == row and " > ".join(f.column_labels) == column
    ]  # fmt: skip
    assert found, f"no figure at {row} | {column}"
    return found[0]


@pytest.mark.parametrize("report", sorted({d.id for d in documents() if any(content.tables(d.blocks))}))
def test_every_row_that_was_set_is_read(report: str) -> None:
    document = documents([report])[0]
    wanted = Counter()
    for table in content.tables(document.blocks):
        for row in table.body:
            texts = [key(content.plain(cell.text)) for cell in row]
            wanted.update(t for t in texts if t.isdigit())
    read_cells: Counter[str] = Counter()
    for part in parts_of(report):
        body = part.body
        for row, cells in zip(body.texts, body.cells, strict=True):
            distinct = {id(c): t for c, t in zip(cells, row, strict=True)}
            read_cells.update(key(t) for t in distinct.values())
    missing = wanted - read_cells
    assert not missing, f"numbers set but not read: {dict(missing)}"


@pytest.mark.parametrize(
    ("row", "column", "value", "unit"),
    [
        ("voorbeeldgedrag verkeer", "betwist", 1, "count"),
        ("E-loket/burgerportaal (klant)", "2023", 445, "count"),
        ("Felicitering", "2020 > %", 8.3, "percent"),
        ("Attitude", "totaal", 141, "count"),
        ("Overlast > Horeca", "2022", 2, "count"),
        ("2e lijn > SB/ophaaldiensten", "behandelde digitale contracten > totaal", 131181, "count"),
        ("Totaal", "behandelde digitale contracten > totaal", 223864, "count"),
        ("Klacht", "Gemiddelde doorlooptijd (met abstractie van schoolvakanties)", 17.3, "days"),
        ("2017", "Binnen de 20 dagen opgelost", 65.14, "percent"),
    ],
)
def test_a_number_carries_all_levels_of_its_labels(row: str, column: str, value: float, unit: str) -> None:
    found = figure("antwerpen-eerstelijn-2023", row, column)
    assert (found.value, found.unit) == (value, unit)


def test_a_table_goes_on_below_and_beside() -> None:
    parts = {p.part_id: p for p in parts_of("antwerpen-eerstelijn-2023")}
    below = [p for p in parts.values() if p.continues is not None and not p.beside]
    beside = [p for p in parts.values() if p.beside]
    assert below
    assert beside
    for part in beside:
        assert part.body.stub_columns == 0
    together = {f.place.page for f in figures_of("antwerpen-eerstelijn-2023") if f.row_labels[-1:] == ("Attitude",)}
    assert len(together) == 2


def test_reading_a_page_of_prose_finds_no_table() -> None:
    assert not parts_of("oostende-opunt-2022")


def test_the_picture_of_a_page_shows_words_lines_and_where_a_table_was_looked_for() -> None:
    marks, looked = seen(REPORTS / "antwerpen-eerstelijn-2023.pdf", 8)
    assert {colour for _, colour in marks} == {WORD, RULE, REGION}
    assert looked == sum(colour == REGION for _, colour in marks) >= 2
