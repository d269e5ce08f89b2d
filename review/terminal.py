"""The terminal twin of the stewards' page: the next label, all that is known of one, a decision. Text in, text out."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ontology.decisions import Predicate
from review import second
from review.candidates import Shown, unordered
from review.consequences import Consequences, consequences
from review.dataset import Dataset, Number
from review.desk import Choice, Desk, What, subject
from review.journal import Stale
from review.label_pages import in_order
from review.pictures import Missing
from review.queue import Filter, Item

RELATIONS: dict[str, Predicate] = {
    "same": "skos:exactMatch",
    "broader": "skos:broadMatch",
    "narrower": "skos:narrowMatch",
    "related": "skos:relatedMatch",
}
"""What the concept is beside the label, in the words of the page."""
_WORDS: dict[str, What] = {
    "none": "no_such_concept",
    "not-a-category": "not_a_category",
    "unsure": "unsure",
    "holds": "holds",
}
_NUMBERS = 12


class Refused(ValueError):
    """Nothing was recorded; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What someone typed: `answer` is a concept's key or one of the words.

    Not a candidate's number: what stands first may be another concept once something else was decided.
    """

    answer: str
    by: str
    seen: str
    relation: str = "same"
    body: str | None = None
    year: int | None = None
    comment: str = ""


def next_text(desk: Desk, wanted: Filter, by: str, skip: int = 0) -> str:
    """The label with most at stake that the filter lets through, or that none is left."""
    queued = desk.queue(wanted, by)
    if skip >= len(queued):
        return "No label is left under these filters.\n"
    head = f"{skip + 1} of {len(queued)}"
    return "\n".join([head, *_card(desk, queued[skip][0], full=False)]) + "\n"


def explain_text(desk: Desk, item_id: str) -> str:
    """All that is known of a label: what `next` says, its numbers, its history, where else it stands."""
    return "\n".join(_card(desk, _item(desk, item_id), full=True)) + "\n"


def draw(desk: Desk, item_id: str, path: Path) -> None:
    """Writes the crop of the page with the label framed (PNG); raises Refused with the reason when there is none."""
    dataset, _ = desk.read()
    item = _item(desk, item_id)
    drawn = desk.pictures.evidence(dataset, item, next(iter(in_order(item)), None), whole=False)
    if isinstance(drawn, Missing):
        raise Refused(drawn.reason)
    path.write_bytes(drawn.png)


def accept(desk: Desk, item_id: str, given: Answer) -> str:
    """Records an answer and gives the sentence that says so; raises Refused, DecisionError or Stale."""
    dataset, _ = desk.read()
    item = _item(desk, item_id)
    if not given.by.strip():
        raise Refused("A decision is signed: say who decides (--by, or KLACHTENATLAS_STEWARD).")
    places = {n.observation_id for n in item.numbers} or {item.rows[0].label_id}
    if given.seen not in places:
        raise Refused(f"No decision without evidence: name the number that you looked at (--seen {sorted(places)[0]}).")
    if item.title:
        raise Refused("This is a title: the build asks no decision for it, so none is taken.")
    if given.body is not None and given.body not in item.bodies:
        raise Refused(f"The label stands under {', '.join(item.bodies)}, not under {given.body}.")
    if given.year is not None and given.year not in item.years:
        raise Refused(f"The label stands in reports on {', '.join(map(str, item.years))}, not on {given.year}.")
    what, concept = _meant(desk, given.answer)
    if given.relation not in RELATIONS:
        raise Refused(f"The concept is {', '.join(RELATIONS)}; {given.relation} is none of these.")
    choice = Choice(
        what, concept, RELATIONS[given.relation], " ".join(given.by.split()), given.comment, 1.0, given.seen,
        given.body, given.year,
    )  # fmt: skip
    version = desk.state(item).version
    try:
        if desk.second_opinions:
            number = dataset.numbers.get(given.seen)
            desk.journal.give_opinion(subject(item), desk.opinion(item, choice, number), version)
        elif what == "unsure":
            desk.journal.unsure(subject(item), desk.decisions(item, choice)[0], version)
        else:
            desk.journal.decide(subject(item), desk.decisions(item, choice), version)
    except Stale as stale:
        raise Refused(f"{stale} Look at it again (`klachtenatlas review explain {item_id}`).") from stale
    said = desk.scheme.label(concept, "en") if concept else what.replace("_", " ")
    return f"Saved. {item.label}: {said}."


def take_back(desk: Desk, item_id: str, by: str) -> str:
    """Takes the last decision on a label back, or its mark "unsure"."""
    item = _item(desk, item_id)
    state = desk.state(item)
    if not state.name:
        raise Refused(f"Nothing is decided on “{item.label}”.")
    try:
        desk.journal.undo(subject(item), by, state.version, unsure=state.name == "unsure")
    except Stale as stale:
        raise Refused(str(stale)) from stale
    return f"{item.label}: taken back."


def agreement_text(desk: Desk) -> str:
    """How far second opinions agree, for the release notes: a sentence and a table in Markdown."""
    rows = second.agreements(desk.journal.all_opinions())
    together = [row for row in rows if not row.city]
    if not together:
        return "No second opinion was given yet, so no agreement is known.\n"
    asked, agreed = sum(r.asked for r in together), sum(r.agreed for r in together)
    lines = [
        f"Second opinions, given blind: {agreed} of {asked} agree with the first.",
        "",
        "| city | first | second | labels | agree | Cohen's kappa |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        kappa = "–" if row.kappa is None else f"{row.kappa:.2f}"
        lines.append(f"| {row.city or 'all'} | {row.first_by} | {row.by} | {row.asked} | {row.agreed} | {kappa} |")
    return "\n".join(lines) + "\n"


def _meant(desk: Desk, text: str) -> tuple[What, str | None]:
    if text in _WORDS:
        return _WORDS[text], None
    if text in desk.scheme:
        return "concept", text
    raise Refused(
        f"“{text}” is no key of the scheme, and none of {', '.join(_WORDS)}. "
        "Keys look like subject:waste; docs/ontology.md lists them."
    )


def _item(desk: Desk, item_id: str) -> Item:
    _, items = desk.read()
    found = [item for key, item in items.items() if key.startswith(item_id)]
    if len(found) != 1:
        raise Refused(f"{'Several labels begin' if found else 'No label begins'} with the id {item_id}.")
    return found[0]


def _shown(desk: Desk, dataset: Dataset, item: Item) -> list[Shown]:
    desk.proposer.start()
    shown = desk.proposer.propose(dataset, item)
    return unordered(shown) if desk.second_opinions else list(shown)


def _card(desk: Desk, item: Item, *, full: bool) -> Iterator[str]:
    dataset, items = desk.read()
    blind = desk.second_opinions
    places = in_order(item)
    under = f" under “{item.context}”" if item.context else ""
    yield f"“{item.label}”{under}   {item.item_id}"
    status = "" if blind else f", {desk.status(item)}, the machine {100 * item.confidence:.0f} % sure"
    years = ", ".join(map(str, item.years))
    yield f"  {item.city}: {', '.join(item.bodies)}; {years}{status}"
    yield f"  {_many(len(item.numbers), 'number')}, {item.complaints:.0f} complaints"
    for number in places if full else places[:3]:
        report = dataset.reports[number.report_id]
        yield f"  {_printed(number)}   page {number.page} of {report.file}   {number.observation_id}"
    if not full and len(places) > 3:
        yield f"  and {_many(len(places) - 3, 'number')} more"
    if not blind:
        yield from _standing(desk, item, full=full)
    shown = () if item.title else _shown(desk, dataset, item)
    for one in shown:
        published = ", published now" if one.published else ""
        likely = f", {100 * one.likely:.0f} % of the likelihood" if one.likely is not None else ""
        english = f" ({one.label_en})" if one.label_en != one.label else ""
        yield f"   {one.key}   {one.label}{english}{likely}{published}"
        yield f"     {one.definition}"
        yield from (f"     + {reason}" for reason in one.pro)
        yield from (f"     - {reason}" for reason in one.contra)
        if one.examples and not blind:
            yield f"     elsewhere: {'; '.join(one.examples)}"
        if one.effects is not None:
            yield from _effects(one.effects, full=full)
    if not blind and not item.title:
        yield "   none, not-a-category"
        yield from _effects(consequences(dataset, desk.scheme, item, None), full=full)
    if full and not blind:
        same = [i for i in items.values() if i is not item and i.name == item.name]
        yield from (f"  also in {i.city}: {', '.join(i.concepts) or 'no concept'}   {i.item_id}" for i in same)
    seen = places[0].observation_id if places else item.rows[0].label_id
    if not item.title:
        mode = " --second" if blind else ""
        yield f"decide: klachtenatlas review accept{mode} {item.item_id} ANSWER --seen {shlex.quote(seen)} --by NAME"


def _standing(desk: Desk, item: Item, *, full: bool) -> Iterator[str]:
    state = desk.state(item)
    for decision in state.holding:
        yield f"  decided: {decision.concept or second.answer_of(decision)}, {decision.author}, {decision.decided_on}"
    if state.unsure:
        yield f"  {state.unsure.by} was unsure. {state.unsure.decision.comment}".rstrip()
    yield from (f"  asked again: {reason}" for reason in desk.reopened(item))
    yield from (f"  {o.by}, without seeing that: {o.answer}" for o in desk.dissent(item))
    for event in state.history if full else ():
        said = f"{event.what} {event.decision.concept or ''} {event.decision.comment}"
        yield f"  {event.when} {event.who}: {' '.join(said.split())}"


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count != 1 else ''}"


def _printed(number: Number) -> str:
    where = " / ".join(part for part in (number.row_label, number.column_label) if part)
    return f"{where}: {number.printed} ({number.period})"


def _effects(effects: Consequences, *, full: bool) -> Iterator[str]:
    yield f"     changes {_many(effects.numbers, 'number')}"
    yield from (f"     no longer adds up: {total}" for total in effects.ceases)
    yield from (f"     adds up then: {total}" for total in effects.begins)
    for change in effects.changes[:_NUMBERS] if full else ():
        yield f"       {_printed(change.number)}: {change.old or 'nothing'} -> {change.new or 'nothing'}"
