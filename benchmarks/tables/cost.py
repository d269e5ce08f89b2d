"""CPU seconds and peak memory against the number of pages, on a bundled report's pages repeated.

Each length is read in a process of its own on one core: the tables alone, and the whole report (sections, prose, cases,
charts too). Imports are timed apart, as the time of no pages.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pikepdf

from benchmarks.tables import scorer, svg
from benchmarks.tables.icdar import RESULTS

SOURCE = scorer.ROOT / "raw_reports" / "antwerpen-eerstelijn-2023.pdf"
"""The bundled report with the most tables a page."""
PICTURES = scorer.ROOT / "docs" / "pictures"
JOBS = ("tables", "whole report")


@dataclass(frozen=True, slots=True)
class Point:
    """One reading: CPU seconds after the imports, peak resident memory, how many tables and figures came out."""

    job: str
    pages: int
    cpu_seconds: float
    peak_mib: float
    tables: int
    figures: int


def repeated(source: Path, pages: int, out: Path) -> None:
    """Writes a PDF of `pages` pages: those of `source` over and over."""
    with pikepdf.open(source) as document, pikepdf.new() as longer:
        for number in range(pages):
            longer.pages.append(document.pages[number % len(document.pages)])
        longer.save(out)


def read(job: str, path: Path) -> Point:
    """Reads one PDF in this process."""
    from extractors.report import read_pages, read_report
    from extractors.tables.read import read_parts

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    cpu = time.process_time()
    if job == "tables":
        pages, _ = read_pages(path)
        counts = (len(pages), len(read_parts(pages, path)), 0)
    else:
        report = read_report(path, "nl", publisher="Stad", reporting_year=2023)
        counts = (len(report.pages), len(report.tables), len(report.figures))
    cpu = time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Point(job, counts[0], cpu, peak, counts[1], counts[2])


def main(lengths: Sequence[int]) -> None:
    """Measures every length, prints and saves the figures and the charts."""
    points = []
    with tempfile.TemporaryDirectory() as name:
        for pages in lengths:
            path = Path(name) / f"{pages}.pdf"
            repeated(SOURCE, pages, path)
            for job in JOBS:
                command = [sys.executable, "-m", "benchmarks.tables.cost", job, str(path)]
                done = subprocess.run(command, cwd=scorer.ROOT, capture_output=True, text=True, check=False)
                if done.returncode:
                    sys.exit(f"Reading {pages} pages ({job}) failed: {done.stderr.strip().splitlines()[-1:]}")
                points.append(Point(**json.loads(done.stdout)))
                print(f"{points[-1]}", flush=True)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "cost.json").write_text(json.dumps([asdict(p) for p in points], indent=1) + "\n", encoding="utf-8")
    (RESULTS / "cost.md").write_text(markdown(points), encoding="utf-8")
    for field, label, file in (
        ("cpu_seconds", "CPU seconds", "tables-cost-time.svg"),
        ("peak_mib", "peak memory, MiB", "tables-cost-memory.svg"),
    ):
        svg.save(PICTURES / file, picture(points, field, label))


def markdown(points: Sequence[Point]) -> str:
    """The figures as a Markdown table."""
    lines = [
        "| what is read | pages | CPU s | ms a page | peak MiB | tables |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    for p in sorted(points, key=lambda p: (JOBS.index(p.job), p.pages)):
        lines.append(
            f"| {p.job} | {p.pages:,} | {p.cpu_seconds:.1f} | {1000 * p.cpu_seconds / p.pages:.0f} | {p.peak_mib:.0f} "
            f"| {p.tables:,} |"
        )
    return "\n".join(lines) + "\n"


def picture(points: Sequence[Point], field: str, label: str) -> str:
    """A chart on logarithmic axes: what grows with the length in proportion is a straight line of slope one."""
    lengths = sorted({p.pages for p in points})
    values = [getattr(p, field) for p in points]
    low = 10.0 ** _floor(min(values))
    high = 10.0 ** (_floor(max(values)) + 1)
    ticks = [(10.0**k, f"{10.0**k:g}") for k in range(_floor(low), _floor(high) + 1)]
    return svg.chart(
        f"{label} against length",
        svg.Axis("pages", lengths[0], lengths[-1], [(n, f"{n:,}") for n in lengths], logarithmic=True),
        svg.Axis(label, low, high, ticks, logarithmic=True),
        [
            svg.Series(job, sorted((p.pages, getattr(p, field)) for p in points if p.job == job))
            for job in JOBS
        ],
    )  # fmt: skip


def _floor(value: float) -> int:
    return int(f"{value:e}".split("e")[1])


if __name__ == "__main__":
    print(json.dumps(asdict(read(sys.argv[1], Path(sys.argv[2])))))
