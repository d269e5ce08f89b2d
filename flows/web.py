"""Asks a publisher's web server for a file, politely and without trusting the answer.

Polite: one request at a time and host with a pause between, robots.txt heeded, "only if it changed" asked where the
server once said how to tell (ETag, Last-Modified), an interrupted download taken up again where it stopped, a server in
trouble given time. Without trust: only http and https, only public addresses unless told otherwise, only redirects
that stay with the site, only what begins like a PDF and is not larger than a report can be.
"""

from __future__ import annotations

import contextlib
import hashlib
import ipaddress
import json
import random
import socket
import ssl
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from schemas.files import sha256_of, write_atomically
from schemas.limits import MEGABYTE, Limits

AGENT = "klachtenatlas/0.1 (reads published complaint reports)"
_HEADERS = {"User-Agent": AGENT, "Accept-Encoding": "identity"}  # parts of a compressed answer cannot be joined
_ROBOT = "klachtenatlas"
_REDIRECTS = 5
"""A moved report needs one or two; more is a loop or a trap."""
_AGAIN: Final = frozenset({429, 500, 502, 503, 504})
"""Answers that may be another one in a moment (RFC 9110, 6585)."""
_PAGE_BYTES = 4 * MEGABYTE
_ROBOTS_BYTES = 512 * 1024


T = TypeVar("T")


class Refused(Exception):
    """Why an answer was not taken, as a sentence with what to do."""


class _Trouble(Exception):
    """A fault that may pass; `wait` is how long the server asked to be left alone, in seconds."""

    def __init__(self, sentence: str, wait: float = 0.0) -> None:
        super().__init__(sentence)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Manners:
    """How to ask. Times in seconds; `wall` bounds one file, however slowly it comes."""

    pause: float = 1.0
    attempts: int = 4
    backoff: float = 2.0
    longest_wait: float = 60.0
    connect: float = 10.0
    silence: float = 60.0
    wall: float = 1800.0
    most_bytes: int = Limits().file_bytes
    private: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What a server said of a file when it was last taken, and the SHA-256 of what was taken."""

    sha256: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was downloaded: where it lies now, and how to ask whether it changed."""

    path: Path
    seen: Seen


class Web:
    """Asks servers for files; `folder` keeps unfinished downloads, so that they can be taken up again."""

    def __init__(self, folder: Path, manners: Manners | None = None) -> None:
        self.folder = folder
        self.manners = manners or Manners()
        self._last: dict[str, float] = {}
        self._robots: dict[str, RobotFileParser | None] = {}
        limits = httpx.Timeout(self.manners.silence, connect=self.manners.connect)
        self._client = httpx.Client(timeout=limits, headers=_HEADERS, follow_redirects=False)

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def take(self, url: str, seen: Seen | None = None) -> Taken | None:
        """The PDF at `url`; None when it is still what was `seen`. Raises Refused."""
        return self._patiently(lambda: self._download(url, seen))

    def page(self, url: str) -> str:
        """The HTML at `url`; raises Refused."""

        def get() -> str:
            with self._answer(url, {"Accept": "text/html"}) as answer:
                kind = answer.headers.get("content-type", "")
                if "html" not in kind:
                    raise Refused(f"{url} is no web page ({kind or 'the server does not say what it is'}).")
                data = b"".join(_bounded(answer, _PAGE_BYTES, self._until()))
                return data.decode(answer.encoding or "utf-8", errors="replace")

        return self._patiently(get)

    def _patiently(self, attempt: Callable[[], T]) -> T:
        """The result of `attempt()`; trouble that may pass is waited for, a little longer each time."""
        for number in range(1, self.manners.attempts + 1):
            try:
                return attempt()
            except _Trouble as trouble:
                if number == self.manners.attempts:
                    tried = f" (tried {number} times)" if number > 1 else ""
                    raise Refused(f"{trouble}{tried}") from trouble
                patience = self.manners.backoff * 2 ** (number - 1) * random.uniform(0.8, 1.2)  # noqa: S311
                time.sleep(min(max(patience, trouble.wait), self.manners.longest_wait))
        raise AssertionError("unreachable")

    def _until(self) -> float:
        return time.monotonic() + self.manners.wall

    def _download(self, url: str, seen: Seen | None) -> Taken | None:
        begun = _Unfinished(self.folder, url)
        headers = begun.headers() if begun.size else {}
        if seen and not headers:
            headers = {"If-None-Match": seen.etag} if seen.etag else {}
            headers |= {"If-Modified-Since": seen.last_modified} if seen.last_modified else {}
        with self._answer(url, headers) as answer:
            if answer.status_code == 304:
                return None
            if answer.status_code == 416:  # what was begun is longer than what is there now
                begun.forget()
                raise _Trouble(f"{url} changed while it was being fetched")
            goes_on = answer.status_code == 206
            if goes_on and not _continues(answer, begun.size):
                begun.forget()
                raise _Trouble(f"{urlsplit(url).hostname} sent another part of the file than asked for")
            begun.write(answer, goes_on, self.manners.most_bytes, self._until())
        taken = begun.finished()
        if seen and taken.seen.sha256 == seen.sha256:
            taken.path.unlink()
            return None
        return taken

    @contextlib.contextmanager
    def _answer(self, url: str, headers: dict[str, str]) -> Iterator[httpx.Response]:
        """The answer to a GET, its redirects followed; raises Refused or _Trouble for what is none."""
        here = url
        for _ in range(_REDIRECTS + 1):
            host = self._allowed(here)
            self._robots_allow(here, host)
            self._pause(host)
            with _told(here), self._client.stream("GET", here, headers=headers) as answer:
                self._check_peer(answer, host)
                if answer.has_redirect_location:
                    here = _redirected(url, here, answer)
                    continue
                _check_status(here, answer, self.manners.longest_wait)
                yield answer
                return
        raise Refused(f"{url} redirects more than {_REDIRECTS} times; look for the report's address and correct `url`.")

    def _allowed(self, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Refused(f"{url!r} is no http address; correct `url` in the catalogue.")
        if parts.username or parts.password:
            raise Refused(f"{url!r} carries a password; a published report needs none.")
        if not self.manners.private and not _through_proxy(parts.scheme, parts.hostname):
            for address in _addresses(parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)):
                _public(address, parts.hostname)
        return parts.netloc

    def _check_peer(self, answer: httpx.Response, host: str) -> None:
        """A name may resolve to another address when it is connected to than when it was looked up."""
        name = urlsplit(f"//{host}").hostname or host
        stream = answer.extensions.get("network_stream")
        peer = stream.get_extra_info("server_addr") if stream else None
        if peer and not self.manners.private and not _through_proxy(answer.url.scheme, name):
            _public(str(peer[0]), name)

    def _robots_allow(self, url: str, host: str) -> None:
        if host not in self._robots:
            self._robots[host] = self._read_robots(url)
        rules = self._robots[host]
        if rules is not None and not rules.can_fetch(_ROBOT, url):
            raise Refused(
                f"{host} asks robots to leave {urlsplit(url).path} alone (robots.txt); fetch the report by hand."
            )

    def _read_robots(self, url: str) -> RobotFileParser | None:
        """The host's rules; None where it has none or cannot say (RFC 9309: a missing file allows everything)."""
        with contextlib.suppress(httpx.HTTPError, Refused, _Trouble):
            address = urljoin(url, "/robots.txt")
            with self._client.stream("GET", address) as answer:
                if answer.status_code == 200 and "html" not in answer.headers.get("content-type", ""):
                    data = b"".join(_bounded(answer, _ROBOTS_BYTES, self._until()))
                    rules = RobotFileParser()
                    rules.parse(data.decode("utf-8", errors="replace").splitlines())
                    return rules
        return None

    def _pause(self, host: str) -> None:
        wait = self._last.get(host, -self.manners.pause) + self.manners.pause - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._last[host] = time.monotonic()


class _Unfinished:
    """A download on its way: its bytes and, beside them, what the server called the file when it began."""

    def __init__(self, folder: Path, url: str) -> None:
        name = hashlib.sha256(url.encode()).hexdigest()[:32]
        self.url = url
        self.path = folder / f"{name}.part"
        self.about = folder / f"{name}.json"
        self.known: dict[str, str | None] = {}
        with contextlib.suppress(OSError, ValueError):
            told = json.loads(self.about.read_text(encoding="utf-8"))
            self.known = {name: told.get(name) for name in ("etag", "last_modified")}
        strong = self.known.get("etag")
        if not ((strong and not strong.startswith("W/")) or self.known.get("last_modified")):
            self.path.unlink(missing_ok=True)  # nothing to tell whether the rest belongs to the same file
        self.size = self.path.stat().st_size if self.path.exists() else 0

    def headers(self) -> dict[str, str]:
        """What asks for the rest, or for all of it when the file is no longer the same (RFC 9110, If-Range)."""
        etag = self.known.get("etag")
        mark = etag if etag and not etag.startswith("W/") else self.known.get("last_modified")
        return {"Range": f"bytes={self.size}-", "If-Range": str(mark)}

    def write(self, answer: httpx.Response, goes_on: bool, most: int, until: float) -> None:
        if not goes_on:
            self.known = {
                "etag": answer.headers.get("etag"),
                "last_modified": answer.headers.get("last-modified"),
            }
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.about.write_text(json.dumps(self.known), encoding="utf-8")
        have = self.size if goes_on else 0
        with _told(self.url), self.path.open("ab" if goes_on else "wb") as file:
            try:
                for piece in _bounded(answer, most - have, until):
                    if not have and b"%PDF-" not in piece[:1024]:
                        raise Refused(
                            "what the server sent is no PDF (often a page that says so); open the address in a browser."
                        )
                    file.write(piece)
                    have += len(piece)
            except Refused:
                self.forget()
                raise
        if not have:
            raise _Trouble("the server sent nothing; try again later.")

    def finished(self) -> Taken:
        self.about.unlink(missing_ok=True)
        return Taken(self.path, Seen(sha256_of(self.path), self.known.get("etag"), self.known.get("last_modified")))

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)
        self.about.unlink(missing_ok=True)


def _untrusted(error: BaseException | None) -> str | None:
    """What is wrong with a server's certificate, where that is what `error` comes from."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return str(error.verify_message)
        error = error.__cause__ or error.__context__
    return None


@contextlib.contextmanager
def _told(url: str) -> Iterator[None]:
    """What goes wrong between here and the server, as sentences."""
    host = urlsplit(url).hostname
    try:
        yield
    except httpx.ConnectTimeout as error:
        raise _Trouble(
            f"{host} cannot be reached from here; check the network, or fetch the file elsewhere."
        ) from error
    except httpx.TimeoutException as error:
        raise _Trouble(f"{url} did not answer in time; try again later.") from error
    except httpx.ConnectError as error:
        if doubt := _untrusted(error):
            raise Refused(
                f"{host} cannot prove who it is ({doubt}); open the address in a browser. If the certificate's issuer "
                "is to be trusted, name a file of trusted certificates in SSL_CERT_FILE."
            ) from error
        raise _Trouble(
            f"{host} cannot be reached from here; check the network, or fetch the file elsewhere and copy it."
        ) from error
    except httpx.RemoteProtocolError as error:
        raise _Trouble(f"{host} broke off in the middle of its answer; try again later.") from error
    except httpx.HTTPError as error:
        raise _Trouble(f"{url} could not be fetched ({type(error).__name__}); try again later.") from error


def _bounded(answer: httpx.Response, most: int, until: float) -> Iterator[bytes]:
    size = 0
    for piece in answer.iter_bytes():  # as it comes: what was received before a break is not to be lost
        size += len(piece)
        if size > most:
            raise Refused(f"it is larger than {most / MEGABYTE:.0f} MB, too large for a report; it was not kept.")
        if time.monotonic() > until:
            raise _Trouble("the server sends too slowly; what came was kept, try again later.")
        yield piece


def _check_status(url: str, answer: httpx.Response, longest: float) -> None:
    status = answer.status_code
    if status in (200, 206, 304, 416):
        return
    if status in _AGAIN:
        raise _Trouble(f"{url} answered {status}; the server is in trouble, try again later.", _wait(answer, longest))
    raise Refused(f"{url} answered {status}; look for the report's new address and correct `url`.")


def _wait(answer: httpx.Response, longest: float) -> float:
    """What Retry-After asks for, in seconds, bounded."""
    told = answer.headers.get("retry-after", "")
    if told.isdecimal():
        return min(float(told), longest)
    with contextlib.suppress(TypeError, ValueError):
        return min(max(parsedate_to_datetime(told).timestamp() - time.time(), 0.0), longest)
    return 0.0


def _continues(answer: httpx.Response, begin: int) -> bool:
    return str(answer.headers.get("content-range", "")).startswith(f"bytes {begin}-")


def _redirected(first: str, here: str, answer: httpx.Response) -> str:
    there = urljoin(here, answer.headers["location"])
    old, new = urlsplit(first), urlsplit(there)
    if not _same_site(old.hostname or "", new.hostname or ""):
        raise Refused(
            f"{first} now leads to another host, {new.hostname}; if that is right, write {there} into the catalogue."
        )
    if old.scheme == "https" and new.scheme != "https":
        raise Refused(f"{first} leads to an address without encryption, {there}; if that is right, write it down.")
    return there


def _same_site(one: str, other: str) -> bool:
    one, other = one.lower().removeprefix("www."), other.lower().removeprefix("www.")
    return bool(other) and (one == other or one.endswith(f".{other}") or other.endswith(f".{one}"))


def _addresses(host: str, port: int) -> list[str]:
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError as error:
        raise _Trouble(
            f"{host} cannot be reached from here; check the network, or fetch the file elsewhere and copy it."
        ) from error


def _public(address: str, host: str) -> None:
    if not ipaddress.ip_address(address.partition("%")[0]).is_global:
        raise Refused(
            f"{host} is an address inside this network ({address}), which no published report has; "
            "where it is meant, say --allow-private."
        )


def _through_proxy(scheme: str, host: str) -> bool:
    return scheme in urllib.request.getproxies() and urllib.request.proxy_bypass(host) is not True


class SeenFiles:
    """What servers said of files, by address, kept in `path`. It may be deleted: all is then fetched once more."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, Seen] = {}
        with contextlib.suppress(OSError, ValueError, TypeError):
            told = json.loads(path.read_text(encoding="utf-8"))
            self._known = {url: Seen(**fields) for url, fields in told.items()}

    def get(self, url: str, sha256: str) -> Seen:
        """What is known of `url`, of which the file with this sum was taken."""
        known = self._known.get(url)
        return known if known and known.sha256 == sha256 else Seen(sha256)

    def put(self, url: str, seen: Seen) -> None:
        """Keeps what a server said; written at once."""
        self._known[url] = seen
        told = {url: asdict(kept) for url, kept in sorted(self._known.items())}
        write_atomically(self._path, json.dumps(told, indent=1))
