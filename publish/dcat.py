"""Describes the dataset for data portals: DCAT-AP 3.0 (https://semiceu.github.io/DCAT-AP/releases/3.0.0/) as Turtle.

Files are named relative to the description, so it holds wherever the folder lies. No blank node is used: their names
would differ from run to run.
"""

from __future__ import annotations

from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from publish.card import Edition, WrittenFile

FILE = "dcat.ttl"
# rdflib knows DCAT without version 3 (`dcat:version`).
DCAT = Namespace("http://www.w3.org/ns/dcat#")
_SPDX = Namespace("http://spdx.org/rdf/terms#")
_PREFIXES = {
    "dcat": DCAT, "dct": DCTERMS, "foaf": FOAF, "prov": PROV, "rdfs": RDFS, "skos": SKOS, "spdx": _SPDX, "xsd": XSD,
}  # fmt: skip
_EU = "http://publications.europa.eu/resource/authority/"
_IANA = "https://www.iana.org/assignments/media-types/"
_THEME = "data-theme/GOVE"
_ALWAYS = (
    (DCAT.theme, _THEME, SKOS.Concept),
    (DCTERMS.accrualPeriodicity, "frequency/ANNUAL", DCTERMS.Frequency),
    (DCTERMS.accessRights, "access-right/PUBLIC", DCTERMS.RightsStatement),
)
_FILE_TYPES = {"csv": "CSV", "parquet": "PARQUET", "ttl": "RDF_TURTLE", "tsv": "TSV", "md": "MARKDOWN", "html": "HTML"}
# The European Publications Office names countries by ISO 3166-1 alpha-3 and languages by ISO 639-3.
_COUNTRIES = {
    "AT": "AUT", "BE": "BEL", "BG": "BGR", "CH": "CHE", "CY": "CYP", "CZ": "CZE", "DE": "DEU", "DK": "DNK", "EE": "EST",
    "ES": "ESP", "FI": "FIN", "FR": "FRA", "GB": "GBR", "GR": "GRC", "HR": "HRV", "HU": "HUN", "IE": "IRL", "IS": "ISL",
    "IT": "ITA", "LI": "LIE", "LT": "LTU", "LU": "LUX", "LV": "LVA", "MT": "MLT", "NL": "NLD", "NO": "NOR", "PL": "POL",
    "PT": "PRT", "RO": "ROU", "SE": "SWE", "SI": "SVN", "SK": "SVK",
}  # fmt: skip
_LANGUAGES = {"nl": "NLD", "fr": "FRA", "de": "DEU", "en": "ENG"}


def dcat(edition: Edition) -> str:
    """A catalogue with the one dataset and a distribution a file, as Turtle text."""
    card = edition.card
    graph = Graph(bind_namespaces="none")
    for prefix, space in _PREFIXES.items():
        graph.bind(prefix, space)
    dataset, catalogue, agent = (URIRef(address) for address in (card.address, f"{card.address}#catalogue",
                                                                 f"{card.address}#publisher"))  # fmt: skip
    title, description = Literal(card.title, lang="en"), Literal(card.description, lang="en")
    licence = URIRef(card.licence_url)
    say = graph.add
    say((agent, RDF.type, FOAF.Agent))
    say((agent, FOAF.name, Literal(card.creator)))
    say((licence, RDF.type, DCTERMS.LicenseDocument))
    for node, kind in ((catalogue, DCAT.Catalog), (dataset, DCAT.Dataset)):
        say((node, RDF.type, kind))
        say((node, DCTERMS.title, title))
        say((node, DCTERMS.description, description))
        say((node, DCTERMS.publisher, agent))
        say((node, DCTERMS.issued, Literal(edition.published)))
    say((catalogue, DCTERMS.license, licence))
    say((catalogue, DCAT.dataset, dataset))
    if card.homepage:
        say((dataset, DCAT.landingPage, URIRef(card.homepage)))
        say((URIRef(card.homepage), RDF.type, FOAF.Document))
    say((dataset, DCTERMS.identifier, Literal(card.address)))
    say((dataset, DCTERMS.creator, agent))
    say((dataset, DCAT.version, Literal(edition.version)))
    for relation, what, kind in _ALWAYS:
        say((dataset, relation, _named(graph, what, kind)))
    say((URIRef(f"{_EU}{_THEME}"), SKOS.prefLabel, Literal("Government and public sector", lang="en")))
    for keyword in card.keywords:
        say((dataset, DCAT.keyword, Literal(keyword, lang="en")))
    _coverage(graph, dataset, edition)
    for source in edition.sources:
        if source.url:
            say((dataset, PROV.wasDerivedFrom, URIRef(source.url)))
    for file in edition.files:
        _distribution(graph, dataset, licence, edition, file)
    return graph.serialize(format="turtle").strip() + "\n"


def _coverage(graph: Graph, dataset: URIRef, edition: Edition) -> None:
    say = graph.add
    for language in edition.languages:
        if language in _LANGUAGES:
            say(
                (dataset, DCTERMS.language, _named(graph, f"language/{_LANGUAGES[language]}", DCTERMS.LinguisticSystem))
            )
    for country in edition.countries:
        if country in _COUNTRIES:
            say((dataset, DCTERMS.spatial, _named(graph, f"country/{_COUNTRIES[country]}", DCTERMS.Location)))
    for number, place in enumerate(edition.places, 1):
        node = URIRef(f"{dataset}#place-{number}")
        say((node, RDF.type, DCTERMS.Location))
        say((node, RDFS.label, Literal(f"{place.name}, {place.country}")))
        say((dataset, DCTERMS.spatial, node))
    if edition.period:
        period = URIRef(f"{dataset}#period")
        say((period, RDF.type, DCTERMS.PeriodOfTime))
        say((period, DCAT.startDate, Literal(edition.period[0])))
        say((period, DCAT.endDate, Literal(edition.period[1])))
        say((dataset, DCTERMS.temporal, period))


def _named(graph: Graph, what: str, kind: URIRef) -> URIRef:
    node = URIRef(f"{_EU}{what}")
    graph.add((node, RDF.type, kind))
    return node


def _distribution(graph: Graph, dataset: URIRef, licence: URIRef, edition: Edition, file: WrittenFile) -> None:
    say = graph.add
    node, place, checksum = (
        URIRef(f"{dataset}#{file.name}"), URIRef(file.name), URIRef(f"{dataset}#{file.name}.sha256"),
    )  # fmt: skip
    say((dataset, DCAT.distribution, node))
    say((node, RDF.type, DCAT.Distribution))
    say((node, DCTERMS.title, Literal(file.title, lang="en")))
    say((place, RDF.type, RDFS.Resource))  # as everything is; the shapes of DCAT-AP want it said
    say((node, DCAT.accessURL, place))
    say((node, DCAT.downloadURL, place))
    say((node, DCTERMS.license, licence))
    say((node, DCTERMS.issued, Literal(edition.published)))
    say((node, DCAT.byteSize, Literal(file.bytes, datatype=XSD.nonNegativeInteger)))
    media_type = URIRef(f"{_IANA}{file.media_type}")
    say((media_type, RDF.type, DCTERMS.MediaType))
    say((node, DCAT.mediaType, media_type))
    if file.suffix in _FILE_TYPES:
        say(
            (node, DCTERMS["format"], _named(graph, f"file-type/{_FILE_TYPES[file.suffix]}", DCTERMS.MediaTypeOrExtent))
        )
    say((node, _SPDX.checksum, checksum))
    say((checksum, RDF.type, _SPDX.Checksum))
    say((checksum, _SPDX.algorithm, _SPDX.checksumAlgorithm_sha256))
    say((_SPDX.checksumAlgorithm_sha256, RDF.type, _SPDX.ChecksumAlgorithm))
    say((checksum, _SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)))
