"""Kills builds and updates with SIGKILL at random moments, runs them again, and compares with undisturbed ones."""

from __future__ import annotations

import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import yaml

from benchmarks.cities.make import make, reports
from benchmarks.cities.scale import build, command, family

_PATIENCE = 10.0
Content = dict[str, str]
Start = Callable[[Path], subprocess.Popen[bytes]]


@dataclass(frozen=True)
class Killed:
    """One run that was killed and run again."""

    what: str
    second: float
    at: str
    torn: bool
    other: bool
    processes: int
    files: int

    def row(self) -> str:
        said = ["yes" if self.torn else "no", "no" if self.other else "yes"]
        cells = [self.what, f"{self.second:.1f}", self.at, *said, self.processes, self.files]
        return f"| {' | '.join(map(str, cells))} |"


def content(folder: Path) -> Content:
    """Every file below a folder by its hash, hidden ones included."""
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def measure(work: Path, cities: int, seed: int, pages: int, times: int, updates: int, results: Path) -> str:
    """Over an earlier dataset makes the next one, is killed, and runs again; builds with an empty cache each time."""
    rng = random.Random(seed)
    make(work / "old", reports(cities, 1, seed), pages, seed)
    make(work / "new", reports(cities, 2, seed), pages, seed)
    found: list[Killed] = []

    def builds(raw: str) -> Start:
        return lambda place: build(work / raw, place / "out", place / "cache", "local", 2)

    def fresh(place: Path) -> None:
        shutil.copytree(work / "earlier" / "out", place / "out")

    _undisturbed(work / "earlier", builds("old"))
    _undisturbed(work / "whole", builds("new"))
    found += _kills("build", work, times, rng, fresh, builds("new"))
    with _server(work / "new") as url:
        begun, whole = work / "updated-earlier", work / "updated"
        shutil.rmtree(begun, ignore_errors=True)
        _undisturbed(begun, partial(_update, _entries(work / "old"), url))
        shutil.rmtree(whole, ignore_errors=True)
        shutil.copytree(begun, whole)
        _undisturbed(whole, partial(_update, _entries(work / "new"), url), empty=False)

        def as_begun(place: Path) -> None:
            shutil.copytree(begun, place, dirs_exist_ok=True)

        again = partial(_update, _entries(work / "new"), url)
        found += _kills("update", work, updates, rng, as_begun, again, earlier=begun, whole=whole)
    text = _text(found, cities, pages)
    results.write_text(text, encoding="utf-8")
    return text


def _text(found: list[Killed], cities: int, pages: int) -> str:
    bad = sum(one.torn or one.other or one.processes > 0 or one.files > 0 for one in found)
    lines = [
        f"{len(found)} runs over {2 * cities} reports of {pages} pages, {cities} of them published before, killed "
        f"(SIGKILL) at random moments and run again; {bad} left anything to be wished for.",
        "",
        "| run | killed at s | it had just said | folder torn | same bytes when run again | processes left after 10 s "
        "| working folders left |",
        "| --- | --: | --- | --- | --- | --: | --: |",
        *(one.row() for one in found),
    ]
    return "\n".join(lines) + "\n"


def _kills(
    what: str,
    work: Path,
    times: int,
    rng: random.Random,
    prepare: Callable[[Path], None],
    start: Start,
    earlier: Path | None = None,
    whole: Path | None = None,
) -> Iterator[Killed]:
    before, after = content((earlier or work / "earlier") / "out"), content((whole or work / "whole") / "out")
    seconds = float(((whole or work / "whole") / "seconds").read_text())
    place = work / f"killed-{what}"
    for number in range(times):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        prepare(place)
        process = start(place)
        moment = rng.uniform(0.2, seconds)
        time.sleep(moment)
        everybody = family(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        said = (place / "build.log").read_text(encoding="utf-8").splitlines()
        at = re.sub(r"^\[[^]]*\] ", "", said[-1]) if said else "nothing"
        torn = content(place / "out") not in (before, after)
        left = _outlived(everybody)
        start(place).wait()
        other = content(place / "out") != after
        files = len(list((place / "tmp").glob("klachtenatlas-*"))) + len(list(place.glob(".out*")))
        yield (one := Killed(what, moment, at.replace(str(work), ""), torn, other, left, files))
        print(number + 1, one.row(), flush=True)


def _undisturbed(place: Path, start: Start, *, empty: bool = True) -> None:
    """Runs it once, and notes how long it took."""
    if empty:
        shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    start(place).wait()
    (place / "seconds").write_text(str(time.monotonic() - began))


def _update(entries: list[dict[str, object]], url: str, place: Path) -> subprocess.Popen[bytes]:
    """A run that asks `url` for the reports of `entries` and publishes."""
    raw = place / "raw"
    raw.mkdir(exist_ok=True)
    listed = [{**entry, "edition": "original", "url": f"{url}/{entry['file']}", "url_kind": "pdf"} for entry in entries]
    for entry in listed:
        del entry["file"]
    (raw / "catalogue.yaml").write_text(yaml.safe_dump({"reports": listed}, allow_unicode=True), encoding="utf-8")
    given = ("--raw", raw, "--out", place / "out", "--report", place / "runs", "--allow-private", "--accept")
    return command(place, place / "cache", "update", *given)


def _entries(raw: Path) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = yaml.safe_load((raw / "catalogue.yaml").read_text(encoding="utf-8"))["reports"]
    return listed


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """A web server on this machine that serves the folder."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


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
