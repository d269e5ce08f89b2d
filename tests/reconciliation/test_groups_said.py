from __future__ import annotations

import pandas as pd
import pytest
from drawn_tables import observations, prose

from reconciliation import reconcile

TEAMS = """
              | complaints | contacts | contacts %
    A/desk    | 110        | 400      | 8,0
    A/permits | 103        | 450      | 9,0
    A/street  | 95         | 250      | 5,0
    B         | 190        | 1500     | 30,0
    B/bins    | 60         | 500      | 10,0
    C         | 150        | 1000     | 20,0
    C/bikes   | 41         | 150      | 3,0
    D         | 120        | 700      | 14,0
    E         | 46         | 50       | 1,0
    Totaal    | 915        | 5000     | 100,0
"""


def run(*frames: pd.DataFrame) -> list[tuple[str, str, float, float]]:
    found = reconcile(pd.concat(frames, ignore_index=True), language_by_report={"r1": "nl"})
    told = found[found["kind"] != "label_variant"]
    return [(f.kind, f.severity, f.printed, f.expected) for f in told.itertuples()]


@pytest.mark.parametrize(("told", "expected"), [(5, []), (7, [("text_table_mismatch", "error", 7, 5)])])
def test_the_rows_that_shares_leave_over_are_counted(told: int, expected: list[tuple[str, str, float, float]]) -> None:
    first = prose(("contacten", 30, "percent"), sentence="30% van de contacten ging naar team B.")
    desks = prose(("contacten", 22, "percent"), sentence="De loketten namen 22% voor hun rekening.")
    rest = prose(
        ("andere teams", told, "count"),
        ("contacten", 48, "percent"),
        sentence=f"De andere {told} teams behandelden de overige 48%.",
    )
    assert run(observations(TEAMS, title="Teams"), first, desks, rest) == expected
