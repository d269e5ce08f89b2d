from __future__ import annotations

import pandas as pd
import pytest

from flows.set_aside import NothingFits, fitting_rows
from schemas.tables import conform, validate


def cases(**last: object) -> pd.DataFrame:
    """Nine good cases and a last one changed by `last`."""
    row: dict[str, object] = {
        "case_id": "r:case:0", "report_id": "r", "organisation": "Stad", "date": None, "title": "Put in de weg",
        "section": None, "complaint": "x", "handling": "y", "follow_up": None, "outcome_label": None, "outcome": None,
        "subject": None, "ground": None, "language": "nl", "page_first": 1, "page_last": 2, "redactions": 0,
    }  # fmt: skip
    rows = [{**row, "case_id": f"r:case:{n}"} for n in range(10)]
    rows[-1] |= last
    return conform("cases", pd.DataFrame(rows))


def check(frame: pd.DataFrame) -> None:
    validate("cases", frame)


def test_rows_that_fit_are_all_kept() -> None:
    kept, problems = fitting_rows(cases(), check)
    assert (len(kept), problems) == (10, ())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"title": ""}, "title"),
        ({"page_first": 9}, "ends before it begins"),
        ({"outcome": "subject:waste"}, "outcome"),
        ({"case_id": "r:case:3"}, "key stands"),
    ],
)
def test_only_the_broken_row_is_set_aside_and_named(change: dict[str, object], says: str) -> None:
    kept, problems = fitting_rows(cases(**change), check)
    assert len(kept) == 9
    assert [(problem.severity, says in problem.what) for problem in problems] == [("error", True)]
    assert problems[0].page is not None


def test_a_frame_that_is_wrong_as_a_whole_is_refused() -> None:
    with pytest.raises(NothingFits, match="title"):
        fitting_rows(cases(), lambda frame: check(frame.drop(columns="title")))


def test_rows_are_told_apart_however_many_are_broken() -> None:
    frame = pd.concat([cases()] * 30, ignore_index=True)
    frame["case_id"] = [f"r:case:{n}" for n in range(len(frame))]
    frame.loc[::2, "title"] = ""
    kept, problems = fitting_rows(frame, check)
    assert (len(kept), len(problems)) == (150, 1)
    assert "150 rows" in problems[0].what
