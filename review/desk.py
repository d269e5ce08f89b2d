"""What lies on the stewards' desk: the dataset, the queue, the decisions and the pictures of pages, kept fresh.

All of it can be made again from the files; this only keeps what was read last. A dataset that is built anew while the
page is open is taken up at the next request.
"""

from __future__ import annotations

import contextlib
import threading
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from ontology.decisions import Decision, DecisionError, Predicate, followed
from ontology.scheme import FACETS, Scheme, load_scheme
from ontology.text import normalise
from review import queue, reopen, second
from review.candidates import Proposer
from review.dataset import Dataset, NotBuilt, Number, load, stamp
from review.journal import UNTOUCHED, Journal, State, Subject
from review.pictures import Pictures
from review.queue import Filter, Item
from review.second import Opinion
from review.verdicts import Verdicts

What = Literal["concept", "no_such_concept", "not_a_category", "unsure", "holds"]
WHATS: tuple[What, ...] = ("concept", "no_such_concept", "not_a_category", "unsure", "holds")
_SAID: dict[What, str] = {
    "no_such_concept": "no concept of the scheme fits",
    "not_a_category": second.NOT_A_CATEGORY,
}
"""SSSOM has one word (`sssom:NoTermFound`) for both; the comment tells them apart."""
_PATIENCE = 1.0  # seconds that what the first page does not need waits for that page


@dataclass(frozen=True, slots=True)
class Choice:
    """What a steward pressed. `concept` is None unless `what` is `concept`."""

    what: What
    concept: str | None
    predicate: Predicate
    author: str
    comment: str
    confidence: float
    evidence: str
    body: str | None
    """Only for this body; None for all bodies of the city."""
    year: int | None = None
    """Only for reports on this year; None for all years."""


class Desk:
    """One for a server; safe for its threads. `close` ends the child that draws.

    With `second_opinions` it asks for those: it shows labels that others decided, and nothing of what they decided.
    """

    def __init__(
        self, data: Path, raw: Path, decisions: Path, scheme: Scheme | None = None, *, second_opinions: bool = False
    ) -> None:
        self.data, self.raw = data, raw
        self.second_opinions = second_opinions
        self.scheme = scheme if scheme is not None else load_scheme()
        self.journal = Journal(decisions, self.scheme)
        # Blind means blind: what was decided must not come back as the likeliest proposal either.
        self.proposer = Proposer(self.scheme, None if second_opinions else decisions)
        self.pictures = Pictures(raw)
        self.verdicts = Verdicts(raw)
        self.served = threading.Event()
        """Set once the first page was answered: what takes seconds of processor time waits for that."""
        self._lock = threading.Lock()
        self._loaded: tuple[int, Dataset, dict[str, Item]] | None = None
        self._standing: tuple[tuple[int, object], list[tuple[Item, str]]] | None = None
        self._statuses: dict[str, tuple[State, tuple[Opinion, ...], str]] = {}
        self._idle: tuple[tuple[int, object], list[tuple[str, Decision]]] | None = None

    def start(self) -> None:
        """Begins in the background what takes seconds: the matcher, and the child that draws pages."""
        threading.Thread(target=self._prepare, name="prepare", daemon=True).start()

    def _prepare(self) -> None:
        with contextlib.suppress(NotBuilt, OSError, ValueError):  # each request says it again, to a person
            self.read()
        self.served.wait(_PATIENCE)
        self.pictures.start()
        self.proposer.start()

    def close(self) -> None:
        """Ends the child that draws."""
        self.pictures.close()

    # -- the queue ----------------------------------------------------------------------------------------------------

    def read(self) -> tuple[Dataset, dict[str, Item]]:
        """The dataset and its items; raises `review.dataset.NotBuilt`."""
        with self._lock:
            now = stamp(self.data)
            if self._loaded is None or self._loaded[0] != now:
                dataset = load(self.data)
                self._loaded = (now, dataset, queue.items(dataset))
                self._statuses = {}
            return self._loaded[1], self._loaded[2]

    def state(self, item: Item) -> State:
        """Where an item stands in the files of decisions."""
        return self.journal.state(subject(item))

    def status(self, item: Item) -> str:
        """An item's state as `queue.STATES` name it."""
        return self._status(item, self.state(item), self.journal.opinions(item.slug))

    def _status(self, item: Item, state: State, given: tuple[Opinion, ...]) -> str:
        known = self._statuses.get(item.item_id)
        if known is None or known[0] is not state or known[1] is not given:
            if given and self.dissent(item):
                name = "disputed"
            elif state.holding and self.reopened(item):
                name = "reopened"
            else:
                name = state.name or ("accepted" if item.published == "curated" else item.published)
                rest = {n.report_id for n in self.undecided(item)}
                if rest:
                    left = replace(item, rows=tuple(r for r in item.rows if r.report_id in rest)).published
                    # A label is one row for all bodies: one that a decision reached says nothing of the other body.
                    name = {"curated": "review", "review": "review", "unmapped": "unmapped"}.get(left, name)
            known = self._statuses[item.item_id] = (state, given, name)
        return known[2]

    def undecided(self, item: Item) -> tuple[Number, ...]:
        """The numbers of a decided item that no decision reaches: other bodies, other years. None when undecided."""
        dataset, holding = self.read()[0], self.state(item).holding
        if not holding:
            return ()
        held = [(normalise(d.organisation), d) for d in holding]
        return tuple(
            n
            for n in item.numbers
            if not any(
                (not body or not n.organisation or body == normalise(n.organisation))
                and d.valid_in(dataset.reports[n.report_id].year)
                for body, d in held
            )
        )

    def queue(self, wanted: Filter, author: str = "") -> list[tuple[Item, str]]:
        """The items that a filter lets through, with their states, most at stake first.

        For second opinions: those that `author` has not given one on, in an order that tells nothing.
        """
        if not self.second_opinions:
            return [(i, s) for i, s in self.all() if wanted.passes(i, s)]
        wanted = Filter(wanted.city, wanted.year, wanted.organisation, status="all")
        asked = [i for i, s in self.all() if wanted.passes(i, s) and self.asks_second(i, s, author)]
        return [(i, "second") for i in sorted(asked, key=lambda i: second.mixed(i.item_id))]

    def all(self) -> list[tuple[Item, str]]:
        """All items with their states."""
        _, items = self.read()
        mark, known = self._mark(), self._standing
        if known is None or known[0] != mark:
            cities = {item.slug for item in items.values()}
            said = {city: (self.journal.states(city), self.journal.opinions(city)) for city in cities}
            rows = []
            for item in items.values():
                states, given = said[item.slug]
                rows.append((item, self._status(item, states.get(item.key, UNTOUCHED), given)))
            known = self._standing = (mark, rows)
        return known[1]

    def _mark(self) -> tuple[int, object]:
        """Changes whenever the dataset or a file of decisions does."""
        assert self._loaded is not None
        return self._loaded[0], self.journal.mark()

    def order(self) -> list[str]:
        """The ids of all items in the order in which they are gone through."""
        _, items = self.read()
        return sorted(items, key=second.mixed) if self.second_opinions else list(items)

    def idle(self) -> list[tuple[str, Decision]]:
        """Decisions that meet no label of the dataset any more: (city, decision)."""
        _, items = self.read()
        mark, known = self._mark(), self._idle
        if known is None or known[0] != mark:
            met = {(i.slug, *i.key) for i in items.values()}
            anywhere = {(city, label) for city, label, _ in met}
            found = [
                (city, d)
                for city, d in self.journal.all()
                if (city, *d.subject[:2]) not in met and (d.context or (city, d.subject[0]) not in anywhere)
            ]
            known = self._idle = (mark, found)
        return known[1]

    # -- decisions ----------------------------------------------------------------------------------------------------

    def decisions(self, item: Item, choice: Choice) -> list[Decision]:
        """The rows that a choice stands for: one for each body that it is about."""
        dataset, _ = self.read()
        language = dataset.reports[item.rows[0].report_id].language
        if choice.what == "holds":
            held = self.state(item).holding
            if not held:
                raise DecisionError("Nothing was decided here that could still hold.")
            today = [followed(d, self.scheme) for d in held]
            if any(d is None or (d.concept is not None and d.concept not in self.scheme) for d in today):
                raise DecisionError("The scheme no longer has that concept, so the decision cannot be kept as it is.")
            return [self._again(dataset, item, d, choice) for d in today if d is not None]
        if choice.concept is not None:
            facet = choice.concept.split(":", maxsplit=1)[0]
        else:
            facet = next(iter(item.facets), FACETS[0])
        comment = "; ".join(
            part for part in (_SAID.get(choice.what, ""), choice.comment, f"seen: {choice.evidence}") if part
        )
        bodies = (
            (choice.body,)
            if choice.body is not None
            else item.bodies or (dataset.reports[item.rows[0].report_id].publisher,)
        )
        ground = reopen.ground(dataset, item, choice.concept, self.scheme)
        return [
            Decision(
                label=item.core,
                concept=choice.concept,
                author=choice.author,
                decided_on=date.today(),
                facet=facet,
                context=item.context,
                organisation=body,
                language=language,
                predicate=choice.predicate,
                confidence=choice.confidence,
                comment=comment,
                valid_from=choice.year,
                valid_until=choice.year,
                **asdict(ground),
            )
            for body in bodies
        ]

    def _again(self, dataset: Dataset, item: Item, held: Decision, choice: Choice) -> Decision:
        """A decision that still holds, taken on what there is to see now."""
        said = _SAID.get(second.answer_of(held), "")  # type: ignore[call-overload]
        comment = "; ".join(p for p in (said, "still holds", choice.comment, f"seen: {choice.evidence}") if p)
        ground = reopen.ground(dataset, item, held.concept, self.scheme)
        return replace(
            held, author=choice.author, decided_on=date.today(), comment=comment, reviewer="", **asdict(ground)
        )

    def reopened(self, item: Item) -> tuple[str, ...]:
        """Why what holds on an item is to be looked at again; empty when it stands."""
        dataset, _ = self.read()
        found = [r for d in self.state(item).holding for r in reopen.reasons(dataset, item, d, self.scheme)]
        return tuple(dict.fromkeys(found))

    def printed_before(self, item: Item) -> Decision | None:
        """A decision on a label that vanished and that this one may be, printed otherwise."""
        if self.state(item).holding:
            return None
        return reopen.printed_before(item, [d for city, d in self.idle() if city == item.slug])

    # -- second opinions ----------------------------------------------------------------------------------------------

    def asks_second(self, item: Item, status: str, author: str) -> bool:
        """Whether `author` is asked for a second opinion on an item."""
        state = self.state(item)
        if item.title or any(o.by == author and o.answer != "withdrawn" for o in self._opinions(item)):
            return False
        if not state.holding:
            return status == "accepted" and second.is_drawn(item.item_id)
        return not any(d.author == author or d.reviewer for d in state.holding)

    def dissent(self, item: Item) -> tuple[Opinion, ...]:
        """The second opinions that differ from what holds now."""
        return tuple(o for o in self._opinions(item) if not o.agrees and o.answer not in ("unsure", "withdrawn"))

    def _opinions(self, item: Item) -> list[Opinion]:
        """The last opinion of each person on an item as it stands now."""
        given = self.journal.opinions(item.slug)
        if not given:
            return []
        about, version = subject(item), self.state(item).version
        return list({o.by: o for o in given if o.key == about.key and o.on == version}.values())

    def opinion(self, item: Item, choice: Choice, number: Number | None) -> Opinion:
        """A second opinion as a choice stands for it, beside what was said first for the body that was looked at."""
        state = self.state(item)
        body = normalise(number.organisation) if number else ""
        held = next((d for d in state.holding if normalise(d.organisation) == body), None)
        first = held or next(iter(state.holding), None)
        published = item.rows[0].concept or "no_such_concept"
        return Opinion(
            at=datetime.now(UTC),
            by=choice.author,
            label=item.core,
            context=item.context,
            answer=choice.concept or choice.what,
            predicate=choice.predicate,
            first=second.answer_of(first) if first else published,
            first_predicate=first.predicate if first else "skos:exactMatch",
            first_by=first.author if first else second.MACHINE,
            on=state.version,
            evidence=choice.evidence,
            comment=choice.comment,
        )


def subject(item: Item) -> Subject:
    """What an item's decisions are on."""
    return Subject(item.slug, item.core, item.context, item.bodies)
