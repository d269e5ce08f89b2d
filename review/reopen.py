"""When a decision is asked anew, and why: by rule, from what it was taken on.

A decision keeps what it was taken on: the reports, the labels beside its label, the concept's neighbourhood, and the
contradictions that were known on its numbers. It is asked again when one of them changed in a way that may change the
answer. Other bytes of the same report, or a better reader that finds the same labels, change none of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from ontology.categories import read_word
from ontology.decisions import Decision
from ontology.scheme import Scheme
from ontology.text import normalise
from review.dataset import Dataset, Label
from review.queue import Item

_DIGITS = 4  # hexadecimal, of a label's digest: two labels of one table meet by chance once in thousands of tables
_MANY = 40  # labels; a table with more (streets, products) is kept as one digest
_NAMED = 4  # labels that a reason lists
_ALIKE = 80.0  # rapidfuzz's ratio, 0 to 100: from here on a label that vanished may be this one, printed otherwise
_TOTALS = frozenset({"total_mismatch", "share_mismatch"})


@dataclass(frozen=True, slots=True)
class Ground:
    """What a decision is taken on, as `Decision` keeps it."""

    seen_in: str
    beside: str
    concept_seen: str
    findings: str


def ground(dataset: Dataset, item: Item, concept: str | None, scheme: Scheme) -> Ground:
    """What a decision for `concept` on `item` would be taken on now."""
    reports = " ".join(sorted({row.report_id for row in item.rows}))
    tables = sorted({_token(beside(dataset, row)) for row in item.rows})
    return Ground(
        reports, " ".join(tables), neighbourhood(scheme, concept), " ".join(sorted(_contradictions(dataset, item)))
    )


def reasons(dataset: Dataset, item: Item, decision: Decision, scheme: Scheme) -> tuple[str, ...]:
    """Why a decision is to be looked at again: sentences, none when it stands. Rows without a ground always stand."""
    found: list[str] = []
    if decision.concept is not None:
        now = scheme.current(decision.concept)
        if now is None:
            found.append(_gone(decision.concept, scheme))
        # A decision for a concept that was merged into another follows it and is not asked again.
        elif now == decision.concept and decision.concept_seen not in ("", neighbourhood(scheme, now)):
            narrower = ", ".join(scheme.label(k, "en") for k in scheme.narrower(now)) or "none"
            found.append(f"The concept was split or moved since. Narrower than it are now: {narrower}.")
    if decision.beside:
        found += _other_neighbours(dataset, item, frozenset(decision.beside.split()))
    if decision.seen_in:
        known, reports = set(decision.findings.split()), set(decision.seen_in.split())
        messages = [
            message
            for finding_id, (report_id, message) in sorted(_contradictions(dataset, item).items())
            if report_id in reports and finding_id not in known
        ]
        found += [f"A total over it no longer adds up. {message}" for message in messages[:1]]
    return tuple(found)


def beside(dataset: Dataset, row: Label) -> tuple[str, ...]:
    """The labels that stand with `row` under the same labels of its report; totals, years and units do not count."""
    own = normalise(row.label)
    return tuple(label for label in dataset.neighbours[(row.report_id, row.context)] if normalise(label) != own)


def printed_before(item: Item, vanished: Iterable[Decision]) -> Decision | None:
    """The decision on a label that is no longer printed and that `item` may be, spelled otherwise."""
    name, context = normalise(item.core), normalise(item.context)
    alike = [
        (fuzz.ratio(name, normalise(d.label)), d)
        for d in vanished
        if normalise(d.context) == context and d.organisation in ("", *item.bodies)
    ]
    return max((a for a in alike if a[0] >= _ALIKE), key=lambda a: a[0], default=(0.0, None))[1]


def _other_neighbours(dataset: Dataset, item: Item, known: frozenset[str]) -> list[str]:
    pieces = {token[i : i + _DIGITS] for token in known for i in range(0, len(token), _DIGITS)}
    for row in item.rows:
        now = beside(dataset, row)
        if _token(now) in known:
            continue
        new = [label for label in now if _digest(_name(label)) not in pieces]
        report = dataset.reports[row.report_id]
        where = f"In {report.city} {report.year} it stands among other labels than those that were seen"
        if new:
            more = f" and {len(new) - _NAMED} more" if len(new) > _NAMED else ""
            return [f"{where}. New beside it: {', '.join(new[:_NAMED])}{more}."]
        return [f"{where}: some are no longer there."]
    return []


def _contradictions(dataset: Dataset, item: Item) -> dict[str, tuple[str, str]]:
    """The broken totals that the item's numbers take part in: by id the report and the sentence."""
    return {
        f.finding_id: (f.report_id, f.message)
        for n in item.numbers
        for f in dataset.findings_on.get(n.observation_id, ())
        if f.kind in _TOTALS and f.severity != "info"
    }


def _gone(concept: str, scheme: Scheme) -> str:
    into = scheme.retired[concept].replaced_by if concept in scheme.retired else ()
    instead = ", ".join(scheme.label(now, "en") for now in (scheme.current(key) for key in into) if now)
    return f"The scheme no longer has the concept {concept}: choose what takes its place{instead and f' ({instead})'}."


def neighbourhood(scheme: Scheme, concept: str | None) -> str:
    """A digest of what stands directly above and below a concept; empty without one.

    A narrower concept that was merged into another still counts: its going is no reason to ask about the wider one.
    """
    if concept is None or concept not in scheme:
        return ""
    merged = [r.key for r in scheme.retired.values() if r.broader == concept and len(r.replaced_by) == 1]
    below = sorted((*scheme.narrower(concept), *merged))
    return _digest(f"{scheme[concept].broader} {' '.join(below)}", 8)


def _token(labels: tuple[str, ...]) -> str:
    """The labels of one place as digests one behind the other, in an order that is not theirs; `-` for none."""
    names = sorted({_name(label) for label in labels} - {""})
    if len(names) > _MANY:
        return "#" + _digest("\x1f".join(names), 12)
    return "".join(sorted(_digest(name) for name in names)) or "-"


@cache
def _name(label: str) -> str:
    """A label as its neighbours know it: without its year; empty when it names no category."""
    return normalise(read_word(label).category)


def _digest(text: str, digits: int = _DIGITS) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:digits]
