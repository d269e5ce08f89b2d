"""Numbers that cannot mean what their characters say: a decimal mark where a thousands mark belongs.

A report settles for itself which mark parts thousands: the one that stands before three digits in most of its counts.
A count that uses the other mark there is a slip, proven when another place of the report prints the same count in the
usual way, or when its column adds up to it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from reconciliation.findings import Finding, finding_at
from reconciliation.grid import Number
from reconciliation.numbers import decimals, same
from reconciliation.sentences import place, separator_wrong

_GROUPED = re.compile(r"(?<!\d)\d{1,3}([.,'’])\d{3}(?!\d)")
#: The decimal mark of a language, where a report's own counts leave the question open.
#: More of the grouped counts than this with the other mark are no slips.
_SLIPS = 0.1
_DECIMAL = {"nl": ",", "fr": ",", "de": ",", "en": "."}


def separator_findings(
    numbers: Sequence[Number], language: str, proven: Collection[str], doubted: Collection[str]
) -> list[Finding]:
    """The counts of one report that are printed with the wrong mark.

    `proven` are observations whose value some sum confirms; `doubted` those already reported, which are left out.
    """
    decimal = _decimal_mark(numbers, language)
    if not _rare(numbers, decimal):
        return []
    by_value: dict[float, list[Number]] = defaultdict(list)
    for n in numbers:
        if n.unit == "count":
            by_value[n.value].append(n)
    found = []
    for n in numbers:
        if n.unit != "count" or n.id in doubted:
            continue
        meant = _meant(n, decimal)
        if meant is None:
            continue
        elsewhere = [o for o in by_value[meant] if o.id != n.id and decimal not in o.printed]
        sure = bool(elsewhere) or (n.id in proven and same(n.value, meant)) or not _averages(n, numbers)
        why_en, why_nl = _why(n, elsewhere, decimal, n.id in proven and same(n.value, meant))
        said = separator_wrong(n, meant, why_en, why_nl)
        severity = "error" if elsewhere or (n.id in proven and same(n.value, meant)) else "warning"
        if not sure:
            continue
        found.append(
            finding_at(
                n,
                "implausible_number",
                severity,  # type: ignore[arg-type]
                said,
                expected=meant,
                printed=meant / 1000,
                observations=[o.id for o in elsewhere[:3]],
                repair_place=n.id,
                culprit="publisher",
            )
        )
    return found


def _decimal_mark(numbers: Iterable[Number], language: str) -> str:
    """The decimal mark that the report uses: of its percentages, else of its language."""
    marks: Counter[str] = Counter()
    for n in numbers:
        places = decimals(n.printed, n.value)
        if n.unit != "count" and 0 < places < 3:
            marks[[c for c in n.printed if c in ".,"][-1]] += 1
        elif n.unit == "count" and not places and (grouped := _GROUPED.search(n.printed)) and grouped[1] in ".,":
            marks["." if grouped[1] == "," else ","] += 1
    if marks and marks.most_common(1)[0][1] >= 2:
        return marks.most_common(1)[0][0]
    return _DECIMAL.get(language, ",")


def _rare(numbers: Iterable[Number], decimal: str) -> bool:
    """Whether few counts carry the decimal mark before three digits: many of them are a habit, not slips."""
    marks = [g[1] for n in numbers if n.unit == "count" and (g := _GROUPED.search(n.printed))]
    odd = marks.count(decimal)
    return odd <= 2 or odd <= _SLIPS * len(marks)


def _meant(n: Number, decimal: str) -> float | None:
    """The whole count that a grouped number with the decimal mark stands for; None when it has no such mark."""
    grouped = _GROUPED.search(n.printed)
    if not grouped or grouped[1] != decimal or len(re.findall(r"\d+", n.printed)) != 2:
        return None
    return float(re.sub(r"\D", "", grouped[0]))


def _averages(n: Number, numbers: Sequence[Number]) -> bool:
    """Whether counts beside it have decimals too: then it may well be an average."""
    beside = [o for o in numbers if o.table == n.table and o.columns == n.columns and o.id != n.id and o.kind == n.kind]
    return any(not o.value.is_integer() for o in beside)


def _why(n: Number, elsewhere: list[Number], decimal: str, summed: bool) -> tuple[str, str]:
    if summed and elsewhere:
        at = place(elsewhere[0])
        return (
            f"its column adds up to that, and {at.en} prints {elsewhere[0].printed}",
            f"zijn kolom telt daartoe op, en {at.nl} drukt {elsewhere[0].printed}",
        )
    if summed:
        return "its column adds up to that", "zijn kolom telt daartoe op"
    if elsewhere:
        at = place(elsewhere[0])
        return f"{at.en} prints {elsewhere[0].printed}", f"{at.nl} drukt {elsewhere[0].printed}"
    return (
        f"a count has no decimals, and “{decimal}” is this report's decimal mark",
        f"een aantal heeft geen decimalen, en “{decimal}” is het decimaalteken van dit verslag",
    )
