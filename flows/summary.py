"""The last thing a build prints: what was read, what was found, what waits for a person, where to look next."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.infer import entry_to_paste
from publish.reading import count, read

if TYPE_CHECKING:
    import pandas as pd

    from flows.build import Outcome

_COLOURS = {"ok": "green", "partial": "yellow", "failed": "red"}


def print_summary(console: Console, outcome: Outcome, out: Path, seconds: float) -> None:
    """A table of reports, the totals, and what to do next."""
    reports = read(outcome.dataset, "reports")
    findings = read(outcome.dataset, "findings", columns=["report_id", "severity"])
    console.print(_reports(reports, findings))
    console.print(_totals(outcome.dataset, reports, findings, seconds))
    for failure in outcome.failures:
        console.print(f"[red]failed[/red]  {escape(failure.sentence())}", soft_wrap=True)
    for note in outcome.catalogue.notes:
        console.print(f"[yellow]note[/yellow]    {escape(note)}", soft_wrap=True)
    for entry in outcome.inferred:
        console.print(
            f"[yellow]inferred[/yellow] {escape(entry.file or '')} has no catalogue entry; it was read as {entry.id}: "
            f"{escape(entry.title)}, {escape(entry.city)}, {entry.reporting_year}, {entry.language}. "
            "Check this and paste it below `reports:` in catalogue.yaml:",
            soft_wrap=True,
        )
        console.print(escape(entry_to_paste(entry)), soft_wrap=True)
    if outcome.catalogue.not_fetched:
        console.print(
            f"{len(outcome.catalogue.not_fetched)} catalogued reports were never fetched: `klachtenatlas fetch`, "
            "`klachtenatlas status` lists them.",
            soft_wrap=True,
        )
    console.print(_next(outcome.dataset, out), soft_wrap=True)


def _reports(reports: pd.DataFrame, findings: pd.DataFrame) -> Table:
    found = findings["report_id"].value_counts()
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("report", no_wrap=True)
    table.add_column("edition")
    for name in ("pages", "tables", "figures", "cases", "findings", "review"):
        table.add_column(name, justify="right")
    table.add_column("status")
    counted = ["pages", "tables", "observations", "cases", "findings", "needs_review"]
    shown = reports.assign(findings=reports["report_id"].map(found).fillna(0)).sort_values("report_id")
    for row in json.loads(shown.to_json(orient="records")):
        colour = _COLOURS[row["status"]]
        counts = ("-" if row[name] is None else f"{row[name]:.0f}" for name in counted)
        table.add_row(escape(row["report_id"]), row["edition"], *counts, f"[{colour}]{row['status']}[/{colour}]")
    return table


def _totals(dataset: Path, reports: pd.DataFrame, findings: pd.DataFrame, seconds: float) -> str:
    errors = int((findings["severity"] == "error").sum())
    figures, cases, bodies = (count(dataset, name) for name in ("observations", "cases", "organisations"))
    return (
        f"\n[bold]{figures}[/bold] figures and [bold]{cases}[/bold] cases of "
        f"{bodies} organisations in {len(reports)} reports; {len(findings)} findings, {errors} of them errors; "
        f"{seconds:.0f} s."
    )


def _next(dataset: Path, out: Path) -> str:
    status = read(dataset, "labels", columns=["status"])["status"]
    waiting = int((status == "review").sum())
    unmapped = int((status == "unmapped").sum())
    return (
        f"[bold]Needs a steward[/bold]: {waiting} labels wait for a decision, {unmapped} are unmapped: "
        "`klachtenatlas review`.\n"
        f"[bold]Look next[/bold]: {escape(str(out / 'README.md'))}, `klachtenatlas findings`, "
        "`klachtenatlas explain OBSERVATION_ID`, docs/data.md."
    )
