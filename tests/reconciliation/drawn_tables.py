"""Inline tables as observations, for tests."""

from __future__ import annotations

import zlib
from typing import Any

import pandas as pd


def observations(
    text: str,
    *,
    title: str = "",
    table: str = "t1",
    report: str = "r1",
    organisation: str = "City",
    units: dict[str, str] | None = None,
    year: int = 2023,
    page: int = 1,
) -> pd.DataFrame:
    """A table drawn with `|`: the first line is the header, the first column the stub; `~` opens a second level.

    A unit is `percent` where `%` is printed in a cell or its header, else `count`, unless `units` names the column.
    A value with a comma is decimal, one with a point is in thousands.
    """
    lines = [[c.strip() for c in line.split("|")] for line in text.strip().splitlines()]
    header, *body = lines
    rows: list[dict[str, Any]] = []
    for r, line in enumerate(body):
        for c, printed in enumerate(line[1:], start=1):
            if not printed:
                continue
            unit = (units or {}).get(header[c], "percent" if "%" in printed + header[c] else "count")
            rows.append(
                {
                    "observation_id": f"{report}/{table}/{r}/{c}",
                    "report_id": report,
                    "organisation": organisation,
                    "kind": "cell",
                    "table_id": table,
                    "table_title": title,
                    "row_label": line[0].replace(" ~ ", " > "),
                    "column_label": header[c].replace(" ~ ", " > "),
                    "value": float(printed.replace("%", "").replace(".", "").replace(",", ".")),
                    "value_printed": printed,
                    "unit": unit,
                    "measure": "cases",
                    "period_start": f"{year}-01-01",
                    "period_end": f"{year}-12-31",
                    "is_total": False,
                    "page": page,
                    "x0": 60.0 * c,
                    "x1": 60.0 * c + 30,
                    "top": 20.0 * r,
                    "bottom": 20.0 * r + 10,
                    "method": "test",
                    "sentence": None,
                }
            )
    return pd.DataFrame(rows)


def prose(
    *figures: tuple[str, float, str] | tuple[str, float, str, int],
    sentence: str,
    report: str = "r1",
    organisation: str = "City",
    year: int = 2023,
    page: int = 1,
    printed: tuple[str, ...] = (),
) -> pd.DataFrame:
    """Figures of one sentence: (what is counted, value, unit[, year])."""
    rows: list[dict[str, Any]] = []
    for i, figure in enumerate(figures):
        label, value, unit, *rest = figure
        of = rest[0] if rest else year
        shown = printed[i] if printed else f"{value:g}".replace(".", ",") + ("%" if unit == "percent" else "")
        rows.append(
            {
                "observation_id": f"{report}/{page}/{zlib.crc32(sentence.encode())}/{i}",
                "report_id": report,
                "organisation": organisation,
                "kind": "prose",
                "table_id": None,
                "table_title": None,
                "row_label": label,
                "column_label": "",
                "value": float(value),
                "value_printed": shown,
                "unit": unit,
                "measure": "cases",
                "period_start": f"{of}-01-01",
                "period_end": f"{of}-12-31",
                "is_total": False,
                "page": page,
                "x0": 50.0 + i,
                "x1": 60.0 + i,
                "top": 500.0,
                "bottom": 510.0,
                "method": "test",
                "sentence": sentence,
            }
        )
    return pd.DataFrame(rows)
