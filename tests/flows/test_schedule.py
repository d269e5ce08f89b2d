"""The schedule, shown firing: a real Prefect server of its own, the flow in processes that it starts."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from small_reports import entry, write_catalogue


def test_a_schedule_fires_publishes_and_then_finds_nothing_to_do(one_pdf: Path, tmp_path: Path) -> None:
    raw = write_catalogue(tmp_path / "raw", entry())
    shutil.copy(one_pdf, raw / "voorbeeld-2023.pdf")
    out, runs = tmp_path / "out", tmp_path / "runs"
    arguments = ["schedule", "--cron", "* * * * * */5", "--no-fetch", "--jobs", "1"]
    folders = ["--raw", str(raw), "--out", str(out), "--report", str(runs)]
    environment = {**os.environ, "KLACHTENATLAS_CACHE": str(tmp_path / "cache")}
    environment = {name: value for name, value in environment.items() if not name.startswith("PREFECT_")}
    command = [sys.executable, "-m", "flows.cli", *arguments, *folders]
    with (tmp_path / "said").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stderr=log, start_new_session=True)
    try:
        told = _reports(runs, 2)
    finally:
        _end(process)
    said = (tmp_path / "said").read_text(encoding="utf-8")
    assert told, f"it fired less than twice in five minutes: {said}"
    assert told[0].startswith("# Published: version")
    assert told[1].startswith("# Nothing changed")
    assert (out / "observations.csv").is_file()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends it as an operator would; on a busy machine Prefect may take a minute to end the run that is under way."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _reports(folder: Path, count: int) -> list[str]:
    """The first `count` reports of runs, oldest first; none when they do not come."""
    until = time.monotonic() + 300
    while time.monotonic() < until:
        found = sorted(path for path in folder.glob("2*.md")) if folder.is_dir() else []
        if len(found) >= count:
            return [path.read_text(encoding="utf-8") for path in found[:count]]
        time.sleep(0.5)
    return []
