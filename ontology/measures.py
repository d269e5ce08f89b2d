"""What a number counts: cases, contacts, calls, a lead time, a share, people. Words in labels and titles, four
languages.

Pure functions. `cases` is the answer only when nothing says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable

from ontology.text import normalise, word_set
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
    titled = set(normalise(title).split())
    for measure in ("population", "staff", "calls", "contacts"):
        if titled & _WORDS[measure] and not titled & _COMPLAINTS:
            return measure
    return "cases"


_COMPLAINTS = word_set("""klacht klachten plainte plaintes beschwerde beschwerden complaint complaints dossiers""")
