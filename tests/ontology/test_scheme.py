from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from printed_truth import shared_folder

from ontology.scheme import COMPILED, FACETS, LANGUAGES, SchemeError, check, load_scheme, read_turtle, source_hash


def test_every_concept_has_a_label_in_four_languages_and_a_definition():
    for concept in load_scheme():
        assert set(concept.preferred) == set(LANGUAGES), concept.key
        assert concept.definition_en, concept.key


def test_scheme_breaks_none_of_its_rules():
    assert check(load_scheme()) == []


def test_compiled_scheme_is_of_the_present_turtle():
    data = json.loads(COMPILED.read_text(encoding="utf-8"))
    assert data["source"] == source_hash(), "run `python -m ontology.scheme` after an edit of ontology/scheme/*.ttl"


def test_compiled_scheme_says_what_the_turtle_says():
    turtle, compiled = read_turtle(), load_scheme()
    assert list(turtle.concepts) == list(compiled.concepts)
    assert all(turtle[key] == compiled[key] for key in turtle.concepts)


def test_keys_are_of_their_facet_and_unique():
    keys = [c.key for c in load_scheme()]
    assert len(keys) == len(set(keys))
    assert {k.split(":")[0] for k in keys} == set(FACETS)


def test_a_circle_of_broader_concepts_is_refused(tmp_path: Path):
    turtle = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ka: <https://w3id.org/klachtenatlas/> .
@prefix signal: <https://w3id.org/klachtenatlas/signal/> .
signal:a a skos:Concept ; skos:notation "signal:a" ; ka:facet "signal" ; skos:broader signal:b ;
  skos:prefLabel "a"@nl, "a"@fr, "a"@de, "a"@en ; skos:definition "a"@en .
signal:b a skos:Concept ; skos:notation "signal:b" ; ka:facet "signal" ; skos:broader signal:a ;
  skos:prefLabel "b"@nl, "b"@fr, "b"@de, "b"@en ; skos:definition "b"@en .
"""
    (tmp_path / "s.ttl").write_text(turtle, encoding="utf-8")
    with pytest.raises(SchemeError, match="circle"):
        read_turtle(tmp_path)


def test_a_concept_without_french_label_is_named(tmp_path: Path):
    turtle = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ka: <https://w3id.org/klachtenatlas/> .
@prefix signal: <https://w3id.org/klachtenatlas/signal/> .
signal:a a skos:Concept ; skos:notation "signal:a" ; ka:facet "signal" ;
  skos:prefLabel "a"@nl, "a"@de, "a"@en ; skos:definition "a"@en .
"""
    (tmp_path / "s.ttl").write_text(turtle, encoding="utf-8")
    with pytest.raises(SchemeError, match="signal:a: no prefLabel in fr"):
        read_turtle(tmp_path)


@pytest.mark.shared
def test_every_key_of_the_contract_stands_in_the_scheme_with_the_same_meaning():
    folder = shared_folder()
    if folder is None:
        pytest.skip("the developers' shared material is not here")
    scheme = load_scheme()
    with (folder / "contract" / "concepts.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            concept = scheme[row["key"]]
            assert concept.facet == row["facet"]
            assert (concept.broader or "") == row["broader"]
            assert concept.preferred["en"] == row["label_en"]
            assert concept.definition_en == row["definition_en"]
