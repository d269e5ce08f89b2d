"""What a printed token looks like to a table reader: a number, a sign for a missing number, or text."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"""^[(\[]?[<>≤≥~±+\-–−]?\s?(?:€|£|\$|EUR|CHF)?\s?
    \d{1,3}(?:[.,'’ \u00a0\u202f]?\d{3})*(?:[.,]\d+)?   # digits, thousands marks, decimals
    \s?(?:%|‰|€|pct|dagen|dgn|jours|days|Tage|d|u|min|p\.?m\.?)?[)\]]?[*†‡¹²³⁴⁵⁶⁷⁸⁹]*\.?$""",
    re.X | re.I,
)
MISSING = frozenset(
    {"-", "–", "—", "−", "/", ".", "..", "...", "…", ":", "n.v.t.", "nvt", "n.b.", "n/a", "na", "n.a.", "n.d.", "s.o.",
     "k.a.", "k.A.", "x", "*", "−−", "--"}  # fmt: skip
)
"""Signs that stand where a number could: not known, not applicable, nil. They are never read as zero."""


def is_number(text: str) -> bool:
    """Whether the text is one number, with its unit or sign."""
    return bool(_NUMBER.match(text.strip()))


def is_value(text: str) -> bool:
    """Whether the text is a number or stands for a missing one."""
    text = text.strip()
    return text in MISSING or is_number(text)


def opens_lower(text: str) -> bool:
    """Whether the text begins with a small letter: it goes on from a line above."""
    return bool(text) and text[0].islower()
