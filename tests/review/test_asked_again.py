"""When a decision is asked anew: by rule, with the reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from desk_material import browser, form_of, item_of
from starlette.testclient import TestClient

from ontology.decisions import Decision, Decisions
from ontology.scheme import Retired, Scheme
from review import reopen
from review.dataset import Dataset, Finding
from review.desk import Desk
from review.queue import Item, items

NOISE = "subject:nuisance.noise"


@pytest.fixture
def held(client: TestClient, desk: Desk) -> Decision:
    """Geluidshinder, decided on what there was to see."""
    item = item_of(desk, "Geluidshinder")
    client.post(f"/label/{item.item_id}/decide", data=form_of(desk, item, concept=NOISE))
    return desk.state(item).holding[0]


def again(dataset: Dataset, label: str = "Geluidshinder") -> Item:
    return next(i for i in items(dataset).values() if i.label == label and i.city == "Waterstad")


def test_what_did_not_change_is_not_asked_again(desk: Desk, held: Decision) -> None:
    dataset, _ = desk.read()
    assert held.seen_in == "waterstad-2022 waterstad-2023" and held.beside and held.concept_seen
    assert reopen.reasons(dataset, again(dataset), held, desk.scheme) == ()
    # Other bytes of the PDF, and a reader that finds other boxes, pages and ids.
    reports = {k: replace(r, sha256="0" * 64, pages=9) for k, r in dataset.reports.items()}
    numbers = {k: replace(n, page=1, table_id="t9") for k, n in dataset.numbers.items()}
    other = replace(dataset, reports=reports, numbers=numbers, labels=dataset.labels[::-1])
    assert reopen.reasons(other, again(other), held, desk.scheme) == ()


def test_the_next_year_with_the_same_labels_is_not_asked_but_new_neighbours_are(desk: Desk, held: Decision) -> None:
    dataset, _ = desk.read()
    report = replace(dataset.reports["waterstad-2023"], report_id="waterstad-2024", year=2024)
    rows = [
        replace(row, report_id="waterstad-2024", label=row.label.replace("2023", "2024").replace("2022", "2023"))
        for row in dataset.labels
        if row.report_id == "waterstad-2023"
    ]
    numbers = {
        f"{k}-2024": replace(n, observation_id=f"{k}-2024", report_id="waterstad-2024")
        for k, n in dataset.numbers.items()
        if n.report_id == "waterstad-2023"
    }
    grown = replace(
        dataset,
        reports=dataset.reports | {"waterstad-2024": report},
        labels=(*dataset.labels, *rows),
        numbers=dataset.numbers | numbers,
    )
    assert 2024 in again(grown).years
    assert reopen.reasons(grown, again(grown), held, desk.scheme) == ()
    new = replace(next(r for r in rows if r.label == "Geluidshinder"), label="Blaffende honden", label_id="new")
    split = replace(grown, labels=(*grown.labels, new))
    (reason,) = reopen.reasons(split, again(split), held, desk.scheme)
    assert "2024" in reason and "New beside it: Blaffende honden" in reason


def test_a_concept_that_was_split_or_went_is_asked_again(desk: Desk, held: Decision) -> None:
    dataset, _ = desk.read()
    noise = desk.scheme[NOISE]
    part = replace(noise, key=f"{NOISE}.dogs", broader=NOISE)
    split = Scheme({**desk.scheme.concepts, part.key: part}, "later")
    (reason,) = reopen.reasons(dataset, again(dataset), held, split)
    assert "split" in reason
    gone = Scheme({k: c for k, c in desk.scheme.concepts.items() if k != NOISE}, "later")
    (reason,) = reopen.reasons(dataset, again(dataset), held, gone)
    assert f"no longer has the concept {NOISE}" in reason


def test_a_merge_is_followed_without_asking_and_a_concept_with_several_successors_is_asked(
    desk: Desk, held: Decision
) -> None:
    dataset, _ = desk.read()
    others = {k: c for k, c in desk.scheme.concepts.items() if k != NOISE}
    merged = Scheme(others, "later", retired={NOISE: Retired(NOISE, "subject:nuisance", ("subject:nuisance.persons",))})
    assert reopen.reasons(dataset, again(dataset), held, merged) == ()
    # The wider concept lost nothing that it meant.
    wider = replace(
        held, concept="subject:nuisance", concept_seen=reopen.neighbourhood(desk.scheme, "subject:nuisance")
    )
    assert reopen.reasons(dataset, again(dataset), wider, merged) == ()
    into = ("subject:nuisance.persons", "subject:nuisance.animals")
    split = Scheme(others, "later", retired={NOISE: Retired(NOISE, "subject:nuisance", into)})
    (reason,) = reopen.reasons(dataset, again(dataset), held, split)
    assert f"no longer has the concept {NOISE}" in reason and "animals and vermin" in reason


def test_a_total_that_no_longer_adds_up_is_asked_again_where_it_did_before(desk: Desk, held: Decision) -> None:
    dataset, _ = desk.read()
    number = again(dataset).numbers[0]
    broken = Finding(
        "waterstad:new", number.report_id, "", "total_mismatch", "error", 1, "The parts give 9, printed is 8.",
        (number.observation_id,),
    )  # fmt: skip
    worse = replace(dataset, findings=(*dataset.findings, broken))
    (reason,) = reopen.reasons(worse, again(worse), held, desk.scheme)
    assert "no longer adds up" in reason and "printed is 8" in reason
    for other in (replace(broken, kind="label_variant"), replace(broken, report_id="waterstad-2024")):
        assert reopen.reasons(replace(worse, findings=(other,)), again(worse), held, desk.scheme) == ()


def test_decisions_without_a_ground_stand(desk: Desk, held: Decision) -> None:
    dataset, _ = desk.read()
    by_hand = replace(held, beside="", seen_in="", concept_seen="", findings="")
    assert reopen.reasons(dataset, again(dataset), by_hand, desk.scheme) == ()


def test_the_card_says_why_and_one_key_says_that_it_still_holds(desk: Desk, held: Decision) -> None:
    path = desk.journal.folder / "waterstad.sssom.tsv"
    path.write_text(path.read_text(encoding="utf-8").replace(held.beside.split()[0], "0123"), encoding="utf-8")
    item = item_of(desk, "Geluidshinder")
    assert desk.status(item) == "reopened"
    client = browser(desk)
    client.post("/who", data={"author": "B. Steward", "back": "/"})
    page = client.get(f"/label/{item.item_id}").text
    assert "Asked again." in page and "It still holds" in page and "New beside it" in page
    client.post(f"/label/{item.item_id}/decide", data=form_of(desk, item, what="holds"))
    assert desk.status(item) == "decided"
    last = desk.state(item).holding[0]
    assert (last.concept, last.author) == (NOISE, "B. Steward") and last.comment.startswith("still holds")


def test_a_label_that_is_printed_otherwise_now_shows_what_was_decided_on_the_old_one(
    desk: Desk, held: Decision
) -> None:
    path = desk.journal.folder / "waterstad.sssom.tsv"
    path.write_text(path.read_text(encoding="utf-8").replace("Geluidshinder", "Geluidhinder"), encoding="utf-8")
    client = browser(desk)
    client.post("/who", data={"author": "B. Steward", "back": "/"})
    page = client.get(f"/label/{item_of(desk, 'Geluidshinder').item_id}").text
    assert "In an earlier report" in page and "Geluidhinder" in page


def test_a_decision_may_hold_for_some_years_only(desk: Desk, client: TestClient) -> None:
    item = item_of(desk, "Zwerfkatten")
    client.post(f"/label/{item.item_id}/decide", data=form_of(desk, item, concept="subject:nuisance"))
    limited = form_of(desk, item, concept="ground:attitude", scope="year", year="2023")
    client.post(f"/label/{item.item_id}/decide", data=limited)
    made = Decisions(desk.journal._decisions("waterstad"))
    for year, concept in ((2022, "subject:nuisance"), (2023, "ground:attitude"), (2024, "subject:nuisance")):
        found = made.of_year(year).find("Zwerfkatten", organisation="Stad Waterstad")
        assert found and found.concept == concept, year
    wrong = form_of(desk, item, concept="subject:waste", scope="year", year="1999")
    assert client.post(f"/label/{item.item_id}/decide", data=wrong).status_code == 400


def test_an_older_file_without_the_new_columns_is_read(tmp_path: Path, desk: Desk, held: Decision) -> None:
    from ontology.decisions import COLUMNS, read, to_row

    bare = replace(held, beside="", seen_in="", concept_seen="", findings="")
    row, first = to_row(bare, desk.scheme), COLUMNS[: COLUMNS.index("reviewer_id")]
    lines = ("\t".join(first), "\t".join(row[c] for c in first))
    (tmp_path / "x.sssom.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert read(tmp_path / "x.sssom.tsv") == (bare,)
