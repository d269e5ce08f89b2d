"""What the page shows, read from the published database: each chart is a query on its views, nothing is counted here.

The views say what may be compared; a chart holds lines of one `comparable_group` only, so that what stands side by side
on the page may be compared, and what may not never stands side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
# Of a hundred thousand observations only what is needed: they are held as rows.
_OPENED = (
    "observation_id, report_id, page, x0, top, x1, bottom, value_printed, value, unit, measure, row_label, "
    "column_label, table_title, mapping_status, outcome"
)
_PLACED = "observation_id, value, report_id, organisation, period_start, period_end, measure, unit"
_GRAND_TOTAL = """
is_total AND unit = 'count' AND subject IS NULL AND ground IS NULL AND outcome IS NULL AND channel IS NULL
AND timeliness IS NULL AND service IS NULL
"""


class Figures:
    """The contents of the page, as values for JSON. `numbers` gathers the observations that they speak of."""

    def __init__(self, database: Path) -> None:
        with duckdb.connect(str(database), read_only=True, config={"threads": 1}) as connection:
            self._connection = connection
            self.reports = self._rows("SELECT * FROM reports ORDER BY city, reporting_year, report_id")
            names = {row["report_id"]: place for place, row in enumerate(self.reports)}
            rows = self._rows(f"SELECT {_OPENED} FROM observations ORDER BY observation_id")  # noqa: S608
            self.numbers = Numbers({row["observation_id"]: row for row in rows}, names)
            self.about = {row["item"]: row["said"] for row in self._rows("SELECT * FROM about")}
            self.counts = self._rows(_COUNTS)[0]
            # The order is that of the ration: what charts show first.
            self.totals = self._totals()
            self.founded = [self._founded_row(row) for row in self._rows(_FOUNDED)[:_MAX_LISTED]]
            self.breakdowns = {facet: self._breakdown(facet, view) for facet, view in BREAKDOWNS.items()}
            self.findings = self._findings()
            self.coverage = self._coverage()
            self.problems = self._rows("SELECT * FROM problems ORDER BY ALL")
            self.waiting = self._rows(_WAITING)
            self.concepts = {
                row["key"]: [row["label_nl"] or row["label_en"], row["label_en"]]
                for row in self._rows("SELECT key, label_nl, label_en FROM concepts ORDER BY key")
                if row["key"] in self._used()
            }
        del self._connection

    def _rows(self, sql: str, values: Iterable[object] = ()) -> list[Row]:
        result = self._connection.execute(sql, list(values))
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def _of(self, row: Mapping[str, Any]) -> Row:
        """What every line of a chart says: report, body, period."""
        return {
            "report": self.numbers.reports[row["report_id"]],
            "city": row["city"],
            "org": row["organisation"],
            "period": _period(row),
        }

    def _totals(self) -> list[Row]:
        grand = self._by_key(f"SELECT {_PLACED} FROM observations WHERE {_GRAND_TOTAL} ORDER BY observation_id")  # noqa: S608
        people: dict[tuple[object, ...], list[str]] = {}
        for row in self._rows("SELECT * FROM numbers WHERE measure = 'population' AND unit = 'count' ORDER BY ALL"):
            people.setdefault((row["country"], row["city"], row["year"]), []).append(row["observation_id"])
        shown = []
        for row in self._rows(_TOTALS)[:_MAX_LISTED]:
            ids = [o["observation_id"] for o in grand.get(_key(row), ()) if o["value"] == row["total"]]
            counted = people.get((row["country"], row["city"], row["year"]), []) if row["residents"] else []
            line = self._of(row) | {"value": row["total"], "group": row["comparable_group"], "obs": ids + counted}
            line |= {"counted": [row["counted_nl"], row["counted"]], "complete": row["complete"]}
            line |= {"apart": [row["not_comparable_nl"], row["not_comparable"]], "why": row["incomplete_because"]}
            line |= {"residents": row["residents"], "per10k": row["per_10000"], "id": row["comparability_id"]}
            shown.append(line | {"obs": self.numbers.places(line["obs"])})
        return shown

    def _by_key(self, sql: str) -> dict[tuple[object, ...], list[Row]]:
        found: dict[tuple[object, ...], list[Row]] = {}
        for row in self._rows(sql):
            found.setdefault(_key(row), []).append(row)
        return found

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
        rows = self._rows(
            f"""
SELECT * FROM {view} WHERE table_id IS NOT NULL AND NOT narrower_listed
ORDER BY report_id, organisation, table_id, signal, service, measure, comparable_group, period_start, column_label,
         {facet}"""  # noqa: S608  (views and facets are our own words)
        )
        whole = ("report_id", "organisation", "table_id", "signal", "service", "measure", "comparable_group")
        charts: dict[tuple[object, ...], list[Row]] = {}
        columns: dict[tuple[object, ...], set[str]] = {}
        for row in rows:
            columns.setdefault((*(row[n] for n in whole), _period(row)), set()).add(row["column_label"])
        twice = {key[:-1] for key, labels in columns.items() if len(labels) > 1}
        for row in rows:
            key = tuple(row[n] for n in whole)
            charts.setdefault((*key, row["column_label"] if key in twice else None), []).append(row)
        kept = [lines for lines in charts.values() if len({line[facet] for line in lines}) > 1]
        kept.sort(key=lambda lines: (sum(line["needs_review"] for line in lines) / len(lines) > 0.5, -len(lines)))
        shown, bars = [], 0
        for lines in kept:
            bars += len(lines)
            if bars > _MAX_BARS:
                break
            first = lines[0]
            one_column = len({line["column_label"] for line in lines}) == 1
            drawn = [self._bar(line, facet) for line in lines]
            chart = self._of(first) | {"table": first["table_id"], "bars": drawn, "group": first["comparable_group"]}
            titles = [self.numbers.rows[i]["table_title"] for i in str(first["observation_ids"]).split()]
            chart |= {"column": first["column_label"] if one_column else None, "title": titles[0]}
            chart |= {"kind": [k for k in (first["signal"], first["service"]) if k], "measure": first["measure"]}
            shown.append(chart)
        return shown

    def _bar(self, row: Row, facet: str) -> Row:
        bar = {"key": row[facet], "value": row["value"], "period": _period(row), "review": row["needs_review"]}
        return bar | {"obs": self.numbers.places(str(row["observation_ids"]).split())}

    def _findings(self) -> list[Row]:
        shown = []
        for row in self._rows("SELECT * FROM contradictions")[:_MAX_LISTED]:
            said = {name: row.get(name) for name in ("severity", "kind", "page", "culprit", "city")}
            said |= {"report": self.numbers.reports[row["report_id"]], "org": row["organisation"]}
            said["message"] = [row.get("message_nl") or row["message"], row["message"]]
            shown.append(said | {"obs": self.numbers.places(str(row["observation_ids"]).split())})
        return shown

    def _coverage(self) -> list[Row]:
        counted = self._by_key(f"SELECT {_PLACED} FROM numbers ORDER BY page, top, x0, observation_id")  # noqa: S608
        shown = []
        for row in self._rows(_COVERAGE)[:_MAX_COVERED]:
            said = self._of(row) | {"year": row["year"], "measure": row["measure"], "unit": row["unit"]}
            said |= {"counted": [row["counted_nl"], row["counted"]], "numbers": row["numbers"], "total": row["total"]}
            said |= {"complete": row["complete"], "id": row["comparability_id"]}
            said["obs"] = self.numbers.places(o["observation_id"] for o in counted.get(_key(row), ()))
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
