"""Files and working folders when processes are killed: the real thing, with SIGKILL."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from schemas.files import Scratch, lock, unlock, write_atomically

OWNER = """
import signal
from schemas.files import Scratch
print(Scratch("owner").path, flush=True)
signal.pause()
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files, for this process and its children."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def owner() -> tuple[subprocess.Popen[str], Path]:
    process = subprocess.Popen([sys.executable, "-c", OWNER], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    return process, Path(process.stdout.readline().strip())


def test_the_folder_of_a_killed_process_is_removed_by_the_next_and_that_of_a_living_one_stays(temporary: Path) -> None:
    (dead, left), (living, kept) = owner(), owner()
    try:
        (left / "page").write_text("half of it")
        dead.send_signal(signal.SIGKILL)
        dead.wait()
        assert left.is_dir(), "nobody has tidied up yet"
        with Scratch("next") as folder:
            assert not left.exists()
            assert kept.is_dir()
            assert folder.is_dir()
    finally:
        living.kill()
        living.wait()
    Scratch("last").remove()
    assert list(temporary.iterdir()) == [], "neither folders nor locks"


def test_what_somebody_else_put_there_is_left_alone(temporary: Path) -> None:
    (temporary / "klachtenatlas-by-hand").mkdir()
    (temporary / "notes.lock").write_text("")
    Scratch("mine").remove()
    assert sorted(path.name for path in temporary.iterdir()) == ["klachtenatlas-by-hand", "notes.lock"]


def test_a_lock_is_held_once(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    held = lock(path)
    assert held is not None
    assert lock(path) is None
    unlock(path, held)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["één\r\n", b"\x00\xff"])
def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, content: str | bytes) -> None:
    path = tmp_path / "deep" / "file"
    write_atomically(path, content)
    assert path.read_bytes() == (content.encode() if isinstance(content, str) else content)
    path.unlink()
    path.mkdir()
    with pytest.raises(OSError):
        write_atomically(path, content)
    assert [left.name for left in path.parent.iterdir()] == ["file"], "no part of it is left beside"
