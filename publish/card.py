"""What is said of the dataset as a whole, once; every described file takes it from here.

`DatasetCard` is what stays the same from build to build, `Edition` what one build adds to it: version, coverage,
sources, files. The writers of metadata (Data Package, CSVW, DCAT-AP, RO-Crate, Croissant) know nothing but an
`Edition`, so they cannot disagree.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from schemas.columns import Table

VOCABULARY = "https://w3id.org/klachtenatlas/"
"""Concept keys become addresses below this one: `outcome:founded` is <VOCABULARY>outcome/founded."""

_MEDIA_TYPES = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "duckdb": "application/vnd.duckdb",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "md": "text/markdown",
    "json": "application/json",
    "html": "text/html",
}


@dataclass(frozen=True, slots=True)
class DatasetCard:
    """Name, title, terms and address of the dataset. `licence` is an SPDX identifier with its address.

    `released` is the day that the catalogue gives for this release; None for a build that is no release.
    """

    name: str = "klachtenatlas"
    title: str = "Klachtenatlas: complaints as cities report them"
    description: str = (
        "Figures and cases from the complaint reports that cities publish, each with the page and the place where it "
        "is printed, its labels mapped to one concept scheme, and the contradictions found in it."
    )
    licence: str = "CC-BY-4.0"
    licence_url: str = "https://creativecommons.org/licenses/by/4.0/"
    creator: str = "The Klachtenatlas contributors"
    keywords: tuple[str, ...] = ("complaints", "ombudsman", "municipalities", "open data", "PDF table extraction")
    homepage: str | None = None
    released: date | None = None

    @property
    def address(self) -> str:
        """The dataset's own identifier, the same for all its versions."""
        return f"{VOCABULARY}dataset"

    def about(self, version: str) -> dict[str, str]:
        """The card and the version as words and texts."""
        said = {"title": self.title, "version": version, "description": self.description}
        return {
            **said,
            "licence": f"{self.licence} {self.licence_url}",
            **({"homepage": self.homepage} if self.homepage else {}),
        }


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file of the dataset: its name, title, size in bytes, SHA-256, and for a table's CSV or Parquet the table."""

    name: str
    title: str
    bytes: int
    sha256: str
    table: Table | None = None

    @property
    def suffix(self) -> str:
        """What follows the name's last point."""
        return self.name.rpartition(".")[2]

    @property
    def media_type(self) -> str:
        """Its IANA media type (or the nearest there is)."""
        return _MEDIA_TYPES.get(self.suffix, "application/octet-stream")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a report is about: ISO 3166-1 alpha-2 country, name of the city or region."""

    country: str
    name: str


@dataclass(frozen=True, slots=True)
class Source:
    """A report that the dataset was read from. `url` only where it is an address that can be followed."""

    report_id: str
    title: str
    publisher: str
    year: int | None
    url: str | None
    file: str | None
    sha256: str | None
    licence: str | None
    edition: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of the dataset: what the card says, and what these contents add.

    `published` is the day of the release; for a build that is none, the last day of its latest reporting year: no clock
    is read. `period` is the first and last day that a number is about, None without numbers.
    """

    card: DatasetCard
    version: str
    published: date
    period: tuple[date, date] | None
    places: tuple[Place, ...]
    languages: tuple[str, ...]
    sources: tuple[Source, ...]
    files: tuple[WrittenFile, ...] = ()

    @property
    def csv_files(self) -> tuple[WrittenFile, ...]:
        """The files that hold a table as CSV."""
        return tuple(file for file in self.files if file.table and file.suffix == "csv")

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries of its places, each once."""
        return tuple(sorted({place.country for place in self.places}))


def edition(
    card: DatasetCard,
    version: str,
    reports: pd.DataFrame,
    period: tuple[date, date] | None,
    files: Sequence[WrittenFile],
) -> Edition:
    """What is to be said of these reports and files; `period` as in Edition."""
    year = _latest_year(reports) or 1970
    return Edition(
        card,
        version,
        card.released or date(year, 12, 31),
        period,
        tuple(sorted({Place(*pair) for pair in zip(reports["country"], reports["city"], strict=True)})),
        tuple(sorted(set(reports["language"].dropna()))),
        tuple(_sources(reports)),
        tuple(files),
    )


def version_of(card: DatasetCard, reports: pd.DataFrame, digests: Mapping[str, str]) -> str:
    """The version that these contents have: `2026.11.24+0d2a67960b18`, the day of the release and what is in it.

    A build that is no release has the latest reporting year and two noughts for the day (`2023.0.0+0d2a67960b18`).
    `digests` maps the names of the files that carry the data to their SHA-256; the part behind the plus is the first 12
    digits of their common hash. No clock is read: the same contents have the same version on any day.
    """
    day = card.released
    calendar = f"{day.year}.{day.month}.{day.day}" if day else f"{_latest_year(reports) or 0}.0.0"
    lines = "".join(f"{digests[name]}  {name}\n" for name in sorted(digests))
    return f"{calendar}+{hashlib.sha256(lines.encode()).hexdigest()[:12]}"


def _latest_year(reports: pd.DataFrame) -> int | None:
    years = reports["reporting_year"].dropna()
    return int(years.max()) if len(years) else None


def _sources(reports: pd.DataFrame) -> list[Source]:
    rows = reports.astype(object).where(reports.notna(), None).to_dict("records")
    return [
        Source(
            row["report_id"],
            row["title"],
            row["publisher"],
            row["reporting_year"],
            # Only addresses that a reader can follow; a catalogue may hold a note where no address is known.
            row["url"] if str(row["url"]).startswith(("https://", "http://")) else None,
            row["file"],
            row["sha256"],
            row["licence"],
            row["edition"],
        )
        for row in rows
    ]
