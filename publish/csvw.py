"""Describes the CSV files in the words of the W3C's CSV on the Web (https://www.w3.org/TR/tabular-metadata/)."""

from __future__ import annotations

import json

from publish.card import Edition, WrittenFile
from schemas.columns import Column, ColumnType, Table

FILE = "csvw-metadata.json"
_TYPES: dict[ColumnType, object] = {
    "string": "string",
    "integer": "integer",
    "number": "double",
    "boolean": {"base": "boolean", "format": "true|false"},
    "date": {"base": "date", "format": "yyyy-MM-dd"},
}


def csvw(edition: Edition) -> str:
    """The table group as JSON text; addresses are relative to the file's own place."""
    card = edition.card
    files = {file.table.name: file for file in edition.csv_files if file.table}
    group: dict[str, object] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "@id": card.address,
        "dc:title": card.title,
        "dc:description": card.description,
        "dc:identifier": card.address,
        "dc:creator": card.creator,
        "dc:issued": edition.published.isoformat(),
        "dc:license": {"@id": card.licence_url},
        "schema:version": edition.version,
        "dcat:keyword": list(card.keywords),
    }
    if edition.period:
        group["dc:temporal"] = "/".join(day.isoformat() for day in edition.period)
    if edition.places:
        group["dc:spatial"] = [f"{place.name}, {place.country}" for place in edition.places]
    # What RFC 4180 says is what CSVW takes for granted; only the empty field needs a word, column by column.
    group["dialect"] = {"encoding": "utf-8", "delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True}
    group["tables"] = [_table(file, file.table, files) for file in files.values() if file.table]
    return json.dumps(group, ensure_ascii=False, indent=2) + "\n"


def _table(file: WrittenFile, table: Table, files: dict[str, WrittenFile]) -> dict[str, object]:
    schema: dict[str, object] = {"columns": [_column(column) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    keys = [
        {
            "columnReference": [reference.column],
            "reference": {"resource": files[reference.table].name, "columnReference": [reference.target]},
        }
        for reference in table.references
        if reference.table in files and _always_there(table.column(reference.column))
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "url": file.name,
        "dc:title": table.title,
        "dc:description": table.description,
        "dcat:byteSize": file.bytes,
        "spdx:checksum": {"spdx:algorithm": "SHA-256", "spdx:checksumValue": file.sha256},
        "tableSchema": schema,
    }


def _always_there(column: Column) -> bool:
    """Whether each row has one value: CSVW, unlike a Data Package, knows no foreign key that may be missing."""
    return not column.joined and not column.nullable


def _column(column: Column) -> dict[str, object]:
    described: dict[str, object] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.description,
        "datatype": _datatype(column),
        "null": "",
    }
    # An empty text cannot be told from a missing value in CSV: a column that may be blank is not required there.
    if not column.nullable and not column.blank:
        described["required"] = True
    return described


def _datatype(column: Column) -> object:
    kind = _TYPES[column.type]
    facets: dict[str, object] = {}
    if column.choices:
        facets["format"] = f"({'|'.join(column.choices)})"
    elif column.pattern:
        facets["format"] = f"({column.pattern})"
    if column.least is not None:
        facets["minimum"] = _bound(column, column.least)
    if column.most is not None:
        facets["maximum"] = _bound(column, column.most)
    return {"base": kind, **facets} if facets and isinstance(kind, str) else kind


def _bound(column: Column, bound: float) -> float | int:
    return int(bound) if column.type == "integer" else bound
