"""What changed between two builds of the dataset, and for each report the likely cause, as far as the data shows it.

Rows are compared by their key. The cause is read off the columns that changed: other bytes of the PDF, another reading
of the same bytes, other concepts for the same labels, another catalogue entry, other findings.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from publish.reading import NotADataset, read, version
from schemas.columns import FACETS
from schemas.tables import TABLES

_MAPPING = frozenset((*FACETS, "organisation_concept", "mapping_status", "mapping_confidence"))
_COUNTS = frozenset(("tables", "observations", "cases", "needs_review", "pages", "status", "reason", "sha256"))
_EXAMPLES, _CELLS = 3, 3
_REPORTS_SHOWN = 20

# In the order in which a cause explains the others: new bytes explain a new reading, a new reading new findings.
CAUSES = {
    "report added": "the report is new",
    "report removed": "the report is gone",
    "report bytes": "the PDF has other bytes",
    "reading": "numbers, labels or places are read differently",
    "mapping": "the same labels have other concepts, statuses or confidences",
    "catalogue": "the catalogue says something else about the report",
    "findings": "the same numbers are judged differently",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is in both builds and differs: each changed column with its old and new value as text."""

    key: str
    report_id: str | None
    columns: dict[str, tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class TableDiff:
    """One table: the keys of rows added and removed, the rows changed, the columns that only one build has."""

    table: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[Change, ...] = ()
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()

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
class DatasetDiff:
    """All that differs between two builds. Falsy when nothing does."""

    old_version: str
    new_version: str
    tables: tuple[TableDiff, ...]
    reports: tuple[ReportDiff, ...]
    ontology_changed: bool

    def __bool__(self) -> bool:
        return any(self.tables)

    def to_json(self) -> str:
        """Everything, as JSON; the same two builds give the same text."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"

    def render(self) -> str:
        """The changes for a person, a minute's reading: counts, then for each report causes and examples."""
        return "\n".join(_rendered(self)) + "\n"


def diff(old: Path, new: Path) -> DatasetDiff:
    """Compares the dataset in the folder `old` with that in `new`; raises NotADataset when one of them holds none."""
    versions = version(old), version(new)
    frames = {name: (_frame(old, name), _frame(new, name)) for name in TABLES if name != "evidence"}
    tables = tuple(_table_diff(name, *frames[name]) for name in frames)
    owners = {name: _owners(name, *pair) for name, pair in frames.items()}
    return DatasetDiff(
        *versions,
        tables,
        tuple(_report_diffs(tables, owners)),
        any(table.table == "concepts" and table for table in tables),
    )


def _frame(folder: Path, name: str) -> pd.DataFrame:
    """The table indexed by key as text; without rows when an older build has no such table."""
    try:
        frame = read(folder, name)
    except NotADataset:
        frame = pd.DataFrame({column: pd.Series([], dtype="string") for column in TABLES[name].column_names})
    key = [column for column in TABLES[name].key if column in frame.columns] or list(frame.columns)
    parts = [frame[column].astype("string").fillna("") for column in key]
    frame.index = pd.Index([" ".join(texts) for texts in zip(*parts, strict=True)], dtype="object")
    return frame


def _table_diff(name: str, old: pd.DataFrame, new: pd.DataFrame) -> TableDiff:
    common = old.index.intersection(new.index)
    columns = [column for column in new.columns if column in old.columns]
    before, after = old.loc[common, columns], new.loc[common, columns]
    cells: dict[str, dict[str, tuple[str | None, str | None]]] = {}
    for column in columns:
        where = _differs(before[column], after[column])
        for key, was, now in zip(common[where], before[column][where], after[column][where], strict=True):
            cells.setdefault(str(key), {})[column] = (_text(was), _text(now))
    report_of = after["report_id"].to_dict() if "report_id" in columns else {}
    return TableDiff(
        name,
        tuple(map(str, new.index.difference(old.index))),
        tuple(map(str, old.index.difference(new.index))),
        tuple(Change(key, report_of.get(key), cells[key]) for key in sorted(cells)),
        tuple(column for column in new.columns if column not in old.columns),
        tuple(column for column in old.columns if column not in new.columns),
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


def _owners(name: str, old: pd.DataFrame, new: pd.DataFrame) -> dict[str, str]:
    """The report of each row, by the row's key; nothing for tables that are not about single reports."""
    if "report_id" not in TABLES[name].column_names:
        return {}
    return {
        str(key): str(report)
        for frame in (old, new)
        for key, report in zip(frame.index, frame["report_id"], strict=True)
    }


def _report_diffs(tables: tuple[TableDiff, ...], owners: dict[str, dict[str, str]]) -> Iterator[ReportDiff]:
    rows: dict[str, dict[str, list[int]]] = {}
    changes: dict[str, list[tuple[str, Change]]] = {}
    for table in tables:
        of = owners[table.table]
        for place, keys in enumerate((table.added, table.removed, tuple(change.key for change in table.changed))):
            for report, count in Counter(of[key] for key in keys if key in of).items():
                rows.setdefault(report, {}).setdefault(table.table, [0, 0, 0])[place] += count
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
        yield "mapping"
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


def _rendered(found: DatasetDiff) -> Iterator[str]:
    if not found:
        yield f"No difference: both are version {found.new_version}."
        return
    yield f"From {found.old_version} to {found.new_version}"
    yield ""
    yield f"{'':16}{'added':>8}{'removed':>9}{'changed':>9}"
    for table in found.tables:
        if table:
            yield f"{table.table:16}{len(table.added):>8}{len(table.removed):>9}{len(table.changed):>9}"
            for what, names in (("new columns", table.columns_added), ("columns gone", table.columns_removed)):
                if names:
                    yield f"  {what}: {', '.join(names)}"
    if found.ontology_changed:
        yield ""
        yield "The concept scheme changed: new concepts or other names may be why labels are mapped otherwise."
    for report in found.reports[:_REPORTS_SHOWN]:
        yield ""
        causes = "; ".join(CAUSES[cause] for cause in report.causes) or "only counts differ"
        yield f"{report.report_id}: {causes}"
        counts = [
            f"{name} {'  '.join(f'{sign}{count}' for sign, count in zip('+-~', at, strict=True) if count)}"
            for name, at in report.rows.items()
        ]
        yield f"  {', '.join(counts)}"
        yield from (f"  {example}" for example in report.examples)
    if len(found.reports) > _REPORTS_SHOWN:
        yield ""
        yield f"… and {len(found.reports) - _REPORTS_SHOWN} more reports; all of it with --json."
