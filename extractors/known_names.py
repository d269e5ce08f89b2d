"""Names by the tens of thousands, and whether one is also a word or a place and so proves nothing by itself.

`known_names.txt` beside this file is made by `scripts/known_names.py`, which says from what. The words of a language
are simplemma's: they tell a name that no list has from the nouns and adjectives that are printed with a capital.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from simplemma import lemmatize
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory, DictionaryFactory

from extractors.wordlist import words

_LIST = Path(__file__).with_name("known_names.txt")
_FACTORY: DictionaryFactory = DefaultDictionaryFactory()
_LETTER = {"nl": "n", "fr": "f", "de": "d", "en": "e"}
_AUXILIARIES = words(
    """
    is was heeft had kan kon wil wou zal zou moet moest mag mocht werd wordt ging kwam kreeg zag vond gaf nam a est
    avait était ne sera doit peut veut va has will can could would did does hat ist war
    """
)
_UNINFLECTED = words(
    """
    achteraf alsnog alvast alzo derhalve desalniettemin desondanks ditmaal dusver gaandeweg heden helaas
    ingeval ingevolge integendeel kortom meermaals naargelang nadien nagenoeg niettegenstaande niettemin
    omwille stilaan tegelijkertijd uzelf wederom zijzelf zojuist zoniet zopas ailleurs auparavant
    beaucoup derechef dorénavant entretemps jadis jamais naguère pourtant quelquefois trop
    """
)
"""Adverbs and their like, which open sentences and which simplemma, a list of inflected words, has not."""
_ADVERB = re.compile(
    r"(?:daar|hier|waar|er)(?:aan|achter|af|bij|beneden|binnen|boven|buiten|door|heen|in|langs|mede|mee|na|naar|naast|om|"
    r"omtrent|onder|op|over|rond|tegen|toe|tussen|uit|van|vandaan|voor)|\w{4,}(?:halve|lijks|gewijs)|\w{3,}ment"
)
_INFINITIVE = {
    "nl": re.compile(r"e?n$"),
    "fr": re.compile(r"(?:er|ir|re|oir)$"),
    "de": re.compile(r"e?[rl]?n$"),
    "en": re.compile(r"\w"),
}


def is_given(word: str, language: str) -> bool:
    """Whether `word` (in small letters) is a given name and neither a word of `language` (`nl`, ...) nor a place."""
    return _is("G", word, language)


def is_family(word: str, language: str) -> bool:
    """Whether `word` (in small letters) is a family name and neither a word of `language` nor a place."""
    return _is("F", word, language)


def may_be_given(word: str) -> bool:
    """Whether `word` (in small letters) is a given name, whatever else it is."""
    return "G" in _kinds(word)


def is_place(word: str) -> bool:
    """Whether `word` (in small letters) names a town or a country, or is a part of such a name."""
    return "P" in _kinds(word)


@lru_cache(maxsize=8192)
def is_word(word: str, language: str) -> bool:
    """Whether `word` (in small letters) is written without a capital in `language`, or in English (brands)."""
    if word in _UNINFLECTED or _ADVERB.fullmatch(word):
        return True
    if _LETTER.get(language, "n") in (kinds := _kinds(word)) or "e" in kinds:
        return True
    return any(word in _FACTORY.get_dictionary(lang) for lang in {language, "en"} if lang in _LETTER)


def is_noun(word: str) -> bool:
    """Whether `word` (in small letters) is a German noun, or a name that is as common as one."""
    return word.capitalize() in _FACTORY.get_dictionary("de")


@lru_cache(maxsize=8192)
def is_verb(word: str, language: str) -> bool:
    """Whether `word` (in small letters) is a finite form of a verb, by the ending of its base form."""
    low = re.sub(r"^n['’]", "", word)
    if low in _AUXILIARIES or (language == "fr" and low.endswith("e") and is_word(f"{low}r", "fr")):
        return True
    base = lemmatize(low, lang=language) if language in _LETTER else low
    return base != low and bool(_INFINITIVE[language].search(base))


def is_compound(word: str, language: str) -> bool:
    """Whether a Dutch word is two words in one (`zuiderdokken`), joined by nothing, an s, e or en."""
    if language != "nl":
        return False
    return any(
        is_word(word[cut:], language)
        and any(is_word(word[:cut].removesuffix(link), language) for link in ("", "s", "e", "en"))
        for cut in range(4, len(word) - 3)
    )


def _is(kind: str, word: str, language: str) -> bool:
    kinds = _kinds(word)
    if kind not in kinds or "P" in kinds or _LETTER.get(language, "n") in kinds:
        return False
    return word in _known() or not is_word(word, language)


def _kinds(word: str) -> str:
    known = _known()
    return known.get(word) or known.get(_plain(word)) or ""


def _plain(word: str) -> str:
    """Without accents, as names from abroad are often printed."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Name -> its kinds: G given, F family, P place; n, f, d, e a word of Dutch, French, German, English."""
    known: dict[str, str] = {}
    kinds = ""
    for line in _LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            kinds = line[2:]
        else:
            known.update(dict.fromkeys(line.split(), kinds))
    for name in [n for n in known if not n.isascii()]:
        known.setdefault(_plain(name), known[name])
    return known
