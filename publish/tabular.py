"""Writes a table as CSV and as Parquet, piece by piece; the same rows give the same bytes.

CSV follows RFC 4180: comma, header, lines end in CR LF, fields quoted where they must be. A missing value and an empty
text are both an empty field there; in Parquet they differ.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

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


class TableWriter:
    """Writes one table piece by piece, as `<name>.csv` and `<name>.parquet` in a folder: a context manager.

    However the rows are cut into pieces, the files are the same. Pieces are conformed frames that follow each other in
    the order of the table's key; ValueError where they do not.
    """

    def __init__(self, table: Table, folder: Path) -> None:
        self.table = table
        self.rows = 0
        self._parquet = _Parquet(table, folder / f"{table.name}.parquet")
        self._csv = (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="")
        self._lines = csv.writer(self._csv, lineterminator="\r\n")
        self._lines.writerow(table.column_names)
        self._last: tuple[object, ...] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._csv.close()
        self._parquet.close(whole=kind is None)

    def write(self, frame: pd.DataFrame) -> None:
        """The next rows."""
        if not len(frame):
            return
        self._in_order(frame)
        columns = [_texts(column, frame[column.name]) for column in self.table.columns]
        self._lines.writerows(zip(*columns, strict=True))
        self._parquet.write(arrow_table(self.table, frame))
        self.rows += len(frame)

    def _in_order(self, frame: pd.DataFrame) -> None:
        """Each piece begins after the last one's end: keys that differ within the pieces differ in the table."""
        if self._last is not None and not self.table.key:
            raise ValueError(f"{self.table.name} has no key, so it cannot be written in pieces.")
        first, last = (tuple(frame[name].iloc[row] for name in self.table.key) for row in (0, -1))
        if self._last is not None and first <= self._last:
            raise ValueError(f"Rows of {self.table.name} are out of order: {first} comes after {self._last}.")
        self._last = last


class _Parquet:
    """A Parquet file from Arrow tables that come one after the other, every option that shapes the bytes fixed."""

    def __init__(self, table: Table, path: Path) -> None:
        self._schema = _schema(table)
        self._writer = pq.ParquetWriter(
            path,
            self._schema,
            version="2.6",
            data_page_version="1.0",
            compression="zstd",
            compression_level=9,
            use_dictionary=True,
            write_statistics=True,
        )
        self._waiting: list[pa.Table] = []
        self._groups = 0

    def write(self, rows: pa.Table) -> None:
        """The next rows; they go to the file in groups of a fixed size."""
        self._waiting.append(rows)
        while sum(map(len, self._waiting)) >= _ROW_GROUP:
            whole = pa.concat_tables(self._waiting)
            self._group(whole.slice(0, _ROW_GROUP))
            self._waiting = [whole.slice(_ROW_GROUP)]

    def close(self, *, whole: bool) -> None:
        """Ends the file; where it is not to be `whole`, what waits is left out."""
        rest = pa.concat_tables(self._waiting) if self._waiting else self._schema.empty_table()
        if whole and (len(rest) or not self._groups):
            self._group(rest)
        self._writer.close()

    def _group(self, rows: pa.Table) -> None:
        self._writer.write_table(rows.combine_chunks(), row_group_size=_ROW_GROUP)
        self._groups += 1


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
    schema = _schema(table)
    arrays = [pa.array(frame[field.name], type=None, from_pandas=True).cast(field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _schema(table: Table) -> pa.Schema:
    fields = [pa.field(c.name, _ARROW[c.type], c.nullable, {"description": c.description}) for c in table.columns]
    return pa.schema(fields, {"title": table.title, "description": table.description})
