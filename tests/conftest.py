"""What tests of several rooms share: a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.steward.page import CHROMIUM, browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Chromium without a way out, for one module: the event loop that it brings must not meet those of other tests."""
    pytest.importorskip("playwright.sync_api", reason="The browser tests need playwright (pip install -e .[dev]).")
    if CHROMIUM is None:
        pytest.skip("No Chromium is installed here (on Debian: apt-get install chromium).")
    with browser() as opened:
        yield opened
