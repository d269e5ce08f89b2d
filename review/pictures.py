"""Pictures of pages as evidence, drawn by a child process that can be killed, and kept for a while."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ontology.text import normalise
from review.dataset import LEVELS, Dataset, Number
from review.evidence import Axis, Drawn, Wanted, draw
from review.queue import Item
from schemas.files import sha256_of

if TYPE_CHECKING:
    from extractors.sandbox import Sandbox

_PICTURES = 60  # kept at one time, some 200 kB each
_MARKED = 60  # numbers marked on one page; more hide the page
_HEADED = 24  # labels of such numbers that are looked for


@dataclass(frozen=True, slots=True)
class Missing:
    """Why there is no picture; `reason` is a sentence."""

    reason: str


class Pictures:
    """Draws pages of the reports under `raw`. Safe for several threads; `close` ends the child that draws."""

    def __init__(self, raw: Path) -> None:
        self.raw = raw
        self._lock = threading.Lock()
        self._drawing = threading.Lock()
        self._kept: OrderedDict[tuple[str, Wanted], Drawn | Missing] = OrderedDict()
        self._sums: dict[Path, tuple[int, str]] = {}
        self._sandbox: Sandbox | None = None

    def start(self) -> None:
        """Starts the child, so that the first picture need not wait for it."""
        self._draw_ready()

    def close(self) -> None:
        """Ends the child that draws."""
        with self._drawing:
            if self._sandbox is not None:
                self._sandbox.close(now=True)
                self._sandbox = None

    def evidence(self, dataset: Dataset, item: Item, number: Number | None, *, whole: bool) -> Drawn | Missing:
        """The picture for an item at one of its numbers, or of the place of the label where no number is under it."""
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

    def numbers_on_page(self, dataset: Dataset, numbers: Iterable[Number], *, whole: bool) -> Drawn | Missing:
        """The picture of numbers of one page, the first one leading."""
        found = list(numbers)
        if not found:
            return Missing("No number of this finding is in the dataset.")
        first = found[0]
        shown = [n for n in found if (n.report_id, n.page) == (first.report_id, first.page)][:_MARKED]
        headers = _headers([_axes("", n)[1] for n in shown])
        wanted = Wanted(first.page, (), "row", headers, tuple(n.box for n in shown), whole, 1.5 if whole else 2.0)
        return self._picture(dataset, first.report_id, wanted)

    def page(self, dataset: Dataset, report_id: str, page: int) -> Drawn | Missing:
        """The picture of a whole page, nothing marked."""
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
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        answer = self._drawn(path, wanted)
        with self._lock:
            self._kept[key] = answer
            while len(self._kept) > _PICTURES:
                self._kept.popitem(last=False)
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
            self._sums[path] = (mark, sha256_of(path))
        return self._sums[path][1]


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
