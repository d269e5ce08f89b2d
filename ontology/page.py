"""The scheme as one page for people: `docs/scheme.html`, self-contained, searchable without a network.

`python -m ontology.scheme` writes it anew with the compiled scheme.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import jinja2

from ontology.crosswalks import Crosswalk
from ontology.migrations import Migration
from ontology.scheme import FACETS, LANGUAGES, Scheme

PAGE = Path(__file__).resolve().parents[1] / "docs" / "scheme.html"
QUESTIONS = {
    "signal": "What kind of contact was it?",
    "subject": "What is it about?",
    "ground": "Why does the person complain?",
    "outcome": "How did it end?",
    "channel": "How did it come in?",
    "timeliness": "Was the term kept?",
    "service": "Which department or body?",
}
# How the other vocabulary's category stands to the concept, in words.
_RELATIONS = {
    "skos:exactMatch": "the same", "skos:closeMatch": "nearly the same", "skos:broadMatch": "a part of it",
    "skos:narrowMatch": "more than it", "skos:relatedMatch": "related",
}  # fmt: skip


def render(scheme: Scheme, crosswalks: tuple[Crosswalk, ...] = (), migrations: tuple[Migration, ...] = ()) -> str:
    """The page as HTML; the same scheme gives the same text."""
    elsewhere: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for walk in crosswalks:
        for crossing in walk.crossings:
            name = " > ".join(part for part in (crossing.parent, crossing.label) if part)
            elsewhere[crossing.concept].append((walk.name, name, _RELATIONS[crossing.predicate]))
    children = {c.key: scheme.narrower(c.key) for c in scheme}
    ordered = {facet: _in_tree(scheme, facet, children) for facet in FACETS}
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")), autoescape=True, trim_blocks=True,
        lstrip_blocks=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template("scheme.html").render(
        scheme=scheme, ordered=ordered, children=children, questions=QUESTIONS, languages=LANGUAGES,
        elsewhere=elsewhere, crosswalks=crosswalks, migrations=migrations,
        labels=sum(1 for c in scheme for _ in c.labels()),
    )  # fmt: skip


def _in_tree(scheme: Scheme, facet: str, children: dict[str, tuple[str, ...]]) -> list[tuple[int, str]]:
    """The keys of a facet, each below its broader one, with its depth; siblings by their English names."""
    found: list[tuple[int, str]] = []

    def add(keys: list[str], depth: int) -> None:
        for key in sorted(keys, key=lambda k: scheme.label(k, "en").casefold()):
            found.append((depth, key))
            add(list(children[key]), depth + 1)

    add([c.key for c in scheme.of_facet(facet) if c.broader is None], 0)
    return found


def write(scheme: Scheme, path: Path = PAGE) -> Path:
    """Writes the page of the scheme as it is shipped, with its crosswalks and migrations."""
    from ontology import crosswalks, migrations  # noqa: PLC0415

    path.write_text(render(scheme, crosswalks.load(), migrations.load()), encoding="utf-8", newline="")
    return path
