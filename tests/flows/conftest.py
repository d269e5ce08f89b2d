from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small_reports import report_pdf

from flows.local_server import prefect_server
from flows.store import default_folder


@pytest.fixture(scope="session")
def prefect() -> Iterator[None]:
    """One Prefect server for all modules: a process that has talked to one does not forget its address."""
    with prefect_server(default_folder()) as local:
        if local:
            local.wait()
        yield


@pytest.fixture(scope="session")
def one_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report_pdf(tmp_path_factory.mktemp("pdf") / "voorbeeld-2023.pdf")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The developers' shared material."""
    given = os.environ.get("KLACHTENATLAS_SHARED")
    folder = Path(given) if given else Path(__file__).resolve().parents[3] / "shared"
    if not folder.is_dir():
        pytest.skip(f"needs the shared material in {folder.name} beside the project, or KLACHTENATLAS_SHARED")
    return folder


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with 24 MB of room."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a disk needs rights that this user has not")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.fixture
def fill(small_disk: Path) -> Callable[[int], Path]:
    """Fills the disk up to so many bytes; gives the file to be taken away."""

    def filled(left: int) -> Path:
        path = small_disk / "filler"
        path.write_bytes(bytes(shutil.disk_usage(small_disk).free - left))
        return path

    return filled
