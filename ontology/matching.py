"""From a printed label to a concept, with an honest probability and one of three bands.

A steward's decision wins always (`curated`). Else the evidence of `index` and the weights of `model` give a confidence:
from `Model.accept` up the concept is `accepted`; below it the label waits for a person (`review`, the concept is the
best guess); where nothing fits, or the label names no category (a total, a year, a unit), it is `unmapped` and its
concept stays empty. A label is never given a concept for want of a better one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from ontology import words
from ontology.decisions import MANUAL, Decision, Decisions
from ontology.index import FEATURES, Evidence, Index
from ontology.model import Model, calibration_row, confidence, load_model, shares, will_do
from ontology.phrases import SignalPhrases
from ontology.scheme import FACETS, LANGUAGES, Scheme, load_scheme
from ontology.term_space import Places, Vector
from ontology.text import is_code, normalise, segments

Status = Literal["curated", "accepted", "review", "unmapped"]
LEXICAL = "semapv:LexicalMatching"
COMPOSITE = "semapv:CompositeMatching"
UNSPECIFIED = "semapv:UnspecifiedMatching"
_SHOWN = 5
_TIE = 0.6  # of the best share: above it a label is accepted by nobody but a steward
_EXACT = FEATURES.index("exact")
_SAID = 0.1  # no label measured changes with it; beyond, fewer first candidates are right
_CLEARLY = 0.05  # of 0, 0.05, 0.1 and 0.2 the best by cross-validation
MAX_SIBLINGS = 24
_PARENTHESES = re.compile(r"\([^)]*\)")
_REMEMBERED = 100_000
_NO_PARENTHESES = "read without what stands in parentheses"
_NO_SIGNAL = "read as the outcome of the kind of signal that it names"
_SHORT = 3  # letters; such labels are abbreviations, and equal ones often mean different things


class LabelFileError(ValueError):
    """A file of labels cannot be matched; the message says what it lacks."""


@dataclass(frozen=True, slots=True)
class LabelQuery:
    """A printed label and what is known of where it stood. `context` goes from the widest to the nearest."""

    label: str
    facet: str | None = None
    context: tuple[str, ...] = ()
    language: str | None = None
    organisation: str | None = None
    siblings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What a label means. `candidates` are (concept key, score 0 to 1), best first, at most five.

    `confidence` is the probability that the first candidate is right; 1.0 for a label that certainly names no category.
    """

    label: str
    facet: str | None
    concept: str | None
    confidence: float
    status: Status
    candidates: tuple[tuple[str, float], ...] = ()
    justification: str = UNSPECIFIED
    decided_by: str | None = None
    decided_on: str | None = None
    note: str | None = None


class Matcher:
    """Matches labels against a scheme and the stewards' decisions. Building one takes seconds."""

    def __init__(
        self, scheme: Scheme | None = None, decisions: Decisions | None = None, model: Model | None = None
    ) -> None:
        self.scheme = scheme if scheme is not None else load_scheme()
        self.decisions = decisions if decisions is not None else Decisions()
        self.model = model if model is not None else load_model()
        decided = [
            (d.label, d.language, d.concept) for d in self.decisions if d.concept and d.predicate == "skos:exactMatch"
        ]
        self.index = Index(self.scheme, decided)
        self.signals = SignalPhrases(self.scheme)
        self._also = self.model.acceptance.matrix(self.scheme)
        self._seen: dict[LabelQuery, Match] = {}
        self._evidence: dict[tuple[str, str | None, tuple[str, ...], str | None], Evidence] = {}
        self._branches_seen: dict[tuple[str, tuple[str, ...], str | None], tuple[Places, Vector]] = {}

    def of_year(self, year: int) -> Matcher:
        """The same matcher with the decisions that hold for reports on `year`; what is costly is shared."""
        decisions = self.decisions.of_year(year)
        if decisions is self.decisions:
            return self
        other = copy(self)
        other.decisions = decisions
        return other

    def match(self, query: LabelQuery) -> Match:
        """What `query.label` means; the same query gives the same answer."""
        if query.facet is not None and query.facet not in FACETS:
            raise ValueError(f"facet {query.facet!r} is none of {', '.join(FACETS)}.")
        if query not in self._seen:
            if len(self._seen) > _REMEMBERED:
                self._seen.clear()
            self._seen[query] = self._match(query)
        decision = self.decisions.find(query.label, query.context, query.facet, query.organisation)
        return _curated(query, decision, self._seen[query]) if decision else self._seen[query]

    def _match(self, query: LabelQuery) -> Match:
        if not normalise(query.label) or words.is_noise(query.label):
            return Match(query.label, query.facet, None, 1.0, "unmapped", note="names no category")
        evidence = self.evidence(query)
        if len(normalise(query.label).replace(" ", "")) <= _SHORT and not evidence.rows[:, :2].any():
            note = "an abbreviation that the scheme does not know"
            return replace(self._decide(query, evidence), facet=query.facet, concept=None, status="unmapped", note=note)
        found = self._narrowed(query, self._decide(query, evidence))
        if found.status != "accepted":
            for shorter, note in self._shorter(query):
                plain = self._match(replace(query, label=shorter))
                if plain.status == "accepted" and (note == _NO_PARENTHESES or plain.facet == "outcome"):
                    return replace(plain, label=query.label, note=note)
        return found

    def _shorter(self, query: LabelQuery) -> Iterator[tuple[str, str]]:
        """Shorter readings of a label that is not understood as it stands, each with what was left out."""
        label = query.label.strip()
        bare = _PARENTHESES.sub(" ", label).strip()
        if bare != label and normalise(bare):
            yield bare, _NO_PARENTHESES
        if query.facet != "signal" and len(label.split()) > 1:
            speech = query.language if query.language in LANGUAGES else self.index.language_of(normalise(label))
            rest = self.signals.without(label, speech)
            if rest != label and normalise(rest) and not words.is_noise(rest):
                yield rest, _NO_SIGNAL

    def _narrowed(self, query: LabelQuery, found: Match) -> Match:
        """For `inadmissible - no jurisdiction` the narrower concept that the later part names, if it names one."""
        parts = segments(query.label)
        if found.concept is None or len(parts) < 2 or not self.scheme.narrower(found.concept):
            return found
        for part in parts[1:]:
            further = self._match(LabelQuery(part, self.scheme[found.concept].facet, (), query.language))
            if further.concept and found.concept in self.scheme.ancestors(further.concept):
                sure = max(further.confidence, found.confidence) if further.status == "accepted" else further.confidence
                others = tuple(c for c in found.candidates if c[0] != further.concept)
                first = ((further.concept, further.candidates[0][1]), *others)[:_SHOWN]
                status: Status = "accepted" if sure >= self.model.accept else "review"
                return replace(found, concept=further.concept, confidence=sure, status=status, candidates=first)
        return found

    def evidence(self, query: LabelQuery) -> Evidence:
        """The candidates and their evidence; what the model is trained on."""
        plain = self._plain(query.label, query.facet, query.context, query.language)
        if not query.siblings:
            return plain
        return self.index.with_siblings(plain, self.sibling_votes(query.siblings, query.context, query.language))

    def _plain(self, label: str, facet: str | None, context: tuple[str, ...], language: str | None) -> Evidence:
        place = (label, facet, context, language)
        if place not in self._evidence:
            if len(self._evidence) > _REMEMBERED // 10:
                self._evidence.clear()
            self._evidence[place] = self.index.evidence(label, facet=facet, context=context, language=language)
        return self._evidence[place]

    def sibling_facets(self, siblings: tuple[str, ...], context: tuple[str, ...], language: str | None) -> Vector:
        """How the labels of one row or column of a table spread over FACETS (shares that add up to 1, or to 0)."""
        return self.index.facets_of(self.sibling_votes(siblings, context, language))

    def sibling_votes(self, siblings: tuple[str, ...], context: tuple[str, ...], language: str | None) -> Vector:
        """The same over the topmost concepts: one share for each place in `Index.keys`, 0 below the top."""
        votes = np.zeros(len(self.index.keys))
        for sibling in siblings[:MAX_SIBLINGS]:
            if normalise(sibling) and not words.is_noise(sibling):
                places, shares_there = self._branches(sibling, context, language)
                votes[places] += shares_there
        return np.asarray(votes / votes.sum() if votes.sum() > 0 else votes)

    def _branches(self, label: str, context: tuple[str, ...], language: str | None) -> tuple[Places, Vector]:
        """The shares of topmost concepts among a label's candidates; what is left to 1 is that of "no concept"."""
        place = (label, context, language)
        if place not in self._branches_seen:
            if len(self._branches_seen) > _REMEMBERED:
                self._branches_seen.clear()
            evidence = self._plain(label, None, context, language)
            votes = self.index.branches_of(evidence, shares(self.model, evidence)[:-1])
            where = np.flatnonzero(votes)
            self._branches_seen[place] = where, votes[where]
        return self._branches_seen[place]

    def _decide(self, query: LabelQuery, evidence: Evidence) -> Match:
        nothing = Match(query.label, query.facet, None, 0.0, "unmapped", note="nothing alike in the scheme")
        if not len(evidence.concepts):
            return nothing
        found = shares(self.model, evidence)
        likely = will_do(evidence, found, self._also)
        order = self.ranked(evidence, found, likely)
        row = calibration_row(evidence, found, likely, order[0], code=is_code(query.label))
        sure = confidence(self.model, row)
        candidates = tuple((self.index.keys[evidence.concepts[i]], round(float(likely[i]), 4)) for i in order[:_SHOWN])
        best = evidence.rows[order[0]]
        key = candidates[0][0]
        justification = LEXICAL if best[0] or best[1] else COMPOSITE
        if float(found[-1]) > 0.5 and sure < self.model.accept:
            why = "more likely no category than any concept"
            return Match(
                query.label, query.facet, None, round(sure, 4), "unmapped", candidates, justification, note=why
            )
        if sure < self.model.review:
            return Match(
                query.label, query.facet, None, round(sure, 4), "unmapped", candidates, justification,
                note="no concept is likely enough",
            )  # fmt: skip
        note = self.doubt(query.label, evidence, found, order[0])
        status: Status = "accepted" if sure >= self.model.accept and note is None else "review"
        facet = self.scheme[key].facet
        return Match(query.label, facet, key, round(sure, 4), status, candidates, justification, note=note)

    def ranked(self, evidence: Evidence, found: Vector, likely: Vector) -> list[int]:
        """Places of the candidates, the one that most likely will do first.

        A broader concept goes before the likeliest one below it only where it will do clearly more often: it says less.
        """
        order = [int(i) for i in np.argsort(-likely, kind="stable")]
        first, own = order[0], int(np.argmax(found[:-1]))
        keys = [self.index.keys[evidence.concepts[i]] for i in (first, own)]
        if likely[first] - likely[own] <= _CLEARLY and keys[0] in self.scheme.ancestors(keys[1]):
            first = own
        said = self._said(evidence, likely, first)
        return list(dict.fromkeys([first if said is None else said, first, *order]))

    def _said(self, evidence: Evidence, likely: Vector, first: int) -> int | None:
        """The only candidate of the first one's facet that has the text itself as a label, where it will do as well."""
        facets = self.index.facet[evidence.concepts]
        exact = np.flatnonzero((evidence.rows[:, _EXACT] > 0) & (facets == facets[first]))
        if len(exact) != 1 or exact[0] == first or likely[first] - likely[exact[0]] > _SAID:
            return None
        return int(exact[0])

    def doubt(self, label: str, evidence: Evidence, found: Vector, best: int) -> str | None:
        """Why a label waits for a person however likely its best candidate (a place in `evidence`) is, or None."""
        if self._tied(evidence, found, best):
            return "two branches are about as likely"
        if is_code(label):
            return "an abbreviation: equal ones often mean different things"
        return None

    def _tied(self, evidence: Evidence, found: Vector, best: int) -> bool:
        """Whether a concept of the same facet but of another branch has nearly the share of the best one."""
        roots, facets = self.index.roots[evidence.concepts], self.index.facet[evidence.concepts]
        rivals = found[:-1][(roots != roots[best]) & (facets == facets[best])]
        return float(rivals.max(initial=0.0)) > _TIE * float(found[best])


def _curated(query: LabelQuery, decision: Decision, guess: Match) -> Match:
    others = tuple((key, score) for key, score in guess.candidates if key != decision.concept)
    first = ((decision.concept, 1.0),) if decision.concept else ()
    return Match(
        label=query.label,
        facet=decision.facet,
        concept=decision.concept,
        confidence=decision.confidence,
        status="curated",
        candidates=(*first, *others)[:_SHOWN],
        justification=MANUAL,
        decided_by=decision.author,
        decided_on=decision.decided_on.isoformat(),
        note=decision.comment or None,
    )


def match_file(path: Path, matcher: Matcher) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    """Matches a TSV file of labels (`label`, optional `facet`, `context`, `language`).

    Gives the output's columns and its rows: the input's columns, then facet, concept, confidence, status, candidates.
    Levels of a context are separated by ` > `; labels of one context and language count as one table's, and help
    to tell each other's facet. Raises LabelFileError when there is no column `label`.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            rows = list(reader)
            given = tuple(reader.fieldnames or ())
    except UnicodeDecodeError as error:
        raise LabelFileError(
            f"{path.name} is not UTF-8 text ({error.reason} at byte {error.start}); save it as UTF-8."
        ) from error
    if "label" not in given:
        raise LabelFileError(f"{path.name} has no column `label`; its first line must name tab-separated columns.")
    added = ("facet", "concept", "confidence", "status", "candidates")
    columns = (*given, *(c for c in added if c not in given))
    queries = [_query(row) for row in rows]
    together: dict[tuple[tuple[str, ...], str | None], list[str]] = {}
    for query in queries:
        if query.context:
            together.setdefault((query.context, query.language), []).append(query.label)
    out = []
    for row, query in zip(rows, queries, strict=True):
        siblings = tuple(
            dict.fromkeys(s for s in together.get((query.context, query.language), ()) if s != query.label)
        )
        out.append(_matched_row(row, matcher.match(replace(query, siblings=siblings[:MAX_SIBLINGS]))))
    return columns, out


def _query(row: dict[str, str]) -> LabelQuery:
    facet = (row.get("facet") or "").strip() or None
    context = tuple(part.strip() for part in (row.get("context") or "").split(" > ") if part.strip())
    language = (row.get("language") or "").strip()[:2].lower() or None
    return LabelQuery(row.get("label") or "", facet if facet in FACETS else None, context, language)


def _matched_row(row: dict[str, str], found: Match) -> dict[str, str]:
    clean = {k: v or "" for k, v in row.items() if k is not None}
    return clean | {
        "facet": found.facet or "",
        "concept": found.concept or "",
        "confidence": f"{found.confidence:.4f}",
        "status": found.status,
        "candidates": " ".join(f"{key}={score:.4f}" for key, score in found.candidates),
    }


def write_rows(columns: Sequence[str], rows: Iterable[dict[str, str]]) -> str:
    """Rows as TSV text with a header."""
    lines = ["\t".join(columns)]
    lines += ["\t".join(" ".join(row.get(c, "").split()) for c in columns) for row in rows]
    return "\n".join(lines) + "\n"
