"""What synthetic cities publish: a few tables a year whose figures are known, consistent, and restated the year after.

The labels are those of the concept scheme, so that they look like labels; the figures are random. A second year may
call some labels otherwise, exchange the places of tables, and print slips: all of it is recorded.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from functools import cache

from ontology.scheme import Concept, load_scheme

LANGUAGES = ("nl", "nl", "nl", "fr", "de", "en")
"""Flemish and Dutch reports come first."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language that are no labels."""

    city: str
    publisher: str
    title: str
    total: str
    share: str
    tables: tuple[str, ...]
    chapters: tuple[str, ...]
    lines: tuple[str, ...]


WORDS = {
    "nl": Words(
        "Stad {name}",
        "Ombudsdienst Stad {name}",
        "Jaarverslag {year}",
        "Totaal",
        "aandeel",
        ("Klachten per onderwerp", "Klachten per kanaal", "Klachten per beoordeling", "Klachten per maand",
         "Meldingen per onderwerp", "Klachten per dienst", "Klachten over bejegening", "Behandelde klachten"),
        ("Voorwoord", "Werking", "Cijfers", "Aanbevelingen", "Vooruitblik"),
        ("De dienst werkt in alle wijken van de stad en is bereikbaar op werkdagen.",
         "Wie niet tevreden is over het antwoord van een dienst kan ons om een tweede blik vragen.",
         "Een goed antwoord is kort, volledig en in gewone woorden geschreven.",
         "De medewerkers volgden dit jaar samen een opleiding over luisteren aan de telefoon.",
         "Met de diensten is afgesproken hoe een vraag wordt doorgegeven."),
    ),
    "fr": Words(
        "Ville de {name}",
        "Médiateur de la Ville de {name}",
        "Rapport annuel {year}",
        "Total",
        "part",
        ("Plaintes par sujet", "Plaintes par canal", "Plaintes par résultat", "Plaintes par mois",
         "Signalements par sujet", "Plaintes par service", "Plaintes sur l'accueil", "Plaintes traitées"),
        ("Avant-propos", "Fonctionnement", "Chiffres", "Recommandations", "Perspectives"),
        ("Le service est présent dans tous les quartiers et répond chaque jour ouvrable.",
         "Qui n'est pas satisfait de la réponse d'un service peut nous demander un second regard.",
         "Une bonne réponse est courte, complète et écrite en mots simples.",
         "Les collaborateurs ont suivi ensemble une formation à l'écoute au téléphone.",
         "Il est convenu avec les services comment une question est transmise."),
    ),
    "de": Words(
        "Stadt {name}",
        "Ombudsstelle der Stadt {name}",
        "Jahresbericht {year}",
        "Total",
        "Anteil",
        ("Beschwerden nach Thema", "Beschwerden nach Kanal", "Beschwerden nach Ergebnis", "Beschwerden nach Monat",
         "Meldungen nach Thema", "Beschwerden nach Amt", "Beschwerden über Umgang", "Erledigte Beschwerden"),
        ("Vorwort", "Arbeitsweise", "Zahlen", "Empfehlungen", "Ausblick"),
        ("Die Stelle arbeitet in allen Quartieren und ist an Werktagen erreichbar.",
         "Wer mit der Antwort eines Amtes nicht zufrieden ist, kann uns um einen zweiten Blick bitten.",
         "Eine gute Antwort ist kurz, vollständig und in einfachen Worten geschrieben.",
         "Die Mitarbeitenden besuchten gemeinsam einen Kurs über das Zuhören am Telefon.",
         "Mit den Ämtern ist vereinbart, wie eine Frage weitergegeben wird."),
    ),
    "en": Words(
        "City of {name}",
        "Ombudsman of the City of {name}",
        "Annual report {year}",
        "Total",
        "share",
        ("Complaints by subject", "Complaints by channel", "Complaints by outcome", "Complaints by month",
         "Reports by subject", "Complaints by department", "Complaints about conduct", "Complaints handled"),
        ("Foreword", "How we work", "Figures", "Recommendations", "Outlook"),
        ("The office works in every district of the city and can be reached on working days.",
         "Whoever is not content with the answer of a department can ask us for a second look.",
         "A good answer is short, complete and written in plain words.",
         "The staff attended a course about listening on the telephone together.",
         "It is agreed with the departments how a question is handed on."),
    ),
}  # fmt: skip
_MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
}
_FACETS = ("subject", "channel", "outcome", "months", "subject", "service", "ground", "outcome")
_ROWS = {"subject": (8, 14), "channel": (4, 6), "outcome": (4, 6), "service": (6, 10), "ground": (5, 8)}
_SYLLABLES = ("bel", "dor", "gan", "hes", "kam", "lor", "mir", "nes", "pol", "rav", "sten", "tor", "ulm", "ver", "wes")


@dataclass(frozen=True, slots=True)
class Label:
    """A row's label and the concept that it stands for; None for months."""

    text: str
    concept: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: rows by two years, the year before first, and each row's share of the second year. Its total row is
    the sum. `printed` holds what a slip prints in the place of the figure, by (row, column); row -1 is the total.
    """

    title: str
    labels: tuple[Label, ...]
    before: tuple[int, ...]
    now: tuple[int, ...]
    printed: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def totals(self) -> tuple[int, int]:
        """The sums of the two years."""
        return sum(self.before), sum(self.now)


@dataclass(frozen=True, slots=True)
class Report:
    """One city's report on one year, and what became other than the year before."""

    city: int
    name: str
    language: str
    year: int
    tables: tuple[Table, ...]
    renamed: tuple[tuple[str, str], ...] = ()
    moved: tuple[str, ...] = ()
    slips: tuple[tuple[str, str, float, float], ...] = ()
    """table title, row label, printed, right"""

    @property
    def id(self) -> str:
        """The report's id in the catalogue."""
        return f"{self.name.lower()}-{self.city:04d}-{self.year}"


def first_year(city: int, year: int, seed: int) -> Report:
    """The first report of the `city`-th city."""
    rng = random.Random(f"{seed} {city}")
    language = LANGUAGES[city % len(LANGUAGES)]
    name = "".join(rng.sample(_SYLLABLES, 2)).capitalize()
    tables, used = [], set[str]()
    for facet, title in zip(_FACETS, WORDS[language].tables, strict=True):
        labels = _labels(facet, language, rng, used)
        tables.append(Table(title, labels, _figures(len(labels), rng), _figures(len(labels), rng)))
    return Report(city, name, language, year, tuple(tables))


def next_year(last: Report, seed: int, *, renames: float = 0.0, moves: int = 0, slips: int = 0) -> Report:
    """The report of the year after: its year before is what `last` printed."""
    rng = random.Random(f"{seed} {last.city} {last.year + 1}")
    renamed: list[tuple[str, str]] = []
    tables = []
    for table in last.tables:
        labels = tuple(_renamed(label, last.language, rng, renamed, renames) for label in table.labels)
        now = tuple(max(3, round(value * rng.uniform(0.75, 1.3))) for value in table.now)
        tables.append(Table(table.title, labels, table.now, now))
    moved = _move(tables, moves, rng)
    planted = [_slip(tables, at, rng) for at in rng.sample(range(len(tables)), slips)]
    return Report(
        last.city, last.name, last.language, last.year + 1, tuple(tables), tuple(renamed), moved, tuple(planted)
    )


@cache
def _concepts(facet: str) -> tuple[Concept, ...]:
    return tuple(sorted((c for c in load_scheme() if c.facet == facet), key=lambda c: c.key))


def _texts(concept: Concept, language: str) -> list[str]:
    """What a concept is called: short names only, as tables have them."""
    names = [concept.preferred.get(language, ""), *concept.alternative.get(language, ())]
    return [name for name in dict.fromkeys(names) if 3 <= len(name) <= 32]


def _labels(facet: str, language: str, rng: random.Random, used: set[str]) -> tuple[Label, ...]:
    if facet == "months":
        return tuple(Label(name, None) for name in _MONTHS[language].split())
    named = [(c, t) for c in _concepts(facet) if (t := _texts(c, language)) and c.key not in used]
    chosen = rng.sample(named, min(rng.randint(*_ROWS[facet]), len(named)))
    used.update(concept.key for concept, _ in chosen)
    return tuple(Label(texts[0], concept.key) for concept, texts in chosen)


def _figures(count: int, rng: random.Random) -> tuple[int, ...]:
    return tuple(round(rng.lognormvariate(3.8, 1.0)) + 3 for _ in range(count))


def _renamed(label: Label, language: str, rng: random.Random, renamed: list[tuple[str, str]], share: float) -> Label:
    if label.concept is None or rng.random() >= share:
        return label
    concept = next(c for c in _concepts(label.concept.partition(":")[0]) if c.key == label.concept)
    others = [text for text in _texts(concept, language) if text != label.text]
    if not others:
        return label
    other = rng.choice(others)
    renamed.append((label.text, other))
    return replace(label, text=other)


def _move(tables: list[Table], count: int, rng: random.Random) -> tuple[str, ...]:
    """Takes `count` tables out and puts them elsewhere."""
    moved = []
    for title in rng.sample([table.title for table in tables], count):
        at = next(i for i, table in enumerate(tables) if table.title == title)
        table = tables.pop(at)
        tables.insert(rng.choice([i for i in range(len(tables) + 1) if abs(i - at) >= 2]), table)
        moved.append(title)
    return tuple(moved)


def _slip(tables: list[Table], at: int, rng: random.Random) -> tuple[str, str, float, float]:
    """Prints one figure of this year with two digits exchanged or one digit other."""
    table = tables[at]
    row = rng.randrange(len(table.now))
    right = table.now[row]
    digits = list(str(right))
    place = rng.randrange(len(digits))
    digits[place] = rng.choice([d for d in "123456789" if d != digits[place]])
    wrong = "".join(digits)
    tables[at] = replace(table, printed={(row, 1): wrong})
    return table.title, table.labels[row].text, float(wrong), float(right)
