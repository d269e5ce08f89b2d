"""What is said of the dataset as a whole, once; every described file takes it from here."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

VOCABULARY = "https://w3id.org/klachtenatlas/"
"""Concept keys become addresses below this one: `outcome:founded` is <VOCABULARY>outcome/founded."""


@dataclass(frozen=True, slots=True)
class DatasetCard:
    """Name, title, terms and address of the dataset. `licence` is an SPDX identifier with its address."""

    name: str = "klachtenatlas"
    title: str = "Klachtenatlas: complaints as cities report them"
    description: str = (
        "Figures and cases from the complaint reports that cities publish, each with the page and the place where it "
        "is printed, its labels mapped to one concept scheme, and the contradictions found in it."
    )
    licence: str = "CC-BY-4.0"
    licence_url: str = "https://creativecommons.org/licenses/by/4.0/"
    homepage: str | None = None

    def about(self, version: str) -> dict[str, str]:
        """The card and the version as words and texts."""
        said = {"title": self.title, "version": version, "description": self.description}
        return {
            **said,
            "licence": f"{self.licence} {self.licence_url}",
            **({"homepage": self.homepage} if self.homepage else {}),
        }


def version_of(reports: pd.DataFrame, digests: Mapping[str, str]) -> str:
    """The version that these contents have: the latest reporting year and the first 12 digits of their common hash.

    `digests` maps the names of the files that carry the data to their SHA-256. No clock is read: the same contents have
    the same version on any day.
    """
    years = reports["reporting_year"].dropna()
    year = f"{int(years.max())}" if len(years) else "0"
    lines = "".join(f"{digests[name]}  {name}\n" for name in sorted(digests))
    return f"{year}.{hashlib.sha256(lines.encode()).hexdigest()[:12]}"
