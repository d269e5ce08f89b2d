"""What a number counts: cases, contacts, calls, a lead time, a share, people. Words in labels and titles, four
languages.

Pure functions. `cases` is the answer only when nothing says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import zip_longest

from ontology.text import STOPWORDS, normalise, word_set
from ontology.words import AVERAGE

_MORE_OR_LESS = word_set(
    """verschil stijging daling toename afname hausse baisse diminution augmentation zunahme abnahme anstieg ruckgang
    increase decrease difference veranderung variation verandering"""
)
_CURRENCY_LENGTH = 3
_WORDS: dict[str, frozenset[str]] = {
    "population": word_set(
        """inwoners inwonertal bewonersaantal bevolking habitants population einwohner einwohnerzahl bevolkerung
    inhabitants residents inwoner"""
    ),
    "staff": word_set(
        """vte fte etp vollzeitstellen stellen personeelsleden medewerkersaantal personeelsbestand effectifs
    stellenprozente headcount personeelsaantal voltijdsequivalenten vollzeitaquivalente equivalents"""
    ),
    "calls": word_set(
        """oproepen telefoonoproepen telefoontjes calls call appels anrufe telefonate oproep beantwoorde"""
    ),
    "contacts": word_set(
        """contacten klantencontacten klantcontacten contacts kontakte contactmomenten burgercontacten kundenkontakte
    contactname"""
    ),
    "visits": word_set("""bezoeken bezoekers visites besuche visits visitors besucher"""),
    "recommendations": frozenset(["aanbevelingen", "recommandations", "empfehlungen", "recommendations"]),
    "households": frozenset(["huishoudens", "gezinnen", "menages", "haushalte", "households"]),
    "dwellings": word_set("""woningen wooneenheden logements wohnungen dwellings homes appartementen"""),
}
_LEAD_TIME = word_set(
    """doorlooptijd doorlooptijden behandeltermijn behandeltijd behandelingstermijn behandelingsduur
    afhandelingstermijn afhandelingstijd duree delai delais bearbeitungsdauer bearbeitungszeit durchlaufzeit dauer
    verfahrensdauer erledigungsdauer duration time times timescale doorloop looptijd responstijd reactietijd
    antwoordtermijn"""
)


def measure_of(unit: str, labels: Iterable[str], title: str = "") -> str:
    """The measure of a number: its unit first, then the words of its labels, then those of the table's title."""
    if unit == "percent":
        return "share"
    inner = [set(normalise(label).split()) for label in labels]
    words = set().union(*inner) if inner else set()
    if unit in ("days", "seconds"):
        return "lead_time"
    if unit == "score":
        return "score"
    if unit == "ratio":
        return "rate"
    if unit == "count" and words & _MORE_OR_LESS:
        return "change"
    if len(unit) == _CURRENCY_LENGTH:
        return "amount"
    if words & _LEAD_TIME and words & AVERAGE:
        return "lead_time"
    for measure, known in _WORDS.items():
        if words & known:
            return measure
    if any(_COUNTED[0][1].search(word) for word in words):
        return "cases"  # the labels' own nouns come before the title's
    titled = set(normalise(title).split())
    for measure in ("population", "staff", "calls", "contacts"):
        if titled & _WORDS[measure] and not titled & _COMPLAINTS:
            return measure
    return "cases"


_COUNTED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (measure, re.compile(rf"(?:{nouns})$"))
    for measure, nouns in (
        (
            "cases",
            "klacht(?:en)?|melding(?:en)?|dossiers?|signa(?:al|len)|vra(?:ag|gen)|suggesties?|bezwa(?:ar|ren)|"
            "bezwaarschrift(?:en)?|geval(?:len)?|za(?:ak|ken)|verzoek(?:en|schriften)?|aanvra(?:ag|gen)|bemiddelingen|"
            "felicitaties?|complimenten|problemen|overtredingen|^cases|adviezen|onderzoeken|oordelen|uitspraken|"
            "plaintes?|reclamations?|signalements?|demandes?|^cas|requetes?|saisines?|affaires?|griefs?|mediations?|"
            "felicitations|beschwerden?|fallen?|fall|geschafte?n?|anfragen?|meldung(?:en)?|reklamation(?:en)?|anliegen|"
            "gesuche?|eingaben?|verfahren|hinweise|complaints?|case|enquir(?:y|ies)|requests?|reports?|compliments?|"
            "representations|investigations?|issues|tickets|appeals?|questions?|suggestions?",
        ),
        ("contacts", "contact(?:en|s)?|kontakte?n?"),
        ("calls", "oproep(?:en)?|telefoontjes|^telefoons|appels?|anrufe?n?|^calls?"),
        ("incidents", "incident(?:en|s)?"),
        ("interventions", "interventies?|tussenkomst(?:en)?|interventions?|einsatze?"),
        ("staff", "medewerkers?|personeelsleden|ambtenaren|^agents?|collaborateurs?|mitarbeit\\w*|^staff|employees"),
        ("population", "inwoners?|bevolking|habitants?|population|einwohner\\w*|^residents|inhabitants"),
        ("households", "huishoudens|gezinnen|menages|haushalte|households"),
        ("dwellings", "woningen|logements|wohnungen|dwellings"),
        ("visits", "bezoek(?:en|ers)|visites|besuche|^visits|visitors"),
        ("recommendations", "aanbevelingen|recommandations|empfehlungen|recommendations"),
        (
            "people",
            "burgers|leerlingen|cursisten|studenten|respondenten|deelnemers|indieners|mensen|personen|melders|klagers|"
            "klanten|huurders|gebruikers|citoyens|personnes|usagers|clients|burger\\w*|schuler\\w*|kund(?:en|innen)|"
            "ratsuchende\\w*|^people|respondents|customers|pupils|tenants|members|bellers",
        ),
        ("organisations", "scholen|gemeenten|steden|centra|teams?|communes|gemeinden|schools|councils"),
        ("messages", "brieven|^mails|emails|courriers|courriels|briefe|letters"),
    )
)
NO_SIGNAL = frozenset(
    {"staff", "population", "households", "dwellings", "people", "organisations", "incidents", "interventions", "other"}
)
"""What a sentence counts beside complaints: the section's kind of signal is not theirs."""
_CHANGED = _MORE_OR_LESS | word_set(
    """groei recul rise fall drop steeg stegen daalde daalden stijgt dalen nam namen toegenomen afgenomen gestegen
    gedaald augmente diminue recule stieg stiegen sank sanken gestiegen gesunken rose fell increased decreased dropped
    grew"""
)
_PER_TIME = re.compile(
    r"\b(?:per\s(?:maand|week|dag|uur|month|week|day|hour)|par\s(?:mois|semaine|jour|heure)|"
    r"(?:pro|je)\s(?:monat|woche|tag|stunde)|an?\s(?:month|week|day|hour))\b",
    re.IGNORECASE,
)
_DIFFERENCE = word_set("""meer minder plus moins davantage mehr weniger more fewer less""")


def names_only_the_counted(label: str) -> bool:
    """Whether a phrase is a bare noun for what reports count (`Geschäfte`, `andere dossiers`) and names no subject."""
    words = [
        w for w in normalise(label).split() if w not in STOPWORDS and not w.startswith(("ander", "autre", "other"))
    ]
    return bool(words) and all(_COUNTED[0][1].search(w) for w in words)


def measure_in_prose(unit: str, labels: Iterable[str], section: str | None = None) -> str:
    """The measure of a number in a sentence: what its phrase names first, `other` for what is no complaint handling.

    `labels` are what the number counts; where the sentence does not say, they are the `section`, and it counts cases.
    """
    labels = tuple(labels)
    words = [word for label in labels for word in normalise(label).split()]
    compared = [after for word, after in zip_longest(words, words[1:]) if word in _DIFFERENCE]
    changed = set(words) & _CHANGED or any(after in (None, "dan", "als", "than", "que", "qu") for after in compared)
    if changed and unit in ("count", "percent") and labels != (section,):
        return "change"
    if unit != "count" or not labels or labels == (section,):
        return measure_of(unit, labels)
    if any(_PER_TIME.search(label) for label in labels):
        return "rate"  # a mean per month is no count of the year
    for word in words:
        for measure, pattern in _COUNTED:
            if pattern.search(word):
                return measure
    return "other"


_COMPLAINTS = word_set("""klacht klachten plainte plaintes beschwerde beschwerden complaint complaints dossiers""")
