"""A built dataset about to be published elsewhere: checked once more, file by file, before anything leaves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from publish.folder import MANIFEST
from publish.personal import personal_details, refusal
from publish.reading import version
from schemas.files import sha256_of


class CannotPublish(RuntimeError):
    """The dataset was not published, or not as a whole; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Release:
    """A dataset's folder, version and day (YYYY-MM-DD), and each file's SHA-256 by name, the manifest included.

    `card` holds title, description, licence (SPDX), address, creator and keywords, as `datapackage.json` tells them.
    """

    folder: Path
    version: str
    day: str
    files: dict[str, str]
    card: dict[str, str]
    keywords: tuple[str, ...]

    def content(self, name: str) -> bytes:
        """The bytes of a file."""
        return (self.folder / name).read_bytes()


@dataclass(frozen=True, slots=True)
class Sent:
    """What publishing did: where the dataset is now, how many files were sent, how many were there already."""

    where: str
    sent: int
    present: int
    note: str = ""

    def sentence(self) -> str:
        """The outcome for a person."""
        if not self.sent:
            return f"{self.where} is there already; nothing was sent.{self.note}"
        return f"{self.where}: {self.sent} files sent, {self.present} were there already.{self.note}"


def release(folder: Path) -> Release:
    """The dataset in `folder`; raises publish.reading.NotADataset.

    Raises CannotPublish when its files are not as listed or a text seems to hold a personal detail. There is no way
    round the latter but the record of a person who looked.
    """
    told = version(folder)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    lines = (folder / MANIFEST).read_text(encoding="utf-8").splitlines()
    files = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for name, digest in files.items():
        path = folder / name
        if not path.is_file() or sha256_of(path) != digest:
            raise CannotPublish(
                f"{path} is missing or is not what {MANIFEST} says, so nothing was published. Build the dataset again."
            )
    if found := personal_details(folder):
        raise CannotPublish(refusal(found))
    files[MANIFEST] = sha256_of(folder / MANIFEST)
    card = {
        "title": package["title"],
        "description": package["description"],
        "licence": package["licenses"][0]["name"],
        "address": package["id"],
        "creator": package["contributors"][0]["title"],
    }
    return Release(folder, told, package["created"][:10], files, card, tuple(package["keywords"]))
