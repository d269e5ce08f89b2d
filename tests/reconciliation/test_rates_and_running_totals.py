"""Columns that no total adds up, and columns that add up row by row."""

from __future__ import annotations

import pytest
from drawn_tables import observations

from reconciliation import reconcile

Found = list[tuple[str, str, float, float]]


def found(drawn: str, units: dict[str, str] | None = None) -> Found:
    result = reconcile(observations(drawn, units=units))
    return [(f.kind, f.severity, f.printed, f.expected) for f in result.itertuples()]


@pytest.mark.parametrize(("told", "expected"), [("96", []), ("69", [("share_mismatch", "error", 69, 96)])])
def test_an_index_follows_from_its_two_years_and_is_no_sum(told: str, expected: Found) -> None:
    drawn = f"""
               | 2021 | 2022 | index (2021 = 100)
        Waste  | 250  | 275  | 110
        Roads  | 410  | 394  | {told}
        Noise  | 88   | 132  | 150
        Parks  | 64   | 48   | 75
        Totaal | 812  | 849  | 105
    """
    assert found(drawn) == expected


@pytest.mark.parametrize(("told", "expected"), [("4,10", []), ("4,70", [("share_mismatch", "error", 4.7, 4.1)])])
def test_a_count_for_each_of_another(told: str, expected: Found) -> None:
    drawn = f"""
               | complaints | staff | complaints per head
        Waste  | 250        | 100   | 2,50
        Roads  | 410        | 100   | {told}
        Noise  | 88         | 32    | 2,75
        Parks  | 64         | 40    | 1,60
        Totaal | 812        | 272   | 2,99
    """
    assert found(drawn, {"complaints per head": "ratio"}) == expected


@pytest.mark.parametrize(("told", "expected"), [("153", []), ("135", [("total_mismatch", "error", 135, 153)])])
def test_a_running_total_is_the_one_above_and_its_own_row(told: str, expected: Found) -> None:
    drawn = f"""
             | a month | since January
        Jan  | 41      | 41
        Feb  | 57      | 98
        Mar  | 55      | {told}
        Apr  | 32      | 185
        May  | 74      | 259
        June | 20      | 279
    """
    assert found(drawn) == expected
