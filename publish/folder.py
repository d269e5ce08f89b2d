"""Changes a folder as a whole: whoever looks sees all of the old files or all of the new ones, also after a crash.

The new files are written beside the folder, brought to the disk, and exchanged with it in one step (Linux
`renameat2`); elsewhere by two renames, and a crash between them is mended by the next run. Only files that this
module's manifest names are ever removed.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MANIFEST = "SHA256SUMS"
_DATABASE_LOG = ".wal"  # what DuckDB leaves beside a database that a reader opened for writing
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


class FolderError(OSError):
    """The folder cannot be replaced; the message says why and what to do."""


def manifest_names(folder: Path) -> frozenset[str]:
    """The files that the folder's manifest names, and the manifest; nothing when there is none."""
    path = folder / MANIFEST
    if not path.is_file():
        return frozenset()
    names = [line.split("  ", 1)[1] for line in path.read_text(encoding="utf-8").splitlines() if "  " in line]
    return frozenset([*names, MANIFEST, *(name + _DATABASE_LOG for name in names)])


def strangers(folder: Path) -> tuple[str, ...]:
    """What stands in the folder and is not of a dataset that was written there; hidden files do not count."""
    ours = manifest_names(folder)
    return tuple(sorted(p.name for p in folder.iterdir() if p.name not in ours and not p.name.startswith(".")))


@contextmanager
def replaced(out: Path) -> Iterator[Path]:
    """Gives an empty folder to write to; at the end of the block it takes the place of `out`, hidden files kept.

    An exception in the block leaves `out` as it was. Raises FolderError when `out` holds files of someone else, is
    not a folder, or cannot be replaced (the working directory of a mount, no right to write beside it).
    """
    out = Path(os.path.realpath(out))  # a link stays a link to the folder that changes
    _mend(out)
    if out.exists():
        if not out.is_dir():
            raise FolderError(f"{out} is a file, not a folder. Give a folder for the dataset.")
        found = strangers(out)
        if found:
            raise FolderError(
                f"{out} holds {', '.join(found[:5])}{' and more' if len(found) > 5 else ''}, which no dataset written "
                "here has. Move it elsewhere or give another folder; nothing was changed."
            )
    new = _beside(out, "building")
    try:
        new.mkdir(parents=True)
    except OSError as error:
        raise FolderError(f"No folder can be made beside {out}: {error.strerror}. Nothing was changed.") from error
    try:
        yield new
        if out.exists():
            shutil.copymode(out, new)
            for path in sorted(out.glob(".*")):
                keep = shutil.copytree if path.is_dir() else shutil.copy2
                keep(path, new / path.name)
        _to_disk(new)
        _swap(new, out)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def promoted(staged: Path, out: Path) -> None:
    """Publishes a copy of the dataset in `staged` as `out`, as a whole."""
    with replaced(out) as folder:
        for path in sorted(staged.iterdir()):
            if not path.name.startswith("."):
                shutil.copyfile(path, folder / path.name)


def _beside(out: Path, what: str) -> Path:
    return out.with_name(f".{out.name}.{what}-{os.getpid()}")


def _swap(new: Path, out: Path) -> None:
    try:
        if not out.exists():
            new.rename(out)
        elif not _exchanged(new, out):
            old = _beside(out, "old")
            out.rename(old)
            new.rename(out)
            shutil.rmtree(old)
    except OSError as error:
        raise FolderError(
            f"{out} could not be replaced: {error.strerror}. If it is a mount, give a folder inside it."
        ) from error
    _sync(out.parent)


def _exchanged(new: Path, out: Path) -> bool:
    """Exchange the two in one step; False where the system or the file system has no such call."""
    if not sys.platform.startswith("linux"):
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(out), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code))


def _mend(out: Path) -> None:
    """Put back what a crash between two renames left aside, and clear what dead runs left behind."""
    if not out.parent.is_dir():
        return
    for path in sorted(out.parent.glob(f".{out.name}.*-*")):
        kind, _, owner = path.name.removeprefix(f".{out.name}.").rpartition("-")
        if kind not in ("building", "old") or not owner.isdecimal() or _alive(int(owner)):
            continue
        if kind == "old" and not out.exists():
            path.rename(out)
        else:
            shutil.rmtree(path, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process != os.getpid()


def _to_disk(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
