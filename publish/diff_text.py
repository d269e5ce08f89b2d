"""A comparison of two builds as text: a summary that a person reads in a minute, and a part of the data's changelog."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from publish.diff import CAUSES, DatasetDiff, ReportDiff
from publish.reading import read

_REPORTS_SHOWN = 20
_SIGNS = ("added", "removed", "changed")


def summary(found: DatasetDiff) -> str:
    """The changes for a person: counts, what each cause did, then for each report causes and examples."""
    return "\n".join(_summary(found)) + "\n"


def _summary(found: DatasetDiff) -> Iterator[str]:
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
    yield ""
    yield from _causes(found)
    for report in found.reports[:_REPORTS_SHOWN]:
        yield ""
        causes = "; ".join(CAUSES[cause] for cause in report.causes) or "only counts differ"
        yield f"{report.report_id}: {causes}"
        yield f"  {', '.join(_counts(report))}"
        yield from (f"  {example}" for example in report.examples)
    if len(found.reports) > _REPORTS_SHOWN:
        yield ""
        yield f"… and {len(found.reports) - _REPORTS_SHOWN} more reports; all of it with --json."


def _causes(found: DatasetDiff) -> Iterator[str]:
    if not found.steps:
        reason = f" ({found.unproved})" if found.unproved else ""
        yield f"Causes are read off the columns that changed, not proved{reason}."
        if found.ontology_changed:
            yield "The concept scheme changed: new concepts or other names may be why labels are mapped otherwise."
        return
    yield "Why, found by swapping one input at a time:"
    of_rows = {table.table: Counter(c for causes in table.causes.values() for c in causes) for table in found.tables}
    for step in found.steps:
        names = [f"{of_rows[table][step.causes[0]]} {table}" for table in step.rows if of_rows[table][step.causes[0]]]
        yield f"  {'; '.join(CAUSES[cause] for cause in step.causes)}: {', '.join(names) or 'nothing changed by it'}"
    unexplained = sum(not causes for table in found.tables for causes in table.causes.values())
    if unexplained:
        yield f"  no single input: {unexplained} rows, changed back and forth on the way"


def _counts(report: ReportDiff) -> Iterator[str]:
    for name, at in report.rows.items():
        yield f"{name} {'  '.join(f'{sign}{count}' for sign, count in zip('+-~', at, strict=True) if count)}"


def changelog(found: DatasetDiff, old: Path | None, new: Path, day: str) -> str:
    """The part of the data's changelog for a release on `day` (YYYY-MM-DD): a line a city and year, with the causes."""
    return "\n".join(_changelog(found, old, new, day)) + "\n"


def _changelog(found: DatasetDiff, old: Path | None, new: Path, day: str) -> Iterator[str]:
    yield f"## {day}"
    yield ""
    if not found:
        yield "No number changed."
        return
    places: dict[str, tuple[str, str]] = {}
    for folder in (old, new):
        if folder is not None:
            reports = read(folder, "reports")
            years = reports["reporting_year"].astype("string").fillna("?")
            places |= dict(zip(reports["report_id"], zip(reports["city"], years, strict=True), strict=True))
    grouped: dict[tuple[str, str], list[ReportDiff]] = {}
    for report in found.reports:
        grouped.setdefault(places.get(report.report_id, ("?", "?")), []).append(report)
    for (city, year), mine in sorted(grouped.items()):
        yield f"- **{city} {year}**"
        for report in mine:
            causes = "; ".join(CAUSES[cause] for cause in report.causes) or "only counts differ"
            counts = report.rows.get("observations", (0, 0, 0))
            said = ", ".join(f"{n} {sign}" for n, sign in zip(counts, _SIGNS, strict=True) if n) or "none"
            yield f"  - `{report.report_id}`: {causes}. Numbers: {said}."
    others = [table for table in found.tables if table.table in ("concepts", "corrections") and table]
    for table in others:
        rows = ", ".join(f"{n} {sign}" for n, sign in zip(table.counts, _SIGNS, strict=True) if n)
        yield f"- **{table.table}**: {rows}."
