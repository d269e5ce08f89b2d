"""Whose place on a page may be shown as a picture: a picture shows what a text masks."""

from __future__ import annotations

import pandas as pd

from flows.steps import to_be_shown

NUMBER = {"kind": "cell", "page": 1, "x0": 10.0, "top": 10.0, "x1": 20.0, "bottom": 20.0, "sentence": None}


def shown(
    *numbers: dict[str, object], cases: tuple[tuple[int, int], ...] = (), lost: tuple[int | None, ...] = ()
) -> list[tuple[bool, int]]:
    frames = {
        "observations": pd.DataFrame([{**NUMBER, **number} for number in numbers]),
        "cases": pd.DataFrame(cases, columns=["page_first", "page_last"]),
        "problems": pd.DataFrame({"page": pd.array(list(lost), dtype="Int64"), "severity": ["error"] * len(lost)}),
    }
    return [(heads, page) for heads, page, *_ in to_be_shown(frames)]


def test_no_page_is_shown_on_which_a_case_is_told_or_was_held_back() -> None:
    numbers = [{"page": page} for page in range(1, 7)]
    assert shown(*numbers, cases=((2, 3),), lost=(5, None)) == [(True, 1), (True, 4), (True, 6)]


def test_no_sentence_is_shown_in_which_something_is_masked() -> None:
    plain = {"kind": "prose", "sentence": "We kregen 12 klachten."}
    masked = {"kind": "prose", "page": 2, "sentence": "[NAAM] diende 12 klachten in."}
    assert shown(plain, masked) == [(False, 1)]
