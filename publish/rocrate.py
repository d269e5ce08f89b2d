"""Describes the dataset as a research object: which reports went in, what ran, which files came out (RO-Crate 1.3).

The folder holds the results; the reports are named by hash and address (`klachtenatlas crate` packs them beside it).
"""

from __future__ import annotations

import json
from importlib.metadata import version

from publish.card import VOCABULARY, Edition, Source, WrittenFile

FILE = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.3/context"
PROFILE = "https://w3id.org/ro/crate/1.3"
PROGRAM = "#klachtenatlas"

Entity = dict[str, object]


def rocrate(edition: Edition) -> str:
    """The metadata document as JSON-LD text."""
    graph: list[Entity] = [
        descriptor(),
        {**root(edition), "hasPart": [{"@id": file.name} for file in edition.files], "mentions": [{"@id": "#build"}]},
        *(file_entity(file.name, file) for file in edition.files),
        *contextual(edition),
        {
            "@id": "#build",
            "@type": "CreateAction",
            "name": "Reading the reports, mapping their labels, checking their arithmetic",
            "instrument": {"@id": PROGRAM},
            "object": [{"@id": source_id(source)} for source in edition.sources],
            "result": [{"@id": file.name} for file in edition.files],
        },
        *(source_entity(source) for source in edition.sources),
    ]
    return document(graph)


def document(graph: list[Entity]) -> str:
    """Entities as the text of a metadata document."""
    return json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=2) + "\n"


def descriptor() -> Entity:
    """What every crate says of its own metadata."""
    return {
        "@id": FILE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": PROFILE},
        "about": {"@id": "./"},
    }


def root(edition: Edition) -> Entity:
    """The dataset itself, without its parts."""
    card = edition.card
    entity: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "identifier": card.address,
        "name": card.title,
        "description": card.description,
        "version": edition.version,
        "datePublished": edition.published.isoformat(),
        "license": {"@id": card.licence_url},
        "author": {"@id": "#creator"},
        "publisher": {"@id": "#creator"},
        "keywords": ", ".join(card.keywords),
        "inLanguage": list(edition.languages),
    }
    if edition.period:
        entity["temporalCoverage"] = "/".join(day.isoformat() for day in edition.period)
    if edition.places:
        entity["spatialCoverage"] = [{"@id": f"#place-{number}"} for number, _ in enumerate(edition.places, 1)]
    return entity


def contextual(edition: Edition) -> list[Entity]:
    """The things that a dataset's root names: terms, people, places, the program."""
    card = edition.card
    places: list[Entity] = [
        {"@id": f"#place-{number}", "@type": "Place", "name": f"{place.name}, {place.country}"}
        for number, place in enumerate(edition.places, 1)
    ]
    return [
        {"@id": card.licence_url, "@type": "CreativeWork", "name": card.licence, "identifier": card.licence,
         "description": "Use it for anything, name the source."},
        {"@id": "#creator", "@type": "Organization", "name": card.creator},
        *places,
        {"@id": PROGRAM, "@type": "SoftwareApplication", "name": "Klachtenatlas", "url": f"{VOCABULARY}program",
         "version": version("klachtenatlas"),
         "description": "Reads complaint reports (PDF) and publishes what they print as one dataset."},
    ]  # fmt: skip


def file_entity(path: str, file: WrittenFile) -> Entity:
    """A file of the dataset that lies at `path`."""
    return {
        "@id": path,
        "@type": "File",
        "name": file.title,
        "encodingFormat": file.media_type,
        "contentSize": str(file.bytes),
        "sha256": file.sha256,
    }


def source_id(source: Source) -> str:
    """A report's name in the metadata."""
    return f"#report-{source.report_id}"


def source_entity(source: Source) -> Entity:
    """A report: what it is, its address and its bytes' hash; the file itself is not in the dataset's folder."""
    entity: Entity = {
        "@id": source_id(source),
        "@type": "CreativeWork",
        "name": source.title,
        "publisher": source.publisher,
        "genre": f"complaint report, {source.edition}",
    }
    more = {"url": source.url, "sha256": source.sha256, "temporalCoverage": source.year and str(source.year),
            "license": source.licence}  # fmt: skip
    return {**entity, **{name: said for name, said in more.items() if said}}
