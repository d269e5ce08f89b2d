"""What each body's numbers of a period count, whether they are complete, and with what they may be compared.

One row a report, body, period, measure and unit. Two rows may be compared, and their numbers added, when they have the
same `comparable_group`: the same measure and unit, the same kinds of signals, the same kind of body and a period of the
same length. All that is said here follows from the published tables; nothing is estimated.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from reconciliation.numbers import show
from reconciliation.words import fold

#: Measures in words, English and Dutch; the ontology decides which one a number has.
_MEASURES: Mapping[str, tuple[str, str]] = {
    "cases": ("cases", "dossiers"),
    "contacts": ("contacts", "contacten"),
    "calls": ("telephone calls", "telefoonoproepen"),
    "visits": ("visits", "bezoeken"),
    "population": ("inhabitants", "inwoners"),
    "staff": ("staff", "personeel"),
    "households": ("households", "huishoudens"),
    "dwellings": ("dwellings", "woningen"),
    "recommendations": ("recommendations", "aanbevelingen"),
    "lead_time": ("how long it took", "hoelang het duurde"),
    "share": ("shares", "aandelen"),
    "score": ("scores", "scores"),
    "rate": ("rates", "verhoudingen"),
    "change": ("differences with another year", "verschillen met een ander jaar"),
    "amount": ("amounts of money", "bedragen"),
}
_FACETS = ("subject", "ground", "outcome", "channel", "timeliness", "service")
_BREAKS = frozenset({"series_break", "cross_table_mismatch", "year_mismatch", "total_mismatch", "text_table_mismatch"})
#: Days of a period and its name; a year may be a school year or one that ends in January.
_LENGTHS = ((360, 371, "year"), (175, 190, "half_year"), (85, 95, "quarter"), (27, 32, "month"))

COLUMNS = (
    *("comparability_id", "report_id", "organisation", "organisation_concept", "year", "period_start", "period_end"),
    *("measure", "unit", "counted", "counted_nl", "signals", "numbers", "total", "complete", "incomplete_because"),
    *("comparable_group", "others_in_group", "not_comparable", "not_comparable_nl", "finding_ids"),
)


@dataclass(frozen=True, slots=True)
class _Key:
    report: str
    organisation: str
    start: date
    end: date
    measure: str
    unit: str


def comparability(
    observations: pd.DataFrame, reports: pd.DataFrame, findings: pd.DataFrame, concepts: pd.DataFrame
) -> pd.DataFrame:
    """The table `comparability` from the published ones, sorted by its key; empty frame without observations."""
    comparison = Comparison(reports, findings, concepts)
    return comparison.complete(comparison.rows(observations)).sort_values("comparability_id", ignore_index=True)


class Comparison:
    """The same table some reports at a time: `rows` of each, and `complete` when all went by."""

    def __init__(self, reports: pd.DataFrame, findings: pd.DataFrame, concepts: pd.DataFrame) -> None:
        self._names = {
            key: (str(en), str(nl) if not pd.isna(nl) else str(en))
            for key, en, nl in zip(concepts["key"], concepts["label_en"], concepts["label_nl"], strict=True)
        }
        self._status = dict(zip(reports["report_id"], reports["status"], strict=True))
        self._editions = dict(zip(reports["report_id"], reports["edition"], strict=True))
        self._doubts = _doubts(findings)
        self._sizes: Counter[str] = Counter()

    def rows(self, observations: pd.DataFrame) -> pd.DataFrame:
        """The rows of the reports of `observations`, all of whose observations these are; without others_in_group."""
        groups = _grouped(observations)
        measures = _measures_of_body(groups)
        rows = []
        for key, members in groups.items():
            status, edition = self._status.get(key.report, "ok"), self._editions.get(key.report, "")
            rows.append(_row(key, members, self._names, status, edition, self._doubts, measures))
        self._sizes.update(row["comparable_group"] for row in rows)
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def complete(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows with the number of others in their group, of all that `rows` was asked for."""
        others = [self._sizes[group] - 1 for group in rows["comparable_group"]]
        return rows.assign(others_in_group=pd.array(others, dtype="Int64"))


def _grouped(observations: pd.DataFrame) -> dict[_Key, list[dict[str, Any]]]:
    wanted = ["observation_id", "report_id", "organisation", "organisation_concept", "period_start", "period_end"]
    wanted += ["measure", "unit", "value", "is_total", "quoted_from", "signal", *_FACETS]
    groups: dict[_Key, list[dict[str, Any]]] = defaultdict(list)
    plain = observations[wanted].astype(object).where(observations[wanted].notna(), None)
    for row in plain.to_dict("records"):
        o = {str(name): value for name, value in row.items()}
        start, end = o["period_start"], o["period_end"]
        groups[_Key(o["report_id"], o["organisation"], start, end, o["measure"], o["unit"])].append(o)
    return groups


def _doubts(findings: pd.DataFrame) -> dict[str, set[str]]:
    """The findings that say that a number differs from another place, by observation."""
    found: dict[str, set[str]] = defaultdict(set)
    for finding, kind, ids in zip(findings["finding_id"], findings["kind"], findings["observation_ids"], strict=True):
        if kind in _BREAKS:
            for observation in str(ids).split():
                found[observation].add(finding)
    return found


def _measures_of_body(groups: Iterable[_Key]) -> dict[tuple[str, str], set[tuple[str, str]]]:
    found: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for key in groups:
        found[key.report, key.organisation].add((key.measure, key.unit))
    return found


def _row(
    key: _Key,
    members: Sequence[dict[str, Any]],
    names: Mapping[str, tuple[str, str]],
    status: str,
    edition: str,
    doubts: Mapping[str, set[str]],
    measures: Mapping[tuple[str, str], set[tuple[str, str]]],
) -> dict[str, Any]:
    signals = sorted({m["signal"] for m in members if m["signal"]})
    concept = next((m["organisation_concept"] for m in members if m["organisation_concept"]), None)
    counted = [m for m in members if not m["is_total"] and m["quoted_from"] is None]
    totals = _totals(members)
    finding_ids = sorted({f for m in members for f in doubts.get(m["observation_id"], ())})
    length = _length(key)
    doubted = {m["observation_id"] for m in members if m["observation_id"] in doubts}
    complete, because = _complete(key, members, status, length, doubted)
    others = sorted(measures[key.report, key.organisation] - {(key.measure, key.unit)})
    en, nl = _apart(key, others, signals, totals, bool(finding_ids), edition)
    said = [names.get(s, (s, s)) for s in signals]
    whole = _MEASURES.get(key.measure, (key.measure, key.measure))
    digest = hashlib.sha256("\x1f".join(map(str, (key.organisation, key.start, key.end))).encode()).hexdigest()[:10]
    same_year = key.start.year == key.end.year or length == "year"
    return {
        "comparability_id": f"{key.report}:{key.measure}:{key.unit}:{key.start.year}:{digest}",
        "report_id": key.report,
        "organisation": key.organisation,
        "organisation_concept": concept,
        "year": key.start.year if same_year else None,
        "period_start": key.start,
        "period_end": key.end,
        "measure": key.measure,
        "unit": key.unit,
        "counted": _counted(whole[0], [s[0] for s in said]),
        "counted_nl": _counted(whole[1], [s[1] for s in said]),
        "signals": " ".join(signals),
        "numbers": len(counted),
        "total": totals[0] if len(totals) == 1 else None,
        "complete": complete,
        "incomplete_because": because,
        "comparable_group": _group(key, signals, concept, length, edition),
        "not_comparable": en,
        "not_comparable_nl": nl,
        "finding_ids": " ".join(finding_ids),
    }


def _counted(measure: str, signals: Sequence[str]) -> str:
    return f"{measure}: {', '.join(s.lower() for s in signals)}" if signals else measure


def _totals(members: Sequence[dict[str, Any]]) -> list[float]:
    """The grand totals printed for the body and period: totals that no label narrows down, each value once."""
    plain = [m for m in members if m["is_total"] and m["unit"] == "count" and not any(m[f] for f in _FACETS)]
    return sorted({float(m["value"]) for m in plain})


def _length(key: _Key) -> str:
    days = (key.end - key.start).days + 1
    return next((name for low, high, name in _LENGTHS if low <= days <= high), f"{days}_days")


def _complete(
    key: _Key, members: Sequence[dict[str, Any]], status: str, length: str, doubted: set[str]
) -> tuple[str, str | None]:
    """Whether the numbers stand for the whole of their year, and why not."""
    if length != "year":
        return "part", f"the numbers are of {key.start} to {key.end} only"
    if status != "ok":
        return "part", "something in the report could not be read: see `problems`"
    if key.unit != "count":
        return "unknown", "shares, means and rates do not say how many they are of"
    totals = [m for m in members if m["is_total"]]
    if not totals:
        return "unknown", "no printed total says what all of them are"
    if any(m["observation_id"] in doubted for m in totals):
        return "unknown", "a printed total is contradicted elsewhere: see `finding_ids`"
    return "whole", None


def _group(key: _Key, signals: Sequence[str], concept: str | None, length: str, edition: str) -> str:
    body = concept or fold(key.organisation).replace(" ", "-")
    counted = "+".join(s.partition(":")[2] for s in signals) or f"as-{key.report}"
    made_up = ["synthetic"] if edition == "synthetic" else []
    return "|".join((key.measure, key.unit, counted, body, length, *made_up))


def _apart(
    key: _Key,
    others: Sequence[tuple[str, str]],
    signals: Sequence[str],
    totals: Sequence[float],
    broken: bool,
    edition: str,
) -> tuple[str | None, str | None]:
    """What these numbers may not be compared with, as sentences in English and Dutch."""
    en, nl = [], []
    if others:
        words = [(*_MEASURES.get(m, (m, m)), u) for m, u in others]
        en.append(f"Other units of the same body: {', '.join(f'{w[0]} ({w[2]})' for w in words)}.")
        nl.append(f"Andere eenheden van dezelfde organisatie: {', '.join(f'{w[1]} ({w[2]})' for w in words)}.")
    if not signals:
        en.append("The labels do not say which signals are counted: compare within this report only.")
        nl.append("De labels zeggen niet welke signalen geteld zijn: vergelijk alleen binnen dit verslag.")
    if key.unit != "count":
        en.append("Shares, means and rates are never added, and compared only where their labels say the same.")
        nl.append(
            "Aandelen, gemiddelden en verhoudingen worden nooit opgeteld, en alleen vergeleken bij gelijke labels."
        )
    if len(totals) > 1:
        shown = [", ".join(show(t, g) for t in totals) for g in ("en", "nl")]
        en.append(f"The report prints several totals for the period ({shown[0]}): its tables count different things.")
        nl.append(
            f"Het verslag drukt meerdere totalen voor de periode ({shown[1]}): de tabellen tellen niet hetzelfde."
        )
    if broken:
        en.append("Figures of this period are contradicted in another place or report: see `finding_ids`.")
        nl.append("Cijfers van deze periode worden elders tegengesproken: zie `finding_ids`.")
    if edition == "synthetic":
        en.append("Made up for tests: not data about any city.")
        nl.append("Verzonnen voor tests: geen gegevens over een stad.")
    return " ".join(en) or None, " ".join(nl) or None
