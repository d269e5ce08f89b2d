"""What the researchers' page promises: every query runs and answers, and the dictionary is that of the schemas."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from publish.dictionary import PATH, dictionary
from schemas.tables import TABLES

PAGE = (Path(__file__).parents[2] / "docs" / "data.md").read_text(encoding="utf-8")
QUERIES = dict(re.findall(r"\*\*(\d+)\. .*?\*\*\n\n```sql\n(.*?)```", PAGE, re.DOTALL))


@pytest.fixture(scope="module")
def database(dataset: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(dataset / "klachtenatlas.duckdb"), read_only=True)


def test_there_are_ten_questions() -> None:
    assert list(QUERIES) == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize("number", QUERIES)
def test_each_query_is_answered(database: duckdb.DuckDBPyConnection, number: str) -> None:
    assert database.execute(QUERIES[number]).fetchall()


def test_waste_is_counted_once_for_each_city_and_year(database: duckdb.DuckDBPyConnection) -> None:
    rows = database.execute(QUERIES["3"]).df()
    assert not rows.duplicated(["city", "year", "organisation", "subject"]).any()
    assert rows["value"].tolist() == [10.0, 20.0, 11.0, 22.0, 12.0, 24.0]


def test_what_nobody_understood_is_counted(database: duckdb.DuckDBPyConnection) -> None:
    rows = database.execute(QUERIES["10"]).df()
    assert set(rows["row_label"]) == {"varia, zie bijlage"} and rows["numbers"].sum() == 3


def test_the_page_names_every_table() -> None:
    assert all(f"| `{name}` |" in PAGE for name in TABLES)


def test_csv_reads_back_in_pandas_as_the_page_says(dataset: Path, tables: dict[str, pd.DataFrame]) -> None:
    frame = pd.read_csv(dataset / "labels.csv", keep_default_na=False, na_values=[""])
    assert sorted(frame["label"]) == sorted(tables["labels"]["label"])


def test_the_dictionary_is_fresh() -> None:
    assert PATH.read_text(encoding="utf-8") == dictionary(), "Run `python -m publish.dictionary`."
