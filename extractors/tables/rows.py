"""Rows of a grid found by white space: which text lines belong to one row, and where the header ends.

A line with numbers is a row. A line with a label only is a part of the row above or below (a label over several lines),
or stands alone (a row group's label, a row of blanks): rules and bands decide, then distances, then what the text says.
"""

from __future__ import annotations

import itertools
from typing import Literal

from extractors.page import Line, Page, Rule, Word
from extractors.tables.strips import Strip, chunk_text
from extractors.tables.tokens import is_value, opens_lower

Home = Literal["above", "below", "alone"]

CLOSE = 1.58
"""Times the font size: lines of one cell stand no further apart than this."""


def column_of(word: Word, xs: list[float]) -> int:
    """The column that holds the centre of a word."""
    return next((c for c in range(len(xs) - 1) if word.mid <= xs[c + 1]), len(xs) - 2)


def header_end(strips: list[Strip], xs: list[float]) -> int:
    """Index of the first body line: the first with a value in a column other than the first that is no year."""
    for i, strip in enumerate(strips):
        values = [p for p in strip.parts if is_value(chunk_text(p)) and column_of(p[0], xs) > 0]
        years = [p for p in values if is_year(chunk_text(p))]
        if values and len(values) > len(years):
            return _before_groups(strips, xs, i)
    return 1 if len(strips) > 1 else 0


def _before_groups(strips: list[Strip], xs: list[float], first: int) -> int:
    """Steps back over lines of the body that carry no number: the beginning of a label, or a label that opens a group.

    A group's label stands apart from the header above it as rows stand apart; the beginning of a label goes on below.
    """
    while first > 0:
        line, below = strips[first - 1], strips[first]
        if any(column_of(w, xs) > 0 for w in line.line.words) or len(line.line.words) > 7:
            break
        gap_below = below.line.base - line.line.base
        label = next((p for p in below.parts if column_of(p[0], xs) == 0), None)
        goes_on = (
            gap_below < 1.45 * line.line.size
            and line.line.bold == below.line.bold
            and (
                (label is None and gap_below < 0.8 * line.line.size)
                or (label is not None and opens_lower(label[0].text))
            )
        )
        if goes_on:
            first -= 1
            continue
        if first == 1:
            return 0
        above = strips[first - 2]
        gap = line.line.base - above.line.base
        apart = gap > 1.45 * line.line.size and gap > 0.8 * gap_below
        if not apart or not any(column_of(w, xs) > 0 for w in above.line.words):
            break
        first -= 1
    return first


def is_year(text: str) -> bool:
    """Whether a text is a year that a report may be about."""
    return len(text) == 4 and text.isdigit() and 1950 <= int(text) <= 2060


def rows(strips: list[Strip], xs: list[float], across: list[Rule], page: Page) -> list[list[int]]:
    """Groups of line indices that are one row each."""
    first = header_end(strips, xs)
    cut = [
        i <= first
        or ruled_between(strips[i - 1].line, strips[i].line, across, xs)
        or band_between(strips[i - 1].line, strips[i].line, page)
        for i in range(len(strips))
    ]
    homes = _homes(strips, xs, first, cut)
    groups: list[list[int]] = []
    for i, strip in enumerate(strips):
        if not groups or cut[i]:
            groups.append([i])
        elif (
            _overlapping([strips[k] for k in groups[-1]], strip, xs)
            or homes.get(i) == "above"
            or homes.get(i - 1) == "below"
        ):
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _homes(strips: list[Strip], xs: list[float], first: int, cut: list[bool]) -> dict[int, Home]:
    """Where each body line without numbers belongs."""
    labels = [_label(s, xs) for s in strips]
    full = [i for i in range(first, len(strips)) if strips[i].values and labels[i]]
    gaps = sorted(strips[b].line.base - strips[a].line.base for a, b in itertools.pairwise(full) if b == a + 1)
    pitch = gaps[len(gaps) // 2] if gaps else None
    widest = max((part[-1].x1 for part in labels[first:] if part), default=xs[1])
    bands = sum(cut[first + 1 :]) >= 0.3 * (len(strips) - first)
    homes: dict[int, Home] = {}
    for i in range(first, len(strips)):
        here = strips[i]
        if here.values:
            continue
        size = here.line.size
        up = here.line.base - strips[i - 1].line.base if i > first and not cut[i] else None
        down = strips[i + 1].line.base - here.line.base if i + 1 < len(strips) and not cut[i + 1] else None
        up = up if up is not None and up <= CLOSE * size and _can_join(strips[i - 1], here, xs) else None
        down = down if down is not None and down <= CLOSE * size and _can_join(strips[i + 1], here, xs) else None
        homes[i] = _home(strips, labels, i, up, down, pitch, widest, bands)
    return homes


def _home(
    strips: list[Strip], labels: list[list[Word]], i: int, up: float | None, down: float | None, pitch: float | None,
    widest: float, bands: bool,
) -> Home:  # fmt: skip
    if up is None and down is None:
        return "alone"
    if up is not None and down is not None and abs(up - down) > 0.07 * max(up, down):
        nearer: Home = "above" if up < down else "below"
        gap = min(up, down)
        if bands or pitch is None or gap < 0.95 * pitch:
            return nearer
    above, below = labels[i - 1] if i else [], labels[i + 1] if i + 1 < len(labels) else []
    if up is not None and strips[i - 1].values and not above:
        return "above"
    if down is not None and strips[i + 1].values and not below:
        return "below"
    if up is not None and _runs_on(above, labels[i], widest):
        return "above"
    if down is not None and _runs_on(labels[i], below, widest):
        return "below"
    if bands:  # the bands or rules hold whole rows, so a line inside one belongs to its neighbour
        return "above" if up is not None else "below"
    if pitch is not None and up is not None and up < 0.9 * pitch:
        return "above"
    if pitch is not None and down is not None and down < 0.9 * pitch:
        return "below"
    return "alone"


def _label(strip: Strip, xs: list[float]) -> list[Word]:
    """The words of a line in the first column."""
    return [w for w in strip.line.words if column_of(w, xs) == 0 and not w.raised]


def _can_join(other: Strip, here: Strip, xs: list[float]) -> bool:
    """Whether two lines may be of one row: of one weight, and a value column is not filled twice."""
    mine = {column_of(w, xs) for w in here.line.words}
    theirs = {column_of(p[0], xs) for p in other.parts if is_value(chunk_text(p))}
    bold = [w.bold for w in other.line.words if column_of(w, xs) in mine]
    same = not bold or (sum(bold) * 2 > len(bold)) == here.line.bold
    return same and not mine & theirs


def _runs_on(first: list[Word], second: list[Word], widest: float) -> bool:
    """Text cues: a line end that asks for more, a small letter at the start, or no room left for the next word."""
    if not first or not second or first[-1].bold != second[0].bold:
        return False
    last, word = first[-1], second[0]
    if last.text.endswith(("-", "/", ",", "(", "&")) or opens_lower(word.text):
        return True
    no_room = last.x1 + 0.3 * word.size + (word.x1 - word.x0) > widest + 1
    return no_room and word.x0 >= first[0].x0 - 1 and len(first) > 1


def ruled_between(a: Line, b: Line, across: list[Rule], xs: list[float]) -> bool:
    """Whether rules over a good part of the width stand between two lines."""
    lo, hi = a.base - 0.25 * a.size, b.base - 0.3 * b.size
    cover = sum(min(r.hi, xs[-1]) - max(r.lo, xs[0]) for r in across if lo <= r.at <= hi)
    return cover >= 0.3 * (xs[-1] - xs[0])


def band_between(a: Line, b: Line, page: Page) -> bool:
    """Whether a shaded band begins or ends between two lines."""
    for s in page.shades:
        if s.x1 - s.x0 < 0.5 * (max(a.x1, b.x1) - min(a.x0, b.x0)) or s.light > 0.985:
            continue
        for edge in (s.top, s.bottom):
            if a.base - 0.2 * a.size <= edge <= b.base - 0.3 * b.size:
                return True
    return False


def _overlapping(row: list[Strip], strip: Strip, xs: list[float]) -> bool:
    """Lines that share height stand in different columns of one row (a number centred beside a label of two lines)."""
    if strip.line.base - row[-1].line.base > 0.75 * max(row[-1].line.size, strip.line.size):
        return False
    filled = {column_of(w, xs) for other in row for w in other.line.words}
    return not filled & {column_of(w, xs) for w in strip.line.words}
