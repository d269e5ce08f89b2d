"""What official documents hold beside tables: prose, letters, contents, references, charts, forms, definitions."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.government.content import GROUPS, ITEMS, SENTENCES, TITLES
from benchmarks.government.setter import Sheet, wrapped

Faces = tuple[str, str, str]
Decoy = Callable[[Sheet, Faces, float, float, float], float]
"""Draws from `y` down between `x` and `x + width`; where it ends."""


def paragraph(sheet: Sheet, face: Faces, y: float, x: float, width: float, *, size: float = 10, n: int = 4) -> float:
    """Running text, justified neither way."""
    text = " ".join(sheet.rng.choice(SENTENCES) for _ in range(n))
    for line in wrapped(text, face[0], size, width):
        if y + size * 1.25 > sheet.low:
            return y
        y += size * 1.25
        sheet.text(x, y, line, face[0], size)
    return y + size * 0.8


def prose(sheet: Sheet, face: Faces, y: float, x: float, width: float) -> float:
    """Two to four paragraphs."""
    for _ in range(sheet.rng.randint(2, 4)):
        y = paragraph(sheet, face, y, x, width)
    return y


def two_columns(sheet: Sheet, face: Faces, y: float, x: float, width: float) -> float:
    """Prose in two or three columns."""
    k = sheet.rng.choice((2, 2, 3))
    wide = (width - 14 * (k - 1)) / k
    ends = []
    for c in range(k):
        at = y
        for _ in range(3):
            at = paragraph(sheet, face, at, x + c * (wide + 14), wide, size=9, n=3)
        ends.append(at)
    return max(ends)


def contents(sheet: Sheet, face: Faces, y: float, x: float, width: float) -> float:
    """A list of contents or of tables."""
    page = 1
    sheet.text(x, y + 14, sheet.rng.choice(("CONTENTS", "List of Tables", "Index")), face[1], 12)
    y += 24
    dotted = sheet.rng.random() < 0.7
    for k, name in enumerate(sheet.rng.sample((*ITEMS, *TITLES), 14), start=1):
        page += sheet.rng.randint(0, 5)
        y += 13
        number = sheet.rng.choice((f"{k}.", f"Table {k}.", ""))
        label = f"{number} {name[:46]}".strip()
        sheet.text(x, y, label, face[0], 9)
        sheet.text(x + width, y, str(page), face[0], 9, "right")
        if dotted:
            start = x + sheet.canvas.stringWidth(label, face[0], 9) + 4
            dot = sheet.canvas.stringWidth(" .", face[0], 9)
            count = int((x + width - 16 - start) / dot)
            sheet.text(x + width - 16 - count * dot, y, " ." * max(0, count), face[0], 9)
    return y + 12


def references(sheet: Sheet, face: Faces, y: float, x: float, width: float) -> float:
    """A numbered list of references with years and pages."""
    for k in range(1, sheet.rng.randint(7, 12)):
        year, first = sheet.rng.randint(1990, 2011), sheet.rng.randint(10, 900)
        where = f"Vol. {k * 7}, No. {k}. {year}:{first}-{first + 12}"
        text = f"{sheet.rng.choice(TITLES)}. {where}. {sheet.rng.choice(ITEMS)}."
        sheet.text(x, y + 11, f"{k}.", face[0], 9)
        for line in wrapped(text, face[0], 9, width - 20):
            y += 11
            sheet.text(x + 20, y, line, face[0], 9)
        y += 3
    return y


def bullets(sheet: Sheet, face: Faces, y: float, x: float, width: float) -> float:
    """A list with bullets and sub-items."""
    for k in range(sheet.rng.randint(5, 9)):
        level = 12 * (k % 3 == 2)
        sheet.text(x + level, y + 12, sheet.rng.choice(("•", "•", "-")), face[0], 10)
        for line in wrapped(sheet.rng.choice(SENTENCES), face[0], 10, width - 30):
            y += 12.5
            sheet.text(x + level + 14, y, line, face[0], 10)
        y += 4
    return y


def letter(sheet: Sheet, face: Faces, y: float, x: float, width: float) -> float:
    """Letterhead, address and reference lines."""
    left = ("Department of Health", "Office of the Secretary", "200 Independence Avenue", "Washington, DC 20201")
    right = ("Telephone (202) 555-0143", "Fax (202) 555-0144", "File 2010-0417", "April 12, 2011")
    for a, b in zip(left, right, strict=True):
        y += 12
        sheet.text(x, y, a, face[0], 9)
        sheet.text(x + width, y, b, face[0], 9, "right")
    y += 26
    for name, what in (("To:", "Regional Directors"), ("From:", "Assistant Secretary"), ("Subject:", "Annual review")):
        y += 13
        sheet.text(x, y, name, face[1], 10)
        sheet.text(x + 70, y, what, face[0], 10)
    return paragraph(sheet, face, y + 16, x, width)


def chart(sheet: Sheet, face: Faces, y: float, x: float, width: float) -> float:
    """Bars or a line with axes, ticks and a legend."""
    rng = sheet.rng
    high, base = 150.0, y + 180
    sheet.text(x, y + 12, f"Figure {rng.randint(1, 9)}. {rng.choice(TITLES)}", face[1], 9)
    step = rng.choice((5, 10, 200))
    for k in range(6):
        at = base - high * k / 5
        sheet.text(x + 26, at + 3, f"{k * step:,}", face[0], 7, "right")
        sheet.rule(x + 30, at, x + width, at, 0.25)
    count = rng.randint(5, 10)
    wide = (width - 40) / count
    first = rng.randint(1990, 2000)
    lined = rng.random() < 0.5
    last: tuple[float, float] | None = None
    for k in range(count):
        share = rng.random()
        mid = x + 34 + (k + 0.5) * wide
        sheet.text(mid, base + 10, str(first + k), face[0], 7, "center")
        if lined:
            here = (mid, base - high * share)
            if last:
                sheet.rule(*last, *here, 1.2)
            last = here
        else:
            sheet.shade(mid - wide * 0.3, base - high * share, mid + wide * 0.3, base, 0.5)
        if rng.random() < 0.6:
            sheet.text(mid, base - high * share - 3, f"{share * 5 * step:.1f}", face[0], 6.5, "center")
    for k, name in enumerate(rng.sample(GROUPS, 2)):
        sheet.shade(x + 60 + 130 * k, base + 20, x + 68 + 130 * k, base + 27, 0.3 + 0.3 * k)
        sheet.text(x + 72 + 130 * k, base + 27, name, face[0], 7)
    return base + 40


def form(sheet: Sheet, face: Faces, y: float, x: float, width: float) -> float:
    """Fields with lines to write on and boxes to tick."""
    for k in range(7):
        y += 20
        label = sheet.rng.choice(("Name of applicant", "Date", "Employer identification number", "City, State, ZIP",
                                  "Signature", "Telephone", "Title"))  # fmt: skip
        sheet.text(x, y, f"{k + 1}. {label}", face[0], 9)
        start = x + sheet.canvas.stringWidth(f"{k + 1}. {label}", face[0], 9) + 6
        sheet.rule(start, y + 2, x + width, y + 2, 0.4)
    return y + 20


def callout(sheet: Sheet, face: Faces, y: float, x: float, width: float) -> float:
    """A framed or shaded box of prose with a heading."""
    top = y + 4
    if sheet.rng.random() < 0.5:
        sheet.shade(x, top, x + width, top + 110, 0.9)
    sheet.text(x + 8, y + 20, "For more information", face[1], 11)
    low = paragraph(sheet, face, y + 24, x + 8, width - 16, size=9, n=3)
    for a, b in (((x, top), (x + width, top)), ((x, top + 110), (x + width, top + 110)),
                 ((x, top), (x, top + 110)), ((x + width, top), (x + width, top + 110))):  # fmt: skip
        sheet.rule(*a, *b, 0.7)
    return max(low, top + 120)


def equations(sheet: Sheet, face: Faces, y: float, x: float, width: float) -> float:
    """Formulas with numbers at the right edge and what their letters mean."""
    for k in range(1, 5):
        y = paragraph(sheet, face, y, x, width, n=1)
        y += 14
        sheet.text(x + width / 2, y, f"y = a + {k}.5 b x + c / (1 - d)", face[2], 10, "center")
        sheet.text(x + width, y, f"({k})", face[0], 10, "right")
        y += 8
    return y


def names(sheet: Sheet, face: Faces, y: float, x: float, width: float) -> float:
    """Headings with short lines below them in columns: an index."""
    ends = []
    for c in range(3):
        at = y
        for name in sheet.rng.sample(ITEMS, 14):
            at += 11
            sheet.text(x + c * width / 3, at, f"{name[:22]}, {sheet.rng.randint(2, 180)}", face[0], 8)
        ends.append(at)
    return max(ends) + 8


DECOYS: dict[str, Decoy] = {
    "prose": prose, "two_columns": two_columns, "contents": contents, "references": references, "bullets": bullets,
    "letter": letter, "chart": chart, "form": form, "callout": callout, "equations": equations, "names": names,
}  # fmt: skip
