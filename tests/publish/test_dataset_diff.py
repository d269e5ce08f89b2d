"""What changed between two builds, and why as far as the data shows it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from publish.diff import DatasetDiff, diff
from publish.diff_text import summary
from publish.reading import NotADataset
from publish.tabular import arrow_table
from schemas.tables import table

Tables = dict[str, pd.DataFrame]


def changed(tables: Tables, name: str, where: tuple[str, str], **values: Any) -> Tables:
    frame = tables[name].copy()
    for column, value in values.items():
        frame.loc[frame[where[0]] == where[1], column] = value
    return {**tables, name: frame}


def against(dataset: Path, tables: Tables, out: Path) -> DatasetDiff:
    """The dataset against one with other tables, of which only what a comparison reads is written."""
    out.mkdir()
    (out / "datapackage.json").write_bytes((dataset / "datapackage.json").read_bytes())
    for name, frame in tables.items():
        pq.write_table(arrow_table(table(name), frame), out / f"{name}.parquet")
    return diff(dataset, out)


def test_equal_builds_have_no_difference(dataset: Path) -> None:
    found = diff(dataset, dataset)
    assert not found
    assert summary(found).startswith("No difference")


AFVAL = ("observation_id", "aandorp-2022/p4-1/Afval/aantal")
LATER = ("report_id", "aandorp-2023")


CAUSES: list[tuple[str, tuple[str, str], dict[str, Any], str]] = [
    ("observations", AFVAL, {"value": 19.0, "value_printed": "19"}, "reading"),
    ("observations", AFVAL, {"subject": pd.NA}, "meaning"),
    ("labels", LATER, {"decided_by": "data steward"}, "meaning"),
    ("cases", LATER, {"outcome": pd.NA}, "meaning"),
    ("cases", LATER, {"title": "Afval"}, "reading"),
    ("reports", LATER, {"sha256": "1" * 64}, "report bytes"),
    ("reports", LATER, {"licence": "CC0"}, "catalogue"),
    ("findings", LATER, {"severity": "warning"}, "findings"),
]


@pytest.mark.parametrize("case", CAUSES, ids=lambda case: f"{case[0]} {' '.join(case[2])}")
def test_the_cause_is_read_off_the_columns_that_changed(
    dataset: Path, tables: Tables, tmp_path: Path, case: tuple[str, tuple[str, str], dict[str, Any], str]
) -> None:
    name, where, values, cause = case
    found = against(dataset, changed(tables, name, where, **values), tmp_path / "new")
    report = "aandorp-2022" if where == AFVAL else "aandorp-2023"
    assert [(each.report_id, each.causes) for each in found.reports] == [(report, (cause,))]
    assert report in summary(found)


def test_a_report_that_is_gone_is_one_cause_and_its_rows_are_counted(
    dataset: Path, tables: Tables, tmp_path: Path
) -> None:
    kept = {name: f[f["report_id"] != "beekstad-2023"] if "report_id" in f else f for name, f in tables.items()}
    kept["organisations"] = kept["organisations"][kept["organisations"]["city"] == "Aandorp"]
    found = against(dataset, kept, tmp_path / "new")
    assert [(each.report_id, each.causes) for each in found.reports] == [("beekstad-2023", ("report removed",))]
    assert found.reports[0].rows["reports"] == (0, 1, 0)
    (back,) = diff(tmp_path / "new", dataset).reports
    assert back.causes == ("report added",)


def test_a_change_of_the_scheme_is_said_once(dataset: Path, tables: Tables, tmp_path: Path) -> None:
    found = against(
        dataset, changed(tables, "concepts", ("key", "subject:waste"), label_en="garbage"), tmp_path / "new"
    )
    assert found.ontology_changed and found.reports == ()
    assert "concept scheme changed" in summary(found)


def test_equal_changes_are_told_once_and_the_json_has_all(dataset: Path, tables: Tables, tmp_path: Path) -> None:
    found = against(dataset, changed(tables, "observations", LATER, signal=pd.NA), tmp_path / "new")
    assert len(summary(found).splitlines()) < 13
    assert "(16 rows): signal signal:complaint → nothing" in summary(found)
    (told,) = [each for each in json.loads(found.to_json())["tables"] if each["table"] == "observations"]
    assert len(told["changed"]) == 16
    assert told["changed"][0]["columns"] == {"signal": ["signal:complaint", None]}


def test_an_older_build_with_other_columns_can_be_compared(dataset: Path, tmp_path: Path) -> None:
    for path in dataset.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "problems.parquet").unlink()
    pd.read_parquet(dataset / "cases.parquet").drop(columns="redactions").to_parquet(tmp_path / "cases.parquet")
    found = {each.table: each for each in diff(tmp_path, dataset).tables}
    assert found["cases"].columns_added == ("redactions",)
    assert len(found["problems"].added) == 3


def test_a_folder_without_a_dataset_is_refused(dataset: Path, tmp_path: Path) -> None:
    with pytest.raises(NotADataset, match="give the folder of one"):
        diff(dataset, tmp_path)


def test_a_large_table_is_compared_some_reports_at_a_time_with_the_same_result(
    dataset: Path, tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = tables["observations"]
    moved = numbers.assign(value=numbers["value"].where(numbers.index % 3 > 0, numbers["value"] + 1)).iloc[2:]
    changed = {**tables, "observations": moved, "labels": tables["labels"].iloc[:-1]}
    whole = against(dataset, changed, tmp_path / "one")
    monkeypatch.setattr("publish.diff._AT_ONCE", 2)
    assert against(dataset, changed, tmp_path / "two") == whole
    assert len({change.report_id for table in whole.tables for change in table.changed}) > 1
