"""`klachtenatlas tables` and `klachtenatlas cases`: one PDF in, JSON out, no catalogue and no Prefect."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any, TypeVar

from extractors.sandbox import ReadFailure, Request, Sandbox
from flows.errors import CommandError
from schemas.catalogue import LANGUAGES
from schemas.printed import PrintedReport, TablePart

_WRONG_USAGE = 2
_NOTHING = 3
_COLOURS = ("crimson", "royalblue", "seagreen", "saddlebrown", "purple")
T = TypeVar("T")


def tables_json(file: Path, pages: str | None, language: str | None, debug: Path | None) -> str:
    """The tables of a PDF as the contract's JSON. `debug` is a folder for pictures of the pages with what was found."""
    _check(file, language)
    with Sandbox() as sandbox:
        report = _good(sandbox.tables(file, page_numbers(pages)))
        if debug is not None:
            debug.mkdir(parents=True, exist_ok=True)
            seconds = sandbox.limits.seconds(len(report.tables))
            _good(sandbox.call(file.name, seconds, draw_tables, file, report.tables, debug, page_numbers(pages)))
    for problem in report.problems:
        print(f"{file.name}: {problem.what}", file=sys.stderr)
    content = {"file": file.name, "tables": [_table(part) for part in report.tables]}
    return json.dumps(content, ensure_ascii=False, indent=1)


def cases_json(file: Path, language: str | None) -> str:
    """The narrative cases of a PDF as a JSON list with the columns of `cases`."""
    _check(file, language)
    from dataclasses import replace

    from flows.infer import complete, infer_entry
    from flows.packing import frames_of
    from flows.steps import interpret_in_child
    from schemas.files import sha256_of
    from schemas.printed import to_json

    with Sandbox() as sandbox:
        entry = infer_entry(file, file.parent, sha256_of(file), _good(sandbox.glance(file)))
        entry = replace(entry, language=language or entry.language)
        report = _good(sandbox.read(Request(file, entry.language, reporting_year=entry.reporting_year or None)))
        entry = complete(entry, report)
        seconds = sandbox.limits.seconds(len(report.pages))
        frames = frames_of([_good(sandbox.call(file.name, seconds, interpret_in_child, to_json(report), entry))])
    rows = frames["cases"].assign(date=frames["cases"]["date"].astype("string"))
    return json.dumps(json.loads(rows.to_json(orient="records")), ensure_ascii=False, indent=1)


def page_numbers(text: str | None) -> tuple[int, ...] | None:
    """The pages that `1,3-5` names, in order; None for all. Raises CommandError when it is no such list."""
    if text is None:
        return None
    numbers: set[int] = set()
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\d{1,6})\s*(?:-\s*(\d{1,6})\s*)?", part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last:
            raise CommandError(f"--pages {text!r} is no list of pages; write for example 1,3-5.", _WRONG_USAGE)
        if last - first > 10_000:
            raise CommandError(f"--pages {text!r} names more pages than any report has.", _WRONG_USAGE)
        numbers.update(range(first, last + 1))
    return tuple(sorted(numbers))


def draw_tables(file: Path, tables: tuple[TablePart, ...], folder: Path, numbers: tuple[int, ...] | None = None) -> int:
    """Draws pages into `folder` and gives their number: those of `numbers`, or all on which a table was looked for.

    Words are framed silver, drawn lines red, places that were looked at orange. Each table has a colour for its frame
    and cells; its header rows are tinted gold, its stub sky-blue.
    """
    from extractors.pdfium import open_pdf
    from extractors.render import render_page
    from extractors.tables.drawing import seen

    by_page: dict[int, list[TablePart]] = {}
    for part in tables:
        by_page.setdefault(part.page, []).append(part)
    if numbers is None:
        with open_pdf(file) as document:
            numbers = tuple(range(1, len(document) + 1))
    drawn = 0
    for number in numbers:
        parts = by_page.get(number, [])
        marks, looked = seen(file, number)
        if not parts and not looked:
            continue
        for n, part in enumerate(parts):
            marks.append((part.box, _COLOURS[n % len(_COLOURS)]))
            for cell in part.cells:
                if cell.box and cell.text:
                    header, stub = cell.row < part.header_rows, cell.col < part.stub_columns
                    marks.append(
                        (cell.box, "gold" if header else "deepskyblue" if stub else _COLOURS[n % len(_COLOURS)])
                    )
        render_page(file, number, marks=marks).save(folder / f"{file.stem}-{number:04d}.png")
        drawn += 1
    return drawn


def _table(part: TablePart) -> dict[str, Any]:
    box = part.box
    return {
        "id": part.part_id,
        "page": part.page,
        "bbox": [round(edge, 2) for edge in (box.x0, box.top, box.x1, box.bottom)],
        "header_rows": part.header_rows,
        "stub_columns": part.stub_columns,
        "title": part.title,
        "cells": [
            {"row": cell.row, "col": cell.col, "rowspan": cell.rowspan, "colspan": cell.colspan, "text": cell.text}
            for cell in part.cells
        ],
        "continues": part.continues,
        "beside": part.beside,
        "detector": part.detector,
        "confidence": part.confidence,
    }


def _check(file: Path, language: str | None) -> None:
    if not file.is_file():
        raise CommandError(f"{file} is no file; give the path of a PDF.", _WRONG_USAGE)
    if language is not None and language not in LANGUAGES:
        raise CommandError(f"--language {language} is not read yet; use one of {', '.join(LANGUAGES)}.", _WRONG_USAGE)


def _good(answer: T | ReadFailure) -> T:
    if isinstance(answer, ReadFailure):
        raise CommandError(answer.reason, _WRONG_USAGE if answer.kind == "no_such_page" else _NOTHING)
    return answer


__all__ = ["PrintedReport", "cases_json", "draw_tables", "page_numbers", "tables_json"]
