"""The stewards' page as stewards meet it: a real browser, real keys, a server that is killed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.steward.page import READY, Server
from ontology.decisions import Decision, read
from ontology.identity import digest
from ontology.text import normalise

FINDING = "/finding/waterstad-2022:total_mismatch:1"
SLOW = 60_000  # milliseconds; a laptop under load


def rows(server: Server, city: str = "waterstad") -> tuple[Decision, ...]:
    path = server.decisions / f"{city}.sssom.tsv"
    return read(path) if path.exists() else ()


def lines(server: Server) -> int:
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in server.decisions.glob("*.tsv"))


@pytest.fixture(scope="module")
def server(material: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    raw = tmp_path_factory.mktemp("own") / "raw"  # verdicts are kept there
    shutil.copytree(material / "raw", raw)
    server = Server(material / "data", raw, tmp_path_factory.mktemp("decided"))
    yield server
    server.kill()


class Steward:
    """A person at a browser of their own. What the page complains of in its console is kept."""

    def __init__(self, chromium: object, server: Server, name: str = "A. Steward", **context: object) -> None:
        self.context = chromium.new_context(viewport={"width": 1280, "height": 900}, **context)  # type: ignore[attr-defined]
        self.page = self.context.new_page()
        self.page.set_default_timeout(SLOW)
        self.complaints: list[str] = []
        # Nothing may leave this machine: no font, no script, no picture from elsewhere.
        here = server.address
        self.page.on(
            "request", lambda r: None if r.url.startswith((here, "data:", "about:")) else self.complaints.append(r.url)
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda m: self.complaints.append(m.text) if "Content Security" in m.text else None)
        self.server = server
        self.page.goto(f"{server.address}/who")
        self.page.fill("#author", name)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/")

    def open(self, label: str, city: str = "waterstad") -> None:
        self.page.goto(self.address_of(label, city))
        self.ready()

    def address_of(self, label: str, city: str = "waterstad") -> str:
        """The deep link of a label that stands under no other label."""
        return f"{self.server.address}/label/{digest(city, normalise(label), '', length=12)}?status=all"

    def ready(self) -> None:
        self.page.wait_for_selector("h1.label")
        self.page.wait_for_selector("#decide[data-ready=yes]")
        self.page.wait_for_function(READY)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def decide(self, *keys: str) -> None:
        """Presses keys of which the last one decides; back when the next page stands."""
        version = self.page.get_attribute("input[name=version]", "value")
        here = self.page.url
        self.press(*keys[:-1])
        with self.page.expect_navigation():
            self.press(keys[-1])
        assert self.page.url != here or self.page.get_attribute("input[name=version]", "value") != version

    @property
    def label(self) -> str:
        return self.page.inner_text("h1.label").strip("“”")


def test_every_key_does_what_the_legend_says(server: Server, chromium: object) -> None:
    me = Steward(chromium, server)
    page = me.page
    assert page.evaluate("document.activeElement.dataset.key") == "Enter"
    me.press("Enter")  # begins with what is most at stake
    me.ready()
    assert page.evaluate("[...document.querySelectorAll('.decides')].every(b => b !== document.activeElement)")
    me.press("Enter", " ")  # nothing is preselected: neither decides
    assert rows(server) == ()

    me.open("ZKP")
    me.press("?")
    assert page.is_visible("#help")
    me.press("Escape", "p")
    page.wait_for_function("() => document.querySelector('#whole-img').naturalWidth > 800")
    me.press("p")
    assert not page.is_visible("#whole")
    first = me.label
    me.press("j")
    page.wait_for_function("(text) => !document.querySelector('h1.label').innerText.includes(text)", arg=first)
    me.press("k")
    page.wait_for_function("(text) => document.querySelector('h1.label').innerText.includes(text)", arg=first)

    pressed = (("1",), ("b", "2"), ("n", "1"), ("r", "1"), ("b", "b", "o", "2"), ("y", "1"), ("0",), ("x",))
    wanted = {"b": "skos:broadMatch", "n": "skos:narrowMatch", "r": "skos:relatedMatch"}
    for keys in pressed:
        me.open("Havenlicht")
        # What was decided of a label speaks for its candidates too: their order may be another one each time.
        candidates = [b.get_attribute("value") for b in page.query_selector_all(".candidates .decides")]
        before, held = lines(server), rows(server)
        me.decide(*keys)
        assert "Saved. Havenlicht" in page.inner_text("#said")
        new = [r for r in rows(server) if r not in held]
        assert len(new) == (1 if "o" in keys else 2)  # one a body
        last = new[0]
        assert last.label == "Havenlicht" and (last.valid_from is not None) == (keys[0] == "y")
        if keys[-1] in "12":
            assert last.concept == candidates[int(keys[-1]) - 1]
            assert last.predicate == (wanted.get(keys[0], "skos:exactMatch") if len(keys) == 2 else "skos:exactMatch")
        else:
            assert last.concept is None and last.comment.startswith(
                "not a category" if keys == ("x",) else "no concept"
            )
        assert lines(server) > before  # nothing is overwritten
    me.open("Havenlicht")
    me.decide("z")
    assert "taken back" in page.inner_text("#said")
    assert not any(r.comment.startswith("not a category") for r in rows(server))

    me.open("ZKP")
    me.decide("u")
    page.goto(f"{server.address}/?status=unsure")
    assert "ZKP" in page.inner_text("table.list")

    me.open("Geluidshinder")
    me.press("c")
    page.keyboard.type("1 reden, b en x zijn hier letters")
    me.press("Enter")  # leaves the field, decides nothing, keeps what was written; so does Escape
    assert me.label == "Geluidshinder" and page.evaluate("document.activeElement === document.body")
    me.press("c", "Escape")
    assert (
        page.input_value("#comment").startswith("1 reden") and page.evaluate("document.activeElement.tagName") == "BODY"
    )
    me.press("/")
    page.keyboard.type("lawaai")
    page.wait_for_selector("#found button")
    me.press("ArrowDown")
    found = page.evaluate("document.activeElement.value")
    assert found == page.get_attribute("#found li:first-child button", "value")
    me.decide("Enter")
    (row,) = [r for r in rows(server) if r.label == "Geluidshinder"]
    assert row.concept == found and row.comment.startswith("1 reden, b en x zijn hier letters; seen: ")
    assert me.complaints == []


def test_the_mouse_does_it_too(server: Server, chromium: object) -> None:
    me = Steward(chromium, server)
    me.open("Sluikstort", "bergen")
    me.page.get_by_role("radio", name="broader b").check()
    with me.page.expect_navigation():
        me.page.click(".candidates li:nth-child(1) button")
    assert [r.predicate for r in rows(server, "bergen")] == ["skos:broadMatch"]
    with me.page.expect_navigation():
        me.page.get_by_role("button", name="Undo").click()
    assert rows(server, "bergen") == ()


def test_a_decision_that_is_asked_again_holds_by_one_key(server: Server, chromium: object) -> None:
    me = Steward(chromium, server)
    me.open("Sluikstort", "bergen")
    me.decide("1")
    path = server.decisions / "bergen.sssom.tsv"
    (held,) = rows(server, "bergen")
    path.write_text(path.read_text(encoding="utf-8").replace(held.beside, "0123"), encoding="utf-8")
    me.open("Sluikstort", "bergen")
    assert "Asked again" in me.page.inner_text(".again")
    me.decide("h")
    assert [r.concept for r in rows(server, "bergen")] == [held.concept] * 2
    me.page.goto(f"{server.address}/?status=reopened")
    assert me.page.query_selector("table.list") is None
    me.open("Sluikstort", "bergen")
    me.decide("z")
    assert len(rows(server, "bergen")) == 1
    me.decide("z")
    assert rows(server, "bergen") == ()


def test_findings_are_judged_by_key(server: Server, chromium: object) -> None:
    me = Steward(chromium, server)
    me.page.goto(f"{server.address}/findings")
    me.page.click(".cards a")
    me.page.wait_for_function(READY)
    me.press("c")
    me.page.keyboard.type("er staat 12")
    me.page.evaluate("document.activeElement.blur()")
    with me.page.expect_navigation():
        me.press("w")
    me.page.goto(f"{server.address}/findings?state=judged")
    assert "misread" in me.page.inner_text(".cards")
    with me.page.expect_navigation():
        me.page.click(".cards a")
    with me.page.expect_navigation():
        me.press("z")
    assert "total is wrong" in me.page.inner_text("main") and me.complaints == []


def test_two_stewards_at_one_label(server: Server, chromium: object) -> None:
    one, other = Steward(chromium, server, "Eerste"), Steward(chromium, server, "Tweede")
    one.open("Zwerfkatten", "bergen")
    other.open("Zwerfkatten", "bergen")
    one.decide("1")
    with other.page.expect_navigation():
        other.press("2")
    assert "Someone else was here first" in other.page.inner_text("h1") and "Eerste" in other.page.inner_text("main")
    assert [r.author for r in rows(server, "bergen")] == ["Eerste"]
    with other.page.expect_navigation():
        other.page.get_by_role("link", name="Look at the label again").click()
    other.ready()
    assert "Eerste" in other.page.inner_text(".holds")
    other.decide("2")
    assert [r.author for r in rows(server, "bergen")][:1] == ["Eerste"] and len(rows(server, "bergen")) == 2


def test_a_missing_pdf_is_said_before_anything_can_be_decided(chromium: object, server: Server, tmp_path: Path) -> None:
    held = server.raw / "bergen-2023.pdf"
    aside = held.rename(tmp_path / held.name)
    try:
        me = Steward(chromium, server)
        me.open("Sluikstort", "bergen")
        me.page.wait_for_selector("#missing:visible")
        assert "missing" in me.page.inner_text("#missing") and "7" in me.page.inner_text("table.numbers")
    finally:
        aside.rename(held)


def test_what_was_decided_outlives_a_kill(server: Server, chromium: object) -> None:
    me = Steward(chromium, server)
    me.open("Zwerfkatten")
    me.decide("2")
    held = rows(server)
    me.open("Zwerfkatten")
    server.kill()
    assert rows(server) == held
    for key in ("1", "z", "j"):  # the card stays, and says so
        me.page.evaluate("document.querySelector('#said').textContent = ''")
        me.press(key)
        me.page.wait_for_selector("#said.failed:has-text('The program has stopped')")
        assert me.label == "Zwerfkatten"
    server.start()
    again = Steward(chromium, server)
    again.page.goto(me.address_of("Zwerfkatten"))
    assert "A. Steward" in again.page.inner_text(".holds")
    assert not [p for p in server.decisions.iterdir() if not re.fullmatch(r"\w+\.(sssom|aside)\.tsv", p.name)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_accessibility_check_finds_nothing(server: Server, chromium: object, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.base", reason="The check needs axe-playwright-python.")
    script = Path(axe.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
    me = Steward(chromium, server, color_scheme=scheme)
    for place in (
        ("/", "/who", "/findings", FINDING, "/unread", "Havenlicht")
        if scheme == "light"
        else ("/", FINDING, "Havenlicht")
    ):
        if place.startswith("/"):
            me.page.goto(server.address + place)
        else:
            me.open(place)
            me.page.fill("#q", "afval")
            me.page.wait_for_selector("#found button")
        me.page.evaluate(script)
        found = me.page.evaluate("axe.run().then(r => r.violations)")
        assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == [], place
        if scheme == "light":  # nothing is cut off on a narrow window
            me.page.set_viewport_size({"width": 800, "height": 900})
            assert me.page.evaluate("document.documentElement.scrollWidth") <= 800, place
