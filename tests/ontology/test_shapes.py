"""The scheme keeps to its shapes (SHACL), and the shapes find what is planted."""

from __future__ import annotations

import pytest
from pyshacl import validate
from rdflib import Graph
from rdflib.namespace import SH

from ontology.scheme import SOURCE, graph_of

SHAPES = SOURCE.parent / "shapes.ttl"
SOUND = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ka: <https://w3id.org/klachtenatlas/> .
@prefix subject: <https://w3id.org/klachtenatlas/subject/> .
@prefix ground: <https://w3id.org/klachtenatlas/ground/> .

ka:scheme a skos:ConceptScheme ; owl:versionInfo "1.0.0" .
subject:waste a skos:Concept ; skos:notation "subject:waste" ; skos:inScheme ka:scheme ; ka:facet "subject" ;
    skos:topConceptOf ka:scheme ;
    skos:prefLabel "afval"@nl, "déchets"@fr, "Abfall"@de, "waste"@en ; skos:altLabel "vuilnis"@nl ;
    skos:definition "Waste of all kinds."@en, "Alle afval."@nl ; skos:example "Huisvuil"@nl .
subject:litter a skos:Concept ; skos:notation "subject:litter" ; skos:inScheme ka:scheme ; ka:facet "subject" ;
    skos:broader subject:waste ;
    skos:prefLabel "zwerfvuil"@nl, "détritus"@fr, "Littering"@de, "litter"@en ;
    skos:definition "Loose litter."@en, "Los zwerfvuil."@nl ; skos:example "Zwerfafval"@nl .
ground:delay a skos:Concept ; skos:notation "ground:delay" ; skos:inScheme ka:scheme ; ka:facet "ground" ;
    skos:topConceptOf ka:scheme ;
    skos:prefLabel "traagheid"@nl, "lenteur"@fr, "Langsamkeit"@de, "delay"@en ;
    skos:definition "It took too long."@en, "Het duurde te lang."@nl ; skos:example "Wachttijd"@nl .
"""


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(SHAPES, format="turtle")


def said(data: Graph, shapes: Graph) -> str:
    """What the shapes find, one line a fault: concept and message."""
    _, report, _ = validate(data, shacl_graph=shapes, inference="none")
    lines = []
    for result in report.subjects(SH.resultSeverity, SH.Violation):
        message, value = report.value(result, SH.resultMessage), report.value(result, SH.value)
        lines.append(f"{report.value(result, SH.focusNode)}: {message} ({value})")
    return "\n".join(sorted(lines))


def test_the_scheme_keeps_to_its_shapes(shapes: Graph) -> None:
    assert said(graph_of(), shapes) == ""


def test_a_small_sound_scheme_keeps_to_them(shapes: Graph) -> None:
    assert said(Graph().parse(data=SOUND, format="turtle"), shapes) == ""


@pytest.mark.parametrize(
    ("what", "instead", "message"),
    [
        ('"waste"@en ; skos:alt', '"afval2"@nl ; skos:alt', "one preferred label in each"),
        ('"waste"@en ; skos:alt', '"waste"@en, "rubbish"@en ; skos:alt', "one preferred label in each"),
        ('"vuilnis"@nl', '"vuilnis"', "An alternative label is in nl"),
        ('"vuilnis"@nl', '"afval"@nl', "does not repeat"),
        ('"vuilnis"@nl', '"zwerfvuil"@nl', "no other concept's preferred label"),
        ('"Los zwerfvuil."@nl', '"Déchets épars."@fr', "definition in Dutch"),
        ('"Loose litter."@en', '"Verstreuter Müll."@de', "definition in English"),
        ('"Loose litter."@en,', '"Loose litter."@en, "Litter that lies about."@en,', "at most one definition"),
        (' ; skos:example "Zwerfafval"@nl', "", "has an example"),
        ('notation "subject:litter"', 'notation "subject:waste.litter"', "The notation is the key"),
        ('notation "ground:delay"', 'notation "ground:delay", "ground:slow"', "one notation"),
        ('"ground" ;', '"reason" ;', "seven facets"),
        ("skos:broader subject:waste", "skos:broader ground:delay", "of the same facet"),
        ("skos:broader subject:waste", "skos:broader subject:nowhere", "that is in the scheme"),
        ("skos:broader subject:waste", "skos:broader subject:litter", "broader than itself"),
        ("skos:broader subject:waste ;", "", "or at the top"),
        ('"zwerfvuil"@nl', '"afval"@nl', "is that of one concept"),
        ('ka:facet "ground"', 'ka:facet "ground" ; owl:deprecated true', "says what replaced it"),
        ('ka:facet "ground"', 'ka:facet "ground" ; dcterms:isReplacedBy subject:waste', "says what replaced it"),
        ('ka:facet "subject" ;\n    skos:top', 'ka:facet "subject" ; owl:deprecated true ; dcterms:isReplacedBy '
         "subject:litter ;\n    skos:top", "does not stand under"),
        ('"1.0.0"', '"1.0"', "three numbers"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(shapes: Graph, what: str, instead: str, message: str) -> None:
    assert SOUND.count(what) == 1
    assert message in said(Graph().parse(data=SOUND.replace(what, instead), format="turtle"), shapes)


def test_a_shared_label_may_be_meant(shapes: Graph) -> None:
    shared = SOUND.replace('"vuilnis"@nl', '"zwerfvuil"@nl ; ka:sharesLabelWith subject:litter')
    assert said(Graph().parse(data=shared, format="turtle"), shapes) == ""


def test_a_scope_note_names_neighbours_that_exist() -> None:
    import re

    from ontology.scheme import FACETS, load_scheme

    scheme = load_scheme()
    key = re.compile(rf"\b(?:{'|'.join(FACETS)}):[a-z_]+(?:\.[a-z_]+)*")
    notes = [(c.key, note) for c in scheme for note in (c.scope_note, c.scope_note_nl) if note]
    assert len(notes) > 300
    for concept, note in notes:
        named = key.findall(note)
        assert concept not in named, concept
        assert [k for k in named if k not in scheme] == [], concept
