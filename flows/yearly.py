"""The scheduled run as one Prefect flow: look for reports, build beside what is published, compare, publish or stop.

What is published changes in one step, at the end, and only when nothing speaks against it. Whatever happens before, the
published folder is as it was; a run that was killed is run again and ends as if it had never been.
"""

from __future__ import annotations

import datetime
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows import refresh as looking
from flows.build import build_dataset, progress
from flows.catalogue import load
from flows.local_server import local_server_runs
from flows.lock import locked
from flows.plan import Plan
from flows.publication import holds
from flows.refresh import Looked
from flows.run import NothingToPublish, saying_why
from flows.web import Manners
from publish.diff import DatasetDiff, diff
from publish.drift import Drift, drift
from publish.folder import MANIFEST, promoted
from publish.reading import version

if TYPE_CHECKING:
    from flows.run_report import RunReport

_PLAIN: Final[dict[str, Any]] = {"cache_policy": NO_CACHE, "persist_result": False}


class Stopped(Exception):
    """The run did not publish what it built; the message says why and what to do."""


@flow(name="klachtenatlas-update", validate_parameters=False, persist_result=False)
def update(
    raw: str,
    out: str,
    cache: str,
    jobs: int = 2,
    engine: str = "local",
    fetch: bool = True,
    accept: bool = False,
    allow_private: bool = False,
    report: str | None = None,
    notify: list[str] | None = None,
    wait_hours: float = 0.0,
) -> RunReport:
    """One run, see flows.plan.Plan; raises Stopped, or flows.run.NothingToPublish, with `out` as it was."""
    plan = Plan(raw, out, cache, jobs, engine, fetch, accept, allow_private, report, notify or [], wait_hours)
    with locked(Path(out).resolve()):
        return _run(plan)


def _run(plan: Plan) -> RunReport:
    from flows.run_report import RunReport

    say, out, staged = progress.get(), Path(plan.out), staging(plan)
    looked = look(plan) if plan.fetch else Looked((), ())
    awaited = tuple(looking.missing(load(Path(plan.raw)), datetime.date.today().year))
    try:
        outcome = build_dataset(plan.raw, str(staged), plan.cache, plan.jobs, plan.engine, plan.wait_hours)
    except NothingToPublish as error:
        told = RunReport.without_build(looked, awaited, str(error))
        _tell(told, plan)
        raise
    say("comparing with what is published")
    changes, drifts = compare(out, staged)
    against = [drift for drift in drifts if drift.severity == "stop"]
    publishes = plan.accept or not against
    told = RunReport.of(
        looked,
        awaited,
        outcome,
        changes,
        drifts,
        published=publishes,
        version=version(staged),
        changed=not holds(out, (staged / MANIFEST).read_bytes()),
    )
    if publishes:
        try:
            replace(staged, out)
        except NothingToPublish as error:
            _tell(RunReport.without_build(looked, awaited, str(error)), plan)
            raise
    _tell(told, plan)
    if os.environ.get("PREFECT_API_URL") and not local_server_runs():
        told.as_artifact()
    if not publishes:
        raise Stopped(told.stopped())
    return told


def _tell(told: RunReport, plan: Plan) -> None:
    """Keeps the report and sends it; a disk or an address that does not take it is named and costs nothing else."""
    from flows.run_report import keep, send

    try:
        keep(told, plan.report)
    except OSError as error:
        progress.get()(f"the run's report could not be written to {plan.report}: {error.strerror}")
    for channel in send(told, plan.notify):
        progress.get()(f"an address of the kind {channel} could not be told; see --notify")


def staging(plan: Plan) -> Path:
    """Where the dataset is built before it is published: one folder for each published one."""
    name = hashlib.sha256(str(Path(plan.out).resolve()).encode()).hexdigest()[:12]
    return Path(plan.cache).resolve().parent / "staging" / name


@task(**_PLAIN)
def look(plan: Plan) -> Looked:
    """The catalogue's addresses, asked for what is new."""
    manners = Manners(private=plan.allow_private)
    return looking.refresh(load(Path(plan.raw)), progress.get(), manners)


@task(**_PLAIN)
def compare(out: Path, staged: Path) -> tuple[DatasetDiff | None, list[Drift]]:
    """What would change if `staged` were published; nothing when it is the first."""
    if not (out / MANIFEST).is_file():
        return None, []
    if (out / MANIFEST).read_bytes() == (staged / MANIFEST).read_bytes():
        return None, []
    return diff(out, staged), drift(out, staged)


# The disk may be full or away for a moment; the folder is swapped as a whole, so copying it again is safe.
@task(retries=1, retry_delay_seconds=2, **_PLAIN)
def replace(staged: Path, out: Path) -> None:
    """The staged dataset takes the published one's place, unless it stands there already."""
    if not holds(out, (staged / MANIFEST).read_bytes()):
        with saying_why(out):
            promoted(staged, out)
