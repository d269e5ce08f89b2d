"""How a build grows with the number of reports: throughput, memory, what orchestration costs, nothing changed.

Each build is a process of its own with an empty cache; its whole family of processes is watched. CPU seconds are the
fair figure on a machine that others use: "readers" are the children that read, orchestration is everything else,
Prefect's server and the writing of the files included.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

_CLK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Measured:
    """One build. Seconds; memory in MiB is the largest resident set of any one process."""

    reports: int
    engine: str
    wall: float
    cpu: float
    reading_cpu: float
    peak_mib: float
    peak_of: str
    status: int
    again_wall: float


class Watch:
    """Polls a process's family: processor time and the largest resident set, by what the process is."""

    def __init__(self, root: int) -> None:
        self.root = root
        self.cpu: dict[int, float] = {}
        self.what: dict[int, str] = {}
        self.peak = (0.0, "")
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._poll, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._thread.join()

    def seconds(self, kind: str | None = None) -> float:
        return sum(used for pid, used in self.cpu.items() if kind in (None, self.what.get(pid)))

    def _poll(self) -> None:
        while not self._stop.wait(0.2):
            for pid in family(self.root):
                try:
                    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                    line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                except OSError:
                    continue
                self.cpu[pid] = (int(fields[11]) + int(fields[12])) / _CLK
                if line:  # a process that has ended has none
                    self.what[pid] = kind_of(line)
                self.peak = max(self.peak, (int(fields[21]) * _PAGE / 2**20, self.what.get(pid, "")))


def kind_of(command: str) -> str:
    """What a process of a build is, by its command line."""
    if "flows.local_server" in command:
        return "server"
    if "duckdb_child" in command:
        return "database"
    if "forkserver" in command:
        return "reader"
    return "worker" if "spawn_main" in command else "build"


def family(root: int) -> list[int]:
    """A process and all its descendants."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(path.name))
    found, ahead = [], [root]
    while ahead:
        found.append(ahead.pop())
        ahead += children.get(found[-1], [])
    return found


def build(raw: Path, out: Path, cache: Path, engine: str, jobs: int) -> subprocess.Popen[bytes]:
    """A build in a process of its own."""
    return command(out.parent, cache, "build", "--raw", raw, "--out", out, "--jobs", jobs, "--engine", engine)


def command(place: Path, cache: Path, *arguments: object) -> subprocess.Popen[bytes]:
    """`klachtenatlas` in a process of its own, which writes to `place`/build.log and has its temporary files there."""
    temporary = place / "tmp"
    temporary.mkdir(exist_ok=True)
    environment = {**os.environ, "KLACHTENATLAS_CACHE": str(cache), "TMPDIR": str(temporary), "NO_PROXY": "*"}
    with (place / "build.log").open("wb") as log:
        line = [sys.executable, "-m", "flows.cli", *map(str, arguments)]
        return subprocess.Popen(line, env=environment, stdout=log, stderr=log)


def part_of(raw: Path, count: int, folder: Path) -> Path:
    """The first `count` reports of a folder as a folder of their own."""
    import yaml

    folder.mkdir(parents=True)
    listed = yaml.safe_load((raw / "catalogue.yaml").read_text(encoding="utf-8"))["reports"][:count]
    for entry in listed:
        (folder / entry["file"]).hardlink_to(raw / entry["file"])
    text = yaml.safe_dump({"reports": listed}, allow_unicode=True, sort_keys=False)
    (folder / "catalogue.yaml").write_text(text, encoding="utf-8")
    return folder


def measure(raw: Path, count: int, work: Path, engine: str, jobs: int) -> Measured:
    """One build of the first `count` reports, and a second one that finds nothing changed."""
    place = work / f"{engine}-{count}"
    shutil.rmtree(place, ignore_errors=True)
    some = part_of(raw, count, place / "raw")
    began = time.monotonic()
    process = build(some, place / "out", place / "cache", engine, jobs)
    watch = Watch(process.pid)
    status = process.wait()
    wall = time.monotonic() - began
    watch.close()
    began = time.monotonic()
    build(some, place / "out", place / "cache", engine, jobs).wait()
    again = time.monotonic() - began
    peak, of = watch.peak
    return Measured(count, engine, wall, watch.seconds(), watch.seconds("reader"), peak, of, status, again)


def table(found: list[Measured]) -> str:
    """The measures as Markdown."""
    lines = [
        "| engine | reports | wall s | s a report | CPU s | of it readers | orchestration | peak MiB | of | again s |",
        "| --- | --: | --: | --: | --: | --: | --: | --: | --- | --: |",
    ]
    for one in found:
        beside = (one.cpu - one.reading_cpu) / one.cpu
        lines.append(
            f"| {one.engine} | {one.reports} | {one.wall:.0f} | {one.wall / one.reports:.2f} | {one.cpu:.0f} "
            f"| {one.reading_cpu:.0f} | {beside:.1%} | {one.peak_mib:.0f} | {one.peak_of} | {one.again_wall:.1f} |"
        )
    return "\n".join(lines) + "\n"


def keep(found: list[Measured], path: Path) -> None:
    """Writes the measures beside their table."""
    path.write_text(json.dumps([asdict(one) for one in found], indent=1) + "\n", encoding="utf-8")
    path.with_suffix(".md").write_text(table(found), encoding="utf-8")
