"""The running text and the tables of one published report, taken apart so that they can be set again in other layouts.

The text comes from the report's own PDF, the tables from its hand-made truth; neither is part of the project, and what
is set from them is written to a folder of the user's and never committed. Knowing this one report by its fonts is right
here and nowhere else: this module makes test material, it reads nothing for publication.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pdfplumber

from benchmarks.layouts.tables import Number, SetCell, Table

Style = Literal["plain", "bold", "italic", "mark"]
Kind = Literal["cover", "part", "h1", "h2", "h3", "section", "p", "item", "small", "table", "caption", "chart", "title"]
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_DATE = re.compile(r"^\d{1,2}/\d{1,2}/\d{4} - ")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in one style; a mark is raised."""

    text: str
    style: Style = "plain"


@dataclass(slots=True)
class Block:
    """A paragraph, a heading, a table (`table` names it) or a chart."""

    kind: Kind
    runs: list[Run] = field(default_factory=list)
    table: str = ""

    @property
    def text(self) -> str:
        """All characters, marks included."""
        return "".join(run.text for run in self.runs)

    @property
    def case(self) -> bool:
        """Whether this heading opens a narrative case."""
        return self.kind == "h3" and bool(_DATE.match(self.text))


@dataclass(frozen=True, slots=True)
class Report:
    """Blocks in reading order and the tables that they name; `cuts` gives the first column of a part set beside."""

    title: str
    blocks: tuple[Block, ...]
    tables: dict[str, Table]
    cuts: dict[str, int]


def shared_folder() -> Path | None:
    """The folder with the shared corpus, or None where there is none."""
    given = os.environ.get("KLACHTENATLAS_SHARED")
    folder = Path(given) if given else Path(__file__).parents[3] / "shared"
    return folder if (folder / "corpus" / "antwerpen-2023.truth.json").is_file() else None


def load(shared: Path) -> Report:
    """The report's text and tables; raises FileNotFoundError when the corpus is not there."""
    corpus = shared / "corpus"
    truth = json.loads((corpus / "antwerpen-2023.truth.json").read_text(encoding="utf-8"))
    places = json.loads((corpus / "antwerpen-2023.places.json").read_text(encoding="utf-8"))["tables"]
    blocks = list(_blocks(corpus / "antwerpen-2023.pdf", places))
    tables = {t["id"]: table_of(t) for t in truth["tables"]}
    cuts = {t["id"]: len(t["parts"][0]["grid"][0]) for t in truth["tables"] if "parts" in t}
    return Report(truth["document"], tuple(_joined(blocks)), tables, cuts)


def catalogue_entry(name: str) -> str:
    """The catalogue entry of one layout, as YAML."""
    return (
        f"- {{id: {name}, city: Antwerpen, country: BE, publisher: Stad Antwerpen, title: Eerstelijnsrapport 2023,\n"
        f"   reporting_year: 2023, language: nl, file: {name}.pdf, edition: facsimile}}\n"
    )


def _blocks(path: Path, places: dict[str, Any]) -> Iterator[Block]:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            found = [t for t in page.find_tables() if len(t.rows) > 1 and len(t.rows[0].cells) > 1]
            names = [name for name, place in places.items() if page.page_number in place["pages"]]
            boxes = [t.bbox for t in found]
            charts = _charts(page, boxes)
            events: list[tuple[float, Block]] = []
            for name, box in zip(names, sorted(boxes, key=lambda b: b[1]), strict=False):
                if places[name]["pages"][0] == page.page_number:
                    events.append((box[1], Block("table", table=name)))
            events += [(top, Block("chart")) for top in charts]
            events += _lines(page, boxes)
            yield from (block for _, block in sorted(events, key=lambda e: e[0]))
            yield Block("p", [Run("\f")])


def _charts(page: Any, tables: list[Any]) -> list[float]:
    """The feet of the bar charts: rows of narrow filled rectangles outside the tables."""
    bars = [
        r
        for r in page.rects
        if r["height"] > 4
        and 8 < r["width"] < 30
        and r["fill"]
        and not any(b[1] - 2 < r["bottom"] < b[3] + 2 for b in tables)
    ]
    tops: list[float] = []
    for bar in sorted(bars, key=lambda r: r["bottom"]):
        if not tops or bar["bottom"] - tops[-1] > 20:
            tops.append(bar["bottom"])
    return tops


def _lines(page: Any, boxes: list[Any]) -> list[tuple[float, Block]]:
    """Blocks of the page's text outside its tables; a paragraph ends where the next line stands further off."""
    events: list[tuple[float, Block]] = []
    last_bottom, last_kind, last_x = -99.0, None, 0.0
    outside = page.filter(
        lambda c: (
            not any(
                b[0] - 1 <= c["x0"] <= b[2] + 1 and b[1] - 1 <= (c["top"] + c["bottom"]) / 2 <= b[3] + 1 for b in boxes
            )
            if c["object_type"] == "char"
            else True
        )
    )
    for line in outside.extract_text_lines(return_chars=True, y_tolerance=4):
        chars = line["chars"]
        body = max(c["size"] for c in chars)
        lead = next(c for c in chars if c["size"] == body)
        kind = _kind(line["text"], lead, body)
        if kind is None or (page.page_number == 2):
            continue
        runs = _runs(page, line, body)
        gap = line["top"] - last_bottom
        if kind == "p" and last_kind == "item" and gap < 0.62 * body and not re.match(r"^\d\. ", line["text"]):
            kind, last_x = "item", line["x0"]
        elif kind == "p" and all(run.style == "bold" for run in runs):
            kind = "title"
        fresh = line["text"].startswith("•") or re.match(r"^\d\. ", line["text"]) or abs(line["x0"] - last_x) > 25
        if kind == last_kind and gap < 0.62 * body and not fresh and events:
            before = events[-1][1]
            glue = "" if before.text.endswith("-") else " "
            before.runs += [Run(glue), *runs]
        else:
            events.append((line["top"], Block(kind, runs)))
        last_bottom, last_kind, last_x = line["bottom"], kind, line["x0"]
    return events


def _kind(text: str, lead: dict[str, Any], size: float) -> Kind | None:
    red = bool(lead["non_stroking_color"]) and lead["non_stroking_color"][0] > 0.5
    bold = "Bold" in lead["fontname"]
    grey = round(lead["non_stroking_color"][0], 2) in {0.27, 0.4}
    if size > 25:
        return "part"
    if (round(size) == 8 and grey and "Italic" not in lead["fontname"]) or round(size) == 12:
        return None
    if size > 14:
        return "h1"
    if size > 11.2:
        return "section" if red else "h2"
    if bold and size > 9.8:
        return "h3"
    if round(size) == 9 and bold:
        return "title"
    if "Italic" in lead["fontname"] and size < 8.5:
        return "caption"
    if size < 8.3:
        return "small"
    if round(size) == 11:
        return "cover"
    return "item" if text.startswith("•") else "p"


def _runs(page: Any, line: dict[str, Any], size: float) -> list[Run]:
    runs: list[Run] = []
    line_end = 0.0
    for word in page.crop((line["x0"] - 1, line["top"] - 1, line["x1"] + 1, line["bottom"] + 1)).extract_words(
        extra_attrs=["fontname", "size"], y_tolerance=5, x_tolerance=1.5
    ):
        style: Style = "bold" if "Bold" in word["fontname"] else "plain"
        if word["size"] < 0.8 * size:
            style = "mark"
        elif "Italic" in word["fontname"]:
            style = "italic"
        close = bool(runs) and word["x0"] - line_end < 1.2
        line_end = word["x1"]
        glue = "" if not runs or close else " "
        runs.append(Run(glue + word["text"], style))
    return runs


def _joined(blocks: list[Block]) -> list[Block]:
    """Paragraphs that run over a page's end made whole; page ends dropped; cover lines told from paragraphs."""
    out: list[Block] = []
    ended = False
    for block in blocks:
        if block.text == "\f":
            ended = True
            continue
        before = out[-1] if out else None
        open_end = (
            before is not None
            and before.kind == block.kind in {"p", "item", "small"}
            and not re.search(r"[.:!?)”;]\s*\d*$", before.text)
        )
        if (
            ended
            and before is not None
            and not block.text.startswith("•")
            and (open_end or (before.kind == "item" and block.kind == "p" and block.text[:1].islower()))
        ):
            before.runs += [Run("" if before.text.endswith("-") else " "), *block.runs]
        elif before is not None and before.kind == block.kind == "part" and not ended:
            before.runs += [Run(" "), *block.runs]
        else:
            out.append(block)
        ended = False
    for block in out:
        if block.kind == "item":
            block.runs = _unbulleted(block.runs)
    return [b for b in out if b.kind in {"table", "chart"} or b.text.strip()]


def _unbulleted(runs: list[Run]) -> list[Run]:
    first = Run(runs[0].text.removeprefix("•").lstrip(), runs[0].style)
    rest = runs[1:]
    if not first.text and rest:
        return [Run(rest[0].text.lstrip(), rest[0].style), *rest[1:]]
    return [first, *rest]


def table_of(truth: dict[str, Any]) -> Table:
    """A truth's grid with spans: an empty place in the header or stub belongs to the cell before or above it."""
    grid: list[list[str]] = truth["grid"]
    head, stub = truth["header_rows"], truth["stub_columns"]
    rows, cols = len(grid), len(grid[0])
    cells = [*_head(grid, head, stub)]
    heavy: set[int] = set()
    totals: set[int] = set()
    for r in range(head, rows):
        if any(c["row"] == r and c["is_total"] and c["total_axis"] in {"row", "both"} for c in truth["cells"]):
            heavy.add(r)
            totals.add(r)
        for c in range(cols):
            text = grid[r][c]
            if not text:
                continue
            tall = 1
            if stub == 2 and c == 0 and grid[r][1]:
                while r + tall < rows and not grid[r + tall][0] and grid[r + tall][1].casefold() != "totaal":
                    tall += 1
            plain, mark = _marked(text)
            cells.append(SetCell(r, c, plain, "stub" if c < stub else "value", tall, 1, mark))
    numbers = [
        Number(c["row"], c["col"], tuple(c["row_path"]), tuple(c["col_path"]), c["raw"], float(c["value"]), c["unit"])
        for c in truth["cells"]
        if c["value"] is not None
    ]
    caption = truth["caption"] or ""
    return Table(rows, cols, head, stub, cells, numbers, caption, heavy=heavy, totals=totals)


def _head(grid: list[list[str]], head: int, stub: int) -> Iterator[SetCell]:
    cols = len(grid[0])
    for r in range(head):
        for c in range(cols):
            text = grid[r][c]
            if not text:
                continue
            tall = head - r if all(not grid[k][c] for k in range(r + 1, head)) else 1
            wide = 1
            while (
                c + wide < cols
                and not grid[r][c + wide]
                and r + 1 < head
                and (grid[r + 1][c + wide] or c + wide < stub)
            ):
                wide += 1
            plain, mark = _marked(text)
            yield SetCell(r, c, plain, "head", tall, wide, mark)


def _marked(text: str) -> tuple[str, str]:
    """Text and raised mark of a cell such as `Algemeen ²³`; marks inside a text stay where they are."""
    found = re.match(r"^(.*\S)\s*([⁰¹²³⁴-⁹]+)$", text)
    return (found[1], found[2].translate(SUPERSCRIPTS)) if found else (text, "")
