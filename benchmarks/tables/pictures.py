"""The pictures of docs/tables.md: pages of bundled and generated documents with the cells that were read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.layouts.generate import documents
from benchmarks.tables import scorer
from benchmarks.tables.calibration import PICTURES, read_parts_of
from extractors.render import Mark, render_page
from schemas.printed import Box, TablePart

COLOURS = ("crimson", "royalblue", "seagreen", "darkorange")
MARGIN = 14.0
"""Points around the tables that are shown with them."""
SCALE = 1.6
PALETTE = 64
"""Colours of a picture: enough for text and tints, and a third of the bytes."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture: its name, the bundled report or (seed, number) of the generated document, and the page."""

    name: str
    source: str | tuple[int, int]
    page: int
    lines_above: float = 0.0


SHOWN = (
    Shown("tables-read-ruled", "antwerpen-eerstelijn-2023.pdf", 8),
    Shown("tables-read-shaded", "antwerpen-eerstelijn-2023.pdf", 16),
    Shown("tables-badly-label", "wallonie-mediateur-2022.pdf", 2),
    Shown("tables-badly-headers", (311, 1), 1, 4),
    Shown("tables-badly-beside", (311, 3), 1, 24),
    Shown("tables-badly-high-rows", (311, 14), 1),
)


def main(shown: Iterable[Shown] = SHOWN) -> None:
    """Draws all pictures into docs/pictures."""
    with tempfile.TemporaryDirectory() as name:
        for one in shown:
            path = draw(one, Path(name), PICTURES / f"{one.name}.png")
            print(f"{path.name}: {path.stat().st_size // 1000} kB")


def draw(shown: Shown, folder: Path, out: Path) -> Path:
    """Reads the document and draws the part of the page that its tables take; returns `out`."""
    if isinstance(shown.source, str):
        path = scorer.ROOT / "raw_reports" / shown.source
    else:
        seed, number = shown.source
        name, pdf, _ = next(islice(documents(number + 1, seed), number, None))
        path = folder / f"{name}.pdf"
        path.write_bytes(pdf)
    parts = [printed for _, printed in read_parts_of(path) if printed.page == shown.page]
    crop = Box(
        min(p.box.x0 for p in parts) - MARGIN,
        min(p.box.top for p in parts) - MARGIN - shown.lines_above,
        max(p.box.x1 for p in parts) + MARGIN,
        max(p.box.bottom for p in parts) + MARGIN,
    )
    out.parent.mkdir(parents=True, exist_ok=True)
    picture = render_page(path, shown.page, scale=SCALE, marks=list(_marks(parts)), crop=crop)
    picture.quantize(PALETTE).save(out, optimize=True)
    return out


def _marks(parts: Iterable[TablePart]) -> Iterable[Mark]:
    for n, part in enumerate(parts):
        colour = COLOURS[n % len(COLOURS)]
        yield part.box, colour
        for cell in part.cells:
            if cell.box is not None and cell.text:
                yield Box(cell.box.x0 + 2, cell.box.top + 2, cell.box.x1 - 2, cell.box.bottom - 2), colour


if __name__ == "__main__":
    main()
