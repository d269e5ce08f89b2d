"""Joins text that was broken over lines: hyphens of a line break go, hyphens of the word stay.

A document's own vocabulary decides first (the broken word usually stands unbroken somewhere else), then the rules of
the language. Blanks are never invented inside a word that the document knows as one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_][\w’'\-]*")
_KEEP_AFTER = frozenset(
    {"e", "niet", "non", "ex", "co", "anti", "pre", "post", "semi", "sous", "mi", "demi", "vice", "pro", "self", "re"}
)
"""First parts after which a hyphen belongs to the word (e-mail, niet-ontvankelijk, non fondé is no case)."""


def vocabulary(texts: Iterable[str]) -> Counter[str]:
    """Words of a document in lower case, with their counts; give it text without broken lines where you can."""
    return Counter(word.casefold() for text in texts for word in _WORD.findall(text))


def join_lines(text: str, known: Counter[str]) -> str:
    """`text` with its line breaks undone; `known` is the vocabulary of the document."""
    lines = [" ".join(line.split()) for line in text.replace("\u00ad\n", "\x00").replace("\u00ad", "").split("\n")]
    result = ""
    for line in lines:
        if not line:
            continue
        result = _glue(result, line, known) if result else line
    return result.replace("\x00", "").strip()


def _glue(left: str, right: str, known: Counter[str]) -> str:
    tail, head = re.search(r"[\w’'\-]+$", left), re.match(r"[\w’'\-]+", right)
    if not tail or not head:
        return f"{left}{right}" if left.endswith("/") and right[:1].islower() else f"{left} {right}"
    a, b = tail.group(), head.group()
    if a.endswith("-") and len(a) > 1:
        whole, hyphened = (a[:-1] + b).casefold(), (a + b).casefold()
        if known[whole] or known[hyphened]:
            return left[:-1] + right if known[whole] >= known[hyphened] else left + right
        first = a[:-1].split("-")[-1].casefold()
        if b[0].isupper() or b[0].isdigit() or first in _KEEP_AFTER or a[:-1].isupper():
            return left + right
        if b.casefold() in ("en", "of", "et", "ou", "und", "oder", "and", "or"):
            return f"{left} {right}"  # "klachten- en meldingen"
        return left[:-1] + right
    whole = (a + b).casefold()
    # a cell too narrow for its word breaks it without a hyphen
    if b[0].islower() and known[whole] and (not known[a.casefold()] or not known[b.casefold()] or len(b) <= 2):
        return left + right
    return f"{left} {right}"
