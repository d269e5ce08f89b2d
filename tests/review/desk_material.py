"""Two cities' reports, small enough to be made anew: PDF, printed figures, frames, all from one table each."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from reportlab.pdfgen.canvas import Canvas
from starlette.testclient import TestClient

from ontology.decisions import Decisions
from ontology.interpret import interpret
from ontology.matching import Matcher
from review.app import create_app
from review.desk import Desk
from review.queue import Filter, Item
from review.security import Rules
from schemas.catalogue import Entry
from schemas.printed import Box, Figure, Place, PrintedReport

HEIGHT = 842.0
HOST = "127.0.0.1:8765"
HOSTILE = "<script>document.title='owned'</script>"


@dataclass(frozen=True)
class Table:
    """A table as printed: its body, its column labels, its rows (label, numbers)."""

    body: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Report:
    """One report, a table a page."""

    entry: Entry
    tables: tuple[Table, ...]
    path: Path = field(default=Path())


def entry(city: str, year: int) -> Entry:
    """A catalogue entry of a made-up report."""
    name = city.lower()
    return Entry(
        f"{name}-{year}", city, "BE", f"Stad {city}", f"Jaarverslag {year}", year, "nl", "synthetic",
        file=f"{name}-{year}.pdf",
    )  # fmt: skip


def reports() -> tuple[Report, ...]:
    """Waterstad in two years, two bodies in the second; Bergen once."""
    rows = (
        ("Geluidshinder", (12, 15)),
        ("Havenlicht", (30, 41)),
        ("Zwerfkatten", (8, 9)),
        ("ZKP", (4, 6)),
        (HOSTILE, (2, 3)),
    )
    return (
        Report(
            entry("Waterstad", 2022),
            (Table("Stad Waterstad", "Klachten per onderwerp", ("2021", "2022"), rows),),
        ),
        Report(
            entry("Waterstad", 2023),
            (
                Table("Stad Waterstad", "Klachten per onderwerp", ("2022", "2023"), rows),
                Table("Politiezone Waterstad", "Klachten per onderwerp", ("2022", "2023"), rows[1:3]),
            ),
        ),
        Report(
            entry("Bergen", 2023),
            (Table("Stad Bergen", "Klachten per onderwerp", ("2023",), (("Zwerfkatten", (5,)), ("Sluikstort", (7,)))),),
        ),
    )


def print_report(report: Report, folder: Path) -> tuple[PrintedReport, Path]:
    """Draws a report, and says what stands printed on it."""
    path = folder / str(report.entry.file)
    canvas = Canvas(str(path), pagesize=(595, HEIGHT), invariant=1)
    figures: list[Figure] = []
    for number, table in enumerate(report.tables, 1):
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(60, HEIGHT - 80, f"{table.body}: {table.title}")
        canvas.setFont("Helvetica", 10)
        for column, name in enumerate(table.columns):
            canvas.drawString(330 + 80 * column, HEIGHT - 130, name)
        for row, (label, values) in enumerate(table.rows):
            base = 150 + 20 * row
            canvas.drawString(60, HEIGHT - base, label)
            for column, value in enumerate(values):
                left = 330 + 80 * column
                canvas.drawString(left, HEIGHT - base, str(value))
                box = Box(left, base - 8, left + 6.0 * len(str(value)), base + 2)
                figures.append(
                    Figure(
                        "cell",
                        table.body,
                        str(value),
                        float(value),
                        "count",
                        (label,),
                        (table.columns[column],),
                        Place(number, box),
                        "made",
                        table_id=f"p{number}-1",
                        table_title=table.title,
                    )
                )
        canvas.showPage()
    canvas.save()
    return PrintedReport("nl", (), tuple(t.body for t in report.tables), figures=tuple(figures)), path


def build(raw: Path, data: Path, matcher: Matcher | None = None) -> None:
    """Draws all reports into `raw` and writes what is read of them into `data`, as the page reads it."""
    raw.mkdir(parents=True, exist_ok=True)
    data.mkdir(parents=True, exist_ok=True)
    matcher = matcher or Matcher(decisions=Decisions())
    labels, observations, sources = [], [], []
    for report in reports():
        printed, path = print_report(report, raw)
        read = interpret(printed, report.entry, matcher)
        labels.append(read.labels)
        observations.append(read.observations)
        e = report.entry
        sources.append(
            {
                "report_id": e.id,
                "city": e.city,
                "publisher": e.publisher,
                "title": e.title,
                "reporting_year": e.reporting_year,
                "language": e.language,
                "edition": e.edition,
                "file": e.file,
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                "pages": len(report.tables),
                "status": "ok",
                "reason": "",
            }
        )
    numbers = pd.concat(observations, ignore_index=True)
    first = numbers.iloc[0]
    findings = [
        {
            "finding_id": "waterstad-2022:total_mismatch:1", "report_id": first["report_id"],
            "organisation": first["organisation"], "kind": "total_mismatch", "severity": "error", "page": 1,
            "message": f"The total is wrong; {HOSTILE}", "observation_ids": first["observation_id"],
        }
    ]  # fmt: skip
    problems = [{"report_id": "bergen-2023", "page": 1, "severity": "info", "what": "A chart prints no values."}]
    pd.concat(labels, ignore_index=True).to_csv(data / "labels.csv", index=False)
    numbers.to_csv(data / "observations.csv", index=False)
    pd.DataFrame(sources).to_csv(data / "reports.csv", index=False)
    pd.DataFrame(findings).to_csv(data / "findings.csv", index=False)
    pd.DataFrame(problems).to_csv(data / "problems.csv", index=False)


def browser(desk: Desk, rules: Rules | None = None, host: str = HOST) -> TestClient:
    """A steward's browser: same origin, forms, cookies kept."""
    app = create_app(desk, rules or Rules(frozenset({host})))
    headers = {"origin": f"http://{host}"}
    return TestClient(app, base_url=f"http://{host}", headers=headers, follow_redirects=False)


def item_of(desk: Desk, label: str, city: str = "Waterstad") -> Item:
    return next(i for i, _ in desk.queue(Filter(status="all")) if i.label == label and i.city == city)


def form_of(desk: Desk, item: Item, **fields: str) -> dict[str, str]:
    """The form as the page of a label fills it in, changed by `fields`."""
    first = item.numbers[0]
    state = desk.state(item)
    return {"version": state.version, "evidence": first.observation_id, "body": first.organisation, **fields}
