"""Two published reports, from hand-made truths and from their PDFs: what is wrong in them was worked out by hand."""

from __future__ import annotations

import time

import pandas as pd
import pytest
from truth_observations import shared_folder, truth_observations

from benchmarks.reconciliation.measure_published import findings_of, listed, score
from reconciliation import reconcile

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(shared_folder() is None, reason="needs the shared material (KLACHTENATLAS_SHARED or ../shared)"),
]


@pytest.fixture(scope="module")
def findings() -> pd.DataFrame:
    folder = shared_folder()
    assert folder is not None
    frames = [
        truth_observations(folder / "corpus" / f"{name}.truth.json", name, year)
        for name, year in (("antwerpen-2023", 2023), ("oostende-2022", 2022))
    ]
    return reconcile(
        pd.concat(frames, ignore_index=True), language_by_report={"antwerpen-2023": "nl", "oostende-2022": "nl"}
    )


def _proven(findings: pd.DataFrame, kind: str) -> list[tuple[float, float]]:
    chosen = findings[(findings["kind"] == kind) & (findings["severity"] == "error")]
    return sorted(zip(chosen["printed"], chosen["expected"], strict=True))


def test_percentages_that_their_counts_do_not_give(findings: pd.DataFrame) -> None:
    # 4623, 3152 and 223864 of 223864; 165 of 580; 133 of 152; 485 of 580; 580 of 1283
    assert set(_proven(findings, "share_mismatch")) == {
        (4.07, 2.07),
        (1.14, 1.41),
        (1.0, 100.0),
        (29.0, 28.0),
        (87.0, 88.0),
        (83.0, 84.0),
        (45.5, 45.2),
    }


def test_the_comma_in_a_column_of_points(findings: pd.DataFrame) -> None:
    assert _proven(findings, "implausible_number") == [(223.864, 223864.0)]


def test_the_year_over_a_column(findings: pd.DataFrame) -> None:
    # a column headed a year early, and a caption that stops a year before its table
    assert _proven(findings, "year_mismatch") == [(2020.0, 2021.0), (2022.0, 2023.0)]


def test_figures_of_the_text_that_lists_and_tables_contradict(findings: pd.DataFrame) -> None:
    # Two that were exchanged, and the rows that are left of a table after its groups were named by their shares.
    assert _proven(findings, "text_table_mismatch") == [(7.0, 12.0), (12.0, 7.0), (34.0, 29.0)]


def test_tables_of_one_body_that_count_one_thing_and_differ_in_some_places(findings: pd.DataFrame) -> None:
    # Totals that are equal in a third year, monthly sums that are equal in the ten other months.
    assert _proven(findings, "cross_table_mismatch") == [(127, 128), (176, 177), (428, 423), (448, 444)]


def test_nothing_else_is_called_proven(findings: pd.DataFrame) -> None:
    # Every sum of every table holds; the one sum that does not is of the parts that a text divides a count into.
    errors = findings[findings["severity"] == "error"]
    sums = errors[errors["kind"] == "total_mismatch"]
    assert list(zip(sums["printed"], sums["expected"], strict=True)) == [(3601, 3561)]
    assert set(errors["kind"]) - {"total_mismatch"} == {
        *("share_mismatch", "implausible_number", "year_mismatch", "text_table_mismatch", "cross_table_mismatch")
    }


def test_a_report_of_thirteen_hundred_numbers_takes_about_a_second() -> None:
    folder = shared_folder()
    assert folder is not None
    frame = truth_observations(folder / "corpus" / "antwerpen-2023.truth.json", "antwerpen-2023", 2023)
    start = time.process_time()
    reconcile(frame)
    assert time.process_time() - start < 2


def test_what_was_worked_out_by_hand_is_found_in_the_pdf_as_read() -> None:
    folder = shared_folder()
    assert folder is not None
    found, _, _ = findings_of(folder / "corpus" / "antwerpen-2023.pdf", "Stad Antwerpen", "Antwerpen", 2023)
    one = score(found, listed()["antwerpen-2023"])
    assert {c.missed != "" for c in one.missing} <= {True}
    assert one.alarms == ()


def test_the_parts_into_which_a_whole_is_divided_are_added_up_in_the_pdf_as_read() -> None:
    folder = shared_folder()
    assert folder is not None
    found, _, _ = findings_of(folder / "corpus" / "oostende-2022.pdf", "Stad Oostende", "Oostende", 2022)
    assert [(f.printed, f.expected) for f in found.itertuples()] == [(3601, 3561)]
