"""Second opinions: decided labels shown blind to another person, and how far two people agree.

`<city>.second.tsv` beside the decisions keeps every second opinion, also those that agree: without these there is no
measure. Of the labels that the machine accepted by itself one in twenty is asked too, chosen by its id and mixed in, so
that nobody can tell which it is. Agreement beyond chance is Cohen's kappa (Cohen 1960, "A coefficient of agreement for
nominal scales", doi:10.1177/001316446002000104).
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

from ontology.decisions import Decision, DecisionError
from ontology.text import normalise
from schemas.files import write_atomically

MACHINE = "the machine"
NOT_A_CATEGORY = "not a category"
Answer = str
"""A concept's key, `no_such_concept`, `not_a_category`, `unsure`, or `withdrawn` when it was taken back."""
_SHARE = 20  # one in so many of the labels that the machine accepted


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a second person said of a label without seeing the first answer. `on` is the state that it was given on."""

    at: datetime
    by: str
    label: str
    context: str
    answer: Answer
    predicate: str
    first: Answer
    first_predicate: str
    first_by: str
    on: str
    evidence: str
    comment: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """The label and its context as the journal tells them apart."""
        return normalise(self.label), normalise(self.context)

    @property
    def agrees(self) -> bool:
        """Whether both gave the same answer."""
        return self.answer == self.first and (self.predicate == self.first_predicate or ":" not in self.answer)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a second person agreed with a first: counts, and Cohen's kappa (None below two answers of some kind)."""

    city: str
    first_by: str
    by: str
    asked: int
    agreed: int
    kappa: float | None


def answer_of(decision: Decision) -> Answer:
    """A decision as an answer."""
    if decision.concept is not None:
        return decision.concept
    return "not_a_category" if decision.comment.startswith(NOT_A_CATEGORY) else "no_such_concept"


def is_drawn(item_id: str) -> bool:
    """Whether a label that the machine accepted is among those that a second person is asked."""
    return int(hashlib.sha256(item_id.encode()).hexdigest()[:8], 16) % _SHARE == 0


def mixed(item_id: str) -> str:
    """The order of second opinions: by digest, so that the order tells nothing on who decided first, or how surely."""
    return hashlib.sha256(f"second {item_id}".encode()).hexdigest()


def read(path: Path) -> tuple[Opinion, ...]:
    """The opinions of a file in order of age; raises DecisionError naming the line that is wrong."""
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t"), 2):
            try:
                given = {f.name: row[f.name] or "" for f in fields(Opinion) if f.name != "at"}
                found.append(Opinion(datetime.fromisoformat(row["at"]), **given))
            except (KeyError, ValueError, TypeError) as error:
                raise DecisionError(f"{path.name}, line {number} cannot be read: {error}. Correct it.") from error
    return tuple(found)


def write(path: Path, opinions: Sequence[Opinion]) -> None:
    """Writes a whole file: by label and context, then from old to new."""
    names = [f.name for f in fields(Opinion)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow([*names, "agrees"])
    for opinion in sorted(opinions, key=lambda o: o.key):  # stable: order of age within one label
        cells = [opinion.at.isoformat(timespec="microseconds"), *(getattr(opinion, n) for n in names[1:])]
        writer.writerow([*(" ".join(c.split()) for c in cells), "yes" if opinion.agrees else "no"])
    write_atomically(path, out.getvalue())


def agreements(opinions: Iterable[tuple[str, Opinion]]) -> list[Agreement]:
    """How far each pair of people agrees in each city, and in all cities together (city empty).

    A person's last opinion on one state of a label counts, unless it is "unsure" or was taken back.
    """
    last = {(city, o.by, o.key, o.on): o for city, o in opinions}
    pairs: dict[tuple[str, str, str], list[Opinion]] = {}
    for (city, by, _, _), opinion in last.items():
        for where in (city, "") if opinion.answer not in ("unsure", "withdrawn") else ():
            pairs.setdefault((where, opinion.first_by, by), []).append(opinion)
    return [
        Agreement(
            city, first, by, len(found), sum(o.agrees for o in found), kappa([(o.first, o.answer) for o in found])
        )
        for (city, first, by), found in sorted(pairs.items())
    ]


def kappa(answers: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of pairs of answers: 1 full agreement, 0 chance; None where chance alone would agree fully."""
    if not answers:
        return None
    count = len(answers)
    observed = sum(a == b for a, b in answers) / count
    first, second = Counter(a for a, _ in answers), Counter(b for _, b in answers)
    chance = sum(first[answer] * second[answer] for answer in first) / count**2
    return None if chance == 1.0 else (observed - chance) / (1.0 - chance)
