"""What the measure of the table reader takes for right, and what a confidence is."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.tables.calibration import isotonic, measured
from benchmarks.tables.cost import SOURCE, repeated
from benchmarks.tables.samples import laid_out, read_parts_of
from benchmarks.tables.svg import Axis, Series, chart
from extractors.tables.confidence import features, interpolated, model, of_cell, of_table
from schemas.printed import Cell

PROBABILITY = st.floats(0, 1)
HEAD = [Cell(0, 0, "Dienst"), Cell(0, 1, "2023", colspan=2), Cell(1, 0, ""), Cell(1, 1, "aantal"), Cell(1, 2, "%")]
ROW = [Cell(3, 0, "Groen"), Cell(3, 1, "12"), Cell(3, 2, "40 %")]


def test_a_group_line_may_span_its_row_or_not() -> None:
    wide, narrow = Cell(2, 0, "Overlast", colspan=3), Cell(2, 0, "Overlast")
    assert laid_out([*HEAD, wide, *ROW], 2, 1) == laid_out([*HEAD, narrow, *ROW], 2, 1)


def test_a_header_that_spans_one_column_too_few_is_another_table() -> None:
    short = [Cell(0, 0, "Dienst"), Cell(0, 1, "2023"), *HEAD[2:]]
    assert laid_out([*HEAD, *ROW], 2, 1) != laid_out([*short, *ROW], 2, 1)


def test_rows_and_columns_without_text_do_not_count() -> None:
    apart = [Cell(c.row * 2, c.col * 2, c.text) for c in ROW]
    assert laid_out(apart, 0, 1) == laid_out(ROW, 0, 1)


@given(st.lists(st.tuples(PROBABILITY, st.booleans()), min_size=1, max_size=80))
def test_the_map_never_falls_and_stays_between_0_and_1(pairs: list[tuple[float, bool]]) -> None:
    xs, ys = isotonic(np.array([p for p, _ in pairs]), np.array([float(r) for _, r in pairs]))
    assert list(xs) == sorted(xs)
    assert list(ys) == sorted(ys)
    mapped = [interpolated(x, xs, ys) for x in np.linspace(0, 1, 21)]
    assert mapped == sorted(mapped)
    assert all(0 < y < 1 for y in mapped)


def test_confidences_that_come_true_have_no_error() -> None:
    result = measured([0.75] * 4, [True, True, True, False])
    assert result.ece == pytest.approx(0)
    assert measured([0.95] * 4, [True, True, False, False]).ece == pytest.approx(0.45)


@pytest.fixture(scope="module")
def bundled() -> Path:
    return SOURCE.with_name("wallonie-mediateur-2022.pdf")


def test_the_shipped_weights_know_every_feature_and_give_a_probability(bundled: Path) -> None:
    read = list(read_parts_of(bundled))
    assert read
    for part, _ in read:
        assert set(features(part)) == set(model().names)
        assert 0 < of_table(part) <= of_cell(part) < 1


def test_columns_without_a_header_lower_the_confidence(bundled: Path) -> None:
    part, _ = next(read_parts_of(bundled))
    values = features(part)
    assert model().raw({**values, "unheaded": 1.0}) < model().raw(values)


def test_a_longer_report_is_made_of_the_same_pages(bundled: Path, tmp_path: Path) -> None:
    repeated(bundled, 7, tmp_path / "long.pdf")
    pages = {printed.page for _, printed in read_parts_of(tmp_path / "long.pdf")}
    assert pages
    assert max(pages) <= 7


def test_a_chart_is_well_formed_and_escapes_its_names() -> None:
    axis = Axis("x < y", 1, 1000, [(1, "1"), (1000, "1,000")], logarithmic=True)
    root = ET.fromstring(chart("A & B", axis, axis, [Series("a<b", [(1, 1), (1000, 1000)])]))
    assert root.tag.endswith("svg")
