"""The concepts offered for a label, each explained: definition, path, what speaks for and against, where it stands too.

The matcher takes seconds to build, so it is built in the background and asked only when it is ready. It proposes;
nothing here decides, and no candidate is marked as the right one.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ontology.scheme import Scheme
from review.consequences import Consequences, consequences
from review.dataset import LEVELS, Dataset, Number
from review.lookup import found
from review.queue import Item, slug

if TYPE_CHECKING:
    from ontology.index import Evidence
    from ontology.matching import Matcher

SHOWN = 5
_FOUND = 12
_EXAMPLES = 3
_SPEAKS = 0.12  # log-odds; a signal that moves the odds by less than an eighth is not worth a line
_WORDS = {
    "exact": "it is a label of this concept, letter for letter",
    "exact_other_language": "it is a label of this concept in another language",
    "exact_preferred": "it is the concept's first name",
    "exact_share": "few other concepts share that label",
    "lemmas_equal": "same words in another form",
    "cosine": "spelled alike",
    "cosine_squared": "spelled very much alike",
    "ratio": "spelled alike from end to end",
    "query_covered": "all its words are the concept's",
    "label_covered": "all the concept's words are in it",
    "words": "words that point to this concept",
    "words_share": "its words point here rather than elsewhere",
    "whole_with_context": "together with the label above, its words point here",
    "context_words": "the labels around point here",
    "context_equal": "a label around it names this concept",
    "context_near": "a label around it is spelled like this concept",
    "facet_announced": "title or heading announces this facet",
    "facet_other_announced": "title or heading announces another facet",
    "siblings": "the labels beside it are of this facet",
    "segment_exact": "a part of it is a label of this concept",
    "segment_first": "its first part names this concept",
    "other_concept": "this is a concept for the rest",
    "other_said": "it says “other”, as this concept does",
    "narrower_of_rival": "more particular than another candidate",
    "label_votes": "similar labels mostly mean this",
    "word_votes": "labels with these words mostly mean this",
    "word_cosine": "words alike, parts of compounds counted",
    "context_votes": "labels like those around mostly mean this",
    "context_elsewhere": "the labels around point elsewhere",
    "head": "its main word names this concept",
}
_AGAINST = frozenset({"facet_other_announced", "context_elsewhere", "other_concept", "narrower_of_rival"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A concept as a steward sees it. `likely` is the matcher's share (0 to 1), None when found by searching."""

    key: str
    label: str
    label_en: str
    definition: str
    note: str
    path: tuple[str, ...]
    effects: Consequences | None
    likely: float | None = None
    pro: tuple[str, ...] = ()
    contra: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    published: bool = False
    matched: str = ""

    def brief(self) -> dict[str, object]:
        """What the list of things found shows of it."""
        changes = self.effects.numbers if self.effects else 0
        names = {"key": self.key, "label": self.label, "label_en": self.label_en, "definition": self.definition}
        return {**names, "path": self.path, "matched": self.matched, "changes": changes}


class Proposer:
    """Proposes concepts; `start` builds the matcher in the background, `ready` says whether it stands.

    With `matcher` given there is nothing to build.
    """

    def __init__(self, scheme: Scheme, decisions: Path | None, matcher: Matcher | None = None) -> None:
        self.scheme = scheme
        self._folder = decisions
        self._matcher = matcher
        self._ready = threading.Event()
        if matcher is not None:
            self._ready.set()
        self._failed: BaseException | None = None
        self._asked = threading.Lock()  # the matcher remembers what it saw, and is not made for several threads

    def start(self) -> None:
        """Begins to build the matcher; returns at once."""
        if not self.ready:
            threading.Thread(target=self._build, name="matcher", daemon=True).start()

    @property
    def ready(self) -> bool:
        """Whether candidates can be had without waiting."""
        return self._ready.is_set()

    @property
    def tested(self) -> dict[str, float]:
        """What cross-validation said of the matcher: shares by name; empty until it stands."""
        if self._matcher is None:
            return {}
        found = self._matcher.model.trained.get("cross_validated")
        return {str(k): float(v) for k, v in found.items()} if isinstance(found, dict) else {}

    def record(self, sure: float) -> tuple[int, int] | None:
        """Of labels not seen in training on which the matcher was as sure as this: (how many, how many right)."""
        found = self._matcher.model.trained.get("reliability") if self._matcher is not None else None
        for low, high, count, right in found if isinstance(found, list) else ():
            if low <= sure < high or (sure == high == 1.0):
                return int(count), int(right)
        return None

    def _build(self) -> None:
        try:
            # A second of imports that the first page need not wait for.
            from ontology import decisions  # noqa: PLC0415
            from ontology.matching import Matcher  # noqa: PLC0415

            # Curated labels enter as vocabulary; the answer itself stays the matcher's, not the earlier decision.
            known = decisions.load(self._folder) if self._folder else decisions.Decisions()
            self._matcher = Matcher(self.scheme, known)
        except Exception as error:
            self._failed = error
        finally:
            self._ready.set()

    def propose(self, dataset: Dataset, item: Item, *, earlier: tuple[str, ...] = ()) -> tuple[Shown, ...]:
        """At most five concepts: the published one, then the likeliest first; `earlier` ones are among them.

        Waits until the matcher stands.
        """
        self._ready.wait()
        if self._matcher is None:
            raise RuntimeError(f"The matcher could not be built: {self._failed}. Search the scheme instead.")
        from ontology.matching import LabelQuery  # noqa: PLC0415
        from ontology.model import shares  # noqa: PLC0415

        row = item.rows[0]
        report = dataset.reports[row.report_id]
        context = tuple(p for p in row.context.split(LEVELS) if p)
        if context and context[0] in dataset.titles.get(row.report_id, frozenset()):
            context = context[1:]
        beside = tuple(label for label in dataset.neighbours[(row.report_id, row.context)] if label != row.label)
        with self._asked:
            query = LabelQuery(row.label, None, context, report.language, None, beside)
            evidence = self._matcher.evidence(query)
            keys = [self._matcher.index.keys[int(c)] for c in evidence.concepts]
            likely = [float(x) for x in shares(self._matcher.model, evidence)] if keys else []
            signals = self._signals(evidence) if keys else []
        order = sorted(range(len(keys)), key=lambda i: (-float(likely[i]), keys[i]))[:SHOWN]
        shown = [self._shown(dataset, item, keys[i], float(likely[i]), signals[i]) for i in order]
        # Shown to those who may see it only: for a second opinion it would give the first one away.
        if self._folder:
            for key in (*item.concepts, *earlier):
                if key in self.scheme and key not in {s.key for s in shown}:
                    shown = [*shown[: SHOWN - 1], self._shown(dataset, item, key, None, ((), ()))]
            # The machine's choice stands first: another order would contradict what is said of the label above it.
            shown.sort(key=lambda s: not s.published)
        return tuple(shown)

    def _signals(self, evidence: Evidence) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """For each candidate what raises and what lowers its odds, against the mean of the candidates."""
        from ontology.index import FEATURES  # noqa: PLC0415

        assert self._matcher is not None
        weight = evidence.rows * self._matcher.model.concept
        apart = weight - weight.mean(axis=0)
        found = []
        for place, row in enumerate(apart):
            ranked = sorted(
                (
                    (float(v), name, float(evidence.rows[place][i]))
                    for i, (v, name) in enumerate(zip(row, FEATURES, strict=True))
                ),
                reverse=True,
            )
            pro = [_WORDS[n] for v, n, x in ranked if v > _SPEAKS and n in _WORDS and x > 0]
            # Below the mean although it speaks for the concept: it does so less than for the others. A likeness whose
            # weight is negative only balances another one and says nothing to a person.
            contra = [
                _WORDS[n] if n in _AGAINST else f"less than the others: {_WORDS[n]}"
                for v, n, x in reversed(ranked)
                if v < -_SPEAKS and n in _WORDS and x > 0 and (n in _AGAINST or weight[place][FEATURES.index(n)] > 0)
            ]
            found.append((tuple(pro[:3]), tuple(contra[:2])))
        return found

    def _shown(
        self,
        dataset: Dataset,
        item: Item,
        key: str,
        likely: float | None,
        signals: tuple[tuple[str, ...], tuple[str, ...]],
    ) -> Shown:
        language = dataset.reports[item.rows[0].report_id].language
        others = examples(dataset, item, key)
        effects = consequences(dataset, self.scheme, item, key)
        return _describe(self.scheme, key, language, effects, likely, signals, others, key in item.concepts)


def unordered(shown: Sequence[Shown]) -> list[Shown]:
    """Candidates by name, without anything that says which is likely: for people who are to judge by themselves."""
    plain = [replace(s, likely=None, pro=(), contra=(), published=False, effects=None) for s in shown]
    return sorted(plain, key=lambda s: (s.key.split(":")[0], s.label_en))


def examples(dataset: Dataset, item: Item, key: str) -> tuple[str, ...]:
    """Labels of other cities that mean `key` by decision or with the matcher sure of it."""
    found: dict[str, None] = {}
    for label in dataset.sure_of.get(key, ()):
        report = dataset.reports.get(label.report_id)
        if report and slug(report.city) != item.slug:
            found[f"{label.label} ({report.city} {report.year})"] = None
        if len(found) == _EXAMPLES:
            break
    return tuple(found)


def search(
    scheme: Scheme,
    text: str,
    language: str,
    dataset: Dataset,
    item: Item | None,
    numbers: Sequence[Number] | None = None,
) -> tuple[Shown, ...]:
    """Concepts that `text` finds (see `review.lookup`), as a steward sees them; `numbers` of the item are reached."""
    return tuple(
        _describe(
            scheme,
            concept.key,
            language,
            consequences(dataset, scheme, item, concept.key, numbers) if item else None,
            None,
            ((), ()),
            (),
            False,
            matched,
        )
        for concept, matched in found(scheme, text, language)[:_FOUND]
    )


def _describe(
    scheme: Scheme,
    key: str,
    language: str,
    effects: Consequences | None,
    likely: float | None,
    signals: tuple[tuple[str, ...], tuple[str, ...]],
    others: Sequence[str],
    published: bool,
    matched: str = "",
) -> Shown:
    concept = scheme[key]
    return Shown(
        key=key,
        label=scheme.label(key, language),
        label_en=scheme.label(key, "en"),
        definition=concept.definition_en,
        note=concept.scope_note or "",
        path=(concept.facet, *(scheme.label(a, "en") for a in reversed(scheme.ancestors(key)))),
        effects=effects,
        likely=likely,
        pro=signals[0],
        contra=signals[1],
        examples=tuple(others),
        published=published,
        matched=matched,
    )
