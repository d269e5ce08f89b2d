"""The bench of layouts: same seed, same documents; a perfect reading scores 1; every loss is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from benchmarks.layouts import model
from benchmarks.layouts.clean import unfit
from benchmarks.layouts.generate import compiled, documents, generate
from benchmarks.layouts.model import TruePart, Truth
from benchmarks.layouts.score import by_trait, markdown, plain, relations, score
from schemas.printed import Box, Cell, Figure, Place, PrintedReport, TablePart

BOX = Box(0, 0, 1, 1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Truth]]:
    folder = tmp_path_factory.mktemp("layouts")
    return folder, generate(12, 7, folder)


def part(true: TruePart, name: str) -> TablePart:
    cells = tuple(Cell(c.row, c.col, c.text, c.rowspan, c.colspan) for c in true.cells)
    return TablePart(name, true.page, BOX, true.header_rows, 1, cells, "told", 1.0)


def perfect(truth: Truth) -> PrintedReport:
    """The reading that says exactly what the truth says."""
    parts = tuple(part(p, f"p{p.page}-{k}") for k, p in enumerate(truth.parts))
    figures = tuple(
        Figure("cell", "", n.printed, n.value, n.unit, n.row_path, n.column_path, Place(n.page, BOX), "told")
        for n in truth.labelled
    )
    return PrintedReport(truth.language, (), tables=parts, figures=figures)


def test_the_same_seed_gives_the_same_bytes() -> None:
    first = [(name, pdf) for name, pdf, _ in documents(6, 3)]
    assert first == [(name, pdf) for name, pdf, _ in documents(6, 3)]


def test_truth_survives_its_file(made: tuple[Path, list[Truth]]) -> None:
    folder, truths = made
    assert [model.load(folder / t.file.replace(".pdf", ".truth.json")) for t in truths] == truths


def test_every_number_stands_on_a_page_of_its_document(made: tuple[Path, list[Truth]]) -> None:
    folder, truths = made
    for truth in truths:
        with pikepdf.open(folder / truth.file) as pdf:
            assert len(pdf.pages) == truth.pages
        assert {n.page for n in truth.labelled} <= {p.page for p in truth.parts} <= set(range(1, truth.pages + 1))


def test_every_number_stands_in_a_cell_of_its_page(made: tuple[Path, list[Truth]]) -> None:
    for truth in made[1]:
        printed = {(p.page, c.text) for p in truth.parts for c in p.cells}
        printed |= {(page, piece.strip("()")) for page, text in printed for piece in text.split(" ")}
        assert all((n.page, n.printed) in printed for n in truth.labelled)


def test_a_perfect_reading_scores_one(made: tuple[Path, list[Truth]]) -> None:
    for truth in made[1]:
        got = score(truth, perfect(truth))
        assert (got.recall, got.precision, got.relation_f1) == (1.0, 1.0, 1.0)
        assert not got.misses and not got.extra_tables


def test_a_lost_spanner_is_named_as_the_reason(made: tuple[Path, list[Truth]]) -> None:
    truth = next(t for t in made[1] if any(len(n.column_path) > 1 for n in t.labelled))
    report = perfect(truth)
    short = tuple(replace(f, column_labels=f.column_labels[-1:]) for f in report.figures)
    got = score(truth, replace(report, figures=short))
    assert got.recall < 1.0 and got.innermost == got.truth_numbers
    assert {miss.reason for miss in got.misses} == {"column path"}


def test_a_table_where_none_is_counts_as_extra(made: tuple[Path, list[Truth]]) -> None:
    truth = next(t for t in made[1] if not t.parts)
    extra = TablePart("p1-1", 1, BOX, 1, 1, (Cell(0, 0, "a"), Cell(0, 1, "b")), "told", 1.0)
    got = score(truth, PrintedReport(truth.language, (), tables=(extra,)))
    assert got.extra_tables == 1 and got.relation_f1 == 0.0
    assert f"| decoy:{truth.traits[0].removeprefix('decoy:')} |" in markdown(by_trait([(truth, got)]))


def test_relations_skip_empty_rows_and_count_blank_cells() -> None:
    cells = (Cell(0, 0, "a"), Cell(0, 2, "b"), Cell(2, 0, "c"), Cell(2, 1, "d"))
    assert relations(cells) == {("across", "a", "b", 1): 1, ("across", "c", "d", 0): 1, ("down", "a", "c", 0): 1}


def test_words_over_words_or_beside_the_page_are_noticed_and_ligatures_are_not() -> None:
    clear, _ = compiled("#set page(width: 200pt, height: 60pt)\nofficiële klachten")
    over, _ = compiled("#set page(width: 200pt, height: 60pt)\n#place(dx: 12pt)[klachten]\nofficiële")
    assert not unfit(clear)
    assert unfit(over)
    beside, _ = compiled("#set page(width: 200pt, height: 60pt)\n#place(dx: 190pt)[klachten]")
    assert unfit(beside)


def test_every_number_is_printed_on_its_page(made: tuple[Path, list[Truth]]) -> None:
    folder, truths = made
    for truth in truths:
        with pypdfium2.PdfDocument(folder / truth.file) as pdf:
            printed = [plain(page.get_textpage().get_text_range()) for page in pdf]
        assert [n for n in truth.labelled if plain(n.printed) not in printed[n.page - 1]] == []
