"""How a table can look: rules, shading, sizes and alignments, each drawn at random within what reports do."""

from __future__ import annotations

import random
from dataclasses import dataclass

STYLES = (
    "grid", "rows_ruled", "booktabs", "none", "zebra", "shaded_header", "columns_ruled", "framed", "tiles", "dotted",
)  # fmt: skip
"""`tiles` are shaded cells parted by white gaps; `framed` is an outer frame and a rule under the header only."""

PLACEMENTS = (
    "single", "stacked", "side_by_side", "in_column", "beside_prose", "landscape", "rotated_page", "turned_table",
    "split_repeated", "split_plain", "beside_next",
)  # fmt: skip
"""`rotated_page` is stored with /Rotate 90, `turned_table` runs up or down an upright page, `split_*` go on below on
the next page with or without the header again; `beside_next` goes on beside on the next page without the stub."""

DECOYS = (
    "bar_chart", "line_chart", "pie", "contents", "bullets", "address", "two_columns", "tiles_of_figures", "boxes",
    "form",
)  # fmt: skip

FONTS = ("Roboto", "Source Sans Pro", "Libertinus Serif", "New Computer Modern")


@dataclass(frozen=True, slots=True)
class Look:
    """One table's looks; lengths in points, `stub` the stub's share of the width (0: automatic).

    `turned_header` sets the heads of number columns upwards, `tracking` spaces the header's letters (em), `group_band`
    shades the lines that name a group; `typographic_marks` are raised by the font's own small figures, not by size.
    """

    style: str
    size: float
    inset_x: float
    inset_y: float
    vertical: str
    numbers: str
    header_align: str
    stub: float
    full: bool
    hyphenate: bool
    bold_header: bool
    weight: float
    accent: str
    caption: str
    typographic_marks: bool
    turned_header: bool = False
    tracking: float = 0.0
    group_band: bool = False


def random_look(rng: random.Random, style: str | None = None, *, tight: bool = False) -> Look:
    """A look in `style` (None: any); `tight` for tables that must stay small."""
    drawn = style or rng.choice(STYLES)
    return Look(
        style=drawn,
        size=rng.choice((6, 7, 8) if tight else (6, 7, 8, 9, 9.5, 10, 11)),
        inset_x=rng.choice((1.5, 2, 3) if tight else (1.5, 2.5, 4, 5, 7)),
        inset_y=rng.choice((2, 2.5, 3, 4.5, 6)),
        vertical=rng.choice(("top", "horizon", "horizon", "bottom")),
        numbers=rng.choice(("right", "right", "center", "left")),
        header_align=rng.choice(("same", "left", "center")),
        stub=rng.choice((0, 0, 0.22, 0.3, 0.4)),
        full=rng.random() < 0.5,
        hyphenate=rng.random() < 0.4,
        bold_header=rng.random() < 0.8,
        weight=rng.choice((0.25, 0.5, 0.5, 0.8, 1.2)),
        accent=rng.choice(("#1f4e79", "#7a1f1f", "#2f6b3a", "#444444", "#e2001a", "#006d77")),
        caption=rng.choice(("above", "above", "below", "none")),
        typographic_marks=rng.random() < 0.3,
        turned_header=not tight and rng.random() < 0.12,
        tracking=rng.choice((0, 0, 0, 0, 0.06, 0.12)),
        group_band=rng.random() < 0.3,
    )
