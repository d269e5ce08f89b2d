"""Lines that are computed from others otherwise than as their total, and wholes that no cell prints."""

from __future__ import annotations

import pytest
from drawn_tables import observations

from reconciliation import reconcile

Found = list[tuple[str, float, float]]


def errors(drawn: str) -> Found:
    result = reconcile(observations(drawn))
    return [(f.repair_place, f.printed, f.expected) for f in result.itertuples() if f.severity == "error"]


def messages(drawn: str) -> list[str]:
    return reconcile(observations(drawn))["message"].tolist()


@pytest.mark.parametrize(("told", "expected"), [("180,3", []), ("183,0", [("r1/t1/1/4", 183.0, 180.333)])])
def test_a_mean_of_years_is_held_against_them(told: str, expected: Found) -> None:
    drawn = f"""
               | 2020 | 2021 | 2022 | gemiddelde 2020-2022
        Waste  | 122  | 210  | 154  | 162,0
        Roads  | 181  | 163  | 197  | {told}
        Noise  | 90   | 83   | 99   | 90,7
        Parks  | 47   | 61   | 58   | 55,3
        Totaal | 440  | 517  | 508  | 488,3
    """
    assert [(p, a, round(b, 3)) for p, a, b in errors(drawn)] == expected


@pytest.mark.parametrize("told", ["+629,9%", "+630,9%"])
def test_a_growth_from_a_rounded_mean_may_be_computed_before_rounding(told: str) -> None:
    drawn = f"""
               | gemiddelde | 2023 | afwijking %
        Waste  | 22,3       | 163  | {told}
        Roads  | 157,0      | 298  | +89,8%
        Noise  | 90,7       | 83   | -8,5%
        Parks  | 55,3       | 61   | +10,3%
    """
    assert messages(drawn) == []


@pytest.mark.parametrize(("told", "expected"), [("+2,0%", []), ("+8,0%", [("r1/t1/1/3", 8.0, 2.1)])])
def test_differences_in_points_follow_from_two_columns_of_percentages(told: str, expected: Found) -> None:
    drawn = f"""
               | 2022 % | 2023 % | verschil
        Waste  | 31,2%  | 28,4%  | -2,8%
        Roads  | 22,5%  | 24,6%  | {told}
        Noise  | 17,9%  | 15,5%  | -2,4%
        Parks  | 14,1%  | 19,3%  | +5,2%
        Desk   | 14,3%  | 12,2%  | -2,1%
    """
    assert errors(drawn) == expected


@pytest.mark.parametrize(("told", "wrong"), [("31,4%", ""), ("37,4%", "r1/t1/2/2"), ("13,4%", "r1/t1/2/2")])
def test_percentages_of_rows_make_a_hundred_where_those_of_the_others_do(told: str, wrong: str) -> None:
    drawn = f"""
              | satisfied | neutral | dissatisfied
        Desk  | 52,1%     | 30,3%   | 17,6%
        Roads | 33,3%     | 33,3%   | 33,3%
        Parks | 48,2%     | {told}  | 20,4%
        Water | 71,9%     | 12,6%   | 15,6%
        Tax   | 25,0%     | 41,7%   | 33,4%
    """
    found = reconcile(observations(drawn))
    assert found["severity"].tolist() == (["error"] if wrong else [])
    for f in found.itertuples():
        assert dict(zip(f.candidates.split(), f.candidate_values.split(), strict=True))[wrong] == "31.4"


def test_a_row_printed_a_column_on_is_found_though_every_total_fails() -> None:
    drawn = """
                        | 2021 | 2022 | 2023
        Waste           | 95   | 120  | 210
        Roads           | 197  | 181  | 163
        Noise           | 90   | 83   | 99
        Totaal klachten | 407  | 474  | 357
        Vragen          | 61   | 58   | 47
        Algemeen totaal | 468  | 532  | 404
    """
    found = reconcile(observations(drawn))
    assert found["severity"].tolist() == ["error"]
    assert {f"r1/t1/0/{c}" for c in (1, 2, 3)} <= set(found["observation_ids"][0].split())


def test_a_total_divided_twice_is_held_against_both_divisions() -> None:
    drawn = """
                     | 2022 | 2023
        Totaal       | 440  | 517
        sex ~ female | 181  | 210
        sex ~ male   | 259  | 307
        age ~ < 18   | 47   | 61
        age ~ 18-64  | 303  | 363
        age ~ 65+    | 90   | 98
    """
    assert [e[1:] for e in errors(drawn)] == [(517, 522)]


def test_two_columns_of_noughts_are_no_running_total() -> None:
    rows = "\n".join(f"        Kind {i} | {i} | 0 | 0 | {i}" for i in range(1, 9))
    drawn = f"""
               | founded | legal | open | total
{rows}
        Desk   | 3       | 19    | 0    | 22
    """
    assert errors(drawn) == []


def test_the_mean_of_all_is_no_sum_of_means() -> None:
    drawn = """
               | files | paid   | average paid
        Waste  | 10    | 1.200  | 120
        Roads  | 20    | 8.000  | 700
        Noise  | 40    | 12.000 | 300
        Totaal | 70    | 21.200 | 303
    """
    assert [e for e in errors(drawn) if e[0] == "r1/t1/3/3"] == []


def test_a_share_and_a_term_of_the_same_words_are_no_two_spellings() -> None:
    drawn = """
              | binnen 20 dagen | % binnen 20 dagen | > 20 dagen
        Desk  | 52              | 52%               | 48
        Roads | 33              | 33%               | 67
    """
    assert reconcile(observations(drawn)).empty


def test_a_share_that_lost_its_decimal_mark_should_be_what_its_column_would_print() -> None:
    drawn = """
               | aantal | %
        Waste  | 122    | 45,4%
        Roads  | 81     | 301%
        Noise  | 66     | 24,5%
        Totaal | 269    | 100,0%
    """
    assert errors(drawn) == [("r1/t1/1/2", 301, 30.1)]


def test_a_whole_that_lost_its_thousands_mark_is_known_from_the_shares_of_it() -> None:
    drawn = """
                    | aantal | %
        Waste       | 1.220  | 19,0%
        Roads       | 812    | 12,7%
        Noise       | 663    | 10,3%
        Desk        | 307    | 4,8%
        All of them | 6,411  | 100,0%
    """
    assert errors(drawn) == [("r1/t1/4/1", 6.411, 6411)]
