"""Where reports are read: in child processes of this one, or on a Dask cluster through Prefect's own task runner.

The unit of work is one report. Whatever the engine, a report is read in a child that can be killed, its result is kept
in the cache by content, and the same bytes come out. A task in another process costs Prefect a tenth of a second there
(it makes its settings and a client anew), so on Dask a task takes several reports.
"""

from __future__ import annotations

import atexit
import multiprocessing
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from prefect import flow

from extractors.sandbox import Sandbox
from flows import steps
from flows.errors import CommandError
from flows.store import Store, key_of
from schemas.files import Scratch

if TYPE_CHECKING:
    from prefect.task_runners import TaskRunner

    from flows.catalogue import Source

LOCAL, DASK = "local", "dask"
_MOST_IN_BATCH = 8
"""Reports of a Dask task: what a task costs is then a fiftieth of reading them."""
_SHARES = 4
"""Tasks that are left for each worker's thread when a batch is cut off."""
PRELOAD = ("flows.warm",)
"""What the children need beside the reader: interpretation runs in them too."""


@dataclass(frozen=True, slots=True)
class Work:
    """One report to be read, with the place of results (`flows.store.results_place`). It travels."""

    source: Source
    results: str

    def done(self) -> steps.Interpretation:
        """The report read and interpreted; raises flows.steps.ReportFailed."""
        store = Store(self.results)
        if self.source.path.exists() or not store.far:
            return steps.process(self.source, children(), store)
        with Scratch("pdf") as folder:  # a worker that does not see the raw folder
            path = folder / self.source.path.name
            path.write_bytes(store.get(_pdf_key(self.source)) or b"")
            return steps.process(replace(self.source, path=path), children(), store)

    def tried(self) -> steps.Interpretation | steps.ReportFailed:
        """The same, with a failure as a value."""
        try:
            return self.done()
        except steps.ReportFailed as error:
            return error


@dataclass(frozen=True, slots=True)
class Workers:
    """The engine while it runs. `sandbox` are this process's own children."""

    runner: TaskRunner[Any]
    sandbox: Sandbox
    results: str
    far: bool

    def work(self, source: Source) -> Work:
        """The reading of `source`, to be submitted; workers elsewhere find the PDF with the results."""
        store = Store(self.results)
        if self.far and store.far and store.get(_pdf_key(source)) is None:
            store.put(_pdf_key(source), source.path.read_bytes())
        return Work(source, self.results)

    def at_once(self) -> int | None:
        """How many tasks run side by side, None where a task is cheap; asked from within the flow of reports."""
        from prefect.context import FlowRunContext

        context = FlowRunContext.get()
        client = getattr(context and context.task_runner, "client", None)  # a Dask runner has one
        return client and max(1, sum(client.nthreads().values()))

    def read_all(self) -> None:
        """Runs `flows.build.read_all` as a flow whose tasks this engine runs."""
        _reports.with_options(task_runner=self.runner)()


def batches(names: Sequence[str], at_once: int | None) -> Iterator[tuple[str, ...]]:
    """The reports `names` as the tasks that read them, smaller and smaller, so that the last ones end together.

    Each batch takes a share of what is left ("guided self-scheduling", Polychronopoulos and Kuck 1987), at most
    _MOST_IN_BATCH: how far a build is gets known batch by batch. Without `at_once` each report is a task.
    """
    ahead = 0
    while ahead < len(names):
        share = (len(names) - ahead) // (_SHARES * at_once) if at_once else 1
        size = min(max(1, share), _MOST_IN_BATCH)
        yield tuple(names[ahead : ahead + size])
        ahead += size


@flow(name="klachtenatlas-reports", validate_parameters=False, persist_result=False)
def _reports() -> None:
    """All reports side by side. A task that goes to another process takes this function along: it must hold nothing."""
    from flows.build import read_all

    read_all()


@contextmanager
def started(name: str, jobs: int, results: str) -> Iterator[Workers]:
    """The engine `name`: `local`, `dask` (a cluster of `jobs` processes on this machine), or the address of a Dask
    scheduler such as `tcp://10.0.0.1:8786`, whose workers see the same folders or reach the address `results`.
    """
    global _sandbox  # noqa: PLW0603 - one pool of children a process, whichever task asks for it
    local = name == LOCAL
    with Sandbox(jobs if local else 1, preload=PRELOAD) as sandbox:
        _sandbox = sandbox
        try:
            yield Workers(_runner(name, jobs), sandbox, results, far=name not in (LOCAL, DASK))
        finally:
            _sandbox = None


def _runner(name: str, jobs: int) -> TaskRunner[Any]:
    if name == LOCAL:
        from prefect.task_runners import ThreadPoolTaskRunner

        # One thread more than children: the next report is looked up in the cache while the others are read.
        return ThreadPoolTaskRunner(max_workers=jobs + 1)
    try:
        from prefect_dask import DaskTaskRunner
    except ImportError as error:
        raise CommandError(
            "The Dask engine is not installed; run `pip install 'klachtenatlas[dask]'` or use --engine local.", 2
        ) from error
    if name != DASK:
        runner: TaskRunner[Any] = DaskTaskRunner(address=name)
        return runner
    from flows import dask_workers

    return dask_workers.local_cluster(jobs)


def _pdf_key(source: Source) -> str:
    return key_of("pdf", source.sha256)


_sandbox: Sandbox | None = None
_starting = threading.Lock()


_NO_CHILDREN = (
    "This Dask worker may have no child processes, and reports are read in such. Start the workers with "
    "DASK_DISTRIBUTED__WORKER__DAEMON=False in their environment (or with --no-nanny) and run it again."
)


def children() -> Sandbox:
    """This process's children; a worker elsewhere starts one of its own and keeps it. Raises flows.steps.ReportFailed
    where it may have none.
    """
    global _sandbox  # noqa: PLW0603
    with _starting:
        if _sandbox is None:
            if multiprocessing.current_process().daemon:
                raise steps.ReportFailed(_NO_CHILDREN)
            _sandbox = Sandbox(1, preload=PRELOAD)
            atexit.register(end_children)
        return _sandbox


def end_children() -> None:
    """Kills the child that `children` started in a worker elsewhere."""
    global _sandbox  # noqa: PLW0603
    with _starting:
        if _sandbox is not None:
            _sandbox.close(now=True)
            _sandbox = None
