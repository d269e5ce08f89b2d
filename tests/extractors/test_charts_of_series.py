"""Charts of several series, pies and lines: every printed value with its category and series, and nothing else."""

from __future__ import annotations

import random

import pytest

from benchmarks.narrative import drawn
from benchmarks.narrative.measure_charts import read

MAKERS = (drawn._bars, drawn._grouped, drawn._stacked, drawn._lying, drawn._pie_legend, drawn._line)


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__.strip("_"))
def test_values_are_paired_with_their_category_and_series(make) -> None:  # type: ignore[no-untyped-def]
    chart = make(random.Random(4))
    assert dict(read(chart)) == dict.fromkeys(chart.truth, 1)


def test_a_pie_says_which_part_belongs_to_which_slice() -> None:
    chart = drawn._pie(random.Random(4))
    found = read(chart)
    assert set(found) <= set(chart.truth)
    assert sum(found.values()) >= len(chart.truth) - 1
