"""Describes the tables for search engines and for machine learning: Croissant 1.0 (http://mlcommons.org/croissant/1.0)."""

from __future__ import annotations

import json

from publish.card import Edition, WrittenFile
from schemas.columns import ColumnType, Table

FILE = "croissant.json"
_TYPES: dict[ColumnType, str] = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}
_TERMS = (
    "citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet", "format",
    "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex",
    "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
)  # fmt: skip
# The context that the specification asks every description to carry.
_CONTEXT: dict[str, object] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    **{name: f"cr:{name}" for name in _TERMS},
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "sc": "https://schema.org/",
}


def croissant(edition: Edition) -> str:
    """The description as JSON-LD text; records are those of the CSV files."""
    card = edition.card
    described: dict[str, object] = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": card.name,
        "alternateName": card.title,
        "description": card.description,
        "identifier": card.address,
        "url": card.homepage or card.address,
        "version": edition.version,
        "datePublished": edition.published.isoformat(),
        "license": card.licence_url,
        "keywords": list(card.keywords),
        "inLanguage": list(edition.languages),
        "isAccessibleForFree": True,
        "creator": {"@type": "sc:Organization", "name": card.creator},
        "publisher": {"@type": "sc:Organization", "name": card.creator},
        "citeAs": f"{card.creator}: {card.title}, version {edition.version}. {card.address}",
    }
    if edition.period:
        described["temporalCoverage"] = "/".join(day.isoformat() for day in edition.period)
    if edition.places:
        described["spatialCoverage"] = [
            {"@type": "sc:Place", "name": f"{place.name}, {place.country}"} for place in edition.places
        ]
    described["distribution"] = [_file(file) for file in edition.files]
    described["recordSet"] = [_records(file, file.table) for file in edition.csv_files if file.table]
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def _file(file: WrittenFile) -> dict[str, object]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "description": file.title,
        "contentUrl": file.name,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": file.media_type,
        "sha256": file.sha256,
    }


def _records(file: WrittenFile, table: Table) -> dict[str, object]:
    records: dict[str, object] = {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
    }
    if table.key:
        records["key"] = [{"@id": f"{table.name}/{column}"} for column in table.key]
    records["field"] = [
        {
            "@type": "cr:Field",
            "@id": f"{table.name}/{column.name}",
            "name": column.name,
            "description": column.description,
            "dataType": _TYPES[column.type],
            "source": {"fileObject": {"@id": file.name}, "extract": {"column": column.name}},
        }
        for column in table.columns
    ]
    return records
