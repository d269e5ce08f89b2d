"""The tables as one Excel workbook, for people who open data in a spreadsheet: `klachtenatlas spreadsheet`.

Labels and texts come from documents of others, and a spreadsheet runs what begins like a formula. So every text is
written as text, never as a formula, and one that begins with `=`, `+`, `-`, `@`, a tab or a carriage return is marked
as if it had been typed behind an apostrophe, which also holds when the cell is edited. The data themselves are
untouched.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from publish.reading import read, version
from schemas.tables import TABLES

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_MOST_ROWS, _MOST_CHARACTERS = 1_048_575, 32_767  # of Excel: rows below the header, characters of a cell
_EPOCH = dt.datetime(1980, 1, 1)


class TooLarge(ValueError):
    """A table has more rows than a spreadsheet can hold; the message says which and what to use instead."""


def write_spreadsheet(dataset: Path, out: Path) -> None:
    """The workbook at `out`, one sheet a table, the same bytes for the same dataset.

    Raises publish.reading.NotADataset, TooLarge, or OSError when `out` cannot be written.
    """
    told = version(dataset)
    frames = {name: read(dataset, name) for name in TABLES}
    for name, frame in frames.items():
        if len(frame) > _MOST_ROWS:
            raise TooLarge(f"{name} has {len(frame)} rows, a spreadsheet holds {_MOST_ROWS}. Use Parquet or DuckDB.")
    new = out.with_name(f".{out.name}.part")
    try:
        with xlsxwriter.Workbook(str(new), {"constant_memory": True, "strings_to_formulas": False}) as book:
            book.set_properties({"title": f"Klachtenatlas {told}", "created": _EPOCH})
            for name, frame in frames.items():
                _sheet(book, name, frame)
        new.replace(out)
    except XlsxWriterException as error:
        raise OSError(str(error)) from error
    finally:
        new.unlink(missing_ok=True)


def _sheet(book: xlsxwriter.Workbook, name: str, frame: pd.DataFrame) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    quoted = book.add_format({"quote_prefix": True})
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(frame.columns):
        sheet.write_string(0, column, title, head)
    rows = frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None)
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values):
            if value is None:
                continue
            if isinstance(value, bool):
                sheet.write_boolean(row, column, value)
            elif isinstance(value, int | float):
                sheet.write_number(row, column, value)
            elif isinstance(value, dt.date):
                sheet.write_datetime(row, column, value, day)
            else:
                text = str(value)[:_MOST_CHARACTERS]
                sheet.write_string(row, column, text, quoted if text.startswith(_FORMULA_STARTS) else None)
