"""Tables of eleven further kinds in four languages, retold in sentences.

Unlike the other sets these pass through the program's own reading of sentences and its interpretation of labels before
they are checked; every table carries the relations that its maker knows to hold, so that a slip is counted only when
the printed numbers contradict each other. Some sentences restate the table, others speak of something near to it: a
part that it does not print, another city, a year long gone, a rough number.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

import pandas as pd

from benchmarks.reconciliation.consistent_tables import Printed
from benchmarks.reconciliation.retold_words import LANGUAGES, TONGUES, Tongue, head
from extractors.blocks import Style
from extractors.outline import Outline
from extractors.prose import find_figures
from extractors.reading_order import ReadingOrder
from extractors.textflow import Paragraph, Span
from ontology.decisions import load
from ontology.interpret import interpret
from ontology.matching import Matcher
from schemas.catalogue import Entry
from schemas.printed import Box, Figure, PageInfo, Place, PrintedReport

YEAR = 2023
At = tuple[int, int]


@dataclass(frozen=True)
class Rule:
    """`target` follows from `others` by `exact`, as far as both are rounded; `slack` is half a unit of what is printed
    last, plus what the rounding of the others may make."""

    target: At
    others: tuple[At, ...]
    exact: Callable[[Sequence[float]], float]
    slack: float = 1e-6

    def holds(self, cells: dict[At, Printed]) -> bool:
        try:
            return (
                abs(self.exact([cells[p].value for p in self.others]) - cells[self.target].value) <= self.slack + 1e-6
            )
        except ZeroDivisionError:
            return False


@dataclass(frozen=True)
class Retold:
    """A made table with its language, its rules, and sentences about it; labels are tuples of levels."""

    family: str
    language: str
    title: str
    rows: tuple[tuple[str, ...], ...]
    columns: tuple[tuple[str, ...], ...]
    cells: dict[At, Printed]
    rules: tuple[Rule, ...]
    sentences: tuple[str, ...] = ()

    def frame(self, name: str) -> pd.DataFrame:
        """The table and its sentences as observations; the ids of cells are `made/NAME/row/column`."""
        figures = [
            Figure(
                kind="cell",
                organisation="Stad",
                printed=cell.text,
                value=cell.value,
                unit=cell.unit,
                row_labels=self.rows[r],
                column_labels=self.columns[c],
                place=Place(1, Box(150 + 60.0 * c, 100 + 14.0 * r, 190 + 60.0 * c, 110 + 14.0 * r)),
                method="made",
                table_id="p1-1",
                table_title=self.title,
                confidence=0.97,
            )
            for (r, c), cell in sorted(self.cells.items())
        ]
        figures += find_figures(_paragraphs(self.sentences), _outline(self.language), self.language, YEAR)
        report = PrintedReport(
            self.language,
            tuple(PageInfo(n, 595, 842, 100, 0) for n in (1, 2)),
            organisations=("Stad",),
            figures=tuple(figures),
            reporting_year=YEAR,
        )
        entry = Entry(name, "Stad", "BE", "Stad", "Klachten", YEAR, self.language, "synthetic")
        observations = interpret(report, entry, _matcher()).observations
        cells = observations["kind"] == "cell"
        places = zip(observations["top"], observations["x0"], strict=True)
        ids = [f"made/{name}/{round((top - 100) / 14)}/{round((x0 - 150) / 60)}" for top, x0 in places]
        return observations.assign(observation_id=observations["observation_id"].where(~cells, pd.Series(ids)))


@lru_cache(maxsize=1)
def _matcher() -> Matcher:
    return Matcher(decisions=load())


@lru_cache(maxsize=8)
def _outline(language: str) -> Outline:
    return Outline("Klachten", ("Stad",), (), "Stad", language, ReadingOrder((), (), (), 10.0))


def _paragraphs(sentences: Sequence[str]) -> list[Paragraph]:
    """Each sentence as a paragraph of one line on page 2."""
    result = []
    for number, text in enumerate(sentences):
        top = 80.0 + 30 * number
        span = Span(0, len(text), 2, Box(60, top, 60 + 4.5 * len(text), top + 11))
        style = Style(10.0, bold=False, italic=False, caps=False, coloured=False)
        result.append(Paragraph(text, "body", 0, 2, top, "Stad", None, (), style, (span,)))
    return result


class _Maker:
    """A table being made: cells are set as exact numbers, rules are noted beside."""

    def __init__(self, rng: random.Random, language: str) -> None:
        self.rng, self.tongue = rng, TONGUES[language]
        self.cells: dict[At, Printed] = {}
        self.rules: list[Rule] = []

    def head(self, key: str, **places: object) -> str:
        return head(key, self.tongue.code, **places)

    def count(self, at: At, value: int) -> None:
        self.cells[at] = Printed(float(value), number(self.tongue, Decimal(value)))

    def decimal(self, at: At, value: Fraction, places: int, unit: str, *, sign: bool = False) -> None:
        self.cells[at] = printed(self.tongue, value, places, unit, sign=sign)

    def sums(self, target: At, parts: Sequence[At], slack: float = 1e-6) -> None:
        self.rules.append(Rule(target, tuple(parts), sum, slack))

    def share(self, at: At, part: At, base: At, places: int) -> None:
        """Sets the share of two counts that stand already, and its rule."""
        exact = Fraction(100 * int(self.cells[part].value), int(self.cells[base].value))
        self.decimal(at, exact, places, "percent")
        self.rules.append(Rule(at, (part, base), lambda v: 100 * v[0] / v[1], 0.5 * 10**-places))

    def made(self, family: str, title: str, rows: Sequence[tuple[str, ...]], columns: Sequence[tuple[str, ...]],
             said: Sequence[str]) -> Retold:  # fmt: skip
        return Retold(
            family, self.tongue.code, title, tuple(rows), tuple(columns), self.cells, tuple(self.rules), tuple(said)
        )

    def skewed(self, top: int) -> int:
        return int(top * self.rng.betavariate(0.7, 3)) + 1

    def kinds(self, low: int, high: int) -> list[str]:
        return self.rng.sample(self.tongue.kinds, self.rng.randint(low, high))

    def tell(self, kinds: Sequence[str], now: Sequence[int], before: Sequence[int] | None = None) -> list[str]:
        """Three to five true sentences about counts of kinds in the reporting year and the one before."""
        t, rng = self.tongue, self.rng
        total = sum(now)
        said = [t.all.format(y=YEAR, n=number(t, Decimal(total)))]
        order = rng.sample(range(len(kinds)), len(kinds))
        for place, i in enumerate(order[: rng.randint(3, 5)]):
            kind, n = kinds[i].lower(), number(t, Decimal(now[i]))
            manner = (place + rng.randint(0, 2)) % 7
            if manner == 0:
                said.append(t.restate.format(y=YEAR, n=n, k=kind))
            elif manner == 1 and before:
                turn = t.fell if now[i] < before[i] else t.rose
                if now[i] != before[i]:
                    said.append(turn.format(y=YEAR, z=YEAR - 1, n=n, m=number(t, Decimal(before[i])), k=kind))
            elif manner == 2:
                share = printed(t, Fraction(100 * now[i], total), 1, "percent").text
                said.append(t.share.format(p=share, k=kind))
            elif manner == 3 and now[i] > 4:
                said.append(t.other_part.format(n=n, k=kind, m=number(t, Decimal(rng.randint(2, now[i] - 1)))))
            elif manner == 4 and now[i] > 12:
                scale = 10 ** (len(str(now[i])) - 1)
                rough = now[i] // scale * scale
                if rough != now[i]:
                    said.append(t.rough.format(m=number(t, Decimal(rough)), k=kind))
            elif manner == 5:
                said.append(t.elsewhere.format(m=number(t, Decimal(self.skewed(900))), k=kind))
            elif manner == 6:
                said.append(t.long_ago.format(m=number(t, Decimal(self.skewed(900))), k=kind))
        return said


def number(tongue: Tongue, value: Decimal) -> str:
    """A number as the language writes it."""
    whole, _, rest = f"{abs(value):,f}".partition(".")
    return ("-" if value < 0 else "") + whole.replace(",", tongue.thousands) + (tongue.decimal + rest if rest else "")


def printed(tongue: Tongue, value: Fraction, places: int, unit: str, *, sign: bool = False) -> Printed:
    """A number rounded half up to so many places, printed with its unit."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = number(tongue, rounded)
    if sign and rounded > 0:
        text = "+" + text
    text += tongue.percent if unit == "percent" else ""
    return Printed(float(rounded), f"€ {text}" if unit == "eur" else text, unit)


TITLES = {
    "nl": "Tabel: klachten",
    "fr": "Tableau : plaintes",
    "de": "Tabelle: Beschwerden",
    "en": "Table: complaints",
}


def _column(r: Sequence[int], c: int) -> list[At]:
    return [(x, c) for x in r]


def shares_below(m: _Maker) -> Retold:
    """Years down, kinds across, and under each year a row of shares."""
    kinds, t = m.kinds(4, 8), m.tongue
    rows: list[tuple[str, ...]] = []
    values: list[list[int]] = []
    for y in range(YEAR - m.rng.randint(1, 3), YEAR + 1):
        r = len(rows)
        values.append([m.skewed(m.rng.choice((80, 900, 6000))) for _ in kinds])
        for c, v in enumerate((*values[-1], sum(values[-1]))):
            m.count((r, c), v)
        m.sums((r, len(kinds)), [(r, c) for c in range(len(kinds))])
        for c in range(len(kinds) + 1):
            m.share((r + 1, c), (r, c), (r, len(kinds)), 1)
        rows += [(str(y), t.count), (str(y), "%")]
    columns = [*((k,) for k in kinds), (t.total.lower(),)]
    return m.made("shares below", TITLES[t.code], rows, columns, m.tell(kinds, values[-1], values[-2]))


def outcome_pairs(m: _Maker) -> Retold:
    """Outcomes with their number and their share of the row."""
    kinds, t = m.kinds(4, 11), m.tongue
    names = [m.head(k) for k in ("founded", "unfounded", "open")]
    body = [[m.skewed(400) for _ in names] for _ in kinds]
    lines = [*body, [sum(b[k] for b in body) for k in range(3)]]
    places = m.rng.choice((0, 1))
    for r, line in enumerate(lines):
        for c, v in enumerate((*line, sum(line))):
            m.count((r, 2 * c), v)
        m.sums((r, 6), [(r, 0), (r, 2), (r, 4)])
        for c in range(3):
            m.share((r, 2 * c + 1), (r, 2 * c), (r, 6), places)
    for c in (0, 2, 4, 6):
        m.sums((len(kinds), c), _column(range(len(kinds)), c))
    columns = [(n, what) for n in names for what in (t.count, "%")]
    rows = [*((k,) for k in kinds), (t.total,)]
    return m.made(
        "outcome pairs", TITLES[t.code], rows, [*columns, (t.total.lower(), t.count)], m.tell(kinds, [*map(sum, body)])
    )


def amounts(m: _Maker) -> Retold:
    """Files, what was paid in euros and cents, and the mean a file."""
    kinds, t = m.kinds(4, 10), m.tongue
    files = [m.skewed(300) + 2 for _ in kinds]
    paid = [Fraction(m.rng.randint(2_000, 90_000) * n, 100) for n in files]
    lines = [*zip(files, paid, strict=True), (sum(files), sum(paid, Fraction(0)))]
    for r, (n, amount) in enumerate(lines):
        m.count((r, 0), n)
        m.decimal((r, 1), amount, 2, "eur")
        m.decimal((r, 2), amount / n, 2, "eur")
        m.rules.append(Rule((r, 2), ((r, 0), (r, 1)), lambda v: v[1] / v[0], 0.0051))
    for c in (0, 1):
        m.sums((len(kinds), c), _column(range(len(kinds)), c), 0.004)
    rows = [*((k,) for k in kinds), (t.total,)]
    columns = [(m.head(k),) for k in ("files", "paid", "mean_paid")]
    return m.made("amounts", TITLES[t.code], rows, columns, ())


def channel_groups(m: _Maker) -> Retold:
    """Channels in two groups with a subtotal each, and a total over both."""
    kinds, t = m.kinds(4, 12), m.tongue
    digital, paper = ("email", "website", "app"), ("letter", "form")
    body = [[m.skewed(700) for _ in (*digital, *paper)] for _ in kinds]
    lines = [*body, [sum(b[k] for b in body) for k in range(5)]]
    for r, (a, b, c, d, e) in enumerate(lines):
        for at, v in enumerate((a, b, c, a + b + c, d, e, d + e, a + b + c + d + e)):
            m.count((r, at), v)
        m.sums((r, 3), [(r, 0), (r, 1), (r, 2)])
        m.sums((r, 6), [(r, 4), (r, 5)])
        m.sums((r, 7), [(r, 3), (r, 6)])
    for c in range(8):
        m.sums((len(kinds), c), _column(range(len(kinds)), c))
    sub = m.head("subtotal")
    columns = [
        *((m.head("digital"), m.head(k)) for k in digital),
        (m.head("digital"), sub),
        *((m.head("paper"), m.head(k)) for k in paper),
        (m.head("paper"), sub),
        (t.total.lower(),),
    ]
    rows = [*((k,) for k in kinds), (t.total,)]
    return m.made("channel groups", TITLES[t.code], rows, columns, m.tell(kinds, [*map(sum, body)]))


def beside_the_total(m: _Maker) -> Retold:
    """Complaints with their total, then requests that are none, then the total of both; years across."""
    kinds, t = m.kinds(4, 10), m.tongue
    years = m.rng.randint(2, 4)
    data = [[m.skewed(m.rng.choice((60, 800))) for _ in kinds] for _ in range(years)]
    for c, values in enumerate(data):
        questions = m.skewed(3000)
        for r, v in enumerate((*values, sum(values), questions, sum(values) + questions)):
            m.count((r, c), v)
        m.sums((len(kinds), c), _column(range(len(kinds)), c))
        m.sums((len(kinds) + 2, c), [(len(kinds), c), (len(kinds) + 1, c)])
    rows = [*((k,) for k in kinds), *((m.head(k),) for k in ("total_complaints", "questions", "grand"))]
    columns = [(str(YEAR - years + 1 + c),) for c in range(years)]
    return m.made("beside the total", TITLES[t.code], rows, columns, m.tell(kinds, data[-1], data[-2]))


def terms(m: _Maker) -> Retold:
    """Complaints, those handled within three terms (each holding the ones before), shares of two of them."""
    services, t = m.rng.sample(m.tongue.services, m.rng.randint(4, 6)), m.tongue
    body = []
    for _ in services:
        n = m.skewed(900) + 8
        cuts = sorted(m.rng.randint(0, n) for _ in range(3))
        body.append([n, *cuts])
    lines = [*body, [sum(b[k] for b in body) for k in range(4)]]
    for r, line in enumerate(lines):
        for c, v in enumerate(line):
            m.count((r, c), v)
        for c, of in ((4, 1), (5, 3)):
            m.share((r, c), (r, of), (r, 0), 1)
    for c in range(4):
        m.sums((len(services), c), _column(range(len(services)), c))
    rows = [*((s,) for s in services), (t.total,)]
    columns = [
        (t.complaints,),
        *((m.head("within", n=n),) for n in (5, 10, 20)),
        *((m.head("within_share", n=n),) for n in (5, 20)),
    ]
    return m.made("terms", TITLES[t.code], rows, columns, ())


def commonest(m: _Maker) -> Retold:
    """The commonest kinds and all complaints, of which the rest is not printed; two years with shares of all."""
    kinds, t = m.kinds(5, 9), m.tongue
    data = [sorted((m.skewed(2500) + 20 for _ in kinds), reverse=True) for _ in range(2)]
    for y, values in enumerate(data):
        everything = sum(values) + m.skewed(4000) + 50
        for r, v in enumerate((*values, everything)):
            m.count((r, 2 * y), v)
        for r in range(len(values) + 1):
            m.share((r, 2 * y + 1), (r, 2 * y), (len(values), 2 * y), 1)
    rows = [*((k,) for k in kinds), (m.head("everything"),)]
    columns = [(str(y), what) for y in (YEAR - 1, YEAR) for what in (t.count, "%")]
    said = [t.restate.format(y=YEAR, n=number(t, Decimal(data[1][0])), k=kinds[0].lower())]
    return m.made("commonest", TITLES[t.code], rows, columns, said)


def profile(m: _Maker) -> Retold:
    """One total divided twice, by sex and by age, each with shares; two years."""
    t = m.tongue
    sexes = [m.head(k) for k in ("woman", "man", "unknown")]
    ages = ["< 18", "18-34", "35-64", "65+", m.head("unknown")]
    for y in range(2):
        n = m.skewed(4000) + 100
        parts = [n]
        for size in (3, 5):
            cuts = sorted(m.rng.randint(0, n) for _ in range(size - 1))
            parts += [b - a for a, b in zip((0, *cuts), (*cuts, n), strict=True)]
        for r, v in enumerate(parts):
            m.count((r, 2 * y), v)
        for r in range(len(parts)):
            m.share((r, 2 * y + 1), (r, 2 * y), (0, 2 * y), 1)
        m.sums((0, 2 * y), _column(range(1, 4), 2 * y))
        m.sums((0, 2 * y), _column(range(4, 9), 2 * y))
    rows = [(t.total,), *((m.head("sex"), s) for s in sexes), *((m.head("age"), a) for a in ages)]
    columns = [(str(y), what) for y in (YEAR - 1, YEAR) for what in (t.count, "%")]
    return m.made("profile", TITLES[t.code], rows, columns, ())


def against_the_mean(m: _Maker) -> Retold:
    """Three years, their mean to one place, the reporting year, and by how much it differs from the mean."""
    kinds, t = m.kinds(4, 11), m.tongue
    body = [[m.skewed(1200) + 12 for _ in range(4)] for _ in kinds]
    lines = [*body, [sum(b[k] for b in body) for k in range(4)]]
    for r, (a, b, c, now) in enumerate(lines):
        mean = Fraction(a + b + c, 3)
        for at, v in ((0, a), (1, b), (2, c), (4, now)):
            m.count((r, at), v)
        m.decimal((r, 3), mean, 1, "count")
        m.decimal((r, 5), 100 * (now - mean) / mean, 1, "percent", sign=True)
        m.rules.append(Rule((r, 3), ((r, 0), (r, 1), (r, 2)), lambda v: sum(v) / 3, 0.0501))
        m.rules.append(
            Rule((r, 5), ((r, 0), (r, 1), (r, 2), (r, 4)), lambda v: 100 * (v[3] / (sum(v[:3]) / 3) - 1), 0.0501)
        )
    for c in (0, 1, 2, 4):
        m.sums((len(kinds), c), _column(range(len(kinds)), c))
    years = [(str(YEAR - 3 + k),) for k in range(3)]
    rows = [*((k,) for k in kinds), (t.total,)]
    columns = [*years, (f"{m.head('mean')} {YEAR - 3}-{YEAR - 1}",), (str(YEAR),), (m.head("deviation"),)]
    said = m.tell(kinds, [b[3] for b in body], [b[2] for b in body])
    return m.made("against the mean", TITLES[t.code], rows, columns, said)


def points(m: _Maker) -> Retold:
    """Two years with shares, and the change of the share in percentage points, computed before rounding."""
    kinds, t = m.kinds(4, 11), m.tongue
    data = [[m.skewed(900) + 3 for _ in kinds] for _ in range(2)]
    last = len(kinds)
    for y, values in enumerate(data):
        for r, v in enumerate((*values, sum(values))):
            m.count((r, 2 * y), v)
        m.sums((last, 2 * y), _column(range(last), 2 * y))
        for r in range(last + 1):
            m.share((r, 2 * y + 1), (r, 2 * y), (last, 2 * y), 1)
    for r in range(last):
        change = Fraction(100 * data[1][r], sum(data[1])) - Fraction(100 * data[0][r], sum(data[0]))
        m.decimal((r, 4), change, 1, "percent", sign=True)
        m.rules.append(Rule((r, 4), ((r, 1), (r, 3)), lambda v: v[1] - v[0], 0.1501))
    rows = [*((k,) for k in kinds), (t.total,)]
    columns = [*((str(y), what) for y in (YEAR - 1, YEAR) for what in (t.count, "%")), (m.head("points"),)]
    return m.made("points", TITLES[t.code], rows, columns, m.tell(kinds, data[1], data[0]))


def marks(m: _Maker) -> Retold:
    """How many gave each mark from one to five, how many answered, and the mean mark."""
    services, t = m.rng.sample(m.tongue.services, m.rng.randint(4, 6)), m.tongue
    body = [[m.skewed(250) for _ in range(5)] for _ in services]
    lines = [*body, [sum(b[k] for b in body) for k in range(5)]]
    for r, line in enumerate(lines):
        for c, v in enumerate((*line, sum(line))):
            m.count((r, c), v)
        m.sums((r, 5), [(r, c) for c in range(5)])
        m.decimal((r, 6), Fraction(sum((k + 1) * v for k, v in enumerate(line)), sum(line)), 2, "score")
        m.rules.append(
            Rule(
                (r, 6),
                tuple((r, c) for c in range(5)),
                lambda v: sum((k + 1) * n for k, n in enumerate(v)) / sum(v),
                0.00501,
            )
        )
    for c in range(6):
        m.sums((len(services), c), _column(range(len(services)), c))
    rows = [*((s,) for s in services), (m.head("everyone"),)]
    columns = [*((str(k),) for k in range(1, 6)), (m.head("answers"),), (m.head("score"),)]
    return m.made("marks", TITLES[t.code], rows, columns, ())


def only_shares(m: _Maker) -> Retold:
    """Shares of each row to one place, and how many answered; no other count."""
    services, t = m.rng.sample(m.tongue.services, m.rng.randint(4, 6)), m.tongue
    body = [[m.skewed(300) for _ in range(3)] for _ in services]
    lines = [*body, [sum(b[k] for b in body) for k in range(3)]]
    for r, line in enumerate(lines):
        for c, v in enumerate(line):
            m.decimal((r, c), Fraction(100 * v, sum(line)), 1, "percent")
        m.count((r, 3), sum(line))
        m.rules.append(Rule((r, 0), ((r, 1), (r, 2)), lambda v: 100 - sum(v), 0.1501))
    m.sums((len(services), 3), _column(range(len(services)), 3))
    rows = [*((s,) for s in services), (m.head("everyone"),)]
    columns = [*((m.head(k),) for k in ("satisfied", "neutral", "dissatisfied")), (m.head("answers"),)]
    return m.made("only shares", TITLES[t.code], rows, columns, ())


FAMILIES: tuple[Callable[[_Maker], Retold], ...] = (
    shares_below,
    outcome_pairs,
    amounts,
    channel_groups,
    beside_the_total,
    terms,
    commonest,
    profile,
    against_the_mean,
    points,
    marks,
    only_shares,
)


def retold(number_of_tables: int, seed: int) -> list[Retold]:
    """`number_of_tables` tables, families and languages in turn."""
    rng = random.Random(seed)
    tables = []
    for i in range(number_of_tables):
        language = LANGUAGES[(i // len(FAMILIES)) % len(LANGUAGES)]
        table = FAMILIES[i % len(FAMILIES)](_Maker(rng, language))
        assert all(rule.holds(table.cells) for rule in table.rules), table.family
        tables.append(table)
    return tables
