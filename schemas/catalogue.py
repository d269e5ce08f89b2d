"""The catalogue of reports: one entry a report, read from `raw_reports/catalogue.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

LANGUAGES = ("nl", "fr", "de", "en")
Edition = Literal["original", "facsimile", "synthetic"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One report. `file` is relative to the catalogue's folder; None when it was never fetched.

    `url_kind` says whether `url` is the `pdf` itself or a `page` that leads to it, `fetch_to` where a fetch puts it
    (like `file`). `earlier` are the SHA-256 of editions that the publisher replaced since. `inferred` names the fields
    that no person gave: a PDF without an entry is read all the same. `hints` is what a layout needs said about it
    (design rule: near zero of them).
    """

    id: str
    city: str
    country: str
    publisher: str
    title: str
    reporting_year: int
    language: str
    edition: Edition
    url: str | None = None
    url_kind: str | None = None
    fetch_to: str | None = None
    file: str | None = None
    sha256: str | None = None
    licence: str | None = None
    supersedes: str | None = None
    earlier: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()
    hints: dict[str, object] = field(default_factory=dict)
