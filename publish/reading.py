"""Reads a published dataset back: its tables from Parquet, its version from `datapackage.json`."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

Filter = list[tuple[str, str, object]]


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


def read(folder: Path, name: str, where: Filter | None = None) -> pd.DataFrame:
    """A table with nullable types; with `where`, only its rows (`pyarrow.parquet.read_table` filters).

    Columns are those of the file, which may be older than the schemas. Raises NotADataset when the table is not there.
    """
    path = folder / f"{name}.parquet"
    if not path.is_file():
        raise NotADataset(f"{path} is missing. Build the dataset with `klachtenatlas build`, or give another folder.")
    frame: pd.DataFrame = pq.read_table(path, filters=where).to_pandas(types_mapper=_nullable)
    return frame


def _nullable(kind: pa.DataType) -> object:
    known = {pa.string(): pd.StringDtype(), pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype(),
             pa.bool_(): pd.BooleanDtype(), pa.date32(): pd.ArrowDtype(pa.date32())}  # fmt: skip
    return known.get(kind)
