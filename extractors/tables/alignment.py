"""Where the heads of a table's columns stand: at which edge, found from the heads that leave no doubt.

Heads of one table are set in one way: all against the left or right edge of their cells, or in the middle. The cells'
edges are not drawn, but where numbers end (or begin) at their cell's edge, the edges of all cells follow from theirs
and one padding. Knowing it tells neighbours' words apart that stand no further from each other than words of one text,
and which column each line of a head on several lines belongs to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.page import Word
from extractors.tables.tokens import HYPHENS

HANGING = 0.25
"""Times the type size that a hyphen may hang over the edge."""
Edges = tuple[float, float]
NEAR = 0.14
"""Times the type size: an edge that is no further from its place stands there."""


FURTHEST = 1.8
"""Times the type size: cells' edges are no further from where their numbers, or their neighbours' numbers, end."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """`side` is `left`, `right` or `centre`; `at` is where each column's heads stand, None where nothing says it."""

    side: str
    at: tuple[float | None, ...]

    def column(self, words: list[Word]) -> int | None:
        """The column at whose place a text stands, without reaching over a neighbour's place."""
        found = []
        x0, x1, size = words[0].x0, words[-1].x1, words[0].size
        hangs = HANGING * size if words[-1].text.endswith(HYPHENS) else 0.0
        for c, at in enumerate(self.at):
            off = _edge(self.side, x0, x1) - (at if at is not None else float("inf"))
            if at is None or not -NEAR * size <= off <= NEAR * size + hangs:
                continue
            before = max((a for a in self.at[:c] if a is not None), default=float("-inf"))
            after = min((a for a in self.at[c + 1 :] if a is not None), default=float("inf"))
            slack = 0.3 * size
            if (self.side != "left" and x0 < before - slack) or (self.side != "right" and x1 > after + slack):
                continue
            found.append((abs(_edge(self.side, x0, x1) - at), c))
        return min(found)[1] if found else None

    def cut(self, words: list[Word]) -> list[list[Word]]:
        """A chunk's words as texts of several columns, when each of them then stands at its column's place."""
        if len(words) < 2 or self.column(words) is not None:
            return [words]
        best: dict[tuple[int, int], list[list[Word]]] = {(0, -1): []}
        for end in range(1, len(words) + 1):
            for start in range(end):
                run = words[start:end]
                c = self.column(run)
                if c is None:
                    continue
                for (stop, last), so_far in list(best.items()):
                    if stop == start and last < c and len(best.get((end, c), [run] * 99)) > len(so_far) + 1:
                        best[end, c] = [*so_far, run]
        whole = [runs for (stop, _), runs in best.items() if stop == len(words)]
        return min(whole, key=len) if whole else [words]


def _edge(side: str, x0: float, x1: float) -> float:
    return x0 if side == "left" else x1 if side == "right" else (x0 + x1) / 2


def find(lines: list[list[list[Word]]], xs: list[float], extents: list[Edges], stub: int) -> Alignment | None:
    """How the heads that stand over one column only are aligned, or None when they follow no common rule.

    `lines` are the header's chunks by line; where they are as many as the columns of numbers, each is over its own.
    `extents` are the left and right edges of the texts in each column's body, `stub` the number of label columns at the
    left, whose heads may stand otherwise. Of several rules the one counts at whose places most of all texts stand.
    """
    inner = [[p for p in line if not _over_labels(p, extents[:stub])] for line in lines]
    inner = [line for line in inner if line]
    if not inner:
        return None
    over = _over_one(inner, xs, extents, stub)
    found: list[tuple[float, int, Alignment]] = []
    full = [line for line in inner if len(line) == len(extents) - stub > 2]
    for sure in [list(enumerate(line, start=stub)) for line in full] or [over]:
        found += _agreed(sure, inner, extents, stub)
    if not found:
        found = _voted(inner, extents, stub)
    return max(found, key=lambda f: (f[0], f[1]))[2] if found else None


def _over_labels(piece: list[Word], labels: list[Edges]) -> bool:
    """Whether a text is the label columns' own head: it begins where the labels do, or lies over them."""
    x0, x1 = piece[0].x0, piece[-1].x1
    begins = any(abs(x0 - left) <= 0.5 * piece[0].size for left, _ in labels)
    return begins or (bool(labels) and (x0 + x1) / 2 < labels[-1][1])


_Sure = list[tuple[int, list[Word]]]
OWN = 3
"""How many of the rules measure a head by its own column's numbers, of which it cannot stand far."""


def _over_one(lines: list[list[list[Word]]], xs: list[float], extents: list[Edges], stub: int) -> _Sure:
    """The texts over one column's body texts, or over none but between one column's bounds, with that column."""
    sure: _Sure = []
    for piece in (p for line in lines for p in line):
        x0, x1 = piece[0].x0, piece[-1].x1
        over = [c for c, (left, right) in enumerate(extents) if x0 < right and x1 > left]
        home = over[0] if len(over) == 1 else _holding((x0 + x1) / 2, xs)
        if home >= stub and len(over) <= 1:
            sure.append((home, piece))
    return sure


def _agreed(
    sure: _Sure, lines: list[list[list[Word]]], extents: list[Edges], stub: int
) -> list[tuple[float, int, Alignment]]:
    """The alignments that most of the `sure` heads share, with the share of all texts that they explain."""
    if len({c for c, _ in sure}) < 2:
        return []
    size = median(p[0].size for _, p in sure)
    found: list[tuple[float, int, Alignment]] = []
    for rank, (side, place) in enumerate(_rules(extents, stub)):
        offsets = [_edge(side, p[0].x0, p[-1].x1) - a for c, p in sure if (a := place(c)) is not None]
        told = {c for c, _ in sure if place(c) is not None}
        if len(offsets) < 2 or len(told) < 0.6 * len({c for c, _ in sure}):
            continue
        shift = median(offsets)
        if rank < OWN and abs(shift) > 1.2 * size:
            continue
        if sum(abs(o - shift) <= NEAR * size for o in offsets) >= 0.75 * len(offsets):
            at: list[float | None] = []
            for c in range(len(extents)):
                a = place(c) if c >= stub else None
                own = [_edge(side, p[0].x0, p[-1].x1) for k, p in sure if k == c]
                at.append(a + shift if a is not None else median(own) if own else None)
            alignment = Alignment(side, tuple(at))
            found.append((_explained(alignment, lines), -rank, alignment))
    return found


def _voted(lines: list[list[list[Word]]], extents: list[Edges], stub: int) -> list[tuple[float, int, Alignment]]:
    """Alignments at the left or right, by the edges of all words: one distance that nearly every column has a word at.

    For heads that stand so close that no chunk is surely one column's.
    """
    words = [w for line in lines for p in line for w in p]
    if not words or len(extents) - stub < 4:
        return []
    size = median(w.size for w in words)
    found: list[tuple[float, int, Alignment]] = []
    for rank, (side, place) in enumerate(_rules(extents, stub)):
        places = {c: a for c in range(stub, len(extents)) if (a := place(c)) is not None}
        if side == "centre" or not places:
            continue
        edges = [w.x0 if side == "left" else w.x1 for w in words]
        offsets = sorted((e - a, c) for e in edges for c, a in places.items() if abs(e - a) <= FURTHEST * size)
        best: tuple[int, float] = (0, 0.0)
        for k, (shift, _) in enumerate(offsets):
            run = [o for o in offsets[k : k + len(words)] if o[0] - shift <= 2 * NEAR * size]
            if len({c for _, c in run}) > best[0]:
                best = (len({c for _, c in run}), median(o for o, _ in run))
        if best[0] < max(4, 0.75 * len(places)):
            continue
        at = tuple(places[c] + best[1] if c in places else None for c in range(len(extents)))
        alignment = Alignment(side, at)
        share = _explained(alignment, lines)
        if share >= 0.6:
            found.append((share, -rank, alignment))
    return found


def _explained(alignment: Alignment, lines: list[list[list[Word]]]) -> float:
    """The share of the header's texts, cut as the alignment would have it, that stand at a column's place."""
    texts = [run for line in lines for part in line for run in alignment.cut(part)]
    return sum(alignment.column(run) is not None for run in texts) / len(texts)


def _rules(extents: list[Edges], stub: int) -> list[tuple[str, Callable[[int], float | None]]]:
    """Sides with the place of a column's heads, but for one shift that all columns share."""
    count = len(extents)

    def left(c: int) -> float | None:
        return extents[c][0]

    def right(c: int) -> float | None:
        return extents[c][1]

    def middle(c: int) -> float | None:
        return (extents[c][0] + extents[c][1]) / 2

    def after(c: int) -> float | None:  # cells end where their numbers end: the next one begins there
        return extents[c - 1][1] if c > stub else None

    def before(c: int) -> float | None:  # cells begin where their numbers begin: the one before ends there
        return extents[c + 1][0] if c + 1 < count else None

    def between_ends(c: int) -> float | None:
        return (extents[c - 1][1] + extents[c][1]) / 2 if c > stub else None

    def between_starts(c: int) -> float | None:
        return (extents[c][0] + extents[c + 1][0]) / 2 if c + 1 < count else None

    return [
        ("right", right), ("left", left), ("centre", middle), ("left", after), ("right", before),
        ("centre", between_ends), ("centre", between_starts),
    ]  # fmt: skip


def cut_lines(
    lines: list[list[list[Word]]], xs: list[float], extents: list[Edges], stub: int
) -> tuple[list[list[list[Word]]], Alignment | None]:
    """The header's lines with chunks cut where the common alignment shows several columns' texts in one, and it."""
    alignment = find(lines, xs, extents, stub)
    if alignment is None:
        return lines, None
    cut = [[run for part in line for run in alignment.cut(part)] for line in lines]
    return [_mended(line, alignment) for line in cut], alignment


WHOLE = 0.75
"""Times the type size: words of one text stand no further apart."""


def _mended(line: list[list[Word]], alignment: Alignment) -> list[list[Word]]:
    """A line's texts, with pieces joined again that stand at a column's place only together."""
    result: list[list[Word]] = []
    for part in line:
        if result and part[0].x0 - result[-1][-1].x1 <= WHOLE * part[0].size:
            before = alignment.column(result[-1])
            if (before is None or alignment.column(part) is None) and alignment.column(result[-1] + part) is not None:
                result[-1] = result[-1] + part
                continue
        result.append(part)
    return result


CLEAR = 1.3
"""Times the widest blank inside a text: white between two columns' texts is at least so wide. Blanks of one line are
equal, whatever the paper's justification made of them."""


def by_gaps(words: list[Word], xs: list[float]) -> list[list[Word]]:
    """A chunk's words as texts of several columns, where the white between those is clearly wider than their blanks.

    The texts' middles have to lie in different columns between the bounds `xs`; as many as possible are told apart.
    """
    if len(words) < 3:
        return [words]
    size = words[0].size
    gaps = [b.x0 - a.x1 for a, b in pairwise(words)]
    for wide in sorted({g for g in gaps if g > 0.32 * size}):
        inner = max((g for g in gaps if g < wide), default=0.0)
        if wide < CLEAR * inner or (not inner and wide < 0.5 * size):
            continue
        runs = [[words[0]]]
        for gap, word in zip(gaps, words[1:], strict=True):
            if gap >= wide:
                runs.append([])
            runs[-1].append(word)
        homes = [_holding((run[0].x0 + run[-1].x1) / 2, xs) for run in runs]
        if all(a < b for a, b in pairwise(homes)):
            return runs
    return [words]


def _holding(x: float, xs: list[float]) -> int:
    return next((c for c in range(len(xs) - 1) if x <= xs[c + 1]), len(xs) - 2)
