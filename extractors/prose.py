"""Figures in running text: counts, percentages, lead times, scores, each with what it counts and its own place.

A number is taken only when its sentence says what it counts. Years, dates, page and law numbers, telephone and house
numbers, names with digits, ordinals, enumerations and the numbers inside a narrative case are no observations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.cases import case_paragraphs
from extractors.counted import (
    APPROX,
    AVERAGE,
    COUNTED,
    DAYS,
    MINUTES,
    MONEY,
    NOT_COUNTED,
    ONE_IN,
    PERCENT,
    SCORE,
    SECONDS,
)
from extractors.dates import MONTH_WORDS
from extractors.lists import list_items
from extractors.masking import mask
from extractors.number_words import Mention, mentions, word_number
from extractors.outline import Outline
from extractors.phrases import counted_phrase
from extractors.sentences import sentences
from extractors.textflow import Paragraph
from schemas.printed import Figure

METHOD = "prose-rules"
_I = re.IGNORECASE
_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?![\d%]|[.,]\d)")
_BEFORE_REFERENCE = re.compile(
    r"(?:\b(?:art(?:ikel(?:en)?|icles?|\.)?|§+|wet|decreet|kb|omzendbrief|rondzendbrief|loi|décret|arrêté|gesetz|verordnung|section|tabel|tableau|tabelle|table|"
    r"grafiek|graphique|figuur|figure|fig\.|abbildung|abb\.|bijlage|annexe|anhang|appendix|annex|hoofdstuk|chapitre|kapitel|chapter|pagina|page|blz\.?|p\.|pp\.|seite|"
    r"s\.|punt|paragraaf|paragraphe|deel|partie|teil|part|nr\.?|n[°o]\.?|no\.|nummer|numéro|number|versie|version|tel\.?|tél\.?|telefoon|téléphone|phone|fax|bel|"
    r"stage|step|tier|étape|stufe|stap|post|lijn|ligne|linie|bus|tram|zone|top|station|type|fase|phase|niveau|level|stufe|graad|categorie|kategorie|kaart|office|covid|windows|op\s(?:schaal|een\sschaal)\svan|"
    r"score\svan|schaal\svan|échelle\sde|skala\svon|scale\sof)\s*|[#@/]|\b[A-Z]{1,5}[-.]?)$",
    _I,
)
_DATE_AFTER = re.compile(rf"^\s?(?:er|ste|\.|st|nd|rd|th)?\s(?:{MONTH_WORDS})\b", _I)
_ORDINAL = re.compile(r"^(?:e|de|ste|er|ère|ème|è|nd|rd|th|st)(?![a-zà-ÿ])|^°|^\.\s?(?:Mal|Platz|Juli)", _I)
_UNIT_AFTER = re.compile(r"^\s?-?(?P<w>[a-zà-ÿ][\w’'\-]*)", _I)
_CAPITAL_STREET = re.compile(r"[A-ZÀ-Þ][\wÀ-ÿ\-]*(?:straat|laan|lei|weg|plein|dreef|steenweg|baan|kaai|markt|brug|singel|straße|strasse|platz|gasse|allee)\s*,?\s*$")
_PLAIN_AFTER = re.compile(r"^\s?[)\],.;:”’»]|^\s*$|^\s(?:–|-|—)\s")
_THEREOF = re.compile(
    r"^\s(?:daarvan|ervan|hiervan|hadden|waren|van\s(?:deze|die|hen|de)|werden|betreffen|betroffen|gingen|kwamen|d['’]entre|de\sces|concern\w+|portai\w+|étaient|sont|ont|davon|dieser|"
    r"waren|betrafen|wurden|of\s(?:these|those|them|which|the)|were|concerned|related)\b",
    _I,
)
_OF_WHICH = re.compile(r"\b(?:waarvan|daarvan|waaronder|onder\swie|dont|parmi\slesquel\w+|davon|wovon|darunter|of\swhich|including|of\swhom|of\sthese)\s(?:(?:er|waren|zijn|werden|étaient|waren|were)\s)?(?:APPROX)?$".replace(
    "APPROX", r"(?:ongeveer|circa|bijna|environ|rund|etwa|about|slechts)\s"), _I)  # fmt: skip
_CHANGE = re.compile(
    r"\b(?:van|de|von|from|à|naar|tot|op|auf|to|vers|bis|zu)\s(?:(?:nog|slechts|nur|only|seulement|just|maar)\s)*$", _I
)
_IN_YEAR = re.compile(r"^\s?,?\s?(?:in|en|im\sjahr|im\sjahre|pour|voor|für|for|during)\s(?:20|19)\d\d\b|^\s?\((?:in\s|en\s)?(?:20|19)\d\d\)", _I)
_YEAR_THEN = re.compile(
    r"\b(?:in|en|im\sjahr)\s(?:19|20)\d\d\s(?:\(|(?:(?:waren|zijn)\s(?:dat\s)?er|(?:ce\s)?(?:fut|étaient|était)|waren\ses|(?:there\s)?were|it\swas|bedroeg\sdat|was\sdat)?\s?(?:(?:nog|slechts|nur|only|maar)\s)*)$",
    _I,
)
_AGAINST = re.compile(r"\b(?:tegenover|tegen|contre|après|gegenüber|gegen|nach|against|compared\s(?:to|with)|versus|vs\.?|up\sfrom|down\sfrom)\s(?:(?:de|les|the|nog|slechts|only|nur)\s)?$", _I)
_MOVED = re.compile(r"\b(?:passée?s?|steeg|stegen|daalde|daalden|ging|gingen|groeide|zakte|stieg|stiegen|sank|sanken|ging|rose|fell|went|increased|decreased|dropped|grew|augmenté|diminué|reculé|baissé|toegenomen|gestegen|gedaald|gestiegen|gesunken)\b", _I)
_TOTAL_BEFORE = re.compile(
    r"\b(?:totaal van|total de|gesamt(?:zahl)? von|total of|aantal (?:van|op|is|bedroeg|bedraagt)|nombre (?:de|à)|in totaal|au total|insgesamt|in total|waren (?:dat )?er|"
    r"goed voor|stijging (?:van|met)|daling (?:van|met)|toename van|afname van|augmentation de|diminution de|hausse de|baisse de|zunahme (?:um|von)|"
    r"(?:stegen|daalden|steeg|daalde|toegenomen|gedaald|gestegen)\s[^.;]{0,30}met|increase of|decrease of|(?:rose|fell|increased|decreased) by)\s(?:\w+\s)?$",
    _I,
)
_FULL = re.compile(r"\b(?:nooit|niet|never|jamais|nie)\s(?:voor\s)?$", _I)
_QUOTED = re.compile(r"[‘'“\"„«][^’'”\"»]{0,60}$")


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    value: float
    unit: str
    mention: Mention
    confidence: float


def find_figures(
    paragraphs: Sequence[Paragraph], outline: Outline, language: str, reporting_year: int | None = None
) -> tuple[Figure, ...]:
    """Figures of kind `prose`, in reading order.

    `years` are those that the sentence gives for the number itself; empty when it gives none. `reporting_year` helps
    to tell a year from a count. Sentences leave masked.
    """
    told = case_paragraphs(paragraphs, language)
    listed = list_items(paragraphs, language)
    figures: list[Figure] = []
    for number, paragraph in enumerate(paragraphs):
        if number in told or number in listed or paragraph.kind in ("heading", "caption", "quote"):
            continue
        if (paragraph.kind == "footnote" and len(paragraph.text.split()) < 6) or _rows(paragraph.text):
            continue
        lead = _lead(paragraphs, number)
        for start, end in sentences(paragraph.text, language):
            sentence = paragraph.text[start:end]
            previous = f"{lead} {paragraph.text[max(0, start - 400) : start]}"
            if not sentence.endswith("?"):
                for found in _in_sentence(sentence, previous, language, reporting_year):
                    figures.append(_figure(paragraph, start, sentence, previous, found, language))
    return tuple(figures)


def _rows(text: str) -> bool:
    """Whether a text is rows of a table that no rule or column gave away: many numbers, no sentence."""
    tokens = text.split()
    bare = [t.strip("()%.,").replace(".", "").replace(",", "") for t in tokens]
    numbers = sum(t.isdigit() and not _YEAR.fullmatch(t) for t in bare)
    return numbers >= 3 and numbers >= 0.18 * len(tokens) and not re.search(r"[.!?:;]\W*$", text)


def _lead(paragraphs: Sequence[Paragraph], number: int) -> str:
    """The end of the paragraph before, where it stands under the same heading; its noun may be counted on."""
    if number == 0 or paragraphs[number - 1].kind not in ("body", "item"):
        return ""
    return paragraphs[number - 1].text[-200:]


def _figure(paragraph: Paragraph, offset: int, sentence: str, previous: str, found: _Found, language: str) -> Figure:
    places = paragraph.places(offset + found.start, offset + found.end)
    labels = tuple(
        mask(level, language)[0] for level in counted_phrase(sentence, found.start, found.end, previous, language)
    )
    masked, _ = mask(sentence, language)
    return Figure(
        kind="prose", organisation=paragraph.organisation, printed=sentence[found.start : found.end].strip(),
        value=found.value, unit=found.unit, row_labels=labels, column_labels=(), place=places[0],
        method=METHOD, section=paragraph.section, table_title=paragraph.section, confidence=found.confidence,
        sentence=masked, years=_years_for(sentence, found), label_places=paragraph.places(offset, offset + 1)[:1],
    )  # fmt: skip


_CLAUSE = re.compile(
    r";\s|,?\s(?:terwijl|tegenover|vergeleken|tandis\sque|alors\sque|contre|während|gegenüber|while|whereas|compared|against|down\sfrom|up\sfrom)\b|"
    r",\s(?:in|en|im\sjahr)\s(?=(?:19|20)\d\d)|\s(?:en|et|und|and)\s(?=(?:in|en|im\sjahr)\s(?:19|20)\d\d)",
    _I,
)
_COMPARED = re.compile(
    r"(?:ten\sopzichte\svan|in\svergelijking\smet|vergeleken\smet|in\sverhouding\stot|dan|als|than|qu['’]en|que|par\srapport\sà|gegenüber|im\svergleich\szu|compared\s(?:to|with)|"
    r"tegenover|contre|against|klachtenrapport\svan|rapport\svan)\s(?:\w+\s){0,2}$",
    _I,
)


def _years_for(sentence: str, found: _Found) -> tuple[str, ...]:
    """The year that the sentence gives the number: beside it, in its clause, or in an earlier clause that holds on."""
    tight = _IN_YEAR.match(sentence[found.end :])
    if tight:
        year = _YEAR.search(tight.group())
        if year:
            return (year.group(),)
    years = [y for y in _YEAR.finditer(sentence) if not (found.start <= y.start() < found.end)]
    beside = [y for y in years if re.fullmatch(r"\s?[(:]\s?|\s[^\d.;,]{0,28}\s", sentence[y.end() : found.start] or "x")]
    if beside and re.search(r"[(:]\s?$|\b(?:er|es|were|nog)\s$|^\s$", sentence[beside[-1].end() : found.start]):
        return (beside[-1].group(),)
    cuts = [0, *(m.start() for m in _CLAUSE.finditer(sentence)), len(sentence)]
    spans = list(zip(cuts, cuts[1:], strict=False))
    mine = next((k for k, (a, b) in enumerate(spans) if a <= found.start < b), 0)
    for k in range(mine, -1, -1):
        low, high = spans[k]
        own = [y for y in years if low <= y.start() < high]
        own = [y for y in own if k == mine or not _COMPARED.search(sentence[: y.start()])]
        plain = [y for y in own if not _COMPARED.search(sentence[max(0, y.start() - 40) : y.start()])]
        if not plain and own and re.match(r",?\s(?:tegenover|contre|gegenüber|against|compared|down|up|vergeleken)", sentence[low:high]):
            plain = own
        if plain:
            earlier = [y for y in plain if y.end() <= found.start]
            later = [y for y in plain if y.start() >= found.end]
            if k != mine:
                return (plain[-1].group(),)
            return ((earlier[-1] if earlier else later[0]).group(),)
        if re.match(r",?\s(?:tegenover|contre|gegenüber|against|compared|down|up|terwijl|während|while)", sentence[low:high]):
            return ()
    return ()


def _in_sentence(sentence: str, previous: str, language: str, reporting_year: int | None) -> Iterator[_Found]:
    context = bool(COUNTED.search(sentence) or COUNTED.search(previous))
    last: _Found | None = None
    for mention in mentions(sentence, language):
        if last is not None and mention.start < last.end:
            continue
        found = _judge(sentence, mention, language, context, last, reporting_year)
        if found is not None:
            yield found
            last = found


def _judge(
    sentence: str, m: Mention, language: str, context: bool, last: _Found | None, reporting_year: int | None
) -> _Found | None:
    before, after = sentence[: m.start], sentence[m.end :]
    percent = PERCENT.match(after)
    if percent:
        if m.value > 1000 or _FULL.search(before) or (m.value == 100 and not re.match(r".{0,12}\b(?:van|of|des|der|de)\b", after)):
            return None
        return _Found(m.start, m.end + len(percent.group().rstrip("(!) ")), m.value, "percent", m, 0.95)
    if not m.word and re.match(r"^\s(?:naar|tot|à|auf|to|en|et|und|and|bis)\s\d[\d.,]*\s?(?:%|procent|prozent|per\s?cent|pour\scent)", after, _I) and (
        m.value <= 100 and not _is_year(m, sentence, after) and not _BEFORE_REFERENCE.search(before)
    ):
        return _Found(m.start, m.end, m.value, "percent", m, 0.9)
    score = SCORE.match(after)
    if score and (not m.word) and m.value <= 100 and (m.value != int(m.value) or re.search(r"score|note|cijfer|punten|rating|bewertung", sentence, _I)):
        if re.search(r"(?:schaal|scale|échelle|score)\s(?:van|de|of)\s$", before, _I):
            return None
        return _Found(m.start, m.end + score.end(), m.value, "score", m, 0.9)
    if _reference(sentence, m, before, after):
        return None
    minutes = MINUTES.match(after)
    if minutes:
        seconds = m.value * 60 + float(minutes.group("s") or 0)
        if not AVERAGE.search(sentence) and not minutes.group("s"):
            return None
        return _Found(m.start, m.end + minutes.end(), seconds, "seconds", m, 0.9)
    if SECONDS.match(after):
        return _Found(m.start, m.end + SECONDS.match(after).end(), m.value, "seconds", m, 0.9) if AVERAGE.search(sentence) else None  # type: ignore[union-attr]
    days = DAYS.match(after)
    if days:
        return _days(sentence, m, before, days)
    one_in = ONE_IN.match(after)
    if one_in and m.value in (1.0, 2.0, 3.0, 4.0) and (m.value == 1.0 or m.word):
        of = float(one_in.group("n")) if one_in.group("n").isdigit() else word_number(one_in.group("n"), language)
        if of and of > m.value:
            return _Found(m.start, m.end + one_in.end(), round(m.value / of, 6), "ratio", m, 0.85)
    if MONEY.match(after) or re.search(r"[€£$]\s?$", before) or m.value != int(m.value):
        return None
    return _count(sentence, m, before, after, context, last, reporting_year)


def _days(sentence: str, m: Mention, before: str, days: re.Match[str]) -> _Found | None:
    """A lead time or a norm; a threshold that only qualifies a share (`36% binnen de 14 dagen`) is a label."""
    if not AVERAGE.search(sentence) and not COUNTED.search(sentence):
        return None
    limit = re.search(r"\b(?:binnen|innert|innerhalb|within|after|na|nach|dans|sous|après|plus de|meer dan|more than)\s(?:(?:de|les|the|een termijn van|un délai de)\s)?$", before, _I)
    if limit and re.search(r"\d\s?%|\b(?:procent|prozent|percent)|\d[\d.]*\s[^\W\d]{4,}", sentence.replace(m.text, "", 1)):
        return None
    if re.search(r"(?:%|procent|prozent|percent|pour cent)[^.;]{0,30}\b(?:binnen|dans|innert|innerhalb|within|na|after)\b[^.;%]{0,15}$", before, _I):
        return None
    return _Found(m.start, m.end + days.end(), m.value, "days", m, 0.9)


def _reference(sentence: str, m: Mention, before: str, after: str) -> bool:
    """Whether the number names something instead of counting it."""
    if m.text.startswith(("+", "-", "−")) or _DATE_AFTER.match(after) or _ORDINAL.match(after):
        return True
    if re.match(r"^[A-Za-z]", after) and not m.word:  # 24u, 2x, 3D
        return True
    if re.match(r"^\s?[-–/.]\s?\d", after) or re.match(r"^-[A-Z0-9]|^-(?:lijn|nummer|punt|jar|urig|daags)", after):
        return True
    if re.search(r"\d\s?[-–/.]\s?$", before) or re.search(r"[A-Za-z][\-_.]$", before):
        return True
    if not m.word and _BEFORE_REFERENCE.search(before):
        tail = before.rstrip().rsplit(" ", 1)[-1]
        # `Op 3 klachten`, `vanaf 20 klachten`: a counted noun right after outweighs
        if not COUNTED.match(after.lstrip()) or tail.rstrip(".").casefold() in {"tabel", "table", "artikel", "nr", "bijlage", "p", "top"}:
            return True
    if m.word and re.search(r"\b(?:top|nummer|fase|phase|plan|stage|step|tier|level|étape|niveau|stufe|stap|graad|deel|partie|teil|part|lijn|chapter|section)\s$", before, _I):
        return True
    if _CAPITAL_STREET.search(before) or re.match(r"^\s[A-ZÀ-Þ][a-zà-ÿ]+\b", after) and 1000 <= m.value <= 9999 and "." not in m.text:
        return not COUNTED.match(after.lstrip())
    if re.match(r"^\s?\d{2,3}\b", after) and m.text.isdigit():  # a telephone number in groups
        return True
    return bool(re.match(r"^\s?(?:uur|u\.|h\b|heures|uhr|o['’]clock|pm\b|am\b)", after, _I)) or bool(
        re.search(r"\b(?:www\.|http)\S*$", before)
    )


def _is_year(m: Mention, sentence: str, after: str) -> bool:
    if m.word or not re.fullmatch(r"(?:19|20)\d\d", m.text):
        return False
    # 2007 klachten: a counted noun right after makes it a count, unless a year is called for
    noun = COUNTED.match(re.sub(r"^\s(?:\w+\s)?", "", after, count=1)) or COUNTED.match(after.lstrip())
    before = sentence[: m.start]
    called = re.search(r"\b(?:in|van|en|de|sinds|tot|vanaf|jaar|année|jahr|year|of|im|depuis|und|et|and|voor|naar|ten opzichte van|door|heel|année|begin|eind|fin|début|ende|anfang|,)\s$", before, _I)
    return not (noun and not called)


def _count(
    sentence: str, m: Mention, before: str, after: str, context: bool, last: _Found | None, reporting_year: int | None
) -> _Found | None:
    if _is_year(m, sentence, after) or (reporting_year and m.value in (reporting_year, reporting_year - 1) and not m.word and "." not in m.text and not COUNTED.match(after.lstrip())):
        return None
    if m.value == 1 and m.word and re.match(r"^\s(?:van|of|des|de|der|d['’]|op|aan|à|ou|à)\b", after, _I):
        return None
    done = lambda confidence: _Found(m.start, m.end, m.value, "count", m, confidence)  # noqa: E731
    noun = _noun(after)
    if noun is not None:
        word, near = noun
        if NOT_COUNTED.match(word):
            return None
        if COUNTED.fullmatch(word):
            if sentence.rstrip().endswith(":") and re.search(r"\b(?:volgende|onderstaande|suivant\w*|folgend\w*|following)\s", before, _I):
                return None
            return done(0.95 if near == 0 else 0.9)
    if _IN_YEAR.match(after) and (_CHANGE.search(before) or (last is not None and last.unit == "count")):
        return done(0.9)
    if re.match(r"^\s(?:van|of|des|sur|von)\s(?:de|the|les|den)?\s?\d[\d.]*\s(?P<w>[\wÀ-ÿ\-]+)", after) and COUNTED.search(after[:60]):
        return done(0.85)
    if not context:
        return _plain_noun(sentence, m, after, noun, done)
    if re.match(r"^\s?\(\s?\d[\d.,]*\s?(?:%|procent|prozent|percent|pour cent)", after) and not m.word:
        return done(0.9)
    if last is not None and _AGAINST.search(before) and (
        _PLAIN_AFTER.match(after) or re.match(r"^\s(?:in|en|im|het|un|une|the|a|een|l['’]|le|vorig|das|au)\b", after)
    ):
        return done(0.85)
    if _MOVED.search(before) and not m.word and re.search(r"\b(?:van|de|von|from|naar|tot|à|auf|to)\s$", before, _I) and (
        _PLAIN_AFTER.match(after) or re.match(r"^\s(?:naar|tot|à|auf|to|in)\s", after)
    ):
        return done(0.85)
    if re.search(r"\b(?:er|waren\shet|waren\sdat|het\saantal\s(?:op|bedroeg|bedraagt)|étaient|ce\sfurent|waren\ses|there\swere)\s(?:(?:nog|slechts|maar|nur|only)\s)?$", before, _I) and (
        not m.word and (_PLAIN_AFTER.match(after) or re.match(r"^\s(?:in|op|af|toe|binnen|bij)\b", after))
    ):
        return done(0.85)
    if re.search(r",\s$", before) and re.match(r"^,\s(?:\w+\s){0,2}(?:were|was|waren|gingen|gaan|concern|betrafen|étaient|sont)", after) and not m.word:
        return done(0.8)
    if _IN_YEAR.match(after) and len(re.findall(r"\d\s(?:in|en|im\sjahr)\s(?:19|20)\d\d", sentence, _I)) >= 2:
        return done(0.9)
    if last is not None and last.unit == "count" and _coordinate(sentence, last, m):
        return done(0.8)
    if _THEREOF.match(after) and not re.match(r"^\s(?:de|van|of)\s", after):
        if m.word and m.value == 1:
            return None
        return done(0.85)
    if _OF_WHICH.search(before) and not re.match(r"^\s(?:jaar|keer|dagen|uur)", after):
        return done(0.85)
    if _IN_YEAR.match(after) and (_CHANGE.search(before) or before.rstrip().endswith("(") or last is not None):
        return done(0.9)
    if _YEAR_THEN.search(before):
        return done(0.9)
    if re.search(r"\(\s?$", before) and re.match(r"^\s?\)", after) and not m.word:
        return None if re.search(r"\b(?:artikel|art\.|tabel|bijlage)\W*$", before, _I) else done(0.85)
    if re.search(r"\(\s?$", before) and re.match(r"^\s?(?:[–\-;,]|of)\s?\d", after):
        return done(0.8) if not m.word else None
    if last is not None and last.unit in ("percent", "count") and re.search(r"(?:%|\d)\s?(?:of|or|ou|oder|[–\-])\s$", before[last.start :]):
        return done(0.8)
    if _TOTAL_BEFORE.search(before) and (_PLAIN_AFTER.match(after) or re.match(r"^\s(?:dat|in|en|of|als|over|als)\b", after)):
        return done(0.8)
    if re.match(r"^\s?(?:,|en|et|und|and|of)\s", after) and (noun is None or noun[1] > 0) and _shared(sentence, m, after):
        return done(0.8)  # `1.559 en 127 gevallen`
    if re.match(r"^(?:tal)?\s(?:in\stotaal|au\stotal|insgesamt|in\stotal)\b", after):
        return done(0.85)
    if m.text == "een" or (m.word and m.value == 1):
        judged = re.match(r"^\s(?:betwist|(?:on|deels\s)?gegrond|ontvankelijk|terecht|opgelost|fondée|begründet|upheld)\b", after, _I)
        return done(0.85) if judged else None
    if re.match(r"^\s(?:(?:deels\s|gedeeltelijk\s)?(?:on)?gegronde?|betwist|(?:on)?ontvankelijke?|opgeloste?|afgehandelde?|(?:non\s)?fondées?|(?:un)?begründete?|(?:not\s|partly\s)?upheld|unfounded)\b", after, _I):
        return done(0.85)
    return _plain_noun(sentence, m, after, noun, done)


_ROLE = re.compile(r"^\s(?P<p>door|via|voor|over|uit|van|bij|met|par|pour|sur|de|chez|durch|von|über|für|by|from|about|for|on)\s", _I)


def _coordinate(sentence: str, last: _Found, m: Mention) -> bool:
    """`4.708 door burgers en 1.786 door eigen medewerkers`: two numbers with one preposition each."""
    second = _ROLE.match(sentence[m.end :])
    between = sentence[last.end : m.start]
    if not second or len(between) > 80 or not re.search(r"(?:,|\b(?:en|et|und|and))\s$", between):
        return False
    return re.search(rf"\s{second.group('p')}\s", between) is not None or _ROLE.match(between) is not None


def _plain_noun(sentence: str, m: Mention, after: str, noun: tuple[str, int] | None, done: object) -> _Found | None:
    """A large number with a plural right after it counts that, whatever it is; a small one needs a known noun."""
    if noun is None or m.word or m.value < 20 or m.value > 5e7:
        return None
    word, near = noun
    plural = re.search(r"(?:en|s|e|n|er|ers|eurs|aux|x)$", word) and len(word) > 3 and word[0].islower()
    if near > 1 or not plural or NOT_COUNTED.match(word):
        return None
    return _Found(m.start, m.end, m.value, "count", m, 0.75)


def _noun(after: str) -> tuple[str, int] | None:
    """The first noun that may be counted after a number, and how many words stand before it (at most four)."""
    tail = re.match(r"^-?tal\s|^-?zestal\s", after)
    rest = after[tail.end() :] if tail else after
    words = re.findall(r"^\s?\(?|[A-Za-zÀ-ÿ][\wÀ-ÿ’'\-/]*\)?|[^\sA-Za-zÀ-ÿ]", re.split(r"[.;:!?\[]|\s[–—-]\s", rest, maxsplit=1)[0])
    words = [w for w in words if w.strip()]
    seen = 0
    for index, word in enumerate(words[:9]):
        bare = word.strip("()")
        if not re.match(r"^[A-Za-zÀ-ÿ]", bare):
            if word in ",&" and seen:
                continue
            if word in "()":
                continue
            return None
        if COUNTED.fullmatch(bare):
            return bare, seen
        if index == 0 and NOT_COUNTED.match(bare):
            return bare, 0
        if _STOPS.match(bare):
            return None
        seen += 1
        if seen > 4:
            return None
        follows = words[index + 1] if index + 1 < len(words) else ""
        if seen == 1 and (not follows or _STOPS.match(follows.strip("()")) or follows in ",("):
            nxt = next((w.strip("()") for w in words[index + 1 : index + 3] if COUNTED.fullmatch(w.strip("()"))), None)
            return (nxt, 1) if nxt and follows in ",(" else (bare, 0)
    return None


_STOPS = re.compile(
    r"^(?:van|in|op|te|aan|bij|met|door|voor|over|uit|naar|om|tot|per|via|binnen|na|als|dan|dat|die|deze|dit|er|het|de|een|en|of|maar|zijn|is|was|waren|werd|werden|worden|"
    r"heeft|hebben|had|hadden|kan|kunnen|zal|zullen|niet|ook|nog|meer|minder|daarvan|waarvan|tegenover|"
    r"le|la|les|un|une|des|du|et|ou|dans|par|pour|sur|avec|à|au|aux|qui|que|ont|a|est|sont|était|étaient|fut|furent|ne|pas|plus|moins|dont|contre|en|"
    r"der|die|das|und|oder|mit|von|im|am|zu|zum|zur|bei|aus|nach|wurden?|waren|war|ist|sind|hat|haben|davon|mehr|weniger|gegenüber|"
    r"the|an|and|or|with|from|by|at|for|on|of|were|was|are|had|have|has|which|that|than|more|fewer|less|to|it)$",
    _I,
)


def _shared(sentence: str, m: Mention, after: str) -> bool:
    """Whether a later number with a counted noun stands right after: `1.559 en 127 gevallen`."""
    hit = re.match(r"^\s?(?:,|en|et|und|and|of)\s(?:de\s|les\s)?[\d.]+\s(?:\w+\s)?(?P<w>[\wÀ-ÿ\-]+)", after)
    return bool(hit and COUNTED.fullmatch(hit.group("w")))


__all__ = ["APPROX", "find_figures"]
