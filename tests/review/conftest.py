from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_material import browser, build
from starlette.testclient import TestClient

from ontology.decisions import Decisions
from ontology.matching import Matcher
from review.candidates import Proposer
from review.desk import Desk


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    return Matcher(decisions=Decisions())


@pytest.fixture(scope="session")
def material(tmp_path_factory: pytest.TempPathFactory, matcher: Matcher) -> Path:
    folder = tmp_path_factory.mktemp("stewards")
    build(folder / "raw", folder / "data", matcher)
    return folder


@pytest.fixture(scope="session")
def warm_desk(material: Path, matcher: Matcher) -> Iterator[Desk]:
    """A desk whose matcher stands and whose pages are drawn; its decisions go nowhere."""
    desk = Desk(material / "data", material / "raw", material / "no-decisions")
    desk.proposer = Proposer(desk.scheme, material, matcher)
    desk.start()
    yield desk
    desk.close()


@pytest.fixture
def desk(material: Path, warm_desk: Desk, tmp_path: Path) -> Desk:
    """A desk with an empty folder of decisions."""
    own = Desk(material / "data", material / "raw", tmp_path / "decisions")
    own.proposer = warm_desk.proposer
    own.pictures = warm_desk.pictures
    return own


@pytest.fixture
def client(desk: Desk) -> TestClient:
    """A browser of someone who has said who they are."""
    client = browser(desk)
    client.post("/who", data={"author": "A. Steward", "back": "/"})
    return client
