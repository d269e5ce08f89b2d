"""Where one failing sum is all there is, every number that may be the wrong one is named, the likeliest first."""

from __future__ import annotations

import pandas as pd
from drawn_tables import observations

from reconciliation import reconcile


def the_finding(drawn: str) -> pd.Series:
    found = reconcile(observations(drawn))
    assert len(found) == 1
    return found.iloc[0]


def suspects(finding: pd.Series) -> dict[str, float]:
    values = (float(v) for v in finding["candidate_values"].split())
    return dict(zip(finding["candidates"].split(), values, strict=True))


def test_all_parts_and_the_total_are_named_with_what_each_would_have_to_be() -> None:
    finding = the_finding(
        "\n | 2022 | 2023\n Waste | 214 | 180\n Roads | 105 | 45\n Noise | 9 | 10\n Totaal | 328 | 236"
    )
    assert suspects(finding) == {"r1/t1/3/2": 235, "r1/t1/0/2": 181, "r1/t1/1/2": 46, "r1/t1/2/2": 11}
    assert "Any one of 4 numbers" in finding["message"]


def test_a_part_is_likelier_where_only_it_is_one_digit_from_right() -> None:
    # 186 would be 106; the total 296 would be 376, and no other part could become right by one digit.
    finding = the_finding(
        "\n | 2022 | 2023\n Waste | 214 | 186\n Roads | 105 | 145\n Noise | 9 | 45\n Totaal | 328 | 296"
    )
    assert next(iter(suspects(finding))) == "r1/t1/0/2"
    assert finding["candidate_values"].split()[0] == "106"
    assert "likeliest is “Waste / 2023”, 186 for 106" in finding["message"]


def test_a_cell_that_two_sums_name_has_no_rivals() -> None:
    rows = "Waste | 10 | 20 | 30\n Roads | 41 | 22 | 62\n Noise | 7 | 8 | 15\n Totaal | 57 | 50 | 107"
    finding = the_finding(f"\n | a | b | totaal\n {rows}")
    assert (finding["repair_place"], finding["expected"]) == ("r1/t1/1/1", 40)
    assert finding["candidates"] is None
