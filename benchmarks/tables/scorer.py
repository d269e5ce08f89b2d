"""Finds the competition's documents and the scorer beside them, and turns its result into a few figures.

The data set and the scorer are no part of the project: without them `found` says what to do.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a reader did on a set of documents.

    `precision` and `recall` are means over the documents, `f1` is their harmonic mean (as the competition publishes
    them). `found` counts true tables with at least half of their relations, `false_tables` tables reported on pages
    that have none.
    """

    documents: int
    precision: float
    recall: float
    f1: float
    true_tables: int
    reported: int
    found: int
    extra: int
    false_tables: int


def shared_folder() -> Path:
    """Where the developers' shared material stands: KLACHTENATLAS_SHARED or the sibling folder `shared`."""
    return Path(os.environ.get("KLACHTENATLAS_SHARED") or ROOT.parent / "shared")


def documents(data: Path) -> list[Path]:
    """The PDFs of the set, in its folder or one level below; ends the program with a sentence when there are none."""
    paths = sorted([*data.glob("*.pdf"), *data.glob("*/*.pdf")])
    if not paths:
        sys.exit(f"No PDF in {data}. Give the folder of the ICDAR 2013 table competition's documents with --data.")
    return paths


def load() -> ModuleType:
    """The scorer as a module; ends the program with a sentence when it is missing or cannot be imported."""
    path = shared_folder() / "score" / "score_tables.py"
    if not path.is_file():
        sys.exit(f"The scorer is missing: {path} does not exist. Set KLACHTENATLAS_SHARED to the shared material.")
    spec = importlib.util.spec_from_file_location("score_tables", path)
    if spec is None or spec.loader is None:
        sys.exit(f"The scorer {path} is no Python file.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def outcome(scorer: ModuleType, predictions: Path, data: Path) -> Outcome:
    """Scores a folder of Table JSON files; rows and columns that are empty in the prediction are dropped first."""
    scored = scorer.score_dir(str(predictions), str(data), "official", compact=True)
    whole = scorer.aggregate(scored)["all"]
    return Outcome(
        documents=whole["docs"],
        precision=whole["P"],
        recall=whole["R"],
        f1=whole["F1"],
        true_tables=whole["n_gt"],
        reported=whole["n_pred"],
        found=sum(one["found"] for one in scored.values()),
        extra=whole["extra"],
        false_tables=whole["extra_nontable_pages"],
    )
