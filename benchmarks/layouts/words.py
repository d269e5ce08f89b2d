"""Word lists of the complaint domain in four languages, and how numbers are printed in each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Building blocks of one language's tables and sentences."""

    language: str
    stub: tuple[str, ...]
    sub_stub: str
    rows: tuple[str, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    outcomes: tuple[str, ...]
    spanners: tuple[str, ...]
    months: tuple[str, ...]
    quarters: tuple[str, ...]
    count: str
    percent: str
    total: str
    change: str
    amount: str
    within: str
    outside: str
    lead_time: str
    days: str
    absent: tuple[str, ...]
    caption: str
    captions: tuple[str, ...]
    headings: tuple[str, ...]
    sentences: tuple[str, ...]
    note: str
    contents: str
    address: tuple[str, ...]
    running: str
    thousands: str
    decimal: str
    percent_gap: str


NL = Words(
    language="nl",
    stub=("Trefwoord", "Dienst", "Categorie", "Aard van de klacht", "Kanaal", ""),
    sub_stub="Onderwerp",
    rows=(
        "Wachttijd aan het loket", "Bejegening", "Geen of laattijdig antwoord", "Sluikstort", "Geluidshinder",
        "Parkeerboetes en retributies", "Foutieve of onvolledige informatie", "Ophaling huisvuil", "Straatverlichting",
        "Onderhoud voetpaden en fietspaden", "Telefonische bereikbaarheid", "Digitale dienstverlening/e-loket",
        "Bescherming persoonsgegevens", "Andere", "Procedures en reglementen (uitleg en toepassing)", "Groenonderhoud",
        "Vergunningen", "Reispassen en identiteitskaarten", "Schadegevallen", "Sportinfrastructuur", "E-mail", "Brief",
        "Discriminatie/racisme", "Kwaliteit van het geleverde werk", "Via het kabinet van de burgemeester",
    ),
    groups=(
        ("Overlast", ("Jongeren", "Horeca", "Vuurwerk", "Algemeen")),
        ("Verkeer", ("Parkeren", "Snelheid", "Signalisatie", "Fietsers en steps")),
        ("Burgerzaken", ("Afspraken", "Rijbewijzen", "Huwelijken", "Verhuizingen")),
        ("Openbaar domein", ("Wegenwerken", "Riolering", "Speelterreinen")),
        ("Financiën", ("Aanslagbiljetten", "Kwijtschelding", "Terugbetalingen")),
    ),
    outcomes=(
        "gegrond", "ongegrond", "deels gegrond", "niet-ontvankelijk - onbevoegd", "betwist", "ingetrokken",
        "nog in onderzoek", "doorverwezen naar een andere dienst", "bemiddeling",
    ),
    spanners=("behandelde dossiers", "ontvangen klachten", "meldingen en vragen om informatie"),
    months=("Jan", "Feb", "Maa", "Apr", "Mei", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dec"),
    quarters=("Q1", "Q2", "Q3", "Q4"),
    count="aantal", percent="%", total="Totaal", change="Evolutie", amount="Bedrag", within="Binnen de termijn",
    outside="Buiten de termijn",
    lead_time="Gemiddelde doorlooptijd", days="dagen", absent=("-", "/", "n.v.t.", ""), caption="Tabel",
    captions=("Klachten per trefwoord", "Dossiers per dienst en per jaar", "Beoordeling van de behandelde klachten"),
    headings=("Cijfers en evolutie", "Afhandeling van de klachten", "Toegangskanalen", "Klachtenbeeld"),
    sentences=(
        "De klachtencoördinatoren bespreken elk kwartaal de dossiers met de betrokken diensten.",
        "Een klacht is een uiting van ontevredenheid over een handeling of prestatie van de stad.",
        "Het aantal klachten daalde in vergelijking met vorig jaar, vooral door de nieuwe afsprakenmodule.",
        "In 2022 waren dat er nog 1.314, in 2023 zakte het totaal tot 1.044 dossiers.",
        "Burgers melden zich meestal per e-mail of via het digitale loket.",
        "Bij een gegronde klacht krijgt de melder altijd een schriftelijk antwoord met excuses.",
        "De gemiddelde behandeltermijn bedroeg 17,3 dagen, ruim binnen de termijn van 45 dagen.",
        "Sommige meldingen horen niet thuis bij de stad en worden doorgestuurd naar de bevoegde overheid.",
    ),
    note="Sinds de zomer worden deze meldingen apart geregistreerd.", contents="Inhoud",
    address=("Stedelijke ombudsdienst", "Grote Markt 12", "9000 Voorbeeldstad", "Tel. 09 123 45 67",
        "ombuds@stad.example"),
    running="Jaarverslag klachtenmanagement", thousands=".", decimal=",", percent_gap="",
)  # fmt: skip

FR = Words(
    language="fr",
    stub=("Matière", "Service", "Catégorie", "Mode d'introduction", ""),
    sub_stub="Sujet",
    rows=(
        "Délai de traitement", "Accueil au guichet", "Absence de réponse", "Dépôts clandestins", "Nuisances sonores",
        "Redevances de stationnement", "Information erronée ou incomplète", "Collecte des déchets ménagers",
        "Éclairage public", "Entretien des trottoirs et des pistes cyclables", "Joignabilité par téléphone",
        "Guichet électronique", "Protection de la vie privée", "Autres", "Application du règlement communal",
        "Espaces verts", "Permis d'urbanisme", "Cartes d'identité et passeports", "Courrier", "Visite",
        "Logement social",
    ),
    groups=(
        ("Propreté publique", ("Sacs-poubelle", "Avaloirs", "Graffitis")),
        ("Mobilité", ("Stationnement", "Signalisation", "Vitesse excessive", "Zones cyclables")),
        ("Population", ("Domicile", "Étrangers", "État civil")),
        ("Finances", ("Taxes", "Remboursements", "Exonérations")),
    ),
    outcomes=(
        "fondée", "non fondée", "partiellement fondée", "irrecevable", "sans suite", "médiation réussie",
        "en cours d'examen", "transmise à un autre service",
    ),
    spanners=("dossiers traités", "réclamations reçues", "demandes d'information et signalements"),
    months=("Jan", "Fév", "Mars", "Avr", "Mai", "Juin", "Juil", "Août", "Sep", "Oct", "Nov", "Déc"),
    quarters=("T1", "T2", "T3", "T4"),
    count="nombre", percent="%", total="Total", change="Évolution", amount="Montant", within="Dans le délai",
    outside="Hors délai",
    lead_time="Durée moyenne de traitement", days="jours", absent=("-", "/", "s.o.", ""), caption="Tableau",
    captions=("Réclamations par matière", "Dossiers par service", "Évaluation des réclamations"),
    headings=("Chiffres et évolution", "Traitement des réclamations", "Modes d'introduction"),
    sentences=(
        "Le médiateur examine les réclamations des habitants contre les services de la ville.",
        "Le nombre de dossiers a diminué par rapport à l'année précédente.",
        "En 2022, le service a reçu 1 314 réclamations, contre 1 044 en 2023.",
        "La plupart des personnes introduisent leur réclamation par courriel ou au moyen du formulaire en ligne.",
        "Le délai moyen de traitement s'élève à 17,3 jours.",
        "Lorsqu'une réclamation est fondée, le service concerné présente ses excuses par écrit.",
    ),
    note="Depuis l'été, ces signalements sont enregistrés séparément.", contents="Table des matières",
    address=("Service de médiation", "Place Communale 4", "6000 Villexemple", "Tél. 071 12 34 56",
        "mediation@ville.example"),
    running="Rapport annuel du médiateur", thousands="\u00a0", decimal=",", percent_gap="\u00a0",
)  # fmt: skip

DE = Words(
    language="de",
    stub=("Sachgebiet", "Dienststelle", "Beschwerdegrund", "Eingangsart", ""),
    sub_stub="Thema",
    rows=(
        "Bearbeitungsdauer", "Unfreundliches Verhalten", "Keine Antwort auf Anfragen", "Wilde Müllablagerungen",
        "Lärmbelästigung", "Parkgebühren und Verwarnungen", "Falsche oder unvollständige Auskunft", "Abfallentsorgung",
        "Straßenbeleuchtung", "Unterhaltung der Geh- und Radwege", "Telefonische Erreichbarkeit", "Online-Dienste",
        "Datenschutz", "Sonstiges", "Anwendung der Satzungen", "Grünpflege", "Baugenehmigungen",
        "Ausweise und Reisepässe",
        "Brief", "Persönliche Vorsprache", "Wohngeld",
    ),
    groups=(
        ("Ordnungsamt", ("Gewerbe", "Verkehrsüberwachung", "Ruhestörung")),
        ("Bürgeramt", ("Termine", "Führerscheine", "Meldewesen", "Standesamt")),
        ("Tiefbau", ("Baustellen", "Kanalisation", "Spielplätze")),
        ("Kämmerei", ("Steuerbescheide", "Erlass", "Rückzahlungen")),
    ),
    outcomes=(
        "berechtigt", "unberechtigt", "teilweise berechtigt", "unzulässig", "zurückgezogen", "in Bearbeitung",
        "an andere Stelle abgegeben", "Vermittlung",
    ),
    spanners=("erledigte Vorgänge", "eingegangene Beschwerden", "Hinweise und Auskunftsersuchen"),
    months=("Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"),
    quarters=("Q1", "Q2", "Q3", "Q4"),
    count="Anzahl", percent="%", total="Gesamt", change="Veränderung", amount="Betrag", within="Fristgerecht",
    outside="Nach Ablauf der Frist",
    lead_time="Mittlere Bearbeitungsdauer", days="Tage", absent=("-", "–", "k. A.", ""), caption="Tabelle",
    captions=("Beschwerden nach Sachgebiet", "Vorgänge nach Dienststelle", "Ergebnis der Prüfung"),
    headings=("Zahlen und Entwicklung", "Erledigung der Beschwerden", "Eingangsarten"),
    sentences=(
        "Die Ombudsstelle prüft Beschwerden über das Handeln der Stadtverwaltung.",
        "Die Zahl der Vorgänge ist im Vergleich zum Vorjahr gesunken.",
        "Im Jahr 2022 waren es noch 1.314 Beschwerden, 2023 nur noch 1.044.",
        "Die meisten Bürgerinnen und Bürger melden sich per E-Mail oder über das Online-Formular.",
        "Die mittlere Bearbeitungsdauer betrug 17,3 Tage.",
        "Ist eine Beschwerde berechtigt, so entschuldigt sich die Dienststelle schriftlich.",
    ),
    note="Diese Hinweise werden seit dem Sommer getrennt erfasst.", contents="Inhaltsverzeichnis",
    address=("Ombudsstelle der Stadt", "Marktplatz 3", "8000 Musterstadt", "Tel. 044 123 45 67",
        "ombudsstelle@stadt.example"),
    running="Jahresbericht der Ombudsstelle", thousands=".", decimal=",", percent_gap="\u00a0",
)  # fmt: skip

EN = Words(
    language="en",
    stub=("Reason", "Service", "Category", "How received", ""),
    sub_stub="Topic",
    rows=(
        "Waiting time at the counter", "Attitude of staff", "Failure to reply", "Fly-tipping", "Noise nuisance",
        "Parking fines and charges", "Wrong or incomplete information", "Refuse collection", "Street lighting",
        "Maintenance of pavements and cycle paths", "Contact by telephone", "Online services", "Data protection",
        "Other",
        "Application of policy", "Parks and trees", "Planning applications", "Passports and identity cards", "Letter",
        "In person", "Council housing repairs",
    ),
    groups=(
        ("Nuisance", ("Young people", "Bars and restaurants", "Fireworks")),
        ("Roads", ("Parking", "Speeding", "Signs", "Potholes")),
        ("Civil registry", ("Appointments", "Driving licences", "Marriages")),
        ("Finance", ("Council tax", "Remission", "Refunds")),
    ),
    outcomes=(
        "upheld", "not upheld", "partially upheld", "outside jurisdiction", "withdrawn", "resolved early",
        "under investigation", "referred elsewhere",
    ),
    spanners=("cases closed", "complaints received", "enquiries and service requests"),
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    quarters=("Q1", "Q2", "Q3", "Q4"),
    count="number", percent="%", total="Total", change="Change", amount="Amount", within="Within timescale",
    outside="Outside timescale",
    lead_time="Average time to respond", days="days", absent=("-", "n/a", "–", ""), caption="Table",
    captions=("Complaints by reason", "Cases by service", "Outcome of complaints closed"),
    headings=("Figures and trends", "How complaints were closed", "How complaints were received"),
    sentences=(
        "The council treats any expression of dissatisfaction about its services as a complaint.",
        "The number of complaints fell compared with the previous year.",
        "In 2022 the council closed 1,314 complaints, against 1,044 in 2023.",
        "Most people complain by email or with the online form.",
        "The average time to respond was 17.3 days.",
        "Where a complaint is upheld the service apologises in writing.",
    ),
    note="Recorded separately since the summer.", contents="Contents",
    address=("Complaints Team", "12 High Street", "EX4 2MP Sampletown", "Tel. 0141 123 4567",
        "complaints@council.example"),
    running="Annual complaints report", thousands=",", decimal=".", percent_gap="",
)  # fmt: skip

LANGUAGES = {words.language: words for words in (NL, FR, DE, EN)}


def count_text(value: int, words: Words, grouped: bool = True) -> str:
    """A whole number as the language prints it: 1.899, 1 899, 1,899."""
    return f"{value:,}".replace(",", words.thousands) if grouped else str(value)


def decimal_text(value: float, places: int, words: Words) -> str:
    """A number with `places` decimals: 8,3 or 8.3."""
    return f"{value:.{places}f}".replace(".", words.decimal)
