"""Measures the reconciliation on published reports whose contradictions were worked out by hand.

    python -m benchmarks.reconciliation.measure_published [FOLDER] [--misses]

FOLDER holds PDFs; those whose name is a report of `published_contradictions.yaml` are held against it, all others
against the first report there, which `python -m benchmarks.layouts antwerpen --out FOLDER` sets again in other layouts.
Without a folder the shared corpus is read. Each PDF is read, interpreted and reconciled as in a build. Printed for
each: how many of the listed contradictions were found with place, printed and expected value, of the proven ones and of
all, and which findings called `error` are not in the list.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from benchmarks.layouts.antwerpen import shared_folder
from reconciliation import reconcile

LISTED = Path(__file__).with_name("published_contradictions.yaml")


@dataclass(frozen=True)
class Contradiction:
    """One listed contradiction: a part of the body's name and of the row's label, and the two numbers."""

    body: str
    row: str
    printed: float
    expected: float
    sure: str
    missed: str = ""

    def is_said_by(self, finding: Any) -> bool:
        """Whether a row of `findings` says just this: the body, the place and both numbers, whichever was printed."""
        numbers = {(self.printed, self.expected), (self.expected, self.printed)}
        if self.sure == "proven":
            numbers = {(self.printed, self.expected)}
        return (
            self.body.casefold() in str(finding.organisation).casefold()
            and self.row.casefold() in str(finding.row_label).casefold()
            and (finding.printed, finding.expected) in numbers
        )


def listed() -> dict[str, list[Contradiction]]:
    """The contradictions of each report by its name."""
    every: Mapping[str, Sequence[Mapping[str, Any]]] = yaml.safe_load(LISTED.read_text(encoding="utf-8"))
    return {report: [Contradiction(**each) for each in some] for report, some in every.items()}


@dataclass(frozen=True)
class Score:
    """What was found of a list; `alarms` are errors that are not in it."""

    found: tuple[Contradiction, ...]
    missing: tuple[Contradiction, ...]
    errors: int
    alarms: tuple[str, ...]

    def share(self, *, proven: bool) -> tuple[int, int]:
        """How many of the proven ones, or of all, were found, and how many there are."""
        found = [c for c in self.found if c.sure == "proven" or not proven]
        missing = [c for c in self.missing if c.sure == "proven" or not proven]
        return len(found), len(found) + len(missing)


def score(findings: pd.DataFrame, wanted: Sequence[Contradiction]) -> Score:
    """Findings held against a list."""
    rows = list(findings.itertuples())
    found = tuple(c for c in wanted if any(c.is_said_by(row) for row in rows))
    errors = [row for row in rows if row.severity == "error"]
    alarms = tuple(row.message for row in errors if not any(c.is_said_by(row) for c in wanted))
    return Score(found, tuple(c for c in wanted if c not in found), len(errors), alarms)


def findings_of(path: Path, publisher: str, city: str, year: int) -> tuple[pd.DataFrame, int, float]:
    """The findings on one Dutch PDF, read as a build reads it; the numbers in it; the seconds that the checks took."""
    from extractors.report import read_report
    from ontology.decisions import load
    from ontology.interpret import interpret
    from ontology.matching import Matcher
    from schemas.catalogue import Entry

    entry = Entry(path.stem, city, "BE", publisher, path.stem, year, "nl", "facsimile")
    observations = interpret(read_report(path, "nl"), entry, Matcher(decisions=load())).observations
    began = time.process_time()
    found = reconcile(observations, language_by_report={path.stem: "nl"})
    return found, len(observations), time.process_time() - began


def _pdfs(folder: Path | None) -> Iterator[Path]:
    shared = shared_folder()
    if folder is not None:
        yield from sorted(folder.glob("*.pdf"))
    elif shared is not None:
        yield from (shared / "corpus" / f"{name}.pdf" for name in listed())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--misses", action="store_true", help="name what was missed and what is not in the list")
    given = parser.parse_args()
    every = listed()
    usual = next(iter(every))
    for path in _pdfs(given.folder):
        name = path.stem if path.stem in every else usual
        city, year = name.split("-")
        found, size, seconds = findings_of(path, f"Stad {city.title()}", city.title(), int(year))
        one = score(found, every[name])
        proven, all_of = one.share(proven=True), one.share(proven=False)
        print(
            f"{path.stem:20} proven {proven[0]:2}/{proven[1]:2}  all {all_of[0]:2}/{all_of[1]:2}  "
            f"errors {one.errors:2}, not in the list {len(one.alarms)}  {size} numbers in {seconds:.2f} s"
        )
        if given.misses:
            for missing in one.missing:
                print(f"    missed: {missing.body} {missing.row} {missing.printed:g} -> {missing.expected:g}")
            for alarm in one.alarms:
                print(f"    not listed: {alarm}")


if __name__ == "__main__":
    main()
