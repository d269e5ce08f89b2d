"""Reads a published dataset back: its tables from Parquet, its version from `datapackage.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

Filter = list[tuple[str, str, object]]
_AT_ONCE = 8192  # rows as Python values: some 20 MB of observations


class NotADataset(FileNotFoundError):
    """The folder holds no published dataset; the message says what to do."""


def version(folder: Path) -> str:
    """The dataset's version; raises NotADataset where there is no descriptor to read."""
    path = folder / "datapackage.json"
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError) as error:
        raise NotADataset(
            f"{folder} holds no dataset (no datapackage.json with a version). Build one with `klachtenatlas build`, or "
            "give the folder of one."
        ) from error


def read(folder: Path, name: str, where: Filter | None = None, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """A table with nullable types; with `where`, only its rows (`pyarrow.parquet.read_table` filters).

    Columns are those of the file, which may be older than the schemas, or those asked for. Raises NotADataset when the
    table is not there.
    """
    found = pq.read_table(_file(folder, name), filters=where, columns=list(columns) if columns else None)
    frame: pd.DataFrame = found.to_pandas(types_mapper=_nullable)
    return frame


def rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The rows of a table one after the other, whatever its size; missing values are None."""
    with pq.ParquetFile(_file(folder, name)) as file:
        for batch in file.iter_batches(batch_size=_AT_ONCE):
            yield from batch.to_pylist()


def count(folder: Path, name: str) -> int:
    """How many rows a table has."""
    return int(pq.read_metadata(_file(folder, name)).num_rows)


def _file(folder: Path, name: str) -> Path:
    path = folder / f"{name}.parquet"
    if not path.is_file():
        raise NotADataset(f"{path} is missing. Build the dataset with `klachtenatlas build`, or give another folder.")
    return path


def _nullable(kind: pa.DataType) -> object:
    known = {pa.string(): pd.StringDtype(), pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype(),
             pa.bool_(): pd.BooleanDtype(), pa.date32(): pd.ArrowDtype(pa.date32())}  # fmt: skip
    return known.get(kind)
