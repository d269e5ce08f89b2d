"""The steps of a build as plain functions: each takes what it needs, gives bytes or frames, and can be run alone.

They know the rooms below and the cache; they know nothing of Prefect. What a step makes of a report is kept under a key
over everything that it depends on, so a build reads again only what changed. What a step makes stays bytes here: only
the children that make, interpret and check it take it apart, and a build of a thousand reports holds none of it.
"""

from __future__ import annotations

import contextlib
import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from extractors.sandbox import FailureKind, ReadFailure, Request, Sandbox
from flows.catalogue import Source
from flows.infer import complete
from flows.packing import facts_of, frames_of, pack
from flows.set_aside import fitting_rows
from flows.store import Kept, Store, code_version, decisions_version, key_of, library_version, program_version
from schemas.catalogue import Entry
from schemas.limits import current_limits
from schemas.printed import PrintedReport, Problem, from_json

if TYPE_CHECKING:
    import pandas as pd

    from ontology.matching import Matcher

INTERPRETED = ("observations", "cases", "labels")
Status = Literal["ok", "partial", "failed"]
_LEAST_PAGE_BYTES = 2000
"""What a page with figures takes as JSON at least: a bound on a reading's pages, for the time that it may take."""
_READ_CODE = ("extractors", "schemas/printed.py", "schemas/limits.py")
_CROP_CODE = ("extractors/render.py", "extractors/pdfium.py")
_INTERPRET_CODE = ("ontology", "schemas", "flows/steps.py", "flows/packing.py", "flows/set_aside.py", "flows/infer.py")
_RECONCILE_CODE = ("reconciliation", "schemas", "flows/steps.py")


class ReportFailed(Exception):
    """One report could not be read or interpreted; the message is the sentence that is published as its reason."""

    def __init__(self, reason: str, kind: FailureKind = "error") -> None:
        super().__init__(reason)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What one report's figures and cases mean: what is needed of all reports at once, and where the rest is kept.

    `entry` is completed by the report where the catalogue had nothing; `pages` and `tables` (logical ones) are numbers,
    `rows` the number of rows by table, `status` and `reason` say how the reading went. `frames` are packed
    (`interpreted`), `findings` those of the report alone, `crops` the hashes of the numbers' pictures in the order of
    the observations, `strips` the parts of the pages on which the numbers stand (`extractors.render.strips`).
    """

    entry: Entry
    sha256: str
    pages: int
    tables: int
    rows: Mapping[str, int]
    needs_review: int
    status: Status
    reason: str | None
    frames: Kept
    findings: Kept
    crops: Kept | None = None
    strips: Kept | None = None


def process(source: Source, sandbox: Sandbox, store: Store) -> Interpretation:
    """One report read and interpreted, each step from the cache where it was done before; raises ReportFailed."""
    frames, packed = interpret(source, read(source, sandbox, store), sandbox, store)
    facts = facts_of(packed)
    whole = replace(source.entry, **facts["entry"])
    if not whole.reporting_year:
        raise ReportFailed(
            f"{whole.id}: the year that it reports on could not be inferred; add a catalogue entry for it."
        )
    found = findings(whole, frames, packed, sandbox, store)
    store.put(_inputs_key(source), json.dumps(_inputs(source)).encode())
    known = {name: facts[name] for name in ("tables", "rows", "needs_review", "status", "reason")}
    return Interpretation(
        entry=whole,
        sha256=source.sha256,
        pages=len(facts["pages"]),
        **known,
        frames=frames,
        findings=found,
        crops=_drawn(source, "crops", crops_in_child, facts, packed, sandbox, store),
        strips=_drawn(source, "strips", strips_in_child, facts, packed, sandbox, store),
    )


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


def interpret(source: Source, printed: bytes, sandbox: Sandbox, store: Store) -> tuple[Kept, bytes]:
    """What the figures of a report mean, worked out in a child process (`interpret_in_child`); raises ReportFailed."""
    entry = source.entry
    key = key_of("interpret", printed, entry, code_version(*_INTERPRET_CODE), library_version())
    packed = store.get(key)
    if packed is not None:
        return Kept(key), packed
    packed = _in_child(sandbox, entry.id, len(printed) // _LEAST_PAGE_BYTES, interpret_in_child, printed, entry)
    return store.put(key, packed), packed


def findings(entry: Entry, frames: Kept, packed: bytes, sandbox: Sandbox, store: Store) -> Kept:
    """What a report contradicts itself in (`findings_in_child`); raises ReportFailed."""
    key = key_of("findings", frames.key, entry.language, code_version(*_RECONCILE_CODE), library_version())
    if store.get(key) is not None:
        return Kept(key)
    pages = len(facts_of(packed)["pages"])
    return store.put(key, _in_child(sandbox, entry.id, pages, findings_in_child, packed, entry.language))


def _drawn(
    source: Source,
    what: str,
    make: Callable[[Path, bytes], bytes],
    facts: Mapping[str, Any],
    packed: bytes,
    sandbox: Sandbox,
    store: Store,
) -> Kept | None:
    """Pictures of the places of a report's numbers, or their hashes; nothing when they cannot be drawn."""
    key = key_of(what, source.sha256, facts["places"][what], code_version(*_CROP_CODE), library_version())
    if store.get(key) is not None:
        return Kept(key)
    with contextlib.suppress(ReportFailed):
        return store.put(key, _in_child(sandbox, source.entry.id, len(facts["pages"]), make, source.path, packed))
    return None


def _in_child(sandbox: Sandbox, name: str, pages: int, function: Callable[..., bytes], *args: object) -> bytes:
    """`function(*args)` in a child, with the time that so many pages may take; raises ReportFailed."""
    answer: bytes | ReadFailure = sandbox.call(name, sandbox.limits.seconds(pages), function, *args)
    if isinstance(answer, ReadFailure):
        raise ReportFailed(answer.reason, answer.kind)
    return answer


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


def strips_in_child(path: Path, packed: bytes) -> bytes:
    """The strips of an interpreted report; a child has PDFium loaded."""
    from extractors.render import strips as drawn

    return drawn(path, to_be_shown(frames_of([packed])))


def crops_in_child(path: Path, packed: bytes) -> bytes:
    """The hashes of the pictures of an interpreted report's numbers, as JSON in their order."""
    from extractors.render import crop_digests

    return crop_digests(path, _boxes(frames_of([packed])["observations"]))


def _boxes(numbers: pd.DataFrame) -> list[tuple[int, float, float, float, float]]:
    places = numbers[["page", "x0", "top", "x1", "bottom"]].astype(float).itertuples(index=False, name=None)
    return [(int(page), *box) for page, *box in places]


def findings_in_child(packed: bytes, language: str) -> bytes:
    """What an interpreted report contradicts itself in, and its figures for others to be held against, as JSON."""
    from reconciliation.reconcile import report_findings

    found, figures = report_findings(frames_of([packed])["observations"], language)
    told = figures and {"last_year": figures.last_year, "digests": figures.digests()}
    return json.dumps({"findings": [asdict(finding) for finding in found], "figures": told}).encode()


def interpret_in_child(printed: bytes, entry: Entry) -> bytes:
    """The interpretation of a report given and returned as bytes: a line of JSON (`facts_of`), then the packed frames.

    Each frame is checked as far as one report can be; rows that do not fit are set aside and become problems. Without
    a year nothing is interpreted.
    """
    from ontology.interpret import interpret as meaning_of
    from schemas.tables import conform, empty

    report = from_json(printed)
    entry = complete(entry, report)
    frames = {name: empty(name) for name in (*INTERPRETED, "problems")}
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
    status, reason = status_of(frames["problems"])
    facts = {
        "entry": {name: getattr(entry, name) for name in ("title", "publisher", "reporting_year")},
        "pages": [(page.number, page.width, page.height) for page in report.pages],
        "tables": sum(1 for table in report.tables if table.continues is None),
        "rows": {name: len(frame) for name, frame in frames.items()},
        "needs_review": int((frames["labels"]["status"] == "review").sum()),
        "status": status,
        "reason": reason,
        # What the pictures depend on: a decision of a steward gives other frames, but no other pictures.
        "places": {"crops": key_of(_boxes(frames["observations"])), "strips": key_of(to_be_shown(frames))},
    }
    return json.dumps(facts).encode() + b"\n" + pack(frames)


def status_of(problems: pd.DataFrame) -> tuple[Status, str | None]:
    """How a reading went and why it is not `ok`: an error says that figures are lost. `problems` are one report's."""
    lost = problems[problems["severity"] == "error"]
    if not len(lost):
        return "ok", None
    more = f" (and {len(lost) - 1} more, see problems)" if len(lost) > 1 else ""
    return "partial", f"{lost['what'].iloc[0]}{more}"


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
