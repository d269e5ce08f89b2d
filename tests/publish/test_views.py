"""The views of the database on rows that invite double counting."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pytest
from sample_tables import observation, sample_tables

from publish.tabular import arrow_table
from publish.views import VIEWS
from schemas.tables import conform, table

REPORT = "aandorp-2023"
OTHERS = {name: arrow_table(table(name), frame) for name, frame in sample_tables().items() if name != "observations"}


def compared(**fields: Any) -> pa.Table:
    """A table `comparability` with one row, for the body and the year of `observation`."""
    row = {column.name: None for column in table("comparability").columns}
    row |= {
        "comparability_id": "c1", "report_id": REPORT, "organisation": "Stadsdiensten", "year": 2023,
        "period_start": dt.date(2023, 1, 1), "period_end": dt.date(2023, 12, 31), "measure": "cases", "unit": "count",
        "counted": "complaints", "counted_nl": "klachten", "signals": "", "numbers": 1, "complete": "whole",
        "comparable_group": "g1", "others_in_group": 0, "not_comparable": "Other bodies count calls.",
        "finding_ids": "",
    }  # fmt: skip
    return arrow_table(table("comparability"), conform("comparability", pd.DataFrame([row | fields])))


def database(*rows: dict[str, Any], comparability: pa.Table | None = None) -> duckdb.DuckDBPyConnection:
    """The views over these observations of one report."""
    numbered = [observation(f"o{n}", REPORT, 2023, **row) for n, row in enumerate(rows)]
    observations = arrow_table(table("observations"), conform("observations", pd.DataFrame(numbered)))
    connection = duckdb.connect()
    others = OTHERS if comparability is None else {**OTHERS, "comparability": comparability}
    for name, rows_of in {**others, "observations": observations}.items():
        connection.register(name, rows_of)
    for view in VIEWS:
        connection.execute(f"CREATE TEMP VIEW {view.name} AS {view.sql}")
    return connection


def values(connection: duckdb.DuckDBPyConnection, query: str) -> list[Any]:
    return [row if len(row) > 1 else row[0] for row in connection.execute(query).fetchall()]


def test_rows_of_one_column_with_one_subject_are_added_and_named() -> None:
    rows = [{"row_label": label, "subject": "subject:waste", "value": 3.0} for label in ("Afval", "Vuilnis")]
    assert values(database(*rows), "SELECT value, numbers, observation_ids FROM complaints_by_subject") == [
        (6.0, 2, "o0 o1")
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"unit": "percent", "measure": "share"},
        {"is_total": True},
        {"quoted_from": "o0"},
        {"outcome": "outcome:founded"},
        {"mapping_status": "unmapped"},
    ],
)
def test_what_may_not_be_added_to_a_count_is_left_out(other: dict[str, Any]) -> None:
    found = values(
        database({"subject": "subject:waste"}, {"subject": "subject:waste", **other}),
        "SELECT value FROM complaints_by_subject",
    )
    assert found == [12.0]


@pytest.mark.parametrize(
    "other",
    [
        {"table_id": "p9-9"},
        {"column_label": "andere kolom"},
        {"organisation": "Politie"},
        {"measure": "contacts"},
        {"signal": "signal:report"},
        {"service": "service:police"},
        {"period_start": pd.Timestamp("2023-07-01").date()},
        {"kind": "prose", "table_id": None},
    ],
)
def test_what_is_counted_otherwise_stays_apart(other: dict[str, Any]) -> None:
    found = values(
        database({"subject": "subject:waste"}, {"subject": "subject:waste", **other}),
        "SELECT value FROM complaints_by_subject",
    )
    assert found == [12.0, 12.0]


def test_sentences_are_never_added_to_each_other() -> None:
    said = {"kind": "prose", "table_id": None, "column_label": "", "subject": "subject:waste", "channel": None}
    assert values(database(said, said), "SELECT value FROM complaints_by_subject") == [12.0, 12.0]
    by_phone = {**said, "subject": None, "channel": "channel:phone"}
    assert values(database(by_phone, by_phone), "SELECT value FROM channel_mix") == []


@pytest.mark.parametrize("outcomes_in", ["row_label", "column_label"])
@pytest.mark.parametrize(
    ("printed", "founded"),
    [
        ({"founded": 10, "unfounded": 20}, 10),
        ({"founded": 10, "founded.individual": 7, "founded.organisational": 3, "unfounded": 20}, 10),
        ({"founded": 10, "founded.partly": 5, "unfounded": 20}, 15),
        ({"founded.partly": 5, "unfounded": 20, "inadmissible": 9}, 5),
    ],
)
def test_founded_complaints_are_counted_once(outcomes_in: str, printed: dict[str, int], founded: int) -> None:
    rows = [{outcomes_in: name, "outcome": f"outcome:{name}", "value": float(n)} for name, n in printed.items()]
    (found,) = values(database(*rows), "SELECT founded, unfounded, founded_share FROM founded_share")
    assert found == (founded, 20, pytest.approx(founded / (founded + 20)))


def test_the_share_is_unknown_where_one_side_is_not_printed() -> None:
    assert values(database({"outcome": "outcome:founded"}), "SELECT founded_share FROM founded_share") == [None]


def test_a_year_is_given_when_the_period_lies_within_one() -> None:
    longer = {"period_start": pd.Timestamp("2022-09-01").date()}
    assert values(database({}, longer), "SELECT year FROM numbers ORDER BY observation_id") == [2023, None]


CONCEPT_VIEWS = {
    "complaints_by_subject": {"subject": "subject:waste"},
    "complaints_by_ground": {"ground": "ground:information"},
    "channel_mix": {"channel": "channel:email"},
    "founded_share": {"outcome": "outcome:founded"},
    "lead_time": {"measure": "lead_time", "unit": "days"},
}


@pytest.mark.parametrize("view", CONCEPT_VIEWS)
def test_each_line_says_what_it_may_be_compared_with_or_that_it_is_not_known(view: str) -> None:
    fields = CONCEPT_VIEWS[view]
    known = compared(measure=fields.get("measure", "cases"), unit=fields.get("unit", "count"))
    query = f"SELECT comparable_group, complete, not_comparable FROM {view} ORDER BY organisation"
    other_body = {**CONCEPT_VIEWS[view], "organisation": "Zonder vergelijking"}
    assert values(database(CONCEPT_VIEWS[view], other_body, comparability=known), query) == [
        ("g1", "whole", "Other bodies count calls."),
        (None, None, "It is not known what this may be compared with."),
    ]


def test_a_total_is_given_per_10000_residents_where_one_population_is_printed() -> None:
    people = {"measure": "population", "kind": "prose", "table_id": None, "value": 60000.0}
    query = "SELECT residents, per_10000 FROM comparable_totals"
    known = compared(total=300.0)
    assert values(database(people, comparability=known), query) == [(60000.0, 50.0)]
    assert values(database(people, {**people, "value": 61000.0}, comparability=known), query) == [(None, None)]
    assert values(database({**people, "value": 52.0}, comparability=known), query) == [(None, None)]
    assert values(database({}, comparability=known), query) == [(None, None)]
