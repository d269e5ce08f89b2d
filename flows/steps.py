"""The steps of a build as plain functions: each takes what it needs, gives bytes or frames, and can be run alone.

They know the rooms below and the cache; they know nothing of Prefect. What a step makes of a report is kept under a key
over everything that it depends on, so a build reads again only what changed. A report's reading stays bytes here: only
the children that make and interpret it take it apart, so a build of a thousand reports holds none of them.
"""

from __future__ import annotations

import io
import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.sandbox import FailureKind, ReadFailure, Request, Sandbox
from flows.catalogue import Source
from flows.infer import complete
from flows.set_aside import fitting_rows
from flows.store import Store, code_version, decisions_version, key_of, library_version, program_version
from schemas.catalogue import Entry
from schemas.limits import current_limits
from schemas.printed import PrintedReport, Problem, from_json

if TYPE_CHECKING:
    import pandas as pd

    from ontology.matching import Matcher

INTERPRETED = ("observations", "cases", "labels")
_LEAST_PAGE_BYTES = 2000
"""What a page with figures takes as JSON at least: a bound on a reading's pages, for the time that it may take."""
_READ_CODE = ("extractors", "schemas/printed.py", "schemas/limits.py")
_CROP_CODE = ("extractors/render.py", "extractors/pdfium.py")
_INTERPRET_CODE = ("ontology", "schemas", "flows/steps.py", "flows/set_aside.py", "flows/infer.py")
_RECONCILE_CODE = ("reconciliation", "schemas", "flows/steps.py")


class ReportFailed(Exception):
    """One report could not be read or interpreted; the message is the sentence that is published as its reason."""

    def __init__(self, reason: str, kind: FailureKind = "error") -> None:
        super().__init__(reason)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What one report's figures and cases mean, as conformed frames by table name.

    `entry` is completed by the report where the catalogue had nothing; `page_sizes` are width and height in points by
    page number, `tables` is the number of logical tables, `crops` the hash of each number's picture by observation,
    `strips` the parts of the pages on which the numbers stand (`extractors.render.strips`).
    """

    entry: Entry
    sha256: str
    page_sizes: Mapping[int, tuple[float, float]]
    tables: int
    frames: Mapping[str, pd.DataFrame]
    crops: Mapping[str, str] = field(default_factory=dict)
    strips: bytes = b""


def process(source: Source, sandbox: Sandbox, store: Store) -> Interpretation:
    """One report read and interpreted, each step from the cache where it was done before; raises ReportFailed."""
    meant = interpret(source, read(source, sandbox, store), sandbox, store)
    store.put(_inputs_key(source), json.dumps(_inputs(source)).encode())
    return replace(meant, crops=crops(source, meant, sandbox, store), strips=strips(source, meant, sandbox, store))


STALE = {
    "file": "the PDF changed",
    "entry": "its catalogue entry changed",
    "libraries": "Python or a library changed",
    "reader": "the reading code changed",
    "decisions": "decisions of stewards changed",
    "meaning": "the ontology or its code changed",
}
"""What a report's result depends on, and how a change of it is said."""


def stale(source: Source, store: Store) -> list[str] | None:
    """Why a report would be processed anew, keys of STALE; nothing when it would not, None when it never was."""
    kept = store.get(_inputs_key(source))
    if kept is None:
        return None
    before, now = json.loads(kept), _inputs(source)
    return [name for name in STALE if before.get(name) != now[name]]


def _inputs_key(source: Source) -> str:
    return key_of("inputs", source.entry.id)


def _inputs(source: Source) -> dict[str, str]:
    """What the result of `process` depends on, each as a hash."""
    return {
        "file": source.sha256,
        "entry": key_of(source.entry),
        "libraries": library_version(),
        "reader": code_version(*_READ_CODE),
        "decisions": decisions_version(),
        "meaning": program_version(*_INTERPRET_CODE),
    }


def read_key(source: Source) -> str:
    """The key of a report's reading: its bytes, what the catalogue says of its text, the code that reads."""
    entry = source.entry
    asked = (entry.language, entry.publisher, entry.reporting_year or None, sorted(entry.hints.items()))
    limits = repr(current_limits())  # they decide what of a report is left out
    return key_of("read", source.sha256, asked, limits, code_version(*_READ_CODE), library_version())


def read(source: Source, sandbox: Sandbox, store: Store) -> bytes:
    """A report as JSON (`schemas.printed.PrintedReport`), read in a child process; raises ReportFailed."""
    entry, key = source.entry, read_key(source)
    kept = store.get(key)
    if kept is not None:
        return kept
    request = Request(source.path, entry.language, entry.publisher, entry.reporting_year or None, entry.hints)
    answer = sandbox.read_json(request)
    if isinstance(answer, ReadFailure):
        raise ReportFailed(answer.reason, answer.kind)
    store.put(key, answer)
    return answer


def interpret(source: Source, printed: bytes, sandbox: Sandbox, store: Store) -> Interpretation:
    """What the figures of a report mean, worked out in a child process; raises ReportFailed."""
    entry = source.entry
    key = key_of("interpret", printed, entry, code_version(*_INTERPRET_CODE), library_version())
    packed = store.get(key)
    if packed is None:
        seconds = sandbox.limits.seconds(len(printed) // _LEAST_PAGE_BYTES)
        answer: bytes | ReadFailure = sandbox.call(entry.id, seconds, interpret_in_child, printed, entry)
        if isinstance(answer, ReadFailure):
            raise ReportFailed(answer.reason, answer.kind)
        packed = answer
        store.put(key, packed)
    head, _, frames = packed.partition(b"\n")
    facts = json.loads(head)
    whole = replace(entry, **facts["entry"])
    if not whole.reporting_year:
        raise ReportFailed(
            f"{entry.id}: the year that it reports on could not be inferred; add a catalogue entry for it."
        )
    sizes = {number: (width, height) for number, width, height in facts["pages"]}
    return Interpretation(whole, source.sha256, sizes, facts["tables"], unpack(frames))


def crops(source: Source, meant: Interpretation, sandbox: Sandbox, store: Store) -> Mapping[str, str]:
    """The hash of the picture in each number's box, by observation; without those that cannot be drawn."""
    numbers = meant.frames["observations"]
    places = list(numbers[["page", "x0", "top", "x1", "bottom"]].astype(float).itertuples(index=False, name=None))
    places = [(int(page), *box) for page, *box in places]
    key = key_of("crops", source.sha256, places, code_version(*_CROP_CODE), library_version())
    kept = store.get(key)
    if kept is None:
        seconds = sandbox.limits.seconds(len({place[0] for place in places}))
        answer: bytes | ReadFailure = sandbox.call(source.entry.id, seconds, crops_in_child, source.path, places)
        if isinstance(answer, ReadFailure):
            return {}
        kept = answer
        store.put(key, kept)
    return {name: digest for name, digest in zip(numbers["observation_id"], json.loads(kept), strict=True) if digest}


def strips(source: Source, meant: Interpretation, sandbox: Sandbox, store: Store) -> bytes:
    """The parts of the report's pages that show its numbers, for people; nothing when they cannot be drawn."""
    places = to_be_shown(meant.frames)
    key = key_of("strips", source.sha256, places, code_version(*_CROP_CODE), library_version())
    kept = store.get(key)
    if kept is None:
        seconds = sandbox.limits.seconds(len({place[1] for place in places}))
        answer: bytes | ReadFailure = sandbox.call(source.entry.id, seconds, strips_in_child, source.path, places)
        if isinstance(answer, ReadFailure):
            return b""
        kept = answer
        store.put(key, kept)
    return kept


def to_be_shown(frames: Mapping[str, pd.DataFrame]) -> list[tuple[bool, int, float, float, float, float]]:
    """The numbers of one report whose place on the page may be shown: whether it is in a table, page and box.

    A picture shows what a text masks. So no page is drawn on which a case is told (it may be masked, or be removed one
    day) or had to be held back, no sentence in which something was masked, and of others no line but their own.
    """
    numbers, cases, problems = (frames[name] for name in ("observations", "cases", "problems"))
    private = {int(page) for page in problems.loc[problems["severity"] == "error", "page"].dropna()}
    for first, last in zip(cases["page_first"].tolist(), cases["page_last"].tolist(), strict=True):
        private |= set(range(first, last + 1))
    shown = numbers[~numbers["page"].isin(private) & ~numbers["sentence"].fillna("").str.contains("[", regex=False)]
    boxes = shown[["page", "x0", "top", "x1", "bottom"]].astype(float).itertuples(index=False, name=None)
    heads = (shown["kind"] != "prose").astype(bool)
    return sorted((bool(head), int(page), *box) for head, (page, *box) in zip(heads, boxes, strict=True))


def strips_in_child(path: Path, places: Sequence[tuple[bool, int, float, float, float, float]]) -> bytes:
    """The strips of these places; `strips` runs it in a child, which has PDFium loaded."""
    from extractors.render import strips as drawn

    return drawn(path, places)


def crops_in_child(path: Path, places: Sequence[tuple[int, float, float, float, float]]) -> bytes:
    """The hashes of these places as JSON; `crops` runs it in a child, which has PDFium loaded."""
    from extractors.render import crop_digests

    return crop_digests(path, places)


def interpret_in_child(printed: bytes, entry: Entry) -> bytes:
    """The interpretation of a report given and returned as bytes: a line of JSON, then the packed frames.

    Each frame is checked as far as one report can be; rows that do not fit are set aside and become problems. Without
    a year nothing is interpreted.
    """
    from ontology.interpret import interpret as meaning_of
    from schemas.tables import conform

    report = from_json(printed)
    entry = complete(entry, report)
    facts = {
        "entry": {name: getattr(entry, name) for name in ("title", "publisher", "reporting_year")},
        "pages": [(page.number, page.width, page.height) for page in report.pages],
        "tables": sum(1 for table in report.tables if table.continues is None),
    }
    frames: dict[str, pd.DataFrame] = {}
    if entry.reporting_year:
        meant = meaning_of(report, entry, matcher())
        problems = list(report.problems)
        for name in INTERPRETED:
            frames[name], aside = fitting_rows(conform(name, getattr(meant, name)), _check_of(name, report, entry))
            problems += aside
        observations = frames["observations"]
        lost = ~observations["quoted_from"].isin(observations["observation_id"])
        observations.loc[lost, "quoted_from"] = None
        frames["problems"] = _problem_frame(entry.id, problems)
    return json.dumps(facts).encode() + b"\n" + pack(frames)


def _check_of(name: str, report: PrintedReport, entry: Entry) -> Callable[[pd.DataFrame], None]:
    """What a report's frame must pass alone: its table's rules, known concepts, boxes on their pages."""
    from flows.assemble import concepts
    from schemas.tables import check_references, validate

    scheme = concepts()
    sizes = {entry.id: {page.number: (page.width, page.height) for page in report.pages}}

    def check(frame: pd.DataFrame) -> None:
        valid = validate(name, frame)
        # A number whose source was set aside is good all the same; its pointer is taken away afterwards.
        pointless = valid.assign(quoted_from=None) if "quoted_from" in valid.columns else valid
        check_references({name: pointless, "concepts": scheme}, sizes)

    return check


def _problem_frame(report_id: str, problems: Sequence[Problem]) -> pd.DataFrame:
    import pandas as pd

    from schemas.tables import conform, empty

    rows = [{"report_id": report_id, "page": p.page, "severity": p.severity, "what": p.what} for p in problems]
    return conform("problems", pd.DataFrame(rows).drop_duplicates()) if rows else empty("problems")


def reconcile(parts: Sequence[Interpretation], store: Store) -> pd.DataFrame:
    """The findings over all reports, from the cache when none of them changed."""
    from schemas.tables import validate

    observations = concat("observations", [part.frames["observations"] for part in parts])
    languages = {part.entry.id: part.entry.language for part in parts}
    packed = pack({"observations": observations})
    key = key_of("reconcile", packed, sorted(languages.items()), code_version(*_RECONCILE_CODE), library_version())
    kept = store.get(key)
    if kept is None:
        from reconciliation.reconcile import reconcile as contradictions_in

        found = validate("findings", contradictions_in(observations, language_by_report=languages))
        kept = pack({"findings": found})
        store.put(key, kept)
    return unpack(kept)["findings"]


def concat(name: str, frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of several conformed frames of table `name`."""
    import pandas as pd

    from schemas.tables import empty

    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else empty(name)


def pack(frames: Mapping[str, pd.DataFrame]) -> bytes:
    """Frames as bytes: Arrow streams one after the other, in the mapping's order, each with its name and length."""
    import pyarrow as pa

    whole = io.BytesIO()
    for name, frame in frames.items():
        table = pa.Table.from_pandas(frame, preserve_index=False)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
        content = sink.getvalue().to_pybytes()
        whole.write(f"{name} {len(content)}\n".encode())
        whole.write(content)
    return whole.getvalue()


def unpack(data: bytes) -> dict[str, pd.DataFrame]:
    """The inverse of `pack`, for frames that were conformed."""
    import pyarrow as pa

    from schemas.tables import conform

    frames: dict[str, pd.DataFrame] = {}
    whole = io.BytesIO(data)
    while head := whole.readline():
        name, length = head.decode().split()
        table = pa.ipc.open_stream(whole.read(int(length))).read_all()
        frames[name] = conform(name, table.to_pandas())
    return frames


def renamed(source: Source, taken: set[str]) -> Source:
    """`source` under an id that no other report has."""
    name = source.entry.id
    if name in taken:
        name = f"{name}-{source.sha256[:8]}"
    copies = (f"{name}-{number}" for number in itertools.count(2))  # the same file lies there several times
    while name in taken:
        name = next(copies)
    return replace(source, entry=replace(source.entry, id=name))


def matcher() -> Matcher:
    """One matcher a process: loading the scheme and the decisions costs more than matching a report's labels.

    A process that was born before something was decided makes itself a new one.
    """
    return _matcher(decisions_version())


@lru_cache(maxsize=1)
def _matcher(_: str) -> Matcher:
    from ontology.decisions import load
    from ontology.matching import Matcher

    return Matcher(decisions=load())
