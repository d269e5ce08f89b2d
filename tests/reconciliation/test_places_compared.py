from __future__ import annotations

import pandas as pd
from drawn_tables import observations, prose

from reconciliation import reconcile

BY_KIND = """
              | 2020 ~ aantal | 2022 ~ aantal | 2023 ~ aantal
    Complaint | 820           | 686           | 715
    Report    | 506           | 303           | 99
    Question  | 357           | 201           | 81
    Totaal    | 1.683         | 1.190         | 895
"""
REPORTS = """
            | 2021 | 2022 | 2023
    General | 111  | 55   | 18
    Traffic | 395  | 248  | 81
    Totaal  | 506  | 303  | 99
"""
QUESTIONS = """
            | 2021 | 2022 | 2023
    Open    | 127  | 65   | 48
    Running | 230  | 136  | 33
    Totaal  | 357  | 201  | 81
"""


def run(*frames: pd.DataFrame) -> pd.DataFrame:
    return reconcile(pd.concat(frames, ignore_index=True)).sort_values(["kind", "printed"], ignore_index=True)


def test_a_column_whose_values_stand_under_another_year_elsewhere() -> None:
    found = run(
        observations(BY_KIND, table="a", title="Kinds"),
        observations(REPORTS, table="b", title="Reports by subject"),
        observations(QUESTIONS, table="c", title="Questions"),
    )
    assert [(f.kind, f.severity, f.table_id, f.printed, f.expected) for f in found.itertuples()] == [
        ("year_mismatch", "error", "a", 2020, 2021)
    ]


def test_a_sentence_confirms_the_year() -> None:
    found = run(
        observations(BY_KIND, table="a", title="Kinds"),
        prose(
            ("report", 506, "count", 2021),
            ("report", 303, "count", 2022),
            ("report", 99, "count", 2023),
            sentence="Report: 506 in 2021, 303 in 2022, 99 in 2023.",
        ),
    )
    assert [(f.kind, f.severity, f.printed, f.expected) for f in found.itertuples()] == [
        ("year_mismatch", "error", 2020, 2021)
    ]


def test_totals_that_agree_in_one_year_and_differ_in_another() -> None:
    quarters = "\n | 2022 | 2023\n Q1 | 200 | 300\n Q2 | 244 | 280\n Totaal | 444 | 580"
    channels = "\n | 2022 | 2023\n Mail | 241 | 365\n Site | 207 | 215\n Totaal | 448 | 580"
    found = run(
        observations(quarters, table="a", title="Kwartalen"), observations(channels, table="b", title="Kanalen")
    )
    assert [(f.kind, f.severity, f.printed, f.expected) for f in found.itertuples()] == [
        ("cross_table_mismatch", "error", 444, 448)
    ]


def test_totals_of_different_things_are_not_compared() -> None:
    contacts = "\n | 2022 | 2023\n Mail | 200 | 300\n Desk | 244 | 280\n Totaal | 444 | 580"
    files = "\n | 2022 | 2023\n Waste | 41 | 65\n Roads | 107 | 115\n Totaal | 148 | 180"
    assert run(
        observations(contacts, table="a", title="Contacten"), observations(files, table="b", title="Dossiers")
    ).empty


def test_column_sums_are_compared_where_most_agree() -> None:
    months = " | Jan | Feb | Mar | Apr | May"
    one = observations(f"{months}\n North | 14 | 18 | 12 | 34 | 11\n South | 158 | 140 | 180 | 142 | 144", table="a")
    two = observations(f"{months}\n Care | 99 | 84 | 91 | 84 | 73\n Home | 72 | 74 | 101 | 92 | 82", table="b")
    found = run(one, two)
    assert [(f.kind, f.severity, f.printed, f.expected) for f in found.itertuples()] in (
        [("cross_table_mismatch", "warning", 172, 171)],
        [("cross_table_mismatch", "warning", 171, 172)],
    )


def test_a_caption_that_stops_a_year_before_its_table() -> None:
    table = " | Care | Transport\n 2020 | 41 | 104\n 2021 | 81 | 415\n 2022 | 70 | 632\n 2023 | 16 | 183"
    assert list(run(observations(table, title="Themes 2020-2022"))["kind"]) == ["year_mismatch"]
    assert run(observations(table, title="Themes 2020-2023")).empty


def test_two_reports_that_print_one_figure_differently() -> None:
    old = observations(REPORTS, report="city-2022", title="Reports by subject", table="x")
    new = observations(
        REPORTS.replace("55 ", "57 ").replace("303", "305"), report="city-2023", title="Reports by subject", table="y"
    )
    found = run(old, new)
    assert set(found["kind"]) == {"series_break"}
    assert set(found["report_id"]) == {"city-2023"}
    assert sorted(zip(found["printed"], found["expected"], strict=True)) == [(57, 55), (305, 303)]


def test_earlier_reports_are_compared_with_and_not_reported_on() -> None:
    old = observations(REPORTS.replace("111", "112"), report="city-2022", title="Reports by subject", table="x")
    new = observations(REPORTS, report="city-2023", title="Reports by subject", table="y")
    found = reconcile(new, earlier=old)
    assert [(f.kind, f.report_id) for f in found.itertuples()] == [("series_break", "city-2023")]
