"""The sentences of a finding, in English and Dutch: table, row, column, what is printed, what it should be, and why."""

from __future__ import annotations

from dataclasses import dataclass

from reconciliation.constraints import Share, Sum, Whole
from reconciliation.grid import Number
from reconciliation.numbers import show

#: Longer sums are shortened in the middle; the observation ids name every part.
_MOST_TERMS = 9


@dataclass(frozen=True, slots=True)
class Said:
    """One statement in both languages, and the bare arithmetic."""

    en: str
    nl: str
    proof: str = ""


def place(number: Number) -> Said:
    """Where a number stands."""
    page = number.page
    if number.kind == "cell":
        title = f" “{number.title}”" if number.title else ""
        return Said(
            f"Table{title} (page {page}), row “{number.row_label}”, column “{number.column_label}”",
            f"Tabel{title} (p. {page}), rij “{number.row_label}”, kolom “{number.column_label}”",
        )
    what_en = {"list": "List item", "chart": "Chart"}.get(number.kind, "Sentence")
    what_nl = {"list": "Lijst", "chart": "Grafiek"}.get(number.kind, "Zin")
    label = " > ".join(part for part in (number.row_label, number.column_label) if part)
    return Said(f"{what_en} “{label}” (page {page})", f"{what_nl} “{label}” (p. {page})")


def addition(constraint: Sum, values: dict[str, float], language: str) -> str:
    """`12 + 3 - 1 = 14`, the parts in printed order; zeros left out, a long sum shortened in the middle."""
    terms = [
        (sign, values[part]) for part, sign in zip(constraint.parts, constraint.signs, strict=True) if values[part]
    ]
    shown = terms if len(terms) <= _MOST_TERMS else [*terms[: _MOST_TERMS - 2], None, terms[-1]]
    text = ""
    for term in shown:
        if term is None:
            text += " + …"
            continue
        sign, value = term
        joint = (" + " if sign > 0 else " − ") if text else ("" if sign > 0 else "−")
        text += joint + show(value, language)
    if constraint.divisor > 1:
        return f"({text or '0'}) / {constraint.divisor} = {show(round(constraint.expected(values), 3), language)}"
    return f"{text or '0'} = {show(constraint.expected(values), language)}"


def division(constraint: Share, values: dict[str, float], language: str) -> str:
    """`165 / 580 = 28.448 %`."""
    true = constraint.true_value(values)
    base = sum(values[b] for b in constraint.base)
    top = f"{show(values[constraint.part], language)}"
    if constraint.change:
        top = f"({top} − {show(base, language)})"
    unit = " %" if constraint.scale == 100 else ""
    result = show(round(float(true), constraint.decimals + 2), language) if true is not None else "?"
    return f"{top} / {show(base, language)} = {result}{unit}"


def total_wrong(total: Number, constraint: Sum, values: dict[str, float]) -> Said:
    """A printed total that is not the sum of its parts."""
    at = place(total)
    en, nl = addition(constraint, values, "en"), addition(constraint, values, "nl")
    blank_en = " A blank cell among the parts may hide the difference." if constraint.blanks else ""
    blank_nl = " Een lege cel tussen de delen kan het verschil verbergen." if constraint.blanks else ""
    return Said(
        f"{at.en}: the parts give {en}, printed is {show(total.value, 'en')}.{blank_en}",
        f"{at.nl}: de delen geven {nl}, gedrukt staat {show(total.value)}.{blank_nl}",
        f"{en}, printed {show(total.value, 'en')}",
    )


def share_wrong(share: Number, constraint: Share, values: dict[str, float], expected: float) -> Said:
    """A printed percentage that its counts do not give."""
    at = place(share)
    en, nl = division(constraint, values, "en"), division(constraint, values, "nl")
    return Said(
        f"{at.en}: the counts give {en}, so {show(expected, 'en')} at the printed precision; "
        f"printed is {share.printed or show(share.value, 'en')}.",
        f"{at.nl}: de aantallen geven {nl}, dus {show(expected)} op de gedrukte nauwkeurigheid; "
        f"gedrukt staat {share.printed or show(share.value)}.",
        f"{en}, printed {share.printed or show(share.value, 'en')}",
    )


def whole_missed(cell: Number, whole: Whole, values: dict[str, float], expected: float) -> Said:
    """Percentages of one whole that do not make a hundred."""
    at = place(cell)
    en, nl = (
        " + ".join(show(values[p], g) for p in whole.parts) + f" = {show(whole.total(values), g)}" for g in ("en", "nl")
    )
    line_en, line_nl = ("column", "kolom") if whole.where == "down" else ("row", "rij")
    return Said(
        f"{at.en}: the percentages of the {line_en} add up to {en}, further from 100 than rounding explains, as those "
        f"beside it do not; with {show(expected, 'en')} they make 100.",
        f"{at.nl}: de percentages van de {line_nl} geven samen {nl}, verder van 100 dan afronding verklaart, anders "
        f"dan die ernaast; met {show(expected)} geven ze 100.",
        en,
    )


def part_wrong(
    cell: Number,
    sums: list[Sum],
    shares: int,
    expected: float,
    *,
    values: dict[str, float],
    numbers: dict[str, Number],
) -> Said:
    """A cell that several constraints point to: with another value all of them hold."""
    at = place(cell)
    en = "; ".join(
        f"{addition(s, values, 'en')} against {show(values[s.total], 'en')} in “{_line(numbers[s.total], s)}”"
        for s in sums
    )
    nl = "; ".join(
        f"{addition(s, values, 'nl')} tegenover {show(values[s.total])} in “{_line(numbers[s.total], s)}”" for s in sums
    )
    more_en = f"{'; ' if en else ''}{shares} printed percentage(s) agree with that value" if shares else ""
    more_nl = f"{'; ' if nl else ''}{shares} gedrukte percentage(s) kloppen met die waarde" if shares else ""
    return Said(
        f"{at.en}: printed is {show(cell.value, 'en')}, but the sums and shares that cross here hold only with "
        f"{show(expected, 'en')} ({en}{more_en}).",
        f"{at.nl}: gedrukt staat {show(cell.value)}, maar de sommen en aandelen die hier kruisen kloppen alleen met "
        f"{show(expected)} ({nl}{more_nl}).",
        f"{en}{more_en}",
    )


def one_of(said: Said, candidates: list[tuple[Number, float]], named: Number) -> Said:
    """A statement with how many numbers may be the wrong one, and the likeliest where that is not the one `named`."""
    n, value = candidates[0]
    label = " / ".join(part for part in (n.row_label, n.column_label) if part)
    en = f" Any one of {len(candidates)} numbers may be the wrong one"
    nl = f" Elk van {len(candidates)} getallen kan het foute zijn"
    if n.id != named.id:
        en += f"; the likeliest is “{label}”, {show(n.value, 'en')} for {show(value, 'en')}"
        nl += f"; het waarschijnlijkst is “{label}”, {show(n.value)} in plaats van {show(value)}"
    return Said(f"{said.en}{en}.", f"{said.nl}{nl}.", said.proof)


def _line(total: Number, constraint: Sum) -> str:
    return total.column_label if constraint.where == "down" else total.row_label


def shifted(cells: list[Number], mended: int) -> Said:
    """The cells of a line that stand one place on."""
    first, last = cells[0], cells[-1]
    at = place(first)
    row = first.row_label == last.row_label
    end = last.column_label if row else last.row_label
    values_en, values_nl = (", ".join(show(c.value, lang) for c in cells) for lang in ("en", "nl"))
    return Said(
        f"{at.en} to “{end}”: the values {values_en} stand one {'column' if row else 'row'} off; moved back, {mended} "
        "sums and shares hold that now fail.",
        f"{at.nl} tot “{end}”: de waarden {values_nl} staan één {'kolom' if row else 'rij'} verschoven; teruggezet "
        f"kloppen {mended} sommen en aandelen die nu niet kloppen.",
        f"{values_en} one place off",
    )


def swapped(one: Number, two: Number) -> Said:
    """Two cells that were exchanged."""
    a, b = place(one), place(two)
    return Said(
        f"{a.en}: printed is {show(one.value, 'en')}, and {show(two.value, 'en')} in row “{two.row_label}”, column "
        f"“{two.column_label}”; every sum holds when the two are exchanged.",
        f"{a.nl}: gedrukt staat {show(one.value)}, en {show(two.value)} in rij “{two.row_label}”, kolom "
        f"“{two.column_label}”; elke som klopt als de twee van plaats wisselen.",
        f"{show(one.value, 'en')} and {show(two.value, 'en')} exchanged ({b.en})",
    )


def separator_wrong(number: Number, expected: float, why_en: str, why_nl: str) -> Said:
    """A decimal mark where a thousands mark belongs, or the other way round."""
    at = place(number)
    return Said(
        f"{at.en}: “{number.printed}” can only mean {show(expected, 'en')} ({why_en}).",
        f"{at.nl}: “{number.printed}” kan alleen {show(expected)} betekenen ({why_nl}).",
        why_en,
    )
