"""`klachtenatlas build`: starts what Prefect needs, runs the flow, tells a person how it went."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from flows.errors import CommandError
from flows.local_server import prefect_server
from flows.store import default_folder

if TYPE_CHECKING:
    from rich.console import Console

    from flows.build import Outcome, Say

T = TypeVar("T")


def run_build(raw: Path, out: Path, jobs: int, engine: str = "local", wait_hours: float = 0.0) -> int:
    """Builds the dataset; gives the exit status. Raises CommandError when nothing could be published."""
    began = time.monotonic()

    def run(cache: Path) -> Outcome:
        from flows.build import build_dataset

        flow = build_dataset.with_options(log_prints=False)
        return flow(str(raw), str(out), str(cache / "results"), jobs, engine, wait_hours)

    outcome = with_prefect(raw, run)
    from flows.summary import print_summary

    print_summary(console_for_people(), outcome, out, time.monotonic() - began)
    return 1 if outcome.failures else 0


def with_prefect(raw: Path, run: Callable[[Path], T]) -> T:
    """What `run` returns, given the folder of caches, while Prefect answers and progress is shown.

    Raises CommandError for a catalogue that cannot be read, a folder that is taken, and a build without result.
    """
    cache = default_folder()
    # The server first: it takes about ten seconds to come up, while this process imports what the build needs.
    with prefect_server(cache) as server, _shown(console_for_people()) as say:
        say("starting")
        from flows import build
        from flows.catalogue import CatalogueError, load
        from flows.lock import Locked
        from flows.run import NothingToPublish
        from flows.store import Lost

        try:
            load(raw)  # a catalogue that cannot be read at all should not have to wait for the server
            import flows.imports  # noqa: F401 - while the server comes up

            if server:
                server.wait()
            token = build.progress.set(say)
            try:
                return run(cache)
            finally:
                build.progress.reset(token)
        except (CatalogueError, Locked, Lost, NothingToPublish) as error:
            raise CommandError(str(error), 3) from error


def console_for_people() -> Console:
    """Standard error, as wide as tables need where it is no terminal."""
    from rich.console import Console

    console = Console(stderr=True, highlight=False)
    return console if console.is_terminal else Console(stderr=True, highlight=False, width=140)


@contextmanager
def _shown(console: Console) -> Iterator[Say]:
    """How far the build is: one live line on a terminal, one line a step elsewhere."""
    if not console.is_terminal:
        began = time.monotonic()

        def say(text: str) -> None:
            print(f"[{time.monotonic() - began:6.1f} s] {text}", file=sys.stderr, flush=True)

        yield say
        return
    with console.status("starting") as line:
        yield line.update
