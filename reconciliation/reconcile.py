"""`reconcile`: the findings of one or several reports.

The checks run from the surest to the loosest: a table against itself, lists and sentences against themselves, tables
and sentences against one another, reports against one another, and last the spelling of labels. What an earlier check
has explained, a later one does not report again.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reconciliation.findings import FINDING_COLUMNS, Finding, finding_frame
from reconciliation.grid import read_grids, read_numbers
from reconciliation.within import table_constraints, table_findings

__all__ = ["FINDING_COLUMNS", "reconcile"]


def reconcile(
    observations: pd.DataFrame,
    *,
    language_by_report: Mapping[str, str] | None = None,
    earlier: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The contradictions in the observations of one or several reports, as a frame with `FINDING_COLUMNS`.

    `observations` has the columns of the published table, and `sentence` for prose where it is known. Reports in
    `earlier` (the same shape) are compared with, and never reported on alone. `language_by_report` gives `nl`, `fr`,
    `de` or `en`, which decides what a decimal comma means where the report itself leaves it open.

    Raises KeyError naming the columns that are missing.
    """
    numbers = read_numbers(observations)
    grids = read_grids(numbers)
    found: list[Finding] = []
    for grid in grids:
        found.extend(table_findings(grid, table_constraints(grid)))
    return finding_frame(found)
