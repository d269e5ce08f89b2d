"""One pool of readers under hostile files for a long time: what does it leave, what grows?"""

from __future__ import annotations

import itertools
import os
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.robustness import kinds, mutate
from benchmarks.robustness.reading import Memory, Outcome, descendants, read_all, said
from extractors.sandbox import Sandbox
from schemas.limits import MEGABYTE

_SLOW = 10.0
"""Seconds: kinds that take longer say nothing more by being read again and again."""


def read_kinds(paths: Sequence[Path], jobs: int, say: Callable[[str], None]) -> str:
    """A line for each file, and what all of them took."""
    began = time.monotonic()
    lines = []
    with Sandbox(jobs) as sandbox, Memory() as memory:
        for outcome in read_all(paths, sandbox):
            lines.append(said(outcome))
            say(lines[-1])
        mine = descendants(os.getpid())
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    left = {pid for pid in mine & descendants(os.getpid()) if Path(f"/proc/{pid}/cwd").exists()}
    lines += [
        "",
        f"{len(paths)} files in {time.monotonic() - began:.0f} s of wall time with {jobs} readers "
        f"({used.ru_utime + used.ru_stime:.0f} s of processor time); most address space of a reader "
        f"{memory.address_space / MEGABYTE:.0f} MB, most resident {memory.resident / MEGABYTE:.0f} MB; "
        f"processes left: {len(left)}.",
    ]
    return "\n".join(f"    {line}" if line else "" for line in lines) + "\n"


def run(reports: Sequence[Path], minutes: float, seed: int, folder: Path, jobs: int, say: Callable[[str], None]) -> str:
    """Mutants and the quick kinds by turns until the time is over; memory and open files of this process each round."""
    folder.mkdir(parents=True, exist_ok=True)
    hostile = kinds.write(folder / "kinds")
    until = time.monotonic() + 60 * minutes
    counts: dict[str, int] = {}
    rounds: list[str] = []
    slow: set[str] = set()
    endless = mutate.mutants(list(reports), 10**9, seed)
    with Sandbox(jobs) as sandbox:
        while time.monotonic() < until:
            batch = []
            for mutant in itertools.islice(endless, 100):
                path = folder / f"{mutant.name}.pdf"
                path.write_bytes(mutant.data)
                batch.append(path)
            outcome: Outcome
            for outcome in read_all([*batch, *(p for p in hostile if p.stem not in slow)], sandbox):
                counts[outcome.status] = counts.get(outcome.status, 0) + 1
                if outcome.seconds > _SLOW:
                    slow.add(outcome.name)
            for path in batch:
                path.unlink()
            resident = int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / MEGABYTE
            files = len(list(Path("/proc/self/fd").iterdir()))
            rounds.append(
                f"{sum(counts.values())} files: {counts}; this process {resident:.0f} MB, {files} open files, "
                f"{len(descendants(os.getpid()))} children"
            )
            say(rounds[-1])
    return "\n\n".join([rounds[0], rounds[len(rounds) // 2], rounds[-1]]) + "\n"
