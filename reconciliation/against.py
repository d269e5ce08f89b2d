"""Sentences and lists held against the tables of the same body, and against one another.

A sentence is compared with a cell only when every word that says what the cell counts stands in what the sentence
counts, and every further word of the sentence is explained by the table's title or the body's name: a narrower phrase
counts something narrower. A sentence that any such cell agrees with is right. What remains is a `warning`, and an
`error` where the figure is a typing slip away from the cell's, or where two figures of the text are exchanged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from reconciliation.findings import Culprit, Finding, Severity, finding_at
from reconciliation.grid import Grid, Number
from reconciliation.numbers import same, show, slip
from reconciliation.sentences import Said, place
from reconciliation.sentences_read import Sentence
from reconciliation.words import all_words, keywords, says_total, years

_COMPARED = frozenset({"count", "percent"})


@dataclass(frozen=True, slots=True)
class _Claim:
    """A number with the words that say what it counts, and those of its surroundings that may be repeated with it."""

    number: Number
    words: frozenset[str]
    around: frozenset[str]


def text_findings(numbers: Sequence[Number], grids: Sequence[Grid], doubted: Collection[str]) -> list[Finding]:
    """Text against tables and text against text, in one report; `doubted` numbers are reported already."""
    cells = _cell_claims(grids)
    texts = [_text_claim(n) for n in numbers if n.kind in ("prose", "list", "chart") and n.unit in _COMPARED]
    by_id = {n.id: n for n in numbers}
    other_years: dict[tuple[str, str, frozenset[str]], set[float]] = defaultdict(set)
    for cell in cells:
        other_years[cell.number.organisation, cell.number.unit, cell.words].add(cell.number.value)
    by_word: dict[tuple[str, int | None, str, str], list[_Claim]] = defaultdict(list)
    for cell in cells:
        for word in cell.words:
            by_word[cell.number.organisation, cell.number.year, cell.number.unit, word].append(cell)
    found: dict[str, Finding] = {}
    agreed: set[str] = set()
    totals = [c.number for c in _totals(grids)]
    for text in texts:
        if text.words <= keywords(text.number.organisation):
            slipped = _total_slip(text.number, totals)
            if slipped is not None and not {text.number.id, slipped.id} & set(doubted):
                sure: Severity = "error" if slip(text.number.value, slipped.value) == "swap" else "warning"
                found[text.number.id] = _mismatch(text.number, slipped, sure, [slipped.id])
            continue
        key = (text.number.organisation, text.number.year, text.number.unit)
        near = {c.number.id: c for w in text.words for c in by_word.get((*key, w), ())}
        same_thing = [c for c in near.values() if c.words <= text.words and text.words - c.words <= c.around]
        most = max((len(c.words) for c in same_thing), default=0)
        same_thing = [c for c in same_thing if len(c.words) == most]
        if any(same(c.number.value, text.number.value) for c in same_thing):
            agreed.add(text.number.id)
            continue
        if _of_another_year(text, same_thing, other_years):
            continue
        if len({c.number.value for c in same_thing}) == 1 and not (
            {text.number.id, same_thing[0].number.id} & set(doubted)
        ):
            found[text.number.id] = _against(text, same_thing[0], same_thing)
    found.update(_texts(texts, set(doubted) | set(found), agreed))
    return [f for f in _exchanged(found, texts) if f.severity == "error" or _meant(f, by_id)]


def _meant(finding: Finding, by_id: dict[str, Number]) -> bool:
    """Whether a figure is near enough to the cell's to be meant as it; a part of the same thing lies further off.

    Text against text is kept: there the words are the same on both sides.
    """
    if finding.printed is None or finding.expected is None or by_id[finding.observations[1]].kind != "cell":
        return True
    low, high = sorted((abs(finding.printed), abs(finding.expected)))
    return low >= 20 and (high - low <= 0.25 * high or slip(finding.printed, finding.expected) is not None)


def _of_another_year(
    text: _Claim, cells: Sequence[_Claim], values: dict[tuple[str, str, frozenset[str]], set[float]]
) -> bool:
    """Whether the figure stands in the cell's line under another year: then the sentence speaks of that year."""
    n = text.number
    return any(n.value in values[n.organisation, n.unit, c.words] for c in cells)


def _cell_claims(grids: Sequence[Grid]) -> list[_Claim]:
    claims = []
    for grid in grids:
        around = keywords(grid.title) | keywords(grid.organisation)
        for (r, c), number in grid.cells.items():
            if number.unit not in _COMPARED:
                continue
            row, column = grid.rows[r], grid.columns[c]
            words = (frozenset() if says_total(row.last) else keywords(row.label)) | (
                frozenset() if says_total(column.last) else keywords(column.label)
            )
            if words and number.year is not None:
                claims.append(_Claim(number, words, around))
    return claims


def _totals(grids: Sequence[Grid]) -> list[_Claim]:
    """The grand totals of the tables: cells that no word but a year and a total word describes."""
    return [
        _Claim(number, frozenset(), frozenset())
        for grid in grids
        for (r, c), number in grid.cells.items()
        if number.unit == "count"
        and grid.rows[r].total
        and (grid.columns[c].total or not keywords(grid.columns[c].label))
        and number.year is not None
    ]


def _total_slip(text: Number, totals: Sequence[Number]) -> Number | None:
    """The one grand total of the body and year that a plain count (`1606 files handled`) misses by a typing slip.

    None when some total equals it: then it is that total. A figure within 4 % is left alone too: counts with and
    without the inadmissible, of two dates, of files and of complaints lie that near to each other.
    """
    if text.unit != "count" or text.value < 100 or text.kind != "prose" or not _states_year(text):
        return None
    same_year = [t for t in totals if t.organisation == text.organisation and t.year == text.year]
    if any(same(t.value, text.value) for t in same_year):
        return None
    apart = [t for t in same_year if abs(t.value - text.value) > 0.04 * max(t.value, text.value)]
    slipped = {t.value: t for t in apart if _is_slip(text, t)}
    return next(iter(slipped.values())) if len(slipped) == 1 else None


def _text_claim(number: Number) -> _Claim:
    words = keywords(number.row_label) | keywords(number.column_label)
    # The items of a list are parts of what its title names.
    return _Claim(number, words | keywords(number.title) if number.kind != "prose" else words, frozenset())


def _against(text: _Claim, other: _Claim, all_same: Sequence[_Claim]) -> Finding:
    a, b = text.number, other.number
    severity: Severity = "error" if _is_slip(a, b) and _states_year(a) else "warning"
    return _mismatch(a, b, severity, [c.number.id for c in all_same])


def _is_slip(a: Number, b: Number) -> bool:
    """Whether typing explains the difference of two counts.

    Below 20 every other number is one digit away, and a percentage may well be one of another base.
    """
    return a.unit == "count" and min(a.value, b.value) >= 20 and slip(a.value, b.value) is not None


def _states_year(n: Number) -> bool:
    return n.says_year or n.year in years(n.sentence)


def _mismatch(a: Number, b: Number, severity: Severity, ids: Iterable[str], culprit: Culprit = "unclear") -> Finding:
    at, other = place(a), place(b)
    said = Said(
        f"{at.en}: printed is {a.printed or show(a.value, 'en')}; {other.en} gives {b.printed or show(b.value, 'en')} "
        "for the same thing and period.",
        f"{at.nl}: gedrukt staat {a.printed or show(a.value)}; {other.nl} geeft {b.printed or show(b.value)} "
        "voor hetzelfde en dezelfde periode.",
        f"{show(a.value, 'en')} against {show(b.value, 'en')}",
    )
    return finding_at(
        a,
        "text_table_mismatch",
        severity,
        said,
        expected=b.value,
        observations=ids,
        culprit=culprit,
        place=f"{b.table} {b.row_label} {b.column_label}",
    )


def _texts(texts: Sequence[_Claim], doubted: set[str], agreed: set[str]) -> dict[str, Finding]:
    """Two sentences, or a sentence and a list, that give one thing two values."""
    groups: dict[tuple[str, int | None, str, frozenset[str]], list[_Claim]] = defaultdict(list)
    for text in texts:
        n = text.number
        # One word alone (`served`, `solved`) returns in too many sentences to be one thing.
        if len(text.words) >= 2 and n.year is not None:
            groups[n.organisation, n.year, n.unit, all_words(n.row_label) | all_words(n.column_label)].append(text)
    found = {}
    for group in groups.values():
        if len({c.number.value for c in group}) != 2:
            continue
        # The later one is held against the earlier, a list or chart before a sentence.
        ordered = sorted(group, key=lambda c: (c.number.kind == "prose", c.number.page, c.number.order))
        first = ordered[0].number
        other = next(c.number for c in ordered if not same(c.number.value, first.value))
        if other.id in agreed or {first.id, other.id} & doubted or first.sentence == other.sentence != "":
            continue
        # The bars of two charts are parts of what each title names, and may well be labelled alike (by month).
        if first.kind == other.kind == "chart" and keywords(first.title) != keywords(other.title):
            continue
        # Two sentences may use the same words of two things (of calls here, of letters there); a list names its items.
        slipped = _is_slip(other, first)
        if first.kind != "prose" or slipped:
            severity: Severity = "error" if slipped and first.kind != "prose" else "warning"
            found[other.id] = _mismatch(other, first, severity, [first.id])
    return found


def _exchanged(found: dict[str, Finding], texts: Sequence[_Claim]) -> list[Finding]:
    """Mismatches of which two print each other's value: the text exchanged them, which settles both.

    The second figure may be worded so that no label matched; it is then found beside the first one (the same body and
    page, within two pages) by the value that the first one should have had.
    """
    by_id = {t.number.id: t.number for t in texts}
    result = dict(found)
    for key, finding in found.items():
        a = by_id.get(key)
        if a is None or finding.expected is None:
            continue
        for other_key, other in found.items():
            b = by_id.get(other_key)
            if (
                b is not None
                and other_key != key
                and finding.organisation == other.organisation
                and _crossed(finding, other)
            ):
                result[key] = _settled(finding, b)
        if result[key] is not finding:
            continue
        partner = _partner(a, finding, texts, by_id, found)
        if partner is not None:
            b, source = partner
            result[key] = _settled(finding, b)
            result[b.id] = _settled(_mismatch(b, source, "error", [source.id]), a)
    return list(result.values())


def _crossed(one: Finding, two: Finding) -> bool:
    return (
        one.printed is not None
        and two.printed is not None
        and one.expected is not None
        and two.expected is not None
        and same(one.printed, two.expected)
        and same(one.expected, two.printed)
    )


def _partner(
    a: Number, finding: Finding, texts: Sequence[_Claim], by_id: dict[str, Number], found: dict[str, Finding]
) -> tuple[Number, Number] | None:
    """The other figure of an exchange, and the list item or chart bar that gives its right value."""
    source = next((by_id[i] for i in finding.observations if i in by_id and i != a.id), None)
    if source is None or finding.expected is None or not source.table:
        return None
    siblings = [
        t.number
        for t in texts
        if t.number.table == source.table
        and t.number.kind == source.kind
        and t.number.unit == a.unit
        and t.number.id != source.id
        and same(t.number.value, a.value)
    ]
    beside = [
        t.number
        for t in texts
        if t.number.kind == "prose"
        and t.number.id not in (a.id, *found)
        and t.number.organisation == a.organisation
        and t.number.unit == a.unit
        and t.number.sentence != source.sentence
        and 0 <= t.number.order - a.order <= 6
        and abs(t.number.page - a.page) <= 1
        and same(t.number.value, finding.expected)
    ]
    return (beside[0], siblings[0]) if len(siblings) == 1 and len(beside) == 1 else None


def _settled(finding: Finding, other: Number) -> Finding:
    at = place(other)
    return Finding(
        report=finding.report,
        organisation=finding.organisation,
        kind=finding.kind,
        severity="error",
        table=finding.table,
        row_label=finding.row_label,
        column_label=finding.column_label,
        printed=finding.printed,
        expected=finding.expected,
        page=finding.page,
        message=f"{finding.message} The text exchanged it with {at.en[:1].lower()}{at.en[1:]}.",
        message_nl=f"{finding.message_nl} De tekst verwisselde het met {at.nl[:1].lower()}{at.nl[1:]}.",
        proof=finding.proof,
        observations=(*finding.observations, other.id),
        repair_place=finding.observations[0],
        culprit="publisher",
        place=finding.place,
    )


def difference_findings(sentences: Sequence[Sentence], grids: Sequence[Grid]) -> list[Finding]:
    """`295 files fewer than in 2022` against the totals of the body's tables for both years.

    Nothing is said when any line of any table has that difference, nor when none is a typing slip away from it.
    """
    gaps: dict[tuple[str, int, int], list[tuple[float, Number, Number, bool]]] = defaultdict(list)
    for grid in grids:
        for r, row in enumerate(grid.rows):
            cells = [n for (rr, _), n in grid.cells.items() if rr == r and n.unit == "count" and n.year is not None]
            for a in cells:
                for b in cells:
                    if a.year is not None and b.year is not None and a.year < b.year:
                        gaps[grid.organisation, a.year, b.year].append((abs(a.value - b.value), a, b, row.total))
    found = []
    for sentence in sentences:
        counts = sentence.counts
        if len(counts) != 1 or not sentence.tells_change or sentence.is_about(counts[0]):
            continue
        n = counts[0].number
        named = [y for y in years(sentence.text) if y != n.year]
        if n.year is None or len(set(named)) != 1 or n.value < 20:
            continue
        known = gaps.get((n.organisation, min(named[0], n.year), max(named[0], n.year)), [])
        if any(same(gap, n.value) for gap, *_ in known):
            continue
        near = [(gap, a, b) for gap, a, b, total in known if total and gap and slip(n.value, gap)]
        if len(near) == 1 and any(same(n.value, x.value) for g in near for x in g[1:]) is False:
            found.append(_difference(n, *near[0]))
    return found


def _difference(n: Number, gap: float, a: Number, b: Number) -> Finding:
    at, table = place(n), place(b)
    sums = [
        f"{show(max(a.value, b.value), g)} − {show(min(a.value, b.value), g)} = {show(gap, g)}" for g in ("en", "nl")
    ]
    said = Said(
        f"{at.en}: printed is a difference of {show(n.value, 'en')}; {table.en} gives {sums[0]}.",
        f"{at.nl}: gedrukt staat een verschil van {show(n.value)}; {table.nl} geeft {sums[1]}.",
        f"{sums[0]}, printed {show(n.value, 'en')}",
    )
    return finding_at(
        n, "text_table_mismatch", "warning", said, expected=gap, observations=[a.id, b.id], repair_place=n.id
    )
