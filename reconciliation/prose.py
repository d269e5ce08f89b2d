"""Sentences and lists held against themselves: shares of a stated whole, parts of a stated sum, stated differences.

A percentage is checked where its count and its whole are both stated: in the sentence itself, in the list's counts, or
just before. Where the whole must be guessed, nothing is said unless another count nearby gives the printed percentage
exactly. Rounded words (`almost half`, `ongeveer 8%`) are no claims of precision and are left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction

from reconciliation.findings import Culprit, Finding, Kind, Severity, finding_at, softer
from reconciliation.grid import Number
from reconciliation.numbers import acceptable, decimals, exact, half_up, same, show, slip
from reconciliation.sentences import Said, place
from reconciliation.sentences_read import Sentence, Token
from reconciliation.words import keywords

#: A share further than this (in points) from what the counts give is taken for a share of something else.
_NEAR = 1.6
#: How many characters may stand between a count and its percentage when nothing else in the sentence competes.
_REACH = 100


#: Sentences in which the whole of an enumeration is looked for.
_BEFORE = 8
#: Parts that miss their whole by more than this are taken for some of its parts.
_SHORT = 0.06


def _gives(part: float, whole: float, percent: Number) -> bool:
    """Whether a percentage is a right rounding of part / whole."""
    if whole <= 0:
        return False
    true = 100 * exact(part) / exact(whole)
    return any(same(percent.value, r) for r in acceptable(true, decimals(percent.printed, percent.value)))


def _share(part: float, whole: float) -> Fraction:
    return 100 * exact(part) / exact(whole)


def _near(part: float, whole: float, percent: Number) -> bool:
    return whole > 0 and abs(float(_share(part, whole)) - percent.value) <= _NEAR


def list_findings(numbers: Sequence[Number]) -> list[Finding]:
    """Lists of items that each give a count and its percentage of one whole, the sum of the counts or a stated one."""
    lists: dict[tuple[str, str, str, int, str], list[Number]] = defaultdict(list)
    for n in numbers:
        if n.kind in ("list", "chart"):
            lists[n.report, n.organisation, n.table or n.title, 0 if n.table or n.title else n.page, n.kind].append(n)
    found = []
    opened = {n.sentence: n for n in numbers if n.kind == "prose" and n.unit == "count" and n.sentence}
    for members in lists.values():
        short = _list_sum(members, opened)
        if short:
            found.append(short)
        pairs = _pairs(members)
        if len(pairs) < 2:
            continue
        total = sum(c.value for c, _ in pairs)
        stated = [
            float(re.sub(r"\D", "", w)) for w in re.findall(r"(?<![\d.,])\d[\d.]*\d(?![\d.,]*%)", members[0].title)
        ]
        for whole in (total, *stated):
            fits = [_gives(c.value, whole, p) for c, p in pairs]
            if sum(fits) >= 2 and sum(fits) > len(fits) / 2:
                sure: Severity = "error" if same(whole, total) or len(fits) > 2 else "warning"
                for (c, p), fit in zip(pairs, fits, strict=True):
                    if not fit and _near(c.value, whole, p):
                        found.append(_share_finding(c, p, whole, sure, [m.id for m, _ in pairs]))
                break
    return found


def _list_sum(members: Sequence[Number], opened: dict[str, Number]) -> Finding | None:
    """A list whose counts nearly add up to the one count in the sentence that opens it (`Of these thirteen files:`)."""
    counts = [n for n in members if n.unit == "count"]
    whole = opened.get(members[0].title)
    if whole is None or whole.kind != "prose" or len(counts) < 3 or len({n.rows for n in counts}) != len(counts):
        return None
    total = sum(n.value for n in counts)
    if same(total, whole.value) or abs(total - whole.value) > max(_SHORT * whole.value, 1):
        return None
    return _sum_finding(whole, counts, total, "warning")


def _pairs(members: Sequence[Number]) -> list[tuple[Number, Number]]:
    """Count and percentage of each item that has one of both."""
    by_item: dict[tuple[tuple[str, ...], str], list[Number]] = defaultdict(list)
    for n in members:
        by_item[n.rows, n.sentence].append(n)
    pairs = []
    for item in by_item.values():
        counts = [n for n in item if n.unit == "count"]
        percents = [n for n in item if n.unit == "percent"]
        if len(counts) == 1 and len(percents) == 1:
            pairs.append((counts[0], percents[0]))
    return pairs


def sentence_findings(sentences: Sequence[Sentence], cells: Sequence[Number]) -> list[Finding]:
    """What the sentences of one report say against themselves. `cells` are its table cells, as possible wholes."""
    totals: dict[str, list[Number]] = defaultdict(list)
    for n in cells:
        if n.unit == "count" and (n.is_total or n.value >= 100):
            totals[n.organisation].append(n)
    found = []
    for i, sentence in enumerate(sentences):
        organisation = sentence.tokens[0].number.organisation
        page = sentence.tokens[0].number.page
        earlier = [
            s
            for s in sentences[max(0, i - 4) : i]
            if s.tokens[0].number.organisation == organisation and page - s.tokens[0].number.page <= 1
        ]
        for percent in sentence.percents:
            finding = _percentage(sentence, percent, earlier, totals[organisation]) if percent.start >= 0 else None
            if finding:
                found.append(finding)
        found.extend(_parts(sentence) or _parts_of_earlier(sentence, sentences[max(0, i - _BEFORE) : i]))
        found.extend(_growth(sentence))
        found.extend(_monthly(sentence, earlier))
    return found


def _count_of(sentence: Sentence, percent: Token) -> Token | None:
    """The count that a percentage restates: the nearest one, with no other figure between and in the same breath."""
    best = None
    for token in sentence.counts:
        if token.start < 0 or percent.start < 0:
            continue
        gap = sentence.between(percent, token)
        if len(gap) > _REACH or re.search(r"[;:!?]|\d", gap):
            continue
        follows = token.start > percent.start
        if follows and sentence.is_whole(token) and not _or(sentence, percent, token):
            continue
        if best is None or len(gap) < len(sentence.between(percent, best)):
            best = token
    return best


def _or(sentence: Sentence, percent: Token, token: Token) -> bool:
    """`73% of 423` in Dutch: the count restates the percentage."""
    return sentence.language == "nl" and bool(re.fullmatch(r"\s*\(?\s*of\s*", sentence.between(percent, token)))


def _percentage(
    sentence: Sentence, percent: Token, earlier: Sequence[Sentence], totals: Sequence[Number]
) -> Finding | None:
    if sentence.is_about(percent) or sentence.tells_change:
        return None
    part = _count_of(sentence, percent)
    if part is None or sentence.is_about(part) or part.number.value <= 0:
        return None
    if sentence.is_whole(part) and not _or(sentence, percent, part):
        return None
    wholes = [t.number for t in sentence.counts if t is not part and t.number.value >= part.number.value]
    value, p = part.number.value, percent.number
    if any(_gives(value, w.value, p) for w in wholes):
        return None
    stated = [t.number for t in sentence.counts if t is not part and sentence.is_whole(t) and t.number.value >= value]
    if stated:
        return (
            _share_finding(part.number, p, stated[0].value, "error", [stated[0].id])
            if _near(value, stated[0].value, p)
            else None
        )
    before = [t.number for s in earlier for t in s.counts if t.number.value > value]
    if any(_gives(value, w.value, p) for w in (*before, *totals)):
        return None
    near = [w for w in (*wholes, *reversed(before)) if _near(value, w.value, p)]
    if not near:
        return None
    whole = near[0]
    # The percentage of another count on that whole, printed beside this one: the sentence took the wrong count.
    others = [t.number for s in (*earlier, sentence) for t in s.counts if not same(t.number.value, value)]
    twin = next((o for o in others if o.id != whole.id and _gives(o.value, whole.value, p)), None)
    rest = any(same(o.value + value, whole.value) for o in others)
    severity: Severity = "error" if twin or rest else "warning"
    return _share_finding(part.number, p, whole.value, severity, [whole.id, *([twin.id] if twin else [])], twin=twin)


def _share_finding(
    part: Number,
    percent: Number,
    whole: float,
    severity: Severity,
    ids: Iterable[str],
    *,
    twin: Number | None = None,
) -> Finding:
    true = _share(part.value, whole)
    expected = half_up(true, decimals(percent.printed, percent.value))
    at = place(percent)
    plain = round(float(true), decimals(percent.printed, percent.value) + 2)
    en, nl = (f"{show(part.value, g)} / {show(whole, g)} = {show(plain, g)} %" for g in ("en", "nl"))
    more_en = f" It is the share of {show(twin.value, 'en')}, printed nearby." if twin else ""
    more_nl = f" Het is het aandeel van {show(twin.value)}, dat ernaast staat." if twin else ""
    said = Said(
        f"{at.en}: {en}, so {show(expected, 'en')} at the printed precision; printed is {percent.printed}.{more_en}",
        f"{at.nl}: {nl}, dus {show(expected)} op de gedrukte nauwkeurigheid; gedrukt staat {percent.printed}.{more_nl}",
        f"{en}, printed {percent.printed}",
    )
    culprit: Culprit = "publisher" if severity == "error" else "unclear"
    return finding_at(
        percent,
        "share_mismatch",
        severity,
        said,
        expected=expected,
        observations=[part.id, *ids],
        repair_place=percent.id,
        culprit=culprit,
    )


_BRACKETED = re.compile(r"\(\s*$")


def _parts(sentence: Sentence) -> list[Finding]:
    """`1283 questions (699) and complaints (584)`: bracketed counts that nearly add up to a count before them."""
    counts = [t for t in sentence.counts if t.start >= 0]
    bracketed = [t for t in counts if _BRACKETED.search(sentence.before(t, 2))]
    if len(bracketed) < 2 or sentence.tells_change:
        return []
    near: list[tuple[Number, list[Number], float]] = []
    for whole in counts:
        terms = [t.number for t in bracketed if t.start > whole.start]
        total = sum(n.value for n in terms)
        # Of counts in brackets one after the other the first may be the whole of all others, not of just one or two.
        if len(terms) < (3 if _in_bracket(sentence, whole) else 2) or sentence.is_about(whole):
            continue
        if same(whole.number.value, total):
            return []
        if abs(whole.number.value - total) <= _SHORT * whole.number.value and whole.number.value >= 20:
            near.append((whole.number, terms, total))
    near = [n for n in near if all(n[0] not in terms for _, terms, _ in near)]  # a part is no whole of its fellows
    if len(near) != 1:
        return []
    whole_number, terms, total = near[0]
    plain = not any(_in_bracket(sentence, t) for t in counts if t.number is whole_number)
    others = len(counts) - len(terms) - 1
    sure = plain and not others and slip(whole_number.value, total) is not None
    return [_sum_finding(whole_number, terms, total, "error" if sure else "warning")]


def _parts_of_earlier(sentence: Sentence, before: Sequence[Sentence]) -> list[Finding]:
    """`The technical ones are about repairs (63), projects (24) and homes (41)`: of a count stated before, by name."""
    terms = [t for t in sentence.counts if t.start >= 0 and t.number.id]
    if len(terms) < 3 or len(terms) < len(sentence.tokens) or sentence.tells_change:
        return []
    if not all(re.match(r"[^()]*\)", sentence.text[t.end :]) and _in_bracket(sentence, t) for t in terms):
        return []
    total = sum(t.number.value for t in terms)
    named = keywords(sentence.text[: terms[0].start].partition(",")[0])
    first = terms[0].number
    wholes = [
        t.number
        for s in before
        for t in s.counts
        if t.number.id and t.number.organisation == first.organisation and first.page - t.number.page <= 1
        if keywords(t.number.row_label) & named and t.number.value > max(x.number.value for x in terms)
    ]
    if any(same(w.value, total) for w in wholes):
        return []
    near = {w.value: w for w in wholes if w.value >= 20 and 0 < abs(w.value - total) <= _SHORT * w.value}
    return (
        [_sum_finding(w, [t.number for t in terms], total, "warning") for w in near.values()] if len(near) == 1 else []
    )


def _in_bracket(sentence: Sentence, token: Token) -> bool:
    opened = sentence.text[: token.start]
    return opened.count("(") > opened.count(")")


def _sum_finding(whole: Number, terms: Sequence[Number], total: float, severity: Severity) -> Finding:
    at = place(whole)
    en, nl = (" + ".join(show(t.value, g) for t in terms) + f" = {show(total, g)}" for g in ("en", "nl"))
    said = Said(
        f"{at.en}: the parts give {en}, printed is {show(whole.value, 'en')}.",
        f"{at.nl}: de delen geven {nl}, gedrukt staat {show(whole.value)}.",
        f"{en}, printed {show(whole.value, 'en')}",
    )
    return finding_at(
        whole,
        "total_mismatch",
        severity,
        said,
        expected=total,
        observations=[t.id for t in terms],
        repair_place=whole.id,
    )


_MONTHLY = re.compile(
    r"(?:per|a|par|pro|each|every|by)\s+(?:maand|month|mois|monat)|monatlich|maandelijks", re.IGNORECASE
)
_MEAN = re.compile(r"gemiddeld|average|moyenne|durchschnitt|mittel", re.IGNORECASE)


def _monthly(sentence: Sentence, earlier: Sequence[Sentence]) -> list[Finding]:
    """`2007 in all, on average 167 a month`: the twelfth of the year's count, in this sentence or the one before."""
    if not (_MONTHLY.search(sentence.text) and _MEAN.search(sentence.text)):
        return []
    means = [t for t in sentence.counts if t.start >= 0 and _MEAN.search(sentence.before(t, 24))]
    if len(means) != 1 or not _MONTHLY.search(sentence.text[means[0].end :]):
        return []
    mean = means[0].number
    own = [t.number for t in sentence.counts if t is not means[0] and t.number.value > 5 * mean.value]
    before = [t.number for t in earlier[-1].counts] if earlier and not own else []
    wholes = [n for n in (*own, *before) if 9 * mean.value <= n.value <= 16 * mean.value]
    if len(wholes) != 1 or not mean.value:
        return []
    true = exact(wholes[0].value) / 12
    places = decimals(mean.printed, mean.value)
    expected = half_up(true, places)
    if any(same(mean.value, r) for r in acceptable(true, places)) or abs(expected - mean.value) < 10**-places * 1.01:
        return []  # a twelfth cut off or rounded up is no more than careless
    proof = f"{show(wholes[0].value)} / 12 = {show(round(float(true), 2))}"
    return [softer(_stated(mean, expected, (wholes[0], mean), "total_mismatch", proof), "warning")]


_FROM_TO = {
    "nl": (r"\bvan\s*$", r"\b(?:naar|tot)\s*$"),
    "fr": (r"\bde\s*$", r"(?:\bà|\bvers)\s*$"),
    "de": (r"\bvon\s*$", r"\bauf\s*$"),
    "en": (r"\bfrom\s*$", r"\bto\s*$"),
}


def _growth(sentence: Sentence) -> list[Finding]:
    """`from 117 in 2022 to 156 in 2023, 39 more (33%)`: the difference and the growth that it states."""
    source, target = _FROM_TO.get(sentence.language, _FROM_TO["nl"])
    counts = [t for t in sentence.counts if t.start >= 0]
    ends = [t for t in counts if re.search(target, sentence.before(t, 12), re.IGNORECASE)]
    if len(ends) != 1 or not sentence.tells_change:
        return []
    # `van 117 in 2022 naar 156`, not the `stijging van 39` that follows: the count just before the one it leads to.
    starts = [t for t in counts if t.start < ends[0].start][-1:]
    if not starts or not re.search(source, sentence.before(starts[0], 12), re.IGNORECASE):
        return []
    a, b = starts[0].number, ends[0].number
    found: list[Finding] = []
    rest = [t for t in counts if t not in (starts[0], ends[0])]
    gap = abs(b.value - a.value)
    if len(rest) == 1 and not sentence.is_about(rest[0]) and not same(rest[0].number.value, gap):
        n = rest[0].number
        if slip(n.value, gap) or abs(n.value - gap) <= 0.05 * max(gap, 1):
            found.append(_stated(n, gap, (a, b), "total_mismatch", f"{show(max(a.value, b.value))} − "
                                 f"{show(min(a.value, b.value))} = {show(gap)}"))  # fmt: skip
    percents = [t for t in sentence.percents if t.start >= 0 and not sentence.is_about(t)]
    if len(percents) == 1 and a.value:
        p = percents[0].number
        true = 100 * (exact(b.value) - exact(a.value)) / exact(a.value)
        places = decimals(p.printed, p.value)
        if (
            not any(same(abs(p.value), abs(r)) for r in acceptable(true, places))
            and abs(abs(float(true)) - abs(p.value)) <= 2 * _NEAR
        ):
            proof = f"({show(b.value)} − {show(a.value)}) / {show(a.value)} = {show(round(float(true), places + 2))} %"
            found.append(_stated(p, abs(half_up(true, places)), (a, b), "share_mismatch", proof))
    return found


def _stated(n: Number, expected: float, of: tuple[Number, Number], kind: Kind, proof: str) -> Finding:
    at = place(n)
    said = Said(
        f"{at.en}: {proof}, printed is {n.printed or show(n.value, 'en')}.",
        f"{at.nl}: {proof}, gedrukt staat {n.printed or show(n.value)}.",
        proof,
    )
    return finding_at(
        n,
        kind,
        "error",
        said,
        expected=expected,
        observations=[o.id for o in of],
        repair_place=n.id,
        culprit="publisher",
    )
