"""How alike a printed label and each concept are: the evidence, as numbers, that `matching` weighs.

Character n-grams (TF-IDF cosine) find the near labels of the scheme, rapidfuzz compares those closely, lemmas and
parts of compounds vote for concepts, and the context (a parent label, a title) votes with less weight. Nothing is
decided here.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from ontology import states, text, words
from ontology.scheme import FACETS, LANGUAGES, Scheme
from ontology.term_space import Places, TermSpace, Vector

FEATURES = (
    "exact", "exact_other_language", "exact_preferred", "exact_share", "lemmas_equal", "cosine",
    "cosine_squared", "ratio", "query_covered", "label_covered", "words", "words_share", "whole_with_context",
    "context_words", "context_equal", "context_near", "facet_announced", "facet_other_announced", "siblings",
    "siblings_branch",
    "segment_exact", "segment_first", "other_concept", "other_said", "depth", "narrower_of_rival",
    "label_votes", "word_votes", "word_cosine", "context_votes", "context_elsewhere",
    "context_other_facet", "state_only", "head",
    *(f"is_{facet}" for facet in FACETS),
)  # fmt: skip
NONE_FEATURES = ("bias", "noise_share", "is_noise", "best_exact", "best_cosine", "best_words", "long", "no_known_word")
_PLACE = {name: i for i, name in enumerate(FEATURES)}
# What the label says by itself, without its context.
_OF_LABEL = [
    _PLACE[name]
    for name in (
        "exact", "exact_other_language", "exact_preferred", "exact_share", "lemmas_equal", "cosine", "cosine_squared",
        "ratio", "query_covered", "label_covered", "words", "words_share", "segment_exact", "segment_first", "head",
        "label_votes", "word_votes", "word_cosine",
    )
]  # fmt: skip
_NAMED = 0.8  # a context this near to a concept's label names it; of 0.9, 0.8 and 0.7 the best by cross-validation
_NEAR_LABELS = 30  # labels compared closely; more changes no result on the development labels and costs time
CANDIDATES = 14
_PER_SIGNAL = 4  # candidates that each signal may add
_PATH = 1.0  # how clear a parent category is, beside a label that is clear by itself; chosen by cross-validation
_OUTER = 0.75  # what a context further out counts beside the nearest; chosen by cross-validation
_MOST = 0.4  # of the labels beside: from here up they are of one facet
_FAINT = 0.12  # a cosine below this is chance: the labels share an ending or a short word


@dataclass(frozen=True, slots=True)
class Entry:
    """One label that the index knows, of the scheme or of a person's decision."""

    normalised: str
    language: str
    concept: int
    preferred: bool
    lemmas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Candidate concepts (places in `Index.keys`) with one row of FEATURES each, and the row of NONE_FEATURES."""

    concepts: Places
    rows: Vector
    none: Vector


class Index:
    """All labels of a scheme, ready to be compared. Immutable once built; building takes a few tenths of a second."""

    def __init__(self, scheme: Scheme, decided: Iterable[tuple[str, str, str]] = ()) -> None:
        """`decided` adds (label, language, concept key) of people's decisions as further labels."""
        text.know_lemmas(scheme.lemmas)
        self.scheme = scheme
        self.keys = tuple(scheme.concepts)
        self.place = {key: i for i, key in enumerate(self.keys)}
        self.facet = np.array([FACETS.index(c.facet) for c in scheme])
        self.depth = np.array([len(scheme.ancestors(key)) for key in self.keys], dtype=float)
        self.is_other = np.array(
            [key.split(":")[1].split(".")[-1] in ("other", "general") for key in self.keys], dtype=float
        )
        self.broader = [self.place[c.broader] if c.broader else -1 for c in scheme]
        self.roots = np.array([self.root(i) for i in range(len(self.keys))])
        self.entries = self._entries(scheme, decided)
        self._exact: dict[str, list[Entry]] = defaultdict(list)
        self._by_lemmas: dict[frozenset[str], list[Entry]] = defaultdict(list)
        for entry in self.entries:
            self._exact[entry.normalised].append(entry)
            self._by_lemmas[frozenset(entry.lemmas)].append(entry)
        self._compounds: dict[tuple[str, str], tuple[str, ...]] = {}
        self.known = frozenset(w for entry in self.entries for w in (*entry.normalised.split(), *entry.lemmas))
        self._entry_concept = np.array([entry.concept for entry in self.entries], dtype=np.intp)
        worded = [self._word_parts(entry.lemmas, entry.language) for entry in self.entries]
        self._build_words(worded)
        self._grams = TermSpace([text.ngrams(entry.normalised) for entry in self.entries])
        self._words = TermSpace(worded)
        self.closely = lru_cache(maxsize=None)(self._closely)
        self.context_scores = lru_cache(maxsize=8192)(self._context_scores)

    def root(self, concept: int) -> int:
        """The topmost concept above `concept`."""
        while self.broader[concept] >= 0:
            concept = self.broader[concept]
        return concept

    def _entries(self, scheme: Scheme, decided: Iterable[tuple[str, str, str]]) -> list[Entry]:
        entries: list[Entry] = []
        for concept in scheme:
            for language, label, preferred in concept.labels():
                normalised = text.normalise(label)
                if normalised:
                    entries.append(
                        Entry(
                            normalised, language, self.place[concept.key], preferred, text.lemmas(normalised, language)
                        )
                    )
        for label, language, key in decided:
            if key in self.place and (normalised := text.normalise(label)):
                speech = language if language in LANGUAGES else "nl"
                entries.append(Entry(normalised, language, self.place[key], True, text.lemmas(normalised, speech)))
        return entries

    def parts(self, word: str, language: str) -> tuple[str, ...]:
        """A compound as known words, or nothing."""
        place = (word, language)
        if place not in self._compounds:
            self._compounds[place] = text.compound_parts(word, self.known, language)
        return self._compounds[place]

    def _word_parts(self, lemmas: Iterable[str], language: str) -> list[str]:
        """Lemmas and the parts of those that are compounds of known words."""
        out: list[str] = []
        for word in lemmas:
            out.append(word)
            out.extend(self.parts(word, language))
        return out

    def _build_words(self, worded: list[list[str]]) -> None:
        counts: dict[str, Counter[int]] = defaultdict(Counter)
        for entry, words_of_entry in zip(self.entries, worded, strict=True):
            for word in set(words_of_entry):
                counts[word][entry.concept] += 1
        concepts = len(self.keys)
        self._idf = {word: math.log(1 + concepts / len(found)) for word, found in counts.items()}
        self._unknown_idf = math.log(1 + concepts)
        self._votes: dict[str, tuple[Places, Vector]] = {}
        for word, found in counts.items():
            weights = np.log1p(np.array(list(found.values()), dtype=float))
            self._votes[word] = (np.array(list(found), dtype=np.intp), weights / weights.sum())

    def _closely(self, place: int) -> tuple[frozenset[str], str, frozenset[str], float]:
        """What a close comparison needs of an entry: sides, words in alphabetical order, lemmas, their weight."""
        entry = self.entries[place]
        lemmas = frozenset(entry.lemmas)
        mass = sum(self._idf[w] for w in lemmas) or 1.0
        return _sides(entry.normalised), " ".join(sorted(entry.normalised.split())), lemmas, mass

    def cosines(self, normalised: str) -> Vector:
        """The TF-IDF cosine of a label's n-grams with every entry's."""
        return self._grams.cosines(Counter(text.ngrams(normalised)))

    def concept_votes(self, cosines: Vector) -> Vector:
        """The share of each concept when every entry votes with the fourth power of its cosine (near ones count)."""
        near = np.flatnonzero(cosines > _FAINT)
        squares = cosines[near] ** 2
        votes = np.bincount(self._entry_concept[near], squares * squares, minlength=len(self.keys))
        total = votes.sum()
        return np.asarray(votes / total if total > 0 else votes)

    def language_of(self, normalised: str) -> str:
        """The scheme's language that knows most of the label's words; Dutch when none does."""
        votes: Counter[str] = Counter()
        for word in normalised.split():
            for entry in self._exact.get(word, ())[:8]:
                votes[entry.language] += 1
        return votes.most_common(1)[0][0] if votes else "nl"

    def word_scores(self, normalised: str, language: str) -> tuple[Vector, float, float]:
        """Votes of a label's words for each concept (0 to 1), the weight of its words, that of the known ones."""
        scores = np.zeros(len(self.keys))
        mass = known = 0.0
        for word in text.lemmas(normalised, language):
            parts = [word] if word in self._votes else list(self.parts(word, language)) or [word]
            for part in parts:
                weight = self._idf.get(part, self._unknown_idf) / len(parts)
                mass += weight
                if part in self._votes:
                    known += weight
                    where, share = self._votes[part]
                    scores[where] += weight * share
        return (scores / mass if mass else scores), mass, known

    def _context_scores(self, context: str, language: str) -> tuple[Vector, Vector, Vector]:
        """Votes of a context for each concept, by words, by its nearest label, and by all labels near it."""
        normalised = text.normalise(context)
        if not normalised:
            nothing = np.zeros(len(self.keys))
            return nothing, nothing, nothing
        votes, _, _ = self.word_scores(normalised, language)
        cosines = self.cosines(normalised)
        return votes, self._nearest(cosines), self.concept_votes(cosines)

    def _nearest(self, cosines: Vector) -> Vector:
        """For each concept the cosine of its nearest entry."""
        near = np.flatnonzero(cosines > _FAINT)
        found = np.zeros(len(self.keys))
        np.maximum.at(found, self._entry_concept[near], cosines[near])
        return found

    def evidence(
        self,
        label: str,
        *,
        facet: str | None = None,
        context: tuple[str, ...] = (),
        language: str | None = None,
    ) -> Evidence:
        """The candidates for a label and what speaks for each; no candidate when nothing is alike at all."""
        normalised = text.normalise(label)
        speech = language if language in LANGUAGES else self.language_of(normalised)
        allowed = self.facet == FACETS.index(facet) if facet else np.ones(len(self.keys), dtype=bool)
        cosines = self.cosines(normalised)
        votes, mass, known = self.word_scores(normalised, speech)
        own = frozenset(text.lemmas(normalised, speech))
        raw: dict[int, Vector] = defaultdict(lambda: np.zeros(len(FEATURES)))

        exact = self._exact.get(normalised, ())
        exact_concepts = {e.concept for e in exact if allowed[e.concept]}
        for entry in exact:
            row = raw[entry.concept]
            same = language is None or entry.language in (speech, "")
            row[_PLACE["exact"]] = max(row[_PLACE["exact"]], float(same))
            row[_PLACE["exact_other_language"]] = max(row[_PLACE["exact_other_language"]], float(not same))
            row[_PLACE["exact_preferred"]] = max(row[_PLACE["exact_preferred"]], float(entry.preferred and same))
            row[_PLACE["exact_share"]] = 1.0 / max(len(exact_concepts), 1)
        for entry in self._by_lemmas.get(own, ()):
            raw[entry.concept][_PLACE["lemmas_equal"]] = 1.0
        self._near(normalised, own, cosines, allowed, raw)
        words_of_label = text.lemmas(normalised, speech)
        if len(words_of_label) > 1:
            heads = {words_of_label[0], words_of_label[-1]}
            for head in heads:
                for entry in self._by_lemmas.get(frozenset((head,)), ()):
                    raw[entry.concept][_PLACE["head"]] = 1.0
        parts = text.segments(label)
        for place, part in enumerate(parts):
            for entry in self._exact.get(part, ()):
                row = raw[entry.concept]
                row[_PLACE["segment_exact"]] += 1.0 / len(parts)
                if place == 0:
                    row[_PLACE["segment_first"]] = 1.0
        word_cosines = self._words.cosines(Counter(self._word_parts(text.lemmas(normalised, speech), speech)))
        parent_votes, parent_near, parent_kernel = self._contexts(context, normalised, speech)
        joined = " ".join(text.normalise(c) for c in (*context[-1:], label)) if context else normalised
        whole = self.word_scores(joined, speech)[0] if context else votes
        label_votes, word_votes = self.concept_votes(cosines), self.concept_votes(word_cosines)
        for found in (votes, whole, parent_votes, word_votes, label_votes):
            usable = np.flatnonzero((found > _FAINT / 4) & allowed)
            if len(usable) > _PER_SIGNAL:
                usable = usable[np.argpartition(found[usable], -_PER_SIGNAL)[-_PER_SIGNAL:]]
            for concept in usable:
                raw[int(concept)]
        concepts = np.array([c for c in raw if allowed[c]], dtype=np.intp)
        rows = np.array([raw[int(c)] for c in concepts]) if len(concepts) else np.zeros((0, len(FEATURES)))
        if len(concepts):
            self._fill(
                rows,
                concepts,
                normalised,
                context,
                votes=votes,
                whole=whole,
                parent_votes=parent_votes,
                parent_near=parent_near,
                facet=facet,
            )
            rows[:, _PLACE["label_votes"]] = label_votes[concepts]
            rows[:, _PLACE["word_votes"]] = word_votes[concepts]
            rows[:, _PLACE["context_votes"]] = parent_kernel[concepts]
            nearest = self._nearest(word_cosines)
            rows[:, _PLACE["word_cosine"]] = nearest[concepts]
            # What stands around a label says which branch it is of; that it is the surrounding concept itself is
            # likely only where the label alone says little ("other", "blocked").
            vague = 1.0 - float(rows[:, _PLACE["cosine"]].max())
            state = states.is_state(normalised)
            generic = float(state or all(w in states.OTHER or w in text.STOPWORDS for w in normalised.split()))
            for name in ("context_words", "context_equal", "context_votes"):
                rows[:, _PLACE[name]] *= max(vague, generic, _PATH * (len(context) > 1))
            own = np.maximum(rows[:, 0], rows[:, _PLACE["cosine"]])
            rows[:, _PLACE["state_only"]] = generic * own
            if state:
                self._of_the_thing(rows, concepts, parent_near, on_a_path=len(context) > 1)
            rough = (
                rows[:, :12].sum(axis=1)
                + 0.5 * rows[:, _PLACE["context_words"]]
                + rows[:, _PLACE["whole_with_context"]]
                + 2 * rows[:, _PLACE["label_votes"]]
                + 2 * rows[:, _PLACE["word_votes"]]
            )
            best = np.argsort(-rough, kind="stable")[:CANDIDATES]
            concepts, rows = concepts[best], rows[best]
            self._rivals(rows, concepts)
        none = np.array(
            [
                1.0,
                words.noise_share(label),
                float(words.is_noise(label)),
                float(rows[:, :5].max(initial=0.0)),
                float(rows[:, _PLACE["cosine"]].max(initial=0.0)),
                float(votes[allowed].max(initial=0.0)),
                min(len(normalised.split()), 12) / 12,
                1.0 - (known / mass if mass else 0.0),
            ]
        )
        return Evidence(concepts, rows, none)

    def branches_of(self, evidence: Evidence, shares: Vector) -> Vector:
        """Shares of candidates summed up at their topmost concepts."""
        return np.asarray(np.bincount(self.roots[evidence.concepts], shares, minlength=len(self.keys)), dtype=float)

    def facets_of(self, branches: Vector) -> Vector:
        """Shares of topmost concepts summed up by FACETS."""
        return np.asarray(np.bincount(self.facet, branches, minlength=len(FACETS)), dtype=float)

    def with_siblings(self, evidence: Evidence, branches: Vector) -> Evidence:
        """The same evidence, with what the labels beside are about (shares of topmost concepts) filled in."""
        if not len(evidence.concepts):
            return evidence
        rows = evidence.rows.copy()
        facets = self.facets_of(branches)[self.facet[evidence.concepts]]
        rows[:, _PLACE["siblings"]] = facets
        own = branches[self.roots[evidence.concepts]]
        # Which branch the labels beside are of says something only where their facet is that of the candidate.
        rows[:, _PLACE["siblings_branch"]] = np.divide(own, facets, out=np.zeros_like(own), where=facets > _MOST)
        return Evidence(evidence.concepts, rows, evidence.none)

    def _near(
        self,
        normalised: str,
        own: frozenset[str],
        cosines: Vector,
        allowed: npt.NDArray[np.bool_],
        raw: dict[int, Vector],
    ) -> None:
        """Compares the label closely with the entries that share most n-grams with it."""
        near = np.flatnonzero(cosines > _FAINT)
        if not allowed.all():
            near = near[allowed[self._entry_concept[near]]]
        if len(near) > _NEAR_LABELS:
            near = near[np.argpartition(cosines[near], -_NEAR_LABELS)[-_NEAR_LABELS:]]
        mass = sum(self._idf.get(w, self._unknown_idf) for w in own) or 1.0
        ordered = " ".join(sorted(normalised.split()))
        sides = _sides(normalised)
        best: dict[int, list[float]] = {}
        for place, cosine in zip(near.tolist(), cosines[near].tolist(), strict=True):
            entry = self.entries[place]
            theirs, words_of_entry, lemmas, weight = self.closely(place)
            if sides and theirs and not sides & theirs:
                continue  # "within the term" is very like "outside the term", and means the opposite
            found = best.setdefault(entry.concept, [0.0, 0.0, 0.0, 0.0])
            found[0] = max(found[0], cosine)
            ratio = fuzz.ratio(ordered, words_of_entry) / 100  # words in alphabetical order on both sides
            found[1] = max(found[1], ratio)
            common = own & lemmas
            if common:
                shared = sum(self._idf.get(w, self._unknown_idf) for w in common)
                found[2] = max(found[2], shared / mass)
                found[3] = max(found[3], shared / weight)
        for concept, (cosine, ratio, covered, covering) in best.items():
            raw[concept][5:10] = (cosine, cosine * cosine, ratio, covered, covering)

    def _contexts(self, context: tuple[str, ...], normalised: str, language: str) -> tuple[Vector, Vector, Vector]:
        """The scores of a label's contexts; the nearest counts in full, one that repeats the label not at all."""
        votes, near, kernel = np.zeros((3, len(self.keys)))
        others = [part for part in context if text.normalise(part) != normalised]
        for place, part in enumerate(reversed(others)):
            strength = 1.0 if place == 0 else _OUTER
            for whole, found in zip((votes, near, kernel), self.context_scores(part, language), strict=True):
                np.maximum(whole, strength * found, out=whole)
        return votes, near, kernel

    def _fill(
        self,
        rows: Vector,
        concepts: Places,
        normalised: str,
        context: tuple[str, ...],
        *,
        votes: Vector,
        whole: Vector,
        parent_votes: Vector,
        parent_near: Vector,
        facet: str | None,
    ) -> None:
        rows[:, _PLACE["words"]] = votes[concepts]
        top = votes.max()
        rows[:, _PLACE["words_share"]] = votes[concepts] / top if top > 0 else 0.0
        rows[:, _PLACE["whole_with_context"]] = whole[concepts]
        rows[:, _PLACE["context_words"]] = parent_votes[concepts]
        rows[:, _PLACE["context_equal"]] = parent_near[concepts]
        above = np.array([self.broader[c] for c in concepts])
        rows[:, _PLACE["context_near"]] = np.where(above >= 0, parent_near[above], 0.0)
        by_root = np.zeros(len(self.keys))
        np.maximum.at(by_root, self.roots, parent_near)
        own = by_root[self.roots[concepts]]
        # A context that is clearly of another branch of the same facet speaks against a label's usual meaning.
        by_facet = np.zeros(len(FACETS))
        np.maximum.at(by_facet, self.facet, by_root)
        rows[:, _PLACE["context_elsewhere"]] = np.maximum(0.0, by_facet[self.facet[concepts]] - own)
        rows[:, _PLACE["context_other_facet"]] = np.maximum(0.0, by_facet.max() - by_facet[self.facet[concepts]])
        announced: Counter[str] = Counter()
        for part in context:
            announced.update(words.facet_votes(part))
        for row, concept in zip(rows, concepts, strict=True):
            name = FACETS[self.facet[concept]]
            row[_PLACE["facet_announced"]] = min(announced.get(name, 0.0), 2.0)
            row[_PLACE["facet_other_announced"]] = min(sum(announced.values()) - announced.get(name, 0.0), 2.0)
            row[_PLACE[f"is_{name}"]] = 1.0 if facet is None else 0.0
        rows[:, _PLACE["depth"]] = self.depth[concepts]
        said = any(w in states.OTHER for w in normalised.split())
        rows[:, _PLACE["other_concept"]] = self.is_other[concepts]
        rows[:, _PLACE["other_said"]] = self.is_other[concepts] * float(said)

    def _of_the_thing(self, rows: Vector, concepts: Places, parent_near: Vector, *, on_a_path: bool) -> None:
        """Of a state whose context clearly names a thing: what it says elsewhere of other things counts for nothing.

        Of another facet ("closed") it may still be meant by itself, where it is a label there and no path leads to it.
        """
        things = np.where(self.facet == FACETS.index("subject"), parent_near, 0.0)
        thing = int(things.argmax())
        if things[thing] < _NAMED:
            return
        line = np.array([self._related(int(c), thing) for c in concepts])
        meant = (not on_a_path) & (self.facet[concepts] != self.facet[thing]) & rows[:, :2].any(axis=1)
        rows[np.ix_(~line & ~meant, _OF_LABEL)] = 0.0

    def _related(self, one: int, other: int) -> bool:
        """Whether two concepts are the same, or one is above the other."""
        above = {one}, {other}
        for line in above:
            concept = next(iter(line))
            while (concept := self.broader[concept]) >= 0:
                line.add(concept)
        return one in above[1] or other in above[0]

    def _rivals(self, rows: Vector, concepts: Places) -> None:
        """Marks a concept that is narrower than another candidate with as good an exact match."""
        by = {int(c): i for i, c in enumerate(concepts)}
        for i, concept in enumerate(concepts):
            above = self.broader[int(concept)]
            if above in by:
                rows[i, _PLACE["narrower_of_rival"]] = rows[by[above], 0] - rows[i, 0]


_WITHIN = frozenset(["binnen", "within", "innert", "innerhalb", "endeans"])
_BEYOND = text.word_set("""buiten outside hors ausserhalb beyond outwith""")


def _sides(normalised: str) -> frozenset[str]:
    """Whether a label speaks of the inside or the outside of a limit."""
    found = set(normalised.split())
    return frozenset(name for name, known in (("in", _WITHIN), ("out", _BEYOND)) if found & known)
