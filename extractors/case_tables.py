"""Cases that are set as tables, turned into the paragraphs that they would be in running text.

Two shapes are known, by what their labels say and by the sentences in their cells: a table of two columns a case
(`Klacht | …`, `Vaststelling | …`, `Besluit | …`), and a table with a case in every row under such heads.
`extractors.cases` then reads them like all others, so that one rule says what a case is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from extractors.blocks import Style
from extractors.case_words import named_part
from extractors.dates import find_date
from extractors.hyphens import join_lines
from extractors.outline import Outline
from extractors.textflow import Paragraph, Span
from schemas.printed import Box, Cell, TablePart

TOLD = 8
"""A cell of so many words tells something."""
_PLAIN = Style(0.0, False, False, False, False)
_HEAD = Style(0.0, True, False, False, False)
_TITLE = re.compile(
    r"^(?:titel|onderwerp|betreft|thema|titre|objet|sujet|thème|betreff|gegenstand|titel|thema|title|subject|topic)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"^(?:nr|n°|n[°o]|no|nummer|numéro|number|dossier(?:nummer)?|dossiernr|référence|ref|referentie|reference|"
    r"aktenzeichen|fall(?:nummer)?|case(?:\snumber)?|zaak(?:nummer)?|#)\.?$",
    re.IGNORECASE,
)
_DATE = re.compile(r"^(?:datum|date|received|ontvangen|reçue?(?:\sle)?|eingang|eingegangen)\b.{0,12}$", re.IGNORECASE)
_SPOKEN = {
    "complaint": {"nl": "Klacht", "fr": "Plainte", "de": "Beschwerde", "en": "Complaint"},
    "handling": {"nl": "Behandeling", "fr": "Traitement", "de": "Behandlung", "en": "Handling"},
    "outcome": {"nl": "Besluit", "fr": "Décision", "de": "Ergebnis", "en": "Outcome"},
    "follow": {"nl": "Extra actie", "fr": "Suivi", "de": "Massnahme", "en": "Follow-up"},
}
"""What a row's part is called when its own label stands in the table's head."""


def case_tables(parts: Sequence[TablePart]) -> frozenset[str]:
    """`part_id` of the parts that tell cases."""
    told: set[str] = set()
    before: TablePart | None = None
    for part in _in_order(parts):
        beside = before is not None and before.part_id in told and part.page - before.page <= 1
        goes_on = part.continues is not None and part.continues in told
        if goes_on or _row_roles(part) or _labelled(part, fewest=1 if beside else 2):
            told.add(part.part_id)
        before = part
    return frozenset(told)


def _in_order(parts: Sequence[TablePart]) -> list[TablePart]:
    """Parts in reading order: on a page of columns, column by column."""
    wide = max((p.box.x1 for p in parts), default=1.0)

    def column(part: TablePart) -> float:
        return 0.0 if part.box.x1 - part.box.x0 > 0.55 * wide else round(part.box.x0 / (0.2 * wide))

    return sorted(parts, key=lambda p: (p.page, column(p), p.box.top))


def with_tables(
    paragraphs: Sequence[Paragraph], parts: Sequence[TablePart], outline: Outline, known: Counter[str]
) -> tuple[Paragraph, ...]:
    """The paragraphs with those of the tables that tell cases, each where its table stands."""
    told = case_tables(parts)
    result = list(paragraphs)
    last: Paragraph | None = None
    for part in (p for p in _in_order(parts) if p.part_id in told):
        at = _place(result, part)
        made = _paragraphs(part, outline, known, language=outline.language)
        if made and not made[0].marker:  # a cell that a page or column break cut
            # too few rows stand before the break to be read as a table: then its first lines are running text
            before = result[at - 1] if at and result[at - 1].kind == "body" and not _ended(result[at - 1]) else last
            if before is not None:
                k = next(k for k, p in enumerate(result) if p is before)
                text = join_lines(f"{before.text}\n{made[0].text}", known)
                result[k] = replace(before, text=text, last_page=made[0].page)
                made = made[1:]
        result[at:at] = made
        last = made[-1] if made else last
    return tuple(result)


def _ended(paragraph: Paragraph) -> bool:
    return bool(re.search(r"[.!?:…][”’\"'»)\]]*$", paragraph.text))


def _rows(part: TablePart) -> list[list[Cell]]:
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in part.cells:
        if cell.text.strip():
            rows[cell.row].append(cell)
    return [sorted(rows[r], key=lambda c: c.col) for r in sorted(rows)]


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(" :.–—-?")


def _labelled(part: TablePart, fewest: int = 2) -> bool:
    """Whether the first of two columns names the parts of a case, `fewest` at least, and the second tells them."""
    if max((c.col + c.colspan for c in part.cells), default=0) != 2:
        return False
    named: list[str] = []
    others = words = 0
    for row in _rows(part):
        if len(row) == 2 and row[0].col == 0:
            role = named_part(_bare(row[0].text))
            if role:
                named.append(role)
                words = max(words, len(row[1].text.split()))
            else:
                others += 1
        elif len(row) == 1 and row[0].col == 1 and fewest == 1:
            named.append("")  # the rest of a cell that was cut
    return len(set(named)) >= fewest and len(named) >= others and (words >= TOLD or fewest == 1)


def _row_roles(part: TablePart) -> dict[int, str]:
    """Column to what it holds of a case, for a table with a case in every row; empty for any other."""
    rows = _rows(part)
    if len(rows) < 2 or len(rows[0]) < 3:
        return {}
    roles: dict[int, str] = {}
    for cell in rows[0]:
        text = _bare(cell.text)
        role = named_part(text)
        if role is None:
            role = "title" if _TITLE.match(text) else "number" if _NUMBER.match(text) else None
            role = "date" if role is None and _DATE.match(text) else role
        if role:
            roles[cell.col] = role
    parts = {r for r in roles.values() if r in _SPOKEN}
    if len(parts) < 2 or len(roles) < 0.6 * len(rows[0]):
        return {}
    told = [c for row in rows[1:] for c in row if roles.get(c.col) in ("complaint", "handling")]
    full = sum(len(c.text.split()) >= TOLD for c in told)
    return roles if told and full >= 0.6 * len(told) else {}


def _paragraphs(part: TablePart, outline: Outline, known: Counter[str], *, language: str) -> list[Paragraph]:
    """Headings and paragraphs of a table's cases; the marker says that a paragraph opens with its label."""
    where = outline.at(part.page, part.box.top, part.box.x0 + 2)
    made: list[Paragraph] = []

    def add(text: str, cell: Cell, *, heading: bool = False, marker: str = "•") -> None:
        box = cell.box or part.box
        span = Span(0, len(text), part.page, box)
        made.append(
            Paragraph(
                text, "heading" if heading else "body", 99 if heading else 0, part.page, box.top, where.organisation,
                where.section, where.headings, _HEAD if heading else _PLAIN, (span,), part.page, False, 0.0, marker,
            )
        )  # fmt: skip

    roles = _row_roles(part)
    if roles:
        for row in _rows(part)[1:]:
            _row(row, roles, known, language, add=add)
        return made
    head: list[str] = []
    for row in _rows(part):
        first, last = row[0], row[-1]
        label = _bare(first.text)
        text = join_lines(last.text, known)
        if len(row) == 1:
            if first.col > 0:
                add(text, first, marker="")
            elif named_part(label) is None:
                add(join_lines(first.text, known), first, heading=True)
        elif named_part(label):
            if head:
                add(" – ".join(head), first, heading=True)
                head = []
            add(f"{label}: {text}", last)
        elif _TITLE.match(label) or _NUMBER.match(label) or _DATE.match(label):
            head.append(text)
        else:
            add(f"{label}: {text}", last)
    return made


def _row(row: Sequence[Cell], roles: dict[int, str], known: Counter[str], language: str, *, add) -> None:  # type: ignore[no-untyped-def]
    texts = {roles[c.col]: join_lines(c.text, known) for c in row if c.col in roles}
    cells = {roles[c.col]: c for c in row if c.col in roles}
    opens = any(texts.get(role) for role in ("date", "number", "title"))
    if not opens:  # the rest of a row that the page's end cut
        for role in ("complaint", "handling", "follow"):
            if texts.get(role):
                add(f"{_SPOKEN[role][language]}: {texts[role]}", cells[role])
        return
    title = texts.get("title")
    if not title and texts.get("complaint"):
        title, texts["complaint"] = _titled(texts["complaint"])
    date = texts.get("date", "")
    shown = f"{date} – {title}" if find_date(date) else title
    add(shown or texts.get("number", ""), next(iter(cells.values())), heading=True)
    for role in ("complaint", "handling", "outcome", "follow"):
        if texts.get(role):
            add(f"{_SPOKEN[role][language]}: {texts[role]}", cells[role])


def _titled(text: str) -> tuple[str, str]:
    """A cell's first short sentence as its title, and the rest; its first words where it has none."""
    hit = re.match(r"^(.{8,90}?)[.:]\s+(?=[A-ZÀ-Þ])", text)
    if hit and len(hit.group(1).split()) <= 12:
        return hit.group(1), text[hit.end() :]
    words = text.split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else ""), text


def _place(paragraphs: Sequence[Paragraph], part: TablePart) -> int:
    """Where among the paragraphs a table comes in reading order."""
    here = [k for k, p in enumerate(paragraphs) if p.page <= part.page <= max(p.last_page, p.page)]
    wide = part.box.x1 - part.box.x0
    above: list[int] = []
    for k in here:
        box = _box(paragraphs[k], part.page)
        if box is None or min(box.x1, part.box.x1) - max(box.x0, part.box.x0) <= 0:
            continue
        if box.top >= part.box.bottom - 2:
            return k
        if box.x1 - box.x0 <= 1.5 * wide:
            above.append(k)
    if above:
        return above[-1] + 1
    if here:
        return here[-1] + 1
    return next((k for k, p in enumerate(paragraphs) if p.page > part.page), len(paragraphs))


def _box(p: Paragraph, page: int) -> Box | None:
    boxes = [s.box for s in p.spans if s.page == page]
    if not boxes:
        return None
    return Box(
        min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes)
    )
