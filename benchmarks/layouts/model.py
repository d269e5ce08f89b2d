"""The truth of a generated document: table parts with their cells, and every number with its labels.

Pages count from 1; boxes are points from the top left corner of the page as a person sees it. Texts are what is printed
with the hyphens of line breaks undone; raised marks stand in them as plain characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class TrueCell:
    """A cell of one part; rows and columns count from 0 within the part."""

    row: int
    col: int
    text: str
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class TruePart:
    """What stands of table `table` on one page. `box` encloses the text of its cells, padding and rules left out."""

    table: int
    page: int
    box: Rectangle
    header_rows: int
    cells: tuple[TrueCell, ...]
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Labelled:
    """One printed number: its labels from the outermost level inwards (marks left out), its value and unit."""

    table: int
    page: int
    row_path: tuple[str, ...]
    column_path: tuple[str, ...]
    printed: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Truth:
    """One document. `traits` name the style, the placement and the peculiarities, and are what scores are grouped by.

    `tables` holds a sentence on each logical table; a document without tables shows decoys only.
    """

    file: str
    language: str
    pages: int
    traits: tuple[str, ...]
    tables: tuple[str, ...]
    parts: tuple[TruePart, ...]
    labelled: tuple[Labelled, ...]


_truth = TypeAdapter(Truth)


def save(truth: Truth, path: Path) -> None:
    """Writes `truth` as JSON."""
    path.write_bytes(_truth.dump_json(truth, indent=1))


def load(path: Path) -> Truth:
    """Reads what `save` wrote; raises pydantic.ValidationError when it is something else."""
    return _truth.validate_json(path.read_bytes())
