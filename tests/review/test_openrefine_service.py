"""The reconciliation service as its clients see it: over HTTP, from another origin, with what they may send."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from copy import copy
from datetime import date

import httpx
import jsonschema
import pytest
import service_schemas as schemas
import uvicorn
from starlette.testclient import TestClient

from ontology.decisions import Decision, Decisions
from ontology.matching import Matcher
from review.openrefine.answers import BATCH, Service, languages
from review.openrefine.app import ENDPOINT, create_app
from review.openrefine.gate import MAX_BODY
from review.security import Rules
from review.server import listen, rules_for

HOST = "127.0.0.1:8766"
ELSEWHERE = {"origin": "http://127.0.0.1:3333"}


@pytest.fixture(scope="module")
def service(matcher: Matcher) -> Service:
    decided = Decisions(
        [
            Decision("Havenlicht", "subject:nuisance.light", "A. Steward", date(2026, 1, 5), "subject"),
            Decision("Zwarte doos", None, "A. Steward", date(2026, 1, 5), "subject"),
        ]
    )
    own = copy(matcher)  # the costly index is shared, the decisions are not
    own.decisions = decided
    return Service(own, "1.0")


@pytest.fixture
def client(service: Service) -> TestClient:
    app = create_app(service, Rules(frozenset({HOST})))
    return TestClient(app, base_url=f"http://{HOST}", headers=ELSEWHERE, follow_redirects=False)


def asked(client: TestClient, **queries: dict[str, object]) -> dict[str, list[dict[str, object]]]:
    answer = client.post(ENDPOINT, data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.text
    jsonschema.validate(answer.json(), schemas.RESULTS)
    return {name: each["result"] for name, each in answer.json().items()}


def test_the_manifest_says_where_everything_is_and_all_of_it_answers(client: TestClient) -> None:
    manifest = client.get(ENDPOINT).json()
    jsonschema.validate(manifest, schemas.MANIFEST)
    for what, place in manifest["suggest"].items():
        prefix = {"entity": "zwerf", "property": "con", "type": "s"}[what]
        found = client.get(place["service_url"] + place["service_path"], params={"prefix": prefix})
        jsonschema.validate(found.json(), schemas.SUGGESTED[what])
        one = found.json()["result"][0]["id"]
        address = place["flyout_service_url"] + place["flyout_service_path"].replace("${id}", one)
        jsonschema.validate(client.get(address).json(), schemas.FLYOUT)
    for template in (manifest["view"]["url"], manifest["preview"]["url"]):
        page = client.get(template.replace("{{id}}", "subject%3Awaste.fly_tipping"))
        assert page.headers["content-type"].startswith("text/html") and "Illegal dumping" in page.text
    proposes = manifest["extend"]["propose_properties"]
    answer = client.get(proposes["service_url"] + proposes["service_path"], params={"type": "subject", "limit": 3})
    jsonschema.validate(answer.json(), schemas.PROPOSED)
    assert len(answer.json()["properties"]) == 3


def test_an_accepted_label_is_a_match_and_a_doubtful_one_is_not(client: TestClient, service: Service) -> None:
    found = asked(client, a={"query": "sluikstorten"}, b={"query": "dienst algemeen Xyzzy overlast of zoiets"})
    best = found["a"][0]
    assert (best["id"], best["match"], best["name"]) == ("subject:waste.fly_tipping", True, "fly-tipping")
    assert not any(c["match"] for c in found["b"])
    scores = [c["score"] for c in found["a"]]
    assert scores == sorted(scores, reverse=True)


def test_a_decision_of_a_steward_is_a_match_and_a_refusal_leaves_nothing(client: TestClient) -> None:
    found = asked(client, a={"query": "Havenlicht"}, b={"query": "Zwarte doos"})
    assert [c["id"] for c in found["a"] if c["match"]] == ["subject:nuisance.light"]
    assert found["a"][0]["score"] == 100
    assert found["b"] == []


def test_type_limit_context_and_language_are_heard(client: TestClient) -> None:
    properties = [{"pid": "context", "v": "Kanaal"}, {"pid": "language", "v": ["nl"]}, {"pid": "unheard", "v": 1}]
    found = asked(
        client,
        narrow={"query": "politie", "type": "service", "limit": 1},
        wide={"query": "politie", "type": ["service", "subject"], "type_strict": "any"},
        named={"query": "telefonisch", "properties": properties},
        reconciled={"query": "brief", "properties": [{"pid": "context", "v": {"id": "x", "name": "Kanaal"}}]},
        foreign={"query": "brief", "type": "Q5"},
    )  # fmt: skip
    assert [c["id"] for c in found["narrow"]] == ["service:police"]
    assert {c["type"][0]["id"] for c in found["wide"]} <= {"service", "subject"}
    assert found["named"][0]["name"] == "telefoon"
    assert found["reconciled"][0]["id"] == "channel:letter"
    assert found["foreign"][0]["id"] == "channel:letter"


def test_an_identifier_finds_its_concept_and_empty_labels_find_nothing(client: TestClient) -> None:
    no_label = {"properties": [{"pid": "context", "v": "x"}]}
    found = asked(client, key={"query": "ground:waiting_time"}, empty={"query": "  "}, only=no_label)
    assert [c["id"] for c in found["key"]] == ["ground:waiting_time"] and found["key"][0]["match"]
    assert found["empty"] == [] and found["only"] == []


def test_each_query_is_answered_as_if_it_were_alone(client: TestClient) -> None:
    labels = ("gegrond", "ongegrond", "Afval", "Telefoon")
    together = asked(client, **{label: {"query": label} for label in labels})
    assert together == {label: asked(client, **{label: {"query": label}})[label] for label in labels}


def test_queries_may_stand_in_the_address(client: TestClient) -> None:
    by_get = client.get(ENDPOINT, params={"queries": json.dumps({"q0": {"query": "zwerfvuil"}})}).json()
    assert by_get["q0"]["result"] == asked(client, q0={"query": "zwerfvuil"})["q0"]


def test_suggestions_begin_with_what_is_typed_in_any_language(client: TestClient) -> None:
    def ids(prefix: str, **more: str) -> list[str]:
        return [e["id"] for e in client.get("/suggest/entity", params={"prefix": prefix, **more}).json()["result"]]

    assert ids("zwerfv")[0] == ids("subject:waste.litter")[0] == "subject:waste.litter"
    assert "subject:nuisance.noise" in ids("Lärm") and "subject:nuisance.noise" in ids("bruit")
    assert ids("s", cursor="2")[:3] == ids("s")[2:5]
    assert [t["id"] for t in client.get("/suggest/type?prefix=s").json()["result"]] == ["signal", "subject", "service"]
    assert client.get("/suggest/entity?prefix=x&cursor=-1").status_code == 400
    assert client.get("/suggest/nothing?prefix=x").status_code == 404


def test_properties_of_concepts_can_be_fetched(client: TestClient) -> None:
    wanted = {
        "ids": ["subject:waste.litter", "subject:gone"],
        "properties": [{"id": p} for p in ("label_fr", "broader", "nope")],
    }
    answer = client.post(ENDPOINT, data={"extend": json.dumps(wanted)}).json()
    jsonschema.validate(answer, schemas.EXTENDED)
    assert answer["rows"]["subject:waste.litter"]["broader"] == [{"id": "subject:waste", "name": "waste"}]
    assert answer["rows"]["subject:gone"] == {"label_fr": [], "broader": [], "nope": []}
    assert [m["id"] for m in answer["meta"]] == ["label_fr", "broader", "nope"]


@pytest.mark.parametrize(
    "queries",
    ["", "[", "[]", "3", '{"a": 1}', '{"a": {}}', '{"a": {"query": 3}}', '{"a": {"query": "x", "limit": 0}}',
     '{"a": {"query": "x", "type": {"id": 1}}}', '{"a": {"query": "x", "properties": [1]}}', "[" * 100_000],
)  # fmt: skip
def test_what_is_no_batch_is_refused_with_a_sentence(client: TestClient, queries: str) -> None:
    answer = client.post(ENDPOINT, data={"queries": queries})
    assert answer.status_code == 400
    assert answer.json()["message"].endswith(".")
    assert answer.headers["access-control-allow-origin"] == "*"


def test_too_much_at_once_is_refused(client: TestClient) -> None:
    many = {str(i): {"query": "x"} for i in range(BATCH + 1)}
    assert client.post(ENDPOINT, data={"queries": json.dumps(many)}).status_code == 413
    assert client.post(ENDPOINT, content=b"a" * (MAX_BODY + 1)).status_code == 413
    assert client.post(ENDPOINT, json={"queries": {}}).status_code == 415


def test_other_origins_may_ask_and_other_names_may_not(client: TestClient) -> None:
    preflight = client.options(ENDPOINT, headers={"access-control-request-method": "POST"})
    assert preflight.status_code == 204 and "POST" in preflight.headers["access-control-allow-methods"]
    for path in (ENDPOINT, "/suggest/entity?prefix=a", "/flyout/entity?id=nothing", "/concept?id=subject:waste", "/no"):
        assert client.get(path).headers["access-control-allow-origin"] == "*"
    assert client.get(ENDPOINT, headers={"host": "evil.example"}).status_code == 403
    assert client.put(ENDPOINT).status_code == 405
    assert "callback" not in client.get(ENDPOINT, params={"callback": "callback"}).text


def test_off_loopback_the_address_holds_a_token(service: Service) -> None:
    app = create_app(service, rules_for("192.0.2.7", 8766, "s3cret"))
    client = TestClient(app, base_url="http://192.0.2.7:8766")
    assert client.get(ENDPOINT).status_code == 401
    assert client.get(f"/wrong{ENDPOINT}").status_code == 401
    manifest = client.get(f"/s3cret{ENDPOINT}").json()
    assert manifest["suggest"]["entity"]["service_url"] == "http://192.0.2.7:8766/s3cret"
    assert client.get(manifest["preview"]["url"].replace("{{id}}", "signal:complaint")).status_code == 200
    answer = client.post(f"/s3cret{ENDPOINT}", data={"queries": '{"q": {"query": "klacht"}}'})
    assert answer.json()["q"]["result"][0]["id"] == "signal:complaint"


@pytest.fixture
def address(service: Service) -> Iterator[str]:
    """The service in a server of its own, on a socket."""
    listening = listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    app = create_app(service, rules_for("127.0.0.1", port, None))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}{ENDPOINT}"
    server.should_exit = True
    thread.join(10)


def test_a_thousand_labels_over_a_socket(address: str) -> None:
    words = ("afval", "lawaai", "het loket", "de wachttijd", "een boete")
    batch = {f"{w} {i}": {"query": f"klachten over {w} nummer{i}"} for i in range(100) for w in words}
    answered = 0
    for _ in range(2):
        answer = httpx.post(address, data={"queries": json.dumps(batch)}, timeout=60)
        jsonschema.validate(answer.json(), schemas.RESULTS)
        answered += len(answer.json())
    assert answered == 2 * len(batch)


@pytest.mark.parametrize(
    ("header", "language"), [("", "en"), ("nl-BE,nl;q=0.9,en;q=0.8", "nl"), ("es,de;q=0.5", "de"), ("*", "en")]
)
def test_names_are_in_the_reader_s_language(header: str, language: str) -> None:
    assert languages(header) == language
