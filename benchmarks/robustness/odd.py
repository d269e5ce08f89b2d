"""Odd PDFs of other people's test suites: how each one ends, how long it takes, and what it leaves behind."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.robustness.reading import Memory, Outcome, descendants, read_all, said
from extractors.sandbox import Sandbox
from schemas.limits import MEGABYTE


def read_odd(paths: Sequence[Path], work: Path, seconds: float, say: Callable[[str], None]) -> str:
    """Reads every file in a child, one at a time, and sums up; `say` gets a line for each, `work` temporary files.

    Processor time decides what took more than `seconds`: other programs lengthen wall time.
    """
    began = time.monotonic()
    own = work / "tmp"
    own.mkdir(parents=True, exist_ok=True)
    tempfile.tempdir = os.environ["TMPDIR"] = str(own)  # other programs write into the common one
    before = set(own.iterdir())
    outcomes: list[Outcome] = []
    used: dict[str, float] = {}
    spent = 0.0
    with Sandbox(1) as sandbox, Memory() as memory:
        sandbox.warm()
        for outcome in read_all(paths, sandbox):
            outcomes.append(Outcome(outcome.name, outcome.status, outcome.reason, outcome.seconds, None))
            total = sum(tuple(memory.cpu.values()))
            used[outcome.name], spent = total - spent, total
            say(f"{used[outcome.name]:6.1f} s CPU  {said(outcome)}")
    time.sleep(1)  # ended children are taken up by the fork server
    left = {pid for pid in descendants(os.getpid()) & memory.seen if descendants(pid)}
    files = {path for path in set(own.iterdir()) - before if not path.name.startswith("pymp-")}  # this process's own
    statuses = Counter(outcome.status for outcome in outcomes)
    silent = [outcome.name for outcome in outcomes if outcome.status != "ok" and not outcome.reason.strip()]
    lines = [
        f"{len(outcomes)} files in {time.monotonic() - began:.0f} s, {spent:.0f} s of processor time: "
        + ", ".join(f"{statuses[status]} {status}" for status in ("ok", "partial", "failed"))
        + f". {len(silent)} without a reason, {sum(cpu > seconds for cpu in used.values())} over {seconds:.0f} s. "
        f"Of a reader most address space {memory.address_space / MEGABYTE:.0f} MB, most resident "
        f"{memory.resident / MEGABYTE:.0f} MB. Left: {len(left)} processes, {len(files)} temporary files.",
        "",
        "Slowest:",
        *(f"- {used[o.name]:.1f} s CPU {said(o)}" for o in sorted(outcomes, key=lambda o: -used[o.name])[:12]),
        "",
        "Reasons, without names and numbers:",
        *(f"- {count} x {reason}" for reason, count in reasons(outcomes).most_common()),
    ]
    return "\n".join(lines) + "\n"


def reasons(outcomes: Sequence[Outcome]) -> Counter[str]:
    """Why files were not read whole, with names and numbers taken out."""
    told: Counter[str] = Counter()
    for outcome in outcomes:
        if outcome.status != "ok":
            bare = re.sub(r"\d+(?:\.\d+)?", "N", outcome.reason.replace(f"{outcome.name}.pdf", "FILE"))
            told[f"{outcome.status}: {bare[:300]}"] += 1
    return told
