"""Writes the label mappings as SSSOM/TSV (Simple Standard for Sharing Ontological Mappings, https://w3id.org/sssom).

One line a label in its context and facet. A label without a concept says so with `sssom:NoTermFound`; what waits for a
steward keeps its status in `other`, so that no reader of the file takes a proposal for a decision.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from publish.card import VOCABULARY, DatasetCard
from schemas.columns import FACETS

FILE = "mappings.sssom.tsv"
_COLUMNS = (
    "subject_id",
    "subject_label",
    "subject_type",
    "subject_source",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_label",
    "mapping_date",
    "confidence",
    "comment",
    "other",
)
# What the matcher finds is near in meaning; that it is the very same is for a person to say.
_UNSAID = "skos:closeMatch"
# With `sssom:NoTermFound` the standard's guide puts the relation that was sought.
_NOT_FOUND = "skos:exactMatch"
# How the matcher's own decisions are named when a label carries no justification (SEMAPV's root term).
_UNSPECIFIED = "semapv:UnspecifiedMatching"


def write_sssom(
    path: Path, labels: Iterable[Mapping[str, Any]], concepts: pd.DataFrame, card: DatasetCard, version: str
) -> None:
    """The mapping set at `path`: YAML header behind `#`, then a tab-separated line for each row of `labels`."""
    names = dict(zip(concepts["key"], concepts["label_en"], strict=True))
    with path.open("w", encoding="utf-8", newline="") as out:
        for line in _header(card, version):
            out.write(f"#{line}\n")
        writer = csv.DictWriter(out, _COLUMNS, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
        writer.writeheader()
        for row in labels:
            concept = row["concept"]
            writer.writerow(
                {
                    "subject_id": f"label:{row['label_id']}",
                    "subject_label": _one_line(row["label"]),
                    "subject_type": "rdfs literal",
                    "subject_source": f"report:{row['report_id']}",
                    "predicate_id": row["predicate"] or (_UNSAID if concept else _NOT_FOUND),
                    "object_id": concept or "sssom:NoTermFound",
                    "object_label": names.get(concept, ""),
                    "mapping_justification": row["justification"] or _UNSPECIFIED,
                    "author_label": _one_line(row["decided_by"] or ""),
                    "mapping_date": row["decided_on"] or "",
                    "confidence": "" if row["confidence"] is None else repr(float(row["confidence"])),
                    "comment": _one_line(row["note"] or ""),
                    "other": _other(row),
                }
            )


def _header(card: DatasetCard, version: str) -> list[str]:
    prefixes = {
        **{facet: f"{VOCABULARY}{facet}/" for facet in sorted(FACETS)},
        "label": f"{VOCABULARY}label/",
        "report": f"{VOCABULARY}report/",
    }
    return [
        f"mapping_set_id: {VOCABULARY}mappings",
        f"mapping_set_version: {version}",
        "mapping_set_description: Labels printed in complaint reports and the concepts that they stand for.",
        f"license: {card.licence_url}",
        "curie_map:",
        *(f"  {prefix}: {address}" for prefix, address in prefixes.items()),
    ]


def _other(row: Mapping[str, object]) -> str:
    parts = {"status": row["status"], "facet": row["facet"], "context": row["context"]}
    return "|".join(f"{name}={_one_line(value).replace('|', '/')}" for name, value in parts.items() if value)


def _one_line(value: object) -> str:
    return " ".join(str(value).split())
