"""Bands of shade behind rows: they tell where rows end, and how far a table reaches to its sides."""

from __future__ import annotations

from dataclasses import replace

from extractors.page import Line, Page, Shade
from extractors.tables.grid import Grid

LIGHT = 0.985
"""Lightness from which on a filled area counts as white."""
ADJOINS = 1.5
"""Points between shaded cells that adjoin."""


def bands(page: Page) -> list[Shade]:
    """The shaded areas of a page from the top; cells that are shaded one by one beside each other are one band."""
    found: list[Shade] = []
    for shade in sorted(
        (s for s in page.shades if s.light <= LIGHT), key=lambda s: (round(s.top), round(s.bottom), s.x0)
    ):
        last = found[-1] if found else None
        if (
            last is not None
            and (round(last.top), round(last.bottom)) == (round(shade.top), round(shade.bottom))
            and shade.x0 - last.x1 < ADJOINS
        ):
            found[-1] = replace(last, x1=max(last.x1, shade.x1))
        else:
            found.append(shade)
    return found


def leaves_bands(grid: Grid, page: Page, shaded: list[Shade]) -> bool:
    """Whether the bands (`shaded`) behind a grid's rows go on beyond one of its sides, with words upon some."""
    box = grid.box
    behind = [
        s for s in shaded
        if box.top < (s.top + s.bottom) / 2 < box.bottom and s.x0 < box.x1 - 8 and s.x1 > box.x0 + 8
    ]  # fmt: skip
    for right in (False, True):
        beyond = [s for s in behind if (s.x1 > box.x1 + 8 if right else s.x0 < box.x0 - 8)]
        worded = sum(
            any(
                s.top < (w.top + w.bottom) / 2 < s.bottom
                and (box.x1 < w.mid < s.x1 if right else s.x0 < w.mid < box.x0)
                for w in page.words
            )
            for s in beyond
        )
        if len(beyond) >= 0.8 * len(behind) and worded >= 2:
            return True
    return False


def band_between(a: Line, b: Line, shaded: list[Shade]) -> bool:
    """Whether a shaded band begins or ends between two lines."""
    for s in shaded:
        x0, x1 = min(a.x0, b.x0), max(a.x1, b.x1)
        if min(s.x1, x1) - max(s.x0, x0) < 0.5 * (x1 - x0):  # or a band of the table beside
            continue
        for edge in (s.top, s.bottom):
            if a.base - 0.2 * a.size <= edge <= b.base - 0.3 * b.size:
                return True
    return False
