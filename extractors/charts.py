"""Charts drawn as vectors (bars, series, pies, lines): printed labels and values are paired by geometry.

A value is read only where it is printed as text; the length of a bar is never turned into a number. Charts that print
no values, and pictures that may hold one, are reported as problems.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from extractors.hyphens import join_lines
from extractors.legends import Coloured, bars_by_colour
from extractors.line_charts import line_charts
from extractors.number_words import printed_number
from extractors.page import Line, Page, Shade, Word, lines_of
from extractors.pies import pies
from extractors.reading_order import in_boxes, joined
from schemas.printed import Box, Figure, Place, Problem, TablePart

if TYPE_CHECKING:
    from extractors.outline import Outline

_NUMBER = re.compile(r"^[(]?[<>±~]?\s?\d[\d.,'’\s\u202f]*\s?%?[)]?$")
METHOD = "chart-bars"
LABEL = 12.0
"""Labels under bars are set no larger, in points; below them, larger than 10, text begins."""
MOST_SHADES = 1500
"""A page with more filled areas is a map or a drawing."""


class Charts(NamedTuple):
    """What the charts of one page say, and what of them could not be read."""

    figures: tuple[Figure, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Chart:
    """Bars that share a base line. `lying` bars run to the right; `box` holds them with their labels."""

    bars: tuple[Shade, ...]
    lying: bool
    box: Box


def find_charts(page: Page, tables: Sequence[TablePart], language: str, outline: Outline) -> Charts:
    """Figures of kind `chart` on `page`, one a bar with a printed value, and a problem for each chart without."""
    taken = [t.box for t in tables if t.page == page.number]
    figures: list[Figure] = []
    problems: list[Problem] = []
    for drawn in _coloured(page, taken):
        over = _title_over(page, drawn)
        figures += _of_colours(page, drawn, over, language, outline)
        lacking = drawn.marks - len(drawn.values)
        if lacking:
            named = f"A chart (“{joined(over.words)}”)" if over else "A chart"
            what = (
                f"{named} has {lacking} of {drawn.marks} bars, slices or points without a value or label of their own; "
            )
            problems.append(Problem(f"{what}they were left out.", page.number, "info"))
    for chart in _apart(page, _charts(page), taken):
        found = _read(page, chart, language, outline)
        title, _ = _title(page, chart)
        named = f"A chart (“{title}”)" if title else "A chart"
        if not found:
            problems.append(
                Problem(f"{named} prints no values: its bars are not turned into numbers.", page.number, "info")
            )
        elif len(found) < len(chart.bars):
            lacking = len(chart.bars) - len(found)
            what = f"{named} has {lacking} of {len(chart.bars)} bars without a printed value; they were left out."
            problems.append(Problem(what, page.number, "info"))
        figures += found
    for image in page.images:
        wide, high = image.x1 - image.x0, image.bottom - image.top
        if wide > 0.3 * page.width and high > 0.08 * page.height and not in_boxes(page.seen(image), taken):
            covered = [w for w in page.words if image.x0 < w.mid < image.x1 and image.top < w.base < image.bottom]
            if len(covered) < 5:
                what = "A picture may hold a chart or a table; figures inside it were not read as text."
                problems.append(Problem(what, page.number, "info"))
    return Charts(tuple(figures), tuple(problems))


def chart_boxes(page: Page, tables: Sequence[Box] = ()) -> tuple[Box, ...]:
    """The areas of charts (page as seen), so that their labels are read neither as running text nor as a table.

    What stands in one of `tables` (boxes of this page as seen) is shading of cells.
    """
    plain = tuple(page.seen(chart.box) for chart in _apart(page, _charts(page), tables))
    return plain + tuple(page.seen(drawn.box) for drawn in _coloured(page, tables) if drawn.values)


def _coloured(page: Page, tables: Sequence[Box]) -> list[Coloured]:
    """Charts whose bars or slices are told apart by colour, those that stand in a table left out."""
    if len(page.shades) > MOST_SHADES:
        return []
    found = bars_by_colour(page) + pies(page) + line_charts(page)
    return [c for c in found if not in_boxes(page.seen(c.box), tables)]


def _title_over(page: Page, drawn: Coloured) -> Line | None:
    """The line of words right over a chart."""
    used = {id(w) for v in drawn.values for w in (*v.words, *v.category, *v.series)}
    over = [
        ln for ln in lines_of([w for w in page.words if id(w) not in used])
        if -30 <= drawn.box.top - ln.bottom < 60 and ln.x0 < drawn.box.x1 and ln.x1 > drawn.box.x0
        and not _numbers_only(ln) and len(ln.words) <= 18
    ]  # fmt: skip
    return max(over, key=lambda ln: (ln.bold, not ln.text.endswith("."), ln.size, -ln.bottom)) if over else None


def _of_colours(page: Page, drawn: Coloured, title: Line | None, language: str, outline: Outline) -> list[Figure]:
    figures: list[Figure] = []
    heading = joined(title.words) if title else None
    for value in drawn.values:
        text = joined(value.words)
        read = printed_number(text.strip("() "), language)
        if read is None:
            continue
        where = outline.at(page.number, value.words[0].top, value.words[0].x0)
        shares = "%" in text or (heading is not None and re.search(r"%|percent|procent|prozent|pour cent", heading))
        series = (_label_text(value.series),) if value.series else ()
        places = (_place(page, value.category), *((_place(page, value.series),) if value.series else ()))
        figures.append(
            Figure(
                kind="chart",
                organisation=where.organisation,
                printed=text,
                value=read,
                unit="percent" if shares else "count",
                row_labels=(_label_text(value.category),),
                column_labels=series,
                place=_place(page, value.words),
                method="chart-colours" if value.series else drawn.method,
                section=where.section,
                table_id=f"p{page.number}-chart-{round(drawn.box.top)}",
                table_title=heading,
                label_places=places,
                confidence=0.9,
                years=tuple(sorted(set(_years(heading or "")))),
            )
        )
    return figures


def _label_text(words: Sequence[Word]) -> str:
    text = join_lines("\n".join(joined(ln.words) for ln in lines_of(list(words))), Counter())
    return text.strip(" :;,.()–—-")


def _apart(page: Page, charts: Sequence[_Chart], tables: Sequence[Box]) -> list[_Chart]:
    """The charts that are no table's shading: most of their bars stand outside the tables that were read."""
    if not tables:
        return list(charts)

    def within(bar: Shade) -> bool:
        return in_boxes(page.seen(Box(bar.x0, bar.top, bar.x1, bar.bottom)), tables)

    return [chart for chart in charts if sum(map(within, chart.bars)) < 0.5 * len(chart.bars)]


def _charts(page: Page) -> list[_Chart]:
    if not 2 <= len(page.shades) <= MOST_SHADES:
        return []
    told = {k for drawn in bars_by_colour(page) for k in drawn.used}
    free = _distinct([s for s in page.shades if id(s) not in told])
    found: list[_Chart] = []
    used: set[int] = set()
    for lying in (True, False):
        for bars in _groups([s for s in free if id(s) not in used], lying):
            if len({round(_length(s, lying) / 2) for s in bars}) < 2:
                continue  # cells of one size are a table's shading
            box = _area(page, free, bars, lying)
            chart = _Chart(tuple(bars), lying, box)
            if _looks_like_table(page, chart):
                continue
            used.update(id(s) for s in bars)
            found.append(chart)
    return sorted(found, key=lambda c: (c.box.top, c.box.x0))


def _distinct(shades: Sequence[Shade]) -> list[Shade]:
    kept: dict[tuple[int, int, int, int], Shade] = {}
    for s in shades:
        kept[round(s.x0), round(s.top), round(s.x1), round(s.bottom)] = s
    return list(kept.values())


def _length(shade: Shade, lying: bool) -> float:
    return shade.x1 - shade.x0 if lying else shade.bottom - shade.top


def _groups(shades: Sequence[Shade], lying: bool) -> list[list[Shade]]:
    """Shades of one thickness on one base line, with white between them."""
    thick: Callable[[Shade], float] = (lambda s: s.bottom - s.top) if lying else (lambda s: s.x1 - s.x0)
    base: Callable[[Shade], float] = (lambda s: s.x0) if lying else (lambda s: s.bottom)
    start: Callable[[Shade], float] = (lambda s: s.top) if lying else (lambda s: s.x0)
    groups: dict[tuple[int, int], list[Shade]] = defaultdict(list)
    for s in shades:
        if thick(s) >= 3 and _length(s, lying) >= 0.5:
            keys = [k for k in groups if abs(k[0] - 2 * base(s)) <= 3 and abs(k[1] - 2 * thick(s)) <= 3]
            groups[keys[0] if keys else (round(2 * base(s)), round(2 * thick(s)))].append(s)
    result = []
    for group in groups.values():
        ordered = sorted(group, key=start)
        if len(ordered) < 2:
            continue
        gaps = [start(b) - start(a) - thick(a) for a, b in pairwise(ordered)]
        if min(gaps) < -0.5 or sum(g > 0.08 * thick(ordered[0]) for g in gaps) < 0.5 * len(gaps):
            continue
        if max(gaps) > 12 * thick(ordered[0]) + 40:
            continue
        result.append(ordered)
    return result


def _area(page: Page, shades: Sequence[Shade], bars: Sequence[Shade], lying: bool) -> Box:
    x0, x1 = min(s.x0 for s in bars), max(s.x1 for s in bars)
    top, bottom = min(s.top for s in bars), max(s.bottom for s in bars)
    around = [s for s in shades if s not in bars and s.x0 <= x0 and s.x1 >= x1 and s.top <= top and s.bottom >= bottom]
    around = [s for s in around if (s.x1 - s.x0) * (s.bottom - s.top) < 0.7 * page.width * page.height]
    if around:
        panel = max(around, key=lambda s: (s.x1 - s.x0) * (s.bottom - s.top))
        return Box(panel.x0, panel.top, panel.x1, panel.bottom)
    framed = _frame(page, Box(x0, top, x1, bottom))
    if framed:
        return framed
    pitch = _pitch(bars, lying)
    if lying:
        near = [w for w in page.words if top - 0.6 * pitch < (w.top + w.bottom) / 2 < bottom + 0.6 * pitch]
        left = min([w.x0 for w in near if w.x1 <= x0 + 2], default=x0)
        right = max([w.x1 for w in near if w.x0 >= x0], default=x1)
        return Box(left - 1, top - 0.3 * pitch, max(right, x1) + 1, bottom + 0.3 * pitch)
    under = [w for w in page.words if bottom - 1 <= w.top < bottom + 30 and x0 - pitch < w.mid < x1 + pitch]
    first = min((w.top for w in under), default=0.0)
    below = [w for w in under if w.size < 10 or (w.size <= LABEL and w.top <= first + 2)]
    floor = max([w.bottom for w in below], default=bottom)
    return Box(x0 - 0.6 * pitch, top - 14, x1 + 0.6 * pitch, floor + 1)


def _frame(page: Page, inner: Box) -> Box | None:
    """A drawn frame around the bars: four rules, none of which runs through them."""
    across = [r for r in page.rules if r.horizontal and r.lo <= inner.x0 + 1 and r.hi >= inner.x1 - 1]
    upright = [r for r in page.rules if not r.horizontal and r.lo <= inner.top + 1 and r.hi >= inner.bottom - 1]
    above = [r.at for r in across if r.at <= inner.top]
    below = [r.at for r in across if r.at >= inner.bottom]
    left = [r.at for r in upright if r.at < inner.x0 - 8]
    right = [r.at for r in upright if r.at >= inner.x1]
    if above and below and left and right:
        return Box(max(left), max(above), min(right), min(below))
    return None


def _pitch(bars: Sequence[Shade], lying: bool) -> float:
    middles = sorted((s.top + s.bottom) / 2 if lying else (s.x0 + s.x1) / 2 for s in bars)
    return min((b - a for a, b in pairwise(middles)), default=20.0)


def _looks_like_table(page: Page, chart: _Chart) -> bool:
    """Shaded cells hold words; of a chart's bars few do, and what stands in them is one number."""
    filled = 0
    for s in chart.bars:
        inside = [w.text for w in page.words if s.x0 < w.mid < s.x1 and s.top < (w.top + w.bottom) / 2 < s.bottom]
        filled += bool(inside) and not _NUMBER.match(" ".join(inside))
    return filled > 0.3 * len(chart.bars)


def _inside(page: Page, box: Box) -> list[Word]:
    return [w for w in page.words if box.x0 - 1 <= w.mid <= box.x1 + 1 and box.top - 1 <= w.base <= box.bottom + 2]


def _title(page: Page, chart: _Chart) -> tuple[str | None, Line | None]:
    """The line of words above the bars, within the frame or just over it."""
    first = min(s.top for s in chart.bars)
    highest = [ln for ln in lines_of(_inside(page, chart.box)) if ln.bottom <= first - 1 and not _numbers_only(ln)]
    if highest:
        return joined(highest[0].words), highest[0]
    over = [
        ln for ln in lines_of(page.words)
        if 0 <= chart.box.top - ln.bottom < 60 and ln.x0 < chart.box.x1 and ln.x1 > chart.box.x0
    ]  # fmt: skip
    return (joined(over[-1].words), over[-1]) if over and len(over[-1].words) <= 18 else (None, None)


def _numbers_only(line: Line) -> bool:
    return all(_NUMBER.match(w.text) for w in line.words)


def _read(page: Page, chart: _Chart, language: str, outline: Outline) -> list[Figure]:
    title, title_line = _title(page, chart)
    skip = {id(w) for w in title_line.words} if title_line else set()
    words = [w for w in _inside(page, chart.box) if id(w) not in skip]
    pitch = _pitch(chart.bars, chart.lying)
    figures: list[Figure] = []
    ordered = sorted(chart.bars, key=lambda s: s.top if chart.lying else s.x0)
    for bar in ordered:
        label, value = (_lying if chart.lying else _standing)(bar, words, pitch)
        if not label or not value:
            continue
        text = joined(value)
        read = printed_number(text.strip("() "), language)
        if read is None:
            continue
        unit = (
            "percent"
            if "%" in text or (title and re.search(r"%|percent|procent|prozent|pour cent", title))
            else "count"
        )
        where = outline.at(page.number, bar.top)
        figures.append(
            Figure(
                kind="chart",
                organisation=where.organisation,
                printed=text,
                value=read,
                unit=unit,
                row_labels=(join_lines("\n".join(joined(ln.words) for ln in lines_of(label)), Counter()),),
                column_labels=(),
                place=_place(page, value),
                method=METHOD,
                section=where.section,
                table_id=f"p{page.number}-chart-{round(chart.box.top)}",
                table_title=title,
                label_places=(_place(page, label),),
                confidence=0.95,
                years=tuple(sorted(set(_years(title or "")))),
            )
        )
    return figures


def _years(text: str) -> list[str]:
    return re.findall(r"\b(?:19|20)\d\d\b", text)


def _place(page: Page, words: Sequence[Word]) -> Place:
    box = Box(
        min(w.x0 for w in words), min(w.top for w in words), max(w.x1 for w in words), max(w.bottom for w in words)
    )
    return Place(page.number, page.seen(box))


def _lying(bar: Shade, words: Sequence[Word], pitch: float) -> tuple[list[Word], list[Word]]:
    middle = (bar.top + bar.bottom) / 2
    level = [w for w in words if abs((w.top + w.bottom) / 2 - middle) <= 0.5 * max(pitch, bar.bottom - bar.top)]
    label = [w for w in level if w.x1 <= bar.x0 + 2]
    on_line = [w for w in level if abs((w.top + w.bottom) / 2 - middle) <= 0.5 * (bar.bottom - bar.top) + 2]
    after = sorted((w for w in on_line if w.x0 >= bar.x0 - 1 and w not in label), key=lambda w: w.x0)
    value: list[Word] = []
    for word in after:
        if not value:
            if _NUMBER.match(word.text):
                value.append(word)
        elif word.x0 - value[-1].x1 < 0.5 * word.size and re.match(r"^(?:%|\d{3}\b)", word.text):
            value.append(word)
        else:
            break
    if not value and label and _NUMBER.match(label[-1].text) and len(label) > 1:
        value, label = [label[-1]], label[:-1]
    return label, value


def _standing(bar: Shade, words: Sequence[Word], pitch: float) -> tuple[list[Word], list[Word]]:
    middle = (bar.x0 + bar.x1) / 2
    reach = 0.5 * max(pitch, bar.x1 - bar.x0)
    level = [w for w in words if abs(w.mid - middle) <= reach]
    label = [w for w in level if w.top >= bar.bottom - 1]
    numbers = [w for w in level if _NUMBER.match(w.text) and w.top < bar.bottom - 1]
    above = [w for w in numbers if 0 <= bar.top - w.bottom + 3 <= 3 * w.size]
    within = [w for w in numbers if w.top >= bar.top - 1]
    value = max(above, key=lambda w: w.bottom, default=None) or min(within, key=lambda w: w.top, default=None)
    return label, [value] if value else []
