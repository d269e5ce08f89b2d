"""How long it takes to publish 100,000 observations, and how much memory.

    python benchmarks/publish_speed.py [ROWS]

Prints processor seconds and peak resident memory (this process and its child) of `write_dataset` with made-up rows, the
sizes of its files, and whether a second run gave the same bytes. Bounds: 30 s of processor time and 1 GB for 100,000
rows on one core.
"""

from __future__ import annotations

import hashlib
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "publish"))

from sample_tables import SUBJECTS, sample_tables

from publish import write_dataset
from schemas.tables import conform

WORDS = ("afval", "straat", "lawaai", "vergunning", "parkeren", "wachttijd", "factuur", "loket", "groen", "fiets")


def tables(rows: int) -> dict[str, pd.DataFrame]:
    chance = random.Random(17)
    small = sample_tables()
    frame = small["observations"].iloc[[0] * rows].reset_index(drop=True)
    labels = [" ".join(chance.choices(WORDS, k=3)) for _ in range(rows)]
    frame["observation_id"] = [f"aandorp-2022/p{n // 60 + 1}-1/{n}" for n in range(rows)]
    frame["row_label"] = labels
    frame["sentence"] = [
        f"Er waren {n} klachten over {label}." if n % 9 == 0 else None for n, label in enumerate(labels)
    ]
    frame["value"] = [float(chance.randrange(5000)) for _ in range(rows)]
    frame["value_printed"] = [f"{value:g}" for value in frame["value"]]
    frame["subject"] = chance.choices(list(SUBJECTS.values()), k=rows)
    frame["page"] = [n % 12 + 1 for n in range(rows)]
    for edge, other in (("x0", "x1"), ("top", "bottom")):
        frame[edge] = [round(chance.uniform(0, 500), 2) for _ in range(rows)]
        frame[other] = frame[edge] + 20
    others = small["observations"]["report_id"] != "aandorp-2022"
    observations = pd.concat([frame, small["observations"][others]], ignore_index=True)
    reports = small["reports"].copy()
    reports.loc[reports["report_id"] == "aandorp-2022", "observations"] = rows
    gone = {name: small[name].iloc[:0] for name in ("comparability", "corrections", "findings")}
    return {**small, **gone, "observations": conform("observations", observations), "reports": reports}


def processor_seconds() -> float:
    """What this process and its ended children have used."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def main() -> None:
    given = tables(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    seen = []
    with tempfile.TemporaryDirectory() as folder:
        for name in ("first", "second"):
            start, used = time.perf_counter(), processor_seconds()
            published = write_dataset(given, Path(folder) / name)
            seconds = processor_seconds() - used
            print(f"{name}: {seconds:.1f} s of processor time, {time.perf_counter() - start:.1f} s by the clock")
            seen.append(published.files)
        for path in sorted((Path(folder) / "second").iterdir()):
            if path.stat().st_size > 1_000_000:
                digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
                print(f"  {path.name:24} {path.stat().st_size / 1e6:6.1f} MB  {digest}")
    for who, whose in (("this process", resource.RUSAGE_SELF), ("its child", resource.RUSAGE_CHILDREN)):
        print(f"peak memory of {who}: {resource.getrusage(whose).ru_maxrss / 1024:.0f} MB")
    print(
        "same bytes"
        if seen[0] == seen[1]
        else "OTHER BYTES: " + ", ".join(n for n in seen[0] if seen[0][n] != seen[1][n])
    )


if __name__ == "__main__":
    main()
