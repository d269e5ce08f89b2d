"""The report's own arithmetic: what is printed held against itself.

`reconcile` takes the observations of one or more reports and gives the findings. It reads no PDF, knows no ontology,
and never changes a published number: a finding stands beside the number that it doubts.
"""

from reconciliation.reconcile import FINDING_COLUMNS, reconcile

__all__ = ["FINDING_COLUMNS", "reconcile"]
