"""Names that only a story's grammar tells: in no list, without title, office or verb beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.dates import MONTH_WORDS
from extractors.known_names import is_compound, is_noun, is_place, is_verb, is_word, may_be_given
from extractors.person_signs import (
    ALSO_WORDS,
    BODY,
    CAP,
    COMMON,
    NOT_AFTER,
    PAIR,
    PARTICLE,
    ROLE,
    SAYS,
    SINGLE,
    SURNAME,
    TITLE,
    fold,
    held,
    is_first,
    is_last,
    placelike,
)
from extractors.wordlist import words

_I = re.IGNORECASE
_NEAR = 60
"""Characters before a word that are looked at: the whole text before each would cost its square."""
_ELIDED = re.compile(r"(?:[ldcjnsmt]|qu)[’']")
_CAPITAL = re.compile(rf"\s?(?:{CAP}|[&/\d])")
_ARTICLE = {
    "nl": re.compile(r"(?:\b(?:de|het|een)\s|['’]t\s)$", _I),
    "fr": re.compile(r"(?:\b(?:le|la|les|un|une|du|des|aux?)\s|\bl['’])$", _I),
    "en": re.compile(r"\b(?:the|an?)\s$", _I),
}
"""A person's name takes none; what does is a street, a body or a thing."""
_SIGNED = re.compile(
    rf"(?:\b(?:[Gg]roet(?:en|jes)?|[Hh]oogachtend|[Cc]ordialement|[Bb]ien\sà\s(?:vous|toi)|[Ss]alutations(?:\sdistinguées)?|"
    rf"Gr[uü](?:ß|ss)en?|[Hh]ochachtungsvoll|[Rr]egards|[Ss]incerely|[Ff]aithfully)\s*,?|\b(?:Beste|Geachte|Dag|Cher|Chère|"
    rf"Liebe[r]?|Dear|Bonjour|Hallo|Hello))\s+(?P<name>(?!{TITLE}\s){CAP}(?:\s{SURNAME}){{0,2}})"
)
_CHILD_OF = re.compile(
    rf"\b(?:mama|papa|moeder|vader|ouders|zoon|dochter|oma|opa|maman|mère|père|parents|fils|fille|Mutter|Vater|Eltern|"
    rf"mother|father|mum|parents)\s(?:(?:van|de|von|of)\s|d['’])(?P<name>{CAP})(?![\w\-])"
)
_APART = re.compile(
    rf"\b(?:{ROLE}|[Jj]ongste|[Oo]udste|[Bb]etrokkene|[Pp]etite?-fil(?:s|le)|[Bb]enjamine?|[Aa]înée?|[Ii]ntéressée?|"
    rf"[Pp]réposée?|[Mm]ineure?|eldest|youngest)(?:,\s(?=\S+?[,.;:)])|\s(?!\S+\s{CAP}))(?P<name>{CAP})(?![\w\-&])"
)
_SPEAKS = re.compile(
    rf"(?<![\w\-])(?<![A-Za-zÀ-ÿ] )(?P<name>{CAP})\s(?:{SAYS}|belt|belde|mailt|mailde|schreef|klaagt|klaagde|woont|"
    rf"habite)\b"
)


_QUOTED = re.compile(
    rf"[.,!?]?[”»\"’'],?\s(?:{SAYS}|aldus|vindt|klaagt|klaagde|soupire|raconta)\s(?P<name>{CAP})(?![\w\-]|\s{CAP})"
)
_OPENS = re.compile(rf"(?:^|[.!?:]\s)(?P<name>{CAP})\s(?P<verb>(?:n['’])?[a-zà-ÿ]+)")
_AGED = re.compile(
    rf"(?<![\w\-])(?P<name>{CAP}(?:\s{SURNAME})?)\s?(?:,\s?\(?|\()(?:\d{{1,3}}\s(?:jaar|maanden|ans|mois|Jahre|years|yrs)\b|"
    r"(?:wonende|woonachtig|gehuwd|geboren|domiciliée?|demeurant|résidant|née?\s[àle]|wohnhaft|residing|aged|living)\b)"
)
_FILED = re.compile(
    rf"(?<![\w\-])(?P<name>{SURNAME})\s(?=(?:c\.|t\.|vs?\.?)\s)|"
    rf"(?<![\w\-/])(?P<both>{SURNAME}\s?/\s?{SURNAME})(?![\w\-/])|"
    rf"(?<![\w\-])(?P<turned>{CAP}\s(?:[A-Z]\.-?)+)(?=\s[a-zà-ÿ]|[,;:)]|$)"
)
"""As files name persons: `Lambotte c. Ville de Verviers`, `Wuyts/De Bie`, `Willems F.`"""
_OWNED = re.compile(
    r"\b(?:bij|van|met|aan|voor|door|tegen|chez|de|avec|à|par|pour|contre|with|for|by|to|from|of)\s"
    rf"(?P<name>{CAP})(?![\w\-&]|\s[&\d]|\s{CAP})"
)
_THE_FAMILY = re.compile(rf"\b[Ll]es\s(?P<name>{CAP})(?![\w\-]|\s{CAP})")


_ADDRESSED = re.compile(
    rf"(?:\b(?:demandé|répondu|dit|expliqué|promis|conseillé|refusé|proposé|remis|annoncé|demande|répond|explique)\sà|"
    rf"\b(?:entendu|rencontré|reçu|convoqué|invité|contacté|averti|informé|told|asked|met|visited|informed|advised|helped|thanked|"
    rf"(?:gesproken|sprak|spraken|sprake|overlegd|afgesproken|gepraat|samen)\smet|"
    rf"[Vv]olgens|[Ss]elon|[Dd]['’]après|[Aa]vec|[Aa]ccording\sto|"
    rf"(?:gezegd|meegedeeld|gevraagd|uitgelegd|beloofd|bezorgd|geantwoord)\saan|tegen|[Cc]['’]est|[Cc]['’]était|[Zz]owel|(?:[Hh]et|[Dd]at)\s(?:was|is)|[Ii]t\swas|"
    rf"(?:wrote|written|spoke|spoken|talked|replied|apologised)\s(?:to|with)))\s"
    rf"(?P<name>{CAP})(?![\w\-]|\s{CAP})(?!\s?[&:])"
)
_SPOKEN_TO = re.compile(
    rf"\b(?:heeft|had|hebben|hadden|werd|is|was|wordt)\s(?P<name>{CAP})(?=\s(?:\w+\s){{0,3}}(?:aangesproken|gevraagd|gebeld|"
    rf"opgebeld|geholpen|verwittigd|ingelicht|doorverwezen|geweigerd|uitgenodigd|beledigd|beboet|weggestuurd|uitgescholden|"
    rf"bedreigd|gehoord|teruggebeld|aangevallen|gezien)\b)"
)
_POSSESSES = re.compile(
    rf"(?<![\w\-])(?P<name>{CAP})\s(?:en|als|et|und|and)\s(?:zijn|haar|sa|son|ses|seine?|ihre?|his|her)\s"
    rf"(?:{ROLE}|\w*(?:man|vrouw|vriend|vriendin|partner|moeder|vader|ouders|broer|zus|mère|père|femme|mari|sœur|frère|"
    rf"Mutter|Vater|mother|father|sister|brother|partner))\b"
)
_WELL_KNOWN = words(
    """
    actiris airbnb aldi allianz amazon android aquafin argenta aviq axa bancontact belfius belgacom biffa
    bing bolt bosch bpost brico brussels brutélé cambio carrefour chrome citroën colruyt coolblue covid
    decathlon delhaize deliveroo dexia digipoort doccle ebox electrabel eneco eneria engie enodia essent
    ethias eurostar excel facebook famifed farys febelfin fedasil fluvius ford forem fortis fost gmail
    google hydrobru idelux ikea infrabel instagram intercommunale intradel iriscare itsme ivago iverlek
    kruidvat lampiris lantis lidl linkedin luminus mastercard messenger microsoft mobib mobistar mobit
    navigo netflix nike nmbs ocmw ombudsman opel ores outlook parkmobile payconiq paypal peugeot philips
    poppy postnl proximus qpark qr randstad ravel renault resa ryanair samu scarlet sibelga siemens skype
    sodexo solidaris spotify stadsapp stib swde tcl telenet telraam tesla thalys tibi tiktok tinder
    toyota trooper twitter uber ubereats unia velo veolia viapass villo vinted vivaqua vodafone
    volkswagen vooruit waze whatsapp wikipedia windows wizz wordpress youtube ziggo zoom
    """
)
"""Firms and products that complaints are about: capitals that are no person's."""
_ACTS = re.compile(
    rf"(?<![\w\-])(?<![A-Za-zÀ-ÿ] )(?P<name>{CAP})\s(?:belt|belde|mailt|mailde|schreef|klaagt|klaagde|woont|woonde|"
    rf"huilde|kreeg|moest|mocht|durfde|werd|viel|vond|wilde|reçoit|attend|voulait|croyait|habite|habitait|pleurait|téléphone|phoned|rang|lives|lived)\b|"
    rf"\b(?:wat|dat|omdat|toen|waarom|zodat|que|quand|lorsque|what|that|when|because)\s(?P<told>{CAP})\s(?:had|heeft|avait|"
    rf"a|has)\s(?:\w+\s)?(?:gevraagd|verteld|gezegd|gebeld|demandé|dit|téléphoné|raconté|asked|said|told|phoned)\b|"
    rf"\b(?:en|et|and)\s(?P<too>{CAP})\s(?:evenmin|ook|non\splus|aussi|neither|too)\b"
)
_NO_LONE = re.compile(
    r"(?:(?:^|[.!?:;…“”„«»\"(\]|/•-]\s*)|"
    r"\b(?:het|een|'t|’t|le|la|les|un|une|du|des|aux?|the|an?|in|te|naar|op|uit|vanuit|richting|tot|per|via|rond|nabij|en|"
    r"à|vers|dans|sur|depuis|sous|at|near|into|onto|from|app|systeem|système|lijn|ligne|halte|arrêt|firma|firme|bedrijf|"
    r"société|wijk|quartier|buurt|dorp|village|merk|marque|type|model|modèle|project|projet|platform|site|website|club|"
    r"vereniging|groep|groupe|nieuwe|nouveau|nouvelle|new|dit|spreekt|spreken|parle|parlent|speaks?|parking|service|dienst|bibliotheek|bibliothèque|"
    r"woonzorgcentrum|zwarte|witte|rode|grijze|chez|bij|met|avec|with|of|ou|or)\s|[ldLD]['’]|[A-ZÀ-Þ][\w’'\-]*\s)$"
)
_NO_LONE_NL = re.compile(r"\b[Dd]e\s$")
"""After these a lone unknown word is as soon a place, a body or a thing; elsewhere within a sentence it is a person."""
_TOGETHER = re.compile(rf"(?<![\w\-])(?P<name>{CAP})\s(?:en|et|and)\s(?P<other>{CAP})(?![\w\-])")
_IS_A = re.compile(rf"(?<![\w\-])(?P<name>{CAP}\s{CAP}),\s(?:\w+\s)?{ROLE}[,.]")
_SPOKE_WITH = re.compile(rf"\b(?:sprach|sprachen|gesprochen|telefonierte|traf)\smit\s(?P<name>{CAP})(?![\w\-]|\s{CAP})")
_APPROACHES = (_APART, _ADDRESSED, _SPOKEN_TO, _POSSESSES)
"""A lone word, by what is done to it: one speaks to persons, and they have kin."""


def guessed(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Places of what only a story's grammar tells to be a person; in German, where nouns have capitals, few."""
    for pattern in (_SIGNED, _CHILD_OF):
        for hit in pattern.finditer(text):
            first = fold(hit.group("name").split()[0])
            if first not in COMMON and not BODY.search(hit.group("name")):
                yield hit.span("name")
    for hit in _SPOKE_WITH.finditer(text):
        low = fold(hit.group("name"))
        if not (is_place(low) or is_word(low, language) or is_noun(low)):
            yield hit.span("name")
    for hit in _IS_A.finditer(text):
        name = hit.group("name")
        if _strange(fold(name.split()[-1]), language) and not BODY.search(name) and not held(text, *hit.span("name")):
            yield hit.span("name")
    for hit in _SPEAKS.finditer(text):
        if (
            is_last(fold(hit.group("name")), language)
            and not held(text, *hit.span("name"))
            and not NOT_AFTER.search(text[max(0, hit.start() - _NEAR) : hit.start()])
        ):
            yield hit.span("name")
    yield from _by_family_name(text, language)
    if language not in _ARTICLE:
        for hit in PAIR.finditer(text):
            parts = [fold(w) for w in re.findall(CAP, hit.group())]
            known = any(is_noun(w) or is_place(w) or is_word(w, language) for w in parts) or held(text, *hit.span())
            if len(parts) == 2 and not (known or BODY.search(hit.group()) or placelike(hit.group())):
                yield hit.span()
        return
    for pattern in _APPROACHES:
        for hit in pattern.finditer(text):
            low = fold(hit.group("name"))
            strange = _strange(low, language) or may_be_given(low)
            if language == "fr" and pattern is _ADDRESSED:  # its nouns have an article there
                strange = not (low in COMMON or low in _WELL_KNOWN or is_place(low))
            if strange and not hit.group("name").isupper() and not held(text, *hit.span("name")):
                yield hit.span("name")
    for hit in _ACTS.finditer(text):
        group = str(hit.lastgroup)
        if _strange(fold(hit.group(group)), language) and not held(text, *hit.span(group)):
            yield hit.span(group)
    for hit in SINGLE.finditer(text):
        word = hit.group()
        before = text[max(0, hit.start() - _NEAR) : hit.start()]
        if _NO_LONE.search(before) or (language == "nl" and _NO_LONE_NL.search(before)):
            continue
        if word.isupper() or len(word) < 4 or _CAPITAL.match(text[hit.end() :]):
            continue
        if _strange(fold(word), language) and not held(text, *hit.span()) and not NOT_AFTER.search(before):
            yield hit.span()
    for hit in _TOGETHER.finditer(text):
        one, other = (fold(hit.group(g)) for g in ("name", "other"))
        upper = hit.group("name").isupper() or hit.group("other").isupper()
        if not upper and _strange(one, language) and is_first(other, language) and other not in ALSO_WORDS:
            yield hit.span("name")
    for hit in PAIR.finditer(text):
        yield from _pair(text, hit.start(), _FROM.sub(_no_town, hit.group()), language)


def _by_family_name(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Who speaks behind a quotation, a family name at a sentence's head before a verb, and `les Dupont`."""
    for hit in _QUOTED.finditer(text):
        low = fold(hit.group("name"))
        if low not in COMMON and low not in _WELL_KNOWN and (may_be_given(low) or is_last(low, language)):
            yield hit.span("name")
    for pattern in (_AGED, _FILED):
        for hit in pattern.finditer(text):
            name = hit.group(group := str(hit.lastgroup))
            last = [fold(w) for w in re.findall(CAP, name)]
            person = pattern is _AGED or any(
                is_last(w, language) or is_first(w, language) or _strange(w, language) for w in last
            )
            body = BODY.search(re.sub(rf"(?<!\w){PARTICLE}\s", "", name))
            if person and not (body or name.isupper() or any(is_place(w) or w in COMMON for w in last[:1])):
                yield hit.span(group)
    for pattern in (_OPENS, _OWNED, _THE_FAMILY) if language != "de" else ():
        for hit in pattern.finditer(text):
            if NOT_AFTER.search(text[max(0, hit.start("name") - _NEAR) : hit.start("name")]):
                continue
            low = fold(hit.group("name"))
            family = is_last(low, language) or (pattern is _OPENS and _strange(low, language))
            verb = pattern is not _OPENS or is_verb(hit.group("verb"), language)
            if family and verb and not hit.group("name").isupper() and low not in ALSO_WORDS and low not in _WELL_KNOWN:
                yield hit.span("name")


_FROM = re.compile(rf"\s(?:de\s|d['’]|uit\s|from\s|van\s)(?P<town>{CAP})$")


def _no_town(tail: re.Match[str]) -> str:
    """`Yohannes Gebre de Couvin`: the town is no part of the name."""
    return "" if is_place(fold(tail.group("town"))) else tail.group()


def _pair(text: str, offset: int, run: str, language: str) -> Iterator[tuple[int, int]]:
    """A run of capitalised words whose last is in no dictionary, from the first on that may belong to a name."""
    parts = list(re.finditer(CAP, run))
    while parts and not _strange(fold(parts[0].group()), language) and not may_be_given(fold(parts[0].group())):
        parts.pop(0)
    if len(parts) < 2 or any(p.group().isupper() for p in parts):
        return
    first, last = fold(parts[0].group()), fold(parts[-1].group())
    acts = (
        re.match(r"\s([a-zà-ÿ]+)", text[offset + len(run) :]) if not (is_place(last) or last in _WELL_KNOWN) else None
    )
    if not (
        _strange(last, language)
        or (len(parts) == 2 and acts and is_verb(acts[1], language) and _strange(first, language))
    ):
        return
    name = run[parts[0].start() :]
    start, end = offset + parts[0].start(), offset + len(run)
    if not (
        _ARTICLE[language].search(text[:start])
        or BODY.search(name)
        or placelike(name)
        or NOT_AFTER.search(text[:start])
        or held(text, start, end)
    ):
        yield start, end


_ADJECTIVE = re.compile(r"(?:[^aeiou]se|aanse|iaanse|ische)$")
"""Dutch writes Poolse and Gentse with a capital."""


def _strange(low: str, language: str) -> bool:
    """Whether a capitalised word is neither a word of the language nor a town, a month or a day."""
    if (
        low in COMMON
        or low in _WELL_KNOWN
        or len(low) < 2
        or (language == "nl" and _ADJECTIVE.search(low))
        or re.fullmatch(MONTH_WORDS, low, _I)
        or _ELIDED.match(low)
    ):
        return False
    return not any(is_place(p) or is_word(p, language) or is_compound(p, language) for p in (low, *low.split("-")))
