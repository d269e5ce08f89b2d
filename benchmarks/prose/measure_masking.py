"""How many planted personal details `extractors.masking` finds, and how much else it takes.

Run `python benchmarks/prose/measure_masking.py`. Each set of sentences was written before the rules were run on it; the
rules were then mended on what it showed, so only the first run over a set is blind (docs/narrative.md has those).
A detail is found when none of its words of three characters or more is left; a word outside the details is lost when
it is gone from the masked text.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from extractors.masking import mask_story

_NTH = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth")
SETS = ("masking", *(f"masking_{n}" for n in _NTH))
SENTENCES = Path(__file__).with_name("masking.txt")
_PLANTED = re.compile(r"\[\[(.+?)\]\]")
_WORD = re.compile(r"(?:[cdjlmnst]|qu)[’'](?=\w)|[^\W_][\w’'.\-@/]*")
"""A word; what French elides before one (d'Anissa) is a word of its own."""


@dataclass
class Result:
    """Counts over all sentences; `missed` and `lost` list what went wrong."""

    planted: int = 0
    found: int = 0
    others: int = 0
    missed: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of the planted details that are gone."""
        return self.found / max(1, self.planted)

    @property
    def taken(self) -> float:
        """Share of the other words that are gone too."""
        return len(self.lost) / max(1, self.others)


def words(text: str) -> Counter[str]:
    """The words of a text with their counts."""
    return Counter(w.strip(".’'") for w in _WORD.findall(text))


def measure(lines: list[str]) -> Result:
    """Masks every sentence and compares."""
    result = Result()
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        language, _, marked = line.partition("\t")
        details = _PLANTED.findall(marked)
        (masked,), _ = mask_story([_PLANTED.sub(r"\1", marked)], language)
        left = words(re.sub(r"\[[A-Z\-]+\]", " ", masked))
        rest = words(_PLANTED.sub(" ", marked))
        result.planted += len(details)
        result.others += sum(rest.values())
        result.lost += [f"{w} — {masked}" for w in (rest - left).elements()]
        over = left - rest
        for detail in details:
            kept = [w for w in words(detail) if len(w) >= 3 and over[w]]
            if kept:
                result.missed.append(f"{detail} — {masked}")
            else:
                result.found += 1
    return result


def main() -> None:
    """Prints the measure of each set and what went wrong."""
    for name in SETS:
        result = measure(SENTENCES.with_name(f"{name}.txt").read_text(encoding="utf-8").splitlines())
        sys.stdout.write(f"{name}: details {result.planted}, found {result.found}, recall {result.recall:.3f}; ")
        sys.stdout.write(f"other words {result.others}, lost {len(result.lost)}, share {result.taken:.4f}\n")
        for kind, items in (("missed", result.missed), ("lost", result.lost)):
            for item in items:
                sys.stdout.write(f"{kind}: {item}\n")


if __name__ == "__main__":
    main()
