"""`python -m benchmarks.narrative.measure_cases`: cases set in many layouts and four languages, read and compared.

Without options the made-up stories of this folder are set; `--published` sets the shared report's cases instead.
A case is found when its title (and its date, where the layout prints one) is. Texts are compared by the share of equal
letters and digits (difflib).
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from benchmarks.layouts.antwerpen import shared_folder
from benchmarks.layouts.generate import compiled
from benchmarks.narrative import flow, manners
from benchmarks.narrative.book import WORDS, Story, published, stories
from benchmarks.narrative.manners import Manner
from extractors.report import read_report
from flows.steps import matcher
from ontology.interpret import interpret
from schemas.catalogue import Entry

UNDATED = ("number", "title")
ALIKE = 0.97


@dataclass(frozen=True, slots=True)
class Score:
    """Of one document: how many cases there are, were found, were right; shares of the found ones, from 0 to 1."""

    truth: int
    found: int
    matched: int
    outcome: float
    section: float
    follow_up: float
    complaint: float
    handling: float
    notes: tuple[str, ...] = ()


def plain(text: str | None) -> str:
    """Letters and digits only, small, without accents."""
    bare = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text or "").casefold())
    return re.sub(r"[^0-9a-z]", "", "".join(c for c in bare if not unicodedata.combining(c)))


def alike(a: str, b: str | None) -> float:
    """How alike two texts are, from 0 to 1."""
    return SequenceMatcher(None, plain(a), plain(b), autojunk=False).ratio()


def _filled(value: object) -> str:
    return value if isinstance(value, str) else ""


def score(told: Sequence[Story], rows: Sequence[dict], manner: Manner) -> Score:
    """Compares the rows of the cases frame with what was told."""
    left = list(rows)
    pairs: list[tuple[Story, dict]] = []
    notes: list[str] = []
    dated = manner.head not in UNDATED or manner.body == "rows"
    for story in told:
        hit = next(
            (r for r in left if plain(story.title) in plain(r["title"]) and (not dated or r["date"] == story.date)),
            None,
        )
        if hit is None:
            notes.append(f"missed: {story.title}")
        else:
            left.remove(hit)
            pairs.append((story, hit))
    notes += [f"made up: {r['title']} (page {r['page_first']})" for r in left]
    sums = dict.fromkeys(("outcome", "section", "follow_up", "complaint", "handling"), 0.0)
    for story, row in pairs:
        bare = story.follow_up.split(":", 1)[1] if story.follow_up else ""
        labelled = f"{WORDS[story.language].labels[manner.labels][3]}: {bare}"
        follows = bool(story.follow_up) and manner.body != "rows"
        got = {
            "outcome": float(_filled(row["outcome"]).startswith(story.outcome)),
            "section": float(plain(_filled(row["section"])) == plain(story.section)),
            "follow_up": max(alike(t, _filled(row["follow_up"])) for t in (story.follow_up or "", bare, labelled))
            if follows
            else float(not _filled(row["follow_up"])),
            "complaint": alike(story.complaint, row["complaint"]),
            "handling": max(
                alike(t, row["handling"])
                for t in (story.handling, f"{story.handling} {story.printed}", f"{story.handling} "
                          f"{WORDS[story.language].labels[manner.labels][2]} {story.printed}")
            ),
        }  # fmt: skip
        for name, value in got.items():
            sums[name] += value
            if value < ALIKE:
                seen = {"outcome": f"{row['outcome']} ({row['outcome_label']})"}.get(name, row[name])
                notes.append(f"{name} {value:.2f} of “{story.title}”: {seen}")
    n = max(1, len(pairs))
    return Score(len(told), len(rows), len(pairs), *(sums[k] / n for k in sums), tuple(notes))


def read(pdf: bytes, told: Sequence[Story]) -> list[dict]:
    """The rows of the cases frame that the project makes of a document."""
    language = told[0].language
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases.pdf"
        path.write_bytes(pdf)
        report = read_report(path, language, reporting_year=2023)
    entry = Entry("made-up", "Lindenhove", "BE", "", "", 2023, language, "synthetic")
    return interpret(report, entry, matcher()).cases.to_dict("records")


def main() -> None:
    """Prints one line a layout and language, and what went wrong with `-v`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.narrative.measure_cases", description=__doc__)
    parser.add_argument("--published", action="store_true", help="set the cases of the shared report")
    parser.add_argument("--only", default="", help="only layouts whose name contains this")
    parser.add_argument("--languages", default="nl,fr,de,en")
    parser.add_argument("--keep", type=Path, help="write the PDFs to this folder, outside the project")
    parser.add_argument("-v", "--verbose", action="store_true")
    given = parser.parse_args()
    shared = shared_folder()
    if given.published and shared is None:
        sys.exit("The shared corpus was not found; set KLACHTENATLAS_SHARED to its folder.")
    books = [published(shared)] if given.published and shared else [stories(x) for x in given.languages.split(",")]
    print("| layout | language | cases | recall | precision | outcome | section | follow-up | complaint | handling |")
    print("| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: |")
    for manner in (*manners.MANNERS, *flow.MANNERS):
        if given.only not in manner.name:
            continue
        for told in books:
            pdf = flow.document(told, manner) if manner in flow.MANNERS else compiled(manners.source(told, manner))[0]
            if given.keep:
                given.keep.mkdir(parents=True, exist_ok=True)
                (given.keep / f"{manner.name}-{told[0].language}.pdf").write_bytes(pdf)
            s = score(told, read(pdf, told), manner)
            shares = (s.matched / s.truth, s.matched / max(1, s.found), s.outcome, s.section, s.follow_up, s.complaint)
            shown = " | ".join(f"{x:.3f}" for x in (*shares, s.handling))
            print(f"| {manner.name} | {told[0].language} | {s.truth} | {shown} |", flush=True)
            if given.verbose:
                print("\n".join(f"    {note}" for note in s.notes))


if __name__ == "__main__":
    main()
