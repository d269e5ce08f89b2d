"""What the published tables let through, and how a breach is named."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.tables import TABLES, SchemaViolation, conform, empty, table, validate

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31))
EDGES = st.floats(0, 900, allow_nan=False)
TEXTS = st.sampled_from(["aantal", "Überschuss", 'a, "b"\r\nc', "NA", "=1+1", "\u202e|\t"]) | st.text(max_size=5).map(
    "x{}".format
)
IDS = st.text("abz019:/-", min_size=1, max_size=9)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def observations(draw: st.DrawFn) -> dict[str, Any]:
    start, end = sorted((draw(DAYS), draw(DAYS)))
    x0, x1 = sorted((draw(EDGES), draw(EDGES)))
    top, bottom = sorted((draw(EDGES), draw(EDGES)))
    concepts = {
        facet: draw(maybe(st.just(f"{facet}:other"))) for facet in
        ("signal", "subject", "ground", "outcome", "channel", "timeliness", "service")
    }  # fmt: skip
    return {
        "observation_id": draw(IDS), "report_id": draw(IDS), "organisation": draw(TEXTS),
        "organisation_concept": draw(maybe(st.just("service:police"))),
        "kind": draw(st.sampled_from(("cell", "list", "prose", "chart"))), "table_id": draw(IDS),
        "table_title": draw(maybe(TEXTS)), "row_label": draw(st.just("") | TEXTS),
        "column_label": draw(st.just("") | TEXTS),
        "value": draw(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**9), 10**9)),
        "value_printed": draw(TEXTS), "unit": draw(st.sampled_from(("count", "percent", "days", "eur", "chf"))),
        "measure": draw(st.sampled_from(("cases", "lead_time"))), "period_start": start, "period_end": end, **concepts,
        "mapping_status": draw(st.sampled_from(("curated", "accepted", "review", "unmapped"))),
        "mapping_confidence": draw(maybe(st.floats(0, 1))), "is_total": draw(st.booleans()), "quoted_from": None,
        "page": draw(st.integers(1, 3000)), "x0": x0, "top": top, "x1": x1, "bottom": bottom, "method": draw(TEXTS),
        "section": draw(maybe(TEXTS)), "sentence": draw(maybe(TEXTS)), "reading_confidence": draw(st.floats(0, 1)),
    }  # fmt: skip


FRAMES = st.lists(observations(), min_size=1, max_size=4, unique_by=lambda row: row["observation_id"]).map(pd.DataFrame)


@settings(deadline=None, max_examples=8)
@given(FRAMES)
def test_valid_observations_pass_and_stay_what_they_are(frame: pd.DataFrame) -> None:
    checked = validate("observations", frame)
    assert list(checked.columns) == list(table("observations").column_names)
    assert checked["value"].tolist() == [float(value) for value in frame["value"]]
    assert checked["period_end"].tolist() == frame["period_end"].tolist()
    pd.testing.assert_frame_equal(validate("observations", checked), checked)


# One corruption each: the column, the value put there, and words that the message must have.
CORRUPTIONS: list[tuple[str, Any, str]] = [
    ("observation_id", None, "a value is required"),
    ("observation_id", "with space", "without spaces"),
    ("report_id", "", "without spaces"),
    ("organisation", "  ", "must not be an empty text"),
    ("organisation_concept", "subject:waste", "service:"),
    ("kind", "table", "one of cell, list, prose, chart"),
    ("row_label", 17, "must be a text"),
    ("value", float("inf"), "finite"),
    ("value", float("nan"), "a value is required"),
    ("value", "12", "must be a number"),
    ("value_printed", "\ud800", "must be a text"),
    ("unit", "EUR", "ISO 4217"),
    ("unit", "pieces", "ISO 4217"),
    ("measure", "Lead time", "lower case"),
    ("period_start", "soon", "must be a date"),
    ("period_start", dt.datetime(2023, 1, 1, 12), "must be a date"),
    ("signal", "outcome:founded", "signal:"),
    ("outcome", "outcome:Founded", "outcome:"),
    ("mapping_status", "guessed", "one of curated, accepted, review, unmapped"),
    ("mapping_confidence", 1.01, "at most 1"),
    ("mapping_confidence", -0.1, "at least 0"),
    ("is_total", "no", "true or false"),
    ("page", 0, "at least 1"),
    ("page", 2.5, "whole number"),
    ("page", True, "whole number"),
    ("x0", None, "a value is required"),
    ("reading_confidence", 2, "at most 1"),
]


@pytest.mark.parametrize(("column", "value", "words"), CORRUPTIONS)
def test_each_corruption_is_named_with_report_page_and_column(
    column: str, value: Any, words: str, row: Callable[..., dict[str, Any]]
) -> None:
    frame = pd.DataFrame([row(), {**row(observation_id="o2"), column: value}], dtype=object)
    with pytest.raises(SchemaViolation) as caught:
        validate("observations", frame)
    (violation,) = caught.value.violations
    sentence = violation.sentence()
    assert violation.columns == (column,)
    assert violation.rows == 1
    assert words in sentence and sentence in str(caught.value)
    assert column == "report_id" or "report aandorp-2023" in sentence
    assert column in ("page", "report_id") or "page 6" in sentence


@settings(deadline=None, max_examples=8)
@given(FRAMES, st.data())
def test_of_many_rows_the_broken_ones_are_counted(frame: pd.DataFrame, data: st.DataObject) -> None:
    column, value, words = data.draw(
        st.sampled_from([c for c in CORRUPTIONS if c[0] not in ("observation_id", "report_id")])
    )
    broken = data.draw(st.sets(st.integers(0, len(frame) - 1), min_size=1))
    frame = frame.astype(object)
    for row in broken:
        frame.at[row, column] = value
    with pytest.raises(SchemaViolation) as caught:
        validate("observations", frame)
    assert {violation.columns for violation in caught.value.violations} == {(column,)}
    assert sum(violation.rows for violation in caught.value.violations) == len(broken)
    assert all(words in violation.sentence() for violation in caught.value.violations)


@pytest.mark.parametrize(
    ("change", "columns"),
    [
        ({"x0": 500.0, "x1": 499.0}, ("x0", "x1")),
        ({"top": 500.0, "bottom": 499.0}, ("top", "bottom")),
        ({"period_start": dt.date(2024, 1, 1), "period_end": dt.date(2023, 1, 1)}, ("period_start", "period_end")),
        ({"kind": "cell", "table_id": None}, ("kind", "table_id")),
        ({"quoted_from": "o1"}, ("quoted_from",)),
    ],
)
def test_columns_that_contradict_each_other_are_named_together(
    change: dict[str, Any], columns: tuple[str, ...], row: Callable[..., dict[str, Any]]
) -> None:
    with pytest.raises(SchemaViolation) as caught:
        validate("observations", pd.DataFrame([row(**change), row(observation_id="o2")]))
    (violation,) = caught.value.violations
    assert violation.columns == columns
    assert violation.rows == 1


@pytest.fixture
def row() -> Callable[..., dict[str, Any]]:
    def make(**fields: Any) -> dict[str, Any]:
        base = dict.fromkeys(table("observations").column_names)
        return {
            **base, "observation_id": "o1", "report_id": "aandorp-2023", "organisation": "Stad", "kind": "prose",
            "row_label": "klachten", "column_label": "", "value": 3, "value_printed": "3", "unit": "count",
            "measure": "cases", "period_start": "2023-01-01", "period_end": "2023-12-31", "mapping_status": "unmapped",
            "is_total": False, "page": 6, "x0": 1, "top": 2, "x1": 3, "bottom": 4, "method": "prose",
            "reading_confidence": 1, **fields,
        }  # fmt: skip

    return make


def test_all_faults_come_at_once_and_equal_ones_together(row: Callable[..., dict[str, Any]]) -> None:
    rows = [row(observation_id=f"o{n}", unit="stuks", page=n + 1) for n in range(1200)]
    rows[7]["is_total"] = "maybe"
    with pytest.raises(SchemaViolation) as caught:
        validate("observations", pd.DataFrame(rows).drop(columns="method").assign(colour="red"))
    by_column = {violation.columns: violation for violation in caught.value.violations}
    assert set(by_column) == {("unit",), ("is_total",), ("method",), ("colour",)}
    assert by_column[("unit",)].rows == 1200
    assert len(str(caught.value).splitlines()) == 5
    assert "'stuks'" in str(caught.value) and "observation_id o0" in str(caught.value)


def test_a_key_that_stands_twice_is_named(row: Callable[..., dict[str, Any]]) -> None:
    with pytest.raises(SchemaViolation, match=r"the key stands in more than one row .*observation_id o1"):
        validate("observations", pd.DataFrame([row(), row(value=4)]))


def test_a_violation_survives_the_way_back_from_another_process(row: Callable[..., dict[str, Any]]) -> None:
    with pytest.raises(SchemaViolation) as caught:
        validate("observations", pd.DataFrame([row(unit="stuks")]))
    back = pickle.loads(pickle.dumps(caught.value))
    assert str(back) == str(caught.value)


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_table_is_valid_and_typed(name: str) -> None:
    frame = empty(name)
    pd.testing.assert_frame_equal(validate(name, frame), frame)


def test_an_unknown_table_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(KeyError, match="observations, cases"):
        validate("observation", empty("observations"))


def test_conform_changes_the_carrier_and_never_the_meaning(row: Callable[..., dict[str, Any]]) -> None:
    rough = pd.DataFrame([row(page=np.float64(6.0), value=np.int64(3), row_label=None, section=float("nan"))])
    frame = conform("observations", rough[sorted(rough.columns)])
    assert frame["page"].tolist() == [6]
    assert frame["value"].tolist() == [3.0]
    assert frame["row_label"].tolist() == [""]
    assert frame["section"].isna().all()
    assert frame["period_start"].tolist() == [dt.date(2023, 1, 1)]


def test_a_report_goes_under_both_its_names() -> None:
    row = {
        "report_id": "aandorp-2023", "city": "Aandorp", "country": "BE", "publisher": "Stad", "title": "Jaarverslag",
        "reporting_year": 2023, "language": "nl", "url": None, "file": None, "licence": None, "edition": "original",
        "sha256": "0" * 64, "supersedes": None, "earlier_sha256": "",
        "inferred": "city language", "pages": 9, "status": "ok", "reason": None,
        "tables": 0, "observations": 0, "cases": 0, "needs_review": 0,
    }  # fmt: skip
    assert validate("reports", pd.DataFrame([row]))["id"].tolist() == ["aandorp-2023"]
    with pytest.raises(SchemaViolation, match="gives no reason"):
        validate("reports", pd.DataFrame([{**row, "status": "failed"}]))


def test_rows_without_a_key_may_not_repeat() -> None:
    rows = [{"report_id": "r", "page": None, "severity": "error", "what": "No text on any page."}] * 2
    with pytest.raises(SchemaViolation, match="the same row stands there twice"):
        validate("problems", pd.DataFrame(rows))


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_described(name: str) -> None:
    for column in table(name).columns:
        assert column.description.endswith("."), f"{name}.{column.name}"
        assert not column.pattern or column.said
