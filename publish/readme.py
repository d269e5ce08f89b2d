"""The README that lies beside the published files: what the numbers do not mean, then what the files are."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from publish.card import DatasetCard
from publish.views import VIEWS
from schemas.columns import Table
from schemas.markdown import plain

_EDITIONS = {
    "original": "as the city published it",
    "facsimile": "typeset again from published figures: the numbers are the city's, the pages and boxes are not",
    "synthetic": "made up to test the reading: not data about any city",
}


def readme(card: DatasetCard, version: str, reports: pd.DataFrame, tables: Sequence[tuple[Table, int]]) -> str:
    """Markdown text; says how many reports are of which edition, and names those that are not originals.

    `tables` are all tables, each with its number of rows.
    """
    lines = [
        f"# {card.title}",
        "",
        f"Version {version}, {card.licence} ({card.licence_url}). {card.description}",
        "",
        "## What the numbers do not mean",
        "",
        "- **More complaints is not worse service.** Cities differ in what they count as a complaint, who may "
        "complain and how easy it is. Contacts, reports, complaints and files are different units (`signal`, "
        "`measure`, `unit`).",
        "- **Rows are not to be added up as they stand.** Totals (`is_total`), numbers that repeat another one "
        "(`quoted_from`) and two tables on the same complaints stand side by side. The views of `klachtenatlas.duckdb` "
        "leave the first two out and never add over tables.",
        "- **A mapping is a judgement.** `mapping_status` says whose: `curated` a person's, `accepted` the matcher's, "
        "`review` nobody's yet, `unmapped` none was found. `mapping_confidence` is the probability that it is right.",
        "- **Published errors are kept.** A number that contradicts the rest of its report stands as printed; "
        "`findings` says what is wrong with it.",
        "- **What could not be read is missing.** `reports.status` and `problems` say where.",
        *_editions(reports),
        "",
        "## Files",
        "",
        "| table | rows | what |",
        "| --- | ---: | --- |",
        *(f"| `{table.name}` | {rows} | {table.description} |" for table, rows in tables),
        "",
        "Each table is there as `.parquet` and as `.csv` (UTF-8, RFC 4180; a missing value is an empty field), and "
        "all of them in `klachtenatlas.duckdb`, described column by column, with these views:",
        "",
        "| view | what |",
        "| --- | --- |",
        *(f"| `{view.name}` | {view.description} |" for view in VIEWS),
        "",
        "`atlas.html` shows it all on one page, without a network. "
        "`mappings.sssom.tsv` holds the label mappings (SSSOM), `ontology.ttl` the concepts (SKOS), "
        "`crosswalk-*.sssom.tsv` what categories of public vocabularies mean in them (SSSOM). The same "
        "description stands there for five kinds of tools: `datapackage.json` (Data Package 2.0), `csvw-metadata.json` "
        "(CSV on the Web), `dcat.ttl` (DCAT-AP, data portals), `ro-crate-metadata.json` (RO-Crate, what went in and "
        "what came out), `croissant.json` (Croissant, search engines and machine learning). "
        "`sha256sum -c SHA256SUMS` checks all files.",
        "",
        "## Reports",
        "",
        "| report | city | year | edition | status | numbers | cases |",
        "| --- | --- | ---: | --- | --- | ---: | ---: |",
        *(
            f"| {r.report_id} | {plain(r.city)} | {r.reporting_year} | {r.edition} | {r.status} | {r.observations} | "
            f"{r.cases} |"
            for r in reports.itertuples()
        ),
    ]
    return "\n".join(lines) + "\n"


def _editions(reports: pd.DataFrame) -> list[str]:
    counts = reports["edition"].value_counts()
    lines = []
    for edition in ("facsimile", "synthetic"):
        if edition in counts:
            names = ", ".join(f"`{name}`" for name in reports.loc[reports["edition"] == edition, "report_id"])
            lines.append(f"- **Not originals: {counts[edition]} {edition} editions** ({_EDITIONS[edition]}): {names}.")
    return lines
