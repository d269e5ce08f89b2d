"""Three more sets of consistent tables, each written before the checks were changed for it and run once as they stood.

The first: groups in groups with subtotals on both levels, shares of two bases side by side, years with their
differences. The second: means weighted by their counts beside response rates, several mentions a file, rows of which
some are parts of the row above them. The third: an index on a first year, complaints for each employee, the stages that
a complaint goes through, months with their running totals.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.reconciliation.consistent_tables import WORDS, Made, Printed, count, percent


def _labels(rng: random.Random, size: int) -> list[str]:
    return rng.sample(WORDS, size)


def _skewed(rng: random.Random, top: int) -> int:
    return int(top * rng.betavariate(0.7, 3)) + 1


def groups_in_groups(rng: random.Random) -> Made:
    """Departments of services of subjects: a subtotal a service, a total a department, one of all; two ways in."""
    pool = _labels(rng, len(WORDS))
    top = rng.choice((40, 300, 4000))
    names: list[str] = []
    rows: list[tuple[int, int]] = []
    grand = [0, 0]
    for _ in range(rng.randint(2, 3)):
        department, whole = pool.pop(), [0, 0]
        for _ in range(rng.randint(2, 3)):
            service, part = pool.pop(), [0, 0]
            for _ in range(rng.randint(2, 4)):
                values = (_skewed(rng, top), _skewed(rng, top // 2))
                names.append(f"{department} > {service} > {pool.pop() if pool else f'Ander {len(names)}'}")
                rows.append(values)
                part = [a + b for a, b in zip(part, values, strict=True)]
            names.append(f"{department} > Subtotaal {service}")
            rows.append((part[0], part[1]))
            whole = [a + b for a, b in zip(whole, part, strict=True)]
        names.append(f"Totaal {department}")
        rows.append((whole[0], whole[1]))
        grand = [a + b for a, b in zip(grand, whole, strict=True)]
    names.append("Totaal")
    rows.append((grand[0], grand[1]))
    cells = {(r, c): count(v) for r, (a, b) in enumerate(rows) for c, v in enumerate((a, b, a + b))}
    return Made("groups in groups", tuple(names), ("schriftelijk", "mondeling", "totaal"), cells)


def two_bases(rng: random.Random) -> Made:
    """Founded and unfounded complaints; the founded as a share of their row and as a share of all founded ones."""
    labels = _labels(rng, rng.randint(5, 22))
    places = rng.choice((0, 1, 1))
    founded = [_skewed(rng, 600) for _ in labels]
    unfounded = [_skewed(rng, 1500) for _ in labels]
    founded, unfounded = [*founded, sum(founded)], [*unfounded, sum(unfounded)]
    cells: dict[tuple[int, int], Printed] = {}
    for r, (a, b) in enumerate(zip(founded, unfounded, strict=True)):
        cells[r, 0], cells[r, 1], cells[r, 2] = count(a), count(b), count(a + b)
        cells[r, 3] = percent(a, a + b, places)
        cells[r, 4] = percent(a, founded[-1], places)
    columns = ("gegrond", "ongegrond", "samen", "gegrond in % van de rij", "gegrond in % van alle gegronde")
    return Made("two bases", (*labels, "Totaal"), columns, cells)


def years_with_differences(rng: random.Random) -> Made:
    """Three years, each later one with the difference from the year before, signed, and the growth over all."""
    labels = _labels(rng, rng.randint(4, 16))
    data = [[_skewed(rng, 2500) + 15 for _ in labels] for _ in range(3)]
    cells: dict[tuple[int, int], Printed] = {}
    for r, (a, b, c) in enumerate(zip(*([*year, sum(year)] for year in data), strict=True)):
        cells[r, 0], cells[r, 1], cells[r, 3] = count(a), count(b), count(c)
        for at, change in ((2, b - a), (4, c - b)):
            cells[r, at] = Printed(float(change), f"{change:+,}".replace(",", "."))
        cells[r, 5] = percent(c - a, a, 1)
    columns = ("2021", "2022", "+/- 2021", "2023", "+/- 2022", "evolutie 2021-2023")
    return Made("years and differences", (*labels, "Totaal"), columns, cells)


def weighted_means(rng: random.Random) -> Made:
    """Forms sent, answered, the response, and a score whose mean of all is weighted by the answers."""
    labels = _labels(rng, rng.randint(4, 12))
    sent = [_skewed(rng, 4000) + 60 for _ in labels]
    answered = [rng.randint(n // 10, n - 5) for n in sent]
    scores = [rng.randint(45, 95) / 10 for _ in labels]
    mean = round(sum(n * s for n, s in zip(answered, scores, strict=True)) / sum(answered), 1)
    cells: dict[tuple[int, int], Printed] = {}
    lines = [*zip(sent, answered, scores, strict=True), (sum(sent), sum(answered), mean)]
    for r, (n, k, s) in enumerate(lines):
        cells[r, 0], cells[r, 1], cells[r, 2] = count(n), count(k), percent(k, n, 1)
        cells[r, 3] = Printed(s, f"{s:.1f}".replace(".", ","), "score")
    columns = ("verstuurd", "beantwoord", "respons", "gemiddelde score")
    return Made("weighted means", (*labels, "Totaal"), columns, cells)


def mentions(rng: random.Random) -> Made:
    """Several subjects a file: mentions with their share of all mentions and of the files, over two years."""
    labels = _labels(rng, rng.randint(5, 12))
    cells: dict[tuple[int, int], Printed] = {}
    columns: list[str] = []
    for y in (2022, 2023):
        values = [_skewed(rng, 700) + 3 for _ in labels]
        files = int(sum(values) / rng.uniform(1.15, 1.9))
        files = max(files, *values)
        at = len(columns)
        columns += [f"{y} > aantal", f"{y} > % vermeldingen", f"{y} > % dossiers"]
        for r, v in enumerate((*values, sum(values))):
            cells[r, at], cells[r, at + 1] = count(v), percent(v, sum(values), 1)
            cells[r, at + 2] = percent(v, files, 1)
        cells[len(values) + 1, at] = count(files)
        cells[len(values) + 1, at + 2] = percent(files, files, 1)
    return Made("mentions", (*labels, "Totaal vermeldingen", "Aantal dossiers"), tuple(columns), cells)


def of_which(rng: random.Random) -> Made:
    """Four quarters and the year; under each kind the part of it that was founded, and its share in the year."""
    labels = _labels(rng, rng.randint(3, 9))
    names: list[str] = []
    cells: dict[tuple[int, int], Printed] = {}
    sums = [[0] * 4, [0] * 4]
    for label in labels:
        whole = [_skewed(rng, 900) + 4 for _ in range(4)]
        part = [rng.randint(0, n) for n in whole]
        sums = [[a + b for a, b in zip(s, v, strict=True)] for s, v in zip(sums, (whole, part), strict=True)]
        for name, values in ((label, whole), (f"waarvan gegrond ({label.lower()})", part)):
            for c, v in enumerate((*values, sum(values))):
                cells[len(names), c] = count(v)
            if values is part:
                cells[len(names), 5] = percent(sum(part), sum(whole), 1)
            names.append(name)
    for name, values in (("Totaal", sums[0]), ("waarvan gegrond", sums[1])):
        for c, v in enumerate((*values, sum(values))):
            cells[len(names), c] = count(v)
        names.append(name)
    cells[len(names) - 1, 5] = percent(sum(sums[1]), sum(sums[0]), 1)
    return Made("of which", tuple(names), ("Q1", "Q2", "Q3", "Q4", "2023", "% gegrond"), cells)


def index_of_first_year(rng: random.Random) -> Made:
    """Three years and the last one as an index, the first year being a hundred."""
    labels = _labels(rng, rng.randint(4, 14))
    data = [[_skewed(rng, 1800) + 12 for _ in labels] for _ in range(3)]
    cells: dict[tuple[int, int], Printed] = {}
    for r, values in enumerate(zip(*([*year, sum(year)] for year in data), strict=True)):
        for c, v in enumerate(values):
            cells[r, c] = count(v)
        index = percent(values[2], values[0], 0)
        cells[r, 3] = Printed(index.value, index.text.rstrip("%"))
    return Made("index", (*labels, "Totaal"), ("2021", "2022", "2023", "index 2023 (2021 = 100)"), cells)


def per_employee(rng: random.Random) -> Made:
    """Complaints, employees in full-time equivalents, and complaints for each of these."""
    labels = _labels(rng, rng.randint(4, 12))
    complaints = [_skewed(rng, 900) + 2 for _ in labels]
    staff = [rng.randint(15, 2600) / 10 for _ in labels]
    cells: dict[tuple[int, int], Printed] = {}
    lines = zip([*complaints, sum(complaints)], [*staff, round(sum(staff), 1)], strict=True)
    for r, (n, fte) in enumerate(lines):
        cells[r, 0] = count(n)
        cells[r, 1] = Printed(fte, f"{fte:.1f}".replace(".", ","))
        each = round(n / fte, 2)
        cells[r, 2] = Printed(each, f"{each:.2f}".replace(".", ","), "ratio")
    return Made("per employee", (*labels, "Totaal"), ("klachten", "vte", "klachten per vte"), cells)


def stages(rng: random.Random) -> Made:
    """What came in, what the first line solved, what went on, and of that what the second line solved and left open."""
    labels = _labels(rng, rng.randint(4, 15))
    lines = []
    for _ in labels:
        received = _skewed(rng, 3000) + 10
        on = rng.randint(1, received - 1)
        solved = rng.randint(0, on)
        lines.append((received, received - on, on, solved, on - solved))
    lines.append(tuple(sum(column) for column in zip(*lines, strict=True)))
    cells = {(r, c): count(v) for r, line in enumerate(lines) for c, v in enumerate(line)}
    columns = ("ontvangen", "opgelost in eerste lijn", "doorgestuurd", "opgelost in tweede lijn", "nog open")
    return Made("stages", (*labels, "Totaal"), columns, cells)


def running_totals(rng: random.Random) -> Made:
    """Months with the number of each and the number since January, for two years."""
    cells: dict[tuple[int, int], Printed] = {}
    top = rng.choice((60, 700, 5000))
    for y in range(2):
        so_far = 0
        for r in range(12):
            n = _skewed(rng, top) + 1
            so_far += n
            cells[r, 2 * y], cells[r, 2 * y + 1] = count(n), count(so_far)
        cells[12, 2 * y] = count(so_far)
    names = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
    columns = tuple(f"{year} > {what}" for year in (2022, 2023) for what in ("per maand", "sinds januari"))
    return Made("running totals", (*names, "Totaal"), columns, cells)


FIRST: tuple[Callable[[random.Random], Made], ...] = (groups_in_groups, two_bases, years_with_differences)
SECOND: tuple[Callable[[random.Random], Made], ...] = (weighted_means, mentions, of_which)

THIRD: tuple[Callable[[random.Random], Made], ...] = (index_of_first_year, per_employee, stages, running_totals)


def first(number: int, seed: int) -> list[Made]:
    """`number` tables of the first set, the families in turn."""
    rng = random.Random(seed)
    return [FIRST[i % len(FIRST)](rng) for i in range(number)]


def second(number: int, seed: int) -> list[Made]:
    """`number` tables of the second set, the families in turn."""
    rng = random.Random(seed)
    return [SECOND[i % len(SECOND)](rng) for i in range(number)]


def third(number: int, seed: int) -> list[Made]:
    """`number` tables of the third set, the families in turn."""
    rng = random.Random(seed)
    return [THIRD[i % len(THIRD)](rng) for i in range(number)]
