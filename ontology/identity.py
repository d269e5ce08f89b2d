"""Stable names of observations, labels and cases: made from place and labels, never from values."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date

_SEPARATOR = "\x1f"


def digest(*parts: str, length: int) -> str:
    """The first hex digits of the SHA-256 of the parts."""
    return hashlib.sha256(_SEPARATOR.join(parts).encode()).hexdigest()[:length]


class ObservationIds:
    """Gives ids in reading order; the same labels met again in one place get the next number."""

    def __init__(self, report_id: str) -> None:
        self._report = report_id
        self._met: Counter[tuple[str, ...]] = Counter()

    def next(
        self,
        kind: str,
        table_id: str | None,
        page: int,
        *,
        rows: tuple[str, ...],
        columns: tuple[str, ...],
        organisation: str,
    ) -> str:
        """The id of one figure. Outside tables the body is part of it: two may say the same on a page."""
        place = table_id or f"{kind}-p{page}"
        parts = (kind, " > ".join(rows), " > ".join(columns)) + (() if table_id else (organisation,))
        key = (place, *parts)
        self._met[key] += 1
        return f"{self._report}:{place}:{digest(*parts, str(self._met[key]), length=10)}"


def label_id(report_id: str, label: str, context: str, facet: str | None) -> str:
    """The id of one label in its context, for one facet."""
    return f"{report_id}:label:{digest(label, context, facet or '', length=10)}"


class CaseIds:
    """Gives ids of cases; two cases of one day and title get a number behind."""

    def __init__(self, report_id: str) -> None:
        self._report = report_id
        self._met: Counter[str] = Counter()

    def next(self, day: date | None, page: int, title: str) -> str:
        """The id of one case."""
        base = f"{self._report}:case:{day.isoformat() if day else f'p{page}'}:{digest(title, length=6)}"
        self._met[base] += 1
        return base if self._met[base] == 1 else f"{base}-{self._met[base]}"
