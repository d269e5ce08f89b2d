from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciliation.numbers import acceptable, decimals, half_up, slip, truncated


@pytest.mark.parametrize(
    ("printed", "value", "places"),
    [
        ("1.899", 1899, 0),
        ("1,00", 1, 2),
        ("223,864", 223864, 0),
        ("223,864", 223.864, 3),
        ("45.5%", 45.5, 1),
        ("17,3 dagen", 17.3, 1),
        ("1'234", 1234, 0),
        ("−21 %", -21, 0),
        ("zes", 6, 0),
    ],
)
def test_printed_decimals_follow_from_the_characters_and_the_value(printed: str, value: float, places: int) -> None:
    assert decimals(printed, value) == places


def test_a_tie_has_two_right_roundings_and_anything_else_one() -> None:
    assert acceptable(Fraction(25, 2), 0) == (13, 12)
    assert acceptable(Fraction(175, 2), 0) == (88,)
    assert acceptable(Fraction(83, 1), 0) == (83,)


@settings(deadline=None)  # a busy machine is no failure
@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_every_right_rounding_is_within_half_a_unit(part: int, whole: int, places: int) -> None:
    true = Fraction(100 * part, whole)
    for rounded in acceptable(true, places):
        assert abs(float(true) - rounded) <= 0.5 * 10**-places + 1e-6
    assert half_up(true, places) in acceptable(true, places)
    assert truncated(true, places) <= float(true) + 1e-9


@pytest.mark.parametrize(
    ("printed", "expected", "kind"),
    [
        (223.864, 223864, "separator"),
        (131, 13.1, "separator"),
        (1606, 1066, "swap"),
        (1660, 1066, None),
        (751, 715, "swap"),
        (4.07, 2.07, "digit"),
        (104, 1044, "digit"),
        (6, 20, None),
    ],
)
def test_a_slip_is_one_change_of_the_digits(printed: float, expected: float, kind: str | None) -> None:
    assert slip(printed, expected) == kind
