"""Sets the report of `antwerpen` with Typst in four layouts, each another house style than the published one."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass, replace

import pikepdf

from benchmarks.layouts.antwerpen import Block, Report, Run
from benchmarks.layouts.decoys import bar_chart
from benchmarks.layouts.generate import compiled, turned
from benchmarks.layouts.model import Truth
from benchmarks.layouts.placed import Mark, Piece, labelled_of, parts_of
from benchmarks.layouts.styles import Look
from benchmarks.layouts.tables import Table
from benchmarks.layouts.typst_tables import MARK, quoted, table_markup
from benchmarks.layouts.words import NL

LOOK = Look("zebra", 8, 3, 2.5, "horizon", "right", "same", 0.34, True, True, True, 0.5, "#1f4e79", "above", False)


@dataclass(frozen=True, slots=True)
class House:
    """One house style. `wide` says how a table of more than nine columns is set: `page` (a landscape page of its own),
    `rotated` (the same, stored with /Rotate 90), `turned` (a quarter turn on an upright page), `beside` (its second
    half on the next page without the stub). `date_line` sets the date of a case on a line of its own under its title.
    """

    name: str
    font: str
    size: float
    accent: str
    look: Look
    wide: str
    columns: int = 1
    case_columns: int = 1
    caption_above: bool = True
    repeat_header: bool = True
    side_by_side: bool = False
    numbered_parts: bool = False
    head: str = "EERSTELIJNSRAPPORT 2023"
    date_line: bool = False
    case_title: Callable[[str], str] = str


def _title_first(text: str) -> str:
    """`21/3/2023 - Schade` as `Schade (21/3/2023)`."""
    date, _, title = text.partition(" - ")
    return f"{title} ({date})"


HOUSES = (
    House("a-zebra-columns", "Source Sans Pro", 9.5, "#0a6e5c", replace(LOOK, accent="#0a6e5c"), "page", columns=2),
    House(
        "b-booktabs-serif", "Libertinus Serif", 10, "#333333",
        replace(LOOK, style="booktabs", size=8.5, inset_y=2, stub=0.3, hyphenate=False), "beside",
        case_columns=2, repeat_header=False,
    ),
    House(
        "c-rotated", "New Computer Modern", 10, "#7a1f1f",
        replace(LOOK, style="rows_ruled", size=8, numbers="center", vertical="top", stub=0.26), "rotated",
        caption_above=False, case_title=_title_first,
    ),
    House(
        "d-shaded-small", "Roboto", 8.5, "#1f4e79",
        replace(LOOK, style="shaded_header", size=6.5, inset_y=2, inset_x=2.5, accent="#1f4e79", header_align="center"),
        "beside", side_by_side=True,
    ),
    House(
        "f-bare", "Source Sans Pro", 9.6, "#ba0000",
        replace(LOOK, style="none", size=8.2, inset_y=3.4, inset_x=4, stub=0, hyphenate=False), "beside",
        caption_above=False,
    ),
    House(
        "g-framed", "Libertinus Serif", 10.5, "#5b2a86",
        replace(LOOK, style="framed", size=8.5, inset_y=2.2, numbers="left", vertical="top", stub=0.3), "page",
        repeat_header=False,
    ),
    House(
        "h-turned", "Roboto", 9, "#006d77",
        replace(LOOK, style="tiles", size=7.5, inset_y=2.4, stub=0.3, turned_header=True, accent="#006d77"), "turned",
        date_line=True,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """A typeset report, where its tables stand (table name to pages), and its truth."""

    name: str
    pdf: bytes
    pages: dict[str, list[int]]
    truth: Truth


def setting(name: str, pdf: bytes, names: list[str], pieces: list[Piece], marks: list[Mark]) -> Setting:
    """Puts together what was set: `names` are the table names of the pieces."""
    found: dict[str, set[int]] = {}
    for mark in marks:
        found.setdefault(names[mark.piece], set()).add(mark.page)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        count = len(opened.pages)
    numbers = tuple(n for k, piece in enumerate(pieces) for n in labelled_of(k, piece, marks))
    tables = tuple(dict.fromkeys(names))
    truth = Truth(f"{name}.pdf", "nl", count, (f"house:{name}",), tables, tuple(parts_of(pieces, marks)), numbers)
    return Setting(name, pdf, {key: sorted(pages) for key, pages in found.items()}, truth)


def typeset(report: Report, house: House) -> Setting:
    """The report in a house style."""
    state = _State(report, house)
    body = "\n".join(state.markup(list(report.blocks)))
    pdf, marks = compiled(_prelude(report, house) + body)
    if house.wide == "rotated":
        pdf = turned(pdf)
    return setting(house.name, pdf, state.names, state.pieces, marks)


def _prelude(report: Report, house: House) -> str:
    accent = f"rgb({quoted(house.accent)})"
    upper = {"b-booktabs-serif": "smallcaps", "d-shaded-small": "upper"}.get(house.name, "")
    shown = f"{upper}(it.body)" if upper else "it.body"
    footer = (
        "align(center, context counter(page).display())"
        if house.case_columns == 2
        else "align(right, context counter(page).display())"
    )
    slope = "italic" if house.case_columns == 2 else "normal"
    return f"""
#set page(paper: "a4", margin: (x: 2.1cm, top: 2.4cm, bottom: 2.2cm),
  header: context if counter(page).get().first() > 1 {{
    text(size: 7.5pt, fill: luma(90))[#{quoted(house.head)} #h(1fr) Stad Antwerpen]
  }},
  footer: text(size: 8pt, {footer}))
#set text(font: ({quoted(house.font)}, "Libertinus Serif"), size: {house.size}pt, lang: "nl", hyphenate: true)
#set par(justify: {str(house.columns == 2 or house.case_columns == 2).lower()}, spacing: 0.9em)
#set document(title: {quoted(report.title)})
#show heading: set text(hyphenate: false)
#show heading.where(level: 1): it => block(below: 1em, text(size: 22pt, fill: {accent}, weight: "bold", {shown}))
#show heading.where(level: 2): it => block(
  above: 1.6em, below: 0.8em, text(size: 14pt, fill: {accent}, weight: "bold", it.body))
#show heading.where(level: 3): it => block(above: 1.3em, below: 0.7em, text(size: 11.5pt, weight: "bold", {shown}))
#show heading.where(level: 4): it => block(
  above: 1.1em, below: 0.6em, text(size: {house.size}pt, weight: "bold", style: {quoted(slope)}, it.body))
{MARK}
"""


class _State:
    """The pieces set so far, by number, and the markup of blocks one after another."""

    def __init__(self, report: Report, house: House) -> None:
        self.report, self.house = report, house
        self.names: list[str] = []
        self.pieces: list[Piece] = []
        self.rng = random.Random(1)

    def markup(self, blocks: list[Block]) -> list[str]:
        """Typst source of the blocks."""
        out: list[str] = []
        blocks = captions_placed(blocks, self.house.caption_above)
        parts = 0
        cases = False
        k = 0
        while k < len(blocks):
            block = blocks[k]
            if block.kind == "part":
                parts += 1
                if cases:
                    out.append("]")
                    cases = False
                out.append(self._part(block, parts))
            elif block.kind == "section" and self.house.case_columns == 2 and not cases:
                cases = True
                out.append("#page(columns: 2)[\n" + self._block(block))
            elif _labels_next(blocks, k):
                pass
            elif block.kind == "table":
                k += self._tables(blocks, k, out)
            else:
                out.append(self._block(block))
            k += 1
        return out

    def _part(self, block: Block, number: int) -> str:
        house = self.house
        title = f"= #{quoted(block.text)}\n"
        if number == 1:
            name = f'#text(size: 34pt, weight: "bold", {quoted(block.text)})'
            cover = f"#v(30%)\n{name}\n\n#text(size: 14pt)[#{quoted(house.head)}]\n"
            contents = '#pagebreak()\n#outline(title: "Inhoud", depth: 2)\n'
            return cover + contents
        columns = f"#set page(columns: {house.columns})\n" if house.columns > 1 else "#pagebreak()\n"
        if house.columns > 1:
            return f'{columns}#place(top, scope: "parent", float: true, clearance: 1.5em)[{title}]\n'
        return columns + title

    def _block(self, block: Block) -> str:
        text = _runs(block.runs)
        if block.kind == "chart":
            return self._chart()
        if block.case and self.house.date_line:
            date, _, title = block.text.partition(" - ")
            return f"==== #{quoted(title)}\n#emph({quoted(date)})\n\n"
        if block.case:
            return f"==== #{quoted(self.house.case_title(block.text))}\n"
        level = {"h1": "==", "h2": "===", "section": "===", "h3": "===="}.get(block.kind)
        if level:
            return f"{level} {text}\n"
        if block.kind == "item":
            return f"- {text}"
        if block.kind == "small":
            return f"#text(size: 0.8em)[{text}]\n"
        if block.kind == "caption":
            return f'#block(text(size: 0.88em, style: "italic")[{text}])\n'
        if block.kind == "title":
            return f"#block(sticky: true, strong[{text}])\n"
        return text + "\n"

    def _chart(self) -> str:
        scale = "45%" if self.house.columns > 1 else "80%"
        chart = f"#box(width: 430pt)[{bar_chart(self.rng, NL)}]"
        scaled = f"#scale(x: {scale}, y: {scale}, reflow: true, origin: left)[{chart}]"
        return f"#block(breakable: false, width: 100%)[{scaled}]\n"

    def _tables(self, blocks: list[Block], k: int, out: list[str]) -> int:
        """Sets the table at `k`, with the next one beside it where the house does so; says how many more it took."""
        name = blocks[k].table
        table = self.report.tables[name]
        following = blocks[k + 1].table if k + 1 < len(blocks) and blocks[k + 1].kind == "table" else ""
        if self.house.side_by_side and following and max(table.cols, self.report.tables[following].cols) <= 8:
            other = self.report.tables[following]
            tiny = replace(self.house.look, size=6, stub=0.2, inset_x=1.5)
            pair = ", ".join(
                f"[#{table_markup(t, self._piece(n, t), tiny)}]" for n, t in ((name, table), (following, other))
            )
            out.append(f"#grid(columns: (1fr, 1fr), gutter: 14pt, {pair})\n#v(1em)\n")
            return 1
        before = self._block(blocks[k - 1]) if k and _labels_next(blocks, k - 1) else ""
        below = k + 1 < len(blocks) and blocks[k + 1].kind == "caption" and not self.house.caption_above
        out.append(self._table(name, table, before, self._block(blocks[k + 1]) if below else ""))
        return int(below)

    def _piece(self, name: str, table: Table, columns: tuple[int, int] | None = None) -> int:
        self.names.append(name)
        index = list(dict.fromkeys(self.names)).index(name)
        self.pieces.append(Piece(index, table, columns or (0, table.cols)))
        return len(self.names) - 1

    def _table(self, name: str, table: Table, before: str, after: str) -> str:
        house, look = self.house, self.house.look
        cut = self.report.cuts.get(name)
        look = replace(look, turned_header=look.turned_header and table.cols > 5 and not cut)
        if cut and house.wide == "beside":
            halves = [(0, cut), (cut, table.cols)]
            first, second = (
                table_markup(table, self._piece(name, table, h), look, columns=h, height=24) for h in halves
            )
            return f"#pagebreak()\n{before}\n#{first}\n#pagebreak()\n#{second}\n{after}\n"
        if table.cols > 9:
            narrow = replace(
                look, stub=0.2 if table.stub_columns == 1 else 0.3, size=min(look.size, 7), inset_y=1.6, inset_x=2
            )
            inner = table_markup(table, self._piece(name, table), narrow, repeat=house.repeat_header)
            if cut and house.wide == "turned":
                whole = f"#rotate(-90deg, reflow: true, box(width: 690pt)[{before}\n#{inner}\n{after}])"
                return f"#pagebreak()\n{whole}\n#pagebreak()\n"
            if cut or (house.wide in {"page", "rotated"} and table.rows > 10):
                return f"#page(flipped: true, columns: 1)[{before}\n#{inner}\n{after}]\n"
            return self._placed(table, f"{before}\n#{inner}\n{after}")
        inner = table_markup(table, self._piece(name, table), look, repeat=house.repeat_header)
        return self._placed(table, f"{before}\n#{inner}\n{after}")

    def _placed(self, table: Table, inner: str) -> str:
        if self.house.columns > 1 and (table.cols > 4 or table.rows > 20):
            return f'#place(auto, scope: "parent", float: true, clearance: 1.4em)[#block(width: 100%)[{inner}]]\n'
        return f"#block(above: 1em, below: 1.2em, breakable: true)[{inner}]\n"


def _labels_next(blocks: list[Block], k: int) -> bool:
    """Whether block `k` is the caption or the title of the table after it."""
    return k + 1 < len(blocks) and blocks[k + 1].kind == "table" and blocks[k].kind in {"caption", "title"}


def captions_placed(blocks: list[Block], above: bool) -> list[Block]:
    """The blocks with each table's caption before or after it."""
    out = list(blocks)
    for k in range(len(out) - 1):
        if above and out[k].kind == "table" and out[k + 1].kind == "caption" and out[k + 1].text.startswith("Tabel"):
            out[k], out[k + 1] = out[k + 1], out[k]
    return out


def _runs(runs: list[Run]) -> str:
    text = ""
    for run in runs:
        inner = f"#{quoted(run.text)}" + ";" if run.text else ""
        if run.style == "bold":
            inner = f"#strong[{inner}]"
        elif run.style == "italic":
            inner = f"#emph[{inner}]"
        elif run.style == "mark":
            inner = f"#super(typographic: false)[{inner}]"
        text += inner
    return text
