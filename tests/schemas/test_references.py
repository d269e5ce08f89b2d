"""What the tables say of each other must hold."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from schemas.tables import SchemaViolation, check_references, conform, table

Tables = dict[str, pd.DataFrame]


def rows(name: str, *given: dict[str, Any]) -> pd.DataFrame:
    nothing = {column.name: None for column in table(name).columns}
    return conform(name, pd.DataFrame([{**nothing, **row} for row in given]))


@pytest.fixture
def tables() -> Tables:
    number = {
        "report_id": "r1", "organisation": "Stad", "kind": "prose", "value": 3, "value_printed": "3", "unit": "count",
        "measure": "cases", "period_start": dt.date(2023, 1, 1), "period_end": dt.date(2023, 12, 31), "page": 2,
        "mapping_status": "accepted", "is_total": False, "x0": 10, "top": 20, "x1": 30, "bottom": 40, "method": "prose",
        "reading_confidence": 1, "subject": "subject:waste",
    }  # fmt: skip
    evidence = {
        "report_id": "r1", "sha256": "0" * 64, "page": 2, "x0": 10, "top": 20, "x1": 30, "bottom": 40, "printed": "3",
        "fragment": "#page=2&xywh=10,20,20,20",
    }  # fmt: skip
    return {
        "observations": rows(
            "observations", {**number, "observation_id": "o1"}, {**number, "observation_id": "o2", "quoted_from": "o1"}
        ),
        "evidence": rows("evidence", {**evidence, "observation_id": "o1"}, {**evidence, "observation_id": "o2"}),
        "reports": rows(
            "reports",
            {"report_id": "r1", "id": "r1", "city": "Aandorp", "pages": 4, "observations": 2, "cases": 0,
             "sha256": "0" * 64},
        ),
        "organisations": rows("organisations", {"organisation": "Stad", "city": "Aandorp", "reports": "r1"}),
        "concepts": rows(
            "concepts", {"key": "subject:waste", "facet": "subject"}, {"key": "ground:error", "facet": "ground"}
        ),
        "findings": rows("findings", {"finding_id": "f1", "report_id": "r1", "observation_ids": "o1 o2", "page": 2}),
        "corrections": rows(
            "corrections", {"correction_id": "c1", "report_id": "r1", "observation_id": "o1", "expects": 3,
                            "corrected": 4}
        ),
    }  # fmt: skip


def put(tables: Tables, name: str, column: str, value: Any, row: int = 0) -> Tables:
    frame = tables[name].copy()
    frame.loc[row, column] = value
    return {**tables, name: frame}


def test_tables_that_agree_pass(tables: Tables) -> None:
    check_references(tables, {"r1": {2: (595.0, 842.0)}})


@pytest.mark.parametrize(
    ("name", "column", "value", "words"),
    [
        ("observations", "report_id", "r9", "'r9': reports.report_id has no such value"),
        ("observations", "quoted_from", "o9", "'o9': observations.observation_id has no such value"),
        ("observations", "subject", "subject:nonsense", "'subject:nonsense': concepts.key has no such value"),
        ("observations", "subject", "ground:error", "the concept is not of the facet subject"),
        ("observations", "organisation", "Brandweer", "organisations has no such body in Aandorp"),
        ("observations", "page", 5, "the report has only 4 pages"),
        ("observations", "page", 3, "the report has no such page"),
        ("observations", "x1", 700, "outside its page of 595 by 842 points"),
        ("observations", "x0", -20, "outside its page of 595 by 842 points"),
        ("findings", "observation_ids", "o1 o7 o8", "'o7', 'o8': observations.observation_id has no such value"),
        ("reports", "observations", 7, "the table observations has 2 rows of this report"),
        ("reports", "supersedes", "r0", "reports.report_id has no such value"),
        ("organisations", "reports", "r1 r2", "'r2': reports.report_id has no such value"),
        ("concepts", "broader", "subject:public", "concepts.key has no such value"),
        ("evidence", "printed", "4", "the observation says otherwise"),
        ("evidence", "sha256", "1" * 64, "the report has another SHA-256"),
        ("corrections", "expects", 5, "the report now says 3; look at the correction again"),
    ],
)
def test_what_points_at_nothing_is_named(tables: Tables, name: str, column: str, value: Any, words: str) -> None:
    with pytest.raises(SchemaViolation) as caught:
        check_references(put(tables, name, column, value), {"r1": {2: (595.0, 842.0)}})
    told = [violation.sentence() for violation in caught.value.violations if violation.table == name]
    assert any(words in sentence for sentence in told), told


def test_an_observation_without_evidence_is_named(tables: Tables) -> None:
    with pytest.raises(SchemaViolation, match="'o2': the observation has no evidence"):
        check_references({**tables, "evidence": tables["evidence"].iloc[:1]})


def test_tables_that_are_not_given_are_not_asked_for(tables: Tables) -> None:
    check_references({"observations": tables["observations"]})
