"""Brings a frame into the columns, order and types of its table, and names every value that is of another type.

Only the carrier changes, never the meaning: 3.0 is a whole number, `2023-01-01` is a date; 3.5 is not a whole
number and 17 is not a text. Missing values of every make (None, NaN, NaT, NA) become NA, or the empty text where a
column may be blank.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time

import numpy as np
import pandas as pd

from schemas.columns import DTYPES, Column, ColumnType, Table
from schemas.violations import Fault, Violation, shown, summarise

_SAYS: dict[ColumnType, str] = {
    "string": "it must be a text",
    "integer": "it must be a whole number",
    "number": "it must be a number",
    "boolean": "it must be true or false",
    "date": "it must be a date (YYYY-MM-DD)",
}


@dataclass(frozen=True, slots=True)
class Cast:
    """A frame with all columns of its table; `failed` holds the cells (row, column) that could not be brought over."""

    frame: pd.DataFrame
    violations: tuple[Violation, ...] = ()
    failed: frozenset[tuple[int, str]] = field(default_factory=frozenset)
    missing: frozenset[str] = field(default_factory=frozenset)


def cast(table: Table, frame: pd.DataFrame) -> Cast:
    """The frame with exactly the columns of `table`, typed, on a fresh index; a value of another type is a fault."""
    given = frame.reset_index(drop=True)
    faults: list[Fault] = []
    missing: set[str] = set()
    failed: set[tuple[int, str]] = set()
    columns: dict[str, pd.Series] = {}
    for name in dict.fromkeys(map(str, given.columns)):
        if name not in table.column_names:
            faults.append(Fault(None, (name,), "", "the table has no such column; rename it or leave it out"))
        elif list(given.columns).count(name) > 1:
            faults.append(Fault(None, (name,), "", "the column is there more than once"))
            given = given.loc[:, ~given.columns.duplicated()]
    for column in table.columns:
        source = column.name
        if source not in given.columns and column.optional and column.alias_of in given.columns:
            source = str(column.alias_of)
        if source not in given.columns:
            columns[column.name] = pd.Series([pd.NA] * len(given), dtype=DTYPES[column.type])
            if not (column.optional and column.nullable):
                faults.append(Fault(None, (column.name,), "", "the column is missing"))
                missing.add(column.name)
            continue
        series, bad = _cast_column(column, given[source])
        columns[column.name] = series
        for row in bad:
            failed.add((row, column.name))
            faults.append(Fault(row, (column.name,), shown(given[source].iloc[row]), _SAYS[column.type]))
    result = pd.DataFrame(columns, columns=list(table.column_names))
    # Quoted from the frame as given: a report id stays legible when another column of its row is broken.
    return Cast(result, summarise(table, given, faults), frozenset(failed), frozenset(missing))


def _cast_column(column: Column, series: pd.Series) -> tuple[pd.Series, list[int]]:
    dtype = DTYPES[column.type]
    bad: list[int] = []
    if _holds_only(series, column.type):
        series = pd.Series(series, dtype=dtype)
    else:
        values = series.astype(object).to_numpy()
        convert = _CONVERTERS[column.type]
        missing = pd.isna(values)
        out: list[object] = [None] * len(values)
        for row, value in enumerate(values):
            if missing[row]:
                continue
            try:
                out[row] = convert(value)
            except (ValueError, TypeError):
                bad.append(row)
        series = pd.Series(out, dtype=dtype)
    if column.type == "number":
        series = _nan_as_missing(series)
    if column.blank:
        series = series.fillna("")
    return series.reset_index(drop=True), bad


def _holds_only(series: pd.Series, wanted: ColumnType) -> bool:
    """Whether the series can hold nothing but values of the wanted type, so that no value need be looked at."""
    kind = series.dtype
    if wanted == "string":
        # Arrow's texts are UTF-8 already; texts kept as Python objects may hold what UTF-8 cannot carry.
        return isinstance(kind, pd.StringDtype) and kind.storage == "pyarrow"
    return str(kind) == DTYPES[wanted] or (wanted == "number" and str(kind) in ("float64", "int64", "Int64"))


def _nan_as_missing(series: pd.Series) -> pd.Series:
    # A masked array can hold NaN beside NA; in the files there is one way to be missing.
    values = series.to_numpy(dtype="float64", na_value=np.nan)
    return pd.Series(pd.array(values, dtype="Float64")) if np.isnan(values).any() else series


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode("utf-8")  # lone surrogates cannot be written to any of the files
    return value


def _whole(value: object) -> int:
    number = _number(value)
    if not number.is_integer():
        raise ValueError
    return int(number)


def _number(value: object) -> float:
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.number):
        raise TypeError
    return float(value)


def _truth(value: object) -> bool:
    if not isinstance(value, bool | np.bool_):
        raise TypeError
    return bool(value)


def _day(value: object) -> date:
    if isinstance(value, datetime):  # pandas.Timestamp too
        if value.time() != time(0):
            raise ValueError
        return value.date()
    if isinstance(value, np.datetime64):
        return _day(pd.Timestamp(value).to_pydatetime())
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return date.fromisoformat(value)
    raise TypeError


_CONVERTERS: dict[ColumnType, Callable[[object], object]] = {
    "string": _text,
    "integer": _whole,
    "number": _number,
    "boolean": _truth,
    "date": _day,
}
