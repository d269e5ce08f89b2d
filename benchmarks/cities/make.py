"""Writes a folder of synthetic reports: the PDFs, their catalogue, and what is true of each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import yaml

from benchmarks.cities.model import WORDS, Report, first_year, next_year
from benchmarks.cities.pdf import write

FIRST = 2021


def reports(cities: int, years: int, seed: int, *, renames: float = 0, moves: int = 0, slips: int = 0) -> list[Report]:
    """`cities` × `years` reports; what drifts, drifts every year after the first."""
    made = []
    for city in range(cities):
        report = first_year(city, FIRST, seed)
        made.append(report)
        for _ in range(years - 1):
            report = next_year(report, seed, renames=renames, moves=moves, slips=slips)
            made.append(report)
    return made


def make(folder: Path, given: Iterable[Report], pages: int, seed: int) -> None:
    """The reports as PDFs under `folder`, with catalogue.yaml and truth.json; a PDF that is there already is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    entries, truth = [], {}
    for report in given:
        path = folder / f"{report.id}.pdf"
        if not path.exists():
            unfinished = path.with_suffix(".part")
            write(report, unfinished, pages, seed)
            unfinished.rename(path)
        entries.append(entry(report))
        truth[report.id] = asdict(report) | {"tables": [_plain(asdict(table)) for table in report.tables]}
    text = yaml.safe_dump({"reports": entries}, allow_unicode=True, sort_keys=False)
    (folder / "catalogue.yaml").write_text(text, encoding="utf-8")
    (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")


def entry(report: Report) -> dict[str, object]:
    """The report's catalogue entry."""
    words = WORDS[report.language]
    return {
        "id": report.id,
        "city": f"{report.name} {report.city}",
        "country": {"nl": "BE", "fr": "BE", "de": "CH", "en": "GB"}[report.language],
        "publisher": words.publisher.format(name=report.name),
        "title": words.title.format(year=report.year),
        "reporting_year": report.year,
        "language": report.language,
        "file": f"{report.id}.pdf",
        "edition": "synthetic",
    }


def _plain(table: dict[str, object]) -> dict[str, object]:
    printed = table["printed"]
    assert isinstance(printed, dict)
    return table | {"printed": [[*place, text] for place, text in printed.items()]}
