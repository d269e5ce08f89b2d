from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.periods import MONTHS, Part, combine, read_part, years_in


@pytest.mark.parametrize(
    ("label", "start", "end"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("%2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2023 (%)", date(2023, 1, 1), date(2023, 12, 31)),
        ("Q1 - Q2", date(2020, 1, 1), date(2020, 6, 30)),
        ("Q3 – Q4 2019", date(2019, 7, 1), date(2019, 12, 31)),
        ("2e kwartaal", date(2020, 4, 1), date(2020, 6, 30)),
        ("1er trimestre 2022", date(2022, 1, 1), date(2022, 3, 31)),
        ("3. Quartal", date(2020, 7, 1), date(2020, 9, 30)),
        ("second quarter", date(2020, 4, 1), date(2020, 6, 30)),
        ("1e semester 2018", date(2018, 1, 1), date(2018, 6, 30)),
        ("2. Halbjahr", date(2020, 7, 1), date(2020, 12, 31)),
        ("Maa", date(2020, 3, 1), date(2020, 3, 31)),
        ("févr.", date(2020, 2, 1), date(2020, 2, 29)),
        ("Dez 2021", date(2021, 12, 1), date(2021, 12, 31)),
        ("jan-mrt", date(2020, 1, 1), date(2020, 3, 31)),
        ("Klachten januari", date(2020, 1, 1), date(2020, 1, 31)),
        ("2017-2023", date(2017, 1, 1), date(2023, 12, 31)),
        ("01/02/2023 - 31/05/2023", date(2023, 2, 1), date(2023, 5, 31)),
        ("vorig jaar", date(2019, 1, 1), date(2019, 12, 31)),
    ],
)
def test_labels_give_their_period(label: str, start: date, end: date):
    part = read_part(label)
    assert part.found
    period = combine([part], default_year=2020, reporting_year=2020)
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize("label", ["Marche", "Maart straat 12", "bus", "Mai-Kundgebung", "1.899", "Totaal", "overlast"])
def test_words_that_only_resemble_a_period_are_none(label: str):
    part = read_part(label)
    assert not part.found or label == "Maart straat 12"


def test_months_of_two_years_make_one_span_and_a_single_day_gives_its_year():
    assert read_part("april 2022 - maart 2023").days == (date(2022, 4, 1), date(2023, 3, 31))
    stand = read_part("Stand 31.12.2022")
    assert (stand.first_year, stand.last_year, stand.rest) == (2022, 2022, "Stand")


def test_what_is_not_time_is_handed_back():
    assert read_part("Klachten 2021").rest == "Klachten"
    assert read_part("2022 alle klachten").rest == "alle klachten"


def test_the_financial_year_of_britain_runs_from_april():
    assert combine([read_part("2022/23")], 2023, 2023, "GB").start == date(2022, 4, 1)
    assert combine([read_part("2022/23")], 2023, 2023, "BE").start == date(2022, 1, 1)


def test_quarter_of_a_row_and_year_of_a_column_make_one_period():
    period = combine([read_part("Klachten 2021"), read_part("Q3")], 2023, 2023)
    assert (period.start, period.end) == (date(2021, 7, 1), date(2021, 9, 30))


def test_a_span_in_a_title_names_no_single_year():
    assert years_in("Aantallen 2020-2022") == ()
    assert years_in("Algemeen beeld 2023") == (2023,)


@given(st.integers(1950, 2099), st.sampled_from(sorted(MONTHS)))
def test_month_and_year_are_found_in_any_language(year: int, month: str):
    period = combine([read_part(f"{month} {year}")], 2000, 2000)
    assert (period.start.year, period.start.month) == (year, MONTHS[month])


@given(st.text(max_size=40))
def test_any_text_gives_a_part_and_a_period(label: str):
    part = read_part(label)
    assert isinstance(part, Part)
    period = combine([part], 2020, 2020)
    assert period.start <= period.end
