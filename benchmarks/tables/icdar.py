"""Scores our reader, and on request others, on the documents of the ICDAR 2013 table competition.

The task is the competition's `complete` one: find the tables and their cells (Göbel, Hassan, Oro, Orsi: "ICDAR 2013
Table Competition", ICDAR 2013). Every reader runs in a process of its own, on one core, one after another.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType

from benchmarks.tables import scorer
from benchmarks.tables.peers import PEERS
from benchmarks.tables.scorer import Outcome

RESULTS = Path(__file__).parent / "results"
OURS = "klachtenatlas"


@dataclass(frozen=True, slots=True)
class Row:
    """One reader's result; `form` says whether its plain grid or its spans scored better."""

    reader: str
    version: str
    form: str
    outcome: Outcome
    pages: int
    cpu_seconds_a_page: float
    peak_mib: float
    failed: tuple[str, ...]


def measure(data: Path, *, peers: bool) -> list[Row]:
    """The rows of all readers that are installed, best F1 first. Ends the program when data or scorer are missing."""
    paths = scorer.documents(data)
    judge = scorer.load()
    rows = []
    for reader in (OURS, *(PEERS if peers else ())):
        row = _one(reader, paths, data, judge)
        if row is not None:
            rows.append(row)
            print(line(row), flush=True)
    return sorted(rows, key=lambda row: -row.outcome.f1)


def _one(reader: str, paths: list[Path], data: Path, judge: ModuleType) -> Row | None:
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        command = [sys.executable, "-m", "benchmarks.tables.peers", reader, str(out), *map(str, paths)]
        limits = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OPENCV_FOR_THREADS_NUM": "1"}
        done = subprocess.run(
            command, cwd=scorer.ROOT, env={**os.environ, **limits}, capture_output=True, text=True, check=False
        )
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or ["no message"]
            if "ModuleNotFoundError" in last[0] and reader != OURS:
                print(f"{reader} is left out: it is not installed ({last[0]}).", file=sys.stderr)
                return None
            sys.exit(f"{reader} ended with status {done.returncode}: {last[0]}")
        cost = json.loads((out / "cost.json").read_text(encoding="utf-8"))
        if len(cost["failed"]) == len(paths) and reader != OURS:
            print(f"{reader} is left out: it failed on every document ({cost['failed'][0]}).", file=sys.stderr)
            return None
        scored = {form: scorer.outcome(judge, out / form, data) for form in ("plain", "spans")}
    form = max(scored, key=lambda key: scored[key].f1)
    return Row(
        reader, _version(reader), form, scored[form], cost["pages"], cost["cpu_seconds"] / cost["pages"],
        cost["peak_mib"], tuple(cost["failed"]),
    )  # fmt: skip


def _version(reader: str) -> str:
    name = reader.split("-", maxsplit=1)[0]
    package = {"camelot": "camelot-py"}.get(name, name)
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def line(row: Row) -> str:
    """One result as a line of the Markdown table."""
    o = row.outcome
    name = f"**{row.reader}**" if row.reader == OURS else f"{row.reader} {row.version}"
    return (
        f"| {name} | {o.precision:.3f} | {o.recall:.3f} | {o.f1:.3f} | {o.found} of {o.true_tables} | {o.reported} "
        f"| {o.false_tables} | {row.cpu_seconds_a_page:.3f} | {row.peak_mib:.0f} | {len(row.failed)} |"
    )


def markdown(rows: list[Row]) -> str:
    """The results as a Markdown table."""
    head = (
        "| reader | precision | recall | F1 | tables found | tables reported | false tables | CPU s a page | peak MiB "
        "| failed |\n| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |\n"
    )
    return head + "\n".join(map(line, rows)) + "\n"


def save(rows: list[Row]) -> Path:
    """Writes `results/icdar.json` and `results/icdar.md`; returns the latter's path."""
    RESULTS.mkdir(exist_ok=True)
    about = {
        "when": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "rows": [asdict(row) for row in rows],
    }
    (RESULTS / "icdar.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    path = RESULTS / "icdar.md"
    path.write_text(markdown(rows), encoding="utf-8")
    return path
