from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

_PATH = Path(__file__).parents[2] / "scripts" / "release" / "supply_chain.py"
_spec = importlib.util.spec_from_file_location("supply_chain", _PATH)
assert _spec and _spec.loader
supply_chain = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(supply_chain)


@pytest.mark.parametrize(
    "licence", ["GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND GPL-2.0-only", "GNU Affero General Public License v3", ""]
)
def test_what_may_not_come_along(licence: str) -> None:
    assert "x" in supply_chain.objection("x", licence)


@pytest.mark.parametrize(
    "licence",
    [
        "MIT",
        "LGPL-3.0-or-later",
        "GNU Lesser General Public License v3 (LGPLv3)",
        "Apache-2.0 OR GPL-2.0-only",
        "MPL-2.0",
    ],
)
def test_what_may(licence: str) -> None:
    assert supply_chain.objection("x", licence) is None


def test_the_default_install_is_walked_with_what_it_brings_along_and_without_tools_for_development() -> None:
    found = supply_chain.closure()
    assert {"pandas", "pikepdf", "pdfminer-six"} <= set(found)
    assert not {"ruff", "pytest", "hypothesis"} & set(found)
