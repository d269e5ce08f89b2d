"""The pages for people name what is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from flows.cli import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def test_every_direct_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[<>=\[ ]", name)[0].lower() for name in wanted}
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert names == set(re.findall(r"^\| ([a-z0-9-]+) \| ", page, re.MULTILINE)) - {"package", "---"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]
    assert [target for target in targets if target and not (page.parent / target).exists()] == []


def test_the_commands_that_pages_tell_people_to_type_exist() -> None:
    commands = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    commands |= {str(group.name) for group in app.registered_groups}
    told = {
        word for page in PAGES for word in re.findall(r"klachtenatlas ([a-z]+)\b", page.read_text(encoding="utf-8"))
    }
    assert {word for word in told if word in commands} >= {"build", "fetch", "findings", "explain", "review", "status"}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = {word for page in PAGES for word in re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8"))}
    assert targets <= set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
