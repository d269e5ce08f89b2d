"""`total`: one sum over published numbers, or the reason why there is none.

Numbers add up only when they count one thing once. This module refuses a sum over different units or measures, over
shares and means, over several tables or columns of one report, over periods that lie in one another, and over bodies
whose numbers may not be compared; the message says which, and what to ask for instead. It never adds printed totals or
repetitions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pandas as pd

from publish.reading import read

#: What a question may ask for: columns of `observations`, and of `reports`.
QUESTIONS = (
    *("report_id", "organisation", "table_id", "row_label", "column_label", "unit", "measure", "signal", "subject"),
    *("ground", "outcome", "channel", "timeliness", "service", "city", "country", "year"),
)
_SHOWN = 6


class NotAddable(ValueError):
    """The numbers that were asked for do not add up; the message is the reason and what to ask for instead."""


@dataclass(frozen=True, slots=True)
class Total:
    """A sum, with the numbers that were added and those left out because a wider row counts them."""

    value: float
    unit: str
    measure: str
    observation_ids: tuple[str, ...]
    narrower_left_out: tuple[str, ...]


def total(folder: Path, **asked: str | int) -> Total:
    """The sum of the numbers of a published dataset that `asked` (names of QUESTIONS) singles out.

    A concept stands for itself and all narrower ones. Raises NotAddable with the reason, NotADataset without a dataset,
    TypeError for an unknown question.
    """
    if unknown := sorted(set(asked) - set(QUESTIONS)):
        raise TypeError(f"total() does not know {', '.join(unknown)}; ask for some of {', '.join(QUESTIONS)}.")
    observations, reports = read(folder, "observations"), read(folder, "reports")
    numbers = observations[~observations["is_total"] & observations["quoted_from"].isna()]
    numbers = numbers.merge(reports[["report_id", "city", "country", "edition"]], on="report_id")
    periods = zip(numbers["period_start"], numbers["period_end"], strict=True)
    years = pd.array([s.year if s.year == e.year else pd.NA for s, e in periods], dtype="Int64")
    numbers = numbers.assign(year=years)
    for name, wanted in asked.items():
        held = numbers[name]
        fits = held == wanted
        if name in ("signal", "subject", "ground", "outcome", "channel", "timeliness", "service"):
            fits = fits | held.str.startswith(f"{wanted}.")
        numbers = numbers[fits.fillna(False).astype(bool)]
    if not len(numbers):
        raise NotAddable("No number fits: every condition leaves some out, and totals and repetitions are never added.")
    _refuse_units(numbers)
    _refuse_places(numbers)
    _refuse_bodies(numbers, read(folder, "comparability"))
    wide, narrow = _widest(numbers)
    return Total(
        float(wide["value"].sum()),
        str(wide["unit"].iloc[0]),
        str(wide["measure"].iloc[0]),
        tuple(wide["observation_id"]),
        tuple(narrow["observation_id"]),
    )


def _refuse_units(numbers: pd.DataFrame) -> None:
    if len(units := _each(numbers["unit"])) > 1:
        raise NotAddable(f"These numbers are of different units ({_shown(units)}); ask for one: unit='{units[0]}'.")
    if (unit := units[0]) != "count" and len(unit) != 3:  # currencies have three letters
        raise NotAddable(f"Numbers of the unit {unit} are shares, means or durations: a sum of them means nothing.")
    if len(measures := _each(numbers["measure"])) > 1:
        raise NotAddable(
            f"These numbers count different things ({_shown(measures)}); ask for one: measure='{measures[0]}'."
        )


def _refuse_places(numbers: pd.DataFrame) -> None:
    """One report counts its complaints by subject here, by channel there: such places are not to be added."""
    for (report, _, start, _), of_body in numbers.groupby(["report_id", "organisation", "period_start", "period_end"]):
        loose = of_body[of_body["table_id"].isna()]
        tables = _each(of_body["table_id"].dropna())
        if len(tables) + len(loose) > 1:
            what = f"tables ({_shown(tables)})" if tables and not len(loose) else "tables and sentences"
            raise NotAddable(
                f"{report} prints these numbers of {start} on in several {what}, which may count the same; ask for one "
                "of them: table_id=… or report_id=…."
            )
        if len(columns := _each(of_body["column_label"])) > 1:
            raise NotAddable(
                f"{report}, {tables[0] if tables else 'text'}: these numbers stand in several columns "
                f"({_shown(columns)}), and one may be part of another; ask for one: column_label='{columns[0]}'."
            )
    periods = sorted(set(zip(numbers["period_start"], numbers["period_end"], strict=True)))
    for (start, end), (later, later_end) in pairwise(periods):
        if later <= end:
            raise NotAddable(
                f"The periods {start} to {end} and {later} to {later_end} lie in one another; ask for one of them: "
                "year=… or column_label=…."
            )


def _refuse_bodies(numbers: pd.DataFrame, comparability: pd.DataFrame) -> None:
    """Bodies are added only where their numbers may be compared."""
    if len(set(zip(numbers["report_id"], numbers["organisation"], strict=True))) < 2:
        return
    key = ["report_id", "organisation", "period_start", "period_end", "measure", "unit"]
    met = numbers[key].drop_duplicates().merge(comparability, on=key, how="left")
    groups = _each(met["comparable_group"].dropna())
    if len(groups) > 1 or bool(met["comparable_group"].isna().any()):
        counted = _each(met["organisation"] + " counts " + met["counted"].fillna("?"))
        raise NotAddable(
            f"These bodies or years do not count the same and may not be added: {_shown(counted, '; ')}. The table "
            "`comparability` says with what each may be compared."
        )


def _widest(numbers: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows, and rows under one of them (`Waste > Bulky` where `Waste` has a number of its own)."""
    at = list(zip(numbers["report_id"], numbers["table_id"].fillna(""), numbers["organisation"],
                  numbers["period_start"], strict=True))  # fmt: skip
    known = set(zip(at, numbers["row_label"], strict=True))

    def has_wider(place: tuple[object, ...], label: str) -> bool:
        levels = label.split(" > ")
        return any((place, " > ".join(levels[:n])) in known for n in range(1, len(levels)))

    narrow = pd.Series([has_wider(p, label) for p, label in zip(at, numbers["row_label"], strict=True)],
                       index=numbers.index, dtype=bool)  # fmt: skip
    return numbers[~narrow], numbers[narrow]


def _each(values: Iterable[object]) -> list[str]:
    return sorted({str(value) for value in values})


def _shown(values: Sequence[str], joint: str = ", ") -> str:
    more = f"{joint}and {len(values) - _SHOWN} more" if len(values) > _SHOWN else ""
    return joint.join(values[:_SHOWN]) + more
