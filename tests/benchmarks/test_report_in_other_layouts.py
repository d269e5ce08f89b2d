"""A published report set again: its tables keep every number of the truth, and the truth says where each one stands."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from benchmarks.layouts import (
    antwerpen,
    antwerpen_drawn,
    antwerpen_html,
    antwerpen_kinds,
    antwerpen_sheets,
    antwerpen_typst,
    antwerpen_word,
)
from benchmarks.layouts.antwerpen import Block, Report, Run
from benchmarks.layouts.tables import Number, SetCell, Table
from benchmarks.steward.page import CHROMIUM


def table() -> Table:
    cells = [SetCell(0, 0, "Dienst", "head"), *(SetCell(0, c, f"{2019 + c}", "head") for c in range(1, 5))]
    numbers = []
    for r, label in enumerate(("Overlast", "Verkeer"), start=1):
        cells.append(SetCell(r, 0, label, "stub"))
        for c in range(1, 5):
            cells.append(SetCell(r, c, str(10 * r + c), "value"))
            numbers.append(Number(r, c, (label,), (f"{2019 + c}",), str(10 * r + c), 10.0 * r + c, "count"))
    return Table(3, 5, 1, 1, cells, numbers, "")


REPORT = Report(
    "Verslag",
    (
        Block("part", [Run("Verslag")]),
        Block("part", [Run("Dienst")]),
        Block("h1", [Run("1. Cijfers")]),
        Block("p", [Run("Meer "), Run("klachten", "bold"), Run("1", "mark")]),
        Block("table", table="small"),
        Block("table", table="cut"),
        Block("chart"),
        Block("item", [Run("7 via het loket")]),
    ),
    {"small": table(), "cut": table()},
    {"cut": 3},
)


@pytest.mark.parametrize("house", antwerpen_typst.HOUSES, ids=lambda house: house.name)
def test_every_house_style_sets_every_number(house: antwerpen_typst.House) -> None:
    made = antwerpen_typst.typeset(REPORT, house)
    assert len(made.truth.labelled) == 16
    assert set(made.pages) == {"small", "cut"}


def test_the_word_processor_sets_the_second_half_beside_on_the_next_page() -> None:
    made = antwerpen_word.typeset(REPORT)
    first, second = made.pages["cut"]
    assert second == first + 1
    assert [part.beside for part in made.truth.parts] == [False, False, True]


def test_a_drawn_house_style_sets_every_number_and_is_the_same_each_time() -> None:
    house = antwerpen_drawn.random_house(3)
    assert house == antwerpen_drawn.random_house(3) != antwerpen_drawn.random_house(4)
    made = antwerpen_typst.typeset(REPORT, house)
    assert len(made.truth.labelled) == 16


@pytest.mark.parametrize("seed", range(1, 7))
def test_a_drawn_style_sheet_prints_every_cell_once(seed: int) -> None:
    page = antwerpen_sheets.html(REPORT, antwerpen_sheets.random_sheet(seed))
    for value in ("11", "24"):
        assert page.count(f">{value}<") == 2
    marks = re.findall(r'id="(m-[-0-9]+)"', page)
    assert len(marks) == len(set(marks))


def test_html_holds_every_cell_once_in_rows_of_equal_width() -> None:
    page = antwerpen_html.page(REPORT, "w1-borderless")
    for value in ("11", "24"):
        assert page.count(f">{value}<") == 2
    assert page.count("<table>") == 3
    assert page.count("<tr class=tall>") == 4


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
def test_a_browser_turns_the_pages_of_tables(tmp_path: Path) -> None:
    path = tmp_path / "k5.html"
    path.write_text(antwerpen_html.page(REPORT, "k5-turned-pages"), encoding="utf-8")
    with pdfplumber.open(antwerpen_html.print_by_browser(path)) as pdf:
        turned = [page for page in pdf.pages if any(not c["upright"] for c in page.chars)]
    assert len(turned) == 3


@pytest.fixture(scope="module")
def truths() -> list[dict[str, Any]]:
    shared = antwerpen.shared_folder()
    if shared is None:
        pytest.skip("The shared corpus is not there; set KLACHTENATLAS_SHARED to its folder.")
    path: Path = shared / "corpus" / "antwerpen-2023.truth.json"
    listed: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["tables"]
    return listed


@pytest.mark.shared
def test_the_cells_of_a_published_table_cover_its_grid_once(truths: list[dict[str, Any]]) -> None:
    for truth in truths:
        cells = antwerpen.table_of(truth).cells
        places = [
            (r, c) for k in cells for r in range(k.row, k.row + k.rowspan) for c in range(k.col, k.col + k.colspan)
        ]
        assert len(places) == len(set(places)), truth["id"]
        filled = {(r, c) for r, row in enumerate(truth["grid"]) for c, text in enumerate(row) if text}
        assert filled <= set(places), truth["id"]


@pytest.mark.shared
def test_a_spanner_covers_the_columns_that_carry_its_label(truths: list[dict[str, Any]]) -> None:
    for truth in truths:
        made = antwerpen.table_of(truth)
        heads = {(c.row, k): c.text for c in made.cells if c.role == "head" for k in range(c.col, c.col + c.colspan)}
        for number in made.numbers:
            if len(number.column_path) == 2:
                assert heads[0, number.col] == number.column_path[0], (truth["id"], number)


@pytest.mark.parametrize("sheet", antwerpen_kinds.CHOSEN, ids=lambda sheet: sheet.name)
def test_a_chosen_layout_of_a_hard_kind_prints_every_value_once(sheet: antwerpen_sheets.Sheet) -> None:
    page = antwerpen_sheets.html(REPORT, sheet)
    for value in ("11", "24"):
        assert page.count(f">{value}<") == 2
    marks = re.findall(r'id="(m-[-0-9]+)"', page)
    assert len(marks) == len(set(marks))
    halves = page.count("<table>") == 3
    assert halves == (sheet.wide == "beside")
    assert page.count(">Overlast<") == (3 if halves and sheet.stub_again else 2)
