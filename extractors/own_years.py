"""The year that a sentence gives one of its numbers."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.turns import MOVED

_I = re.IGNORECASE
_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?![\d%]|[.,]\d)")
_IN_YEAR = re.compile(
    r"^\s?,?\s?(?:in|en|im\sjahr|im\sjahre|pour|voor|für|for|during)\s(?:20|19)\d\d\b|^\s?\((?:in\s|"
    r"en\s)?(?:20|19)\d\d\)",
    _I,
)
_CLAUSE = re.compile(
    r";\s|,?\s(?:terwijl|tegenover|vergeleken|tandis\sque|alors\sque|contre|während|gegenüber|while|"
    r"whereas|compared|against|down\sfrom|up\sfrom)\b|"
    r",\s(?:in|en|im\sjahr)\s(?=(?:19|20)\d\d)|\s(?:en|et|und|and)\s(?=(?:in|en|im\sjahr)\s(?:19|20)\d\d)",
    _I,
)
_COMPARED = re.compile(
    r"(?:ten\sopzichte\svan|in\svergelijking\smet|vergeleken\smet|in\sverhouding\stot|dan|als|than|"
    r"qu['’]en|que|par\srapport\sà|gegenüber|im\svergleich\szu|compared\s(?:to|with)|"
    r"tegenover|contre|against|\w*rapport\s(?:van|over))\s(?:\w+\s){0,2}$",
    _I,
)


_THEN = re.compile(r"\b((?:19|20)\d\d),?\s(?:toen|damals|when|als)\b(?:(?!(?:19|20)\d\d)[^.;]){0,40}$", _I)
_ASIDE = re.compile(
    r"\b((?:19|20)\d\d)(?:,\s|\s[-–—]\s?)(?:waarbij|waarin|où|wobei|in\sdem|in\swhich|when)\b(?:(?!(?:19|20)\d\d)[^.;]){0,40}$",
    _I,
)
"""`ten opzichte van 2021 – waarbij 42% (of 179 klachten)`: an aside is about the year that it follows."""
_NEAR = re.compile(
    r"^(\s(?!(?:en|et|und|and|of|naar|à|to|auf|waren|sont|war)\b)[^\d.;,()]{2,40}?\b(?:in|en|im\sjahr)\s)((?:19|20)\d\d)\b",
    _I,
)
_OF_YEAR = re.compile(r"^\s[^\W\d]{4,}\s(?:van|de|von|of|aus|uit)\s((?:19|20)\d\d)\b", _I)
"""`de 1.063 contacten van 2019`"""
_TAKEN = re.compile(r"\d\)?\s(?:in|en|im\sjahr)\s$", _I)


_FROM = re.compile(r"\b(?:van|de|von|from)\s(?:(?:nog|nur|only)\s)?$", _I)
_TO = re.compile(r"^\s(?:[^\W\d]+\s){0,2}?(?:naar|tot|à|auf|to)\s(?:(?:nog|slechts|nur|only)\s)?", _I)


def years_for(sentence: str, start: int, end: int, reporting_year: int | None = None) -> tuple[str, ...]:
    """The year that the sentence gives the number: beside it, in its clause, or in an earlier clause that holds on.

    The first of `van 28 naar acht` is last year's, where the sentence dates neither; so is `64 een jaar eerder`.
    """
    if _FROM.search(sentence[:start]) and (to := _TO.match(sentence[end:])):
        dated = re.match(r"[\w.]+\s(?:in|en|im\sjahr)\s((?:19|20)\d\d)\b", sentence[end + to.end() :], _I)
        last = int(dated.group(1)) if dated else reporting_year
        if last is not None and (MOVED.search(sentence[:start]) or "naar" in to.group()):
            return (str(last - 1),)
    if reporting_year is not None and (_YEAR_BEFORE.search(sentence[:start]) or _BEFORE_THAT.match(sentence[end:])):
        earlier = [y.group() for y in _YEAR.finditer(sentence[:start]) if not _COMPARED.search(sentence[: y.start()])]
        return (str(int(earlier[-1] if earlier else reporting_year) - 1),)
    return _said(sentence, start, end)


_YEAR_BEFORE = re.compile(
    r"(?:^|[;,:]\s)(?:(?!(?:als|dan|than|que)\s)[^\W\d]+\s){0,3}?(?:(?:een|het)\sjaar\s(?:eerder|voordien|ervoor|tevoren)|vorig\sjaar|l['’]année\s(?:précédente|d['’]avant)|"
    r"un\san\s(?:plus\stôt|auparavant)|im\svorjahr|ein\sjahr\szuvor|(?:a|the)\syear\s(?:earlier|before)|"
    r"(?:in\s)?the\sprevious\syear|last\syear)\b[^.;:\d]{0,60}(?:\d[\d.]*[^.;:\d]{0,60}\(\s?)?$",
    _I,
)
_BEFORE_THAT = re.compile(
    r"^\s?(?:%|procent|prozent|per\scent)?(?:\s?\(\d[\d.]*\)|\))?\s(?:(?!(?:als|dan|than|que)\s)[^\W\d]+\s){0,2}?"
    r"(?:het\sjaar\s(?:voordien|ervoor|tevoren|daarvoor)|een\sjaar\seerder|vorig\sjaar|"
    r"l['’]année\sprécédente|un\san\splus\stôt|im\svorjahr|im\sjahr\szuvor|ein\sjahr\szuvor|"
    r"(?:in\s)?the\s(?:year\sbefore|previous\syear)|the\syear\searlier|last\syear)\b",
    _I,
)


def _said(sentence: str, start: int, end: int) -> tuple[str, ...]:
    tight = _IN_YEAR.match(sentence[end:])
    if tight:
        year = _YEAR.search(tight.group())
        if year:
            return (year.group(),)
    of_year = _OF_YEAR.match(sentence[end:])
    if of_year:
        return (of_year.group(1),)
    then = _THEN.search(sentence[:start]) or _ASIDE.search(sentence[:start])
    if then:
        return (then.group(1),)
    near = _NEAR.match(sentence[end:])
    joined = near and re.search(r"\b(?:en|et|und|and)\s(?:in|im\sjahr)\s$", near.group(1), _I)
    than = near and re.search(r"\b(?:dan|than|als|que|qu)\b", near.group(1), _I)
    if near and not joined and not than and not _COMPARED.search(near.group(1)):
        return (near.group(2),)
    # a year that stands right after another number is that number's own
    years = [
        y for y in _YEAR.finditer(sentence) if not start <= y.start() < end and not _TAKEN.search(sentence[: y.start()])
    ]
    beside = [y for y in years if re.fullmatch(r"\s?[(:]\s?|\s[^\d.;,]{0,28}\s", sentence[y.end() : start] or "x")]
    if beside and re.search(r"[(:]\s?$|\b(?:er|es|were|nog)\s$|^\s$", sentence[beside[-1].end() : start]):
        return (beside[-1].group(),)
    cuts = [0, *(m.start() for m in _CLAUSE.finditer(sentence)), len(sentence)]
    spans = list(pairwise(cuts))
    mine = next((k for k, (a, b) in enumerate(spans) if a <= start < b), 0)
    for k in range(mine, -1, -1):
        low, high = spans[k]
        own = [y for y in years if low <= y.start() < high]
        own = [y for y in own if k == mine or not _COMPARED.search(sentence[: y.start()])]
        plain = [y for y in own if not _COMPARED.search(sentence[max(0, y.start() - 40) : y.start()])]
        if (
            not plain
            and own
            and re.match(r",?\s(?:tegenover|contre|gegenüber|against|compared|down|up|vergeleken)", sentence[low:high])
        ):
            plain = own
        if plain:
            earlier = [y for y in plain if y.end() <= start]
            later = [y for y in plain if y.start() >= end]
            if k != mine:
                return (plain[-1].group(),)
            return ((earlier[-1] if earlier else later[0]).group(),)
        if re.match(
            r",?\s(?:tegenover|contre|gegenüber|against|compared|down|up|terwijl|während|while)", sentence[low:high]
        ):
            return ()
    return ()
