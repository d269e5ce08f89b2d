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


@pytest.fixture(scope="session")
def strips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The page of one report of the sample on which its table stands, drawn."""
    from reportlab.pdfgen.canvas import Canvas

    from extractors.render import strips as drawn

    path = tmp_path_factory.mktemp("strips") / "page.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    for _ in range(4):
        canvas.drawString(300, 842 - 210, "12")
        canvas.showPage()
    canvas.save()
    return {"aandorp-2022": drawn(path, [(True, 4, 300.0, 200.0, 313.0, 250.0)])}
