"""Sets the report of `antwerpen` as HTML in thirteen style sheets, to be printed by a program that turns HTML into PDF.

Any such program prints those of `SHEETS`; those of `BROWSER_SHEETS` need a browser, for turned pages and turned tables.

Cells are centred vertically, as style sheets for reports do, so that the lines of neighbouring heads do not stand on
common baselines. Where a table comes to stand is not known here; such a PDF is scored on labels and values alone.
"""

from __future__ import annotations

import subprocess
from html import escape
from pathlib import Path

from benchmarks.layouts.antwerpen import Block, Report, Run
from benchmarks.layouts.tables import SetCell, Table
from benchmarks.steward.page import ARGUMENTS, CHROMIUM

COMMON = """
@page { size: A4; margin: 22mm 20mm;
  @top-left { content: "EERSTELIJNSRAPPORT | 2023"; font: 8pt sans-serif; color: #666 }
  @bottom-right { content: counter(page); font: 8pt sans-serif } }
body { font: 9.6pt/1.45 "DejaVu Sans", sans-serif; color: #111 }
h1 { break-before: page; font-size: 26pt }
h2 { color: #b00; font-size: 15pt; break-after: avoid }
h3 { font-size: 11.5pt; break-after: avoid }
h4 { font-size: 10pt; margin: 8pt 0 2pt; break-after: avoid }
p { margin: 0 0 6pt }
table { border-collapse: collapse; width: 100%; font-size: 8.2pt; margin: 8pt 0 }
td, th { padding: 3pt 4pt; vertical-align: middle; text-align: left }
td.n, th.n { text-align: right }
tr { break-inside: avoid }
tr.tall { height: 20pt }
th.over { text-align: center }
sup { font-size: 60% }
.caption { font-style: italic; font-size: 8pt; color: #444 }
.small { font-size: 8pt }
.title { font-weight: 600; break-after: avoid }
.chart { height: 90pt; border-bottom: 1pt solid black }
.chart span { display: inline-block; width: 18pt; margin: 0 6pt; background: #c33 }
.half { break-before: page }
body { print-color-adjust: exact }
"""
SHEETS = {
    "w1-borderless": "",
    "w2-lines": "td, th { border-bottom: 0.5pt solid #999 } thead th { border-bottom: 1pt solid black }",
    "w3-zebra": "tbody tr:nth-child(even) { background: #eef3f7 } thead th { background: #1f4e79; color: white }",
    "w4-open-centred": (
        "td.n, th.n { text-align: center } thead { border-bottom: 0.8pt solid black } "
        "table { border-top: 0.8pt solid black; border-bottom: 0.8pt solid black } "
        'body { font-family: "DejaVu Serif", serif }'
    ),
    "w5-two-columns": (
        ".flow { columns: 2; column-gap: 8mm } thead th { border-bottom: 0.5pt solid black } body { font-size: 8.8pt }"
    ),
}
"""Name to what is added to the common style sheet."""
_WIDE_PAGES = ".t { page: wide } @page wide { size: A4 landscape; margin: 15mm 20mm; %s }"
BROWSER_SHEETS = {
    "k1-zebra-odd": "tbody tr:nth-child(odd) { background: #f6efe2 } td.n, th.n { text-align: center }",
    "k2-hairlines": (
        "thead th { border-bottom: 0.25pt solid black } tbody td { border-bottom: 0.1pt solid #bbb } "
        "h2 { text-transform: uppercase; letter-spacing: 0.06em } td, th { vertical-align: top }"
    ),
    "k3-serif-rules": (
        'body { font-family: "DejaVu Serif", serif } table { border-top: 0.3pt solid; border-bottom: 0.3pt solid } '
        "thead tr:last-child th, th.over { border-bottom: 0.3pt solid } h3 { font-style: italic }"
    ),
    "k4-wide-pages": f"{_WIDE_PAGES % ''} tbody tr:nth-child(even) {{ background: #e9eef2 }}",
    "k5-turned-pages": (
        f"{_WIDE_PAGES % 'page-orientation: rotate-left'} thead th {{ border-bottom: 0.5pt solid #888 }}"
    ),
    "k6-turned-tables": (
        ".t { break-before: page; break-after: page; writing-mode: vertical-rl } "
        ".t table { width: auto; height: 225mm; margin: 0 4pt; font-size: 6.2pt } "
        "tbody tr:nth-child(even) { background: #eee }"
    ),
    "k7-boxes": (
        "td, th { border: 0.4pt solid #7fa6c4 } thead th { background: #dce9f2 } td.n, th.n { text-align: center }"
    ),
    "k8-columns-zebra": (
        ".flow { columns: 2; column-gap: 9mm; column-rule: 0.3pt solid #ccc } body { font-size: 8.6pt } "
        "tbody tr:nth-child(even) { background: #f1f1f1 } h4 { font-variant: small-caps }"
    ),
}
"""The same for a browser: zebra rows, thin rules, wide pages, pages and tables turned, boxes, columns."""


def page(report: Report, sheet: str) -> str:
    """The report as one HTML document; raises KeyError for an unknown style sheet."""
    parts = ["<div>"]
    for block in report.blocks:
        if block.kind == "part":
            parts.append(f"</div><h1>{_runs(block.runs)}</h1><div class=flow>")
        elif block.kind == "table":
            cut = report.cuts.get(block.table)
            parts.append(f"</div>{_tables(report.tables[block.table], cut)}<div class=flow>")
        else:
            parts.append(_block(block))
    style = COMMON + {**SHEETS, **BROWSER_SHEETS}[sheet]
    head = f"<meta charset=utf-8><title>{escape(report.title)}</title><style>{style}</style>"
    return f"<!doctype html><html lang=nl><head>{head}</head><body>{''.join(parts)}</div></body></html>"


def print_by_browser(path: Path) -> Path:
    """Prints an HTML file as PDF beside it; a RuntimeError says that there is no Chromium."""
    if CHROMIUM is None:
        raise RuntimeError("Chromium was not found on the PATH; install it to print these style sheets.")
    pdf = path.with_suffix(".pdf")
    command = [CHROMIUM, *ARGUMENTS, "--no-pdf-header-footer", f"--print-to-pdf={pdf}", path.resolve().as_uri()]
    subprocess.run(command, check=True, timeout=120, stderr=subprocess.DEVNULL)
    return pdf


def _block(block: Block) -> str:
    text = _runs(block.runs)
    if block.kind == "chart":
        bars = "".join(f'<span style="height: {20 + (k * 37) % 60}pt"></span>' for k in range(12))
        return f"<div class=chart>{bars}</div>"
    tag = {"h1": "h2", "h2": "h3", "section": "h3", "h3": "h4"}.get(block.kind)
    if tag:
        return f"<{tag}>{text}</{tag}>"
    if block.kind == "item":
        return f"<ul><li>{text}</li></ul>"
    return f"<p class={block.kind}>{text}</p>"


def _runs(runs: list[Run]) -> str:
    tags = {"bold": "b", "italic": "i", "mark": "sup"}
    return "".join(
        f"<{tags[r.style]}>{escape(r.text)}</{tags[r.style]}>" if r.style in tags else escape(r.text) for r in runs
    )


def _tables(table: Table, cut: int | None) -> str:
    """The table; with `cut` its two halves on two pages, the second without the stub."""
    if cut is None:
        return f"<div class=t>{_table(table, 0, table.cols, tall=False)}</div>"
    halves = _table(table, 0, cut, tall=True), _table(table, cut, table.cols, tall=True)
    return "".join(f'<div class="t half">{half}</div>' for half in halves)


def _table(table: Table, first: int, last: int, tall: bool) -> str:
    at = {(c.row, c.col): c for c in table.cells}
    covered = {
        (r, c)
        for cell in table.cells
        for r in range(cell.row, cell.row + cell.rowspan)
        for c in range(cell.col, cell.col + cell.colspan)
        if (r, c) != (cell.row, cell.col)
    }
    rows = []
    for r in range(table.rows):
        places = [c for c in range(first, last) if (r, c) not in covered]
        cells = "".join(_cell(table, at.get((r, c), SetCell(r, c, "", "value"))) for c in places)
        rows.append(f"<tr{' class=tall' if tall and r >= table.header_rows else ''}>{cells}</tr>")
    head, body = "".join(rows[: table.header_rows]), "".join(rows[table.header_rows :])
    return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"


def _cell(table: Table, cell: SetCell) -> str:
    tag = "th" if cell.row < table.header_rows else "td"
    names = ["n"] if cell.col >= table.stub_columns else []
    names += ["over"] if tag == "th" and cell.colspan > 1 else []
    text = escape(cell.text) + (f"<sup>{cell.mark}</sup>" if cell.mark else "")
    if cell.row in table.heavy:
        text = f"<b>{text}</b>"
    return f'<{tag} class="{" ".join(names)}" rowspan={cell.rowspan} colspan={cell.colspan}>{text}</{tag}>'
