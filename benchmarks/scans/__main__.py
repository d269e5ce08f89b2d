"""`python -m benchmarks.scans`: how well a report is read from a scan of itself.

    python -m benchmarks.scans [--source FILE.pdf] [--pages 6-10,15] [--levels worn poor] [--seeds 1 2] [--engine NAME]

Every level and seed is one scan of the pages (see `degrade.py`). What is read of it is held against what is read of the
same pages' own text, so a fault of the table reader that both share is not counted here; benchmarks/layouts and
benchmarks/tables measure that. A cell is right when value, unit and both labels are (compared on letters and digits).
The default source is the bundled facsimile of Antwerpen's report. Writes results/scans.json and results/scans.md.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf

from benchmarks.scans.degrade import LEVELS, scan
from extractors.report import read_report
from extractors.scans import engines
from schemas.printed import Figure, PrintedReport

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).parent / "results"


def page_list(text: str) -> list[int]:
    """`6-10,15` to page numbers."""
    numbers: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        numbers += range(int(first), int(last or first) + 1)
    return numbers


def _plain(text: str) -> str:
    low = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return re.sub(r"[^0-9a-z%&+]", "", low)


def _cells(report: PrintedReport) -> Counter[tuple[Any, ...]]:
    return Counter(
        (round(f.value, 6), f.unit, _plain("".join(f.row_labels)), _plain("".join(f.column_labels)))
        for f in report.figures
        if f.kind == "cell"
    )


def _values(report: PrintedReport, kinds: Sequence[str]) -> Counter[tuple[float, str]]:
    return Counter((round(f.value, 6), f.unit) for f in report.figures if f.kind in kinds)


def _share(a: Counter, b: Counter) -> float:
    return round(sum((a & b).values()) / max(1, sum(a.values())), 4)


def compare(scanned: PrintedReport, text: PrintedReport) -> dict[str, Any]:
    """Recall and precision of the scan's reading against the text's."""
    a, b = _cells(text), _cells(scanned)
    wrong, right = _confidences(scanned.figures, text)
    titles = {_plain(c.title) for c in text.cases}
    return {
        "cells": sum(a.values()),
        "recall": _share(a, b),
        "precision": _share(b, a),
        "values_recall": _share(_values(text, ("cell",)), _values(scanned, ("cell",))),
        "values_precision": _share(_values(scanned, ("cell",)), _values(text, ("cell",))),
        "prose_and_lists_recall": _share(_values(text, ("prose", "list")), _values(scanned, ("prose", "list"))),
        "cases": len(titles),
        "cases_found": len(titles & {_plain(c.title) for c in scanned.cases}),
        "cases_too_many": len(scanned.cases) - len(titles & {_plain(c.title) for c in scanned.cases}),
        "wrong_numbers": len(wrong),
        "wrong_numbers_confidence": sorted(wrong)[:20],
        "right_numbers_below_0.9": sum(c < 0.9 for c in right),
    }


def _confidences(figures: Sequence[Figure], text: PrintedReport) -> tuple[list[float], list[float]]:
    """OCR confidence of the cells whose value the text does not have at their labels, and of the others."""
    known = _cells(text)
    places = Counter((row, column) for _, _, row, column in known.elements())
    wrong: list[float] = []
    right: list[float] = []
    for f in figures:
        place = (_plain("".join(f.row_labels)), _plain("".join(f.column_labels)))
        if f.kind != "cell" or f.ocr is None or place not in places:
            continue
        (right if (round(f.value, 6), f.unit, *place) in known else wrong).append(f.ocr)
    return wrong, right


def main() -> None:
    """Measures and writes the results."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.scans", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--source", type=Path, default=ROOT / "raw_reports" / "antwerpen-eerstelijn-2023.pdf")
    parser.add_argument("--language", default="nl")
    parser.add_argument("--pages", type=page_list, help="default: all")
    parser.add_argument("--levels", nargs="+", choices=LEVELS, default=list(LEVELS))
    parser.add_argument("--seeds", nargs="+", type=int, default=[1])
    parser.add_argument("--engine", choices=engines.CHOICES[:2], default="rapidocr")
    parser.add_argument("--name", help="name of the results, default: scans")
    given = parser.parse_args()
    os.environ[engines.VARIABLE] = given.engine
    rows = []
    with tempfile.TemporaryDirectory() as folder, pikepdf.open(given.source) as source:
        pages = given.pages or list(range(1, len(source.pages) + 1))
        plain, picture = Path(folder) / "text.pdf", Path(folder) / "scan.pdf"
        with pikepdf.new() as chosen:
            chosen.pages.extend(source.pages[n - 1] for n in pages)
            chosen.save(plain)
        text = read_report(plain, given.language)
        for level in given.levels:
            for seed in given.seeds:
                scan(plain, picture, range(1, len(pages) + 1), LEVELS[level], seed)
                begin = time.process_time()
                read = read_report(picture, given.language)
                seconds = round((time.process_time() - begin) / len(pages), 1)
                row = {"source": given.source.name, "pages": len(pages), "engine": engines.chosen(), "level": level,
                       "seed": seed, "cpu_seconds_a_page": seconds, **compare(read, text)}  # fmt: skip
                rows.append(row)
                print(row, flush=True)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{given.name or 'scans'}.json"
    path.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    columns = (
        "level",
        "seed",
        "recall",
        "precision",
        "values_recall",
        "prose_and_lists_recall",
        "cases_found",
        "cases",
    )
    lines = [f"| {' | '.join(columns)} |", "|" + " --- |" * len(columns)]
    lines += [f"| {' | '.join(str(row[c]) for c in columns)} |" for row in rows]
    path.with_suffix(".md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
