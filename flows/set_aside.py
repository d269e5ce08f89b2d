"""Sets aside rows that break their table's rules, so that one misread cell does not cost a report.

Nothing is repaired: a row that does not fit is left out and named in a Problem, which makes the report `partial`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from schemas.printed import Problem

if TYPE_CHECKING:
    import pandas as pd

_MOST_ROUNDS = 8
"""Leaving rows out can only break what points at them; reports met so far needed one round at most."""


class NothingFits(Exception):
    """The frame as a whole breaks a rule, so no row can be blamed; the message is that rule."""


def fitting_rows(
    frame: pd.DataFrame, check: Callable[[pd.DataFrame], None]
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The rows of `frame` that pass `check` together, and a Problem for each rule that others broke.

    `check` raises schemas.tables.SchemaViolation. Raises NothingFits.
    """
    from schemas.tables import SchemaViolation

    problems: list[Problem] = []
    breach = ""
    for _ in range(_MOST_ROUNDS):
        try:
            check(frame)
            return frame, tuple(problems)
        except SchemaViolation as broken:
            breach = broken.violations[0].sentence()
            wrong = {number for violation in broken.violations for number in violation.row_numbers}
            problems += [
                Problem(f"Set aside: {violation.sentence()}", min(violation.pages, default=None), "error")
                for violation in broken.violations
            ]
        if not wrong:
            break
        frame = frame.drop(index=frame.index[sorted(wrong)]).reset_index(drop=True)
    raise NothingFits(breach)
