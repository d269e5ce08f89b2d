"""`klachtenatlas fetch`: downloads the catalogued originals, verifies them, remembers what they were.

Only entries that say `url_kind: pdf` are fetched: a landing page is for people. A file that stands there already is
verified and not asked for again. What a publisher's server sends is believed to be a report only when it begins like a
PDF, is not larger than a report can be, and is what was seen the first time.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flows.catalogue import CHECKSUMS, CatalogueError, fetch_target, load, recorded_checksums, sha256_of
from flows.errors import CommandError
from schemas.catalogue import Entry
from schemas.limits import MEGABYTE, Limits

AGENT = "klachtenatlas/0.1 (reads published complaint reports)"
PAUSE_SECONDS = 1.0
"""Between two requests to one host: small municipal sites are not to notice us."""
TIMEOUT = (10.0, 60.0)
"""Seconds to connect, and between two pieces of the answer."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """How one entry went: `path` when its file is there now, else `problem`, a sentence."""

    id: str
    path: Path | None
    problem: str | None = None


def fetch_reports(root: Path, report_ids: Sequence[str], say: Callable[[str], None]) -> int:
    """Fetches the named reports, or all that can be; gives the exit status. Raises CommandError for a wrong name."""
    try:
        catalogue = load(root)
    except CatalogueError as error:
        raise CommandError(str(error), 3) from error
    entries = {entry.id: entry for entry in catalogue.not_fetched}
    present = {source.entry.id: source.path for source in catalogue.sources}
    refused = {problem.id: problem.reason for problem in catalogue.refused}
    unknown = [name for name in report_ids if name not in entries and name not in present and name not in refused]
    if unknown:
        raise CommandError(f"The catalogue has no report {unknown[0]}; `klachtenatlas status` lists them.", 2)
    failed = done = 0
    for name in report_ids or sorted(name for name, entry in entries.items() if entry.url_kind == "pdf"):
        if name in present:
            say(f"{name}: stands there already, {present[name].relative_to(root.resolve())}, and is as recorded.")
            continue
        if name in refused:
            failed += 1
            say(refused[name])
            continue
        result = fetch(entries[name], root)
        failed += result.problem is not None
        done += result.path is not None
        say(result.problem or f"{name}: fetched to {result.path}.")
    pages = sum(1 for entry in entries.values() if entry.url_kind != "pdf")
    if not report_ids:
        say(f"{done} fetched, {failed} failed; {pages} catalogued reports have only a page, to be opened by a person.")
    return 0 if not failed else 1 if done else 3


def fetch(entry: Entry, root: Path) -> Fetched:
    """Downloads one report into the catalogue's folder and records its SHA-256; never raises for what a server does."""
    if entry.url is None or entry.url_kind != "pdf":
        where = f"; open {entry.url}, save the PDF as {fetch_target(entry.id, entry.fetch_to)}" if entry.url else ""
        return Fetched(entry.id, None, f"{entry.id}: its entry gives no address of a PDF{where}.")
    host = urlsplit(entry.url).hostname
    if urlsplit(entry.url).scheme not in ("http", "https") or not host:
        return Fetched(entry.id, None, f"{entry.id}: {entry.url!r} is no http address; correct `url` in the catalogue.")
    target = (root / fetch_target(entry.id, entry.fetch_to)).resolve()
    if not target.is_relative_to(root.resolve()):
        return Fetched(entry.id, None, f"{entry.id}: fetch_to leads out of {root}; correct it in the catalogue.")
    _be_polite(host)
    with tempfile.TemporaryDirectory() as folder:
        try:
            path = _download(entry.url, Path(folder))
            _verify(path, entry)
        except _Refused as error:
            return Fetched(entry.id, None, f"{entry.id}: {error}")
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f".{target.name}.part")
        shutil.copyfile(path, unfinished)
        unfinished.replace(target)
    _record(root, target)
    return Fetched(entry.id, target)


class _Refused(Exception):
    """Why a download was not taken."""


def _download(url: str, folder: Path) -> Path:
    """The answer to `url` as a file; raises _Refused with a sentence."""
    import pooch
    import requests

    def limited(url: str, output_file: str, _pooch: Any) -> None:
        """A pooch downloader that stops when the answer is no report."""
        try:
            with requests.get(url, timeout=TIMEOUT, stream=True, headers={"User-Agent": AGENT}) as answer:
                answer.raise_for_status()
                with Path(output_file).open("wb") as file:
                    for piece in _bounded(answer.iter_content(65536)):
                        file.write(piece)
        except requests.HTTPError as error:
            status = error.response.status_code if error.response is not None else "an error"
            raise _Refused(f"{url} answered {status}; look for the report's new address and correct `url`.") from error
        except requests.ConnectionError as error:
            raise _Refused(
                f"{urlsplit(url).hostname} cannot be reached from here; check the network, "
                "or fetch the file elsewhere and copy it."
            ) from error
        except requests.Timeout as error:
            raise _Refused(f"{url} did not answer in time; try again later.") from error
        except requests.RequestException as error:
            raise _Refused(f"{url} could not be fetched ({type(error).__name__}); try again later.") from error

    pooch.get_logger().setLevel("ERROR")
    return Path(pooch.retrieve(url, known_hash=None, fname="report.pdf", path=folder, downloader=limited))


def _bounded(pieces: Iterator[bytes]) -> Iterator[bytes]:
    most, size = Limits().file_bytes, 0
    for piece in pieces:
        if not size and b"%PDF-" not in piece[:1024]:
            raise _Refused("what the server sent is no PDF (often a page that says so); open the address in a browser.")
        size += len(piece)
        if size > most:
            raise _Refused(f"it is larger than {most / MEGABYTE:.0f} MB, too large for a report; it was not kept.")
        yield piece
    if not size:
        raise _Refused("the server sent nothing; try again later.")


def _verify(path: Path, entry: Entry) -> None:
    found = sha256_of(path)
    if entry.sha256 and entry.sha256 != found:
        raise _Refused(
            f"the publisher's file is no longer the one catalogued (SHA-256 {found}, expected {entry.sha256}); compare "
            "the two, then write the new sum into the entry or add an entry that supersedes it."
        )


def _record(root: Path, target: Path) -> None:
    """Writes the file's sum beside the catalogue, so that a later change of the file is noticed."""
    sums = recorded_checksums(root)
    sums[target.relative_to(root.resolve()).as_posix()] = sha256_of(target)
    text = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    unfinished = root / f".{CHECKSUMS}.part"
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(root / CHECKSUMS)


_last_request: dict[str, float] = {}


def _be_polite(host: str) -> None:
    wait = _last_request.get(host, -PAUSE_SECONDS) + PAUSE_SECONDS - time.monotonic()
    if wait > 0:
        time.sleep(wait)
    _last_request[host] = time.monotonic()
