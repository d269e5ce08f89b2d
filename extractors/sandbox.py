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
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError, Future, InvalidStateError
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from extractors import watch
from schemas.files import Scratch
from schemas.limits import MEGABYTE, Limits, current_limits
from schemas.printed import PrintedReport, from_json, to_json

FailureKind = Literal[
    "unreadable", "no_such_page", "too_large", "too_many_pages", "time", "memory", "crash", "killed", "error"
]

_OUT_OF_MEMORY = 71
"""Exit status of a child that ran out of memory: after that its heap is not to be trusted with another report."""
_OPEN_CPU_SECONDS = 60
_GLANCED_PICTURES = 3
"""Pages of a scan that are read for a first impression: a cover, a page of contents and a page of text."""
_READING = 2 / 3
"""Share of a report's time for its reading; the rest is for a first look at it, which a file without an entry gets."""
_PAGES = 0.6
"""Share of the time of a reading after which no further page is taken up: tables and text still have to be made."""
_GIVEN_UP = {getattr(signal, name, 0) for name in ("SIGABRT", "SIGTRAP", "SIGILL")} - {0}
"""How C and C++ libraries end a process whose allocation failed."""
_KILL = getattr(signal, "SIGKILL", 9)


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """Why a report was not read. `reason` is a sentence that names the file and says what can be done.

    `page` is the page that its reader was at when it ended, None where no page is to blame.
    """

    kind: FailureKind
    reason: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One report to read. `publisher` and `reporting_year` are the catalogue's, for what the report leaves unsaid."""

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


@dataclass(frozen=True, slots=True)
class _Pictures:
    """So many pages have to be read by OCR, more than was allowed for."""

    count: int


@dataclass(frozen=True, slots=True)
class _Terms:
    """On what terms a child reads: `pictures` pages may be read by OCR, the pages in `lost` not at all (each with the
    reason); `place` is the file in which it says what it is at, `late_at` when it takes up no further page.
    """

    limits: Limits
    place: Path
    cpu_seconds: int
    late_at: float
    pictures: int = 0
    lost: Mapping[int, str] = field(default_factory=dict)


class Sandbox:
    """A pool of reading processes. Use it as a context manager; its methods may be called from several threads.

    `jobs` is the number of reports read at one time, `preload` names modules that the children will need as well.
    Without `limits` those of the environment hold (`schemas.limits`).
    """

    def __init__(self, jobs: int = 1, limits: Limits | None = None, preload: Sequence[str] = ()) -> None:
        self.limits = limits or current_limits()
        self.jobs = max(1, jobs)
        self._places = Scratch("readers")
        self._open: set[Future[Any]] = set()
        self._pool = ProcessPool(
            max_workers=self.jobs, initializer=_start, initargs=(self.limits.memory_bytes,), context=_context(preload)
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
        self._places.remove()
        for future in tuple(self._open):  # stopped before any child took them up: nobody else would end the waiting
            with contextlib.suppress(InvalidStateError):
                future.set_exception(CancelledError("the reading was stopped"))

    def warm(self) -> None:
        """Starts the children and their imports in the background, so that the first report need not wait for them."""
        for _ in range(self.jobs):
            self._pool.schedule(_import_reader)

    def read(self, request: Request) -> PrintedReport | ReadFailure:
        """The report that `request` names, or why it could not be read. Blocks."""
        answer = self.read_json(request)
        return answer if isinstance(answer, ReadFailure) else from_json(answer)

    def read_json(self, request: Request) -> bytes | ReadFailure:
        """The same as JSON, for those who hand it on: taking a long report apart costs seconds."""
        pages = self.count_pages(request.path)
        if isinstance(pages, ReadFailure):
            return pages
        answer: bytes | ReadFailure = self._patiently(request.path, pages, _READING, _read, request)
        return answer

    def _patiently(self, path: Path, pages: int, share: float, function: Callable[..., Any], *args: object) -> Any:
        """`function(*args, terms)` in a child, as `call` does it, again and again while that helps.

        At first no page may be read by OCR, so that the time allowed stays short; a report that has such pages says how
        many and is read again with time for them. A page that ends its reader is left out and the rest read again; all
        of it may take twice the time that the report has, where a busy machine lets processor time come slowly, but no
        more than `share` of the most that any report may take.
        """
        began = time.monotonic()
        most = share * self.limits.seconds_most
        pictures = 0
        lost: dict[int, ReadFailure] = {}
        spent = 0.0
        handle, name = tempfile.mkstemp(dir=self._places.path)
        os.close(handle)
        place = Path(name)
        try:
            while True:
                cpu = self.limits.cpu_seconds(pages, pictures)
                seconds = min(self.limits.seconds(pages, pictures), began + most - time.monotonic())
                reasons = {page: failure.reason for page, failure in lost.items()}
                terms = _Terms(self.limits, place, cpu, began + _PAGES * most, pictures, reasons)
                answer = self._call(path.name, seconds, place, function, *args, terms)
                if isinstance(answer, _Pictures) and answer.count > pictures:
                    pictures = answer.count
                    continue
                if not isinstance(answer, ReadFailure) or answer.page is None or answer.page in lost:
                    return answer
                spent += watch.said(place)[1]
                lost[answer.page] = answer
                if len(lost) == pages:
                    return next(iter(lost.values()))
                if len(lost) > self.limits.lost_pages or spent >= 2 * seconds or time.monotonic() >= began + most:
                    return _with_others(answer, lost)
        finally:
            place.unlink(missing_ok=True)

    def count_pages(self, path: Path) -> int | ReadFailure:
        """The number of pages of a file that may be read, or why it may not."""
        limits = self.limits
        try:
            size = path.stat().st_size
        except OSError as error:
            return ReadFailure(
                "unreadable", f"{path.name} cannot be opened: {error.strerror}. Check its path and rights."
            )
        if size > limits.file_bytes:
            return ReadFailure(
                "too_large",
                f"{path.name} is {size / MEGABYTE:.0f} MB, more than the {limits.file_bytes / MEGABYTE:.0f} MB "
                "allowed. Split it, or raise the limit if it is to be trusted.",
            )
        seconds = min(limits.open_seconds, limits.seconds_most)
        pages: int | ReadFailure = self.call(path.name, seconds, _count_pages, path)
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
        share, began = 1 - _READING, time.monotonic()
        glance: Glance | ReadFailure = self._patiently(path, counted, share, _glance, path, pages)
        late = time.monotonic() - began >= share * self.limits.seconds_most
        if late and isinstance(glance, ReadFailure) and glance.kind == "time":
            return Glance(counted, None, "")  # nothing was made out; its reading has time of its own
        return glance

    def tables(self, path: Path, pages: Sequence[int] | None = None) -> PrintedReport | ReadFailure:
        """The tables (and the problems met) of the pages numbered in `pages`, or of all; nothing else is read."""
        counted = self.count_pages(path)
        if isinstance(counted, ReadFailure):
            return counted
        beyond = [number for number in pages or () if not 1 <= number <= counted]
        if beyond:
            return ReadFailure("no_such_page", f"{path.name} has {counted} pages; there is no page {beyond[0]}.")
        answer = self._patiently(path, len(pages or ()) or counted, 1, _tables, path, pages)
        return answer if isinstance(answer, ReadFailure) else from_json(answer)

    def call(self, name: str, seconds: float, function: Callable[..., Any], *args: object) -> Any:
        """What `function` (of a module's top level) returns in a child; a ReadFailure when the child had to be stopped,
        died or raised. `name` is what the messages speak of, `seconds` the wall time allowed. Blocks.
        """
        return self._call(name, seconds, None, function, *args)

    def _call(self, name: str, seconds: float, place: Path | None, function: Callable[..., Any], *args: object) -> Any:
        """As `call`; `place` is where the child says which page it is at."""
        future: Future[Any] = self._pool.schedule(function, args=args, timeout=seconds)
        self._open.add(future)

        def culprit() -> int:
            return watch.said(place)[0] if place else 0

        try:
            answer = future.result()
            if isinstance(answer, ReadFailure) and answer.kind == "error":
                return replace(answer, page=culprit() or None)
            return answer
        except TimeoutError:
            return _failure("time", name, culprit(), f"was given up after {seconds:.0f} seconds. {_SIMPLER}")
        except ProcessExpired as death:
            return self._post_mortem(name, culprit(), death.exitcode)
        except Exception as error:
            what = f"could not be read: {_sentence(error)} This is a fault of the reader; report it."
            return _failure("error", name, culprit(), what)
        finally:
            self._open.discard(future)

    def _post_mortem(self, name: str, page: int, status: int | None) -> ReadFailure:
        """Why a child ended that nobody stopped; `status` is negative when a signal ended it."""
        allowed = self.limits.memory_bytes / MEGABYTE
        if status == _OUT_OF_MEMORY:
            what = f"needs more than the {allowed:.0f} MB of memory allowed. {_SIMPLER}"
            return _failure("memory", name, page, what)
        if status is not None and -status == getattr(signal, "SIGPROF", None):
            return _failure("time", name, page, f"used up its processor time. {_SIMPLER}")
        if status is not None and -status in _GIVEN_UP:
            what = (
                f"made its reader give up (signal {-status}), most likely because it needs more than the "
                f"{allowed:.0f} MB of memory allowed. {_SIMPLER}"
            )
            return _failure("memory", name, page, what)
        if status == -_KILL:
            reason = f"The system killed the reader of {name}, most likely for want of memory. Try again with --jobs 1."
            return ReadFailure("killed", reason)
        how = f"signal {-status}" if status is not None and status < 0 else f"status {status}"
        what = f"made its reader crash ({how}). Repair the file (for example `qpdf in.pdf out.pdf`) and try again."
        return _failure("crash", name, page, what)


_SIMPLER = "Try a simpler copy of it (printed to PDF again)."


def _failure(kind: FailureKind, name: str, page: int, what: str) -> ReadFailure:
    return ReadFailure(kind, f"Page {page} of {name} {what}" if page else f"{name} {what}", page or None)


def _with_others(last: ReadFailure, lost: Mapping[int, ReadFailure]) -> ReadFailure:
    """The failure of a report of which too many pages ended their reader."""
    others = ", ".join(str(page) for page in sorted(lost) if page != last.page)
    return (
        replace(last, reason=f"{last.reason} So did {'page' if len(lost) == 2 else 'pages'} {others}.")
        if others
        else last
    )


def _context(preload: Sequence[str]) -> Any:
    """How children are made.

    A fork server imports the reader once, starts a child in milliseconds after a kill and never copies this process's
    threads or open files; where there is none (Windows) each child is started anew.
    """
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # the children share the machine among themselves
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["extractors.sandbox", "extractors.report", *preload])
        return context
    return multiprocessing.get_context("spawn")


# What follows runs in a child.


def _start(memory_bytes: int) -> None:
    """Prepares a child: interrupts are the parent's business, its own words go nowhere, memory is bounded."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not os.environ.get("KLACHTENATLAS_DEBUG"):
        silent = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(silent, stream)
    if sys.platform != "win32":
        import resource

        # Lowering only: a limit that the user's shell set stays. macOS refuses RLIMIT_AS; time limits still hold there.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash would leave gigabytes in the working folder
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        least = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (least, hard))


def _allow_cpu(seconds: int) -> float:
    """Bounds the processor time from now on, and gives the end as `watch.used_cpu` will tell it."""
    watch.allow_cpu(seconds)
    return watch.used_cpu() + seconds


def _import_reader() -> None:
    import extractors.report  # noqa: F401


T = TypeVar("T")


def _guarded(function: Callable[[], T], name: str, terms: _Terms | None = None) -> T | ReadFailure | _Pictures:
    """`function()`, or a ReadFailure; a child without memory ends at once and is replaced.

    With `terms` what it is at is said, and its processor time bounded, page by page.
    """
    from extractors.pdfium import UnreadablePdf
    from extractors.report import PicturesAhead
    from extractors.scans.engines import OcrUnusable

    try:
        if terms is None:
            return function()
        until = _allow_cpu(terms.cpu_seconds)
        with watch.watching(watch.Watch(terms.place, terms.limits.page_seconds, until, terms.late_at)):
            return function()
    except PicturesAhead as ahead:
        return _Pictures(ahead.count)
    except (UnreadablePdf, OcrUnusable) as error:
        return ReadFailure("unreadable", str(error))
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except RecursionError:
        return ReadFailure(
            "error", f"{name} is nested too deeply to be read. Try a simpler copy (printed to PDF again)."
        )
    finally:
        watch.allow_cpu(None)  # what comes next in this child has bounds of its own


def _read(request: Request, terms: _Terms) -> bytes | ReadFailure | _Pictures:
    def read() -> bytes | ReadFailure:
        from extractors.report import read_report

        answer = to_json(
            read_report(
                request.path,
                request.language,
                publisher=request.publisher,
                reporting_year=request.reporting_year,
                hints=dict(request.hints),
                pictures=terms.pictures,
                limits=terms.limits,
                lost=terms.lost,
            )
        )
        if len(answer) <= terms.limits.result_bytes:
            return answer
        reason = f"{request.path.name} yields {len(answer) / MEGABYTE:.0f} MB of figures, too much to be a report."
        return ReadFailure("too_large", reason)

    return _guarded(read, request.path.name, terms)


def _tables(path: Path, pages: Sequence[int] | None, terms: _Terms) -> bytes | ReadFailure | _Pictures:
    def read() -> bytes:
        from extractors.hyphens import vocabulary
        from extractors.page import lines_of
        from extractors.report import placed, read_pages
        from extractors.tables.read import read_parts, to_schema, unread

        read, problems = read_pages(path, pages, pictures=terms.pictures, limits=terms.limits, lost=terms.lost)
        known = vocabulary(line.text for page in read for line in lines_of(page.words))
        parts = read_parts(read, path)
        problems += unread(read, parts)
        found = PrintedReport("", (), tables=to_schema(parts, known), problems=tuple(problems))
        return to_json(placed(found, read))

    return _guarded(read, path.name, terms)


def _count_pages(path: Path) -> int | ReadFailure | _Pictures:
    _allow_cpu(_OPEN_CPU_SECONDS)

    def count() -> int | ReadFailure:
        from extractors.pdfium import open_pdf

        with open_pdf(path) as document:
            pages = len(document)
        return pages or ReadFailure("unreadable", f"{path.name} holds no page; download it again.")

    return _guarded(count, path.name)


def _glance(path: Path, pages: int, terms: _Terms) -> Glance | ReadFailure | _Pictures:
    def glance() -> Glance:
        from extractors.page import lines_of
        from extractors.pdfium import open_pdf
        from extractors.report import PicturesAhead, read_pages

        with open_pdf(path) as document:
            count = len(document)
            title = document.get_metadata_value("Title").strip() or None
            texts = []
            for number in range(1, min(pages, count) + 1):
                with watch.page(number):
                    texts.append("" if number in terms.lost else plain_text(document, number))
        first = [number for number in range(1, min(_GLANCED_PICTURES, count) + 1) if number not in terms.lost]
        if first and not any(text.strip() for text in texts[:_GLANCED_PICTURES]):
            if not terms.pictures:
                raise PicturesAhead(len(first))
            read, _ = read_pages(path, first, limits=terms.limits, lost=terms.lost)
            texts = ["\n".join(line.text for line in lines_of(page.words)) for page in read]
        return Glance(count, title, "\f".join(texts))

    return _guarded(glance, path.name, terms)


def plain_text(document: Any, number: int) -> str:
    """The text layer of page `number` of an open PDFium document; empty where the page cannot be loaded."""
    from pypdfium2 import PdfiumError

    try:
        return str(document[number - 1].get_textpage().get_text_bounded())
    except PdfiumError:
        return ""


def _sentence(error: BaseException) -> str:
    """An exception as a sentence: its words when it has some, else its kind."""
    text = " ".join(str(error).split()) or type(error).__name__
    return f"{type(error).__name__}: {text[:300].rstrip('.')}."
