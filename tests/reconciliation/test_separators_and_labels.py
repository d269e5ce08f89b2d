from __future__ import annotations

import pandas as pd
from drawn_tables import observations, prose

from reconciliation import reconcile


def _reading(table: pd.DataFrame, printed: str, value: float) -> pd.DataFrame:
    table.loc[table["value_printed"] == printed, "value"] = value
    return table


CONTACTS = """
            | contacten | %
    Waste   | 131.181   | 58,60
    Roads   | 9.639     | 4,31
    Others  | 83.044    | 37,10
    Totaal  | 223,864   | 100,00
"""


def test_a_decimal_comma_for_a_thousands_point_is_proven_by_the_column() -> None:
    for value in (223864.0, 223.864):  # whichever way it was read
        found = reconcile(_reading(observations(CONTACTS), "223,864", value))
        assert [(f.kind, f.severity, f.printed, f.expected) for f in found.itertuples()] == [
            ("implausible_number", "error", 223.864, 223864)
        ]


def test_the_other_mark_in_every_count_is_a_habit() -> None:
    table = CONTACTS.replace("131.181", "131,181").replace("9.639", "9,639").replace("83.044", "83,044")
    frame = observations(table)
    counts = frame["unit"] == "count"
    frame.loc[counts, "value"] = frame.loc[counts, "value_printed"].str.replace(",", "").astype(float)
    assert reconcile(frame).empty


def test_english_thousands_commas_are_no_slips() -> None:
    frame = prose(("complaints", 2965, "count"), sentence="We received 2,965 complaints.", printed=("2,965",))
    assert reconcile(frame, language_by_report={"r1": "en"}).empty


def test_one_label_spelled_in_two_ways_is_worth_knowing() -> None:
    a = observations(" | 2023\n SB/sorteerstraten | 47\n SB/graffiti | 6", table="a")
    b = observations(" | 2023\n SB/sorteerstraat | 10\n SB/afval | 9", table="b")
    found = reconcile(pd.concat([a, b], ignore_index=True))
    assert [(f.kind, f.severity) for f in found.itertuples()] == [("label_variant", "info")]


def test_opposites_and_numbered_labels_are_different_labels() -> None:
    a = observations(" | 2023\n gegrond | 47\n Wijkteam 11 | 6", table="a")
    b = observations(" | 2023\n ongegrond | 10\n Wijkteam 12 | 9", table="b")
    assert reconcile(pd.concat([a, b], ignore_index=True)).empty
