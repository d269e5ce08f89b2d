"""Dates as reports print them, in four languages, and the date or number that opens a case's heading."""

from __future__ import annotations

import datetime
import re

_MONTHS = {
    1: "januari january janvier januar jänner jan", 2: "februari february février fevrier februar feb févr",
    3: "maart march mars märz maerz mrt mar", 4: "april avril apr avr", 5: "mei may mai",
    6: "juni june juin jun", 7: "juli july juillet jul juil", 8: "augustus august août aout aug",
    9: "september septembre sep sept", 10: "oktober october octobre okt oct", 11: "november novembre nov",
    12: "december décembre decembre dezember dec dez déc",
}  # fmt: skip
MONTH = {name: number for number, names in _MONTHS.items() for name in names.split()}
MONTH_WORDS = "|".join(sorted(MONTH, key=len, reverse=True))
_NUMERIC = re.compile(r"(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}})(?:er|ste|de|e|st|nd|rd|th|\.)?\s+(?:of\s+)?({MONTH_WORDS})\.?,?\s+(\d{{4}})", re.IGNORECASE
)
_MONTH_FIRST = re.compile(rf"({MONTH_WORDS})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", re.IGNORECASE)
_MONTH_ONLY = re.compile(rf"(?:{MONTH_WORDS})\.?\s+\d{{4}}", re.IGNORECASE)
_LEAD = re.compile(
    r"^\s*(?:\d{1,2}[.)]\s+)?(?:(?:dossier|zaak|casus|klacht|geval|voorbeeld|praktijkvoorbeeld|cas|"
    r"plainte|affaire|exemple|réclamation|"
    r"fall|fallbeispiel|beschwerde|beispiel|case|complaint|example|case study)\s*(?:n[°o]\.?|nr\.?|no\.?|#)?\s*"
    r"[\w]*\d[\w/.\-]*\s*(?:[-–—:|,.]\s*|\(|$)?|"
    r"(?:[A-Z]{1,4}[\s\-]?)?\d{2,6}(?:[./\-]\d{1,6}){1,3}\s*[–—:\-]\s+(?=[^\W\d]))?\s*",
    re.IGNORECASE,
)
_WEEKDAY = (
    r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)?,?\s*"
)


def find_date(text: str) -> tuple[int, int, datetime.date] | None:
    """The first full date in `text`, with its start and end; day before month in figures."""
    best: tuple[int, int, datetime.date] | None = None
    for pattern in (_ISO, _NUMERIC, _DAY_FIRST, _MONTH_FIRST):
        hit = pattern.search(text)
        if not hit:
            continue
        date = _date(pattern, hit)
        if date and (best is None or hit.start() < best[0]):
            best = (hit.start(), hit.end(), date)
    return best


def _date(pattern: re.Pattern[str], hit: re.Match[str]) -> datetime.date | None:
    a, b, c = hit.groups()
    if pattern is _ISO:
        year, month, day = int(a), int(b), int(c)
    elif pattern is _NUMERIC:
        year, month, day = int(c), int(b), int(a)
        year += 2000 if year < 100 else 0
    elif pattern is _DAY_FIRST:
        year, month, day = int(c), MONTH[b.casefold()], int(a)
    else:
        year, month, day = int(c), MONTH[a.casefold()], int(b)
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def leading_date(text: str) -> datetime.date | None:
    """The date that opens a heading, or stands in brackets at its end."""
    found = find_date(text)
    if found is None:
        return None
    start, end, date = found
    before = _LEAD.sub("", text[:start]).strip(" -–—:|,(.").casefold()
    opens = len(before) == 0 or re.fullmatch(rf"(?:op|le|am|on|vom|du|van)?\s*{_WEEKDAY}", before) is not None
    closes = len(text) - end <= 2
    return date if opens or closes else None


def strip_head(text: str) -> str:
    """A heading without the date or case number that opens (or, in brackets, closes) it."""
    rest = text
    lead = _LEAD.match(rest)
    if lead and any(c.isdigit() for c in lead.group()) and re.search(r"[A-Za-z]|\d[./\-]\d", lead.group()):
        rest = rest[lead.end() :]
    found = find_date(rest)
    if found is not None:
        start, end, _ = found
        before = rest[:start].strip(" -–—:|,(.").casefold()
        if not before or re.fullmatch(rf"(?:\d{{1,2}}|op|le|am|on|vom|du|van)?\s*{_WEEKDAY}", before):
            rest = rest[end:].lstrip(" -–—:|,).")
        elif len(rest) - end <= 2:
            rest = rest[:start].rstrip(" -–—:|,(.")
    return rest


_DATE_LABEL = re.compile(
    r"^[\s(\[]*(?:(?:datum|date|ingediend|ontvangen|ontvangst|melding|introduite?|reçue?|réception|déposée?|eingang|"
    r"eingegangen|eingereicht|received|submitted|klacht|plainte|réclamation|beschwerde|complaint|"
    r"op|van|le|du|la|am|vom|on|of|der|the|de)\b[\s:]*){0,5}",
    re.IGNORECASE,
)


_REFERENCE = re.compile(
    r"(?:(?:dossier|zaak|klacht|casus|cas|plainte|affaire|fall|beschwerde|geschäft|case|complaint|ref(?:erentie|erence|erenz|"
    r"érence)?|nr|n[°o]|no|nummer|numéro|number)[.:]?\s*){0,3}#?[A-Z]{0,4}[\s\-]?\d[\w/.\-]*",
    re.IGNORECASE,
)


_FILED_AS = re.compile(
    r"^(?:dossier|zaak|klacht|casus|cas|plainte|affaire|fall|beschwerde|geschäft|case|complaint)\s(?:(?:nr|n[°o]|no)\.?\s?)?"
    r"#?(?:[A-Z]{1,4}-)?\d[\w/.\-]*[,:]?\s+(?=\S)",
    re.IGNORECASE,
)
NOTE = 110
"""Characters of a line of catchwords under a case's title, at most."""


def only_date(text: str) -> datetime.date | None:
    """The date of a line that holds nothing else, save a word for it, the weekday and a case's number.

    `Ingediend op 21/3/2023`, `12/04/2023 | dossier 2023-044`, `Dossier 2023/107  12 april 2023`.
    """
    if len(text) > 70 or not any(c.isdigit() for c in text):
        return None
    parts = [part.strip() for part in re.split(r"\s[|•·–—-]\s|[;|•·]", text) if part.strip()]
    dates = [date for part in parts if (date := _bare_date(part)) is not None]
    others = [part for part in parts if _bare_date(part) is None]
    return dates[0] if len(dates) == 1 and all(_REFERENCE.fullmatch(part) for part in others) else None


def dated_note(text: str) -> tuple[datetime.date, tuple[str, ...]] | None:
    """The date of a line of catchwords and the other ones, without their labels; None for any other text.

    `12 april 2023 · afval · gegrond`, `Datum: 12/4/2023 | Dienst: Afval | Beoordeling: gegrond`.
    """
    if len(text) > NOTE or not any(c.isdigit() for c in text):
        return None
    parts = [part.strip() for part in re.split(r"\s?[|•·;]\s?", text) if part.strip()]
    read = [(part, _bare_date(part)) for part in parts]
    dates = [date for _, date in read if date is not None]
    others = [part for part, date in read if date is None]
    if len(dates) != 1 or not others or any(len(part.split()) > 6 or part.endswith(".") for part in others):
        return None
    return dates[0], tuple(re.sub(r"^[^\W\d][^:]{2,25}:\s+", "", part) for part in others)


def _bare_date(text: str) -> datetime.date | None:
    text = _FILED_AS.sub("", text)
    found = find_date(text)
    if found is None:
        return None
    start, end, date = found
    before = re.sub(_WEEKDAY + "$", "", _DATE_LABEL.sub("", text[:start], count=1), flags=re.IGNORECASE)
    return date if not before.strip(" -–—:|,.(") and not text[end:].strip(" -–—:|,.)]") else None
