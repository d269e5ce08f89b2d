"""Changes of the scheme are recorded, agree with it, and say what they touch. The scheme here is made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ontology import migrations
from ontology.decisions import Decision, append, load
from ontology.migrations import MigrationError, affected, faults, read
from ontology.scheme import Scheme, load_scheme, read_turtle

HEAD = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ka: <https://w3id.org/klachtenatlas/> .
@prefix subject: <https://w3id.org/klachtenatlas/subject/> .
ka:scheme a skos:ConceptScheme ; owl:versionInfo "2.1.0" .
"""
# `bins` was merged into `waste`; `nuisance` was split and stays; `animals` was split and went.
CONCEPTS = {
    "waste": ("", '"vuilnisbak"@nl'), "bins": ("merged", '"prullenbak"@nl'), "nuisance": ("", '"hinder"@nl'),
    "noise": ("nuisance", '"lawaai"@nl'), "smell": ("nuisance", '"stank"@nl'), "animals": ("split", '"beesten"@nl'),
    "dogs": ("", '"hond"@nl'), "rats": ("", '"rat"@nl'),
}  # fmt: skip
MERGE = """release: 2.0.0
date: 2026-02-01
kind: merge
of: [subject:bins]
into: [subject:waste]
why: Reports count full bins with waste.
labels:
  - {label: vuilnisbak, language: nl, to: subject:waste}
  - {label: prullenbak, language: nl, to: null}
"""
SPLIT = """release: 2.1.0
date: 2026-03-01
kind: split
of: [subject:nuisance]
into: [subject:noise, subject:smell]
why: Most reports tell noise from smell.
labels:
  - {label: lawaai, language: nl, to: subject:noise}
"""
GONE = SPLIT.replace("nuisance", "animals").replace("noise", "dogs", 1).replace("smell]", "rats]").replace(
    "{label: lawaai, language: nl, to: subject:noise}", "{label: hond, language: nl, to: subject:dogs}"
)  # fmt: skip


@pytest.fixture
def scheme(tmp_path: Path) -> Scheme:
    folder = tmp_path / "scheme"
    folder.mkdir()
    text = HEAD
    for name, (fate, alternative) in CONCEPTS.items():
        more = {
            "": "",
            "merged": " ; owl:deprecated true ; dcterms:isReplacedBy subject:waste",
            "split": " ; owl:deprecated true ; dcterms:isReplacedBy subject:dogs, subject:rats",
        }.get(fate, f" ; skos:broader subject:{fate}")
        labels = ", ".join(f'"{name}"@{language}' for language in ("nl", "fr", "de", "en"))
        text += (
            f'subject:{name} a skos:Concept ; skos:notation "subject:{name}" ; ka:facet "subject" ; '
            f'skos:prefLabel {labels} ; skos:altLabel {alternative} ; skos:definition "{name}"@en{more} .\n'
        )
    (folder / "made.ttl").write_text(text, encoding="utf-8")
    return read_turtle(folder)


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir()
    for name, text in (("0001-bins", MERGE), ("0002-nuisance", SPLIT), ("0003-animals", GONE)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def decided(label: str, concept: str, **more: str) -> Decision:
    return Decision(label, concept, "A. Steward", date(2026, 1, 5), "subject", **more)


def test_the_project_s_migrations_agree_with_its_scheme() -> None:
    assert faults(migrations.load(), load_scheme()) == []


def test_records_that_agree_with_the_scheme_have_no_fault(scheme: Scheme, recorded: Path) -> None:
    assert set(scheme.retired) == {"subject:bins", "subject:animals"}
    assert "subject:bins" not in scheme and scheme.current("subject:bins") == "subject:waste"
    assert scheme.current("subject:animals") is None and scheme.current("subject:nowhere") is None
    assert faults(migrations.load(recorded), scheme) == []


@pytest.mark.parametrize(
    ("what", "instead", "says"),
    [
        ("of: [subject:bins]", "of: [subject:noise]", "still in use"),
        ("of: [subject:bins]", "of: [subject:never]", "was never a concept"),
        ("into: [subject:waste]", "into: [subject:noise]", "not what dcterms:isReplacedBy says"),
        ("into: [subject:waste]", "into: []", "one concept in `into`"),
        ("release: 2.0.0", "release: 3.0.0", "later than the scheme's own"),
        ("kind: merge", "kind: deprecation", None),
        ("label: vuilnisbak", "label: zwerfvuil", "does not carry the label"),
        ("language: nl, to: null", "language: xx, to: null", "none of nl, fr, de, en"),
    ],
)
def test_a_record_that_does_not_agree_is_named(
    scheme: Scheme, recorded: Path, what: str, instead: str, says: str | None
) -> None:
    assert what in MERGE
    (recorded / "0001-bins.yaml").write_text(MERGE.replace(what, instead), encoding="utf-8")
    found = faults(migrations.load(recorded), scheme)
    assert found == [] if says is None else any(says in fault for fault in found)


def test_a_concept_that_left_without_a_record_is_named(scheme: Scheme, recorded: Path) -> None:
    (recorded / "0003-animals.yaml").unlink()
    assert faults(migrations.load(recorded), scheme) == ["subject:animals is out of use and no migration says why."]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- 1", "must hold the fields"),
        (MERGE.replace("kind: merge", "kind: union"), "none of merge, split, deprecation"),
        (MERGE.replace("why: Reports", "because: Reports"), "'why' is missing"),
        (MERGE.replace("2026-02-01", "soon"), "is no day"),
        (MERGE.replace("2.0.0", "two"), "not of the form"),
        ("a: [", "0009-x.yaml"),
    ],
)
def test_a_file_that_is_no_migration_says_what_to_write(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "0009-x.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MigrationError, match=says):
        read(path)


def test_decisions_follow_a_merge_and_lapse_with_a_split(scheme: Scheme, tmp_path: Path) -> None:
    folder = tmp_path / "decisions"
    whole = load_scheme()
    old = replace(whole, concepts={**whole.concepts, **{
        key: replace(whole["subject:waste"], key=key) for key in ("subject:bins", "subject:animals")
    }})  # fmt: skip
    for label, concept in (("Volle bak", "subject:bins"), ("Beesten", "subject:animals"), ("Vuil", "subject:waste")):
        append(decided(label, concept), "waterstad", old, folder)
    before = (folder / "waterstad.sssom.tsv").read_bytes()
    today = load(folder, scheme)
    assert {d.label: d.concept for d in today} == {"Volle bak": "subject:waste", "Vuil": "subject:waste"}
    assert (folder / "waterstad.sssom.tsv").read_bytes() == before


def test_what_a_migration_touches_is_listed_with_its_fate(recorded: Path) -> None:
    merge, split, _ = migrations.load(recorded)
    taken = [("waterstad", decided("Volle bak", "subject:bins")), ("bergen", decided("Hinder", "subject:nuisance"))]
    labels = [
        {"label": "Prullenbakken", "report_id": "bergen-2023", "concept": "subject:bins"},
        {"label": "Afval", "report_id": "bergen-2023", "concept": "subject:waste"},
    ]
    assert [(a.what, a.label, a.becomes) for a in affected(merge, taken, labels)] == [
        ("decision", "Volle bak", "follows to subject:waste"),
        ("label", "Prullenbakken", "becomes subject:waste"),
    ]
    assert [(a.label, a.where, a.becomes) for a in affected(split, taken, labels)] == [
        ("Hinder", "bergen", "asked again")
    ]
