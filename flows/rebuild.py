"""A build without Prefect, for proofs and comparisons: `python -m flows.rebuild RAW OUT CACHE`.

It runs the program that it finds beside itself. `flows.swaps` and `flows.crate` start it in trees that they lay out, to
see what one input does, or whether the recorded inputs give the published bytes.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from extractors.sandbox import Sandbox
from flows import steps
from flows.catalogue import CatalogueError, load
from flows.run import NothingToPublish, Run
from flows.store import Store

_JOBS = 2


class CannotRebuild(Exception):
    """These inputs give no dataset; the message says why."""


def rebuild(raw: Path, out: Path, cache: Path, jobs: int = _JOBS) -> Run:
    """The dataset of the reports under `raw`, written to `out`; raises NothingToPublish or CatalogueError."""
    run = Run(load(raw), Store(cache))
    with Sandbox(jobs, preload=("flows.warm",)) as sandbox:
        run.find_sources(sandbox)
        with ThreadPoolExecutor(jobs + 1) as pool:
            started = {
                name: pool.submit(steps.process, run.sources[name], sandbox, run.store) for name in sorted(run.sources)
            }
            for name, future in started.items():
                try:
                    run.parts[name] = future.result()
                except Exception as error:
                    run.fail(name, error)
    run.require_parts()
    run.reconcile()
    run.put_together()
    run.write(out)
    return run


def rebuilt(tree: Path, out: Path, cache: Path) -> None:
    """Runs the program in `tree`/code over `tree`/raw_reports into `out`; raises CannotRebuild."""
    code = tree / "code"
    environment = {**os.environ, "PYTHONPATH": str(code), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "flows.rebuild", str(tree / "raw_reports"), str(out), str(cache)]
    ended = subprocess.run(command, cwd=code, env=environment, capture_output=True, check=False)  # noqa: S603
    if ended.returncode:
        said = ended.stderr.decode(errors="replace").strip().splitlines()
        raise CannotRebuild(said[-1] if said else f"it ended with status {ended.returncode}")


def main() -> int:
    """The command: 0 when the dataset was written."""
    raw, out, cache = (Path(argument) for argument in sys.argv[1:4])
    try:
        rebuild(raw, out, cache)
    except (NothingToPublish, CatalogueError) as error:
        sys.stderr.write(f"{error}\n")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
