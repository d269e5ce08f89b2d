"""The tables about where numbers come from and what they mean: reports, bodies, cases, labels, concepts, problems."""

from __future__ import annotations

from schemas.column_kinds import REPORT, TO_REPORT, choice, concept, count, hash_, id_, language, page, share, text
from schemas.columns import (
    EDITIONS,
    FACETS,
    ID,
    MAPPING_STATUSES,
    PREDICATES,
    REPORT_STATUSES,
    SEVERITIES,
    Column,
    Reference,
    RowRule,
    Table,
    concept_pattern,
)

REPORTS = Table(
    "reports",
    "Reports",
    "One row a report: what the catalogue says of it and how its reading went. A report of which nothing could be read "
    "is listed too.",
    (
        id_("report_id", "Name of the report."),
        Column(
            "id",
            "string",
            "The catalogue's word for `report_id`; always the same.",
            optional=True,
            pattern=ID,
            said="a text without spaces",
            alias_of="report_id",
        ),
        text("city", "The city."),
        Column("country", "string", "ISO 3166-1 alpha-2 code.", pattern="[A-Z]{2}", said="two capitals such as BE"),
        text("publisher", "Who published it."),
        text("title", "Its title."),
        Column(
            "reporting_year",
            "integer",
            "The year that it reports on; null only for a report that failed before its year could be inferred.",
            nullable=True,
            least=1900,
            most=2200,
        ),
        language("language", "Main language of the report."),
        text("url", "Where it was published (landing page or PDF).", nullable=True),
        text("file", "The PDF, relative to the catalogue.", nullable=True),
        text("licence", "Terms under which it was published.", nullable=True),
        choice(
            "edition",
            EDITIONS,
            "`original` as published; `facsimile` typeset again from published figures: its pages "
            "are not the city's pages; `synthetic` made up for tests: not data.",
        ),
        hash_("sha256", "SHA-256 of the PDF that was read.", nullable=True),
        id_("supersedes", "The report that this one replaces.", nullable=True),
        Column(
            "earlier_sha256",
            "string",
            "SHA-256 of earlier editions of this report that its publisher replaced, joined by spaces; they are kept.",
            blank=True,
            joined=True,
        ),
        Column(
            "inferred",
            "string",
            "Catalogue fields that no person gave and that were inferred from the PDF, joined by spaces.",
            blank=True,
            joined=True,
        ),
        count("pages", "Pages of the PDF; null when it could not be opened.", nullable=True),
        choice(
            "status",
            REPORT_STATUSES,
            "`ok` all was read; `partial` something could not be read, see `reason` and "
            "`problems`; `failed` nothing was.",
        ),
        text("reason", "Why it is not `ok`.", nullable=True),
        count("tables", "Logical tables found."),
        count("observations", "Rows in `observations`."),
        count("cases", "Rows in `cases`."),
        count("needs_review", "Labels of this report that wait for a steward."),
    ),
    ("report_id",),
    (Reference("supersedes", "reports", "report_id"),),
    (
        RowRule(
            "year",
            ("status", "reporting_year"),
            "a report that was read has no year",
            lambda f: (f["status"] == "failed") | f["reporting_year"].notna(),
        ),
        RowRule("id", ("report_id", "id"), "the two names differ", lambda f: f["report_id"] == f["id"]),
        RowRule(
            "reason", ("status", "reason"), "it gives no reason", lambda f: (f["status"] == "ok") | f["reason"].notna()
        ),
    ),
)

ORGANISATIONS = Table(
    "organisations",
    "Organisations",
    "One row a body in a city that numbers or cases are about, under the name that the reports use.",
    (
        text("organisation", "Name as the reports print it."),
        text("city", "The city."),
        concept("organisation_concept", "service", "Concept for the body."),
        Column(
            "reports", "string", "The reports that name it (`report_id`), joined by spaces.", blank=True, joined=True
        ),
    ),
    ("organisation", "city"),
    (
        Reference("organisation_concept", "concepts", "key", "service"),
        Reference("reports", "reports", "report_id"),
    ),
)

CASES = Table(
    "cases",
    "Narrative cases",
    "One row a case that a report tells: the complaint, what was done, what followed. Personal details are masked.",
    (
        id_("case_id", "Stable name of the case."),
        REPORT,
        text("organisation", "The body that handled the case, as the report names it."),
        Column("date", "date", "The day that the report gives for the case.", nullable=True),
        text("title", "The case's heading."),
        text("section", "The heading under which the case stands, as printed.", nullable=True),
        text("complaint", "What was complained of.", blank=True),
        text("handling", "What was done with it.", blank=True),
        text("follow_up", "What followed.", nullable=True),
        text("outcome_label", "The judgement as printed.", nullable=True),
        concept("outcome", "outcome", "Concept for the judgement."),
        concept("subject", "subject", "Concept for what it is about."),
        concept("ground", "ground", "Concept for why the person complains."),
        language("language", "Language of the texts."),
        page("page_first", "Page on which the case begins, counted from 1."),
        page("page_last", "Page on which it ends."),
        count("redactions", "How many personal details were masked in the texts."),
    ),
    ("case_id",),
    (TO_REPORT, *(Reference(facet, "concepts", "key", facet) for facet in ("outcome", "subject", "ground"))),
    (
        RowRule(
            "pages",
            ("page_first", "page_last"),
            "the case ends before it begins",
            lambda f: f["page_first"] <= f["page_last"],
        ),
    ),
)

LABELS = Table(
    "labels",
    "Labels and their concepts",
    "One row a distinct printed label in its context, for each facet that it fills. `mappings.sssom.tsv` has them too.",
    (
        id_("label_id", "Stable name of the label in its context."),
        REPORT,
        text("label", "The label as printed."),
        text("context", "What stands around it (table, row group, spanner) and helps to understand it.", blank=True),
        choice("facet", FACETS, "The facet that the label fills; null when that is not known.", nullable=True),
        concept("concept", None, "The concept; null when none fits or none is known."),
        share("confidence", "Calibrated probability that the concept is right.", nullable=True),
        choice("status", MAPPING_STATUSES, "As `mapping_status` of `observations`, for this label alone."),
        Column(
            "justification",
            "string",
            "How the mapping came about, a term of the SEMAPV vocabulary.",
            nullable=True,
            pattern=r"semapv:[A-Za-z]+",
            said="a term such as semapv:ManualMappingCuration",
        ),
        text("decided_by", "Who decided; null for the matcher.", nullable=True),
        Column("decided_on", "date", "The day of the decision.", nullable=True),
        text("note", "Why.", nullable=True),
        Column(
            "predicate",
            "string",
            "How label and concept relate, read from the label to the concept; null where nobody said.",
            nullable=True,
            optional=True,
            choices=PREDICATES,
        ),
    ),
    ("label_id",),
    (TO_REPORT, Reference("concept", "concepts", "key")),
    (
        RowRule(
            "facet_of_concept",
            ("facet", "concept"),
            "the concept is of another facet",
            lambda f: f["concept"].isna() | (f["concept"].str.split(":").str[0] == f["facet"]).fillna(False),
        ),
        RowRule(
            "unmapped",
            ("status", "concept"),
            "an unmapped label has a concept",
            lambda f: (f["status"] != "unmapped") | f["concept"].isna(),
        ),
        RowRule(
            "accepted",
            ("status", "concept"),
            "an accepted label has no concept",
            lambda f: (f["status"] != "accepted") | f["concept"].notna(),
        ),
    ),
)

CONCEPTS = Table(
    "concepts",
    "Concept scheme",
    "One row a concept of the complaint ontology. `ontology.ttl` holds the same as SKOS.",
    (
        Column(
            "key",
            "string",
            "Key of the concept.",
            pattern=concept_pattern(),
            said="a concept key such as outcome:name.narrower_name",
        ),
        choice("facet", FACETS, "The facet to which it belongs."),
        concept("broader", None, "The concept above it."),
        text("label_nl", "Name in Dutch.", nullable=True),
        text("label_fr", "Name in French.", nullable=True),
        text("label_en", "Name in English."),
        text("definition_en", "What it means.", nullable=True),
        text("label_de", "Name in German.", nullable=True, optional=True),
    ),
    ("key",),
    (Reference("broader", "concepts", "key"),),
    (
        RowRule(
            "facet_of_key",
            ("key", "facet"),
            "the key is of another facet",
            lambda f: f["key"].str.split(":").str[0] == f["facet"],
        ),
    ),
)

PROBLEMS = Table(
    "problems",
    "What could not be read",
    "One row a thing in a report that could not be read or was set aside: what is missing in the other tables.",
    (
        REPORT,
        page("page", "Page of the PDF; null when it concerns the whole report.", nullable=True),
        choice(
            "severity",
            SEVERITIES,
            "`error`: figures are lost; `warning`: figures may be lost; `info`: nothing is lost.",
        ),
        text("what", "What could not be read and why, as a sentence."),
    ),
    (),
    (TO_REPORT,),
)
