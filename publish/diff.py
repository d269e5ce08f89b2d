"""What changed between two builds of the dataset, and for each report the likely cause, as far as the data shows it.

Rows are compared by their key. The cause is read off the columns that changed: other bytes of the PDF, another reading
of the same bytes, other concepts for the same labels, another catalogue entry, other findings. Where builds in between
are to be had, `publish.attribution` replaces these likely causes by proved ones.
"""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import accumulate
from pathlib import Path

import numpy as np
import pandas as pd

from publish.reading import Filter, NotADataset, count, read, version
from schemas.columns import FACETS
from schemas.tables import TABLES

_MAPPING = frozenset((*FACETS, "organisation_concept", "mapping_status", "mapping_confidence"))
_COUNTS = frozenset(("tables", "observations", "cases", "needs_review", "pages", "status", "reason", "sha256"))
_EXAMPLES, _CELLS = 3, 3
_AT_ONCE = 40_000  # rows of a table that are compared at a time: some 150 MB of observations

# In the order in which a cause explains the others: new bytes explain a new reading, a new reading new findings.
CAUSES = {
    "report added": "the report is new",
    "report removed": "the report is gone",
    "reports": "another report is new or gone",
    "report bytes": "the PDF has other bytes",
    "catalogue": "the catalogue says something else about the report",
    "reading": "numbers, labels or places are read differently",
    "ontology": "the concept scheme changed",
    "mapping": "stewards decided otherwise",
    "matching": "the program matches labels otherwise",
    "meaning": "the same labels have other concepts, statuses or confidences",
    "correction": "the corrections changed",
    "findings": "the same numbers are judged differently",
    "program": "another part of the program changed",
    "environment": "other versions of libraries",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is in both builds and differs: each changed column with its old and new value as text.

    `why` gives the proved causes of each column where there are any.
    """

    key: str
    report_id: str | None
    columns: dict[str, tuple[str | None, str | None]]
    why: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableDiff:
    """One table: the keys of rows added and removed, the rows changed, the columns that only one build has.

    `owners` gives the report of each of these rows, `causes` the proved causes (keys of CAUSES) where there are any.
    """

    table: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[Change, ...] = ()
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()
    owners: dict[str, str] = field(default_factory=dict, repr=False)
    causes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many rows were added, removed, changed."""
        return len(self.added), len(self.removed), len(self.changed)

    def report_of(self, key: str) -> str | None:
        """The report of a row that differs; None in tables that are not about single reports."""
        return self.owners.get(key)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.columns_added or self.columns_removed)


@dataclass(frozen=True, slots=True)
class ReportDiff:
    """One report: its causes (keys of CAUSES) and per table how many rows were added, removed, changed."""

    report_id: str
    causes: tuple[str, ...]
    rows: dict[str, tuple[int, int, int]]
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What swapping one input did: its causes (one, unless two go only together), and per table the rows touched."""

    causes: tuple[str, ...]
    rows: dict[str, tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class DatasetDiff:
    """All that differs between two builds. Falsy when nothing does.

    `steps` are the swaps by which the causes were proved, `unproved` says why there are none.
    """

    old_version: str
    new_version: str
    tables: tuple[TableDiff, ...]
    reports: tuple[ReportDiff, ...]
    ontology_changed: bool
    steps: tuple[Step, ...] = ()
    unproved: str | None = None

    def __bool__(self) -> bool:
        return any(self.tables)

    def to_json(self) -> str:
        """Everything, as JSON; the same two builds give the same text."""
        whole = asdict(self)
        for table in whole["tables"]:
            del table["owners"]
        return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def diff(old: Path, new: Path) -> DatasetDiff:
    """Compares the dataset in the folder `old` with that in `new`; raises NotADataset when one of them holds none."""
    versions = version(old), version(new)
    tables = tuple(_table_diff(name, old, new) for name in TABLES if name != "evidence")
    return DatasetDiff(
        *versions,
        tables,
        tuple(_report_diffs(tables)),
        any(table.table == "concepts" and table for table in tables),
    )


def _table_diff(name: str, old: Path, new: Path) -> TableDiff:
    """The table in both, some reports at a time where it is large."""
    found = [_rows_diff(name, _frame(old, name, some), _frame(new, name, some)) for some in _reports(name, old, new)]
    owners: dict[str, str] = {}
    for part in found:
        owners |= part.owners
    return TableDiff(
        name,
        tuple(sorted(key for part in found for key in part.added)),
        tuple(sorted(key for part in found for key in part.removed)),
        tuple(sorted((change for part in found for change in part.changed), key=lambda change: change.key)),
        found[0].columns_added,
        found[0].columns_removed,
        owners,
    )


def _reports(name: str, old: Path, new: Path) -> list[Filter | None]:
    """Filters that let some of the table's rows pass, together all of them: whole reports, where it is large."""
    with contextlib.suppress(NotADataset):  # an older build may have no such table
        if "report_id" in TABLES[name].column_names and max(count(old, name), count(new, name)) > _AT_ONCE:
            rows = Counter(
                report for folder in (old, new) for report in read(folder, name, columns=["report_id"])["report_id"]
            )
            before = accumulate((rows[report] for report in sorted(rows)), initial=0)
            parts: dict[int, list[str]] = {}
            for report, so_many in zip(sorted(rows), before, strict=False):
                parts.setdefault(so_many // _AT_ONCE, []).append(report)
            return [[("report_id", "in", some)] for some in parts.values()]
    return [None]


def _frame(folder: Path, name: str, where: Filter | None) -> pd.DataFrame:
    """The table indexed by key as text; without rows when an older build has no such table."""
    try:
        frame = read(folder, name, where)
    except NotADataset:
        frame = pd.DataFrame({column: pd.Series([], dtype="string") for column in TABLES[name].column_names})
    key = [column for column in TABLES[name].key if column in frame.columns] or list(frame.columns)
    parts = [frame[column].astype("string").fillna("") for column in key]
    frame.index = pd.Index([" ".join(texts) for texts in zip(*parts, strict=True)], dtype="object")
    return frame


def _rows_diff(name: str, old: pd.DataFrame, new: pd.DataFrame) -> TableDiff:
    common = old.index.intersection(new.index)
    columns = [column for column in new.columns if column in old.columns]
    before, after = old.loc[common, columns], new.loc[common, columns]
    cells: dict[str, dict[str, tuple[str | None, str | None]]] = {}
    for column in columns:
        where = _differs(before[column], after[column])
        for key, was, now in zip(common[where], before[column][where], after[column][where], strict=True):
            cells.setdefault(str(key), {})[column] = (_text(was), _text(now))
    added, removed = new.index.difference(old.index), old.index.difference(new.index)
    owners = {}
    if "report_id" in columns:
        touched = ((new, added), (old, removed), (after, pd.Index(sorted(cells), dtype="object")))
        owners = {str(k): str(v) for frame, keys in touched for k, v in frame.loc[keys, "report_id"].items()}
    return TableDiff(
        name,
        tuple(map(str, added)),
        tuple(map(str, removed)),
        tuple(Change(key, owners.get(key), cells[key]) for key in sorted(cells)),
        tuple(column for column in new.columns if column not in old.columns),
        tuple(column for column in old.columns if column not in new.columns),
        owners,
    )


def _differs(old: pd.Series, new: pd.Series) -> np.ndarray:
    """Where two columns differ; missing is equal to missing. A column whose type changed is compared as text."""
    if old.dtype != new.dtype:
        old, new = old.astype("string"), new.astype("string")
    unequal = (old != new).astype("boolean").fillna(False).to_numpy(dtype=bool)
    return np.asarray(unequal | (old.isna().to_numpy() != new.isna().to_numpy()))


def _text(value: object) -> str | None:
    if value is None or value is pd.NA:
        return None
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _report_diffs(tables: tuple[TableDiff, ...]) -> Iterator[ReportDiff]:
    rows: dict[str, dict[str, list[int]]] = {}
    changes: dict[str, list[tuple[str, Change]]] = {}
    for table in tables:
        of = table.owners
        for place, keys in enumerate((table.added, table.removed, tuple(change.key for change in table.changed))):
            for report, so_many in Counter(of[key] for key in keys if key in of).items():
                rows.setdefault(report, {}).setdefault(table.table, [0, 0, 0])[place] += so_many
        for change in table.changed:
            if change.report_id:
                changes.setdefault(change.report_id, []).append((table.table, change))
    for report in sorted(rows):
        mine = changes.get(report, [])
        counts = {name: (at[0], at[1], at[2]) for name, at in rows[report].items()}
        yield ReportDiff(report, tuple(_causes(counts, mine)), counts, tuple(_examples(mine)))


def _causes(rows: dict[str, tuple[int, int, int]], changes: list[tuple[str, Change]]) -> Iterator[str]:
    added, removed, _ = rows.get("reports", (0, 0, 0))
    if added or removed:
        yield "report added" if added else "report removed"
        return
    columns: dict[str, set[str]] = {}
    for table, change in changes:
        columns.setdefault(table, set()).update(change.columns)
    if "sha256" in columns.get("reports", ()):
        yield "report bytes"
    numbers = rows.get("observations", (0, 0, 0))
    cases = rows.get("cases", (0, 0, 0))
    read_anew = any((*numbers[:2], *cases[:2])) or columns.get("observations", set()) - _MAPPING
    if read_anew or columns.get("cases", set()) - _MAPPING:
        yield "reading"
    if (columns.get("observations", set()) | columns.get("cases", set())) & _MAPPING or "labels" in rows:
        yield "meaning"
    if columns.get("reports", set()) - _COUNTS:
        yield "catalogue"
    if "findings" in rows:
        yield "findings"


def _examples(changes: list[tuple[str, Change]]) -> Iterator[str]:
    """The commonest changes, each with how many rows it happened to and the first of them."""
    alike: dict[tuple[str, str], list[str]] = {}
    for table, change in changes:
        cells = [f"{name} {_quoted(old)} → {_quoted(new)}" for name, (old, new) in change.columns.items()]
        said = "; ".join(cells[:_CELLS]) + (f" and {len(cells) - _CELLS} more columns" if len(cells) > _CELLS else "")
        alike.setdefault((table, said), []).append(change.key)
    for (table, said), keys in sorted(alike.items(), key=lambda item: -len(item[1]))[:_EXAMPLES]:
        rows = f" ({len(keys)} rows)" if len(keys) > 1 else ""
        yield f"{table} {keys[0]}{rows}: {said}"


def _quoted(text: str | None) -> str:
    if text is None:
        return "nothing"
    return text if len(text) <= 40 else text[:39] + "…"
