"""What complaint reports count: nouns, measures and the words around them, in four languages."""

from __future__ import annotations

import re

_I = re.IGNORECASE
COUNTED = re.compile(
    r"\b(?:"
    # nl
    r"\w*klacht(?:en)?|\w*klachtje|\w*melding(?:en)?|\w*dossiers?|signa(?:al|len)|\w*contact(?:en)?|"
    r"\w*oproep(?:en)?|\w*vra(?:ag|gen)|suggesties?|felicitaties?|"
    r"complimenten|compliment|bezwa(?:ar|ren)|bezwaarschrift(?:en)?|gevallen|geval|zaken|zaak|"
    r"\w*tussenkomsten|incidenten|\w*medewerkers?|personeelsleden|leerlingen|"
    r"cursisten|inwoners|klanten(?:teams?)?|burgers|melders|klagers|verzoeken|verzoekschrift(?:en)?|"
    r"aanvragen|brieven|e-?mails|mails|telefoons|telefoontjes|"
    r"gesprekken|bemiddelingen|cases|scholen|ombudsklachten|reacties|opmerkingen|bezoekers|gebruikers|"
    r"studenten|\w*centra|\w*woningen|gemeenten|steden|"
    r"onderzoeken|aanbevelingen|overtredingen|tickets|formulieren|processen-verbaal|interventies|"
    r"\w*problemen|adviezen|beroepen|schadegevallen|respondenten|deelnemers|indieners|mensen|personen|huishoudens|"
    r"afspraken|beslissingen|uitspraken|oordelen|"
    # fr
    r"plaintes?|réclamations?|dossiers?|signalements?|appels?|contacts?|demandes?|cas|interventions?|"
    r"citoyens|habitants|personnes|courriers|courriels|"
    r"recommandations|requêtes?|saisines|griefs|médiations|agents|collaborateurs|clients|usagers|"
    r"incidents|suggestions|félicitations|questions|visites|entretiens|affaires|décisions|avis|ménages|délégués|"
    r"points d'accueil|règlements|"
    # de
    r"\w*beschwerden?|\w*fällen?|\w*fall|\w*geschäfte?n?|\w*anfragen?|meldungen|meldung|reklamationen|"
    r"anliegen|\w*gesuche|personen|einwohner\w*|mitarbeitende\w*|mitarbeiter\w*|"
    r"anrufe|kontakte|eingaben|dossiers|empfehlungen|hinweise|lob|gespräche|verfahren|bürger\w*|"
    r"schüler\w*|kund\w+|einsätze|ratsuchende\w*|vermittlungen|"
    # en
    r"complaints?|cases?|contacts?|enquir(?:y|ies)|calls?|requests?|reports?|compliments?|suggestions?|"
    r"residents|customers|staff|employees|people|"
    r"emails|letters|incidents|recommendations|respondents|appeals?|investigations?|visits|issues|tickets|"
    r"representations|households|pupils|tenants|members"
    r")\b",
    _I,
)
"""Nouns that a report counts. Compounds are covered: `eerstelijnsklachten`, `Beschwerdefälle`."""
NOT_COUNTED = re.compile(
    r"^(?:meter|metres?|mètres?|m2|m²|km|kilomet\w+|cm|liter|kg|ton|graden|uur|uren|heures?|stunden?|"
    r"hours?|jaar|jaren|ans?|années?|jahren?|years?|maand\w*|mois|"
    r"monat\w*|months?|we(?:ek|ken)|semaines?|wochen?|weeks?|minu\w+|secon\w+|kwarta\w+|trimestres?|"
    r"quartale?|quarters?|keer|maal|fois|mal|times|euro\w*|eur|"
    r"procent|pour|percent|per|prozent|pagina\w*|pages?|seiten?|punt\w*|points?|bijlagen?|lijn\w*|eeuw\w*|"
    r"graad|talen|langues|sprachen|languages|"
    r"januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|janvier|"
    r"février|mars|avril|juin|juillet|août|"
    r"octobre|novembre|décembre|januar|februar|märz|mai|dezember|january|february|march|may|june|july|"
    r"august|october|gb|mb|mm|volt|watt|"
    r"vaststellingen|constats|stappen|fasen|manieren|redenen|delen|hoofdstukken|luiken|pijlers|"
    r"thema['’]?s|étapes|raisons|chapitres|steps|parts|chapters|reasons|ways|"
    r"eerste|laatste|volgende|voorbije|afgelopen|premiers?|premières|derniers?|dernières|ersten|letzten|"
    r"first|last|previous|next|pm|am|bis|op|sur|von|o'clock|st|nd|rd|th)$",
    _I,
)
PERCENT = re.compile(
    r"^\s?(?:%|procent(?![a-z])|pour\s?cents?\b|prozent(?![a-z])|per\s?cent\b|p\.\s?c\.)(?:\s?\(!\))?", _I
)
DAYS = re.compile(
    r"^[\s\-]?(?:(?:werk|kalender|opening)?dagen|dag\b|jours?(?:\s(?:ouvrables?|calendrier|"
    r"calendaires?))?|(?:arbeits|werk|kalender)?tagen?\b|(?:working\s|calendar\s|business\s)?days?\b)",
    _I,
)
MINUTES = re.compile(
    r"^\s?(?:minuten?|minutes?|min\.?)(?:\s?(?:en|et|und|and)?\s?(?P<s>\d{1,2})\s?(?:seconden|secondes?|"
    r"sekunden|seconds?|sec\.?))?(?![a-z])",
    _I,
)
SECONDS = re.compile(r"^\s?(?:seconden|secondes?|sekunden|seconds)\b", _I)
SCORE = re.compile(
    r"^\s?/\s?(?:10|5|100|20)\b(?!\d|/)|^\s?(?:op|sur|von|out of)\s(?:10|tien|dix|zehn|ten|5|vijf|cinq|fünf|five)\b", _I
)
ONE_IN = re.compile(r"^\s(?:op|sur|von|in|out of)\s(?:de\s|les\s|den\s|the\s|every\s)?(?P<n>\d{1,3}|\w+)\b", _I)
MONEY = re.compile(r"^\s?(?:€|euros?\b|eur\b|chf\b|fr\.|franken|francs?\b|£|pounds?\b|dollars?\b|miljoen euro)", _I)
AVERAGE = re.compile(r"\b(?:gemiddelde?|moyenne?|en moyenne|durchschnitt\w*|mittlere|average|mean|"
                     r"mediane?|médiane?|doorlooptijd|délai|durée|dauer|frist|termijn\w*|"
                     r"\w*termijn|deadline|within|binnen|innert|innerhalb|dans les|antwoord\w*|"
                     r"beantwoord\w*|behandel\w*|traitement|bearbeitung\w*|respon\w+)\b", _I)  # fmt: skip
APPROX = re.compile(r"(?:\b(?:ongeveer|circa|ca\.|bijna|zowat|zo'n|ruim|meer dan|minder dan|environ|"
                    r"près de|plus de|rund|etwa|knapp|über|about|around|nearly|over|more than|almost|"
                    r"maar liefst|slechts|nog slechts|in totaal|au total|insgesamt|in total|a total of|"
                    r"un total de)\s*)+$", _I)  # fmt: skip
