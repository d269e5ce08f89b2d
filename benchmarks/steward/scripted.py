"""From an empty folder of decisions to Antwerpen's 2023 fully decided: how many keys, how many seconds.

    python -m benchmarks.steward.scripted

The scripted steward looks a label up in `antwerpen.tsv` (answers by label, best first) and presses what a person would:
the number of the first right candidate; where none of the five is right `/`, letters of its English name until
it is among the first three found, `↓`, Enter; `x` for what is no category. A label that the list does not know gets `u`
and is counted apart. It thinks for no time: the seconds are the page's. Every key counts, letters of a search too.
"""

from __future__ import annotations

import csv
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.steward.page import NEXT, Server, at_first, browser, load, signed_in, waited
from ontology.scheme import load_scheme
from ontology.text import normalise

_ROOT = Path(__file__).resolve().parents[2]
QUERY = "city=antwerpen&year=2023"


def answers() -> dict[str, list[str]]:
    with Path(__file__).with_name("antwerpen.tsv").open(encoding="utf-8", newline="") as file:
        return {normalise(row["label"]): row["answers"].split() for row in csv.DictReader(file, delimiter="\t")}


def keys_for(page: Any, wanted: list[str]) -> list[str]:
    """What a person presses on the card that is shown, up to the key that decides."""
    if wanted[0] in ("x", "0", "u"):
        return wanted
    shown = [b.get_attribute("value") for b in page.query_selector_all(".decide > form > .candidates .decides")]
    for key in wanted:
        if key in shown:
            return [str(shown.index(key) + 1)]
    return []


def search(page: Any, key: str, name: str) -> int:
    """Types a concept's name until it is among the first three found, and stands on it; the keys that it took."""
    page.keyboard.press("/")
    place = 0
    for typed, letter in enumerate(name, 1):
        page.keyboard.type(letter)
        if typed < 3 and typed < len(name):
            continue
        page.wait_for_timeout(400)  # the page asks once nothing was typed for a moment
        found = [b.get_attribute("value") for b in page.query_selector_all("#found button")]
        if key in found and (found.index(key) < 3 or typed == len(name)):
            place = found.index(key) + 1
            break
    for _ in range(place):
        page.keyboard.press("ArrowDown")
    return 1 + typed + place


def main() -> None:
    known, scheme = answers(), load_scheme()
    decisions = keys = unknown = searched = 0
    waits: list[float] = []
    with tempfile.TemporaryDirectory() as folder, browser() as opened:
        server = Server(_ROOT / "normalized", _ROOT / "raw_reports", Path(folder))
        try:
            page = signed_in(opened, server)
            began = time.perf_counter()
            at_first(page, server, QUERY)
            first = time.perf_counter() - began
            while (form := page.query_selector("#decide")) is not None:
                label = page.inner_text("h1.label").strip("“”\n ")
                item = form.get_attribute("data-item")
                wanted = known.get(normalise(label), ["u"])
                unknown += normalise(label) not in known
                pressed = keys_for(page, wanted)
                keys += len(pressed) or search(page, wanted[0], scheme.label(wanted[0], "en")) + 1
                searched += not pressed
                page.keyboard.press(pressed[-1] if pressed else "Enter")
                page.wait_for_function(NEXT, arg=item)
                waits += [ms for ms in [waited(page)] if ms is not None]
                decisions += 1
            seconds = time.perf_counter() - began
            rows = sum(len(p.read_text(encoding="utf-8").splitlines()) for p in Path(folder).glob("*.tsv"))
        finally:
            server.kill()
    waits.sort()
    print(f"decisions {decisions}, of them unsure for want of an answer {unknown}; lines in the files {rows}")
    print(f"keys {keys}, {keys / decisions:.2f} a decision; searched {searched} times")
    print(
        f"seconds {seconds:.1f}, of which {first:.1f} until the first label's proposals stood; from key to next card "
        f"median {waits[len(waits) // 2]:.0f} ms, 95th percentile {waits[int(0.95 * len(waits))]:.0f} ms"
    )
    print(load())


if __name__ == "__main__":
    main()
