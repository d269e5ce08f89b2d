"""Checks the published tables against each other: what one table points at must stand in the other.

Knows the tables only by their descriptions, with four facts that no single column can state: a box lies on its page, a
page lies in its report, a body belongs to the report's city, and a report's counts are the counts of its rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from schemas.columns import Reference, Table
from schemas.violations import Fault, Violation, shown, summarise

PageSizes = Mapping[str, Mapping[int, tuple[float, float]]]
"""For each report, the width and height of its pages in points, by page number (from 1)."""

# A glyph's box is wider than its ink: accents and slanted letters reach over the edge of a page cut to the text.
_EDGE = 3.0


COUNTED = ("observations", "cases")
Counts = Mapping[str, Mapping[str, int]]
"""For each table of COUNTED, the number of rows of each report."""


def broken_references(
    specs: Mapping[str, Table],
    tables: Mapping[str, pd.DataFrame],
    page_sizes: PageSizes | None = None,
    *,
    of: Collection[str] | None = None,
    counts: Counts | None = None,
) -> tuple[Violation, ...]:
    """Everything in `tables` (conformed frames by name) that points at nothing, or at the wrong thing.

    A dataset may be checked in parts: `of` names the tables whose rows are checked (all), the others are only pointed
    at; `counts` gives the rows of each report where `tables` holds only some of them.
    """
    result: list[Violation] = []
    for name, frame in tables.items():
        if of is not None and name not in of:
            continue
        faults: list[Fault] = []
        for reference in specs[name].references:
            if reference.table in tables:
                faults.extend(_dangling(specs[name], frame, reference, tables[reference.table]))
        if "reports" in tables:
            faults.extend(_beyond_last_page(frame, tables["reports"]))
            faults.extend(_city_without_body(name, frame, tables))
        if page_sizes is not None and name == "observations":
            faults.extend(_outside_page(frame, page_sizes))
        if name == "reports":
            faults.extend(_miscounted(frame, counts or _counted(tables)))
        if name == "evidence" and "observations" in tables:
            faults.extend(_evidence_differs(frame, tables))
        if name == "corrections" and "observations" in tables:
            faults.extend(_correction_outlived(frame, tables["observations"]))
        result.extend(summarise(specs[name], frame, faults))
    return tuple(result)


def _rows(mask: pd.Series) -> Iterator[int]:
    return (int(row) for row in mask.fillna(False).to_numpy(dtype=bool).nonzero()[0])


def _rows_with(series: pd.Series, values: set[object]) -> Iterator[int]:
    return _rows(series.isin(list(values))) if values else iter(())


def _dangling(table: Table, frame: pd.DataFrame, reference: Reference, target: pd.DataFrame) -> Iterator[Fault]:
    series, wanted = frame[reference.column], target[reference.target]
    columns = (reference.column,)
    absent = f"{reference.table}.{reference.target} has no such value"
    if table.column(reference.column).joined:
        known = set(wanted)
        for row, text in enumerate(series.fillna("")):
            lost = [part for part in str(text).split() if part not in known]
            if lost:
                yield Fault(row, columns, ", ".join(map(repr, lost)), absent)
        return
    pointed, known = set(series.dropna().unique()), set(wanted)
    for row in _rows_with(series, pointed - known):
        yield Fault(row, columns, shown(series.iloc[row]), absent)
    if reference.facet:
        of_facet = set(target.loc[target["facet"] == reference.facet, reference.target])
        for row in _rows_with(series, pointed & known - of_facet):
            yield Fault(row, columns, shown(series.iloc[row]), f"the concept is not of the facet {reference.facet}")


def _beyond_last_page(frame: pd.DataFrame, reports: pd.DataFrame) -> Iterator[Fault]:
    column = next((name for name in ("page_last", "page") if name in frame.columns), None)
    if column is None:
        return
    last = frame["report_id"].map(reports.drop_duplicates("report_id").set_index("report_id")["pages"])
    for row in _rows(frame[column] > last):
        yield Fault(row, (column,), str(frame[column].iloc[row]), f"the report has only {last.iloc[row]} pages")


def _city_without_body(name: str, frame: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
    if "organisations" not in tables or name not in ("observations", "cases"):
        return
    known = set(zip(tables["organisations"]["organisation"], tables["organisations"]["city"], strict=True))
    city = dict(zip(tables["reports"]["report_id"], tables["reports"]["city"], strict=True))
    for row, (report, body) in enumerate(zip(frame["report_id"], frame["organisation"], strict=True)):
        if report in city and (body, city[report]) not in known:
            says = f"organisations has no such body in {city[report]}"
            yield Fault(row, ("organisation",), shown(body), says)


def _outside_page(frame: pd.DataFrame, page_sizes: PageSizes) -> Iterator[Fault]:
    columns = ("x0", "top", "x1", "bottom")
    places = zip(frame["report_id"], frame["page"], *(frame[name] for name in columns), strict=True)
    for row, (report, page, *box) in enumerate(places):
        if report not in page_sizes or pd.isna(page) or any(pd.isna(edge) for edge in box):
            continue
        if page not in page_sizes[report]:
            yield Fault(row, ("page",), str(page), "the report has no such page")
            continue
        width, height = page_sizes[report][page]
        if min(box[:2]) < -_EDGE or box[2] > width + _EDGE or box[3] > height + _EDGE:
            value = ", ".join(f"{edge:g}" for edge in box)
            yield Fault(row, columns, value, f"the box reaches outside its page of {width:g} by {height:g} points")


def _counted(tables: Mapping[str, pd.DataFrame]) -> Counts:
    return {name: Counter(map(str, tables[name]["report_id"])) for name in COUNTED if name in tables}


def _miscounted(reports: pd.DataFrame, counts: Counts) -> Iterator[Fault]:
    for name, found_of in counts.items():
        for row, (report, said) in enumerate(zip(reports["report_id"], reports[name], strict=True)):
            found = int(found_of.get(report, 0))
            if not pd.isna(said) and said != found:
                yield Fault(row, (name,), str(said), f"the table {name} has {found} rows of this report")


def _evidence_differs(evidence: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
    same = {"report_id": "report_id", "page": "page", "x0": "x0", "top": "top", "x1": "x1", "bottom": "bottom",
            "printed": "value_printed"}  # fmt: skip
    observations = tables["observations"].drop_duplicates("observation_id").set_index("observation_id")
    for column, source in same.items():
        truth = evidence["observation_id"].map(observations[source])
        for row in _rows(truth.notna() & (evidence[column] != truth)):
            yield Fault(row, (column,), shown(evidence[column].iloc[row]), "the observation says otherwise")
    for missing in observations.index.difference(pd.Index(evidence["observation_id"])):
        yield Fault(None, ("observation_id",), repr(missing), "the observation has no evidence")
    if "reports" in tables:
        reports = tables["reports"].drop_duplicates("report_id").set_index("report_id")
        truth = evidence["report_id"].map(reports["sha256"])
        for row in _rows(truth.notna() & (evidence["sha256"] != truth).fillna(True)):
            yield Fault(row, ("sha256",), shown(evidence["sha256"].iloc[row]), "the report has another SHA-256")


def _correction_outlived(corrections: pd.DataFrame, observations: pd.DataFrame) -> Iterator[Fault]:
    value = corrections["observation_id"].map(observations.drop_duplicates("observation_id")
                                              .set_index("observation_id")["value"])  # fmt: skip
    for row in _rows(value.notna() & (corrections["expects"] != value)):
        says = f"the report now says {value.iloc[row]:g}; look at the correction again"
        yield Fault(row, ("expects",), shown(corrections["expects"].iloc[row]), says)
