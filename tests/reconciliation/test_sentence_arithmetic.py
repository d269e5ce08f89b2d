from __future__ import annotations

import pandas as pd
import pytest
from drawn_tables import prose

from reconciliation import reconcile


def run(*frames: pd.DataFrame, language: str = "nl") -> list[tuple[str, str, float, float]]:
    found = reconcile(pd.concat(frames, ignore_index=True), language_by_report={"r1": language})
    return [(f.kind, f.severity, f.printed, f.expected) for f in found.itertuples()]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Van de 580 klachten werden er 485 opgelost, of {}%."),
        ("fr", "Sur les 580 plaintes, 485 ont été résolues ({}%)."),
        ("de", "Von den 580 Beschwerden wurden 485 gelöst ({}%)."),
        ("en", "Of the 580 complaints 485 were solved ({}%)."),
    ],
)
def test_a_share_of_a_whole_in_the_same_sentence(language: str, sentence: str) -> None:
    right = prose(("solved", 485, "count"), ("solved", 84, "percent"), sentence=sentence.format(84))
    wrong = prose(("solved", 485, "count"), ("solved", 83, "percent"), sentence=sentence.format(83))
    assert run(right, language=language) == []
    assert run(wrong, language=language) == [("share_mismatch", "error", 83, 84)]


def test_the_share_of_another_count_nearby_is_an_error() -> None:
    first = prose(
        ("vragen, meldingen en klachten", 1283, "count"),
        ("klachten", 584, "count"),
        sentence="We ontvingen 1283 signalen, waarvan 584 klachten.",
    )
    then = prose(
        ("ontvankelijk", 580, "count"),
        ("ontvankelijk", 45.5, "percent"),
        sentence="Daarvan waren 580 ontvankelijk, dat is 45,5%.",
    )
    assert run(first, then) == [("share_mismatch", "error", 45.5, 45.2)]


def test_about_is_no_claim_of_precision() -> None:
    said = prose(
        ("opgelost", 485, "count"),
        ("opgelost", 83, "percent"),
        sentence="Van de 580 klachten werden er 485 opgelost, ongeveer 83%.",
    )
    assert run(said) == []


def test_a_percentage_of_a_whole_that_is_not_stated_is_left_alone() -> None:
    said = prose(
        ("niet tijdig beantwoord", 130, "count"),
        ("niet tijdig beantwoord", 31.4, "percent"),
        sentence="130 klachten (31,4%) werden niet tijdig beantwoord.",
    )
    assert run(said) == []


def test_bracketed_parts_must_add_up_to_the_count_before_them() -> None:
    text = "We ontvingen 1283 vragen en meldingen ({}) en klachten (584)."

    def said(first: int) -> pd.DataFrame:
        return prose(
            ("signalen", 1283, "count"),
            ("vragen en meldingen", first, "count"),
            ("klachten", 584, "count"),
            sentence=text.format(first),
        )

    assert run(said(699)) == []
    assert run(said(689)) == [("total_mismatch", "error", 1283, 1273)]


def test_a_stated_growth_follows_from_its_two_counts() -> None:
    text = "Het aantal steeg van 117 in 2022 naar 156 in 2023, een stijging van {} ({}%)."

    def said(gap: int, percent: float) -> pd.DataFrame:
        return prose(
            ("klachten", 117, "count", 2022),
            ("klachten", 156, "count"),
            ("stijging", gap, "count"),
            ("stijging", percent, "percent"),
            sentence=text.format(gap, f"{percent:g}".replace(".", ",")),
        )

    assert run(said(39, 33.3)) == []
    assert run(said(38, 33.3)) == [("total_mismatch", "error", 38, 39)]
    assert run(said(39, 32.3)) == [("share_mismatch", "error", 32.3, 33.3)]


def test_a_list_of_counts_with_their_percentages_has_one_whole() -> None:
    def listed(first: int) -> pd.DataFrame:
        return prose(
            ("technisch", 133, "count"), ("technisch", first, "percent"),
            ("administratief", 7, "count"), ("administratief", 5, "percent"),
            ("samenleven", 12, "count"), ("samenleven", 8, "percent"),
            sentence="",
        ).assign(kind="list", table_id="l1")  # fmt: skip

    assert run(listed(88)) == []
    assert run(listed(87)) == [("share_mismatch", "error", 87, 88)]


def test_a_monthly_mean_is_a_twelfth_of_the_year() -> None:
    def said(mean: int) -> pd.DataFrame:
        return prose(
            ("klachten", 2007, "count"),
            ("klachten per maand", mean, "count"),
            sentence=f"We registreerden 2007 klachten, gemiddeld {mean} klachten per maand.",
        )

    assert run(said(167)) == []
    assert run(said(176)) == [("total_mismatch", "warning", 176, 167)]


def test_the_items_of_a_list_add_up_to_the_count_that_opens_it() -> None:
    opening = "Van deze 13 klachten ontvingen we:"

    def report(first: int) -> list[tuple[str, str, float, float]]:
        items = prose(("via mail", first, "count"), ("via balie", 3, "count"), ("via brief", 3, "count"), sentence="")
        listed = items.assign(kind="list", table_id="l1", table_title=opening)
        return run(prose(("klachten", 13, "count"), sentence=opening), listed)

    assert report(7) == []
    assert report(8) == [("total_mismatch", "warning", 13, 14)]
    assert report(2) == []  # only some of the ways
