"""Periods in labels: years, halves, quarters, months and dates, in Dutch, French, German and English.

Pure functions on strings. A label may give a whole period (`2021`, `2e kwartaal 2022`) or a part that another label
completes (`Q1 - Q2`); `combine` puts the parts together. What a label says besides its period is handed back as `rest`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ontology.text import fold, word_set

_MONTH_WORDS = {
    1: "jan januari janvier janv januar january janner jaenner",
    2: "feb febr februari fevrier fevr fev februar february",
    3: "mrt maa maart mar mars maerz marz mrz march",
    4: "apr april avril avr",
    5: "mei mai may",
    6: "jun juni juin june",
    7: "jul juli juillet juil july",
    8: "aug augustus aout august",
    9: "sep sept september septembre",
    10: "okt oct oktober octobre october",
    11: "nov november novembre",
    12: "dec december decembre dez dezember",
}
MONTHS = {word: month for month, words in _MONTH_WORDS.items() for word in words.split()}
_ORDINALS = {
    1: "1 1e 1ste 1er 1ere 1st i eerste premier premiere erstes erste erster first",
    2: "2 2e 2de 2eme 2nd 2e ii tweede deuxieme second seconde zweites zweite zweiter",
    3: "3 3e 3de 3eme 3rd iii derde troisieme drittes dritte dritter third",
    4: "4 4e 4de 4eme 4th iv vierde quatrieme viertes vierte vierter fourth",
}
_ORDINAL = {word: n for n, words in _ORDINALS.items() for word in words.split()}
_QUARTER_WORDS = word_set("""kwartaal trimester trimestre quartal quarter kw trim qtr""")
_HALF_WORDS = word_set("""semester semestre halbjahr halfjaar jaarhelft helft half half-year halfyear""")
_LETTERED = re.compile(
    r"\b([qkts])\s?([1-4])\b(?:\s*(?:-|/|\+|&|tot|tem|t/m|a|bis|to|en|et|und|and)\s*\1?\s?([1-4])\b)?"
)
_HALF_LETTER = re.compile(r"\bh\s?([12])\b")
_YEAR = r"(?:19[5-9]\d|20\d\d)"
_SPAN = re.compile(rf"\b({_YEAR})\s*(?:-|/|tot en met|tot|t/m|tem|t\.e\.m\.|a|bis|to|until)\s*({_YEAR}|\d\d)\b")
_SINGLE = re.compile(rf"(?<![\d.,]){_YEAR}(?![\d.,]\d|\d)")
_DATE = re.compile(rf"\b(\d{{1,2}})[/.-](\d{{1,2}})[/.-]({_YEAR})\b")
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
# "april 2022 - maart 2023": months of two years
_MONTHS_APART = re.compile(
    rf"\b({_NAMES})\.? ({_YEAR})\s*(?:-|/|tot en met|tot|t/m|tem|a|au|bis|to|until)\s*({_NAMES})\.? ({_YEAR})\b"
)
_LAST_YEAR = re.compile(
    r"\b(?:vorig jaar|voorgaand jaar|annee precedente|annee anterieure|vorjahr|previous year|last year|n-1)\b"
)
_CONNECTORS = word_set("""- tot en met t/m tem t.e.m. a au bis to until of de du van from et und and""")


@dataclass(frozen=True, slots=True)
class Part:
    """What one label says on time; `months` is the first and last month, `days` an exact span."""

    first_year: int | None = None
    last_year: int | None = None
    months: tuple[int, int] | None = None
    days: tuple[date, date] | None = None
    previous: bool = False
    rest: str = ""

    @property
    def found(self) -> bool:
        """Whether the label says anything on time."""
        return bool(self.first_year or self.months or self.days or self.previous)


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both included."""

    start: date
    end: date


def read_part(label: str) -> Part:
    """What a label says on time, and the `rest` of the label: `Klachten 2021` gives the year 2021 and `Klachten`."""
    text = " ".join(label.replace("\u00a0", " ").split())
    folded = fold(text)
    if len(folded) != len(text):  # a footnote mark was dropped: offsets count in the folded text
        text = folded
    dates = list(_DATE.finditer(folded))
    if len(dates) == 2 and (days := _days(dates)):
        return Part(days=days, rest=_tidy(_cut(text, dates[0].start(), dates[1].end())))
    if (months_apart := _MONTHS_APART.search(folded)) and (days := _month_span(months_apart)):
        return Part(days=days, rest=_tidy(_cut(text, *months_apart.span())))
    if len(dates) == 1:  # "as of 31.12.2022": the year that it closes or falls in
        year = int(dates[0][3])
        return Part(year, year, rest=_tidy(_cut(text, *dates[0].span())))
    first, last, text, folded = _years(text, folded)
    months, text, folded = _months_of(text, folded)
    previous = False
    if first is None and (found := _LAST_YEAR.search(folded)):
        previous = True
        text = _cut(text, found.start(), found.end())
    return Part(first, last, months, None, previous, _tidy(text))


def years_in(text: str) -> tuple[int, ...]:
    """The single years that a title names, in order; a span such as 2020-2022 gives none."""
    folded = fold(text)
    spans = [m.span() for m in _SPAN.finditer(folded)]
    return tuple(int(m.group()) for m in _SINGLE.finditer(folded) if not any(a <= m.start() < b for a, b in spans))


def combine(parts: Iterable[Part], default_year: int, reporting_year: int, country: str = "") -> Period:
    """The period of a number from the parts that its labels give; the inner (later) part wins.

    `default_year` stands in when no part names a year. A split year such as 2022/23 is the British financial year from
    April where the country is GB or UK, else both whole years.
    """
    first = last = None
    months: tuple[int, int] | None = None
    for part in parts:
        if part.days:
            return Period(*part.days)
        if part.first_year:
            first, last = part.first_year, part.last_year or part.first_year
        elif part.previous:
            first = last = reporting_year - 1
        if part.months:
            months = part.months
    if first is None or last is None:
        first = last = default_year
    if last == first + 1 and months is None and country in ("GB", "UK"):
        return Period(date(first, 4, 1), date(last, 3, 31))
    start, end = months or (1, 12)
    return Period(date(first, start, 1), date(last, end, calendar.monthrange(last, end)[1]))


def _days(found: list[re.Match[str]]) -> tuple[date, date] | None:
    try:
        first, last = (date(int(m[3]), int(m[2]), int(m[1])) for m in found)
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _month_span(found: re.Match[str]) -> tuple[date, date] | None:
    last, year = MONTHS[found[3]], int(found[4])
    days = date(int(found[2]), MONTHS[found[1]], 1), date(year, last, calendar.monthrange(year, last)[1])
    return days if days[0] <= days[1] else None


def _years(text: str, folded: str) -> tuple[int | None, int | None, str, str]:
    if span := _SPAN.search(folded):
        first = int(span[1])
        last = int(span[2]) if len(span[2]) == 4 else first // 100 * 100 + int(span[2])
        if first < last <= first + 60:
            return first, last, _cut(text, *span.span()), _cut(folded, *span.span())
    if single := _SINGLE.search(folded):
        year = int(single.group())
        return year, year, _cut(text, *single.span()), _cut(folded, *single.span())
    return None, None, text, folded


def _months_of(text: str, folded: str) -> tuple[tuple[int, int] | None, str, str]:
    if found := _LETTERED.search(folded):
        letter, one, two = found[1], int(found[2]), int(found[3] or found[2])
        if letter == "s":
            half = (one, two) if two <= 2 else None
            months = ((half[0] - 1) * 6 + 1, half[1] * 6) if half else None
        else:
            months = ((one - 1) * 3 + 1, two * 3)
        if months and months[0] < months[1]:
            return months, _cut(text, *found.span()), _cut(folded, *found.span())
    if found := _HALF_LETTER.search(folded):
        half_year = int(found[1])
        return ((half_year - 1) * 6 + 1, half_year * 6), _cut(text, *found.span()), _cut(folded, *found.span())
    words = [(m.group(), m.start(), m.end()) for m in re.finditer(r"[^\s,;:()]+", folded)]
    for i, (word, start, end) in enumerate(words):
        kind = 3 if word.rstrip(".") in _QUARTER_WORDS else 6 if word.rstrip(".") in _HALF_WORDS else 0
        if not kind:
            continue
        for j in (i - 1, i + 1):
            if 0 <= j < len(words) and (n := _ORDINAL.get(words[j][0].rstrip(".°)"))) and n <= 12 // kind:
                a, b = min(start, words[j][1]), max(end, words[j][2])
                return ((n - 1) * kind + 1, n * kind), _cut(text, a, b), _cut(folded, a, b)
    return _named_months(text, folded, words)


def _named_months(text: str, folded: str, words: list[tuple[str, int, int]]) -> tuple[tuple[int, int] | None, str, str]:
    """Names of months. An abbreviation counts only where the label says nothing else (`Mar`, `jan-mrt 2022`)."""
    pieces = [(m.group(), m.start(), m.end()) for m in re.finditer(r"[a-z]+", folded)]
    named = [(MONTHS[w], a, b, len(w) > 4) for w, a, b in pieces if w in MONTHS]
    others = [w for w, _, _ in pieces if w not in MONTHS and w not in _CONNECTORS and w not in ("t", "m", "e")]
    if not named or (others and not all(long for *_, long in named)):
        return None, text, folded
    if len(named) > 2 or (len(named) == 2 and named[0][0] >= named[1][0]):
        return None, text, folded
    a, b = named[0][1], named[-1][2]
    return (named[0][0], named[-1][0]), _cut(text, a, b), _cut(folded, a, b)


def _cut(text: str, start: int, end: int) -> str:
    return text[:start] + " " + text[end:]


def _tidy(text: str) -> str:
    text = re.sub(r"\(\s*\)|\[\s*\]", " ", text)
    return " ".join(text.split()).strip(" -–—:;,./'")
