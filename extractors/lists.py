"""Itemised lists that are tables in disguise: every item a figure (or two) and what it counts.

Read are `7 via e-mail`, `73% of 423 technische klachten`, `133 (87%) gegronde klachten`, `E-mail: 45 (12%)` and items
with an earlier year in brackets. Items that are sentences are left to `extractors.prose`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.counted import DAYS, PERCENT
from extractors.masking import mask
from extractors.number_words import Mention, mentions
from extractors.outline import Outline
from extractors.textflow import Paragraph
from schemas.printed import Figure

METHOD = "list-items"
_I = re.IGNORECASE
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LINK = re.compile(r"^\s*(?:of|ou|oder|or|[–—\-/=:]|\()\s*(?:ongeveer\s|environ\s|rund\s|about\s)?$", _I)
_LEADERS = re.compile(r"[\s.…:–—\-=]+$")
MAX_WORDS = 28
"""Longer items are sentences."""


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    value: float
    unit: str
    years: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Item:
    label: str
    numbers: tuple[_Number, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    title: str | None
    indexes: tuple[int, ...]


def find_lists(
    paragraphs: Sequence[Paragraph], outline: Outline, language: str, reporting_year: int | None = None
) -> tuple[Figure, ...]:
    """Figures of kind `list`. The row label is the item's, the title the sentence or heading before the list.

    `years` are those that the item or its title gives; `reporting_year` is not put in their place.
    """
    del outline, reporting_year
    figures: list[Figure] = []
    for run in _runs(paragraphs, language):
        first = paragraphs[run.indexes[0]]
        table_id = f"p{first.page}-list-{round(first.top)}"
        title = mask(run.title, language)[0] if run.title else None
        title_years = tuple(dict.fromkeys(_YEAR.findall(title or "")))
        for index in run.indexes:
            paragraph = paragraphs[index]
            item = _item(paragraph.text, language)
            if item is None:
                continue
            label, _ = mask(item.label, language)
            for number in item.numbers:
                own = number.years or tuple(dict.fromkeys(_YEAR.findall(item.label)))[:1]
                places = paragraph.places(number.start, number.end)
                at = max(paragraph.text.find(item.label[:12]), 0)
                figures.append(
                    Figure(
                        kind="list",
                        organisation=paragraph.organisation,
                        printed=paragraph.text[number.start : number.end].strip(),
                        value=number.value,
                        unit=number.unit,
                        row_labels=(label,),
                        column_labels=(),
                        place=places[0],
                        method=METHOD,
                        section=paragraph.section,
                        table_id=table_id,
                        table_title=title,
                        confidence=0.95,
                        sentence=mask(paragraph.text, language)[0],
                        years=own or (title_years if len(title_years) == 1 else ()),
                        is_total=bool(re.match(r"(?:totaal|total|gesamt|summe|insgesamt)\b", label, _I)),
                        label_places=paragraph.places(at, at + len(item.label))[:1],
                    )
                )
    return tuple(figures)


def list_items(paragraphs: Sequence[Paragraph], language: str) -> frozenset[int]:
    """Indexes of the paragraphs that `find_lists` reads."""
    return frozenset(
        i for run in _runs(paragraphs, language) for i in run.indexes if _item(paragraphs[i].text, language)
    )


def _runs(paragraphs: Sequence[Paragraph], language: str) -> list[_Run]:
    """Two or more items on end of which most are a figure and a label; a page break does not end them."""
    runs: list[_Run] = []
    k = 0
    while k < len(paragraphs):
        group: list[int] = []
        j = k
        while j < len(paragraphs) and (
            _itemised(paragraphs[j], language) or (group and paragraphs[j].kind == "footnote")
        ):
            if paragraphs[j].kind != "footnote":
                group.append(j)
            j += 1
        read = [i for i in group if _item(paragraphs[i].text, language)]
        if len(read) >= 2 and len(read) >= 0.6 * len(group):
            runs.append(_Run(_introduces(paragraphs, group[0]), tuple(group)))
        k = max(j, k + 1)
    return runs


def _itemised(p: Paragraph, language: str) -> bool:
    if p.kind == "item":
        return True
    # lines without a bullet: short, a figure first, no sentence
    if p.kind not in ("body", "quote") or len(p.text.split()) > 14 or p.text[-1:] in ".?!":
        return False
    return bool(re.match(r"^\(?\d", p.text)) and _item(p.text, language) is not None


def _introduces(paragraphs: Sequence[Paragraph], first: int) -> str | None:
    for p in reversed(paragraphs[max(0, first - 4) : first]):
        if p.kind in ("footnote", "caption"):
            continue
        if p.kind == "heading":
            return p.text
        if p.text.rstrip().endswith(":") or len(p.text) < 200:
            last = re.split(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ])", p.text)[-1]
            return last
        break
    return paragraphs[first].section


def _item(text: str, language: str) -> _Item | None:
    """One item read, None when it is not a label with figures."""
    if len(text.split()) > MAX_WORDS:
        return None
    found = [m for m in mentions(text, language) if not _not_a_figure(text, m)]
    if not found:
        return None
    leading = _chain(text, found, 0) if found[0].start <= 2 and not text[: found[0].start].strip(" (~±<>") else []
    if leading:
        label, extra = _label(text[leading[-1].end :], leading[-1].end, found, language)
        if not _is_label(label, opening=True):
            return None
        return _Item(label, (*leading, *extra))
    # label first: `E-mail: 45 (12%)`, `E-mail .... 45`
    closing = _closing(text, found) or _bracketed(text, found)
    if closing:
        label = _LEADERS.sub("", text[: closing[0].start].rstrip(" (")).strip()
        if _is_label(label, opening=False) and len(label.split()) <= 16:
            return _Item(label, tuple(closing))
    return None


def _not_a_figure(text: str, m: Mention) -> bool:
    if m.word and m.value == 1 and m.text.casefold() not in ("één", "one"):
        return True
    after = text[m.end :]
    if re.match(r"^(?:e|de|ste|ème|er|th|st|nd|rd)\b", after):
        return True
    if re.fullmatch(r"(?:19|20)\d\d", m.text) and (m.start > 0 or not re.match(r"^\s[a-zà-ÿ]", after)):
        return True
    return bool(re.match(r"^[/.\-]\d", after)) or m.text.startswith("-")


def _unit(text: str, m: Mention) -> tuple[str, int]:
    percent = PERCENT.match(text[m.end :])
    if percent:
        return "percent", m.end + len(percent.group().rstrip())
    days = DAYS.match(text[m.end :])
    if days:
        return "days", m.end + days.end()
    return "count", m.end


def _number(text: str, m: Mention) -> _Number | None:
    unit, end = _unit(text, m)
    if unit == "count" and m.value != int(m.value):
        return None
    return _Number(m.start, end, m.value, unit)


def _chain(text: str, found: Sequence[Mention], first: int) -> list[_Number]:
    """The numbers that open an item: one, or a count and its share in either order."""
    one = _number(text, found[first])
    if one is None:
        return []
    chain = [one]
    for m in found[first + 1 : first + 2]:
        between = text[chain[-1].end : m.start]
        two = _number(text, m)
        if two and _LINK.match(between) and two.unit != chain[-1].unit:
            chain.append(two)
    if chain[-1].unit == "count" and re.match(r"^\s?(?:€|euro|jaar|uur|ans?\b|years|Jahre)", text[chain[-1].end :], _I):
        return []
    return chain


def _closing(text: str, found: Sequence[Mention]) -> list[_Number]:
    """The numbers that close an item, after a colon, dash, leader or in brackets."""
    for first in range(max(0, len(found) - 2), len(found)):
        chain = _chain(text, found, first)
        if not chain:
            continue
        opens = text[: chain[0].start]
        rest = text[chain[-1].end :].strip(" ).,;")
        if rest and not re.match(
            r"^(?:klachten|meldingen|dossiers?|keer|plaintes|cas|fälle|complaints|cases|signalen)$", rest, _I
        ):
            continue
        if re.search(r"(?::|\s[–—\-=]|\.{3,}|…|\()\s*$", opens) and opens.strip(" :–—-=.(…"):
            return chain
    return []


def _bracketed(text: str, found: Sequence[Mention]) -> list[_Number]:
    """A share and a count in one pair of brackets at the end: `joint waste (39%, 23)`."""
    hit = re.search(r"\(([\d.,'’ ]+)(%?)\s*[,;/–-]\s*([\d.,'’ ]+)(%?)\)\s*[.,;]?$", text)
    if not hit or bool(hit.group(2)) == bool(hit.group(4)):
        return []
    pair = [m for m in found if m.start >= hit.start()]
    numbers = [n for n in (_number(text, m) for m in pair[:2]) if n is not None]
    return numbers if len(pair) == 2 and len(numbers) == 2 else []


def _label(rest: str, offset: int, found: Sequence[Mention], language: str) -> tuple[str, tuple[_Number, ...]]:
    """What follows the opening figures, and an earlier year's figure in brackets at its end."""
    del language
    label = re.sub(r"^[\s)\]:–—\-=x×]+", "", rest)
    earlier = re.search(r"\s*\((?P<n>[\d.,  ]+%?)\s+(?:in|en|im\sjahr)\s(?P<y>(?:19|20)\d\d)\)\s*$", label)
    if earlier:
        start = offset + len(rest) - len(label) + earlier.start("n")
        hit = [m for m in found if abs(m.start - start) <= 1]
        if hit:
            number = _Number(
                hit[0].start,
                hit[0].end,
                hit[0].value,
                "percent" if "%" in earlier.group("n") else "count",
                (earlier.group("y"),),
            )
            return label[: earlier.start()].strip(" ,;."), (number,)
    label = re.sub(
        r"\s+(?:tegenover|contre|gegenüber|against|versus|vs\.?|en|et|und|and)$", "", label.strip(" ,;."), flags=_I
    )
    return label, ()


def _is_label(label: str, *, opening: bool) -> bool:
    letters = sum(c.isalpha() for c in label)
    if letters < 2 or letters < 0.5 * len(label.replace(" ", "")):
        return False
    # a sentence of its own is not a label
    return not (opening and re.search(r"[.!?]\s+[A-ZÀ-Þ]", label))
