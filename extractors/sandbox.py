"""Reads reports in child processes that can be killed: a PDF is hostile until it is read.

Whatever a file does to its reader (loops, eats memory, crashes a C library) costs that report only and comes back as a
`ReadFailure` with a sentence for a person. The children are reused, so that many reports pay the imports once. Nothing
here looks at what a page says, except that `glance` fetches the text of the first pages for those who must guess what a
report is.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from pebble import ProcessExpired, ProcessPool

from schemas.limits import MEGABYTE, Limits
from schemas.printed import PrintedReport, from_json, to_json

FailureKind = Literal["unreadable", "too_large", "too_many_pages", "time", "memory", "crash", "error"]

_OUT_OF_MEMORY = 71
"""Exit status of a child that ran out of memory: after that its heap is not to be trusted with another report."""
_OPEN_CPU_SECONDS = 60


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """Why a report was not read. `reason` is a sentence that names the file and says what can be done."""

    kind: FailureKind
    reason: str


@dataclass(frozen=True, slots=True)
class Request:
    """One report to read. `publisher` and `reporting_year` are what the catalogue says, for what the report leaves unsaid."""

    path: Path
    language: str
    publisher: str | None = None
    reporting_year: int | None = None
    hints: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Glance:
    """What a PDF shows without being read: its pages, its metadata's title, the plain text of the first pages."""

    pages: int
    title: str | None
    text: str


class Sandbox:
    """A pool of reading processes. Use it as a context manager; its methods may be called from several threads.

    `jobs` is the number of reports read at one time.
    """

    def __init__(self, jobs: int = 1, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.jobs = max(1, jobs)
        self._pool = ProcessPool(
            max_workers=self.jobs, initializer=_start, initargs=(self.limits.memory_bytes,), context=_context()
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(now=kind is not None)

    def close(self, *, now: bool = False) -> None:
        """Ends the children; `now` kills those that are reading."""
        if now:
            self._pool.stop()
        else:
            self._pool.close()
        self._pool.join()

    def warm(self) -> None:
        """Starts the children and their imports in the background, so that the first report need not wait for them."""
        for _ in range(self.jobs):
            self._pool.schedule(_import_reader)

    def read(self, request: Request) -> PrintedReport | ReadFailure:
        """The report that `request` names, or why it could not be read. Blocks."""
        pages = self.count_pages(request.path)
        if isinstance(pages, ReadFailure):
            return pages
        limits, name = self.limits, request.path.name
        seconds = limits.seconds(pages)
        answer = self._ask(
            name, seconds, _read, request, limits.cpu_seconds(pages), limits.result_bytes
        )
        return answer if isinstance(answer, ReadFailure) else from_json(answer)

    def count_pages(self, path: Path) -> int | ReadFailure:
        """The number of pages of a file that may be read, or why it may not."""
        limits = self.limits
        try:
            size = path.stat().st_size
        except OSError as error:
            return ReadFailure("unreadable", f"{path.name} cannot be opened: {error.strerror}. Check its path and rights.")
        if size > limits.file_bytes:
            return ReadFailure(
                "too_large",
                f"{path.name} is {size / MEGABYTE:.0f} MB, more than the {limits.file_bytes / MEGABYTE:.0f} MB allowed. "
                "Split it, or raise the limit if it is to be trusted.",
            )
        pages = self._ask(path.name, limits.open_seconds, _count_pages, path)
        if isinstance(pages, ReadFailure) or pages <= limits.pages:
            return pages
        return ReadFailure(
            "too_many_pages",
            f"{path.name} has {pages} pages, more than the {limits.pages} allowed. "
            "Keep the pages of the report itself, or raise the limit if it is to be trusted.",
        )

    def glance(self, path: Path, pages: int = 6) -> Glance | ReadFailure:
        """The text of the first `pages` pages, within the same limits."""
        counted = self.count_pages(path)
        if isinstance(counted, ReadFailure):
            return counted
        return self._ask(path.name, self.limits.seconds(0), _glance, path, pages)

    def run[T](self, name: str, seconds: float, function: Callable[..., T], *args: object) -> T | ReadFailure:
        return self._ask(name, seconds, function, *args)


def _context() -> Any:
    """How children are made.

    A fork server starts a child in milliseconds after a kill and never copies this process's threads or open files;
    where there is none (Windows) each child is started anew.
    """
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["extractors.sandbox"])
        return context
    return multiprocessing.get_context("spawn")
