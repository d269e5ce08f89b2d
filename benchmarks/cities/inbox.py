"""A yearly run with much to do: a first year is catalogued and published, the second lies in the inbox as bare PDFs."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

from benchmarks.cities.drift import MOVES, RENAMES, SLIPS
from benchmarks.cities.make import make, reports
from benchmarks.cities.scale import Watch, command


def measure(work: Path, cities: int, seed: int, pages: int, jobs: int, results: Path) -> str:
    """Runs `klachtenatlas update` on both years, each time once more with nothing to do, and writes what it cost."""
    for name in ("raw", "second", "out", "runs", "cache", "tmp"):
        shutil.rmtree(work / name, ignore_errors=True)
    raw = work / "raw"
    both = reports(cities, 2, seed, renames=RENAMES, moves=MOVES, slips=SLIPS)
    second = [report for report in both if report.year != both[0].year]
    make(raw, [report for report in both if report.year == both[0].year], pages, seed)
    make(work / "second", second, pages, seed)
    rows = [_row("the first year", work, jobs), _row("again", work, jobs)]
    (raw / "inbox").mkdir()
    for report in second:
        (raw / "inbox" / f"{report.id}.pdf").hardlink_to(work / "second" / f"{report.id}.pdf")
    rows += [_row("the second year in the inbox", work, jobs), _row("again", work, jobs)]
    lines = [
        f"{cities} cities, reports of {pages} pages; in the second year {RENAMES:.0%} of labels renamed, {MOVES} "
        f"tables moved and {SLIPS} slips in each. --jobs {jobs}.",
        "",
        "| run | status | wall s | CPU s | peak MiB | things to look at | report kB |",
        "| --- | --: | --: | --: | --: | --: | --: |",
        *rows,
    ]
    text = "\n".join(lines) + "\n"
    results.write_text(text, encoding="utf-8")
    return text


def _row(what: str, work: Path, jobs: int) -> str:
    """One run of `klachtenatlas update`."""
    began = time.monotonic()
    folders = ("--raw", work / "raw", "--out", work / "out", "--report", work / "runs")
    process = command(work, work / "cache", "update", "--no-fetch", "--jobs", jobs, *folders)
    watch = Watch(process.pid)
    status = process.wait()
    wall = time.monotonic() - began
    watch.close()
    told = (work / "runs" / "latest.html").read_text(encoding="utf-8")
    look = len(re.findall('<li class="(?:look|stop)">', told))
    return (
        f"| {what} | {status} | {wall:.0f} | {watch.seconds():.0f} | {watch.peak[0]:.0f} | {look} "
        f"| {len(told.encode()) / 1000:.0f} |"
    )
