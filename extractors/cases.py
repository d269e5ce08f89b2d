"""Narrative cases: what was complained of, how it was handled, how it was judged, what followed.

A case is known by its shape, in any of four languages: a heading of its own (mostly with a date or a number), a story
told of one complaint, and often a judgement on it. Headings that define a category, quoted letters and chapters of
policy are refused: two independent signs are needed.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.case_words import (
    COMPLAINT_LABEL,
    DEFINITION,
    FILED,
    FOLLOW_UP,
    HANDLING_CUE,
    HANDLING_LABEL,
    JUDGEMENT,
    NARRATIVE,
    OUTCOME_LABEL,
    OUTCOME_WORD,
    Judgement,
    judgement_of,
)
from extractors.dates import leading_date, only_date, strip_head
from extractors.masking import mask
from extractors.outline import Outline
from extractors.sentences import sentences
from extractors.textflow import Paragraph
from schemas.printed import Case

_NEW_SENTENCE = re.compile(r"[.!?][”’\"'»)]*\s+(?=[A-ZÀ-Þ])")
__all__ = ["JUDGEMENT", "case_paragraphs", "find_cases"]


@dataclass(frozen=True, slots=True)
class _Candidate:
    head: int
    body: tuple[int, ...]
    signs: int
    firm: bool
    judged: bool
    told: bool
    date: datetime.date | None = None
    """printed on a line of its own under or over the heading"""
    date_line: int | None = None


def find_cases(paragraphs: Sequence[Paragraph], outline: Outline, language: str) -> tuple[Case, ...]:
    """The report's narrative cases, in order, their texts masked."""
    return tuple(_case(paragraphs, c, language) for c in _candidates(paragraphs, language))


def case_paragraphs(paragraphs: Sequence[Paragraph], language: str) -> frozenset[int]:
    """Indexes of the paragraphs that tell a case, its heading included."""
    return frozenset(i for c in _candidates(paragraphs, language) for i in _parts(c))


def _parts(c: _Candidate) -> tuple[int, ...]:
    return (c.head, *c.body) if c.date_line is None else (c.head, c.date_line, *c.body)


def _candidates(paragraphs: Sequence[Paragraph], language: str) -> list[_Candidate]:
    found: list[_Candidate] = []
    apart = _dates_apart(paragraphs)
    index = 0
    while index < len(paragraphs):
        head = paragraphs[index]
        if index in apart or not _is_head(head):
            index += 1
            continue
        body = []
        k = index + 1
        while k < len(paragraphs) and (k in apart or not _closes(head, paragraphs[k])):
            if paragraphs[k].kind in ("body", "item", "quote", "heading"):
                body.append(k)
            k += 1
        line = _date_line(paragraphs, apart, index, body)
        # a date on the last line before the next heading is that heading's
        while body and body[-1] in apart and body[-1] != line:
            body.pop()
        body = [i for i in body if i != line]
        candidate = _weigh(paragraphs, index, tuple(body), language, dated=line is not None)
        if candidate is not None:
            found.append(candidate if line is None else replace(candidate, date=apart[line], date_line=line))
            index = k
        else:
            index += 1
    return _families(paragraphs, found)


def _date_line(
    paragraphs: Sequence[Paragraph], apart: dict[int, datetime.date], head: int, body: Sequence[int]
) -> int | None:
    """The paragraph that is nothing but the date of the case that `head` opens: right under it, or right over it."""
    if leading_date(paragraphs[head].text) is not None:
        return None
    if body and body[0] in apart:
        return body[0]
    # over its heading only where no heading stands over the date itself, or that one is not told below it
    over = head - 1
    before = paragraphs[over - 1] if over > 0 else None
    free = before is None or before.kind != "heading" or before.level < paragraphs[head].level
    return over if over in apart and free else None


def _dates_apart(paragraphs: Sequence[Paragraph]) -> dict[int, datetime.date]:
    """Paragraphs that are nothing but a date and stand beside a heading; others open a text all by themselves."""
    found: dict[int, datetime.date] = {}
    for k, p in enumerate(paragraphs):
        date = only_date(p.text)
        if date is None:
            continue
        beside = [q.kind == "heading" for q in (*paragraphs[max(0, k - 1) : k], *paragraphs[k + 1 : k + 2])]
        if any(beside):
            found[k] = date
    return found


def _is_head(p: Paragraph) -> bool:
    if p.kind == "heading":
        return True
    # a case's heading may be set as plain text: a date or a number, and a title
    return (
        p.kind in ("body", "item") and len(p.text) < 160 and strip_head(p.text) != p.text and not p.text.endswith(".")
    )


def _closes(head: Paragraph, p: Paragraph) -> bool:
    """Whether `p` ends the case that `head` opened: any heading, save a run-in label such as `Findings`."""
    if p.kind == "heading":
        return not (p.level > head.level and _label_only(p.text))
    return head.kind != "heading" and _is_head(p)


def _label_only(text: str) -> bool:
    bare = text.strip().rstrip(":").strip() + ":"
    return (
        any(pattern.match(bare) for pattern in (COMPLAINT_LABEL, HANDLING_LABEL, OUTCOME_LABEL, FOLLOW_UP))
        and len(text) < 40
    )


def _weigh(
    paragraphs: Sequence[Paragraph], head: int, body: tuple[int, ...], language: str, *, dated: bool
) -> _Candidate | None:
    if not body:
        return None
    title = paragraphs[head].text
    texts = [paragraphs[i].text for i in body]
    whole = " ".join(texts)
    if not 80 <= len(whole) <= 9000 or DEFINITION.match(whole) or OUTCOME_WORD.fullmatch(title.strip()):
        return None
    if len(body) > 14 or sum(paragraphs[i].kind == "item" for i in body) > 0.6 * len(body):
        return None
    dated = dated or strip_head(title) != title or leading_date(title) is not None
    judged = judgement_of(texts) is not None
    story = len({m.group().casefold() for m in NARRATIVE.finditer(whole)})
    handled = bool(HANDLING_CUE.search(whole)) or any(HANDLING_LABEL.match(t) for t in texts)
    told = story >= 1 and (handled or judged or story >= 2)
    # a report's own figures and plurals of complaints speak of many, not of one
    numbers = len(re.findall(r"\b\d+(?:[.,]\d+)?\s?%|\b(?:in|en)\s20\d\d\b", whole))
    filed = bool(FILED.search(whole))
    signs = 2 * dated + 2 * judged + story + handled + 2 * filed - (2 if numbers >= 4 else 0)
    single = filed and handled and story >= 1 and signs >= 4 and len(whole) < 3000 and not numbers
    if (dated and (judged or told)) or (judged and told and signs >= 4) or single:
        return _Candidate(head, body, signs, dated or single, judged, told)
    return None


def _families(paragraphs: Sequence[Paragraph], found: list[_Candidate]) -> list[_Candidate]:
    """Cases without a date or number stand in families: at least two in one style, or a judgement and a story."""
    groups: dict[tuple[int, float, bool], list[_Candidate]] = defaultdict(list)
    for c in found:
        p = paragraphs[c.head]
        groups[p.level, p.style.size, p.style.bold].append(c)
    kept = []
    for c in found:
        p = paragraphs[c.head]
        family = groups[p.level, p.style.size, p.style.bold]
        if c.firm or len(family) >= 2 or c.signs >= 5:
            kept.append(c)
    return kept


def _case(paragraphs: Sequence[Paragraph], c: _Candidate, language: str) -> Case:
    head = paragraphs[c.head]
    parts = [paragraphs[i] for i in c.body]
    complaint, handling, follow = _split(parts, language)
    judged: Judgement | None = judgement_of([p.text for p in parts])
    title = strip_head(head.text).strip(" -–—:|.")
    masked_title, n0 = mask(title or head.text, language)
    masked_complaint, n1 = mask(complaint, language)
    masked_handling, n2 = mask(handling, language)
    masked_follow, n3 = mask(follow, language) if follow else (None, 0)
    date = leading_date(head.text) or c.date
    section = next((h for h in reversed(head.headings)), None)
    return Case(
        title=masked_title, organisation=head.organisation, section=section, complaint=masked_complaint,
        handling=masked_handling, page_first=head.page, page_last=max(p.last_page for p in parts), date=date,
        follow_up=masked_follow, outcome_label=judged.label if judged else None, language=language, top=head.top,
        redactions=n0 + n1 + n2 + n3,
    )  # fmt: skip


def _split(parts: Sequence[Paragraph], language: str) -> tuple[str, str, str | None]:
    """The three texts of a case: complaint, handling with the judgement, follow-up."""
    buckets: dict[str, list[str]] = {"complaint": [], "handling": [], "follow": []}
    current = "complaint"
    labelled = any(HANDLING_LABEL.match(p.text) for p in parts)
    told = [p for p in parts if not _label_only(p.text)]
    for number, p in enumerate(parts):
        text = p.text
        if p.kind == "heading" or _label_only(text):
            bare = text.strip().rstrip(":") + ":"
            current = _named(bare) or current
            continue
        named = _named(text)
        if named == "follow":
            current = "follow"
            buckets["follow"].append(text)
            continue
        if named and (labelled or named != "complaint"):
            current = named
            label = {"complaint": COMPLAINT_LABEL, "handling": HANDLING_LABEL}[named]
            text = label.sub("", text, count=1).strip() if not OUTCOME_LABEL.match(text) else text
        elif current == "complaint" and not labelled and number > 0 and _turns(p, parts, number):
            current = "handling"
        if current == "handling" and (cut := _follows_at(text)) is not None:
            buckets["handling"].append(text[:cut].rstrip())
            buckets["follow"].append(text[cut:])
            current = "follow"
            continue
        buckets[current].append(text)
    if not buckets["handling"] and buckets["complaint"] and told:
        first, rest = _split_text(" ".join(buckets["complaint"]), language)
        return first, rest, " ".join(buckets["follow"]) or None
    return " ".join(buckets["complaint"]), " ".join(buckets["handling"]), " ".join(buckets["follow"]) or None


def _follows_at(text: str) -> int | None:
    """Where a sentence within a paragraph opens with a label such as `Follow-up:`."""
    return next((m.end() for m in _NEW_SENTENCE.finditer(text) if FOLLOW_UP.match(text[m.end() : m.end() + 60])), None)


def _named(text: str) -> str | None:
    if FOLLOW_UP.match(text):
        return "follow"
    if HANDLING_LABEL.match(text) or OUTCOME_LABEL.match(text):
        return "handling"
    return "complaint" if COMPLAINT_LABEL.match(text) else None


def _turns(p: Paragraph, parts: Sequence[Paragraph], number: int) -> bool:
    """Whether the handling begins with this paragraph."""
    if p.new_page and not HANDLING_CUE.search(p.text[:200]):
        later = [q for q in parts[number + 1 :] if not FOLLOW_UP.match(q.text)]
        # the complaint itself may have been cut by a page break after a full stop
        return not any(HANDLING_CUE.search(q.text[:200]) for q in later)
    if HANDLING_CUE.search(p.text[:240]) or judgement_of([p.text]) is not None:
        return True
    later = [q for q in parts[number + 1 :] if not FOLLOW_UP.match(q.text)]
    return not any(HANDLING_CUE.search(q.text[:160]) for q in later)


def _split_text(text: str, language: str) -> tuple[str, str]:
    """One paragraph cut at the first sentence (but the first) that tells what was done with the complaint.

    Where no sentence says so, what follows the complainant's last appearance before the judgement is the handling.
    """
    pieces = sentences(text, language)
    spans = [text[a:b] for a, b in pieces]
    cut = next((k for k in range(1, len(spans)) if HANDLING_CUE.search(spans[k][:90])), None)
    if cut is None:
        judged = next((k for k in range(1, len(spans)) if judgement_of([spans[k]]) is not None), len(spans))
        told = [k for k in range(judged - 1) if NARRATIVE.search(spans[k])]
        cut = told[-1] + 1 if told else judged if judged < len(spans) else None
    if cut is None:
        return text, ""
    return text[: pieces[cut][0]].strip(), text[pieces[cut][0] :].strip()
