"""The set of read labels can be trained on: its keys are the scheme's, its ids and its labels come once."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from ontology.scheme import load_scheme

ROOT = Path(__file__).parents[2]
COLUMNS = ["id", "body", "country", "language", "label", "context", "facet", "concept", "also", "sure", "source"]


@cache
def rows(path: Path = ROOT / "benchmarks" / "labels" / "public_lists.tsv") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_columns_are_all_filled_that_must_be() -> None:
    for row in rows():
        assert list(row) == COLUMNS
        assert all(row[c] == row[c].strip() for c in COLUMNS), row["id"]
        assert all(row[c] for c in COLUMNS if c != "also"), row["id"]
        assert row["sure"] in {"0", "1"}


def test_ids_and_labels_of_a_body_come_once() -> None:
    assert [i for i, n in Counter(r["id"] for r in rows()).items() if n > 1] == []
    assert [k for k, n in Counter((r["body"], r["context"], r["label"]) for r in rows()).items() if n > 1] == []


def test_every_key_is_a_concept_of_the_scheme() -> None:
    concepts = load_scheme().concepts
    for row in rows():
        keys = [row["concept"], *row["also"].split()]
        assert [k for k in keys if k != "none" and k not in concepts] == [], row["id"]
        assert len(set(keys)) == len(keys), row["id"]
        assert row["facet"] == row["concept"].split(":")[0]


@pytest.mark.shared
def test_no_body_is_one_that_the_matcher_is_measured_on() -> None:
    measured = {r["body"] for r in rows(ROOT.parent / "shared" / "labels" / "dev.tsv")}
    assert measured.isdisjoint(r["body"] for r in rows())
