"""A build that waits for a steward: paused and resumed through a real Prefect server."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from small_reports import ROWS, entry, report_pdf, write_catalogue

from ontology.decisions import Decision, append
from ontology.scheme import load_scheme

LABEL = "Havenlicht"
PATIENCE = 120  # seconds; a machine under load


@pytest.fixture
def folder(prefect: None, tmp_path: Path) -> Path:
    write_catalogue(tmp_path / "raw", entry())
    rows = [ROWS[0], [LABEL, "12", "15"], *ROWS[2:]]
    report_pdf(tmp_path / "raw" / "voorbeeld-2023.pdf", rows=rows)
    return tmp_path


def command(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    given = {"KLACHTENATLAS_CACHE": str(folder / "cache"), "KLACHTENATLAS_DECISIONS": str(folder / "decisions")}
    return subprocess.Popen(
        [sys.executable, "-m", "flows.cli", *arguments], env={**os.environ, **given}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def statuses(folder: Path) -> set[str]:
    with (folder / "out" / "labels.csv").open(encoding="utf-8", newline="") as file:
        return {row["status"] for row in csv.DictReader(file) if row["label"] == LABEL}


def test_it_pauses_with_the_undecided_published_and_takes_in_what_was_decided(folder: Path) -> None:
    build = command(
        folder, "build", "--raw", str(folder / "raw"), "--out", str(folder / "out"), "--wait-for-steward", "1"
    )
    note = folder / "cache" / "waiting.json"
    until = time.monotonic() + PATIENCE
    while not note.exists() and build.poll() is None and time.monotonic() < until:
        time.sleep(0.1)
    assert note.exists(), build.communicate(timeout=5)[1]
    assert note.stat().st_mode & 0o077 == 0
    assert statuses(folder) <= {"review", "unmapped"}
    decision = Decision(LABEL, "subject:nuisance", "A. Steward", date(2026, 1, 2), "subject", language="nl")
    append(decision, "voorbeeld", load_scheme(), folder / "decisions")
    said = ""
    while "goes on" not in said and time.monotonic() < until:  # the note stands a moment before the pause does
        said = command(folder, "resume", "--by", "A. Steward").communicate(timeout=PATIENCE)[1]
    _, told = build.communicate(timeout=PATIENCE)
    assert build.returncode == 0, told
    assert "for a steward (http://127.0.0.1:8765/)" in told and "resumed" in told
    assert statuses(folder) == {"curated"} and not note.exists()
    nothing = command(folder, "resume")
    assert "No build waits" in nothing.communicate(timeout=PATIENCE)[1] and nothing.returncode == 3


def test_when_nobody_resumes_it_goes_on_and_publishes_them_as_they_are(folder: Path) -> None:
    build = command(
        folder, "build", "--raw", str(folder / "raw"), "--out", str(folder / "out"), "--wait-for-steward", "0.001"
    )
    _, told = build.communicate(timeout=PATIENCE)
    assert build.returncode == 0, told
    assert "nobody resumed" in told and statuses(folder) <= {"review", "unmapped"}
    assert not (folder / "cache" / "waiting.json").exists()
