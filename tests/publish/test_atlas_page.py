"""The atlas as a file: what it lets in, what fits into it, and that its libraries are what their packages hold."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import publish.atlas.page as atlas
from publish.atlas.numbers import Numbers, pictured

VENDORED = {
    "d3.min.js": "912111098ea99503a6f4967361d2bbdc9dbf58cf9c678c8e27e5b02d1a07f0c1",
    "plot.umd.min.js": "4358086467740777dd788d6b27a95cebdbaefdd50c730a3060117073bd7134cb",
}
"""SHA-256 of the files in the npm packages d3 7.9.2 and @observablehq/plot 0.6.17."""


class Scripts(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[dict[str, str | None], str]] = []
        self.policy = ""
        self._open = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""
        self._open = tag in ("script", "style")
        if self._open:
            self.found.append((given, ""))
        assert not any(name.startswith("on") or name == "style" for name in given), (tag, given)

    def handle_endtag(self, tag: str) -> None:
        self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found[-1] = (self.found[-1][0], self.found[-1][1] + data)


def test_the_libraries_are_the_files_of_their_packages() -> None:
    folder = Path(atlas.__file__).parent / "vendor"
    assert {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.glob("*.js")} == VENDORED
    assert {p.name for p in folder.glob("*.license.txt")} == {"d3.license.txt", "plot.license.txt"}


def test_the_policy_names_every_script_and_lets_nothing_else_in(dataset: Path) -> None:
    page = Scripts((dataset / "atlas.html").read_text(encoding="utf-8"))
    for given, text in page.found:
        if given.get("type") != "application/json":
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in page.policy
    assert page.policy.startswith("default-src 'none';")
    assert not re.search(r"unsafe|https?:|\*", page.policy)


def test_pictures_that_do_not_fit_are_left_out_last_those_of_charts(strips: dict[str, bytes]) -> None:
    row = {"report_id": "aandorp-2022", "page": 4, "top": 200.0, "bottom": 210.0}
    numbers = Numbers({"a": row, "b": {**row, "page": 9}}, {"aandorp-2022": 0})
    assert numbers.places(["a", "b", "unknown"]) == [0, 1]
    shown, of_numbers, left_out = pictured(numbers, strips, 1_000_000)
    assert len(shown) == 1 and of_numbers == [0, None] and left_out == 0
    assert pictured(numbers, strips, 10) == ([], [None, None], 1)


def test_the_page_fits_and_is_the_same_each_time(dataset: Path, strips: dict[str, bytes]) -> None:
    page = atlas.atlas_html(dataset / "klachtenatlas.duckdb", strips)
    assert page == atlas.atlas_html(dataset / "klachtenatlas.duckdb", strips)
    assert page != (dataset / "atlas.html").read_text(encoding="utf-8")  # which was made without pictures
    assert len(page.encode()) < atlas.LIMIT
