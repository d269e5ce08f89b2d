"""Hands the tables to the writers, with the concept scheme beside them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from schemas.tables import PageSizes


def write(tables: Mapping[str, pd.DataFrame], out: Path, page_sizes: PageSizes) -> None:
    """Checks the dataset as a whole and writes it into `out`, or leaves what is there and raises."""
    from publish.dataset import write_dataset

    write_dataset(tables, out, attachments={"ontology.ttl": scheme_as_turtle()}, page_sizes=page_sizes)


def scheme_as_turtle() -> bytes:
    """The scheme's sources, one facet after the other: Turtle may state its prefixes again."""
    from ontology.scheme import SOURCE

    return b"\n".join(path.read_bytes() for path in sorted(SOURCE.glob("*.ttl")))
