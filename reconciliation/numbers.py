"""Printed precision and rounding: what a percentage may look like when its counts are known.

Rounding half up and half to even are both accepted (spreadsheets do the first, statistical packages the second);
truncation is told apart, because a whole column may be cut off on purpose while one cell may not.
"""

from __future__ import annotations

import math
import re
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

_NUMBER = re.compile(r"\d[\d.,'’\u00a0\u202f ]*")
_SEPARATORS = ".,'’\u00a0\u202f "


def decimals(printed: str, value: float) -> int:
    """How many decimals the printed characters show, given the value that they were read as.

    `1.899` read as 1899 shows none, `1,00` read as 1 shows two.
    """
    found = _NUMBER.search(printed)
    if not found:
        return 0 if float(value).is_integer() else 2
    digits = found.group().strip(_SEPARATORS)
    at = max(digits.rfind("."), digits.rfind(","))
    if at < 0:
        return 0
    tail = digits[at + 1 :]
    if not tail.isdecimal():
        return 0
    whole = re.sub(r"\D", "", digits[:at]) or "0"
    return len(tail) if math.isclose(float(f"{whole}.{tail}"), abs(value), rel_tol=1e-9, abs_tol=1e-9) else 0


def half_unit(printed: str, value: float) -> float:
    """By how much a number printed with decimals may lie from the one that was rounded to it; 0 without decimals."""
    places = decimals(printed, value)
    return 0.5 * 10.0**-places if places else 0.0


def exact(value: float) -> Fraction:
    """The fraction that the shortest decimal writing of a float stands for (0.1 is one tenth)."""
    return Fraction(Decimal(repr(float(value))))


def _rounded(value: Fraction, places: int, mode: str) -> float:
    scaled = value * 10**places
    # The quotient is exact enough: 50 digits decide every tie between short printed numbers.
    quotient = Decimal(scaled.numerator) / Decimal(scaled.denominator)
    return float(quotient.quantize(Decimal(1), rounding=mode)) / float(10**places)


def half_up(value: Fraction, places: int) -> float:
    """Rounded with ties away from zero."""
    return _rounded(value, places, ROUND_HALF_UP)


def acceptable(value: Fraction, places: int) -> tuple[float, ...]:
    """The roundings of a value that count as right at that many decimals."""
    up, even = _rounded(value, places, ROUND_HALF_UP), _rounded(value, places, ROUND_HALF_EVEN)
    return (up,) if up == even else (up, even)


def truncated(value: Fraction, places: int) -> float:
    """The value cut off after that many decimals."""
    return _rounded(value, places, ROUND_DOWN)


def same(a: float, b: float) -> bool:
    """Whether two printed numbers are the same number."""
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)


@lru_cache(maxsize=16384)
def slip(printed: float, expected: float) -> str | None:
    """The typing slip that turns `expected` into `printed`, when one does.

    `separator`: a factor of 1000 (or 100 or 10) apart with the same digits; `digit`: one digit other, lost or added;
    `swap`: two neighbouring digits exchanged. None when it takes more than that.
    """
    a, b = _digits(printed), _digits(expected)
    if printed and expected and a.strip("0") == b.strip("0") and not same(printed, expected):
        return "separator"
    if len(a) == len(b):
        other = [i for i in range(len(a)) if a[i] != b[i]]
        if len(other) == 1:
            return "digit"
        if len(other) == 2 and other[1] == other[0] + 1 and a[other[0]] == b[other[1]] and a[other[1]] == b[other[0]]:
            return "swap"
        return None
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    if len(longer) == len(shorter) + 1 and len(shorter) > 1:
        for i in range(len(longer)):
            if longer[:i] + longer[i + 1 :] == shorter:
                return "digit"
    return None


def _digits(value: float) -> str:
    text = f"{abs(value):.6f}".rstrip("0").rstrip(".")
    return text.replace(".", "")


def show(value: float, language: str = "nl") -> str:
    """A number for a sentence: no trailing zeros, decimal comma unless the sentence is English."""
    text = f"{value:.6f}".rstrip("0").rstrip(".") if value != int(value) else str(int(value))
    return text if language == "en" else text.replace(".", ",")
