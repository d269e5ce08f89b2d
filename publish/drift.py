"""Whether a new build may take the place of the published one: what would vanish, shift or jump, and how bad that is.

`stop`: a person has to look before it is published. `look`: published, but somebody should look. `note`: worth knowing.
Nothing here judges the publishers' numbers; that is `reconciliation`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from publish.reading import read
from publish.series import Pair, PrintedTable, predecessor, series

Severity = Literal["stop", "look", "note"]

_LOST_SHARE = 0.05
"""Of one report read twice, at most so many figures may vanish: a better reading drops a few false ones."""
_LEFT_SHARE = 0.6
"""Next year's report has about as many figures; with fewer than this, something was not read."""
_MAPPED_FALL = 0.15
_JUMP_POINTS, _JUMP_RATIO, _JUMP_SIGMAS = 0.10, 2.5, 5.0
"""A share jumps when it changes by ten points and by a factor, and by more than chance would (two proportions)."""
_LEAST_COUNT = 50
_LOOKED_AT = (
    *("observation_id", "report_id", "kind", "table_id", "table_title", "row_label", "column_label", "value", "unit"),
    *("period_start", "is_total", "page", "x0", "top", "mapping_status"),
)
"""Columns of the observations, here and in `publish.series`."""


@dataclass(frozen=True, slots=True)
class Drift:
    """One thing that changed between two builds, or between two years of one body."""

    severity: Severity
    kind: str
    report_id: str
    what: str


def drift(old: Path, new: Path) -> list[Drift]:
    """What a person should know before the dataset in `new` replaces that in `old`: the severest first, by report."""
    after, before = _Build(new), _Build(old)
    found: list[Drift] = []
    for name in sorted(after.ids):
        report = after.row(name)
        if name in before.ids:
            found += _same_report(name, before, after)
        elif report["status"] == "failed":
            found.append(Drift("look", "not read", name, f"it is new and could not be read: {report['reason']}"))
        else:
            last = predecessor(report, after.reports)
            if last is None:
                found.append(Drift("note", "first report", name, "the first report of this body in the dataset."))
            else:
                found += _next_year(last, name, after)
    for name in sorted(before.ids - after.ids):
        found.append(Drift("stop", "report gone", name, "it was published and is no longer in the build."))
    order = {"stop": 0, "look": 1, "note": 2}
    return sorted(found, key=lambda drift: (order[drift.severity], drift.report_id, drift.kind, drift.what))


class _Build:
    """A dataset's tables, by report; of the large ones only the columns that are looked at."""

    def __init__(self, folder: Path) -> None:
        self.reports = read(folder, "reports")
        self.ids = set(self.reports["report_id"])
        self._observations = read(folder, "observations", columns=_LOOKED_AT)
        self._findings = read(folder, "findings", columns=["report_id", "kind", "severity", "message"])
        self._rows = {
            name: frame.groupby("report_id").indices
            for name, frame in (("observations", self._observations), ("findings", self._findings))
        }

    def observations(self, report_id: str) -> pd.DataFrame:
        return self._observations.iloc[self._rows["observations"].get(report_id, [])]

    def findings(self, report_id: str) -> pd.DataFrame:
        return self._findings.iloc[self._rows["findings"].get(report_id, [])]

    def year(self, report_id: str) -> int:
        """The year of a report that was read."""
        return int(self.reports.loc[self.reports["report_id"] == report_id, "reporting_year"].iloc[0])

    def row(self, report_id: str) -> dict[str, Any]:
        return dict(self.reports[self.reports["report_id"] == report_id].iloc[0])


def _same_report(name: str, before: _Build, after: _Build) -> Iterator[Drift]:
    """One report in both builds: its figures stay, unless its publisher replaced it."""
    was, report = before.row(name), after.row(name)
    if report["status"] == "failed" and was["status"] != "failed":
        yield Drift("stop", "not read", name, f"it was published and can no longer be read: {report['reason']}")
        return
    replaced = was["sha256"] != report["sha256"]
    if replaced:
        yield Drift("look", "replaced", name, "its publisher put another file in its place; the earlier one is kept.")
    old, new = before.observations(name), after.observations(name)
    lost = old[~old["observation_id"].isin(new["observation_id"])]
    totals = lost[lost["is_total"].astype(bool)]
    if len(totals):
        shown = _some([f"{row.row_label} | {row.column_label}" for row in totals.itertuples()])
        yield Drift("stop", "total vanished", name, f"{len(totals)} published totals are gone: {shown}.")
    if len(lost) > max(1, _LOST_SHARE * len(old)):
        yield Drift("stop", "coverage fell", name, f"{len(lost)} of {len(old)} published figures are gone.")
    elif len(lost):
        yield Drift("look", "figures gone", name, f"{len(lost)} of {len(old)} published figures are gone.")
    if was["cases"] > report["cases"]:
        yield Drift("stop", "cases gone", name, f"{was['cases']} cases were published, {report['cases']} are read now.")
    if not replaced:
        both = old.merge(new, on="observation_id", suffixes=("_old", "_new"))
        other = both[both["value_old"] != both["value_new"]]
        if len(other):
            shown = _some([f"{row.row_label_new}: {row.value_old:g} → {row.value_new:g}" for row in other.itertuples()])
            yield Drift("stop", "figures changed", name, f"the same file is read otherwise: {shown}.")
    yield from _mapped_less(name, old, new)


def _next_year(last: str, name: str, build: _Build) -> Iterator[Drift]:
    """A report held against the same body's last one."""
    old, new = build.observations(last), build.observations(name)
    found = series(old, build.year(last), new, build.year(name))
    if len(new) < _LEFT_SHARE * len(old):
        yield Drift("stop", "coverage fell", name, f"{len(new)} figures were read; {last} had {len(old)}.")
    yield from _mapped_less(name, old, new)
    for table in found.gone:
        severity: Severity = "stop" if table.totals else "look"
        yield Drift(severity, "table gone", name, f"{last} had {_named(table)}; no table here is like it.")
    for table in found.come:
        yield Drift("note", "table new", name, f"{_named(table)} is new.")
    for pair in found.pairs:
        yield from _pair(last, name, pair)
    findings = build.findings(name)
    for row in findings[findings["severity"].isin(["error", "warning"])].to_dict("records"):
        kind = "series break" if row["kind"] == "series_break" else "contradiction"
        yield Drift("look", kind, name, str(row["message"]))


def _pair(last: str, name: str, pair: Pair) -> Iterator[Drift]:
    old, new = pair.old, pair.new
    where = f"{_named(new)}"
    if pair.moved:
        yield Drift("note", "table moved", name, f"{where} stands elsewhere among the tables than in {last}.")
    gone, come = set(old.columns) - set(new.columns), set(new.columns) - set(old.columns)
    if gone or come:
        more = [*(f"without {column!r}" for column in sorted(gone)), *(f"with {column!r}" for column in sorted(come))]
        yield Drift("look", "layout changed", name, f"{where} has other columns than in {last}: {_some(more)}.")
    totals = [label for label in old.rows if label in old.totals and label in pair.gone]
    if totals:
        yield Drift("stop", "total vanished", name, f"{where} no longer has {_some([old.shown[t] for t in totals])}.")
    for rename in pair.renames:
        was, now = old.shown[rename.old], new.shown[rename.new]
        yield Drift("look", "label renamed", name, f"{where}: {was!r} is now {now!r} ({'; '.join(rename.why)}).")
    ended = [old.shown[label] for label in pair.gone if label not in old.totals]
    begun = [new.shown[label] for label in pair.come if label not in new.totals]
    if ended:
        yield Drift("note", "labels gone", name, f"{where} no longer has {_some(ended)}.")
    if begun:
        yield Drift("note", "labels new", name, f"{where} has {_some(begun)}, which {last} had not.")
    yield from _jumps(name, pair)


def _jumps(name: str, pair: Pair) -> Iterator[Drift]:
    """Labels whose share of their table jumped."""
    old, new = pair.old, pair.new
    if min(old.sum, new.sum) < _LEAST_COUNT:
        return
    renamed = {rename.old: rename.new for rename in pair.renames}
    for label, count in old.own.items():
        now = new.own.get(renamed.get(label, label))
        if label in old.totals or now is None:
            continue
        one, other = count / old.sum, now / new.sum
        whole = (count + now) / (old.sum + new.sum)
        spread = math.sqrt(max(whole * (1 - whole) * (1 / old.sum + 1 / new.sum), 1e-12))
        ratio = max(one, other) / max(min(one, other), 1e-9)
        apart = abs(one - other)
        if apart >= _JUMP_POINTS and ratio >= _JUMP_RATIO and apart / spread >= _JUMP_SIGMAS:
            shown = new.shown[renamed.get(label, label)]
            yield Drift("look", "share jumped", name, f"{_named(new)}: {shown!r} went from {one:.0%} to {other:.0%}.")


def _mapped_less(name: str, old: pd.DataFrame, new: pd.DataFrame) -> Iterator[Drift]:
    was, now = _mapped(old), _mapped(new)
    if now < was - _MAPPED_FALL:
        yield Drift(
            "look", "mapped less", name, f"{now:.0%} of the figures are mapped for sure; before it was {was:.0%}."
        )


def _mapped(observations: pd.DataFrame) -> float:
    return float(observations["mapping_status"].isin(["accepted", "curated"]).mean()) if len(observations) else 0.0


def _named(table: PrintedTable) -> str:
    return f"the table {table.title!r} (page {table.page})" if table.title else f"the table on page {table.page}"


def _some(texts: list[str], most: int = 5) -> str:
    more = f" and {len(texts) - most} more" if len(texts) > most else ""
    return ", ".join(texts[:most]) + more
