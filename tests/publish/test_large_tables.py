"""Tables that come some reports at a time: the files are the same, and what is wrong is found all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from sample_tables import sample_tables

from publish import write_dataset
from publish.large import GIVEN, Slice
from publish.tabular import TableWriter, in_key_order
from schemas.tables import SchemaViolation, conform, table

Tables = dict[str, pd.DataFrame]


def digests(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def in_slices(tables: Tables) -> tuple[Tables, list[Slice]]:
    """The small tables, and a slice a report."""
    reports = sorted(tables["reports"]["report_id"], key=lambda name: f"{name}:")
    small = {name: frame for name, frame in tables.items() if name not in GIVEN}
    return small, [
        Slice({name: tables[name][tables[name]["report_id"] == report] for name in GIVEN}) for report in reports
    ]


@pytest.fixture
def tables() -> Tables:
    return sample_tables()


def test_a_dataset_in_slices_has_the_bytes_of_one_that_comes_whole(tables: Tables, tmp_path: Path) -> None:
    small, slices = in_slices(tables)
    assert len(slices) > 2
    write_dataset(tables, tmp_path / "whole")
    write_dataset(small, tmp_path / "sliced", slices=iter(slices))
    assert digests(tmp_path / "sliced") == digests(tmp_path / "whole")


@pytest.mark.parametrize(
    ("name", "column", "value", "says"),
    [
        ("observations", "unit", "pieces", "'pieces'"),
        ("observations", "subject", "subject:of_nobody", "concepts.key has no such value"),
        ("findings", "observation_ids", "none-2022:p1-1:0", "observations.observation_id has no such value"),
        ("comparability", "finding_ids", "none", "findings.finding_id has no such value"),
        ("reports", "cases", 77, "the table cases has"),
    ],
)
def test_what_is_wrong_is_found_in_slices_too_and_nothing_is_published(
    tables: Tables, tmp_path: Path, name: str, column: str, value: object, says: str
) -> None:
    changed = tables[name].copy()
    changed.loc[0, column] = value
    small, slices = in_slices({**tables, name: changed})
    with pytest.raises(SchemaViolation, match=says):
        write_dataset(small, tmp_path / "out", slices=slices)
    assert list(tmp_path.iterdir()) == []


def test_slices_out_of_order_are_refused(tables: Tables, tmp_path: Path) -> None:
    small, slices = in_slices(tables)
    with pytest.raises(ValueError, match="out of order"):
        write_dataset(small, tmp_path / "out", slices=slices[::-1])
    assert list(tmp_path.iterdir()) == []


def test_a_table_has_the_same_bytes_however_its_rows_are_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Row groups end where they would have ended: not where a piece does."""
    monkeypatch.setattr("publish.tabular._ROW_GROUP", 500)
    texts = [f"{n:05}" * (n % 7) or None for n in range(1700)]
    row = {"report_id": "r", "organisation": "Stad", "title": "t", "language": "nl", "page_first": 1, "redactions": 0}
    rows = pd.DataFrame([row | {"case_id": f"r:case:{n:05}", "page_last": n + 1} for n in range(1700)])
    rows = rows.assign(complaint=texts).reindex(columns=list(table("cases").column_names))
    frame = in_key_order(table("cases"), conform("cases", rows))

    def written(folder: str, pieces: Iterator[pd.DataFrame]) -> dict[str, bytes]:
        (tmp_path / folder).mkdir()
        with TableWriter(table("cases"), tmp_path / folder) as writer:
            for piece in pieces:
                writer.write(piece)
        return digests(tmp_path / folder)

    whole = written("whole", iter([frame]))
    assert written("pieces", (frame.iloc[at : at + 123] for at in range(0, 1700, 123))) == whole
    assert written("two", iter([frame.iloc[:500], frame.iloc[500:]])) == whole
