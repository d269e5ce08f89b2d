"""The build as one Prefect flow: reports read and interpreted each alone, then together reconciled, checked, published.

A report that fails costs itself only. The steps themselves are in `flows.steps`, where they run is decided by
`flows.engine`; this module orders them, says how far they are, and decides what a failure means for the whole. Import
it inside `flows.local_server.prefect_server`, or with PREFECT_API_URL set.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture, as_completed

from extractors.sandbox import Sandbox
from flows import engine, steps
from flows.assemble import Failure, assemble, page_sizes
from flows.catalogue import Catalogue, Source, load
from flows.glances import inferred_source
from flows.local_server import local_server_runs
from flows.lock import locked
from flows.steps import Interpretation, ReportFailed
from flows.store import Store
from flows.unchanged import published_already, remember_published
from schemas.catalogue import Entry

if TYPE_CHECKING:
    import pandas as pd

_PLAIN: Final[dict[str, Any]] = {"cache_policy": NO_CACHE, "persist_result": False}
"""Results are kept by `flows.store`, by content; Prefect's own cache would keep them as pickles."""

Say = Callable[[str], None]
progress: ContextVar[Say] = ContextVar("progress", default=lambda _: None)
"""Called with a sentence whenever the build has got further."""


class NothingToPublish(Exception):
    """The build has no result; the message is a sentence with what to do."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build published. `pasted` are the entries inferred for PDFs that have none."""

    tables: dict[str, pd.DataFrame]
    failures: tuple[Failure, ...]
    catalogue: Catalogue
    inferred: tuple[Entry, ...]


class Run:
    """What the tasks of one build share. Prefect walks through the arguments of tasks; it leaves this object alone."""

    def __init__(self, catalogue: Catalogue, store: Store) -> None:
        self.catalogue = catalogue
        self.store = store
        self.sources: dict[str, Source] = {}
        self.parts: dict[str, Interpretation] = {}
        self.failures: list[Failure] = []
        self.findings: pd.DataFrame | None = None
        self.tables: dict[str, pd.DataFrame] = {}

    def in_order(self) -> list[Interpretation]:
        """The interpreted reports by id: the order in which they were finished must not be seen in the result."""
        return [self.parts[report_id] for report_id in sorted(self.parts)]


def _killed(_task: Any, _run: Any, state: State[Any]) -> bool:
    """Whether the system killed a report's reader: it may have wanted the memory just then, so it is tried again."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, ReportFailed) and error.kind == "killed"


@task(retries=1, retry_condition_fn=_killed, task_run_name="report {report_id}", **_PLAIN)
def report(report_id: str, work: engine.Work) -> Interpretation:
    """One report read and interpreted, here or on another machine."""
    return work.done()


@task(**_PLAIN)
def reconcile(run: Run) -> None:
    """What the reports' own arithmetic contradicts."""
    run.findings = steps.reconcile(run.in_order(), run.store)


@task(**_PLAIN)
def put_together(run: Run) -> None:
    """All tables of the dataset."""
    assert run.findings is not None
    run.tables = assemble(run.in_order(), run.failures, run.findings)


# The disk may be full or away for a moment; the folder is swapped as a whole, so writing it again is safe.
@task(retries=1, retry_delay_seconds=2, **_PLAIN)
def publish(run: Run, out: Path) -> None:
    """The tables checked against their schemas and each other, then the files."""
    from flows.publication import write

    write(run.tables, out, page_sizes(run.in_order()), run.catalogue.root, run.store)


@flow(name="klachtenatlas-build", validate_parameters=False, persist_result=False)
def build_dataset(raw: str, out: str, cache: str, jobs: int = 2, engine_name: str = engine.LOCAL) -> Outcome:
    """Builds the dataset of the reports under `raw` into `out`; raises NothingToPublish when there is none.

    `engine_name` says where reports are read (`flows.engine`). Where `out` is, byte for byte, what these reports, this
    code and these decisions were published as before, no report is looked at again.
    """
    say = progress.get()
    with locked(Path(out).resolve()):
        run = Run(load(Path(raw)), Store(Path(cache)))
        say(f"looking at {len(run.catalogue.sources) + len(run.catalogue.loose)} reports")
        if kept := published_already(run.catalogue, Path(out), run.store):
            return Outcome(kept, (), run.catalogue, ())
        with engine.started(engine_name, jobs, Path(cache)) as workers:
            _find_sources(run, workers.sandbox)
            _at_work.append((run, workers))
            try:
                workers.read_all()
            finally:
                _at_work.pop()
        if not run.parts:
            raise NothingToPublish(_nothing(run))
        say("checking the reports' own arithmetic")
        reconcile(run)
        put_together(run)
        say(f"checking the tables and writing {out}")
        publish(run, Path(out))
        remember_published(run.catalogue, run.failures, Path(out), run.store)
    guessed = tuple(part.entry for part in run.in_order() if part.entry.inferred)
    outcome = Outcome(run.tables, tuple(run.failures), run.catalogue, guessed)
    if os.environ.get("PREFECT_API_URL") and not local_server_runs():
        _artifacts(outcome)
    return outcome


def _find_sources(run: Run, sandbox: Sandbox) -> None:
    """Everything to read, the PDFs without an entry included; what cannot be is a failure already."""
    catalogue = run.catalogue
    run.failures.extend(Failure(refused.id, refused.reason, refused.entry) for refused in catalogue.refused)
    run.sources.update((source.entry.id, source) for source in catalogue.sources)
    taken = set(run.sources) | {failure.id for failure in run.failures}
    for path, sha256 in catalogue.loose:
        found = inferred_source(path, catalogue.root.resolve(), sha256, sandbox, run.store)
        if isinstance(found, Failure):
            run.failures.append(found)
        else:
            found = steps.renamed(found, taken | set(run.sources))
            run.sources[found.entry.id] = found


_at_work: list[tuple[Run, engine.Workers]] = []
"""The run whose reports are being read; a flow's parameters would travel with each of its tasks."""


def read_all() -> None:
    """Submits each report of the run at work and gathers what came of it; what fails is set aside with its reason."""
    run, workers = _at_work[-1]
    say = progress.get()
    started = {report.submit(name, workers.work(run.sources[name])): name for name in sorted(run.sources)}
    for done, future in enumerate(as_completed(list(started)), start=1):
        report_id = started.pop(future)
        how = "read" if _went_well(run, report_id, future) else "could not read"
        say(f"{how} {report_id} ({done} of {len(run.sources)})")
    run.failures.sort(key=lambda failure: failure.id)


def _went_well(run: Run, report_id: str, done: PrefectFuture[Any]) -> bool:
    done.wait()
    if done.state.is_completed():
        run.parts[report_id] = done.result()
        return True
    error = done.state.result(raise_on_failure=False)
    reason = str(error) if isinstance(error, ReportFailed) else _fault(report_id, error)
    source = run.sources[report_id]
    run.failures.append(Failure(report_id, reason, source.entry, source.sha256))
    return False


def _fault(report_id: str, error: object) -> str:
    words = " ".join(str(error).split())[:300] or type(error).__name__
    return f"{report_id}: {type(error).__name__}: {words.rstrip('.')}. This is a fault of the program; report it."


def _artifacts(outcome: Outcome) -> None:
    """The reports' table and a summary, for those who look at their builds in Prefect."""
    from prefect.artifacts import create_markdown_artifact, create_table_artifact

    reports = outcome.tables["reports"]
    shown = ["report_id", "edition", "status", "pages", "tables", "observations", "cases", "needs_review", "reason"]
    rows = json.loads(reports[shown].to_json(orient="records"))
    create_table_artifact(key="klachtenatlas-reports", table=rows, description="Reports of this build")
    sizes = "\n".join(f"- {name}: {len(frame)}" for name, frame in sorted(outcome.tables.items()))
    failed = "\n".join(f"- {failure.reason}" for failure in outcome.failures) or "none"
    create_markdown_artifact(key="klachtenatlas-build", markdown=f"## Rows\n{sizes}\n\n## Failed\n{failed}\n")


def _nothing(run: Run) -> str:
    if run.failures:
        reasons = "\n".join(failure.sentence() for failure in run.failures)
        return f"None of the reports could be read, so nothing was published:\n{reasons}"
    hint = " Entries without a file can be fetched with `klachtenatlas fetch`." if run.catalogue.not_fetched else ""
    return f"There is no PDF under {run.catalogue.root}, so nothing was published.{hint}"
