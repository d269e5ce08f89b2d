"""A build that waits for people: says how many labels wait, pauses in Prefect, goes on when it is resumed.

It can be resumed from anywhere that reaches the Prefect server: the server's page, `prefect flow-run resume`, or
`klachtenatlas resume`, which finds the run in a note among the caches. When nobody resumes in time the build goes on,
and what nobody decided stays published as `review` or `unmapped`.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from flows.errors import CommandError
from schemas.markdown import plain

PAGE_VARIABLE = "KLACHTENATLAS_REVIEW_URL"
"""Where the stewards' page answers, for links to it; the address of `klachtenatlas review` when it is not set."""
_NOTE = "waiting.json"
_POLL_SECONDS = 2
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Waiting:
    """The labels that wait for a person after a build, in all and by city."""

    labels: int
    cities: dict[str, int]

    def sentence(self, data: Path) -> str:
        """How many labels wait, and where they are decided."""
        plural = "s wait" if self.labels != 1 else " waits"
        return (
            f"{self.labels} label{plural} for a steward ({page_address()}). Start the page with "
            f"`klachtenatlas review --data {data}` where it does not run."
        )


def page_address(city: str = "") -> str:
    """The address of the stewards' page, or of a city's labels on it."""
    base = os.environ.get(PAGE_VARIABLE, "http://127.0.0.1:8765").rstrip("/")
    return f"{base}/?{urlencode({'city': city})}" if city else f"{base}/"


def waiting(dataset: Path) -> Waiting:
    """What waits in a dataset: unsure matches, and labels without a match that may well name a category."""
    from publish.reading import read

    labels = read(dataset, "labels", columns=["report_id", "status", "confidence"])
    open_ = labels[(labels["status"] == "review") | ((labels["status"] == "unmapped") & (labels["confidence"] < 1.0))]
    city = read(dataset, "reports").set_index("report_id")["city"]
    counts = open_["report_id"].map(city).fillna("").value_counts().sort_index()
    return Waiting(len(open_), {str(name): int(count) for name, count in counts.items()})


def wait(found: Waiting, data: Path, cache: Path, hours: float) -> bool:
    """Pauses the flow run at work until someone resumes it; False when nobody did within `hours`.

    Call it within a flow.
    """
    from prefect import runtime
    from prefect.exceptions import FlowPauseTimeout
    from prefect.flow_runs import pause_flow_run
    from prefect.input import RunInput

    class Decided(RunInput):
        """What the person who resumes may say."""

        by: str = ""

    told = Decided.with_initial_data(description=_description(found, data))
    with _noted(cache, str(runtime.flow_run.id)):
        try:
            pause_flow_run(wait_for_input=told, timeout=max(1, round(hours * _HOUR)), poll_interval=_POLL_SECONDS)
        except FlowPauseTimeout:
            return False
    return True


def resume(cache: Path, by: str = "") -> str:
    """Lets the build that waits go on and says which; raises CommandError when none waits or it cannot be reached."""
    path = cache / _NOTE
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError("No build waits for decisions (with these caches, see KLACHTENATLAS_CACHE).", 3) from error
    os.environ.update({name: value for name, value in note["environment"].items() if value})
    from prefect.flow_runs import resume_flow_run

    try:
        resume_flow_run(note["flow_run_id"], run_input={"by": by})
    except Exception as error:
        raise CommandError(
            f"The build {note['flow_run_id']} cannot be resumed: {type(error).__name__}. It may have ended; "
            f"if so, delete {path}.",
            3,
        ) from error
    return f"The build {note['flow_run_id']} goes on with what was decided."


@contextlib.contextmanager
def _noted(cache: Path, flow_run_id: str) -> Iterator[None]:
    """While the block runs, a note says which run waits, and how its server is reached; nobody else may read it."""
    names = ("PREFECT_API_URL", "PREFECT_API_AUTH_STRING", "PREFECT_API_KEY")
    path = cache / _NOTE
    note = {"flow_run_id": flow_run_id, "environment": {name: os.environ.get(name, "") for name in names}}
    cache.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(note, file)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _description(found: Waiting, data: Path) -> str:
    cities = "\n".join(f"- [{plain(city or 'no city')}]({page_address(city)}): {n}" for city, n in found.cities.items())
    return f"{found.sentence(data)}\n\n{cities}\n\nResume when they are decided, or to publish them undecided."


def as_artifact(found: Waiting, data: Path) -> None:
    """What waits as an artifact, for those who look at their builds in Prefect."""
    from prefect.artifacts import create_markdown_artifact

    create_markdown_artifact(key="klachtenatlas-stewards", markdown=_description(found, data))
