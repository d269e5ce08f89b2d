"""Printed numbers are read the European way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.numbers import has_decimals, header_unit, parse


@pytest.mark.parametrize(
    ("printed", "language", "value", "unit"),
    [
        ("1.899", "nl", 1899, None),
        ("1 899", "fr", 1899, None),
        ("1’899", "de", 1899, None),
        ("1,899", "en", 1899, None),
        ("8,3%", "nl", 8.3, "percent"),
        ("100 %", "fr", 100, "percent"),
        ("57,38 procent", "nl", 57.38, "percent"),
        ("17,3 dagen", "nl", 17.3, "days"),
        ("2 uur", "nl", 7200, "seconds"),
        ("€ 1.200,50", "nl", 1200.5, "eur"),
        ("1.234.567", "nl", 1234567, None),
        ("(5)", "nl", 5, None),
        ("-12", "nl", -12, None),
        ("6,4*", "nl", 6.4, None),
        ("3 ¹", "nl", 3, None),
        ("58,6% (!)", "nl", 58.6, "percent"),
        ("0,38", "nl", 0.38, None),
    ],
)
def test_a_number_is_what_it_means_in_its_language(printed: str, language: str, value: float, unit: str | None) -> None:
    number = parse(printed, language)
    assert number is not None
    assert (number.value, number.unit) == (value, unit)


@pytest.mark.parametrize(
    "printed", ["", "-", "/", "–", "n.v.t.", "de helft", "één geval", "12 klachten van 14", "2021/22"]
)
def test_what_is_no_number_is_never_zero(printed: str) -> None:
    assert parse(printed) is None


def test_a_column_of_counts_settles_what_a_comma_means() -> None:
    column = ["856", "254", "1.192", "223,864"]
    assert parse("223,864", "nl", has_decimals(column)).value == 223864  # type: ignore[union-attr]
    assert parse("2,125", "nl", has_decimals(["2,1", "3,25"])).value == 2.125  # type: ignore[union-attr]


def test_the_unit_may_stand_in_the_header_innermost_first() -> None:
    assert header_unit(["2023", "rel. %"]) == "percent"
    assert header_unit(["% klachten", "aantal"]) == "count"
    assert header_unit(["Durchschnittliche Dauer in Tagen"]) == "days"
    assert header_unit(["2023"]) is None


@given(st.integers(min_value=0, max_value=99_999_999), st.sampled_from(["nl", "fr", "de"]))
def test_counts_come_back_however_their_thousands_are_set_off(value: int, language: str) -> None:
    for mark in ("", ".", " ", "\u00a0", "\u202f"):
        number = parse(f"{value:,}".replace(",", mark), language)
        assert number is not None
        assert number.value == value


@given(st.decimals(min_value=0, max_value=9999, places=2, allow_nan=False))
def test_decimals_come_back_from_a_decimal_comma(value: object) -> None:
    number = parse(str(value).replace(".", ",") + "%", "nl")
    assert number is not None
    assert number.value == pytest.approx(float(str(value)))
    assert number.unit == "percent"
