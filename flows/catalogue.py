"""Loads `raw_reports/catalogue.yaml` and says, file by file, what can be read.

Each problem costs the entry that has it and no other; it comes back as a sentence with the report's id and what to do.
The catalogue is input like any other: see `flows.plain_yaml`. No PDF is
opened here, only hashed.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from flows import plain_yaml
from schemas.catalogue import LANGUAGES, Entry
from schemas.files import sha256_of

CATALOGUE = "catalogue.yaml"
ORIGINALS = "originals"
"""Folder under the raw folder where fetched reports stand, one `<id>.pdf` each."""
SUPERSEDED = "originals/superseded"
"""Where editions stay that their publisher replaced, as `<id>.<sha256>.pdf`; they are kept, not read."""
CHECKSUMS = "originals.sha256"
"""What each fetched report was when first seen, in the format of sha256sum; stands beside the catalogue."""

_MAX_LISTED = 20_000
_MAX_TEXT = 2000
_REQUIRED = ("id", "city", "country", "publisher", "title", "reporting_year", "language", "edition")
_OPTIONAL = ("url", "url_kind", "file", "fetch_to", "sha256", "licence", "supersedes", "hints")
_NOTED = ("note", "notes", "comment", "pages", "source")
"""Fields for people, and for the tools that fill the folder; the build passes over them."""
_EDITIONS = ("original", "facsimile", "synthetic")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class CatalogueError(Exception):
    """The catalogue as a whole cannot be used; the message is a sentence with what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """A report whose file stands there and is what the catalogue says it is."""

    entry: Entry
    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that cannot be used. `entry` holds what could be understood of it, where that was enough for one."""

    id: str
    reason: str
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What stands under a raw folder.

    `loose` are the PDFs without an entry, with their SHA-256; `not_fetched` the entries whose file was never fetched;
    `notes` are remarks for people that cost nobody anything.
    """

    root: Path
    sources: tuple[Source, ...] = ()
    loose: tuple[tuple[Path, str], ...] = ()
    not_fetched: tuple[Entry, ...] = ()
    refused: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = ()


def load(root: Path) -> Catalogue:
    """Everything under `root`; raises CatalogueError when the folder or its catalogue as a whole cannot be used."""
    if not root.is_dir():
        raise CatalogueError(f"{root} is no folder. Give the folder that holds the reports with --raw.")
    path = root / CATALOGUE
    listed = _listed(path) if path.exists() else []
    seen = _Seen(root.resolve(), recorded_checksums(root))
    for place, raw in enumerate(listed, start=1):
        seen.take(place, raw)
    loose = tuple(_hashed(file, seen) for file in _pdfs(root) if _real(file) not in seen.files)
    notes = list(seen.notes)
    if not path.exists() and loose:
        notes.append(f"{root} has no {CATALOGUE}; what its PDFs are is inferred from themselves.")
    return Catalogue(
        root,
        tuple(seen.sources),
        tuple(filter(None, loose)),
        tuple(seen.not_fetched),
        tuple(seen.refused),
        tuple(notes),
    )


def recorded_checksums(root: Path) -> dict[str, str]:
    """SHA-256 by path (relative to `root`, forward slashes) of the reports that were fetched."""
    path = root / CHECKSUMS
    if not path.exists():
        return {}
    lines = (line.split(maxsplit=1) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return {parts[1].lstrip("*").strip(): parts[0] for parts in lines if len(parts) == 2}


def fetch_target(report_id: str, fetch_to: object = None) -> str:
    """Where a fetched report goes, relative to the catalogue's folder."""
    return fetch_to if isinstance(fetch_to, str) and fetch_to else f"{ORIGINALS}/{report_id}.pdf"


class _Unusable(Exception):
    """What is wrong with one entry, as a sentence that follows its id."""


class _Seen:
    """Entries as they are met: later ones are held against earlier ones."""

    def __init__(self, root: Path, checksums: Mapping[str, str]) -> None:
        self.root = root
        self.checksums = checksums
        self.places: dict[str, int] = {}
        self.files: dict[Path, str] = {}
        self.sources: list[Source] = []
        self.not_fetched: list[Entry] = []
        self.refused: list[Refused] = []
        self.notes: list[str] = []

    def take(self, place: int, raw: object) -> None:
        """One item of the list `reports`, the `place`th."""
        name = _name(raw, place)
        entry = None
        try:
            if not isinstance(raw, dict):
                raise _Unusable(
                    "it is no mapping of fields to values; write `- id: ...` and the other fields below it."
                )
            path, lost = self._path(raw, name)  # first: a refused entry's PDF must not be read as one without an entry
            if self.places.setdefault(name, place) != place:
                name = f"{name} (entry {place})"
                raise _Unusable(
                    f"entry {self.places[_name(raw, place)]} has the same id and was used; rename one of them."
                )
            if problems := " ".join([*_problems(raw), *lost]):
                raise _Unusable(problems)
            self.notes.extend(_unknown_fields(name, raw))
            entry = _entry(raw, path.relative_to(self.root).as_posix() if path else None, self._earlier(name))
            if path:
                self.sources.append(Source(entry, path, self._checked(entry, path)))
            elif entry.edition == "original":
                self.not_fetched.append(entry)
            else:
                raise _Unusable("it names no file; add `file: <path below this folder>` or remove the entry.")
        except _Unusable as problem:
            self.refused.append(Refused(name, f"{name}: {problem}", entry or _fragment(raw)))

    def _path(self, raw: Mapping[object, object], name: str) -> tuple[Path | None, list[str]]:
        """Where the entry's file stands, None when it was never fetched; and what is wrong with it."""
        given = raw.get("file")
        if given is None:
            given = fetch_target(name, raw.get("fetch_to"))
            if not (_ID.fullmatch(name) and (self.root / given).is_file()):
                return None, []
        try:
            path = _inside(self.root, given)
        except _Unusable as problem:
            return None, [str(problem)]
        owner = self.files.setdefault(_real(path), name)
        if owner != name:
            return path, [f"its file is already that of {owner}; one file is one report, keep one of the two entries."]
        return path, []

    def _earlier(self, name: str) -> tuple[str, ...]:
        """The sums of the editions that this report's publisher replaced."""
        begin = f"{SUPERSEDED}/{name}."
        return tuple(sorted(digest for path, digest in self.checksums.items() if path.startswith(begin)))

    def _checked(self, entry: Entry, path: Path) -> str:
        """The file's SHA-256, when it is the one that was catalogued or first fetched."""
        try:
            found = sha256_of(path)
        except OSError as error:
            raise _Unusable(f"{entry.file} cannot be read: {error.strerror}; check its rights.") from error
        wanted = entry.sha256 or self.checksums.get(entry.file or "")
        # A fetch that was cut short: the edition expected was set aside already, its successor is not yet recorded.
        replaced = not entry.sha256 and (self.root / SUPERSEDED / f"{entry.id}.{wanted}.pdf").is_file()
        if wanted and wanted != found and not replaced:
            raise _Unusable(
                f"{entry.file} is not the file that was catalogued (SHA-256 {found}, expected {wanted}); "
                "restore it, or write the new sum into the entry if the publisher replaced the report."
            )
        return found


def _inside(root: Path, given: object) -> Path:
    """The file that an entry names; refuses whatever leaves the folder, by name or by link."""
    if not isinstance(given, str) or not given.strip():
        raise _Unusable(f"its file is {given!r}, no path; write the path of the PDF below this folder.")
    if PurePosixPath(given).is_absolute() or PureWindowsPath(given).drive or "\0" in given:
        raise _Unusable(f"its file {given!r} is no path below this folder; move the PDF there and name it relatively.")
    path = root / given
    try:
        real = _real(path)
        if not real.is_relative_to(root):
            raise _Unusable(f"its file {given!r} leads out of this folder; move the PDF into it.")
        found = real.is_file()
    except OSError as error:  # a name too long
        raise _Unusable(f"its file {given!r} cannot be opened ({error}); check the path.") from error
    if not found:
        raise _Unusable(f"its file {given!r} is missing; put it there, fetch it, or remove `file` from the entry.")
    return Path(os.path.normpath(path))


def _problems(raw: Mapping[object, object]) -> Iterator[str]:
    """Everything wrong with an entry's own fields, as sentences."""
    missing = [name for name in _REQUIRED if raw.get(name) in (None, "")]
    if missing:
        yield f"it lacks {', '.join(missing)}; add {'it' if len(missing) == 1 else 'them'} to the entry."
    for name in (*_REQUIRED, *_OPTIONAL):
        value = raw.get(name)
        if value in (None, "") or name in ("hints", "reporting_year"):
            continue
        if not isinstance(value, str):
            yield f"its {name} is {_shown(value)}, no text; put it in quotes."
        elif len(value) > _MAX_TEXT:
            yield f"its {name} has {len(value)} characters; {_MAX_TEXT} are enough."
    if isinstance(id_ := raw.get("id"), str) and id_ and not _ID.fullmatch(id_):
        yield f"its id {_shown(id_)} may hold letters without accents, digits, `.`, `_` and `-` only; rename it."
    if isinstance(language := raw.get("language"), str) and language and language not in LANGUAGES:
        yield f"its language {_shown(language)} is not read yet; use one of {', '.join(LANGUAGES)}."
    if isinstance(country := raw.get("country"), str) and country and not re.fullmatch("[A-Z]{2}", country):
        yield f"its country {_shown(country)} is no ISO 3166-1 code of two capitals such as BE."
    if isinstance(edition := raw.get("edition"), str) and edition and edition not in _EDITIONS:
        yield f"its edition {_shown(edition)} is unknown; use one of {', '.join(_EDITIONS)}."
    if raw.get("reporting_year") not in (None, "") and _year(raw["reporting_year"]) is None:
        yield f"its reporting_year {_shown(raw['reporting_year'])} is no year; write four digits such as 2023."
    sha256 = raw.get("sha256")
    if isinstance(sha256, str) and sha256 and not _SHA256.fullmatch(sha256.lower()):
        yield f"its sha256 {_shown(sha256)} is no SHA-256 of 64 hexadecimal digits; run `sha256sum` on the file."
    if isinstance(kind := raw.get("url_kind"), str) and kind not in ("page", "pdf"):
        yield f"its url_kind {_shown(kind)} is unknown; use page or pdf."
    hints = raw.get("hints")
    if hints is not None and not (isinstance(hints, dict) and all(isinstance(key, str) for key in hints)):
        yield "its hints are no mapping of names to values."


def _unknown_fields(name: str, raw: Mapping[object, object]) -> Iterator[str]:
    known = {*_REQUIRED, *_OPTIONAL, *_NOTED}
    for key in raw:
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            yield f"{name}: the field {_shown(key)} is unknown and was not used{hint}."


def _entry(raw: Mapping[Any, Any], file: str | None, earlier: tuple[str, ...] = ()) -> Entry:
    """The entry of a mapping in which `_problems` found nothing."""
    return Entry(
        id=raw["id"],
        city=raw["city"],
        country=raw["country"],
        publisher=raw["publisher"],
        title=raw["title"],
        reporting_year=_year(raw["reporting_year"]) or 0,
        language=raw["language"],
        edition=raw["edition"],
        file=file,
        sha256=raw["sha256"].lower() if raw.get("sha256") else None,
        hints=dict(raw.get("hints") or {}),
        url=raw.get("url") or None,
        url_kind=raw.get("url_kind") or None,
        fetch_to=raw.get("fetch_to") or None,
        licence=raw.get("licence") or None,
        supersedes=raw.get("supersedes") or None,
        earlier=earlier,
    )


def _fragment(raw: object) -> Entry | None:
    """An entry that was refused for its file only; None when its own fields are wrong."""
    if not isinstance(raw, dict) or next(_problems(raw), None):
        return None
    return _entry(raw, raw.get("file") if isinstance(raw.get("file"), str) else None)


def _name(raw: object, place: int) -> str:
    """How an entry is called in messages: by its id when it has one."""
    given = raw.get("id") if isinstance(raw, dict) else None
    return given[:100] if isinstance(given, str) and given.strip() else f"entry {place} of {CATALOGUE}"


def _year(value: object) -> int | None:
    if isinstance(value, str) and re.fullmatch(r"\d{4}", value):
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 1900 <= value <= 2200 else None


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _pdfs(root: Path) -> Iterator[Path]:
    """Every PDF under `root` by name, in a fixed order; what a link leads out to is not ours to read."""
    real = root.resolve()
    for folder, folders, names in os.walk(real):
        kept = real / SUPERSEDED
        folders[:] = sorted(name for name in folders if not name.startswith(".") and Path(folder, name) != kept)
        for name in sorted(names):
            path = Path(folder, name)
            ours = path.is_file() and _real(path).is_relative_to(real)
            if path.suffix.lower() == ".pdf" and not name.startswith(".") and ours:
                yield path


def _hashed(path: Path, seen: _Seen) -> tuple[Path, str] | None:
    try:
        return path, sha256_of(path)
    except OSError as error:
        seen.refused.append(Refused(path.name, f"{path.name} cannot be read: {error.strerror}; check its rights."))
        return None


def _real(path: Path) -> Path:
    """`path` without links; a circle of links, where Path.resolve raises, is left as it is."""
    return Path(os.path.realpath(path))


def _listed(path: Path) -> list[object]:
    """The items under `reports`."""
    try:
        content = plain_yaml.load(path)
    except plain_yaml.BadYaml as error:
        raise CatalogueError(str(error)) from error
    if content is None:
        return []
    reports = content.get("reports", []) if isinstance(content, dict) else None
    if reports is None and isinstance(content, dict):
        return []
    if not isinstance(reports, list):
        raise CatalogueError(f"{path} holds no list under the key `reports`; start it with `reports:`.")
    if len(reports) > _MAX_LISTED:
        raise CatalogueError(
            f"{path} lists {len(reports)} reports, more than the {_MAX_LISTED} allowed in one catalogue."
        )
    return reports
