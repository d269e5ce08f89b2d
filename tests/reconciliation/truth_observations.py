"""Builds an observations frame from a hand-made truth file of a report, for tests and benchmarks."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd


def shared_folder() -> Path | None:
    """The developers' shared material: KLACHTENATLAS_SHARED, else `../shared` beside the project; None without it."""
    named = os.environ.get("KLACHTENATLAS_SHARED")
    folder = Path(named) if named else Path(__file__).resolve().parents[3] / "shared"
    return folder if (folder / "corpus").is_dir() else None


def truth_observations(path: Path, report_id: str, year: int) -> pd.DataFrame:
    """The truth's tables, lists, charts and sentences in the columns that `reconcile` reads."""
    truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    rows: list[dict[str, Any]] = []
    base: dict[str, Any] = {"table_id": None, "table_title": None, "sentence": None, "is_total": False}

    def period(given: object) -> dict[str, str]:
        y = given if isinstance(given, int) else year
        return {"period_start": f"{y}-01-01", "period_end": f"{y}-12-31"}

    for table in truth["tables"]:
        title = table.get("caption") or table.get("heading")
        for cell in table["cells"]:
            if cell["value"] is None:
                continue
            rows.append(
                base
                | period(None)
                | {
                    "observation_id": f"{report_id}/{table['id']}/{cell['row']}/{cell['col']}",
                    "organisation": table["section"],
                    "kind": "cell",
                    "table_id": table["id"],
                    "table_title": title,
                    "row_label": " > ".join(cell["row_path"]),
                    "column_label": " > ".join(cell["col_path"]),
                    "value": float(cell["value"]),
                    "value_printed": cell["raw"],
                    "unit": cell["unit"],
                    "is_total": cell["is_total"],
                    "page": table["page_sequence"][0],
                    "x0": 50.0 * cell["col"],
                    "x1": 50.0 * cell["col"] + 40,
                    "top": 15.0 * cell["row"],
                    "bottom": 15.0 * cell["row"] + 10,
                }
            )
    place = 0
    page_of = {t["section"]: t["page_sequence"][0] for t in reversed(truth["tables"])}
    for listed in truth.get("lists", []):
        for item in listed["items"]:
            for figure in item["figures"]:
                place += 1
                rows.append(
                    base
                    | period(item.get("year"))
                    | {
                        "observation_id": f"{report_id}/list/{place}",
                        "organisation": listed["section"],
                        "kind": "list",
                        "table_id": f"list-{listed['id']}",
                        "table_title": listed["title"],
                        "row_label": item["label"],
                        "column_label": "",
                        "value": float(figure["value"]),
                        "value_printed": figure["raw"],
                        "unit": figure["unit"],
                        "page": page_of.get(listed["section"], 1),
                        "top": float(place),
                    }
                )
    for chart in truth.get("charts", []):
        for bar in chart["bars"]:
            place += 1
            rows.append(
                base
                | period(None)
                | {
                    "observation_id": f"{report_id}/chart/{place}",
                    "organisation": truth["prose_figures"][0]["organisation"],
                    "kind": "chart",
                    "table_id": chart["id"],
                    "table_title": chart["caption"],
                    "row_label": bar["label"],
                    "column_label": "",
                    "value": float(bar["value"]),
                    "value_printed": bar["raw"],
                    "unit": bar["unit"],
                    "page": 1,
                    "top": float(place),
                }
            )
    for figure in truth["prose_figures"]:
        if not isinstance(figure["value"], int | float) or figure["unit"] == "date":
            continue
        place += 1
        rows.append(
            base
            | period(figure.get("year"))
            | {
                "observation_id": f"{report_id}/prose/{figure['id']}",
                "organisation": figure["organisation"],
                "kind": "prose",
                "row_label": figure["counts"],
                "column_label": "",
                "value": float(figure["value"]),
                "value_printed": figure["raw"],
                "unit": figure["unit"],
                "sentence": figure["sentence"],
                "page": page_of.get(figure["organisation"], 1),
                "top": 1000.0 + place,
            }
        )
    frame = pd.DataFrame(rows)
    frame["report_id"] = report_id
    frame["measure"] = "cases"
    frame["method"] = "truth"
    frame["is_total"] = frame["is_total"].map(lambda v: v is True)
    return frame
