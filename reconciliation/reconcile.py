"""`reconcile`: the findings of one or several reports.

The checks run from the surest to the loosest: a table against itself, separators, lists and sentences against
themselves, tables and sentences against one another, reports against one another, and last the spelling of labels. What
an earlier check has explained, a later one does not report again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from reconciliation.against import difference_findings, text_findings
from reconciliation.between import Figures, break_findings, figures_of
from reconciliation.constraints import Constraint, Sum
from reconciliation.findings import FINDING_COLUMNS, Finding, finding_frame, softer
from reconciliation.grid import Grid, Number, read_grids, read_numbers
from reconciliation.groups_said import group_findings
from reconciliation.plausible import separator_findings
from reconciliation.prose import list_findings, sentence_findings
from reconciliation.sentences_read import read_sentences
from reconciliation.series import prose_series, series_findings, table_series
from reconciliation.spelling import spelling_findings
from reconciliation.tables_across import across_findings, near_total_findings
from reconciliation.together import named_part_findings, partition_findings, together_findings
from reconciliation.within import table_constraints, table_findings

#: Below this confidence of an OCR engine a number of a scan may well be misread; right ones have 0.97 nearly always.
_SEEN_WELL = 0.9

__all__ = ["FINDING_COLUMNS", "figures_by_report", "reconcile", "report_findings"]


def reconcile(
    observations: pd.DataFrame,
    *,
    language_by_report: Mapping[str, str] | None = None,
    earlier: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The contradictions in the observations of one or several reports, as a frame with `FINDING_COLUMNS`.

    `observations` has the columns of the published table, and `sentence` for prose where it is known. Reports in
    `earlier` (the same shape) are compared with, and never reported on alone. `language_by_report` gives `nl`, `fr`,
    `de` or `en`, which decides how a sentence binds its figures, and what a decimal comma means where the report itself
    leaves it open; a report that it leaves out is read as Dutch.

    Raises KeyError naming the columns that are missing.
    """
    languages = language_by_report or {}
    mine = _by_report(observations)
    past = _by_report(earlier) if earlier is not None and len(earlier) else {}
    found: list[Finding] = []
    for report, members in mine.items():
        found.extend(_one_report(members, languages.get(report, "nl")))
    found.extend(break_findings([figures_of(members) for members in (past | mine).values()], mine))
    return finding_frame(found)


def report_findings(observations: pd.DataFrame, language: str) -> tuple[list[Finding], Figures | None]:
    """The findings of one report alone, and what it has to be held against others; no figures without a number."""
    numbers = read_numbers(observations)
    return _one_report(numbers, language), figures_of(numbers) if numbers else None


def figures_by_report(observations: pd.DataFrame) -> list[Figures]:
    """What each report has to be held against others."""
    return [figures_of(members) for members in _by_report(observations).values()]


def _by_report(observations: pd.DataFrame) -> dict[str, list[Number]]:
    found: dict[str, list[Number]] = defaultdict(list)
    for n in read_numbers(observations):
        found[n.report].append(n)
    return dict(found)


def _one_report(numbers: Sequence[Number], language: str) -> list[Finding]:
    grids = read_grids(numbers)
    by_id = {n.id: n for n in numbers}
    constraints = {(g.report, g.table): table_constraints(g) for g in grids}
    found, proven, confirmed = _tables(grids, constraints)
    doubted = {i for f in found for i in (f.repair_place, f.observations[0]) if i}
    found.extend(separator_findings(numbers, language, proven, doubted))
    sentences = read_sentences(numbers, language)
    found.extend(list_findings(numbers))
    found.extend(_new(sentence_findings(sentences, [n for n in numbers if n.kind == "cell"]), found))
    every = [c for of_table in constraints.values() for c in of_table]
    shared_out = [*together_findings(sentences, every, by_id), *partition_findings(sentences)]
    found.extend(_new([*shared_out, *named_part_findings(sentences), *group_findings(sentences, grids)], found))
    series = [s for grid in grids for s in table_series(grid)]
    by_year = series_findings([*series, *prose_series(numbers)], frozenset(confirmed))
    found.extend(f for f in by_year if f.kind == "year_mismatch")
    doubted |= {i for f in found for i in (f.repair_place, *f.observations[:1]) if i}
    doubted |= {i for f in found if f.kind == "year_mismatch" for i in f.observations}
    found.extend(_new(text_findings(numbers, grids, doubted), found))
    found.extend(_new([f for f in by_year if f.kind != "year_mismatch"], found))
    meant = {(f.table, int(f.printed)): int(f.expected) for f in by_year if f.kind == "year_mismatch" and f.table
             and f.severity == "error" and f.printed is not None and f.expected is not None}  # fmt: skip
    found.extend(_new([*across_findings(grids), *near_total_findings(series, meant)], found))
    found.extend(_new(difference_findings(sentences, grids), found))
    found.extend(spelling_findings(numbers))
    return [_as_read(f, by_id) for f in found]


def _as_read(finding: Finding, numbers: Mapping[str, Number]) -> Finding:
    """A finding on numbers of a scan that were read with doubt: likely at most, and then likely our own reading.

    All numbers of the arithmetic count, not only the one that is named: the doubtful one may stand anywhere. The
    estimate for a table whose text was read (`reading_confidence`) says nothing here: where its labels or its rows may
    be wrong, numbers that add up all the same but for one prove that one as well as in any other table.
    """
    if min((numbers[i].ocr for i in finding.observations), default=1.0) >= _SEEN_WELL:
        return finding
    return replace(softer(finding, "warning"), culprit="reading")


def _tables(
    grids: Sequence[Grid], constraints_of: Mapping[tuple[str, str], list[Constraint]]
) -> tuple[list[Finding], set[str], set[str]]:
    """The findings of tables, the observations that a sum proves, and those that a sum over or under them confirms."""
    found: list[Finding] = []
    proven: set[str] = set()
    for grid in grids:
        constraints = constraints_of[grid.report, grid.table]
        found.extend(table_findings(grid, constraints))
        values = {n.id: n.value for n in grid.cells.values()}
        proven.update(i for c in constraints if isinstance(c, Sum) and c.holds(values) for i in c.cells())
    doubted = {i for f in found for i in f.observations}
    return found, proven, proven - doubted


def _new(findings: Sequence[Finding], known: Sequence[Finding]) -> list[Finding]:
    """The findings whose printed number no known finding doubts already, one a number and kind."""
    seen = {key for f in known for key in _keys(f)}
    kept = []
    for f in sorted(findings, key=lambda f: _ORDER[f.severity]):
        if not seen.intersection(_keys(f)):
            kept.append(f)
        seen.update(_keys(f))
    return kept


_ORDER = {"error": 0, "warning": 1, "info": 2}


def _keys(f: Finding) -> list[tuple[object, ...]]:
    """What makes two findings one: the same number, or the same claim outside tables, read twice from one page."""
    keys: list[tuple[object, ...]] = [(f.observations[:1], f.kind)]
    if not f.column_label:
        keys.append((f.organisation, f.kind, f.page, f.row_label, f.printed, f.expected))
    return keys
