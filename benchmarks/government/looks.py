"""Families of looks: how statistical offices, budget offices, health agencies and forms set their tables."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from benchmarks.government.content import Content, statistics, wordy
from benchmarks.government.setter import Look

Family = Callable[[random.Random, bool], tuple[Content, Look]]
"""Draws a table and its look; the flag asks for one that fits half a page's width."""

BUNDLED = Path(__file__).parents[2] / "facsimiles" / "fonts"
FACES = (
    ("Times-Roman", "Times-Bold", "Times-Italic"),
    ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
    ("Roboto-Regular", "Roboto-Bold", "Roboto-Italic"),
    ("SourceSansPro-Regular", "SourceSansPro-Bold", "SourceSansPro-It"),
    ("Vera", "VeraBd", "VeraIt"),
)
TYPED = ("Courier", "Courier-Bold", "Courier-Oblique")


def register_fonts() -> None:
    """Makes the bundled fonts, and Vera (which comes with reportlab), known to reportlab."""
    for face in FACES[2:]:
        for name in face:
            if name not in pdfmetrics.getRegisteredFontNames():
                path = BUNDLED / f"{name}.ttf"
                pdfmetrics.registerFont(TTFont(name, str(path) if path.exists() else f"{name}.ttf"))


def _common(rng: random.Random, narrow: bool) -> dict:
    return {
        "fonts": rng.choice(FACES),
        "size": rng.choice((6.5, 7) if narrow else (7, 7.5, 8, 8.5, 9, 10)),
        "leading": rng.choice((1.08, 1.15, 1.2, 1.25)),
        "gap": rng.choice((5, 6) if narrow else (6, 8, 10, 14)),
        "full": rng.random() < 0.6,
        "head_bold": rng.random() < 0.5,
        "weight": rng.choice((0.25, 0.5, 0.75, 1)),
        "marks": rng.random() < 0.4,
        "stub_share": rng.choice((0.3, 0.36) if narrow else (0.2, 0.26, 0.32, 0.38)),
        "repeat_head": rng.random() < 0.6,
        "indent": rng.choice((6, 9, 12)),
        "section_side": rng.choice(("center", "center", "left")),
        "section_bold": rng.random() < 0.6,
    }


def _rows(rng: random.Random, narrow: bool) -> int:
    return rng.randint(4, 9) if narrow else rng.choice((5, 9, 14, 20, 28, 40))


def boxhead(rng: random.Random, narrow: bool) -> tuple[Content, Look]:
    """A yearbook: boxed heads over several levels, leader dots, numbers on a label's last line, gaps every few rows."""
    content = statistics(
        rng, depth=rng.choice((1, 2, 2, 3)), columns=rng.randint(2, 4) if narrow else rng.randint(4, 9),
        rows=_rows(rng, narrow), grouping=rng.choice(("none", "section", "group")),
    )  # fmt: skip
    rules = {"top", "boxhead", "bottom"} | ({"columns"} if rng.random() < 0.5 else set())
    return content, Look(
        **_common(rng, narrow), pad=rng.choice((0.2, 0.6, 1)), leaders=rng.random() < 0.7, value_stand="last",
        rules=frozenset(rules), every=rng.choice((0, 0, 5)), head_stand=rng.choice(("middle", "bottom", "middle")),
    )  # fmt: skip


def digest(rng: random.Random, narrow: bool) -> tuple[Content, Look]:
    """An education digest: rules above, below and under spanning heads; errors in brackets; marks for not available."""
    content = statistics(
        rng, depth=rng.choice((1, 2, 2, 3)), columns=rng.randint(2, 4) if narrow else rng.randint(4, 10),
        rows=_rows(rng, narrow), grouping=rng.choice(("none", "section", "group", "group")),
    )  # fmt: skip
    return content, Look(
        **_common(rng, narrow), pad=rng.choice((0.5, 1.2, 2)), leaders=rng.random() < 0.4,
        value_stand=rng.choice(("top", "last")), value_side=rng.choice(("right", "right", "inset")),
        rules=frozenset({"top", "spanner", "head", "bottom"}), every=rng.choice((0, 0, 4)),
    )  # fmt: skip


def bare(rng: random.Random, narrow: bool) -> tuple[Content, Look]:
    """Heads over several levels and hardly a rule."""
    content = statistics(
        rng, depth=rng.choice((1, 2, 3)), columns=rng.randint(2, 4) if narrow else rng.randint(3, 8),
        rows=_rows(rng, narrow), grouping=rng.choice(("none", "section", "group")),
    )  # fmt: skip
    rules = rng.choice((set(), {"head"}, {"top", "bottom"}, {"top", "head", "bottom"}, {"total"}))
    return content, Look(
        **_common(rng, narrow), pad=rng.choice((0.8, 1.5, 3)), value_side=rng.choice(("right", "center", "right")),
        head_side=rng.choice(("center", "right", "left")), rules=frozenset(rules),
        value_stand=rng.choice(("top", "last", "middle")),
    )  # fmt: skip


def budget(rng: random.Random, narrow: bool) -> tuple[Content, Look]:
    """Balances: a dollar sign apart in the first rows, negatives in brackets, rules at totals only."""
    content = statistics(
        rng, depth=rng.choice((1, 1, 2)), columns=rng.randint(2, 3) if narrow else rng.randint(2, 6),
        rows=_rows(rng, narrow), grouping=rng.choice(("none", "group", "group")),
    )  # fmt: skip
    return content, Look(
        **_common(rng, narrow), pad=rng.choice((1, 2, 3)), dollars_apart=rng.random() < 0.6,
        leaders=rng.random() < 0.3, value_stand="last",
        rules=frozenset(rng.choice(({"head", "total"}, {"top", "head", "bottom", "total"}, {"total"}))),
    )  # fmt: skip


def striped(rng: random.Random, narrow: bool) -> tuple[Content, Look]:
    """Rows ruled or striped, columns not."""
    content = statistics(
        rng, depth=rng.choice((1, 1, 2)), columns=rng.randint(2, 3) if narrow else rng.randint(3, 8),
        rows=_rows(rng, narrow), grouping=rng.choice(("none", "none", "group")),
    )  # fmt: skip
    return content, Look(
        **_common(rng, narrow), pad=rng.choice((2, 3, 4)), shade_head=rng.random() < 0.5,
        value_side=rng.choice(("right", "center", "left")), head_side=rng.choice(("center", "left", "right")),
        value_stand=rng.choice(("top", "middle")), rules=frozenset(rng.choice(({"stripes"}, {"rows", "head"}))),
    )  # fmt: skip


def column_ruled(rng: random.Random, narrow: bool) -> tuple[Content, Look]:
    """Columns ruled, rows not."""
    content = statistics(
        rng, depth=rng.choice((1, 2, 2)), columns=rng.randint(2, 3) if narrow else rng.randint(3, 8),
        rows=_rows(rng, narrow), grouping=rng.choice(("none", "group", "section")),
    )  # fmt: skip
    rules = {"boxhead", "columns", *rng.choice((("top", "bottom"), ("frame",), ("top",)))}
    return content, Look(
        **_common(rng, narrow), pad=rng.choice((0.5, 1, 2)), leaders=rng.random() < 0.3, rules=frozenset(rules),
        value_stand=rng.choice(("top", "last")), head_stand=rng.choice(("middle", "bottom")),
    )  # fmt: skip


def grid(rng: random.Random, narrow: bool) -> tuple[Content, Look]:
    """A full grid, as word processors and spreadsheets draw."""
    stubs = rng.choice((1, 1, 1, 2)) if not narrow else 1
    if rng.random() < 0.4:
        content = wordy(rng, columns=2 if narrow else rng.randint(2, 4), rows=rng.randint(3, 9))
    else:
        content = statistics(
            rng, depth=rng.choice((1, 1, 2, 2, 3)), columns=rng.randint(2, 3) if narrow else rng.randint(2, 8),
            rows=_rows(rng, narrow), grouping="merged" if stubs == 2 else rng.choice(("none", "section", "group")),
            stubs=stubs,
        )  # fmt: skip
    return content, Look(
        **{**_common(rng, narrow), "full": True}, pad=rng.choice((1.5, 3, 5)), shade_head=rng.random() < 0.4,
        value_side=rng.choice(("right", "center", "left")), head_stand=rng.choice(("top", "middle", "bottom")),
        value_stand=rng.choice(("top", "middle")), rules=frozenset({"grid"}),
    )  # fmt: skip


def words(rng: random.Random, narrow: bool) -> tuple[Content, Look]:
    """Running words in cells of several lines, with rules between rows at most."""
    content = wordy(rng, columns=2 if narrow else rng.randint(2, 4), rows=rng.randint(4, 10))
    rules = rng.choice((set(), {"head"}, {"top", "head", "bottom"}, {"rows", "head"}, {"stripes"}, {"columns"}))
    return content, Look(
        **{**_common(rng, narrow), "full": True, "gap": 12, "head_bold": True, "stub_share": 0.24},
        pad=rng.choice((3, 4, 5)), rules=frozenset(rules), head_side="left",
        value_stand=rng.choice(("top", "top", "middle")),
    )  # fmt: skip


def typed(rng: random.Random, narrow: bool) -> tuple[Content, Look]:
    """A typewriter's table: one width of letters, leader dots, no drawn line."""
    content = statistics(
        rng, depth=rng.choice((1, 1, 2)), columns=2 if narrow else rng.randint(2, 5), rows=_rows(rng, narrow),
        grouping=rng.choice(("none", "group", "section")),
    )  # fmt: skip
    common = {**_common(rng, narrow), "fonts": TYPED, "size": 6.5 if narrow else rng.choice((7, 8, 9)), "marks": False}
    return content, Look(
        **common, pad=0.3, leaders=rng.random() < 0.75, value_stand="last", every=rng.choice((0, 5)),
        rules=frozenset(rng.choice((set(), set(), {"head"}))),
    )  # fmt: skip


SHARES: dict[str, tuple[Family, int]] = {
    "grid": (grid, 8), "boxhead": (boxhead, 3), "digest": (digest, 4), "bare": (bare, 3), "budget": (budget, 3),
    "striped": (striped, 3), "column_ruled": (column_ruled, 2), "words": (words, 3), "typed": (typed, 2),
}  # fmt: skip
"""Each family and how often it is drawn; a grid is what more than half of official tables have."""
