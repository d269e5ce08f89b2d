"""A second look at masked texts, by other means than `masking`: what is still a personal number is held back.

It looks for nothing that depends on a list of words: characters and check digits alone (ISO 13616 for bank accounts,
modulo 97 for Belgian national numbers). Names are beyond it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas.printed import Case, Problem

_MAIL = re.compile(r"[^\s@\[\]]+@[^\s@\[\]]+\.[^\s@\[\]]{2,}")
_DIGITS = re.compile(r"(?<![\w./\-])\+?\d(?:[ .\-/()]{0,2}\d){8,13}(?![\w/])")
_ACCOUNT = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ .\-]?[A-Z0-9]){11,30}(?!\w)")
_OF_BODIES = ("0800", "0900")
"""Prefixes of numbers that are free or dear to call: persons have none."""
_DATED = re.compile(r"(?:19|20)\d\d")


def hold_back(cases: Sequence[Case]) -> tuple[tuple[Case, ...], tuple[Problem, ...]]:
    """The cases that may be published, and a problem for each one that still holds a personal number."""
    kept: list[Case] = []
    held: list[Problem] = []
    for case in cases:
        texts = " \n ".join(t for t in (case.title, case.complaint, case.handling, case.follow_up) if t)
        what = leak(texts)
        if what is None:
            kept.append(case)
        else:
            sentence = (
                f"A case on page {case.page_first} was held back: after masking its text still holds what looks like "
                f"{what}. Report it, so that the masking can be mended."
            )
            held.append(Problem(sentence, case.page_first, "error"))
    return tuple(kept), tuple(held)


def leak(text: str) -> str | None:
    """What a text still holds that no published text may (`a bank account`), None when it holds nothing such."""
    if _MAIL.search(text):
        return "an e-mail address"
    for hit in _ACCOUNT.finditer(text):
        if _bank_account(re.sub(r"[ .\-]", "", hit.group())):
            return "a bank account"
    for hit in _DIGITS.finditer(text):
        digits = re.sub(r"\D", "", hit.group())
        if len(digits) == 11 and _national_number(digits):
            return "a national number"
        opens = hit.group().startswith("+") or (digits.startswith("0") and not digits.startswith(_OF_BODIES))
        if opens and 9 <= len(digits) <= 13 and not _DATED.search(hit.group()):
            return "a telephone number"
    return None


def _bank_account(text: str) -> bool:
    """Whether the check digits of an international bank account number hold (ISO 13616, modulo 97)."""
    return int("".join(str(int(c, 36)) for c in text[4:] + text[:4])) % 97 == 1


def _national_number(digits: str) -> bool:
    """Whether the check digits of a Belgian national number hold, for those born before 2000 and after."""
    body, check = int(digits[:9]), int(digits[9:])
    return check in (97 - body % 97, 97 - (2_000_000_000 + body) % 97)
