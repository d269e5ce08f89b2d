"""Sets tables on a reportlab canvas, every text at a place of its own choosing, and notes what each cell holds.

Unlike the other layouts there is no table engine in between: lines, leaders, rules and marks are put where a look says.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from benchmarks.government.content import Content, Head, Row

Cell = tuple[int, int, int, int, str]
"""row, column, rows, columns, text"""


@dataclass(frozen=True, slots=True)
class Look:
    """How one table looks; lengths in points, `leading` times the size. `rules` names what is drawn."""

    fonts: tuple[str, str, str]
    size: float = 8
    leading: float = 1.15
    pad: float = 2.0
    gap: float = 8.0
    full: bool = True
    head_side: str = "center"
    head_stand: str = "bottom"
    head_bold: bool = False
    value_side: str = "right"
    value_stand: str = "top"
    stub_share: float = 0.3
    leaders: bool = False
    rules: frozenset[str] = frozenset()
    section_side: str = "center"
    section_bold: bool = True
    every: int = 0
    indent: float = 8.0
    marks: bool = False
    dollars_apart: bool = False
    shade_head: bool = False
    weight: float = 0.5
    repeat_head: bool = True


@dataclass(slots=True)
class Sheet:
    """The canvas with the truth so far: tables as (page, cells). `pieces` says how text is written into the file."""

    canvas: Any
    rng: random.Random
    width: float = 612
    height: float = 792
    margin: float = 60
    pieces: str = "line"
    blank: str = " "
    tables: list[tuple[int, list[Cell]]] = field(default_factory=list)
    traits: set[str] = field(default_factory=set)
    page: int = 1

    @property
    def low(self) -> float:
        """The lowest place of text, from the top."""
        return self.height - self.margin

    def text(self, x: float, y: float, text: str, font: str, size: float, side: str = "left") -> None:
        """Text with its baseline `y` points below the page's top edge, at, before or around `x`."""
        wide = stringWidth(text, font, size)
        x -= {"left": 0.0, "center": wide / 2, "right": wide}[side]
        self.canvas.setFont(font, size)
        if self.pieces == "line":
            self.canvas.drawString(x, self.height - y, text.replace(" ", self.blank))
            return
        units = text.split(" ") if self.pieces == "words" else list(text)
        for unit in units:
            self.canvas.drawString(x, self.height - y, unit)
            x += stringWidth(unit + (" " if self.pieces == "words" else ""), font, size)

    def rule(self, x0: float, y0: float, x1: float, y1: float, weight: float = 0.5) -> None:
        """A straight line."""
        self.canvas.setLineWidth(weight)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def shade(self, x0: float, y0: float, x1: float, y1: float, grey: float) -> None:
        """A filled rectangle."""
        self.canvas.saveState()
        self.canvas.setFillGray(grey)
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
        self.canvas.restoreState()

    def next_page(self) -> float:
        """Ends the page; where the next one's text begins."""
        self.canvas.showPage()
        self.page += 1
        return self.margin


def wrapped(text: str, font: str, size: float, width: float) -> list[str]:
    """Lines no wider than `width`, where words allow."""
    lines: list[str] = []
    for word in text.split():
        if lines and stringWidth(f"{lines[-1]} {word}", font, size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


@dataclass(slots=True)
class _Box:
    """A head and where it stands: level, first and last column, levels."""

    head: Head
    level: int
    lo: int
    hi: int
    tall: int


class Setting:
    """One table being set at `x`, `y` of a sheet, `width` wide."""

    def __init__(self, sheet: Sheet, content: Content, look: Look, x: float, width: float) -> None:
        self.sheet, self.content, self.look, self.x = sheet, content, look, x
        self.stubs = len(content.stub)
        self.boxes = self._boxes()
        self.depth = max(b.level + b.tall for b in self.boxes)
        self.xs = self._columns(width)
        self.line = look.size * look.leading
        self.ruled = "grid" in look.rules

    # -- measures

    def _boxes(self) -> list[_Box]:
        depth = max(h.depth for h in self.content.heads)
        found = [_Box(Head(t), 0, c, c, depth) for c, t in enumerate(self.content.stub)]

        def walk(head: Head, level: int, lo: int) -> int:
            hi = lo + len(head.leaves) - 1
            tall = 1 if head.subs else depth - level
            found.append(_Box(head, level, lo, hi, tall))
            for sub in head.subs:
                lo = walk(sub, level + 1, lo)
            return hi + 1

        at = self.stubs
        for head in self.content.heads:
            at = walk(head, 0, at)
        return found

    def _columns(self, width: float) -> list[float]:
        look, content = self.look, self.content
        leaves = [leaf for h in content.heads for leaf in h.leaves]
        least: list[float] = []
        for k, leaf in enumerate(leaves):
            printed = [r.values[k] for r in content.rows if r.values]
            if k + self.stubs in content.texts:
                longest = max((w for t in printed for w in t.split()), key=len, default="")
                least.append(max(70.0, stringWidth(longest, look.fonts[1], look.size)))
                continue
            held = [stringWidth(t, look.fonts[1], look.size) for t in printed]
            words = [stringWidth(w, look.fonts[1], look.size) for w in leaf.text.split()]
            least.append(max([14.0, *held, *words]) + (6 if look.dollars_apart else 0))
        stub = width * look.stub_share
        rest = width - stub - look.gap * len(leaves)
        extra = (rest - sum(least)) / len(leaves)
        if extra < 0:  # too many columns for the stub's share
            stub = max(60.0, stub + rest - sum(least))
            extra = 0.0
        elif not look.full:
            extra = min(extra, 4.0)
        xs = [self.x]
        for share in (0.45, 0.55) if self.stubs == 2 else (1.0,):
            xs.append(xs[-1] + stub * share)
        for wide in least:
            xs.append(xs[-1] + wide + extra + look.gap)
        return xs

    def _room(self, lo: int, hi: int) -> tuple[float, float]:
        return self.xs[lo] + self.look.gap / 2, self.xs[hi + 1] - self.look.gap / 2

    # -- setting

    def at(self, y: float) -> float:
        """Sets the table from `y` down, over pages where it must; returns where it ends."""
        rows = list(self.content.rows)
        first = True
        while rows:
            y, rows = self._part(y, rows, with_head=first or self.look.repeat_head)
            if rows:
                y = self.sheet.next_page()
                self.sheet.traits.add("continued")
            first = False
        return y

    def _part(self, y: float, rows: list[Row], *, with_head: bool) -> tuple[float, list[Row]]:
        sheet, look = self.sheet, self.look
        cells: list[Cell] = []
        top = y
        if with_head:
            y = self._head(y, cells)
        head_end = y
        r = self.depth if with_head else 0
        left = list(rows)
        merged: list[tuple[int, float, str]] = []
        bounds = [y]
        while left:
            row = left[0]
            tall = self._height(row)
            if y + tall > sheet.low - 16 and r > self.depth + 1:
                break
            left.pop(0)
            if "stripes" in look.rules and r % 2:
                sheet.shade(self.xs[0], y, self.xs[-1], y + tall, 0.9)
            if self.stubs == 2 and row.kind == "leaf" and (row.labels[0] or not merged):
                merged.append((r, y, row.labels[0]))
            self._row(row, r, y, tall, cells)
            y += tall
            r += 1
            bounds.append(y)
            if "total" in look.rules and row.kind == "total":
                sheet.rule(self.xs[0], y, self.xs[-1], y, look.weight)
            if look.every and (r - self.depth) % look.every == 0 and not self.ruled and left:
                y += 0.7 * self.line
        if self.stubs == 2:
            self._groups(merged, r, y, cells)
        self._body_rules(top, head_end, y, bounds, merged, rows[: len(rows) - len(left)])
        sheet.tables.append((sheet.page, cells))
        return y, left

    def _head(self, y: float, cells: list[Cell]) -> float:
        look, sheet = self.look, self.sheet
        font = look.fonts[1] if look.head_bold else look.fonts[0]
        lines = {id(b): wrapped(b.head.text, font, look.size, self._room(b.lo, b.hi)[1] - self._room(b.lo, b.hi)[0])
                 for b in self.boxes}  # fmt: skip
        heights = [0.0] * self.depth
        for tall in sorted({b.tall for b in self.boxes}):
            for b in (b for b in self.boxes if b.tall == tall):
                need = len(lines[id(b)]) * self.line + 2 * look.pad + 1
                have = sum(heights[b.level : b.level + tall])
                if need > have:
                    heights[b.level + tall - 1] += need - have
        tops = [y]
        for height in heights:
            tops.append(tops[-1] + height)
        if look.shade_head:
            sheet.shade(self.xs[0], y, self.xs[-1], tops[-1], 0.85)
        for b in self.boxes:
            up, down = tops[b.level], tops[b.level + b.tall]
            text = lines[id(b)]
            block = len(text) * self.line
            start = {"top": up + look.pad, "middle": (up + down - block) / 2, "bottom": down - look.pad - block}[
                look.head_stand if b.tall > 1 or not b.head.subs else "bottom"
            ]
            stub = b.lo < self.stubs
            side = "left" if stub and not self.ruled else ("center" if b.hi > b.lo else look.head_side)
            lo, hi = self._room(b.lo, b.hi)
            at = {"left": lo, "center": (lo + hi) / 2, "right": hi}[side]
            for k, line in enumerate(text):
                sheet.text(at, start + k * self.line + look.size * 0.85, line, font, look.size, side)
            if b.head.text:
                cells.append((b.level, b.lo, b.tall, b.hi - b.lo + 1, b.head.text))
            self._head_rules(b, up, down)
        return tops[-1]

    def _head_rules(self, b: _Box, up: float, down: float) -> None:
        look, sheet = self.look, self.sheet
        x0, x1 = self.xs[b.lo], self.xs[b.hi + 1]
        if b.head.subs and "spanner" in look.rules:
            inner = self._room(b.lo, b.hi)
            sheet.rule(inner[0], down, inner[1], down, look.weight)
        if "boxhead" in look.rules or self.ruled:
            if b.lo > 0 and b.hi >= b.lo:
                sheet.rule(x0, up, x0, down, look.weight)
            if b.head.subs:
                sheet.rule(x0, down, x1, down, look.weight)

    def _label_lines(self, row: Row, c: int) -> list[str]:
        look = self.look
        font = look.fonts[1] if row.kind in ("group", "total") else look.fonts[0]
        lo, hi = self._room(c, c)
        return wrapped(row.labels[c], font, look.size, hi - lo - row.level * look.indent - (6 if look.leaders else 0))

    def _value_lines(self, row: Row, k: int) -> list[str]:
        c = k + self.stubs
        if c not in self.content.texts:
            return [row.values[k]]
        lo, hi = self._room(c, c)
        return wrapped(row.values[k], self.look.fonts[0], self.look.size, hi - lo)

    def _height(self, row: Row) -> float:
        if row.kind == "section":
            return self.line + 2 * self.look.pad + (3 if not self.ruled else 0)
        counts = [len(self._label_lines(row, c)) for c in range(self.stubs)]
        counts += [len(self._value_lines(row, k)) for k in range(len(row.values))]
        return max(counts) * self.line + 2 * self.look.pad

    def _row(self, row: Row, r: int, y: float, tall: float, cells: list[Cell]) -> None:
        look, sheet = self.look, self.sheet
        base = y + look.pad + look.size * 0.85
        if row.kind == "section":
            font = look.fonts[1] if look.section_bold else look.fonts[2]
            centred = look.section_side == "center"
            x = (self.xs[0] + self.xs[-1]) / 2 if centred else self.xs[0] + look.gap / 2
            sheet.text(x, base + (3 if not self.ruled else 0), row.labels[0], font, look.size, look.section_side)
            end = x + stringWidth(row.labels[0], font, look.size)
            over = len(self.xs) - 1 if centred or self.ruled else max(1, sum(v + 3 < end for v in self.xs[:-1]))
            cells.append((r, 0, 1, over, row.labels[0]))
            return
        bold = row.kind in ("group", "total")
        most = 1
        for c in range(self.stubs):
            if self.stubs == 2 and c == 0 and row.kind == "leaf":
                continue
            font = look.fonts[1] if bold else look.fonts[0]
            lines = self._label_lines(row, c)
            most = max(most, len(lines))
            lo, hi = self._room(c, c)
            for k, line in enumerate(lines):
                x = lo + row.level * look.indent + (4 if k else 0)
                sheet.text(x, base + k * self.line, line, font, look.size)
            mark = look.marks and sheet.rng.random() < 0.08 and row.labels[c] and not look.leaders
            text = row.labels[c]
            end = x + stringWidth(lines[-1], font, look.size)
            if mark:
                sign = sheet.rng.choice("1234")
                sheet.text(
                    end + 0.4, base + (len(lines) - 1) * self.line - look.size * 0.35, sign, font, look.size * 0.6
                )
                text += sign
            if look.leaders and row.values and c == self.stubs - 1:
                text += self._leaders(end, hi, base + (len(lines) - 1) * self.line, font)
            if text:
                wide = self.stubs if self.stubs == 2 and c == 0 and not row.labels[1] and self.ruled else 1
                cells.append((r, c, 1, wide, text))
        self._values(row, r, y, tall, most, cells)

    def _leaders(self, x: float, hi: float, y: float, font: str) -> str:
        unit = self.sheet.rng.choice((".", " ."))
        wide = stringWidth(unit, font, self.look.size)
        count = int((hi - x - 3) / wide)
        if count < 2:
            return ""
        self.sheet.text(hi - count * wide, y, unit * count, font, self.look.size)
        return unit.strip() * count

    def _values(self, row: Row, r: int, y: float, tall: float, label_lines: int, cells: list[Cell]) -> None:
        look, sheet = self.look, self.sheet
        for k, value in enumerate(row.values):
            c = k + self.stubs
            lines = self._value_lines(row, k)
            text = c in self.content.texts
            lo, hi = self._room(c, c)
            block = len(lines) * self.line
            stand = look.value_stand
            if stand == "last":
                start = y + look.pad + max(0, label_lines - len(lines)) * self.line
            else:
                start = y + look.pad if stand == "top" else y + (tall - block) / 2
            side = "left" if text else look.value_side
            font = look.fonts[1] if row.kind == "total" and look.head_bold else look.fonts[0]
            x = {"left": lo, "right": hi, "center": (lo + hi) / 2, "inset": hi - (hi - lo) * 0.25}[side]
            apart = look.dollars_apart and r <= self.depth and value[:1].isdigit()
            for n, line in enumerate(lines):
                sheet.text(x, start + n * self.line + look.size * 0.85, line, font, look.size,
                           "right" if side == "inset" else side)  # fmt: skip
            if apart and side in ("right", "inset"):
                sheet.text(lo, start + look.size * 0.85, "$", font, look.size)
            printed = f"${value}" if apart and side in ("right", "inset") else value
            cells.append((r, c, 1, 1, printed))

    def _groups(self, merged: list[tuple[int, float, str]], last: int, end: float, cells: list[Cell]) -> None:
        """The labels of the outer stub column, each over the rows of its group."""
        look = self.look
        totals = {r for r, c, *_ in cells if c == 0 and r >= self.depth}
        ends = [*merged[1:], (last, end, "")]
        for (r, y, label), (stop, below, _) in zip(merged, ends, strict=True):
            tall = stop - r
            while any(r < t < r + tall for t in totals):
                tall -= 1
            lo, hi = self._room(0, 0)
            lines = wrapped(label, look.fonts[0], look.size, hi - lo)
            block = len(lines) * self.line
            start = (y + below - block) / 2 if look.value_stand == "middle" and tall == stop - r else y + look.pad
            for k, line in enumerate(lines):
                self.sheet.text(lo, start + k * self.line + look.size * 0.85, line, look.fonts[0], look.size)
            if label:
                cells.append((r, 0, tall, 1, label))

    def _body_rules(
        self, top: float, head: float, end: float, bounds: list[float], merged: list[tuple[int, float, str]],
        set_rows: list[Row],
    ) -> None:  # fmt: skip
        look, sheet, xs = self.look, self.sheet, self.xs
        rules = look.rules
        starts = {round(y, 2) for _, y, _ in merged}
        if rules & {"top", "frame", "grid"}:
            sheet.rule(xs[0], top, xs[-1], top, look.weight * 1.6)
        if rules & {"head", "frame", "grid", "boxhead"} and head > top:
            sheet.rule(xs[0], head, xs[-1], head, look.weight)
        if rules & {"bottom", "frame", "grid"}:
            sheet.rule(xs[0], end, xs[-1], end, look.weight * 1.6)
        if rules & {"rows", "grid"}:
            for y in bounds[1:-1]:
                inside = merged and round(y, 2) not in starts
                sheet.rule(xs[self.stubs - 1] if inside else xs[0], y, xs[-1], y, look.weight)
        if rules & {"frame", "grid"}:
            for x in (xs[0], xs[-1]):
                sheet.rule(x, top, x, end, look.weight)
        if rules & {"columns", "grid"}:
            for k, x in enumerate(xs[1:-1], start=1):
                for (up, down), row in zip(pairwise(bounds), set_rows, strict=False):
                    joined = row.kind == "section" or (k == 1 and self.stubs == 2 and not row.labels[1])
                    if not (self.ruled and joined):
                        sheet.rule(x, up, x, down, look.weight)


def canvas(buffer: Any, size: tuple[float, float]) -> Canvas:
    """A canvas whose bytes depend on nothing but what is drawn."""
    return Canvas(buffer, pagesize=size, invariant=1)
