"""Hostile or odd PDFs built with two good reports beside them, by the command that people type."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import yaml

from benchmarks.robustness.odd import reasons
from benchmarks.robustness.reading import Memory, Outcome, descendants
from schemas.limits import MEGABYTE

Rows = list[dict[str, str]]
_SHOWN = 40
"""Files of which each is told; of more only the counts."""


def build_beside(paths: Sequence[Path], catalogue: Path, folder: Path, jobs: int) -> str:
    """Builds the first and the last report of `catalogue` alone, then with `paths`, and says what became of all."""
    good = _ends(catalogue)
    shutil.rmtree(folder, ignore_errors=True)
    own = folder / "tmp"
    own.mkdir(parents=True)
    tempfile.tempdir = os.environ["TMPDIR"] = str(own)  # other programs write into the common one
    alone, _, _, _ = _build(folder / "alone", good, catalogue.parent, [], jobs)
    rows, seconds, status, memory = _build(folder / "beside", good, catalogue.parent, paths, jobs)
    names = {entry["id"] for entry in good}
    harmed = [row for row in alone if row["report_id"] in names and row not in rows]
    left = descendants(os.getpid()) & memory.seen
    files = list(own.iterdir())
    reports = _table(folder / "beside" / "out", "reports")
    mine = [row for row in reports if row["report_id"] not in names]
    outcomes = [
        Outcome(Path(row["file"]).stem, row["status"], row["reason"].replace(row["report_id"], "FILE"), 0, None)
        for row in mine
    ]
    counts = Counter(row["status"] for row in mine)
    silent = [outcome.name for outcome in outcomes if outcome.status != "ok" and not outcome.reason]
    lines = [
        f"{len(paths)} files and {len(good)} good reports: {seconds:.0f} s of wall time, "
        f"{sum(memory.cpu.values()):.0f} s of processor time, exit status {status}. Of the files "
        f"{', '.join(f'{n} {what}' for what, n in sorted(counts.items()))}, {len(paths) - len(mine)} without a row "
        f"(the same bytes under two names), {len(silent)} without a reason. Rows of the good reports that were lost or "
        f"changed: {len(harmed)} of {len(alone)}. Left: {len(left)} processes, {len(files)} temporary files.",
        "",
        *(
            f"- process: {one.name}: {one.resident / MEGABYTE:.0f} MB resident, {one.address_space / MEGABYTE:.0f} MB "
            f"of address space, {f'{one.limit / MEGABYTE:.0f} MB' if one.limit else 'none'} allowed"
            for one in memory.largest()
        ),
        "",
    ]
    if len(mine) <= _SHOWN:
        lines += [f"- {r['status']:8} {r['file']}: {r['observations']} numbers. {r['reason']}" for r in mine]
    else:
        lines += [f"- {count} x {reason}" for reason, count in reasons(outcomes).most_common()]
    return "\n".join(lines) + "\n"


def build_two(catalogue: Path, folder: Path) -> int:
    """Builds the first and the last report of `catalogue` anew; raises when their numbers do not come out. Gives 1."""
    shutil.rmtree(folder, ignore_errors=True)
    rows, _, status, _ = _build(folder, _ends(catalogue), catalogue.parent, [], 1)
    if status or not rows:
        raise RuntimeError(f"A build of two reports ended with {status} and {len(rows)} numbers; see {folder}/log.txt.")
    return 1


def _ends(catalogue: Path) -> list[dict[str, object]]:
    entries = [entry for entry in yaml.safe_load(catalogue.read_text(encoding="utf-8"))["reports"] if entry.get("file")]
    return [entries[0], entries[-1]]


def _build(
    folder: Path, good: Sequence[dict[str, object]], reports: Path, paths: Sequence[Path], jobs: int
) -> tuple[Rows, float, int, Memory]:
    """The numbers of a build in `folder` from an empty cache, its wall time, exit status and processes."""
    raw = folder / "raw"
    raw.mkdir(parents=True)
    for entry in good:
        shutil.copy(reports / str(entry["file"]), raw)
    (raw / "catalogue.yaml").write_text(yaml.safe_dump({"reports": good}, allow_unicode=True), encoding="utf-8")
    for path in paths:
        shutil.copy(path, raw)
    command = [sys.executable, "-m", "flows.cli", "build", "--raw", raw, "--out", folder / "out", "--jobs", str(jobs)]
    environment = {**os.environ, "KLACHTENATLAS_CACHE": str(folder / "cache")}
    began = time.monotonic()
    with Memory() as memory, (folder / "log.txt").open("wb") as log:
        done = subprocess.run(command, check=False, env=environment, stdout=log, stderr=log)
        seconds = time.monotonic() - began
        time.sleep(1)
    return _table(folder / "out", "observations"), seconds, done.returncode, memory


def _table(folder: Path, name: str) -> Rows:
    csv.field_size_limit(10**9)
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
