"""Words of tables that are no category: totals, units, headings, shares, and the words that announce a facet.

Four languages, the project's knowledge of how reports are laid out. A label made of such words only is published as
`unmapped` with no concept, and needs none.
"""

from __future__ import annotations

import re

from ontology.text import normalise, word_set

TOTAL = word_set(
    """totaal totalen total totaux totale gesamt gesamttotal insgesamt summe sum samen subtotaal subtotal
    zwischensumme sous-total ensemble eindtotaal algemeen-totaal grand totals tezamen som"""
)
COUNT = word_set(
    """aantal aantallen n nb nbre nombre nombres anzahl number numbers count counts no num abs absoluut absolu
    absolut absolute aant antal quantite quantiteit hoeveelheid menge freq frequentie frequence haufigkeit
    frequency cijfers chiffres zahlen figures cijfer zahl stuks stuk volume waarde waarden valeur valeurs wert werte
    value values"""
)
SHARE = word_set(
    """percent percentage percentages procent proportie aandeel pct pourcentage pourcentages pourcent part parts
    prozent prozentual anteil anteile proportion share rel relatief relatif relativ relative verhouding ratio rate
    taux quote"""
)
CHANGE = word_set(
    """verschil evolutie evolution difference variation veranderung differenz change trend toename afname stijging
    daling tendance entwicklung delta variatie increase decrease ecart"""
)
HEADING = word_set(
    """trefwoord trefwoorden categorie categorieen category categories kategorie kategorien rubriek rubrieken
    rubrique rubriques type types soort soorten aard nature onderwerp onderwerpen sujet sujets thema thema's
    themas theme themes thematique subject subjects omschrijving description beschreibung bezeichnung dienst
    diensten service services afdeling afdelingen departement departementen department departments directie
    organisatie resultaat resultaten resultat resultats ergebnis ergebnisse result results uitkomst uitkomsten
    outcome outcomes beoordeling oordeel kanaal kanalen canal canaux kanal kanale channel channels jaar jaren jahr
    werkjaar dienstjaar boekjaar verslagjaar kalenderjaar berichtsjahr
    jahre annee annees year years maand maanden mois monat monate month months kwartaal trimestre quartal quarter
    periode period periode datum date toelichting opmerking waarvan dont davon which opsplitsing uitsplitsing
    verdeling repartition verteilung breakdown overzicht apercu ubersicht overview tabel tableau tabelle table
    figuur figure grafiek graphique inhoud inleiding bijlage status statut statuut reden redenen motif motifs
    grund grunde reason reasons cause oorzaak oorzaken ingediend ingediende ontvangen binnengekomen geregistreerd
    recus recues enregistres eingegangen eingegangene received submitted registered behandeld land taal langue
    sprache language geslacht sexe geschlecht gender naam nom name wijze manier mode hoofdcategorie subcategorie
    hauptkategorie unterkategorie"""
)
AVERAGE = word_set(
    """gemiddelde gemiddeld moyenne moyen durchschnitt durchschnittlich mittelwert average mean mediaan mediane
    median minimum maximum min max"""
)
_FILLER = word_set(
    """van het de der des du le la les et en und and of in op per par pro den die das nr vs tov over aux au ten
    opzichte ouder alle tous toutes all alles vorige vorig precedente vorjahr previous inclusief exclusief eind
    einde alle hele ganze whole tot"""
)
_NOISE = TOTAL | COUNT | SHARE | CHANGE | HEADING | AVERAGE | _FILLER
_NUMERIC = re.compile(r"^[\d\s.,%'()/<>=+–—-]*$")
_YEAR_WORD = re.compile(r"^(?:19|20)\d{2}$")

# The words with which a heading, a column title or a context says which facet its labels are of.
FACET_WORDS: dict[str, frozenset[str]] = {
    facet: word_set(words)
    for facet, words in {
        "signal": """melding meldingen klachten plaintes beschwerden complaints signaal signalen signaux type soort
            contacten contacts eingaben demandes verzoeken anliegen vragen questions fragen dossiers saisines
            requetes cases""",
        "subject": """onderwerp onderwerpen sujet sujets thema themas theme themes thema's trefwoord trefwoorden subject
            subjects topic topics domein domeinen domaine domaines matieres materie materies category
            hoofdcategorie categorie categories themengebiet themenbereich sachgebiet bereich thematique
            problematiek rubriek matiere casebook overlast afval verkeer nuisance mobility""",
        "ground": """grond gronden klachtgrond klachtgronden motif motifs grief griefs reden redenen reason reasons
            grund grunde aard oorzaak oorzaken ursache ursachen cause causes allegation allegations inbreuk
            norm normen normes zorgvuldigheidsnorm ombudsnorm ombudsnormen criteria behoorlijkheid kritik
            kritikpunkte beschwerdegrund beschwerdegrunde manquement manquements vereisten conduct ground
            grounds gedraging gedragingen tekortkomingen feiten""",
        "outcome": """resultaat resultaten resultat resultats ergebnis ergebnisse outcome outcomes beoordeling oordeel
            oordelen afhandeling decision decisions determination determinations uitkomst finding findings
            gevolg suite suites issue erledigung entscheid bewertung status statut disposition gegrondheid
            ontvankelijkheid recevabilite evaluatie evaluation sanction maatregel maatregelen behandeling
            behandeld traitement resolution beslissing conclusie uitspraak uitspraken""",
        "channel": """kanaal kanalen canal canaux kanal kanale channel channels wijze indiening source medium media
            binnengekomen ontvangen ontvingen introduction saisine eingang eingangsweg eingangskanal ingang
            contactwijze instroom submission communicatiekanaal bron herkomst contactkanaal method intake
            aanmelding""",
        "timeliness": """termijn termijnen doorlooptijd doorlooptijden delai delais frist fristen dauer timeliness
            tijdigheid behandeltermijn behandelduur afhandelingstermijn dagen jours tage days duree target
            targets timescale timescales antwoordtermijn bearbeitungsdauer""",
        "service": """dienst diensten service services afdeling afdelingen departement departementen department
            departments directie directies direction directions betrokken sector sectoren werkterrein
            organisatie organisatieonderdeel instelling instellingen amt amter abteilung dienstabteilung
            dienststelle dienststellen bedrijfseenheid bedrijfseenheden entiteit cluster eenheid organisation
            entity landlord landlordtype provider authority administratie administrations zone college
            dezernat body bodies""",
    }.items()
}


_HANDLED = word_set(
    """behandelde beantwoorde ontvangen ingediende binnengekomen geregistreerde afgehandelde aantal alle nieuwe
    totaal totale recues recus traitees traites enregistrees introduites nombre total eingegangene behandelte
    bearbeitete anzahl alle received handled answered registered number all new de des les van the of"""
)


def core(label: str) -> str:
    """A label without the counting words in front of it: `Aantal behandelde klachten` is `klachten`.

    Words stay when nothing would be left, or only words that name no category.
    """
    words = label.split()
    start = 0
    while start < len(words) - 1 and normalise(words[start]) in _HANDLED:
        start += 1
    rest = " ".join(words[start:])
    return label if is_noise(rest) else rest


# The instance that handled something; no category of this ontology by itself.
_INSTANCE = re.compile(
    r"^(?:1e|1ste|eerste|2e|2de|tweede|3e|derde|1re|1ere|premiere|2eme|deuxieme|seconde|erste|zweite|first|second)"
    r" (?:lijn|ligne|linie|line|instantie|instance|instanz|niveau|echelon|fase)$"
)


# What opens the name of a column or a chapter, with what it may go on: "wijze van afhandeling", "soort klacht".
_OPENERS = word_set("""wijze manier aard soort soorten datum type types vorm mode manner nature date kind kinds art""")
_HANDLING = word_set(
    """klacht melding signaal plainte complaint beschwerde demande afdoening ontvangst indienen contactname reception
    depot cloture reponse receipt closure erledigung abschluss beschwerden anliegens anliegen allegations"""
)
_GOES_ON = _HANDLING | HEADING | _FILLER | frozenset().union(*FACET_WORDS.values())


def _is_heading(words: list[str]) -> bool:
    """Whether the words name the way, kind or date of what is done with a complaint, and no one way, kind or date."""
    return len(words) > 1 and words[0] in _OPENERS and all(w in _GOES_ON for w in words[1:])


def is_total(label: str) -> bool:
    """Whether the label says that the figure is a total over others."""
    words = normalise(label).split()
    return bool(words) and any(w in TOTAL for w in words[:2] + words[-1:]) and len(words) <= 6


def is_noise(label: str) -> bool:
    """Whether the label holds only words that name no category (numbers, years, totals, units, headings)."""
    if _NUMERIC.match(label.strip()):
        return True
    if _INSTANCE.match(normalise(label)):
        return True
    words = normalise(label).split()
    return _is_heading(words) or all(w in _NOISE or w.isdigit() or _YEAR_WORD.match(w) for w in words)


def noise_share(label: str) -> float:
    """The share of the label's words that name no category, 0 to 1."""
    words = normalise(label).split()
    return sum(w in _NOISE or w.isdigit() for w in words) / len(words) if words else 1.0


def facet_votes(context: str) -> dict[str, float]:
    """How many words of a context announce each facet; nothing when it is silent."""
    words = set(normalise(context).split())
    votes = {facet: float(len(words & known)) for facet, known in FACET_WORDS.items()}
    return {facet: count for facet, count in votes.items() if count}
