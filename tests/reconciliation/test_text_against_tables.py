from __future__ import annotations

import pandas as pd
from drawn_tables import observations, prose

from reconciliation import reconcile

TABLE = """
               | 2022 | 2023
    Attitude   | 89   | 141
    No answer  | 117  | 156
    Traffic    | 117  | 102
    Totaal     | 323  | 399
"""


def run(*frames: pd.DataFrame, language: str = "nl") -> list[tuple[str, str, float, float]]:
    found = reconcile(pd.concat(frames, ignore_index=True), language_by_report={"r1": language})
    return [(f.kind, f.severity, f.printed, f.expected) for f in found.sort_values("printed").itertuples()]


def test_a_sentence_that_restates_the_table_is_right() -> None:
    said = prose(
        ("klachten over attitude", 89, "count", 2022),
        ("klachten over attitude", 141, "count", 2023),
        sentence="Klachten over attitude namen toe van 89 in 2022 naar 141 in 2023.",
    )
    assert run(observations(TABLE), said) == []


def test_a_sentence_a_typing_slip_away_from_its_cell_is_an_error() -> None:
    said = prose(("klachten over attitude", 114, "count"), sentence="In 2023 waren er 114 klachten over attitude.")
    assert run(observations(TABLE), said) == [("text_table_mismatch", "error", 114, 141)]


def test_two_rows_exchanged_in_the_text_are_both_named() -> None:
    said = prose(
        ("klachten attitude", 102, "count"),
        ("klachten traffic", 141, "count"),
        sentence="In 2023 telden we 102 klachten attitude en 141 klachten traffic.",
    )
    assert run(observations(TABLE), said) == [
        ("text_table_mismatch", "error", 102, 141),
        ("text_table_mismatch", "error", 141, 102),
    ]


def test_a_narrower_phrase_counts_something_narrower() -> None:
    said = prose(
        ("gegronde klachten over attitude", 14, "count"),
        ("attitude via bemiddeling", 3, "count"),
        sentence="In 2023 waren 14 klachten over attitude gegrond, 3 kregen bemiddeling.",
    )
    assert run(observations(TABLE), said) == []


def test_another_year_or_body_is_another_figure() -> None:
    elsewhere = prose(
        ("klachten over attitude", 114, "count"), sentence="In 2023 waren er 114.", organisation="Other body"
    )
    before = prose(("klachten over attitude", 114, "count", 2019), sentence="In 2019 waren er 114 over attitude.")
    assert run(observations(TABLE), elsewhere, before) == []


def test_a_plain_total_with_two_digits_exchanged_is_an_error() -> None:
    swapped = prose(("klachten", 939, "count"), sentence="In 2023 kregen we 939 klachten.")
    assert run(observations(TABLE), swapped) == [("text_table_mismatch", "error", 939, 399)]


def test_a_plain_count_near_a_total_may_count_otherwise() -> None:
    near = prose(("klachten", 395, "count"), sentence="In 2023 kregen we 395 klachten.")
    assert run(observations(TABLE), near) == []


def test_a_difference_that_the_table_does_not_give_is_a_warning() -> None:
    right = prose(("klachten", 76, "count"), sentence="Dat zijn er 76 meer dan in 2022.")
    wrong = prose(("klachten", 67, "count"), sentence="Dat zijn er 67 meer dan in 2022.")
    assert run(observations(TABLE), right) == []
    assert run(observations(TABLE), wrong) == [("text_table_mismatch", "warning", 67, 76)]


def test_a_list_and_a_sentence_of_two_minds_over_the_same_words() -> None:
    listed = prose(
        ("gegronde administratieve klachten", 27, "count"),
        ("gegronde technische klachten", 133, "count"),
        sentence="",
    ).assign(kind="list", table_id="l1")
    said = prose(
        ("gegronde administratieve klachten", 72, "count"),
        sentence="De 72 gegronde administratieve klachten gaan over huur.",
        page=2,
    )
    assert run(listed, said) == [("text_table_mismatch", "error", 72, 27)]
