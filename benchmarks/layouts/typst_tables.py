"""One table as Typst markup, with invisible marks that tell afterwards where each cell came to stand."""

from __future__ import annotations

from benchmarks.layouts.styles import Look
from benchmarks.layouts.tables import SetCell, Table

MARK = """
#let mk(k, r, c) = context { let p = here().position(); [#metadata((k, r, c, p.page, p.x.pt(), p.y.pt()))<mk>] }
"""
"""Puts (piece, row, column, page, x, y) into the document without taking room; the header's marks come once a page."""


def quoted(text: str) -> str:
    """`text` as a Typst string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def table_markup(
    table: Table,
    piece: int,
    look: Look,
    *,
    columns: tuple[int, int] | None = None,
    repeat: bool = True,
    height: float = 0,
) -> str:
    """The table, or its columns `[from, to)`, as a Typst expression without `#`; `height` fixes the rows, in points."""
    first, last = columns or (0, table.cols)
    stub = max(0, table.stub_columns - first)
    count = last - first
    cells = [c for c in table.cells if first <= c.col < last]
    head = ", ".join(_cell(table, c, piece, look, first) for c in _ordered(cells) if c.role == "head")
    body = ", ".join(_cell(table, c, piece, look, first) for c in _ordered(cells) if c.role != "head")
    widths = _widths(look, stub, count)
    rules, head_rules = _rules(table, look, cells, first, count)
    parts = [
        f"columns: ({', '.join(widths)},)",
        f"inset: (x: {look.inset_x}pt, y: {look.inset_y}pt)",
        f"stroke: {_stroke(look)}",
        f"fill: {_fill(table, look)}",
    ]
    if look.style == "tiles":
        parts.append("gutter: 1.5pt")
    if height:
        parts.append(f"rows: ({'auto, ' * table.header_rows}{height}pt)")
    header = f"table.header(repeat: {str(repeat).lower()}, {', '.join(x for x in (head, head_rules) if x)})"
    inner = ", ".join(x for x in (", ".join(parts), header, body, rules) if x)
    text = f"set text(size: {look.size}pt, hyphenate: {str(look.hyphenate).lower()})"
    return f"{{ {text}; set par(justify: false, leading: 0.45em); table({inner}) }}"


def _ordered(cells: list[SetCell]) -> list[SetCell]:
    return sorted(cells, key=lambda c: (c.row, c.col))


def _widths(look: Look, stub: int, count: int) -> list[str]:
    widths = []
    for c in range(count):
        if c < stub:
            widths.append(
                f"{look.stub / max(1, stub) * 100:.0f}%"
                if look.stub
                else ("1.6fr" if look.full and c == stub - 1 else "auto")
            )
        else:
            widths.append("1fr" if look.full else "auto")
    return widths


def _cell(table: Table, cell: SetCell, piece: int, look: Look, first: int) -> str:
    heavy = cell.row in table.heavy or (cell.role == "head" and look.bold_header)
    content = f"#{quoted(cell.text)}" if cell.text else ""
    if cell.mark:
        content += f"#super(typographic: {str(look.typographic_marks).lower()})[{cell.mark}]"
    if heavy:
        content = f"#strong[{content}]"
    if cell.role == "head" and look.style == "shaded_header":
        content = f"#text(fill: white)[{content}]"
    if cell.role == "head" and look.tracking:
        content = f"#text(tracking: {look.tracking}em)[{content}]"
    if _turned(table, cell, look):
        content = f"#rotate(-90deg, reflow: true, box(width: 62pt)[{content}])"
    if cell.level:
        content = f"#h({cell.level * 9}pt)" + content
    mark = f"#mk({piece},{cell.row},{cell.col})"
    if cell.text:
        content = f"{mark}{content}{mark}"
    numeric = cell.role == "value" or (cell.role == "head" and cell.col >= table.stub_columns)
    side = "left"
    if numeric:
        side = look.numbers if cell.role == "value" or look.header_align == "same" else look.header_align
        if cell.role == "head" and cell.colspan > 1:
            side = "center"
    vertical = look.vertical if cell.role != "head" else ("bottom" if look.style == "booktabs" else look.vertical)
    if cell.role == "stub" and cell.rowspan > 1 and look.style not in ("grid", "tiles"):
        vertical = "top" if look.vertical != "horizon" else "horizon"
    return (
        f"table.cell(x: {cell.col - first}, y: {cell.row}, colspan: {cell.colspan}, rowspan: {cell.rowspan}, "
        f"align: {side} + {vertical}, breakable: {str(cell.rowspan > 10).lower()})[{content}]"
    )


def _turned(table: Table, cell: SetCell, look: Look) -> bool:
    """Whether this head runs upwards: those of number columns in a header of one row."""
    return look.turned_header and cell.role == "head" and table.header_rows == 1 and cell.col >= table.stub_columns


def _stroke(look: Look) -> str:
    return f"{look.weight}pt + luma(60)" if look.style == "grid" else "none"


def _fill(table: Table, look: Look) -> str:
    head = table.header_rows
    totals = ", ".join(str(r) for r in sorted(table.totals))
    if look.style == "zebra":
        return f"(x, y) => if y >= {head} and calc.odd(y - {head}) {{ rgb({quoted(look.accent)}).lighten(85%) }}"
    if look.style == "shaded_header":
        return f"(x, y) => if y < {head} {{ rgb({quoted(look.accent)}) }}"
    if look.style == "tiles":
        return f"(x, y) => if y < {head} {{ rgb({quoted(look.accent)}).lighten(60%) }} else {{ luma(240) }}"
    if look.style == "grid" and look.accent == "#444444":
        return f"(x, y) => if y < {head} or y in ({totals}{',' if totals else ''}) {{ luma(220) }}"
    if look.group_band and look.style in {"rows_ruled", "booktabs", "none", "dotted"}:
        bands = ", ".join(str(c.row) for c in table.cells if c.role == "group")
        return f"(x, y) => if y in ({bands}{',' if bands else ''}) {{ luma(225) }}"
    return "none"


def _rules(table: Table, look: Look, cells: list[SetCell], first: int, count: int) -> tuple[str, str]:
    """Rules among the body and rules inside the header (these repeat with it)."""
    thin = f"stroke: {look.weight}pt + luma(90)"
    head, rows = table.header_rows, table.rows
    body: list[str] = []
    header: list[str] = []
    if look.style == "booktabs":
        header.append("table.hline(y: 0, stroke: 0.8pt)")
        spanners = [c for c in cells if c.role == "head" and c.colspan > 1]
        header += [
            f"table.hline(y: {c.row + 1}, start: {c.col - first}, end: {c.col - first + c.colspan}, stroke: 0.3pt)"
            for c in spanners
        ]
        header.append(f"table.hline(y: {head}, stroke: 0.5pt)")
        body += [f"table.hline(y: {r}, stroke: 0.3pt)" for r in sorted(table.totals)]
        body.append(f"table.hline(y: {rows}, stroke: 0.8pt)")
    elif look.style in ("rows_ruled", "dotted"):
        stroke = thin if look.style == "rows_ruled" else 'stroke: (paint: luma(100), thickness: 0.5pt, dash: "dotted")'
        header.append(f"table.hline(y: {head}, {stroke})")
        covered = {r for c in cells if c.rowspan > 1 and c.role != "head" for r in range(c.row + 1, c.row + c.rowspan)}
        stub = max(0, table.stub_columns - first - 1)
        body += [
            f"table.hline(y: {r}, {f'start: {stub}, ' if r in covered and stub else ''}{stroke})"
            for r in range(head + 1, rows + 1)
        ]
    elif look.style == "columns_ruled":
        body += [f"table.vline(x: {x}, {thin})" for x in range(1, count)]
        header.append(f"table.hline(y: {head}, {thin})")
    elif look.style == "framed":
        header += [f"table.hline(y: 0, {thin})", f"table.hline(y: {head}, {thin})"]
        body += [f"table.vline(x: 0, {thin})", f"table.vline(x: {count}, {thin})", f"table.hline(y: {rows}, {thin})"]
    elif look.style == "shaded_header" and look.weight < 0.6:
        body += [f"table.hline(y: {r}, stroke: 0.4pt + luma(190))" for r in range(head + 1, rows + 1)]
    return ", ".join(body), ", ".join(header)
