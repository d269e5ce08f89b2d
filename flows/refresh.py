"""Looks at the catalogue's addresses for reports that are new, changed or missing.

An address of a PDF is asked whether the file changed. A landing page is looked at for links to PDFs that nobody
catalogued yet: those are named, for a person to add an entry. Who published every year and has not this time is named
as well.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from flows.catalogue import Catalogue
from flows.fetch import Fetched, Fetcher
from flows.store import default_folder
from flows.web import Manners, Refused, Web
from schemas.catalogue import Entry

_LINKS = 200
"""More links to PDFs than that on one page is an archive of other things."""
_TOPIC = re.compile(
    r"(?i)klacht|jaarverslag|ombud|m[ée]diat|plainte|r[ée]clamation|beschwerde|jahresbericht|complain|annual|feedback"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a PDF on a catalogued landing page that was not there when the page was last looked at."""

    city: str
    page: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A body that published regularly and whose report on `year` is not catalogued; `overdue` by a year or so."""

    city: str
    publisher: str
    year: int
    overdue: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """What a round over the catalogue's addresses found."""

    fetched: tuple[Fetched, ...]
    links: tuple[Link, ...]


def refresh(
    catalogue: Catalogue, say: Callable[[str], None], manners: Manners | None = None, *, pages: bool = True
) -> Looked:
    """Asks every address once; never raises for what a server does."""
    present = {source.entry.id: source.path for source in catalogue.sources if source.entry.edition == "original"}
    entries = [source.entry for source in catalogue.sources if source.entry.edition == "original"]
    wanted = [entry for entry in (*entries, *catalogue.not_fetched) if entry.url]
    fetched: list[Fetched] = []
    links: list[Link] = []
    with Fetcher(catalogue.root, manners) as fetch:
        for number, entry in enumerate(sorted((e for e in wanted if e.url_kind == "pdf"), key=lambda e: e.id), start=1):
            say(f"asking for {entry.id} ({number})")
            fetched.append(fetch(entry, present.get(entry.id)))
    if pages:
        known = {entry.url for entry in (*(source.entry for source in catalogue.sources), *catalogue.not_fetched)}
        with Web(default_folder() / "downloads", manners) as web:
            for entry in sorted((e for e in wanted if e.url_kind != "pdf"), key=lambda e: e.id):
                say(f"looking at the page of {entry.id}")
                problem = _new_links(web, entry, known, links)
                if problem:
                    fetched.append(Fetched(entry.id, "failed", present.get(entry.id), f"{entry.id}: {problem}"))
    return Looked(tuple(fetched), tuple(links))


def missing(catalogue: Catalogue, this_year: int) -> list[Missing]:
    """Who should have published by now: a report on a year is awaited in the next and overdue after it."""
    years: dict[tuple[str, str], set[int]] = {}
    for entry in (*(source.entry for source in catalogue.sources), *catalogue.not_fetched):
        if not entry.inferred:
            years.setdefault((entry.city, entry.publisher), set()).add(entry.reporting_year)
    found = []
    for (city, publisher), known in sorted(years.items()):
        if len(known) < 2:
            continue  # one report says nothing of a rhythm
        step = min(after - before for before, after in pairwise(sorted(known)))
        following = max(known) + step
        if following < this_year:
            found.append(Missing(city, publisher, following, overdue=following + 1 < this_year))
    return found


def _new_links(web: Web, entry: Entry, known: set[str | None], links: list[Link]) -> str | None:
    """Adds the page's new links to `links`; what went wrong, as a sentence."""
    assert entry.url is not None
    try:
        found = list(_pdf_links(entry.url, web.page(entry.url)))
    except Refused as error:
        return str(error)
    seen = _SeenLinks(entry.url)
    for url, text in found[:_LINKS]:
        if url not in known and url not in seen.urls and (_TOPIC.search(f"{text} {url}") or _YEAR.search(text)):
            links.append(Link(entry.city, entry.url, url, text))
    seen.keep(url for url, _ in found)
    return None


class _SeenLinks:
    """The links that a page had: a cache, without which they are all named once more."""

    def __init__(self, page: str) -> None:
        name = hashlib.sha256(page.encode()).hexdigest()[:32]
        self._path = default_folder() / "pages" / f"{name}.json"
        try:
            self.urls = set(json.loads(self._path.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            self.urls = set()

    def keep(self, urls: Iterator[str]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(json.dumps(sorted({*self.urls, *urls})), encoding="utf-8")


def _pdf_links(page: str, html: str) -> Iterator[tuple[str, str]]:
    """Address and words of each link to a PDF, in the page's order."""
    reader = _Links()
    reader.feed(html)
    for target, words in reader.links:
        url = urljoin(page, target.strip()).partition("#")[0]
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.path.lower().endswith(".pdf"):
            yield url, " ".join(words.split()) or unquote(Path(parts.path).name)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and (target := dict(attrs).get("href")):
            self.links.append((target, ""))
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "a"

    def handle_data(self, data: str) -> None:
        if self._open and self.links:
            target, words = self.links[-1]
            self.links[-1] = (target, words + data)
