"""Printed numbers the European way: `1.899` is 1899, `8,3%` is 8.3 percent, `17,3 dagen` is 17.3 days.

A blank, `-`, `/` or `n.v.t.` is no number and never zero. What a separator means is decided by the language, and where
that leaves doubt (`223,864`) by the other numbers of the same column. Number words are read in `number_words`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_UNIT_WORDS: dict[str, str] = {
    "percent": "% pct procent percent prozent per_cent pour_cent p.c.",
    "permille": "‰",
    "days": "dag dagen dgn werkdagen kalenderdagen jour jours jours_ouvrables tag tage tagen arbeitstage "
    "day days working_days",
    "hours": "uur uren heure heures stunde stunden hour hours",
    "minutes": "minuut minuten min min. minute minutes",
    "seconds": "seconde seconden secondes sekunden second seconds sec sec.",
    "weeks": "week weken semaine semaines woche wochen weeks",
    "months": "maand maanden mois monat monate month months",
    "eur": "€ eur euro euros",
    "chf": "chf fr.",
    "gbp": "£ gbp",
    "usd": "$",
}
UNITS = {word.replace("_", " "): unit for unit, words in _UNIT_WORDS.items() for word in words.split()}
"""What is printed beside a number, to the unit's name."""
SCALE: dict[str, tuple[str, float]] = {
    "hours": ("seconds", 3600.0),
    "minutes": ("seconds", 60.0),
    "weeks": ("days", 7.0),
    "permille": ("percent", 0.1),
}
"""Units that are published in another one, with the factor. Months have no fixed length and stay months."""
HEADER_UNITS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.I), unit)
    for pattern, unit in (
        (r"%|\bpct\b|\bprocent|\bpercent|\bpour ?cent|\bprozent|\baandeel\b|\bpart en\b|\banteil\b", "percent"),
        (r"^(?:aantal|nombre|anzahl|number)\b", "count"),
        (
            r"(?:doorlooptijd|behandeltijd|lead time|durée|dauer)\b.*\b(?:dagen|days|jours|tage)|"
            r"\bin (?:werk|kalender)?dagen\b|\ben jours\b|\bin tagen\b|\bin (?:working )?days\b|"
            r"^(?:aantal )?(?:werk)?dagen$|^jours$|^tage$|^days$",
            "days",
        ),
        (r"\bin (?:euro|eur|€)|\(?€\)?|\beuros?\b", "eur"),
        (r"\bchf\b|\bfranken\b", "chf"),
        (r"\bscore\b|\bnote\b(?= sur)|\brapportcijfer\b", "score"),
    )
)  # fmt: skip

_BODY = r"\d{1,3}(?:[.'’\u00a0\u202f\u2009 ]\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
_MARKS = re.compile(r"[⁰¹²³⁴-⁹]+$|\s+[⁰¹²³⁴-⁹]+\s*$")
_PRINTED = re.compile(
    rf"^(?P<mark>[~±≈<>≤≥(\[]*)\s*(?P<money>€|£|\$|EUR|CHF|Fr\.)?\s*(?P<sign>[+\-–−])?\s?(?P<body>{_BODY})"
    r"\s*(?P<unit>%|‰|€|£|[a-zA-Zé.]+(?: [a-z]+)?)?\s*[)\]]?\s*(?:[*†‡]+|\(!\))?\.?$"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as meant: its value, the unit printed with it (or None), and whether a separator left doubt."""

    value: float
    unit: str | None
    doubtful: bool = False


def parse(text: str, language: str = "nl", decimals: bool | None = None) -> Number | None:
    """The one number that `text` is, or None when it is something else (words, blank, a dash, several numbers).

    `decimals` says of the column that its numbers carry decimals (True), that they do not (False), or nothing (None).
    """
    text = _MARKS.sub("", text.replace("\n", " ")).strip()
    match = _PRINTED.match(text)
    if not match:
        return None
    unit = None
    printed_unit = match["unit"] or match["money"]
    if printed_unit:
        unit = UNITS.get(printed_unit.lower()) or UNITS.get(printed_unit.lower().rstrip("."))
        if unit is None:
            return None
    value, doubtful = _value(match["body"], language, decimals if unit in (None, "count") else None)
    if match["sign"] in ("-", "–", "−"):
        value = -value
    if unit in SCALE:
        unit, factor = SCALE[unit]
        value *= factor
    return Number(round(value, 9), unit, doubtful)


def _value(body: str, language: str, decimals: bool | None) -> tuple[float, bool]:
    """The value of the digits and separators, and whether another reading would be possible."""
    body = re.sub(r"[\s'’\u00a0\u202f\u2009]", "", body)
    comma, point = body.count(","), body.count(".")
    if comma and point:  # the last one printed is the decimal sign
        decimal = "," if body.rindex(",") > body.rindex(".") else "."
        other = "." if decimal == "," else ","
        return float(body.replace(other, "").replace(decimal, ".")), False
    if not comma and not point:
        return float(body), False
    sign = "," if comma else "."
    if body.count(sign) > 1:
        return float(body.replace(sign, "")), False
    whole, part = body.split(sign)
    thousands_sign = "," if language == "en" else "."
    if len(part) != 3 or len(whole) > 3 or whole == "0" or whole.startswith("0"):
        return float(f"{whole}.{part}"), False
    # three digits behind one sign: thousands or decimals
    if sign == thousands_sign:
        return (float(f"{whole}.{part}"), True) if decimals else (float(whole + part), False)
    return (float(whole + part), True) if decimals is False else (float(f"{whole}.{part}"), True)


def has_decimals(texts: Sequence[str], language: str = "nl") -> bool | None:
    """Whether a column's numbers carry decimals, judged by those whose separators leave no doubt; None without any."""
    plain = fractions = 0
    for text in texts:
        number = parse(text, language)
        if number is None or number.doubtful or number.unit not in (None, "count"):
            continue
        if number.value != int(number.value):
            fractions += 1
        else:
            plain += 1
    if not plain and not fractions:
        return None
    return fractions > 0.2 * (plain + fractions)


def header_unit(labels: Sequence[str]) -> str | None:
    """The unit that header labels name, innermost first, or None."""
    for label in reversed(labels):
        for pattern, unit in HEADER_UNITS:
            if pattern.search(label):
                return unit
    return None
