"""Hands the tables to the writers, with the concept scheme and its crosswalks beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from flows.errors import CommandError
from flows.packing import pack
from flows.store import Store, code_version, key_of, library_version
from schemas.files import sha256_of

if TYPE_CHECKING:
    import pandas as pd

    from publish.large import Slice

MANIFEST = "SHA256SUMS"
CHANGELOG = "CHANGELOG.md"
"""What changed in the data from release to release, by city and year; lies beside the catalogue and is published."""
_RELEASE = re.compile(r"^## (\d{4}-\d{2}-\d{2})\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Content:
    """What is to be published: the small tables, a hash over what the large ones are made of, their slices, and the
    pictures of the reports' pages.
    """

    tables: Mapping[str, pd.DataFrame]
    identity: str
    slices: Callable[[], Iterable[Slice]]
    strips: Mapping[str, bytes]


def write(content: Content, out: Path, raw: Path, store: Store, privacy: bytes) -> None:
    """Checks the dataset as a whole and writes it into `out`, or leaves what is there and raises.

    The changelog that lies in `raw` goes with it and says when it was released; `privacy` tells what was left
    out. Where `out` already holds, byte for byte, what this content was once published as, nothing is done.
    """
    history = _history(raw)
    code = code_version("publish", "reconciliation", "schemas", "ontology", "flows", "pyproject.toml")
    key = key_of("publish", pack(content.tables), content.identity, history, privacy, code, library_version())
    if holds(out, store.get(key)):
        return
    from ontology import crosswalks
    from publish.card import DatasetCard
    from publish.dataset import write_dataset
    from publish.personal import FILE as PRIVACY

    attachments = {"ontology.ttl": scheme_as_turtle(), PRIVACY: privacy} | crosswalks.files()
    attachments |= {CHANGELOG: history} if history else {}
    card = DatasetCard(released=released(history))
    tables, strips = content.tables, content.strips
    write_dataset(tables, out, meta=card, attachments=attachments, slices=content.slices(), strips=strips)
    store.put(key, (out / MANIFEST).read_bytes())


def released(history: bytes) -> date | None:
    """The day of the newest release that a changelog tells of: its first heading that is a day (`## 2026-11-24`)."""
    found = _RELEASE.search(history.decode("utf-8", errors="replace"))
    if not found:
        return None
    try:
        return date.fromisoformat(found[1])
    except ValueError as error:
        raise CommandError(
            f"{CHANGELOG} in the folder of the reports has a release of {found[1]}, which is no day of the calendar; "
            "mend that heading (## YYYY-MM-DD).",
            3,
        ) from error


def _history(raw: Path) -> bytes:
    path = raw / CHANGELOG
    return path.read_bytes() if path.is_file() else b""


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
