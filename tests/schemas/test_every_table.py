"""Properties that hold for every published table, from rows drawn out of the tables' own descriptions."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from schemas.columns import HASH, Column, Table
from schemas.tables import TABLES, SchemaViolation, conform, validate

WORDS = st.sampled_from(["aantal", "Überschuss", 'a, "b"', "NA", "=1+1", "x | y"])
TABLE = st.sampled_from(list(TABLES.values()))
LAX = settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)


def values_of(column: Column) -> st.SearchStrategy[Any]:
    """Values that the column's description allows."""
    drawn: st.SearchStrategy[Any]
    if column.choices:
        drawn = st.sampled_from(column.choices)
    elif column.pattern == HASH:
        drawn = st.sampled_from("0123456789abcdef").map(lambda digit: digit * 64)
    elif column.pattern and column.pattern.replace("|", "").isalpha():
        drawn = st.sampled_from(column.pattern.split("|"))
    elif column.pattern:
        drawn = st.from_regex(f"(?:{column.pattern})", fullmatch=True, alphabet=st.characters(codec="ascii"))
    elif column.type == "string":
        drawn = (
            st.lists(st.sampled_from(["a", "b:c"]), min_size=1, unique=True).map(" ".join) if column.joined else WORDS
        )
    elif column.type == "boolean":
        drawn = st.booleans()
    elif column.type == "date":
        drawn = st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31))
    else:
        low = -1000.0 if column.least is None else column.least
        high = low + 1000 if column.most is None else column.most
        drawn = st.integers(int(low), int(high)) if column.type == "integer" else st.floats(low, high)
    if column.blank:
        drawn = st.just("") | drawn
    return st.none() | drawn if column.nullable else drawn


@st.composite
def frames(draw: st.DrawFn) -> tuple[Table, pd.DataFrame]:
    """A table and a valid frame of one to three rows; names that only repeat another column are left out."""
    table = draw(TABLE)
    columns = [column for column in table.columns if not column.alias_of]
    rows = draw(st.lists(st.fixed_dictionaries({c.name: values_of(c) for c in columns}), min_size=1, max_size=3))
    frame = conform(table.name, pd.DataFrame(rows, dtype=object))
    for rule in table.rules:
        frame = frame[rule.holds(frame).astype("boolean").fillna(True).astype(bool)]
    frame = frame.drop_duplicates(list(table.key or table.column_names))
    assume(len(frame))
    return table, frame.reset_index(drop=True)


@LAX
@given(frames())
def test_what_a_description_allows_is_valid_and_stays_what_it_is(drawn: tuple[Table, pd.DataFrame]) -> None:
    table, frame = drawn
    checked = validate(table.name, frame)
    assert list(checked.columns) == list(table.column_names)
    pd.testing.assert_frame_equal(checked, frame)


@LAX
@given(frames(), st.data())
def test_a_missing_value_is_named_with_its_table_and_column(
    drawn: tuple[Table, pd.DataFrame], data: st.DataObject
) -> None:
    table, frame = drawn
    needed = [c.name for c in table.columns if not c.nullable and not c.blank and not c.alias_of]
    column, row = data.draw(st.sampled_from(needed)), data.draw(st.integers(0, len(frame) - 1))
    broken = frame.astype(object)
    broken.loc[row, column] = None
    with pytest.raises(SchemaViolation) as caught:
        validate(table.name, broken)
    named = [v for v in caught.value.violations if v.columns == (column,)]
    assert [v.row_numbers for v in named] == [(row,)]
    assert named[0].sentence().startswith(f"{table.name}, ")
    if "report_id" in frame.columns and column != "report_id":
        assert named[0].report_id == frame.loc[row, "report_id"]


@LAX
@given(frames(), st.data())
def test_all_faults_are_named_at_once(drawn: tuple[Table, pd.DataFrame], data: st.DataObject) -> None:
    table, frame = drawn
    closed = [c.name for c in table.columns if (c.choices or c.pattern) and not c.alias_of and c.name not in table.key]
    assume(len(closed) >= 2)
    some = data.draw(st.lists(st.sampled_from(closed), min_size=2, max_size=4, unique=True))
    broken = frame.astype(object)
    for column in some:
        broken.loc[0, column] = "not one of\nthese"
    with pytest.raises(SchemaViolation) as caught:
        validate(table.name, broken)
    assert set(some) <= {column for v in caught.value.violations for column in v.columns}


@LAX
@given(frames())
def test_a_row_that_stands_twice_is_named(drawn: tuple[Table, pd.DataFrame]) -> None:
    table, frame = drawn
    with pytest.raises(SchemaViolation, match=r"stands (in more than one row|there twice)"):
        validate(table.name, pd.concat([frame, frame.iloc[:1]], ignore_index=True))
