"""A report held against its body's last one: which tables are the same, which labels were renamed, what moved.

A table is known again by its labels and its title, years left out; a renamed label by what it resembles, by where it
stands, and by last year's column, which repeats the figures that the old label had.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from rapidfuzz import fuzz

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_SAME_TABLE = 0.35
"""Two tables of a body that share a third of their labels and most of a title are one; strangers share next to none."""
_RENAMED = 0.5
"""Half of the evidence for a new name: one kind of it whole (the same figures, say), or two kinds in part."""


@dataclass(frozen=True)
class PrintedTable:
    """A logical table of a report as its observations show it. `rows` and `columns` are its labels in order, plain (see
    `plain`), `shown` as printed by plain row label; `totals` are rows that hold nothing but totals. `own` is the first
    count of each row for the year reported on, `earlier` for the year before.
    """

    table_id: str
    title: str
    page: int
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    totals: frozenset[str]
    shown: Mapping[str, str]
    own: Mapping[str, float]
    earlier: Mapping[str, float]

    @cached_property
    def sum(self) -> float:
        """The sum of the own figures of all rows that are no totals."""
        return sum(value for label, value in self.own.items() if label not in self.totals)


@dataclass(frozen=True, slots=True)
class Rename:
    """A label of last year that is called otherwise this year, and why that is believed."""

    old: str
    new: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A table of last year and this year's. `moved` says that it changed places with others."""

    old: PrintedTable
    new: PrintedTable
    moved: bool
    renames: tuple[Rename, ...]

    @property
    def gone(self) -> tuple[str, ...]:
        """Row labels of last year that are neither here nor renamed."""
        renamed = {rename.old for rename in self.renames}
        return tuple(label for label in self.old.rows if label not in self.new.rows and label not in renamed)

    @property
    def come(self) -> tuple[str, ...]:
        """Row labels that last year's table had not."""
        renamed = {rename.new for rename in self.renames}
        return tuple(label for label in self.new.rows if label not in self.old.rows and label not in renamed)


@dataclass(frozen=True, slots=True)
class Series:
    """Two years of one body: the tables in both, those of last year only, those of this year only."""

    pairs: tuple[Pair, ...]
    gone: tuple[PrintedTable, ...]
    come: tuple[PrintedTable, ...]


def predecessor(report: Mapping[str, Any], reports: pd.DataFrame) -> str | None:
    """The id of the same body's latest report of the three years before among `reports`; None when there is none."""
    before = report["reporting_year"] - reports["reporting_year"]
    same = reports[
        (reports["city"] == report["city"])
        & (reports["country"] == report["country"])
        & before.between(1, 3).fillna(False)
        & (reports["status"] != "failed")
    ]
    alike = same[same["publisher"].map(lambda name: fuzz.token_sort_ratio(str(name), str(report["publisher"])) >= 80)]
    if not len(alike):
        return None
    return str(alike.sort_values(["reporting_year", "report_id"])["report_id"].iloc[-1])


def series(old: pd.DataFrame, old_year: int, new: pd.DataFrame, new_year: int) -> Series:
    """What became of the tables of `old`; both are the observations of one report."""
    before, after = printed_tables(old, old_year), printed_tables(new, new_year)
    matched = _matched(before, after)
    places = [after.index(there) for _, there in matched]
    moved = _moved(places)
    pairs = tuple(
        Pair(here, there, place in moved, tuple(_renames(here, there)))
        for (here, there), place in zip(matched, places, strict=True)
    )
    known_old, known_new = {id(here) for here, _ in matched}, {id(there) for _, there in matched}
    return Series(
        pairs,
        tuple(table for table in before if id(table) not in known_old),
        tuple(table for table in after if id(table) not in known_new),
    )


def printed_tables(observations: pd.DataFrame, year: int) -> list[PrintedTable]:
    """The tables of one report in the order in which they are printed."""
    cells = observations[(observations["kind"] == "cell") & observations["table_id"].notna()]
    found = [_printed(str(table_id), frame, year) for table_id, frame in cells.groupby("table_id", sort=False)]
    tops = cells.groupby("table_id")[["page", "top"]].min()
    return sorted(found, key=lambda table: tuple(tops.loc[table.table_id]))


def plain(label: object) -> str:
    """A label to be compared with another year's: without years, accents, case and stray blanks."""
    text = "" if label is None or label is pd.NA else _YEAR.sub("<year>", str(label))
    text = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in text if not unicodedata.combining(char)).split())


def _printed(table_id: str, frame: pd.DataFrame, year: int) -> PrintedTable:
    placed = frame.sort_values(["page", "top", "x0"])
    rows, columns = placed["row_label"].map(plain), placed["column_label"].map(plain)
    totals = rows[placed["is_total"].astype(bool)]
    # Rows whose every figure is a total; a total's column makes none of its rows one.
    whole = frozenset(label for label in set(totals) if placed.loc[rows == label, "is_total"].all())
    shown = dict(zip(rows, placed["row_label"].astype(str), strict=True))
    years = placed["period_start"].map(lambda day: day.year if day is not None and day is not pd.NA else None)
    counts = placed["unit"] == "count"
    return PrintedTable(
        table_id,
        str(placed["table_title"].iloc[0]) if placed["table_title"].notna().any() else "",
        int(placed["page"].iloc[0]),
        tuple(dict.fromkeys(rows)),
        tuple(dict.fromkeys(columns)),
        whole,
        shown,
        _figures(rows, placed, counts & (years == year)),
        _figures(rows, placed, counts & (years == year - 1)),
    )


def _figures(rows: pd.Series, placed: pd.DataFrame, where: pd.Series) -> dict[str, float]:
    """The first figure of each row among those `where` holds."""
    found: dict[str, float] = {}
    chosen = where.fillna(False).astype(bool)
    for label, value in zip(rows[chosen], placed.loc[chosen, "value"], strict=True):
        found.setdefault(str(label), float(value))
    return found


def _matched(before: list[PrintedTable], after: list[PrintedTable]) -> list[tuple[PrintedTable, PrintedTable]]:
    """The best pairs first, each table once; in the order of `before`."""
    scored = [(_likeness(here, there), i, j) for i, here in enumerate(before) for j, there in enumerate(after)]
    pairs: dict[int, int] = {}
    for score, i, j in sorted(scored, key=lambda item: (-item[0], abs(item[1] - item[2]), item[1], item[2])):
        if score >= _SAME_TABLE and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return [(before[i], after[pairs[i]]) for i in sorted(pairs)]


def _likeness(one: PrintedTable, other: PrintedTable) -> float:
    rows, columns = _shared(one.rows, other.rows), _shared(one.columns, other.columns)
    turned = min(_shared(one.rows, other.columns), _shared(one.columns, other.rows))
    title = fuzz.token_sort_ratio(plain(one.title), plain(other.title)) / 100
    return max(0.5 * rows + 0.25 * columns, 0.75 * turned) + 0.25 * title


def _shared(one: Iterable[str], other: Iterable[str]) -> float:
    mine, theirs = set(one), set(other)
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0


def _renames(old: PrintedTable, new: PrintedTable) -> list[Rename]:
    lost = [label for label in old.rows if label not in new.rows]
    come = [label for label in new.rows if label not in old.rows]
    scored = sorted(
        (
            (sum(weight for weight, _ in evidence), before, after, tuple(why for _, why in evidence))
            for before in lost
            for after in come
            if (evidence := _evidence(old, before, new, after))
        ),
        key=lambda item: (-item[0], item[1], item[2]),
    )
    found: dict[str, Rename] = {}
    for score, before, after, why in scored:
        if score >= _RENAMED and before not in found and after not in {rename.new for rename in found.values()}:
            found[before] = Rename(before, after, why)
    return [found[label] for label in old.rows if label in found]


def _evidence(old: PrintedTable, before: str, new: PrintedTable, after: str) -> list[tuple[float, str]]:
    """What speaks for `after` being the new name of `before`: weights that add up, each with a few words."""
    found = []
    alike = fuzz.token_sort_ratio(before, after) / 100
    if alike >= 0.6:
        found.append((alike - 0.3, f"the names are {alike:.0%} alike"))
    if before in old.own and after in new.earlier and old.own[before] == new.earlier[after]:
        same = sum(value == old.own[before] for value in old.own.values())
        found.append((0.6 / same, f"last year's column repeats its figure, {old.own[before]:g}"))
    if _neighbours(old.rows, before) == _neighbours(new.rows, after):
        found.append((0.3, "it stands between the same two labels"))
    return found


def _neighbours(rows: tuple[str, ...], label: str) -> tuple[str | None, str | None]:
    at = rows.index(label)
    return (rows[at - 1] if at else None, rows[at + 1] if at + 1 < len(rows) else None)


def _moved(places: list[int]) -> set[int]:
    """Which of the tables, given by their new places in their old order, changed places: those that leave the longest
    run in the old order, and those that stand between two others than before.
    """
    now = sorted(places)
    between = {place: _around(places, at) for at, place in enumerate(places)}
    elsewhere = {
        place
        for at, place in enumerate(now)
        if all(was != then for was, then in zip(between[place], _around(now, at), strict=True))
    }
    return (set(places) - _longest_increasing(places)) | elsewhere


def _around(places: list[int], at: int) -> tuple[int | None, int | None]:
    return (places[at - 1] if at else None, places[at + 1] if at + 1 < len(places) else None)


def _longest_increasing(places: list[int]) -> set[int]:
    """A longest subsequence that rises (patience sorting): what kept its order."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(tails, place)
        before[place] = tails[at - 1] if at else None
        tails[at : at + 1] = [place]
    kept: set[int] = set()
    last: int | None = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept
