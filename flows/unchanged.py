"""Whether a build would publish again what stands there already: known from hashes, before any report is looked at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.catalogue import Catalogue
from flows.publication import CHANGELOG, MANIFEST, holds
from flows.store import Store, code_version, key_of, library_version
from schemas.catalogue import Entry
from schemas.files import sha256_of

if TYPE_CHECKING:
    from flows.assemble import Failure

_ROOMS = ("extractors", "ontology", "reconciliation", "publish", "schemas", "flows")


def published_already(catalogue: Catalogue, out: Path, store: Store) -> tuple[Entry, ...] | None:
    """The entries that were inferred when `out` was built of `catalogue`; None when a build would publish something
    else, or that is not known.
    """
    kept = store.get(_key(catalogue))
    if kept is None:
        return None
    entries, _, manifest = kept.partition(b"\n")
    return tuple(_entry(one) for one in json.loads(entries)) if holds(out, manifest) else None


def remember_published(
    catalogue: Catalogue, failures: Sequence[Failure], inferred: Sequence[Entry], out: Path, store: Store
) -> None:
    """Keeps what was published of `catalogue`. A build with failures is not kept: they are tried again."""
    if not failures:
        entries = json.dumps([asdict(entry) for entry in inferred])
        store.put(_key(catalogue), entries.encode() + b"\n" + (out / MANIFEST).read_bytes())


def _entry(fields: dict[str, Any]) -> Entry:
    """An entry again that was written down as JSON, which knows no tuples."""
    told: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
    return Entry(**told)


def _key(catalogue: Catalogue) -> str:
    """Over the reports' bytes and entries, the records beside the catalogue, the code and the libraries."""
    sources = sorted((source.entry.id, source.sha256, repr(source.entry)) for source in catalogue.sources)
    refused = sorted(refused.reason for refused in catalogue.refused)
    root = catalogue.root.resolve()  # what a report without an entry is called depends on its place
    loose = sorted((path.relative_to(root).as_posix(), digest) for path, digest in catalogue.loose)
    beside = sorted([*catalogue.root.glob("*.yaml"), *catalogue.root.glob(CHANGELOG)])
    records = [(path.name, sha256_of(path)) for path in beside]
    return key_of("build", sources, refused, loose, records, code_version(*_ROOMS, "pyproject.toml"), library_version())
