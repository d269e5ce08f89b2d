"""Sentences that add up or divide what stands elsewhere: shares of rows together, parts of a stated whole.

`Together they are 70%`, where the table prints 29% and 41%: rounded percentages were added, and their counts give
another share. `1,748 and 127 …, the others 1,559 and 127` of 3,601: four parts that were meant to make the whole. Both
speak of rows or of a whole that another sentence names, so both are `warning` at most unless the sentence names the
rows itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise

from reconciliation.constraints import Constraint, Share
from reconciliation.findings import Finding, Severity, finding_at
from reconciliation.grid import Number
from reconciliation.numbers import acceptable, decimals, exact, half_up, same, show, slip
from reconciliation.sentences import Said, place
from reconciliation.sentences_read import Sentence, Token
from reconciliation.words import all_words, keywords

_TOGETHER = re.compile(
    r"\b(?:samen|tezamen)\b|\bgezamenlijk|\bensemble\b|\bà eux (?:seuls|deux|trois)\b|\bzusammen\b|"
    r"\btogether\b|\bcombined\b",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"respectievelijk|respectivement|respectively|beziehungsweise|\bbzw\b|\b(?:de )?rest\b|overige|\brestants?\b|"
    r"\bautres\b|übrige|\brestlichen?\b|\bremain(?:ing|der)\b|\bthe others?\b",
    re.IGNORECASE,
)
#: A share of several rows that lies further than this (in points) from the printed one is a share of something else.
_NEAR = 1.6
#: Parts that miss their whole by more than this are taken for some of its parts.
_SHORT = 0.02
#: Sentences after the one that states a whole in which its parts are still looked for.
_AFTER = 6


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a column of shares: the printed percentage and the count that it is the share of."""

    percent: Number
    count: Number


_Column = tuple[Number, tuple[_Row, ...]]


def together_findings(
    sentences: Sequence[Sentence], constraints: Sequence[Constraint], numbers: Mapping[str, Number]
) -> list[Finding]:
    """Percentages that a sentence gives for rows together, against the counts of those rows in a table beside it."""
    columns = list(_share_columns(constraints, numbers))
    found = []
    for sentence in sentences:
        percents = [t for t in sentence.percents if t.start >= 0]
        if len(percents) != 1 or not _TOGETHER.search(sentence.text) or sentence.is_about(percents[0]):
            continue
        finding = _together(sentence, percents[0], columns)
        if finding:
            found.append(finding)
    return found


def _share_columns(constraints: Sequence[Constraint], numbers: Mapping[str, Number]) -> Iterator[_Column]:
    """The columns of percentages of tables, each with its base and its rows; the base's own row left out."""
    rows: dict[tuple[str, tuple[str, ...]], list[_Row]] = defaultdict(list)
    for c in constraints:
        if isinstance(c, Share) and not c.change and c.scale == 100 and len(c.base) == 1 and c.part != c.base[0]:
            rows[c.base[0], numbers[c.share].columns].append(_Row(numbers[c.share], numbers[c.part]))
    for (base, _), members in rows.items():
        if len(members) >= 3:
            yield numbers[base], tuple(members)


def _together(sentence: Sentence, percent: Token, columns: Sequence[_Column]) -> Finding | None:
    """The finding on a sentence's percentage, where one set of rows of one column is what it must mean."""
    p = percent.number
    said = all_words(sentence.text)
    meant: list[tuple[Number, tuple[_Row, ...]]] = []
    for base, rows in columns:
        if base.organisation != p.organisation or abs(base.page - p.page) > 1 or base.year not in (None, p.year):
            continue
        named = tuple(r for r in rows if (w := _label_words(r.count)) and w <= said)
        sets = [named] if len(named) >= 2 else [c for k in (2, 3) for c in combinations(rows, k)]
        if any(_fits(base, chosen, p) for chosen in sets):
            return None
        summed = [c for c in sets if same(round(sum(r.percent.value for r in c), 6), p.value)]
        near = [c for c in summed if abs(_share(base, c) - p.value) <= _NEAR]
        # Without names the rows must be the largest ones: those are what a text adds up.
        if len(near) == 1 and (len(named) >= 2 or _largest(near[0], rows)):
            meant.append((base, near[0]))
    # One set of rows in all whose printed percentages make the sentence's, and none whose counts do.
    return _finding(p, *meant[0]) if len(meant) == 1 else None


def _label_words(n: Number) -> frozenset[str]:
    """What a row's label says; an address by e-mail is said as `e-mail`."""
    return keywords("mail" if "@" in n.row_label else n.row_label)


def _largest(chosen: Sequence[_Row], rows: Sequence[_Row]) -> bool:
    least = min(r.count.value for r in chosen)
    return all(r in chosen or r.count.value < least for r in rows)


def _share(base: Number, rows: Sequence[_Row]) -> float:
    return 100 * sum(r.count.value for r in rows) / base.value if base.value else 0.0


def _fits(base: Number, rows: Sequence[_Row], p: Number) -> bool:
    if not base.value:
        return False
    return _right(100 * sum((exact(r.count.value) for r in rows), Fraction(0)) / exact(base.value), p)


def _finding(p: Number, base: Number, rows: Sequence[_Row]) -> Finding:
    places = decimals(p.printed, p.value)
    true = 100 * sum((exact(r.count.value) for r in rows), Fraction(0)) / exact(base.value)
    expected = half_up(true, places)
    at, table = place(p), base.title
    sums = {
        g: f"({' + '.join(show(r.count.value, g) for r in rows)}) / {show(base.value, g)} = "
        f"{show(round(float(true), places + 2), g)} %"
        for g in ("en", "nl")
    }
    added = {g: " + ".join(show(r.percent.value, g) for r in rows) for g in ("en", "nl")}
    names = " + ".join(f"“{r.count.row_label}”" for r in rows)
    said = Said(
        f"{at.en}: printed is {p.printed}, the sum of the printed percentages {added['en']}; the counts of {names} in "
        f"table “{table}” (page {base.page}) give {sums['en']}, so {show(expected, 'en')} at the printed precision.",
        f"{at.nl}: gedrukt staat {p.printed}, de som van de gedrukte percentages {added['nl']}; de aantallen van "
        f"{names} in tabel “{table}” (p. {base.page}) geven {sums['nl']}, dus {show(expected)} op de gedrukte "
        "nauwkeurigheid.",
        sums["en"],
    )
    return finding_at(
        p,
        "share_mismatch",
        "error",
        said,
        expected=expected,
        observations=[*(r.count.id for r in rows), base.id],
        repair_place=p.id,
        culprit="publisher",
    )


def partition_findings(sentences: Sequence[Sentence]) -> list[Finding]:
    """Counts that two sentences share out over a whole stated before them, and that nearly but not quite make it.

    Likely where the sentences say that they share out (`respectively`, `the rest`) what a sentence opened as a whole;
    where nothing says so, four counts or more that come as near are worth knowing, and no more.
    """
    found: dict[str, Finding] = {}
    for i, opening in enumerate(sentences):
        first = opening.tokens[0].number
        after = [
            s
            for s in sentences[i + 1 : i + 1 + _AFTER]
            if s.tokens[0].number.organisation == first.organisation and s.tokens[0].number.page - first.page <= 1
        ]
        told = [s for s in after if _EACH.search(s.text) and len(s.counts) >= 2]
        # A sentence that divides a count of its own (`of the 182, 138 …`) names no parts of another.
        plain = [len(s.counts) >= 2 and not any(s.is_whole(t) for t in s.counts if t.start >= 0) for s in after]
        pairs = [(a, b) for (a, b), both in zip(pairwise(after), pairwise(plain), strict=True) if all(both)]
        for whole in opening.counts:
            n = whole.number
            if whole.start < 0 or n.value < 100 or not n.id or opening.is_about(whole):
                continue
            runs = [told] if len(told) >= 2 and opening.is_whole(whole) else []
            parts = _misses(n, [*runs, *(pairs if n.value >= 500 else [])])
            if parts and all(n.id not in f.observations[1:] for f in found.values()):
                shared_out = bool(runs) and parts == _counts(told)
                before = [s for s in sentences[max(0, i - _AFTER) : i] if _one_place(s.tokens[0].number, first)]
                left_over = shared_out and _is_what_remains(n, before)
                found[n.id] = _partition(n, parts, "error" if left_over else "warning" if shared_out else "info")
    return list(found.values())


def _one_place(a: Number, b: Number) -> bool:
    return a.organisation == b.organisation and abs(b.page - a.page) <= 1


def _is_what_remains(whole: Number, before: Sequence[Sentence]) -> bool:
    """Whether earlier sentences give the whole as well: a count, less those that the next sentence takes from it."""
    return any(
        same(a.number.value - sum(b.number.value for b in two.counts if b is not a), whole.value)
        for one, two in [*pairwise(before), *((s, s) for s in before)]
        for a in one.counts
        if a.number.value > whole.value
    )


def _counts(sentences: Sequence[Sentence]) -> list[Number]:
    return [t.number for s in sentences for t in s.counts]


def _misses(whole: Number, runs: Sequence[Sequence[Sentence]]) -> list[Number]:
    """The first run whose counts nearly make the whole; empty when none does, or one makes it exactly."""
    near: list[Number] = []
    for run in runs:
        parts = _counts(run)
        off = abs(sum(n.value for n in parts) - whole.value)
        if not off:
            return []
        if off <= _SHORT * whole.value and all(n.value < whole.value for n in parts) and not near:
            near = parts
    return near


def _partition(whole: Number, parts: Sequence[Number], severity: Severity) -> Finding:
    at, total = place(whole), sum(n.value for n in parts)
    en, nl = (" + ".join(show(n.value, g) for n in parts) + f" = {show(total, g)}" for g in ("en", "nl"))
    candidates: list[tuple[Number, float]] = [(whole, total)]
    likeliest_en = likeliest_nl = ""
    if severity == "error":
        # The whole stands proven; of the parts the one that repeats another's number is likeliest to be copied from it.
        wanted = [(n, n.value + whole.value - total) for n in parts if n.id and n.value + whole.value > total]
        seen: set[float] = set()
        copied = {n.id for n in parts if n.value in seen or seen.add(n.value)}  # type: ignore[func-returns-value]
        candidates = sorted(wanted, key=lambda c: (c[0].id not in copied, slip(c[0].value, c[1]) is None))
        n, value = candidates[0]
        likeliest_en = (
            f" The whole follows from other counts too; likeliest “{n.printed}” should be {show(value, 'en')}."
        )
        likeliest_nl = f" Het geheel volgt ook uit andere aantallen; allicht moet “{n.printed}” {show(value)} zijn."
    said = Said(
        f"{at.en}: printed is {show(whole.value, 'en')}; the parts into which the text divides it give {en}."
        f"{likeliest_en}",
        f"{at.nl}: gedrukt staat {show(whole.value)}; de delen waarin de tekst het verdeelt geven {nl}.{likeliest_nl}",
        f"{en}, printed {show(whole.value, 'en')}",
    )
    return finding_at(
        whole,
        "total_mismatch",
        severity,
        said,
        expected=total,
        observations=[n.id for n in parts],
        repair_place=candidates[0][0].id if severity == "error" else None,
        culprit="publisher" if severity == "error" else "unclear",
        candidates=[(n.id, value) for n, value in candidates] if severity == "error" else (),
        place="parts",
    )


def named_part_findings(sentences: Sequence[Sentence]) -> list[Finding]:
    """A percentage of what an earlier sentence counted by the same words as part of a stated whole.

    `1283 in all: 699 questions and 584 complaints. … The other 55% are questions.` Worth knowing only where the rest
    after another count beside them makes the percentage: then the text may mean that rest.
    """
    found = []
    for i, sentence in enumerate(sentences):
        percents = [t for t in sentence.percents if t.start >= 0 and not sentence.is_about(t)]
        if len(percents) != 1 or sentence.counts or sentence.tells_change:
            continue
        p = percents[0].number
        before = [
            s
            for s in sentences[max(0, i - _AFTER) : i]
            if s.tokens[0].number.organisation == p.organisation and p.page - s.tokens[0].number.page <= 1
        ]
        counts = [t.number for s in before for t in s.counts]
        for whole, part in _named_parts(before, all_words(p.row_label)):
            true = 100 * exact(part.value) / exact(whole.value)
            places = decimals(p.printed, p.value)
            if _right(true, p) or abs(float(true) - p.value) > _NEAR:
                continue
            rest = any(_right(100 - 100 * exact(n.value) / exact(whole.value), p) for n in counts if n is not part)
            found.append(_named_part(p, part, whole, half_up(true, places), "info" if rest else "warning"))
            break
    return found


def _right(true: Fraction, p: Number) -> bool:
    return any(same(p.value, r) for r in acceptable(true, decimals(p.printed, p.value)))


def _named_parts(sentences: Sequence[Sentence], words: frozenset[str]) -> Iterator[tuple[Number, Number]]:
    """Whole and part of sentences whose other counts make their largest one, where `words` name the part alone."""
    for s in sentences:
        numbers = [t.number for t in s.counts if t.number.id]
        whole = max(numbers, key=lambda n: n.value, default=None)
        parts = [n for n in numbers if n is not whole]
        if whole is None or len(parts) < 2 or not whole.value or not same(sum(n.value for n in parts), whole.value):
            continue
        named = [n for n in parts if (w := all_words(n.row_label)) and w <= words]
        if len(named) == 1:
            yield whole, named[0]


def _named_part(p: Number, part: Number, whole: Number, expected: float, severity: Severity) -> Finding:
    at = place(p)
    true = round(100 * part.value / whole.value, decimals(p.printed, p.value) + 2)
    en, nl = (f"{show(part.value, g)} / {show(whole.value, g)} = {show(true, g)} %" for g in ("en", "nl"))
    said = Said(
        f"{at.en}: printed is {p.printed}; the count given for “{part.row_label}” makes {en}, so "
        f"{show(expected, 'en')} at the printed precision.",
        f"{at.nl}: gedrukt staat {p.printed}; het aantal bij “{part.row_label}” geeft {nl}, dus {show(expected)} op "
        "de gedrukte nauwkeurigheid.",
        f"{en}, printed {p.printed}",
    )
    return finding_at(
        p, "share_mismatch", severity, said, expected=expected, observations=[part.id, whole.id], repair_place=p.id
    )
