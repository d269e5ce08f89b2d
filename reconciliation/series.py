"""Yearly series of one report held against one another: tables, and sentences that give several years.

A series is one line of a table by year, or one thing counted by year in sentences. Two series that agree in the years
that they share are about the same thing; then a year in which they differ is a contradiction, and a value that stands
under another year in one of them means that one of the two headers is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reconciliation.findings import Finding, Severity, finding_at
from reconciliation.grid import Grid, Number
from reconciliation.numbers import same, show, slip
from reconciliation.sentences import Said, place
from reconciliation.words import all_words, keywords, without_years, years

#: A total that two tables print alike counts one thing in both, from this size on.
_SURELY_ONE = 100
#: Totals of one thing that differ by no more than this part are one of them wrong; further off they count otherwise.
_LITTLE = 0.03
#: Values below this agree by accident too often to prove that two series are one.
_TELLING = 20


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one thing by year. `table` is empty for sentences; `words` say what is counted, `near` its title."""

    report: str
    organisation: str
    table: str
    title: str
    label: str
    words: frozenset[str]
    total: bool
    by_year: dict[int, Number]

    @property
    def name(self) -> str:
        """How the series is named in a sentence."""
        return self.label or self.title


def table_series(grid: Grid) -> list[Series]:
    """The series of a table whose columns, or rows, are years. Only counts."""
    return [*_by_column(grid), *_by_column(grid.turned(), turned=True)]


def _by_column(grid: Grid, *, turned: bool = False) -> list[Series]:
    groups: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for c, line in enumerate(grid.columns):
        printed = years(line.label)
        if len(set(printed)) == 1 and grid.column_unit(c) == "count":
            groups[without_years(line.label)].append((printed[0], c))
    found = []
    for rest, columns in groups.items():
        if len({y for y, _ in columns}) < 2 or len({y for y, _ in columns}) != len(columns):
            continue
        for r, row in enumerate(grid.rows):
            if years(row.label):
                continue
            by_year = {y: grid.cells[r, c] for y, c in columns if (r, c) in grid.cells}
            if len(by_year) >= 2:
                words = (frozenset() if row.total else keywords(row.label)) | keywords(rest)
                found.append(
                    Series(grid.report, grid.organisation, grid.table, grid.title, row.label, words, row.total, by_year)
                )
    return found


def prose_series(numbers: Iterable[Number]) -> list[Series]:
    """Sentences and lists that count one thing in several years."""
    groups: dict[tuple[str, str, frozenset[str]], dict[int, Number]] = defaultdict(dict)
    for n in numbers:
        if n.kind in ("prose", "list") and n.unit == "count" and n.year is not None:
            groups[n.report, n.organisation, all_words(n.row_label)].setdefault(n.year, n)
    found = []
    for (report, organisation, _), by_year in groups.items():
        if len(by_year) >= 2:
            label = next(iter(by_year.values())).row_label
            found.append(Series(report, organisation, "", "", label, keywords(label), False, by_year))
    return found


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two series with the years in which they agree, differ, and print one value under two years."""

    one: Series
    two: Series
    agree: tuple[int, ...]
    clash: tuple[int, ...]
    moved: tuple[tuple[int, int], ...]


def series_findings(series: Sequence[Series], confirmed: frozenset[str]) -> list[Finding]:
    """Contradictions between the series of one report; `confirmed` are cells that sums of their own table bear out."""
    pairs = [
        pair
        for i, one in enumerate(series)
        for two in series[i + 1 :]
        if one.organisation == two.organisation and (one.table != two.table or not one.table)
        if (pair := _pair(one, two)) is not None
    ]
    return [*_years(pairs), *_clashes(pairs, confirmed, _votes(series))]


_Votes = Mapping[tuple[str, int, float], int]


def _votes(series: Sequence[Series]) -> _Votes:
    """In how many tables (all sentences together count as one) a value stands under a year."""
    where: dict[tuple[str, int, float], set[str]] = defaultdict(set)
    for s in series:
        for year, number in s.by_year.items():
            where[s.organisation, year, number.value].add(s.table)
    return {key: len(tables) for key, tables in where.items()}


def _pair(one: Series, two: Series) -> _Pair | None:
    shared = sorted(set(one.by_year) & set(two.by_year))
    agree = tuple(y for y in shared if same(one.by_year[y].value, two.by_year[y].value))
    clash = tuple(y for y in shared if y not in agree)
    moved = tuple(
        (y, z)
        for y in one.by_year
        for z in two.by_year
        if y != z and one.by_year[y].value >= _TELLING and same(one.by_year[y].value, two.by_year[z].value)
        if z not in agree and y not in agree
    )
    return _Pair(one, two, agree, clash, moved) if agree or moved else None


def _related(one: Series, two: Series) -> bool:
    """Whether labels or titles say that both count the same thing."""
    if one.words and one.words == two.words:
        return True
    a = one.words or keywords(one.title)
    b = two.words or keywords(two.title)
    return bool(a & b) and (a <= b or b <= a or len(a & b) >= 2)


def _telling(pair: _Pair) -> int:
    return sum(pair.one.by_year[y].value >= _TELLING for y in pair.agree)


def _years(pairs: Sequence[_Pair]) -> list[Finding]:
    """Columns whose values stand under another year elsewhere."""
    witnesses: dict[tuple[str, int, int], list[tuple[Number, Number]]] = defaultdict(list)
    for pair in pairs:
        sure = _telling(pair) >= 2 or (_telling(pair) >= 1 and _related(pair.one, pair.two))
        sure = sure or (not pair.agree and _related(pair.one, pair.two) and bool(pair.one.words & pair.two.words))
        if not sure:
            continue
        for y, z in pair.moved:
            a, b = pair.one.by_year[y], pair.two.by_year[z]
            witnesses[pair.one.table, y, z].append((a, b))
            witnesses[pair.two.table, z, y].append((b, a))
    gaps = _gaps(pairs)
    found = []
    settled: set[frozenset[str]] = set()
    # The header that most witnesses contradict first; what contradicts it in turn is then explained.
    for (table, y, z), evidence in sorted(
        witnesses.items(), key=lambda w: (not w[0][0], -len(w[1]), -((w[0][0], w[0][2]) in gaps), w[0])
    ):
        unsettled = [e for e in evidence if frozenset((e[0].id, e[1].id)) not in settled]
        if not unsettled or not table:
            continue
        settled.update(frozenset((a.id, b.id)) for a, b in unsettled)
        # One cell is proof where the table leaves that year out, and the value is too large to have stayed the same.
        sure = len({a.id for a, _ in unsettled}) >= 2 or ((table, z) in gaps and unsettled[0][0].value >= 100)
        found.append(_year_finding(unsettled, y, z, "error" if sure else "warning"))
    return found


def _gaps(pairs: Sequence[_Pair]) -> set[tuple[str, int]]:
    """Years that a table leaves out between the years that it prints."""
    gaps = set()
    for pair in pairs:
        for s in (pair.one, pair.two):
            gaps |= {(s.table, y) for y in range(min(s.by_year), max(s.by_year)) if y not in s.by_year}
    return gaps


def _year_finding(evidence: list[tuple[Number, Number]], y: int, z: int, severity: Severity) -> Finding:
    first = evidence[0][0]
    at = place(first)
    shown = list({(a.id, b.table or b.kind): (a, b) for a, b in evidence}.values())[:4]
    en = "; ".join(f"{show(a.value, 'en')} (“{a.row_label}”) is {z} in {_short(b, 'en')}" for a, b in shown)
    nl = "; ".join(f"{show(a.value)} (“{a.row_label}”) is {z} in {_short(b, 'nl')}" for a, b in shown)
    said = Said(
        f"{at.en}: the column is headed {y}, but its values belong to {z} elsewhere: {en}.",
        f"{at.nl}: boven de kolom staat {y}, maar haar waarden horen elders bij {z}: {nl}.",
        en,
    )
    ids = [i for a, b in evidence for i in (a.id, b.id)]
    return finding_at(
        first,
        "year_mismatch",
        severity,
        said,
        printed=float(y),
        expected=float(z),
        observations=ids,
        repair_place=first.id,
        culprit="publisher" if severity == "error" else "unclear",
    )


def _short(number: Number, language: str) -> str:
    if number.kind == "cell":
        return f"“{number.title}”" if number.title else ("another table" if language == "en" else "een andere tabel")
    return ("a sentence on page " if language == "en" else "een zin op p. ") + str(number.page)


def _clashes(pairs: Sequence[_Pair], confirmed: frozenset[str], votes: _Votes) -> list[Finding]:
    """Years in which two series that are one elsewhere differ."""
    moved = {n.id for p in pairs for y, z in p.moved for n in (p.one.by_year[y], p.two.by_year[z])}
    found = []
    for pair in pairs:
        one, two = pair.one, pair.two
        agreeing = _telling(pair)
        if not agreeing:
            continue
        totals = one.total and two.total
        if not (totals or _related(one, two) or agreeing >= 2):
            continue
        for y in pair.clash:
            a, b = one.by_year[y], two.by_year[y]
            if {a.id, b.id} & moved and pair.moved:
                continue
            spoken = next((s for s in (one, two) if not s.table), None)
            if spoken is not None and (not spoken.words or not _close(a, b)):
                continue  # sentences count many things as plain `complaints`
            severity = _clash_severity(pair, a, b, totals=totals, confirmed=confirmed)
            # The figure that fewer places print is the doubted one; where no year tells, that of the table in doubt.
            doubted = {n.table for n in _outvoted(pair, one.organisation, votes)}
            for_a, for_b = (votes[one.organisation, y, n.value] for n in (a, b))
            if for_a > for_b or (for_a == for_b and doubted == {b.table}):
                a, b = b, a
            found.append(_clash_finding(pair, a, b, severity))
    return found


def _outvoted(pair: _Pair, organisation: str, votes: _Votes) -> list[Number]:
    """The numbers of the years in which two series differ that fewer places print than the other's."""
    fewer = []
    for y in pair.clash:
        a, b = pair.one.by_year[y], pair.two.by_year[y]
        for_a, for_b = (votes[organisation, y, n.value] for n in (a, b))
        if for_a != for_b:
            fewer.append(a if for_a < for_b else b)
    return fewer


def _close(a: Number, b: Number) -> bool:
    return abs(a.value - b.value) <= 0.25 * max(a.value, b.value) or slip(a.value, b.value) is not None


def _clash_severity(pair: _Pair, a: Number, b: Number, *, totals: bool, confirmed: frozenset[str]) -> Severity:
    borne_out = a.id in confirmed and b.id in confirmed
    if borne_out and not totals:
        return "info"  # each adds up in its own table: two things that happen to share some figures
    near = abs(a.value - b.value) <= 0.1 * max(a.value, b.value)
    alike = slip(a.value, b.value) is not None
    if len(pair.agree) >= 2 and alike and not borne_out and _related(pair.one, pair.two):
        return "error"
    # Two sums that both add up, one in another year to the unit: the tables count one thing, and one of them is wrong.
    told = any(pair.one.by_year[y].value >= _SURELY_ONE and pair.one.by_year[y].id in confirmed for y in pair.agree)
    if totals and borne_out and told and abs(a.value - b.value) <= _LITTLE * max(a.value, b.value):
        return "error"
    return "warning" if near or alike or _related(pair.one, pair.two) else "info"


def _clash_finding(pair: _Pair, a: Number, b: Number, severity: Severity) -> Finding:
    of_tables = a.kind == b.kind == "cell"
    # The sentence is what is held against the table: it is the printed side of a text_table_mismatch.
    first, second = (b, a) if a.kind == "cell" and b.kind != "cell" else (a, b)
    at, other = place(first), place(second)
    both = ", ".join(str(y) for y in pair.agree)
    said = Said(
        f"{at.en}: printed is {show(first.value, 'en')}; {other.en} prints {show(second.value, 'en')} for the same "
        f"year, while both agree for {both}.",
        f"{at.nl}: gedrukt staat {show(first.value)}; {other.nl} drukt {show(second.value)} voor hetzelfde jaar, "
        f"terwijl beide overeenkomen voor {both}.",
        f"{show(first.value, 'en')} against {show(second.value, 'en')}",
    )
    return finding_at(
        first,
        "cross_table_mismatch" if of_tables else "text_table_mismatch",
        severity,
        said,
        expected=second.value,
        observations=[second.id, *(s.by_year[y].id for s in (pair.one, pair.two) for y in pair.agree)],
        place=f"{second.table} {second.row_label} {second.column_label}",
    )
