"""Describes the dataset's files as a Data Package (version 2, https://datapackage.org): `datapackage.json`.

The CSV files are its resources, with types, keys and closed lists; the other files (the same tables as Parquet and
DuckDB, mappings, scheme) stand under `files` with size and hash.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from publish.card import DatasetCard
from schemas.columns import Column, Reference, Table

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_RESOURCE_PROFILE = "https://datapackage.org/profiles/2.0/dataresource.json"
_SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
_MEDIA_TYPES = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "duckdb": "application/vnd.duckdb",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "md": "text/markdown",
}


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file of the dataset: its name, size in bytes, SHA-256, and for a CSV the table that it holds."""

    name: str
    bytes: int
    sha256: str
    table: Table | None = None


def datapackage(
    card: DatasetCard, version: str, files: Sequence[WrittenFile], reports: pd.DataFrame, titles: Mapping[str, str]
) -> str:
    """The descriptor as JSON text. `titles` gives a title for files that hold no table of their own."""
    described = {file.table.name for file in files if file.table}
    package: dict[str, object] = {
        "$schema": PROFILE,
        "name": card.name,
        "title": card.title,
        "description": card.description,
        "version": version,
        "licenses": [{"name": card.licence, "path": card.licence_url}],
    }
    if card.homepage:
        package["homepage"] = card.homepage
    sources = _sources(reports)
    if sources:
        package["sources"] = sources
    package["resources"] = [_resource(file, file.table, described) for file in files if file.table]
    # Not resources: version 2 knows none but tables by type, and tools would guess at the type of the others.
    package["files"] = [
        {"path": f.name, "title": titles.get(f.name, f.name), **_bytes(f)} for f in files if f.table is None
    ]
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _sources(reports: pd.DataFrame) -> list[dict[str, str]]:
    sources = []
    for title, url in zip(reports["title"], reports["url"], strict=True):
        source = {"title": str(title)}
        # Only addresses that a reader can follow; a catalogue may hold a note where no address is known.
        if not pd.isna(url) and str(url).startswith(("https://", "http://")):
            source["path"] = str(url)
        sources.append(source)
    return sources


def _bytes(file: WrittenFile) -> dict[str, object]:
    mediatype = _MEDIA_TYPES.get(file.name.rpartition(".")[2], "application/octet-stream")
    return {"mediatype": mediatype, "bytes": file.bytes, "hash": f"sha256:{file.sha256}"}


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
