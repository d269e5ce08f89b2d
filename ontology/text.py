"""Printed labels as comparable words: folding, footnote marks, lemmas, parts of compounds.

Pure functions on strings. Nothing here knows a concept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import lru_cache

_LIGATURES = str.maketrans(
    {"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-"}
)
_FOOTNOTE = re.compile(r"[*†‡§¹²³⁰⁴-⁹]+|\[\d{1,2}\]|\(\d{1,2}\)\s*$")
# A code or number in front of a label ("1.2 Afval", "a) retard", "13 Abfall"), not a number that is part of it.
_NUMBERING = re.compile(r"^\s*(?:\d+(?:\.\d+)*[.)]?|[a-zA-Z][.)]|[ivxIVX]+[.)]|[-•–▪■●○>]+)\s+(?=[^\W\d])")
_LINE_BREAK_HYPHEN = re.compile(r"(?<=[a-zà-ÿ])- (?=[a-zà-ÿ]{3,})(?!en |of |et |ou |und |oder |and |or )")
_COUNT = re.compile(r"\(\s*(?:n\s*=\s*)?[\d.,' ]+%?\s*\)\s*$")
# Addresses stand for the medium that they are of.
_ADDRESSES = (
    (re.compile(r"\S+@\S+\.\w{2,}"), " e-mail "),
    (re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE), " website "),
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_ABBREVIATIONS = {
    "m.b.t.": "met betrekking tot",
    "i.v.m.": "in verband met",
    "o.a.": "onder andere",
    "e.d.": "",
    "e.a.": "",
    "etc.": "",
    "enz.": "",
    "tel.": "telefoon",
    "nr.": "nummer",
    "afd.": "afdeling",
    "gem.": "gemiddeld",
    "ø": "gemiddeld",
    "dept.": "department",
    "dep.": "departement",
    "info.": "informatie",
    "dig.": "digitale",
    "contr.": "contractuele",
    "str.": "strasse",
    "öff.": "offentlich",
    "mgmt": "management",
    "govt": "government",
    "&": " + ",
}


def word_set(words: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(words.split())


# Words that carry no subject of their own, in the four languages (articles, prepositions, conjunctions).
STOPWORDS = word_set(
    """de het een van der den des die dat deze dit in op aan bij voor door met en of te ten ter tot naar om over uit
    via is zijn was werd wordt niet er als per dan hun haar ons onze je u le la les l un une d du au aux à a en et
    ou dans par pour sur avec sans ne pas qui que se ce son sa ses leur est été der die das ein eine einer eines
    dem und oder im am an auf bei mit von vom zu zum zur für fur nicht ist durch aus nach the an of to for by with
    and or at from on not no be is are was were as it its has have been"""
)
# Dictionary forms of all words that labels may be compared by, by language: spares loading simplemma's word lists.
_KNOWN_LEMMAS: dict[str, dict[str, str]] = {}
_LONGEST_CODE = 4
_SHORTEST_INFLECTED = 4  # letters; shorter words stay as they are
_NEGATIONS = word_set("""niet geen non pas sans not no nicht kein keine ne ohne zonder without un""")


def fold(text: str) -> str:
    """Lower case, no accents, no footnote marks, one space between words. `fold("Wachttijd ²")` is `wachttijd`."""
    text = _FOOTNOTE.sub(" ", text.replace("\u00ad", "").replace("\u00a0", " "))
    text = _LINE_BREAK_HYPHEN.sub("", text)
    text = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    # some letters (mathematical capitals) have a capital only after they are taken apart
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    return " ".join(text.split())


@lru_cache(maxsize=65536)
def normalise(label: str) -> str:
    """The form in which labels are compared: folded, no numbering, trailing counts, punctuation, abbreviations."""
    text = _COUNT.sub("", _NUMBERING.sub("", label))
    if "@" in text or "/" in text or "www." in text:
        for address, medium in _ADDRESSES:
            text = address.sub(medium, text)
    lowered = text.casefold()
    if "." in lowered or "&" in lowered or "ø" in lowered or "mgmt" in lowered:
        text = " ".join(_ABBREVIATIONS.get(word.casefold(), word) for word in text.replace("&", " & ").split())
    words = _WORD.findall(fold(text).replace("'", " "))
    return " ".join(words)


@lru_cache(maxsize=65536)
def segments(label: str) -> tuple[str, ...]:
    """The parts that a label names side by side, normalised: `SB/sorteerstraten` has two, a plain label none."""
    text = _NUMBERING.sub("", label)
    inside = re.findall(r"[(\[]([^)\]]{3,})[)\]]", text)
    outside = re.sub(r"[(\[][^)\]]*[)\]]?", " ", text)
    parts = re.split(r"\s+[-–—]\s+|[/;:|,+&•]|\b(?:en|et|und|and|of|ou|oder|or)\b", outside, flags=re.IGNORECASE)
    found = [normalise(part) for part in (*parts, *inside)]
    kept = tuple(dict.fromkeys(part for part in found if len(part) > 1))
    return kept if len(kept) > 1 or (kept and kept[0] != normalise(label)) else ()


def is_code(label: str) -> bool:
    """Whether a label is an abbreviation of a few capitals (`SB`, `P&O`): equal ones often mean different things."""
    letters = [c for c in label if c.isalnum()]
    return 0 < len(letters) <= _LONGEST_CODE and all(c.isupper() or c.isdigit() for c in letters)


def know_lemmas(known: Mapping[str, Mapping[str, str]]) -> None:
    """Takes in dictionary forms of folded words, by language; other words of that language then stay as they are."""
    for language, words in known.items():
        _KNOWN_LEMMAS.setdefault(language, {}).update(words)


def lemma(word: str, language: str) -> str:
    """The dictionary form of one folded word; the word itself when it is short or the language's list has it not."""
    if len(word) < _SHORTEST_INFLECTED or word.isdigit():
        return word
    known = _KNOWN_LEMMAS.get(language)
    return known.get(word, word) if known is not None else dictionary_form(word, language)


@lru_cache(maxsize=65536)
def dictionary_form(word: str, language: str) -> str:
    """What simplemma says is the dictionary form of a folded word; loads its list of that language, a second once."""
    import simplemma  # noqa: PLC0415

    return fold(simplemma.lemmatize(word, lang=language)) or word


def inflections(words: Collection[str], language: str) -> dict[str, str]:
    """The dictionary forms of folded words, and every inflected form of these that simplemma's list has.

    Accents are dropped on both sides (`hauser` is `haus`); a form that is written without them comes first.
    """
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory  # noqa: PLC0415

    plain: dict[str, str] = {}
    accented: dict[str, str] = {}
    for form, base in sorted(DefaultDictionaryFactory().get_dictionary(language).items()):
        folded = fold(form)
        (plain if folded == form else accented).setdefault(folded, fold(base).replace("_", ""))  # aan_bieden
    listed = {**accented, **plain}
    own = {word: listed.get(word) or dictionary_form(word, language) for word in words if _inflects(word)}
    bases = set(own.values())
    return own | {form: base for form, base in listed.items() if base in bases and form != base and _inflects(form)}


def _inflects(word: str) -> bool:
    return len(word) >= _SHORTEST_INFLECTED and word.isalpha()


@lru_cache(maxsize=65536)
def lemmas(normalised: str, language: str) -> tuple[str, ...]:
    """The words of a normalised label in dictionary form, articles and prepositions left out unless nothing else is."""
    words = normalised.split()
    kept = [w for w in words if w not in STOPWORDS or w in _NEGATIONS] or words
    return tuple(_negated(kept, language))


def _negated(words: list[str], language: str) -> list[str]:
    """Joins a negation to the word after it (`niet gegrond` is not `gegrond`)."""
    out: list[str] = []
    pending = ""
    for word in words:
        if word in _NEGATIONS:
            pending = "!"
            continue
        out.append(pending + lemma(word, language))
        pending = ""
    if pending:
        out.append(pending)
    return out


def compound_parts(word: str, known: Collection[str], language: str) -> tuple[str, ...]:
    """A Dutch or German compound as words of `known`, or nothing: `wachttijdklacht` is `wachttijd`, `klacht`.

    Both parts must be known words of four letters or more, with at most a linking element between them; the longest
    first part wins.
    """
    if len(word) < 8:
        return ()
    links = ("", "s", "en", "e", "n", "es", "er") if language in ("nl", "de") else ("",)
    for cut in range(len(word) - 4, 3, -1):
        head, tail = word[:cut], word[cut:]
        if tail not in known:
            continue
        for link in links:
            if link and not head.endswith(link):
                continue
            stem = head[: len(head) - len(link)] if link else head
            if len(stem) >= 4 and stem in known:
                return (stem, tail)
    return ()


def ngrams(normalised: str, size: int = 3) -> list[str]:
    """Overlapping character runs, words padded by a space on both sides."""
    padded = f" {normalised} "
    return [padded[i : i + size] for i in range(max(len(padded) - size + 1, 1))]
