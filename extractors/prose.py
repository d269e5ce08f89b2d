"""Figures in running text: counts, percentages, lead times, scores, each with what it counts and its own place.

A number is taken only when its sentence says what it counts. Years, dates, page and law numbers, telephone and house
numbers, names with digits, ordinals, enumerations and the numbers inside a narrative case are no observations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractors.cases import case_paragraphs
from extractors.counted import AVERAGE, COUNTED
from extractors.lists import list_items
from extractors.masking import mask
from extractors.observed import Found, observed
from extractors.outline import Outline
from extractors.own_years import years_for
from extractors.phrases import counted_phrase
from extractors.sentences import sentences
from extractors.textflow import Paragraph
from schemas.printed import Figure

METHOD = "prose-rules"
_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?![\d%]|[.,]\d)")


def find_figures(
    paragraphs: Sequence[Paragraph], outline: Outline, language: str, reporting_year: int | None = None
) -> tuple[Figure, ...]:
    """Figures of kind `prose`, in reading order.

    `years` are those that the sentence gives for the number itself; empty when it gives none. `reporting_year` helps
    to tell a year from a count. Sentences leave masked.
    """
    told = case_paragraphs(paragraphs, language)
    listed = list_items(paragraphs, language)
    figures: list[Figure] = []
    for number, paragraph in enumerate(paragraphs):
        if number in told or number in listed or paragraph.kind in ("heading", "caption", "quote", "aside"):
            continue
        if (paragraph.kind == "footnote" and len(paragraph.text.split()) < 6) or _rows(paragraph.text):
            continue
        lead = _lead(paragraphs, number)
        for start, end in sentences(paragraph.text, language):
            sentence = paragraph.text[start:end]
            previous = f"{lead} {paragraph.text[max(0, start - 400) : start]}"
            if not sentence.endswith("?"):
                for found in observed(sentence, previous, language, reporting_year):
                    figures.append(_figure(paragraph, start, found, previous, outline, end=end, year=reporting_year))
    return tuple(figures)


def _rows(text: str) -> bool:
    """Whether a text is rows of a table that no rule or column gave away: numbers at its end, no sentence."""
    if re.search(r"[.!?:;]\W*$", text):
        return False
    tokens = text.split()
    bare = [t.strip("()%.,").replace(".", "").replace(",", "") for t in tokens]
    numbers = sum(t.isdigit() and not _YEAR.fullmatch(t) for t in bare)
    ends = not _YEAR.fullmatch(bare[-1]) if bare else False
    row = (
        ends
        and len(tokens) <= 16
        and re.search(r"\d\s?(?:%|procent|prozent|per\s?cent|pour\s?cent|\))?$", text, re.IGNORECASE)
    )
    return bool(row) or (numbers >= 3 and numbers >= 0.18 * len(tokens))


def _lead(paragraphs: Sequence[Paragraph], number: int) -> str:
    """The end of the paragraph before, where it stands under the same heading; its noun may be counted on."""
    if number == 0 or paragraphs[number - 1].kind not in ("body", "item"):
        return ""
    return paragraphs[number - 1].text[-200:]


@lru_cache(maxsize=2048)
def _masked(text: str, language: str) -> str:
    return mask(text, language)[0]


def _figure(
    paragraph: Paragraph, offset: int, found: Found, previous: str, outline: Outline, *, end: int, year: int | None
) -> Figure:
    """The figure `found` in the sentence that runs from `offset` to `end` of the paragraph."""
    language = outline.language
    sentence = paragraph.text[offset:end]
    timed = found.unit in ("days", "seconds", "score")  # how long what took, the sentence itself says
    around = "" if timed else previous
    levels = counted_phrase(sentence, found.start, found.end, around, language, own_noun=found.own_noun)
    if timed and not levels:
        named = [hit.group() for hit in AVERAGE.finditer(sentence[: found.start])]
        levels = ("score",) if found.unit == "score" else tuple(named[-1:])
    labels = tuple(_masked(level, language) for level in levels)
    if not labels and paragraph.section:
        named_there = COUNTED.search(paragraph.section) if found.unit == "percent" else None
        labels = (named_there.group() if named_there else paragraph.section,)  # `Aard van de klachten`: their shares
    return Figure(
        kind="prose",
        organisation=paragraph.organisation,
        printed=sentence[found.start : found.end].strip(),
        value=found.value,
        unit=found.unit,
        row_labels=labels,
        column_labels=(),
        place=paragraph.places(offset + found.start, offset + found.end)[0],
        method=METHOD,
        section=paragraph.section,
        table_title=paragraph.section,
        confidence=found.confidence,
        sentence=_masked(sentence, language),
        years=years_for(sentence, found.start, found.end, year),
        label_places=paragraph.places(offset, offset + 1)[:1],
    )
