"""Reports held against one another: the same figure of the same year, printed differently in a later report.

Reports correct their past silently, or change what they count. Neither is an error that the reports prove, so these
findings are warnings at most: who makes a series over the years has to know where it breaks.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from reconciliation.findings import Finding, Severity, finding_at
from reconciliation.grid import Number
from reconciliation.numbers import same, show
from reconciliation.sentences import Said, place
from reconciliation.words import fold, keywords, says_total, tight, without_years

_Key = tuple[str, int, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Figures:
    """What one report has to be held against others: the cells that it prints once, by what they count.

    `last_year` is the latest year that any of its numbers is about: it puts reports in order.
    """

    report: str
    last_year: int
    cells: Mapping[_Key, Number]

    def digests(self) -> list[tuple[int, float]]:
        """What each cell counts as a hash of 64 bits, and its value: enough to see which cells need to be looked at."""
        return [(_digest(key), number.value) for key, number in self.cells.items()]

    def only(self, digests: Collection[int]) -> Figures:
        """The cells with one of these hashes."""
        return replace(self, cells={key: number for key, number in self.cells.items() if _digest(key) in digests})


def disagreeing(figures: Iterable[Sequence[tuple[int, float]]]) -> frozenset[int]:
    """The hashes (`Figures.digests`, of any number of reports) under which reports have different values."""
    pairs = [pair for of_report in figures for pair in of_report]
    keys = np.fromiter((key for key, _ in pairs), dtype=np.uint64, count=len(pairs))
    values = np.fromiter((value for _, value in pairs), dtype=np.float64, count=len(pairs))
    order = np.lexsort((values, keys))
    keys, values = keys[order], values[order]
    return frozenset(keys[1:][(keys[1:] == keys[:-1]) & (values[1:] != values[:-1])].tolist())


def figures_of(numbers: Sequence[Number]) -> Figures:
    """The figures of one report; `numbers` are all that it prints, at least one."""
    return Figures(numbers[0].report, max(n.year or 0 for n in numbers), _figures(numbers))


def break_findings(reports: Iterable[Figures], checked: Collection[str]) -> list[Finding]:
    """One finding a figure that two reports on one body print differently, on the later report of the two.

    Only table cells are compared, and only those that their report prints once: a label that stands for two cells of
    one year says too little. Findings are made on the reports in `checked` only.
    """
    order = sorted(reports, key=lambda figures: (figures.last_year, figures.report))
    earlier: dict[_Key, list[Number]] = defaultdict(list)
    found = []
    for later in order:
        for key, a in later.cells.items():
            others = (b for b in reversed(earlier[key]) if not same(a.value, b.value) and _same_table(a, b))
            if later.report in checked and (nearest := next(others, None)) is not None:
                found.append(_finding(a, nearest))
            earlier[key].append(a)
    return found


def _figures(numbers: Iterable[Number]) -> dict[_Key, Number]:
    """The cells of a report by what they count; labels that stand for several cells are left out."""
    found: dict[_Key, list[Number]] = defaultdict(list)
    for n in numbers:
        if n.kind != "cell" or n.year is None or n.unit not in ("count", "percent"):
            continue
        total = bool(n.rows) and says_total(n.rows[-1])
        title = " ".join(sorted(keywords(n.title))) if total else ""
        row, column = without_years(n.row_label), without_years(n.column_label)
        found[tight(n.organisation), n.year, n.unit, title, fold(row), fold(column)].append(n)
    return {key: cells[0] for key, cells in found.items() if len(cells) == 1}


def _digest(key: _Key) -> int:
    return int.from_bytes(hashlib.blake2b(repr(key).encode(), digest_size=8).digest(), "big")


def _same_table(a: Number, b: Number) -> bool:
    """Whether the tables may be the same one: their titles share a word, or one has none."""
    x, y = keywords(a.title), keywords(b.title)
    return not x or not y or bool(x & y)


def _finding(a: Number, b: Number) -> Finding:
    at, other = place(a), place(b)
    near = abs(a.value - b.value) <= 0.25 * max(abs(a.value), abs(b.value))
    severity: Severity = "warning" if near or a.unit == "percent" else "info"
    said = Said(
        f"{at.en}: {a.printed or show(a.value, 'en')} for {a.year}; the earlier report {b.report} printed "
        f"{b.printed or show(b.value, 'en')} ({other.en}). A series over the years breaks here.",
        f"{at.nl}: {a.printed or show(a.value)} voor {a.year}; het eerdere verslag {b.report} drukte "
        f"{b.printed or show(b.value)} ({other.nl}). Een reeks over de jaren breekt hier.",
        f"{show(a.value, 'en')} against {show(b.value, 'en')} in {b.report}",
    )
    return finding_at(
        a, "series_break", severity, said, expected=b.value, observations=[b.id], place=f"{b.report} {b.table}"
    )
