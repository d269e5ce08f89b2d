"""Reads files as a build does, in children, and says of each what came of it, how long it took and at what memory."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from extractors.sandbox import ReadFailure, Request, Sandbox
from schemas.limits import MEGABYTE, Limits
from schemas.printed import PrintedReport


@dataclass(frozen=True, slots=True)
class Outcome:
    """`status` as in the table `reports`; `seconds` of wall time, with the glance that a loose PDF gets first."""

    name: str
    status: str
    reason: str
    seconds: float
    report: PrintedReport | None


@dataclass(slots=True)
class Process:
    """The most that one process used, in bytes, and the address space that it may use (0: no limit)."""

    name: str
    resident: int = 0
    address_space: int = 0
    limit: int = 0


class Memory:
    """The largest address space and resident set, in bytes, that any child of this process had while watched.

    `cpu` is the processor time in seconds that each of them used.
    """

    def __init__(self) -> None:
        self.address_space = self.resident = 0
        self.seen: set[int] = set()
        self.cpu: dict[int, float] = {}
        self.processes: dict[int, Process] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.1):
            for pid in descendants(os.getpid()):
                self.seen.add(pid)
                self.cpu[pid] = max(self.cpu.get(pid, 0.0), used_cpu(pid))
                said = _status(pid)
                self.address_space = max(self.address_space, said.get("VmPeak", 0))
                self.resident = max(self.resident, said.get("VmHWM", 0))
                one = self.processes.setdefault(pid, Process(""))
                one.resident = max(one.resident, said.get("VmHWM", 0))
                one.address_space = max(one.address_space, said.get("VmPeak", 0))
                one.name, one.limit = _name(pid) or one.name, _allowed(pid) or one.limit

    def largest(self, count: int = 6) -> list[Process]:
        """The processes with the largest resident sets."""
        return sorted(self.processes.values(), key=lambda one: -one.resident)[:count]


def descendants(pid: int) -> set[int]:
    """All processes that come from `pid`."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    found = {pid}
    while new := {child for child, parent in parents.items() if parent in found} - found:
        found |= new
    return found - {pid}


def used_cpu(pid: int) -> float:
    """Processor seconds of a process so far; 0 when it has ended."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0.0
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _status(pid: int) -> dict[str, int]:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    sizes = (line.split() for line in lines if line.startswith(("VmPeak", "VmHWM")))
    return {words[0].rstrip(":"): int(words[1]) * 1024 for words in sizes}


def _name(pid: int) -> str:
    """What a process runs, in a few words."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace").split("\0")
    except OSError:
        return ""
    if any("forkserver" in word for word in words):
        return "reader" if _allowed(pid) else "fork server"
    return " ".join(Path(word).name for word in words if word and not word.startswith("-"))[:60]


def _allowed(pid: int) -> int:
    """The limit of a process's address space in bytes; 0 where it has none."""
    try:
        lines = Path(f"/proc/{pid}/limits").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    soft = next((line.split()[3] for line in lines if line.startswith("Max address space")), "")
    return int(soft) if soft.isdecimal() else 0


def read_all(paths: Iterable[Path], sandbox: Sandbox, *, glanced: bool = True) -> Iterator[Outcome]:
    """What comes of each file, in the order in which they are done."""

    def one(path: Path) -> Outcome:
        began = time.monotonic()
        first = sandbox.glance(path) if glanced else None
        answer = first if isinstance(first, ReadFailure) else sandbox.read(Request(path, "nl", "Stad", 2023))
        seconds = time.monotonic() - began
        if isinstance(answer, ReadFailure):
            return Outcome(path.stem, "failed", answer.reason, seconds, None)
        lost = [problem.what for problem in answer.problems if problem.severity == "error"]
        return Outcome(path.stem, "partial" if lost else "ok", " ".join(lost), seconds, answer)

    with ThreadPoolExecutor(sandbox.jobs) as threads:
        yield from threads.map(one, paths)


def said(outcome: Outcome) -> str:
    """An outcome as a line."""
    figures = sorted({f"{f.value:g}" for f in outcome.report.figures}) if outcome.report else []
    counted = f"{len(figures)} figures" if outcome.report else ""
    return f"{outcome.status:8} {outcome.seconds:6.1f} s  {outcome.name:45} {counted} {outcome.reason[:170]}"


def bound(limits: Limits) -> str:
    """The memory limit, in words."""
    return f"{limits.memory_bytes / MEGABYTE:.0f} MB"
