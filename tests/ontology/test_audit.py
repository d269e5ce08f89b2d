from __future__ import annotations

from datetime import date

import pytest

from ontology.audit import held_against, without_labels
from ontology.decisions import Decision, Decisions
from ontology.matching import LabelQuery, Matcher

DECIDED = Decisions(
    [
        Decision("Bejegening", "ground:attitude", "ab", date(2024, 5, 1), "ground"),
        Decision("Graffiti", "subject:waste.litter", "ab", date(2024, 5, 1), "subject", language="nl"),
        Decision("Gegrond", None, "ab", date(2024, 5, 1), "outcome", language="nl"),
        Decision("Qwxyzzy", "ground:procedure", "ab", date(2024, 5, 1), "ground", context="aard"),
    ]
)


def test_every_decision_holds_whatever_the_matcher_would_have_said():
    matcher = Matcher(decisions=DECIDED)
    for decision in DECIDED:
        found = matcher.match(LabelQuery(decision.label, None, ("aard",), "nl"))
        assert (found.concept, found.status) == (decision.concept, "curated")


def test_the_audit_says_where_the_matcher_would_have_been_sure_of_something_else(matcher: Matcher):
    held = {h.decision.label: h for h in held_against(DECIDED, matcher)}
    assert held["Bejegening"].agrees
    assert held["Graffiti"].contradicts
    assert held["Graffiti"].said.concept == "subject:public_space.graffiti"
    assert held["Gegrond"].contradicts
    assert not held["Qwxyzzy"].agrees
    assert not held["Qwxyzzy"].contradicts


def test_the_audit_refuses_a_matcher_that_knows_the_answers():
    with pytest.raises(ValueError, match="without them"):
        held_against(DECIDED, Matcher(decisions=DECIDED))


def test_decisions_that_decided_no_label_of_a_dataset_are_listed():
    labels = [
        {"label": "bejegening", "facet": "ground", "status": "curated"},
        {"label": "Graffiti", "facet": "subject", "status": "accepted"},
    ]
    assert [d.label for d in without_labels(DECIDED, labels)] == ["Graffiti", "Gegrond", "Qwxyzzy"]
