"""Personal details told by their form: addresses, telephones, plates, national numbers, accounts, dates of birth."""

from __future__ import annotations

import re

from extractors.dates import MONTH_WORDS
from extractors.person_signs import CAP, STREET_NL

_I = re.IGNORECASE
_NUMBER = r"(?:n[°ro]\.?\s*|nr\.?\s*|nummer\s+|numéro\s+)?\d{1,4}(?:\s?[a-zA-Z](?![\w’']))?(?:\s?[-/]\s?\d{1,4}[a-z]?)?"
_BOX = (
    r"(?:\s*,?\s*(?:\w+\s(?:verdieping|étage)|"
    r"(?:bus|bte|boîte|box|app\.?|appartement|flat|verdieping|étage|postbus)\s*\w{1,5}))?"
)
_TOWN = (
    r"(?:\s*,?\s*(?:te\s+|à\s+|in\s+)?(?:[BFLD][-\s])?\d{4,5}(?:\s?[A-Z]{2})?\s+" + CAP + r"(?:[\s\-]" + CAP + r")?)?"
)
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("E-MAIL", re.compile(r"(?<![\w.+\-])[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)*\.[a-z]{2,}", _I)),
    ("IBAN", re.compile(r"\b[A-Z]{2}\s?\d{2}(?:[ .\-]?[A-Z0-9]{4}){2,7}(?:[ .\-]?[A-Z0-9]{1,4})?\b")),
    ("RIJKSREGISTERNUMMER", re.compile(
        r"\b\d{2}[.\-/ ]?(?:0[1-9]|1[0-2]|[24]\d)[.\-/ ]?[0-3]\d[\-. ]{1,3}\d{3}[.\- ]?\d{2}\b|"
        r"\b756[.\s]\d{4}[.\s]\d{4}[.\s]\d{2}\b|"
        r"\b(?:[A-CEGHJ-PR-TW-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D])\b|"
        r"(?:(?<=rijksregisternummer )|(?<=registre national )|(?<=BSN )|(?<=NISS )|(?<=INSZ )|"
        r"(?<=burgerservicenummer )|(?<=numéro national )|(?<=AHV-Nummer ))[\d.\- ]{7,16}\d|\b\d{11}\b")),
    ("TELEFOON", re.compile(
        r"(?<![\w/.\-])(?:\+|00)(?:32|31|33|49|41|44|352|353)[\s./\-]?(?:\(0\))?(?:[\s./\-]?\d){7,11}(?!\d)|"
        r"(?<![\w/.,\-])0\d{1,4}[\s./\-]{1,3}\d{2,3}(?:[\s./\-]{0,2}\d{1,4}){1,4}(?![\w%])|"
        r"(?<![\w/.,\-])0\d{8,10}(?!\d)")),
    ("PLAAT", re.compile(
        r"\b[1-9]\s?-\s?[A-Z]{3}\s?-\s?\d{3}\b|\b[1-9]\s[A-Z]{3}\s\d{3}\b|\b[A-Z]{3}-\d{3}\b|"
        r"\b[A-Z]{2}-\d{3}-[A-Z]{1,2}\b|\b[A-Z]-\d{3}-[A-Z]{2}\b|"
        r"\b\d{1,2}-[A-Z]{2,3}-\d{1,2}\b|\b[A-Z]{2}-\d{2}-\d{2}\b|\b\d{2}-\d{2}-[A-Z]{2}\b|"
        r"\b[A-Z]{2}-[A-Z]{2}-\d{2}\b|\b\d-[A-Z]{3}-\d{2}\b|"
        r"\b(?:AG|AI|AR|BE|BL|BS|FR|GE|GL|GR|JU|LU|NE|NW|OW|SG|SH|SO|SZ|TG|TI|UR|VD|VS|ZG|ZH)[-\s]\d{3}\s?\d{3}\b|"
        r"\b[A-Z]{2}\d{2}\s[A-Z]{3}\b|\b[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}\s\d{1,4}\b|"
        r"(?:(?<=plaat )|(?<=plaque )|(?<=immatriculée )|(?<=kenteken )|(?<=Kennzeichen )|"
        r"(?<=registration ))[A-Z0-9]{1,4}[\s\-]?[A-Z0-9]{2,4}(?:[\s\-]?[A-Z0-9]{1,4})?\b")),
    ("ADRES", re.compile(
        # Kerkstraat 12 bus 3, 2000 Antwerpen; Lange Nieuwstraat 5; Jan Van Rijswijcklaan 1
        rf"(?<!\w)(?:(?!(?:In|Op|Aan|De|Het|Bij|Van|Naar|Uit|Te|Tussen|Rond|Een|Deze|Die|Stuur|"
        rf"Adres)\s){CAP}\s(?:(?:{CAP}|van|de|den|der|het|ter|ten)\s){{0,2}})?"
        rf"[A-ZÀ-Þ][\wÀ-ÿ’'\-]{{0,40}}?{STREET_NL}\s*,?\s*{_NUMBER}(?!\s*(?:\d|%|klachten|meldingen|dossiers|"
        rf"signalen))\b{_BOX}{_TOWN}|"
        rf"(?!(?:In|Op|Aan|De|Het|Bij)\s){CAP}\s(?:{CAP}\s)?(?:Straat|Laan|Lei|Plein|Steenweg|Baan|Kaai|"
        rf"Markt|Vest|Poort|Weg|Dreef|Hof|Gracht|Singel|Dijk|Kouter|Berg|Plaats)\s"
        rf"{_NUMBER}(?!\s*(?:\d|%|klachten|meldingen|dossiers|signalen))\b{_BOX}{_TOWN}|"
        rf"(?<!\w)[A-ZÀ-Þ][\wÀ-ÿ\-]*(?:straße|strasse|gasse|allee|platz|"
        rf"str\.)\s+\d{{1,4}}\s?[a-z]?\b{_TOWN}|"
        rf"(?<!\w)(?:{CAP}\s)?(?:Straße|Strasse|Weg|Platz|Allee)\s+\d{{1,4}}\s?[a-z]?\b{_TOWN}")),
    ("ADRES", re.compile(
        # rue de la Loi 16, 12 avenue Louise, chaussée de Mons, 45 à 1070 Anderlecht
        r"(?:\b\d{1,4}\s?(?:bis|ter)?,?\s+)?\b(?i:rue|avenue|av\.|boulevard|bd|place|chaussée|quai|chemin|"
        r"impasse|allée|square|clos|drève|sentier|cité|route|ruelle|venelle)\s+"
        r"(?:(?:de|du|des|d['’]|la|le|les|l['’]|aux?|à|et)\s*){0,3}" + rf"{CAP}(?:[\s\-](?:(?:de|du|des|"
            rf"la|le|les|et|d['’])\s?){{0,2}}{CAP}){{0,4}}"
        rf"(?P<nr>\s*,?\s*(?!\d{{4,5}}\s[A-Z]){_NUMBER})?" + _BOX + _TOWN)),
    ("ADRES", re.compile(
        rf"(?:\b(?:Flat|Apartment|Unit)\s\w{{1,4}},?\s)?\b\d{{1,4}}[a-z]?,?\s+(?:{CAP}\s){{1,3}}"
        rf"(?:Parade|Mews|Walk|View|Rise|Hill|Green|Square|Street|Road|Avenue|Lane|Drive|Close|Way|Court|"
        rf"Crescent|Terrace|Gardens|Place|Row|Park|Grove|St|Rd|Ave)\b"
        r"(?:,?\s+[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})?|"
        # 12 Maes y Dre, CF31 4QT: whatever the street is called, the postcode says that it is one
        rf"\b\d{{1,4}}[a-z]?,?\s+{CAP}(?:\s(?:{CAP}|y|yr|of|the)){{0,3}},?\s+[A-Z]{{1,2}}\d[A-Z\d]?\s?\d[A-Z]{{2}}\b")),
)  # fmt: skip
_FREE = re.compile(r"0[89]00(?!\d)")
"""Numbers that cost the caller nothing, or more: bodies have them, persons do not."""
_LIVES_AT = re.compile(
    rf"(?P<said>\b[Ww]ohn\w+\s(?:\w+\s){{0,4}}(?:am|im|an der|in der|auf dem|zum)\s){CAP}"
    rf"(?:\s{CAP})?\s\d{{1,3}}(?:\s?[a-z])?\b{_TOWN}"
)
_TOWN_BEFORE = re.compile(rf"(?:(?<=\bte )|(?<=\bà ))(?:\d{{4,5}}\s)?{CAP}(?:[\s\-]{CAP})?\s?[,:(]\s?\[ADRES\]")
"""`wonende te Hemiksem, Nijverheidsstraat 41`: the town belongs to the address."""
_BIRTH = re.compile(
    r"(?P<said>\b(?:geboren|geb\.|geboortedatum|née?|né\(e\)|date\sde\snaissance|naissance|geburtsdatum|born|date\sof\sbirth|"
    r"d\.o\.b\.)(?:\s(?:te|à|in)\s[A-ZÀ-Þ][\w\-]+)?[\s:,]*(?:\s?(?:is|est|ist|was|op|le|am|on|:)\s)?\s?|°\s?)"
    rf"(?:\d{{1,2}}\s?[./\-]\s?\d{{1,2}}\s?[./\-]\s?\d{{2,4}}|\d{{1,2}}(?:er|\.|st|nd|rd|th)?\s+(?:{MONTH_WORDS})\s+\d{{4}}|"
    rf"(?:{MONTH_WORDS})\s+\d{{1,2}},?\s+\d{{4}})",
    _I,
)
_BIRTH_AFTER = re.compile(
    rf"(?:\d{{1,2}}\s?[./\-]\s?\d{{1,2}}\s?[./\-]\s?\d{{2,4}}|\d{{1,2}}\.?\s(?:{MONTH_WORDS})\s\d{{4}})"
    r"(?=\s(?:te\s\w+\s|in\s\w+\s)?geboren\b)",
    _I,
)


def numbers_and_addresses(text: str) -> tuple[str, int]:
    """What is told by its form alone, masked, and how often."""
    count = 0
    for mark, pattern in _RULES:

        def put(hit: re.Match[str], mark: str = mark) -> str:
            nonlocal count
            if mark == "ADRES" and "nr" in hit.re.groupindex and not hit.group("nr") and not hit.group()[:1].isdigit():
                return hit.group()  # a street without a number is a place, not a home
            if mark == "TELEFOON" and (sum(c.isdigit() for c in hit.group()) < 8 or _FREE.match(hit.group())):
                return hit.group()
            count += 1
            return f"[{mark}]"

        text = pattern.sub(put, text)
    text = _TOWN_BEFORE.sub("[ADRES]", text)
    text, births = _BIRTH.subn(lambda hit: f"{hit.group('said')}[GEBOORTEDATUM]", text)
    text, after = _BIRTH_AFTER.subn("[GEBOORTEDATUM]", text)
    text, homes = _LIVES_AT.subn(lambda hit: f"{hit.group('said')}[ADRES]", text)
    return text, count + births + after + homes
