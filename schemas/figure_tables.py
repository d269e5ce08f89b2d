"""The tables about numbers: observations, the evidence for them, what contradicts them, what corrects them."""

from __future__ import annotations

from schemas.column_kinds import (
    BOX_RULES,
    REPORT,
    TO_REPORT,
    box,
    choice,
    concept,
    count,
    hash_,
    id_,
    page,
    share,
    text,
)
from schemas.columns import (
    COMPLETENESS,
    CULPRITS,
    CURRENCIES,
    FACETS,
    FINDING_KINDS,
    ID,
    KINDS,
    MAPPING_STATUSES,
    SEVERITIES,
    UNITS,
    Column,
    Reference,
    RowRule,
    Table,
)

_FACET_MEANINGS = {
    "signal": "Concept for the kind of signal counted (complaint, report, question …); null when no label says.",
    "subject": "Concept for what it is about (waste, parking …).",
    "ground": "Concept for why people complain (no follow-up, attitude …).",
    "outcome": "Concept for how it ended (founded, unfounded, referred …).",
    "channel": "Concept for the way by which it came in (e-mail, counter …).",
    "timeliness": "Concept for the time that it took or the term that was kept.",
    "service": "Concept for the department or team that the row or column stands for.",
}

OBSERVATIONS = Table(
    "observations",
    "Published numbers",
    "One row a number that a report prints, in a table, a list, running text or a chart, with its place on the page. "
    "Rows are not to be added up blindly: totals, repetitions and different units stand side by side.",
    (
        id_(
            "observation_id",
            "Stable name of the number: made from the report, the table's place and the cell's labels, not from the "
            "value, so a corrected reading keeps its name.",
        ),
        REPORT,
        text("organisation", "The body that the number is about, as the report names it."),
        concept("organisation_concept", "service", "Concept for that body."),
        choice(
            "kind", KINDS, "Where the number stands: a table's cell, an itemised list, running text, or a chart's text."
        ),
        id_("table_id", "The logical table, its continuations on later pages included.", nullable=True),
        text("table_title", "The table's caption or nearest heading.", nullable=True),
        text(
            "row_label",
            "The row's label as printed, without footnote marks and line-break hyphens; levels joined "
            "with ` > `. For running text: what is counted.",
            blank=True,
        ),
        text("column_label", "The column's label, in the same way.", blank=True),
        Column(
            "value",
            "number",
            "The number meant: 1.899 in a Dutch count is 1899. Percentages are on the scale 0 to 100.",
        ),
        text("value_printed", "The characters on the page."),
        Column(
            "unit",
            "string",
            "What one unit of the value is. Numbers of different units cannot be compared or added.",
            pattern="|".join((*UNITS, *CURRENCIES)),
            said=f"one of {', '.join(UNITS)} or an ISO 4217 currency code in lower case",
        ),
        Column(
            "measure",
            "string",
            "What is counted or measured: `cases` unless the report says otherwise (`contacts`, `calls`, `lead_time`, "
            "`share`, `population`, `staff` …; in sentences also `incidents`, `interventions`, `people`, "
            "`organisations`, `messages`, `change` for a difference, `rate` for a mean per month or week, `other`). "
            "Different measures cannot be compared or added.",
            pattern=r"[a-z][a-z0-9_]*",
            said="a name in lower case such as cases or lead_time",
        ),
        Column("period_start", "date", "First day of the period that the number covers."),
        Column("period_end", "date", "Last day of that period."),
        *(concept(facet, facet, meaning) for facet, meaning in _FACET_MEANINGS.items()),
        choice(
            "mapping_status",
            MAPPING_STATUSES,
            "How sure the concepts are, the weakest of the labels used: `curated` decided by a person, `accepted` by "
            "the matcher above its threshold, `review` waiting for a steward, `unmapped` no concept.",
        ),
        share(
            "mapping_confidence",
            "Calibrated probability that the concepts are right, the lowest of the labels used.",
            nullable=True,
        ),
        Column(
            "is_total", "boolean", "True for a total over other rows or columns of its table: leave it out of sums."
        ),
        id_(
            "quoted_from",
            "The `observation_id` that this number repeats (a sentence that restates a cell, last year's "
            "column): leave it out of sums.",
            nullable=True,
        ),
        page("page", "Page of the PDF, counted from 1."),
        *box(),
        text("method", "What read it."),
        text("section", "The heading under which it stands.", nullable=True),
        text("sentence", "The sentence, for running text; personal details are masked.", nullable=True),
        share(
            "reading_confidence",
            "Estimated probability that the characters and their place in the table were read "
            "right; it says nothing on the concepts.",
        ),
        share(
            "ocr_confidence",
            "Confidence of the OCR engine in the characters, the lowest of the words in the box; null where the text "
            "is the PDF's own. `method` names the engine. Already counted in `reading_confidence`.",
            nullable=True,
            optional=True,
        ),
        Column(
            "small_count",
            "boolean",
            "True for a count of 1 to 4 in a category that two facets tell apart (a subject and an outcome, say): it "
            "may point to persons; do not combine it with other data on them.",
            nullable=True,
            optional=True,
        ),
    ),
    ("observation_id",),
    (
        TO_REPORT,
        Reference("organisation_concept", "concepts", "key", "service"),
        *(Reference(facet, "concepts", "key", facet) for facet in FACETS),
        Reference("quoted_from", "observations", "observation_id"),
    ),
    (
        *BOX_RULES,
        RowRule(
            "period",
            ("period_start", "period_end"),
            "the period ends before it starts",
            lambda f: f["period_start"] <= f["period_end"],
        ),
        RowRule(
            "cell_in_table",
            ("kind", "table_id"),
            "a table's cell names no table",
            lambda f: (f["kind"] != "cell") | f["table_id"].notna(),
        ),
        RowRule(
            "quotes_other",
            ("quoted_from",),
            "a number cannot repeat itself",
            lambda f: f["quoted_from"] != f["observation_id"],
        ),
    ),
)

EVIDENCE = Table(
    "evidence",
    "Evidence",
    "One row an observation: the bytes of the PDF, the page, the box and the characters in it. Enough to look it up "
    "without any other table.",
    (
        id_("observation_id", "The observation; key of `observations`."),
        REPORT,
        hash_("sha256", "SHA-256 of the PDF.", nullable=True),
        page("page", "Page of the PDF, counted from 1."),
        *box(),
        text("printed", "The characters in the box."),
        Column(
            "fragment",
            "string",
            "The place as a URL fragment to put behind the PDF's address: `page` of RFC 8118 and "
            "`xywh` of W3C Media Fragments (left, top, width, height, in PDF points).",
            pattern=r"#page=[0-9]+&xywh=-?[0-9.]+,-?[0-9.]+,[0-9.]+,[0-9.]+",
            said="a fragment such as #page=6&xywh=72,144.5,30,11",
        ),
        hash_(
            "crop_sha256",
            "SHA-256 of the picture in the box: the page drawn by PDFium without system fonts, 8-bit grey, 2 pixels a "
            "point; hashed are width and height (`40x22` and a line feed), then the pixels row by row. Null where the "
            "page was not drawn.",
            nullable=True,
        ),
    ),
    ("observation_id",),
    (Reference("observation_id", "observations", "observation_id"), TO_REPORT),
    BOX_RULES,
)

FINDINGS = Table(
    "findings",
    "Contradictions in what was published",
    "One row a contradiction. The published number is never changed: a finding says beside it what is wrong.",
    (
        id_("finding_id", "Stable name of the finding."),
        REPORT,
        text("organisation", "The body concerned, as the report names it.", nullable=True),
        choice("kind", FINDING_KINDS, "What contradicts what."),
        choice(
            "severity",
            SEVERITIES,
            "`error`: one of the numbers must be wrong; `warning`: one is likely wrong; `info`: worth knowing.",
        ),
        id_("table_id", "The table in which the printed number stands.", nullable=True),
        text("row_label", "The row of the printed number.", nullable=True),
        text("column_label", "The column of the printed number.", nullable=True),
        Column("printed", "number", "The number as published.", nullable=True),
        Column("expected", "number", "The number that the rest of the report calls for.", nullable=True),
        page("page", "Page of the printed number.", nullable=True),
        text("message", "What is wrong, as a sentence."),
        Column("observation_ids", "string", "The observations concerned, joined by spaces.", blank=True, joined=True),
        text("message_nl", "The same sentence in Dutch.", nullable=True, optional=True),
        text("proof", "The arithmetic, number by number.", nullable=True, optional=True),
        Column(
            "repair_place",
            "string",
            "The observation that is likely the wrong one.",
            nullable=True,
            optional=True,
            pattern=ID,
            said="a text without spaces",
        ),
        Column(
            "culprit",
            "string",
            "Who most likely erred: the publisher, our reading of the page, or not clear.",
            nullable=True,
            optional=True,
            choices=CULPRITS,
        ),
        Column(
            "candidates",
            "string",
            "Observations of which any one, printed otherwise, would end the contradiction; the likeliest first.",
            nullable=True,
            optional=True,
            joined=True,
        ),
        text("candidate_values", "What each of them would have to be.", nullable=True, optional=True),
    ),
    ("finding_id",),
    (
        TO_REPORT,
        Reference("observation_ids", "observations", "observation_id"),
        Reference("repair_place", "observations", "observation_id"),
        Reference("candidates", "observations", "observation_id"),
    ),
)

CORRECTIONS = Table(
    "corrections",
    "Corrections",
    "One row a published number that is known to be wrong, with what it should be. `observations` keeps the published "
    "number: a correction stands beside it.",
    (
        id_("correction_id", "Stable name of the correction."),
        REPORT,
        id_("observation_id", "The observation that it corrects."),
        Column(
            "expects",
            "number",
            "The published value that was wrong; when the report says otherwise the correction is not published, and "
            "the build says so.",
        ),
        Column("corrected", "number", "What it should be."),
        text("reason", "Why."),
        text("decided_by", "Who decided."),
        Column("decided_on", "date", "The day of the decision."),
        text("printed", "The characters on the page that were wrong."),
        text("source", "From where the right value is known: the report's own counts, a letter, a later report."),
    ),
    ("correction_id",),
    (TO_REPORT, Reference("observation_id", "observations", "observation_id")),
)

COMPARABILITY = Table(
    "comparability",
    "What may be compared",
    "One row a report, body, period, measure and unit: what is counted, whether it is all, and what it may be compared "
    "with. Numbers of rows with one `comparable_group` may be compared; others may not, and the row says why.",
    (
        id_("comparability_id", "Stable name of the row."),
        REPORT,
        text("organisation", "The body that the numbers are about, as the report names it."),
        concept("organisation_concept", "service", "Concept for that body."),
        Column("year", "integer", "The year of the period; null where it lies in two.", nullable=True, least=1900),
        Column("period_start", "date", "First day of the period that the numbers cover."),
        Column("period_end", "date", "Last day of that period."),
        Column("measure", "string", "What is counted or measured, as in `observations`."),
        Column("unit", "string", "What one unit of the numbers is, as in `observations`."),
        text("counted", "What is counted, in words: the measure and the kinds of signals that the labels name."),
        text("counted_nl", "The same in Dutch."),
        Column(
            "signals",
            "string",
            "The kinds of signals that the labels name, concepts of the facet `signal` joined by spaces.",
            blank=True,
            joined=True,
        ),
        count("numbers", "How many numbers there are, totals and repetitions left out."),
        Column(
            "total",
            "number",
            "The one grand total that the report prints for them; null where there is none, or several.",
            nullable=True,
        ),
        choice(
            "complete",
            COMPLETENESS,
            "`whole`: all of a year, with a printed total that nothing contradicts; `part`: less than a year, or "
            "something could not be read; `unknown`: the report does not say.",
        ),
        text("incomplete_because", "Why it is not `whole`.", nullable=True),
        id_(
            "comparable_group",
            "Rows with the same group count the same kinds of signals by the same measure and unit, for the same kind "
            "of body, over a period of the same length: they may be compared.",
        ),
        count("others_in_group", "How many other rows the group has."),
        text("not_comparable", "What the numbers may not be compared with, and why.", nullable=True),
        text("not_comparable_nl", "The same in Dutch.", nullable=True),
        Column(
            "finding_ids",
            "string",
            "Findings that these numbers differ from another place or report, joined by spaces.",
            blank=True,
            joined=True,
        ),
    ),
    ("comparability_id",),
    (
        TO_REPORT,
        Reference("organisation_concept", "concepts", "key", "service"),
        Reference("signals", "concepts", "key"),
        Reference("finding_ids", "findings", "finding_id"),
    ),
    (
        RowRule(
            "compared_period",
            ("period_start", "period_end"),
            "the period ends before it starts",
            lambda f: f["period_start"] <= f["period_end"],
        ),
        RowRule(
            "incomplete",
            ("complete", "incomplete_because"),
            "it gives no reason",
            lambda f: (f["complete"] == "whole") | f["incomplete_because"].notna(),
        ),
    ),
)
