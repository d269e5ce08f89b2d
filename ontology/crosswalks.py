"""Crosswalks: what categories of public vocabularies mean in the scheme, as SSSOM TSV in `ontology/crosswalks/`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "crosswalks"


@dataclass(frozen=True, slots=True)
class Crossing:
    """One category of another vocabulary. `predicate` goes from it to the concept: `skos:broadMatch`, and so on."""

    label: str
    parent: str
    predicate: str
    concept: str
    comment: str


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """A vocabulary with its mappings."""

    name: str
    title: str
    source: str
    crossings: tuple[Crossing, ...]


def load(folder: Path = FOLDER) -> tuple[Crosswalk, ...]:
    """All crosswalks, by name."""
    return tuple(_read(path) for path in sorted(folder.glob("*.sssom.tsv")))


def files(folder: Path = FOLDER) -> dict[str, bytes]:
    """The crosswalks as they are published beside the dataset: `crosswalk-<name>.sssom.tsv`, byte for byte."""
    return {f"crosswalk-{path.name}": path.read_bytes() for path in sorted(folder.glob("*.sssom.tsv"))}


def _read(path: Path) -> Crosswalk:
    lines = path.read_text(encoding="utf-8").splitlines()
    head = yaml.safe_load("\n".join(line[1:] for line in lines if line.startswith("#")))
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    crossings = tuple(
        Crossing(r["subject_label"], r["subject_category"], r["predicate_id"], r["object_id"], r["comment"])
        for r in rows
    )
    return Crosswalk(path.name.removesuffix(".sssom.tsv"), head["mapping_set_title"], head["subject_source"], crossings)
