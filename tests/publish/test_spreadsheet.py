"""The workbook for spreadsheets: nothing in it is run, nothing in the data is changed for it."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest

from publish import write_dataset
from publish.reading import read
from publish.spreadsheet import write_spreadsheet

EVIL = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "harmless"]


@pytest.fixture(scope="module")
def evil(tables: dict[str, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> Path:
    labels = tables["labels"].copy()
    labels.loc[labels.index[: len(EVIL)], "label"] = EVIL
    folder = tmp_path_factory.mktemp("evil") / "normalized"
    write_dataset({**tables, "labels": labels}, folder)
    return folder


def test_texts_that_look_like_formulas_are_texts_marked_as_such(evil: Path, tmp_path: Path) -> None:
    write_spreadsheet(evil, tmp_path / "k.xlsx")
    with ZipFile(tmp_path / "k.xlsx") as book:
        sheets = {name: book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name}
        styles = book.read("xl/styles.xml").decode()
    assert not any("<f>" in sheet for sheet in sheets.values())
    assert 'quotePrefix="1"' in styles
    found = next(sheet for sheet in sheets.values() if "calc" in sheet)
    marked = {
        start for start in ("=cmd", "+1", "-2", "@SUM") if f'preserve">{start}' in found or f"<t>{start}" in found
    }
    assert marked == {"=cmd", "+1", "-2", "@SUM"}


def test_the_data_keep_the_texts_and_the_sheet_has_every_row(evil: Path, tmp_path: Path) -> None:
    assert set(EVIL) <= set(read(evil, "labels")["label"])
    write_spreadsheet(evil, tmp_path / "a.xlsx")
    write_spreadsheet(evil, tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with ZipFile(tmp_path / "a.xlsx") as book:
        rows = book.read("xl/worksheets/sheet1.xml").decode().count("<row ")
    assert rows == len(read(evil, "observations")) + 1
