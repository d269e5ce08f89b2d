"""Words of four languages for `retold_tables`: labels of tables, and sentences with places for figures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language: how it writes thousands, decimals and per cent, its labels and its sentences.

    Sentences have places for counts `n` and `m`, a percentage `p`, a kind `k`, another kind `j`, the years `y`
    (reporting) and `z` (the one before).
    """

    code: str
    thousands: str
    decimal: str
    percent: str
    kinds: tuple[str, ...]
    services: tuple[str, ...]
    total: str
    count: str
    complaints: str
    restate: str
    fell: str
    rose: str
    share: str
    all: str
    other_part: str
    rough: str
    elsewhere: str
    long_ago: str


TONGUES = {
    t.code: t
    for t in (
        Tongue(
            *("nl", ".", ",", "%"),
            (
                *("Zwerfvuil", "Foutparkeren", "Nachtlawaai", "Fietspaden", "Bomen en struiken", "Wachttijd loket"),
                *("Straatverlichting", "Kinderopvang", "Rioolgeur", "Marktkramen", "Gladheid", "Hondenpoep"),
            ),
            ("Burgerzaken", "Stadsreiniging", "Mobiliteit", "Vergunningen", "Sociale dienst", "Bibliotheek"),
            *("Totaal", "aantal", "klachten"),
            "In {y} waren er {n} klachten over {k}.",
            "Het aantal klachten over {k} daalde van {m} in {z} naar {n} in {y}.",
            "Het aantal klachten over {k} steeg van {m} in {z} naar {n} in {y}.",
            "Van alle klachten ging {p} over {k}.",
            "In totaal kwamen er in {y} {n} klachten binnen.",
            "Van de {n} klachten over {k} werden er {m} telefonisch gemeld.",
            "Ruim {m} klachten gingen over {k}.",
            "Ter vergelijking: een naburige stad kreeg {m} klachten over {k}.",
            "In 2009 waren er nog {m} klachten over {k}.",
        ),
        Tongue(
            *("fr", "\u00a0", ",", "\u00a0%"),
            (
                *("Dépôts sauvages", "Stationnement gênant", "Tapage nocturne", "Pistes cyclables", "Arbres et haies"),
                *("Attente au guichet", "Éclairage public", "Crèches", "Odeurs d'égout", "Marchés", "Verglas"),
                "Déjections canines",
            ),
            ("État civil", "Propreté publique", "Mobilité", "Urbanisme", "Service social", "Bibliothèque"),
            *("Total", "nombre", "plaintes"),
            "En {y}, il y a eu {n} plaintes pour {k}.",
            "Le nombre de plaintes pour {k} est passé de {m} en {z} à {n} en {y}.",
            "Le nombre de plaintes pour {k} est passé de {m} en {z} à {n} en {y}.",
            "Parmi toutes les plaintes, {p} concernaient {k}.",
            "Au total, {n} plaintes ont été reçues en {y}.",
            "Sur les {n} plaintes pour {k}, {m} ont été signalées par téléphone.",
            "Plus de {m} plaintes concernaient {k}.",
            "À titre de comparaison, une ville voisine a reçu {m} plaintes pour {k}.",
            "En 2009, il y avait encore {m} plaintes pour {k}.",
        ),
        Tongue(
            *("de", ".", ",", "\u00a0%"),
            (
                *("Wilde Müllablagerung", "Falschparken", "Nächtlicher Lärm", "Radwege", "Bäume und Hecken"),
                *("Wartezeit am Schalter", "Straßenbeleuchtung", "Kinderbetreuung", "Kanalgeruch", "Marktstände"),
                *("Winterdienst", "Hundekot"),
            ),
            ("Bürgeramt", "Stadtreinigung", "Mobilität", "Bauaufsicht", "Sozialamt", "Bibliothek"),
            *("Gesamt", "Anzahl", "Beschwerden"),
            "Im Jahr {y} gab es {n} Beschwerden zu {k}.",
            "Die Zahl der Beschwerden zu {k} sank von {m} im Jahr {z} auf {n} im Jahr {y}.",
            "Die Zahl der Beschwerden zu {k} stieg von {m} im Jahr {z} auf {n} im Jahr {y}.",
            "Von allen Beschwerden betrafen {p} {k}.",
            "Insgesamt gingen {y} {n} Beschwerden ein.",
            "Von den {n} Beschwerden zu {k} wurden {m} telefonisch gemeldet.",
            "Mehr als {m} Beschwerden betrafen {k}.",
            "Zum Vergleich: Eine Nachbarstadt erhielt {m} Beschwerden zu {k}.",
            "Im Jahr 2009 gab es noch {m} Beschwerden zu {k}.",
        ),
        Tongue(
            *("en", ",", ".", "%"),
            (
                *("Fly-tipping", "Illegal parking", "Night-time noise", "Cycle paths", "Trees and hedges"),
                *("Waiting times", "Street lighting", "Childcare", "Drains", "Market stalls", "Gritting"),
                "Dog fouling",
            ),
            ("Registry office", "Street cleaning", "Mobility", "Planning", "Social services", "Library"),
            *("Total", "number", "complaints"),
            "In {y} there were {n} complaints about {k}.",
            "Complaints about {k} fell from {m} in {z} to {n} in {y}.",
            "Complaints about {k} rose from {m} in {z} to {n} in {y}.",
            "Of all complaints, {p} were about {k}.",
            "In total {n} complaints were received in {y}.",
            "Of the {n} complaints about {k}, {m} were made by telephone.",
            "More than {m} complaints were about {k}.",
            "By comparison, a neighbouring city received {m} complaints about {k}.",
            "In 2009 there were still {m} complaints about {k}.",
        ),
    )
}

#: Labels of single families, by language in the order nl, fr, de, en.
HEADS: dict[str, tuple[str, str, str, str]] = {
    "founded": ("gegrond", "fondée", "begründet", "upheld"),
    "unfounded": ("ongegrond", "non fondée", "unbegründet", "not upheld"),
    "open": ("in behandeling", "en cours", "in Bearbeitung", "in progress"),
    "files": ("aantal dossiers", "nombre de dossiers", "Anzahl Fälle", "number of files"),
    "paid": ("uitbetaald bedrag", "montant payé", "ausbezahlter Betrag", "amount paid"),
    "mean_paid": (
        "gemiddeld bedrag per dossier",
        "montant moyen par dossier",
        "Betrag je Fall im Durchschnitt",
        "average amount per file",
    ),
    "digital": ("digitaal", "numérique", "digital", "digital"),
    "paper": ("op papier", "papier", "auf Papier", "paper"),
    "email": ("e-mail", "courriel", "E-Mail", "e-mail"),
    "website": ("website", "site web", "Webseite", "website"),
    "app": ("app", "appli", "App", "app"),
    "letter": ("brief", "lettre", "Brief", "letter"),
    "form": ("formulier", "formulaire", "Formular", "form"),
    "subtotal": ("subtotaal", "sous-total", "Zwischensumme", "subtotal"),
    "total_complaints": ("Totaal klachten", "Total des plaintes", "Summe Beschwerden", "Total complaints"),
    "questions": ("Informatievragen", "Demandes d'information", "Auskünfte", "Requests for information"),
    "grand": ("Algemeen totaal", "Total général", "Gesamtsumme", "Grand total"),
    "within": ("binnen {n} dagen", "dans les {n} jours", "innerhalb von {n} Tagen", "within {n} days"),
    "within_share": ("% binnen {n} dagen", "% dans les {n} jours", "% innerhalb von {n} Tagen", "% within {n} days"),
    "everything": ("Alle klachten", "Toutes les plaintes", "Alle Beschwerden", "All complaints"),
    "sex": ("geslacht", "sexe", "Geschlecht", "sex"),
    "woman": ("vrouw", "femme", "weiblich", "female"),
    "man": ("man", "homme", "männlich", "male"),
    "unknown": ("onbekend", "inconnu", "unbekannt", "unknown"),
    "age": ("leeftijd", "âge", "Alter", "age"),
    "mean": ("gemiddelde", "moyenne", "Durchschnitt", "average"),
    "deviation": ("afwijking van het gemiddelde", "écart par rapport à la moyenne", "Abweichung", "deviation"),
    "points": ("verschil in procentpunt", "différence en points", "Differenz in Prozentpunkten", "change in points"),
    "answers": ("aantal antwoorden", "nombre de réponses", "Anzahl Antworten", "number of answers"),
    "score": ("gemiddelde score", "note moyenne", "Durchschnittsnote", "average score"),
    "satisfied": ("tevreden", "satisfait", "zufrieden", "satisfied"),
    "neutral": ("neutraal", "neutre", "neutral", "neutral"),
    "dissatisfied": ("ontevreden", "mécontent", "unzufrieden", "dissatisfied"),
    "everyone": ("Alle diensten", "Tous les services", "Alle Ämter", "All services"),
}
LANGUAGES = ("nl", "fr", "de", "en")


def head(key: str, language: str, **places: object) -> str:
    """The label of that key in that language."""
    return HEADS[key][LANGUAGES.index(language)].format(**places)
