"""Sets aside rows that break their table's rules, so that one misread cell does not cost a report.

Nothing is repaired: a row that does not fit is left out and named in a Problem, which makes the report `partial`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from schemas.printed import Problem

if TYPE_CHECKING:
    import pandas as pd

MOST_CHECKS = 400
"""A frame of which so many parts had to be tried is not a report with a slip but one that was misread."""


class TooManyBroken(Exception):
    """More rows break the rules than can be told apart; the message is the first breach."""


def fitting_rows(
    frame: pd.DataFrame, check: Callable[[pd.DataFrame], None], key: list[str]
) -> tuple[pd.DataFrame, list[Problem]]:
    """The rows of `frame` that pass `check` together, and a Problem for each of the others.

    `check` raises schemas.tables.SchemaViolation. Of rows with the same `key` the first is kept. Broken rows are found
    by halving. Raises TooManyBroken.
    """
    problems: list[Problem] = []
    again = frame.duplicated(key) if key else frame.duplicated()
    for row in frame[again].itertuples(index=False):
        problems.append(_problem(row, "another row has the same key; the first was kept"))
    frame = frame[~again].reset_index(drop=True)
    kept = _halved(frame, check, problems, [MOST_CHECKS])
    return kept.reset_index(drop=True), problems


def _halved(
    frame: pd.DataFrame, check: Callable[[pd.DataFrame], None], problems: list[Problem], left: list[int]
) -> pd.DataFrame:
    import pandas as pd

    from schemas.tables import SchemaViolation

    left[0] -= 1
    try:
        check(frame)
        return frame
    except SchemaViolation as broken:
        breach = broken.violations[0].sentence()
        if left[0] < 0:
            raise TooManyBroken(breach) from broken
        if len(frame) == 1:
            problems.append(_problem(next(frame.itertuples(index=False)), breach))
            return frame.iloc[:0]
        middle = len(frame) // 2
        halves = [_halved(part, check, problems, left) for part in (frame.iloc[:middle], frame.iloc[middle:])]
        return pd.concat(halves)


def _problem(row: object, says: str) -> Problem:
    page = getattr(row, "page", getattr(row, "page_first", None))
    return Problem(f"A row was set aside: {says}", page if isinstance(page, int) else None, "error")
