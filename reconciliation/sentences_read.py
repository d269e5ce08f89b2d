"""Sentences with their figures in place: what stands between two numbers decides what they have to do with each other.

Only the small words are read that bind figures in the four languages of the reports (`van de 580`, `out of 580`,
`davon`, `dont`); nothing here understands a sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from reconciliation.grid import Number

# What stands right before a count that is the whole of something.
_OF = {
    "nl": r"(?:van|op|onder|uit)(?:\s+(?:de|het|een|deze|die|alle|onze|totaal|in|van|ruim|in totaal))*",
    "fr": r"(?:sur|des|parmi|d'|de)(?:\s+(?:les|des|un|le|total|de|la))*",
    "de": r"(?:von|der|aus|unter)(?:\s+(?:den|der|insgesamt|allen|diesen|total))*",
    "en": r"(?:of|out of|from|among)(?:\s+(?:the|all|these|a|total|of))*",
}
_ABOUT = re.compile(
    r"(?<!\w)(?:bijna|ongeveer|circa|ca\.?|ruim|meer dan|minder dan|iets|zowat|zo'n|rond|een kleine|een goede|minstens|"
    r"environ|près de|presque|plus de|moins de|quelque|rund|etwa|fast|knapp|mehr als|weniger als|ungefähr|über|gut|"
    r"about|almost|nearly|around|approximately|more than|less than|over|under|some|roughly|\+/-|±|~)\s*(?:de\s+)?\(?$",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"stijging|stegen|steeg|stijgt|gestegen|toename|toegenomen|namen toe|nam toe|meer dan in|meer ten opzichte|daling|"
    r"daalde|daalden|daalt|gedaald|afname|afgenomen|minder|verschil|"
    r"augment|hausse|diminu|baisse|recul|de plus|de moins|"
    r"anstieg|gestiegen|zunahme|zugenommen|rückgang|gesunken|abnahme|abgenommen|mehr als|weniger|"
    r"increase|rise|rose|decrease|fell|fall|drop|fewer|more than in|less than",
    re.IGNORECASE,
)
_ACROSS = re.compile(r"\b(?:in|over|per|par|pro|à|tot|naar|to|auf)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A figure of a sentence with the place of its characters; -1 where they were not found."""

    number: Number
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its figures in printed order."""

    text: str
    language: str
    tokens: tuple[Token, ...]

    @property
    def counts(self) -> tuple[Token, ...]:
        """Its counts."""
        return tuple(t for t in self.tokens if t.number.unit == "count")

    @property
    def percents(self) -> tuple[Token, ...]:
        """Its percentages."""
        return tuple(t for t in self.tokens if t.number.unit == "percent")

    def before(self, token: Token, size: int = 40) -> str:
        """The characters before a figure."""
        return self.text[max(0, token.start - size) : token.start]

    def between(self, a: Token, b: Token) -> str:
        """The characters between two figures, whichever comes first."""
        return self.text[min(a.end, b.end) : max(a.start, b.start)]

    def is_about(self, token: Token) -> bool:
        """Whether the figure is given as an approximation."""
        return bool(_ABOUT.search(self.before(token, 20)))

    def is_whole(self, token: Token) -> bool:
        """Whether the words before a count make it the whole of which something is a part."""
        pattern = _OF.get(self.language, _OF["nl"])
        return bool(re.search(rf"\b{pattern}\s*$", self.before(token), re.IGNORECASE))

    @property
    def tells_change(self) -> bool:
        """Whether it speaks of more or less than before."""
        return bool(_CHANGE.search(self.text))


def read_sentences(numbers: Iterable[Number], language: str) -> list[Sentence]:
    """The sentences of one report in printed order, each with its figures."""
    groups: dict[tuple[str, int, str], list[Number]] = defaultdict(list)
    labels: dict[tuple[str, int, float], tuple[str, ...]] = {}
    for n in numbers:
        if n.kind in ("prose", "list") and n.sentence:
            if n.unit == "count" and n.row_label:
                labels.setdefault((n.organisation, n.page, n.value), n.rows)
            groups[n.organisation, n.page, n.sentence].append(n)
    sentences = []
    for (_, _, text), members in groups.items():
        tokens = []
        at = 0
        for n in sorted(members, key=lambda n: _first(text, n.printed)):
            start = _find(text, n.printed, at)
            tokens.append(Token(n, start, start + len(n.printed) if start >= 0 else -1))
            at = max(at, start + 1 if start >= 0 else at)
        tokens.extend(_loose(text, tokens, members[0], language, labels))
        sentences.append(Sentence(text, language, tuple(sorted(tokens, key=lambda t: t.start))))
    return sorted(sentences, key=lambda s: (s.tokens[0].number.page, s.tokens[0].number.order))


_NUMERAL = re.compile(
    r"(?<![\w.,/-])\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?![\w%]|[.,]\d)|(?<![\w.,/-])\d+(?![\w%]|[.,/]\d| ?%)"
)
_NUMERAL_EN = re.compile(r"(?<![\w.,/-])\d{1,3}(?:,\d{3})+(?![\w%]|[.,]\d)|(?<![\w.,/-])\d+(?![\w%]|[.,/]\d| ?%)")


def _loose(
    text: str,
    tokens: list[Token],
    beside: Number,
    language: str,
    labels: Mapping[tuple[str, int, float], tuple[str, ...]],
) -> list[Token]:
    """Counts that the sentence prints and no observation carries (a repeated figure is read once); they have no id.

    One that repeats a figure of the page before it is named as that one is.
    """
    taken = [(t.start, t.end) for t in tokens if t.start >= 0]
    found = []
    for match in (_NUMERAL_EN if language == "en" else _NUMERAL).finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        value = float(re.sub(r"\D", "", match[0]))
        if 1900 <= value <= 2099 and match[0].isdigit():
            continue
        here = ((beside.organisation, page, value) for page in (beside.page, beside.page - 1))
        named = next((labels[key] for key in here if key in labels), (match[0],))
        number = replace(beside, id="", rows=named, columns=(), value=value, printed=match[0], unit="count")
        found.append(Token(number, match.start(), match.end()))
    return found


def _first(text: str, printed: str) -> int:
    found = _find(text, printed, 0)
    return found if found >= 0 else len(text)


def _find(text: str, printed: str, start: int) -> int:
    """Where a figure's characters stand by themselves (not inside a longer number), from `start` on, else anywhere."""
    pattern = re.compile(rf"(?<![\w.,]){re.escape(printed)}(?![\w]|[.,]\d)", re.IGNORECASE)
    found = pattern.search(text, start) or pattern.search(text)
    return found.start() if found else -1
