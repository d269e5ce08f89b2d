"""The scheme's page: it is of the present scheme, stands alone, and finds concepts in any language."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from ontology import crosswalks, migrations
from ontology.page import PAGE, render, write
from ontology.scheme import load_scheme


def test_the_page_is_of_the_present_scheme(tmp_path: Path) -> None:
    fresh = write(load_scheme(), tmp_path / "scheme.html")
    same = fresh.read_bytes() == PAGE.read_bytes()
    assert same, "run `python -m ontology.scheme` after an edit of the scheme, its crosswalks or migrations"


def test_the_page_needs_nothing_from_elsewhere_and_its_links_lead_somewhere() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert re.findall(r'(?:src|@import|url\()\s*=?\s*"?http', text) == []
    here = set(re.findall(r'id="([^"]+)"', text))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= here
    assert {c.key for c in load_scheme()} <= here
    beside = {target for target in re.findall(r'href="([^"#]+)"', text) if "://" not in target}
    assert [target for target in beside if not (PAGE.parent / target).is_file()] == []


def test_what_stands_in_the_scheme_is_text_on_the_page() -> None:
    scheme = load_scheme()
    hostile = replace(scheme["subject:waste"], definition_en="<script>alert(1)</script>")
    text = render(replace(scheme, concepts={**scheme.concepts, hostile.key: hostile}))
    assert "<script>alert" not in text and "&lt;script&gt;alert" in text


def test_crosswalks_and_migrations_stand_on_it() -> None:
    text = render(load_scheme(), crosswalks.load(), migrations.load())
    assert "Respectvol &gt; Fair play: related" in text
    assert "No concept was ever split" in text


def test_typing_finds_concepts_in_any_language_from_a_file(chromium: Any) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(PAGE.as_uri())

        def found(words: str) -> list[str]:
            page.keyboard.press("Escape")
            page.keyboard.type(words)
            page.wait_for_timeout(100)
            return page.eval_on_selector_all("article:not([hidden])", "all => all.map(one => one.id)")

        page.keyboard.press("/")
        assert found("larm")[:3].count("subject:nuisance.noise") == 1 and "subject:care.home" not in found("Lärm")
        assert "subject:waste.litter" in found("zwerfv") and "ground:waiting_time" in found("delai")
        assert "outcome:founded.partly" in found("outcome:founded.partly")
        assert found("qqq") == [] and page.inner_text("#count") == "nothing found"
        assert len(found("")) == len(load_scheme())
        found("zwerfv")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.querySelector('details').open")
        page.set_viewport_size({"width": 360, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert faults == []
