from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ontology.decisions import Decision, DecisionError, Decisions, append, load, read
from ontology.scheme import load_scheme

WHO = "orcid:0000-0000-0000-0001"


def _decision(concept: str | None = "ground:attitude", day: int = 1, **more: str) -> Decision:
    return Decision("Bejegening", concept, WHO, date(2024, 5, day), more.pop("facet", "ground"), **more)


def test_what_is_written_is_read_back(tmp_path: Path):
    given = _decision(context="motief", organisation="Politie", comment="na overleg")
    path = append(given, "gent", load_scheme(), tmp_path)
    assert read(path) == (given,)


def test_a_later_decision_holds_and_the_earlier_stays(tmp_path: Path):
    scheme = load_scheme()
    append(_decision(day=1), "gent", scheme, tmp_path)
    append(_decision("ground:misconduct", day=2), "gent", scheme, tmp_path)
    decisions = load(tmp_path)
    found = decisions.find("bejegening", facet="ground")
    assert found is not None
    assert found.concept == "ground:misconduct"
    assert [d.concept for d in decisions.history(found)] == ["ground:attitude", "ground:misconduct"]


def test_the_more_particular_decision_comes_first():
    decisions = Decisions([_decision(), _decision("ground:misconduct", context="politie")])
    narrow = decisions.find("Bejegening", ["Politie"], "ground")
    wide = decisions.find("Bejegening", ["loket"], "ground")
    assert narrow is not None
    assert wide is not None
    assert (narrow.concept, wide.concept) == ("ground:misconduct", "ground:attitude")


def test_decisions_that_match_nothing_can_be_listed():
    decisions = Decisions([_decision()])
    assert len(decisions.unused()) == 1
    decisions.find("bejegening")
    assert decisions.unused() == ()


def test_no_concept_fits_is_a_decision_too(tmp_path: Path):
    path = append(_decision(None), "gent", load_scheme(), tmp_path)
    assert "sssom:NoTermFound" in path.read_text(encoding="utf-8")
    assert read(path)[0].concept is None


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (_decision("ground:nothing"), "no concept"),
        (_decision("outcome:founded"), "not a concept of the facet"),
        (Decision("x", "ground:attitude", " ", date(2024, 1, 1), "ground"), "who took it"),
        (Decision(" ", "ground:attitude", WHO, date(2024, 1, 1), "ground"), "label is empty"),
    ],
)
def test_unsound_decisions_are_refused_with_a_reason(bad: Decision, why: str, tmp_path: Path):
    with pytest.raises(DecisionError, match=why):
        append(bad, "gent", load_scheme(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_city_cannot_name_a_path(tmp_path: Path):
    with pytest.raises(DecisionError, match="city"):
        append(_decision(), "../gent", load_scheme(), tmp_path)


def test_order_in_the_file_does_not_depend_on_the_order_of_deciding(tmp_path: Path):
    scheme = load_scheme()
    one = Decision("A", "ground:attitude", WHO, date(2024, 5, 1), "ground")
    other = Decision("B", "ground:error", WHO, date(2024, 5, 1), "ground")
    for folder, order in (("x", (one, other)), ("y", (other, one))):
        for decision in order:
            append(decision, "gent", scheme, tmp_path / folder)
    assert (tmp_path / "x/gent.sssom.tsv").read_bytes() == (tmp_path / "y/gent.sssom.tsv").read_bytes()


def test_a_wrong_line_is_named(tmp_path: Path):
    path = append(_decision(), "gent", load_scheme(), tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("2024-05-01\t", "first of May\t"), encoding="utf-8")
    with pytest.raises(DecisionError, match=r"gent\.sssom\.tsv, line \d+"):
        read(path)
