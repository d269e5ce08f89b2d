"""`klachtenatlas fetch`: downloads the catalogued originals, verifies them, remembers what they were.

Only entries that say `url_kind: pdf` are fetched: a landing page is for people. A file that stands there already is
verified and not asked for again, unless it is to be refreshed. When its publisher has put another file in its place,
the earlier edition is kept beside it; nothing that was ever fetched is deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from flows.catalogue import (
    CHECKSUMS,
    SUPERSEDED,
    CatalogueError,
    fetch_target,
    load,
    recorded_checksums,
)
from flows.errors import CommandError
from flows.store import default_folder
from flows.web import Manners, Refused, Seen, SeenFiles, Web
from schemas.catalogue import Entry
from schemas.files import copy_atomically, sha256_of, write_atomically

What = Literal["new", "changed", "unchanged", "failed", "page"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """How one entry went: `path` when its file is there now; `problem`, a sentence, when something is to be done."""

    id: str
    what: What
    path: Path | None = None
    problem: str | None = None


def fetch_reports(
    root: Path, report_ids: Sequence[str], say: Callable[[str], None], manners: Manners | None = None
) -> int:
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
    with Fetcher(root, manners) as fetch:
        for name in report_ids or sorted(name for name, entry in entries.items() if entry.url_kind == "pdf"):
            if name in present:
                say(f"{name}: stands there already, {present[name].relative_to(root.resolve())}, and is as recorded.")
                continue
            if name in refused:
                failed += 1
                say(refused[name])
                continue
            result = fetch(entries[name])
            failed += result.problem is not None
            done += result.path is not None
            say(result.problem or f"{name}: fetched to {result.path}.")
    pages = sum(1 for entry in entries.values() if entry.url_kind != "pdf")
    if not report_ids:
        say(f"{done} fetched, {failed} failed; {pages} catalogued reports have only a page, to be opened by a person.")
    return 0 if not failed else 1 if done else 3


class Fetcher:
    """Fetches reports into the catalogue's folder, one after the other; never raises for what a server does."""

    def __init__(self, root: Path, manners: Manners | None = None) -> None:
        self._root = root
        cache = default_folder()
        self._web = Web(cache / "downloads", manners)
        self._seen = SeenFiles(cache / "http.json")

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self._web.__exit__()

    def __call__(self, entry: Entry, present: Path | None = None) -> Fetched:
        """Brings one report and records its SHA-256; with `present`, its file, only when its publisher changed it."""
        if entry.url is None or entry.url_kind != "pdf":
            where = f"; open {entry.url}, save the PDF as {fetch_target(entry.id, entry.fetch_to)}" if entry.url else ""
            return Fetched(entry.id, "page", present, f"{entry.id}: its entry gives no address of a PDF{where}.")
        target = (self._root / fetch_target(entry.id, entry.fetch_to)).resolve() if present is None else present
        if not target.is_relative_to(self._root.resolve()):
            problem = f"{entry.id}: fetch_to leads out of {self._root}; correct it in the catalogue."
            return Fetched(entry.id, "failed", None, problem)
        had = sha256_of(present) if present else None
        try:
            taken = self._web.take(entry.url, self._seen.get(entry.url, had) if had else None)
            if taken is None:
                _record(self._root, target)  # an earlier replacement may have been cut short before this
                return Fetched(entry.id, "unchanged", present)
            try:
                self._expected(entry, taken.seen)
                if had:
                    _set_aside(self._root, entry.id, target, had)
                copy_atomically(taken.path, target)
            finally:
                taken.path.unlink(missing_ok=True)
        except Refused as error:
            return Fetched(entry.id, "failed", present, f"{entry.id}: {error}")
        except OSError as error:
            problem = (
                f"{entry.id}: could not be kept ({error.strerror or error}); make room or rights and fetch it again."
            )
            return Fetched(entry.id, "failed", present, problem)
        _record(self._root, target)
        self._seen.put(entry.url, taken.seen)
        return Fetched(entry.id, "changed" if had else "new", target)

    def _expected(self, entry: Entry, found: Seen) -> None:
        if entry.sha256 and entry.sha256 != found.sha256:
            raise Refused(
                f"the publisher's file is no longer the one catalogued (SHA-256 {found.sha256}, expected "
                f"{entry.sha256}); compare the two, then write the new sum into the entry or add an entry that "
                "supersedes it."
            )


def _set_aside(root: Path, report_id: str, path: Path, sha256: str) -> None:
    """Keeps an edition that its publisher replaced, under its id and sum."""
    kept = root.resolve() / SUPERSEDED / f"{report_id}.{sha256}.pdf"
    copy_atomically(path, kept)
    _record(root, kept)


def _record(root: Path, target: Path) -> None:
    """Writes the file's sum beside the catalogue, so that a later change of the file is noticed."""
    sums = recorded_checksums(root)
    sums[target.relative_to(root.resolve()).as_posix()] = sha256_of(target)
    text = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    write_atomically(root / CHECKSUMS, text)
