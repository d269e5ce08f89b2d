"""A queue of 5,000 labels: how long from the key to the next card.

    python -m benchmarks.steward.many [--labels 5000] [--presses 120]

Labels are made: names of concepts with a district behind them, fifty to a page of a PDF that is drawn for it. A card
counts as there when its page is shown and its buttons are open.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import tempfile
import time
from pathlib import Path

from benchmarks.steward.page import NEXT, Server, at_first, browser, load, signed_in, waited
from ontology.scheme import FACETS, load_scheme

A_PAGE = 50
_HEIGHT = 842.0


def make(raw: Path, data: Path, count: int) -> None:
    """Draws the report and writes the five tables that the page reads."""
    from reportlab.pdfgen.canvas import Canvas

    raw.mkdir()
    data.mkdir()
    names = [c.preferred["nl"] for c in load_scheme() if c.facet == "subject"]
    labels, numbers = [], []
    canvas = Canvas(str(raw / "many.pdf"), pagesize=(595, _HEIGHT), invariant=1)
    for n in range(count):
        page, row = divmod(n, A_PAGE)
        if row == 0:
            if n:
                canvas.showPage()
            canvas.drawString(60, _HEIGHT - 40, f"Klachten per onderwerp, deel {page + 1}")
        label = f"{names[n % len(names)]} wijk {n // len(names) + 1}"
        base = 60 + 15 * row
        value = 5000 - n
        canvas.drawString(60, _HEIGHT - base, label)
        canvas.drawString(400, _HEIGHT - base, str(value))
        labels.append(
            {"label_id": f"l{n}", "report_id": "many-2023", "label": label, "context": f"Deel {page + 1}",
             "facet": "subject", "concept": "", "confidence": 0.4, "status": "review", "note": "two branches"}
        )  # fmt: skip
        numbers.append(
            {"observation_id": f"n{n}", "report_id": "many-2023", "organisation": "Stad Veel", "kind": "cell",
             "table_id": f"t{page}", "table_title": f"Deel {page + 1}", "row_label": label, "column_label": "2023",
             "value": value, "value_printed": value, "unit": "count", "measure": "cases", "period_start": "2023-01-01",
             "period_end": "2023-12-31", **dict.fromkeys(FACETS, ""), "is_total": "false", "quoted_from": "",
             "page": page + 1, "x0": 400, "top": base - 9, "x1": 430, "bottom": base + 2, "section": "", "sentence": ""}
        )  # fmt: skip
    canvas.save()
    digest = hashlib.sha256((raw / "many.pdf").read_bytes()).hexdigest()
    report = {
        "report_id": "many-2023", "city": "Veel", "publisher": "Stad Veel", "title": "Jaarverslag 2023",
        "reporting_year": 2023, "language": "nl", "edition": "synthetic", "file": "many.pdf", "sha256": digest,
        "pages": (count - 1) // A_PAGE + 1, "status": "ok", "reason": "",
    }  # fmt: skip
    none = [{"report_id": "", "page": "", "severity": "", "what": "", "finding_id": ""}]
    for name, rows in (("labels", labels), ("observations", numbers), ("reports", [report])):
        _write(data / f"{name}.csv", rows)
    for name in ("findings", "problems"):
        _write(data / f"{name}.csv", none, rows=False)


def _write(path: Path, records: list[dict[str, object]], *, rows: bool = True) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(records[0]))
        writer.writeheader()
        if rows:
            writer.writerows(records)


def measure(folder: Path, count: int, presses: int) -> dict[str, float]:
    """Seconds of start and processor, milliseconds from key to next card at percentiles."""
    make(folder / "raw", folder / "data", count)
    began = time.perf_counter()
    server = Server(folder / "data", folder / "raw", folder / "decisions")
    try:
        with browser() as opened:
            page = signed_in(opened, server)
            listed = time.perf_counter() - began
            at_first(page, server, "city=veel")
            before, waits = server.processor_seconds(), []
            for n in range(presses):
                item = page.get_attribute("#decide", "data-item")
                page.keyboard.press("12x0u"[n % 5])
                page.wait_for_function(NEXT, arg=item)
                waits.append(waited(page) or 0.0)
            used = 1000 * (server.processor_seconds() - before) / presses
    finally:
        server.kill()
    waits.sort()
    at = {p: waits[min(int(p / 100 * presses), presses - 1)] for p in (50, 95, 99)}
    return {"listed": listed, "processor": used, **{f"p{p}": ms for p, ms in at.items()}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=int, default=5000)
    parser.add_argument("--presses", type=int, default=120)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), given.labels, given.presses)
    print(f"{given.labels} labels, {given.presses} presses of a key")
    print(
        f"key to next card: median {found['p50']:.0f} ms, 95th percentile {found['p95']:.0f}, 99th {found['p99']:.0f}"
    )
    print(f"the server's processor time {found['processor']:.0f} ms a decision; the list after {found['listed']:.1f} s")
    print(load())


if __name__ == "__main__":
    main()
