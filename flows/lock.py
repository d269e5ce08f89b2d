"""One build a folder at a time."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from schemas.files import lock, unlock


class Locked(Exception):
    """Another build is writing to the folder; the message is a sentence with what to do."""


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds `folder` (which need not exist yet) for this process; raises Locked at once when another one has it.

    The lock is a file beside the folder that the operating system lets go of when its holder ends, however it ends.
    """
    if sys.platform == "win32":  # no such locks there; the atomic swap of the folder still holds
        yield
        return
    path = folder.parent / f".{folder.name}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    held = lock(path)
    if held is None:
        raise Locked(
            f"Another build is writing to {folder}. Wait until it has finished, or give another folder with --out."
        )
    try:
        yield
    finally:
        unlock(path, held)
