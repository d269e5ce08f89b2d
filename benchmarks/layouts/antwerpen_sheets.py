"""Sets the report of `antwerpen` in style sheets drawn at random, printed by WeasyPrint: layouts that nobody chose.

Every draw is another house style: rules, shading, sizes, leading, where headers and numbers stand, how groups are
shown, where captions go, whether headers come again on the next page, where the widest table goes. A layout that was
looked at while the reader was written says little; a seed that was never drawn before says how it does on the next one.
WeasyPrint is no dependency of the project: install it beside (`pip install weasyprint`).
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

import pikepdf

from benchmarks.layouts.antwerpen import Block, Report
from benchmarks.layouts.antwerpen_typst import Setting, captions_placed, setting
from benchmarks.layouts.generate import turned
from benchmarks.layouts.placed import Mark, Piece
from benchmarks.layouts.tables import SetCell, Table

PX = 0.75
"""Points in a CSS pixel, in which WeasyPrint gives places."""
FONTS = ("DejaVu Sans", "DejaVu Serif", "Liberation Sans", "Liberation Serif", "Lato", "Open Sans", "EB Garamond",
         "Inter", "Roboto", "Source Sans Pro", "Linux Libertine O")  # fmt: skip
"""Those that the machine lacks fall back to the one it takes for them."""
RULES = {
    "none": "",
    "hairlines": "td, th { border-bottom: 0.25pt solid #777 }",
    "hairlines_body": "tbody td { border-top: 0.25pt solid #aaa }",
    "head_line": "thead tr:last-child th { border-bottom: 0.6pt solid #000 }",
    "booktabs": (
        "table { border-top: 0.9pt solid #000; border-bottom: 0.9pt solid #000 } "
        "tbody tr:first-child td { border-top: 0.5pt solid #000 }"
    ),
    "zebra_even": "tbody tr:nth-child(even) td { background: TINT }",
    "zebra_odd": "tbody tr:nth-child(odd) td { background: TINT } thead th { border-bottom: 0.5pt solid DARK }",
    "zebra_dark_head": "tbody tr:nth-child(even) { background: TINT } thead th { background: DARK; color: #fff }",
    "down_only": "td + td, th + th { border-left: 0.4pt solid #999 } thead th { border-bottom: 0.4pt solid #999 }",
    "grid": "td, th { border: 0.4pt solid #444 }",
    "grid_open": (
        "td, th { border: 0.4pt solid #666 } td:first-child, th:first-child { border-left: none } "
        "td:last-child, th:last-child { border-right: none }"
    ),
    "frame": "table { border: 0.8pt solid DARK } thead th { border-bottom: 0.8pt solid DARK }",
    "dotted": "tbody td { border-bottom: 0.6pt dotted #888 }",
    "cards": (
        "table { border-collapse: separate; border-spacing: 2pt } td { background: #f0f0f0 } th { background: TINT }"
    ),
    "double": (
        "table { border-top: 2pt double #000; border-bottom: 2pt double #000 } "
        "thead th { border-bottom: 0.4pt solid #000 }"
    ),
}
"""How a table is ruled or shaded."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One house style. `groups` says how a first label column that holds for several rows is shown: `span` (one high
    cell), `blank` (printed once, blank below), `band` (a line of its own over all columns), `indent` (the same, the
    rows below set in). `wide` says where the widest table goes: `landscape`, `rotated` (the same stored with
    /Rotate), `turned` (on its side on an upright page), `beside` (the second half on the next page, no stub),
    `facing` (the second half on the same page at the right, no stub).
    """

    name: str
    css: str
    groups: str
    wide: str
    columns: int
    caption_above: bool
    thousands: str
    over_by_rule: bool
    leaders: bool
    seed: int
    cuts: Mapping[str, int] = field(default_factory=dict)
    stub_again: bool = False
    continued: str = ""
    turn: int = 90


def random_sheet(seed: int) -> Sheet:
    """The style sheet number `seed`."""
    rng = random.Random(f"sheet-{seed}")
    rules = rng.choice(sorted(RULES))
    tint = rng.choice(("#eef3f7", "#f2f2f2", "#e8efe4", "#fbefe3", "#e3e3e3"))
    dark = rng.choice(("#1f4e79", "#333333", "#7a1f1f", "#00594c"))
    columns = rng.choice((1, 1, 2))
    size = rng.choice((6.8, 7.4, 8, 8.6, 9.2))
    head = "thead th"
    body_size = round(size + rng.uniform(0.8, 2), 1)
    numbers = rng.choice(("right", "right", "center", "left"))
    heads = rng.choice((numbers, numbers, "center", "left", "right"))
    groups = rng.choice(("span", "span_top", "blank", "band", "indent"))
    parts = [
        f"""@page {{ size: A4; margin: {rng.choice((16, 20, 25))}mm {rng.choice((15, 20, 24))}mm;
  @{rng.choice(("top-left", "top-center", "bottom-left"))} {{ content: "Eerstelijnsrapport 2023"; font-size: 7.5pt }}
  @{rng.choice(("bottom-right", "bottom-center", "top-right"))} {{ content: counter(page); font-size: 7.5pt }} }}""",
        "@page wide { size: A4 landscape }",
        f'body {{ font: {body_size}pt/{rng.choice((1.2, 1.35, 1.5))} "{rng.choice(FONTS)}", sans-serif; color: #111 }}',
        f"h1 {{ break-before: page; font-size: {rng.choice((18, 22, 28))}pt; color: {dark}; line-height: 1.15 }}",
        f"h2 {{ font-size: {rng.choice((13, 15))}pt; color: {dark}; break-after: avoid; line-height: 1.2 }}",
        "h3 { font-size: 11.5pt; break-after: avoid; line-height: 1.2 } h4 { margin: 7pt 0 2pt; break-after: avoid }",
        f"p {{ margin: 0 0 {rng.choice((4, 7))}pt; text-align: {rng.choice(('left', 'justify'))}; hyphens: auto }}",
        ".caption { font-style: italic; font-size: 0.85em; break-after: CAPTION } .small { font-size: 0.85em }",
        ".title { font-weight: bold; break-after: avoid } sup { font-size: 62%; line-height: 0 }",
        f".flow {{ columns: {columns}; column-gap: 7mm }}",
        f"table {{ border-collapse: collapse; font-size: {size}pt; line-height: {rng.choice((1.02, 1.15, 1.3))}; "
        f"width: {rng.choice(('100%', '100%', 'auto', '88%'))}; margin: 6pt 0 9pt }}",
        f"td, th {{ padding: {rng.choice((0.4, 1, 2, 3.5, 5))}pt {rng.choice((1.5, 3, 5, 8))}pt; text-align: left; "
        f"vertical-align: {rng.choice(('top', 'middle', 'baseline'))}; hyphens: {rng.choice(('manual', 'auto'))} }}",
        f".n {{ text-align: {numbers}; hyphens: manual }} th.n {{ text-align: {heads}; hyphens: auto }}",
        f"{head} {{ vertical-align: {rng.choice(('top', 'middle', 'bottom'))}; "
        f"font-weight: {rng.choice(('bold', 'bold', 'normal'))}; "
        f"font-style: {rng.choice(('normal', 'normal', 'italic'))} }}",
        f"th.over {{ text-align: {rng.choice(('center', 'center', 'left'))} }}",
        "tr { break-inside: avoid } thead, thead tr { break-after: avoid }",
        ".chart { height: 80pt; border-bottom: 1pt solid #000 }",
        ".chart span { display: inline-block; width: 16pt; margin: 0 5pt; background: #668 }",
        f"tr.band td {{ font-weight: {rng.choice(('bold', 'normal'))}; "
        f"background: {rng.choice(('#dddddd', 'none'))} }}",
        "td.in { padding-left: 14pt } tr.tall { height: HIGH }",
        ".turned { width: 170mm; height: 240mm; position: relative; break-before: page; break-after: page }",
        ".turned > div { position: absolute; top: 0; left: 170mm; width: 240mm; transform: rotate(90deg); "
        "transform-origin: top left }",
        ".pair { display: flex; gap: 10mm } .pair > div { flex: 1 }",
        ".wide { page: wide; break-before: page; break-after: page } .wide table, .turned table { width: 100% }",
        RULES[rules],
    ]
    if rng.random() < 0.25:
        parts.append(f"{head} {{ font-variant: small-caps }}")
    elif rng.random() < 0.2:
        parts.append(f"{head} {{ text-transform: uppercase; font-size: 85% }}")
    if rng.random() < 0.3:
        parts.append("td.n { font-feature-settings: 'tnum' }")
    if rng.random() < 0.4:
        parts.append("thead { display: table-row-group }")  # the header does not come again on the next page
    if rng.random() < 0.3:
        parts.append("tr.total td { border-top: 0.5pt solid #000 }")
    above = rng.random() < 0.6
    css = "\n".join(parts).replace("TINT", tint).replace("DARK", dark)
    css = css.replace("CAPTION", "avoid" if above else "auto").replace("HIGH", f"{rng.choice((18, 22, 26))}pt")
    wide = rng.choice(("landscape", "rotated", "turned", "beside", "beside", "facing"))
    thousands = rng.choice((".", ".", "\u202f", "\u00a0"))
    name = f"s{seed:03d}-{rules}"
    return Sheet(
        name, css, groups, wide, columns, above, thousands, rng.random() < 0.3, rng.random() < 0.12, seed
    )  # fmt: skip


def typeset(report: Report, sheet: Sheet) -> Setting:
    """The report in a style sheet; ImportError without WeasyPrint."""
    from weasyprint import HTML

    state = _State(report, sheet)
    document = HTML(string=state.html()).render()
    marks = [
        Mark(*(int(v) for v in name.split("-")[1:]), number, place[0] * PX, place[1] * PX)
        for number, page in enumerate(document.pages, start=1)
        for name, place in page.anchors.items()
        if name.startswith("m-")
    ]
    pdf = document.write_pdf(pdf_identifier=b"0")
    if sheet.wide == "rotated":
        pdf = turned(pdf, sheet.turn)
    return setting(sheet.name, _dateless(pdf), state.names, state.pieces, marks)


def html(report: Report, sheet: Sheet) -> str:
    """The report in a style sheet as one HTML document; every cell's text has an id that tells its place."""
    return _State(report, sheet).html()


def _dateless(pdf: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, deterministic_id=True)
    return out.getvalue()


class _State:
    """The pieces set so far and the HTML of blocks one after another."""

    def __init__(self, report: Report, sheet: Sheet) -> None:
        self.report, self.sheet = report, sheet
        self.names: list[str] = []
        self.pieces: list[Piece] = []

    def html(self) -> str:
        """The whole report."""
        parts = ["<div>"]
        for block in captions_placed(list(self.report.blocks), self.sheet.caption_above):
            if block.kind == "part":
                parts.append(f"</div><h1>{_runs(block)}</h1><div class=flow>")
            elif block.kind == "table":
                inner = self._tables(block.table)
                table = self.report.tables[block.table]
                within = self.sheet.columns > 1 and table.cols <= 4 and table.rows < 20
                parts.append(inner if within else f"</div>{inner}<div class=flow>")
            else:
                parts.append(_block(block))
        head = f"<meta charset=utf-8><title>{escape(self.report.title)}</title><style>{self.sheet.css}</style>"
        return f"<!doctype html><html lang=nl><head>{head}</head><body>{''.join(parts)}</div></body></html>"

    def _piece(self, name: str, table: Table, columns: tuple[int, int]) -> int:
        self.names.append(name)
        index = list(dict.fromkeys(self.names)).index(name)
        self.pieces.append(Piece(index, table, columns))
        return len(self.names) - 1

    def _tables(self, name: str) -> str:
        table = self.report.tables[name]
        cut = self.sheet.cuts.get(name, self.report.cuts.get(name))
        wide = self.sheet.wide
        halved = wide in {"beside", "facing", "below"}
        if self.sheet.groups == "band" and (cut is None or not halved):
            table = _under_bands(table)
        whole = (0, table.cols)
        if cut is None:
            inner = self._table(table, whole, self._piece(name, table, whole), tall=False)
            big = table.cols > 9 and table.rows > 10 and wide in {"landscape", "rotated"}
            return f"<div class=wide>{inner}</div>" if big else inner
        if halved:
            halves = [
                self._table(table, part, self._piece(name, table, part), tall=True)
                for part in ((0, cut), (cut, table.cols))
            ]
            halves[1] = f"<div class=again>{escape(self.sheet.continued)}</div>{halves[1]}"
            if wide == "facing":
                halves = [half.replace("<table", "<table style=font-size:6.4pt") for half in halves]
                return f"<div class=wide><div class=pair><div>{halves[0]}</div><div>{halves[1]}</div></div></div>"
            apart = "avoid" if wide == "below" else "page"
            first, second = (f"<div class=half>{half}</div>" for half in halves)
            upper = f'<div class=first style="break-before: page">{first}</div>'
            return f'{upper}<div class=second style="break-before: {apart}">{second}</div>'
        inner = self._table(table, whole, self._piece(name, table, whole), tall=False)
        small = f"<div style='font-size: 7pt'>{inner.replace('<table', '<table style=font-size:6.6pt')}</div>"
        if wide == "turned":
            return f"<div class=turned><div>{small}</div></div>"
        return f"<div class=wide>{small}</div>"

    def _table(self, table: Table, columns: tuple[int, int], key: int, *, tall: bool) -> str:
        first, last = columns
        again = table.stub_columns if first and self.sheet.stub_again else 0
        cells = list(_shown(table, self.sheet.groups)) if last - first == table.cols else list(table.cells)
        bands = {c.row for c in cells if c.role == "group"} if last - first == table.cols else set()
        at = {(c.row, c.col, c.role == "group"): c for c in cells}
        covered = {
            (r, c)
            for cell in cells if cell.role != "group"
            for r in range(cell.row, cell.row + cell.rowspan)
            for c in range(cell.col, cell.col + cell.colspan)
            if (r, c) != (cell.row, cell.col)
        }  # fmt: skip
        skip = 1 if bands else 0  # the group column itself is gone
        rows = []
        for r in range(table.rows):
            if r in bands:
                cell = at[r, 0, True]
                rows.append(f"<tr class=band><td colspan={last - first - skip}>{_text(cell, key)}</td></tr>")
            places = [c for c in (*range(again), *range(first + skip, last)) if (r, c) not in covered]
            if skip and r >= table.header_rows and (r, 0, False) in at:  # a row that is no group's: its label alone
                places = [0, *(c for c in places if c > 1)]
            corner = at.get((r, 0, False)) if skip and r < table.header_rows else None
            if corner is not None and corner.colspan > 1:  # it loses the group column, not its place over the labels
                at[r, 1, False] = replace(corner, col=1, colspan=corner.colspan - 1)
                places = sorted({1, *places} - {0})
            inner = "".join(
                self._cell(
                    table,
                    at.get((r, c, False), SetCell(r, c, "", "value")),
                    key if c >= first else -key - 1,
                    bool(bands),
                )
                for c in places
            )
            names = " ".join(
                n for n, so in (("tall", tall and r >= table.header_rows), ("total", r in table.totals)) if so
            )
            rows.append(f'<tr class="{names}">{inner}</tr>')
        count = table.header_rows
        return f"<table><thead>{''.join(rows[:count])}</thead><tbody>{''.join(rows[count:])}</tbody></table>"

    def _cell(self, table: Table, cell: SetCell, key: int, banded: bool) -> str:
        head = cell.row < table.header_rows
        names = ["n"] if cell.col >= table.stub_columns else []
        names += ["over"] if head and cell.colspan > 1 else []
        if banded and self.sheet.groups == "indent" and cell.col == 1 and not head:
            names.append("in")
        text = cell.text
        if cell.role == "value":
            text = re.sub(r"(?<=\d)\.(?=\d{3}\b)", self.sheet.thousands, text)
        style = ""
        if head and cell.colspan > 1 and self.sheet.over_by_rule:
            style = ' style="border-bottom: 0.4pt solid #000"'
        if cell.rowspan > 1 and not head:
            style = f' style="vertical-align: {"top" if self.sheet.groups != "span" else "middle"}"'
        inner = _text(SetCell(cell.row, cell.col, text, cell.role, mark=cell.mark), key) if text else ""
        if self.sheet.leaders and cell.role == "stub" and cell.col == table.stub_columns - 1 and text:
            inner += f" {'.' * 6}"
        if cell.row in table.heavy:
            inner = f"<b>{inner}</b>"
        spans = f"rowspan={cell.rowspan} colspan={cell.colspan}"
        return f'<{"th" if head else "td"} class="{" ".join(names)}" {spans}{style}>{inner}</{"th" if head else "td"}>'


def _shown(table: Table, groups: str) -> Iterator[SetCell]:
    """The cells with their groups as the sheet shows them."""
    # a row that only stands below a band (see `_under_bands`) opens no group of its own
    inner = {(number.row, number.row_path[0]) for number in table.numbers if len(number.row_path) > 1}
    for cell in table.cells:
        grouped = table.stub_columns == 2 and cell.role == "stub" and cell.col == 0 and (cell.row, cell.text) in inner
        if not grouped or groups.startswith("span"):
            yield cell
        elif groups == "blank":
            yield SetCell(cell.row, cell.col, cell.text, cell.role, 1, 1, cell.mark)
        else:
            yield SetCell(cell.row, cell.col, cell.text, "group", 1, 1, cell.mark)


def _under_bands(table: Table) -> Table:
    """The table with its numbers' labels as they can be read where a band is all that tells a group.

    Nothing says where such a group ends: but for totals, every row below a band stands under it.
    """
    bands = {c.row: c.text for c in _shown(table, "band") if c.role == "group"}
    numbers = []
    for number in table.numbers:
        above = [r for r in bands if r <= number.row]
        path = number.row_path
        if above and number.row not in table.totals and path[0] != bands[max(above)]:
            path = (bands[max(above)], *path)
        numbers.append(replace(number, row_path=path))
    return replace(table, numbers=numbers)


def _text(cell: SetCell, key: int) -> str:
    """A cell's text with an id that tells its place; the labels of a second half (`key` below 0) are no part of it."""
    mark = f"<sup>{cell.mark}</sup>" if cell.mark else ""
    name = f"m-{key}" if key >= 0 else f"again-{-key - 1}"
    return f'<span id="{name}-{cell.row}-{cell.col}">{escape(cell.text)}{mark}</span>'


def _block(block: Block) -> str:
    if block.kind == "chart":
        bars = "".join(f'<span style="height: {15 + (k * 37) % 60}pt"></span>' for k in range(12))
        return f"<div class=chart>{bars}</div>"
    tag = {"h1": "h2", "h2": "h3", "section": "h3", "h3": "h4"}.get(block.kind)
    if tag:
        return f"<{tag}>{_runs(block)}</{tag}>"
    if block.kind == "item":
        return f"<ul><li>{_runs(block)}</li></ul>"
    return f"<p class={block.kind}>{_runs(block)}</p>"


def _runs(block: Block) -> str:
    tags: dict[str, Any] = {"bold": "b", "italic": "i", "mark": "sup"}
    return "".join(
        f"<{tags[r.style]}>{escape(r.text)}</{tags[r.style]}>" if r.style in tags else escape(r.text)
        for r in block.runs
    )
