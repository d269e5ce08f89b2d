"""`klachtenatlas update` and `schedule`: looking for new reports and publishing them, once or by the clock."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from flows.command_build import with_prefect
from flows.errors import CommandError
from flows.plan import Plan
from flows.store import default_folder

if TYPE_CHECKING:
    from flows.run_report import RunReport

REPORTS = "runs"
"""Where runs report to when no folder is given, under the folder of caches."""


def run_update(plan: Plan) -> int:
    """One run; gives the exit status. Raises CommandError when nothing was published."""

    def run(_: Path) -> RunReport:
        from flows.yearly import Stopped, update

        try:
            told: RunReport = update.with_options(log_prints=False)(**asdict(plan))
            return told
        except Stopped as error:
            raise CommandError(str(error), 3) from error

    told = with_prefect(Path(plan.raw), run)
    print(f"{told.headline}. {told.summary}", file=sys.stderr)
    if plan.report:
        print(f"The run's report: {Path(plan.report) / 'latest.html'}", file=sys.stderr)
    return 1 if told.trouble else 0


def plan_of(raw: Path, out: Path, **options: object) -> Plan:
    """A plan for these folders with this machine's caches; a report goes there too unless told otherwise."""
    report = options.pop("report") or default_folder() / REPORTS
    return Plan(str(raw), str(out), str(default_folder() / "results"), report=str(report), **options)  # type: ignore[arg-type]


def serve(plan: Plan, cron: str) -> None:
    """Runs `plan` by the clock until stopped, on a Prefect server of its own unless PREFECT_API_URL names one."""
    from flows.local_server import lasting_server

    with lasting_server(default_folder()) as server:
        if server:
            print(f"Prefect answers at {server.url}", file=sys.stderr)
        from prefect.client.schemas.schedules import CronSchedule
        from pydantic import ValidationError

        try:
            CronSchedule(cron=cron)
        except ValidationError as error:
            raise CommandError(
                f"--cron {cron!r} is no cron expression such as '0 3 * * 1' (Mondays at 3).", 2
            ) from error
        from flows.yearly import update

        print(f"Waiting for {cron!r}; stop with Ctrl-C. What the runs tell: {plan.report}", file=sys.stderr)
        parameters = {**asdict(plan), "raw": str(Path(plan.raw).resolve()), "out": str(Path(plan.out).resolve())}
        update.serve(name="scheduled", cron=cron, parameters=parameters, print_starting_message=False, limit=1)
