from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.decisions import Decision, Decisions
from ontology.matching import LabelFileError, LabelQuery, Matcher, match_file, write_rows
from ontology.scheme import Scheme, load_scheme


@pytest.mark.parametrize(
    ("label", "language", "concept"),
    [
        ("ongegrond", "nl", "outcome:unfounded"),
        ("NIET GEGROND", "nl", "outcome:unfounded"),
        ("partiellement fondées", "fr", "outcome:founded.partly"),
        ("teilweise begründet", "de", "outcome:founded.partly"),
        ("not upheld", "en", "outcome:unfounded"),
        ("sluikstorten", "nl", "subject:waste.fly_tipping"),
        ("Straßenbeleuchtung", "de", "subject:public_space.lighting"),
        ("hors compétence", "fr", "outcome:inadmissible.no_jurisdiction"),
    ],
)
def test_usual_labels_are_known_in_four_languages(matcher: Matcher, label: str, language: str, concept: str):
    found = matcher.match(LabelQuery(label, language=language))
    assert found.concept == concept
    assert found.status in ("accepted", "review")
    assert found.confidence > 0.8


def test_opposites_are_not_confused(matcher: Matcher):
    assert matcher.match(LabelQuery("Buiten de streeftermijn", language="nl")).concept != "timeliness:within_term"
    assert matcher.match(LabelQuery("ongegrond", language="nl")).concept != "outcome:founded"


@pytest.mark.parametrize("label", ["Totaal", "2023", "%", "aantal", "", "waarvan", "1.899"])
def test_labels_that_name_no_category_get_no_concept(matcher: Matcher, label: str):
    found = matcher.match(LabelQuery(label, language="nl"))
    assert (found.concept, found.status) == (None, "unmapped")


def test_an_unknown_abbreviation_is_not_guessed(matcher: Matcher):
    assert matcher.match(LabelQuery("QX", language="nl")).concept is None


def test_a_given_facet_holds(matcher: Matcher):
    found = matcher.match(LabelQuery("politie", facet="service", language="nl"))
    assert found.concept == "service:police"
    assert all(key.startswith("service:") for key, _ in found.candidates)


def test_an_unknown_facet_is_refused(matcher: Matcher):
    with pytest.raises(ValueError, match="facet 'colour'"):
        matcher.match(LabelQuery("rood", facet="colour"))


def test_the_later_part_of_a_label_narrows_the_concept(matcher: Matcher):
    found = matcher.match(LabelQuery("niet ontvankelijk – onbevoegd", language="nl"))
    assert found.concept == "outcome:inadmissible.no_jurisdiction"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=50))
def test_any_label_gets_an_answer_within_the_bounds(matcher: Matcher, label: str):
    found = matcher.match(LabelQuery(label, language="nl"))
    assert 0.0 <= found.confidence <= 1.0
    assert len(found.candidates) <= 5
    assert (found.status == "unmapped") == (found.concept is None)
    scores = [score for _, score in found.candidates]
    assert all(0.0 <= s <= 1.0 for s in scores)


@cache
def _small() -> Scheme:
    """A handful of concepts: enough to see who wins, and quick to index."""
    kept = ("outcome:unfounded", "outcome:closed", "subject:other", "subject:waste", "subject:waste.bins")
    whole = load_scheme()
    return Scheme({key: whole[key] for key in kept}, "small", whole.lemmas)


def test_the_same_label_gets_the_same_answer_from_another_matcher(matcher: Matcher):
    query = LabelQuery("klantvriendelijkheid", context=("motief",), language="nl")
    assert Matcher().match(query) == matcher.match(query)


def test_a_decision_wins_over_the_matcher():
    decision = Decision("ongegrond", "outcome:closed", "orcid:0000-0000-0000-0001", date(2024, 1, 2), "outcome")
    found = Matcher(_small(), Decisions([decision])).match(LabelQuery("Ongegrond", language="nl"))
    assert (found.concept, found.status, found.decided_on) == ("outcome:closed", "curated", "2024-01-02")
    assert found.justification == "semapv:ManualMappingCuration"


def test_a_decision_that_no_concept_fits_is_curated_without_concept():
    decision = Decision("varia", None, "orcid:0000-0000-0000-0001", date(2024, 1, 2), "subject")
    found = Matcher(_small(), Decisions([decision])).match(LabelQuery("varia", facet="subject"))
    assert (found.concept, found.status) == (None, "curated")


def test_a_decided_label_helps_the_labels_like_it():
    decision = Decision("zwirrelbak", "subject:waste.bins", "orcid:0000-0000-0000-0001", date(2024, 1, 2), "subject")
    found = Matcher(_small(), Decisions([decision])).match(LabelQuery("zwirrelbakken", language="nl"))
    assert found.candidates[0][0] == "subject:waste.bins"


def test_a_file_keeps_its_columns_and_gains_five(matcher: Matcher, tmp_path: Path):
    path = tmp_path / "labels.tsv"
    path.write_text("id\tlabel\tcontext\n1\tgegrond\tbeoordeling\n2\tTotaal\tbeoordeling\n", encoding="utf-8")
    columns, rows = match_file(path, matcher)
    assert columns == ("id", "label", "context", "facet", "concept", "confidence", "status", "candidates")
    assert rows[0]["concept"] == "outcome:founded"
    assert rows[0]["candidates"].startswith("outcome:founded=")
    assert (rows[1]["concept"], rows[1]["status"]) == ("", "unmapped")
    assert write_rows(columns, rows).count("\n") == 3


def test_a_file_without_labels_is_refused_with_a_sentence(matcher: Matcher, tmp_path: Path):
    path = tmp_path / "labels.tsv"
    path.write_text("naam\nx\n", encoding="utf-8")
    with pytest.raises(LabelFileError, match="no column `label`"):
        match_file(path, matcher)


@pytest.mark.parametrize(
    ("label", "context", "branch"),
    [
        ("buiten dienst", ("Rijweg", "Verlichting"), "subject:public_space"),
        ("overflowing", ("Public furniture", "Bottle bank"), "subject:waste"),
        ("fuite", ("Espace vert", "Fontaines"), "subject:public_space"),
        ("gestolen", ("Straatmeubilair", "Zitbanken"), "subject:public_space"),
    ],
)
def test_a_state_means_the_thing_that_its_context_names(
    matcher: Matcher, label: str, context: tuple[str, ...], branch: str
):
    concept = matcher.match(LabelQuery(label, context=context)).concept
    assert concept is not None and concept.startswith(branch)


@pytest.mark.parametrize("label", ["waarde", "valeur", "Wert", "value"])
def test_a_unit_word_names_no_category(matcher: Matcher, label: str):
    found = matcher.match(LabelQuery(label, context=("Klachten 2018",)))
    assert (found.concept, found.status) == (None, "unmapped")
