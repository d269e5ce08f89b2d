"""Figures that repeat another figure of the same report: a sentence or list that restates a table's cell.

Conservative: the same body, value, unit and period, and either the same concepts or the same words. A sentence that
could repeat several cells repeats the one that shares most words with it, and none when two share equally many; a
number that is large or has decimals repeats the only cell that holds it.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ontology.scheme import FACETS
from ontology.text import STOPWORDS, normalise

# Small numbers repeat by chance all over a report; they need a shared concept, not only a shared word.
_SMALL = 10
_SAME = ("organisation", "value", "unit", "period_start", "period_end")
_SURE = 4.0
# From here on two equal numbers of one body and period are hardly equal by chance; nor are numbers with decimals.
_LARGE = 100
_FEW = 3
# What one of the two says and the other does not: the cell of a narrower or wider figure.
_UNMATCHED = {"ground": 1.0, "subject": 1.0, "outcome": 1.0, "channel": 1.0, "timeliness": 1.0}


def mark_quotes(observations: pd.DataFrame) -> pd.DataFrame:
    """The frame with `quoted_from` filled for figures outside tables that restate a cell."""
    if observations.empty:
        return observations
    cells: dict[tuple[object, ...], list[int]] = {}
    rows: list[dict] = observations.to_dict("records")
    for place, row in enumerate(rows):
        if row["kind"] == "cell":
            cells.setdefault(tuple(row[column] for column in _SAME), []).append(place)
    quoted: list[str | None] = []
    for row in rows:
        found = None
        if row["kind"] != "cell" and row["measure"] != "change":
            key = tuple(row[column] for column in _SAME)
            cell = _quoted(row, rows, cells.get(key, ()))
            found = None if cell is None else str(rows[cell]["observation_id"])
        quoted.append(found)
    return observations.assign(quoted_from=pd.Series(quoted, index=observations.index, dtype=object))


def _quoted(quote: dict, rows: list[dict], cells: Sequence[int]) -> int | None:
    """The place of the cell that a figure repeats, None where no cell or more than one could be meant."""
    scores = sorted(((_likeness(quote, rows[i]), -i) for i in cells), reverse=True)
    if scores and scores[0][0] > 0 and (len(scores) == 1 or scores[0][0] > scores[1][0]):
        return -scores[0][1]
    value = abs(float(quote["value"]))
    distinctive = value >= _LARGE or value != int(value)
    said = {w for w in normalise(str(quote.get("sentence") or "")).split() if w not in STOPWORDS and len(w) > 2}
    shared = sorted(((len(said & _own_words(rows[i])), -i) for i in cells), reverse=True)
    if len(shared) == 1 and (distinctive or (shared[0][0] and value >= _SMALL)):
        return -shared[0][1]
    if distinctive and shared and len(shared) <= _FEW:
        return -shared[0][1]  # the same number in two tables: the one that the sentence names, else the first
    named = [i for i in cells if (words := _own_words({**rows[i], "column_label": ""})) and words <= said]
    return named[0] if len(named) == 1 and len(cells) <= _FEW and value >= _SMALL else None


def _own_words(row: dict) -> set[str]:
    return {w for w in normalise(f"{row['row_label']} {row['column_label']}").split() if len(w) > 2 and not w.isdigit()}


def _likeness(quote: dict, cell: dict) -> float:
    """How much speaks for `quote` restating `cell`: shared concepts count two, shared words one; 0 rules it out."""
    concepts = 0.0
    for facet in FACETS:
        one, other = quote[facet], cell[facet]
        if pd.isna(one) and pd.isna(other):
            continue
        if pd.isna(one) or pd.isna(other):
            concepts -= _UNMATCHED.get(facet, 0.0)
        elif one == other:
            concepts += 2.0
        elif not (str(one).startswith(f"{other}.") or str(other).startswith(f"{one}.")):
            concepts -= 2.0
    shared = len(_words(quote) & _words(cell))
    narrow = abs(float(quote["value"])) < _SMALL
    if concepts <= 0 or (not shared and concepts < 2) or (narrow and concepts + shared < _SURE):
        return 0.0
    return concepts + shared


def _words(row: dict) -> set[str]:
    text = f"{row['row_label']} {row['column_label']} {row['table_title'] or ''}"
    return {w for w in normalise(text).split() if w not in STOPWORDS and len(w) > 2 and not w.isdigit()}
