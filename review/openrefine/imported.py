"""Decisions that were taken in OpenRefine, from the table that it exports: one row a label, recorded as SSSOM.

Every row is checked as a decision on the stewards' page is. A row that cannot be recorded is named with its line and
its reason and costs only itself; a row that says what is recorded already is passed over, so that a corrected file can
be sent again as a whole.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ontology.decisions import PREDICATES, Decision, DecisionError, Predicate
from ontology.scheme import Scheme
from ontology.text import normalise
from review.journal import Journal, Stale, Subject
from review.openrefine.answers import IDENTIFIERS
from review.queue import core
from review.reopen import neighbourhood

REQUIRED = ("label", "concept")
OPTIONAL = (
    "context", "author", "relation", "organisation", "language", "facet", "confidence", "date", "comment",
)  # fmt: skip
NONE = "none"
"""What the column `concept` says where a person looked and no concept fits."""
_RELATIONS: dict[str, Predicate] = {
    "": "skos:exactMatch", "same": "skos:exactMatch", "broader": "skos:broadMatch", "narrower": "skos:narrowMatch",
    "related": "skos:relatedMatch", **{predicate: predicate for predicate in PREDICATES},
}  # fmt: skip


class NotImported(ValueError):
    """The file as a whole cannot be read; the message says what it lacks."""


@dataclass(slots=True)
class Imported:
    """What became of a file's rows. `refused` are (line, sentence); `undecided` rows have no concept."""

    recorded: list[Decision] = field(default_factory=list)
    known: int = 0
    undecided: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def import_file(path: Path, city: str, journal: Journal, *, by: str, today: date, supersede: bool = False) -> Imported:
    """Records the decisions of a TSV file for `city`; raises NotImported when it has not the columns that are needed.

    `by` and `today` stand for rows that name no author or date. A row that contradicts a decision that holds is refused
    unless `supersede`.
    """
    done = Imported()
    seen: dict[tuple[str, str, str], int] = {}
    for line, row in _rows(path):
        if not row["concept"]:
            done.undecided += 1
            continue
        try:
            decision = _decision(row, journal.scheme, by, today)
            place = (*decision.subject[:2], decision.subject[3])
            if place in seen:
                raise DecisionError(f"Line {seen[place]} decides the same label in the same context; keep one of them.")
            seen[place] = line
            if _record(decision, city, journal, supersede=supersede):
                done.recorded.append(decision)
            else:
                done.known += 1
        except (DecisionError, Stale) as error:
            done.refused.append((line, str(error)))
    return done


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t")
            given = reader.fieldnames or []
            lacking = [c for c in REQUIRED if c not in given]
            if lacking:
                raise NotImported(
                    f"{path.name} has no column {' and no column '.join(lacking)}; its first line must name "
                    "tab-separated columns. In OpenRefine: Export, Tab-separated value, after the columns were renamed."
                )
            return [
                (reader.line_num, {c: " ".join((row.get(c) or "").split()) for c in (*REQUIRED, *OPTIONAL)})
                for row in reader
            ]
    except UnicodeDecodeError as error:
        raise NotImported(f"{path.name} is not UTF-8 text; export it as UTF-8.") from error
    except csv.Error as error:
        raise NotImported(f"{path.name} cannot be read as a table: {error}.") from error


def _decision(row: Mapping[str, str], scheme: Scheme, by: str, today: date) -> Decision:
    """The decision that a row stands for; raises DecisionError with a sentence. What is in it is checked later."""
    concept: str | None = row["concept"]
    assert concept is not None
    if concept.startswith(IDENTIFIERS):
        concept = concept.removeprefix(IDENTIFIERS).replace("/", ":", 1)
    facet = row["facet"]
    if concept == NONE:
        concept = None
        if not facet:
            raise DecisionError("Where no concept fits, the column facet must say which facet was looked through.")
    elif concept not in scheme:
        raise DecisionError(f"The scheme has no concept {concept!r}; export the identifiers of the matched cells.")
    if row["relation"] not in _RELATIONS:
        raise DecisionError(f"relation {row['relation']!r} is none of {', '.join(r for r in _RELATIONS if r)}.")
    try:
        confidence = float(row["confidence"].replace(",", ".") or 1.0)
        decided_on = date.fromisoformat(row["date"]) if row["date"] else today
    except ValueError as error:
        raise DecisionError(f"A number or a day cannot be read: {error}. Write 0.8, and 2026-01-31.") from error
    return Decision(
        label=core(row["label"]),
        concept=concept,
        author=row["author"] or by,
        decided_on=decided_on,
        facet=facet or (concept or "").split(":")[0],
        context=row["context"].split(" > ")[-1].strip(),  # a decision names the nearest level
        organisation=row["organisation"],
        language=row["language"][:2].lower(),
        predicate=_RELATIONS[row["relation"]],
        confidence=confidence,
        comment="; ".join(p for p in (row["comment"], "taken in OpenRefine") if p),
        concept_seen=neighbourhood(scheme, concept),
    )


def _record(decision: Decision, city: str, journal: Journal, *, supersede: bool) -> bool:
    """Records a decision; False when the same is recorded already. Raises DecisionError or Stale."""
    bodies = (decision.organisation,) if decision.organisation else ()
    subject = Subject(city, decision.label, decision.context, bodies)
    state = journal.state(subject)
    place = normalise(decision.organisation)
    held = [d for d in state.holding if normalise(d.organisation) == place and not d.limited]
    if any((d.concept, d.predicate, d.facet) == (decision.concept, decision.predicate, decision.facet) for d in held):
        return False
    if held and not supersede:
        other = held[-1]
        raise DecisionError(
            f"{other.author} decided {other.concept or 'that no concept fits'} on {other.decided_on.isoformat()}. "
            "With --supersede the new decision holds from now on, and the earlier one stays in the history."
        )
    journal.decide(subject, [decision], state.version)
    return True
