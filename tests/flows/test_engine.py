"""How reports become tasks, and what becomes of those that share one."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from flows.catalogue import Catalogue, Source
from flows.run import Run
from flows.steps import Interpretation, ReportFailed
from flows.store import Kept, Store
from schemas.catalogue import Entry

pytestmark = pytest.mark.usefixtures("prefect")


def test_each_report_is_a_task_where_tasks_are_cheap() -> None:
    from flows.engine import batches

    assert list(batches(["a", "b", "c"], None)) == [("a",), ("b",), ("c",)]


@pytest.mark.parametrize("count", [0, 1, 17, 100, 1000])
def test_batches_hold_every_report_once_in_order_and_shrink_to_single_ones(count: int) -> None:
    from flows.engine import batches

    names = [f"{number:04d}" for number in range(count)]
    made = list(batches(names, 4))
    assert [name for batch in made for name in batch] == names
    sizes = [len(batch) for batch in made]
    assert sizes == sorted(sizes, reverse=True)
    assert set(sizes[-4:]) <= {1}, "the last ones end together"
    assert max(sizes, default=1) <= max(1, min(8, count // 16))


def entry(name: str) -> Entry:
    return Entry(name, "Voorbeeld", "BE", "Ombudsdienst", "Jaarverslag", 2023, "nl", "synthetic")


@dataclass
class Reading:
    """A report whose reading goes as told: `first` the first time, well after that."""

    name: str
    first: Exception | None = None
    always: bool = False
    times: list[str] = field(default_factory=list)

    def done(self) -> Interpretation:
        self.times.append("read")
        if self.first and (self.always or len(self.times) == 1):
            raise self.first
        return Interpretation(entry(self.name), "0", 1, 1, {}, 0, "ok", None, Kept("a"), Kept("b"))

    def tried(self) -> Interpretation | ReportFailed:
        try:
            return self.done()
        except ReportFailed as error:
            return error


def test_a_report_that_fails_in_a_batch_costs_itself_only_and_a_killed_reader_is_tried_again(tmp_path: Path) -> None:
    from prefect import flow
    from prefect.task_runners import ThreadPoolTaskRunner

    from flows import build

    told = [
        Reading("a"),
        Reading("b-unreadable", ReportFailed("it is empty", "unreadable"), always=True),
        Reading("c-killed", ReportFailed("killed", "killed")),
        Reading("d"),
        Reading("f01-fault", RuntimeError("a fault"), always=True),  # it takes its whole batch down
        *(Reading(f"f{number:02d}") for number in range(35)),
    ]
    readings = {reading.name: reading for reading in told}
    run = Run(Catalogue(tmp_path), Store(tmp_path))
    for name in readings:
        run.sources[name] = Source(entry(name), tmp_path / name, "0")
    workers: Any = SimpleNamespace(work=lambda source: readings[source.entry.id], at_once=lambda: 2)

    threads: Any = ThreadPoolTaskRunner(max_workers=2)

    @flow(task_runner=threads)
    def reading() -> None:
        build.read_all()

    build._at_work.append((run, workers))
    said: list[str] = []
    token = build.progress.set(said.append)
    try:
        reading()
    finally:
        build.progress.reset(token)
        build._at_work.pop()
    assert set(run.parts) == set(readings) - {"b-unreadable", "f01-fault"}
    assert {failure.id: failure.reason for failure in run.failures}["b-unreadable"] == "it is empty"
    assert "a fault" in {failure.id: failure.reason for failure in run.failures}["f01-fault"]
    assert [len(readings[name].times) for name in ("a", "c-killed", "f30")] == [1, 2, 1]
    assert len(said) == len(told) and "(40 of 40)" in said[-1]
