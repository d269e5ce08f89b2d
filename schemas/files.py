"""Files changed as a whole, what is in them as a hash, and working folders that no crash leaves lying about.

The one place for it: a file that is written is the old one or the new one, never a part; a lock belongs to a process
and ends with it, however it ends; a working folder whose owner was killed is removed by the next one that needs any.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sys
import tempfile
from pathlib import Path
from types import TracebackType

_OURS = "klachtenatlas-"


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_atomically(path: Path, content: str | bytes, *, durable: bool = True, mode: int = 0o644) -> None:
    """Puts `content` (text as UTF-8) at `path` as a whole: a crash leaves the old file or the new one, never a part.

    What need not outlive a power cut (a cache that checks its entries) is written faster with `durable` off.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def copy_atomically(source: Path, target: Path) -> None:
    """Copies a file as a whole or not at all; the two may be on different disks."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    os.close(handle)
    try:
        shutil.copyfile(source, name)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def lock(path: Path) -> int | None:
    """Locks the file `path`, which is made where it is missing; None when another process (or this one) holds it.

    Gives the open file to be closed by `unlock`; the system closes it when the process ends, however it ends.
    """
    import fcntl  # not on Windows

    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            if isinstance(error, BlockingIOError):
                return None
            raise
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        os.close(handle)  # its last holder took the file away between our opening and locking it


def unlock(path: Path, handle: int) -> None:
    """Takes the lock's file away and lets go of it."""
    path.unlink(missing_ok=True)
    os.close(handle)


class Scratch:
    """A working folder for as long as this process wants it, at `path`; a context manager that gives the path.

    A lock beside the folder says that its owner lives. Making one removes those of this user whose owners do not.
    `kind` is a word for those who look into the folder for temporary files.
    """

    def __init__(self, kind: str) -> None:
        self._lock: tuple[Path, int] | None = None
        if sys.platform == "win32":  # no such locks there: what a killed process leaves stays
            self.path = Path(tempfile.mkdtemp(prefix=f"{_OURS}{kind}-"))
            return
        parent = Path(tempfile.gettempdir())
        _sweep(parent)
        while self._lock is None:
            handle, name = tempfile.mkstemp(prefix=f"{_OURS}{kind}-", suffix=".lock", dir=parent)
            os.close(handle)
            held = lock(Path(name))  # another process that sweeps may have been faster
            self._lock = None if held is None else (Path(name), held)
        self.path = self._lock[0].with_suffix("")
        self.path.mkdir(mode=0o700)

    def __enter__(self) -> Path:
        return self.path

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.remove()

    def remove(self) -> None:
        """Removes the folder; what cannot be removed now the next one removes."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock and not self.path.exists():
            unlock(*self._lock)
        elif self._lock:
            os.close(self._lock[1])
        self._lock = None


def _sweep(parent: Path) -> None:
    """Removes the working folders in `parent` whose owners have ended."""
    for path in parent.glob(f"{_OURS}*.lock"):
        with contextlib.suppress(OSError):  # another user's, or gone meanwhile
            if path.lstat().st_uid != os.geteuid() or (held := lock(path)) is None:
                continue
            folder = path.with_suffix("")
            shutil.rmtree(folder, ignore_errors=True)
            if folder.exists():
                os.close(held)
            else:
                unlock(path, held)
