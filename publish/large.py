"""Writes the tables that grow with the reports, some reports at a time: a dataset need not fit into memory.

Each slice is checked on its way to the files, against its own rules and against the small tables, which are whole. What
the small tables point at is remembered and checked when all slices have gone by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

from publish.evidence import evidence
from publish.tabular import TableWriter, in_key_order
from schemas.references import COUNTED, PageSizes, broken_references
from schemas.tables import TABLES, SchemaViolation, Violation, empty, table, validate

GIVEN = ("observations", "cases", "labels", "comparability")
LARGE = (*GIVEN, "evidence")
_AROUND = ("reports", "organisations", "concepts", "findings")  # what the large tables point at


@dataclass(frozen=True, slots=True)
class Slice:
    """All rows of some reports in the tables of GIVEN; one that is not given has none.

    `page_sizes` lets boxes be checked against their pages, `crops` gives the hash of the picture in a number's box by
    observation.
    """

    frames: Mapping[str, pd.DataFrame]
    page_sizes: PageSizes | None = None
    crops: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Written:
    """What went by: rows of each table, first and last day that a number is about, what is wrong (then nothing stands).

    `pointed` are the observations at which small tables point, `counts` the rows of each report by table.
    """

    rows: dict[str, int] = field(default_factory=dict)
    period: tuple[date, date] | None = None
    violations: list[Violation] = field(default_factory=list)
    pointed: list[pd.DataFrame] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in COUNTED})


def write_large(folder: Path, slices: Iterable[Slice], small: Mapping[str, pd.DataFrame]) -> Written:
    """The tables of LARGE as files in `folder`, from slices that come in the order of the tables' keys.

    `small` are the other tables, valid; without them the slices are checked alone, and nothing is written. Raises
    ValueError when the slices are out of order.
    """
    done = Written()
    wanted = _pointed_at(small)
    with ExitStack() as stack:
        writers = {name: stack.enter_context(TableWriter(table(name), folder)) for name in LARGE}
        for piece in slices:
            frames = _valid(piece, done.violations)
            if done.violations or not small:
                continue
            frames["evidence"] = in_key_order(
                table("evidence"), evidence(frames["observations"], small["reports"], piece.crops)
            )
            around = {name: small[name] for name in _AROUND}
            if broken := broken_references(TABLES, {**frames, **around}, piece.page_sizes, of=LARGE):
                done.violations += broken
                continue
            for name, writer in writers.items():
                writer.write(frames[name])
            _remember(frames, wanted, done)
    done.rows = {name: writer.rows for name, writer in writers.items()}
    if not done.violations:
        seen = pd.concat(done.pointed, ignore_index=True) if done.pointed else empty("observations")
        done.violations += broken_references(
            TABLES, {**small, "observations": seen}, of=tuple(small), counts=done.counts
        )
    return done


def _valid(piece: Slice, violations: list[Violation]) -> dict[str, pd.DataFrame]:
    """The slice's frames, checked and in order; what is wrong is added to `violations`."""
    frames: dict[str, pd.DataFrame] = {}
    for name in GIVEN:
        try:
            frames[name] = in_key_order(table(name), validate(name, piece.frames.get(name, empty(name))))
        except SchemaViolation as error:
            violations.extend(error.violations)
    return frames


def _pointed_at(small: Mapping[str, pd.DataFrame]) -> set[str]:
    """The observations that the small tables name."""
    found: set[str] = set()
    for name, frame in small.items():
        for reference in TABLES[name].references:
            if reference.table == "observations":
                texts = frame[reference.column].dropna().unique()
                joined = TABLES[name].column(reference.column).joined
                found.update(part for text in texts for part in (str(text).split() if joined else (str(text),)))
    return found


def _remember(frames: Mapping[str, pd.DataFrame], wanted: Collection[str], done: Written) -> None:
    numbers = frames["observations"]
    if len(numbers):
        days = numbers["period_start"].min(), numbers["period_end"].max()
        first, last = done.period or days
        done.period = min(first, days[0]), max(last, days[1])
        named = numbers[numbers["observation_id"].isin(list(wanted))]
        if len(named):
            done.pointed.append(named)
    for name in COUNTED:
        done.counts[name].update(map(str, frames[name]["report_id"]))
