"""The numbers that the page may open, and the parts of the reports' pages on which they stand.

Both are rationed: a page that holds everything opens for nobody. What charts show comes first, what does not fit is
counted and said.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractors.render import Strip, read_strips

MAX_NUMBERS = 3500
"""Some 800 kB of JSON: a quarter of the page."""
_AROUND = 60
"""Bytes of a strip's row beside its picture."""
_LONGEST = 160
"""Characters of a label that are shown; the tables have it whole."""


@dataclass(slots=True)
class Numbers:
    """The numbers asked for, in the order of asking; `rows` are all observations by id, read when first needed."""

    rows: Mapping[str, Mapping[str, Any]]
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
    found: dict[tuple[str, int], list[Strip]] = {}
    for report, data in drawn.items():
        for strip in read_strips(data):
            found.setdefault((report, strip.page), []).append(strip)
    places: dict[tuple[str, int, float], int | None] = {}
    rows: list[list[object]] = []
    shown: list[int | None] = []
    for name in numbers.taken:
        row = numbers.rows[name]
        report, page = row["report_id"], row["page"]
        middle = (row["top"] + row["bottom"]) / 2
        found_here = [strip for strip in found.get((report, page), ()) if strip.top <= middle <= strip.bottom]
        if not found_here:
            shown.append(None)
            continue
        here = found_here[0]
        key = (report, page, here.top)
        if key not in places:
            text = base64.b64encode(here.webp).decode()
            places[key] = len(rows) if len(text) <= budget else None
            if len(text) <= budget:
                budget -= len(text) + _AROUND
                rows.append([*(round(edge, 1) for edge in (here.x0, here.top, here.x1, here.bottom)), text])
        shown.append(places[key])
    return rows, shown, sum(place is None for place in places.values())
