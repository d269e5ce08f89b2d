"""Numbers in running text, in figures and in words, in Dutch, French, German and English.

An article is no number: `een`, `un`, `ein`, `a` are left alone; `één` (with its accents), `one` and numbers above one
are read. Fractions in words (`half`, `un tiers`) are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from text_to_num import text2num

_UNITS = {
    "nl": "nul|één|eén|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|"
    "zeventien|achttien|negentien|twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|honderd|duizend|"
    "miljoen|miljard|ën|en",
    "de": "null|eins|einen|einer|eine|ein|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|"
    "vierzehn|fünfzehn|sechzehn|siebzehn|achtzehn|neunzehn|zwanzig|dreißig|dreissig|vierzig|fünfzig|sechzig|siebzig|achtzig|"
    "neunzig|hundert|tausend|million|millionen|und",
}
_WORDS = {
    "fr": "zéro|une|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|"
    "trente|quarante|cinquante|soixante|septante|huitante|octante|nonante|cents?|mille|millions?|milliards?",
    "en": "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion",
}
_TENS = {"nl": "honderd|duizend|miljoen|miljard", "de": "hundert|tausend|million|millionen"}


def _compounds(units: str, tens: str) -> re.Pattern[str]:
    """Numbers written as one word: `tweehonderdvijfentwintig`, `dreiundzwanzig`."""
    return re.compile(rf"(?<![\w\-])(?:{units})+(?:\s+(?:{tens})(?:\s+(?:{units})+)*)*(?![\w\-])", re.IGNORECASE)


def _phrases(words: str, glue: str) -> re.Pattern[str]:
    """Numbers written as several words: `quatre-vingt-dix-sept`, `one hundred and six`."""
    return re.compile(rf"(?<![\w\-])(?:{words})(?:[\s\-](?:{glue}[\s\-])?(?:{words}))*(?![\w\-])", re.IGNORECASE)


_PATTERNS = {
    "nl": _compounds(_UNITS["nl"], _TENS["nl"]),
    "de": _compounds(_UNITS["de"], _TENS["de"]),
    "fr": _phrases(_WORDS["fr"], "et"),
    "en": _phrases(_WORDS["en"], "and"),
}
_ARTICLES = {
    "nl": {"een", "en", "ën"}, "fr": {"un", "une"}, "de": {"ein", "eine", "einen", "einer", "und"}, "en": set(),
}  # fmt: skip
_BIG = {
    "miljoen": 1e6, "miljard": 1e9, "million": 1e6, "millions": 1e6, "millionen": 1e6, "mio": 1e6, "milliard": 1e9,
    "milliards": 1e9, "milliarden": 1e9, "billion": 1e9, "duizend": 1e3, "thousand": 1e3, "tausend": 1e3, "mille": 1e3,
}  # fmt: skip
_DIGITS = re.compile(r"(?<![\w.,/\-–'’])[+\-−]?(?:\d{1,3}(?:[\u202f\u00a0]\d{3})+(?:,\d+)?|\d+(?:[.,'’]\d+)*)(?![\d])")
_SPACED = re.compile(r"(?<![\w.,/\-–'’])(?<!\d\s)\d{1,3}(?:[ \u202f\u00a0]\d{3})+(?:,\d+)?(?![\d])(?!\s\d)")
"""Thousands set apart by a blank: French practice; elsewhere a blank parts two numbers."""


LONGEST = 15
"""Digits and separators of the longest number read; longer strings of figures are codes."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A number in a text: characters `start` to `end`, its value, and whether it stood as a word."""

    start: int
    end: int
    text: str
    value: float
    word: bool


def printed_number(text: str, language: str) -> float | None:
    """The value of one number in figures (`1.899`, `45,5 %`, `1 234`), None when it is no such thing.

    A separator followed by three digits groups thousands where the language uses it so; any other marks decimals.
    """
    bare = re.sub(r"[%\s\u202f\u00a0’']", "", text.strip()).lstrip("+<>±~")
    sign = -1.0 if bare[:1] in "-−" else 1.0
    bare = bare.lstrip("-−")
    if len(bare) > LONGEST or not re.fullmatch(r"\d+(?:[.,]\d+)*", bare):
        return None
    points, commas = bare.count("."), bare.count(",")
    if points and commas:
        decimal = "." if bare.rfind(".") > bare.rfind(",") else ","
        bare = bare.replace("," if decimal == "." else ".", "").replace(decimal, ".")
    elif points or commas:
        mark = "." if points else ","
        groups = bare.split(mark)
        grouped = all(len(g) == 3 for g in groups[1:]) and 1 <= len(groups[0]) <= 3 and groups[0] != "0"
        thousands = mark == ("," if language == "en" else ".")
        if grouped and (thousands or len(groups) > 2):
            bare = "".join(groups)
        elif len(groups) == 2:
            bare = ".".join(groups)
        else:
            return None
    try:
        return sign * float(bare)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def word_number(text: str, language: str) -> float | None:
    """The value of a number in words, None when the words are none or only an article."""
    low = text.casefold().strip()
    if low in _ARTICLES.get(language, set()):
        return None
    if language == "nl":
        low = low.replace("één", "een").replace("eén", "een").replace("ën", "en")
    if language == "de":
        low = low.replace("dreissig", "dreißig")
    if low in {"een", "eins"}:
        return 1.0
    if language == "en" and low == "one":
        return 1.0
    try:
        return float(text2num(low, language if language in _PATTERNS else "en"))
    except ValueError:
        return None


def mentions(text: str, language: str) -> Iterator[Mention]:
    """All numbers in `text`, in order of their place; figures followed by `million` and the like are one number."""
    found: list[Mention] = []
    hits = list(_DIGITS.finditer(text))
    if language == "fr":
        wide = list(_SPACED.finditer(text))
        hits = wide + [h for h in hits if not any(w.start() <= h.start() < w.end() for w in wide)]
    for hit in hits:
        raw = hit.group()
        value = printed_number(raw, language)
        if value is None:
            continue
        end = hit.end()
        big = re.match(r"\s+([A-Za-zé]+)\b\.?", text[end:])
        if big and big.group(1).casefold() in _BIG:
            value *= _BIG[big.group(1).casefold()]
            end += big.end(1)
        found.append(Mention(hit.start(), end, text[hit.start() : end], value, False))
    pattern = _PATTERNS.get(language)
    if pattern is not None:
        for hit in pattern.finditer(text):
            if any(m.start <= hit.start() < m.end for m in found):
                continue
            value = word_number(hit.group(), language)
            if value is not None:
                found.append(Mention(hit.start(), hit.end(), hit.group(), value, True))
    return iter(sorted(found, key=lambda m: m.start))
