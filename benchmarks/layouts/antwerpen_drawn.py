"""House styles drawn at random for the report of `antwerpen`: the blind test of the table reader.

Of each number two documents are made, one by Typst and one by WeasyPrint where that is installed. A draw in which words
are printed over words or beside the page is drawn again: no reader can be blamed for that.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from benchmarks.layouts.antwerpen import Report
from benchmarks.layouts.antwerpen_sheets import random_sheet
from benchmarks.layouts.antwerpen_sheets import typeset as typeset_sheet
from benchmarks.layouts.antwerpen_typst import House, Setting, typeset
from benchmarks.layouts.clean import unfit
from benchmarks.layouts.styles import FONTS, random_look

ATTEMPTS = 8
AGAIN = 1000
"""Added to a number that has to be drawn again."""


def settings(report: Report, numbers: Iterable[int]) -> Iterator[Setting]:
    """The clean settings of each number; without WeasyPrint those by Typst only."""
    for number in numbers:
        yield from _clean(lambda n: typeset(report, random_house(n)), number)
        try:
            yield from _clean(lambda n: typeset_sheet(report, random_sheet(n)), number)
        except ImportError:
            print(f"s{number:03d}: left out, WeasyPrint is not installed (pip install weasyprint)")


def _clean(make: Callable[[int], Setting], number: int) -> Iterator[Setting]:
    for attempt in range(ATTEMPTS):
        one = make(number + AGAIN * attempt)
        if not unfit(one.pdf):
            yield one
            return


def random_house(seed: int) -> House:
    """House style number `seed` for Typst."""
    rng = random.Random(f"house-{seed}")
    look = random_look(rng)
    look = replace(
        look,
        size=min(max(look.size, 6.5), 9), stub=rng.choice((0, 0.26, 0.3, 0.36)), inset_x=min(look.inset_x, 5),
        turned_header=rng.random() < 0.15, tracking=0,
    )  # fmt: skip
    columns = rng.choice((1, 1, 1, 2))
    return House(
        f"t{seed:03d}-{look.style}", rng.choice(FONTS), rng.choice((8.5, 9.5, 10, 10.5)), look.accent, look,
        rng.choice(("page", "rotated", "turned", "beside", "beside")), columns=columns,
        case_columns=1 if columns == 2 else rng.choice((1, 1, 2)), caption_above=rng.random() < 0.6,
        repeat_header=rng.random() < 0.6, side_by_side=rng.random() < 0.3, date_line=rng.random() < 0.3,
    )  # fmt: skip
