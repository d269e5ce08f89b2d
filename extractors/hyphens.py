"""Joins text that was broken over lines: hyphens of a line break go, hyphens of the word stay.

A document's own vocabulary decides first (the broken word usually stands unbroken somewhere else), then the rules of
the language. Blanks are never invented inside a word that the document knows as one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_][\w’'\-]*")
_KEEP_AFTER = {
    "": {"e", "niet", "non", "ex", "co", "anti", "pre", "post", "semi", "sous", "mi", "demi", "vice", "pro", "self",
         "re"},
    "nl": {"niet", "non", "e", "ex", "oud", "sub", "a", "i", "co", "pro", "semi", "quasi", "on", "vice"},
    "fr": {"non", "e", "ex", "sous", "demi", "mi", "vice", "avant", "après", "contre", "au", "là", "ci", "peut", "est",
           "dit", "c", "quasi", "rendez", "celui", "celle", "ceux", "lui", "elle", "eux", "soi", "nous", "vous"},
    "de": {"e", "nicht", "ex", "online", "it"},
    "en": {"non", "e", "ex", "self", "co", "re", "pre", "post", "follow", "well", "part", "multi", "on", "in", "up"},
}  # fmt: skip
"""First parts after which a hyphen belongs to the word (e-mail, niet-ontvankelijk); "" where no language is known."""
_JOINERS = {
    "": {"en", "of", "et", "ou", "und", "oder", "and", "or"},
    "nl": {"en", "of", "noch", "tot", "als"},
    "fr": {"et", "ou"},
    "de": {"und", "oder", "bzw.", "sowie", "als"},
    "en": {"and", "or", "to"},
}
"""What follows a word that was left out: `parkeer- en verkeersboetes`."""
_INVERSION = re.compile(r"^(?:t-)?(?:je|tu|il|elle|on|nous|vous|ils|elles|ce|là|ci|même|mêmes|y|en|t)\b")


def vocabulary(texts: Iterable[str]) -> Counter[str]:
    """Words of a document in lower case, with their counts; give it text without broken lines where you can."""
    return Counter(word.casefold() for text in texts for word in _WORD.findall(text))


def join_lines(text: str, known: Counter[str]) -> str:
    """`text` with its line breaks undone; `known` is the vocabulary of the document."""
    text = text.replace("\u00ad\n", "\x00").replace("\u00ad", "").replace("\u2010\n", "-\n")
    lines = [" ".join(line.split()) for line in text.split("\n")]
    result = ""
    for line in lines:
        if not line:
            continue
        result = _glue(result, line, known) if result else line
    return result.replace("\x00", "").strip()


def at_hyphen(head: str, tail: str, known: Counter[str], language: str = "") -> str:
    """What becomes of the hyphen between `head`, a line's last word, and `tail`, the next line's first.

    `drop` where it only parts one word, `keep` where it is the word's own, `apart` where a blank follows it. `known` is
    the vocabulary of the document, `language` one of nl, fr, de, en, or empty where it is not known.
    """
    if tail.casefold() in _JOINERS.get(language, ()):
        return "apart"
    whole, hyphened = f"{head}{tail}".casefold(), f"{head}-{tail}".casefold()
    if known[whole] or known[hyphened]:
        return "drop" if known[whole] >= known[hyphened] else "keep"
    if tail[:1].isupper() or tail[:1].isdigit() or head[-1:].isupper() or head[-1:].isdigit():
        return "keep"
    last = head.rsplit("-", 1)[-1].casefold()
    inverted = language == "fr" and _INVERSION.match(tail) is not None
    return "keep" if inverted or len(last) == 1 or last in _KEEP_AFTER.get(language, ()) else "drop"


def _glue(left: str, right: str, known: Counter[str]) -> str:
    tail, head = re.search(r"[\w’'\-]+$", left), re.match(r"[\w’'\-]+", right)
    if not tail or not head:
        return f"{left}{right}" if left.endswith("/") and right[:1].islower() else f"{left} {right}"
    a, b = tail.group(), head.group()
    if a.endswith("-") and len(a) > 1:
        hyphen = at_hyphen(a[:-1], b, known)
        return f"{left} {right}" if hyphen == "apart" else (left[:-1] if hyphen == "drop" else left) + right
    whole = (a + b).casefold()
    # a cell too narrow for its word breaks it without a hyphen
    if b[0].islower() and known[whole] and (not known[a.casefold()] or not known[b.casefold()] or len(b) <= 2):
        return left + right
    return f"{left} {right}"
