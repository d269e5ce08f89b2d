"""The stewards' page over HTTP: what is shown, what is recorded, what is refused."""

from __future__ import annotations

import re
import shutil
import socket
from pathlib import Path
from urllib.parse import unquote_plus, urlencode

import pandas as pd
import pytest
from desk_material import HOST, HOSTILE, browser, build, form_of, item_of
from starlette.testclient import TestClient

from ontology.decisions import load, read
from ontology.matching import Matcher
from review.app import create_app
from review.consequences import consequences
from review.desk import Desk
from review.queue import WAITING, Filter
from review.security import MAX_BODY, Rules
from review.server import CannotServe, rules_for, serve

CATS = "subject:nuisance"


def test_the_list_puts_first_what_is_doubtful_and_counts_most(client: TestClient, desk: Desk) -> None:
    page = client.get("/").text
    rows = [i for i, _ in desk.queue(Filter())]
    assert "Havenlicht" in page
    assert [i.stake for i in rows] == sorted((i.stake for i in rows), reverse=True)


def test_filters_narrow_the_list_and_the_way_through_it(client: TestClient) -> None:
    page = client.get("/?city=bergen&status=all").text
    assert "Sluikstort" in page and "Geluidshinder" not in page
    way = client.get("/next?city=bergen&status=all").headers["location"]
    assert way.startswith("/label/") and "city=bergen" in way
    assert client.get(way).status_code == 200


def test_a_label_shows_its_numbers_candidates_and_the_same_label_of_another_city(
    client: TestClient, desk: Desk
) -> None:
    item = item_of(desk, "Zwerfkatten")
    page = client.get(f"/label/{item.item_id}").text
    assert "2 bodies" in page and "2 years" in page
    assert 'data-key="1"' in page and "of the likelihood" not in page  # one figure of how sure it is, and a counted one
    assert "Bergen 2023" in page
    unsure = next(i for i, state in desk.queue(Filter()) if state == "review")
    assert re.search(r"of \d+ labels as sure as this, \d+ were right", client.get(f"/label/{unsure.item_id}").text)
    assert re.search(r"changes \d+ number", page)


def test_what_the_machine_chose_stands_first_and_few_labels_make_no_share(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsure = next(i for i, state in desk.queue(Filter()) if state == "review" and i.concepts)
    unmapped = next(i for i, state in desk.queue(Filter()) if state == "unmapped" and not i.concepts)
    monkeypatch.setattr(type(desk.proposer), "record", lambda _, sure: (20, 7))
    assert "for 7 of 20 labels as unsure as this" in client.get(f"/label/{unmapped.item_id}").text
    monkeypatch.setattr(type(desk.proposer), "record", lambda _, sure: (0, 0))
    page = client.get(f"/label/{unsure.item_id}").text
    assert re.findall(r'name="concept" value="([^"]+)"', page)[0] == unsure.concepts[0]
    assert "too few labels like it" in page and "labels as sure as this" not in page


def test_what_no_concept_would_change_is_counted_for_each_reach(client: TestClient, desk: Desk) -> None:
    item = next(i for i, _ in desk.queue(Filter(status="all")) if i.concepts and len(i.years) > 1 and i.numbers)
    page = client.get(f"/label/{item.item_id}").text
    said = dict(re.findall(r'class="quiet none" data-reach="(\w+)".*?changes (\d+) number', page))
    effects = consequences(desk.read()[0], desk.scheme, item, None)
    assert int(said["all"]) == effects.numbers > int(said["year"]) > 0


def test_what_a_decision_for_one_body_leaves_out_goes_on_waiting(client: TestClient, desk: Desk) -> None:
    item = next(i for i, s in desk.queue(Filter()) if len(i.bodies) > 1 and s in WAITING)
    body = item.bodies[-1]
    reached = [n for n in item.numbers if n.organisation == body]
    evidence = {"evidence": reached[0].observation_id, "body": body}
    form = form_of(desk, item, concept=CATS, scope="body") | evidence
    told = unquote_plus(client.post(f"/label/{item.item_id}/decide", data=form).headers["location"])
    assert f"the same, only {body}, all years, {len(reached)} number" in told
    assert desk.status(item) in WAITING and len(desk.undecided(item)) == len(item.numbers) - len(reached)
    part = f"{len(reached)} of {len(item.numbers)}"
    assert f"{part} decided" in client.get(f"/label/{item.item_id}").text and f"for {part}" in client.get("/").text
    client.post(f"/label/{item.item_id}/decide", data=form_of(desk, item, concept=CATS, predicate="skos:broadMatch"))
    assert desk.status(item) == "decided" and desk.undecided(item) == ()
    listed = client.get("/?status=decided").text
    assert "<td>nuisance" in listed and "(broader)" in listed


def test_the_crop_has_the_label_framed_and_the_whole_page_is_larger(client: TestClient, desk: Desk) -> None:
    item = item_of(desk, "Zwerfkatten")
    address = f"/picture/{item.item_id}/{item.numbers[0].observation_id}.png"
    crop, whole = client.get(address), client.get(address + "?whole=1")
    assert crop.headers["content-type"] == "image/png" and crop.headers["x-label-found"] == "yes"
    assert whole.content != crop.content


def test_a_missing_pdf_is_said(material: Path, warm_desk: Desk, tmp_path: Path) -> None:
    desk = Desk(material / "data", tmp_path / "elsewhere", tmp_path / "decisions")
    desk.proposer = warm_desk.proposer
    item = item_of(desk, "Zwerfkatten")
    answer = browser(desk).get(f"/picture/{item.item_id}/{item.numbers[0].observation_id}.png")
    assert answer.status_code == 404 and "waterstad-2022.pdf is missing" in answer.text


def test_another_pdf_than_the_one_read_is_no_evidence(material: Path, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for name in ("waterstad-2022.pdf", "waterstad-2023.pdf"):
        (raw / name).write_bytes((material / "raw" / "bergen-2023.pdf").read_bytes())
    desk = Desk(material / "data", raw, tmp_path / "decisions")
    item = item_of(desk, "Zwerfkatten")
    answer = browser(desk).get(f"/picture/{item.item_id}/{item.numbers[0].observation_id}.png")
    assert answer.status_code == 404 and "is not the file that was read" in answer.text


def test_a_decision_is_a_signed_row_for_each_body_and_the_next_label_opens(client: TestClient, desk: Desk) -> None:
    item = item_of(desk, "Zwerfkatten")
    form = form_of(desk, item, concept="subject:nuisance", comment="katten  zonder baas")
    answer = client.post(f"/label/{item.item_id}/decide?city=waterstad", data=form)
    assert answer.status_code == 303 and item.item_id not in answer.headers["location"]
    rows = read(desk.journal.folder / "waterstad.sssom.tsv")
    assert {r.organisation for r in rows} == {"Stad Waterstad", "Politiezone Waterstad"}
    assert all(r.author == "A. Steward" and r.predicate == "skos:exactMatch" for r in rows)
    assert rows[0].comment == f"katten zonder baas; seen: {form['evidence']}"
    assert "semapv:ManualMappingCuration" in (desk.journal.folder / "waterstad.sssom.tsv").read_text(encoding="utf-8")


def test_a_decision_can_be_narrowed_to_one_body(client: TestClient, desk: Desk) -> None:
    item = item_of(desk, "Zwerfkatten")
    form = form_of(desk, item, concept="subject:nuisance", scope="body", body="Politiezone Waterstad")
    client.post(f"/label/{item.item_id}/decide", data=form)
    assert [r.organisation for r in read(desk.journal.folder / "waterstad.sssom.tsv")] == ["Politiezone Waterstad"]


@pytest.mark.parametrize(
    ("fields", "concept", "predicate", "said"),
    [
        ({"concept": CATS, "predicate": "skos:broadMatch"}, CATS, "skos:broadMatch", ""),
        ({"concept": CATS, "predicate": "skos:narrowMatch"}, CATS, "skos:narrowMatch", ""),
        ({"concept": CATS, "predicate": "skos:relatedMatch"}, CATS, "skos:relatedMatch", ""),
        ({"what": "no_such_concept"}, None, "skos:exactMatch", "no concept of the scheme fits"),
        ({"what": "not_a_category"}, None, "skos:exactMatch", "not a category"),
    ],
)  # fmt: skip
def test_what_is_pressed_is_what_is_recorded(
    client: TestClient, desk: Desk, fields: dict[str, str], concept: str | None, predicate: str, said: str
) -> None:
    item = item_of(desk, "Geluidshinder")
    client.post(f"/label/{item.item_id}/decide", data=form_of(desk, item, **fields))
    (row,) = read(desk.journal.folder / "waterstad.sssom.tsv")
    assert (row.concept, row.predicate) == (concept, predicate) and row.comment.startswith(said)


def test_a_recorded_decision_holds_in_the_next_build(client: TestClient, desk: Desk, tmp_path: Path) -> None:
    item = item_of(desk, "Zwerfkatten")
    client.post(f"/label/{item.item_id}/decide", data=form_of(desk, item, concept="subject:nuisance"))
    build(tmp_path / "raw", tmp_path / "data", Matcher(decisions=load(desk.journal.folder)))
    again = Desk(tmp_path / "data", tmp_path / "raw", desk.journal.folder)
    decided = item_of(again, "Zwerfkatten")
    assert {r.status for r in decided.rows} == {"curated"}
    assert {n.concepts.get("subject") for n in decided.numbers} == {"subject:nuisance"}
    assert {n.observation_id for n in decided.numbers} == {n.observation_id for n in item.numbers}
    assert item_of(again, "Zwerfkatten", "Bergen").rows[0].status != "curated"


def test_unsure_is_kept_and_leaves_the_queue(client: TestClient, desk: Desk) -> None:
    item = item_of(desk, "Zwerfkatten")
    client.post(f"/label/{item.item_id}/decide", data=form_of(desk, item, what="unsure", comment="vraag de dienst"))
    assert desk.status(item) == "unsure"
    assert not (desk.journal.folder / "waterstad.sssom.tsv").exists()
    assert "vraag de dienst" in client.get(f"/label/{item.item_id}").text


def test_undo_takes_back_step_by_step_and_keeps_the_history(client: TestClient, desk: Desk) -> None:
    item = item_of(desk, "Geluidshinder")
    for fields in ({"concept": "subject:nuisance"}, {"concept": "ground:attitude"}, {"what": "unsure"}):
        assert client.post(f"/label/{item.item_id}/decide", data=form_of(desk, item, **fields)).status_code == 303
    assert [d.concept for d in desk.state(item).holding] == ["ground:attitude"]
    client.post("/undo")
    assert desk.state(item).unsure is None
    client.post("/undo")
    assert [d.concept for d in desk.state(item).holding] == ["subject:nuisance"]
    client.post("/undo")
    assert desk.state(item).holding == ()
    assert client.post("/undo").status_code == 409
    whats = [event.what for event in desk.state(item).history]
    assert whats.count("withdrawn") == 2 and "superseded" in whats and "restored" in whats


def test_two_browsers_on_one_label_never_lose_a_decision(desk: Desk) -> None:
    one, other = browser(desk), browser(desk)
    one.post("/who", data={"author": "Eerste", "back": "/"})
    other.post("/who", data={"author": "Tweede", "back": "/"})
    item = item_of(desk, "Geluidshinder")
    opened = form_of(desk, item)
    first = one.post(f"/label/{item.item_id}/decide", data={**opened, "concept": "subject:nuisance"})
    second = other.post(f"/label/{item.item_id}/decide", data={**opened, "concept": "ground:attitude"})
    assert (first.status_code, second.status_code) == (303, 409)
    assert "Eerste" in second.text and "Nothing of yours" in second.text
    assert [d.author for d in desk.state(item).holding] == ["Eerste"]
    again = other.post(f"/label/{item.item_id}/decide", data=form_of(desk, item, concept="subject:nuisance.noise"))
    assert again.status_code == 303
    rows = read(desk.journal.folder / "waterstad.sssom.tsv")
    assert [r.author for r in rows] == ["Eerste", "Tweede"]
    assert one.post("/undo").status_code == 409
    assert [r.author for r in read(desk.journal.folder / "waterstad.sssom.tsv")] == ["Eerste", "Tweede"]


def test_nothing_is_recorded_without_a_name_or_without_evidence(desk: Desk, client: TestClient) -> None:
    item = item_of(desk, "Geluidshinder")
    nameless = browser(desk).post(f"/label/{item.item_id}/decide", data=form_of(desk, item, concept="subject:nuisance"))
    assert nameless.status_code == 303 and nameless.headers["location"].startswith("/who?")
    blind = form_of(desk, item, concept="subject:nuisance", evidence="")
    assert client.post(f"/label/{item.item_id}/decide", data=blind).status_code == 400
    for fields in (
        {"concept": "subject:nothing-of-the-kind"}, {}, {"what": "perhaps"},
        {"concept": "subject:nuisance", "predicate": "x"},
        {"concept": "subject:nuisance", "scope": "body", "body": "Stad Bergen"},
    ):  # fmt: skip
        answer = client.post(f"/label/{item.item_id}/decide", data=form_of(desk, item, **fields))
        assert answer.status_code == 400, fields
    assert not list(desk.journal.folder.glob("*.tsv"))


def test_a_title_is_shown_but_not_decided(client: TestClient, desk: Desk) -> None:
    title = item_of(desk, "Klachten per onderwerp")
    assert "This is a title" in client.get(f"/label/{title.item_id}").text
    form = form_of(desk, title, concept="signal:complaint")
    assert client.post(f"/label/{title.item_id}/decide", data=form).status_code == 400


def test_decisions_that_meet_no_label_any_more_are_listed(client: TestClient, desk: Desk) -> None:
    item = item_of(desk, "Geluidshinder")
    client.post(f"/label/{item.item_id}/decide", data=form_of(desk, item, concept="subject:nuisance"))
    assert "no label of this dataset" not in client.get("/").text
    path = desk.journal.folder / "waterstad.sssom.tsv"
    path.write_text(path.read_text(encoding="utf-8").replace("Geluidshinder", "Verdwenen label"), encoding="utf-8")
    page = client.get("/").text
    assert "1 decision meets no label" in page and "Verdwenen label" in page


def test_a_dataset_that_is_built_anew_is_taken_up(material: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(material / "data", data)
    desk = Desk(data, material / "raw", tmp_path / "decisions")
    client = browser(desk)
    assert client.get("/?status=all").headers["location"] == "/who?back=%2F%3Fstatus%3Dall"  # asked once, at the start
    client.post("/who", data={"author": "A. Steward", "back": "/"})
    assert "Sluikstort" in client.get("/?status=all").text
    labels = pd.read_csv(data / "labels.csv")
    labels[labels["label"] != "Sluikstort"].to_csv(data / "labels.csv", index=False)
    assert "Sluikstort" not in client.get("/?status=all").text
    (data / "labels.csv").unlink()
    assert client.get("/").status_code == 503


def test_a_port_in_use_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CannotServe, match="--port 0"):
            serve(Path("nowhere"), Path("nowhere"), port=taken.getsockname()[1], browse=False)


def test_the_search_finds_in_every_language(client: TestClient, desk: Desk) -> None:
    item = item_of(desk, "Zwerfkatten")
    for text in ("geluid", "bruit", "Lärm", "noise"):
        found = client.get("/search", params={"q": text, "item": item.item_id}).json()
        assert "subject:nuisance.noise" in [c["key"] for c in found], text
    assert client.get("/search", params={"q": " "}).json() == []


def test_findings_and_unread_pages_are_listed_with_their_pictures(client: TestClient) -> None:
    assert "The total is wrong" in client.get("/findings").text
    assert client.get("/finding/waterstad-2022:total_mismatch:1.png").headers["content-type"] == "image/png"
    assert "A chart prints no values" in client.get("/unread?city=bergen").text
    assert client.get("/page/bergen-2023/1.png").headers["content-type"] == "image/png"
    assert client.get("/page/bergen-2023/99.png").status_code == 404


def test_nothing_of_a_report_becomes_html(client: TestClient, desk: Desk) -> None:
    item = item_of(desk, HOSTILE)
    for address in ("/?status=all", f"/label/{item.item_id}", "/findings"):
        answer = client.get(address)
        assert "owned" in answer.text and "<script>document" not in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]


def test_other_sites_and_other_names_are_refused(desk: Desk) -> None:
    item = item_of(desk, "Geluidshinder")
    form = {**form_of(desk, item, concept="subject:nuisance"), "author": "x"}
    for headers in (
        {"origin": "http://evil.example"}, {"origin": "null"}, {"origin": ""},
        {"origin": f"http://{HOST}", "sec-fetch-site": "cross-site"},
    ):  # fmt: skip
        assert browser(desk).post(f"/label/{item.item_id}/decide", data=form, headers=headers).status_code == 403
    assert browser(desk).get("/", headers={"host": "rebound.example"}).status_code == 403
    assert browser(desk).put("/", content=b"").status_code == 405
    assert browser(desk).post("/who", data={"author": "a" * MAX_BODY}).status_code == 413
    assert browser(desk).post("/who", json={"author": "a"}).status_code == 400


def test_off_this_machine_a_token_is_asked_for(desk: Desk) -> None:
    rules = rules_for("192.0.2.7", 8765, "secret")
    client = browser(desk, rules, "192.0.2.7:8765")
    assert client.get("/").status_code == 401
    assert client.get("/findings?token=wrong").status_code == 401
    assert client.get("/findings?token=secret").status_code == 303
    assert client.get("/findings").status_code == 200
    assert rules_for("0.0.0.0", 1, "t").hosts is None
    assert rules_for("127.0.0.1", 1, None).token is None
    with pytest.raises(ValueError, match="token"):
        Rules(None)


def test_going_back_leads_nowhere_else(client: TestClient) -> None:
    answer = client.post("/who", data={"author": "A. Steward", "back": "//evil.example/"})
    assert answer.headers["location"] == "/"


def test_a_form_that_is_cut_off_or_never_ends_decides_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    from review import security

    item = item_of(desk, "Geluidshinder")
    form = urlencode(form_of(desk, item, concept="subject:nuisance")).encode()
    app = create_app(desk, Rules(frozenset({HOST})))
    monkeypatch.setattr(security, "PATIENCE", 0.05)

    def send_form(then: str) -> list[dict[str, object]]:
        sent: list[dict[str, object]] = []
        first = True

        async def receive() -> dict[str, object]:
            nonlocal first
            if first:
                first = False
                return {"type": "http.request", "body": form, "more_body": True}
            if then == "waits":
                await asyncio.sleep(5)
            return {"type": "http.disconnect"}

        async def send(message: dict[str, object]) -> None:
            sent.append(message)

        headers = {"host": HOST, "origin": f"http://{HOST}", "cookie": "klachtenatlas-author=A"}
        scope = {
            "type": "http", "method": "POST", "path": f"/label/{item.item_id}/decide", "query_string": b"",
            "headers": [(k.encode(), v.encode()) for k, v in headers.items()], "http_version": "1.1", "scheme": "http",
        }  # fmt: skip
        asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
        return sent

    assert send_form("leaves") == []
    assert send_form("waits")[0]["status"] == 408
    assert desk.state(item).holding == ()
