from __future__ import annotations

import pandas as pd
import pytest
from drawn_tables import observations, prose

from reconciliation import reconcile

CHANNELS = """
               | 2023 | 2023 %
    Post       | 12   | 2%
    Website    | 235  | 41%
    Balie      | 168  | 29%
    Telefoon   | 165  | 28%
    Totaal     | 580  | 100%
"""


def run(*frames: pd.DataFrame, language: str = "nl") -> list[tuple[str, str, float, float]]:
    found = reconcile(pd.concat(frames, ignore_index=True), language_by_report={"r1": language})
    return [(f.kind, f.severity, f.printed, f.expected) for f in found.itertuples()]


def said(percent: int, text: str) -> pd.DataFrame:
    return prose(("klachten", percent, "percent"), sentence=text.format(percent))


def test_rounded_percentages_added_by_a_sentence_that_names_their_rows() -> None:
    table = observations(CHANNELS, title="Kanalen")
    named = "Via de website en aan de balie kwam samen {}% van de klachten binnen."
    assert run(table, said(70, named)) == [("share_mismatch", "error", 70, 69)]  # 403 / 580 = 69.48 %
    assert run(table, said(69, named)) == []


def test_rows_that_are_not_named_are_the_largest() -> None:
    table = observations(CHANNELS, title="Kanalen")
    # No two or three rows of the table make 70 % by their counts; one pair does by its rounded percentages.
    assert run(table, said(70, "Samen zijn ze goed voor {}% van de klachten.")) == [("share_mismatch", "error", 70, 69)]
    assert run(table, said(57, "Samen zijn ze goed voor {}% van de klachten.")) == []  # 29 + 28: not the largest


def test_a_share_that_other_rows_together_give_is_right() -> None:
    table = observations(CHANNELS, title="Kanalen")
    # 168 + 165 of 580 is 57.4 %: some rows do make it
    assert run(table, said(57, "Samen zijn ze goed voor {}% van de klachten.")) == []


@pytest.mark.parametrize(("last", "expected"), [(1559, [("total_mismatch", "warning", 3601, 3561)]), (1599, [])])
def test_a_whole_that_the_text_divides_into_parts(last: int, expected: list[tuple[str, str, float, float]]) -> None:
    whole = prose(("meldingen", 3601, "count"), sentence="Van de 3601 meldingen ging het meeste over afval.")
    first = prose(
        ("dienst", 1748, "count"),
        ("beleid", 127, "count"),
        sentence="Het ging respectievelijk over 1748 en 127 meldingen.",
    )
    rest = prose(
        ("onduidelijk", last, "count"),
        ("beide", 127, "count"),
        sentence=f"De rest bestond respectievelijk uit {last} en 127 gevallen.",
    )
    assert run(whole, first, rest) == expected


def test_counts_that_are_not_said_to_share_out_a_whole_are_worth_knowing_at_most() -> None:
    whole = prose(("meldingen", 3601, "count"), sentence="Er bleven 3601 meldingen over.")
    first = prose(("dienst", 1748, "count"), ("beleid", 127, "count"), sentence="1748 over de dienst, 127 over beleid.")
    rest = prose(("a", 1559, "count"), ("b", 127, "count"), sentence="Bij 1559 bleef het open, 127 keer was het beide.")
    assert run(whole, first, rest) == [("total_mismatch", "info", 3601, 3561)]


def test_an_enumeration_of_a_count_that_an_earlier_sentence_names() -> None:
    whole = prose(("technische klachten", 133, "count"), sentence="Er waren 133 gegronde technische klachten.")

    def parts(last: int) -> pd.DataFrame:
        return prose(
            ("onderhoud", 63, "count"),
            ("projecten", 24, "count"),
            ("woning", last, "count"),
            sentence=f"De technische klachten gaan over onderhoud (63), projecten (24) en de woning ({last}).",
        )

    assert run(whole, parts(41)) == [("total_mismatch", "warning", 133, 128)]
    assert run(whole, parts(46)) == []


def test_months_across_in_one_table_and_down_in_the_other() -> None:
    across = observations(
        " | Jan | Feb | Mar | Apr | May\n North | 14 | 18 | 12 | 34 | 11\n South | 158 | 140 | 180 | 142 | 144",
        table="a",
    )
    down = observations(
        " | Care | Home\n Jan | 99 | 72\n Feb | 84 | 74\n Mar | 91 | 101\n Apr | 84 | 92\n May | 73 | 82", table="b"
    )
    assert run(across, down) in (
        [("cross_table_mismatch", "warning", 172, 171)],
        [("cross_table_mismatch", "warning", 171, 172)],
    )


def test_near_totals_are_compared_in_the_year_that_a_wrong_header_means() -> None:
    kinds = """
              | 2020 | 2022 | 2023
        Tip   | 1165 | 1058 | 967
        Vraag | 706  | 303  | 99
        Totaal | 1871 | 1361 | 1066
    """
    channels = (
        "\n | 2021 | 2022 | 2023\n Mail | 1500 | 1000 | 900\n Site | 399 | 314 | 144\n Totaal | 1899 | 1314 | 1044"
    )
    questions = "\n | 2021 | 2022 | 2023\n Open | 306 | 203 | 60\n Loopt | 400 | 100 | 39\n Totaal | 706 | 303 | 99"
    found = run(
        observations(kinds, table="a", title="Aard dossiers"),
        observations(channels, table="b", title="Kanalen dossiers"),
        observations(questions, table="c", title="Vraag"),
    )
    pairs = {(printed, expected) for kind, _, printed, expected in found if kind == "cross_table_mismatch"}
    assert ("year_mismatch", "error", 2020, 2021) in found
    assert {(1871, 1899), (1361, 1314), (1066, 1044)} <= pairs


def test_a_percentage_of_what_an_earlier_sentence_counted_by_the_same_words() -> None:
    counted = prose(
        ("signalen", 1283, "count"),
        ("vragen en meldingen", 699, "count"),
        ("klachten", 584, "count"),
        sentence="Er kwamen 1283 signalen: 699 vragen en meldingen en 584 klachten.",
    )

    def later(percent: int) -> pd.DataFrame:
        return prose(
            ("als vragen en meldingen", percent, "percent"), sentence=f"De overige {percent}% zijn vragen en meldingen."
        )

    assert run(counted, later(54)) == []
    assert run(counted, later(55)) == [("share_mismatch", "warning", 55, 54)]
    # 1283 - 580 = 703 is 54.8 %: the sentence may mean that rest
    admitted = prose(("ontvankelijk", 580, "count"), sentence="Na analyse waren er 580 ontvankelijk.")
    assert run(counted, admitted, later(55)) == [("share_mismatch", "info", 55, 54)]
