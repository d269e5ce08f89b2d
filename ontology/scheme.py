"""The concept scheme: seven facets of a complaint, in SKOS.

The Turtle files in `ontology/scheme/` are the source; `ontology/scheme.json` is compiled from them so that a start
costs milliseconds, and is trusted only while it carries the hash of the Turtle it was made of. This module reads and
checks the scheme. It holds no label and no rule on what a label means.

    python -m ontology.scheme        # after an edit: says what is wrong, or compiles and writes docs/scheme.html
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ontology import text

if TYPE_CHECKING:
    from rdflib import Graph

FACETS = ("signal", "subject", "ground", "outcome", "channel", "timeliness", "service")
LANGUAGES = ("nl", "fr", "de", "en")
SOURCE = Path(__file__).parent / "scheme"
COMPILED = Path(__file__).parent / "scheme.json"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_OWN = "https://w3id.org/klachtenatlas/"

Facet = Literal["signal", "subject", "ground", "outcome", "channel", "timeliness", "service"]


class SchemeError(ValueError):
    """The scheme's source breaks one of its own rules; the message names the concept and the rule."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept. `preferred` and `alternative` are keyed by language; `key` is `<facet>:<path>`.

    `scope_note` (English, with its Dutch twin) says what it is not; `examples` are (language, label as printed).
    """

    key: str
    facet: str
    broader: str | None
    preferred: dict[str, str]
    alternative: dict[str, tuple[str, ...]] = field(default_factory=dict)
    definition_en: str = ""
    scope_note: str | None = None
    definition_nl: str = ""
    scope_note_nl: str | None = None
    examples: tuple[tuple[str, str], ...] = ()

    def labels(self) -> Iterator[tuple[str, str, bool]]:
        """Each label as (language, text, is preferred)."""
        for language, label in self.preferred.items():
            yield language, label, True
        for language, labels in self.alternative.items():
            for label in labels:
                yield language, label, False


@dataclass(frozen=True, slots=True)
class Retired:
    """A concept that was taken out of use: what took its place, and what stood above it."""

    key: str
    broader: str | None
    replaced_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scheme:
    """All concepts by key, in the source's order of facets and keys. `version` is the hash of the source.

    `release` is the version that people cite (semantic versioning), `retired` the concepts that are no longer used.
    `lemmas` holds the dictionary forms of the labels' words by language, so that a start need not look them up.
    """

    concepts: dict[str, Concept]
    version: str
    lemmas: dict[str, dict[str, str]] = field(default_factory=dict)
    release: str = ""
    retired: dict[str, Retired] = field(default_factory=dict)

    def __contains__(self, key: object) -> bool:
        return key in self.concepts

    def __getitem__(self, key: str) -> Concept:
        return self.concepts[key]

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts.values())

    def __len__(self) -> int:
        return len(self.concepts)

    def of_facet(self, facet: str) -> tuple[Concept, ...]:
        """The concepts of one facet."""
        return tuple(c for c in self if c.facet == facet)

    def ancestors(self, key: str) -> tuple[str, ...]:
        """The broader concepts of `key`, nearest first."""
        found: list[str] = []
        broader = self.concepts[key].broader
        while broader is not None:
            found.append(broader)
            broader = self.concepts[broader].broader
        return tuple(found)

    def narrower(self, key: str) -> tuple[str, ...]:
        """The concepts directly under `key`."""
        return tuple(c.key for c in self if c.broader == key)

    def current(self, key: str) -> str | None:
        """The concept that stands for `key` today: itself, or what it was merged into. None where that is not one."""
        seen: set[str] = set()
        while key not in self.concepts:
            into = self.retired[key].replaced_by if key in self.retired and key not in seen else ()
            if len(into) != 1:
                return None
            seen.add(key)
            (key,) = into
        return key

    def label(self, key: str, language: str) -> str:
        """The preferred label in `language`, else in English."""
        preferred = self.concepts[key].preferred
        return preferred.get(language, preferred["en"])


def source_hash(folder: Path = SOURCE) -> str:
    """SHA-256 over the names and bytes of the Turtle files, in order of name."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.ttl")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def read_turtle(folder: Path = SOURCE) -> Scheme:
    """Parses the Turtle files and checks them; raises SchemeError with all faults in one message."""
    # Half a second of import, paid only when the compiled form is old.
    from rdflib import Literal, URIRef  # noqa: PLC0415
    from rdflib.namespace import DCTERMS, OWL, RDF, SKOS  # noqa: PLC0415

    graph = graph_of(folder)
    concepts: list[Concept] = []
    retired: dict[str, Retired] = {}
    for subject in graph.subjects(RDF.type, SKOS.Concept):
        key = _key(subject)
        preferred: dict[str, str] = {}
        alternative: dict[str, list[str]] = {}
        for label in graph.objects(subject, SKOS.prefLabel):
            if isinstance(label, Literal) and label.language:
                preferred[label.language] = str(label)
        for label in graph.objects(subject, SKOS.altLabel):
            if isinstance(label, Literal) and label.language:
                alternative.setdefault(label.language, []).append(str(label))
        broader = graph.value(subject, SKOS.broader)
        above = _key(broader) if broader is not None else None
        said: dict[tuple[str, str], str] = {}
        for kind in (SKOS.definition, SKOS.scopeNote):
            for words in graph.objects(subject, kind):
                if isinstance(words, Literal):
                    said[str(kind), words.language or ""] = str(words)
        examples = [(e.language or "", str(e)) for e in graph.objects(subject, SKOS.example) if isinstance(e, Literal)]
        notations = [str(n) for n in graph.objects(subject, SKOS.notation)]
        if notations != [key]:
            raise SchemeError(f"{key}: skos:notation must stand once and repeat the key, found {notations}.")
        if (subject, OWL.deprecated, Literal(True)) in graph:
            into = sorted(_key(each) for each in graph.objects(subject, DCTERMS.isReplacedBy))
            retired[key] = Retired(key, above, tuple(into))
            continue
        concepts.append(
            Concept(
                key=key,
                facet=str(graph.value(subject, URIRef(_OWN + "facet")) or ""),
                broader=above,
                preferred={lang: preferred[lang] for lang in LANGUAGES if lang in preferred},
                alternative={lang: tuple(sorted(alternative[lang])) for lang in LANGUAGES if lang in alternative},
                definition_en=said.get((str(SKOS.definition), "en"), ""),
                scope_note=said.get((str(SKOS.scopeNote), "en")),
                definition_nl=said.get((str(SKOS.definition), "nl"), ""),
                scope_note_nl=said.get((str(SKOS.scopeNote), "nl")),
                examples=tuple(sorted(examples, key=lambda e: (LANGUAGES.index(e[0]), e[1]))),
            )
        )
    order = {facet: place for place, facet in enumerate(FACETS)}
    concepts.sort(key=lambda c: (order.get(c.facet, len(FACETS)), c.key))
    release = str(graph.value(URIRef(_OWN + "scheme"), OWL.versionInfo) or "")
    scheme = Scheme(
        {c.key: c for c in concepts}, source_hash(folder), release=release, retired=dict(sorted(retired.items()))
    )
    faults = check(scheme)
    if faults:
        raise SchemeError("The concept scheme has faults:\n" + "\n".join(faults))
    return scheme


def graph_of(folder: Path = SOURCE) -> Graph:
    """All Turtle files of the scheme as one graph; raises SchemeError for a file that is not Turtle."""
    from rdflib import Graph  # noqa: PLC0415

    graph = Graph()
    for path in sorted(folder.glob("*.ttl")):
        try:
            graph.parse(path, format="turtle")
        except Exception as error:
            raise SchemeError(
                f"{path.name} is not valid Turtle: {error}. Correct the file and compile again."
            ) from error
    return graph


def _key(address: object) -> str:
    """`subject:waste` of `https://w3id.org/klachtenatlas/subject/waste`."""
    return str(address).removeprefix(_OWN).replace("/", ":", 1)


def check(scheme: Scheme) -> list[str]:
    """What breaks the scheme's rules: one sentence each, nothing when it is sound."""
    faults: list[str] = []
    for concept in scheme:
        if concept.facet not in FACETS or not concept.key.startswith(concept.facet + ":"):
            faults.append(f"{concept.key}: facet {concept.facet!r} is not that of its key.")
        lacking = [language for language in LANGUAGES if not concept.preferred.get(language)]
        if lacking:
            faults.append(f"{concept.key}: no prefLabel in {', '.join(lacking)}.")
        if not concept.definition_en:
            faults.append(f"{concept.key}: no definition in English.")
        seen, above = {concept.key}, concept.broader
        while above is not None:
            if above not in scheme:
                faults.append(f"{concept.key}: broader {above} is not in the scheme.")
                break
            if above in seen:
                faults.append(f"{concept.key}: its broader concepts form a circle.")
                break
            if scheme[above].facet != concept.facet:
                faults.append(f"{concept.key}: broader {above} is of another facet.")
            seen.add(above)
            above = scheme[above].broader
    return faults


def compiled(scheme: Scheme) -> str:
    """The scheme as the JSON text that `load_scheme` reads; the same scheme gives the same text."""
    whole = {
        "source": scheme.version,
        "release": scheme.release,
        "lemmas": scheme.lemmas or lemmas_of(scheme),
        "retired": [asdict(r) for r in scheme.retired.values()],
        "concepts": [asdict(c) for c in scheme],
    }
    return json.dumps(whole, ensure_ascii=False, indent=0) + "\n"


def lemmas_of(scheme: Scheme) -> dict[str, dict[str, str]]:
    """The dictionary forms of the labels' words and of all their inflections, by language and folded word."""
    found: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        words = {w for c in scheme for own, label, _ in c.labels() if own == language for w in _words(label)}
        forms = text.inflections(words, language)
        found[language] = {form: base for form, base in sorted(forms.items()) if form != base}
    return found


def _words(label: str) -> list[str]:
    return text.normalise(label).split()


@cache
def load_scheme() -> Scheme:
    """The scheme as shipped. Reads the compiled form when it is of the present Turtle, else the Turtle itself."""
    if COMPILED.exists():
        data = json.loads(COMPILED.read_text(encoding="utf-8"))
        if data["source"] == source_hash():
            concepts = [
                Concept(
                    **{
                        **row,
                        "alternative": {k: tuple(v) for k, v in row["alternative"].items()},
                        "examples": tuple((language, label) for language, label in row["examples"]),
                    }
                )
                for row in data["concepts"]
            ]
            retired = [Retired(r["key"], r["broader"], tuple(r["replaced_by"])) for r in data["retired"]]
            return Scheme(
                {c.key: c for c in concepts}, data["source"], data["lemmas"], data["release"],
                {r.key: r for r in retired},
            )  # fmt: skip
    return read_turtle()


def main() -> int:
    """Compiles the Turtle; 0 when sound."""
    try:
        scheme = read_turtle()
    except SchemeError as error:
        print(error, file=sys.stderr)
        return 1
    COMPILED.write_text(compiled(scheme), encoding="utf-8")
    labels = sum(1 for c in scheme for _ in c.labels())
    print(f"{len(scheme)} concepts, {labels} labels -> {COMPILED.name}", file=sys.stderr)
    from ontology import page  # noqa: PLC0415 - it needs this module

    if page.PAGE.parent.is_dir():  # not where only the package is installed
        print(f"-> {page.write(scheme).name}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
