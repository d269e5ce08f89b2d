"""The few words of a table that arithmetic has to understand, in the four languages of the reports.

Only structural words stand here (total, share, difference, month); what a label means for the subject of a complaint
is none of this room's business.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TOTAL = _words("""
    totaal totalen totale total totals totaux sum som summe samen overall gesamt insgesamt ensemble eindtotaal
    subtotaal tussentotaal deeltotaal subtotal soustotal grandtotal gesamtsumme gesamtzahl gesamttotal zwischensumme
    teilsumme endsumme
""")
_DIFFERENCE = _words("""
    verschil evolutie difference ecart evolution differenz veranderung verandering change variation saldo stijging
    daling toename afname
""")
# Nouns that a sentence puts beside a figure without narrowing what is counted.
GENERIC = _words("""
    klacht klachten dossier dossiers melding meldingen signaal signalen zaak zaken geval gevallen aantal aantallen
    totaal total totale behandeld behandelde geregistreerd geregistreerde ontvangen ingediend ingediende
    plainte plaintes reclamation reclamations nombre cas recu recues traite traites traitees
    beschwerde beschwerden fall falle anzahl gesamt insgesamt eingegangen eingegangene
    complaint complaints case cases number file files received handled registered
""")
STOPWORDS = _words("""
    de het een en of van voor over aan in op met bij door naar uit te per om tot die dat deze dit er is zijn was waren
    werd werden wordt worden als ook t o v nog niet
    le la les un une des du d l et ou au aux par pour sur dans avec que qui ont ete
    der die das den dem ein eine einer und oder von vom zu zum zur im am mit fur uber aus bei nach auf wurden
    the a an and or to for on by with from at as were
""")
_INDEX = re.compile(r"\b(?:index(?:cijfer|wert|zahl)?|indice)\b|=\s*100\b", re.IGNORECASE)
_RATE = re.compile(
    r"\b(?:per|pro|par)\s+[^\W\d]|gemiddeld|average|\bmean\b|moyen|durchschnitt|mittel|\b(?:ratio|taux|quote)\b",
    re.IGNORECASE,
)
_MEAN = re.compile(r"gemiddeld|average|\bmean\b|moyen|durchschnitt|mittel(?:wert|\b)", re.IGNORECASE)
_CHANGE_SIGN = re.compile(r"\+\s*/\s*[-−–]|[±Δ∆]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Lower case, without accents, punctuation as single spaces: for comparing labels, never for showing them."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(_WORD.findall(plain))


@lru_cache(maxsize=16384)
def tight(text: str) -> str:
    """`fold` without spaces: equal for spellings that differ in spacing, hyphens or case only."""
    return fold(text).replace(" ", "")


@lru_cache(maxsize=16384)
def says_total(label: str) -> bool:
    """Whether a label says that its line is a total: the total word opens or closes it."""
    words = fold(label).replace("sous total", "soustotal").replace("grand total", "grandtotal").split()
    return bool(words) and (words[0] in _TOTAL or words[-1] in _TOTAL)


def says_difference(label: str) -> bool:
    """Whether a label names a difference between two columns (verschil, évolution, Veränderung, +/-, Δ)."""
    return bool(_CHANGE_SIGN.search(label)) or any(word in _DIFFERENCE for word in fold(label).split())


@lru_cache(maxsize=16384)
def says_index(label: str) -> bool:
    """Whether a label names an index on a base year."""
    return bool(_INDEX.search(label))


@lru_cache(maxsize=16384)
def says_rate(label: str) -> bool:
    """Whether a label names what no total adds up: an index, a mean, a count for each of something."""
    return says_index(label) or bool(_RATE.search(label))


@lru_cache(maxsize=16384)
def says_mean(label: str) -> bool:
    """Whether a label names a mean."""
    return bool(_MEAN.search(label))


@lru_cache(maxsize=16384)
def years(text: str) -> tuple[int, ...]:
    """The calendar years that a label prints, in order."""
    return tuple(int(y) for y in _YEAR.findall(text))


@lru_cache(maxsize=16384)
def without_years(text: str) -> str:
    """A folded label without its years."""
    return " ".join(w for w in fold(text).split() if not _YEAR.fullmatch(w))


# Endings that inflect without changing what is counted, longest first; Dutch, French, German and English share them.
_ENDINGS = ("heden", "ungen", "ingen", "ische", "en", "es", "er", "e", "s", "n")


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A rough stem, only for telling whether two labels use the same words."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    # Dutch doubles and single vowels alternate in inflection: klachten/klacht, procedures/procedure, scholen/school.
    return re.sub(r"([a-z])\1", r"\1", word)


@lru_cache(maxsize=16384)
def keywords(text: str) -> frozenset[str]:
    """The stems that say what is counted: no years, no stopwords, no generic nouns such as `complaints`."""
    return frozenset(stem(w) for w in fold(text).split() if w not in STOPWORDS and w not in GENERIC and not w.isdigit())


@lru_cache(maxsize=16384)
def all_words(text: str) -> frozenset[str]:
    """All stems of a label except stopwords and digits, generic nouns included."""
    return frozenset(stem(w) for w in fold(text).split() if w not in STOPWORDS and not w.isdigit())
