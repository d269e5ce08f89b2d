"""Sets the atlas: one HTML file that needs nothing beside it and asks the network for nothing.

Labels come from documents of others. They reach the page as JSON in a data block and are only ever set as text; the
page's policy (CSP) allows no script and no style but the ones whose hashes it names, and no address at all.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2

from publish.atlas.figures import Figures
from publish.atlas.numbers import pictured

FILE = "atlas.html"
LIMIT = 3_000_000
"""Bytes: what opens at once on a telephone, and may be sent by mail."""
_HERE = Path(__file__).parent
_SCRIPTS = ("vendor/d3.min.js", "vendor/plot.umd.min.js", "words.js", "charts.js", "atlas.js")
# Observable Plot puts these rules into each of its pictures; `plot` is the class that we give them.
_PLOT_STYLE = (
    ":where(.plot) {\n  --plot-background: white;\n  display: block;\n  height: auto;\n  height: intrinsic;\n"
    "  max-width: 100%;\n}\n:where(.plot text),\n:where(.plot tspan) {\n  white-space: pre;\n}"
)
_CLOSES = re.compile(r"</(script|style)", re.IGNORECASE)


def atlas_html(database: Path, strips: Mapping[str, bytes]) -> str:
    """The page for a published database (`klachtenatlas.duckdb`).

    `strips` holds by report the pictures of its pages (`extractors.render.strips`); as many as fit are shown, those
    with numbers of charts first. The same database and pictures give the same text.
    """
    figures = Figures(database)
    style = _read("atlas.css")
    scripts = [_read(name) for name in _SCRIPTS]
    bare = _set(figures, style, scripts, _data(figures, [], [None] * len(figures.numbers.taken), 0))
    rows, shown, left_out = pictured(figures.numbers, strips, LIMIT - len(bare.encode()) - 20_000)
    return _set(figures, style, scripts, _data(figures, rows, shown, left_out))


def _set(figures: Figures, style: str, scripts: list[str], data: str) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )  # fmt: skip
    environment.filters["thousands"] = _thousands
    environment.filters["share_of"] = _share
    return environment.get_template("atlas.html").render(
        about=figures.about,
        counts=figures.counts,
        policy=_policy(style, scripts),
        style=style,
        scripts=scripts,
        data=data,
        licences=[_read(f"vendor/{name}.license.txt").strip() for name in ("plot", "d3")],
    )


def _policy(style: str, scripts: list[str]) -> str:
    allowed = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)} {_hash(_PLOT_STYLE)}; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _read(name: str) -> str:
    text = (_HERE / name).read_text(encoding="utf-8")
    if _CLOSES.search(text):
        raise ValueError(f"{name} would close its own element: it cannot stand in a page.")
    return text


def _data(figures: Figures, strips: list[list[object]], shown: list[int | None], left_out: int) -> str:
    reports: tuple[str, ...] = (
        "report_id",
        "city",
        "country",
        "publisher",
        "title",
        "reporting_year",
        "language",
        "url",
        "licence",
    )
    reports += ("edition", "status", "reason", "pages", "observations", "cases", "needs_review")
    numbers = figures.numbers
    contents: dict[str, Any] = {
        "about": figures.about,
        "counts": figures.counts,
        "reports": [{name: row[name] for name in reports} for row in figures.reports],
        "coverage": figures.coverage,
        "totals": figures.totals,
        "breakdowns": figures.breakdowns,
        "founded": figures.founded,
        "findings": figures.findings,
        "problems": [{**row, "report": numbers.reports[row["report_id"]]} for row in figures.problems],
        "waiting": figures.waiting,
        "concepts": figures.concepts,
        "numbers": numbers.as_json(shown),
        "strips": strips,
        "rationed": bool(left_out or numbers.left_out),
    }
    text = json.dumps(contents, ensure_ascii=False, separators=(",", ":"))
    # In a data block only the end of the element could be taken for markup.
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _thousands(count: int, separator: str) -> str:
    return f"{count:,}".replace(",", separator)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "–"
