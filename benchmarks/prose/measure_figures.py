"""How many figures of made-up sentences in four languages `extractors.observed` reads, and how many it makes up.

Run `python benchmarks/prose/measure_figures.py`. A figure is right when value and unit are.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from extractors.observed import observed

SENTENCES = Path(__file__).with_name("figures.txt")


@dataclass
class Result:
    """Counts over all sentences; `missed` and `made_up` list what went wrong."""

    wanted: int = 0
    found: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    made_up: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of the sentences' figures that were read."""
        return self.right / max(1, self.wanted)

    @property
    def precision(self) -> float:
        """Share of what was read that is right."""
        return self.right / max(1, self.found)


def measure(lines: list[str]) -> Result:
    """Reads every sentence by itself and compares."""
    result = Result()
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        language, sentence, expected = line.split("\t")
        wanted: Counter[tuple[float, str]] = Counter()
        for figure in expected.split(";"):
            if figure.strip() != "-":
                value, unit = figure.split()
                wanted[round(float(value), 4), unit] += 1
        read = Counter((round(f.value, 4), f.unit) for f in observed(sentence, "", language, 2023))
        result.wanted += sum(wanted.values())
        result.found += sum(read.values())
        result.right += sum((wanted & read).values())
        result.missed += [f"{v:g} {u} — {sentence}" for v, u in (wanted - read).elements()]
        result.made_up += [f"{v:g} {u} — {sentence}" for v, u in (read - wanted).elements()]
    return result


def main() -> None:
    """Prints the measure and what went wrong."""
    result = measure(SENTENCES.read_text(encoding="utf-8").splitlines())
    sys.stdout.write(f"figures {result.wanted}, recall {result.recall:.3f}, precision {result.precision:.3f}\n")
    for name, items in (("missed", result.missed), ("made up", result.made_up)):
        for item in items:
            sys.stdout.write(f"{name}: {item}\n")


if __name__ == "__main__":
    main()
