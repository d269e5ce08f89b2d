"""One build a folder at a time."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path


class Locked(Exception):
    """Another build is writing to the folder; the message is a sentence with what to do."""


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds `folder` (which need not exist yet) for this process; raises Locked at once when another one has it.

    The lock is a file beside the folder that the operating system lets go of when its holder ends, however it ends.
    """
    if sys.platform == "win32":  # fcntl is missing there; the atomic swap of the folder still holds
        yield
        return
    import fcntl

    path = folder.parent / f".{folder.name}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(handle)
            raise Locked(
                f"Another build is writing to {folder}. Wait until it has finished, or give another folder with --out."
            ) from error
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), path.stat()):
                break
        os.close(handle)  # its last holder took the file away between our opening and locking it
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)
