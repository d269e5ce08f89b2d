"""Crosswalks to public vocabularies: every mapping is sound, and says how near the two are."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml

from ontology.crosswalks import files
from ontology.decisions import MANUAL, NO_TERM
from ontology.scheme import SOURCE, load_scheme

FILES = sorted((SOURCE.parent / "crosswalks").glob("*.sssom.tsv"))
RELATIONS = {f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")}


def parts(path: Path) -> tuple[dict[str, object], list[dict[str, str]]]:
    """The header and the rows of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = yaml.safe_load("\n".join(line[1:] for line in lines if line.startswith("#")))
    return head, list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


def test_the_crosswalks_that_the_docs_name_are_there() -> None:
    names = [path.name.split(".")[0] for path in FILES]
    assert names == ["amsterdam-signalen", "behoorlijkheidswijzer", "fix-my-street-brussels"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_mapping_leads_to_a_concept_and_says_how_near_it_is(path: Path) -> None:
    scheme = load_scheme()
    head, rows = parts(path)
    prefixes = head["curie_map"]
    assert isinstance(prefixes, dict) and len(rows) > 20
    assert [r["subject_id"] for r in rows] == sorted({r["subject_id"] for r in rows})
    for row in rows:
        assert row["subject_id"].split(":")[0] in prefixes
        assert row["subject_label"] and row["mapping_justification"] == MANUAL
        assert row["predicate_id"] in RELATIONS
        if row["object_id"] == NO_TERM:
            assert row["comment"], row["subject_label"]
            continue
        assert scheme.current(row["object_id"]) == row["object_id"], row["subject_label"]
        assert row["object_id"].split(":")[0] in prefixes
        assert row["object_label"] == scheme.label(row["object_id"], "en")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_is_not_quite_the_same_has_its_reason(path: Path) -> None:
    unsaid = [
        row["subject_label"]
        for row in parts(path)[1]
        if not row["comment"] and row["predicate_id"] != "skos:exactMatch"
    ]
    assert unsaid == []


def test_reasons_name_concepts_that_exist() -> None:
    scheme = load_scheme()
    words = [w.strip(";,.") for path in FILES for row in parts(path)[1] for w in row["comment"].split()]
    keys = [w for w in words if w.split(":")[0] in {c.facet for c in scheme} and ":" in w]
    assert len(keys) > 10
    assert [key for key in keys if key not in scheme] == []


def test_the_crosswalks_are_published_as_they_are() -> None:
    assert files() == {f"crosswalk-{path.name}": path.read_bytes() for path in FILES}
