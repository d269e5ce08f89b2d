"""Corrections: held against what the reports print, published beside it, refused loudly when it no longer stands."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pandas as pd
import pytest
import yaml

from flows.catalogue import CatalogueError
from flows.corrections import load_corrections, published_corrections

OBSERVATIONS = pd.DataFrame(
    [
        {"observation_id": f"town-2023:{row}:{column}", "report_id": "town-2023", "organisation": "Town",
         "kind": "cell", "page": page, "table_title": "Channels", "row_label": row, "column_label": column,
         "value": value, "value_printed": printed, "sentence": None}
        for row, column, page, value, printed in (
            ("Mail", "%", 4, 4.07, "4,07"), ("Desk", "%", 4, 2.0, "2,00"), ("Total", "count", 4, 1899.0, "1.899"),
            ("Total", "%", 4, 100.0, "100,00"),
        )
    ]
)  # fmt: skip
RECORD = {
    "report": "town-2023",
    "place": {"row": "Mail", "column": "%"},
    "printed": "4,07",
    "correct": 2.07,
    "reason": "The counts give it.",
    "source": "the same table",
    "who": "A steward",
    "when": "2026-11-24",
}


def folder(tmp_path: Path, *records: object) -> Path:
    text = yaml.safe_dump({"corrections": list(records)}).replace("'2026-11-24'", "2026-11-24")
    (tmp_path / "corrections.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def outcome(tmp_path: Path, *records: object, unread: tuple[str, ...] = ()) -> tuple[pd.DataFrame, list[str]]:
    good, refused = load_corrections(folder(tmp_path, *records))
    table, failures = published_corrections(good, OBSERVATIONS, unread)
    return table, [failure.reason for failure in (*refused, *failures)]


def test_a_correction_stands_beside_its_number(tmp_path: Path) -> None:
    table, failures = outcome(tmp_path, RECORD)
    assert failures == []
    row = table.iloc[0]
    assert (row["observation_id"], row["expects"], row["corrected"]) == ("town-2023:Mail:%", 4.07, 2.07)
    assert (row["printed"], row["source"], row["decided_by"]) == ("4,07", "the same table", "A steward")


def test_a_correction_that_the_report_has_outlived_is_not_published_and_says_so(tmp_path: Path) -> None:
    table, failures = outcome(tmp_path, {**RECORD, "printed": "4,70"})
    assert table.empty
    assert len(failures) == 1
    assert "record 1 (town-2023): page 4 now prints '4,07' there, not '4,70'" in failures[0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"place": {"row": "Total"}}, "fits 2 numbers"),
        ({"place": {"row": "Post"}}, "fits no number"),
        ({"report": "village-2023"}, "no such report"),
        ({"correct": 4.07}, "already says 4.07"),
        ({"correct": "2,07"}, "must be a number"),
        ({"who": ""}, "lacks who"),
        ({"place": {"cell": "B4"}}, "`place` must map some of"),
        ({"printed": 4.07}, "characters on the page"),
        ({"note": "x"}, "unknown fields (note)"),
    ],
)
def test_what_is_wrong_with_a_record_is_named_and_costs_that_record_only(
    tmp_path: Path, change: dict[str, object], words: str
) -> None:
    desk = {**RECORD, "place": {"row": "Desk", "column": "%"}, "printed": "2,00", "correct": 2.5}
    table, failures = outcome(tmp_path, {**RECORD, **change}, desk)
    assert list(table["corrected"]) == [2.5]
    assert len(failures) == 1
    assert words in failures[0]


def test_two_corrections_of_one_number_are_one_too_many(tmp_path: Path) -> None:
    table, failures = outcome(tmp_path, RECORD, {**deepcopy(RECORD), "correct": 2.1})
    assert list(table["corrected"]) == [2.07]
    assert "earlier record corrects the same number" in failures[0]


def test_corrections_of_a_report_that_could_not_be_read_wait(tmp_path: Path) -> None:
    assert outcome(tmp_path, {**RECORD, "report": "village-2023"}, unread=("village-2023",))[1] == []


def test_a_file_that_is_no_list_of_corrections_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "corrections.yaml").write_text("corrections: {a: b}", encoding="utf-8")
    with pytest.raises(CatalogueError, match="no list under"):
        load_corrections(tmp_path)


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert load_corrections(tmp_path) == ([], [])
