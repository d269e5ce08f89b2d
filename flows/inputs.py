"""What a dataset was made of: the reports, the records beside them, the program with its scheme and decisions.

Every build keeps a list of its inputs in the cache, and their bytes, so that two builds can be compared by swapping one
input after the other. A file is kept as a second name of the same bytes (a hard link) where that is possible, and is
used only while its hash is still the listed one. `flows.crate` packs the same files into an archive.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flows.catalogue import CHECKSUMS, Catalogue
from flows.publication import CHANGELOG, MANIFEST
from flows.store import program_files
from ontology.decisions import FOLDER
from schemas.files import copy_atomically, sha256_of, write_atomically

RAW, CODE = "raw_reports", "code"
_ROOT = Path(__file__).resolve().parent.parent
_ROOMS = ("extractors", "ontology", "reconciliation", "publish", "schemas", "flows")
_BESIDE = ("pyproject.toml", "requirements.lock", "LICENSE", "LICENSE-DATA")
_LISTS = "inputs"
_DECISIONS = "ontology/decisions"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files by the path that they have in a tree (`raw_reports/x.pdf`, `code/ontology/matching.py`).

    `places` says where the bytes are now, `digests` which they are (SHA-256).
    """

    places: Mapping[str, Path]
    digests: Mapping[str, str]

    def keep(self, dataset: Path, cache: Path) -> None:
        """Remembers that `dataset` was made of these; what cannot be kept costs a later comparison its proof only."""
        with contextlib.suppress(OSError):
            for path, digest in self.digests.items():
                kept = _kept(cache, digest)
                if not kept.exists() or sha256_of(kept) != digest:  # a linked report was written over
                    kept.unlink(missing_ok=True)
                    kept.parent.mkdir(parents=True, exist_ok=True)
                    _link(self.places[path], kept)
            listed = _list(dataset, cache)
            write_atomically(listed, json.dumps(dict(sorted(self.digests.items())), indent=0))

    def lay(self, tree: Path) -> None:
        """Copies all files into the folder `tree`."""
        for path, place in self.places.items():
            target = tree / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(place, target)


def gathered(catalogue: Catalogue) -> Inputs:
    """The inputs of a build of `catalogue` by the program that runs now."""
    places = {f"{CODE}/{path.relative_to(_ROOT).as_posix()}": path for path in program_files(_ROOMS)}
    if FOLDER != _ROOT / _DECISIONS:  # KLACHTENATLAS_DECISIONS names another folder
        places = {path: place for path, place in places.items() if not path.startswith(f"{CODE}/{_DECISIONS}/")}
        places |= {f"{CODE}/{_DECISIONS}/{path.name}": path for path in FOLDER.glob("*.tsv")}
    places |= {f"{CODE}/{name}": _ROOT / name for name in _BESIDE if (_ROOT / name).is_file()}
    root = catalogue.root.resolve()
    beside = [*root.glob("*.yaml"), root / CHANGELOG, root / CHECKSUMS]
    hashed = {source.path.resolve(): source.sha256 for source in catalogue.sources}
    hashed |= {path.resolve(): digest for path, digest in catalogue.loose}
    for path in (*beside, *hashed):
        if path.is_file() and path.is_relative_to(root):
            places[f"{RAW}/{path.relative_to(root).as_posix()}"] = path
    places = dict(sorted(places.items()))
    return Inputs(places, {path: hashed.get(place) or sha256_of(place) for path, place in places.items()})


def known(dataset: Path, cache: Path) -> bool:
    """Whether the cache has a list of what `dataset` was made of."""
    return _list(dataset, cache).is_file()


def recalled(dataset: Path, cache: Path) -> Inputs | None:
    """The inputs that `dataset` was made of, when the cache still has them all; None otherwise."""
    try:
        digests: dict[str, str] = json.loads(_list(dataset, cache).read_text(encoding="utf-8"))
        places = {path: _kept(cache, digest) for path, digest in digests.items()}
        if all(sha256_of(place) == digests[path] for path, place in places.items()):
            return Inputs(places, digests)
    except (OSError, ValueError):
        pass
    return None


def found_in(tree: Path) -> Inputs:
    """The inputs that lie in a tree as `Inputs.lay` makes it."""
    files = sorted(path for part in (RAW, CODE) for path in (tree / part).rglob("*") if path.is_file())
    places = {path.relative_to(tree).as_posix(): path for path in files}
    return Inputs(places, {path: sha256_of(place) for path, place in places.items()})


def _list(dataset: Path, cache: Path) -> Path:
    return cache / _LISTS / f"{sha256_of(dataset / MANIFEST)}.json"


def _kept(cache: Path, digest: str) -> Path:
    return cache / _LISTS / digest[:2] / digest


def _link(source: Path, target: Path) -> None:
    """Another name for a report, a copy of any other file: editors write source files in place."""
    if source.suffix.lower() == ".pdf":
        with contextlib.suppress(OSError):  # another file system, or one without links
            os.link(source, target)
            return
    copy_atomically(source, target)
