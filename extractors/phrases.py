"""The short phrase, as printed, that says what a number in a sentence counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.counted import COUNTED
from extractors.number_words import word_number
from extractors.turns import OF_THEM, ONE_FOR

_I = re.IGNORECASE
MAX_WORDS = 10
WINDOW = 400
"""Characters before a number in which what it counts is looked for."""
_VERB = (
    r"is|was|waren|zijn|werd|werden|wordt|worden|heeft|hebben|had|hadden|kwam|kwamen|ging|gingen|gaat|"
    r"gaan|bleef|bleven|blijft|blijven|maakt|maken|kan|kunnen|kon|konden|zal|zullen|"
    r"steeg|stegen|daalde|daalden|stijgt|dalen|nam|namen|neemt|betreft|betreffen|bieden|biedt|gaf|gaven|"
    r"ontving|ontvingen|kregen|kreeg|vinden|vond|vonden|behandelde|behandelden|uit$|toe$|af$|"
    r"est|sont|était|étaient|fut|furent|ont|avait|avaient|a|concernent|concernaient|portent|portaient|relevaient|passe|"
    r"ist|sind|wurde|wurden|wird|werden|hat|haben|hatte|hatten|war|gab|betrafen|betreffen|stieg|sank|konnten|"
    r"were|are|have|has|had|be|been|concerned|related|rose|fell|came|gave|produce"
    r"|viel|vielen|lukte|volgde|volgden|bracht|brachten|wilde|wilden|liep|liepen|onderzoeken|stelde|stelden|diende|"
    r"dienden|begon|begonnen|kost|kostte|duurde|verliep|dateren|reçoivent|reçoit|relèvent|endeten|endete|erhielten|"
    r"|woont|wonen|woonde|woonden|doet|doen|deed|deden|helpt|helpen|telt|tellen|krijgt|krijgen|hörte|holte|fand|fanden|"
    r"kamen|gingen|wandten|machen|went|made|took|remained|led|ended|settled|received|bleek|bleken|lag|lagen|"
    r"vallen|konnte"
)
_BREAK = (
    r"waarvan|waaronder|tegenover|terwijl|omdat|zodat|wat|dat|die|maar|dont|alors|tandis|contre|après|qui|"
    r"que|davon|wovon|während|gegenüber|darunter|nachdem|"
    r"compared|while|which|that|against|including|after|where|meer|minder|bekijken|verspreid|zich|ten"
)
_END_WORD = re.compile(rf"^(?:{_VERB}|{_BREAK})$", _I)
_YEAR_PHRASE = re.compile(r"^(?:in|en|im|jahr|pour|voor|of|for|during|over|für|tot|bis|by)$", _I)
_LOOSE_END = re.compile(
    r"^(?:van|in|op|te|aan|bij|met|door|voor|over|uit|naar|om|tot|per|via|binnen|als|en|of|de|het|een|er|"
    r"ook|nog|of|ongeveer|zo|"
    r"le|la|les|un|une|des|du|de|d['’]|et|ou|dans|par|pour|sur|avec|à|au|aux|en|ne|"
    r"der|die|das|den|dem|und|oder|mit|von|im|am|zu|zum|zur|bei|aus|nach|auf|um|für|über|"
    r"the|a|an|and|or|with|from|by|at|for|on|to|about|between|tussen|entre|zwischen)$",
    _I,
)
_LEAD = re.compile(
    r"^(?:[\s)\]!–—-]|\(!\))*(?:(?:%|procent|prozent|per\scent|percent|pour\scents?)(?:\s?\(!\))?\s+)?"
    r"(?:(?:van|of|des|der|den|de|du|von|the|alle?|all|deze|die|dit|these|those|ces|les|diesen?|dieser|"
    r"het|le|la|hen|overige)\s+|d['’]|l['’])*",
    _I,
)
_THEREOF = re.compile(
    r"^\s*(?:daarvan|hiervan|ervan|davon|of\s(?:these|those|them|which)|d['’]entre\s(?:eux|elles)|de\sces)\s+", _I
)
_TOKEN = re.compile(r"[^\s]+")
_ONE_MORE = re.compile(r"^(?:het|een|un|une|ein|eine|a|an)$", _I)
"""`4 dienstencentra en het woonzorgcentrum`: what follows is one thing more, not counted with them."""
_AND = re.compile(r"^(?:en|et|und|and|&)$", _I)
_PREP = re.compile(
    r"^(?:over|om|via|van|door|met|bij|uit|per|tegen|inzake|rond|sur|par|de|du|des|d['’]\w+|concernant|"
    r"relatives?|liées?|über|durch|zu|von|aus|der|"
    r"about|by|from|regarding|concerning|of|on|in)$", _I
)  # fmt: skip


_CHANGED = re.compile(
    r"\b(?P<word>stijging|daling|toename|afname|groei|verschil|hausse|baisse|augmentation|diminution|recul|zunahme|"
    r"abnahme|anstieg|rückgang|increase|decrease|rise|fall|drop|"
    r"steeg|stegen|daalde|daalden|stijgt|dalen|nam|namen|toegenomen|afgenomen|gestegen|gedaald|augmenté|diminué|reculé|"
    r"stieg|stiegen|sank|sanken|gestiegen|gesunken|rose|fell|increased|decreased|dropped|grew)\s"
    r"(?:[^\s.;:,]+\s){0,5}?(?:van|met|de|d['’]environ|von|um|of|by|atteint(?:\sdonc)?|bedraagt|bedroeg|beträgt)\s"
    r"(?:(?:ongeveer|environ|rund|about|bijna)\s)?$",
    _I,
)
_FROM_TO = re.compile(
    r"^\s?(?:%|[^\W\d]+)?\s?(?:(?:in|en)\s(?:19|20)\d\d\s)?(?:naar|tot|à|auf|to)\s"
    r"(?:(?:nog|slechts|maar|nur|noch|only|seulement)\s)*\d|^\s?(?:%\s)?(?:naar|à|auf|to)\s",
    _I,
)
_MORE = re.compile(r"^(?:minder|meer|mehr|weniger|more|fewer|less)$", _I)
_ACTORS = re.compile(
    r"^(?:klantenteams?|teams?|medewerkers?|personeelsleden|scholen|gemeenten|burgers|melders|klagers|bewoners|bellers|"
    r"agents|collaborateurs|citoyens|habitants|mitarbeit\w+|bürger\w*|staff|employees|residents|customers)$",
    _I,
)
"""Who files and who handles: what they did is not counted in them, save right after a number (`12 agents`)."""
_NUMBERED = re.compile(r"\d\s(?:(?!door|via|van|met|bij|par|by|von|durch)[^\W\d]+\s)?$")
_CLOSED = re.compile(r"^\s?\)(?=\s(?:van|of|des|der|de|du|d['’]|von|aller?|all)\b)", _I)
_WHEN = re.compile(
    r"^\s(?:in\s|of\s|van\s)?(?:het\s|the\s|a\s|l['’])?(?:jaar\s(?:voordien|ervoor|tevoren|eerder)|vorig\sjaar|previous\syear|"
    r"year\s(?:before|earlier)|last\syear|année\sprécédente|im\svorjahr|vorjahr)\b",
    _I,
)
_OFTEN = re.compile(r"^\s(?:keer|maal|fois|mal|times)\b", _I)
_AUXILIARY = re.compile(
    r"^(?:zijn|is|was|waren|werd|werden|hadden|had|sont|est|étaient|était|ont|furent|sind|ist|war|wurden?|hatten?|are|"
    r"were|had|have)$",
    _I,
)
_DETERMINER = re.compile(
    r"^(?:de|het|een|deze|dit|die|der|die|das|den|dem|ein|eine|einen|the|a|an|this|these|le|la|les|un|une|ces?|cette)$",
    _I,
)


def counted_phrase(
    sentence: str, start: int, end: int, previous: str, language: str, *, own_noun: bool = False
) -> tuple[str, ...]:
    """What the number at `start` to `end` counts, outermost level first; empty when the text does not say.

    `own_noun` says that what follows the number names it by itself (`84,596 households`). Of a difference the last
    level is the word that says so (`stijging`).
    """
    first = _compared_with(sentence, start, end)
    if first is not None:
        return _counted(sentence, *first, previous, language)
    levels = _counted(sentence, start, end, previous, language, own_noun=own_noun)
    changed = _CHANGED.search(sentence[:start])
    ranges = changed and re.search(r"\b(?:van|von|de)\s$", changed.group(), _I) and _FROM_TO.match(sentence[end:])
    if changed and not ranges and changed.group("word").casefold() not in " ".join(levels):
        return (*levels, changed.group("word"))
    return levels


_COMPARED = re.compile(
    r"(?P<n>(?<![\w.,])\d[\d.,]*(?:\s?%)?)(?P<between>\s[^.;:\d]*?),?\s(?:tegenover|vergeleken\smet|contre|gegenüber|"
    r"against|compared\s(?:to|with))\s(?:(?:nog|slechts|only|nur|noch|seulement)\s)?$",
    _I,
)


def _compared_with(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """The number that this one is only compared with: `59 were upheld, compared to 33 in the year before`."""
    hit = _COMPARED.search(sentence[max(0, start - WINDOW) : start])
    if hit is None or not (_WHEN.match(sentence[end:]) or _YEAR_NEXT.match(sentence[end:])):
        return None
    if hit.group("n").endswith("%") != bool(_PERCENT.match(sentence[end:].lstrip()) or "%" in sentence[start:end]):
        return None
    moved = max(0, start - WINDOW)
    return moved + hit.start("n"), moved + hit.end("n")


def _counted(
    sentence: str, start: int, end: int, previous: str, language: str, *, own_noun: bool = False
) -> tuple[str, ...]:
    after_text, before_text = sentence[end:], sentence[:start]
    bracketed = re.search(r"\((?:\d[\d.]*\s?[–-]\s?)?(?:(?:bijna|ruim|environ|rund|about|of)\s)?$", before_text, _I)
    if bracketed and (_PERCENT.search(sentence[start:end]) or before_text.endswith(("% (", "%("))):
        after_text = _CLOSED.sub("", after_text)  # `the half (51%) of all complaints`
    if _PERCENT.search(sentence[start:end]):
        after_text = _SO_MANY.sub("", _UP_TO.sub("", after_text))
    before_text, previous = before_text[-WINDOW:], previous[-WINDOW:]
    share = bool(re.match(r"^\s?(?:van|of|des|der|de|du|d['’]|von|aller?|all)\b", after_text, _I))
    out_of = _OUT_OF.match(after_text)
    after = "" if _OFTEN.match(after_text) else _after(after_text[out_of.end() :] if out_of else after_text, language)
    if own_noun and (provided := ONE_FOR.match(after_text)):
        return (provided.group("what"),)
    if own_noun and after:
        return (after,)
    if (same := _SAME_NOUN.match(after_text)) and COUNTED.match(after_text[same.end() :]):
        return (_after(after_text[same.end() - 1 :], language),)
    if OF_THEM.match(after_text):
        noun = _noun_before(previous) or _noun_before(before_text)
        return (noun,) if noun else ()
    label = _label_before(_FROM_IN_BRACKETS.sub("(", before_text))
    if label and not share and (_YEAR_NEXT.match(after_text) or not re.match(r"^\s+[^\W\d]", after_text)):
        noun = _noun_before(_QUOTED.sub(" ", before_text[: before_text.rfind(label)])) or _noun_before(previous)
        return (noun, label) if noun and noun != label else (label,)
    listed = _listed(sentence, before_text, after_text)
    if listed:
        noun = _noun_before(_QUOTED.sub(" ", before_text[: before_text.rfind(listed)])) or _noun_before(previous)
        return (noun, listed) if noun and noun != listed else (listed,)
    if after and _tells(after) and not (re.search(r"\(\s?$", before_text) and not COUNTED.search(after)):
        role = not share and _PREP.match(after.split(maxsplit=1)[0]) is not None  # `4.708 door burgers`
        if ((COUNTED.search(after) and not role) or share) and not _OTHERS.fullmatch(after):
            return (after,)
        after = "" if _OTHERS.fullmatch(after) else after
        noun = _noun_before(before_text) or _noun_before(previous)
        if noun and role:
            noun = re.split(rf"\s{re.escape(after.split(maxsplit=1)[0])}\s", noun, maxsplit=1)[0]
        levels = tuple(level for level in (noun, after) if level)
        if levels:
            return levels
    percent = _PERCENT.search(sentence[start:end]) is not None
    noun = _noun_before(before_text, percent=percent) or _noun_before(previous, percent=percent)
    if noun:
        return (noun,)
    later = COUNTED.search(after_text)
    if later and later.start() < 60:
        return (_after(after_text[later.start() :], language),)
    return ()


_PERCENT = re.compile(r"(?:%|procent|prozent|per\s?cent|pour\s?cent)", _I)
_SO_MANY = re.compile(r"^\s?\(\d[\d.,]*\)(?=\s(?:van|of|des|der|de|du|d['’]|von)\b)", _I)
"""`83% (85) of stage-one complaints`"""
_UP_TO = re.compile(r"^\s?(?:en|à|tot|et|und|bis|and|to)\s\d[\d.,]*\s?%(?=\s(?:van|of|des|der|de|du|d['’]|von)\b)", _I)
"""`between 15% and 20% of callers`: both are shares of what the second names."""
_ABOUT = re.compile(
    r"^\s(?:over|aan|inzake|rond|tegen|sur|concernant|relatives?\s(?:à|aux?)|über|about|regarding|concerning)\s"
    r"[^.;:!?()\d]{0,60}$",
    _I,
)
_QUOTED = re.compile(r"[‘“„«][^‘’“”«»]{2,70}[’”»]?|(?<!\w)'[^']{2,70}'|\([^()]*\)")


_SAME_NOUN = re.compile(r"^\s(?:en|et|und|and|of|or|ou|oder)\s(?:de\s|les\s|den\s|the\s)?\d[\d.]*\s", _I)
"""`1.559 en 127 gevallen`: both count what the second names."""
_FROM_IN_BRACKETS = re.compile(
    r"\((?:van|de|von|from)\s[\w.]+\s(?:(?:in|en|im\sjahr)\s(?:19|20)\d\d\s)?(?:naar|tot|à|auf|to)\s(?:\w+\s)?$", _I
)
"""`‘attitude’ (van 34 in 2022 naar zes in 2023)`: both count the same."""
_YEAR_NEXT = re.compile(r"^\s(?:in|en|im\sjahr)\s(?:19|20)\d\d\b|^\s(?:naar|tot|à|auf|to)\s", _I)
_OTHERS = re.compile(r"(?:de\s|les\s|d['’]|the\s)?(?:anderen?|overigen?|autres|übrigen?|others?|rest|reste)", _I)
"""Whom no share is of."""
_FOLLOWED = re.compile(r"^(?:gevolgd\sdoor|suivi(?:e|es|s)?\s(?:de|par)|gefolgt\svon|followed\sby)\s+", _I)
_DELIMITER = re.compile(r"[,:;(]\s|\b(?:en|et|und|and|zijn|sont|sind|are|of|ou|oder|or)\s", _I)
_ARTICLE = re.compile(r"^(?:de|het|een|le|la|les|l['’]|un|une|der|die|das|den|dem|the|a|an)\s+", _I)


def _listed(sentence: str, before: str, after: str) -> str | None:
    """Of two or more numbers in brackets, the words that this one follows: `parkeren (12), afval (9) en lawaai (4)`."""
    if not before.endswith("(") or not re.match(r"^\s?(?:[^\W\d]+\s?)?\)", after):
        return None
    if len(re.findall(r"\(\s?\d[\d.,]*\s?(?:%|[^\W\d]+)?\s?\)", sentence)) < 2:
        return None
    words = _DELIMITER.split(before[:-1].rstrip())[-1].split()
    cut = max((k for k, word in enumerate(words) if len(words) > 4 and _PREP.match(word)), default=-1)
    label = _ARTICLE.sub("", _FOLLOWED.sub("", " ".join(words[cut + 1 :]))).strip(" ‘’'\"“”")
    if not 2 < len(label) <= 60 or re.search(r"\d", label) or len(label.split()) > 6 or COUNTED.fullmatch(label):
        return None
    if re.search(r"\b(?:cijfers|chiffres|zahlen|figures|terms|totaal|total)$", label, _I):
        return None
    return label


_OUT_OF = re.compile(r"^\s(?:van|of|des|sur|von|out\sof)\s(?:(?:de|the|les|den)\s)?\d[\d.]*(?=\s)", _I)
_EMPTY = re.compile(
    r"^(?:(?:in totaal|au total|insgesamt|in total)(?: (?:of|ou|oder|or) \w+)?|terug|binnen|samen|voort|weiter|"
    r"together)$",
    _I,
)


def _tells(after: str) -> bool:
    if COUNTED.match(after):
        return True
    if _EMPTY.match(after):
        return False
    return any(len(w) > 3 and not _LOOSE_END.match(w) for w in re.findall(r"[^\W\d][\w’'\-]*", after))


def _new_clause(words: list[str], language: str) -> bool:
    """Whether `and` opens a clause with a number of its own: `71 complaints and Roads & Transportation 69`."""
    ahead = words[:5]
    if ahead and ahead[0] == "één":
        return True
    stop = next((k for k, w in enumerate(ahead) if re.search(r"[.;:!?]$", w)), len(ahead))
    return any(
        re.match(r"^\(?\d", w) or (word_number(w.strip("()[].,;:!?"), language) or 0) > 1 for w in ahead[: stop + 1]
    )


def _after(text: str, language: str) -> str:
    """The words after a number up to a verb, a clause, a mark or another number."""
    if re.match(r"^\s*[)\],.;:”’»]", text) or re.match(r"^\s*(?:in|en|im\sjahr)\s(?:19|20)\d\d", text, _I):
        return ""
    text = re.sub(r"^-?tal\s", "", text)
    if _WHEN.match(text):
        return ""
    text = _THEREOF.sub("", text)
    lead = _LEAD.match(text)
    rest = text[lead.end() :] if lead else text
    share = lead is not None and len(lead.group().split()) > 1
    kept: list[str] = []
    tokens = [token.group() for token in _TOKEN.finditer(rest)]
    for number, word in enumerate(tokens):
        bare = word.strip("()[].,;:!?‘’'“”\"«»")
        both = (
            kept
            and COUNTED.fullmatch(kept[-1])
            and COUNTED.fullmatch(" ".join(tokens[number + 1 : number + 2]).rstrip(",.;:"))
        )
        if both and _AND.match(word) and not re.match(r"\(?\d", " ".join(tokens[number + 2 :])):
            kept.append(word)  # `36% of complaints and reports within 14 days`
            continue
        if kept and _AND.match(word) and _new_clause(tokens[number + 1 :], language):
            break
        if kept and _AND.match(word) and _ONE_MORE.match(" ".join(tokens[number + 1 : number + 2])):
            break
        if kept and _MORE.match(bare) and COUNTED.fullmatch(kept[-1]):
            kept.append(word)
            break
        if re.match(r"^\(?\d", word) or word in ("–", "—", "-", "&", "(!)") or (_END_WORD.match(bare) and kept):
            break
        if word.startswith("(") and not re.match(r"^\([^()]+\)(?:\w|$)", word) and len(kept) >= 1:
            break
        if not kept and _MORE.match(bare):
            return bare  # `32 more than in 2005` counts what was named before
        if not kept and _AUXILIARY.match(bare):
            continue
        if not kept and _LOOSE_END.match(bare) and not _PREP.match(bare):
            break
        if kept and _DETERMINER.match(bare) and not _LOOSE_END.match(kept[-1]):
            # a verb that no list has (`leitete der`), or what is done with what was counted
            kept = kept if share or any(COUNTED.fullmatch(w) for w in kept) else []
            break
        kept.append(word)
        listed = (
            word.endswith(",")
            and ")" not in word
            and COUNTED.fullmatch(bare)
            and COUNTED.match(" ".join(tokens[number + 1 :]))
        )
        if re.search(r"[.,;:!?)]$", word) and not word.startswith("(") and not listed:
            break
        if len(kept) >= MAX_WORDS:
            break
    while kept and (_LOOSE_END.match(kept[-1].strip(".,;:")) or not re.search(r"\w", kept[-1])):
        kept.pop()
    return _clean(" ".join(kept))


def _clean(phrase: str) -> str:
    phrase = phrase.strip(" ,.;:!?–—-")
    phrase = re.sub(r"[‘“\"«„](?=[^’”\"»]*$)", "", phrase)
    phrase = re.sub(r"(?<=\s)'(?=[^']*$)", "", phrase)
    if phrase.count("(") > phrase.count(")"):
        phrase = phrase.replace("(", "", 1)
    if phrase.count(")") > phrase.count("("):
        phrase = phrase.replace(")", "", 1)
    if phrase.count("’") > phrase.count("‘") and phrase.endswith("’"):
        phrase = phrase[:-1]
    return phrase.strip()


def _label_before(text: str) -> str | None:
    """A quoted label that the number follows at once: `'over het gebouw' (`."""
    hit = re.search(
        r"(?:[‘“„«]\s?([^‘’“”«»]{2,70}?)\s?[’”»]|(?<!\w)'([^']{2,70})'|"
        r"\"([^\"]{2,70})\")(?:\s\([^)]{0,60}\))?\s?\((?:van|de|von|from)?\s?$",
        text,
    )
    if not hit:
        return None
    return next(g for g in hit.groups() if g)


def _list_from(nouns: Sequence[re.Match[str]], text: str) -> int:
    """Where the list that ends with the last noun begins: `een melding, oproep of klacht`."""
    first = len(nouns) - 1
    while first and _BETWEEN.fullmatch(text[nouns[first - 1].end() : nouns[first].start()]):
        first -= 1
    return first


_REST = re.compile(r"overige|andere[nr]?|autres|übrige[nr]?|sonstige[nr]?|others?|remaining", _I)
_ADJECTIVE = (
    r"\w*(?:gegronde|onderzochte|ontvankelijke|digitale|geregistreerde|behandelde|operationele|telefonische|schriftelijke|"
    r"formele|afgehandelde|ingediende|fondées?|recevables?|begründete[nr]?|neue[nr]?|interne\w?|externe\w?|"
    r"schriftliche[nr]?|upheld|new|formal|informal|written|stage[\s\-](?:one|two|three|[1-3]))"
)
_QUALITY = re.compile(
    rf"\b((?:{_ADJECTIVE}\s(?:en|of|und|oder|and|or)\s)?(?:\(?(?:deels|gedeeltelijk|teilweise|partly|partially)\)?\s)?"
    rf"{_ADJECTIVE}|{_REST.pattern})\s$",
    _I,
)
_BETWEEN = re.compile(r",\s|\s(?:en|of|et|ou|und|oder|and|or)\s", _I)


def _noun_before(text: str, *, percent: bool = False) -> str | None:
    """The nearest counted noun before the number, with the quality before it and what belongs to it after it.

    A noun within what another one is about (`klachten over … een melding`) is not the counted one.
    """
    nouns = [
        n for n in COUNTED.finditer(text)
        if not _ACTORS.match(n.group()) or (not percent and _NUMBERED.search(text[: n.start()]))
    ]  # fmt: skip
    if not nouns:
        return None
    while (first := _list_from(nouns, text)) and _ABOUT.match(text[nouns[first - 1].end() : nouns[first].start()]):
        del nouns[first:]
    noun = nouns[-1]
    # `meldingen en klachten`: both belong together
    if len(nouns) > 1 and re.fullmatch(r"\s(?:en|et|und|and)\s", text[nouns[-2].end() : noun.start()]):
        firsts = len(nouns) - 2
        while firsts and text[nouns[firsts - 1].end() : nouns[firsts].start()] == ", ":
            firsts -= 1
        head, first = text[nouns[firsts].start() : noun.end()], nouns[firsts].start()
    else:
        head, first = noun.group(), noun.start()
    quality = _QUALITY.search(text[:first])
    if percent and quality and _REST.fullmatch(quality.group(1)):
        quality = None  # a share of all, `57 andere dossiers (19,8 procent)`
    kept: list[str] = []
    for token in _TOKEN.finditer(text[noun.end() :]):
        word = token.group()
        bare = word.strip("()[].,;:!?")
        if not kept and not (
            _PREP.match(bare) or re.match(r"^[‘'“«]", word) or re.match(r"^(?:ambts|regulier|fond|grief)", bare)
        ):
            break
        if re.match(r"^\(|^\d", word) or _END_WORD.match(bare) or len(kept) >= MAX_WORDS - 3:
            break
        kept.append(word)
        if re.search(r"[.,;:!?)]$", word):
            break
    while kept and (_LOOSE_END.match(kept[-1].strip(".,;:")) or not re.search(r"\w", kept[-1])):
        kept.pop()
    lead = f"{quality.group(1)} " if quality else ""
    return _clean(" ".join([f"{lead}{head}", *kept]))
