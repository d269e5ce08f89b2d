"""What stewards decide on: one item for all identical labels of a city in one context, ordered by what is at stake.

An item is exactly what one decision reaches (see `ontology.decisions.Decisions.find`): a label, the nearest label above
it or beside it, a city. Order is doubt (1 - confidence) times the complaints counted under the label.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from ontology.categories import read_word
from ontology.identity import digest
from ontology.text import normalise
from review.dataset import LEVELS, Dataset, Label, Number

STATES = ("waiting", "review", "unmapped", "reopened", "disputed", "unsure", "decided", "accepted", "none", "all")
"""What a steward can filter by; `none` names no category."""
WAITING = ("review", "unmapped", "reopened", "disputed")
"""What `waiting` lets through."""
_CERTAIN = 1.0
_COVERED = 0.95


@dataclass(frozen=True, slots=True)
class Item:
    """All identical labels of one city in one context. `numbers` are the published numbers under them."""

    item_id: str
    city: str
    label: str
    core: str
    """What the matcher asks decisions for: the label without its year."""
    context: str
    rows: tuple[Label, ...]
    numbers: tuple[Number, ...]
    years: tuple[int, ...]
    bodies: tuple[str, ...]
    complaints: float
    name: str
    """The label as labels are compared."""
    slug: str
    """The city as the files of decisions name it."""
    key: tuple[str, str]
    """Label and context as decisions are looked up."""
    title: bool
    """It stands above its numbers only, as a title or a heading: the build asks no decision for such a label."""

    @property
    def published(self) -> str:
        """The weakest status that the last build gave: `review`, `unmapped`, `none` (no category) or `accepted`."""
        states = {"none" if r.status == "unmapped" and r.confidence >= _CERTAIN else r.status for r in self.rows}
        return next((s for s in ("review", "unmapped", "accepted", "curated") if s in states), "none")

    @property
    def confidence(self) -> float:
        """The lowest confidence of the rows that are not certain to name no category."""
        open_rows = [r.confidence for r in self.rows if r.status in ("review", "unmapped") and r.confidence < _CERTAIN]
        return min(open_rows, default=min((r.confidence for r in self.rows), default=0.0))

    @property
    def stake(self) -> float:
        """Doubt times complaints affected; a label with no counted complaint still weighs its doubt."""
        return (1.0 - self.confidence) * (1.0 + self.complaints)

    @property
    def facets(self) -> tuple[str, ...]:
        """The facets that the build saw in the label."""
        return tuple(dict.fromkeys(r.facet for r in self.rows if r.facet))

    @property
    def notes(self) -> tuple[str, ...]:
        """Why the matcher was not sure, in its words."""
        return tuple(dict.fromkeys(r.note for r in self.rows if r.note and r.status in ("review", "unmapped")))

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts published now."""
        return tuple(dict.fromkeys(r.concept for r in self.rows if r.concept))


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the queue is looked at; an empty field lets everything through."""

    city: str = ""
    year: str = ""
    organisation: str = ""
    facet: str = ""
    reason: str = ""
    """What the matcher noted, letter for letter."""
    status: str = "waiting"

    def passes(self, item: Item, state: str) -> bool:
        """Whether an item in `state` (see `STATES`) is looked at."""
        return (
            (not self.city or item.slug == self.city)
            and (not self.year or any(str(y) == self.year for y in item.years))
            and (not self.organisation or self.organisation in item.bodies)
            and (not self.facet or self.facet in item.facets)
            and (not self.reason or self.reason in item.notes)
            and (self.status in ("all", state) or (self.status == "waiting" and state in WAITING))
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a queue is. `share` (0 to 1) of the complaints are mapped; after `most` more decisions `reach` are."""

    decided: int
    waiting: int
    share: float
    most: int
    reach: float


def slug(city: str) -> str:
    """A city's name in lower-case letters, digits and hyphens, as files of decisions are called."""
    plain = unicodedata.normalize("NFKD", city).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "unnamed"


def nearest(label: Label, titles: frozenset[str]) -> str:
    """The part of a label's context that a decision can name: the nearest one that is not the table's title.

    The matcher asks for decisions with the stub's heading and the labels above, never with the title.
    """
    parts = [p for p in label.context.split(LEVELS) if p]
    if parts and parts[0] in titles:
        parts = parts[1:]
    return parts[-1] if parts else ""


def core(label: str) -> str:
    """A label without its year, as the matcher sees it; a decision on it holds for the next year's report too."""
    return read_word(label).category or label


def items(dataset: Dataset) -> dict[str, Item]:
    """All items of a dataset by id, the one with most at stake first."""
    under = _numbers_by_label(dataset)
    groups: dict[tuple[str, str, str], list[Label]] = defaultdict(list)
    for label in dataset.labels:
        report = dataset.reports.get(label.report_id)
        if report is None or not normalise(label.label):
            continue
        context = nearest(label, dataset.titles.get(label.report_id, frozenset()))
        groups[(slug(report.city), normalise(core(label.label)), normalise(context))].append(label)
    found = [_item(dataset, key, rows, under) for key, rows in groups.items()]
    found.sort(key=lambda item: (-item.stake, item.city, item.label, item.context))
    return {item.item_id: item for item in found}


def _item(dataset: Dataset, key: tuple[str, str, str], rows: Sequence[Label], under: dict[str, list[Number]]) -> Item:
    numbers = {n.observation_id: n for row in rows for n in under.get(row.label_id, ())}
    reports = [dataset.reports[row.report_id] for row in rows]
    context = nearest(rows[0], dataset.titles.get(rows[0].report_id, frozenset()))
    bodies = {n.organisation for n in numbers.values() if n.organisation}
    if not bodies:  # a title or a case's label: the bodies of its report
        ids = {row.report_id for row in rows}
        bodies = {n.organisation for n in dataset.numbers.values() if n.report_id in ids and n.organisation}
    return Item(
        item_id=digest(*key, length=12),
        city=reports[0].city,
        label=rows[0].label,
        core=core(rows[0].label),
        context=context,
        rows=tuple(rows),
        numbers=tuple(numbers.values()),
        years=tuple(sorted({r.year for r in reports})),
        bodies=tuple(sorted(bodies)),
        complaints=sum(n.value for n in numbers.values() if n.counts),
        name=normalise(rows[0].label),
        slug=key[0],
        key=(normalise(core(rows[0].label)), normalise(context)),
        title=bool(numbers) and not any(rows[0].label in label_levels(n) for n in numbers.values()),
    )


def _numbers_by_label(dataset: Dataset) -> dict[str, list[Number]]:
    """The numbers under each label id: those that print it, in the contexts most like the number's own."""
    by_name: dict[tuple[str, str], list[tuple[Label, frozenset[str]]]] = defaultdict(list)
    for label in dataset.labels:
        parts = frozenset(p for p in label.context.split(LEVELS) if p)
        by_name[(label.report_id, label.label)].append((label, parts))
    found: dict[str, list[Number]] = defaultdict(list)
    for number in dataset.numbers.values():
        levels = printed_levels(number)
        around = {number.table_title, number.section, *levels}
        for level in levels:
            candidates = by_name.get((number.report_id, level), ())
            most = max((len(parts & around) for _, parts in candidates), default=0)
            for label, parts in candidates:
                if len(parts & around) == most:
                    found[label.label_id].append(number)
    return found


def label_levels(number: Number) -> tuple[str, ...]:
    """The levels of both labels of a number; a path in one cell (`SB/paspoort`) also part by part."""
    levels = [p for text in (number.row_label, number.column_label) for p in text.split(LEVELS) if p]
    parts = [part.strip() for level in levels if "/" in level for part in level.split("/") if part.strip()]
    return tuple(dict.fromkeys([*levels, *parts]))


def printed_levels(number: Number) -> tuple[str, ...]:
    """What a number stands under: the levels of its labels, the title of its table, the heading of its section."""
    above = [text for text in (number.table_title, number.section) if text]
    return tuple(dict.fromkeys([*label_levels(number), *above]))


def reasons(considered: Sequence[tuple[Item, str]]) -> list[str]:
    """What the matcher noted on items that wait, the most frequent first."""
    found = Counter(note for item, state in considered if state in WAITING for note in item.notes)
    return [note for note, _ in found.most_common()]


def progress(considered: Sequence[tuple[Item, str]]) -> Progress:
    """The progress over items in the order of the queue.

    A complaint is mapped when no label over its number waits, be they decided or sure matches; a number under two
    labels that wait is mapped with the later one. Where nothing is counted, labels stand for complaints.
    """
    waiting = [item for item, state in considered if state in WAITING and not item.title]
    decided = sum(1 for _, state in considered if state == "decided")
    values: dict[str, float] = {}
    last: dict[str, int] = {}
    for item, state in considered:
        if not item.title and state != "none":
            values.update((n.observation_id, n.value) for n in item.numbers if n.counts)
    for rank, item in enumerate(waiting, 1):
        last.update((n.observation_id, rank) for n in item.numbers if n.counts)
    total = sum(values.values())
    if not total:
        return Progress(decided, len(waiting), decided / max(decided + len(waiting), 1), len(waiting), 1.0)
    gained = [0.0] * (len(waiting) + 1)
    for number, value in values.items():
        gained[last.get(number, 0)] += value
    shares = [reached / total for reached in accumulate(gained)]
    most = next(n for n, reached in enumerate(shares) if reached >= _COVERED or n == len(waiting))
    return Progress(decided, len(waiting), shares[0], most, shares[most])
