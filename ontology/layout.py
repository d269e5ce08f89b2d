"""Figures as they stand together on the page: groups, label levels, columns that go on from the one before.

Pure functions on printed figures and their labels; no concept is chosen here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import pandas as pd

from ontology.categories import Word
from ontology.periods import Part, read_part
from ontology.services import service_of_subjects
from ontology.text import normalise
from schemas.printed import Figure, PrintedReport

# Words that open a part of the column before them: they keep that column's period.
_PART_OF = ("waarvan", "dont", "davon", "of which", "darunter", "hiervan", "daarvan")


def together(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Figures that stand together: one table, one list, one chart; each figure of running text alone."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for number, figure in enumerate(figures):
        if figure.table_id is not None:
            key: tuple[object, ...] = (figure.kind, figure.table_id)
        elif figure.kind == "prose":
            key = (figure.kind, number)
        else:
            key = (figure.kind, figure.place.page, figure.organisation, figure.section, figure.table_title)
        groups.setdefault(key, []).append(figure)
    return list(groups.values())


def levels(words: Sequence[tuple[Word, ...]]) -> list[list[str]]:
    """The distinct categories at each level of an axis, in order of appearance."""
    depth = max((len(w) for w in words), default=0)
    return [list(dict.fromkeys(w[i].category for w in words if len(w) > i and w[i].category)) for i in range(depth)]


def inherited_time(figures: Sequence[Figure], columns: Sequence[tuple[Word, ...]]) -> dict[int, Part]:
    """Time for columns that give none themselves, by place in `figures`.

    One that opens with "of which" takes that of the nearest column to the left; a percentage takes
    that of the table's other columns where they all give the same.
    """
    found: dict[int, Part] = {}
    for order in columns_in_order(figures):
        last: Part | None = None
        for places in order:
            words = columns[places[0]]
            timed = [w.part for w in words if w.part.found]
            if timed:
                last = timed[-1]
            elif last is not None and words and normalise(words[-1].label).startswith(_PART_OF):
                found.update(dict.fromkeys(places, last))
    silent = [p for p, words in enumerate(columns) if p not in found and not any(w.part.found for w in words)]
    given = {replace(w.part, rest="") for words in columns for w in words if w.part.found}
    if len(given) == 1 and all(figures[place].unit == "percent" for place in silent):
        found.update(dict.fromkeys(silent, given.pop()))
    return found


def columns_in_order(figures: Sequence[Figure]) -> list[list[list[int]]]:
    """For each page the columns from left to right, each as the places in `figures` of its cells."""
    pages: dict[int, dict[tuple[str, ...], list[int]]] = {}
    for place, figure in enumerate(figures):
        if figure.kind == "cell":
            pages.setdefault(figure.place.page, {}).setdefault(tuple(figure.column_labels), []).append(place)

    def left(places: list[int]) -> float:
        return float(median(figures[p].place.box.x0 for p in places))

    return [sorted(found.values(), key=left) for _, found in sorted(pages.items())]


def stub_headings(report: PrintedReport) -> dict[str, str]:
    """The words above the stub of each table (`Trefwoord`), by table id."""
    found: dict[str, str] = {}
    for part in report.tables:
        cells = [
            c.text for c in part.cells if c.row < part.header_rows and c.col < part.stub_columns and c.text.strip()
        ]
        if cells and not part.beside:
            found[part.part_id] = " ".join(cells)
    return found


def time_of_figure(figure: Figure) -> tuple[Part, ...]:
    """The years that a sentence or list itself gives, as parts of a period."""
    return tuple(read_part(year) for year in figure.years[-1:])


def bodies_by_subject(observations: pd.DataFrame) -> pd.DataFrame:
    """Fills in what a body is, where its name does not tell, from the subjects that its tables count."""
    cells = observations[observations["kind"] == "cell"]
    for name, own in cells[cells["organisation_concept"].isna()].groupby("organisation"):
        labels = own.dropna(subset=["subject"]).drop_duplicates(["row_label", "column_label"])
        service = service_of_subjects(labels["subject"].tolist())
        if service and len(labels) > 1:
            observations.loc[observations["organisation"] == name, "organisation_concept"] = service
    return observations
