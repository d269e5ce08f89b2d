"""The printed page as evidence: where a label stands on it, and a picture with label, headers and numbers marked.

`draw` runs in a child process that can be killed. A label is looked for among the page's own words, joined without
spaces and hyphens (so that one wrapped over lines is found), and of several places the one that stands to its number as
a row or column label does is taken. When it is not found, only the numbers are marked, and the answer says so.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ontology.text import normalise
from schemas.printed import Box

if TYPE_CHECKING:
    from extractors.page import Word

Axis = Literal["row", "column", "title"]
LABEL, HEADER, NUMBER = "#c2185b", "#b26a00", "#1565c0"
_MARGIN = 26.0
_HIGHEST = 430.0  # points; a crop higher or wider than this is no longer legible beside the form
_WIDEST = 490.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to mark: the label, the other labels of its numbers (text, axis, which number), the numbers."""

    page: int
    labels: tuple[str, ...]
    """The label; where it is a part of a cell (`SB/graffiti`), then the cell's whole text. The first found counts."""
    axis: Axis
    headers: tuple[tuple[str, Axis, int], ...]
    numbers: tuple[Box, ...]
    whole: bool = False
    scale: float = 2.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A PNG and whether the label's own place was found on the page."""

    png: bytes
    found: bool
    width: int
    height: int


def draw(path: Path, wanted: Wanted) -> Drawn:
    """Draws one piece of evidence; raises what pdfium raises. For a child process."""
    # Only the child needs pdfium; the page's server starts without it.
    from extractors.pdfium import open_pdf, read_page  # noqa: PLC0415
    from extractors.render import render_page  # noqa: PLC0415

    with open_pdf(path) as document:
        page = read_page(document, wanted.page)
        words = list(page.words)
        seen = {id(w): page.seen(w.box) for w in words}
    lead = wanted.numbers[0] if wanted.numbers else None
    tried = (_best(text, wanted.axis, words, seen, lead) for text in wanted.labels)
    label = next((boxes for boxes in tried if boxes), [])
    headers = [box for text, axis, of in wanted.headers for box in _best(text, axis, words, seen, wanted.numbers[of])]
    headers = list(dict.fromkeys(headers))
    marks = [(b, HEADER) for b in headers] + [(b, NUMBER) for b in wanted.numbers] + [(b, LABEL) for b in label]
    crop = None if wanted.whole or not (label or lead) else _crop(label, headers, wanted.numbers)
    picture = render_page(path, wanted.page, scale=wanted.scale, marks=marks, crop=crop)
    out = io.BytesIO()
    picture.save(out, format="PNG", compress_level=3)
    return Drawn(out.getvalue(), bool(label), picture.width, picture.height)


def _crop(label: Sequence[Box], headers: Sequence[Box], numbers: Sequence[Box]) -> Box:
    """The part of the page to show: all that is marked where that stays legible, else what is near the label."""
    core = [*(label or numbers[:1])]
    hull = _hull(core)
    both = _hull([hull, *numbers[:1]])
    if both.bottom - both.top <= _HIGHEST:
        hull = both
    for box in sorted([*headers, *numbers], key=lambda b: abs(b.top - core[0].top) + abs(b.x0 - core[0].x0) / 4):
        wider = _hull([hull, box])
        if wider.bottom - wider.top <= _HIGHEST and wider.x1 - wider.x0 <= max(_WIDEST, hull.x1 - hull.x0):
            hull = wider
    if not label:  # numbers say nothing without what stands to their left
        hull = Box(0.0, hull.top, 1e5, hull.bottom)
    # People read a row with the rows beside it.
    return Box(hull.x0 - _MARGIN, hull.top - _MARGIN, hull.x1 + _MARGIN, hull.bottom + _MARGIN)


def _best(text: str, axis: Axis, words: Sequence[Word], seen: dict[int, Box], lead: Box | None) -> list[Box]:
    """The boxes, line by line, of the occurrence of `text` that suits its number best; empty when it is not printed."""
    places = [[seen[id(w)] for w in found] for found in occurrences(text, words)]
    if not places:
        return []
    if lead is None:
        return _lines(places[0])
    return _lines(min(places, key=lambda boxes: _misfit(_hull(boxes), axis, lead)))


def occurrences(text: str, words: Sequence[Word]) -> Iterator[list[Word]]:
    """Each run of words that spells `text`, in the order the page draws them.

    Hyphens, spaces and raised footnote marks do not count.
    """
    wanted = normalise(text).replace(" ", "").replace("-", "")
    if not wanted:
        return
    ordered = sorted((w for w in words if not w.raised), key=lambda w: w.order)
    spelled = [normalise(w.text).replace(" ", "").replace("-", "") for w in ordered]
    for first, opening in enumerate(spelled):
        if not opening or not wanted.startswith(opening[: len(wanted)]):
            continue
        sofar, last = "", first
        while last < len(spelled) and len(sofar) < len(wanted):
            sofar += spelled[last]
            last += 1
        rest = sofar[len(wanted) :]
        # What is left over may be the digits of a footnote mark, nothing else.
        if sofar.startswith(wanted) and (not rest or rest.isdigit()):
            yield [w for w, s in zip(ordered[first:last], spelled[first:last], strict=True) if s]


def _misfit(box: Box, axis: Axis, lead: Box) -> float:
    """How badly a place suits a label of a number at `lead`, in points: 0 when it stands straight beside or above."""
    beside = max(0.0, max(box.top, lead.top) - min(box.bottom, lead.bottom))
    aslant = max(0.0, max(box.x0, lead.x0) - min(box.x1, lead.x1))
    if axis == "row":
        right = max(0.0, box.x0 - lead.x0)
        return 10 * beside + aslant / 100 + 5 * right
    below = max(0.0, box.top - lead.top)
    if axis == "column":
        return 10 * aslant + beside / 100 + 5 * below
    return beside + 5 * below


def _hull(boxes: Sequence[Box]) -> Box:
    return Box(
        min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes)
    )


def _lines(boxes: Sequence[Box]) -> list[Box]:
    """The boxes of words joined line by line, so that a wrapped label is framed as it is printed."""
    lines: list[list[Box]] = []
    for box in boxes:
        if lines and abs(lines[-1][-1].top - box.top) < (box.bottom - box.top) / 2:
            lines[-1].append(box)
        else:
            lines.append([box])
    return [_hull(line) for line in lines]
