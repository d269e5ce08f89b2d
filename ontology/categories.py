"""One printed label split into its time and what it names. Light: the stewards' page starts with it."""

from __future__ import annotations

from dataclasses import dataclass

from ontology import words
from ontology.periods import Part, read_part
from ontology.text import normalise


@dataclass(frozen=True, slots=True)
class Word:
    """One printed label of an axis: its time, what is left of it, and whether that names a category."""

    label: str
    part: Part
    category: str
    total: bool


def read_word(label: str) -> Word:
    """Splits a label into its time and its category; `category` is empty for totals, units, headings and bare years."""
    part = read_part(label)
    rest = part.rest if part.found else label
    total = words.is_total(rest)
    category = "" if not normalise(rest) or words.is_noise(rest) else words.core(rest)
    return Word(label, part, category, total)
