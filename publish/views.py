"""The views of the DuckDB file: the questions that people ask first, each answered without counting anything twice.

Every view leaves out totals and quoted repetitions, and keeps apart what cannot be added: units, measures, bodies,
periods, tables and the columns of one table. None of them adds over tables (two tables of one report often count the
same complaints in two ways), nor over sentences.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """A view of the DuckDB file; `sql` is its SELECT."""

    name: str
    description: str
    sql: str


# What stands on one line in every view: where, when, what is counted.
_WHERE = (
    "country, city, edition, report_id, organisation, year, period_start, period_end, signal, service, measure, unit, "
    "table_id, column_label"
)
# Rows of one column of one table may be added; sentences and chart labels may not: each stays a line of its own.
_ONE_PLACE = "coalesce(table_id, observation_id)"
_COUNTED = "count(*) AS numbers, string_agg(observation_id, ' ' ORDER BY observation_id) AS observation_ids"

NUMBERS = View(
    "numbers",
    "All observations that may be counted: no totals, no repetitions. With the report's city and edition, the year "
    "when the period lies within one, and `corrected`: what `value` should be, where somebody recorded it. Start "
    "here; the other views are built on it and count what was published.",
    """
SELECT r.country, r.city, r.edition, r.reporting_year, r.language,
       CASE WHEN year(o.period_start) = year(o.period_end) THEN year(o.period_start) END AS year,
       o.*, c.corrected
FROM observations o JOIN reports r USING (report_id) LEFT JOIN corrections c USING (observation_id)
WHERE NOT o.is_total AND o.quoted_from IS NULL
""",
)


def _by_concept(facet: str, others: tuple[str, ...]) -> str:
    """One line for each concept of `facet` in one column of one table, rows that another facet splits left out."""
    split = " AND ".join(f"{other} IS NULL" for other in others)
    return f"""
WITH counted AS (
    SELECT {_WHERE}, {facet}, sum(value) AS value, {_COUNTED},
           bool_or(mapping_status = 'review') AS needs_review
    FROM numbers
    WHERE {facet} IS NOT NULL AND unit = 'count' AND mapping_status <> 'unmapped' AND {split}
    GROUP BY {_WHERE}, {facet}, {_ONE_PLACE}
)
SELECT counted.*, concepts.label_en AS {facet}_label,
       EXISTS (
           SELECT 1 FROM counted narrower
           WHERE starts_with(narrower.{facet}, counted.{facet} || '.')
             AND narrower.report_id = counted.report_id
             AND narrower.table_id IS NOT DISTINCT FROM counted.table_id
             AND narrower.column_label = counted.column_label
             AND narrower.organisation = counted.organisation
             AND narrower.period_start = counted.period_start
       ) AS narrower_listed
FROM counted JOIN concepts ON concepts.key = counted.{facet}
"""  # noqa: S608  (facets are our own words)


def _marked(sql: str) -> str:
    """The lines of `sql` with what may be compared: each belongs to one row of `comparability`."""
    return f"""
SELECT marked.*, c.comparable_group, c.complete,
       CASE WHEN c.comparability_id IS NULL THEN 'It is not known what this may be compared with.'
            ELSE c.not_comparable END AS not_comparable
FROM ({sql}) marked LEFT JOIN comparability c
    ON c.report_id = marked.report_id AND c.organisation = marked.organisation
    AND c.period_start = marked.period_start AND c.period_end = marked.period_end
    AND c.measure = marked.measure AND c.unit = marked.unit
"""  # noqa: S608


_MARKED = (
    "Compare only lines of one `comparable_group`; `not_comparable` says why others may not be, `complete` whether it "
    "is all of a year."
)
_NARROWER = (
    "`narrower_listed` is true where narrower concepts of the same column have lines of their own: adding both counts "
    "them twice. `observation_ids` names the numbers that were added."
)

VIEWS: tuple[View, ...] = (
    NUMBERS,
    View(
        "complaints_by_subject",
        f"Counts by subject, city, year, body and table, not split by anything else. {_NARROWER} {_MARKED}",
        _marked(_by_concept("subject", ("outcome", "ground", "channel", "timeliness"))),
    ),
    View(
        "complaints_by_ground",
        f"Counts by why people complain, not split by anything else. {_NARROWER} {_MARKED}",
        _marked(_by_concept("ground", ("outcome", "channel", "timeliness"))),
    ),
    View(
        "channel_mix",
        "Counts by the way they came in, in tables and lists, and each one's share of its column. A channel that has "
        f"narrower ones beside it has no share. {_NARROWER} {_MARKED}",
        _marked(f"""
SELECT mix.*, CASE WHEN narrower_listed THEN NULL
              ELSE value / nullif(sum(value) FILTER (NOT narrower_listed) OVER column_of_table, 0) END AS share
FROM ({_by_concept("channel", ("outcome", "ground", "timeliness", "subject"))}) mix
WHERE table_id IS NOT NULL
WINDOW column_of_table AS (
    PARTITION BY report_id, organisation, table_id, column_label, period_start, period_end, service, measure
)
"""),  # noqa: S608
    ),
    View(
        "founded_share",
        "Founded and unfounded complaints of one table, and the share of the founded in both together; partly founded "
        "ones count as founded, anything not judged is left out. Null where either is not printed. Kinds of founded "
        "complaints (individual, organisational) are counted in place of the founded that they make up. "
        f"{_MARKED}",
        _marked("""
WITH judged AS (
    SELECT *, EXISTS (
        SELECT 1 FROM numbers narrower
        WHERE starts_with(narrower.outcome, numbers.outcome || '.') AND narrower.outcome <> 'outcome:founded.partly'
          AND narrower.report_id = numbers.report_id AND narrower.table_id = numbers.table_id
          AND (narrower.row_label = numbers.row_label OR narrower.column_label = numbers.column_label)
          AND narrower.period_start = numbers.period_start
    ) AS narrower_listed
    FROM numbers
    WHERE unit = 'count' AND mapping_status <> 'unmapped' AND channel IS NULL AND timeliness IS NULL
      AND table_id IS NOT NULL
      AND (outcome = 'outcome:unfounded' OR outcome = 'outcome:founded' OR starts_with(outcome, 'outcome:founded.'))
), counted AS (
    SELECT country, city, edition, report_id, organisation, year, period_start, period_end, signal, service, measure,
           unit, table_id,
           sum(value) FILTER (outcome <> 'outcome:unfounded') AS founded,
           sum(value) FILTER (outcome = 'outcome:unfounded') AS unfounded,
           count(*) AS numbers, string_agg(observation_id, ' ' ORDER BY observation_id) AS observation_ids,
           bool_or(mapping_status = 'review') AS needs_review
    FROM judged WHERE NOT narrower_listed
    GROUP BY ALL
)
SELECT counted.*, founded / nullif(founded + unfounded, 0) AS founded_share FROM counted
"""),
    ),
    View(
        "lead_time",
        "How long it took and whether terms were kept, number by number as printed; nothing is added or averaged. "
        f"{_MARKED}",
        _marked("""
SELECT country, city, edition, report_id, organisation, year, period_start, period_end, timeliness, measure, unit,
       value, row_label, column_label, table_title, page, observation_id
FROM numbers
WHERE timeliness IS NOT NULL OR measure = 'lead_time'
"""),
    ),
    View(
        "comparable_totals",
        "The one printed total of each body and period, with what it counts and the group in which it may be compared: "
        "put side by side only lines of one `comparable_group`, and look at `complete` and `not_comparable`. "
        "`residents` is the one population that a report prints for the city and year, `per_10000` the total per "
        "10,000 of them; both are null where none is printed, or several that differ.",
        """
SELECT r.country, r.city, r.edition, c.organisation, c.year, c.period_start, c.period_end, c.counted, c.measure, c.unit,
       c.total, c.complete, c.incomplete_because, c.comparable_group, c.others_in_group, c.not_comparable, c.report_id,
       c.comparability_id, p.residents, 10000 * c.total / p.residents AS per_10000
FROM comparability c JOIN reports r USING (report_id)
LEFT JOIN (
    SELECT country, city, year, CASE WHEN count(DISTINCT value) = 1 THEN min(value) END AS residents
    FROM numbers WHERE measure = 'population' AND unit = 'count' GROUP BY ALL
) p ON p.country = r.country AND p.city = r.city AND p.year = c.year AND p.residents > c.total AND c.unit = 'count'
WHERE c.total IS NOT NULL
""",
    ),
    View(
        "contradictions",
        "Findings with city and the numbers' place, the gravest first.",
        """
SELECT r.country, r.city, r.edition, r.reporting_year, f.*
FROM findings f JOIN reports r USING (report_id)
ORDER BY CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END, report_id, finding_id
""",
    ),
)

MACROS: tuple[View, ...] = (
    View(
        "checked_sum",
        "`checked_sum(value, unit, measure)` adds numbers up as `sum(value)` does, and stops with the reason where "
        "they are of different units or measures, or are shares, means or durations. For sums that also keep apart "
        "tables, columns, periods and bodies: `publish.totals.total` in Python.",
        """
(value, unit, measure) AS CASE
    WHEN count(DISTINCT unit) > 1 THEN error(
        'These numbers are of different units (' || string_agg(DISTINCT unit, ', ' ORDER BY unit)
        || ') and do not add up: ask for one unit.')
    WHEN count(DISTINCT measure) > 1 THEN error(
        'These numbers count different things (' || string_agg(DISTINCT measure, ', ' ORDER BY measure)
        || ') and do not add up: ask for one measure.')
    WHEN min(unit) IN ('percent', 'days', 'seconds', 'score', 'ratio') THEN error(
        'Numbers of the unit ' || min(unit) || ' are shares, means or durations: a sum of them means nothing.')
    ELSE sum(value) END
""",
    ),
)
"""What stands beside the views: functions, `sql` being what follows their name."""
