"""Whether a number in a sentence is an observation, and of what unit.

The rules look at what stands around the number: years, dates, references, street and telephone numbers, ordinals and
articles are refused; a counted noun, a share, a duration, a score, or a turn of phrase that leaves the noun out
(`van 117 in 2022 naar 156 in 2023`, `waarvan twee gegrond`) makes it one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from extractors import turns
from extractors.counted import AVERAGE, COUNTED, DAYS, MINUTES, MONEY, NOT_COUNTED, ONE_IN, PERCENT, SCORE, SECONDS
from extractors.number_words import Mention, mentions, word_number

_I = re.IGNORECASE
MANY_TIMES = 20
"""From here on a number of times is a count of events; below, a turn of phrase (`drie keer zo veel`)."""
WINDOW = 200
"""Characters before and after a number that its rules look at: a clause and more."""
LONGEST = 3000
"""No sentence is longer (in characters); what is, is no running text."""


@dataclass(frozen=True, slots=True)
class Found:
    """A number read: characters `start` to `end` of its sentence, value and unit, and how sure the rule is."""

    start: int
    end: int
    value: float
    unit: str
    confidence: float
    own_noun: bool = False
    """the words right after it name what it counts, though no noun of complaint handling stands there"""


@dataclass(frozen=True, slots=True)
class _At:
    """A number in its sentence. `named` says that the sentence, or the text before it, names something counted."""

    sentence: str
    mention: Mention
    before: str
    after: str
    language: str
    named: bool
    last: Found | None
    reporting_year: int | None

    @property
    def digits(self) -> bool:
        """Whether it is printed in figures."""
        return not self.mention.word

    @property
    def counted_next(self) -> bool:
        """Whether a counted noun stands right after it."""
        return COUNTED.match(self.after.lstrip()) is not None

    @property
    def ends_clause(self) -> bool:
        """Whether a mark or the end follows it."""
        return turns.PLAIN_AFTER.match(self.after) is not None

    def found(self, unit: str, confidence: float, length: int = 0, value: float | None = None) -> Found:
        """The number as read, `length` characters of unit included."""
        m = self.mention
        return Found(m.start, m.end + length, m.value if value is None else value, unit, confidence)


def observed(sentence: str, previous: str, language: str, reporting_year: int | None) -> Iterator[Found]:
    """The observations of a sentence, in order; `previous` is the text before it, where its noun may stand."""
    if len(sentence) > LONGEST:
        return
    named = COUNTED.search(sentence) is not None or COUNTED.search(previous) is not None
    last: Found | None = None
    shares = _one_of_so_many(sentence, language)
    for mention in mentions(sentence, language):
        while shares and shares[0].start < mention.start:
            last = shares.pop(0)
            yield last
        if last is not None and mention.start < last.end:
            continue
        before = sentence[max(0, mention.start - WINDOW) : mention.start]
        after = sentence[mention.end : mention.end + WINDOW]
        found = _judge(_At(sentence, mention, before, after, language, named, last, reporting_year))
        if found is not None:
            yield found
            last = found


def _one_of_so_many(sentence: str, language: str) -> list[Found]:
    """`une plainte sur trois`, `een op vijf`: an article that is a number only because of what follows."""
    found: list[Found] = []
    for hit in turns.ARTICLE_OF.finditer(sentence):
        word = hit.group("n")
        of = float(word) if word.isdecimal() else word_number(word, language)
        noun = hit.group("noun")
        if of and 2 <= of <= 100 and (noun is None or COUNTED.fullmatch(noun.strip())):
            found.append(Found(hit.start(), hit.end(), round(1 / of, 6), "ratio", 0.8))
    return found


def _judge(at: _At) -> Found | None:
    m, after = at.mention, at.after
    percent = PERCENT.match(after)
    if percent:
        whole = m.value == 100 and not re.match(r".{0,12}\b(?:van|of|des|der|de)\b", after)
        if m.value > 1000 or whole or turns.FULL.search(at.before):
            return None
        return at.found("percent", 0.95, len(percent.group().rstrip("(!) ")))
    referred = turns.BEFORE_REFERENCE.search(at.before) is not None
    if at.digits and turns.TO_PERCENT.match(after) and m.value <= 100 and not _is_year(at) and not referred:
        return at.found("percent", 0.9)
    score = SCORE.match(after)
    if score and at.digits and m.value <= 100:
        said = re.search(r"score|note|cijfer|punten|rating|bewertung", at.sentence, _I)
        if m.value != int(m.value) or said:
            scale = said and m.value in (0, 1) and re.search(r"\b(?:van|de|of|von|from)\s$", at.before, _I)
            return None if scale else at.found("score", 0.9, score.end())
    if _reference(at):
        return None
    return _duration(at) if _times(at) else _ratio(at) or _count(at)


def _times(at: _At) -> bool:
    return any(unit.match(at.after) for unit in (MINUTES, SECONDS, DAYS))


def _duration(at: _At) -> Found | None:
    """A lead time or a norm; a threshold that only qualifies a share (`36% binnen de 14 dagen`) is a label."""
    minutes, seconds, days = MINUTES.match(at.after), SECONDS.match(at.after), DAYS.match(at.after)
    timed = AVERAGE.search(at.sentence) is not None
    if minutes:
        value = at.mention.value * 60 + float(minutes.group("s") or 0)
        return at.found("seconds", 0.9, minutes.end(), value) if timed or minutes.group("s") else None
    if seconds:
        return at.found("seconds", 0.9, seconds.end()) if timed else None
    if days is None or not (timed or COUNTED.search(at.sentence)):
        return None
    rest = at.sentence.replace(at.mention.text, "", 1)
    share = re.search(r"\d\s?%|\b(?:procent|prozent|percent)|\d[\d.]*\s[^\W\d]{4,}", rest)
    if (
        (turns.LIMIT.search(at.before) and share)
        or turns.SHARE_WITHIN.search(at.before)
        or turns.OVERDUE.search(at.before)
    ):
        return None
    return at.found("days", 0.9, days.end())


def _ratio(at: _At) -> Found | None:
    """`één op vier`, `un sur quatre`: at most three in so many."""
    noun = re.match(r"^\s[^\W\d]{3,}(?=\s)", at.after)
    shift = noun.end() if noun and COUNTED.fullmatch(noun.group().strip()) else 0  # `une plainte sur trois`
    one_in = ONE_IN.match(at.after[shift:])
    if one_in is None or not 1 <= at.mention.value <= 4 or (at.digits and at.mention.value != 1):
        return None
    whole = one_in.group("n")
    of = float(whole) if whole.isdecimal() else word_number(whole, at.language)
    if not of or not at.mention.value < of <= 100:
        return None
    return at.found("ratio", 0.85, shift + one_in.end(), round(at.mention.value / of, 6))


def _reference(at: _At) -> bool:
    """Whether the number names something instead of counting it."""
    m, before, after = at.mention, at.before, at.after
    if m.text.startswith(("+", "-", "−")) or turns.DATE_AFTER.match(after) or turns.ORDINAL.match(after):
        return True
    if at.digits and re.match(r"^[A-Za-z]", after):  # 24u, 2x, 3D
        return True
    if re.match(r"^\s?[-–/.]\s?\d|^-[A-Z0-9]|^-(?:lijn|nummer|punt|jar|urig|daags)", after):
        return True
    if re.search(r"\d\s?[-–/.]\s?$|[A-Za-z][\-_.]$|\b(?:www\.|http)\S*$", before):
        return True
    if at.digits and turns.BEFORE_REFERENCE.search(before):
        # `post 3 klachten`: a counted noun right after outweighs, save after what is always numbered
        named = before.rstrip().rsplit(" ", 1)[-1].rstrip(".").casefold()
        if not at.counted_next or named in turns.REFERRED:
            return True
    if m.word and turns.LEVEL.search(before):
        return True
    postcode = re.match(r"^\s[A-ZÀ-Þ][a-zà-ÿ]+\b", after) and 1000 <= m.value <= 9999 and "." not in m.text
    if turns.CAPITAL_STREET.search(before) or postcode:
        return not at.counted_next
    if m.text.isdigit() and re.match(r"^\s?\d{2,3}\b", after):  # a telephone number in groups
        return True
    return re.match(r"^\s?(?:uur|u\.|h\b|heures|uhr|o['’]clock|pm\b|am\b)", after, _I) is not None


def _is_year(at: _At) -> bool:
    """Whether four figures are a year: `2007 klachten` is a count, unless a year is called for before it."""
    if not at.digits or not re.fullmatch(r"(?:19|20)\d\d", at.mention.text):
        return False
    noun = COUNTED.match(re.sub(r"^\s(?:\w+\s)?", "", at.after, count=1)) or at.counted_next
    return not noun or turns.YEAR_CALLED.search(at.before) is not None


def _complaints(sentence: str) -> bool:
    """Whether a sentence names something that is filed or handled, not only people and places."""
    return any(not _PEOPLE.fullmatch(n.group()) for n in COUNTED.finditer(sentence))


_PEOPLE = re.compile(
    r"\w*medewerkers?|personeelsleden|leerlingen|cursisten|inwoners|klanten|burgers|scholen|bezoekers|gebruikers|studenten|"
    r"\w*centra|\w*woningen|gemeenten|steden|mensen|personen|citoyens|habitants|personnes|agents|clients|personen|"
    r"einwohner\w*|bürger\w*|kund\w+|residents|customers|staff|people|households|members",
    _I,
)


def _count(at: _At) -> Found | None:
    m, before, after = at.mention, at.before, at.after
    if MONEY.match(after) or re.search(r"[€£$]\s?$", before) or m.value != int(m.value) or _is_year(at):
        return None
    plain = at.digits and "." not in m.text and at.reporting_year is not None
    if plain and m.value in (at.reporting_year, (at.reporting_year or 0) - 1) and not at.counted_next:
        return None
    if m.word and m.value == 1 and re.match(r"^\s(?:van|of|des|de|der|d['’]|op|aan|à|ou)\b", after, _I):
        return None
    if _one_for(at):
        return replace(at.found("count", 0.8), own_noun=True)
    noun = _noun(after)
    if noun is not None and turns.BY_CHANNEL.match(after):
        noun = None  # `12 per brief`: no rate, but the noun left out
    often = noun is not None and turns.TIMES.fullmatch(noun[0]) is not None and m.value >= MANY_TIMES
    if often and not _complaints(at.sentence):
        return None  # `1,5 miljoen keer per jaar belt een medewerker aan`
    if often:
        return at.found("count", 0.75)
    if noun is not None and NOT_COUNTED.match(noun[0]) and not _out_of_all(at):
        return None
    if m.word and m.value == 1 and noun is not None and "," in after[: max(0, after.find(noun[0]))]:
        noun = None  # `één specifiek feit, namelijk klachten`
    if noun is not None and COUNTED.fullmatch(noun[0]):
        announced = re.search(r"\b(?:volgende|onderstaande|suivant\w*|folgend\w*|following)\s", before, _I)
        if announced and at.sentence.rstrip().endswith(":"):
            return None
        return at.found("count", 0.95 if noun[1] == 0 else 0.9)
    if _more_or_less(at) and turns.THERE_WERE.search(before):
        return at.found("count", 0.85)
    for rule in (_YEAR_PAIR, _OUT_OF, _OF_THEM):
        if rule.holds(at):
            return at.found("count", rule.confidence)
    if at.named:
        if m.word and m.value == 1:
            told = _counts(at.last) and re.match(r"^\s(?:was|were|is|est|était|war|wurde|werd|bleek)\b", after)
            return (
                at.found("count", 0.85) if told or turns.JUDGED.match(after) or turns.OF_WHICH.search(before) else None
            )
        for rule in _ELLIPTIC:
            if rule.holds(at):
                return at.found("count", rule.confidence)
    return _plain_noun(at, noun)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A turn of phrase that leaves the counted noun out."""

    holds: Callable[[_At], bool]
    confidence: float


def _counts(last: Found | None) -> bool:
    return last is not None and last.unit == "count"


def _against(at: _At) -> bool:
    after = re.match(r"^\s(?:in|en|im|het|un|une|the|a|een|l['’]|le|vorig|das|au)\b", at.after)
    return at.last is not None and turns.AGAINST.search(at.before) is not None and (at.ends_clause or after is not None)


def _moved(at: _At) -> bool:
    to = re.search(r"\b(?:van|de|von|from|naar|tot|à|auf|to)\s$", at.before, _I)
    after = at.ends_clause or re.match(r"^\s(?:naar|tot|à|auf|to|in)\s", at.after)
    return at.digits and bool(to) and bool(after) and turns.MOVED.search(at.before) is not None


def _there_were(at: _At) -> bool:
    after = at.ends_clause or re.match(
        r"^\s(?:in|op|af|toe|binnen|bij|over|via|door|voor|uit|met|per|tegen)\b", at.after
    )
    return at.digits and bool(after) and turns.THERE_WERE.search(at.before) is not None


def _apposed(at: _At) -> bool:
    verb = re.match(r"^,\s(?:\w+\s){0,2}(?:were|was|waren|gingen|gaan|concern|betrafen|étaient|sont)", at.after)
    return at.digits and bool(verb) and at.before.endswith(", ")


def _series(at: _At) -> bool:
    pairs = re.findall(r"\d\s(?:in|en|im\sjahr)\s(?:19|20)\d\d", at.sentence, _I)
    return len(pairs) >= 2 and turns.IN_YEAR.match(at.after) is not None


def _coordinate(at: _At) -> bool:
    """`4.708 door burgers en 1.786 door eigen medewerkers`: two numbers with a preposition each."""
    if at.last is None or at.last.unit != "count":
        return False
    second = turns.ROLE.match(at.after)
    between = at.sentence[at.last.end : at.mention.start]
    if not second or len(between) > 80 or not re.search(r"(?:,|\b(?:en|et|und|and))\s$", between):
        return False
    return turns.ROLE_WITHIN.search(between) is not None


def _bracketed(at: _At) -> bool:
    if not at.digits or not re.search(r"\(\s?$", at.before):
        return False
    if re.match(r"^\s?\)", at.after):
        return re.search(r"\b(?:artikel|art\.|tabel|bijlage)\W*$", at.before, _I) is None
    return re.match(r"^\s?(?:[–\-;,]|of)\s?\d", at.after) is not None


def _second_of_pair(at: _At) -> bool:
    if at.last is None or at.last.unit not in ("percent", "count"):
        return False
    return (
        re.search(r"(?:%|\d)\s?(?:of|or|ou|oder|[–\-])\s$", at.sentence[at.last.start : at.mention.start]) is not None
    )


def _broken_down(at: _At) -> bool:
    """`2.003 contacten: 1.500 telefonisch en 503 per mail`."""
    if not at.digits or not _counts(at.last) or at.last is None:
        return False
    between = at.sentence[at.last.end : at.mention.start]
    follows = turns.ROLE.match(at.after) or turns.CHANNEL.match(at.after)
    return bool(follows) and len(between) < 60 and re.search(r"(?::|,|\b(?:en|et|und|and))\s$", between) is not None


def _gapped(at: _At) -> bool:
    """`with A there were 5540 contacts, with B 2887`: the second clause leaves verb and noun out and ends."""
    if not at.digits or not _counts(at.last) or at.last is None or not at.ends_clause:
        return False
    between = at.sentence[at.last.end : at.mention.start]
    named = re.search(r"(?:[,;]|\b(?:en|et|und|and))\s[^,;.:()\d]{3,60}\s$", between, _I)
    return named is not None and len(between) < 90 and COUNTED.match(between.lstrip()) is not None


def _of_them(at: _At) -> bool:
    """`181 of them`, `parmi elles, 56 ont été transmises`."""
    return at.digits and bool(turns.AMONG_THEM.search(at.before) or turns.OF_THEM.match(at.after))


def _out_of_all(at: _At) -> bool:
    """`bei 27 von 31 internen Beschwerden`."""
    hit = re.match(
        r"^\s(?:van|of|sur|von|out\sof)\s(?:(?:de|the|les|den)\s)?\d[\d.]*\s(?P<rest>[^.;:!?]{3,60})", at.after
    )
    return at.digits and hit is not None and COUNTED.search(hit.group("rest")) is not None


def _one_for(at: _At) -> bool:
    """`één centraal kanaal voor meldingen`; after `meer dan` it is a turn of phrase."""
    hit = turns.ONE_FOR.match(at.after) if at.mention.word and at.mention.value == 1 else None
    return (
        hit is not None and bool(COUNTED.fullmatch(hit.group("of"))) and not re.search(r"\b(?:dan|than)\s$", at.before)
    )


def _more_or_less(at: _At) -> bool:
    """`15 minder dan in 2021`, `32 mehr als im Vorjahr`."""
    return at.digits and turns.COMPARISON.match(at.after) is not None


def _total(at: _At) -> bool:
    after = at.ends_clause or re.match(r"^\s(?:dat|in|en|of|als|over)\b", at.after)
    return bool(after) and turns.TOTAL_BEFORE.search(at.before) is not None


def _shared(at: _At) -> bool:
    """A later number's noun is this one's too: `1.559 en 127 gevallen`."""
    hit = re.match(r"^\s?(?:,|en|et|und|and|of)\s(?:de\s|les\s)?[\d.]+\s(?:\w+\s)?(?P<w>[\wÀ-ÿ\-]+)", at.after)
    return bool(hit and COUNTED.fullmatch(hit.group("w")))


_YEAR_PAIR = _Rule(
    lambda at: bool(turns.IN_YEAR.match(at.after)) and bool(turns.CHANGE.search(at.before) or _counts(at.last)), 0.9
)
_OUT_OF = _Rule(_out_of_all, 0.85)
_OF_THEM = _Rule(_of_them, 0.85)
_ELLIPTIC = (
    _Rule(lambda at: at.digits and turns.PERCENT_BESIDE.match(at.after) is not None, 0.9),
    _Rule(_against, 0.85),
    _Rule(_moved, 0.85),
    _Rule(_there_were, 0.85),
    _Rule(_apposed, 0.8),
    _Rule(_series, 0.9),
    _Rule(_coordinate, 0.8),
    _Rule(_broken_down, 0.8),
    _Rule(_more_or_less, 0.85),
    _Rule(_gapped, 0.8),
    _Rule(lambda at: bool(turns.THEREOF.match(at.after)) and not re.match(r"^\s(?:de|van|of)\s", at.after), 0.85),
    _Rule(
        lambda at: bool(turns.OF_WHICH.search(at.before)) and not re.match(r"^\s(?:jaar|keer|dagen|uur)", at.after),
        0.85,
    ),
    _Rule(
        lambda at: bool(turns.IN_YEAR.match(at.after)) and (at.before.rstrip().endswith("(") or at.last is not None),
        0.9,
    ),
    _Rule(lambda at: turns.YEAR_THEN.search(at.before) is not None, 0.9),
    _Rule(_bracketed, 0.85),
    _Rule(_second_of_pair, 0.8),
    _Rule(_total, 0.8),
    _Rule(_shared, 0.8),
    _Rule(
        lambda at: re.match(r"^(?:tal)?\s(?:in\stotaal|au\stotal|insgesamt|in\stotal)\b", at.after) is not None, 0.85
    ),
    _Rule(lambda at: turns.JUDGED.match(at.after) is not None, 0.85),
)
"""Turns of phrase where the noun stands elsewhere; the first that holds gives the confidence."""


def _plain_noun(at: _At, noun: tuple[str, int] | None) -> Found | None:
    """A large number with a plural right after it counts that, whatever it is; a small one needs a known noun."""
    if noun is None or not at.digits or not 20 <= at.mention.value <= 5e7:
        return None
    word, near = noun
    plural = re.search(r"(?:[ensx]|er)$", word) and len(word) > 3 and word[0].islower()
    return replace(at.found("count", 0.75), own_noun=True) if plural and near <= 1 else None


def _noun(after: str) -> tuple[str, int] | None:
    """The first noun that may be counted after a number, and how many words stand before it (at most four)."""
    tail = re.match(r"^-?(?:zes)?tal\s", after)
    clause = re.split(r"[.;:!?\[]|\s[–—-]\s", after[tail.end() :] if tail else after, maxsplit=1)[0]
    parts = re.findall(r"[A-Za-zÀ-ÿ][\wÀ-ÿ’'\-/]*|[^\sA-Za-zÀ-ÿ]", clause)[:10]
    seen = 0
    for index, part in enumerate(parts):
        if not part[0].isalpha():
            if part in "()" or (part in ",&" and seen):
                continue
            return None
        if COUNTED.fullmatch(part):
            return part, seen
        if index == 0 and NOT_COUNTED.match(part):
            return part, 0
        if turns.STOPS.match(part) or seen >= 4:
            return None
        seen += 1
        follows = parts[index + 1] if index + 1 < len(parts) else ""
        if seen == 1 and (not follows or follows in ",(" or turns.STOPS.match(follows)):
            later = next((t for t in parts[index + 1 : index + 3] if COUNTED.fullmatch(t)), None)
            return (later, 1) if later and follows and follows in ",(" else (part, 0)
    return None
