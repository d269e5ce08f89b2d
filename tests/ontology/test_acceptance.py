"""What else a reader would accept: counts of labels read twice, and what they make of the candidates' shares."""

import pytest

from ontology.acceptance import Acceptance, Reading, counted
from ontology.scheme import Scheme, load_scheme

GRAFFITI, SPACE, WASTE = "subject:public_space.graffiti", "subject:public_space", "subject:waste"


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load_scheme()


def _matrix(acceptance: Acceptance, scheme: Scheme, one: str, other: str) -> float:
    place = list(scheme.concepts)
    return float(acceptance.matrix(scheme)[place.index(one), place.index(other)])


def _readings(times: int, right: set[str]) -> list[Reading]:
    return [Reading(GRAFFITI, frozenset(right), (GRAFFITI, SPACE, WASTE), (0.5, 0.3, 0.2))] * times


def test_without_readings_only_the_concept_itself_will_do(scheme: Scheme) -> None:
    assert _matrix(Acceptance(), scheme, GRAFFITI, GRAFFITI) == 1.0
    assert _matrix(Acceptance(), scheme, GRAFFITI, SPACE) == 0.0


def test_what_readers_take_too_will_do_more_than_what_they_refuse(scheme: Scheme) -> None:
    found = counted(_readings(20, {GRAFFITI, SPACE}), scheme)
    assert _matrix(found, scheme, GRAFFITI, SPACE) > 0.9
    assert _matrix(found, scheme, GRAFFITI, WASTE) < 0.1


def test_a_concept_never_read_is_told_by_what_is_usual_between_relations(scheme: Scheme) -> None:
    found = counted(_readings(20, {GRAFFITI, SPACE}), scheme)
    assert _matrix(found, scheme, "subject:waste.litter", WASTE) == found.usual["broader"] > 0.8
    assert _matrix(found, scheme, "subject:waste.litter", SPACE) == found.usual["same_facet"] < 0.2


def test_few_readings_are_drawn_to_what_is_usual(scheme: Scheme) -> None:
    many, few = (counted(_readings(n, {GRAFFITI}), scheme) for n in (20, 1))
    usual = Acceptance({**many.usual, "broader": 0.8}, few.read, few.also)
    assert _matrix(many, scheme, GRAFFITI, SPACE) < 0.1
    assert _matrix(usual, scheme, GRAFFITI, SPACE) == pytest.approx(0.4)  # one that refuses, one that is usual
