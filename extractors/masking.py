"""Personal details in texts, replaced by marks such as [NAAM] and counted, before a text leaves the extractors.

Masked: persons' names, street addresses with a house number, phones, e-mail addresses, number plates, national
numbers, bank accounts, dates of birth. Kept: office holders named with their office, organisations, products, and
streets named without a house number (the place of a nuisance). Where in doubt a detail is masked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from extractors.known_names import is_place, is_word, may_be_given
from extractors.numbers_of_persons import numbers_and_addresses
from extractors.person_signs import (
    ALSO_WORDS,
    BODY,
    CAP,
    COMMON,
    FIRST_NAMES,
    NOT_AFTER,
    OFFICE_WORD,
    PAIR,
    PARTICLE,
    ROLE,
    SAYS,
    SHAPE,
    SINGLE,
    SURNAME,
    TITLE,
    TITLE_NO_NAME,
    UPPER,
    WORD,
    fold,
    held,
    is_first,
    is_last,
    placelike,
)
from extractors.story_names import guessed

_OFFICIAL = re.compile(
    r"(?<![\w\-])(?!(?:Over|Onder|Door|Naar|Voor|Waar|Maar|Daar|Hier|Meer|Elder|Water|Unter|Über|Oder|Aber|Nur|Sur|Pour|Par|"
    r"Under|After|For|Or)\s)[A-ZÀ-Þa-zà-ÿ][\wÀ-ÿ\-]*(?:er|ster|eur|euse|rice|iste?|ant|ente?|aar|arts|ière?|ienne?|aire|erin|"
    r"leiter(?:in)?|or|ess)\s" + rf"(?P<name>{WORD}\s{WORD})(?![\w\-]|\s[{UPPER}])"
)
_RELATION = re.compile(
    r"\b(?:[Hh]aar|[Zz]ijn|[Mm]ijn|[Hh]un|[Oo]nze|[Ss]a|[Ss]on|[Mm]a|[Mm]on|[Ll]eurs?|[Nn]otre|[Ii]hre?[nmrs]?|[Ss]eine?[nmrs]?|"
    r"[Mm]eine?[nmrs]?|[Hh]er|[Hh]is|[Mm]y|[Tt]heir|[Oo]ur)\s(?:(?:\w+\s)?"
    r"(?:vriend(?:in)?|partner|man|vrouw|zus(?:je)?|broer(?:tje)?|dochter(?:tje)?|zoon(?:tje)?|mama|papa|oma|opa|"
    r"kleindochter|kleinzoon|nicht|neef|schoonzoon|schoonmoeder|baby|buurjongen|buurmeisje|amie?|mari|femme|compagne|"
    r"compagnon|sœur|soeur|frère|mère|père|beau-frère|belle-mère|petite?-fil(?:s|le)|cousine?|nièce|neveu|bébé|Freund(?:in)?|"
    r"Mann|Frau|Schwester|Bruder|Mutter|Vater|Enkel(?:in)?|Lebensgefährtin|Partner(?:in)?|wife|husband|sister|brother|friend|"
    r"mother|father|grandson|granddaughter|carer|niece|nephew|son|daughter|fils|fille))\s*,?\s+"
    rf"(?P<name>{WORD}(?:\s{WORD})?)"
)
_TITLED = re.compile(
    rf"\b{TITLE}\s+(?P<name>(?:[A-Z]\.[\s-]?){{0,3}}{SURNAME}(?:\s+(?!en\b|et\b|und\b|and\b){SURNAME}){{0,2}})"
)
_CALLED = re.compile(rf"\b{ROLE}\s*,?\s+(?P<name>{CAP})(?![\w\-]|\s{CAP})")
_OF = re.compile(
    rf"\b(?:klacht|brief|mail|e-mail|vraag|verzoek|bezwaar|woning|moeder|vader|zoon|dochter|kind|kat|hond|"
    rf"plainte|lettre|courrier|demande|réclamation|maison|"
    rf"Beschwerde|Brief|Anfrage|Wohnung|complaint|letter|house|request)\s(?:van|de|von|of|by|"
    rf"from)\s(?P<name>{CAP}\s{SURNAME})"
)
_DOES = re.compile(
    rf"(?<![\w\-])(?P<name>{CAP}\s(?:[A-Z]\.\s)?{SURNAME})(?:\s\(\d{{1,2}}\))?,?\s(?:woont|woonde|klaagt|"
    rf"klaagde|belde|mailde|schreef|diende|vindt|vond|wachtte|parkeerde|"
    rf"habite|habitait|demeure|se\splaint|s['’]est\splainte?|a\stéléphoné|a\sappelé|a\sécrit|attend|estime|"
    rf"conteste|souhaite|wohnt|wohnte|beschwerte|rief|schrieb|"
    rf"lives|lived|called|wrote|complained|phoned|emailed|waited)\b"
)
_ROLED = re.compile(rf"\b{ROLE}\s*,?\s+(?P<name>{CAP}\s+{SURNAME}(?:\s{CAP})?)")
_SAID = re.compile(rf"(?<![\w\-])(?P<name>{CAP}\s(?:[A-Z]\.\s)?{SURNAME})\s{SAYS}\b")
_FRENCH_ARTICLE = re.compile(r"\b(?:l['’]|(?:le|du|au)\s)$", re.IGNORECASE)
_ALSO = re.compile(
    rf"\[NAAM\](?:\s(?:en|et|und|and|&)\s|\s[-–/]\s(?=\S+\s{CAP}))(?P<name>(?:(?=[A-Z]){PARTICLE}\s)?{CAP}(?:\s{CAP})?)(?![\w\-])"
)
_FIRST_OF_TWO = re.compile(rf"(?<![\w\-])(?P<name>{CAP})(?P<between>\s(?:en|et|und|and|&)\s|\s)(?=\[NAAM\])")
_INITIALS = re.compile(rf"(?<![\w.+&])(?P<name>(?:[A-Z]\.[\s-]?){{1,3}}{SURNAME})")


def mask(text: str, language: str) -> tuple[str, int]:
    """`text` with its personal details replaced by marks, and how many were."""
    text, count = numbers_and_addresses(text)
    spans = list(_names(text, language))
    return _put(text, spans, count, language)


def mask_story(texts: Sequence[str], language: str) -> tuple[tuple[str, ...], int]:
    """The texts of one story (title, complaint, ...), masked together, and how many details were.

    In a story two capitalised words that no dictionary has are a person, where `mask` leaves them to be a body or a
    product; and who is named once is masked wherever a part of the name comes again.
    """
    plain = [numbers_and_addresses(text) for text in texts]
    spans = [[*_names(text, language), *guessed(text, language)] for text, _ in plain]
    named = {
        low
        for (text, _), found in zip(plain, spans, strict=True)
        for start, end in found
        for word in re.findall(CAP, text[start:end])
        if len(low := fold(word)) >= 3 and low not in COMMON and not is_place(low) and not is_word(low, language)
    }
    masked: list[str] = []
    total = 0
    for (text, count), found in zip(plain, spans, strict=True):
        again = [
            hit.span()
            for hit in SINGLE.finditer(text)
            if ((low := fold(hit.group())) in named or _misspelt(low, named, language))
            and not held(text, *hit.span())
            and not NOT_AFTER.search(text[max(0, hit.start() - 60) : hit.start()])
        ]
        done, number = _put(text, [*found, *again], count, language)
        masked.append(done)
        total += number
    return tuple(masked), total


def _misspelt(low: str, named: Collection[str], language: str) -> bool:
    """Whether an unknown word is a name of the same story with a letter otherwise, or two in a long one."""
    if len(low) < 6 or is_word(low, language) or is_place(low) or low in COMMON:
        return False
    most = 1 if len(low) < 8 else 2
    return any(Levenshtein.distance(low, name, score_cutoff=most) <= most for name in named if len(name) >= 6)


def _put(text: str, spans: list[tuple[int, int]], count: int, language: str) -> tuple[str, int]:
    """`text` with its names masked, and `count` with them added."""
    shown = text.count("[NAAM]")
    for start, end in reversed(_merged(sorted(_without_genitive(text, *span) for span in spans))):
        text = f"{text[:start]}[NAAM]{text[end:]}"
    text = _ALSO.sub(lambda hit: _second(hit, language), text)
    text = _FIRST_OF_TWO.sub(lambda hit: _first(hit, language), text)
    return text, count + text.count("[NAAM]") - shown


def _second(hit: re.Match[str], language: str) -> str:
    """`[NAAM] et Nolan`: who is named in one breath with a person is one, unless the word is a body's or a noun's."""
    name = hit.group("name")
    known = all(is_first(fold(w), language) or is_last(fold(w), language) for w in name.split())
    bare = re.sub(rf"^(?:{PARTICLE}\s)+", "", name)
    if BODY.search(bare) or fold(bare.split()[0]) in COMMON or (language == "de" and not known):
        return hit.group()
    return hit.group()[: hit.start("name") - hit.start()] + "[NAAM]"


def _first(hit: re.Match[str], language: str) -> str:
    """`Els en [NAAM]`, `Nguyen [NAAM]`: a given name before another person's, a family name before a given one."""
    low = fold(hit.group("name"))
    if hit.group("between").isspace():
        return "" if is_last(low, language) and low not in ALSO_WORDS and low not in COMMON else hit.group()
    return f"[NAAM]{hit.group('between')}" if is_first(low, language) and low not in COMMON else hit.group()


def _without_genitive(text: str, start: int, end: int) -> tuple[int, int]:
    """`Mrs Pugh's daughter`: the s is not the name's."""
    return (start, end - 2) if text[end - 2 : end] in ("'s", "’s") else (start, end)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    result: list[tuple[int, int]] = []
    for start, end in spans:
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def _names(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Places of persons' names. In German every noun has a capital, so there a first name must be known."""
    german = language == "de"
    for hit in _TITLED.finditer(text):
        start, end = hit.span("name")
        if len(fold(text[start:end]).strip(".")) == 1:
            continue  # Mr X: a name that is hidden already
        first = text[start:end].split(maxsplit=1)[0].casefold()
        if first in TITLE_NO_NAME or held(text, hit.start(), end) or _words(text[start:end]):
            continue
        yield start, end
    for pattern in (_ROLED, _INITIALS, _OF, _DOES, _SAID):
        for hit in pattern.finditer(text):
            start, end = hit.span("name")
            name = text[start:end]
            if pattern is _INITIALS and (name.startswith(("M. ", "M.\u00a0")) or fold(name.split()[-1]) in COMMON):
                continue  # Monsieur, not an initial; a sentence's end and the next one's first word
            if pattern is not _INITIALS and (BODY.search(name) or fold(name.split()[0]) in COMMON):
                continue
            if pattern is _SAID and not is_first(fold(name.split()[0]), language):
                continue  # a firm or a body says and asks as well
            if german and pattern not in (_INITIALS, _OF) and not is_first(fold(name.split()[0]), language):
                continue
            if not held(text, start, end) and not placelike(name):
                yield start, end
    for hit in _OFFICIAL.finditer(text):
        first, last = (fold(w) for w in hit.group("name").split())
        sign = is_first(first, language) or is_last(last, language) or SHAPE.search(last)
        name = hit.group("name")
        body = BODY.search(name) or placelike(name) or first in COMMON
        if sign and not body and not german and not held(text, *hit.span("name")):
            yield hit.span("name")
    for hit in _RELATION.finditer(text):
        if not BODY.search(hit.group("name")) and fold(hit.group("name").split()[0]) not in COMMON:
            yield hit.span("name")
    for hit in _CALLED.finditer(text):
        if is_first(fold(hit.group("name")), language) and not held(text, *hit.span("name")):
            yield hit.span("name")
    for hit in PAIR.finditer(text):
        yield from _person(text, hit.start(), hit.group(), language)
    for hit in SINGLE.finditer(text):
        low = fold(hit.group())
        if _FRENCH_ARTICLE.search(text[max(0, hit.start() - 4) : hit.start()]) and language == "fr":
            continue  # l'Ascension, le Samu: no person takes the article
        if hit.group().isupper() and low not in FIRST_NAMES:
            continue  # FR, DUI: a language or a body, in short
        if not is_first(low, language) or low in ALSO_WORDS or held(text, hit.start(), hit.end()):
            continue
        after = text[hit.end() : hit.end() + 30]
        before = text[max(0, hit.start() - 30) : hit.start()]
        if re.search(rf"{CAP}\s$", before) and not re.search(r"(?:^|[.!?]\s)\S*\s?$", before):
            continue  # a part of a longer name, which was judged as a whole
        if (
            NOT_AFTER.search(text[max(0, hit.start() - 60) : hit.start()])
            or re.match(rf"\s*(?:&|{CAP})", after)
            or text[hit.end() : hit.end() + 1] == "]"
        ):
            continue
        yield hit.start(), hit.end()


def _person(text: str, offset: int, run: str, language: str) -> Iterator[tuple[int, int]]:
    """A run of capitalised words that holds a first name and a surname: from the first name on."""
    parts = list(re.finditer(r"\S+", run))
    if any(OFFICE_WORD.fullmatch(w.group()) for w in parts[1:]):
        return  # a name and its office, one after the other: Jan Peeters Burgemeester
    for k, word in enumerate(parts[:-1]):
        low = fold(word.group())
        known = is_first(low, language) and low not in COMMON
        last = fold(parts[-1].group())
        if is_last(low, language) and low not in ALSO_WORDS and is_first(last, language) and len(parts) == 2:
            known = True  # the surname first, as on forms
        surname = is_last(last, language)
        if not known and not (
            surname
            and k == len(parts) - 2
            and last not in ALSO_WORDS
            and _looks_first(text, offset + word.start(), low, language)
        ):
            continue
        start, end = offset + word.start(), offset + parts[-1].end()
        # Rose Garden, Victor Hugo: a surname that is known, or a person's sign, is needed
        doubtful = low in ALSO_WORDS and not surname and not _particle(run[word.end() :])
        if doubtful and not _personal(text, start):
            return
        if (
            placelike(run[word.end() :])
            or NOT_AFTER.search(text[max(0, start - 60) : start])
            or any(held(text, offset + w.start(), end) for w in parts[: k + 1])
        ):
            return
        yield start, end
        return


def _looks_first(text: str, start: int, low: str, language: str) -> bool:
    """Whether an unknown capitalised word before a known surname may be a first name."""
    opens = start == 0 or text[:start].rstrip()[-1:] in '.!?:“„«"‘'
    return not opens and len(low) > 2 and low not in COMMON and (may_be_given(low) or not is_word(low, language))


def _personal(text: str, start: int) -> bool:
    before = text[max(0, start - 40) : start]
    return bool(
        re.search(
            rf"(?:{ROLE}|{TITLE}|\b(?:van|door|met|aan|voor|par|avec|à|de|chez|von|mit|bei|by|with|from|to)|,)\s*$",
            before,
        )
    )


def _particle(rest: str) -> bool:
    return bool(re.match(rf"\s+(?:{PARTICLE}\s|[DO]['’][{UPPER}])", rest))


def _words(name: str) -> bool:
    """Whether what follows a title is no name after all: `Mevrouw Ombudsvrouw`, `Meester in de rechten`."""
    return name.casefold() in {
        "u",
        "ik",
        "je",
        "il",
        "elle",
        "sie",
        "he",
        "she",
        "mevrouw",
        "mijnheer",
        "monsieur",
        "madame",
    }
