"""The thickest honest report: does the default of every limit let it pass, and what does it take?"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from benchmarks.robustness.reading import Memory, read_all
from benchmarks.robustness.written import Pdf
from extractors.sandbox import Sandbox
from schemas.limits import MEGABYTE

SUBJECTS = ("Geluidshinder", "Sluikstort", "Parkeren", "Zwerfvuil", "Bejegening", "Dienstverlening")


def write(path: Path, pages: int, megabytes: float) -> int:
    """A report of tables, each page with a photograph (noise: nothing packs it); gives the number of its figures."""
    rng = random.Random(pages)
    side = int((megabytes * MEGABYTE / pages / 3) ** 0.5) + 1
    pdf = Pdf()
    for number in range(1, pages + 1):
        rows = [(subject, rng.randrange(1000), rng.randrange(1000)) for subject in SUBJECTS]
        rows.append(("Totaal", sum(row[1] for row in rows), sum(row[2] for row in rows)))
        text = [b"BT /F1 12 Tf 72 760 Td (Klachten van afdeling %d per onderwerp) Tj ET" % number]
        for at, (label, *values) in enumerate([("Onderwerp", 2022, 2023), *rows]):
            cells = b" 90 0 Td ".join(b"(%d) Tj" % value for value in values)
            text.append(b"BT /F1 10 Tf 72 %d Td (%s) Tj 160 0 Td %s ET" % (740 - 15 * at, label.encode(), cells))
        text.append(b"72 736 m 400 736 l S 72 %d m 400 %d l S" % (622, 622))
        text.append(b"q 400 0 0 300 72 250 cm /I Do Q")
        image = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8"
        photograph = pdf.stream(rng.randbytes(3 * side * side), image % (side, side), packed=False)
        pdf.page(b"\n".join(text), resources=b"/XObject << /I %d 0 R >>" % photograph)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pdf.bytes())
    return pages * 2 * (len(SUBJECTS) + 1)


def read_thick(path: Path, pages: int, megabytes: float, say: Callable[[str], None]) -> str:
    """Writes the report to `path`, reads it under the default limits, and says what came of it."""
    printed = write(path, pages, megabytes)
    with Sandbox(1) as sandbox, Memory() as memory:
        say(f"{path.name} is written: {path.stat().st_size / MEGABYTE:.0f} MB")
        (outcome,) = read_all([path], sandbox)
    found = len(outcome.report.figures) if outcome.report else 0
    return (
        f"{pages} pages, {path.stat().st_size / MEGABYTE:.0f} MB: {outcome.status} {outcome.reason}\n"
        f"{found} figures read of {printed} printed in {outcome.seconds:.0f} s of wall time, "
        f"{sum(memory.cpu.values()):.0f} s of processor time; of a reader most address space "
        f"{memory.address_space / MEGABYTE:.0f} MB, most resident {memory.resident / MEGABYTE:.0f} MB.\n"
    )
