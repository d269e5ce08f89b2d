from __future__ import annotations

import pandas as pd
import pytest
from drawn_tables import observations

from reconciliation import FINDING_COLUMNS, reconcile


def found(frame: pd.DataFrame) -> list[tuple[str, str, str, str, float, float]]:
    result = reconcile(frame)
    return [
        (f.kind, f.severity, f.row_label, f.column_label, f.printed, f.expected)
        for f in result.sort_values(["row_label", "column_label"]).itertuples()
    ]


SERIES = """
           | 2021 | 2022 | 2023
    Waste  | 111  | 55   | 18
    Roads  | 214  | 105  | 45
    Noise  | 34   | 8    | 10
    Totaal | 359  | 168  | 73
"""


def test_a_table_that_adds_up_has_no_findings() -> None:
    assert found(observations(SERIES)) == []


def test_the_columns_are_the_published_ones_even_without_findings() -> None:
    assert tuple(reconcile(observations(SERIES)).columns) == FINDING_COLUMNS


@pytest.mark.parametrize("word", ["Totaal", "Total", "Gesamt", "TOTAUX", "Ensemble"])
def test_a_printed_total_that_is_not_the_sum_is_an_error_in_any_language(word: str) -> None:
    table = observations(SERIES.replace("Totaal", word).replace("73", "37"))
    assert found(table) == [("total_mismatch", "error", word, "2023", 37, 73)]


def test_the_cell_where_a_row_and_a_column_fail_together_is_named() -> None:
    table = observations(
        """
               | founded | unfounded | open | total
        Waste  | 16      | 88        | 15   | 119
        Roads  | 12      | 28        | 11   | 105
        Noise  | 3       | 27        | 23   | 53
        Totaal | 31      | 197       | 49   | 277
        """
    )
    assert found(table) == [("total_mismatch", "error", "Roads", "unfounded", 28, 82)]
    finding = reconcile(table).iloc[0]
    assert finding["repair_place"] == "r1/t1/1/2"
    assert finding["culprit"] == "publisher"


def test_two_exchanged_cells_are_named_together() -> None:
    table = observations(
        """
               | founded | unfounded | open | total
        Waste  | 12      | 88        | 15   | 119
        Roads  | 16      | 82        | 11   | 105
        Noise  | 3       | 27        | 23   | 53
        Totaal | 31      | 197       | 49   | 277
        """
    )
    result = reconcile(table)
    assert len(result) == 1
    assert {"r1/t1/0/1", "r1/t1/1/1"} <= set(result.iloc[0]["observation_ids"].split())


def test_a_percentage_that_its_counts_do_not_give_is_an_error() -> None:
    table = observations(
        """
              | 2023 | 2023 %
        Mail  | 24   | 4%
        Desk  | 83   | 14%
        Phone | 165  | 29%
        Site  | 308  | 53%
        Total | 580  | 100%
        """
    )
    assert found(table) == [("share_mismatch", "error", "Phone", "2023 %", 29, 28)]


def test_rounded_percentages_need_not_add_to_a_hundred() -> None:
    table = observations(
        """
              | 2023 | 2023 %
        Mail  | 1    | 33%
        Desk  | 1    | 33%
        Phone | 1    | 33%
        Total | 3    | 100%
        """
    )
    assert found(table) == []


def test_both_ways_of_rounding_a_tie_are_right_and_truncation_is_not() -> None:
    tie = """
              | n   | %
        Mail  | 1   | {}%
        Desk  | 3   | 38%
        Phone | 4   | 50%
        Total | 8   | 100%
    """
    assert found(observations(tie.format("13"))) == []  # 12,5 half up
    assert found(observations(tie.format("12"))) == []  # 12,5 half to even
    assert [f[4:] for f in found(observations(tie.replace("38%", "37%").format("13")))] == [(37, 38)]


def test_a_column_cut_off_throughout_is_a_convention_not_a_mistake() -> None:
    table = observations(
        """
              | n   | %
        Mail  | 28  | 15%
        Desk  | 53  | 28%
        Phone | 49  | 26%
        Site  | 54  | 29%
        Total | 184 | 100%
        """
    )
    assert found(table) == []


def test_a_ratio_of_two_columns_is_checked_on_every_row() -> None:
    table = observations(
        """
              | contacts | complaints | rel %
        A     | 715      | 8          | 1,12
        B     | 204      | 1          | 0,49
        C     | 6.163    | 20         | 0,23
        Total | 7.082    | 29         | 0,41
        """
    )
    assert found(table) == [("share_mismatch", "error", "C", "rel %", 0.23, 0.32)]


def test_an_unlabelled_column_of_sums_is_learnt_from_the_rows() -> None:
    table = observations(
        """
                   | Aantal signalen | Binnen termijn | Buiten termijn
        Klacht     | 116             | 86             | 30
        Melding    | 49              | 39             | 10
        Suggestie  | 22              | 20             | 2
        Vraag      | 48              | 29             | 18
        """
    )
    assert [f[0] for f in found(table)] == ["total_mismatch"]
    assert "29 + 18 = 47" in reconcile(table).iloc[0]["message"]


def test_subtotals_without_the_word_are_learnt_and_not_counted_twice() -> None:
    table = observations(
        """
                    | 2022 all | repeated | 2023 all | again
        Technical   | 305      | 15       | 423      | 24
        Paperwork   | 57       | 5        | 107      | 5
        Neighbours  | 82       | 7        | 50       | 5
        Admissible  | 444      | 27       | 580      | 34
        Others      | 382      | 1        | 703      |
        Totaal      | 826      | 28       | 1283     |
        """
    )
    assert found(table) == []


def test_a_blank_cell_that_may_hide_the_difference_makes_it_a_warning() -> None:
    table = observations(SERIES.replace("Noise  | 34   | 8    | 10", "Noise  | 34   | 8    |"))
    assert [f[1] for f in found(table)] == ["warning"]


def test_a_table_of_the_commonest_kinds_has_no_sum() -> None:
    table = observations(
        """
               | 2023
        Waste  | 311
        Roads  | 224
        Noise  | 98
        Total  | 1.529
        """
    )
    assert found(table) == []


def test_a_row_printed_one_column_on_is_one_finding() -> None:
    table = observations(
        """
               | 2020 | 2021 | 2022 | 2023
        Waste  | 111  | 55   | 18   | 61
        Roads  | 455  | 214  | 105  | 45
        Noise  | 34   | 8    | 10   | 13
        Totaal | 359  | 168  | 73   | 529
        """
    )
    result = reconcile(table)
    assert list(result["severity"]) == ["error"]
    assert {f"r1/t1/1/{c}" for c in (1, 2, 3, 4)} <= set(result.iloc[0]["observation_ids"].split())


CROSS = """
           | founded | unfounded | open | total
    Waste  | 16      | 88        | 15   | 119
    Roads  | 12      | 82        | 11   | 105
    Noise  | 3       | 27        | 23   | 53
    Totaal | 31      | 197       | 49   | 277
"""


def test_a_row_lost_in_reading_is_not_called_a_publishers_error() -> None:
    table = observations(CROSS)
    assert "error" not in {f[1] for f in found(table[table["row_label"] != "Noise"])}


def test_a_cell_lost_in_reading_is_not_called_a_publishers_error() -> None:
    table = observations(CROSS)
    lost = (table["row_label"] == "Roads") & (table["column_label"] == "open")
    assert {f[1] for f in found(table[~lost])} <= {"warning"}


def test_a_doubtful_digit_of_a_scan_makes_a_finding_our_own_mistake_most_likely() -> None:
    wrong = observations(SERIES.replace("73", "37"))
    sure = wrong.assign(ocr_confidence=0.99, method="ruled, ocr rapidocr")
    finding = reconcile(sure).iloc[0]
    assert finding["culprit"] == "unclear"
    # the doubtful number is a part of the sum, not the one that the finding names
    part = next(i for i in finding["observation_ids"].split() if i != finding["repair_place"])
    doubtful = sure.assign(ocr_confidence=sure["ocr_confidence"].where(sure["observation_id"] != part, 0.6))
    finding = reconcile(doubtful).iloc[0]
    assert (finding["severity"], finding["culprit"]) == ("warning", "reading")


def test_members_are_shares_of_their_group_and_groups_of_all() -> None:
    table = """
                    | aantal | %
        Waste       | 60     | 60%
        Waste ~ Bag | 45     | 75%
        Waste ~ Bin | 15     | {}%
        Roads       | 40     | 40%
        Roads ~ Hole| 10     | 25%
        Roads ~ Sign| 30     | 75%
        Totaal      | 100    | 100%
    """
    assert found(observations(table.format(25))) == []
    assert [f[4:] for f in found(observations(table.format(52)))] == [(52, 25)]


def test_two_rows_with_one_label_stay_two_rows() -> None:
    table = observations(
        """
                      | 2017 | 2018
        Totaal        | 739  | 556
        Bejegening    | 55   | 61
        Gegrond       | 19   | 12
        Ongegrond     | 36   | 49
        Overige       | 684  | 495
        Gegrond       | 76   | 132
        Ongegrond     | 608  | 363
        """
    )
    assert found(table) == []


def test_a_mean_is_held_against_all_parts_those_with_a_blank_in_one_column_too() -> None:
    table = """
              | Binnen | Buiten | Totaal | Gemiddelde doorlooptijd
        Afval  | 4.000  | 1.000  | 5.000  | 2,4 dagen
        Wegen  |        | 6.000  | 6.000  | 54,2 dagen
        Groen  | 3.000  | 2.000  | 5.000  | 18,6 dagen
        Totaal | 7.000  | 9.000  | 16.000 | {}
    """
    table = table.replace(" dagen", "")
    units = {"Gemiddelde doorlooptijd": "days"}
    assert reconcile(observations(table.format("26,9"), units=units)).empty
    wrong = reconcile(observations(table.format("62,9"), units=units))
    assert [(f.kind, f.severity, f.printed, f.expected) for f in wrong.itertuples()] == [
        ("total_mismatch", "error", 62.9, 26.9)
    ]


def test_totals_of_one_name_among_the_parts_prove_nothing() -> None:
    # three columns of one table read one below another: the last total fits only where the others print nothing
    table = """
              | Aantal | Later
        Afval  | 300    |
        Wegen  | 508    |
        Totaal | 808    |
        Afval  | 100    |
        Wegen  | 118    |
        Totaal | 218    |
        Afval  | 174    | 474
        Wegen  | 237    | 347
        Totaal | 411    | 821
    """
    assert not (reconcile(observations(table))["severity"] == "error").any()


def test_a_number_that_was_read_into_its_label_is_the_readings_fault() -> None:
    table = """
                            | gegrond | ongegrond
        Afval               | 18.543  | 2.052
        Balie               |         | 11.539
        Reglementen 1.122   |         | 2.449
        Groen               | 30.961  | 3.104
        Totaal              | 50.626  | 19.144
    """
    (finding,) = reconcile(observations(table)).itertuples()
    assert (finding.severity, finding.culprit, finding.printed, finding.expected) == (
        "warning",
        "reading",
        50626,
        49504,
    )


@pytest.mark.parametrize(("told", "errors"), [("-45", []), ("-54", [("total_mismatch", "error", -54, -45)])])
def test_columns_printed_with_signs_are_differences_whatever_they_are_called(
    told: str, errors: list[tuple[str, str, float, float]]
) -> None:
    drawn = f"""
               | 2021  | 2022  | t.o.v. 2021 | 2023  | t.o.v. 2022
        Waste  | 1.110 | 955   | -155        | 1.180 | +225
        Roads  | 2.140 | 2.105 | -35         | 2.060 | {told}
        Noise  | 340   | 380   | +40         | 410   | +30
        Parks  | 512   | 499   | -13         | 530   | +31
        Totaal | 4.102 | 3.939 | -163        | 4.180 | +241
    """
    result = reconcile(observations(drawn))
    assert [(f.kind, f.severity, f.printed, f.expected) for f in result.itertuples()] == errors


@pytest.mark.parametrize(("told", "errors"), [("40,0", []), ("44,0", [("share_mismatch", "error", 44, 40)])])
def test_shares_of_the_row_above(told: str, errors: list[tuple[str, str, float, float]]) -> None:
    drawn = f"""
                  | 2023 | % founded
        Waste     | 250  |
        of which  | 111  | 44,4
        Roads     | 85   |
        of these  | 34   | {told}
        Noise     | 64   |
        thereof   | 20   | 31,3
        Parks     | 130  |
        among it  | 31   | 23,8
    """
    result = reconcile(observations(drawn))
    assert [(f.kind, f.severity, f.printed, f.expected) for f in result.itertuples()] == errors


def test_a_mean_is_right_when_some_of_the_counts_weigh_it() -> None:
    drawn = """
               | sent  | answered | mean score
        Waste  | 2.000 | 100      | 5,0
        Roads  | 100   | 60       | 8,0
        Noise  | 300   | 240      | 9,0
        Totaal | 2.400 | 400      | 7,9
    """
    assert found(observations(drawn, units={"mean score": "score"})) == []
