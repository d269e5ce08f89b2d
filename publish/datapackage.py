"""Describes the dataset's files as a Data Package (version 2, https://datapackage.org): `datapackage.json`.

The CSV files are its resources, with types, keys and closed lists; the other files (the same tables as Parquet and
DuckDB, mappings, scheme) stand under `files` with size and hash.
"""

from __future__ import annotations

import json

from publish.card import Edition, WrittenFile
from schemas.columns import Column, Reference, Table

FILE = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_RESOURCE_PROFILE = "https://datapackage.org/profiles/2.0/dataresource.json"
_SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"


def datapackage(edition: Edition) -> str:
    """The descriptor as JSON text."""
    card = edition.card
    tables = [(file, file.table) for file in edition.csv_files if file.table]
    described = {table.name for _, table in tables}
    package: dict[str, object] = {
        "$schema": PROFILE,
        "name": card.name,
        "id": card.address,
        "title": card.title,
        "description": card.description,
        "version": edition.version,
        "created": f"{edition.published}T00:00:00Z",
        "keywords": list(card.keywords),
        "licenses": [{"name": card.licence, "path": card.licence_url}],
        "contributors": [{"title": card.creator, "roles": ["creator"]}],
    }
    if card.homepage:
        package["homepage"] = card.homepage
    if edition.period:
        package["temporal"] = "/".join(day.isoformat() for day in edition.period)
    if edition.places:
        package["spatial"] = [f"{place.name}, {place.country}" for place in edition.places]
    if edition.sources:
        package["sources"] = [
            {"title": source.title, **({"path": source.url} if source.url else {})} for source in edition.sources
        ]
    package["resources"] = [_resource(file, table, described) for file, table in tables]
    # Not resources: version 2 knows none but tables by type, and tools would guess at the type of the others.
    package["files"] = [
        {"path": file.name, "title": file.title, **_bytes(file)}
        for file in edition.files
        if file not in edition.csv_files
    ]
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _bytes(file: WrittenFile) -> dict[str, object]:
    return {"mediatype": file.media_type, "bytes": file.bytes, "hash": f"sha256:{file.sha256}"}


def _resource(file: WrittenFile, table: Table, described: set[str]) -> dict[str, object]:
    return {
        "$schema": _RESOURCE_PROFILE,
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.description,
        "path": file.name,
        "format": "csv",
        "encoding": "utf-8",
        **_bytes(file),
        "dialect": {
            "$schema": "https://datapackage.org/profiles/2.0/tabledialect.json",
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": table_schema(table, described),
    }


def table_schema(table: Table, described: set[str]) -> dict[str, object]:
    """The Table Schema of one table; foreign keys only to tables in `described` (the package's own)."""
    schema: dict[str, object] = {
        "$schema": _SCHEMA_PROFILE,
        "fields": [_field(column, (column.name,) == table.key) for column in table.columns],
        "fieldsMatch": "exact",
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    keys = [
        _foreign_key(table, reference)
        for reference in table.references
        if reference.table in described and not table.column(reference.column).joined
    ]
    if keys:
        schema["foreignKeys"] = keys
    return schema


def _foreign_key(table: Table, reference: Reference) -> dict[str, object]:
    # A key into the own table names no resource (version 2); readers of version 1 know the empty name for it.
    target = "" if reference.table == table.name else reference.table
    return {"fields": [reference.column], "reference": {"resource": target, "fields": [reference.target]}}


def _field(column: Column, unique: bool) -> dict[str, object]:
    constraints: dict[str, object] = {}
    # An empty text cannot be told from a missing value in CSV: a column that may be blank is not required there.
    if not column.nullable and not column.blank:
        constraints["required"] = True
    if unique:
        constraints["unique"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    elif column.pattern:
        constraints["pattern"] = f"^(?:{column.pattern})$"
    if column.least is not None:
        constraints["minimum"] = _bound(column, column.least)
    if column.most is not None:
        constraints["maximum"] = _bound(column, column.most)
    field: dict[str, object] = {"name": column.name, "type": column.type, "description": column.description}
    if constraints:
        field["constraints"] = constraints
    return field


def _bound(column: Column, bound: float) -> float | int:
    return int(bound) if column.type == "integer" or float(bound).is_integer() else bound
