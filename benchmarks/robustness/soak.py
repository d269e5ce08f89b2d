"""Readers, builds and the stewards' page under hostile files for a long time: what do they leave, what grows?"""

from __future__ import annotations

import itertools
import os
import re
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.robustness import kinds, mutate
from benchmarks.robustness.beside import build_two
from benchmarks.robustness.reading import Memory, Outcome, descendants, read_all, said
from benchmarks.steward.crowd import CONCEPTS, request
from benchmarks.steward.many import make
from benchmarks.steward.page import Server
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
    """Reads, builds and the stewards' page by turns until the time is over; what each of them holds, round by round.

    A round reads mutants and the quick kinds in one pool, asks the page for its list and labels and has it record
    decisions, and builds two reports anew.
    """
    own = folder / "tmp"
    own.mkdir(parents=True, exist_ok=True)
    tempfile.tempdir = os.environ["TMPDIR"] = str(own)  # other programs write into the common one
    hostile = kinds.write(folder / "kinds")
    make(folder / "raw", folder / "data", 60)
    server = Server(folder / "data", folder / "raw", folder / "decisions")
    until = time.monotonic() + 60 * minutes
    counts: Counter[str] = Counter()
    rounds: list[str] = []
    slow: set[str] = set()
    endless = mutate.mutants(list(reports), 10**9, seed)
    try:
        with Sandbox(jobs) as sandbox:
            while time.monotonic() < until:
                batch = []
                for mutant in itertools.islice(endless, 40):
                    path = folder / f"{mutant.name}.pdf"
                    path.write_bytes(mutant.data)
                    batch.append(path)
                outcome: Outcome
                for outcome in read_all([*batch, *(p for p in hostile if p.stem not in slow)], sandbox):
                    counts[outcome.status] += 1
                    if outcome.seconds > _SLOW:
                        slow.add(outcome.name)
                for path in batch:
                    path.unlink()
                counts["requests"] += _review(server.address, len(rounds))
                counts["builds"] += build_two(reports[0].with_name("catalogue.yaml"), folder / "build")
                left = len(list(own.iterdir())) - 1  # the pool's own
                rounds.append(
                    f"{dict(counts)}; this process {_held(os.getpid())}, the page's server "
                    f"{_held(server.process.pid)}, {len(descendants(os.getpid()))} children, {left} temporary files"
                )
                say(rounds[-1])
    finally:
        server.kill()
    chosen = sorted({0, len(rounds) // 4, len(rounds) // 2, 3 * len(rounds) // 4, len(rounds) - 1})
    return "\n".join(f"- round {number + 1}: {rounds[number]}" for number in chosen) + "\n"


def _review(address: str, number: int) -> int:
    """Looks at the list and ten labels and decides on one of them; gives the number of requests."""
    cookie = "klachtenatlas-author=Soak"
    _, _, page = request(address, "GET", "/?status=all", Cookie=cookie)
    ids = re.findall(r'href="/label/(\w+)\?', page)[:10]
    for item in ids:
        _, _, shown = request(address, "GET", f"/label/{item}?status=all", Cookie=cookie)
        version = re.search(r'name="version" value="(\w+)"', shown)
        evidence = re.search(r'name="evidence" value="([^"]+)"', shown)
        if item == ids[number % len(ids)] and version and evidence:
            concept = CONCEPTS[number % len(CONCEPTS)]
            form = {"version": version[1], "evidence": evidence[1], "concept": concept, "body": "Stad Veel"}
            request(address, "POST", f"/label/{item}/decide?status=all", urlencode(form), Cookie=cookie)
    return len(ids) + 2


def _held(pid: int) -> str:
    """The memory and open files of a process, in words."""
    resident = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 / MEGABYTE
    return f"{resident:.0f} MB and {len(list(Path(f'/proc/{pid}/fd').iterdir()))} open files"
