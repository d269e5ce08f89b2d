"""Kills builds with SIGKILL at random moments, runs them again, and compares with a build that nobody disturbed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from pathlib import Path

from benchmarks.cities.make import make, reports
from benchmarks.cities.scale import build, family

_PATIENCE = 10.0


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones included."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())} if folder.is_dir() else {}


def measure(work: Path, cities: int, seed: int, pages: int, times: int, results: Path) -> str:
    """Over an earlier dataset, builds the next one, is killed, and runs again; a new cache each time."""
    rng = random.Random(seed)
    old = reports(cities, 1, seed)
    make(work / "old", old, pages, seed)
    make(work / "new", reports(cities, 2, seed), pages, seed)
    began = time.monotonic()
    undisturbed = _built(work, "new", work / "whole")
    whole_seconds = time.monotonic() - began
    earlier = _built(work, "old", work / "earlier")
    torn = other = left = 0
    for number in range(times):
        place = work / "killed"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(work / "earlier" / "out", place / "out")
        process = build(work / "new", place / "out", place / "cache", "local", 2)
        time.sleep(rng.uniform(0.2, whole_seconds))
        everybody = family(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        torn += content(place / "out") not in (earlier, undisturbed)
        left += _outlived(everybody)
        build(work / "new", place / "out", place / "cache", "local", 2).wait()
        other += content(place / "out") != undisturbed
        strangers = [path.name for path in place.iterdir() if path.name not in ("out", "cache", "build.log")]
        other += bool(strangers)
        print(f"{number + 1}: {torn} torn, {other} other, {left} processes left", flush=True)
    text = (
        f"{times} builds of {2 * cities} reports over a dataset of {cities}, killed (SIGKILL) at random moments of "
        f"{whole_seconds:.0f} s and run again: {torn} left a folder that was neither the old nor the new dataset, "
        f"{other} ended in other bytes than an undisturbed build or left files, {left} processes outlived their build "
        "by ten seconds.\n"
    )
    results.write_text(text, encoding="utf-8")
    return text


def _built(work: Path, raw: str, place: Path) -> dict[str, bytes]:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    build(work / raw, place / "out", place / "cache", "local", 2).wait()
    return content(place / "out")


def _outlived(pids: list[int]) -> int:
    """How many of the processes still run ten seconds later: a reader ends when it has noticed."""
    until = time.monotonic() + _PATIENCE
    while (left := sum(_runs(pid) for pid in pids)) and time.monotonic() < until:
        time.sleep(0.2)
    return left


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
