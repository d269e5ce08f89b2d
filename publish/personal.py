"""The last look before a dataset leaves: does any published text hold a personal detail?

A second detector, independent of the masking (`extractors.masking`): it shares no rule, list or pattern with it.
Numbers are judged by their check digits and form (`extractors.leaks`); persons by how texts speak of them: a form of
address or initials before a capitalised name, a word of kinship or "named" before two, a date of birth, a number
plate's form. It knows no first names and no surnames, so it misses names that stand alone; that is the masking's work.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from extractors.leaks import leak
from publish.reading import read

FILE = "privacy.json"
TEXTS = {
    "cases": ("case_id", ("title", "complaint", "handling", "follow_up")),
    "observations": ("observation_id", ("sentence", "row_label", "column_label", "table_title")),
    "labels": ("label_id", ("label", "context")),
    "findings": ("finding_id", ("message", "message_nl")),
}
"""Where texts of reports stand: the key and the columns of each table."""

_NAME = (
    r"(?!(?:De|Het|Een|La|Le|Les|The|Der|Die|Das|In|Op|Il|Elle|We|Ook|En|Et|And|Und)\b)"
    r"(?:[A-ZÀ-Ý][a-zà-ÿ][a-zà-ÿ'’]*(?:-[A-ZÀ-Ý][a-zà-ÿ'’]+)?)"
)
_LINK = r"(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]en|[Dd]er|[Dd]u|la|le|el|ten|ter|zu)\s+){0,2}"
_ADDRESSED = re.compile(
    rf"\b(?:[Dd]hr\.|[Mm]evr\.|[Mm]w\.|M\.|MM\.|Mme|Mlle|Hr\.|Frau|Herrn?|Mrs?\.?|Ms\.?|[Mm]onsieur|[Mm]adame|"
    rf"[Mm]evrouw|[Mm]eneer|[Mm]ijnheer|[Dd]e heer)\s+(?P<name>{_LINK}{_NAME}(?:\s+{_LINK}{_NAME})?)"
)
_INITIALS = re.compile(rf"(?<![\w.])(?P<name>[A-Z]\.\s?(?:[A-Z]\.\s?)?{_LINK}{_NAME})(?!\w)")
_NAMED = re.compile(
    r"\b(?:genaamd|geheten|nommée?|prénommée?|namens|named|mit Namen|[Mm]ijn (?:man|vrouw|zoon|dochter)|[Mm]on mari|"
    r"[Mm]a femme|[Mm]y (?:wife|husband|son|daughter)|[Mm]ein Mann|[Mm]eine Frau)\s+"
    rf"(?P<name>{_NAME}\s+{_LINK}{_NAME})"
)
_BORN = re.compile(
    r"\b(?:geboren|née?|geb\.|born)\b[^.\d]{0,25}"
    r"(?P<name>\d{1,2}[./\- ](?:\d{1,2}|[a-zà-ÿ]{3,9})[./\- ](?:19|20)?\d\d)\b",
    re.I,
)
_PLATE = re.compile(r"(?<![\w-])(?P<name>[1-9]-[A-Z]{3}-\d{3}|[A-Z]{2}-\d{3}-[A-Z]{2}|\d-[A-Z]{3}-\d{2})(?![\w-])")
_OFFICES = re.compile(
    r"(?:[Bb]urgemeester|[Ss]chepen|[Oo]mbuds|[Mm]édiat|[Dd]irect|[Mm]inister|[Mm]inistre|[Bb]ourgmestre|[Vv]oorzitter|[Pp]résident|"
    r"[Cc]ommissa|[Mm]ayor|[Rr]echt|[Aa]mbtenaar|[Ss]ecretaris|[Vv]oyage)\w*$"
)


@dataclass(frozen=True, slots=True)
class Detail:
    """What looks like a personal detail in one text. `text` is what was found, for the eyes of who publishes."""

    table: str
    key: str
    column: str
    what: str
    text: str


_OFFICE_MAIL = re.compile(r"(?<![\w.+\-])[A-Za-z]+@[\w.\-]+")
"""A mailbox of one word is an office's (klachten@, info@); a person's at work has two."""
_NARRATIVE = frozenset({"title", "complaint", "handling", "follow_up", "sentence"})


def details_in(text: str, *, narrative: bool = True) -> Iterator[tuple[str, str]]:
    """What a text seems to hold, and where: (`a person's name`, `Mevr. Peeters`). Labels name offices' mailboxes."""
    if number := leak(text if narrative else _OFFICE_MAIL.sub("", text)):
        yield number, text[:80]
    for what, pattern in (
        ("a person's name", _ADDRESSED),
        ("a person's name", _INITIALS),
        ("a person's name", _NAMED),
        ("a date of birth", _BORN),
        ("a number plate", _PLATE),
    ):
        for hit in pattern.finditer(text):
            if not _OFFICES.search(hit["name"]):
                yield what, hit.group()


def personal_details(dataset: Path) -> list[Detail]:
    """All that looks personal in the dataset in a folder and was not looked at by a person (`removals.yaml`)."""
    cleared = _cleared(dataset)
    found: dict[tuple[str, str, str], Detail] = {}
    for table, (key, columns) in TEXTS.items():
        frame = read(dataset, table)
        for column in columns:
            texts = frame[[key, column]].dropna()
            for text, rows in texts.groupby(column, sort=True):
                for what, where in details_in(str(text), narrative=column in _NARRATIVE):
                    if where not in cleared and (table, what, where) not in found:
                        found[table, what, where] = Detail(table, str(rows[key].iloc[0]), column, what, where)
    return list(found.values())


def refusal(found: Sequence[Detail]) -> str:
    """Why a dataset in which something was found is not published, and what to do, in sentences."""
    shown = "\n".join(f"- {d.table}.{d.column} of {d.key}: {d.what}, {d.text!r}" for d in found[:10])
    more = f"\n- and {len(found) - 10} more" if len(found) > 10 else ""
    return (
        f"Nothing was published: {len(found)} texts seem to hold a personal detail.\n{shown}{more}\n"
        "Look at each. Where it is one, report it, so that the masking is mended, or record the case in removals.yaml "
        "and build again; where it is none, record the text there under `not_personal` (docs/security.md)."
    )


def _cleared(dataset: Path) -> set[str]:
    path = dataset / FILE
    if not path.is_file():
        return set()
    return set(json.loads(path.read_text(encoding="utf-8"))["not_personal"])


def notice(removed: int, not_personal: tuple[str, ...]) -> bytes:
    """The file `privacy.json`: how many records of removal hold, and the texts that a person found not personal."""
    told = {"cases_left_out_on_request": removed, "not_personal": sorted(not_personal)}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


SMALL = 5
"""Counts below this may point to persons: "fewer than five" is a usual threshold of statistical disclosure control."""


def with_small_counts(observations: pd.DataFrame) -> pd.DataFrame:
    """The observations with `small_count`: whether a number is a small count in a narrow category.

    Narrow is a category that two facets tell apart (a subject and an outcome, say), small a count of 1 to 4; totals are
    never narrow. The number stays: its report is public. The flag is for those who combine it with others.
    """
    facets = ["subject", "ground", "outcome", "channel", "timeliness", "service"]
    narrow = observations[facets].notna().sum(axis=1) >= 2
    small = (observations["unit"] == "count") & observations["value"].between(1, SMALL - 1)
    return observations.assign(small_count=(small & narrow & ~observations["is_total"]).astype("boolean"))
