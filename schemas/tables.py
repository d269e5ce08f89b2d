"""The tables that Klachtenatlas publishes: what stands in each column, and the doors through which every frame goes.

`conform` brings a frame into a table's columns, order and types; `validate` checks it and names everything that is
wrong at once; `check_references` checks the tables against each other; `empty` gives a frame without rows. Nothing is
repaired here: a value that does not fit is named, never changed or dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from schemas.casting import cast
from schemas.columns import DTYPES, Column, Table
from schemas.figure_tables import COMPARABILITY, CORRECTIONS, EVIDENCE, FINDINGS, OBSERVATIONS
from schemas.references import PageSizes, broken_references
from schemas.source_tables import CASES, CONCEPTS, LABELS, ORGANISATIONS, PROBLEMS, REPORTS
from schemas.validation import violations_of
from schemas.violations import SchemaViolation, Violation

__all__ = [
    "TABLES",
    "Column",
    "PageSizes",
    "SchemaViolation",
    "Table",
    "Violation",
    "check_references",
    "concat",
    "conform",
    "empty",
    "table",
    "validate",
]

TABLES: dict[str, Table] = {
    each.name: each
    for each in (
        OBSERVATIONS, CASES, LABELS, FINDINGS, REPORTS, ORGANISATIONS, CONCEPTS, EVIDENCE, CORRECTIONS, COMPARABILITY,
        PROBLEMS,
    )
}  # fmt: skip


def table(name: str) -> Table:
    """The description of a table; raises KeyError, naming the tables there are, for any other name."""
    if name not in TABLES:
        raise KeyError(f"There is no table {name!r}. The tables are {', '.join(TABLES)}.")
    return TABLES[name]


def empty(name: str) -> pd.DataFrame:
    """A frame of that table without rows, its columns in order and typed."""
    return pd.DataFrame({c.name: pd.Series([], dtype=DTYPES[c.type]) for c in table(name).columns})


def concat(name: str, frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of several conformed frames of that table."""
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else empty(name)


def conform(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the table's columns, in its order and types, on a fresh index; no rule is checked.

    Raises SchemaViolation when a column is missing or unknown, or a value is not of its column's type.
    """
    result = cast(table(name), frame)
    if result.violations:
        raise SchemaViolation(result.violations)
    return result.frame


def validate(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The conformed frame, when every rule of its table holds.

    Raises SchemaViolation with all violations at once, each naming report, page, column, value and number of rows.
    """
    spec = table(name)
    result = cast(spec, frame)
    violations = (*result.violations, *violations_of(spec, result))
    if violations:
        raise SchemaViolation(violations)
    return result.frame


def check_references(tables: Mapping[str, pd.DataFrame], page_sizes: PageSizes | None = None) -> None:
    """Check the tables against each other: keys, concepts and their facets, pages, boxes, counts.

    `page_sizes` gives for each report the width and height of its pages in points, by page number; without it boxes are
    checked against nothing. Tables that are not given are not checked, nor what points at them.
    Raises SchemaViolation with all violations at once.
    """
    violations = broken_references(TABLES, {name: conform(name, frame) for name, frame in tables.items()}, page_sizes)
    if violations:
        raise SchemaViolation(violations)
