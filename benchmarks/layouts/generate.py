"""Generates documents of complaint tables in random layouts, typeset by Typst or reportlab, each with its truth.

The same seed gives the same documents. It does not read a PDF: where a cell came to stand is told by invisible marks.
"""

from __future__ import annotations

import io
import json
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pikepdf
import typst

from benchmarks.layouts import decoys, reportlab_pages
from benchmarks.layouts.clean import unfit
from benchmarks.layouts.model import Labelled, Truth, save
from benchmarks.layouts.placed import Mark, Piece, labelled_of, parts_of
from benchmarks.layouts.styles import DECOYS, FONTS, PLACEMENTS, Look, random_look
from benchmarks.layouts.tables import Table, random_table
from benchmarks.layouts.typst_tables import MARK, quoted, table_markup
from benchmarks.layouts.words import LANGUAGES, Words

ATTEMPTS = 12
"""Draws of one document before an unfit one is let through; two in three draws are clean."""
BUNDLED_FONTS = Path(__file__).parents[2] / "facsimiles" / "fonts"


@dataclass(slots=True)
class Draft:
    """A document while it is being put together."""

    words: Words
    rng: random.Random
    body: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    traits: list[str] = field(default_factory=list)
    landscape: bool = False
    rotated: bool = False

    def piece(self, table: Table, columns: tuple[int, int] | None = None) -> int:
        """Registers a table (or some columns of it) and gives the number for its marks."""
        if table not in self.tables:
            self.tables.append(table)
        self.pieces.append(Piece(self.tables.index(table), table, columns or (0, table.cols)))
        return len(self.pieces) - 1


def generate(n: int, seed: int, out: Path) -> list[Truth]:
    """Writes `n` documents `<number>.pdf` and `<number>.truth.json` into `out`; returns their truths."""
    out.mkdir(parents=True, exist_ok=True)
    truths = []
    for name, pdf, truth in documents(n, seed):
        (out / f"{name}.pdf").write_bytes(pdf)
        save(truth, out / f"{name}.truth.json")
        truths.append(truth)
    return truths


def documents(n: int, seed: int) -> Iterator[tuple[str, bytes, Truth]]:
    """Name, PDF and truth of each document. One in six is set by reportlab, one in six shows decoys only."""
    for k in range(n):
        name = f"{seed:03d}-{k:04d}"
        for attempt in range(ATTEMPTS):
            pdf, truth = _document(k, random.Random(f"{seed}-{k}-{attempt}"), f"{name}.pdf")
            if not unfit(pdf):
                break
        yield name, pdf, truth


def _document(k: int, rng: random.Random, file: str) -> tuple[bytes, Truth]:
    words = LANGUAGES[rng.choice(tuple(LANGUAGES))]
    if k % 6 == 4:
        return reportlab_pages.document(rng, words, file)
    if k % 6 == 5:
        return _set(_decoy_draft(rng, words), file)
    return _set(_table_draft(rng, words, PLACEMENTS[(k - k // 3) % len(PLACEMENTS)]), file)


def _decoy_draft(rng: random.Random, words: Words) -> Draft:
    draft = Draft(words, rng)
    for kind in rng.sample(DECOYS, 3):
        draft.traits.append(f"decoy:{kind}")
        draft.body += [_heading(draft), decoys.decoy(kind, rng, words), decoys.prose(rng, words, 3)]
    return draft


def _fitted(look: Look, table: Table, draft: Draft) -> Look:
    """`look` with the font and the padding that a typesetter would take for so many columns."""
    room = 1.5 if draft.landscape else 1.0
    size = min(look.size, max(6.0, 78 * room / table.cols))
    stub = min(0.28, max(0.2, look.stub)) if table.cols > 9 else look.stub  # no stub of three letters a line
    return replace(look, size=size, stub=stub, inset_x=min(look.inset_x, max(2.0, 36 * room / table.cols)))


def _heading(draft: Draft) -> str:
    return f"== #{quoted(draft.rng.choice(draft.words.headings))}\n"


def _captioned(draft: Draft, table: Table, look: Look, markup: str) -> str:
    caption = f"{draft.words.caption} {len(draft.pieces)}: {table.caption}"
    line = f"#block(above: 1em, below: 0.6em, sticky: true, strong({quoted(caption)}))\n"
    note = f"#text(size: 7pt)[#super[1] #{quoted(table.note)}]\n" if table.note else ""
    set_table = f"#block(above: 0.8em, below: 0.9em, breakable: true)[#{markup}]\n"
    if look.caption == "above":
        return line + set_table + note + "\n"
    if look.caption == "below":
        return set_table + note + line.replace("sticky: true, ", "") + "\n"
    return set_table + note + "\n"


def _table_draft(rng: random.Random, words: Words, placement: str) -> Draft:
    draft = Draft(words, rng)
    tight = placement in ("side_by_side", "in_column", "beside_prose")
    look = random_look(rng, tight=tight)
    draft.traits += [f"style:{look.style}", f"placement:{placement}"]
    if rng.random() < 0.8:
        draft.body.append(_heading(draft) + decoys.prose(rng, words, rng.randint(2, 5)))
    PLACERS[placement](draft, look)
    if any(c.mark for t in draft.tables for c in t.cells):
        draft.traits.append("marks:typographic" if look.typographic_marks else "marks:raised")
    draft.traits += sorted({f"kind:{t.kind}" for t in draft.tables})
    if look.turned_header and any(t.header_rows == 1 for t in draft.tables):
        draft.traits.append("header:turned")
    if look.tracking:
        draft.traits.append("header:tracked")
    draft.traits += sorted(
        {f"stub:{t.grouping}" for t in draft.tables} | {f"header:{t.header_rows}" for t in draft.tables}
    )
    if placement not in ("beside_next",):
        draft.body.append(decoys.prose(rng, words, rng.randint(2, 5)))
        if rng.random() < 0.3:
            kind = rng.choice(("bullets", "bar_chart", "pie"))
            draft.body.append(decoys.decoy(kind, rng, words))
    return draft


def _single(draft: Draft, look: Look) -> None:
    table = random_table(draft.rng, draft.words)
    look = _fitted(look, table, draft)
    draft.body.append(_captioned(draft, table, look, table_markup(table, draft.piece(table), look)))


def _stacked(draft: Draft, look: Look) -> None:
    _single(draft, look)
    if draft.rng.random() < 0.5:
        draft.body.append(decoys.prose(draft.rng, draft.words, 1))
    _single(draft, look)


def _small(draft: Draft, rows: int = 0) -> Table:
    return random_table(draft.rng, draft.words, rows=rows or draft.rng.randint(3, 7), wide=False)


def _side_by_side(draft: Draft, look: Look) -> None:
    cells = []
    for _ in range(2):
        table = _small(draft)
        cells.append(f"[{_captioned(draft, table, look, table_markup(table, draft.piece(table), look))}]")
    draft.body.append(f"#grid(columns: (1fr, 1fr), gutter: {draft.rng.choice((10, 18, 30))}pt, {', '.join(cells)})\n")


def _in_column(draft: Draft, look: Look) -> None:
    table = _small(draft)
    inner = _captioned(draft, table, look, table_markup(table, draft.piece(table), look))
    before = "".join(decoys.prose(draft.rng, draft.words, 4) for _ in range(draft.rng.randint(1, 6)))
    after = "".join(decoys.prose(draft.rng, draft.words, 4) for _ in range(draft.rng.randint(2, 5)))
    draft.body.append(f"#columns(2, gutter: 16pt)[\n{before}\n{inner}\n{after}]\n")


def _beside_prose(draft: Draft, look: Look) -> None:
    table = _small(draft)
    inner = _captioned(draft, table, look, table_markup(table, draft.piece(table), look))
    text = "".join(decoys.prose(draft.rng, draft.words, 3) for _ in range(3))
    pair = [f"[{text}]", f"[{inner}]"]
    widths = ["1fr", "1.3fr"]
    if draft.rng.random() < 0.5:
        pair.reverse()
        widths.reverse()
    draft.body.append(f"#grid(columns: ({', '.join(widths)}), gutter: 16pt, {', '.join(pair)})\n")


def _landscape(draft: Draft, look: Look) -> None:
    draft.landscape = True
    table = random_table(draft.rng, draft.words, wide=True)
    look = _fitted(look, table, draft)
    draft.body.append(_captioned(draft, table, look, table_markup(table, draft.piece(table), look)))


def _rotated(draft: Draft, look: Look) -> None:
    draft.rotated = True
    _landscape(draft, look)


def _turned(draft: Draft, look: Look) -> None:
    table = random_table(draft.rng, draft.words, wide=True)
    look = _fitted(look, table, draft)
    inner = _captioned(draft, table, look, table_markup(table, draft.piece(table), look))
    turn = draft.rng.choice((90, -90))
    draft.body = [f"#rotate({turn}deg, reflow: true, box(width: 680pt)[{inner}])\n#pagebreak()\n"]


def _split(draft: Draft, look: Look, repeat: bool) -> None:
    table = random_table(draft.rng, draft.words, rows=draft.rng.randint(14, 22))
    look = _fitted(look, table, draft)
    draft.body.append(f"#v({draft.rng.randint(300, 430)}pt)\n")
    draft.body.append(_captioned(draft, table, look, table_markup(table, draft.piece(table), look, repeat=repeat)))


def _beside_next(draft: Draft, look: Look) -> None:
    table = random_table(draft.rng, draft.words, wide=True, plain=True)
    cut = table.stub_columns + (table.cols - table.stub_columns) // 2
    high = draft.rng.choice((0, 26, 32))
    first = table_markup(table, draft.piece(table, (0, cut)), look, columns=(0, cut), height=high)
    second = table_markup(table, draft.piece(table, (cut, table.cols)), look, columns=(cut, table.cols), height=high)
    draft.body.append(_captioned(draft, table, look, first) + f"#pagebreak()\n#block(breakable: true)[#{second}]\n")


PLACERS = {
    "single": _single, "stacked": _stacked, "side_by_side": _side_by_side, "in_column": _in_column,
    "beside_prose": _beside_prose, "landscape": _landscape, "rotated_page": _rotated, "turned_table": _turned,
    "split_repeated": lambda d, k: _split(d, k, True), "split_plain": lambda d, k: _split(d, k, False),
    "beside_next": _beside_next,
}  # fmt: skip


def _set(draft: Draft, file: str) -> tuple[bytes, Truth]:
    rng, words = draft.rng, draft.words
    margin = rng.choice((1.8, 2.2, 2.8))
    source = (
        f'#set page(paper: "a4", flipped: {str(draft.landscape).lower()}, margin: {margin}cm, numbering: "1", '
        f'header: text(size: 8pt, {quoted(words.running)} + h(1fr) + "2023"))\n'
        f'#set text(font: ({quoted(rng.choice(FONTS))}, "Libertinus Serif"), size: {rng.choice((9, 10, 11))}pt, '
        f"lang: {quoted(words.language)})\n"
        f"#set par(justify: {rng.choice(('true', 'false'))})\n{MARK}\n" + "\n".join(draft.body)
    )
    pdf, marks = compiled(source)
    if draft.rotated:
        pdf = turned(pdf)
    parts = parts_of(draft.pieces, marks)
    numbers: list[Labelled] = [n for k, piece in enumerate(draft.pieces) for n in labelled_of(k, piece, marks)]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = len(opened.pages)
    names = tuple(t.caption for t in draft.tables)
    return pdf, Truth(file, words.language, pages, tuple(draft.traits), names, tuple(parts), tuple(numbers))


def compiled(source: str) -> tuple[bytes, list[Mark]]:
    """PDF and marks of a Typst source; fonts are the bundled ones and those in the compiler, never the machine's."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.typ"
        path.write_text(source, encoding="utf-8")
        compiler = typst.Compiler(str(path), root=folder, font_paths=[str(BUNDLED_FONTS)], ignore_system_fonts=True)
        pdf = compiler.compile(format="pdf", pdf_tags=False, timestamp=0)
        if not isinstance(pdf, bytes):
            raise TypeError("Typst gave pages instead of one PDF; compile with format pdf.")
        found = typst_marks(compiler.query("<mk>", field="value"))
    return pdf, found


def typst_marks(queried: str) -> list[Mark]:
    """The marks in a query's JSON."""
    return [Mark(*value) for value in json.loads(queried)]


def turned(pdf: bytes, turn: int = 90) -> bytes:
    """Landscape pages stored upright with /Rotate `turn`, 90 or 270 (PDF 32000-1, table 30); they look the same."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            width, height = (float(value) for value in page.mediabox[2:])
            if width > height:
                matrix = f"0 1 -1 0 {height} 0" if turn == 90 else f"0 -1 1 0 0 {width}"
                page.contents_add(f"q {matrix} cm".encode(), prepend=True)
                page.contents_add(b"Q")
                page.mediabox = pikepdf.Array([0, 0, height, width])
                page.rotate(turn, relative=False)
        opened.save(out, deterministic_id=True)
    return out.getvalue()
