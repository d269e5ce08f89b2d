"""Tables that are consistent by construction, and slips planted in them one at a time.

Every table is made from random counts with a seed, laid out as reports lay them out: year series with percentages,
cross tables, nested groups with subtotals, ratios, blanks for zeros, averages, differences, totals first or last.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

WORDS = (
    *("Afval", "Parkeren", "Geluid", "Wegen", "Groen", "Loket", "Belasting", "Milieu", "Bouw", "Onderwijs", "Jeugd"),
    *("Sport", "Cultuur", "Handhaving", "Verlichting", "Riolering", "Water", "Energie", "Wonen", "Zorg", "Markten"),
    *("Begraafplaats", "Verkeer", "Openbaar", "Digitaal", "Telefonie", "Wachttijd", "Bejegening", "Informatie"),
    *("Privacy", "Schade", "Vergunning", "Subsidie", "Verhuur", "Havens", "Brandweer", "Politie", "Toezicht"),
    *("Fietsen", "Trams"),
)


@dataclass(frozen=True)
class Printed:
    """A cell of a made table: its value, its characters, its unit."""

    value: float
    text: str
    unit: str = "count"
    total: bool = False


@dataclass(frozen=True)
class Made:
    """A made table: labels and cells by (row, column); a missing key is a blank. `family` names the layout."""

    family: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[int, int], Printed]

    def frame(self, table: str, report: str = "made") -> pd.DataFrame:
        """The table as an observations frame."""
        rows: list[dict[str, Any]] = []
        for (r, c), cell in sorted(self.cells.items()):
            rows.append(
                {
                    "observation_id": f"{report}/{table}/{r}/{c}",
                    "report_id": report,
                    "organisation": "Stad",
                    "kind": "cell",
                    "table_id": table,
                    "table_title": f"{self.family} {table}",
                    "row_label": self.rows[r],
                    "column_label": self.columns[c],
                    "value": cell.value,
                    "value_printed": cell.text,
                    "unit": cell.unit,
                    "measure": "cases",
                    "period_start": "2023-01-01",
                    "period_end": "2023-12-31",
                    "is_total": False,
                    "page": 1,
                    "x0": 60.0 * c,
                    "x1": 60.0 * c + 40,
                    "top": 14.0 * r,
                    "bottom": 14.0 * r + 10,
                    "method": "made",
                }
            )
        return pd.DataFrame(rows)


def count(value: int, *, thousands: bool = True) -> Printed:
    """A Dutch count: 12.345."""
    text = f"{value:,}".replace(",", ".") if thousands else str(value)
    return Printed(float(value), text)


def percent(part: int, base: int, places: int, *, even: bool = False, sign: bool = True) -> Printed:
    """A rounded Dutch percentage."""
    exact = Fraction(100 * part, base)
    mode = ROUND_HALF_EVEN if even else ROUND_HALF_UP
    value = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal(1).scaleb(-places), rounding=mode)
    text = str(value).replace(".", ",") + ("%" if sign else "")
    return Printed(float(value), text, "percent")


def _labels(rng: random.Random, size: int) -> list[str]:
    return [w if i < len(WORDS) else f"{w} {i}" for i, w in enumerate(rng.sample(WORDS, min(size, len(WORDS))))]


def _counts(rng: random.Random, size: int) -> list[int]:
    """Skewed counts, as categories have them; a few zeros."""
    top = rng.choice((20, 90, 400, 3000, 20000))
    return [int(top * rng.paretovariate(1.1) / 8) % (4 * top) if rng.random() > 0.08 else 0 for _ in range(size)]


def year_series(rng: random.Random) -> Made:
    """Categories by year, with or without percentages, total first or last."""
    labels, years = _labels(rng, rng.randint(3, 18)), rng.randint(2, 4)
    shares, first = rng.random() < 0.6, rng.random() < 0.2
    places, even, thousands = rng.choice((0, 1, 1, 2)), rng.random() < 0.3, rng.random() < 0.7
    data = [[v + 1 for v in _counts(rng, len(labels))] for _ in range(years)]
    names = ["Totaal", *labels] if first else [*labels, "Totaal"]
    columns: list[str] = []
    cells: dict[tuple[int, int], Printed] = {}
    for y, values in enumerate(data):
        total = sum(values)
        ordered = [total, *values] if first else [*values, total]
        c = len(columns)
        columns.append(f"{2023 - years + y + 1} > aantal" if shares else str(2023 - years + y + 1))
        for r, v in enumerate(ordered):
            cells[r, c] = count(v, thousands=thousands)
        if shares:
            columns.append(f"{2023 - years + y + 1} > %")
            for r, v in enumerate(ordered):
                cells[r, c + 1] = percent(v, total, places, even=even)
    return Made("series", tuple(names), tuple(columns), cells)


def cross_table(rng: random.Random) -> Made:
    """Categories by outcome with totals both ways; sometimes the total column first and nameless (`n`)."""
    labels, outcomes = _labels(rng, rng.randint(3, 20)), rng.randint(3, 10)
    blanks, named = rng.random() < 0.3, rng.random() < 0.7
    body = [_counts(rng, outcomes) for _ in labels]
    rows = [*body, [sum(r[k] for r in body) for k in range(outcomes)]]
    heads = [f"uitkomst {chr(65 + k)}" for k in range(outcomes)]
    columns = [*heads, "totaal"] if named else ["n", *heads]
    cells: dict[tuple[int, int], Printed] = {}
    for r, values in enumerate(rows):
        full = [*values, sum(values)] if named else [sum(values), *values]
        for c, v in enumerate(full):
            if v or not blanks:
                cells[r, c] = count(v)
    return Made("cross", (*labels, "Totaal"), tuple(columns), cells)


def nested_groups(rng: random.Random) -> Made:
    """Groups with subtotal rows and a grand total; several years."""
    years = rng.randint(2, 4)
    names: list[str] = []
    rows: list[list[int]] = []
    grand = [0] * years
    before = rng.random() < 0.5
    pool = _labels(rng, 40)
    for _ in range(rng.randint(2, 4)):
        group = pool.pop()
        members = [pool.pop() for _ in range(rng.randint(2, 5))]
        values = [[v + 1 for v in _counts(rng, years)] for _ in members]
        sub = [sum(v[k] for v in values) for k in range(years)]
        grand = [a + b for a, b in zip(grand, sub, strict=True)]
        inner = [f"{group} > {m}" for m in members]
        names += [group, *inner] if before else [*inner, f"Subtotaal {group}"]
        rows += [sub, *values] if before else [*values, sub]
    names.append("Algemeen totaal")
    rows.append(grand)
    cells = {(r, c): count(v) for r, values in enumerate(rows) for c, v in enumerate(values)}
    return Made("nested", tuple(names), tuple(str(2024 - years + k) for k in range(years)), cells)


def ratios(rng: random.Random) -> Made:
    """Contacts, complaints, and the one as a percentage of the other."""
    labels = _labels(rng, rng.randint(4, 30))
    contacts = [rng.randint(30, 30000) for _ in labels]
    complaints = [rng.randint(0, max(1, n // 15)) for n in contacts]
    contacts, complaints = [*contacts, sum(contacts)], [*complaints, sum(complaints)]
    cells: dict[tuple[int, int], Printed] = {}
    for r, (n, k) in enumerate(zip(contacts, complaints, strict=True)):
        cells[r, 0], cells[r, 1] = count(n), count(k)
        cells[r, 2] = percent(k, n, 2, sign=False)
    return Made("ratio", (*labels, "Totaal"), ("contacten", "klachten", "rel. %"), cells)


def halves(rng: random.Random) -> Made:
    """Two half years with their total, twice, and the share of all."""
    labels = _labels(rng, rng.randint(4, 30))
    body = [[rng.randint(5, 6000) for _ in range(2)] + [rng.randint(1, 300) for _ in range(2)] for _ in labels]
    rows = [*body, [sum(b[k] for b in body) for k in range(4)]]
    everything = sum(rows[-1][:2])
    cells: dict[tuple[int, int], Printed] = {}
    for r, (a, b, x, y) in enumerate(rows):
        for c, v in enumerate((a, b, a + b)):
            cells[r, c] = count(v)
        cells[r, 3] = percent(a + b, everything, 2, sign=False)
        for c, v in enumerate((x, y, x + y)):
            cells[r, 4 + c] = count(v)
    columns = ("contacten > Q1-Q2", "contacten > Q3-Q4", "contacten > totaal", "contacten > %")
    return Made(
        "halves",
        (*labels, "Totaal"),
        (*columns, "klachten > Q1-Q2", "klachten > Q3-Q4", "klachten > totaal"),
        cells,
    )


def averages(rng: random.Random) -> Made:
    """Counts within and outside the term, with a mean duration whose total is the weighted mean."""
    labels = _labels(rng, rng.randint(3, 9))
    cells: dict[tuple[int, int], Printed] = {}
    inside, outside = [rng.randint(2, 900) for _ in labels], [rng.randint(0, 300) for _ in labels]
    days = [rng.randint(20, 400) / 10 for _ in labels]
    weights = [a + b for a, b in zip(inside, outside, strict=True)]
    mean = round(sum(w * d for w, d in zip(weights, days, strict=True)) / sum(weights), 1)
    table = [*zip(weights, inside, outside, days, strict=True), (sum(weights), sum(inside), sum(outside), mean)]
    for r, (n, a, b, d) in enumerate(table):
        cells[r, 0], cells[r, 1], cells[r, 2] = count(n), count(a), count(b)
        cells[r, 3] = Printed(d, f"{d:.1f} dagen".replace(".", ","), "days")
    columns = ("Aantal signalen", "Binnen termijn", "Buiten termijn", "Gemiddelde doorlooptijd")
    return Made("average", (*labels, "Totaal"), columns, cells)


def differences(rng: random.Random) -> Made:
    """Two years, their difference and the growth in per cent."""
    labels = _labels(rng, rng.randint(5, 16))
    old, new = [rng.randint(11, 4000) for _ in labels], [rng.randint(11, 4000) for _ in labels]
    old, new = [*old, sum(old)], [*new, sum(new)]
    cells: dict[tuple[int, int], Printed] = {}
    for r, (a, b) in enumerate(zip(old, new, strict=True)):
        cells[r, 0], cells[r, 1] = count(a), count(b)
        cells[r, 2] = Printed(float(b - a), f"{b - a:+,}".replace(",", "."))
        cells[r, 3] = percent(b - a, a, 1)
    return Made("difference", (*labels, "Totaal"), ("2022", "2023", "verschil", "evolutie %"), cells)


def shares_of_groups(rng: random.Random) -> Made:
    """Groups with their members: members as shares of their group, groups as shares of all."""
    pool = _labels(rng, 40)
    names: list[str] = []
    counts: list[int] = []
    wholes: list[int] = []
    groups = [[rng.randint(8, 900) for _ in range(rng.randint(2, 5))] for _ in range(rng.randint(2, 4))]
    grand = sum(map(sum, groups))
    for members in groups:
        group = pool.pop()
        names += [group, *(f"{group} > {pool.pop()}" for _ in members)]
        counts += [sum(members), *members]
        wholes += [grand, *([sum(members)] * len(members))]
    cells: dict[tuple[int, int], Printed] = {}
    for r, (v, whole) in enumerate(zip((*counts, grand), (*wholes, grand), strict=True)):
        cells[r, 0], cells[r, 1] = count(v), percent(v, whole, 1)
    return Made("groups", (*names, "Totaal"), ("aantal", "%"), cells)


def several_answers(rng: random.Random) -> Made:
    """Several grounds a file: shares of the files, which rightly add to far more than a hundred."""
    labels = _labels(rng, rng.randint(4, 10))
    files = rng.randint(80, 900)
    values = [rng.randint(files // 5, files) for _ in labels]
    cells: dict[tuple[int, int], Printed] = {}
    for r, v in enumerate((*values, files)):
        cells[r, 0], cells[r, 1] = count(v), percent(v, files, 1)
    return Made("answers", (*labels, "Totaal dossiers"), ("aantal", "% van de dossiers"), cells)


FAMILIES: tuple[Callable[[random.Random], Made], ...] = (
    year_series,
    cross_table,
    nested_groups,
    ratios,
    halves,
    averages,
    differences,
    several_answers,
    shares_of_groups,
)


def consistent(number: int, seed: int = 20231231) -> list[Made]:
    """`number` tables, the families in turn."""
    rng = random.Random(seed)
    return [FAMILIES[i % len(FAMILIES)](rng) for i in range(number)]


@dataclass(frozen=True)
class Planted:
    """A table with one slip, and the cells that it changed."""

    table: Made
    slip: str
    changed: frozenset[tuple[int, int]]


def _retyped(cell: Printed, value: float) -> Printed:
    places = len(cell.text.partition(",")[2].rstrip("% dagen"))
    if cell.unit == "count":
        return Printed(value, f"{int(value):,}".replace(",", "."), cell.unit)
    return Printed(value, f"{value:.{places}f}".replace(".", ",") + ("%" if "%" in cell.text else ""), cell.unit)


def _digit(rng: random.Random, cell: Printed) -> Printed:
    scale = 10 ** len(cell.text.partition(",")[2].rstrip("% dagen"))
    digits = list(str(round(abs(cell.value) * scale)))
    at = rng.randrange(len(digits))
    digits[at] = rng.choice([d for d in "0123456789" if d != digits[at] and (d != "0" or at)])
    return _retyped(cell, math.copysign(int("".join(digits)) / scale, cell.value))


def _replace(table: Made, changes: dict[tuple[int, int], Printed]) -> Made:
    return Made(table.family, table.rows, table.columns, {**table.cells, **changes})


def plant(rng: random.Random, table: Made, slip: str) -> Planted | None:
    """One slip of the named kind in the table; None when it offers no cell for it.

    `digit`: one digit other. `separator`: a decimal comma for the thousands point of a count, or a percentage without
    its comma. `swap`: two counts of one column exchanged. `shift`: the counts of one row moved one column on.
    """
    answers = table.family == "answers"  # a count there is bound by nothing but its own share
    counts = [p for p, c in table.cells.items() if c.unit == "count"]
    shares = [p for p, c in table.cells.items() if c.unit == "percent"]
    if slip == "digit":
        places = shares if answers else [*counts, *shares]
        at = rng.choice(places)
        return Planted(_replace(table, {at: _digit(rng, table.cells[at])}), slip, frozenset({at}))
    if slip == "separator":
        places = [p for p in shares if "," in table.cells[p].text and table.cells[p].value >= 1]
        places += [] if answers else [p for p in counts if "." in table.cells[p].text and table.cells[p].value > 0]
        if not places:
            return None
        at = rng.choice(places)
        cell = table.cells[at]
        if cell.unit == "percent":
            text = cell.text.replace(",", "")
            new = Printed(float(text.rstrip("%")), text, cell.unit)
        else:
            new = Printed(cell.value / 1000, cell.text.replace(".", ","), cell.unit)
        return Planted(_replace(table, {at: new}), slip, frozenset({at}))
    if answers:
        return None
    last = len(table.rows) - 1
    inner = [p for p in counts if 0 < p[0] < last]
    if slip == "swap":
        # An exchange inside one column shows only where rows are bound as well.
        if table.family == "nested" or (table.family == "series" and not shares):
            return None
        pairs = [(a, b) for a in inner for b in inner if a[1] == b[1] and a[0] < b[0]]
        pairs = [(a, b) for a, b in pairs if table.cells[a].value != table.cells[b].value]
        if not pairs:
            return None
        a, b = rng.choice(pairs)
        return Planted(_replace(table, {a: table.cells[b], b: table.cells[a]}), slip, frozenset({a, b}))
    row = rng.choice(sorted({p[0] for p in inner}))
    columns = [c for c in range(len(table.columns)) if (row, c) in inner]
    if len(columns) < 2 or len({table.cells[row, c].value for c in columns}) < 2:
        return None
    moved = {(row, c): table.cells[row, columns[i - 1]] for i, c in enumerate(columns)}
    changed = frozenset(p for p, cell in moved.items() if cell.value != table.cells[p].value)
    return Planted(_replace(table, moved), slip, changed)
