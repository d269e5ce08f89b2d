"""Gives each change between two builds its causes, from builds in between that differ by one input each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from publish.diff import DatasetDiff, ReportDiff, Step, TableDiff, diff

Stages = Sequence[tuple[tuple[str, ...], Path]]
"""Causes and the dataset that they gave, from the old dataset (without causes) to the new one."""


def attributed(found: DatasetDiff, stages: Stages) -> DatasetDiff:
    """The comparison of the first stage with the last, each row with the causes whose swap changed it.

    A cell that changed has the causes of every stage at which it did, a row those of its cells; a row that came or went
    has those of the stages at which it did.
    """
    moves = [
        (causes, {table.table: table for table in diff(before, after).tables})
        for (_, before), (causes, after) in pairwise(stages)
    ]
    tables = tuple(_with_causes(table, moves) for table in found.tables)
    steps = tuple(Step(causes, {name: table.counts for name, table in move.items() if table}) for causes, move in moves)
    return replace(found, tables=tables, steps=steps, reports=tuple(_reports(found.reports, tables)))


def _with_causes(table: TableDiff, moves: Sequence[tuple[tuple[str, ...], dict[str, TableDiff]]]) -> TableDiff:
    came, went = set(table.added), set(table.removed)
    ended = {change.key: change for change in table.changed}
    of_rows: dict[str, list[str]] = {key: [] for key in (*table.added, *table.removed)}
    of_cells: dict[str, dict[str, list[str]]] = {
        change.key: {column: [] for column in change.columns} for change in table.changed
    }
    for causes, move in moves:
        at = move.get(table.table)
        if at is None:
            continue
        for key in (*came.intersection(at.added), *went.intersection(at.removed)):
            _add(of_rows[key], causes)
        for change in at.changed:
            for column in ended[change.key].columns.keys() & change.columns.keys() if change.key in ended else ():
                _add(of_cells[change.key][column], causes)
        for key in (set(at.added) | set(at.removed)) & ended.keys():  # gone on the way, and back again
            for known in of_cells[key].values():
                _add(known, causes)
    changed = tuple(
        replace(each, why={column: tuple(why) for column, why in of_cells[each.key].items()}) for each in table.changed
    )
    for key, cells in of_cells.items():
        of_rows[key] = []
        for why in cells.values():
            _add(of_rows[key], why)
    return replace(table, changed=changed, causes={key: tuple(why) for key, why in sorted(of_rows.items())})


def _add(known: list[str], causes: Iterable[str]) -> None:
    known += [cause for cause in causes if cause not in known]


def _reports(reports: Sequence[ReportDiff], tables: Sequence[TableDiff]) -> Iterator[ReportDiff]:
    proved: dict[str, list[str]] = {}
    for table in tables:
        for key, causes in table.causes.items():
            report = table.report_of(key)
            if report is not None:
                _add(proved.setdefault(report, []), causes)
    for each in reports:
        causes = tuple(_named(each, proved.get(each.report_id, [])))
        yield replace(each, causes=causes)


def _named(report: ReportDiff, causes: Sequence[str]) -> Iterator[str]:
    added, removed, _ = report.rows.get("reports", (0, 0, 0))
    for cause in causes:
        yield ("report added" if added else "report removed") if cause == "reports" and (added or removed) else cause
