"""Hands the tables to the writers, with the concept scheme beside them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from flows.catalogue import sha256_of
from flows.steps import pack
from flows.store import Store, code_version, key_of, library_version

if TYPE_CHECKING:
    import pandas as pd

    from schemas.tables import PageSizes

MANIFEST = "SHA256SUMS"


def write(tables: Mapping[str, pd.DataFrame], out: Path, page_sizes: PageSizes, store: Store) -> None:
    """Checks the dataset as a whole and writes it into `out`, or leaves what is there and raises.

    Where `out` already holds, byte for byte, what these tables were once published as, nothing is done.
    """
    key = key_of(
        "publish", pack(tables), repr(page_sizes), code_version("publish", "schemas", "ontology"), library_version()
    )
    if holds(out, store.get(key)):
        return
    from publish.dataset import write_dataset

    write_dataset(tables, out, attachments={"ontology.ttl": scheme_as_turtle()}, page_sizes=page_sizes)
    store.put(key, (out / MANIFEST).read_bytes())


def holds(folder: Path, manifest: bytes | None) -> bool:
    """Whether every file that `manifest` (SHA256SUMS) lists stands in `folder` with that sum, and nothing else does."""
    if manifest is None or not (folder / MANIFEST).is_file() or (folder / MANIFEST).read_bytes() != manifest:
        return False
    lines = (line.partition("  ") for line in manifest.decode().splitlines())
    listed = {name: digest for digest, _, name in lines}
    present = {path.name for path in folder.iterdir() if not path.name.startswith(".")} - {MANIFEST}
    return present == set(listed) and all(sha256_of(folder / name) == digest for name, digest in listed.items())


def scheme_as_turtle() -> bytes:
    """The scheme's sources, one facet after the other: Turtle may state its prefixes again."""
    from ontology.scheme import SOURCE

    return b"\n".join(path.read_bytes() for path in sorted(SOURCE.glob("*.ttl")))
