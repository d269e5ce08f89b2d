"""Documents of a few pages, tables among what is none, and their truth in the competition's own XML format.

    python -m benchmarks.government generate --n 40 --seed 1 --out DIR
    python -m benchmarks.government score DIR

The same seed gives the same documents. Truth is noted while a text is put on the page; nothing here reads a PDF.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.government.decoys import DECOYS, Faces, paragraph
from benchmarks.government.looks import FACES, SHARES, register_fonts
from benchmarks.government.setter import Cell, Setting, Sheet, canvas
from benchmarks.layouts.clean import unfit
from benchmarks.layouts.generate import turned

ATTEMPTS = 12


def generate(n: int, seed: int, out: Path) -> None:
    """Writes `us-SEED-NUMBER.pdf`, its `-str.xml` and its traits (`.traits`) into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    for name, pdf, tables, traits in documents(n, seed):
        (out / f"{name}.pdf").write_bytes(pdf)
        (out / f"{name}-str.xml").write_bytes(as_xml(tables))
        (out / f"{name}.traits").write_text("\n".join(sorted(traits)) + "\n", encoding="utf-8")


def documents(n: int, seed: int) -> Iterator[tuple[str, bytes, list[tuple[int, list[Cell]]], set[str]]]:
    """Name, PDF, tables (page, cells) and traits of each document."""
    register_fonts()
    names = [name for name, (_, weight) in SHARES.items() for _ in range(weight)]
    for k in range(n):
        for attempt in range(ATTEMPTS):
            rng = random.Random(f"government-{seed}-{k}-{attempt}")
            pdf, sheet = _document(rng, rng.choice(names))
            if not unfit(pdf):
                break
        yield f"us-{seed}-{k:03d}", pdf, sheet.tables, sheet.traits


def _document(rng: random.Random, family: str) -> tuple[bytes, Sheet]:
    buffer = io.BytesIO()
    placement = rng.choice(("single", "single", "stacked", "landscape", "columns", "beside", "rotated", "single"))
    wide = placement in ("landscape", "rotated")
    size = (792.0, 612.0) if wide else (612.0, 792.0)
    pieces = rng.choice(("line", "line", "words", "chars"))
    blank = "\u00a0" if pieces == "line" and rng.random() < 0.25 else " "
    sheet = Sheet(canvas(buffer, size), rng, *size, margin=rng.choice((50.0, 60.0, 72.0)), pieces=pieces, blank=blank)
    sheet.traits |= {f"family:{family}", f"placement:{placement}", f"text:{pieces}{'-nbsp' if blank != ' ' else ''}"}
    face = rng.choice(FACES)
    width = size[0] - 2 * sheet.margin
    plans = (("decoys", "table"), ("table", "decoys"), ("decoys", "table", "decoys"), ("table", "table"))
    for k, part in enumerate(rng.choice(plans)):
        y = sheet.next_page() if k else sheet.margin
        if part == "decoys":
            _decoys(sheet, face, y, width)
        else:
            PLACES[placement](sheet, face, y, width, family)
    sheet.canvas.save()
    pdf = buffer.getvalue()
    return (turned(pdf) if placement == "rotated" else pdf), sheet


def _decoys(sheet: Sheet, face: Faces, y: float, width: float) -> None:
    for name in sheet.rng.sample(list(DECOYS), 3):
        if y > sheet.low - 260:
            break
        sheet.traits.add(f"decoy:{name}")
        y = DECOYS[name](sheet, face, y, sheet.margin, width) + 16


def _table(sheet: Sheet, y: float, x: float, width: float, family: str, *, narrow: bool = False) -> float:
    content, look = SHARES[family][0](sheet.rng, narrow)
    font, size = look.fonts[1], look.size + 1
    if sheet.rng.random() < 0.8:
        y += size + 4
        sheet.text(x, y, f"Table {sheet.rng.randint(1, 99)}. {content.title[: 40 if narrow else 90]}", font, size)
        y += 6
    setting = Setting(sheet, content, look, x, width)
    sheet.traits.add(f"header:{setting.depth}")
    sheet.traits |= {f"grouping:{r.kind}" for r in content.rows if r.kind in ("section", "group")}
    if look.leaders:
        sheet.traits.add("leaders")
    y = setting.at(y)
    if content.note:
        sheet.text(x, y + look.size + 4, content.note[: 60 if narrow else 100], look.fonts[0], look.size - 0.5)
        y += look.size + 6
    return y + 10


def _single(sheet: Sheet, face: Faces, y: float, width: float, family: str) -> None:
    if sheet.rng.random() < 0.7:
        y = paragraph(sheet, face, y, sheet.margin, width)
    y = _table(sheet, y, sheet.margin, width, family)
    if y < sheet.low - 90:
        paragraph(sheet, face, y, sheet.margin, width)


def _stacked(sheet: Sheet, face: Faces, y: float, width: float, family: str) -> None:
    for _ in range(3):
        y = _table(sheet, y, sheet.margin, width, family, narrow=True)
        if y > sheet.low - 170:
            break
        if sheet.rng.random() < 0.5:
            y = paragraph(sheet, face, y, sheet.margin, width, n=2)


def _columns(sheet: Sheet, face: Faces, y: float, width: float, family: str) -> None:
    """Prose in two columns, a small table in each."""
    wide = (width - 18) / 2
    for c in range(2):
        x, at = sheet.margin + c * (wide + 18), y
        for _ in range(sheet.rng.randint(1, 3)):
            at = paragraph(sheet, face, at, x, wide, size=9, n=3)
        if at < sheet.low - 260:
            at = _table(sheet, at, x, wide, family, narrow=True)
        if at < sheet.low - 60:
            paragraph(sheet, face, at, x, wide, size=9, n=4)


def _beside(sheet: Sheet, face: Faces, y: float, width: float, family: str) -> None:
    """Two small tables side by side."""
    y = paragraph(sheet, face, y, sheet.margin, width)
    wide = (width - 30) / 2
    ends = [_table(sheet, y, sheet.margin + c * (wide + 30), wide, family, narrow=True) for c in range(2)]
    if max(ends) < sheet.low - 90:
        paragraph(sheet, face, max(ends), sheet.margin, width)


PLACES = {
    "single": _single, "landscape": _single, "rotated": _single, "stacked": _stacked, "columns": _columns,
    "beside": _beside,
}  # fmt: skip


def as_xml(tables: list[tuple[int, list[Cell]]]) -> bytes:
    """The truth in the format of the competition's structure files."""
    root = ElementTree.Element("document")
    for k, (page, cells) in enumerate(tables, start=1):
        table = ElementTree.SubElement(root, "table", id=str(k))
        region = ElementTree.SubElement(
            table, "region", {"id": "1", "page": str(page), "col-increment": "0", "row-increment": "0"}
        )
        for row, col, tall, wide, text in cells:
            place = {"start-row": str(row), "start-col": str(col)}
            if tall > 1:
                place["end-row"] = str(row + tall - 1)
            if wide > 1:
                place["end-col"] = str(col + wide - 1)
            cell = ElementTree.SubElement(region, "cell", place)
            ElementTree.SubElement(cell, "content").text = text
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
