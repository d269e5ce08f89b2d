from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from extractors.sandbox import Glance
from flows.infer import UNKNOWN, UNKNOWN_COUNTRY, Body, detect_language, entry_to_paste, infer_entry
from schemas.catalogue import Entry


def guess(name: str, text: str, title: str | None = None) -> Entry:
    return infer_entry(Path("raw") / name, Path("raw"), "0" * 64, Glance(3, title, text))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("De klachten van dit jaar zijn niet meer dan een deel van het werk voor de ombudsdienst.", "nl"),
        ("Les plaintes des citoyens sont examinées par le médiateur dans la commune et pour la ville.", "fr"),
        ("Die Beschwerden der Bürgerinnen und Bürger werden von der Ombudsstelle nicht immer gelöst.", "de"),
        ("The complaints that we received from residents were about the services of the council.", "en"),
        ("1 234 5678", None),
        ("", None),
    ],
)
def test_the_language_is_told_by_function_words(text: str, language: str | None) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("name", "title", "text", "year"),
    [
        ("klachten_2021.pdf", "Jaarverslag 2019", "2018", 2021),
        ("verslag.pdf", "Jaarverslag 2019", "2018", 2019),
        ("verslag.pdf", None, "Gedrukt in 2024\nJaarverslag van de ombudsdienst 2022\nin 2021 2021 2021", 2022),
        ("a.pdf", None, "Annual complaints report 2015 and figures for 2014", 2015),
        ("rapport-2022-2023.pdf", None, "", 2022),
        ("a.pdf", None, "in 2017 en 2017, tegenover 2016", 2017),
        ("a.pdf", None, "tel. 02 2017 44", 2017),
        ("a.pdf", None, "no year at all, 12018 and 20199 are none", 0),
    ],
)
def test_the_year_comes_from_the_most_telling_place(name: str, title: str | None, text: str, year: int) -> None:
    assert guess(name, text, title).reporting_year == year


@pytest.mark.parametrize(
    ("text", "city", "country"),
    [
        ("Klachtenrapport Stad Mechelen, www.mechelen.be", "Mechelen", "BE"),
        ("Gemeente Haarlem. Algemene wet bestuursrecht", "Haarlem", "NL"),
        ("Ville de Namur, Région wallonne", "Namur", "BE"),
        ("Stadt Bern, Kanton Bern", "Bern", "CH"),
        ("Fife Council, Scottish Public Services", "Fife", "GB"),
        ("Politiezone Sint-Niklaas", "Sint-Niklaas", UNKNOWN_COUNTRY),
        ("nothing that tells", UNKNOWN, UNKNOWN_COUNTRY),
    ],
)
def test_city_and_country_are_found_or_called_unknown(text: str, city: str, country: str) -> None:
    entry = guess("a.pdf", text)
    assert (entry.city, entry.country) == (city, country)


def test_every_guess_is_marked_as_one_and_can_be_pasted_into_a_catalogue() -> None:
    entry = guess("Rapport d'activités – 2022.pdf", "Ville de Liège\nRapport d'activités", None)
    assert set(entry.inferred) >= {"city", "country", "publisher", "title", "reporting_year", "language"}
    pasted = yaml.safe_load(f"reports:\n{entry_to_paste(entry)}")["reports"][0]
    assert pasted["id"] == "rapport-d-activites-2022"
    assert pasted["title"] == "Rapport d'activités"
    assert pasted["reporting_year"] == 2022


ANTWERP = Body("Antwerpen", "BE", "Ombudsvrouw Stad Antwerpen")
KNOWN = [ANTWERP, Body("Antwerpen", "BE", "Stad Antwerpen"), Body("Gent", "BE", "Ombudsdienst")]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Ombudsvrouw  Stad\nAntwerpen: jaarverslag", ANTWERP),
        ("Jaarverslag van de Stad Antwerpen", KNOWN[1]),
        ("De Ombudsdienst in Gent", KNOWN[2]),
        (
            "Stad Brugge. Met dank aan de Ombudsvrouw Stad Antwerpen. Stad Brugge",
            Body("Brugge", UNKNOWN_COUNTRY, "Brugge"),
        ),
        ("Ombudsdienst Stad Oostende", Body("Oostende", UNKNOWN_COUNTRY, "Oostende")),
        ("Het verslag van de Ombudsdienst", Body(UNKNOWN, UNKNOWN_COUNTRY, UNKNOWN)),
    ],
)
def test_a_report_that_names_a_known_body_of_its_city_is_taken_for_that_bodys(text: str, body: Body) -> None:
    found = infer_entry(Path("raw/a.pdf"), Path("raw"), "0" * 64, Glance(3, None, text), KNOWN)
    assert Body(found.city, found.country, found.publisher) == body
    assert "publisher" in found.inferred


def test_two_known_bodies_of_one_name_are_no_answer() -> None:
    twice = [Body("Hove", "BE", "Stad Hove"), Body("Hove", "GB", "Stad Hove")]
    found = infer_entry(Path("raw/a.pdf"), Path("raw"), "0" * 64, Glance(3, None, "Stad Hove"), twice)
    assert found.country == UNKNOWN_COUNTRY
