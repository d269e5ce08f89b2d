"""What a printed token looks like to a table reader: a number, a sign for a missing number, or text."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"""^[(\[]?[<>≤≥~±+\-–−]?\s?(?:€|£|\$|EUR|CHF)?\s?
    \d{1,3}(?:[.,'’ \u00a0\u202f]?\d{3})*(?:[.,]\d+)?   # digits, thousands marks, decimals
    \s?(?:%|‰|€|pct\.?|procent|prozent|percent|per\ cent|pour\ ?cent|euro
       |dagen|dgn|jours|days|Tage|d|u|min|p\.?m\.?)?
    [)\]]?[*†‡¹²³⁴⁵⁶⁷⁸⁹]*\.?$""",
    re.X | re.I,
)
_SHORT = re.compile(r"\s?(?:procent|pct\.?|percent|prozent|pour ?cent|per ?cent)$", re.I)
MISSING = frozenset(
    (
        "-", "–", "—", "−", "--", "−−", "---", "–––", "——", "/", ".", "..", "...", "....", "…", ":", "x", "*", "†", "‡",
        "#",
        "n.v.t.", "nvt", "n.b.", "n/a", "N/A", "na", "NA", "n.a.", "n.d.", "s.o.", "k.a.", "k.A.",
        "(X)", "(NA)", "(D)", "(S)", "(Z)", "(B)",
    )
)  # fmt: skip
"""Signs that stand where a number could: not known, not applicable, nil. They are never read as zero."""
HYPHENS = ("-", "\u2010", "\u00ad")
"""What stands at the end of a line whose last word goes on below."""

_PAIR = re.compile(r"^(?P<first>\S+)\s*\((?P<second>[^)]+)\)$")
_UNIT_WORD = re.compile(
    r"^\(?(?:rel\.? ?|abs\.? ?)?(?:%|n|#|aantal|nombre|nbre|anzahl|number|no\.?|pct|procent|percent|"
    r"aandeel|part|anteil|share|eur|€|dagen|jours|tage|days)\.?\)?$",
    re.I,
)
_PERIOD = re.compile(
    r"^(?:(?:19|20)\d\d(?:\s?[/\-–]\s?(?:19|20)?\d\d)?|[QTK]\s?[1-4](?:\s?[-–]\s?[QTK]\s?[1-4])?|"
    r"[1-4](?:e|er|ste|de|\.)?\s?(?:kwartaal|trimestre|quartal|quarter)|(?:jan|feb|f[eé]v|maa|mrt|m[aä]r|apr|avr|mei|mai|may|jun|jui|jul|aug|ao[uû]|sep|okt|oct|nov|dec|d[eé]c|dez)[a-zé]*\.?)$",
    re.I,
)


def is_number(text: str) -> bool:
    """Whether the text is one number, with its unit or sign, or a number with another in brackets: `132 (28%)`."""
    text = text.strip()
    if _NUMBER.match(text):
        return True
    pair = _PAIR.match(text)
    return bool(pair and _NUMBER.match(pair["first"]) and _NUMBER.match(_SHORT.sub("%", pair["second"])))


def is_unit_word(text: str) -> bool:
    """Whether a header text only says what is counted in: `aantal`, `%`, `n`."""
    return bool(_UNIT_WORD.match(text.strip()))


def is_period(text: str) -> bool:
    """Whether a header text is a year, quarter or month."""
    return bool(_PERIOD.match(text.strip()))


def is_value(text: str) -> bool:
    """Whether the text is a number or stands for a missing one."""
    text = text.strip()
    return text in MISSING or is_number(text)


def opens_lower(text: str) -> bool:
    """Whether the text begins with a small letter: it goes on from a line above."""
    return bool(text) and text[0].islower()
