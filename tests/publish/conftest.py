from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from sample_tables import sample_tables

from publish import write_dataset

ONTOLOGY = b"# Turtle of the scheme\n"


@pytest.fixture(scope="session")
def tables() -> dict[str, pd.DataFrame]:
    return sample_tables()


@pytest.fixture(scope="session")
def dataset(tables: dict[str, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published") / "normalized"
    write_dataset(tables, folder, attachments={"ontology.ttl": ONTOLOGY})
    return folder
