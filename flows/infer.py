"""What a PDF without a catalogue entry seems to be, from its name, its metadata and its first pages.

Everything found here is a guess and is published as such (`reports.inferred`); the build asks for an entry and prints
one to paste. What cannot be guessed is called unknown, never given a likely value.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.sandbox import Glance
from schemas.catalogue import LANGUAGES, Entry
from schemas.printed import PrintedReport

UNKNOWN = "unknown"
UNKNOWN_COUNTRY = "ZZ"
"""ISO 3166-1 leaves ZZ to its users; CLDR gives it to an unknown region."""

# The commonest function words of each language that are none in the three others.
_FUNCTION_WORDS = {
    "nl": "het een van niet zijn wordt worden voor naar bij ook deze door aan maar werd werden klachten meer onze uit",
    "fr": "le les des du et une est pour dans par sur qui que pas aux sont cette ont ces plaintes nous avec été",
    "de": "und der die das nicht ist den von mit sich auf für wird werden eine einer dem im zu bei auch wurde sind",
    "en": "the and of was were that with for from this which are been have has their by complaints our not or we",
}
# Words of reports' own titles; a year beside one of them is the year reported on.
_TITLE_WORDS = (
    "jaarverslag|jaarrapport|jaarrekening|verslag|rapport|rapportage|werkingsjaar|klachten|klachtenrapport|"
    "eerstelijnsrapport|annuel|activit[ée]s|bilan|jahresbericht|t[äa]tigkeitsbericht|gesch[äa]ftsbericht|bericht|"
    "annual|report|review|year|complaints|ann[ée]e|exercice|jaar|jahr"
)
_YEAR = re.compile(r"(?<!\d)(?:19[89]\d|20[0-4]\d)(?!\d)")
_CITY = re.compile(
    r"\b(?:Stad|Gemeente|Politiezone|Ville\s+de|Ville\s+d['’]|Commune\s+de|Commune\s+d['’]|Stadt|Gemeinde|City\s+of|"
    r"Town\s+of|OCMW|CPAS\s+de)\s*((?:(?:Sint|Saint|Sankt|St\.?|Den|De|La|Le|Les|Het|['’]s)[\s-])?[A-ZÀ-Ý][\wÀ-ÿ'’-]+)"
)
_COUNCIL = re.compile(r"\b((?:[A-Z][a-z]+ ){1,3})(?:City |County |Borough |District )?Council\b")
_COUNTRIES = {
    "BE": r"belgi|vlaanderen|vlaams|wallon|bruxelles|\.be\b|\bocmw\b|\bcpas\b|euro?s? belge",
    "NL": r"nederland|\.nl\b|nationale ombudsman|algemene wet bestuursrecht|\bawb\b|\bgemeentewet\b",
    "FR": r"\bfrance\b|fran[çc]ais|\.fr\b|pr[ée]fecture|d[ée]fenseur des droits",
    "DE": r"deutschland|bundesrepublik|\.de\b|bundesland",
    "CH": r"schweiz|suisse|kanton|z[üu]rich|\.ch\b",
    "AT": r"[öo]sterreich|\.at\b|volksanwaltschaft",
    "GB": r"scotland|scottish|england|wales|\.gov\.uk\b|united kingdom|\bspso\b",
    "IE": r"\bireland\b|irish|\.ie\b|oireachtas",
    "LU": r"luxembourg|\.lu\b",
}


@dataclass(frozen=True, slots=True)
class Body:
    """Who publishes, as the catalogue has it."""

    city: str
    country: str
    publisher: str


def bodies(entries: Iterable[Entry]) -> list[Body]:
    """The bodies of catalogue entries, each once."""
    return list(dict.fromkeys(Body(entry.city, entry.country, entry.publisher) for entry in entries))


def infer_entry(path: Path, root: Path, sha256: str, glance: Glance, known: Sequence[Body] = ()) -> Entry:
    """An entry for `path`, every field of which is in `inferred`. `root` is the catalogue's folder.

    A body in `known` whose name stands on the first pages is taken for the publisher, so that a new year's report is
    held against the years before it.
    """
    text = glance.text
    first = text.split("\f", 1)[0]
    title = _title(glance, path)
    city = _city(f"{title}\n{text}")
    body = _known_body(f"{title}\n{text}", city, known) or Body(city, _country(text), city)
    year = _reporting_year(path.stem, glance.title or "", first, text)
    return Entry(
        id=_identifier(path.stem),
        city=body.city,
        country=body.country,
        publisher=body.publisher,
        title=title,
        reporting_year=year or 0,
        language=detect_language(text) or "en",
        edition="original",
        file=path.relative_to(root).as_posix(),
        sha256=sha256,
        inferred=("city", "country", "publisher", "title", "reporting_year", "language", "edition"),
    )


def complete(entry: Entry, report: PrintedReport) -> Entry:
    """An inferred entry with what the reading of the whole report found better."""
    if not entry.inferred:
        return entry
    bodies = [name for name in report.organisations if name != UNKNOWN]
    return replace(
        entry,
        title=report.title or entry.title,
        publisher=bodies[0] if bodies and entry.publisher == UNKNOWN else entry.publisher,
        reporting_year=entry.reporting_year or report.reporting_year or 0,
    )


def detect_language(text: str) -> str | None:
    """The language whose function words are commonest in `text`; None when there is too little to tell."""
    words = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    counts = {code: sum(words[word] for word in _FUNCTION_WORDS[code].split()) for code in LANGUAGES}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= 3 else None


def entry_to_paste(entry: Entry) -> str:
    """A catalogue entry in YAML, for a person to check and paste below `reports:`."""
    import yaml

    fields = {
        name: getattr(entry, name)
        for name in (
            "id", "city", "country", "publisher", "title", "reporting_year", "language", "url", "file", "sha256",
            "licence", "edition",
        )
    }  # fmt: skip
    return yaml.safe_dump([fields], allow_unicode=True, sort_keys=False, width=1000)


def _reporting_year(name: str, metadata_title: str, first: str, text: str) -> int | None:
    """The year that stands in the most telling place: the file's name, the title, beside a title's word, the cover."""
    years = _YEAR.findall(re.sub("_", " ", name))
    if years:
        return int(min(years))
    if years := _YEAR.findall(metadata_title):
        return int(min(years))
    word, year = rf"\b(?:{_TITLE_WORDS})\b", f"({_YEAR.pattern})"
    gap = r"[^\w\n]"
    beside = rf"(?i){word}{gap}{{0,3}}(?:\w+{gap}+){{0,4}}?{year}|{year}{gap}{{0,3}}{word}"
    for where in (first, text):
        named = Counter(year for match in re.findall(beside, where) for year in match if year)
        if named:
            return int(max(named, key=lambda year: (named[year], year)))
    counted = Counter(_YEAR.findall(first)) or Counter(_YEAR.findall(text))
    return int(max(counted, key=lambda year: (counted[year], year))) if counted else None


def _title(glance: Glance, path: Path) -> str:
    """The metadata's title unless a program filled it in, else the first line of words, else the file's name."""
    named = glance.title or ""
    if len(named) >= 8 and " " in named and not re.search(r"(?i)microsoft|untitled|\.(docx?|indd|pptx?|pdf)\b", named):
        return " ".join(named.split())[:200]
    lines = [" ".join(line.split()) for line in glance.text.splitlines()]
    lines = [line for line in lines if len(re.findall(r"[^\W\d_]{3,}", line)) >= 2][:15]
    named_so = [line for line in lines if re.search(rf"(?i)\b(?:{_TITLE_WORDS})\b", line)]
    if lines:
        return (named_so or lines)[0][:200]
    return re.sub(r"[_-]+", " ", path.stem).strip() or UNKNOWN


def _city(text: str) -> str:
    found = Counter(" ".join(name.split()) for name in _CITY.findall(text))
    if found:
        return max(found, key=lambda name: (found[name], -text.index(name)))
    councils = Counter(name.strip() for name in _COUNCIL.findall(text))
    return max(councils, key=lambda name: (councils[name], name)) if councils else UNKNOWN


def _known_body(text: str, city: str, known: Sequence[Body]) -> Body | None:
    """The one known body that the text names in full, the longest name where several do; nothing when in doubt.

    Reports name other bodies too, so its city must be the one that the text seems to be of, or at least be named.
    """
    plain = f" {_words(text)} "
    named = [body for body in known if f" {_words(body.publisher)} " in plain]
    here = [
        body
        for body in named
        if (f" {_words(body.city)} " in plain if city == UNKNOWN else _overlap(_words(city), _words(body.city)))
    ]
    longest = max((len(body.publisher) for body in here), default=0)
    found = [body for body in here if len(body.publisher) == longest]
    return found[0] if len(found) == 1 else None


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _overlap(one: str, other: str) -> bool:
    """Whether one of the names stands within the other ("Sint-Niklaas" and "Stad Sint-Niklaas")."""
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "


def _country(text: str) -> str:
    counts = {code: len(re.findall(pattern, text.lower())) for code, pattern in _COUNTRIES.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] else UNKNOWN_COUNTRY


def _identifier(stem: str) -> str:
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80] or "report"
