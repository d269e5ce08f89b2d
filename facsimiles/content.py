"""The content of a facsimile: text and figures read from one YAML file, checked before anything is typeset.

A content file holds what a report says, never how it looks; the layout is only named. This module refuses tables whose
rows do not fill their columns and blocks that it does not know, because a hole in a facsimile would look like a hole in
what was published.

Running text knows four tags: `<b>`, `<i>`, `<sup>` and `<fn>` (a footnote at the foot of the page).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

Style = Literal["plain", "bold", "italic", "raised", "note"]
TableStyle = Literal["ruled", "booktabs", "zebra", "open", "plain"]

_TAGS: Mapping[str, Style] = {"b": "bold", "i": "italic", "sup": "raised", "fn": "note"}
_TAGGED = re.compile(r"<(b|i|sup|fn)>(.*?)</\1>", re.DOTALL)


class ContentError(ValueError):
    """A content file that cannot be typeset; the message says which file, where in it, and what to change."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    style: Style
    text: str


Text = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; `cols` and `rows` count the columns and rows that it covers."""

    text: Text
    cols: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `widths` are shares of the line (None: as wide as the text); `align` has a letter (l, c, r) a column.

    `beside` splits the table after that many columns: the rest goes on on the next page, without the stub. In a layout
    of two columns a `wide` table stands over both. `total_rows` and `group_rows` are row numbers of the body from 0
    (negative: from its end).
    """

    header: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    widths: tuple[float | None, ...]
    align: str
    title: Text = ()
    title_at: Literal["above", "below"] = "above"
    style: TableStyle | None = None
    size: float | None = None
    total_rows: tuple[int, ...] = ()
    group_rows: tuple[int, ...] = ()
    beside: int | None = None
    wide: bool = False
    notes: tuple[Text, ...] = ()
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: its label, the number as printed beside it, and its length in the chart's unit."""

    label: str
    printed: str
    value: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart drawn with vectors, its numbers printed as text; `upright` bars stand, the others lie."""

    title: Text
    bars: tuple[Bar, ...]
    upright: bool = False
    kind: Literal["chart"] = "chart"


@dataclass(frozen=True, slots=True)
class CaseStory:
    """A narrative case: one paragraph on the complaint, one on its handling, perhaps one on what followed."""

    heading: Text
    paragraphs: tuple[Text, ...]
    kind: Literal["case"] = "case"


@dataclass(frozen=True, slots=True)
class Words:
    """Text of one role: a heading (`h1` to `h3`), a paragraph, a quotation, a note in small print."""

    kind: Literal["h1", "h2", "h3", "p", "quote", "small"]
    text: Text


@dataclass(frozen=True, slots=True)
class Items:
    """An itemised list, with bullets or numbers."""

    kind: Literal["ul", "ol"]
    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """A title page: of the report, or of one organisation's part of it; a `listed` one stands in the contents."""

    title: Text
    lines: tuple[Text, ...] = ()
    listed: bool = False
    kind: Literal["cover"] = "cover"


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: listed covers and headings of the first level, with dotted leaders to their pages."""

    title: Text
    kind: Literal["contents"] = "contents"


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""

    kind: Literal["break"] = "break"


@dataclass(frozen=True, slots=True)
class Region:
    """Blocks that stand in columns, or on landscape pages of their own."""

    kind: Literal["columns", "landscape"]
    blocks: tuple[Block, ...]
    count: int = 2


Block = Table | Chart | CaseStory | Words | Items | Cover | Contents | PageBreak | Region


@dataclass(frozen=True, slots=True)
class Document:
    """One facsimile: what the title page and the running lines say, and the blocks in reading order."""

    id: str
    title: str
    publisher: str
    year: int
    language: str
    layout: str
    running: str
    producer: Literal["typst", "reportlab"]
    mark: str
    blocks: tuple[Block, ...]
    turned: bool = False
    """Landscape pages are stored upright with a page rotation of 90 degrees, as scanners and office suites do."""


def text(raw: object) -> Text:
    """Split `raw` (a string, a number, or None for nothing) into runs at its tags."""
    source = "" if raw is None else str(raw)
    parts: list[Run] = []
    end = 0
    for match in _TAGGED.finditer(source):
        if match.start() > end:
            parts.append(Run("plain", source[end : match.start()]))
        parts.append(Run(_TAGS[match[1]], match[2]))
        end = match.end()
    if end < len(source):
        parts.append(Run("plain", source[end:]))
    return tuple(parts)


def plain(value: Text) -> str:
    """The characters of `value`, footnotes left out."""
    return "".join(run.text for run in value if run.style != "note")


def tables(blocks: Sequence[Block]) -> Iterator[Table]:
    """Every table in `blocks`, those inside columns and on landscape pages included."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Region):
            yield from tables(block.blocks)


def words(blocks: Sequence[Block]) -> Iterator[str]:
    """All text of `blocks` that does not stand in a table, one string a paragraph, list item, heading or bar."""
    for block in blocks:
        match block:
            case Words(text=said) | Contents(title=said):
                yield plain(said)
            case Items(items=parts) | CaseStory(paragraphs=parts):
                yield from map(plain, parts)
            case Chart():
                yield from (f"{bar.label} {bar.printed}" for bar in block.bars)
            case Region():
                yield from words(block.blocks)
            case _:
                pass


def read(path: Path, marks: Mapping[str, str]) -> Document:
    """Read one content file; `marks` holds the facsimile line of each language.

    Raises ContentError with the file, the block and the reason.
    """
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        return Document(
            id=path.stem,
            title=raw["title"],
            publisher=raw["publisher"],
            year=raw["year"],
            language=raw["language"],
            layout=raw["layout"],
            running=raw["running"],
            producer=raw.get("producer", "typst"),
            mark=marks[raw["language"]],
            turned=raw.get("turned", False),
            blocks=tuple(_blocks(raw["blocks"], path.parent)),
        )
    except KeyError as error:
        raise ContentError(f"{path}: {error.args[0]!r} is missing; add it, or correct its spelling.") from error
    except ContentError as error:
        raise ContentError(f"{path}: {error}") from error


def _blocks(raw: Sequence[Mapping[str, Any]], folder: Path, file: str = "") -> Iterator[Block]:
    """The blocks of one file; `include: part.yaml` stands for the blocks of that file beside it."""
    for number, item in enumerate(raw, 1):
        if isinstance(item, Mapping) and "include" in item:
            part = yaml.safe_load((folder / item["include"]).read_text(encoding="utf-8"))
            yield from _blocks(part["blocks"], folder, f"{item['include']}, ")
        else:
            yield _block(item, f"{file}block {number}")


def _block(raw: Mapping[str, Any], where: str) -> Block:
    if not isinstance(raw, Mapping) or len(raw) != 1:
        raise ContentError(f"{where} is not one key with its value; write for example `- p: text`.")
    ((kind, value),) = raw.items()
    match kind:
        case "h1" | "h2" | "h3" | "p" | "quote" | "small":
            return Words(kind, text(value))
        case "ul" | "ol":
            return Items(kind, tuple(text(item) for item in value))
        case "break":
            return PageBreak()
        case "cover":
            lines = tuple(text(line) for line in value.get("lines", ()))
            return Cover(text(value["title"]), lines, value.get("listed", False))
        case "contents":
            return Contents(text(value))
        case "case":
            paragraphs = [value[key] for key in ("complaint", "handling", "follow_up") if value.get(key)]
            return CaseStory(text(value["heading"]), tuple(text(paragraph) for paragraph in paragraphs))
        case "chart":
            bars = tuple(Bar(str(bar[0]), str(bar[1]), float(bar[2])) for bar in value["bars"])
            return Chart(text(value["title"]), bars, value.get("upright", False))
        case "columns" | "landscape":
            return Region(
                kind,
                tuple(_block(item, f"{where}.{number}") for number, item in enumerate(value["blocks"], 1)),
                value.get("count", 2),
            )
        case "table":
            return _table(value, where)
        case _:
            raise ContentError(f"{where} is of the unknown kind {kind!r}; docs/facsimiles.md lists the kinds.")


def _table(raw: Mapping[str, Any], where: str) -> Table:
    header = tuple(tuple(_cell(cell) for cell in row) for row in raw.get("header", ()))
    body = tuple(tuple(_cell(cell) for cell in row) for row in raw["rows"])
    align = raw["align"]
    widths = tuple(None if width is None else float(width) for width in raw.get("widths", [None] * len(align)))
    if len(widths) != len(align):
        raise ContentError(f"{where} has {len(widths)} widths for {len(align)} columns; give one a column.")
    for part in (header, body):
        _check_filled(part, len(align), where)
    return Table(
        header=header,
        body=body,
        widths=widths,
        align=align,
        title=text(raw.get("title")),
        title_at=raw.get("title_at", "above"),
        style=raw.get("style"),
        size=raw.get("size"),
        total_rows=tuple(row % len(body) for row in raw.get("total_rows", ())),
        group_rows=tuple(row % len(body) for row in raw.get("group_rows", ())),
        beside=raw.get("beside"),
        wide=raw.get("wide", False),
        notes=tuple(text(note) for note in raw.get("notes", ())),
    )


def _cell(raw: object) -> Cell:
    if isinstance(raw, Mapping):
        return Cell(text(raw.get("t")), raw.get("cols", 1), raw.get("rows", 1))
    return Cell(text(raw))


def _check_filled(rows: Sequence[Sequence[Cell]], columns: int, where: str) -> None:
    """Refuse rows whose cells, with what spans into them from above, are not exactly `columns` wide."""
    reach = [0] * columns  # how many rows from here on each column is covered from above
    for number, row in enumerate(rows, 1):
        free = sum(1 for left in reach if left == 0)
        wide = sum(cell.cols for cell in row)
        if wide != free:
            found = plain(row[0].text) if row else ""
            raise ContentError(
                f"{where}, row {number} (begins with {found!r}) is {wide} columns wide where {free} are free; "
                "add the missing cells (an empty one is '') or correct a span."
            )
        cells = iter(cell for cell in row for _ in range(cell.cols))
        reach = [left - 1 if left else next(cells).rows - 1 for left in reach]
