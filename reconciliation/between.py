"""Reports held against one another: the same figure of the same year, printed differently in a later report.

Reports correct their past silently, or change what they count. Neither is an error that the reports prove, so these
findings are warnings at most: who makes a series over the years has to know where it breaks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from reconciliation.findings import Finding, Severity, finding_at
from reconciliation.grid import Number
from reconciliation.numbers import same, show
from reconciliation.sentences import Said, place
from reconciliation.words import fold, keywords, says_total, tight, without_years

_Key = tuple[str, int, str, str, str, str]


def break_findings(numbers: Sequence[Number], earlier: Sequence[Number]) -> list[Finding]:
    """One finding a figure that two reports on one body print differently, on the later report of the two.

    Only table cells are compared, and only those that their report prints once: a label that stands for two cells of
    one year says too little.
    """
    reports = _by_report([*earlier, *numbers])
    checked = {n.report for n in numbers}
    order = sorted(reports, key=lambda r: (max(n.year or 0 for n in reports[r]), r))
    figures = {r: _figures(reports[r]) for r in order}
    found = []
    for i, later in enumerate(order):
        if later not in checked:
            continue
        told: set[str] = set()
        for before in reversed(order[:i]):
            for key, a in figures[later].items():
                b = figures[before].get(key)
                if b is None or a.id in told or same(a.value, b.value) or not _same_table(a, b):
                    continue
                told.add(a.id)
                found.append(_finding(a, b))
    return found


def _by_report(numbers: Iterable[Number]) -> dict[str, list[Number]]:
    reports: dict[str, list[Number]] = defaultdict(list)
    for n in numbers:
        reports[n.report].append(n)
    return reports


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
