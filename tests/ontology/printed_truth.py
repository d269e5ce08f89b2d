"""Builds what the extractors would give from a file of hand-read tables, so that meaning is tested without a PDF."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

from schemas.catalogue import Entry
from schemas.printed import Box, Case, Cell, Figure, Place, PrintedReport, TablePart

UNITS = ("count", "percent", "days", "seconds", "score", "ratio")


def shared_folder() -> Path | None:
    given = os.environ.get("KLACHTENATLAS_SHARED")
    folder = Path(given) if given else Path(__file__).resolve().parents[3] / "shared"
    return folder if folder.is_dir() else None


def read(path: Path, year: int, city: str) -> tuple[PrintedReport, Entry]:
    data = json.loads(path.read_text(encoding="utf-8"))
    figures: list[Figure] = []
    tables: list[TablePart] = []
    for number, table in enumerate(data["tables"], 1):
        title = table.get("caption") or table.get("heading")
        part = f"p{number}-1"
        grid = table.get("grid") or (table.get("parts") or [{}])[0].get("grid") or []
        header = table["header_rows"]
        cells = tuple(
            Cell(r, c, text)
            for r, row in enumerate(grid)
            for c, text in enumerate(row)
            if r < header or c < table["stub_columns"]
        )
        box = Box(0, 0, 1000, 1000)
        tables.append(TablePart(part, number, box, header, table["stub_columns"], cells, "truth", 1.0, title=title))
        for cell in table["cells"]:
            place = Place(
                number, Box(cell["col"] * 40.0, cell["row"] * 12.0, cell["col"] * 40.0 + 30, cell["row"] * 12.0 + 10)
            )
            figures.append(
                Figure(
                    "cell", table["section"], cell["raw"], cell["value"], cell["unit"], tuple(cell["row_path"]),
                    tuple(cell["col_path"]), place, "truth", section=table.get("heading"), table_id=part,
                    table_title=title, is_total=cell["is_total"],
                )
            )  # fmt: skip
    page = len(data["tables"]) + 1
    for group in data.get("lists", []):
        for item in group["items"]:
            for f in item["figures"]:
                if f["unit"] in UNITS and isinstance(f["value"], (int, float)):
                    figures.append(
                        Figure("list", group["section"], f["raw"], f["value"], f["unit"], (item["label"],), (),
                               Place(page, Box(0, 0, 1, 1)), "truth", table_title=group["title"],
                               years=(str(item["year"]),))
                    )  # fmt: skip
    for p in data.get("prose_figures", []):
        if p["unit"] in UNITS and isinstance(p["value"], (int, float)):
            figures.append(
                Figure("prose", p["organisation"], p["raw"], p["value"], p["unit"], (p["counts"],), (),
                       Place(page + 1, Box(0, 0, 1, 1)), "truth", sentence=p["sentence"], years=(str(p["year"]),))
            )  # fmt: skip
    cases = tuple(
        Case(c["title"], c["organisation"], c["section"], c["complaint_text"], c["handling_text"], 1, 1,
             date=date.fromisoformat(c["date"]) if c["date"] else None, outcome_label=c["outcome_printed"])
        for c in data.get("cases", [])
    )  # fmt: skip
    entry = Entry(f"{city.lower()}-{year}", city, "BE", city, data["document"], year, data["language"], "facsimile")
    return PrintedReport(data["language"], (), tables=tuple(tables), figures=tuple(figures), cases=cases), entry
