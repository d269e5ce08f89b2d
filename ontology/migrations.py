"""Changes of the scheme after which a concept is another one: merges, splits, deprecations, each a file of its own.

`ontology/migrations/<number>-<name>.yaml` records one change: the release that it came with, the concepts that it is
about, what they became, why, and where each label of theirs went. The Turtle is the state, these files are the way to
it; `faults` holds the two against each other. What a change does to labels and decisions follows from it:

- merge: decisions and labels follow to the concept that took the place;
- split: the concept stays, or not, beside narrower ones; decisions on it are asked again;
- deprecation: the concept is out of use; where one other takes its place they follow, else they are asked again.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from ontology.decisions import Decision
from ontology.scheme import LANGUAGES, Scheme

FOLDER = Path(__file__).parent / "migrations"
Kind = Literal["merge", "split", "deprecation"]
KINDS: tuple[Kind, ...] = ("merge", "split", "deprecation")
_FILE = re.compile(r"^(\d{4})-[a-z0-9-]+\.yaml$")
_RELEASE = re.compile(r"^\d+\.\d+\.\d+$")


class MigrationError(ValueError):
    """A file of migrations is not sound; the message names it and says what to write instead."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A label that the concept carried, and the concept that carries it now (None: none does)."""

    label: str
    language: str
    to: str | None


@dataclass(frozen=True, slots=True)
class Migration:
    """One recorded change. `of` are the concepts that it is about, `into` what takes their place."""

    name: str
    release: str
    on: datetime.date
    kind: Kind
    of: tuple[str, ...]
    into: tuple[str, ...]
    why: str
    labels: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Affected:
    """A decision or published label on a concept that a migration is about, and what becomes of it."""

    what: Literal["decision", "label"]
    label: str
    where: str
    concept: str
    becomes: str


def load(folder: Path = FOLDER) -> tuple[Migration, ...]:
    """All migrations in their order; raises MigrationError. A folder that is not there holds none."""
    return tuple(read(path) for path in sorted(folder.glob("*.yaml")))


def read(path: Path) -> Migration:
    """One migration; raises MigrationError naming the file and the field."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not _FILE.match(path.name):
            raise ValueError("a file is called 0001-what-changed.yaml")
        if not isinstance(data, dict):
            raise ValueError("it must hold the fields release, date, kind, of, into, why and labels")
        kind = next((k for k in KINDS if k == data["kind"]), None)
        if kind is None:
            raise ValueError(f"kind {data['kind']!r} is none of {', '.join(KINDS)}")
        if not _RELEASE.match(str(data["release"])):
            raise ValueError(f"release {data['release']!r} is not of the form 2.0.0")
        if not isinstance(data["date"], datetime.date):
            raise ValueError(f"date {data['date']!r} is no day; write 2026-01-31")
        labels = tuple(Moved(str(m["label"]), str(m["language"]), m.get("to")) for m in data.get("labels") or ())
        return Migration(
            path.stem, str(data["release"]), data["date"], kind, tuple(data["of"]), tuple(data.get("into") or ()),
            " ".join(str(data["why"]).split()), labels,
        )  # fmt: skip
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        what = f"the field {error} is missing" if isinstance(error, KeyError) else str(error)
        raise MigrationError(f"{path.name}: {what}.") from error


def faults(migrations: Iterable[Migration], scheme: Scheme) -> list[str]:
    """Where the records and the scheme do not agree: one sentence each, nothing when they do."""
    found: list[str] = []
    recorded: dict[str, Migration] = {}
    for each in migrations:
        if _numbers(each.release) > _numbers(scheme.release):
            found.append(f"{each.name}: release {each.release} is later than the scheme's own, {scheme.release}.")
        found += [
            f"{each.name}: {key} was never a concept." for key in (*each.of, *each.into) if not _known(key, scheme)
        ]
        if each.kind == "merge" and len(each.into) != 1:
            found.append(f"{each.name}: a merge has one concept in `into`.")
        if each.kind == "split":
            found += _split_faults(each, scheme)
        else:
            found += [f"{each.name}: {key} is still in use." for key in each.of if key in scheme]
        found += _label_faults(each, scheme)
        recorded.update(dict.fromkeys(each.of, each))
    for key, retired in scheme.retired.items():
        if key not in recorded:
            found.append(f"{key} is out of use and no migration says why.")
        elif sorted(recorded[key].into) != sorted(retired.replaced_by):
            found.append(f"{recorded[key].name}: `into` is not what dcterms:isReplacedBy says of {key}.")
    return found


def _split_faults(each: Migration, scheme: Scheme) -> list[str]:
    if len(each.into) < 2 and not all(key in scheme for key in each.of):
        return [f"{each.name}: a split of a concept that goes has at least two concepts in `into`."]
    return [
        f"{each.name}: {new} is not narrower than {old}."
        for old in each.of
        if old in scheme
        for new in each.into
        if new in scheme and old not in scheme.ancestors(new)
    ]


def _label_faults(each: Migration, scheme: Scheme) -> list[str]:
    """Labels that the record sends to a concept which does not carry them; and that it forgets are told by git."""
    found = []
    for moved in each.labels:
        if moved.language not in LANGUAGES:
            found.append(
                f"{each.name}: language {moved.language!r} of {moved.label!r} is none of {', '.join(LANGUAGES)}."
            )
        if moved.to is None:
            continue
        now = scheme.current(moved.to)
        carried = {(language, label) for language, label, _ in scheme[now].labels()} if now else set()
        if (moved.language, moved.label) not in carried:
            found.append(f"{each.name}: {moved.to} does not carry the label {moved.label!r} ({moved.language}).")
    return found


def _known(key: str, scheme: Scheme) -> bool:
    return key in scheme or key in scheme.retired


def _numbers(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split(".")) if _RELEASE.match(release) else ()


def affected(
    migration: Migration, decisions: Iterable[tuple[str, Decision]], labels: Iterable[Mapping[str, str]]
) -> tuple[Affected, ...]:
    """The decisions (each with its city) and published labels (rows of labels.csv) that a migration touches."""
    follows = migration.kind != "split" and len(migration.into) == 1
    becomes = f"follows to {migration.into[0]}" if follows else "asked again"
    found = [
        Affected("decision", d.label, city, d.concept, becomes) for city, d in decisions if d.concept in migration.of
    ]
    rebuilt = f"becomes {migration.into[0]}" if follows else "matched anew"
    found += [
        Affected("label", row["label"], row["report_id"], row["concept"], rebuilt)
        for row in labels
        if row.get("concept") in migration.of
    ]
    return tuple(sorted(set(found), key=lambda a: (a.what, a.label, a.where)))
