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
from itertools import pairwise

from extractors.blocks import Style
from extractors.case_words import (
    COMPLAINT_LABEL,
    DEFINITION,
    FILED,
    FOLLOW_UP,
    HANDLED,
    HANDLER,
    HANDLING_CUE,
    HANDLING_LABEL,
    NARRATIVE,
    OUTCOME_LABEL,
    OUTCOME_WORD,
    SAID,
    Judgement,
    judgement_of,
    named_part,
)
from extractors.dates import dated_note, leading_date, only_date, strip_head
from extractors.masking import mask_story
from extractors.outline import Outline
from extractors.sentences import sentences
from extractors.textflow import Paragraph
from schemas.printed import Case

_NEW_SENTENCE = re.compile(r"[.!?][”’\"'»)]*\s+(?=[A-ZÀ-Þ])")
CUE = 6.0
"""What the first sentence with the wording of a handling weighs more than others as the place where it begins."""
RUN_INS = 3
"""So many paragraphs that open with a bold title of their own make these titles headings."""
TOPICS = 3
"""So many lines set alike over headings name their subjects."""
_ENUMERATED = re.compile(r"^\d{1,3}[.)]\s+(?=\S)")
RUN_IN_LEVEL = 98
"""Below every heading that stands on a line of its own."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A heading and what stands under it, with the signs that it tells a case."""

    head: int
    body: tuple[int, ...]
    signs: int
    dated: bool
    judged: bool
    told: bool
    single: bool
    """so much speaks for one complaint that neither a date nor other cases beside it are needed"""
    long: bool
    date: datetime.date | None = None
    """printed on a line of its own under or over the heading"""
    date_line: int | None = None
    topic: int | None = None
    """the line over the heading that names its subject"""

    @property
    def firm(self) -> bool:
        """Whether it needs no other case beside it."""
        return self.single or (self.dated and (self.judged or self.told))


def find_cases(paragraphs: Sequence[Paragraph], outline: Outline, language: str) -> tuple[Case, ...]:
    """The report's narrative cases, in order, their texts masked."""
    opened, _ = _opened(paragraphs)
    return tuple(_case(opened, c, language) for c in _candidates(opened))


def case_paragraphs(paragraphs: Sequence[Paragraph], language: str) -> frozenset[int]:
    """Indexes of the paragraphs that tell a case, its heading included."""
    opened, origins = _opened(paragraphs)
    return frozenset(origins[i] for c in _candidates(opened) for i in _parts(c))


def _parts(c: _Candidate) -> tuple[int, ...]:
    return (c.head, *(k for k in (c.date_line, c.topic) if k is not None), *c.body)


def _opened(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[int]]:
    """The paragraphs with headings that run into their text set apart, and the place that each one comes from."""
    leads = {k: lead for k, p in enumerate(paragraphs) if (lead := _run_in(p))}
    whole = {k for k, p in enumerate(paragraphs) if p.kind == "body" and p.style.bold and _dated_line(p.text)}
    plain = [k for k, lead in leads.items() if strip_head(lead) == lead]
    if len(plain) < RUN_INS:
        leads = {k: lead for k, lead in leads.items() if k not in plain}
    result: list[Paragraph] = []
    origins: list[int] = []
    for k, p in enumerate(paragraphs):
        if k in leads:
            title = leads[k].strip(" .:–—-")
            style = replace(p.style, bold=True)
            result.append(replace(p, text=title, kind="heading", level=RUN_IN_LEVEL, style=style, spans=(), lead=0))
            result.append(replace(p, text=p.text[p.lead :].lstrip(" .:–—-"), kind="body", lead=0))
            origins += [k, k]
        elif k in whole:
            result.append(replace(p, text=p.text.rstrip(" ."), kind="heading", level=RUN_IN_LEVEL))
            origins.append(k)
        elif p.lead and named_part(p.text[: p.lead]) is not None:
            label = p.text[: p.lead].strip(" :")  # a label in bold, or in a column of its own, without a colon
            result.append(replace(p, text=f"{label}: {p.text[p.lead :].lstrip(' :')}"))
            origins.append(k)
        else:
            result.append(p)
            origins.append(k)
    return result, origins


def _dated_line(text: str) -> bool:
    return len(text) < 160 and len(strip_head(text).split()) >= 2 and strip_head(text) != text


def _run_in(p: Paragraph) -> str | None:
    """The bold words that open a paragraph as its heading does: with a date or number, or a title that ends."""
    lead = p.text[: p.lead].strip()
    if p.kind not in ("body", "item") or not 2 <= len(lead.split()) <= 25 or len(p.text) - p.lead < 60:
        return None
    if named_part(lead) is not None:
        return None
    headed = strip_head(lead) != lead and len(strip_head(lead).split()) >= 2
    return lead if headed or (len(lead.split()) >= 3 and lead[-1:] in ".:–—?!") else None


def _candidates(paragraphs: Sequence[Paragraph]) -> list[_Candidate]:
    found: list[_Candidate] = []
    apart = _dates_apart(paragraphs)
    topics = _topics(paragraphs)
    index = 0
    while index < len(paragraphs):
        head = paragraphs[index]
        if index in apart or index in topics or not _is_head(head):
            index += 1
            continue
        body = []
        k = index + 1
        while k < len(paragraphs) and (k in apart or not _closes(head, paragraphs[k])):
            if paragraphs[k].kind in ("body", "item", "quote", "heading") or k in apart:
                body.append(k)
            k += 1
        line = _date_line(paragraphs, apart, index, body)
        # a date on the last line before the next heading is that heading's
        while body and body[-1] in apart and body[-1] != line:
            body.pop()
        body = [i for i in body if i != line and i not in topics]
        candidate = _weigh(paragraphs, index, tuple(body), noted=paragraphs[line].text if line is not None else None)
        if candidate is not None:
            date = apart[line] if line is not None else None
            topic = index - 1 if index - 1 in topics else None
            candidate = replace(candidate, date=date, date_line=line, topic=topic)
            found.append(candidate)
        index = k if candidate is not None and candidate.firm else index + 1
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
    """Paragraphs that are nothing but a date and catchwords and stand beside a heading; others open a text."""
    found: dict[int, datetime.date] = {}
    for k, p in enumerate(paragraphs):
        note = dated_note(p.text) if p.kind != "heading" else None
        date = only_date(p.text) or (note and note[0])
        if date is None:
            continue
        beside = [q.kind == "heading" for q in (*paragraphs[max(0, k - 1) : k], *paragraphs[k + 1 : k + 2])]
        if any(beside):
            found[k] = date
    return found


def _topics(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Lines of few words, set alike, each right over a heading in larger type that stands below it: its subject."""
    found: dict[Style, list[int]] = defaultdict(list)
    usual = _usual_size(paragraphs)
    for k, (p, head) in enumerate(pairwise(paragraphs)):
        short = len(p.text) < 50 and len(p.text.split()) <= 6 and not re.search(r"[\d:]|[.,;!?]$", p.text)
        own = p.style.caps or p.style.coloured or p.style.size < 0.95 * usual
        below = head.kind == "heading" and head.page == p.page and head.style.size > 1.1 * p.style.size
        if short and own and below and p.kind != "item" and p.style.size <= usual:
            found[p.style].append(k)
    return frozenset(k for places in found.values() if len(places) >= TOPICS for k in places)


def _usual_size(paragraphs: Sequence[Paragraph]) -> float:
    """The type size of most text, in points."""
    letters: dict[float, int] = defaultdict(int)
    for p in paragraphs:
        letters[p.style.size] += len(p.text)
    return max(letters, key=lambda size: (letters[size], size), default=0.0)


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
        labels = _label_only(p.text) or (OUTCOME_LABEL.match(p.text) is not None and len(p.text) < 60)
        return not ((p.level > head.level or not p.level) and labels)
    return head.kind != "heading" and _is_head(p)


def _label_only(text: str) -> bool:
    return len(text) < 40 and named_part(text) is not None


def _weigh(
    paragraphs: Sequence[Paragraph], head: int, body: tuple[int, ...], *, noted: str | None
) -> _Candidate | None:
    """The signs of a heading and its text, None where they cannot be a case: a definition, figures, a chapter.

    `noted` is the line beside the heading that gives its date.
    """
    if not body:
        return None
    title = paragraphs[head].text
    texts = [paragraphs[i].text for i in body]
    whole = " ".join(texts)
    if not 80 <= len(whole) <= 9000 or DEFINITION.match(whole) or OUTCOME_WORD.fullmatch(title.strip()):
        return None
    if len(body) > 14 or sum(paragraphs[i].kind == "item" for i in body) > 0.6 * len(body):
        return None
    dated = noted is not None or strip_head(title) != title or leading_date(title) is not None
    judged = judgement_of(texts) is not None or bool(noted and _noted_judgement(noted))
    story = len({m.group().casefold() for m in NARRATIVE.finditer(whole)})
    named = {part for t in texts if (part := _named(t) or named_part(t))}
    handled = bool(HANDLING_CUE.search(whole)) or "handling" in named
    told = (story >= 1 and (handled or judged or story >= 2)) or len(named) >= 2
    # a report's own figures and plurals of complaints speak of many, not of one
    numbers = len(re.findall(r"\b\d+(?:[.,]\d+)?\s?%|\b(?:in|en)\s20\d\d\b", whole))
    filed = bool(FILED.search(whole))
    signs = 2 * dated + 2 * judged + story + handled + 2 * filed + len(named) - (2 if numbers >= 4 else 0)
    single = filed and handled and story >= 1 and signs >= 4 and len(whole) < 3000 and not numbers
    return _Candidate(head, body, signs, dated, judged, told, single, len(whole) > 3000 or numbers >= 4)


def _families(paragraphs: Sequence[Paragraph], found: list[_Candidate]) -> list[_Candidate]:
    """Those that are cases by themselves, and those that stand in a family of cases headed alike.

    A heading with a date or number is one among others where at least two, and half of them, tell cases; one without
    needs a judgement of its own.
    """
    groups: dict[tuple[int, float, bool], list[_Candidate]] = defaultdict(list)
    for c in found:
        p = paragraphs[c.head]
        groups[p.level, p.style.size, p.style.bold].append(c)
    kept = []
    for c in found:
        p = paragraphs[c.head]
        family = groups[p.level, p.style.size, p.style.bold]
        firm = sum(one.firm for one in family)
        judged = sum(one.judged and not one.long for one in family)
        beside = c.dated and firm >= 2 and firm >= 0.5 * sum(one.dated for one in family)
        alike = c.judged and not c.long and judged >= 2 and judged >= 0.5 * len(family)
        alone = c.judged and c.told and c.signs >= (4 if len(family) >= 2 else 5)
        if c.firm or beside or alike or alone:
            kept.append(c)
    return _apart(kept)


def _apart(kept: Sequence[_Candidate]) -> list[_Candidate]:
    """Without those whose text is part of an outer one: of a heading and its only subheading the inner tells it."""
    inner = {c.head for c in kept}
    return [c for c in kept if not inner & set(c.body)]


def _case(paragraphs: Sequence[Paragraph], c: _Candidate, language: str) -> Case:
    head = paragraphs[c.head]
    parts = [paragraphs[i] for i in c.body]
    complaint, handling, follow = _split(parts, language)
    noted = _noted_judgement(paragraphs[c.date_line].text) if c.date_line is not None else None
    judged: Judgement | None = judgement_of([p.text for p in parts])
    outcome = noted or (judged.label if judged else None)
    title = _ENUMERATED.sub("", strip_head(head.text).strip(" -–—:|."))
    texts, hidden = mask_story((title or head.text, complaint, handling, follow or ""), language)
    masked_title, masked_complaint, masked_handling, masked_follow = texts
    date = leading_date(head.text) or c.date
    section = next((h for h in reversed(head.headings) if not _dated_line(h)), None)
    if c.topic is not None:
        section = paragraphs[c.topic].text
    return Case(
        title=masked_title, organisation=head.organisation, section=section, complaint=masked_complaint,
        handling=masked_handling, page_first=head.page, page_last=max(p.last_page for p in parts), date=date,
        follow_up=masked_follow or None, outcome_label=outcome, language=language,
        top=head.top, redactions=hidden,
    )  # fmt: skip


def _noted_judgement(line: str) -> str | None:
    """The judgement among the catchwords beside a case's title."""
    note = dated_note(line)
    return next((part for part in note[1] if OUTCOME_WORD.fullmatch(part)), None) if note else None


def _split(parts: Sequence[Paragraph], language: str) -> tuple[str, str, str | None]:
    """The three texts of a case: complaint, handling with the judgement, follow-up."""
    buckets: dict[str, list[str]] = {"complaint": [], "handling": [], "follow": []}
    current = "complaint"
    labelled = any(HANDLING_LABEL.match(p.text) or named_part(p.text) == "handling" for p in parts)
    for number, p in enumerate(parts):
        for k, text in enumerate(_labelled_pieces(p.text)):
            named = _named(f"{text.rstrip(' :')}:" if _label_only(text) else text)
            if _label_only(text):
                current = named or current
                continue
            if named == "follow" or (named and (labelled or named != "complaint")):
                current = named
            elif k == 0 and current == "complaint" and not labelled and number > 0 and _turns(p, parts, number):
                current = "handling"
            told = named in ("complaint", "handling") and not OUTCOME_LABEL.match(text)
            label = {"complaint": COMPLAINT_LABEL, "handling": HANDLING_LABEL}.get(current) if told else None
            buckets[current].append(label.sub("", text, count=1).strip() if label else text)
    complaint, handling, follow = (" ".join(buckets[name]) for name in ("complaint", "handling", "follow"))
    if complaint and not handling:
        complaint, handling = _split_text(complaint, language)
    return complaint, handling, follow or None


def _labelled_pieces(text: str) -> list[str]:
    """A paragraph cut where a sentence within it opens with a label such as `Findings:` or `Follow-up:`."""
    cuts = [m.end() for m in _NEW_SENTENCE.finditer(text) if _named(text[m.end() : m.end() + 60])]
    return [text[a:b].strip() for a, b in pairwise([0, *cuts, len(text)])]


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
    """One paragraph cut where the complainant's side ends and what was found and done begins.

    Every sentence speaks for one of the two; the cut is where the sum of what speaks for them is largest.
    """
    spans = sentences(text, language)
    leans = [_leaning(text[a:b]) for a, b in spans]
    if not any(lean > 0 for lean in leans[1:]):
        return text, ""
    cues = [k for k, (a, b) in enumerate(spans) if k and HANDLING_CUE.search(text[a:b][:90])]
    first = cues[0] if cues and judgement_of([text[spans[cues[0]][0] : spans[cues[0]][1]]]) is None else 0
    cut = max(range(1, len(spans)), key=lambda k: (sum(leans[k:]) - sum(leans[:k]) + CUE * (k == first), -k))
    return text[: spans[cut][0]].strip(), text[spans[cut][0] :].strip()


def _leaning(sentence: str) -> float:
    """How much a sentence tells of the handling (above 0) or of the complaint (below 0)."""
    lean = 0.0
    if HANDLING_CUE.search(sentence[:90]):
        lean += 3.0
    if judgement_of([sentence]) is not None:
        lean += 3.0
    if HANDLER.search(sentence[:60]):
        lean += 1.5
    lean += min(2.0, len(HANDLED.findall(sentence)))
    lean -= 1.5 * bool(NARRATIVE.search(sentence))
    return lean - min(2.0, len(SAID.findall(sentence)))
