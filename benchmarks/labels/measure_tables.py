"""Measures what the cells of a report's tables are said to mean, against what a reader decided.

    python -m benchmarks.labels.measure_tables OBSERVATIONS.csv --report ID [--truth FILE.yaml] [--misses N]

OBSERVATIONS.csv is a built dataset's. The truth (`antwerpen_tables.yaml`; its head says how it is written) holds the
meaning of rows and columns; a table of the dataset is the one of the truth that shares most of its cells' labels.
Prints shares of the cells: found in the truth, right period, right unit, right concepts (every facet of the cell, none
too much), all of these.
"""

from __future__ import annotations

import argparse
import calendar
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from ontology.scheme import FACETS

TRUTH = Path(__file__).parent / "antwerpen_tables.yaml"


@dataclass(frozen=True)
class Reading:
    """What one cell means: the sets of concepts that are right, those it may carry besides, period and unit."""

    sets: tuple[frozenset[str], ...]
    may: frozenset[str]
    start: str
    end: str
    unit: str | None


def label_key(label: str) -> str:
    """Labels are compared on their letters and digits: line breaks and hyphens are the reader's matter."""
    return " > ".join("".join(c for c in part.casefold() if c.isalnum() or c in "%&+@") for part in label.split(" > "))


def alternatives(entry: Mapping[str, Any]) -> list[dict[str, str]]:
    """The readings of one row, column or table, as concepts by facet."""
    found = []
    for text in str(entry.get("is", "-")).split(" / "):
        keys = [key for key in text.strip().split("+") if key != "-"]
        found.append({key.split(":")[0]: key for key in keys})
    return found


def reading(table: Mapping[str, Any], row: Mapping[str, Any], column: Mapping[str, Any], year: int) -> Reading:
    """What the cell of a row and a column means."""
    sets = tuple(
        frozenset({**a, **c, **r}.values())
        for a, c, r in product(alternatives(table.get("all", {})), alternatives(column), alternatives(row))
    )
    years = row.get("years", column.get("years", year))
    first, last = row.get("months", column.get("months", [1, 12]))
    return Reading(
        sets,
        frozenset(table.get("may", ())),
        f"{years}-{first:02d}-01",
        f"{years}-{last:02d}-{calendar.monthrange(years, last)[1]:02d}",
        column.get("unit"),
    )


def readings(truth: Mapping[str, Any]) -> dict[str, dict[tuple[str, str], Reading]]:
    """For each table of the truth the meaning of every pair of row and column label."""
    return {
        name: {
            place(str(r), str(c)): reading(table, row or {}, column or {}, truth["year"])
            for r, row in table["rows"].items()
            for c, column in table["columns"].items()
        }
        for name, table in truth["tables"].items()
    }


def place(row: str, column: str) -> tuple[str, str]:
    """The key of a cell by its printed labels."""
    return label_key(row), label_key(column)


def table_of(known: Mapping[str, Mapping[tuple[str, str], Reading]], cells: Iterable[tuple[str, str]]) -> str:
    """The table of the truth that has most of these cells (row label, column label)."""
    keys = [place(*cell) for cell in cells]
    return max(known, key=lambda name: sum(key in known[name] for key in keys))


def is_right(published: Iterable[str], wanted: Reading) -> bool:
    """Whether the published concepts are one of the right sets, apart from what the cell may carry besides."""
    said = frozenset(published)
    return any(good <= said and said - good <= wanted.may for good in wanted.sets)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("observations", type=Path)
    parser.add_argument("--report", required=True)
    parser.add_argument("--truth", type=Path, default=TRUTH)
    parser.add_argument("--misses", type=int, default=0)
    args = parser.parse_args()
    known = readings(yaml.safe_load(args.truth.read_text(encoding="utf-8")))
    by_table: dict[str, list[dict[str, str]]] = defaultdict(list)
    with args.observations.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["report_id"] == args.report and row["kind"] == "cell":
                by_table[row["table_id"]].append(row)
    if not by_table:
        print(f"{args.observations} holds no cell of {args.report}.", file=sys.stderr)
        return 2
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for rows in by_table.values():
        name = table_of(known, [(r["row_label"], r["column_label"]) for r in rows])
        for row in rows:
            tally[name]["cells"] += 1
            wanted = known[name].get(place(row["row_label"], row["column_label"]))
            if wanted is None:
                print(f"not in the truth: {row['row_label']} | {row['column_label']} ({name})", file=sys.stderr)
                continue
            concepts = [row[facet] for facet in FACETS if row[facet]]
            right = {
                "found": True,
                "period": (row["period_start"], row["period_end"]) == (wanted.start, wanted.end),
                "unit": wanted.unit is None or row["unit"] == wanted.unit,
                "concepts": is_right(concepts, wanted),
            }
            right["all"] = all(right.values())
            tally[name].update(k for k, good in right.items() if good)
            if not right["all"] and args.misses:
                args.misses -= 1
                wrong = ", ".join(k for k, good in right.items() if not good and k != "all")
                wants = " / ".join("+".join(sorted(s)) or "-" for s in wanted.sets)
                print(
                    f"  {wrong}: {row['row_label']} | {row['column_label']}: {'+'.join(concepts) or '-'} "
                    f"{row['period_start']} {row['period_end']} {row['unit']}; "
                    f"wants {wants} {wanted.start} {wanted.end}"
                )
    total: Counter[str] = Counter()
    for name, found in tally.items():
        total.update(found)
        print(f"{name:62} {found['cells']:4d}  " + shares(found))
    print(f"{'all tables':62} {total['cells']:4d}  " + shares(total))
    return 0


def shares(found: Mapping[str, int]) -> str:
    """The shares of one table as text."""
    return "  ".join(f"{k} {found.get(k, 0) / found['cells']:.3f}" for k in ("period", "unit", "concepts", "all"))


if __name__ == "__main__":
    sys.exit(main())
