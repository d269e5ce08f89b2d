"""Cases that somebody asked to be removed: records in `removals.yaml` beside the catalogue survive every rebuild.

A record names the place of a case, never its text. The case is left out; that one was, and when, is published. A record
that no longer finds its case removes all cases that begin on its page, and says so when there is none: a reader that
was mended must not bring back what a person asked to be gone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from flows.assemble import Failure
from flows.catalogue import CatalogueError
from flows.plain_yaml import BadYaml, load

if TYPE_CHECKING:
    import pandas as pd

REMOVALS = "removals.yaml"
_FIELDS = ("report", "page", "who", "when")


@dataclass(frozen=True, slots=True)
class Removal:
    """One record: a case of `report` that begins on `page`; `case` is its case_id where that is known."""

    name: str
    report: str
    page: int
    when: date
    case: str | None = None


@dataclass(frozen=True, slots=True)
class Removals:
    """The records of the file, and texts that a person looked at and found not personal."""

    records: tuple[Removal, ...] = ()
    not_personal: tuple[str, ...] = ()


def load_removals(root: Path) -> Removals:
    """The file under a raw folder; raises CatalogueError when it cannot be read or one of its records not be used.

    A record that is not understood stops the build: publishing without it would publish what somebody asked to be gone.
    """
    path = root / REMOVALS
    if not path.is_file():
        return Removals()
    try:
        content = load(path)
    except BadYaml as error:
        raise CatalogueError(str(error)) from error
    content = {} if content is None else content
    if not isinstance(content, dict) or not set(content) <= {"removals", "not_personal"}:
        raise CatalogueError(
            f"{path} holds lists under `removals:` and `not_personal:` only; docs/security.md shows them."
        )
    lists = {key: content.get(key) or [] for key in ("removals", "not_personal")}
    for key, listed in lists.items():
        if not isinstance(listed, list):
            raise CatalogueError(f"{path}: `{key}` is no list; docs/security.md shows one.")
    records = tuple(_record(path, place, raw) for place, raw in enumerate(lists["removals"], start=1))
    cleared = tuple(_cleared(path, place, raw) for place, raw in enumerate(lists["not_personal"], start=1))
    return Removals(records, cleared)


def _record(path: Path, place: int, raw: object) -> Removal:
    name = f"{path.name}, record {place}"
    if not isinstance(raw, dict):
        raise CatalogueError(f"{name}: it is no mapping of fields to values; docs/security.md shows one.")
    if missing := [field for field in _FIELDS if raw.get(field) in (None, "")]:
        raise CatalogueError(f"{name}: it lacks {', '.join(missing)}.")
    if unknown := sorted(map(str, set(raw) - {*_FIELDS, "case"})):
        raise CatalogueError(f"{name}: it has unknown fields ({', '.join(unknown)}); a case's text has no place here.")
    page, when, case = raw["page"], raw["when"], raw.get("case")
    if isinstance(page, bool) or not isinstance(page, int) or page < 1:
        raise CatalogueError(f"{name}: `page` must be the page of the PDF on which the case begins, not {page!r}.")
    if not isinstance(when, date):
        raise CatalogueError(f"{name}: `when` must be a day such as 2026-11-24, not {when!r}.")
    if not isinstance(raw["report"], str) or not (case is None or isinstance(case, str)):
        raise CatalogueError(f"{name}: `report` and `case` must be texts, put them in quotes.")
    return Removal(name, raw["report"], page, when, case)


def _cleared(path: Path, place: int, raw: object) -> str:
    name = f"{path.name}, not_personal {place}"
    if not isinstance(raw, dict) or {"text", "who", "when", "reason"} != set(raw) or not all(raw.values()):
        raise CatalogueError(f"{name}: give text, reason, who and when, nothing else.")
    return str(raw["text"])


def without_removed(
    cases: pd.DataFrame, records: Sequence[Removal], unread: Collection[str]
) -> tuple[pd.DataFrame, list[dict[str, object]], list[Failure]]:
    """The cases that stay, rows of `problems` that say what was left out, and the records that found no case.

    Records on reports in `unread`, which could not be read this time, wait without a word.
    """
    gone: set[str] = set()
    said: list[dict[str, object]] = []
    lost: list[Failure] = []
    for record in records:
        if record.report in unread:
            continue
        there = cases[cases["report_id"] == record.report]
        found = there[there["case_id"] == record.case] if record.case else there.iloc[:0]
        if not len(found):
            found = there[there["page_first"] == record.page]
        if not len(found):
            what = f"{record.name}: no case of {record.report} begins on page {record.page} any more; look whether it "
            lost.append(Failure(record.name, what + "stands elsewhere now, and correct the record."))
            continue
        gone |= set(found["case_id"])
        counted = "1 case was" if len(found) == 1 else f"{len(found)} cases were"
        what = f"{counted} left out on request (recorded {record.when.isoformat()})."
        said.append({"report_id": record.report, "page": record.page, "severity": "info", "what": what})
    return cases[~cases["case_id"].isin(gone)].reset_index(drop=True), said, lost
