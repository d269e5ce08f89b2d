"""`python -m benchmarks.narrative.draw --seed N`: prose observations drawn at random, for a person to read.

Drawn from the bundled reports and, where it is there, the shared corpus. With `--sentences` each one comes with its
sentence, for reading; without, as the table that the documentation publishes, whose last column a person fills in.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import pandas as pd
import yaml

from benchmarks.layouts.antwerpen import shared_folder
from extractors.report import read_report
from flows.steps import matcher
from ontology.interpret import interpret
from schemas.catalogue import Entry

REPORTS = Path(__file__).parents[2] / "raw_reports"
SHARED = {
    "antwerpen-2023": ("Antwerpen", "Stad Antwerpen", 2023),
    "oostende-2022": ("Oostende", "Ombudsdienst Oostende", 2022),
}


def observations() -> pd.DataFrame:
    """All prose observations, sorted by report and place."""
    known = matcher()
    frames = []
    for row in yaml.safe_load((REPORTS / "catalogue.yaml").read_text(encoding="utf-8"))["reports"]:
        if row.get("file"):
            entry = Entry(row["id"], row["city"], row["country"], row["publisher"], row["title"],
                          row["reporting_year"], row["language"], row["edition"])  # fmt: skip
            frames.append(_prose(REPORTS / row["file"], entry, known))
    shared = shared_folder()
    for name, (city, publisher, year) in SHARED.items() if shared else ():
        entry = Entry(name, city, "BE", publisher, name, year, "nl", "original")
        frames.append(_prose(shared / "corpus" / f"{name}.pdf", entry, known))  # type: ignore[operator]
    return pd.concat(frames, ignore_index=True).sort_values(["report_id", "page", "top", "x0"], ignore_index=True)


def _prose(path: Path, entry: Entry, known) -> pd.DataFrame:  # type: ignore[no-untyped-def]
    report = read_report(path, entry.language, publisher=entry.publisher, reporting_year=entry.reporting_year)
    frame = interpret(report, entry, known).observations
    return frame[frame["kind"] == "prose"]


def main() -> None:
    """Prints the draw."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.narrative.draw", description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--n", type=int, default=100)
    parser.add_argument("--sentences", action="store_true")
    given = parser.parse_args()
    frame = observations()
    drawn = frame.loc[sorted(random.Random(given.seed).sample(range(len(frame)), min(given.n, len(frame))))]
    print(f"{len(drawn)} of {len(frame)} prose observations, seed {given.seed}\n")
    if not given.sentences:
        print("| report | page | printed | value | unit | measure | what is counted | year | right |")
        print("| --- | --: | --- | --: | --- | --- | --- | --- | --- |")
    for number, row in enumerate(drawn.to_dict("records"), start=1):
        years = f"{row['period_start']:%Y}" if pd.notna(row["period_start"]) else ""
        if pd.notna(row["period_end"]) and f"{row['period_end']:%Y}" != years:
            years += f"–{row['period_end']:%Y}"
        label = row["row_label"].replace("|", "/")
        if row["report_id"] in SHARED and not given.sentences:  # their words are not ours
            label = " ".join(label.split()[:4]) + (" …" if len(label.split()) > 4 else "")
        cells = (row["report_id"], row["page"], row["value_printed"], f"{row['value']:g}", row["unit"],
                 row["measure"], label, years)  # fmt: skip
        if given.sentences:
            concepts = [str(row[k]) for k in ("signal", "subject", "outcome", "channel") if isinstance(row[k], str)]
            print(f"{number}. {' | '.join(map(str, cells))} | {row['organisation']} | {' '.join(concepts)}")
            print(f"     {row['sentence']}")
        else:
            print(f"| {' | '.join(map(str, cells))} |  |")


if __name__ == "__main__":
    main()
