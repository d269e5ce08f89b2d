"""Tables that were read, each with what is seen of it and whether it is right: five kinds of documents.

- `generated`: complaint tables in random layouts, hard on purpose (`benchmarks.layouts`);
- `official`: pages as agencies set them, with other letters and another typesetter (`benchmarks.government`);
- `typeset anew`: one long report in house styles drawn at random (needs the shared corpus);
- `bundled`: the reports of `raw_reports/`, set from `facsimiles/content`;
- `competition`: the documents of the ICDAR 2013 table competition (needs the shared material).

A table counts as right when each text of one true table of its page stands at its place, none more, none less; whether
a label is said to span the blanks beside or below it is left open. On the competition's documents and the official
pages, whose truth is in the competition's format, a table is right when its adjacency relations are the true ones. A
false table is wrong.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.government import documents as government
from benchmarks.layouts import antwerpen, antwerpen_drawn, generate, model, score
from benchmarks.layouts.model import TrueCell, TruePart
from benchmarks.tables import scorer
from extractors.hyphens import vocabulary
from extractors.page import lines_of
from extractors.report import read_pages
from extractors.tables import confidence
from extractors.tables.read import read_parts, to_schema
from extractors.tables.stitch import Part
from facsimiles import content
from facsimiles.__main__ import documents as bundled_documents
from schemas.printed import Cell, TablePart

REPORTS = scorer.ROOT / "raw_reports"


@dataclass(frozen=True, slots=True)
class Sample:
    """One table that was read. `cells` is the share of its texts that stand at their place in the likeliest true table.

    `cells` is None where only relations are known.
    """

    source: str
    document: str
    page: int
    family: str
    score: float
    features: dict[str, float]
    right: bool
    cells: float | None
    traits: tuple[str, ...] = ()


def read_parts_of(path: Path) -> Iterator[tuple[Part, TablePart]]:
    """The table parts of a PDF, as read and as they pass to other rooms."""
    pages, _ = read_pages(path)
    parts = read_parts(pages, path)
    known = vocabulary(line.text for page in pages for line in lines_of(page.words))
    yield from zip(parts, to_schema(parts, known), strict=True)


def _sample(
    source: str, document: str, part: Part, right: bool, cells: float | None, traits: tuple[str, ...] = ()
) -> Sample:
    grid = part.body.grid
    values = confidence.features(part)
    return Sample(source, document, part.page.number, confidence.family(grid), grid.score, values, right, cells, traits)


# ---------------------------------------------------------------------------------------------- documents with cells


def generated(seeds: Sequence[int], documents: int, folder: Path) -> Iterator[Sample]:
    """The tables read in generated documents; they are written to `folder` where they are not there yet."""
    for seed in seeds:
        home = folder / str(seed)
        if len(list(home.glob("*.truth.json"))) != documents:
            generate.generate(documents, seed, home)
        yield from _of_truths("generated", home)


def typeset_anew(numbers: Sequence[int], folder: Path) -> Iterator[Sample]:
    """The tables read in drawn settings of the shared report; none, with a sentence, where it is not there."""
    shared = antwerpen.shared_folder()
    if shared is None:
        print("The report typeset anew is left out: the shared corpus was not found.", file=sys.stderr)
        return
    home = folder / "drawn"
    home.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        if not list(home.glob(f"*{number:03d}*.truth.json")):
            for one in antwerpen_drawn.settings(antwerpen.load(shared), [number]):
                (home / f"{one.name}.pdf").write_bytes(one.pdf)
                model.save(one.truth, home / f"{one.name}.truth.json")
    wanted = {path for number in numbers for path in home.glob(f"*{number:03d}*.truth.json")}
    for path in sorted(wanted):
        yield from _of_truth("typeset anew", path)


def _of_truths(source: str, home: Path) -> Iterator[Sample]:
    for path in sorted(home.glob("*.truth.json")):
        yield from _of_truth(source, path)


def _of_truth(source: str, path: Path) -> Iterator[Sample]:
    truth = model.load(path)
    if not truth.parts:  # a setting that tells only its numbers
        return
    read = list(read_parts_of(path.parent / truth.file))
    whole = _cut_by_a_column([printed for _, printed in read], truth.parts)
    for part, printed in read:
        here = [true for true in truth.parts if true.page == printed.page]
        right = printed.part_id in whole or any(_same(true, [printed]) for true in here)
        mine = laid_out(printed.cells, printed.header_rows, printed.stub_columns)
        true_rows = [laid_out(t.cells, t.header_rows, printed.stub_columns) for t in here]
        yield _sample(source, truth.file, part, right, _shared(mine, true_rows), truth.traits)


def _same(true: TruePart, read: Sequence[TablePart]) -> bool:
    """Whether parts of one page, put below each other with their header once, are a true table."""
    if any(part.page != true.page for part in read):
        return False
    stub = read[0].stub_columns
    rows: list[list[str]] = []
    for part in read:
        mine = laid_out(part.cells, part.header_rows, stub)
        head = mine[: part.header_rows]
        rows += mine[part.header_rows :] if rows and rows[: part.header_rows] == head else mine
    return rows == laid_out(true.cells, true.header_rows, stub)


def _cut_by_a_column(read: Sequence[TablePart], truth: Sequence[TruePart]) -> set[str]:
    """Parts that are a true table together: one that goes on in the next column of its page is two tables to a reader.

    The truth counts parts by page, so it holds them as one.
    """
    return {
        part.part_id for pair in pairwise(read) for part in pair if any(_same(true, pair) for true in truth)
    }  # fmt: skip


def _shared(mine: list[list[str]], truths: Iterable[list[list[str]]]) -> float:
    """The greatest share of texts of `mine` that a true table has too, however its rows are shifted."""
    held = Counter((c, t) for row in mine for c, t in enumerate(row) if t)
    best = 0
    for true in truths:
        there = Counter((c, t) for row in true for c, t in enumerate(row) if t)
        best = max(best, sum((held & there).values()))
    return best / max(1, sum(held.values()))


def laid_out(cells: Sequence[Cell] | Sequence[TrueCell], header_rows: int, stub_columns: int) -> list[list[str]]:
    """The text at each place of a table, in rows and columns that hold any; spans in the body over blanks left open.

    A label, or a text alone in its body row, stands in its first column only; an empty place of the outer stub columns
    takes the label above it.
    """
    held = [c for c in cells if score.plain(c.text)]
    rows, cols = sorted({c.row for c in held}), sorted({c.col for c in held})
    alone = {r for r in rows if r >= header_rows and sum(c.row == r for c in held) == 1}
    places: dict[tuple[int, int], str] = {}
    for cell in held:
        label = cell.row >= header_rows and cols.index(cell.col) < stub_columns
        for r in range(cell.row, cell.row + cell.rowspan):
            for c in range(cell.col, cell.col + (1 if cell.row in alone or label else cell.colspan)):
                places.setdefault((r, c), score.plain(cell.text))
    for r, above in zip(rows[1:], rows, strict=False):
        for c in cols[: max(0, stub_columns - 1)]:
            if r > header_rows and r not in alone and (r, c) not in places and above not in alone:
                places[r, c] = places.get((above, c), "")
    return [[places.get((r, c), "") for c in cols] for r in rows]


# ---------------------------------------------------------------------------------------------- the bundled reports


def bundled() -> Iterator[Sample]:
    """The tables read in the bundled reports; their truth is what they were set from."""
    for document in bundled_documents():
        path = REPORTS / f"{document.id}.pdf"
        tables = list(content.tables(document.blocks))
        if not path.is_file():
            continue
        for part, printed in read_parts_of(path):
            mine = laid_out(printed.cells, printed.header_rows, printed.stub_columns)
            pieces = [rows for table in tables for rows in _pieces(table, printed.stub_columns)]
            right = any(_piece_of(mine, printed.header_rows, rows, heads) for rows, heads in pieces)
            cells = _shared(mine, (rows for rows, _ in pieces))
            yield _sample("bundled", document.id, part, right, cells)


def _pieces(table: content.Table, stub: int) -> Iterator[tuple[list[list[str]], int]]:
    """The rows of a bundled table and how many are headers: whole, or its two halves when it goes on beside."""
    cells: list[TrueCell] = []
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate([*table.header, *table.body]):
        c = 0
        for cell in row:
            while (r, c) in taken:
                c += 1
            cells.append(TrueCell(r, c, content.plain(cell.text), cell.rows, cell.cols))
            taken |= {(r + i, c + j) for i in range(cell.rows) for j in range(cell.cols)}
            c += cell.cols
    heads = len(table.header)
    if table.beside is None:
        yield laid_out(cells, heads, stub), heads
        return
    left = [c for c in cells if c.col < table.beside]
    right = [
        TrueCell(c.row, c.col - table.beside, c.text, c.rowspan, c.colspan) for c in cells if c.col >= table.beside
    ]
    yield laid_out(left, heads, stub), heads
    yield laid_out(right, heads, stub), heads


def _piece_of(mine: list[list[str]], heads: int, rows: list[list[str]], true_heads: int) -> bool:
    """Whether a read part is a table, or rows of it that follow each other, with its header or without one."""
    head, body = mine[:heads], mine[heads:]
    if head and [_bare(r) for r in head] != [_bare(r) for r in rows[:true_heads]]:
        return False
    plain = [_bare(r) for r in body]
    for start in range(true_heads, len(rows) - len(body) + 1):
        wanted = [_bare(r) for r in rows[start : start + len(body)]]
        first = plain[0] == wanted[0] or plain[0] == ["", *wanted[0][1:]]  # a group's label is not printed again
        if first and plain[1:] == wanted[1:]:
            return True
    return not body and bool(head)


def _bare(row: list[str]) -> list[str]:
    return [text.strip("*¹²³⁴⁵⁶⁷⁸⁹") for text in row]


# ------------------------------------------------------------------------------------------ documents with relations


def competition(data: Path) -> Iterator[Sample]:
    """The tables read in the competition's documents; none, with a sentence, where they are not there."""
    if not data.is_dir():
        print(f"The competition's documents are left out: {data} does not exist.", file=sys.stderr)
        return
    for path in scorer.documents(data):
        yield from _by_relations("competition", path, ())


def official(seeds: Sequence[int], documents: int, folder: Path) -> Iterator[Sample]:
    """The tables read in official pages; they are written to `folder` where they are not there yet."""
    for seed in seeds:
        home = folder / f"official-{seed}"
        if len(list(home.glob("*.pdf"))) != documents:
            government.generate(documents, seed, home)
        for path in sorted(home.glob("*.pdf")):
            traits = tuple(path.with_suffix(".traits").read_text(encoding="utf-8").split())
            yield from _by_relations("official", path, traits)


def _by_relations(source: str, path: Path, traits: tuple[str, ...]) -> Iterator[Sample]:
    judge = scorer.load()
    wanted = [table for tables in judge.gt_for(str(path)) for table in tables]
    for part, printed in read_parts_of(path):
        cells = [(c.row, c.col, c.row + c.rowspan - 1, c.col + c.colspan - 1, c.text) for c in printed.cells]
        table = judge.Table(printed.page, cells)
        table.compact = True
        got = table.relations("official")
        right = any(w.page == printed.page and w.relations("official") == got for w in wanted)
        yield _sample(source, path.name, part, right, None, traits)
