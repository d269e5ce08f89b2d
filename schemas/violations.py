"""What is wrong with a frame, in sentences that say where.

A fault is one cell or row; faults of one report, column and reason are told together, with how many there are, so that
a misread column of a thousand rows is one sentence.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from schemas.columns import Table

_SHOWN_VALUES = 3
_SHOWN_PAGES = 5
_SHOWN_VIOLATIONS = 40  # one screen; the exception carries all
_SHOWN_LENGTH = 80  # longer texts are cut in the message


@dataclass(frozen=True, slots=True)
class Fault:
    """One offending place: row (position in the frame; None: the whole table), columns, value as text, the reason."""

    row: int | None
    columns: tuple[str, ...]
    value: str
    says: str


@dataclass(frozen=True, slots=True)
class Violation:
    """All faults of one report, column set and reason.

    `row_numbers` are their rows' positions in the frame that was given, from 0; `first_key` names the first of them.
    """

    table: str
    columns: tuple[str, ...]
    says: str
    values: tuple[str, ...]
    row_numbers: tuple[int, ...] = ()
    report_id: str | None = None
    pages: tuple[int, ...] = ()
    first_key: str | None = None

    @property
    def rows(self) -> int:
        """How many rows are at fault; 0 when the table as a whole is."""
        return len(self.row_numbers)

    def sentence(self) -> str:
        """One sentence: table, report, pages, column, value, what is wrong, in how many rows."""
        where = [self.table]
        if self.report_id:
            where.append(f"report {self.report_id}")
        if self.pages:
            shown = ", ".join(map(str, self.pages[:_SHOWN_PAGES]))
            more = f" and {len(self.pages) - _SHOWN_PAGES} more" if len(self.pages) > _SHOWN_PAGES else ""
            where.append(f"page{'s' if len(self.pages) > 1 else ''} {shown}{more}")
        if self.columns:
            where.append(f"column{'s' if len(self.columns) > 1 else ''} {', '.join(self.columns)}")
        text = ", ".join(where) + ": "
        if self.values:
            more = f" and {len(self.values) - _SHOWN_VALUES} other values" if len(self.values) > _SHOWN_VALUES else ""
            text += f"{', '.join(self.values[:_SHOWN_VALUES])}{more}: "
        text += self.says
        if self.rows:
            count = f"{self.rows} row{'s' if self.rows > 1 else ''}"
            text += f" ({count}{', the first is ' + self.first_key if self.first_key else ''})"
        return text + "."


class SchemaViolation(ValueError):
    """Tables that do not hold what they must; `violations` has all of it, the message the first forty."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        self.violations = tuple(violations)
        lines = [violation.sentence() for violation in self.violations[:_SHOWN_VIOLATIONS]]
        if len(self.violations) > _SHOWN_VIOLATIONS:
            lines.append(f"… and {len(self.violations) - _SHOWN_VIOLATIONS} more of the kind.")
        what = "one thing does" if len(self.violations) == 1 else f"{len(self.violations)} things do"
        head = f"The tables cannot be published: {what} not fit (docs/data-dictionary.md says what each column holds)."
        super().__init__("\n  ".join([head, *lines]))

    def __reduce__(self) -> tuple[type[SchemaViolation], tuple[tuple[Violation, ...]]]:
        """Rebuilt from its violations, so that it survives the way back from a child process."""
        return SchemaViolation, (self.violations,)


def shown(value: object) -> str:
    """A value as it is quoted in a message: texts in quotes and cut when long, missing values as `nothing`."""
    if isinstance(value, str):
        return repr(value if len(value) <= _SHOWN_LENGTH else value[: _SHOWN_LENGTH - 1] + "…")
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return "nothing"
    return str(value)


def summarise(table: Table, frame: pd.DataFrame, faults: Iterable[Fault]) -> tuple[Violation, ...]:
    """Faults told together by report, columns and reason, in the order in which they were first met.

    `frame` is the frame that `Fault.row` counts in; its report, page and key columns are quoted when it has them.
    """
    groups: dict[tuple[str | None, tuple[str, ...], str], list[Fault]] = {}
    for fault in faults:
        report = _cell(frame, fault.row, "report_id")
        groups.setdefault((report, fault.columns, fault.says), []).append(fault)
    page_column = next((name for name in ("page", "page_first") if name in frame.columns), None)
    result = []
    for (report, columns, says), group in groups.items():
        pages = {_cell(frame, fault.row, page_column) for fault in group} if page_column else set()
        result.append(
            Violation(
                table=table.name,
                columns=columns,
                says=says,
                values=tuple(dict.fromkeys(fault.value for fault in group if fault.value)),
                row_numbers=tuple(sorted({fault.row for fault in group if fault.row is not None})),
                report_id=report,
                pages=tuple(sorted(int(page) for page in pages if page is not None and page.isdecimal())),
                first_key=_first_key(table, frame, group[0].row),
            )
        )
    return tuple(result)


def _cell(frame: pd.DataFrame, row: int | None, column: str | None) -> str | None:
    if row is None or column is None or column not in frame.columns:
        return None
    value = frame[column].iloc[row]
    return None if shown(value) == "nothing" else str(value)


def _first_key(table: Table, frame: pd.DataFrame, row: int | None) -> str | None:
    parts = [_cell(frame, row, column) for column in table.key]
    if not parts or any(part is None for part in parts):
        return f"row {row + 1}" if row is not None else None
    return " ".join(f"{column} {part}" for column, part in zip(table.key, parts, strict=True))
