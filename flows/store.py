"""What was computed before, kept by content: a cache that may be deleted at any time and changes nothing but time.

A key is a hash over all that a result depends on: the bytes that went in, the source of the rooms that made it, the
versions of the libraries beneath. A damaged entry counts as none. Prefect could keep results itself, but as pickles; an
entry here is plain bytes whose own checksum is verified, so that nothing in the cache is ever executed.
"""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from extractors.scans import engines
from flows.errors import CommandError
from schemas.files import write_atomically

_ROOT = Path(__file__).resolve().parent.parent
_CODE = (".py", ".json", ".ttl", ".tsv", ".yaml", ".npz", ".csv", ".txt", ".html", ".css", ".js")
_DIGEST_BYTES = 32


class Lost(Exception):
    """A result that was there is there no longer; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A result, by the key under which the store has it; `content` holds it where it could not be written."""

    key: str
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Store:
    """Results under `folder`, one file each: a path, or an address that fsspec knows (`s3://bucket/results`)."""

    folder: Path | str

    def get(self, key: str) -> bytes | None:
        """The result of that key; None when there is none or its bytes are not what was written."""
        try:
            data = self._read(key)
        except OSError:
            return None
        digest, content = data[:_DIGEST_BYTES], data[_DIGEST_BYTES:]
        return content if hashlib.sha256(content).digest() == digest else None

    def put(self, key: str, content: bytes) -> Kept:
        """Keeps a result. A full disk or a folder without rights costs the next build time, not this one its result."""
        try:
            self._write(key, hashlib.sha256(content).digest() + content)
        except OSError:
            return Kept(key, content)
        return Kept(key)

    def take(self, kept: Kept) -> bytes:
        """The result again; raises Lost when somebody emptied the store meanwhile."""
        content = self.get(kept.key) if kept.content is None else kept.content
        if content is None:
            raise Lost(
                f"A result that was just made is not to be found in {self.folder}. Workers on other machines must "
                "write there too (KLACHTENATLAS_RESULTS), and nobody may empty it while a build runs. Run it again."
            )
        return content

    @property
    def far(self) -> bool:
        """Whether results stand at an address that is no path."""
        return "://" in str(self.folder)

    def _read(self, key: str) -> bytes:
        if not self.far:
            return self._path(key).read_bytes()
        files, root = _elsewhere(str(self.folder))
        return bytes(files.cat_file(f"{root}/{key[:2]}/{key}"))

    def _write(self, key: str, data: bytes) -> None:
        if self.far:
            files, root = _elsewhere(str(self.folder))
            files.makedirs(f"{root}/{key[:2]}", exist_ok=True)
            files.pipe_file(f"{root}/{key[:2]}/{key}", data)  # object stores show a whole object or none
            return
        write_atomically(self._path(key), data, durable=False, mode=0o600)  # a part of an entry counts as none

    def _path(self, key: str) -> Path:
        return Path(self.folder) / key[:2] / key


@cache
def _elsewhere(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path on it."""
    from fsspec.core import url_to_fs

    files, root = url_to_fs(address)
    return files, root.rstrip("/")


def key_of(*parts: object) -> str:
    """A key over texts, numbers and bytes; their order and borders count."""
    digest = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode()
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def default_folder() -> Path:
    """Where results are kept: KLACHTENATLAS_CACHE, else `.cache/klachtenatlas` in the project (or at home)."""
    if given := os.environ.get("KLACHTENATLAS_CACHE"):
        return Path(given)
    base = _ROOT if (_ROOT / "pyproject.toml").exists() else Path.home()
    return base / ".cache" / "klachtenatlas"


def results_place(cache: str | None = None) -> str:
    """Where reports' results are kept: KLACHTENATLAS_RESULTS (a path or an address such as `s3://bucket/results`), else
    `cache`, else among the caches.
    """
    return os.environ.get("KLACHTENATLAS_RESULTS") or str(Path(cache or default_folder() / "results").resolve())


def code_version(*rooms: str) -> str:
    """A hash over the source and data files of rooms (`extractors`) or single modules (`schemas/printed.py`).

    The stewards' decisions count as a part of the room `ontology`, and are looked at each time: a build that waits for
    them goes on in the same process.
    """
    return key_of(program_version(*rooms), decisions_version()) if "ontology" in rooms else program_version(*rooms)


def decisions_version() -> str:
    """A hash over the files of decisions."""
    from ontology.decisions import FOLDER

    return key_of(*((path.name, path.read_bytes()) for path in sorted(FOLDER.glob("*.sssom.tsv"))))


@cache
def program_version(*rooms: str) -> str:
    """A hash over files of rooms or modules, the stewards' decisions left out."""
    digest = hashlib.sha256()
    for path in program_files(rooms):
        if path.parent == _ROOT / "ontology" / "decisions":  # see decisions_version
            continue
        digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@cache
def library_version() -> str:
    """A hash over Python's version, every installed package's name and version, and the OCR engine in use.

    Raises CommandError when the engine that KLACHTENATLAS_OCR names cannot be used.
    """
    try:
        ocr = engines.chosen()
    except engines.OcrUnusable as error:
        raise CommandError(str(error), 2) from error
    folders = {Path(sysconfig.get_path(name)) for name in ("purelib", "platlib")}
    names = sorted({path.name for folder in folders for path in folder.glob("*.dist-info")})
    # The project itself is known by its source, see `code_version`.
    others = [name for name in names if not name.startswith("klachtenatlas-")]
    return key_of(sys.version_info[:3], sys.platform, ocr, *others)


def program_files(rooms: Iterable[str]) -> list[Path]:
    """The source and data files of rooms or single modules, in the order of their names."""
    found: list[Path] = []
    for room in rooms:
        path = _ROOT / room
        found += [path] if path.is_file() else (f for f in path.rglob("*") if f.suffix in _CODE and f.is_file())
    return sorted(found)
