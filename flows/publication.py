"""Hands the checked tables to the writers, with the concept scheme beside them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def write(tables: dict[str, pd.DataFrame], out: Path) -> None:
    """Writes the dataset into `out` as a whole, or leaves what is there."""
    from ontology.scheme import turtle
    from publish.card import DatasetCard
    from publish.dataset import write_dataset

    write_dataset(tables, out, meta=DatasetCard(), attachments={"ontology.ttl": turtle()})
