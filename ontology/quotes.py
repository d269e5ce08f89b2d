"""Figures that repeat another figure of the same report: a sentence or list that restates a table's cell.

Conservative: the same body, value, unit and period, and either the same concepts or the same words. A sentence that
could repeat several cells repeats the one that shares most words with it, and none when two share equally many.
"""

from __future__ import annotations

import pandas as pd

from ontology.scheme import FACETS
from ontology.text import STOPWORDS, normalise

# Small numbers repeat by chance all over a report; they need a shared concept, not only a shared word.
_SMALL = 10
_SAME = ("organisation", "value", "unit", "period_start", "period_end")
_SURE = 4.0
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
        if row["kind"] != "cell":
            key = tuple(row[column] for column in _SAME)
            scores = sorted(((_likeness(row, rows[i]), i) for i in cells.get(key, ())), reverse=True)
            if scores and scores[0][0] > 0 and (len(scores) == 1 or scores[0][0] > scores[1][0]):
                found = str(rows[scores[0][1]]["observation_id"])
        quoted.append(found)
    return observations.assign(quoted_from=pd.Series(quoted, index=observations.index, dtype=object))


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
