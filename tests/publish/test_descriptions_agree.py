"""Five descriptions of one dataset say the same: title, version, terms, coverage, every file's hash."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rdflib import DCTERMS, RDF, RDFS, Graph, Namespace, URIRef

from publish.card import DatasetCard
from publish.dataset import DESCRIPTIONS

DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")


@dataclass(frozen=True)
class Said:
    """What one description says. `hashes` by file name; a format that knows tables only names fewer files."""

    title: str
    description: str
    version: str
    licence: str
    published: str
    period: str
    places: tuple[str, ...]
    identifier: str
    hashes: dict[str, str]


def loaded(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text(encoding="utf-8"))


def of_datapackage(folder: Path) -> Said:
    d = loaded(folder, "datapackage.json")
    hashes = {f["path"]: f["hash"].removeprefix("sha256:") for f in (*d["resources"], *d["files"])}
    return Said(d["title"], d["description"], d["version"], d["licenses"][0]["path"], d["created"][:10], d["temporal"],
                tuple(d["spatial"]), d["id"], hashes)  # fmt: skip


def of_csvw(folder: Path) -> Said:
    d = loaded(folder, "csvw-metadata.json")
    hashes = {t["url"]: t["spdx:checksum"]["spdx:checksumValue"] for t in d["tables"]}
    return Said(d["dc:title"], d["dc:description"], d["schema:version"], d["dc:license"]["@id"], d["dc:issued"],
                d["dc:temporal"], tuple(d["dc:spatial"]), d["@id"], hashes)  # fmt: skip


def of_croissant(folder: Path) -> Said:
    d = loaded(folder, "croissant.json")
    return Said(d["alternateName"], d["description"], d["version"], d["license"], d["datePublished"],
                d["temporalCoverage"], tuple(p["name"] for p in d["spatialCoverage"]), d["identifier"],
                {f["contentUrl"]: f["sha256"] for f in d["distribution"]})  # fmt: skip


def of_rocrate(folder: Path) -> Said:
    entities = {entity["@id"]: entity for entity in loaded(folder, "ro-crate-metadata.json")["@graph"]}
    d = entities["./"]
    places = tuple(entities[each["@id"]]["name"] for each in d["spatialCoverage"])
    hashes = {part["@id"]: entities[part["@id"]]["sha256"] for part in d["hasPart"]}
    return Said(d["name"], d["description"], d["version"], d["license"]["@id"], d["datePublished"],
                d["temporalCoverage"], places, d["identifier"], hashes)  # fmt: skip


def of_dcat(folder: Path) -> Said:
    graph = Graph().parse(folder / "dcat.ttl")
    (node,) = graph.subjects(RDF.type, DCAT.Dataset)

    def one(predicate: URIRef, subject: Any = node) -> str:
        (value,) = graph.objects(subject, predicate)
        return str(value)

    (period,) = graph.objects(node, DCTERMS.temporal)
    labels = (graph.value(place, RDFS.label) for place in graph.objects(node, DCTERMS.spatial))
    hashes, licences = {}, set()
    for file in graph.objects(node, DCAT.distribution):
        hashes[one(DCAT.downloadURL, file).rpartition("/")[2]] = one(
            SPDX.checksumValue, graph.value(file, SPDX.checksum)
        )
        licences.add(one(DCTERMS.license, file))
    (licence,) = licences
    return Said(one(DCTERMS.title), one(DCTERMS.description), one(DCAT.version), licence, one(DCTERMS.issued),
                f"{one(DCAT.startDate, period)}/{one(DCAT.endDate, period)}",
                tuple(sorted(str(label) for label in labels if label)), one(DCTERMS.identifier), hashes)  # fmt: skip


READERS: dict[str, Callable[[Path], Said]] = {
    "datapackage.json": of_datapackage,
    "csvw-metadata.json": of_csvw,
    "dcat.ttl": of_dcat,
    "ro-crate-metadata.json": of_rocrate,
    "croissant.json": of_croissant,
}


def test_every_description_is_looked_at() -> None:
    assert set(READERS) == set(DESCRIPTIONS)


@pytest.mark.parametrize("name", READERS)
def test_each_description_says_what_the_card_and_the_checksums_say(dataset: Path, name: str) -> None:
    said, card = READERS[name](dataset), DatasetCard()
    version = loaded(dataset, "datapackage.json")["version"]
    assert (said.title, said.description, said.licence) == (card.title, card.description, card.licence_url)
    assert (said.version, said.identifier) == (version, card.address)
    assert (said.published, said.period) == ("2023-12-31", "2022-01-01/2023-12-31")
    assert sorted(said.places) == ["Aandorp, BE", "Beekstad, BE"]
    lines = (dataset / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {line.split("  ")[1]: line.split("  ")[0] for line in lines}
    described = {file: digest for file, digest in sums.items() if file not in DESCRIPTIONS}
    if name == "csvw-metadata.json":  # knows tables only
        described = {file: digest for file, digest in described.items() if file.endswith(".csv")}
    assert said.hashes == described
