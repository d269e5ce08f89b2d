"""A second year of known cities: labels renamed, tables moved, slips printed. What needs a steward, what is found?

The first year is built and published; a scripted steward decides every label that waits, with the concept that is true.
Then the second year is built by `klachtenatlas update`, in a copy of the project that holds those decisions.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from benchmarks.cities.make import make, reports
from benchmarks.cities.model import Report

ROOT = Path(__file__).parents[2]
RENAMES, MOVES, SLIPS = 0.10, 2, 3


@dataclass(frozen=True)
class House:
    """A copy of the project's code, so that decisions go into it and not into this checkout."""

    root: Path
    work: Path

    def run(self, *arguments: str) -> int:
        """`klachtenatlas` in the copy."""
        environment = {**os.environ, "KLACHTENATLAS_CACHE": str(self.work / "cache"), "PYTHONPATH": str(self.root)}
        command = [sys.executable, "-m", "flows.cli", *arguments]
        return subprocess.run(command, cwd=self.root, env=environment, check=False).returncode


def house(work: Path) -> House:
    root = work / "house"
    shutil.rmtree(root, ignore_errors=True)
    for name in ("schemas", "extractors", "ontology", "reconciliation", "publish", "review", "flows"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "*.sssom.tsv"))
    shutil.copy(ROOT / "pyproject.toml", root / "pyproject.toml")
    return House(root, work)


def measure(work: Path, cities: int, seed: int, pages: int, results: Path) -> str:
    """Builds both years and writes what came of it."""
    first = reports(cities, 1, seed)
    both = reports(cities, 2, seed, renames=RENAMES, moves=MOVES, slips=SLIPS)
    second = [report for report in both if report.year != first[0].year]
    raw, out, told = work / "raw", work / "out", work / "runs"
    for folder in (raw, out, told, work / "cache"):
        shutil.rmtree(folder, ignore_errors=True)
    home = house(work)
    make(raw, first, pages, seed)
    home.run("build", "--raw", str(raw), "--out", str(out))
    decided = decide(home, out, first)
    home.run("update", "--no-fetch", "--raw", str(raw), "--out", str(out), "--report", str(told))
    make(raw, both, pages, seed)
    status = home.run("update", "--no-fetch", "--raw", str(raw), "--out", str(out), "--report", str(told))
    stopped = status == 3
    if stopped:
        home.run(
            "update", "--no-fetch", "--accept", "--raw", str(raw), "--out", str(out), "--report", str(told / "accepted")
        )
    text = score(second, out, (told / "latest.html").read_text(encoding="utf-8"), decided, stopped)
    results.write_text(text, encoding="utf-8")
    return text


def decide(home: House, out: Path, first: list[Report]) -> int:
    """Decides the labels that wait as they are meant; gives how many."""
    true = {
        report.id: {label.text: label.concept for table in report.tables for label in table.labels} for report in first
    }
    labels = pd.read_parquet(out / "labels.parquet")
    cities = pd.read_parquet(out / "reports.parquet").set_index("report_id")["city"]
    script = [
        {"label": row.label, "context": row.context or "", "concept": concept, "city": cities[row.report_id]}
        for row in labels.itertuples()
        if row.status in ("review", "unmapped") and (concept := true[row.report_id].get(row.label))
    ]
    deeds = (
        "import json, sys\n"
        "from datetime import date\n"
        "from ontology.decisions import Decision, append\n"
        "from ontology.scheme import load_scheme\n"
        "from review.queue import slug\n"
        "scheme = load_scheme()\n"
        "for one in json.load(sys.stdin):\n"
        "    facet = one['concept'].partition(':')[0]\n"
        "    decided = Decision(one['label'], one['concept'], 'S.T.', date(2024, 1, 2), facet, one['context'])\n"
        "    append(decided, slug(one['city']), scheme)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(home.root)}
    subprocess.run(
        [sys.executable, "-c", deeds], cwd=home.root, env=environment, input=json.dumps(script), text=True, check=True
    )
    return len(script)


def score(second: list[Report], out: Path, told: str, decided: int, stopped: bool) -> str:
    """What the second year needs and what the run said of it."""
    import html

    said = html.unescape(told)
    labels = pd.read_parquet(out / "labels.parquet")
    observations = pd.read_parquet(out / "observations.parquet")
    findings = pd.read_parquet(out / "findings.parquet")
    unchanged = free = right = moved = moved_read = moved_named = renamed = renamed_named = slips = found = named = 0
    for report in second:
        mine = labels[labels["report_id"] == report.id].set_index("label")
        cells = observations[(observations["report_id"] == report.id) & (observations["kind"] == "cell")]
        about = findings[findings["report_id"] == report.id]
        new_names = {after for _, after in report.renamed}
        for table in report.tables:
            for label in table.labels:
                if label.concept is None or label.text in new_names:
                    continue
                rows = mine.loc[[label.text]] if label.text in mine.index else mine.iloc[:0]
                unchanged += 1
                free += len(rows) > 0 and set(rows["status"]) <= {"accepted", "curated"}
                right += label.concept in set(rows["concept"])
        for title in report.moved:
            moved += 1
            moved_named += f"the table {title!r}" in said and "table moved" in said
            table = next(table for table in report.tables if table.title == title)
            got = {(row.row_label, row.value) for row in cells.itertuples()}
            wanted = [(label.text, float(now)) for label, now in zip(table.labels, table.now, strict=True)]
            moved_read += bool(table.printed) or all(cell in got for cell in wanted)
        for before, after in report.renamed:
            renamed += 1
            renamed_named += f"{before!r} is now {after!r}" in said
        for title, row, _, _ in report.slips:
            slips += 1
            there = about[
                about["message"].str.contains(row, regex=False) | about["message"].str.contains(title, regex=False)
            ]
            hit = len(there) > 0
            found += hit
            named += hit and any(str(message) in said for message in there["message"])
    lines = [
        f"{len(second)} cities in their second year ({RENAMES:.0%} of labels renamed, {MOVES} tables moved, {SLIPS} "
        f"slips each). After the first year a scripted steward decided {decided} labels.",
        "",
        "| what | of | share |",
        "| --- | --: | --: |",
        f"| unchanged labels that need no steward | {unchanged} | {free / unchanged:.3f} |",
        f"| unchanged labels with the right concept | {unchanged} | {right / unchanged:.3f} |",
        f"| moved tables read whole | {moved} | {moved_read / max(1, moved):.3f} |",
        f"| moved tables named in the run's report | {moved} | {moved_named / max(1, moved):.3f} |",
        f"| renamed labels named with their old name | {renamed} | {renamed_named / max(1, renamed):.3f} |",
        f"| slips found | {slips} | {found / max(1, slips):.3f} |",
        f"| slips named in the run's report | {slips} | {named / max(1, slips):.3f} |",
        "",
        f"The run {'stopped for a person before publishing' if stopped else 'published'}.",
    ]
    return "\n".join(lines) + "\n"
