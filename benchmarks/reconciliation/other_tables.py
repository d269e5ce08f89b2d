"""Further kinds of consistent tables, written after the checks and not used to make them: they give the blind figures.

Balances of open files, quarters without a word for total, a part of each row with its share, two levels of columns,
rankings with cumulative shares, rates per thousand inhabitants, French typography, months with their mean.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.reconciliation.consistent_tables import WORDS, Made, Printed, count, percent


def _labels(rng: random.Random, low: int, high: int) -> list[str]:
    return rng.sample(WORDS, rng.randint(low, high))


def _skewed(rng: random.Random, top: int) -> int:
    return int(top * rng.betavariate(0.7, 3)) + 1


def balance(rng: random.Random) -> Made:
    """Open at the start, received, closed, open at the end, by service; the last row adds the services up."""
    labels = _labels(rng, 4, 14)
    cells: dict[tuple[int, int], Printed] = {}
    lines = []
    for _ in labels:
        start, received = _skewed(rng, 300), _skewed(rng, 2500) + 20
        closed = rng.randint(received // 2, start + received)
        lines.append([start, received, closed, start + received - closed])
    for r, values in enumerate([*lines, [sum(line[k] for line in lines) for k in range(4)]]):
        for c, v in enumerate(values):
            cells[r, c] = count(v)
    return Made(
        "balance", (*labels, "Totaal"), ("open op 1 januari", "ontvangen", "afgesloten", "open op 31 december"), cells
    )


def quarters(rng: random.Random) -> Made:
    """Four quarters and the year, by service and for all services, no label with a word for total."""
    labels = _labels(rng, 3, 9)
    body = [[_skewed(rng, 4000) for _ in labels] for _ in range(4)]
    rows = [*body, [sum(q[k] for q in body) for k in range(len(labels))]]
    cells = {(r, c): count(v) for r, row in enumerate(rows) for c, v in enumerate([*row, sum(row)])}
    return Made("quarters", ("Q1", "Q2", "Q3", "Q4", "jaar"), (*labels, "alle diensten"), cells)


def part_of_row(rng: random.Random) -> Made:
    """Complaints, those that were founded, and their share; whole percentages."""
    labels = _labels(rng, 4, 20)
    whole = [_skewed(rng, 1500) + 8 for _ in labels]
    part = [rng.randint(0, n) for n in whole]
    cells: dict[tuple[int, int], Printed] = {}
    for r, (n, k) in enumerate(zip([*whole, sum(whole)], [*part, sum(part)], strict=True)):
        cells[r, 0], cells[r, 1], cells[r, 2] = count(n), count(k), percent(k, n, 0)
    return Made("part", (*labels, "Totaal"), ("klachten", "waarvan gegrond", "% gegrond"), cells)


def two_levels(rng: random.Random) -> Made:
    """Two years, each with two kinds and their total, over services."""
    labels = _labels(rng, 5, 18)
    body = [[_skewed(rng, 900) for _ in range(4)] for _ in labels]
    rows = [*body, [sum(b[k] for b in body) for k in range(4)]]
    cells: dict[tuple[int, int], Printed] = {}
    for r, (a, b, x, y) in enumerate(rows):
        for c, v in enumerate((a, b, a + b, x, y, x + y)):
            cells[r, c] = count(v)
    kinds = ("schriftelijk", "mondeling", "samen")
    return Made(
        "levels", (*labels, "Alle"), tuple(f"{year} > {kind}" for year in (2022, 2023) for kind in kinds), cells
    )


def ranking(rng: random.Random) -> Made:
    """The commonest kinds, the others together, their shares and the shares added up so far."""
    labels = _labels(rng, 5, 9)
    values = [*sorted((_skewed(rng, 3000) + 10 for _ in labels), reverse=True), _skewed(rng, 800) + 5]
    total = sum(values)
    cells: dict[tuple[int, int], Printed] = {}
    for r, v in enumerate(values):
        cells[r, 0], cells[r, 1] = count(v), percent(v, total, 1)
        cells[r, 2] = percent(sum(values[: r + 1]), total, 1)
    cells[len(values), 0], cells[len(values), 1] = count(total), percent(total, total, 1)
    return Made("ranking", (*labels, "Overige", "Totaal"), ("aantal", "%", "cumulatief %"), cells)


def rates(rng: random.Random) -> Made:
    """Districts with inhabitants, complaints, and complaints per thousand inhabitants."""
    labels = _labels(rng, 4, 12)
    people = [rng.randint(3000, 120000) for _ in labels]
    complaints = [max(1, int(n * rng.uniform(0.0005, 0.02))) for n in people]
    cells: dict[tuple[int, int], Printed] = {}
    for r, (n, k) in enumerate(zip([*people, sum(people)], [*complaints, sum(complaints)], strict=True)):
        rate = round(1000 * k / n, 1)
        cells[r, 0], cells[r, 1] = count(n), count(k)
        cells[r, 2] = Printed(rate, f"{rate:.1f}".replace(".", ","), "ratio")
    return Made("rates", (*labels, "Stad"), ("inwoners", "klachten", "per 1.000 inwoners"), cells)


def french(rng: random.Random) -> Made:
    """Two years as a French report prints them: narrow spaces in thousands, a space before the sign."""
    labels = _labels(rng, 4, 15)
    cells: dict[tuple[int, int], Printed] = {}
    for y in range(2):
        values = [_skewed(rng, 9000) for _ in labels]
        for r, v in enumerate([*values, sum(values)]):
            share = percent(v, sum(values), 1, even=True)
            cells[r, 2 * y] = Printed(float(v), f"{v:,}".replace(",", "\u202f"))
            cells[r, 2 * y + 1] = Printed(share.value, share.text.replace("%", " %"), "percent")
    return Made("french", (*labels, "Ensemble"), ("2022 > nombre", "2022 > %", "2023 > nombre", "2023 > %"), cells)


def months(rng: random.Random) -> Made:
    """Twelve months by channel, the year below them, and the mean of the months under that."""
    channels = rng.sample(("telefoon", "balie", "brief", "e-mail", "website"), rng.randint(2, 4))
    body = [[_skewed(rng, 700) for _ in channels] for _ in range(12)]
    cells: dict[tuple[int, int], Printed] = {}
    for r, row in enumerate([*body, [sum(m[k] for m in body) for k in range(len(channels))]]):
        for c, v in enumerate([*row, sum(row)]):
            cells[r, c] = count(v)
    for c in range(len(channels) + 1):
        mean = round(cells[12, c].value / 12, 1)
        cells[13, c] = Printed(mean, f"{mean:.1f}".replace(".", ","))
    names = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
    return Made("months", (*names, "Totaal", "gemiddelde per maand"), (*channels, "totaal"), cells)


FAMILIES: tuple[Callable[[random.Random], Made], ...] = (
    balance,
    quarters,
    part_of_row,
    two_levels,
    ranking,
    rates,
    french,
    months,
)


def others(number: int, seed: int) -> list[Made]:
    """`number` tables, the families in turn."""
    rng = random.Random(seed)
    return [FAMILIES[i % len(FAMILIES)](rng) for i in range(number)]
