"""What a number counts: cases, contacts, calls, a lead time, a share, people. Words in labels and titles, four languages.

Pure functions. `cases` is the answer only when nothing says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable

from ontology.text import normalise
from ontology.words import AVERAGE

_CURRENCY_LENGTH = 3
_WORDS: dict[str, frozenset[str]] = {
    "population": frozenset(
        """inwoners inwonertal bewonersaantal bevolking habitants population einwohner einwohnerzahl bevolkerung
        inhabitants residents inwoner""".split()
    ),
    "staff": frozenset(
        """vte fte etp vollzeitstellen stellen personeelsleden medewerkersaantal personeelsbestand effectifs stellenprozente
        headcount personeelsaantal voltijdsequivalenten vollzeitaquivalente equivalents""".split()
    ),
    "calls": frozenset(
        """oproepen telefoonoproepen telefoontjes calls call appels anrufe telefonate oproep beantwoorde""".split()
    ),
    "contacts": frozenset(
        """contacten klantencontacten klantcontacten contacts kontakte contactmomenten burgercontacten kundenkontakte
        contactname""".split()
    ),
    "visits": frozenset("bezoeken bezoekers visites besuche visits visitors besucher".split()),
    "recommendations": frozenset("aanbevelingen recommandations empfehlungen recommendations".split()),
    "households": frozenset("huishoudens gezinnen menages haushalte households".split()),
    "dwellings": frozenset("woningen wooneenheden logements wohnungen dwellings homes appartementen".split()),
}
_LEAD_TIME = frozenset(
    """doorlooptijd doorlooptijden behandeltermijn behandeltijd behandelingstermijn behandelingsduur afhandelingstermijn
    afhandelingstijd duree delai delais bearbeitungsdauer bearbeitungszeit durchlaufzeit dauer verfahrensdauer
    erledigungsdauer duration time times timescale doorloop looptijd responstijd reactietijd antwoordtermijn""".split()
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


_COMPLAINTS = frozenset("klacht klachten plainte plaintes beschwerde beschwerden complaint complaints dossiers".split())
