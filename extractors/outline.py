"""The outline of a report: its title, the bodies that it is by, and its headings with their levels.

Everything follows from the page itself: type size, weight, capitals, colour, numbering, white, the cover, the table
of contents, chapter title pages and running heads. No body's name is known by heart; words that such names are made
of (police, city, fire, school ...) are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from extractors.asides import pulled_out
from extractors.blocks import NUMBERED, Block, Style, blocks
from extractors.charts import chart_boxes
from extractors.page import Page
from extractors.reading_order import ReadingOrder, pieces, reading_order, table_area
from schemas.printed import Box, Section, TablePart

_BODY_WORD = re.compile(
    r"\b(?:politiezone|politie|brandweer\w*|hulpverleningszone|stad|gemeente|stads\w*bestuur|ocmw|"
    r"onderwijs|zorgbedrijf|woon\w+|"
    r"huisvesting\w*|provincie|district|ombuds\w+|intercommunale|haven\w*|museum|bibliotheek|parkeerbedrijf|waterschap|"
    r"ville|commune|police|pompiers|secours|cpas|province|région|enseignement|logement|médiat\w+|régie|"
    r"stadt|gemeinde|polizei\w*|feuerwehr|landkreis|kanton|schul\w*|wohnungs\w*|stadtwerke|ombudsstelle|bürger\w+|"
    r"council|city|borough|county|police|fire|rescue|housing|schools?|education|hospital|trust|ombudsman|authority|"
    r"service|services|dienst|agency|agentschap)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?:(?:eerstelijns|tweedelijns)?(?:klachten|klanten|signaal|signalen|meldingen)(?:management|"
    r"behandeling|beheer|rapport)?|"
    r"jaarverslag|jaarrapport|verslag|rapport(?:age)?|overzicht|gestion des plaintes|plaintes|"
    r"réclamations|rapport annuel|"
    r"beschwerden|beschwerdemanagement|jahresbericht|bericht|complaints?(?: handling| management)?|"
    r"annual report|report|"
    r"deel \w+|partie \w+|teil \w+|part \w+|hoofdstuk \w+|chapitre \w+|kapitel \w+|chapter \w+|\d+[.)]?)"
    r"[\s:–—\-|]*(?:(?:van|bij|de|het|du|de la|des|der|die|of|at|the|by|von)\s+)*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s+(?:(?:en (?:haar|zijn|de)|et (?:ses|les)|und (?:ihre|die)|and (?:its|the)|\(|\d{4}).*|en|et|und|and|&)$",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"(?:inhoud(?:s(?:opgave|tafel))?|sommaire|table des matières|inhalt(?:sverzeichnis)?|(?:table of )?contents)\W*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Where:
    """What a place on a page belongs to. `headings` goes from the outermost heading to the innermost."""

    organisation: str
    section: str | None
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A report's structure. `organisations` are in order of appearance; `fallback` stands for pages of none."""

    title: str | None
    organisations: tuple[str, ...]
    sections: tuple[Section, ...]
    fallback: str
    language: str
    order: ReadingOrder = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False, default=())

    columns: tuple[tuple[int, int, float, float, float], ...] = field(repr=False, default=())
    """of each section: band and column of its page, the column's edges, the top"""

    def at(self, page: int, top: float, x: float | None = None) -> Where:
        """What holds at `top` points down `page`: body, innermost heading, all headings that enclose it.

        On a page of several columns `x` says which; without it a heading in any column but the first is not counted
        unless it is the only column that has one.
        """
        return self._where(self._before(page, top, x))

    def along(self) -> tuple[Where, ...]:
        """What holds after none, one, two ... all of the sections, in reading order."""
        result = [self._where(())]
        chain: list[Section] = []
        for section in self.sections:
            while chain and chain[-1].level >= section.level:
                chain.pop()
            chain.append(section)
            titles = tuple(s.title for s in chain)
            result.append(Where(section.organisation or self.fallback, titles[-1], titles))
        return tuple(result)

    def _before(self, page: int, top: float, x: float | None) -> list[Section]:
        found: list[Section] = []
        for section, (_, column, left, right, _) in zip(self.sections, self.columns, strict=True):
            if section.page > page:
                break
            if section.page == page:
                here = 0 if x is None else column if left - 3 <= x <= right + 3 else (column + 1 if x > right else -1)
                if column > here or (column == here and section.top > top + 0.5):
                    continue
            found.append(section)
        return found

    def _where(self, sections: Sequence[Section]) -> Where:
        chain: list[Section] = []
        organisation: str | None = None
        for section in sections:
            while chain and chain[-1].level >= section.level:
                chain.pop()
            chain.append(section)
            organisation = section.organisation
        titles = tuple(s.title for s in chain)
        return Where(organisation or self.fallback, titles[-1] if titles else None, titles)


def read_outline(
    pages: Sequence[Page], language: str, tables: Sequence[TablePart] = (), publisher: str | None = None
) -> Outline:
    """The outline of a report.

    `tables` keep their cells from being taken for headings. `publisher` names the body when the report names none.
    """
    taken: dict[int, list[Box]] = {}
    for part in tables:
        taken.setdefault(part.page, []).append(table_area(part))
    for page in pages:
        for box in chart_boxes(page, tuple(taken.get(page.number, ()))):
            taken.setdefault(page.number, []).append(box)
    order = reading_order(pages, {k: tuple(v) for k, v in taken.items()})
    found = pulled_out(blocks(order.lines, order.body_size), order.body_size)
    heads = _own_headings(found)
    levels = _levels(heads, order.body_size)
    title = _title(found, order)
    chapters: dict[int, Block] = {}
    names: dict[int, str] = {}
    for chapters in _chapters(found, heads, order):
        names = _organisations(chapters, found, order)
        if names:
            break
    cover = _cover_names(found)
    if names:
        organisations = tuple(dict.fromkeys(names.values()))
    elif publisher:
        organisations = (publisher,)
    else:
        organisations = _single(cover, found, order, title)
    fallback = organisations[0] if len(organisations) == 1 else publisher or title or "unknown"
    sections: list[Section] = []
    current: str | None = organisations[0] if len(organisations) == 1 else None
    for head in heads:
        if id(head) in chapters:
            current = names.get(id(head), current)
        first = head.lines[0]
        sections.append(Section(levels[id(head)], heading_text(head), first.page, round(first.top, 2), current))
    columns = tuple((f.band, f.column, f.left, f.right, f.top) for f in (h.lines[0] for h in heads))
    return Outline(title, organisations, tuple(sections), fallback, language, order, found, columns)


def _own_headings(found: Sequence[Block]) -> list[Block]:
    """Headings that open something: not the line that recurs over every chapter's title, nor the cover's names."""
    heads = [b for b in found if b.kind == "heading"]
    next_to = {id(a): b for a, b in pairwise(found)}
    recurring = Counter(b.text.casefold() for b in heads)
    pages: dict[str, set[int]] = {}
    for b in heads:
        pages.setdefault(b.text.casefold(), set()).add(b.lines[0].page)
    kept = []
    for here, after in zip_longest(heads, heads[1:]):
        over = after is not None and next_to.get(id(here)) is after
        over = over and after is not None and after.style.size > here.style.size
        over = over and after is not None and after.lines[0].page == here.lines[0].page
        if over and recurring[here.text.casefold()] >= 3 and len(pages[here.text.casefold()]) >= 3:
            continue
        if "|" in here.text and here.lines[0].page == 1:
            continue
        kept.append(here)
    return kept


def heading_ids(outline: Outline) -> dict[int, int]:
    """Of each heading's block (by `id`) its place among the sections, from 0."""
    return {id(b): k for k, b in enumerate(_own_headings(outline.blocks))}


def heading_text(head: Block) -> str:
    """A heading as one line; a hyphen at the end of a line goes when a small letter follows."""
    text = head.lines[0].text
    for line in head.lines[1:]:
        if text.endswith("-") and line.text[:1].islower() and text[-2:-1].isalpha():
            text = text[:-1] + line.text
        else:
            text = f"{text} {line.text}"
    return text


def _levels(heads: Sequence[Block], body: float) -> dict[int, int]:
    """Levels by style: size first, then colour, capitals, weight."""

    def rank(style: Style) -> tuple[float, bool, bool, bool]:
        return (-style.size, not style.coloured, not style.caps, not style.bold)

    ranks = sorted({rank(b.style) for b in heads})
    return {id(b): ranks.index(rank(b.style)) + 1 for b in heads}


def _title(found: Sequence[Block], order: ReadingOrder) -> str | None:
    first = [b for b in found if b.lines[0].page <= 2 and b.lines[0].size > 1.15 * order.body_size]
    if not first:
        return None
    page = first[0].lines[0].page
    here = [b for b in first if b.lines[0].page == page]
    size = max(b.style.size for b in here)
    title = " ".join(heading_text(b) for b in here if b.style.size == size)
    others = [b for b in found if b.lines[0].page == page and b.style.size < size and len(b.lines) == 1]
    kicker = [heading_text(b) for b in others if _YEAR.search(b.text) and len(b.text) < 40 and "|" not in b.text]
    return f"{kicker[0]} {title}" if kicker and not _YEAR.search(title) else title


def _chapters(found: Sequence[Block], heads: Sequence[Block], order: ReadingOrder) -> list[dict[int, Block]]:
    """Headings that may open a part of the report by one body, likeliest first: alone on a page, or the largest type.

    Neither the title page nor what stands over the table of contents opens a part.
    """
    per_page: Counter[int] = Counter()
    for block in found:
        per_page[block.lines[0].page] += len(block.text.split())
    contents: dict[int, float] = {}
    for line in order.contents:
        contents[line.page] = max(contents.get(line.page, 0.0), line.base)
    first = min((b.lines[0].page for b in found), default=1)
    # a title page holds few words beside the title; on a fuller one chapters may begin right below the title
    cover = {id(b) for k, b in enumerate(heads) if b.lines[0].page == first and (k == 0 or per_page[first] < 45)}
    later = [
        b for b in heads if id(b) not in cover and not b.lines[0].base < contents.get(b.lines[0].page, 0.0)
        and not _CONTENTS.fullmatch(b.text)
    ]  # fmt: skip
    big = [b for b in later if b.style.size >= 1.5 * order.body_size]
    big = big or [b for b in later if b.style.size >= 1.25 * order.body_size]
    result: list[dict[int, Block]] = []
    alone = [b for b in big if per_page[b.lines[0].page] <= 45]
    if len(alone) >= 2:
        size = Counter(b.style.size for b in alone).most_common(1)[0][0]
        numbered = sum(bool(NUMBERED.match(b.text)) for b in alone) > 0.5 * len(alone)
        result.append(
            {id(b): b for b in big if b.style.size >= size - 0.5 and (numbered or not NUMBERED.match(b.text))}
        )
    sizes = Counter(b.style.size for b in big)
    recurring = [s for s in sizes if sizes[s] >= 2] or list(sizes)
    if recurring:
        result.append({id(b): b for b in big if b.style.size >= max(recurring) - 0.5})
    return result


def _cover_names(found: Sequence[Block]) -> list[str]:
    """Names listed on the first pages: lines cut at bars, dots and semicolons."""
    names: list[str] = []
    sparse = sum(len(b.text.split()) for b in found if b.lines[0].page == 1) < 80
    for block in found:
        # the cover's names end where text begins
        if block.lines[0].page > 1 or (block.kind == "body" and len(block.text.split()) > 14):
            break
        if block.kind == "heading" and names and not sparse and block.style.size < max(b.style.size for b in found[:3]):
            continue
        for text in (*(line.text for line in block.lines), block.text):
            for part in re.split(r"\s*[|•·;–—/]\s*|\s{3,}", text):
                if part[:1].isupper() and 1 <= len(part.split()) <= 12 and not part.isdigit():
                    names.append(part.strip(" ,."))
    return names


_NAMED = re.compile(
    r"\b(?:[Dd]e )?((?:[Gg]emeente|[Ss]tad|[Pp]rovincie|[Pp]olitiezone|[Vv]ille de|[Cc]ommune de|"
    r"[Pp]rovince de|Stadt|Gemeinde|Kanton|City of|Comité)\s"
    r"[A-ZÀ-Þ][\w\-]+(?:[\s\-][A-ZÀ-Þ][\w\-]+)?|[A-Z][\w\-]+(?: [A-Z][\w\-]+)? (?:City |District |County |"
    r"Borough )?Council)\b"
)


_REPORT_WORD = re.compile(
    r"^\W*(?:jaarverslag|jaarrapport|verslag|rapport(?:\sannuel|\sd['’]activités?)?|jahresbericht|"
    r"tätigkeitsbericht|annual\sreport)\b|"
    r"(?<=\w)\s+(?:jaarverslag|jaarrapport|verslag|rapport|jahresbericht|tätigkeitsbericht|annual|report|"
    r"complaints?|klachten)\b.*$",
    re.IGNORECASE,
)


def _single(cover: list[str], found: Sequence[Block], order: ReadingOrder, title: str | None) -> tuple[str, ...]:
    """The one body that a report is by: from its cover, its running heads, or the name that its text uses most."""
    heads = [part.strip() for line in order.heads for piece in pieces(line)
             for part in re.split(r"\s*[|•·;–—]\s*", piece)]  # fmt: skip
    for name in (*cover, *heads):
        bare = _REPORT_WORD.sub("", _YEAR.sub("", name)).strip(" -–/·0123456789")
        if _BODY_WORD.search(bare) and bare.casefold() not in (title or "").casefold() and len(bare.split()) <= 12:
            return (bare,)
    counts = Counter(hit.group(1) for block in found for hit in _NAMED.finditer(block.text))
    if not counts:
        return ()
    name = counts.most_common(1)[0][0]
    return (name[0].upper() + name[1:],)


def _plain(text: str) -> str:
    return re.sub(r"[^\w]+", " ", text.casefold()).strip()


def _organisations(chapters: dict[int, Block], found: Sequence[Block], order: ReadingOrder) -> dict[int, str]:
    """The body that each chapter is by, where at least two chapters name one; empty otherwise."""
    if len(chapters) < 2:
        return {}
    cover = sorted(set(_cover_names(found)), key=len, reverse=True)
    contents = [re.sub(r"[\s.…]*\d*\s*$", "", line.text) for line in order.contents]
    titles = {key: NUMBERED.sub("", heading_text(b)) for key, b in chapters.items()}
    shared = _shared_word(list(titles.values()))
    names: dict[int, str] = {}
    for key, title in titles.items():
        low = f" {_plain(title)} "
        listed = [n for n in cover if f" {_plain(n)} " in low and not _YEAR.search(n) and n != title]
        listed = [n for n in listed if not n.isupper() and (len(n.split()) > 1 or _BODY_WORD.search(n))]
        if listed:
            names[key] = listed[0]
            continue
        bare = _bare(title)
        if (shared and shared in _plain(bare).split()) or _names_a_body(bare):
            names[key] = _cased(bare, contents, found)
    if len(names) < 2 or len(names) < 0.5 * len(chapters):
        return {}
    return names


def _names_a_body(bare: str) -> bool:
    """Whether a title is a body's name: `Polizei Neustadt`, not a theme such as `Police` or `Schools and youth`."""
    several = len(bare.split()) >= 2 and not re.search(r"\s(?:en|et|und|and|&)\s|[,;?!]", bare)
    return several and _BODY_WORD.search(bare) is not None


def _bare(title: str) -> str:
    """A chapter's title without the words for what it reports on: `Complaints: Fire Service` to `Fire Service`."""
    bare = title
    for _ in range(3):
        shorter = _SUBJECT.sub("", bare, count=1).strip(" :–—-|")
        if shorter == bare or not shorter:
            break
        bare = shorter
    return _TAIL.sub("", bare).strip(" :–—-|")


def _shared_word(titles: list[str]) -> str | None:
    """A word (most often the city) that at least half of the chapter titles share."""
    counts = Counter(w for t in titles for w in set(_plain(t).split()) if len(w) > 3 and not _YEAR.match(w))
    common = [w for w, n in counts.most_common(3) if n >= 2 and n >= 0.5 * len(titles)]
    return common[0] if common else None


def _cased(name: str, contents: list[str], found: Sequence[Block]) -> str:
    """A name from a chapter's title as the text itself writes it: its longest ending that recurs there."""
    words = name.split()
    texts = [b.text for b in found if b.kind in ("body", "item", "footnote")]
    for start in range(len(words)):
        counts = _spellings(words[start:], texts)
        if sum(counts.values()) >= 3 and (len(words) - start > 1 or len(words) == 1):
            best = counts.most_common(1)[0][0]
            return best[0].upper() + best[1:]
    if not name.isupper():
        return name
    counts = _spellings(words, [*contents, *(b.text for b in found)])
    return counts.most_common(1)[0][0] if counts else name.title()


def _spellings(words: Sequence[str], texts: Sequence[str]) -> Counter[str]:
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)", re.IGNORECASE)
    hits = (" ".join(hit.group().split()) for text in texts for hit in pattern.finditer(text))
    return Counter(hit for hit in hits if not hit.isupper() and hit.split()[-1][:1].isupper())
