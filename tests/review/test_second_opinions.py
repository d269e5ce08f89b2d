"""Second opinions: blind, recorded, measured."""

from __future__ import annotations

import re

import pytest
from desk_material import browser, form_of, item_of
from starlette.testclient import TestClient

from review.candidates import Proposer
from review.desk import Desk
from review.queue import Filter
from review.second import agreements, is_drawn, kappa


@pytest.fixture
def decided(client: TestClient, desk: Desk) -> Desk:
    """Zwerfkatten and Geluidshinder decided by A. Steward."""
    for label, concept in (("Zwerfkatten", "subject:nuisance"), ("Geluidshinder", "subject:nuisance.noise")):
        item = item_of(desk, label)
        client.post(f"/label/{item.item_id}/decide", data=form_of(desk, item, concept=concept, comment="zie blz. 1"))
    return desk


@pytest.fixture
def blind(decided: Desk) -> Desk:
    desk = Desk(decided.data, decided.raw, decided.journal.folder, second_opinions=True)
    assert decided.proposer._matcher
    desk.proposer = Proposer(desk.scheme, None, decided.proposer._matcher)
    desk.pictures = decided.pictures
    return desk


def other(blind: Desk, name: str = "B. Second") -> TestClient:
    client = browser(blind)
    client.post("/who", data={"author": name, "back": "/"})
    return client


def test_only_what_others_decided_is_asked_and_a_sample_of_what_the_machine_accepted(blind: Desk) -> None:
    asked = {i.label for i, _ in blind.queue(Filter(), "B. Second")}
    assert {"Zwerfkatten", "Geluidshinder"} <= asked
    assert asked.isdisjoint({"Havenlicht", "ZKP"})  # nobody and nothing answered these
    assert not {"Zwerfkatten", "Geluidshinder"} & {i.label for i, _ in blind.queue(Filter(), "A. Steward")}
    drawn = sum(is_drawn(f"{n:012x}") for n in range(4000))
    assert 150 < drawn < 250  # one in twenty


def test_nothing_on_the_page_gives_the_first_answer_away(blind: Desk) -> None:
    client = other(blind)
    item = item_of(blind, "Zwerfkatten")
    for address in ("/", f"/label/{item.item_id}"):
        page = client.get(address).text
        for hint in (
            "A. Steward",
            "zie blz. 1",
            "of the likelihood",
            "published now",
            "published as",
            "% sure",
            "Decided",
            "History",
        ):
            assert hint not in page, (address, hint)
    keys = re.findall(r'name="concept" value="([^"]+)"', client.get(f"/label/{item.item_id}").text)
    facets = [key.split(":")[0] for key in keys]
    assert facets == sorted(facets)  # in no order of likelihood


def test_an_equal_answer_confirms_and_another_one_is_shown_to_both(blind: Desk, decided: Desk) -> None:
    client = other(blind)
    same, different = item_of(blind, "Zwerfkatten"), item_of(blind, "Geluidshinder")
    client.post(f"/label/{same.item_id}/decide", data=form_of(blind, same, concept="subject:nuisance"))
    answer = client.post(
        f"/label/{different.item_id}/decide",
        data=form_of(blind, different, concept="subject:mobility", comment="auto's"),
    )
    assert answer.status_code == 303
    held = decided.state(same).holding
    assert held and all(d.reviewer == "B. Second" and d.author == "A. Steward" for d in held)
    text = (decided.journal.folder / "waterstad.sssom.tsv").read_text(encoding="utf-8")
    assert "semapv:MappingReview" in text and "reviewer_agreement" in text
    assert decided.status(different) == "disputed"
    assert [d.concept for d in decided.state(different).holding] == ["subject:nuisance.noise"]  # nothing is overwritten
    page = browser(decided)
    page.post("/who", data={"author": "A. Steward", "back": "/"})
    card = page.get(f"/label/{different.item_id}").text
    assert "Two people read it differently" in card and "auto&#39;s" in card
    page.post(f"/label/{different.item_id}/decide", data=form_of(decided, different, what="holds"))
    assert decided.status(different) == "decided"
    (total,) = [a for a in agreements(decided.journal.all_opinions()) if not a.city]
    assert (total.asked, total.agreed, total.first_by, total.by) == (2, 1, "A. Steward", "B. Second")


def test_an_opinion_is_asked_once_and_can_be_taken_back(blind: Desk, decided: Desk) -> None:
    client = other(blind)
    item = item_of(blind, "Zwerfkatten")
    client.post(f"/label/{item.item_id}/decide", data=form_of(blind, item, concept="subject:nuisance"))
    again = client.post(f"/label/{item.item_id}/decide", data=form_of(blind, item, concept="subject:waste"))
    assert again.status_code == 409
    assert client.post("/undo").status_code == 303
    assert all(not d.reviewer for d in decided.state(item).holding)
    assert agreements(decided.journal.all_opinions()) == []
    assert "Zwerfkatten" in {i.label for i, _ in blind.queue(Filter(), "B. Second")}


def test_kappa_is_agreement_beyond_chance() -> None:
    assert kappa([("a", "a"), ("b", "b")]) == 1.0
    assert kappa([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]) == 0.0
    assert kappa([("a", "a")]) is None and kappa([]) is None
    # Cohen's own table for two raters: 35 of 50 alike, marginals 25/25 and 30/20
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
