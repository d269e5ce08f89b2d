"""Signal words inside a title, a heading or a sentence: what kind of signal a whole table counts.

Only the labels of the facet `signal` are looked for, as whole phrases by lemma; nothing is guessed from what is absent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ontology.scheme import LANGUAGES, Scheme
from ontology.text import fold, lemmas, normalise, word_set

_LONGEST = 4
_OPENING = 6  # letters that the first part of a compound must have
# Words of the signal facet that a heading also uses for the report itself or for anything at all.
_TOO_GENERAL = word_set(
    """signaal signalen signaux signal zaak zaken cases case verzoek demande demandes request requests aanvraag
    antrag application applications incident incidents opdracht claim claims feedback comment comments tip tips
    open defence reports report anzeige avis wens beroep appeal appeals matters files recours rappel herhaling
    hinweise hinweis opmerking opmerkingen remarque remarques vorgange avis declaration notification advies info
    tussenkomst tussenkomsten"""
)


_PIECE = re.compile(r"\s+")
_TIES = word_set(
    """over aangaande betreffende inzake omtrent met betrekking tot rond wegens van m.b.t. in verband sur concernant
    relatives relative a au aux pour de des du la les le uber betreffend betreffs wegen zu zum zur about regarding
    concerning on of for relating to the de het een d'ordre"""
)

# "within 45 days", "more than thirty days": the term itself, in four languages. Folded text.
_NUMBER = (
    r"(?:\d+|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf|veertien|vijftien|twintig|dertig|veertig|"
    r"vijfenveertig|zestig|negentig|un|deux|trois|quatre|cinq|six|huit|dix|douze|quinze|vingt|trente|quarante|soixante|"
    r"ein|eines|zwei|drei|funf|sechs|sieben|zehn|zwolf|vierzehn|zwanzig|dreissig|sechzig|neunzig|one|two|three|four|five|"
    r"seven|eight|ten|twelve|fourteen|fifteen|twenty|thirty|forty|sixty|ninety)"
)
_UNIT = (
    r"(?:dag|dagen|werkdagen|week|weken|maand|maanden|kalenderdagen|kalendertagen|jours?|semaines?|mois|tage|tagen|"
    r"arbeitstagen|wochen?|monate?|monaten?|days?|weeks?|months?|ouvrables)"
)
_SPAN = rf"(?:de |het |les |the |een periode van |un delai de |a period of )?{_NUMBER} (?:\w+ )?{_UNIT}\b"
_WITHIN = re.compile(
    rf"\b(?:binnen|dans|endeans|en moins de|innert|innerhalb von|innerhalb|within|in under)\b (?:les )?{_SPAN}"
)
_BEYOND = re.compile(
    r"(?:\b(?:meer dan|langer dan|later dan|na|plus de|au-dela de|apres|mehr als|nach|uber|more than|over|after)\b|>) "
    + _SPAN
)
_NOT = re.compile(r"\b(?:niet|pas|nicht|not|non)\b")


def term_concept(label: str) -> str | None:
    """The timeliness concept of a label that names a term in days, weeks or months, else None."""
    folded = fold(label)
    if within := _WITHIN.search(folded):
        denied = _NOT.search(folded[: within.start()])
        return "timeliness:outside_term" if denied else "timeliness:within_term"
    return "timeliness:outside_term" if _BEYOND.search(folded) else None


@dataclass(frozen=True, slots=True)
class Found:
    """A signal phrase: the concept and the words that said so."""

    concept: str
    words: str


class SignalPhrases:
    """Finds signal phrases of a scheme in text."""

    def __init__(self, scheme: Scheme) -> None:
        self._known: dict[tuple[str, ...], str] = {}
        for concept in scheme.of_facet("signal"):
            for language, label, _ in concept.labels():
                normalised = normalise(label)
                key = lemmas(normalised, language)
                if normalised not in _TOO_GENERAL and key and not set(key) <= _TOO_GENERAL:
                    self._known.setdefault(key, concept.key)
        self._scheme = scheme
        # The first part of a compound says it too: Klachtenoverzicht, Beschwerdestatistik.
        self._openings: dict[str, str] = {}
        for concept in scheme.of_facet("signal"):
            for language, label, _ in concept.labels():
                normalised = normalise(label)
                opens = language in ("nl", "de") and " " not in label and len(label) >= _OPENING
                if opens and normalised not in _TOO_GENERAL:
                    self._openings.setdefault(normalised, concept.key)

    def find(self, text: str, language: str, *, compounds: bool = True) -> tuple[Found, ...]:
        """The phrases in `text`, longest first match, in order; with `compounds` also as the first part of a word."""
        speech = language if language in LANGUAGES else "nl"
        words = lemmas(normalise(text), speech)
        found: list[Found] = []
        i = 0
        while i < len(words):
            for length in range(min(_LONGEST, len(words) - i), 0, -1):
                piece = words[i : i + length]
                key = self._known.get(piece)
                if key:
                    found.append(Found(key, " ".join(piece)))
                    i += length
                    break
            else:
                if compounds and speech in ("nl", "de") and (opening := self._opening(words[i])):
                    found.append(Found(opening, words[i]))
                i += 1
        return tuple(found)

    def _opening(self, word: str) -> str | None:
        """The concept of the longest label that a word begins with."""
        return next((key for n in range(len(word), 0, -1) if (key := self._openings.get(word[:n]))), None)

    def without(self, label: str, language: str) -> str:
        """The label without its signal words and what ties them to the rest: `Klachten over attitude` is `attitude`."""
        speech = language if language in LANGUAGES else "nl"
        said = {word for found in self.find(label, language, compounds=False) for word in found.words.split()}
        kept = [w for w in _PIECE.split(label) if w and not set(lemmas(normalise(w), speech)) & said]
        while kept and fold(kept[0]) in _TIES:
            kept = kept[1:]
        return " ".join(kept).strip(" ,;:-")

    def one(self, text: str, language: str, *, compounds: bool = True) -> str | None:
        """The signal that the whole text is about.

        Several kinds side by side (`klachten en meldingen`) are `signal:contact`, kinds not told apart; a concept and
        its narrower one are the narrower.
        """
        keys = list(dict.fromkeys(f.concept for f in self.find(text, language, compounds=compounds)))
        keys = [k for k in keys if not any(k in self._scheme.ancestors(other) for other in keys)]
        if len(keys) > 1 and "signal:contact" in keys:
            keys.remove("signal:contact")
        if not keys:
            return None
        return keys[0] if len(keys) == 1 else "signal:contact"
