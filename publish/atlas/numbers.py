"""The numbers that the page may open, and the parts of the reports' pages on which they stand.

Both are rationed: a page that holds everything opens for nobody. What charts show comes first, what does not fit is
counted and said.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractors.render import read_strips

MAX_NUMBERS = 3500
"""Some 800 kB of JSON: a quarter of the page."""
_BASE64 = 4
"""Characters for three bytes."""
_AROUND = 60
"""Bytes of a strip's row beside its picture."""
_LONGEST = 160
"""Characters of a label that are shown; the tables have it whole."""


@dataclass(slots=True)
class Numbers:
    """The numbers asked for, in the order of asking; `rows` are observations by id, as many as are spoken of."""

    rows: dict[str, Mapping[str, Any]]
    reports: Mapping[str, int]
    taken: dict[str, int] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)

    def places(self, ids: Iterable[str]) -> list[int]:
        """The places of these observations in `as_json`; those beyond the ration are left out and counted."""
        found = []
        for name in ids:
            if name not in self.taken and name in self.rows:
                if len(self.taken) >= MAX_NUMBERS:
                    self.left_out.add(name)
                    continue
                self.taken[name] = len(self.taken)
            if name in self.taken:
                found.append(self.taken[name])
        return found

    def as_json(self, shown: Sequence[int | None]) -> list[list[object]]:
        """A row a number: report, page, box, printed, value, unit, measure, row, column, title, status, strip, id."""
        wanted = ("value_printed", "value", "unit", "measure", "row_label", "column_label", "table_title")
        return [
            [
                self.reports[row["report_id"]],
                row["page"],
                *(round(row[edge], 1) for edge in ("x0", "top", "x1", "bottom")),
                *(_short(row[name]) for name in wanted),
                row["mapping_status"],
                strip,
                name,
            ]
            for (name, row), strip in zip(((n, self.rows[n]) for n in self.taken), shown, strict=True)
        ]


def _short(value: object) -> object:
    return value[: _LONGEST - 1] + "…" if isinstance(value, str) and len(value) > _LONGEST else value


def pictured(
    numbers: Numbers, drawn: Mapping[str, bytes], budget: int
) -> tuple[list[list[object]], list[int | None], int]:
    """The strips that fit into `budget` bytes of base64, for each number its strip, and how many strips do not fit.

    A strip is a row: left, top, right, bottom in points, the WebP in base64.
    """
    places = _places(numbers, drawn)
    shown: dict[_Place, int | None] = {}
    chosen: dict[_Place, int] = {}
    for place in (places[name] for name in numbers.taken if name in places):  # in the order of the ration
        size = _BASE64 * -(-place.bytes // 3)
        if place not in shown and size <= budget:
            budget -= size + _AROUND
            chosen[place] = len(chosen)
        shown.setdefault(place, chosen.get(place))
    rows: list[list[object]] = [[] for _ in chosen]
    for report in sorted({place.report for place in chosen}):
        for strip in read_strips(drawn[report]):
            row = chosen.get(_Place(report, strip.page, strip.top, len(strip.webp)))
            if row is not None:
                edges = (strip.x0, strip.top, strip.x1, strip.bottom)
                rows[row] = [*(round(edge, 1) for edge in edges), base64.b64encode(strip.webp).decode()]
    of_numbers = [shown[places[name]] if name in places else None for name in numbers.taken]
    return rows, of_numbers, sum(row is None for row in shown.values())


@dataclass(frozen=True, slots=True)
class _Place:
    """A strip: its report and page, its top on it, the size of its picture."""

    report: str
    page: int
    top: float
    bytes: int


def _places(numbers: Numbers, drawn: Mapping[str, bytes]) -> dict[str, _Place]:
    """The strip on which each number stands; the pictures of one report are held at a time."""
    by_report: dict[str, list[str]] = {}
    for name in numbers.taken:
        by_report.setdefault(numbers.rows[name]["report_id"], []).append(name)
    found: dict[str, _Place] = {}
    for report in sorted(by_report.keys() & drawn.keys()):
        strips = read_strips(drawn[report])
        for name in by_report[report]:
            row = numbers.rows[name]
            middle = (row["top"] + row["bottom"]) / 2
            here = [strip for strip in strips if strip.page == row["page"] and strip.top <= middle <= strip.bottom]
            if here:
                found[name] = _Place(report, here[0].page, here[0].top, len(here[0].webp))
    return found
