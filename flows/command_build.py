"""`klachtenatlas build`: starts what Prefect needs, runs the flow, tells a person how it went."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from flows.errors import CommandError
from flows.local_server import ServerError, prefect_server
from flows.store import default_folder

if TYPE_CHECKING:
    from rich.console import Console

    from flows.build import Say


def run_build(raw: Path, out: Path, jobs: int, engine: str = "local") -> int:
    """Builds the dataset; gives the exit status. Raises CommandError when nothing could be published."""
    began = time.monotonic()
    cache = default_folder()
    # The server first: it takes about ten seconds to come up, while this process imports what the build needs.
    with prefect_server(cache) as server:
        from rich.console import Console

        console = Console(stderr=True, highlight=False)
        if not console.is_terminal:
            console = Console(stderr=True, highlight=False, width=140)
        with _shown(console) as say:
            say("starting")
            from flows import build
            from flows.catalogue import CatalogueError, load
            from flows.lock import Locked
            from flows.summary import print_summary

            try:
                load(raw)  # a catalogue that cannot be read at all should not have to wait for the server
                import flows.imports  # noqa: F401 - while the server comes up

                if server:
                    server.wait()
                token = build.progress.set(say)
                try:
                    outcome = build.build_dataset.with_options(log_prints=False)(
                        str(raw), str(out), str(cache / "results"), jobs, engine
                    )
                finally:
                    build.progress.reset(token)
            except (CatalogueError, Locked, ServerError, build.NothingToPublish) as error:
                raise CommandError(str(error), 3) from error
        print_summary(console, outcome, out, time.monotonic() - began)
    return 1 if outcome.failures else 0


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


__all__ = ["run_build"]
