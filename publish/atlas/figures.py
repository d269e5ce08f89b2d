"""What the page shows, read from the published database: each chart is a query on its views, nothing is counted here.

The views say what may be compared; a chart holds lines of one `comparable_group` only, so that what stands side by side
on the page may be compared, and what may not never stands side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, groupby, islice
from pathlib import Path
from typing import Any

import duckdb

from publish.atlas.numbers import Numbers

Row = dict[str, Any]

BREAKDOWNS = {"subject": "complaints_by_subject", "ground": "complaints_by_ground", "channel": "channel_mix"}
_MAX_BARS = 1500
"""Bars of one kind on the page; the database has them all."""
_MAX_LISTED = 400
"""Findings, problems, totals: more are not read by anybody on one page."""

_MAX_COVERED = 800
"""Rows of the coverage table."""

_TOTALS = """
SELECT t.*, c.counted_nl, c.not_comparable_nl, c.signals,
       count(*) OVER (PARTITION BY t.comparable_group) AS together
FROM comparable_totals t JOIN comparability c USING (comparability_id)
ORDER BY together DESC, t.comparable_group, t.city, t.organisation, t.period_start, comparability_id
"""
_FOUNDED = """
SELECT *, coalesce(comparable_group, report_id || organisation || period_start) AS panel,
       count(*) OVER (PARTITION BY panel) AS together
FROM founded_share WHERE founded_share IS NOT NULL
ORDER BY together DESC, panel, city, organisation, period_start, table_id, signal, service, observation_ids
"""
_COVERAGE = """
SELECT r.city, c.* FROM comparability c JOIN reports r USING (report_id)
ORDER BY r.city, c.organisation, c.period_start, c.measure, c.unit, c.comparability_id
"""
# What the page shows of an observation that it opens.
_OPENED = (
    "observation_id, report_id, page, x0, top, x1, bottom, value_printed, value, unit, measure, row_label, "
    "column_label, table_title, mapping_status, outcome"
)
_ABOUT = "report_id, organisation, period_start, period_end, measure, unit"
_GRAND_TOTALS = f"""
SELECT observation_id, value, {_ABOUT} FROM observations
WHERE report_id IN (SELECT unnest(?)) AND is_total AND unit = 'count' AND subject IS NULL AND ground IS NULL
  AND outcome IS NULL AND channel IS NULL AND timeliness IS NULL AND service IS NULL
ORDER BY observation_id
"""  # noqa: S608  (our own words)
_COUNTED = f"""
SELECT {_ABOUT}, list(observation_id ORDER BY page, top, x0, observation_id) AS ids
FROM numbers WHERE report_id IN (SELECT unnest(?)) GROUP BY {_ABOUT}
"""  # noqa: S608
_AT_ONCE = 2048  # rows as Python values

ChartKey = tuple[object, ...]


class Figures:
    """The contents of the page, as values for JSON. `numbers` gathers the observations that they speak of."""

    def __init__(self, database: Path) -> None:
        with duckdb.connect(str(database), read_only=True, config={"threads": 1}) as connection:
            self._connection = connection
            self.reports = self._rows("SELECT * FROM reports ORDER BY city, reporting_year, report_id")
            names = {row["report_id"]: place for place, row in enumerate(self.reports)}
            self.numbers = Numbers({}, names)
            self.about = {row["item"]: row["said"] for row in self._rows("SELECT * FROM about")}
            self.counts = self._rows(_COUNTS)[0]
            # The order is that of the ration: what charts show first.
            self.totals = self._totals()
            self.founded = self._founded()
            self.breakdowns = {facet: self._breakdown(facet, view) for facet, view in BREAKDOWNS.items()}
            self.findings = self._findings()
            self.coverage = self._coverage()
            self.problems = self._rows("SELECT * FROM problems ORDER BY ALL")
            self.waiting = self._rows(_WAITING)
            used = self._used()
            self.concepts = {
                row["key"]: [row["label_nl"] or row["label_en"], row["label_en"]]
                for row in self._rows("SELECT key, label_nl, label_en FROM concepts ORDER BY key")
                if row["key"] in used
            }
        del self._connection

    def _rows(self, sql: str, values: Iterable[object] = (), most: int | None = None) -> list[Row]:
        return list(islice(self._each(sql, values), most))

    def _each(self, sql: str, values: Iterable[object] = ()) -> Iterator[Row]:
        """The rows one after the other: of a thousand reports they are not to be held all at once."""
        result = self._connection.cursor().execute(sql, list(values))
        names = [column[0] for column in result.description]
        while rows := result.fetchmany(_AT_ONCE):
            yield from (dict(zip(names, row, strict=True)) for row in rows)

    def _open(self, lines: Iterable[Mapping[str, Any]]) -> None:
        """Fetches the observations that these lines name, as far as they are not there."""
        ids = {name for line in lines for name in str(line["observation_ids"]).split()}
        self._fetch(ids)

    def _fetch(self, ids: Iterable[str]) -> None:
        wanted = sorted(set(ids) - self.numbers.rows.keys())
        sql = f"SELECT {_OPENED} FROM observations WHERE observation_id IN (SELECT unnest(?))"  # noqa: S608
        self.numbers.rows.update((row["observation_id"], row) for row in self._each(sql, [wanted]))

    def _of(self, row: Mapping[str, Any]) -> Row:
        """What every line of a chart says: report, body, period."""
        return {
            "report": self.numbers.reports[row["report_id"]],
            "city": row["city"],
            "org": row["organisation"],
            "period": _period(row),
        }

    def _totals(self) -> list[Row]:
        rows = self._rows(_TOTALS, most=_MAX_LISTED)
        grand: dict[tuple[object, ...], list[Row]] = {}
        for row in self._each(_GRAND_TOTALS, [sorted({row["report_id"] for row in rows})]):
            grand.setdefault(_key(row), []).append(row)
        people: dict[tuple[object, ...], list[str]] = {}
        for row in self._rows("SELECT * FROM numbers WHERE measure = 'population' AND unit = 'count' ORDER BY ALL"):
            people.setdefault((row["country"], row["city"], row["year"]), []).append(row["observation_id"])
        shown = []
        for row in rows:
            ids = [o["observation_id"] for o in grand.get(_key(row), ()) if o["value"] == row["total"]]
            counted = people.get((row["country"], row["city"], row["year"]), []) if row["residents"] else []
            line = self._of(row) | {"value": row["total"], "group": row["comparable_group"], "obs": ids + counted}
            line |= {"counted": [row["counted_nl"], row["counted"]], "complete": row["complete"]}
            line |= {"apart": [row["not_comparable_nl"], row["not_comparable"]], "why": row["incomplete_because"]}
            line |= {"residents": row["residents"], "per10k": row["per_10000"], "id": row["comparability_id"]}
            shown.append(line)
        self._fetch(name for line in shown for name in line["obs"])
        return [line | {"obs": self.numbers.places(line["obs"])} for line in shown]

    def _founded(self) -> list[Row]:
        rows = self._rows(_FOUNDED, most=_MAX_LISTED)
        self._open(rows)
        return [self._founded_row(row) for row in rows]

    def _founded_row(self, row: Row) -> Row:
        ids = str(row["observation_ids"]).split()
        places = {}
        for side in ("founded", "unfounded"):
            mine = [i for i in ids if (self.numbers.rows[i]["outcome"] == "outcome:unfounded") == (side == "unfounded")]
            places[side] = {"value": row[side], "obs": self.numbers.places(mine)}
        said = self._of(row) | {"group": row["panel"], "share": row["founded_share"], "table": row["table_id"]}
        said["title"] = self.numbers.rows[ids[0]]["table_title"]
        return said | places | {"kind": row["service"] or row["signal"], "review": row["needs_review"]}

    def _breakdown(self, facet: str, view: str) -> list[Row]:
        """Tables with at least two bars; the columns of one table in one group stand in one chart, one a period."""
        sql = f"""
SELECT * FROM {view} WHERE table_id IS NOT NULL AND NOT narrower_listed AND report_id IN (SELECT unnest(?))
ORDER BY report_id, organisation, table_id, signal, service, measure, comparable_group, period_start, column_label,
         {facet}"""  # noqa: S608  (views and facets are our own words)
        ranked: list[tuple[bool, int, ChartKey]] = []
        every = self._each(sql, [list(self.numbers.reports)])
        for _, of_report in groupby(every, key=lambda row: row["report_id"]):
            for key, lines in _charts(list(of_report)).items():
                if len({line[facet] for line in lines}) > 1:
                    ranked.append((sum(line["needs_review"] for line in lines) / len(lines) > 0.5, -len(lines), key))
        ranked.sort(key=lambda chart: chart[:2])
        bars = accumulate(-less for _, less, _ in ranked)
        keys = [key for (_, _, key), so_many in zip(ranked, bars, strict=True) if so_many <= _MAX_BARS]
        lines_of = _charts(self._rows(sql, [sorted({str(key[0]) for key in keys})]))
        self._open(line for key in keys for line in lines_of[key])
        return [self._chart(lines_of[key], facet) for key in keys]

    def _chart(self, lines: list[Row], facet: str) -> Row:
        first = lines[0]
        one_column = len({line["column_label"] for line in lines}) == 1
        drawn = [self._bar(line, facet) for line in lines]
        chart = self._of(first) | {"table": first["table_id"], "bars": drawn, "group": first["comparable_group"]}
        titles = [self.numbers.rows[i]["table_title"] for i in str(first["observation_ids"]).split()]
        chart |= {"column": first["column_label"] if one_column else None, "title": titles[0]}
        return chart | {"kind": [k for k in (first["signal"], first["service"]) if k], "measure": first["measure"]}

    def _bar(self, row: Row, facet: str) -> Row:
        bar = {"key": row[facet], "value": row["value"], "period": _period(row), "review": row["needs_review"]}
        return bar | {"obs": self.numbers.places(str(row["observation_ids"]).split())}

    def _findings(self) -> list[Row]:
        rows = self._rows("SELECT * FROM contradictions", most=_MAX_LISTED)
        self._open(rows)
        shown = []
        for row in rows:
            said = {name: row.get(name) for name in ("severity", "kind", "page", "culprit", "city")}
            said |= {"report": self.numbers.reports[row["report_id"]], "org": row["organisation"]}
            said["message"] = [row.get("message_nl") or row["message"], row["message"]]
            shown.append(said | {"obs": self.numbers.places(str(row["observation_ids"]).split())})
        return shown

    def _coverage(self) -> list[Row]:
        rows = self._rows(_COVERAGE, most=_MAX_COVERED)
        counted = {_key(row): row["ids"] for row in self._each(_COUNTED, [sorted({row["report_id"] for row in rows})])}
        self._fetch(name for row in rows for name in counted.get(_key(row), ()))
        shown = []
        for row in rows:
            said = self._of(row) | {"year": row["year"], "measure": row["measure"], "unit": row["unit"]}
            said |= {"counted": [row["counted_nl"], row["counted"]], "numbers": row["numbers"], "total": row["total"]}
            said |= {"complete": row["complete"], "id": row["comparability_id"]}
            said["obs"] = self.numbers.places(counted.get(_key(row), ()))
            shown.append(said)
        return shown

    def _used(self) -> set[str]:
        keys = {bar["key"] for charts in self.breakdowns.values() for chart in charts for bar in chart["bars"]}
        keys |= {kind for charts in self.breakdowns.values() for chart in charts for kind in chart["kind"]}
        return keys | {row["kind"] for row in self.founded}


_COUNTS = """
SELECT (SELECT count(*) FROM reports) AS reports,
       (SELECT count(DISTINCT city) FROM reports) AS cities,
       (SELECT count(DISTINCT country) FROM reports) AS countries,
       (SELECT count(*) FROM organisations) AS organisations,
       (SELECT count(*) FROM observations) AS numbers,
       (SELECT count(*) FROM cases) AS cases,
       (SELECT count(*) FROM reports WHERE edition = 'facsimile') AS facsimiles,
       (SELECT count(*) FROM reports WHERE edition = 'synthetic') AS synthetic,
       (SELECT count(*) FROM reports WHERE status = 'failed') AS failed,
       (SELECT count(*) FROM reports WHERE status = 'partial') AS partial,
       (SELECT count(*) FROM findings) AS findings,
       (SELECT count(*) FROM findings WHERE severity = 'error') AS errors,
       (SELECT count(*) FROM problems) AS problems,
       (SELECT count(*) FROM observations WHERE mapping_status IN ('curated', 'accepted')) AS sure,
       (SELECT count(*) FROM observations WHERE mapping_status = 'review') AS in_review,
       (SELECT count(*) FROM observations WHERE mapping_status = 'unmapped') AS unmapped,
       (SELECT min(year(period_start)) FROM observations) AS first_year,
       (SELECT max(year(period_end)) FROM observations) AS last_year
"""
_WAITING = """
SELECT r.city, o.row_label, o.column_label, o.mapping_status, count(*) AS numbers
FROM observations o JOIN reports r USING (report_id) WHERE o.mapping_status = 'unmapped'
GROUP BY ALL ORDER BY numbers DESC, r.city, o.row_label, o.column_label LIMIT 40
"""


def _charts(rows: list[Row]) -> dict[ChartKey, list[Row]]:
    """Lines of whole reports by the chart in which they stand; a chart's key begins with its report."""
    whole = ("report_id", "organisation", "table_id", "signal", "service", "measure", "comparable_group")
    charts: dict[ChartKey, list[Row]] = {}
    columns: dict[tuple[object, ...], set[str]] = {}
    for row in rows:
        columns.setdefault((*(row[n] for n in whole), _period(row)), set()).add(row["column_label"])
    twice = {key[:-1] for key, labels in columns.items() if len(labels) > 1}
    for row in rows:
        key = tuple(row[n] for n in whole)
        charts.setdefault((*key, row["column_label"] if key in twice else None), []).append(row)
    return charts


def _key(row: Mapping[str, Any]) -> tuple[object, ...]:
    """What one row of `comparability` is about."""
    names = ("report_id", "organisation", "period_start", "period_end", "measure", "unit")
    return tuple(row[name] for name in names)


def _period(row: Mapping[str, Any]) -> str:
    """A year as `2022`; what is no calendar year as its first and last month, `2022-04/2023-03`."""
    start, end = row["period_start"], row["period_end"]
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return str(start.year)
    return f"{start:%Y-%m}/{end:%Y-%m}" if start.strftime("%Y-%m") != end.strftime("%Y-%m") else f"{start:%Y-%m}"
