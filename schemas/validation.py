"""Checks a frame against its table with pandera, lazily: everything that is wrong is found in one pass."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from schemas.casting import Cast
from schemas.columns import DTYPES, Column, RowRule, Table
from schemas.violations import Fault, Violation, shown, summarise

_REQUIRED = "a value is required"
Holds = Callable[[pd.Series], pd.Series]


def violations_of(table: Table, given: Cast) -> tuple[Violation, ...]:
    """All rules of `table` that the frame breaks. What `cast` already named is not named again."""
    try:
        schema(table.name, table).validate(given.frame, lazy=True)
    except SchemaErrors as error:
        return summarise(table, given.frame, _faults(table, given, error.failure_cases))
    return ()


@cache
def schema(name: str, table: Table) -> pa.DataFrameSchema:
    """The pandera schema of a table; its columns carry the descriptions."""
    return pa.DataFrameSchema(
        {column.name: _column(column) for column in table.columns},
        checks=[pa.Check(partial(_row_holds, rule), name=rule.name, error=rule.name) for rule in table.rules],
        unique=list(table.key or table.column_names),
        report_duplicates="exclude_first",
        strict=True,
        ordered=True,
        name=name,
        title=table.title,
        description=table.description,
    )


def rules_of(column: Column) -> dict[str, Holds]:
    """What a column asks of its values beside its type: the words that name a breach, and the check (NA holds)."""
    rules: dict[str, Holds] = {}
    if column.choices:
        rules[f"it must be one of {', '.join(column.choices)}"] = lambda s: s.isin(column.choices) | s.isna()
    elif column.pattern:
        rules[f"it must be {column.said}"] = lambda s: s.str.fullmatch(f"(?:{column.pattern})")
    elif column.type == "string" and not column.blank:
        rules["it must not be an empty text"] = lambda s: s.str.strip() != ""
    if column.joined:
        rules["its names must be joined by single spaces"] = lambda s: s.str.fullmatch(r"(?:\S+(?: \S+)*)?")
    if column.type == "number":
        rules["it must be a finite number"] = lambda s: pd.Series(
            np.isfinite(s.to_numpy(dtype="float64", na_value=0.0)), index=s.index
        )
    if column.least is not None:
        rules[f"it must be at least {column.least:g}"] = lambda s: s >= column.least
    if column.most is not None:
        rules[f"it must be at most {column.most:g}"] = lambda s: s <= column.most
    return rules


def _column(column: Column) -> pa.Column:
    checks = [
        pa.Check(partial(_holds, rule), name=says, error=says, ignore_na=True)
        for says, rule in rules_of(column).items()
    ]
    return pa.Column(DTYPES[column.type], checks, nullable=column.nullable, description=column.description)


def _holds(rule: Holds, series: pd.Series) -> pd.Series:
    return rule(series).astype("boolean").fillna(True).astype(bool)


def _row_holds(rule: RowRule, frame: pd.DataFrame) -> pd.Series:
    return _holds(lambda _: rule.holds(frame), frame[rule.columns[0]])


def _faults(table: Table, given: Cast, cases: pd.DataFrame) -> list[Fault]:
    frame, rules = given.frame, {rule.name: rule for rule in table.rules}
    faults: dict[tuple[object, ...], Fault] = {}
    for column, check, index in zip(cases["column"], cases["check"].astype(str), cases["index"], strict=True):
        row = None if pd.isna(index) else int(index)
        if check in rules:
            names, says = rules[check].columns, rules[check].says
        elif check == "multiple_fields_uniqueness":
            names = table.key
            says = "the key stands in more than one row" if table.key else "the same row stands there twice"
        else:
            names, says = (str(column),), _REQUIRED if check == "not_nullable" else check
        if row is None:
            # A check that could not run: only after a column of the wrong type, which `cast` has named.
            continue
        if any((row, name) in given.failed or name in given.missing for name in names):
            continue
        value = "" if names == table.key else ", ".join(shown(frame[name].iloc[row]) for name in names)
        faults[(row, names, says)] = Fault(row, names, value, says)
    return list(faults.values())
