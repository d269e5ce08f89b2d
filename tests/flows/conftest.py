from __future__ import annotations

import os
from pathlib import Path

import pytest
from small_reports import report_pdf


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
