from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.reconciliation.consistent_tables import FAMILIES, consistent, plant
from benchmarks.reconciliation.made_reports import WORDINGS, frame, made
from benchmarks.reconciliation.retold_tables import retold
from reconciliation import reconcile


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(range(len(FAMILIES))))
@example(154, 7)  # several answers a file: 285 of 85 files, which a lost digit would make of 285 too
def test_a_table_consistent_by_construction_has_no_error(seed: int, family: int) -> None:
    table = FAMILIES[family](random.Random(seed))
    found = reconcile(table.frame("t"))
    assert "error" not in set(found["severity"]), list(found["message"])


@pytest.mark.parametrize("language", list(WORDINGS))
def test_a_report_consistent_by_construction_has_no_error(language: str) -> None:
    for seed in range(4):
        found = reconcile(frame(made(random.Random(seed), language), "r"), language_by_report={"r": language})
        assert "error" not in set(found["severity"]), list(found["message"])


def test_tables_retold_in_sentences_of_four_languages_have_no_error() -> None:
    for i, table in enumerate(retold(48, seed=3)):
        found = reconcile(table.frame(f"t{i}"), language_by_report={f"t{i}": table.language})
        assert found.empty, (table.family, table.language, list(found["message"]))


@pytest.mark.parametrize("slip", ["digit", "separator", "swap", "shift"])
def test_nearly_every_planted_slip_is_found(slip: str) -> None:
    rng = random.Random(7)
    planted = [p for t in consistent(40, seed=5) if (p := plant(rng, t, slip)) is not None]
    found = sum("error" in set(reconcile(p.table.frame("t"))["severity"]) for p in planted)
    assert found >= 0.9 * len(planted)  # measured over more tables in docs/findings.md


def test_rows_in_any_order_give_the_same_findings() -> None:
    planted = plant(random.Random(3), consistent(5, seed=11)[4], "digit")
    assert planted is not None
    table = planted.table.frame("t")
    mixed = table.sample(frac=1.0, random_state=1).reset_index(drop=True)
    a, b = reconcile(table), reconcile(mixed)
    assert list(a["finding_id"]) == list(b["finding_id"])
    assert list(a["expected"]) == list(b["expected"])
