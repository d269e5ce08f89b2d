"""A published folder is all old or all new, whatever happens meanwhile."""

from __future__ import annotations

import itertools
import multiprocessing
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

import publish.folder
from publish.folder import MANIFEST, FolderError, replaced

FILES = 20


def write_forever(out: Path, written: Connection) -> None:
    for turn in itertools.count():
        fill(out, str(turn), *(f"{n}.txt" for n in range(FILES)))
        written.send(turn)


def fill(folder: Path, text: str, *names: str) -> None:
    with replaced(folder) as new:
        for name in names:
            (new / name).write_text(text)
        (new / MANIFEST).write_text("".join(f"0  {name}\n" for name in names))


@pytest.fixture(params=["exchange", "two renames"])
def out(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if request.param == "two renames":
        monkeypatch.setattr(publish.folder, "_exchanged", lambda new, old: False)
    return tmp_path / "out"


def test_the_new_files_take_the_place_of_the_old(out: Path) -> None:
    fill(out, "old", "a.csv", "b.csv")
    fill(out, "new", "a.csv", "c.csv")
    assert {path.name: path.read_text() for path in out.iterdir() if path.name != MANIFEST} == {
        "a.csv": "new",
        "c.csv": "new",
    }
    assert list(out.parent.iterdir()) == [out]


def test_an_exception_leaves_the_old_files(out: Path) -> None:
    fill(out, "old", "a.csv")
    with pytest.raises(ZeroDivisionError), replaced(out) as folder:
        (folder / "a.csv").write_text("half")
        raise ZeroDivisionError
    assert (out / "a.csv").read_text() == "old"
    assert list(out.parent.iterdir()) == [out]


def test_hidden_files_stay(out: Path) -> None:
    out.mkdir()
    (out / ".gitkeep").write_text("kept")
    (out / ".notes").mkdir()
    (out / ".notes" / "mine.txt").write_text("kept too")
    fill(out, "new", "a.csv")
    fill(out, "newer", "a.csv")
    assert (out / ".gitkeep").read_text() == "kept"
    assert (out / ".notes" / "mine.txt").read_text() == "kept too"


def test_files_of_someone_else_are_not_touched(out: Path) -> None:
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    with pytest.raises(FolderError, match=r"notes\.txt.*nothing was changed"):
        fill(out, "new", "a.csv")
    assert [path.name for path in out.iterdir()] == ["notes.txt"]


def test_a_log_that_a_reader_left_beside_the_database_is_no_stranger(out: Path) -> None:
    fill(out, "old", "k.duckdb")
    (out / "k.duckdb.wal").write_text("")
    fill(out, "new", "k.duckdb")
    assert not (out / "k.duckdb.wal").exists()


def test_a_link_stays_a_link(out: Path) -> None:
    real = out.with_name("real")
    real.mkdir()
    out.symlink_to(real)
    fill(out, "new", "a.csv")
    assert out.is_symlink() and (real / "a.csv").read_text() == "new"


def test_a_file_is_no_folder(out: Path) -> None:
    out.write_text("")
    with pytest.raises(FolderError, match="is a file"):
        fill(out, "new", "a.csv")


def test_what_a_crash_between_two_renames_left_is_put_back(out: Path) -> None:
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    number = dead.stdout.decode().strip()
    fill(out, "old", "a.csv")
    out.rename(out.with_name(f".out.old-{number}"))
    out.with_name(f".out.building-{number}").mkdir()
    with pytest.raises(ZeroDivisionError), replaced(out):
        raise ZeroDivisionError
    assert (out / "a.csv").read_text() == "old"
    assert list(out.parent.iterdir()) == [out]


def test_a_writer_that_is_killed_never_leaves_a_mix(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for pause in (0.0, 0.003, 0.007, 0.011, 0.017):
        mine, theirs = multiprocessing.Pipe()
        writer = multiprocessing.get_context("fork").Process(target=write_forever, args=(out, theirs))
        writer.start()
        mine.recv()
        time.sleep(pause)
        writer.kill()
        writer.join()
        texts = [(out / f"{n}.txt").read_text() for n in range(FILES)]
        assert len(set(texts)) == 1
