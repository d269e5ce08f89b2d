"""Signal words inside a title, a heading or a sentence: what kind of signal a whole table counts.

Only the labels of the facet `signal` are looked for, as whole phrases by lemma; nothing is guessed from what is absent.
"""

from __future__ import annotations

from dataclasses import dataclass

from ontology.scheme import LANGUAGES, Scheme
from ontology.text import lemmas, normalise

_LONGEST = 4
# Words of the signal facet that a heading also uses for the report itself or for anything at all.
_TOO_GENERAL = frozenset(
    """signaal signalen signaux signal zaak zaken cases case verzoek demande demandes request requests aanvraag antrag
    application applications incident incidents opdracht claim claims feedback comment comments tip tips open defence
    reports report anzeige avis wens beroep appeal appeals matters files recours rappel herhaling hinweise hinweis opmerking
    opmerkingen remarque remarques vorgange avis declaration notification advies info""".split()
)


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

    def find(self, text: str, language: str) -> tuple[Found, ...]:
        """The phrases in `text`, longest first match, in order."""
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
                i += 1
        return tuple(found)

    def one(self, text: str, language: str) -> str | None:
        """The signal that the whole text is about.

        Several kinds side by side (`klachten en meldingen`) are `signal:contact`, kinds not told apart; a concept and its
        narrower one are the narrower.
        """
        keys = list(dict.fromkeys(f.concept for f in self.find(text, language)))
        keys = [k for k in keys if not any(k in self._scheme.ancestors(other) for other in keys)]
        if len(keys) > 1 and "signal:contact" in keys:
            keys.remove("signal:contact")
        if not keys:
            return None
        return keys[0] if len(keys) == 1 else "signal:contact"
