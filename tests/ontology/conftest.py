from __future__ import annotations

import pytest

from ontology.matching import Matcher


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    return Matcher()
