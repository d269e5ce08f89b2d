"""Publishes the dataset: checked tables in, a folder of described files out, changed as a whole or not at all.

The same tables give the same bytes, in any folder, on any day: no clock, no path and no random number reaches a file.
Nothing is published that breaks its schema or points at something that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from publish import croissant, csvw, datapackage, dcat, rocrate
from publish.atlas.page import FILE as ATLAS
from publish.atlas.page import atlas_html
from publish.card import DatasetCard, Edition, WrittenFile, edition, version_of
from publish.database import write_database
from publish.folder import MANIFEST, replaced
from publish.large import GIVEN, LARGE, Slice, write_large
from publish.reading import rows
from publish.readme import readme
from publish.sssom import FILE as MAPPINGS
from publish.sssom import write_sssom
from publish.tabular import TableWriter, in_key_order
from publish.views import VIEWS
from schemas.files import sha256_of
from schemas.tables import TABLES, SchemaViolation, Violation, empty, table, validate

DATABASE = "klachtenatlas.duckdb"
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Published:
    """What was written: the folder, the dataset's version, and each file's SHA-256 by name."""

    folder: Path
    version: str
    files: dict[str, str]


def write_dataset(
    tables: Mapping[str, pd.DataFrame],
    out: Path,
    *,
    meta: DatasetCard | None = None,
    attachments: Mapping[str, bytes] | None = None,
    slices: Iterable[Slice] | None = None,
    strips: Mapping[str, bytes] | None = None,
) -> Published:
    """Check the tables and publish them in `out`, which is replaced as a whole.

    `tables` holds frames by the names of `schemas.tables.TABLES`; one that is not given is published empty, `evidence`
    is made here. The tables that grow with the reports may come as `slices` instead (`publish.large`), in the order of
    their keys. `attachments` are further files by name (`ontology.ttl`), `strips` gives by report the parts of
    its pages that the atlas shows (`extractors.render.strips`). Raises SchemaViolation with
    everything that is wrong with the tables, ValueError for an unknown table or an attachment's name that is not a
    plain file name, publish.folder.FolderError when `out` cannot be replaced; `out` is then as it was.
    """
    meta = meta or DatasetCard()
    attachments = dict(attachments or {})
    _check_names(tables, attachments)
    small, violations = _small(tables)
    if slices is None:
        slices = [Slice({name: tables[name] for name in GIVEN if name in tables})]
    with replaced(out) as folder:
        large = write_large(folder, slices, {} if violations else small)
        if violations := [*violations, *large.violations]:
            order = list(TABLES)
            raise SchemaViolation(sorted(violations, key=lambda violation: order.index(violation.table)))
        for name, frame in small.items():
            with TableWriter(table(name), folder) as writer:
                writer.write(frame)
        for name in sorted(attachments):
            (folder / name).write_bytes(attachments[name])
        # The version comes from what carries the data, in a form that no library's version shapes: CSV and attachments.
        carried = {n: d for n, d in _digests(folder).items() if not n.endswith(".parquet")}
        version = version_of(meta, small["reports"], carried)
        write_sssom(folder / MAPPINGS, rows(folder, "labels"), small["concepts"], meta, version)
        write_database(folder / DATABASE, list(TABLES.values()), VIEWS, meta.about(version))
        _put(folder / ATLAS, atlas_html(folder / DATABASE, strips or {}))
        counted = large.rows | {name: len(frame) for name, frame in small.items()}
        _put(folder / "README.md", readme(meta, version, small["reports"], [(table(n), counted[n]) for n in TABLES]))
        said = edition(meta, version, small["reports"], large.period, _written(folder))
        for name, describe in DESCRIPTIONS.items():
            _put(folder / name, describe(said))
        digests = _digests(folder)
        _put(folder / MANIFEST, "".join(f"{digest}  {name}\n" for name, digest in digests.items()))
    return Published(out, version, digests)


DESCRIPTIONS: dict[str, Callable[[Edition], str]] = {
    datapackage.FILE: datapackage.datapackage,
    csvw.FILE: csvw.csvw,
    dcat.FILE: dcat.dcat,
    rocrate.FILE: rocrate.rocrate,
    croissant.FILE: croissant.croissant,
}
"""The files that describe the others, each with its writer. They describe no one another: a hash cannot go round."""

_TITLES = {
    DATABASE: "All tables and the views in one DuckDB database",
    ATLAS: "The dataset as one page to look at, in Dutch and English",
    MAPPINGS: "Label mappings (SSSOM)",
    "README.md": "What the dataset is and is not",
    "CHANGELOG.md": "What changed from version to version, by city and year",
    "ontology.ttl": "Concept scheme (SKOS)",
    "privacy.json": "How many cases were left out on request, and texts looked at and found not personal",
    **{f"{name}.csv": spec.title for name, spec in TABLES.items()},
    **{f"{name}.parquet": f"{spec.title} (Parquet)" for name, spec in TABLES.items()},
}


_SET_TITLE = "#mapping_set_title:"


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def _check_names(tables: Mapping[str, pd.DataFrame], attachments: Mapping[str, bytes]) -> None:
    for name in tables:
        if name not in TABLES:
            raise ValueError(f"There is no published table {name!r}. The tables are {', '.join(TABLES)}.")
    own = {f"{name}.{suffix}" for name in TABLES for suffix in ("csv", "parquet")}
    own |= {DATABASE, ATLAS, MAPPINGS, MANIFEST, "README.md", *DESCRIPTIONS}
    for name in attachments:
        if not _PLAIN_NAME.fullmatch(name) or name in own:
            raise ValueError(
                f"{name!r} cannot be attached: it must be a plain file name that the dataset does not use."
            )


def _small(tables: Mapping[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], list[Violation]]:
    """The tables that are no part of slices, checked and in order, and what is wrong with them."""
    frames: dict[str, pd.DataFrame] = {}
    violations: list[Violation] = []
    for name in TABLES:
        if name in LARGE:
            continue
        try:
            frames[name] = in_key_order(table(name), validate(name, tables.get(name, empty(name))))
        except SchemaViolation as error:
            violations.extend(error.violations)
    return frames, violations


def _digests(folder: Path) -> dict[str, str]:
    paths = sorted(folder.iterdir(), key=lambda path: path.name)
    return {path.name: sha256_of(path) for path in paths}


def _own_title(path: Path) -> str:
    """What a mapping set calls itself in its head; of another file its name."""
    if path.name.endswith(".sssom.tsv"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(_SET_TITLE):
                return f"Crosswalk (SSSOM): {line.removeprefix(_SET_TITLE).strip()}"
    return path.name


def _written(folder: Path) -> list[WrittenFile]:
    by_file = {f"{name}.{suffix}": spec for name, spec in TABLES.items() for suffix in ("csv", "parquet")}
    return [
        WrittenFile(
            name,
            _TITLES.get(name) or _own_title(folder / name),
            (folder / name).stat().st_size,
            digest,
            by_file.get(name),
        )
        for name, digest in _digests(folder).items()
    ]
