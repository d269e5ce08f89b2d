"""What lies on the stewards' desk: the dataset, the queue, the decisions and the pictures of pages, kept fresh.

All of it can be made again from the files; this only keeps what was read last. A dataset that is built anew while the
page is open is taken up at the next request.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ontology.decisions import Decision, Predicate
from ontology.scheme import FACETS, Scheme, load_scheme
from ontology.text import normalise
from review import queue
from review.candidates import Proposer
from review.dataset import LEVELS, Dataset, NotBuilt, Number, load, stamp
from review.evidence import Axis, Drawn, Wanted, draw
from review.journal import Journal, State, Subject
from review.queue import Filter, Item

if TYPE_CHECKING:
    from extractors.sandbox import Sandbox

_PICTURES = 60  # kept at one time, some 200 kB each
_MARKED = 60  # numbers marked on one page; more hide the page
_HEADED = 24  # labels of such numbers that are looked for
What = Literal["concept", "no_such_concept", "not_a_category", "unsure"]
WHATS: tuple[What, ...] = ("concept", "no_such_concept", "not_a_category", "unsure")
_SAID: dict[What, str] = {"no_such_concept": "no concept of the scheme fits", "not_a_category": "not a category"}
"""SSSOM has one word (`sssom:NoTermFound`) for both; the comment tells them apart."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Why there is no picture; `reason` is a sentence."""

    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What a steward pressed. `concept` is None unless `what` is `concept`."""

    what: What
    concept: str | None
    predicate: Predicate
    author: str
    comment: str
    confidence: float
    evidence: str
    body: str | None
    """Only for this body; None for all bodies of the city."""


class Desk:
    """One for a server; safe for its threads. `close` ends the child that draws."""

    def __init__(self, data: Path, raw: Path, decisions: Path, scheme: Scheme | None = None) -> None:
        self.data, self.raw = data, raw
        self.scheme = scheme if scheme is not None else load_scheme()
        self.journal = Journal(decisions, self.scheme)
        self.proposer = Proposer(self.scheme, decisions)
        self._lock = threading.Lock()
        self._drawing = threading.Lock()
        self._loaded: tuple[int, Dataset, dict[str, Item]] | None = None
        self._pictures: OrderedDict[tuple[str, Wanted], Drawn | Missing] = OrderedDict()
        self._sums: dict[Path, tuple[int, str]] = {}
        self._sandbox: Sandbox | None = None

    def start(self) -> None:
        """Begins in the background what takes seconds: the matcher, and the child that draws pages."""
        threading.Thread(target=self._prepare, name="prepare", daemon=True).start()

    def _prepare(self) -> None:
        """What the first page needs comes first; the matcher would keep the processor from it."""
        with contextlib.suppress(NotBuilt, OSError, ValueError):  # each request says it again, to a person
            self.read()
        self._draw_ready()
        self.proposer.start()

    def close(self) -> None:
        """Ends the child that draws."""
        with self._drawing:
            if self._sandbox is not None:
                self._sandbox.close(now=True)
                self._sandbox = None

    # -- the queue ----------------------------------------------------------------------------------------------------

    def read(self) -> tuple[Dataset, dict[str, Item]]:
        """The dataset and its items; raises `review.dataset.NotBuilt`."""
        with self._lock:
            now = stamp(self.data)
            if self._loaded is None or self._loaded[0] != now:
                dataset = load(self.data)
                self._loaded = (now, dataset, queue.items(dataset))
            return self._loaded[1], self._loaded[2]

    def state(self, item: Item) -> State:
        """Where an item stands in the files of decisions."""
        return self.journal.state(subject(item))

    def status(self, item: Item) -> str:
        """An item's state as `queue.STATES` name it."""
        return self.state(item).name or ("accepted" if item.published == "curated" else item.published)

    def queue(self, wanted: Filter) -> list[tuple[Item, str]]:
        """The items that a filter lets through, with their states, most at stake first."""
        _, items = self.read()
        return [(i, s) for i, s in self.all() if wanted.passes(i, s)] if items else []

    def all(self) -> list[tuple[Item, str]]:
        """All items with their states."""
        _, items = self.read()
        return [(item, self.status(item)) for item in items.values()]

    def idle(self) -> list[tuple[str, Decision]]:
        """Decisions that meet no label of the dataset any more: (city, decision)."""
        _, items = self.read()
        met = {(i.slug, normalise(i.core), normalise(i.context)) for i in items.values()}
        anywhere = {(city, label) for city, label, _ in met}
        return [
            (city, d)
            for city, d in self.journal.all()
            if (city, normalise(d.label), normalise(d.context)) not in met
            and (d.context or (city, normalise(d.label)) not in anywhere)
        ]

    # -- decisions ----------------------------------------------------------------------------------------------------

    def decisions(self, item: Item, choice: Choice) -> list[Decision]:
        """The rows that a choice stands for: one for each body that it is about."""
        dataset, _ = self.read()
        if choice.concept is not None:
            facet = choice.concept.split(":", maxsplit=1)[0]
        else:
            facet = next(iter(item.facets), FACETS[0])
        comment = "; ".join(
            part for part in (_SAID.get(choice.what, ""), choice.comment, f"seen: {choice.evidence}") if part
        )
        bodies = (
            (choice.body,)
            if choice.body is not None
            else item.bodies or (dataset.reports[item.rows[0].report_id].publisher,)
        )
        return [
            Decision(
                label=item.core,
                concept=choice.concept,
                author=choice.author,
                decided_on=date.today(),
                facet=facet,
                context=item.context,
                organisation=body,
                language=dataset.reports[item.rows[0].report_id].language,
                predicate=choice.predicate,
                confidence=choice.confidence,
                comment=comment,
            )
            for body in bodies
        ]

    # -- evidence -----------------------------------------------------------------------------------------------------

    def evidence(self, item: Item, number: Number | None, *, whole: bool) -> Drawn | Missing:
        """The picture for an item at one of its numbers, or of the place of the label where no number is under it."""
        dataset, _ = self.read()
        if number is None:
            return Missing("No number stands under this label, so there is no place on a page to show.")
        same = [
            n
            for n in item.numbers
            if n.report_id == number.report_id and n.page == number.page and n.table_id == number.table_id
        ]
        shown = [number, *[n for n in same if n is not number][:_MARKED]]
        axis, _ = _axes(item.label, number)
        printed = (item.label, *_cells(item.label, number))
        headers = _headers([_axes(item.label, n)[1] for n in shown])
        boxes = tuple(n.box for n in shown)
        wanted = Wanted(number.page, printed, axis, headers, boxes, whole, 1.5 if whole else 2.0)
        return self._picture(dataset, number.report_id, wanted)

    def numbers_on_page(self, numbers: Iterable[Number], *, whole: bool) -> Drawn | Missing:
        """The picture of numbers of one page, the first one leading."""
        dataset, _ = self.read()
        found = list(numbers)
        if not found:
            return Missing("No number of this finding is in the dataset.")
        first = found[0]
        shown = [n for n in found if (n.report_id, n.page) == (first.report_id, first.page)][:_MARKED]
        headers = _headers([_axes("", n)[1] for n in shown])
        wanted = Wanted(first.page, (), "row", headers, tuple(n.box for n in shown), whole, 1.5 if whole else 2.0)
        return self._picture(dataset, first.report_id, wanted)

    def page(self, report_id: str, page: int) -> Drawn | Missing:
        """The picture of a whole page, nothing marked."""
        dataset, _ = self.read()
        return self._picture(dataset, report_id, Wanted(page, (), "row", (), (), whole=True, scale=1.5))

    def _picture(self, dataset: Dataset, report_id: str, wanted: Wanted) -> Drawn | Missing:
        report = dataset.reports.get(report_id)
        if report is None or not report.file:
            return Missing("The dataset names no file for this report.")
        path = (self.raw / report.file).resolve()
        if not path.is_relative_to(self.raw.resolve()):
            return Missing(f"{report.file} lies outside the folder of reports and is not opened.")
        if not path.is_file():
            return Missing(f"{report.file} is missing. Fetch it (`klachtenatlas fetch`) or name its folder with --raw.")
        if report.sha256 and self._sha256(path) != report.sha256:
            return Missing(f"{report.file} is not the file that was read: build again before you decide on its labels.")
        key = (report_id, wanted)
        with self._lock:
            if key in self._pictures:
                self._pictures.move_to_end(key)
                return self._pictures[key]
        answer = self._drawn(path, wanted)
        with self._lock:
            self._pictures[key] = answer
            while len(self._pictures) > _PICTURES:
                self._pictures.popitem(last=False)
        return answer

    def _drawn(self, path: Path, wanted: Wanted) -> Drawn | Missing:
        from extractors.sandbox import ReadFailure  # noqa: PLC0415

        sandbox = self._draw_ready()
        answer = sandbox.call(path.name, sandbox.limits.seconds(1), draw, path, wanted)
        if isinstance(answer, ReadFailure):
            return Missing(answer.reason)
        assert isinstance(answer, Drawn)
        return answer

    def _draw_ready(self) -> Sandbox:
        from extractors.sandbox import Sandbox  # noqa: PLC0415

        with self._drawing:
            if self._sandbox is None:
                self._sandbox = Sandbox(preload=["review.evidence", "extractors.render"])
                self._sandbox.warm()
            return self._sandbox

    def _sha256(self, path: Path) -> str:
        mark = path.stat().st_mtime_ns
        if path not in self._sums or self._sums[path][0] != mark:
            self._sums[path] = (mark, hashlib.sha256(path.read_bytes()).hexdigest())
        return self._sums[path][1]


def subject(item: Item) -> Subject:
    """What an item's decisions are on."""
    return Subject(item.slug, item.core, item.context, item.bodies)


def _cells(label: str, number: Number) -> tuple[str, ...]:
    """The cells of which `label` is a part: paths written with a slash."""
    levels = [*number.row_label.split(LEVELS), *number.column_label.split(LEVELS)]
    return tuple(level for level in levels if "/" in level and normalise(label) in _parts(level))


def _parts(level: str) -> list[str]:
    return [normalise(part) for part in re.split(r"\s*/\s*", level)]


def _axes(label: str, number: Number) -> tuple[Axis, tuple[tuple[str, Axis], ...]]:
    """Which axis of a number carries `label`, and the other labels of the number with theirs."""
    rows, columns = number.row_label.split(LEVELS), number.column_label.split(LEVELS)
    name = normalise(label)
    axis: Axis = "title"
    others: list[tuple[str, Axis]] = []
    for levels, side in ((rows, "row"), (columns, "column")):
        for level in levels:
            if normalise(level) == name or name in _parts(level):
                axis = "row" if side == "row" else "column"
            elif level:
                others.append((level, "row" if side == "row" else "column"))
    return axis, tuple(dict.fromkeys(others))


def _headers(labels: Sequence[tuple[tuple[str, Axis], ...]]) -> tuple[tuple[str, Axis, int], ...]:
    """The labels of several numbers, each with the number that it is first met at."""
    first: dict[tuple[str, Axis], int] = {}
    for place, own in enumerate(labels):
        for header in own:
            first.setdefault(header, place)
    return tuple((text, axis, place) for (text, axis), place in list(first.items())[:_HEADED])
