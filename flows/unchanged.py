"""Whether a build would publish again what stands there already: known from hashes, before any report is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flows.catalogue import Catalogue
from flows.publication import CHANGELOG, MANIFEST, holds
from flows.store import Store, code_version, key_of, library_version
from schemas.files import sha256_of

if TYPE_CHECKING:
    from flows.assemble import Failure

_ROOMS = ("extractors", "ontology", "reconciliation", "publish", "schemas", "flows")


def published_already(catalogue: Catalogue, out: Path, store: Store) -> bool:
    """Whether `out` is what a build of `catalogue` would publish; also no when that is not known."""
    return holds(out, store.get(_key(catalogue)))


def remember_published(catalogue: Catalogue, failures: Sequence[Failure], out: Path, store: Store) -> None:
    """Keeps what was published of `catalogue`. A build with failures is not kept: they are tried again."""
    if not failures and not catalogue.loose:
        store.put(_key(catalogue), (out / MANIFEST).read_bytes())


def _key(catalogue: Catalogue) -> str:
    """Over the reports' bytes and entries, the records beside the catalogue, the code and the libraries."""
    sources = sorted((source.entry.id, source.sha256, repr(source.entry)) for source in catalogue.sources)
    refused = sorted(refused.reason for refused in catalogue.refused)
    loose = sorted(digest for _, digest in catalogue.loose)
    beside = sorted([*catalogue.root.glob("*.yaml"), *catalogue.root.glob(CHANGELOG)])
    records = [(path.name, sha256_of(path)) for path in beside]
    return key_of("build", sources, refused, loose, records, code_version(*_ROOMS, "pyproject.toml"), library_version())
