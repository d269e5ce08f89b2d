"""Findings as rows of the published table, each with a proof in a sentence that a reader can check by hand."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from reconciliation.grid import Number
from reconciliation.numbers import show
from reconciliation.sentences import Said

Kind = Literal[
    "total_mismatch",
    "share_mismatch",
    "text_table_mismatch",
    "cross_table_mismatch",
    "year_mismatch",
    "series_break",
    "implausible_number",
    "label_variant",
]
Severity = Literal["error", "warning", "info"]
Culprit = Literal["publisher", "reading", "unclear"]

#: The published columns, in order. The first twelve are the contract's.
FINDING_COLUMNS = (
    "finding_id",
    "report_id",
    "organisation",
    "kind",
    "severity",
    "table_id",
    "row_label",
    "column_label",
    "printed",
    "expected",
    "page",
    "message",
    "observation_ids",
    "message_nl",
    "proof",
    "repair_place",
    "culprit",
    "candidates",
    "candidate_values",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction. `place` is the label of its other side, where there is one; it only serves the id.

    `candidates` are numbers of which any one, printed otherwise, would end it, with the value that it would have; the
    likeliest first. Empty for a lone `repair_place` (its value is `expected`), and where several are wrong together.
    """

    report: str
    organisation: str
    kind: Kind
    severity: Severity
    table: str | None
    row_label: str
    column_label: str
    printed: float | None
    expected: float | None
    page: int | None
    message: str
    message_nl: str
    proof: str
    observations: tuple[str, ...]
    repair_place: str | None = None
    culprit: Culprit = "unclear"
    place: str = ""
    candidates: tuple[tuple[str, float], ...] = ()


def finding_at(
    number: Number,
    kind: Kind,
    severity: Severity,
    said: Said,
    *,
    expected: float | None,
    observations: Iterable[str] = (),
    printed: float | None = None,
    repair_place: str | None = None,
    culprit: Culprit = "unclear",
    place: str = "",
    candidates: Iterable[tuple[str, float]] = (),
) -> Finding:
    """A finding on one number; `printed` stands for its value where the doubt is about something else (a year)."""
    return Finding(
        report=number.report,
        organisation=number.organisation,
        kind=kind,
        severity=severity,
        table=number.table or None,
        row_label=number.row_label,
        column_label=number.column_label,
        printed=number.value if printed is None else printed,
        expected=None if expected is None else round(expected, 6),
        page=number.page or None,
        message=said.en,
        message_nl=said.nl,
        proof=said.proof,
        observations=tuple(i for i in (number.id, *observations) if i),
        repair_place=repair_place,
        culprit=culprit,
        place=place,
        candidates=tuple(candidates),
    )


def finding_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """The findings as a frame with `FINDING_COLUMNS`, sorted by `finding_id`.

    An id comes from the report, the kind and the labels of the place, never from the value, so that a corrected
    reading keeps it.
    """
    seen: Counter[str] = Counter()
    rows = []
    ordered = sorted(findings, key=lambda f: (f.report, f.kind, f.table or "", f.row_label, f.column_label, f.place,
                                              f.page or 0, f.observations))  # fmt: skip
    for f in ordered:
        key = "\x1f".join((f.report, f.kind, f.organisation, f.table or "", f.row_label, f.column_label, f.place))
        seen[key] += 1
        digest = hashlib.sha256(f"{key}\x1f{seen[key]}".encode()).hexdigest()[:12]
        rows.append(
            {
                "finding_id": f"{f.report}:{f.kind}:{digest}",
                "report_id": f.report,
                "organisation": f.organisation or None,
                "kind": f.kind,
                "severity": f.severity,
                "table_id": f.table or None,
                "row_label": f.row_label or None,
                "column_label": f.column_label or None,
                "printed": f.printed,
                "expected": f.expected,
                "page": f.page or None,
                "message": f.message,
                "observation_ids": " ".join(dict.fromkeys(f.observations)),
                "message_nl": f.message_nl,
                "proof": f.proof or None,
                "repair_place": f.repair_place or None,
                "culprit": f.culprit,
                "candidates": " ".join(i for i, _ in f.candidates) or None,
                "candidate_values": " ".join(show(value, "en") for _, value in f.candidates) or None,
            }
        )
    frame = pd.DataFrame(rows, columns=list(FINDING_COLUMNS))
    for name in ("printed", "expected"):
        frame[name] = frame[name].astype("float64")
    frame["page"] = frame["page"].astype("Int64")
    return frame.sort_values("finding_id", ignore_index=True)


def softer(finding: Finding, severity: Severity) -> Finding:
    """The finding with a lower severity; never a higher one."""
    order = {"info": 0, "warning": 1, "error": 2}
    return replace(finding, severity=severity) if order[severity] < order[finding.severity] else finding
