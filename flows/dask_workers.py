"""A Dask cluster on this machine, and what its workers do when they start and end.

Workers that are started by hand may do the same: `dask worker ADDRESS --preload flows.dask_workers`.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any, Final

import dask

from flows import engine

if TYPE_CHECKING:
    from prefect.task_runners import TaskRunner

_CONFIG: Final[dict[str, Any]] = {
    "distributed.worker.daemon": False,  # workers have children of their own: the readers
    # A hundred times a second each process looks at what its threads are doing, for a dashboard that there is not.
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "500ms",
    "distributed.admin.system-monitor.interval": "5s",
}
"""A cluster that watches itself less: that took a third of the workers' own processor time."""


def local_cluster(jobs: int) -> TaskRunner[Any]:
    """Prefect's Dask task runner with `jobs` worker processes of its own on this machine."""
    from prefect_dask import DaskTaskRunner

    logging.getLogger("distributed").setLevel(logging.ERROR)  # a cluster narrates its every connection
    dask.config.set(_CONFIG)
    options = {
        "n_workers": jobs,
        "threads_per_worker": 2,  # a worker has one child that reads; the second thread looks up the next report
        "processes": True,
        "dashboard_address": None,
        "memory_limit": 0,  # the child that reads has its own limit, the worker holds hardly anything
        "preload": [__name__],
    }
    runner: TaskRunner[Any] = DaskTaskRunner(cluster_kwargs=options)
    return runner


def dask_setup(_worker: object) -> None:
    """Called by Dask in a worker that starts: its child's imports need not wait for the first report."""
    # Dask has its workers give memory back early, and children inherit that: reading five reports then took 43,000 page
    # faults instead of 250.
    os.environ.pop("MALLOC_TRIM_THRESHOLD_", None)
    engine.children().warm()


def dask_teardown(_worker: object) -> None:
    """Called by Dask in a worker that ends: with a child alive it would wait until it is killed, four seconds later."""
    engine.end_children()
