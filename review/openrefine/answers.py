"""What the service answers: candidates for labels, suggestions, previews, properties of concepts.

Written after the Reconciliation Service API v0.2 (W3C Entity Reconciliation Community Group, final report of
10 April 2023). Entities are concepts, their identifiers the keys of the scheme; types are the facets.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ontology.matching import LabelQuery, Match, Matcher
from ontology.scheme import FACETS, LANGUAGES, Concept, Scheme
from review.lookup import found

IDENTIFIERS = "https://w3id.org/klachtenatlas/"
SCHEMA = "http://www.w3.org/2004/02/skos/core#Concept"
BATCH = 1000
"""Questions in one request, at most; more are answered with 413."""
_SUGGESTED = 15
_CANDIDATES = 5  # what the matcher gives at most
_LONGEST = 1000  # characters of a label or a context; printed labels have a few dozen
_PREVIEW = (420, 260)  # pixels

FACET_NAMES = {
    "signal": "kind of contact", "subject": "what it is about", "ground": "why the person complains",
    "outcome": "how it ended", "channel": "how it came in", "timeliness": "whether the term was kept",
    "service": "department or body",
}  # fmt: skip
# What a client may send beside a label.
ASKED_WITH = {
    "context": ("context", "labels above it: title, heading, parent category; levels separated by “ > ”"),
    "language": ("language", "nl, fr, de or en"),
    "organisation": ("organisation", "the body that printed it; decisions may hold for one body only"),
}
# What a client may fetch of a concept.
TOLD = {
    "facet": "facet", "broader": "broader concept", "narrower": "narrower concepts", "definition": "definition",
    "scope_note": "scope note", **{f"label_{language}": f"label, {language}" for language in LANGUAGES},
}  # fmt: skip


class BadQuestion(ValueError):
    """A request is not of the form that the specification asks for; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Question:
    """One reconciliation query. `types` are facets (none: all), `limit` is the number of candidates wanted."""

    label: str
    types: tuple[str, ...] = ()
    limit: int = _CANDIDATES
    context: tuple[str, ...] = ()
    language: str | None = None
    organisation: str | None = None


class Service:
    """Answers for one scheme. The matcher takes a second to build and may be handed in; safe for several threads."""

    def __init__(self, matcher: Matcher, version: str) -> None:
        self.matcher = matcher
        self.scheme: Scheme = matcher.scheme
        self.version = version
        self._lock = threading.Lock()  # the matcher remembers answers, and forgets them all at once when there are many

    def manifest(self, base: str) -> dict[str, object]:
        """The service manifest; `base` is the address of the endpoint, without a slash at its end."""
        root = base.rsplit("/", 1)[0]

        def suggest(what: str) -> dict[str, str]:
            return {
                "service_url": root,
                "service_path": f"/suggest/{what}",
                "flyout_service_url": root,
                "flyout_service_path": f"/flyout/{what}?id=${{id}}",
            }

        return {
            "versions": ["0.2"],
            "name": "Klachtenatlas: concepts of complaint reports",
            "identifierSpace": IDENTIFIERS,
            "schemaSpace": SCHEMA,
            "serviceVersion": self.version,
            "defaultTypes": [_type(facet) for facet in FACETS],
            "view": {"url": f"{root}/concept?id={{{{id}}}}"},
            "preview": {"url": f"{root}/concept?id={{{{id}}}}", "width": _PREVIEW[0], "height": _PREVIEW[1]},
            "suggest": {what: suggest(what) for what in ("entity", "property", "type")},
            "extend": {
                "propose_properties": {"service_url": root, "service_path": "/properties"},
                "property_settings": [],
            },
            "batchSize": BATCH,
        }

    def answer(self, batch: object, language: str) -> dict[str, dict[str, object]]:
        """Candidates for each query of a batch; raises BadQuestion. Each is answered as if it were alone.

        `language` is that of the names where a query gives none.
        """
        if not isinstance(batch, dict):
            raise BadQuestion("`queries` must be a JSON object of queries by name.")
        return {name: {"result": self.candidates(question(name, q), language)} for name, q in batch.items()}

    def candidates(self, asked: Question, language: str) -> list[dict[str, object]]:
        """The concepts that a label may mean, best first.

        The first one's score is the probability that it is right, in percent; the others' are smaller in proportion to
        the matcher's shares. `match` is true where a steward decided, or the matcher's precision promise holds.
        """
        spoken = asked.language or language
        if asked.label in self.scheme:  # an identifier finds its entity
            return [self._candidate(asked.label, 100.0, True, spoken)]
        if not asked.label.strip():
            return []
        facet = asked.types[0] if len(asked.types) == 1 else None
        query = LabelQuery(asked.label, facet, asked.context, asked.language, asked.organisation)
        with self._lock:
            said = self.matcher.match(query)
        if said.status == "curated" and said.concept is None:
            return []  # a person decided that no concept fits
        scored = [(key, score) for key, score in _scores(said) if not asked.types or key.split(":")[0] in asked.types]
        sure = said.concept if said.status in ("curated", "accepted") else None
        return [self._candidate(key, score, key == sure, spoken) for key, score in scored[: asked.limit]]

    def _candidate(self, key: str, score: float, match: bool, language: str) -> dict[str, object]:
        concept = self.scheme[key]
        return {
            "id": key,
            "name": self.scheme.label(key, language),
            "description": self._described(concept, language),
            "type": [_type(concept.facet)],
            "score": round(score, 2),
            "match": match,
        }

    def _described(self, concept: Concept, language: str) -> str:
        above = " > ".join(self.scheme.label(key, language) for key in reversed(self.scheme.ancestors(concept.key)))
        return " – ".join(part for part in (concept.facet, above, concept.definition_en) if part)

    def suggest(self, what: str, prefix: str, cursor: int, language: str) -> dict[str, object]:
        """Entities, properties or types whose name or identifier begins with `prefix`, from the one at `cursor` on."""
        prefix = prefix.strip()[:_LONGEST]
        if what == "entity":
            exact = [self.scheme[prefix]] if prefix in self.scheme else []
            concepts = [*exact, *(c for c, _ in found(self.scheme, prefix, language) if c not in exact)]
            all_of_them = [
                {
                    "id": c.key,
                    "name": self.scheme.label(c.key, language),
                    "description": self._described(c, language),
                    "notable": [_type(c.facet)],
                }
                for c in concepts[cursor : cursor + _SUGGESTED]
            ]
            return {"result": all_of_them}
        known = (
            [{**_type(facet), "description": FACET_NAMES[facet]} for facet in FACETS]
            if what == "type"
            else [{"id": key, "name": name, "description": said} for key, (name, said) in ASKED_WITH.items()]
        )
        wanted = prefix.casefold()
        fitting = [k for k in known if any(k[at].casefold().startswith(wanted) for at in ("id", "name"))]
        return {"result": fitting[cursor : cursor + _SUGGESTED]}

    def properties(self, facet: str, limit: int | None) -> dict[str, object]:
        """What can be fetched of concepts; the same for every facet."""
        proposed = [{"id": key, "name": name} for key, name in TOLD.items()]
        answer: dict[str, object] = {"type": facet, "properties": proposed[:limit]}
        return answer if limit is None else {**answer, "limit": limit}

    def extend(self, asked: object) -> dict[str, object]:
        """Properties of concepts; a concept that is not in the scheme has none. Raises BadQuestion."""
        ids, properties = _extension(asked)
        rows = {key: {name: self._values(key, name) for name in properties} for key in ids}
        meta = [{"id": name, "name": TOLD.get(name, name)} for name in properties]
        return {"meta": meta, "rows": rows}

    def _values(self, key: str, name: str) -> list[dict[str, str]]:
        if key not in self.scheme:
            return []
        concept = self.scheme[key]
        related = {"broader": (concept.broader,), "narrower": self.scheme.narrower(key)}
        if name in related:
            return [{"id": k, "name": self.scheme.label(k, "en")} for k in related[name] if k]
        plain = {
            "facet": concept.facet,
            "definition": concept.definition_en,
            "scope_note": concept.scope_note or "",
            **{f"label_{language}": concept.preferred[language] for language in LANGUAGES},
        }
        return [{"str": plain[name]}] if plain.get(name) else []


def question(name: str, asked: object) -> Question:
    """One query of a batch; raises BadQuestion naming it."""
    if not isinstance(asked, Mapping):
        raise BadQuestion(f"Query {name!r} is no JSON object.")
    label, types, limit = asked.get("query", ""), asked.get("type", []), asked.get("limit", _CANDIDATES)
    if not isinstance(label, str):
        raise BadQuestion(f"Query {name!r}: `query` must be a text.")
    if "query" not in asked and not asked.get("properties"):
        raise BadQuestion(f"Query {name!r} has neither `query` nor `properties`.")
    types = [types] if isinstance(types, str) else types
    if not isinstance(types, list) or not all(isinstance(t, str) for t in types):
        raise BadQuestion(f"Query {name!r}: `type` must be an identifier or a list of them.")
    if isinstance(limit, bool) or not isinstance(limit, int | float) or limit < 1:
        raise BadQuestion(f"Query {name!r}: `limit` must be a positive number.")
    given = _given(name, asked.get("properties") or [])
    language = (given.get("language") or [""])[0][:2].lower()
    return Question(
        label=label[:_LONGEST],
        types=tuple(t for t in types if t in FACETS),  # of other vocabularies' types we know nothing
        limit=int(min(limit, _CANDIDATES)),
        context=tuple(part.strip() for text in given.get("context", ()) for part in text.split(" > ") if part.strip()),
        language=language if language in LANGUAGES else None,
        organisation=next(iter(given.get("organisation", ())), None),
    )


def _given(name: str, properties: object) -> dict[str, list[str]]:
    """The values of a query's properties as texts, by property."""
    if not isinstance(properties, list) or not all(isinstance(p, dict) and "pid" in p for p in properties):
        raise BadQuestion(f"Query {name!r}: `properties` must be a list of objects with `pid` and `v`.")
    values: dict[str, list[str]] = {}
    for each in properties:
        given = each.get("v")
        for value in given if isinstance(given, list) else [given]:
            # A cell that was reconciled itself comes as an entity.
            text = (value.get("name") or value.get("id")) if isinstance(value, dict) else value
            if text is not None and str(text).strip():
                values.setdefault(str(each["pid"]), []).append(str(text).strip()[:_LONGEST])
    return values


def _extension(asked: object) -> tuple[list[str], list[str]]:
    if not isinstance(asked, dict) or not isinstance(asked.get("ids"), list):
        raise BadQuestion("`extend` must be a JSON object with the lists `ids` and `properties`.")
    properties = asked.get("properties")
    if not isinstance(properties, list) or not all(isinstance(p, dict) and "id" in p for p in properties):
        raise BadQuestion("`properties` of `extend` must be a list of objects with an `id`.")
    if len(asked["ids"]) > BATCH:
        raise BadQuestion(f"`ids` of `extend` holds more than {BATCH} identifiers.")
    return [str(i) for i in asked["ids"]], [str(p["id"]) for p in properties]


def _scores(said: Match) -> list[tuple[str, float]]:
    """Candidates with scores 0 to 100, falling."""
    if not said.candidates:
        return []
    first = said.candidates[0][1] or 1.0
    # A decision stands at the head with a share of its own; what follows keeps the matcher's.
    return [(key, 100.0 * said.confidence * min(share / first, 1.0)) for key, share in said.candidates]


def _type(facet: str) -> dict[str, str]:
    return {"id": facet, "name": facet}


def languages(header: str, known: Sequence[str] = LANGUAGES) -> str:
    """The language of names: the first of an Accept-Language header that the scheme has, else English."""
    wanted: Iterable[str] = (part.split(";")[0].strip()[:2].lower() for part in header.split(","))
    return next((language for language in wanted if language in known), "en")
