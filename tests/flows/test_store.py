from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.lock import Locked, locked
from flows.packing import pack, unpack
from flows.publication import MANIFEST, holds
from flows.store import Lost, Store, code_version, key_of, library_version
from schemas.tables import conform


def test_what_was_put_is_got_and_nothing_else(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    key = key_of("read", b"bytes")
    assert store.get(key) is None
    store.put(key, b"result")
    assert store.get(key) == b"result"


def test_results_may_stand_where_fsspec_reaches(tmp_path: Path) -> None:
    store = Store(f"file://{tmp_path}/results")
    key = key_of("read", b"bytes")
    assert store.get(key) is None
    store.put(key, b"result")
    assert (store.get(key), store.far) == (b"result", True)
    assert Store(tmp_path / "results").get(key) == b"result"


@pytest.mark.parametrize("damage", [b"", b"x" * 31, b"x" * 500])
def test_a_damaged_entry_counts_as_none(tmp_path: Path, damage: bytes) -> None:
    store = Store(tmp_path)
    key = key_of("a")
    store.put(key, b"result" * 100)
    next(path for path in tmp_path.rglob("*") if path.is_file()).write_bytes(damage)
    assert store.get(key) is None


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    store = Store(tmp_path / "file" / "cache")
    kept = store.put(key_of("a"), b"result")
    assert store.get(key_of("a")) is None
    assert store.take(kept) == b"result", "this build goes on with it"


def test_a_result_that_somebody_took_away_is_named(tmp_path: Path) -> None:
    store = Store(tmp_path)
    kept = store.put(key_of("a"), b"result")
    assert store.take(kept) == b"result"
    shutil.rmtree(tmp_path)
    with pytest.raises(Lost, match=r"Run it again\."):
        store.take(kept)


parts = st.lists(st.one_of(st.text(), st.binary(), st.integers()), max_size=4)


@given(parts, parts)
def test_keys_are_equal_only_for_equal_parts(one: list[object], two: list[object]) -> None:
    assert (key_of(*one) == key_of(*two)) == (one == two)


def test_the_version_of_code_is_that_of_its_files_wherever_they_are_asked_for() -> None:
    assert code_version("schemas") == code_version("schemas") != code_version("extractors")
    assert library_version() == library_version()


def test_frames_come_back_as_they_were() -> None:
    import pandas as pd

    rows = [
        {"report_id": "a", "page": 1, "severity": "error", "what": "x"},
        {"report_id": "a", "severity": "info", "what": "y"},
    ]
    frame = conform("problems", pd.DataFrame(rows, columns=["report_id", "page", "severity", "what"]))
    back = unpack(pack({"problems": frame}))["problems"]
    pd.testing.assert_frame_equal(back, frame)
    assert pack({"problems": back}) == pack({"problems": frame})


def test_only_one_holds_a_folder_at_a_time_and_it_is_free_afterwards(tmp_path: Path) -> None:
    out = tmp_path / "out"
    turned_away: list[bool] = []

    def try_it() -> None:
        try:
            with locked(out):
                turned_away.append(False)
        except Locked:
            turned_away.append(True)

    with locked(out):
        thread = threading.Thread(target=try_it)
        thread.start()
        thread.join()
    try_it()
    assert turned_away == [True, False]
    assert list(tmp_path.iterdir()) == []


def test_a_published_folder_is_recognised_only_when_every_byte_is_there(tmp_path: Path) -> None:
    from schemas.files import sha256_of

    (tmp_path / "a.csv").write_text("1", encoding="utf-8")
    manifest = f"{sha256_of(tmp_path / 'a.csv')}  a.csv\n".encode()
    assert not holds(tmp_path, manifest), "no manifest there"
    (tmp_path / MANIFEST).write_bytes(manifest)
    assert holds(tmp_path, manifest)
    assert not holds(tmp_path, None)
    (tmp_path / "b.csv").write_text("1", encoding="utf-8")
    assert not holds(tmp_path, manifest), "a file too many"
    (tmp_path / "b.csv").unlink()
    (tmp_path / "a.csv").write_text("2", encoding="utf-8")
    assert not holds(tmp_path, manifest), "another content"
