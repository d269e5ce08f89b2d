"""One table reader over a list of PDFs, in a process of its own: Table JSON, CPU seconds and peak memory.

    python -m benchmarks.tables.peers READER OUT FILE.pdf ...

READER is `klachtenatlas` or a key of `PEERS`. Each document is written twice: as the plain rows x columns that the
reader returns (OUT/plain) and with the spans that its cell geometry gives (OUT/spans). Imports are not timed, except
those that a reader puts off until it reads. A document that a reader fails on counts as one without tables.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PlainCell:
    """A cell as the Table JSON has it."""

    row: int
    col: int
    text: str
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table as a reader reports it: page from 1, plain cells, and cells with spans."""

    page: int
    plain: list[PlainCell]
    spans: list[PlainCell]


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds of the reading and peak resident memory of the whole process."""

    documents: int
    pages: int
    cpu_seconds: float
    wall_seconds: float
    peak_mib: float
    failed: tuple[str, ...]


Reader = Callable[[Path], list[ReadTable]]
Rectangle = tuple[float, float, float, float]


def ours() -> Reader:
    """The project's own reader."""
    from extractors.hyphens import vocabulary
    from extractors.page import lines_of
    from extractors.report import read_pages
    from extractors.tables.read import read_parts, to_schema

    def read(path: Path) -> list[ReadTable]:
        pages, _ = read_pages(path)
        parts = read_parts(pages, path)
        known: Counter[str] = Counter(vocabulary(line.text for page in pages for line in lines_of(page.words)))
        tables = []
        for part in to_schema(parts, known):
            cells = [PlainCell(c.row, c.col, c.text, c.rowspan, c.colspan) for c in part.cells]
            tables.append(ReadTable(part.page, cells, cells))
        return tables

    return read


def _camelot(flavour: str) -> Reader:
    import camelot

    def read(path: Path) -> list[ReadTable]:
        tables = []
        for table in camelot.read_pdf(str(path), pages="all", flavor=flavour, suppress_stdout=True):
            texts = table.df.to_numpy().tolist()
            plain = [PlainCell(r, c, str(t)) for r, row in enumerate(texts) for c, t in enumerate(row)]
            tables.append(ReadTable(int(table.page), plain, _merged(table.cells, texts)))
        return tables

    return read


def _merged(cells: list[list], texts: list[list[str]]) -> list[PlainCell]:
    """Camelot's cells, those without a line between them taken as one; unruled flavours draw every line."""
    rows, cols = len(texts), len(texts[0])
    taken: set[tuple[int, int]] = set()
    result = []
    for r in range(rows):
        for c in range(cols):
            if (r, c) in taken:
                continue
            wide = 1
            while c + wide < cols and not cells[r][c + wide - 1].right and not cells[r][c + wide].left:
                wide += 1
            high = 1
            while r + high < rows and all(
                not cells[r + high - 1][k].bottom and not cells[r + high][k].top for k in range(c, c + wide)
            ):
                high += 1
            places = [(a, b) for a in range(r, r + high) for b in range(c, c + wide)]
            if taken & set(places):
                high, places = 1, [(r, b) for b in range(c, c + wide) if (r, b) not in taken]
                wide = len(places)
            taken.update(places)
            text = "\n".join(str(texts[a][b]) for a, b in places if texts[a][b])
            result.append(PlainCell(r, c, text, high, wide))
    return result


def _pdfplumber() -> Reader:
    import pdfplumber

    def read(path: Path) -> list[ReadTable]:
        tables = []
        with pdfplumber.open(path) as document:
            for page in document.pages:
                for table in page.find_tables():
                    texts = table.extract()
                    plain = [PlainCell(r, c, t or "") for r, row in enumerate(texts) for c, t in enumerate(row)]
                    boxes = [
                        (box, text or "")
                        for row, line in zip(table.rows, texts, strict=True)
                        for box, text in zip(row.cells, line, strict=True)
                        if box is not None
                    ]
                    tables.append(ReadTable(page.page_number, plain, _spanned(boxes)))
                page.close()
        return tables

    return read


def _spanned(boxes: Sequence[tuple[Rectangle, str]]) -> list[PlainCell]:
    """Cells of a table from their rectangles: bounds closer than two points are one."""
    xs = _bounds(v for box, _ in boxes for v in (box[0], box[2]))
    ys = _bounds(v for box, _ in boxes for v in (box[1], box[3]))
    cells = []
    for (x0, top, x1, bottom), text in boxes:
        r0, r1, c0, c1 = _at(ys, top), _at(ys, bottom), _at(xs, x0), _at(xs, x1)
        cells.append(PlainCell(r0, c0, text, max(1, r1 - r0), max(1, c1 - c0)))
    return cells


def _bounds(values: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > 2:
            kept.append(value)
    return kept


def _at(bounds: list[float], value: float) -> int:
    return min(range(len(bounds)), key=lambda k: abs(bounds[k] - value))


def _img2table() -> Reader:
    from img2table.document import PDF

    def read(path: Path) -> list[ReadTable]:
        found = PDF(str(path)).extract_tables(borderless_tables=True)
        tables = []
        for number, listed in found.items():
            for table in listed:
                plain, boxes = [], {}
                for r, row in enumerate(table.content.values()):
                    for c, cell in enumerate(row):
                        box = (cell.bbox.x1, cell.bbox.y1, cell.bbox.x2, cell.bbox.y2)
                        plain.append(PlainCell(r, c, cell.value or ""))
                        boxes.setdefault((box, cell.value or ""), []).append((r, c))
                spans = [
                    PlainCell(
                        min(r for r, _ in at), min(c for _, c in at), text,
                        max(r for r, _ in at) - min(r for r, _ in at) + 1,
                        max(c for _, c in at) - min(c for _, c in at) + 1,
                    )
                    for (_, text), at in boxes.items()
                ]  # fmt: skip
                tables.append(ReadTable(number + 1, plain, spans))
        return tables

    return read


PEERS: dict[str, Callable[[], Reader]] = {
    "camelot-hybrid": lambda: _camelot("hybrid"),
    "camelot-lattice": lambda: _camelot("lattice"),
    "camelot-stream": lambda: _camelot("stream"),
    "pdfplumber": _pdfplumber,
    "img2table-borderless": _img2table,
}
"""The other readers; one that is not installed is left out, with a sentence."""


def run(reader: str, out: Path, paths: Sequence[Path]) -> Cost:
    """Reads `paths` on one core and writes the tables; raises ModuleNotFoundError when the reader is not installed."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    read = ours() if reader == "klachtenatlas" else PEERS[reader]()
    for form in ("plain", "spans"):
        (out / form).mkdir(parents=True, exist_ok=True)
    failed = []
    cpu, began = time.process_time(), time.monotonic()
    results: list[tuple[Path, list[ReadTable]]] = []
    for path in paths:
        try:
            results.append((path, read(path)))
        except Exception as error:  # a reader's failure is a result
            failed.append(f"{path.stem}: {type(error).__name__}: {error}")
            results.append((path, []))
    cpu, wall = time.process_time() - cpu, time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for path, tables in results:
        for form in ("plain", "spans"):
            listed = [{"page": t.page, "cells": [asdict(c) for c in getattr(t, form)]} for t in tables]
            (out / form / f"{path.stem}.json").write_text(json.dumps({"tables": listed}), encoding="utf-8")
    return Cost(len(paths), pages_in(paths), cpu, wall, peak, tuple(failed))


def pages_in(paths: Sequence[Path]) -> int:
    import pikepdf

    count = 0
    for path in paths:
        with pikepdf.open(path) as document:
            count += len(document.pages)
    return count


if __name__ == "__main__":
    cost = run(sys.argv[1], Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
    (Path(sys.argv[2]) / "cost.json").write_text(json.dumps(asdict(cost), indent=1), encoding="utf-8")
