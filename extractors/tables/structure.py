"""Which rows of a grid are headers, which columns the stub, and what label path each body cell stands under.

Works on one logical table: a grid on one page, or the parts of a table that goes on over pages (see `stitch`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.page import Word, lines_of
from extractors.tables.grid import Grid, GridCell
from extractors.tables.tokens import MISSING, is_number

TOTAL = re.compile(
    r"^(?:algemeen |alg\. )?(?:eind)?(?:sub)?tota(?:al|len|l|ux)\b|^(?:sous-)?total\b|^totale?s?\b|^grand total\b|"
    r"^gesamt|^insgesamt\b|^summe\b|^samen\b|^som\b|^ensemble$|^overall total\b|\btotaal$|\btotal$|"
    r"^alle?s? (?:samen|tezamen)\b",
    re.I,
)
"""Labels that say that a row or column sums others."""
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_YEARISH = re.compile(r"^\(?%?\s?(?:19|20)\d\d(?:\s?[/\-–]\s?(?:(?:19|20)?\d\d))?\)?\s?%?\*?$")
_FOOTMARKS = re.compile(r"\s*(?:[⁰¹²³⁴-⁹]+|\*+|[†‡]+)(?=$|\s|[,;:)\]])|(?<=\s)[⁰¹²³⁴-⁹*]+")


@dataclass(slots=True)
class Body:
    """The reading of one grid: where header and stub end, and the text of each place (spans repeated)."""

    grid: Grid
    header_rows: int
    stub_columns: int
    texts: list[list[str]] = field(default_factory=list)
    cells: list[list[GridCell]] = field(default_factory=list)


def clean_label(text: str) -> str:
    """A label without footnote marks and blanks around it."""
    text = _FOOTMARKS.sub("", text)
    return " ".join(text.split()).strip(" .…_") if re.search(r"[.…_]{4,}", text) else " ".join(text.split())


def plain(cell: GridCell) -> str:
    """A cell's text in lines, without raised marks (they are footnote marks)."""
    return "\n".join(" ".join(w.text for w in line.words if not w.raised) for line in lines_of(cell.words)).strip()


def is_total(label: str) -> bool:
    """Whether a label names a total."""
    return bool(TOTAL.search(label.strip()))


def read(grid: Grid) -> Body:
    """Header rows and stub columns of a grid."""
    cells = grid.matrix()
    texts = [[plain(c) for c in row] for row in cells]
    header = header_rows(grid, texts, cells)
    stub = stub_columns(texts, header)
    return Body(grid, header, stub, texts, cells)


def header_rows(grid: Grid, texts: list[list[str]], cells: list[list[GridCell]]) -> int:
    """How many rows at the top are headers: those before the first row with counts (years and units are none)."""
    rows, cols = len(texts), len(texts[0])
    if rows < 2:
        return 0
    r = 0
    while r < rows - 1:
        row = texts[r]
        rest = [t for t in row[1:] if t and t not in MISSING]
        numbers = [t for t in rest if is_number(t)]
        years = [t for t in rest if _YEARISH.match(t)]
        if numbers and len(years) < len(rest) - _words(rest) and not _enumeration(row):
            break
        if numbers and len(numbers) == len(years) and r > 0 and not _all_years(row) and is_number(texts[0][-1] or "x"):
            break
        if not rest and not _leads_header(cells, texts, r, cols):
            break
        if not numbers and rest and _all_text_below(texts, r) and r >= 1 and not styled_as_header(cells, r):
            break
        r += 1
    if r == rows - 1 and not any(is_number(t) for row in texts for t in row[1:]):
        return 1 if styled_as_header(cells, 0) or rows > 2 else 0
    # a row that only opens a group is no header
    while r > 1 and _opens_group(texts[r - 1], cells[r - 1], cols):
        r -= 1
    if r == 0 and _all_years(texts[0]):
        r = 1
    return r


def _opens_group(texts: list[str], cells: list[GridCell], cols: int) -> bool:
    """A single text below the headers, in the first column or over all of them, is the first group's label."""
    if not texts[0] or cells[0].rowspan > 1:
        return False
    return cells[0].colspan == cols or (cells[0].colspan == 1 and not any(texts[1:]))


def _words(texts: list[str]) -> int:
    return sum(not is_number(t) for t in texts)


def _all_years(row: list[str]) -> bool:
    rest = [t for t in row[1:] if t]
    return bool(rest) and all(_YEARISH.match(t) for t in rest)


def _enumeration(row: list[str]) -> bool:
    """A row that numbers the columns: 1 2 3 or (1) (2) (3)."""
    rest = [t.strip("()") for t in row if t]
    return (
        len(rest) >= 3 and rest == [str(i + int(rest[0])) for i in range(len(rest))]
        if rest and rest[0].isdecimal() and len(rest[0]) < 4
        else False
    )


def _leads_header(cells: list[list[GridCell]], texts: list[list[str]], r: int, cols: int) -> bool:
    """A line with text in the first column only belongs to the header when header text follows below it."""
    if r + 1 >= len(texts):
        return False
    if any(c.rowspan > 1 for c in cells[r]):
        return True
    below = [t for t in texts[r + 1][1:] if t]
    return bool(below) and not any(is_number(t) and not _YEARISH.match(t) for t in below)


def _all_text_below(texts: list[list[str]], r: int) -> bool:
    return not any(is_number(t) for row in texts[r:] for t in row[1:])


def styled_as_header(cells: list[list[GridCell]], r: int) -> bool:
    """Whether a row is bold over rows that mostly are not."""
    words: list[Word] = [w for c in cells[r] for w in c.words]
    below: list[Word] = [w for row in cells[r + 1 :] for c in row for w in c.words]
    if not words or not below:
        return False
    bold = sum(w.bold for w in words) >= 0.8 * len(words)
    return bold and sum(w.bold for w in below) < 0.5 * len(below)


def stub_columns(texts: list[list[str]], header: int) -> int:
    """How many columns at the left hold labels; 0 when the first one holds counts (a part that goes on beside)."""
    body = texts[header:]
    cols = len(texts[0])
    stub = 0
    for c in range(cols - 1):
        column = [row[c] for row in body if row[c] and row[c] not in MISSING]
        numbers = [t for t in column if is_number(t)]
        if c == 0 and numbers and len(numbers) == len(column) and all(_YEARISH.match(t) for t in column):
            stub = 1
            continue
        if c == 0 and _ordinals(column) and cols > 2 and _texty([row[1] for row in body]):
            stub = 1
            continue
        if column and len(numbers) > 0.4 * len(column):
            break
        if not column and (c != 0 or not _texty([row[1] for row in body])):
            break
        if c > 0 and column and not _texty(column):
            break
        stub = c + 1
    return stub


def _ordinals(column: list[str]) -> bool:
    digits = [t.rstrip(".)") for t in column]
    return len(digits) > 1 and digits == [str(i + 1) for i in range(len(digits))]


def _texty(column: list[str]) -> bool:
    filled = [t for t in column if t and t not in MISSING]
    return bool(filled) and sum(not is_number(t) for t in filled) >= 0.7 * len(filled)
