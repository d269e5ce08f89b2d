"""What stewards decided, in the text files of `ontology/decisions/`: read, add, supersede, withdraw.

`<city>.sssom.tsv` holds the decisions (see `ontology.decisions`). Beside it `<city>.aside.tsv` keeps what is no
decision and must not be lost either: labels that someone was unsure of, and decisions withdrawn by the undo key or
because the same label was given a concept of another facet. Nothing is ever dropped: what leaves the one file enters
the other. `<city>.second.tsv` holds second opinions (see `review.second`). Each change is one exclusive lock, one read,
then files moved into place; a process that is killed leaves the old state or the new one. A change is refused when the
steward had not seen the latest state (`Stale`).
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from ontology import decisions
from ontology.decisions import Decision, DecisionError
from ontology.scheme import Scheme
from ontology.text import normalise
from review import second
from review.second import Opinion
from schemas.files import write_atomically

What = Literal["unsure", "unsure_withdrawn", "withdrawn", "superseded", "restored"]
_WHATS: tuple[What, ...] = ("unsure", "unsure_withdrawn", "withdrawn", "superseded", "restored")
_COLUMNS = ("what", "at", "by", *decisions.COLUMNS)
_SECOND = ".second.tsv"
_LOCK = threading.Lock()
Key = tuple[str, str]
Place = tuple[str, int | None, int | None]
Rows = tuple[tuple[Decision, ...], tuple["Aside", ...]]


class Stale(Exception):
    """Someone else changed the label since it was shown; nothing was written."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an item's decisions are on: one label in one context, for the bodies of one city."""

    city: str
    label: str
    context: str
    bodies: tuple[str, ...]

    @property
    def key(self) -> Key:
        """What tells the label and its context from others in one city."""
        return normalise(self.label), normalise(self.context)

    def covers(self, decision: Decision) -> bool:
        """Whether a decision is on this label in this context."""
        return decision.subject[:2] == self.key


@dataclass(frozen=True, slots=True)
class Aside:
    """A row of the file of what was set aside. `what` says why, `at` when (UTC), `by` who did it."""

    what: What
    at: datetime
    by: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Event:
    """One step in a label's history, for people to read."""

    when: str
    who: str
    what: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class State:
    """Where a label stands. `holding` are the decisions that hold; `version` changes whenever anything is recorded."""

    holding: tuple[Decision, ...]
    unsure: Aside | None
    version: str
    history: tuple[Event, ...]

    @property
    def name(self) -> str:
        """`decided`, `unsure` or empty."""
        return "decided" if self.holding else "unsure" if self.unsure else ""


class Journal:
    """The files of decisions in one folder. Safe for several threads, processes and browsers at once."""

    def __init__(self, folder: Path, scheme: Scheme) -> None:
        self.folder = folder
        self.scheme = scheme
        self._read: dict[
            Path, tuple[tuple[int, int, int], tuple[Decision, ...] | tuple[Aside, ...] | tuple[Opinion, ...]]
        ] = {}
        self._grouped: dict[str, tuple[tuple[Decision, ...], tuple[Aside, ...], dict[Key, Rows]]] = {}
        self._states: dict[tuple[str, Key], tuple[Rows, State]] = {}

    def state(self, subject: Subject) -> State:
        """Where `subject` stands now."""
        rows = self._by_label(subject.city).get(subject.key)
        return UNTOUCHED if rows is None else self._state_of(subject.city, subject.key, rows)

    def states(self, city: str) -> dict[Key, State]:
        """Where each label of a city stands that anybody ever said anything on."""
        return {key: self._state_of(city, key, rows) for key, rows in self._by_label(city).items()}

    def _state_of(self, city: str, key: Key, rows: Rows) -> State:
        known = self._states.get((city, key))
        if known is None or known[0] != rows:
            known = self._states[city, key] = (rows, _state(*rows))
        return known[1]

    def mark(self) -> object:
        """Changes whenever any file of the folder does."""
        try:
            with os.scandir(self.folder) as entries:
                return frozenset((e.name, _mark(e.stat())) for e in entries if e.name.endswith(".tsv"))
        except OSError:
            return None

    def opinions(self, city: str) -> tuple[Opinion, ...]:
        """The second opinions on a city's labels."""
        return self._cached(self._opinion_file(city), second.read)  # type: ignore[return-value]

    def all_opinions(self) -> list[tuple[str, Opinion]]:
        """Every second opinion, with its city's name as in the files."""
        cities = [p.name.removesuffix(_SECOND) for p in sorted(self.folder.glob(f"*{_SECOND}"))]
        return [(city, opinion) for city in cities for opinion in self.opinions(city)]

    def give_opinion(self, subject: Subject, opinion: Opinion, seen: str) -> None:
        """Records a second opinion; decisions that it confirms get its author as their reviewer. Raises Stale."""
        with self._changing(subject, seen) as (rows, _):
            path = self._opinion_file(subject.city)
            second.write(path, [*self.opinions(subject.city), opinion])
            if opinion.agrees and opinion.first_by != second.MACHINE:
                held = _own(subject, rows, ()).holding
                today = opinion.at.date()
                rows.extend(replace(d, reviewer=opinion.by, decided_on=today) for d in held if _same(d, opinion))

    def _by_label(self, city: str) -> dict[Key, Rows]:
        """The rows of a city by label and context; a queue asks for hundreds of labels at a time."""
        rows, asides = self._decisions(city), self._asides(city)
        known = self._grouped.get(city)
        if known is None or known[0] is not rows or known[1] is not asides:
            grouped: dict[Key, tuple[list[Decision], list[Aside]]] = {}
            for decision in rows:
                grouped.setdefault(decision.subject[:2], ([], []))[0].append(decision)
            for aside in asides:
                grouped.setdefault(aside.decision.subject[:2], ([], []))[1].append(aside)
            known = (rows, asides, {key: (tuple(d), tuple(a)) for key, (d, a) in grouped.items()})
            self._grouped[city] = known
        return known[2]

    def all(self) -> tuple[tuple[str, Decision], ...]:
        """Every decision that holds, with its city's name as in the files."""
        found = []
        for path in sorted(self.folder.glob("*.sssom.tsv")):
            city = path.name.removesuffix(".sssom.tsv")
            found += [(city, d) for d in {d.holds_for: d for d in self._decisions(city)}.values()]
        return tuple(found)

    def decide(self, subject: Subject, decided: Sequence[Decision], seen: str) -> State:
        """Records decisions on `subject` (one a body); raises Stale, or DecisionError when one is not sound.

        An earlier decision on the same facet stays in the file as history. One on another facet would still be found,
        so it is moved aside as superseded.
        """
        faults = [fault for d in decided for fault in decisions.problems(d, self.scheme)]
        if faults:
            raise DecisionError(" ".join(dict.fromkeys(faults)))
        with self._changing(subject, seen) as (rows, asides):
            places, facets = {_place(d) for d in decided}, {d.facet for d in decided}
            gone = [d for d in rows if subject.covers(d) and _place(d) in places and d.facet not in facets]
            now, by = datetime.now(UTC), decided[0].author
            for decision in gone:
                rows.remove(decision)
                asides.append(Aside("superseded", now, by, decision))
            rows.extend(decided)
        return self.state(subject)

    def unsure(self, subject: Subject, about: Decision, seen: str) -> State:
        """Records that a person could not decide; `about` names who, and carries the comment."""
        with self._changing(subject, seen) as (_, asides):
            asides.append(Aside("unsure", datetime.now(UTC), about.author, about))
        return self.state(subject)

    def undo(self, subject: Subject, by: str, seen: str, *, unsure: bool = False) -> State:
        """Takes back the last decision on `subject`, or its mark `unsure`; what it superseded holds again. Or Stale."""
        with self._changing(subject, seen) as (rows, asides):
            now = datetime.now(UTC)
            state = _own(subject, rows, asides)
            return_to: list[Aside] = []
            if unsure and state.unsure:
                asides.append(replace(state.unsure, what="unsure_withdrawn", at=now, by=by))
            elif state.holding:
                latest = max(_order(d, rows) for d in state.holding)
                last = rows[latest]
                # One press of a key decided for several bodies at once: rows alike but for the body.
                taken = [d for d in state.holding if replace(d, organisation="") == replace(last, organisation="")]
                for decision in taken:
                    rows.reverse()
                    rows.remove(decision)  # the newest of equal ones
                    rows.reverse()
                    asides.append(Aside("withdrawn", now, by, decision))
                held = {_place(d) for d in rows if subject.covers(d)}
                return_to = _superseded(subject, asides, {_place(d) for d in taken} - held)
            for aside in return_to:
                rows.append(aside.decision)
                asides.append(replace(aside, what="restored", at=now, by=by))
        return self.state(subject)

    def take_opinion_back(self, subject: Subject, by: str, seen: str) -> State:
        """Takes back the last second opinion of `by` on `subject`, and what it confirmed. Raises Stale."""
        with self._changing(subject, seen) as (rows, asides):
            given = self.opinions(subject.city)
            last = next((o for o in reversed(given) if o.by == by and o.key == subject.key), None)
            if last is not None and last.answer != "withdrawn":
                now = datetime.now(UTC)
                second.write(self._opinion_file(subject.city), [*given, replace(last, at=now, answer="withdrawn")])
                for decision in [d for d in rows if subject.covers(d) and d.reviewer == by]:
                    rows.remove(decision)
                    asides.append(Aside("withdrawn", now, by, decision))
        return self.state(subject)

    @contextlib.contextmanager
    def _changing(self, subject: Subject, seen: str) -> Iterator[tuple[list[Decision], list[Aside]]]:
        """The rows of a city, to be changed in place; written when the block ends well."""
        with _LOCK, locked(self.folder):
            before, set_aside = self._decisions(subject.city), self._asides(subject.city)
            if _own(subject, before, set_aside).version != seen:
                raise Stale(f"“{subject.label}” was changed by someone else while it was open here.")
            rows, asides = list(before), list(set_aside)
            yield rows, asides
            # The file of what was set aside goes first: killed in between, a row stands in both, never in none.
            if tuple(asides) != set_aside:
                _write_asides(self._aside_file(subject.city), asides, self.scheme)
            if tuple(rows) != before:
                decisions.write(self._file(subject.city), rows, self.scheme)

    def _file(self, city: str) -> Path:
        return self.folder / f"{city}.sssom.tsv"

    def _aside_file(self, city: str) -> Path:
        return self.folder / f"{city}.aside.tsv"

    def _decisions(self, city: str) -> tuple[Decision, ...]:
        path = self._file(city)
        return self._cached(path, decisions.read)  # type: ignore[return-value]

    def _asides(self, city: str) -> tuple[Aside, ...]:
        return self._cached(self._aside_file(city), _read_asides)  # type: ignore[return-value]

    def _opinion_file(self, city: str) -> Path:
        return self.folder / f"{city}{_SECOND}"

    def _cached(self, path: Path, read: object) -> tuple[Decision, ...] | tuple[Aside, ...] | tuple[Opinion, ...]:
        """The rows of a file, read again when it changed: colleagues edit and pull these files too."""
        try:
            status = path.stat()
        except OSError:
            return ()
        mark = _mark(status)
        if path not in self._read or self._read[path][0] != mark:
            assert callable(read)
            self._read[path] = (mark, read(path))
        return self._read[path][1]


def _mark(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_mtime_ns, status.st_ino, status.st_size


def _same(decision: Decision, opinion: Opinion) -> bool:
    """Whether a decision is the answer that an opinion agreed with."""
    return second.answer_of(decision) == opinion.first and decision.predicate == opinion.first_predicate


def _order(decision: Decision, rows: Sequence[Decision]) -> int:
    return max(place for place, row in enumerate(rows) if row == decision)


def _own(subject: Subject, rows: Sequence[Decision], asides: Sequence[Aside]) -> State:
    """The state of one label among the rows of its city."""
    return _state(tuple(d for d in rows if subject.covers(d)), tuple(a for a in asides if subject.covers(a.decision)))


def _state(own: tuple[Decision, ...], own_asides: tuple[Aside, ...]) -> State:
    holding: dict[tuple[object, ...], Decision] = {}
    for decision in own:
        holding[decision.holds_for] = decision
    marks = [a for a in own_asides if a.what in ("unsure", "unsure_withdrawn")]
    unsure = marks[-1] if marks and marks[-1].what == "unsure" else None
    version = hashlib.sha256(repr((own, own_asides)).encode()).hexdigest()[:12]
    events = [
        Event(d.decided_on.isoformat(), d.reviewer or d.author, "decided alike" if d.reviewer else "decided", d)
        for d in own
    ]
    events += [Event(a.at.strftime("%Y-%m-%d %H:%M"), a.by, a.what.replace("_", " "), a.decision) for a in own_asides]
    events.sort(key=lambda e: e.when)
    return State(tuple(holding.values()), unsure, version, tuple(events))


def _place(decision: Decision) -> Place:
    """The body and the years that a decision is about: at most one of any facet holds there."""
    return normalise(decision.organisation), decision.valid_from, decision.valid_until


UNTOUCHED = _state((), ())


def _superseded(subject: Subject, asides: Sequence[Aside], places: set[Place]) -> list[Aside]:
    """The decisions last moved aside for the sake of another facet, one a place, that were not restored since."""
    found: dict[Place, Aside] = {}
    for aside in asides:
        place = _place(aside.decision)
        if subject.covers(aside.decision) and place in places:
            if aside.what == "superseded":
                found[place] = aside
            elif aside.what == "restored":
                found.pop(place, None)
    return list(found.values())


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the folder against other processes; the system lets go when the holder ends, however it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":  # no fcntl there: one server at a time, whose threads the other lock keeps apart
        yield
        return
    import fcntl  # noqa: PLC0415

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write_asides(path: Path, asides: Sequence[Aside], scheme: Scheme) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(_COLUMNS)
    for aside in sorted(asides, key=lambda a: a.decision.subject[:2]):  # stable: order of age within one label
        row = decisions.to_row(aside.decision, scheme)
        when = aside.at.isoformat(timespec="microseconds")
        writer.writerow((aside.what, when, " ".join(aside.by.split()), *row.values()))
    write_atomically(path, out.getvalue())


def _read_asides(path: Path) -> tuple[Aside, ...]:
    """The rows of a file; raises DecisionError naming the line that is wrong."""
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t"), 2):
            try:
                found.append(_aside(row))
            except (KeyError, ValueError, StopIteration) as error:
                raise DecisionError(
                    f"{path.name}, line {number} cannot be read: {error}. Correct that line."
                ) from error
    return tuple(found)


def _aside(row: dict[str, str]) -> Aside:
    what = next(w for w in _WHATS if w == row["what"])
    return Aside(what, datetime.fromisoformat(row["at"]), row["by"], decisions.from_row(row))
