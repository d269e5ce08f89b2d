"""The interpreted reports of a build, taken from where they are kept some at a time: memory does not grow with them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flows.packing import facts_of, frames_of
from flows.steps import Interpretation
from flows.store import Store

if TYPE_CHECKING:
    import pandas as pd

    from reconciliation.between import Figures
    from reconciliation.findings import Finding
    from schemas.tables import PageSizes

_ROWS = 8_000
"""Rows of one table that are held at a time: some forty reports, and with all that is made of them some 60 MB."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some reports, with all their rows by table."""

    reports: tuple[Interpretation, ...]
    frames: Mapping[str, pd.DataFrame]
    page_sizes: PageSizes


@dataclass(frozen=True, slots=True)
class Parts:
    """The interpreted reports of a build by id, and the store that has what they hold."""

    by_id: Mapping[str, Interpretation]
    store: Store

    def in_order(self) -> list[Interpretation]:
        """The reports in the order of the keys of their rows, which begin with the report's id and a colon.

        The order in which they were finished must not be seen in the result.
        """
        return [self.by_id[name] for name in sorted(self.by_id, key=lambda name: f"{name}:")]

    def batches(self, only: Collection[str] | None = None) -> Iterator[Batch]:
        """All reports, or those named, in that order."""
        waiting: list[Interpretation] = []
        for part in self.in_order():
            if only is None or part.entry.id in only:
                waiting.append(part)
            if max(sum(each.rows[name] for each in waiting) for name in part.rows) >= _ROWS:
                yield self._batch(waiting)
                waiting = []
        if waiting:
            yield self._batch(waiting)

    def _batch(self, reports: Sequence[Interpretation]) -> Batch:
        packed = [self.store.take(part.frames) for part in reports]
        sizes = {
            part.entry.id: {number: (width, height) for number, width, height in facts_of(data)["pages"]}
            for part, data in zip(reports, packed, strict=True)
        }
        return Batch(tuple(reports), frames_of(packed), sizes)

    def gathered(self, name: str, only: Collection[str]) -> pd.DataFrame:
        """The rows of table `name` of the reports named."""
        from schemas.tables import concat

        return concat(name, [batch.frames[name] for batch in self.batches(only)] if only else [])

    def crops(self, batch: Batch) -> dict[str, str]:
        """The hash of each number's picture, by observation."""
        numbers = batch.frames["observations"]
        found: dict[str, str] = {}
        at = 0
        for part in batch.reports:
            names = numbers["observation_id"].iloc[at : at + part.rows["observations"]]
            at += len(names)
            digests = json.loads(self.store.take(part.crops)) if part.crops else [None] * len(names)
            found.update((name, digest) for name, digest in zip(names, digests, strict=True) if digest)
        return found

    def strips(self) -> Mapping[str, bytes]:
        """The parts of each report's pages on which its numbers stand, read when they are asked for."""
        return _Strips({part.entry.id: part for part in self.in_order() if part.strips}, self.store)

    def findings(self) -> pd.DataFrame:
        """What the reports contradict themselves and each other in, checked."""
        from reconciliation.between import break_findings, disagreeing
        from reconciliation.findings import finding_frame
        from reconciliation.reconcile import figures_by_report
        from schemas.tables import validate

        found: list[Finding] = []
        digests: dict[str, Sequence[tuple[int, float]]] = {}
        for part in self.in_order():
            told = json.loads(self.store.take(part.findings))
            found += map(_finding, told["findings"])
            digests[part.entry.id] = told["figures"]["digests"] if told["figures"] else ()
        doubtful = disagreeing(digests.values())
        concerned = {name for name, pairs in digests.items() if any(key in doubtful for key, _ in pairs)}
        del digests
        by_place: dict[tuple[str, str], list[Figures]] = {}  # two cities may have bodies of one name
        for batch in self.batches(concerned):
            for figures in figures_by_report(batch.frames["observations"]):
                entry = self.by_id[figures.report].entry
                by_place.setdefault((entry.country, entry.city), []).append(figures.only(doubtful))
        for of_place in by_place.values():
            found += break_findings(of_place, self.by_id)
        return validate("findings", finding_frame(found))


class _Strips(Mapping[str, bytes]):
    def __init__(self, parts: Mapping[str, Interpretation], store: Store) -> None:
        self._parts, self._store = parts, store

    def __getitem__(self, report_id: str) -> bytes:
        kept = self._parts[report_id].strips
        assert kept is not None
        return self._store.take(kept)

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


def _finding(told: dict[str, Any]) -> Finding:
    from reconciliation.findings import Finding

    return Finding(**{**told, "observations": tuple(told["observations"])})
