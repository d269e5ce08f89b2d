"""Which columns the texts of one header level stand over: alone or spanning several.

A dynamic programme finds the runs of columns that all texts of a level line up with best; spanners that begin at the
left edge of their columns are told by that alone.
"""

from __future__ import annotations

from extractors.page import Rule, Word
from extractors.tables.alignment import Edges

Run = tuple[list[Word], int, int]


def best_runs(
    parts: list[list[Word]], extents: list[list[Edges]], under: set[int], again: set[int], across: list[Rule],
    homes: dict[int, int],
) -> list[Run]:  # fmt: skip
    """Texts of one line with disjoint runs of columns, left to right, that they line up with best.

    A dynamic programme over words: a wide gap always ends a text, a blank between words may, at a cost that falls with
    its width, for neighbours' headers often stand no further apart than words. `under` are the columns that have
    a header text below this line and no spanner beside it, `again` those of them whose texts so far stand over another
    column too; `homes` gives the column at whose heads' common place a part stands (by the id of its first word).
    """
    plain = _runs(parts, extents, set(), across, homes)
    if len(under) < 2:
        return plain[1]
    spanning = _runs(parts, extents, under, across, homes)
    columns = sorted(under)
    if len(parts) == 1 == len(plain[1]) and len(columns) >= 3 and columns[-1] - columns[0] == len(columns) - 1:
        text = parts[0]  # one text in the middle of all heads is over all of them, not over the middle one
        x0, x1, size = text[0].x0, max(w.x1 for w in text), text[0].size
        if _fit_over(x0, x1, extents[columns[0]], extents[columns[-1]], len(columns) - 1, size) < 0.4 * size:
            return [(text, columns[0], columns[-1])]
    # columns that print the same label (2021: number, %; 2022: number, %) are told apart by what stands above them
    bare = again - {c for _, lo, hi in plain[1] for c in range(lo, hi + 1)}
    return (plain if plain[0] <= spanning[0] and not (bare and len(plain[1]) > 1) else spanning)[1]


def from_left(parts: list[list[Word]], extents: list[list[Edges]], under: set[int], stub: int) -> list[Run]:
    """The runs of spanners that each begin at the left edge of their first column and reach to the next one's.

    Empty where that is not so for each text, or where one stands in the middle of fewer columns.
    """
    inner = [p for p in parts if p[-1].x1 > extents[stub][0][0] or stub == 0] if stub < len(extents) else []
    if not inner:
        return []
    runs: list[Run] = []
    for part, following in zip(inner, [*inner[1:], None], strict=True):
        x0, x1, size = part[0].x0, max(w.x1 for w in part), part[0].size
        lo = next((c for c in range(stub, len(extents)) if max(e[1] for e in extents[c]) > x0), None)
        stop = following[0].x0 if following is not None else float("inf")
        hi = max((c for c in range(stub, len(extents)) if max(e[1] for e in extents[c]) <= stop), default=None)
        if lo is None or hi is None or hi < lo or x0 > min(e[0] for e in extents[lo]) + 0.2 * size:
            return []
        if not set(range(lo, hi + 1)) <= under or x1 > max(e[1] for e in extents[hi]) + 0.5 * size:
            return []
        off = [_fit_over(x0, x1, extents[lo], extents[k], max(1, k - lo), size) for k in range(lo, hi + 1)]
        if min(off[:-1], default=off[-1]) < min(off[-1], 0.3 * size):
            return []
        runs.append((part, lo, hi))
    spanning = [r for r in runs if r[2] > r[1]]
    covered = {c for _, lo, hi in runs for c in range(lo, hi + 1)}
    alone = len(spanning) == 1 and _runs_into_next(spanning[0], extents)
    if (len(spanning) < 2 and not alone) or covered != under:
        return []
    labels = [p for p in parts if not any(p is q for q in inner)]
    return [*((p, 0, 0) for p in labels[:1]), *runs] if len(labels) <= 1 else []


def _runs_into_next(run: Run, extents: list[list[Edges]]) -> bool:
    """Whether a text reaches from its first column to the middle of the next one's head: it is not the first's own."""
    part, lo, _ = run
    left, right = extents[lo + 1][-1]
    return max(w.x1 for w in part) >= (left + right) / 2


def _runs(
    parts: list[list[Word]], extents: list[list[Edges]], under: set[int], across: list[Rule], homes: dict[int, int]
) -> tuple[float, list[Run]]:
    """The cheapest runs and their cost. With `under` texts may span those columns, and each left without one costs."""
    words = [w for part in parts for w in part]
    ends = set()
    total = 0
    for part in parts:
        total += len(part)
        ends.add(total)
    size = words[0].size

    def skipped(after: int, before: int) -> float:
        return size * sum(after < c < before for c in under)

    states: list[dict[int, tuple[float, list[Run]]]] = [{} for _ in range(len(words) + 1)]
    states[0][-1] = (0.0, [])
    for start in range(len(words)):
        if not states[start]:
            continue
        stop = min(e for e in ends if e > start)
        for end in range(start + 1, stop + 1):
            text = words[start:end]
            home = homes.get(id(text[0])) if start in {0} | ends and end == stop else None
            cost = 0.0
            if end < stop:
                cost = 0.5 * size + 1.5 * max(0.0, 0.6 * size - (words[end].x0 - words[end - 1].x1))
            for lo, hi, fit in _options(text, extents, under, _only_under(text, parts, across), home):
                for last, (so_far, runs) in states[start].items():
                    step = so_far + cost + fit + skipped(last, lo)
                    if lo == hi == last and runs[-1][1] == lo:  # two pieces of one column's text, set far apart
                        joined = [*runs[:-1], (runs[-1][0] + text, lo, hi)]
                        together = so_far + cost + fit + 2 * size + text[0].x0 - runs[-1][0][-1].x1
                        if together < states[end].get(hi, (float("inf"), []))[0]:
                            states[end][hi] = (together, joined)
                    elif lo > last and (hi not in states[end] or step < states[end][hi][0]):
                        states[end][hi] = (step, [*runs, (text, lo, hi)])
    cols = len(extents)
    if states[-1]:
        best = min(states[-1].items(), key=lambda item: item[1][0] + skipped(item[0], cols))
        return best[1][0] + skipped(best[0], cols), best[1][1]
    return 1e6, [(part, min(i, cols - 1), min(i, cols - 1)) for i, part in enumerate(parts)]  # more texts than columns


def _fit_over(x0: float, x1: float, first: list[Edges], last: list[Edges], steps: int, size: float) -> float:
    """How far a text is from the middle (or the left edge) of a run of columns.

    The run reaches from text to text, or, where the columns' texts end (or begin) at even steps, from cell to cell.
    """
    left, right = min(e[0] for e in first), max(e[1] for e in last)
    ends, begins = max(e[1] for e in first), min(e[0] for e in last)
    middle = (x0 + x1) / 2
    by_ends = (ends - (right - ends) / steps + right) / 2
    by_begins = (left + begins + (begins - left) / steps) / 2
    return min(
        abs(middle - (left + right) / 2), abs(middle - by_ends), abs(middle - by_begins), abs(x0 - left) + 0.4 * size
    )


def _only_under(part: list[Word], parts: list[list[Word]], across: list[Rule]) -> list[Rule]:
    """The rules that no other text of the line stands over: a line under the whole header says nothing of one text."""
    others = [(p[0].x0, p[-1].x1) for p in parts if part[0] not in p]
    return [r for r in across if not any(min(r.hi, x1) - max(r.lo, x0) > 3 for x0, x1 in others)]


def _options(
    part: list[Word], extents: list[list[Edges]], under: set[int], across: list[Rule], home: int | None
) -> list[tuple[int, int, float]]:
    """Runs of columns for one text with how badly each fits, in points."""
    x0, x1 = part[0].x0, max(w.x1 for w in part)
    size = part[0].size
    rule = _rule_under(part, across)
    if rule is not None:
        covered = [c for c, e in enumerate(extents) if rule[0] - 2 <= (e[0][0] + e[0][1]) / 2 <= rule[1] + 2]
        if covered and covered[-1] - covered[0] < len(extents) - 1:
            return [(covered[0], covered[-1], 0.0)]
    found: list[tuple[int, int, float]] = []
    for lo in range(len(extents)):
        for hi in range(lo, len(extents)):
            if hi > lo and not all(c in under for c in range(lo, hi + 1)):
                break  # a spanner has a header text under each of its columns
            if lo == hi:
                edges = extents[lo][1:] or extents[lo]  # over a head that is placed already, its own edges count
                fit = min(
                    min(abs(x0 - left), abs(x1 - right), abs(x0 + x1 - left - right) / 2) for left, right in edges
                )
            else:
                fit = _fit_over(x0, x1, extents[lo], extents[hi], hi - lo, size)
            foreign = sum(
                max(0.0, min(x1, edge[0][1]) - max(x0, edge[0][0]))
                for c, edge in enumerate(extents)
                if not lo <= c <= hi
            )
            found.append((lo, hi, 0.0 if lo == hi == home else fit + foreign + 0.2 * size * (hi - lo)))
    return sorted(found, key=lambda o: o[2])[:12]


def _rule_under(part: list[Word], across: list[Rule]) -> tuple[float, float] | None:
    """The ends of the shortest rule drawn right under a text."""
    x0, x1, base, size = part[0].x0, part[-1].x1, part[0].base, part[0].size
    under = [r for r in across if base - 1 <= r.at <= base + 0.9 * size and r.lo <= x0 + 3 and r.hi >= x1 - 3]
    if not under:
        return None
    short = min(under, key=lambda r: r.hi - r.lo)
    return short.lo, short.hi
