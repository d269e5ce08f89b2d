"""Sums over published numbers: given where they mean something, refused with the reason where they do not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from sample_tables import observation, sample_tables

from publish.database import _view_statements
from publish.dataset import write_dataset
from publish.totals import NotAddable, total
from reconciliation.comparability import comparability
from schemas.tables import conform

REPORT = "aandorp-2023"


@pytest.fixture
def folder(tmp_path: Path) -> Any:
    """Writes a dataset of these observations of one report."""

    def write(*rows: dict[str, Any]) -> Path:
        tables = sample_tables()
        made = [observation(f"o{n}", row.pop("report", REPORT), 2023, **row) for n, row in enumerate(map(dict, rows))]
        tables["observations"] = conform("observations", pd.DataFrame(made))
        counts = tables["observations"]["report_id"].value_counts()
        reports = tables["reports"]
        tables["reports"] = reports.assign(observations=reports["report_id"].map(counts).fillna(0).astype("Int64"))
        tables["findings"] = tables["findings"].iloc[:0]
        tables["corrections"] = tables["corrections"].iloc[:0]
        needed = (tables[name] for name in ("observations", "reports", "findings", "concepts"))
        tables["comparability"] = conform("comparability", comparability(*needed))
        write_dataset(tables, tmp_path / "data")
        return tmp_path / "data"

    return write


def test_rows_of_one_column_are_added(folder: Any) -> None:
    data = folder({"row_label": "Afval", "value": 3.0}, {"row_label": "Geluid", "value": 4.0})
    found = total(data, report_id=REPORT)
    assert (found.value, found.unit, found.measure, found.observation_ids) == (7.0, "count", "cases", ("o0", "o1"))


def test_totals_repetitions_and_narrower_rows_are_not_added(folder: Any) -> None:
    data = folder(
        {"row_label": "Afval", "value": 3.0},
        {"row_label": "Afval > Glas", "value": 2.0},
        {"row_label": "Totaal", "value": 3.0, "is_total": True},
        {"row_label": "Elders", "value": 9.0, "quoted_from": "o0"},
    )
    found = total(data, report_id=REPORT)
    assert (found.value, found.narrower_left_out) == (3.0, ("o1",))


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"unit": "percent", "measure": "share"}, "different units (count, percent)"),
        ({"measure": "contacts"}, "count different things (cases, contacts)"),
        ({"table_id": "p9-9"}, "several tables"),
        ({"column_label": "waarvan herhaald"}, "one may be part of another"),
        ({"report": "beekstad-2023", "signal": None}, "do not count the same"),
    ],
)
def test_what_does_not_add_up_is_refused_with_the_reason(folder: Any, other: dict[str, Any], reason: str) -> None:
    same = {"signal": "signal:complaint"}
    data = folder({"row_label": "Afval", **same}, {"row_label": "Geluid", **same, **other})
    with pytest.raises(NotAddable, match=reason.replace("(", r"\(").replace(")", r"\)")):
        total(data)


def test_shares_are_never_added(folder: Any) -> None:
    data = folder(*({"row_label": label, "unit": "percent", "measure": "share"} for label in ("Afval", "Geluid")))
    with pytest.raises(NotAddable, match="a sum of them means nothing"):
        total(data)


def test_an_unknown_question_is_no_wrong_answer(folder: Any) -> None:
    with pytest.raises(TypeError, match="does not know colour"):
        total(folder({"row_label": "Afval"}), colour="red")


def test_the_database_has_a_sum_that_refuses(tmp_path: Path) -> None:
    connection = duckdb.connect()
    for statement in _view_statements(()):
        connection.execute(statement)
    rows = (
        "(VALUES (1.0, 'count', 'cases'), (2.0, 'count', 'cases'), (30.0, 'percent', 'share')) t(value, unit, measure)"
    )
    asked = "SELECT checked_sum(value, unit, measure) FROM"
    assert connection.execute(f"{asked} {rows} WHERE unit = 'count'").fetchall() == [(3.0,)]
    with pytest.raises(duckdb.InvalidInputException, match=r"different units \(count, percent\)"):
        connection.execute(f"{asked} {rows}")
