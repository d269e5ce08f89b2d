"""The build as one Prefect flow: reports read and interpreted each alone, then together reconciled, checked, published.

A report that fails costs itself only. The steps themselves are in `flows.steps`, where they run is decided by
`flows.engine`; this module orders them, says how far they are, and decides what a failure means for the whole. Import
it inside `flows.local_server.prefect_server`, or with PREFECT_API_URL set.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Final

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture, as_completed

from flows import engine, stewards
from flows.assemble import Failure
from flows.catalogue import Catalogue, load
from flows.inputs import gathered, known
from flows.local_server import local_server_runs
from flows.lock import locked
from flows.run import Run
from flows.steps import Interpretation, ReportFailed
from flows.store import Store, results_place
from flows.unchanged import published_already, remember_published
from schemas.catalogue import Entry
from schemas.markdown import plain

_PLAIN: Final[dict[str, Any]] = {"cache_policy": NO_CACHE, "persist_result": False}
"""Results are kept by `flows.store`, by content; Prefect's own cache would keep them as pickles."""

Say = Callable[[str], None]
progress: ContextVar[Say] = ContextVar("progress", default=lambda _: None)
"""Called with a sentence whenever the build has got further."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build published, and where. `inferred` are the entries made for PDFs that have none."""

    dataset: Path
    failures: tuple[Failure, ...]
    catalogue: Catalogue
    inferred: tuple[Entry, ...]


def _killed(_task: Any, _run: Any, state: State[Any]) -> bool:
    """Whether the system killed a report's reader: it may have wanted the memory just then, so it is tried again."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, ReportFailed) and not _final(error)


def _final(outcome: object) -> bool:
    """Whether trying the report again would give the same failure."""
    return isinstance(outcome, ReportFailed) and outcome.kind != "killed"


@task(retries=1, retry_condition_fn=_killed, task_run_name="report {report_id}", **_PLAIN)
def report(report_id: str, work: engine.Work) -> Interpretation:
    """One report read and interpreted, here or on another machine."""
    return work.done()


@task(task_run_name="reports {first} and following", **_PLAIN)
def batch(first: str, works: tuple[engine.Work, ...]) -> tuple[Interpretation | ReportFailed, ...]:
    """Several reports one after the other, where a task is dear (`flows.engine`); one that fails costs itself only."""
    return tuple(work.tried() for work in works)


@task(**_PLAIN)
def reconcile(run: Run) -> None:
    """What the reports' own arithmetic contradicts."""
    run.reconcile()


@task(**_PLAIN)
def put_together(run: Run) -> None:
    """All tables of the dataset."""
    run.put_together()


# The disk may be full or away for a moment; the folder is swapped as a whole, so writing it again is safe.
@task(retries=1, retry_delay_seconds=2, **_PLAIN)
def publish(run: Run, out: Path) -> None:
    """The tables checked against their schemas and each other, then the files."""
    run.write(out)


@flow(name="klachtenatlas-build", validate_parameters=False, persist_result=False)
def build_dataset(
    raw: str, out: str, cache: str, jobs: int = 2, engine_name: str = engine.LOCAL, wait_hours: float = 0.0
) -> Outcome:
    """Builds the dataset of the reports under `raw` into `out`; raises NothingToPublish when there is none.

    `engine_name` says where reports are read (`flows.engine`). Where `out` is, byte for byte, what these reports, this
    code and these decisions were published as before, no report is looked at again. With `wait_hours` the run pauses
    for so long where labels wait for a person, and takes in what was decided when it is resumed.
    """
    say = progress.get()
    with locked(Path(out).resolve()):
        outcome = _built(raw, out, cache, jobs, engine_name)
        found = stewards.waiting(outcome.dataset)
        lasting = bool(os.environ.get("PREFECT_API_URL")) and not local_server_runs()
        if found.labels and lasting:
            stewards.as_artifact(found, Path(out))
        if found.labels and wait_hours > 0:
            say(f"{found.sentence(Path(out))} This build waits for {wait_hours:g} h; go on with `klachtenatlas resume`")
            if stewards.wait(found, Path(out), Path(cache).parent, wait_hours):
                say("resumed: taking in what was decided")
                outcome = _built(raw, out, cache, jobs, engine_name)
            else:
                say("nobody resumed; what waits stays published as it is")
    if lasting:
        _artifacts(outcome)
    return outcome


def _built(raw: str, out: str, cache: str, jobs: int, engine_name: str) -> Outcome:
    """One pass from the reports to the files."""
    say = progress.get()
    run = Run(load(Path(raw)), Store(Path(cache)))
    say(f"looking at {len(run.catalogue.sources) + len(run.catalogue.loose)} reports")
    inferred = published_already(run.catalogue, Path(out), run.store)
    if inferred is not None:
        if not known(Path(out), Path(cache)):  # a dataset from elsewhere, or an emptied cache
            gathered(run.catalogue).keep(Path(out), Path(cache))
        return Outcome(Path(out), (), run.catalogue, inferred)
    with engine.started(engine_name, jobs, results_place(cache)) as workers:
        run.find_sources(workers.sandbox)
        _at_work.append((run, workers))
        try:
            workers.read_all()
        finally:
            _at_work.pop()
    run.require_parts()
    say("checking the reports' own arithmetic")
    reconcile(run)
    put_together(run)
    say(f"checking the tables and writing {out}")
    publish(run, Path(out))
    inferred = tuple(run.parts[name].entry for name in sorted(run.parts) if run.parts[name].entry.inferred)
    remember_published(run.catalogue, run.failures, inferred, Path(out), run.store)
    gathered(run.catalogue).keep(Path(out), Path(cache))
    return Outcome(Path(out), tuple(run.failures), run.catalogue, inferred)


_at_work: list[tuple[Run, engine.Workers]] = []
"""The run whose reports are being read; a flow's parameters would travel with each of its tasks."""


def read_all() -> None:
    """Has the reports of the run at work read, and keeps what came of each; what fails is set aside with its reason.

    What a batch did not settle (its reader or all of it was killed) is tried again report by report; what had gone well
    is in the cache.
    """
    run, workers = _at_work[-1]
    done = count(1)
    left = _gathered(run, workers, engine.batches(sorted(run.sources), workers.at_once()), done)
    _gathered(run, workers, [(name,) for name in left], done)


def _gathered(run: Run, workers: engine.Workers, batches: Iterable[tuple[str, ...]], done: Iterator[int]) -> list[str]:
    """Submits the batches of reports and takes what comes of them; gives the reports that are to be tried alone."""
    say = progress.get()
    started: dict[PrefectFuture[Any], tuple[str, ...]] = {}
    for names in batches:
        works = tuple(workers.work(run.sources[name]) for name in names)
        future = report.submit(names[0], works[0]) if len(names) == 1 else batch.submit(names[0], works)
        started[future] = names
    alone: list[str] = []
    for future in as_completed(list(started)):
        names = started.pop(future)
        for name, outcome in zip(names, _outcomes(future, len(names)), strict=True):
            if isinstance(outcome, Interpretation):
                run.parts[name] = outcome
            elif len(names) > 1 and not _final(outcome):
                alone.append(name)
                continue
            else:
                run.fail(name, outcome)
            how = "read" if name in run.parts else "could not read"
            say(f"{how} {name} ({next(done)} of {len(run.sources)})")
    return sorted(alone)


def _outcomes(future: PrefectFuture[Any], reports: int) -> tuple[object, ...]:
    """What a task gave for each of its reports; where it failed as a whole, its error for each."""
    future.wait()
    if not future.state.is_completed():
        return (future.state.result(raise_on_failure=False),) * reports
    return future.result() if reports > 1 else (future.result(),)


def _artifacts(outcome: Outcome) -> None:
    """The reports' table and a summary, for those who look at their builds in Prefect."""
    from prefect.artifacts import create_markdown_artifact, create_table_artifact

    from publish.reading import count as rows_of
    from publish.reading import read
    from schemas.tables import TABLES

    reports = read(outcome.dataset, "reports")
    shown = ["report_id", "edition", "status", "pages", "tables", "observations", "cases", "needs_review", "reason"]
    rows = json.loads(reports[shown].to_json(orient="records"))
    create_table_artifact(key="klachtenatlas-reports", table=rows, description="Reports of this build")
    sizes = "\n".join(f"- {name}: {rows_of(outcome.dataset, name)}" for name in sorted(TABLES))
    failed = "\n".join(f"- {plain(failure.reason)}" for failure in outcome.failures) or "none"
    create_markdown_artifact(key="klachtenatlas-build", markdown=f"## Rows\n{sizes}\n\n## Failed\n{failed}\n")
