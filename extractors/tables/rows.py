"""Rows of a grid found by white space: which text lines belong to one row, and where the header ends.

A line with numbers is a row. A line with a label only is a part of the row above or below (a label over several lines),
or stands alone (a row group's label, a row of blanks): rules and bands decide, then distances, then what the text says.
"""

from __future__ import annotations

import itertools

from extractors.page import Line, Page, Rule, Word
from extractors.tables.bands import band_between, bands
from extractors.tables.strips import Strip, chunk_text
from extractors.tables.tokens import HYPHENS, is_period, is_value, opens_lower
from extractors.words import LEADER

CLOSE = 1.58
"""Times the font size: lines of one cell stand no further apart than this."""

SHARED = 0.75
"""Times the font size: lines whose baselines are no further apart share height; no two lines of one text do."""


def column_of(word: Word, xs: list[float]) -> int:
    """The column that holds the centre of a word."""
    return next((c for c in range(len(xs) - 1) if word.mid <= xs[c + 1]), len(xs) - 2)


def label_columns(strips: list[Strip], xs: list[float]) -> int:
    """How many columns at the left hold labels: those before the first one that holds mostly numbers."""
    for c in range(len(xs) - 1):
        texts = [chunk_text(p) for s in strips for p in s.parts if column_of(p[0], xs) == c]
        periods = c == 0 and len(texts) > 1 and all(is_year(t) or is_period(t) for t in texts)
        if texts and not periods and sum(is_value(t) for t in texts) > 0.6 * len(texts):
            return c
    return 1


def header_end(strips: list[Strip], xs: list[float]) -> int:
    """Index of the first body line: the first with a value in a column other than the first that is no year."""
    for i, strip in enumerate(strips):
        values = [p for p in strip.parts if is_value(chunk_text(p)) and column_of(p[0], xs) > 0]
        years = [p for p in values if is_year(chunk_text(p))]
        if values and len(values) > len(years) and not figure_in_head(strips, xs, i):
            return _before_groups(strips, xs, i)
    return 1 if len(strips) > 1 else 0


def heads_from(strips: list[Strip], i: int) -> list[Strip]:
    """Line `i` and those closely below it that hold no figures: the lines of heads, whichever of them stand on each."""
    k = i + 1
    while k < len(strips) and not strips[k].values:
        if strips[k].line.base - strips[k - 1].line.base > CLOSE * strips[k].line.size:
            break
        k += 1
    return strips[i:k]


def first_of_heads(strips: list[Strip], xs: list[float], i: int) -> int:
    """Steps back over the lines of words right above line `i` that stand beside the labels: heads on several lines."""
    while i > 1:
        here, above = strips[i], strips[i - 1]
        beside = any(column_of(p[0], xs) > 0 for p in above.parts)
        if above.values or not beside or here.line.base - above.line.base > CLOSE * here.line.size:
            break
        i -= 1
    return i


def figure_in_head(strips: list[Strip], xs: list[float], i: int) -> bool:
    """Whether the numbers of a line stand in heads (`18 to | 64 | years`): no label, and heads go on closely below."""
    here = strips[i].line
    if any(column_of(w, xs) == 0 for w in here.words) or strips[i].values > 0.4 * (len(xs) - 1):
        return False
    for k in range(i + 1, min(i + 3, len(strips))):
        if strips[k].line.base - strips[k - 1].line.base > CLOSE * here.size:
            return False
        beyond = [p for p in strips[k].parts if column_of(p[0], xs) > 0]
        if len(beyond) >= 2 and not any(is_value(chunk_text(p)) and not is_year(chunk_text(p)) for p in beyond):
            return True
    return False


def _before_groups(strips: list[Strip], xs: list[float], first: int) -> int:
    """Steps back over lines of the body that carry no number: the beginning of a label, or a label that opens a group.

    A group's label stands apart from the header above it, or from its own column's head, as rows stand apart; the
    beginning of a label goes on below, or beside figures that are centred on all its lines.
    """
    while first > 0:
        line, below = strips[first - 1], strips[first]
        if first > 1 and _section(strips, first - 1):
            first -= 1
            continue
        gap_below = below.line.base - line.line.base
        if gap_below <= SHARED * line.line.size and not _columns_of(line, xs) & _columns_of(below, xs):
            first -= 1
            continue
        if any(column_of(w, xs) > 0 for w in line.line.words) or len(line.line.words) > 7:
            break
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
        own = [w.base for s in strips[: first - 1] for w in s.line.words if column_of(w, xs) == 0]
        apart = gap > 1.45 * line.line.size or (own and line.line.base - max(own) > CLOSE * line.line.size)
        apart = (apart and gap > 0.8 * gap_below) or _set_out(strips, xs, first - 1)
        if not apart or not any(column_of(w, xs) > 0 for w in above.line.words):
            break
        first -= 1
    return first


def _set_out(strips: list[Strip], xs: list[float], i: int) -> bool:
    """Whether the label alone on its line stands further left than the row below, as another one in the body does."""

    def heads_rows(k: int) -> bool:
        here, below = strips[k].line, strips[k + 1].line
        alone = (
            len(strips[k].parts) == 1 and column_of(here.words[-1], xs) == 0 and abs(here.x0 - strips[i].line.x0) <= 1
        )
        return alone and not strips[k].values and strips[k + 1].values > 0 and below.x0 >= here.x0 + INDENT

    return heads_rows(i) and any(heads_rows(k) for k in range(i + 2, len(strips) - 1))


INDENT = 2.5
"""Points by which the rows of a group are set in, at least."""


def _section(strips: list[Strip], i: int) -> bool:
    """Whether the line is one text in the middle of the table below the header, set apart from it: a group's label."""
    here, above = strips[i], strips[i - 1]
    left, right = min(s.line.x0 for s in strips), max(s.line.x1 for s in strips)
    size = here.line.size
    if len(here.parts) > 1 or here.values or abs(here.line.x0 + here.line.x1 - left - right) > 2 * size:
        return False
    if here.line.x0 < left + size or here.line.x1 > right - size or len(above.parts) < 2:
        return False
    apart = here.line.base - above.line.base > 1.45 * size
    styled = here.line.bold != above.line.bold or all(w.italic for w in here.line.words)
    return apart or styled


def is_year(text: str) -> bool:
    """Whether a text is a year that a report may be about, or its share (`2021 (%)`)."""
    text = text.replace("(%)", "").strip("% ")
    return len(text) == 4 and text.isdecimal() and 1950 <= int(text) <= 2060


def rows(
    strips: list[Strip], xs: list[float], across: list[Rule], page: Page, first: int | None = None
) -> list[list[int]]:
    """Groups of line indices that are one row each; the body begins at line `first`, where that is known."""
    first = header_end(strips, xs) if first is None else first
    shaded = bands(page)
    cut = [
        i <= first
        or ruled_between(strips[i - 1].line, strips[i].line, across, xs)
        or band_between(strips[i - 1].line, strips[i].line, shaded)
        for i in range(len(strips))
    ]
    apart = rows_of_words(strips, xs, first)
    for i in range(first + 1, len(strips)):
        cut[i] = cut[i] and not _runs_over(strips[i - 1], strips[i], xs)
    joins = _joins(strips, xs, first, cut)
    groups: list[list[int]] = []
    for i, strip in enumerate(strips):
        if not groups or cut[i] or i in apart:
            groups.append([i])
        elif (
            (apart and i > first)
            or _overlapping([strips[k] for k in groups[-1]], strip, xs)
            or (joins[i] and not _filled_twice([strips[k] for k in groups[-1]], strip, xs))
        ):
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _runs_over(above: Strip, here: Strip, xs: list[float]) -> bool:
    """Whether a label runs on over a rule or a band's edge, since its cell is too low for its lines."""
    before, after = _label(above, xs), _label(here, xs)
    if above.values or not before or not after or here.line.base - above.line.base > 1.25 * here.line.size:
        return False
    return opens_lower(after[0].text) and before[-1].bold == after[0].bold


def rows_of_words(strips: list[Strip], xs: list[float], first: int) -> set[int]:
    """The lines that begin a row, where cells of running words are told apart by white wider than between their lines.

    Empty where the white does not say so: most lines hold numbers, or the rows do not each begin with a label.
    """
    body = strips[first:]
    if len(body) < 4 or len(xs) < 3 or sum(s.values > 0 for s in body) > 0.5 * len(body):
        return set()
    steps: list[float] = []
    for c in range(len(xs) - 1):
        bases = sorted({w.base for s in body for w in s.line.words if column_of(w, xs) == c and not w.raised})
        steps += [b - a for a, b in itertools.pairwise(bases) if b - a > 0.5 * body[0].line.size]
    if not steps:
        return set()
    leading = sorted(steps)[len(steps) // 8]
    starts = [first] + [
        i for i in range(first + 1, len(strips)) if strips[i].line.base - strips[i - 1].line.base > 1.12 * leading
    ]
    rows_found = [range(a, b) for a, b in itertools.pairwise([*starts, len(strips)])]
    labelled = sum(any(_label(strips[i], xs) for i in row) for row in rows_found)
    filled = sum(len({column_of(w, xs) for i in row for w in strips[i].line.words}) >= 2 for row in rows_found)
    several = sum(len(row) > 1 for row in rows_found)
    for row in rows_found:  # two lines with figures in one column are two rows, whatever stands between them
        columns = [column_of(p[0], xs) for i in row for p in strips[i].parts if is_value(chunk_text(p))]
        if len(columns) > len(set(columns)):
            return set()
    if several < 2 or len(rows_found) < 2 or min(labelled, filled) < 0.75 * len(rows_found):
        return set()
    return set(starts)


def _joins(strips: list[Strip], xs: list[float], first: int, cut: list[bool]) -> list[bool]:
    """Whether each line goes on with the row of the line above it.

    Lines without numbers are parts of a label, above or below its numbers, or stand alone. Distances tell where rows
    stand further apart than lines; then what the text says; then where the table's other labels have their numbers.
    """
    inner = max(0, label_columns(strips[first:], xs) - 1)
    labels = [_label(s, xs, inner) for s in strips]
    full = [i for i in range(first, len(strips)) if strips[i].values and labels[i]]
    gaps = sorted(strips[b].line.base - strips[a].line.base for a, b in itertools.pairwise(full) if b == a + 1)
    if not gaps:  # every label has several lines: rows stand apart as a row's first line from the line above it
        gaps = sorted(strips[i].line.base - strips[i - 1].line.base for i in full if i > first)
    pitch = gaps[len(gaps) // 2] if gaps else None
    widest = max((part[-1].x1 for part in labels[first:] if part), default=xs[inner + 1])
    banded = sum(cut[first + 1 :]) >= 0.3 * (len(strips) - first) and _cut_by_rows(strips, first, cut)
    points: list[float] = [NEVER] * len(strips)
    above = below = 0
    for i in range(first + 1, len(strips)):
        k = i - 1
        while k > first and inner and labels[i] and not labels[k] and not strips[k].values:
            k -= 1  # a group's label stands between two lines of the rows beside it
        a, b = strips[k], strips[i]
        step = b.line.base - a.line.base
        if cut[i] or (a.values and b.values) or step > CLOSE * b.line.size or not _can_join(a, b, xs):
            continue
        points[i] = 2.0 if banded or (pitch is not None and step < 0.93 * pitch) else 0.0
        if (a.values and not labels[k]) or (b.values and not labels[i]):
            points[i] += 2
        elif _led(a) and labels[i]:
            points[i] -= 3
        elif _runs_on(labels[k], labels[i], widest):
            points[i] += 2
            above += a.values > 0
            below += b.values > 0
    points = _nearer(points, strips, labels)
    if above != below:  # where the other labels have their numbers: on the first or on the last of their lines
        for i in range(first + 1, len(strips)):
            if strips[i - 1].values and not strips[i].values:
                points[i] += 0.5 if above > below else -0.5
            elif strips[i].values and not strips[i - 1].values:
                points[i] += 0.5 if below > above else -0.5
    joins = [p >= JOINED for p in points]
    _one_row_each(joins, points, strips)
    return joins


def _cut_by_rows(strips: list[Strip], first: int, cut: list[bool]) -> bool:
    """Whether what lies between two cuts is mostly one row: rules may stand below every third row only."""
    segments = [0]
    for i in range(first, len(strips)):
        if cut[i]:
            segments.append(0)
        segments[-1] += strips[i].values > 0
    return sum(n > 1 for n in segments) <= 0.34 * sum(n > 0 for n in segments)


NEVER = -100.0
JOINED = 1.0
"""Points from which on two lines are of one row."""


def _nearer(points: list[float], strips: list[Strip], labels: list[list[Word]]) -> list[float]:
    """A line without numbers between two that it could belong to is drawn to the nearer one.

    Numbers printed between the lines of a label are nearer than its other lines and take nothing away from these.
    """
    base = [s.line.base for s in strips]
    result = list(points)
    for i in range(1, len(strips) - 1):
        if strips[i].values or points[i] == NEVER or points[i + 1] == NEVER:
            continue
        up, down = base[i] - base[i - 1], base[i + 1] - base[i]
        if abs(up - down) <= 0.07 * max(up, down):
            continue
        near, far = (i, i + 1) if up < down else (i + 1, i)
        result[near] += 1
        middle, beyond, other = (i - 1, i - 2, i + 1) if up < down else (i + 1, i + 2, i - 1)
        between = (
            0 <= beyond < len(strips) and labels[i] and labels[beyond] and labels[other] and not strips[other].values
            and not labels[middle] and same_height(strips[min(i, middle)], strips[max(i, middle)])
        )  # fmt: skip
        if not between or abs(base[other] - base[i]) > 1.07 * abs(base[beyond] - base[i]):
            result[far] -= 2
    return result


def same_height(above: Strip, below: Strip) -> bool:
    """Whether two lines share height: they stand in different cells."""
    return below.line.base - above.line.base <= SHARED * max(above.line.size, below.line.size)


def _one_row_each(joins: list[bool], points: list[float], strips: list[Strip]) -> None:
    """Parts rows that were joined through the label lines between them, where they hold together least."""
    last: int | None = None
    for i in range(len(strips)):
        if not joins[i]:
            last = None
        if strips[i].values:
            if last is not None:
                weakest = min(range(last + 1, i + 1), key=lambda k: points[k])
                joins[weakest] = False
            last = i


def _led(strip: Strip) -> bool:
    """Whether a line's label ends in leader dots: it ends there."""
    return any(LEADER.fullmatch(w.text) for w in strip.line.words)


def _label(strip: Strip, xs: list[float], column: int = 0) -> list[Word]:
    """The words of a line in a column of labels, without marks and leader dots."""
    return [w for w in strip.line.words if column_of(w, xs) == column and not w.raised and not LEADER.fullmatch(w.text)]


def _can_join(other: Strip, here: Strip, xs: list[float]) -> bool:
    """Whether two lines may be of one row: of one weight, and a value column is not filled twice."""
    mine = {column_of(w, xs) for w in here.line.words}
    if same_height(other, here) and _label(here, xs) and _label(other, xs):
        return False
    theirs = {column_of(p[0], xs) for p in other.parts if is_value(chunk_text(p))}
    bold = [w.bold for w in other.line.words if column_of(w, xs) in mine]
    same = not bold or (sum(bold) * 2 > len(bold)) == here.line.bold
    return same and not mine & theirs


def _runs_on(first: list[Word], second: list[Word], widest: float) -> bool:
    """Text cues: a line end that asks for more, a small letter at the start, or no room left for the next word."""
    if not first or not second or first[-1].bold != second[0].bold:
        return False
    last, word = first[-1], second[0]
    if last.text.endswith((*HYPHENS, "/", ",", "(", "&")) or opens_lower(word.text):
        return True
    no_room = last.x1 + 0.3 * word.size + (word.x1 - word.x0) > widest + 1
    return no_room and word.x0 >= first[0].x0 - 1 and len(first) > 1


def ruled_between(a: Line, b: Line, across: list[Rule], xs: list[float]) -> bool:
    """Whether rules over a good part of the width stand between two lines."""
    lo, hi = a.base - 0.25 * a.size, b.base - 0.3 * b.size
    cover = sum(min(r.hi, xs[-1]) - max(r.lo, xs[0]) for r in across if lo <= r.at <= hi)
    return cover >= 0.3 * (xs[-1] - xs[0])


def _filled_twice(row: list[Strip], strip: Strip, xs: list[float]) -> bool:
    """Whether a line has values where the row's lines have theirs: a second row, whatever stands between them."""

    def valued(strips: list[Strip]) -> set[int]:
        return {column_of(p[0], xs) for s in strips for p in s.parts if is_value(chunk_text(p))} - {0}

    return bool(valued(row) & valued([strip]))


def _overlapping(row: list[Strip], strip: Strip, xs: list[float]) -> bool:
    """Lines that share height stand in different columns of one row (a number centred beside a label of two lines)."""
    if not same_height(row[-1], strip):
        return False
    return not set().union(*(_columns_of(other, xs) for other in row)) & _columns_of(strip, xs)


def _columns_of(strip: Strip, xs: list[float]) -> set[int]:
    return {column_of(w, xs) for w in strip.line.words}
