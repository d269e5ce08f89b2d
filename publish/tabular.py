"""Writes one table as CSV and as Parquet; the same rows give the same bytes.

CSV follows RFC 4180: comma, header, lines end in CR LF, fields quoted where they must be. A missing value and an empty
text are both an empty field there; in Parquet they differ.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from schemas.columns import Column, ColumnType, Table

_ARROW: dict[ColumnType, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
# A fixed group size, so that the bytes do not hang on a default that a new pyarrow may change. All columns of 65,536
# observations are some 10 MB: small enough to skip by statistics, large enough to compress.
_ROW_GROUP = 65_536


def in_key_order(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows sorted by the table's key (by all its columns where it has none), texts by code point."""
    return frame.sort_values(
        list(table.key or table.column_names), kind="stable", na_position="first", ignore_index=True
    )


def write_csv(table: Table, frame: pd.DataFrame, path: Path) -> None:
    """The frame (conformed) as CSV. Numbers are the shortest text that reads back as the same number."""
    columns = [_texts(column, frame[column.name]) for column in table.columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(table.column_names)
        writer.writerows(zip(*columns, strict=True))


def _texts(column: Column, series: pd.Series) -> Iterable[str]:
    write: dict[ColumnType, Callable[[object], str]] = {
        "string": str,
        "integer": str,
        "number": repr,
        "boolean": lambda value: "true" if value else "false",
        "date": str,
    }
    one = write[column.type]
    return ["" if missing else one(value) for value, missing in zip(series.tolist(), series.isna(), strict=True)]


def arrow_table(table: Table, frame: pd.DataFrame) -> pa.Table:
    """The frame (conformed) as an Arrow table with descriptions on the table and on each column."""
    arrays, fields = [], []
    for column in table.columns:
        kind = _ARROW[column.type]
        arrays.append(pa.array(frame[column.name], type=None, from_pandas=True).cast(kind))
        fields.append(pa.field(column.name, kind, column.nullable, {"description": column.description}))
    metadata = {"title": table.title, "description": table.description}
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata))


def write_parquet(table: Table, frame: pd.DataFrame, path: Path) -> None:
    """The frame (conformed) as Parquet, every option that shapes the bytes fixed."""
    pq.write_table(
        arrow_table(table, frame),
        path,
        version="2.6",
        data_page_version="1.0",
        compression="zstd",
        compression_level=9,
        use_dictionary=True,
        write_statistics=True,
        row_group_size=_ROW_GROUP,
    )
