"""Whole reports that are consistent by construction, in four languages, and contradictions planted in them.

A report has a table of kinds by year (with percentages), a table of channels by year with the same totals, a table of
kinds by outcome for the last year, and sentences that restate some of it. A planted contradiction changes one place
and leaves every table consistent with itself, so that only a comparison of two places can find it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from benchmarks.reconciliation.consistent_tables import Printed, percent


@dataclass(frozen=True)
class Wording:
    """The words of one language: labels, and sentences with places for figures and years."""

    kinds: tuple[str, ...]
    channels: tuple[str, ...]
    outcomes: tuple[str, ...]
    total: str
    count: str
    titles: tuple[str, str, str]
    moved: str
    one: str
    all: str
    fewer: str
    more: str
    share: str


WORDINGS = {
    "nl": Wording(
        ("Afvalophaling", "Parkeerboetes", "Geluidshinder", "Wegenwerken", "Groenonderhoud", "Loketwerking"),
        ("E-mail", "Telefoon", "Webformulier", "Balie", "Brief"),
        ("gegrond", "deels gegrond", "ongegrond"),
        "Totaal",
        "aantal",
        ("Tabel 1: Klachten per onderwerp", "Tabel 2: Klachten per kanaal", "Tabel 3: Klachten per beoordeling"),
        "De klachten over {kind} evolueerden van {a} in {y} naar {b} in {z}.",
        "In {z} kregen we {b} klachten over {kind}.",
        "In {z} werden in totaal {n} klachten behandeld.",
        "Dat zijn {d} klachten minder dan in {y}.",
        "Dat zijn {d} klachten meer dan in {y}.",
        "Van de {n} klachten waren er {a} gegrond ({p}).",
    ),
    "fr": Wording(
        ("Collecte des déchets", "Stationnement", "Nuisances sonores", "Travaux", "Espaces verts", "Guichets"),
        ("Courriel", "Téléphone", "Formulaire", "Accueil", "Lettre"),
        ("fondée", "partiellement fondée", "non fondée"),
        "Total",
        "nombre",
        ("Tableau 1 : Plaintes par sujet", "Tableau 2 : Plaintes par canal", "Tableau 3 : Plaintes par résultat"),
        "Les plaintes « {kind} » sont passées de {a} en {y} à {b} en {z}.",
        "En {z}, nous avons reçu {b} plaintes « {kind} ».",
        "En {z}, {n} plaintes ont été traitées au total.",
        "Cela fait {d} plaintes de moins qu'en {y}.",
        "Cela fait {d} plaintes de plus qu'en {y}.",
        "Sur les {n} plaintes, {a} étaient fondées ({p}).",
    ),
    "de": Wording(
        ("Abfallentsorgung", "Parkbussen", "Lärmbelästigung", "Baustellen", "Grünflächen", "Schalterdienst"),
        ("E-Mail", "Telefon", "Formular", "Schalter", "Brief"),
        ("begründet", "teilweise begründet", "unbegründet"),
        "Gesamt",
        "Anzahl",
        (
            "Tabelle 1: Beschwerden nach Thema",
            "Tabelle 2: Beschwerden nach Kanal",
            "Tabelle 3: Beschwerden nach Ausgang",
        ),
        "Die Beschwerden über {kind} veränderten sich von {a} im Jahr {y} auf {b} im Jahr {z}.",
        "Im Jahr {z} erhielten wir {b} Beschwerden über {kind}.",
        "Im Jahr {z} wurden insgesamt {n} Beschwerden behandelt.",
        "Das sind {d} Beschwerden weniger als {y}.",
        "Das sind {d} Beschwerden mehr als {y}.",
        "Von den {n} Beschwerden waren {a} begründet ({p}).",
    ),
    "en": Wording(
        ("Waste collection", "Parking fines", "Noise", "Road works", "Parks", "Front desk"),
        ("E-mail", "Telephone", "Web form", "Counter", "Letter"),
        ("upheld", "partly upheld", "not upheld"),
        "Total",
        "number",
        ("Table 1: Complaints by subject", "Table 2: Complaints by channel", "Table 3: Complaints by outcome"),
        "Complaints about {kind} went from {a} in {y} to {b} in {z}.",
        "In {z} we received {b} complaints about {kind}.",
        "In {z} a total of {n} complaints were handled.",
        "That is {d} complaints fewer than in {y}.",
        "That is {d} complaints more than in {y}.",
        "Of the {n} complaints {a} were upheld ({p}).",
    ),
}


@dataclass(frozen=True)
class Data:
    """The true figures of a report: kinds[kind][year], channels[channel][year], outcomes[kind][outcome]."""

    language: str
    years: tuple[int, ...]
    kinds: tuple[tuple[int, ...], ...]
    channels: tuple[tuple[int, ...], ...]
    outcomes: tuple[tuple[int, ...], ...]
    headers: tuple[int, ...] = ()
    said: dict[str, int] = field(default_factory=dict)

    @property
    def totals(self) -> list[int]:
        """The total of each year."""
        return [sum(k[y] for k in self.kinds) for y in range(len(self.years))]


def _parted(rng: random.Random, total: int, parts: int) -> list[int]:
    cuts = sorted(rng.randint(0, total) for _ in range(parts - 1))
    return [b - a for a, b in zip((0, *cuts), (*cuts, total), strict=True)]


def made(rng: random.Random, language: str) -> Data:
    """A consistent report."""
    words = WORDINGS[language]
    last = rng.randint(2018, 2024)
    years = tuple(range(last - rng.randint(1, 3), last + 1))
    kinds = [tuple(rng.randint(25, 900) for _ in years) for _ in words.kinds]
    totals = [sum(k[y] for k in kinds) for y in range(len(years))]
    channels = list(zip(*(_parted(rng, t, len(words.channels)) for t in totals), strict=True))
    outcomes = [tuple(_parted(rng, k[-1], len(words.outcomes))) for k in kinds]
    return Data(language, years, tuple(kinds), tuple(channels), tuple(outcomes))


def frame(data: Data, report: str) -> pd.DataFrame:
    """The report as observations. `data.said` changes what sentences print; `data.headers` the years of table 1."""
    words, rows = WORDINGS[data.language], []
    last = len(data.years) - 1
    group = "," if data.language == "en" else "."

    def count(value: int) -> str:
        return f"{value:,}".replace(",", group)

    def localised(share: Printed) -> Printed:
        return replace(share, text=share.text.replace(",", "." if data.language == "en" else ","))

    def cell(
        table: int, r: int, c: int, *, row: str, column: str, value: float, text: str, unit: str = "count"
    ) -> None:
        rows.append(
            _base(report, data.years[last], table + 1)
            | {
                "observation_id": f"{report}/t{table}/{r}/{c}",
                "kind": "cell",
                "table_id": f"t{table}",
                "table_title": words.titles[table],
                "row_label": row,
                "column_label": column,
                "value": float(value),
                "value_printed": text,
                "unit": unit,
                "x0": 60.0 * c,
                "x1": 60.0 * c + 40,
                "top": 14.0 * r,
                "bottom": 14.0 * r + 10,
            }
        )

    headers = data.headers or data.years
    for y, year in enumerate(headers):
        column = [k[y] for k in data.kinds]
        for r, (label, v) in enumerate(zip((*words.kinds, words.total), (*column, sum(column)), strict=True)):
            cell(0, r, 2 * y, row=label, column=f"{year} > {words.count}", value=v, text=count(v))
            share = localised(percent(v, sum(column), 1))
            cell(0, r, 2 * y + 1, row=label, column=f"{year} > %", value=share.value, text=share.text, unit="percent")
    for y, year in enumerate(data.years):
        column = [c[y] for c in data.channels]
        for r, (label, v) in enumerate(zip((*words.channels, words.total), (*column, sum(column)), strict=True)):
            cell(1, r, y, row=label, column=str(year), value=v, text=count(v))
    body = [*data.outcomes, tuple(sum(o[k] for o in data.outcomes) for k in range(len(words.outcomes)))]
    for r, (label, values) in enumerate(zip((*words.kinds, words.total), body, strict=True)):
        for c, (head, v) in enumerate(zip((*words.outcomes, words.total), (*values, sum(values)), strict=True)):
            cell(2, r, c, row=label, column=head, value=v, text=count(v))
    rows.extend(_sentences(data, report, count))
    return pd.DataFrame(rows)


def _base(report: str, year: int, page: int) -> dict[str, Any]:
    return {
        "report_id": report,
        "organisation": "Stad",
        "table_id": None,
        "table_title": None,
        "column_label": "",
        "measure": "cases",
        "period_start": f"{year}-01-01",
        "period_end": f"{year}-12-31",
        "is_total": False,
        "page": page,
        "method": "made",
        "sentence": None,
    }


def _sentences(data: Data, report: str, count: Any) -> list[dict[str, Any]]:
    words = WORDINGS[data.language]
    rows: list[dict[str, Any]] = []
    last = len(data.years) - 1
    said = {f"kind{i}": k[last] for i, k in enumerate(data.kinds)}
    said |= {f"was{i}": k[last - 1] for i, k in enumerate(data.kinds)}
    said |= {"total": data.totals[last], "gap": abs(data.totals[last] - data.totals[last - 1])}
    said |= {"upheld": sum(o[0] for o in data.outcomes)} | data.said
    share = percent(sum(o[0] for o in data.outcomes), data.totals[last], 1)
    if "share" in data.said:
        share = replace(
            share, value=data.said["share"] / 10, text=f"{data.said['share'] / 10:.1f}".replace(".", ",") + "%"
        )
    if data.language == "en":
        share = replace(share, text=share.text.replace(",", "."))
    noun = {"nl": "klachten", "fr": "plaintes", "de": "Beschwerden", "en": "complaints"}[data.language]
    y, z = data.years[last - 1], data.years[last]

    def add(template: str, figures: dict[str, tuple[str, float, str, int, str]], **more: Any) -> None:
        text = template.format(**{k: f[4] for k, f in figures.items()}, **more)
        for key, (label, value, unit, year, printed) in figures.items():
            rows.append(
                _base(report, year, 4)
                | {
                    "observation_id": f"{report}/p/{len(rows)}/{key}",
                    "kind": "prose",
                    "row_label": label,
                    "value": float(value),
                    "value_printed": printed,
                    "unit": unit,
                    "sentence": text,
                    "top": 20.0 * len(rows),
                }
            )

    for i, kind in enumerate(words.kinds[:4]):
        a, b = said[f"was{i}"], said[f"kind{i}"]
        label = f"{noun} {kind.lower()}"
        now = (label, b, "count", z, count(b))
        if i % 2:
            add(words.one, {"b": now}, kind=kind.lower(), z=z)
        else:
            add(words.moved, {"a": (label, a, "count", y, count(a)), "b": now}, kind=kind.lower(), y=y, z=z)
    n = said["total"]
    add(words.all, {"n": (noun, n, "count", z, count(n))}, z=z)
    gap = words.fewer if data.totals[last] < data.totals[last - 1] else words.more
    if said["gap"]:
        add(gap, {"d": (noun, said["gap"], "count", z, count(said["gap"]))}, y=y)
    u = said["upheld"]
    add(
        words.share,
        {
            "n": (noun, data.totals[last], "count", z, count(data.totals[last])),
            "a": (f"{noun} {words.outcomes[0]}", u, "count", z, count(u)),
            "p": (f"{noun} {words.outcomes[0]}", share.value, "percent", z, share.text),
        },
    )
    return rows


def _slipped(rng: random.Random, value: int) -> int:
    digits = list(str(value))
    at = rng.randrange(len(digits))
    digits[at] = rng.choice([d for d in "123456789" if d != digits[at]])
    return int("".join(digits))


PLANTS = ("text", "text_swap", "text_total", "text_share", "year", "cross_total")


def plant(rng: random.Random, data: Data, kind: str) -> Data | None:
    """The report with one contradiction; None when it offers no place for it.

    `text`: a sentence prints a kind's count with one digit other. `text_swap`: two kinds exchanged in the sentences.
    `text_total`: two digits of the total exchanged. `text_share`: a percentage of the sentence off by a point.
    `year`: the first column of table 1 headed a year too early. `cross_total`: one year of table 2 counts otherwise.
    """
    last = len(data.years) - 1
    if kind == "text":
        i = rng.randrange(4)
        return replace(data, said={f"kind{i}": _slipped(rng, data.kinds[i][last])})
    if kind == "text_swap":
        i, j = rng.sample(range(4), 2)
        return replace(data, said={f"kind{i}": data.kinds[j][last], f"kind{j}": data.kinds[i][last]})
    if kind == "text_total":
        digits = list(str(data.totals[last]))
        digits[0], digits[1] = digits[1], digits[0]
        return (
            None if digits[0] == digits[1] or digits[0] == "0" else replace(data, said={"total": int("".join(digits))})
        )
    if kind == "text_share":
        share = percent(sum(o[0] for o in data.outcomes), data.totals[last], 1)
        return replace(data, said={"share": round(share.value * 10) + rng.choice((-10, 10))})
    if kind == "year":
        return None if last < 2 else replace(data, headers=(data.years[0] - 1, *data.years[1:]))
    y, c = rng.randrange(last + 1), rng.randrange(len(data.channels))
    row = list(data.channels[c])
    row[y] += rng.randint(1, 40)
    return replace(data, channels=(*data.channels[:c], tuple(row), *data.channels[c + 1 :]))
