"""The short phrase, as printed, that says what a number in a sentence counts."""

from __future__ import annotations

import re

from extractors.counted import COUNTED

_CUT = re.compile(
    r"\s+(?:waarvan|waaronder|tegenover|ten\sopzichte|terwijl|omdat|zodat|wat\s|dat\s|die\s(?:een|de|het|we)|maar|is|was|zijn|waren|werd|werden|wordt|worden|heeft|hebben|had|hadden|kwam|kwamen|"
    r"gingen?|gaat|blijven|bleven|maken|kan|kunnen|dont|alors|tandis|contre|est|sont|était|étaient|a\sété|ont|avait|avaient|"
    r"davon|wovon|während|gegenüber|ist|sind|wurden?|hat|haben|war|waren|of\swhich|compared|while|were|was|are|have|has|had|which|in\s(?:19|20)\d\d|en\s(?:19|20)\d\d|im\sjahr)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_PUNCT = re.compile(r"[.;:!?,\[]|\s[–—-]\s|\s\(|\)(?=\s|$).*?$|(?:\s(?:en|et|und|and|of|ou|oder)\s(?=[\d(]|waarvan|dont)).*$")
_LEAD = re.compile(
    r"^[\s)\]–—-]*(?:%|procent|prozent|percent|per\scent|pour\scent)?[\s()!]*(?:(?:van|of|des|der|de|d['’]|von|the|alle?|al|all|deze|die|dit|these|those|ces|les|diesen?|dieser|het|le|la|l['’])\s?)*",
    re.IGNORECASE,
)
_PREP = re.compile(r"\b(?:over|via|van|door|met|bij|uit|in|sur|par|de|concernant|relatives?|über|durch|zu|von|about|by|from|regarding|concerning|tegen|inzake)\b", re.IGNORECASE)
MAX_WORDS = 12


def counted_phrase(sentence: str, start: int, end: int, previous: str, language: str) -> str:
    """What the number at `start` to `end` counts: the words after it, else those before, else the last noun counted."""
    del language
    after = _after(sentence[end:])
    if after and (COUNTED.search(after) or len(after.split()) >= 2 or after[:1].islower()) and _says(after):
        return after
    before = _before(sentence[:start])
    if before:
        return before
    return _before(previous) or after


def _says(text: str) -> bool:
    words = [w for w in re.findall(r"[^\W\d]{3,}", text)]
    return bool(words) and not re.match(r"^(?:in|naar|en|of|als|tot|et|à|und|and|to|by|daarvan|ervan)\b", text, re.IGNORECASE) or (
        bool(COUNTED.search(text)) and not re.match(r"^(?:in|naar|to|à)\s", text)
    )


def _after(text: str) -> str:
    rest = text[_LEAD.match(text).end() :] if _LEAD.match(text) else text  # type: ignore[union-attr]
    if re.match(r"^\s*[)\].,;:]", text):
        return ""
    rest = _PUNCT.split(rest, maxsplit=1)[0] if _PUNCT.search(rest) else rest
    rest = _CUT.sub("", " " + rest).strip()
    return " ".join(rest.split()[:MAX_WORDS]).strip(" ,.;:()'‘’“”\"")


def _before(text: str) -> str:
    """The nearest quoted label or counted noun before the number, with what belongs to it."""
    quoted = list(re.finditer(r"[‘“„«]([^’”»]{3,60})[’”»]|'([^']{3,60})'", text))
    nouns = list(COUNTED.finditer(text))
    if quoted and (not nouns or quoted[-1].end() > nouns[-1].start() - 1) and len(text) - quoted[-1].end() < 40:
        label = next(g for g in quoted[-1].groups() if g)
        noun = [n.group() for n in nouns if n.end() <= quoted[-1].start()]
        return f"{noun[-1]} {label}" if noun else label
    if not nouns:
        words = re.findall(r"[^\W\d][\w’'\-]*", text)
        return " ".join(words[-4:])
    noun = nouns[-1]
    rest = text[noun.end() :]
    head = re.search(r"(?:[^\W\d][\w’'\-()]*\s){0,1}$", text[: noun.start()])
    lead = head.group() if head and re.match(r"(?:\w*(?:gegronde?|ontvankelijke?|digitale|geregistreerde|behandelde|fondées?|begründete?|upheld))\s$", head.group(), re.IGNORECASE) else ""
    tail = _CUT.sub("", " " + _PUNCT.split(rest, maxsplit=1)[0] if _PUNCT.search(rest) else " " + rest).strip()
    kept = tail.split()[: MAX_WORDS - 2] if _PREP.match(tail) else []
    while kept and _PREP.fullmatch(kept[-1]):
        kept.pop()
    return " ".join([f"{lead}{noun.group()}", *kept]).strip(" ,.;:()")
