"""Knows which page is being worked at, so that a page that ends its reader costs that page and not the report.

A child that a page kills can say nothing any more. So it writes the page's number into a small file before it begins,
and bounds the page's processor time; the parent reads the file afterwards and has the rest read without that page.
Outside a child nothing is watched.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from schemas.limits import Limits
from schemas.printed import Problem

_WIDTH = 8
_LEAST = 0.01
"""Seconds: a timer that is set to nothing is none."""


class Watch:
    """Where a child says what it is at. `seconds` is the processor time that one page may take.

    `until` are the processor seconds of this process (`used_cpu`) at which all of it must be done;
    `late_at` is the moment of the system's monotonic clock at which the last page must be done; `slowest` is the wall
    time in seconds that the slowest page took.
    """

    def __init__(self, path: Path, seconds: int, until: float, late_at: float) -> None:
        self.seconds = seconds
        self.until = until
        self.late_at = late_at
        self.slowest = 0.0
        self._began = time.monotonic()
        self._file = os.open(path, os.O_WRONLY)
        self.says(0)

    def says(self, page: int) -> None:
        """Writes down the page being worked at, 0 for none, and when this child took the report up."""
        os.pwrite(self._file, f"{page:{_WIDTH}d} {self._began:.1f}".encode(), 0)

    def bound(self, seconds: int | None) -> None:
        """Ends this process when it uses more than so much processor time from now on, or more than it has left."""
        left = self.until - used_cpu()
        allow_cpu(left if seconds is None else min(left, seconds))

    def close(self) -> None:
        """Ends the watching."""
        os.close(self._file)


_current: list[Watch] = []


@contextlib.contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """Has `page` tell `watch` in this process."""
    _current.append(watch)
    try:
        yield
    finally:
        _current.pop()
        watch.close()


@contextlib.contextmanager
def page(number: int, seconds: int | None = None) -> Iterator[None]:
    """What runs inside is the work on one page, which may take the watch's processor time, or `seconds`.

    When it raises, the page stays noted as the culprit: who catches the exception and goes on says `no_page`.
    """
    if not _current:
        yield
        return
    watch = _current[-1]
    watch.says(number)
    watch.bound(seconds or watch.seconds)
    began = time.monotonic()
    yield
    watch.slowest = max(watch.slowest, time.monotonic() - began)
    no_page()


def no_page() -> None:
    """What runs from now on is no single page's doing."""
    for watch in _current[-1:]:
        watch.says(0)
        watch.bound(None)


def late() -> bool:
    """Whether one more page like the slowest would take the time in which what was read must still be put together."""
    return any(time.monotonic() + watch.slowest >= watch.late_at for watch in _current[-1:])


def too_late(numbers: Sequence[int], limits: Limits) -> Problem:
    """What is to be said of the pages that were not taken up."""
    which = f"Page {numbers[0]} was" if len(numbers) == 1 else f"{len(numbers)} pages from {numbers[0]} on were"
    time_allowed = f"the {limits.seconds_most:.0f} seconds that a report may take"
    what = f"{which} not read: {time_allowed} were over. Raise the limit seconds_most if it is to be read whole."
    return Problem(what, numbers[0], "error")


def said(path: Path) -> tuple[int, float]:
    """The page that a child was at when it ended (0 for none), and the seconds since it took the report up."""
    try:
        page, began = path.read_text(encoding="ascii").split()
        return int(page), time.monotonic() - float(began)
    except (OSError, ValueError):
        return 0, 0.0


def used_cpu() -> float:
    """Processor seconds that this process has used; 0 where that cannot be told (Windows)."""
    return 0.0 if sys.platform == "win32" else time.process_time()


def allow_cpu(seconds: float | None) -> None:
    """Has the system end this process (SIGPROF) when it uses so many processor seconds from now on; None lifts that.

    A timer and not RLIMIT_CPU, which bounds all that a process ever used, counted in the scheduler's ticks. What a
    process can ask for is counted by the clock: on a busy machine the two were 1.5 s apart after 20, and a reader that
    had read some hundred reports would be ended in the middle of a good page.
    """
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, 0 if seconds is None else max(seconds, _LEAST))
