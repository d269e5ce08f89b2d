"""Readings that others wrote: the Table JSON of `klachtenatlas tables` as a PrintedReport without figures."""

from __future__ import annotations

import json
from pathlib import Path

from schemas.printed import Box, Cell, PrintedReport, TablePart


def load(path: Path, language: str) -> PrintedReport:
    """The tables of one JSON file; raises KeyError or json.JSONDecodeError when it is not such a file."""
    listed = json.loads(path.read_text(encoding="utf-8"))["tables"]
    parts = tuple(
        TablePart(
            f"p{t['page']}-{k}", t["page"], Box(*t["bbox"]), t["header_rows"], 0,
            tuple(
                Cell(c["row"], c["col"], c["text"] or "", c.get("rowspan", 1), c.get("colspan", 1)) for c in t["cells"]
            ),
            t.get("detector", ""), 1.0,
        )
        for k, t in enumerate(listed, start=1)
    )  # fmt: skip
    return PrintedReport(language, (), tables=parts)
