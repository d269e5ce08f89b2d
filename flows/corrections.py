"""Corrections that people record in `corrections.yaml` beside the catalogue: which number, and what it should be.

A correction never replaces a number: it is published beside it. It holds only as long as the report prints what the
record says it prints. One that no longer does, or that names no number or several, is not published, and the build says
so and ends with status 1.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.assemble import Failure
from flows.catalogue import CatalogueError
from flows.plain_yaml import BadYaml, load

if TYPE_CHECKING:
    import pandas as pd

CORRECTIONS = "corrections.yaml"

_FIELDS = ("report", "place", "printed", "correct", "reason", "source", "who", "when")
#: What a place may say, and the column of `observations` that it is held against.
_PLACE = {
    "observation": "observation_id",
    "organisation": "organisation",
    "kind": "kind",
    "page": "page",
    "table": "table_title",
    "row": "row_label",
    "column": "column_label",
    "sentence": "sentence",
}


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the file. `place` maps words of `_PLACE` to what the number's row of `observations` says there."""

    name: str
    report: str
    place: Mapping[str, object]
    printed: str
    correct: float
    reason: str
    source: str
    who: str
    when: date


class _Unusable(Exception):
    """What is wrong with one record, as a sentence."""


def load_corrections(root: Path) -> tuple[list[Record], list[Failure]]:
    """The records under a raw folder and, as failures, those that cannot be used.

    Raises CatalogueError when the file as a whole cannot be read.
    """
    path = root / CORRECTIONS
    if not path.is_file():
        return [], []
    records: list[Record] = []
    refused: list[Failure] = []
    for place, raw in enumerate(_listed(path), start=1):
        name = f"{CORRECTIONS}, record {place}"
        try:
            records.append(_record(name, raw))
        except _Unusable as problem:
            refused.append(Failure(name, f"{name}: {problem}"))
    return records, refused


def published_corrections(
    records: list[Record], observations: pd.DataFrame, unread: Collection[str]
) -> tuple[pd.DataFrame, list[Failure]]:
    """The table `corrections`, and as failures the records that the reports do not bear out.

    Records on reports in `unread`, which could not be read this time, wait without a word.
    """
    import pandas as pd

    from schemas.tables import empty, validate

    rows: dict[str, dict[str, object]] = {}
    failures: list[Failure] = []
    for record in records:
        if record.report in unread:
            continue
        try:
            row = _row(record, observations)
            if row["correction_id"] in rows:
                raise _Unusable("an earlier record corrects the same number; keep one of the two.")
            rows[str(row["correction_id"])] = row
        except _Unusable as problem:
            failures.append(Failure(record.name, f"{record.name} ({record.report}): {problem}"))
    if not rows:
        return empty("corrections"), failures
    return validate("corrections", pd.DataFrame([rows[key] for key in sorted(rows)])), failures


def _listed(path: Path) -> list[object]:
    try:
        read = load(path)
    except BadYaml as error:
        raise CatalogueError(str(error)) from error
    listed = read.get("corrections") if isinstance(read, dict) else None
    if read is None or (isinstance(read, dict) and listed is None and set(read) <= {"corrections"}):
        return []
    if not isinstance(listed, list):
        raise CatalogueError(f"{path} has no list under `corrections:`; docs/findings.md shows one.")
    return listed


def _record(name: str, raw: object) -> Record:
    if not isinstance(raw, dict):
        raise _Unusable("it is no mapping of fields to values; docs/findings.md shows one.")
    if missing := [field for field in _FIELDS if raw.get(field) in (None, "", {})]:
        raise _Unusable(f"it lacks {', '.join(missing)}.")
    if unknown := sorted(map(str, set(raw) - set(_FIELDS))):
        raise _Unusable(f"it has unknown fields ({', '.join(unknown)}); known are {', '.join(_FIELDS)}.")
    place, correct, when = raw["place"], raw["correct"], raw["when"]
    if not isinstance(place, dict) or not set(place) <= set(_PLACE):
        raise _Unusable(f"`place` must map some of {', '.join(_PLACE)} to what they are.")
    if isinstance(correct, bool) or not isinstance(correct, int | float):
        raise _Unusable(f"`correct` must be a number in plain writing such as 2.07, not {correct!r}.")
    if not isinstance(raw["printed"], str):
        raise _Unusable(f"`printed` must be the characters on the page, in quotes, not {raw['printed']!r}.")
    if not isinstance(when, date):
        raise _Unusable(f"`when` must be a day such as 2026-11-24, not {when!r}.")
    words = {field: " ".join(str(raw[field]).split()) for field in ("report", "reason", "source", "who")}
    return Record(
        name=name,
        place=dict(place),
        printed=raw["printed"],
        correct=float(correct),
        when=when,
        **words,
    )


def _row(record: Record, observations: pd.DataFrame) -> dict[str, object]:
    """The record as a row of the table; raises _Unusable when the report does not bear it out."""
    mine = observations[observations["report_id"] == record.report]
    if not len(mine):
        raise _Unusable("there is no such report with numbers in this build; correct `report` or take the record away.")
    for word, wanted in record.place.items():
        mine = mine[mine[_PLACE[word]].map(_plain) == _plain(wanted)]
    if len(mine) != 1:
        found = "no number" if not len(mine) else f"{len(mine)} numbers"
        more = ", ".join(word for word in _PLACE if word not in record.place)
        raise _Unusable(f"its place fits {found}; it must fit one. `place` may also give {more}.")
    number: dict[Any, Any] = mine.iloc[0].to_dict()
    if _plain(number["value_printed"]) != _plain(record.printed):
        raise _Unusable(
            f"page {number['page']} now prints {number['value_printed']!r} there, not {record.printed!r}; look at the "
            "correction again."
        )
    if float(number["value"]) == record.correct:
        raise _Unusable(f"the report already says {record.correct:g}; take the record away.")
    return {
        "correction_id": f"{number['observation_id']}:correction",
        "report_id": record.report,
        "observation_id": number["observation_id"],
        "expects": float(number["value"]),
        "corrected": record.correct,
        "reason": record.reason,
        "decided_by": record.who,
        "decided_on": record.when,
        "printed": number["value_printed"],
        "source": record.source,
    }


def _plain(value: object) -> str:
    return " ".join(str(value).split())
