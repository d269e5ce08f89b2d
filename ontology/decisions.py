"""Decisions of stewards: SSSOM TSV files, one a city, under `ontology/decisions/<city>.sssom.tsv`.

A decision says what one printed label means, who decided it, when and why. Decisions are appended and superseded, never
overwritten: the last one on a (label, context, facet, organisation) holds, the earlier ones stay as its history. This
module reads, writes and looks up decisions; it refuses to guess, and it refuses a decision without an author.

The format is SSSOM 1.0 TSV (Matentzoglu et al. 2022, "A Simple Standard for Sharing Ontological Mappings",
doi:10.1093/database/baac035), with a commented YAML header and extension slots (`facet`, `context`, `organisation`,
validity, and what the decision was taken on) that the header defines. Every file has all columns, also empty ones, so
that git can merge two branches line by line (`.gitattributes`); a file without the later ones is read all the same.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

import yaml

from ontology.scheme import FACETS, LANGUAGES, Scheme, load_scheme
from ontology.text import normalise
from schemas.files import write_atomically

Predicate = Literal["skos:exactMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch"]
PREDICATES: tuple[Predicate, ...] = ("skos:exactMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch")
NO_TERM = "sssom:NoTermFound"
MANUAL = "semapv:ManualMappingCuration"
REVIEWED = "semapv:MappingReview"
FOLDER = Path(os.environ.get("KLACHTENATLAS_DECISIONS") or Path(__file__).parent / "decisions")
COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification", "author_id",
    "mapping_date", "confidence", "comment", "facet", "context", "organisation", "subject_language",
    "reviewer_id", "reviewer_agreement", "valid_from", "valid_until", "seen_in", "beside", "concept_seen", "findings",
)  # fmt: skip
_EXTENSIONS = (
    "facet", "context", "organisation", "subject_language", "valid_from", "valid_until", "seen_in", "beside",
    "concept_seen", "findings",
)  # fmt: skip
_NEEDED = ("subject_label", "object_id", "author_id", "mapping_date")
_EXTENSION = "https://w3id.org/klachtenatlas/sssom/"
_CITY = re.compile(r"^[a-z0-9][a-z0-9-]*$")


class DecisionError(ValueError):
    """A decision or a file of decisions is not sound; the message says where, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One person's decision on one printed label.

    `concept` is a key of the scheme, or None for "no concept fits" (`sssom:NoTermFound`). An empty `context` or
    `organisation` means: whatever the context, or the organisation. `facet` is the facet that the decision is on; with
    a concept it is the concept's own. `predicate` is read from the label to the concept: `skos:broadMatch` says that
    the concept is broader than the label.

    `valid_from` and `valid_until` are the first and last reporting year that it holds for (None: no limit). `reviewer`
    is who came to the same answer without seeing it; the justification then is `semapv:MappingReview`. The last four
    say what it was taken on, so that it can be asked anew when that changes: the reports (ids, joined by spaces), the
    labels beside it, the concept's neighbourhood (both as digests), and the findings that were known on its numbers.
    """

    label: str
    concept: str | None
    author: str
    decided_on: date
    facet: str
    context: str = ""
    organisation: str = ""
    language: str = ""
    predicate: Predicate = "skos:exactMatch"
    confidence: float = 1.0
    comment: str = ""
    reviewer: str = ""
    valid_from: int | None = None
    valid_until: int | None = None
    seen_in: str = ""
    beside: str = ""
    concept_seen: str = ""
    findings: str = ""

    @property
    def subject(self) -> tuple[str, str, str, str]:
        """What the decision is on: normalised label, context and organisation, and the facet."""
        return normalise(self.label), normalise(self.context), self.facet, normalise(self.organisation)

    @property
    def holds_for(self) -> tuple[str, str, str, str, int | None, int | None]:
        """What a later decision supersedes: one on the same subject for the same years."""
        return (*self.subject, self.valid_from, self.valid_until)

    @property
    def limited(self) -> bool:
        """Whether it holds for some years only."""
        return self.valid_from is not None or self.valid_until is not None

    def valid_in(self, year: int) -> bool:
        """Whether it holds for reports on `year`."""
        return (self.valid_from is None or self.valid_from <= year) and (
            self.valid_until is None or year <= self.valid_until
        )

    @property
    def subject_id(self) -> str:
        """A stable CURIE for the printed label in its context."""
        digest = hashlib.sha256("\x1f".join(self.subject).encode()).hexdigest()
        return f"kalabel:{digest[:12]}"


class Decisions:
    """All decisions that hold, ready for look-up; remembers which were used."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        """Later decisions supersede earlier ones on the same subject."""
        self._all = tuple(decisions)
        self._holding: dict[tuple[str, str, str, str], Decision] = {}
        for decision in self._all:
            self._holding[decision.subject] = decision
        self._used: set[tuple[str, str, str, str]] = set()

    def of_year(self, year: int) -> Decisions:
        """The decisions that hold for reports on `year`; this object itself when none of them is limited.

        One for some years goes before one for all on the same label, also where they are on different facets.
        """
        if not any(d.limited for d in self._all):
            return self
        valid = [d for d in self._all if d.valid_in(year)]
        particular = {d.subject[:2] + d.subject[3:] for d in valid if d.limited}
        return Decisions(d for d in valid if d.limited or d.subject[:2] + d.subject[3:] not in particular)

    def __len__(self) -> int:
        return len(self._holding)

    def __iter__(self) -> Iterator[Decision]:
        return iter(self._holding.values())

    def find(
        self, label: str, context: Iterable[str] = (), facet: str | None = None, organisation: str | None = None
    ) -> Decision | None:
        """The decision that holds for a label; the most particular one (context, organisation) comes first.

        Without `facet` the facets are tried in the scheme's order.
        """
        if not self._holding:
            return None
        name = normalise(label)
        contexts = [*dict.fromkeys(normalise(c) for c in context if c), ""]
        bodies = [normalise(organisation), ""] if organisation else [""]
        for body in bodies:
            for where in contexts:
                for wanted in [facet] if facet else FACETS:
                    subject = (name, where, wanted, body)
                    if subject in self._holding:
                        self._used.add(subject)
                        return self._holding[subject]
        return None

    def unused(self) -> tuple[Decision, ...]:
        """Decisions that hold and that no look-up has met since this object was made."""
        return tuple(d for subject, d in self._holding.items() if subject not in self._used)

    def history(self, decision: Decision) -> tuple[Decision, ...]:
        """All decisions on the same subject, oldest first."""
        return tuple(d for d in self._all if d.subject == decision.subject)


def load(folder: Path = FOLDER, scheme: Scheme | None = None) -> Decisions:
    """All decisions under `folder` as they hold today, city by city. A folder that is not there holds none.

    A decision for a concept that was merged into another follows it (see `ontology.migrations`). One for a concept that
    was split or dropped holds no longer: what takes its place is for a person to say. The files stay as they are.
    """
    today = scheme if scheme is not None else load_scheme()
    found: list[Decision] = []
    for path in sorted(folder.glob("*.sssom.tsv")):
        found.extend(d for d in (followed(d, today) for d in read(path)) if d is not None)
    return Decisions(found)


def followed(decision: Decision, scheme: Scheme) -> Decision | None:
    """The decision with the concept that stands for its own today; None when none does, or several may."""
    if decision.concept is None or decision.concept in scheme or decision.concept not in scheme.retired:
        return decision
    now = scheme.current(decision.concept)
    return replace(decision, concept=now, facet=scheme[now].facet) if now is not None else None


def read(path: Path) -> tuple[Decision, ...]:
    """The decisions of one file in order of age; raises DecisionError naming the line that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise DecisionError(
            f"{path.name} is not UTF-8 text ({error.reason} at byte {error.start}); save it as UTF-8."
        ) from error
    body = [(number, line) for number, line in enumerate(lines, 1) if line and not line.startswith("#")]
    if not body:
        return ()
    header = body[0][1].split("\t")
    lacking = [c for c in _NEEDED if c not in header]
    if lacking:
        raise DecisionError(f"{path.name}: the header lacks the columns {', '.join(lacking)}.")
    decisions: list[Decision] = []
    for number, line in body[1:]:
        try:
            cells = next(csv.reader([line], delimiter="\t"))
            decisions.append(from_row(dict(zip(header, cells, strict=False))))
        except (csv.Error, ValueError) as error:
            raise DecisionError(f"{path.name}, line {number}: {error}") from error
    return tuple(decisions)


def from_row(row: dict[str, str]) -> Decision:
    """The decision of a row by column name; raises ValueError with a sentence. White space counts as one blank."""
    row = {column: " ".join(value.split()) for column, value in row.items() if isinstance(value, str)}
    lacking = [c for c in _NEEDED if c not in row]
    if lacking:
        raise ValueError(f"the row ends before {lacking[0]}; a tab stands between all columns, also empty ones.")
    if not row["object_id"]:
        raise ValueError(f"object_id is empty; write a concept's key, or {NO_TERM} where none fits.")
    concept = None if row["object_id"] == NO_TERM else row["object_id"]
    predicate = row.get("predicate_id") or "skos:exactMatch"
    matching = [p for p in PREDICATES if p == predicate]
    if not matching:
        raise ValueError(f"predicate_id {predicate!r} is none of {', '.join(PREDICATES)}.")
    if not row["author_id"]:
        raise ValueError("author_id is empty; a decision names who took it.")
    facet = row.get("facet") or (concept.split(":")[0] if concept else "")
    if facet not in FACETS:
        raise ValueError(f"facet {facet!r} is none of {', '.join(FACETS)}.")
    confidence = float(row.get("confidence") or 1.0)
    if not 0.0 <= confidence <= 1.0:
        raise ValueError(f"confidence {row['confidence']!r} does not lie between 0 and 1.")
    return Decision(
        label=row["subject_label"],
        concept=concept,
        author=row["author_id"],
        decided_on=date.fromisoformat(row["mapping_date"]),
        facet=facet,
        context=row.get("context") or "",
        organisation=row.get("organisation") or "",
        language=row.get("subject_language") or "",
        predicate=matching[0],
        confidence=confidence,
        comment=row.get("comment") or "",
        reviewer=row.get("reviewer_id") or "",
        valid_from=_year(row, "valid_from"),
        valid_until=_year(row, "valid_until"),
        seen_in=row.get("seen_in") or "",
        beside=row.get("beside") or "",
        concept_seen=row.get("concept_seen") or "",
        findings=row.get("findings") or "",
    )


def _year(row: dict[str, str], column: str) -> int | None:
    text = (row.get(column) or "").strip()
    if text and not re.fullmatch(r"[12][0-9]{3}", text):
        raise ValueError(f"{column} {text!r} is no year; write four digits, or leave it empty.")
    return int(text) if text else None


def append(decision: Decision, city: str, scheme: Scheme, folder: Path = FOLDER) -> Path:
    """Adds one decision to a city's file and gives the file back.

    Raises DecisionError when the concept is not in the scheme or of another facet, or when author, label or city are
    not usable. The file is written beside and moved into place: a reader sees the old or the new one, never half.
    """
    faults = problems(decision, scheme)
    if not _CITY.match(city):
        faults.append(f"city {city!r} must be lower-case letters, digits and hyphens, as in the catalogue.")
    if faults:
        raise DecisionError(" ".join(faults))
    path = folder / f"{city}.sssom.tsv"
    earlier = read(path) if path.exists() else ()
    write(path, [*earlier, decision], scheme)
    return path


def problems(decision: Decision, scheme: Scheme) -> list[str]:
    """What keeps a decision from being recorded: one sentence each."""
    faults: list[str] = []
    if not normalise(decision.label):
        faults.append("The label is empty.")
    if not decision.author.strip():
        faults.append("A decision names who took it (an ORCID, or initials that the city keeps a list of).")
    if decision.facet not in FACETS:
        faults.append(f"Facet {decision.facet!r} is none of {', '.join(FACETS)}.")
    if decision.concept is not None:
        if decision.concept not in scheme:
            faults.append(f"The scheme has no concept {decision.concept!r}.")
        elif scheme[decision.concept].facet != decision.facet:
            faults.append(f"{decision.concept} is not a concept of the facet {decision.facet}.")
    if not 0.0 <= decision.confidence <= 1.0:
        faults.append("Confidence lies between 0 and 1.")
    if decision.language and decision.language not in LANGUAGES:
        faults.append(f"Language {decision.language!r} is none of {', '.join(LANGUAGES)}.")
    return faults


def write(path: Path, decisions: Iterable[Decision], scheme: Scheme) -> None:
    """Writes a whole file in canonical order: by label, context, facet and organisation, then from old to new."""
    rows = list(decisions)
    rows.sort(key=lambda d: d.subject)  # stable: the order of age within one subject stays
    out = io.StringIO()
    out.write("".join(f"# {line}\n" for line in _header(path.name.split(".")[0], rows).splitlines()))
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(to_row(d, scheme).values() for d in rows)
    write_atomically(path, out.getvalue())


def to_row(d: Decision, scheme: Scheme) -> dict[str, str]:
    """The cells of a decision by the names of COLUMNS."""
    label = scheme.label(d.concept, "en") if d.concept and d.concept in scheme else ""
    values = (
        d.subject_id, d.label, d.predicate, d.concept or NO_TERM, label, REVIEWED if d.reviewer else MANUAL, d.author,
        d.decided_on.isoformat(), _shortest(d.confidence), d.comment, d.facet, d.context, d.organisation, d.language,
        d.reviewer, "1" if d.reviewer else "", str(d.valid_from or ""), str(d.valid_until or ""), d.seen_in, d.beside,
        d.concept_seen, d.findings,
    )  # fmt: skip
    return {column: " ".join(value.split()) for column, value in zip(COLUMNS, values, strict=True)}


def _shortest(number: float) -> str:
    """The shortest text that is read back as the same number."""
    short = f"{number:g}"
    return short if float(short) == number else repr(number)


def _header(city: str, rows: list[Decision]) -> str:
    prefixes = {facet: f"https://w3id.org/klachtenatlas/{facet}/" for facet in FACETS}
    prefixes["kalabel"] = f"https://w3id.org/klachtenatlas/label/{city}/"
    slots = [{"slot_name": slot, "property": _EXTENSION + slot, "type_hint": "xsd:string"} for slot in _EXTENSIONS]
    header = {
        "sssom_version": "1.1",
        "mapping_set_id": f"https://w3id.org/klachtenatlas/mappings/{city}",
        "mapping_set_title": f"Stewards' decisions on labels, {city}",
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "mapping_date": max((d.decided_on for d in rows), default=date(1970, 1, 1)).isoformat(),
        "curie_map": dict(sorted(prefixes.items())),
        "extension_definitions": slots,
    }
    return yaml.safe_dump(header, sort_keys=False, allow_unicode=True, width=110).rstrip()
