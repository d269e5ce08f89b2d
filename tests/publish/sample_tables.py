# ruff: noqa: E501  (rows of data)
"""A small dataset, made up: two cities, two years, every table filled. Used by tests and by nothing else."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator

import pandas as pd

from reconciliation.comparability import comparability
from schemas.tables import TABLES, conform

SUBJECTS = {
    "Afval": "subject:waste",
    "Sluikstorten": "subject:waste.fly_tipping",
    "Parkeren": "subject:mobility.parking",
}
CHANNELS = {"E-mail": "channel:email", "Telefoon": "channel:phone", "Loket": "channel:counter"}
JUDGEMENTS = {"gegrond": ("outcome:founded", 0.4), "ongegrond": ("outcome:unfounded", 0.6)}
FACETS = ("signal", "subject", "ground", "outcome", "channel", "timeliness", "service")


def observation(observation_id: str, report_id: str, year: int, **fields: object) -> dict[str, object]:
    """A valid row of `observations`; `fields` replace its values."""
    row: dict[str, object] = {
        "observation_id": observation_id,
        "report_id": report_id,
        "organisation": "Stadsdiensten",
        "organisation_concept": "service:city_administration",
        "kind": "cell",
        "table_id": "p4-1",
        "table_title": "Klachten per thema",
        "row_label": "Afval",
        "column_label": "aantal",
        "value": 12.0,
        "value_printed": "12",
        "unit": "count",
        "measure": "cases",
        "period_start": dt.date(year, 1, 1),
        "period_end": dt.date(year, 12, 31),
        **dict.fromkeys(FACETS),
        "signal": "signal:complaint",
        "mapping_status": "accepted",
        "mapping_confidence": 0.97,
        "is_total": False,
        "quoted_from": None,
        "page": 4,
        "x0": 300.0,
        "top": 200.5,
        "x1": 312.25,
        "bottom": 211.0,
        "method": "ruled",
        "section": "Cijfers",
        "sentence": None,
        "reading_confidence": 0.99,
    }
    return {**row, **fields}


def _observations(report_id: str, year: int, scale: int) -> Iterator[dict[str, object]]:
    def number(name: str, value: float, **fields: object) -> dict[str, object]:
        printed = f"{value:g}".replace(".", ",")
        return observation(f"{report_id}/{name}", report_id, year, value=value, value_printed=printed, **fields)

    total = 0.0
    for line, (label, subject) in enumerate(SUBJECTS.items(), 1):
        count = float(scale * line)
        total += count
        place = {"row_label": label, "subject": subject, "top": 200.0 + 12 * line, "bottom": 210.0 + 12 * line}
        yield number(f"p4-1/{label}/aantal", count, **place)
        for column, (outcome, share) in JUDGEMENTS.items():
            yield number(f"p4-1/{label}/{column}", count * share, column_label=column, outcome=outcome, **place)
    yield number("p4-1/totaal/aantal", total, row_label="totaal", is_total=True)
    for line, (label, channel) in enumerate(CHANNELS.items(), 1):
        yield number(
            f"p5-1/{label}/aantal", float(scale * 4 - line), table_id="p5-1", table_title="Kanalen", row_label=label,
            channel=channel, page=5,
        )  # fmt: skip
    yield number(
        "prose/1", 0.4, kind="prose", table_id=None, table_title=None, row_label="gegrond", column_label="", unit="ratio",
        measure="share", outcome="outcome:founded", page=2, sentence="Vier op tien klachten zijn gegrond.",
    )  # fmt: skip
    yield number(
        "prose/2", total, kind="prose", table_id=None, table_title=None, row_label="klachten", column_label="", page=2,
        quoted_from=f"{report_id}/p4-1/totaal/aantal", sentence=f"We kregen {total:g} klachten.",
    )  # fmt: skip
    yield number(
        "p6-1/gemiddelde", 17.5 + scale, table_id="p6-1", table_title="Doorlooptijd", row_label="gemiddelde doorlooptijd",
        column_label=str(year), unit="days", measure="lead_time", timeliness="timeliness:lead_time", page=6,
    )  # fmt: skip
    yield number(
        "p6-1/onbekend", 3.0, table_id="p6-1", row_label="varia, zie bijlage", mapping_status="unmapped",
        mapping_confidence=None, signal=None, page=6,
    )  # fmt: skip


def _concepts() -> list[dict[str, object]]:
    keys = [
        *SUBJECTS.values(), "subject:mobility", *CHANNELS.values(), "outcome:founded", "outcome:unfounded",
        "signal:complaint", "timeliness:lead_time", "service:city_administration", "ground:information",
    ]  # fmt: skip
    rows = []
    for key in keys:
        facet, _, path = key.partition(":")
        broader = f"{facet}:{path.rpartition('.')[0]}" if "." in path else None
        label = path.rpartition(".")[2].replace("_", " ")
        rows.append({"key": key, "facet": facet, "broader": broader, "label_nl": label, "label_fr": label,
                     "label_en": label, "definition_en": f"About {label}."})  # fmt: skip
    return rows


def sample_tables() -> dict[str, pd.DataFrame]:
    """All tables but `evidence`, conformed; `reports` counts the rows of the others."""
    editions = {("aandorp", 2022): "original", ("aandorp", 2023): "original", ("beekstad", 2023): "facsimile"}
    observations, cases, labels, findings, reports, problems = [], [], [], [], [], []
    for scale, ((city, year), edition) in enumerate(editions.items(), 10):
        report = f"{city}-{year}"
        mine = list(_observations(report, year, scale))
        observations += mine
        cases.append(
            {"case_id": f"{report}/case/1", "report_id": report, "organisation": "Stadsdiensten",
             "date": dt.date(year, 5, 4), "title": 'Vuilniszakken "vergeten"', "section": "Cases",
             "complaint": "De zakken bleven staan,\ntwee weken lang.", "handling": "De dienst ging langs.",
             "follow_up": None, "outcome_label": "Gegrond", "outcome": "outcome:founded", "subject": "subject:waste",
             "ground": None, "language": "nl", "page_first": 7, "page_last": 8, "redactions": 1}
        )  # fmt: skip
        for label, concept in {**SUBJECTS, **CHANNELS, "varia, zie bijlage": None}.items():
            labels.append(
                {"label_id": f"{report}/{hashlib.sha256(label.encode()).hexdigest()[:8]}", "report_id": report,
                 "label": label, "context": "Klachten per thema", "facet": concept.partition(":")[0] if concept else None,
                 "concept": concept, "confidence": 0.97 if concept else None,
                 "status": "accepted" if concept else "unmapped",
                 "justification": "semapv:LexicalMatching" if concept else None, "decided_by": None, "decided_on": None,
                 "note": None}
            )  # fmt: skip
        findings.append(
            {"finding_id": f"{report}/total", "report_id": report, "organisation": "Stadsdiensten",
             "kind": "total_mismatch", "severity": "error", "table_id": "p4-1", "row_label": "totaal",
             "column_label": "aantal", "printed": 60.0, "expected": 61.0, "page": 4,
             "message": "The total says 60, its rows add up to 61.",
             "observation_ids": f"{report}/p4-1/totaal/aantal"}
        )  # fmt: skip
        problems.append({"report_id": report, "page": 3, "severity": "warning", "what": "A chart without numbers."})
        reports.append(
            {"report_id": report, "city": city.title(), "country": "BE", "publisher": f"Stad {city.title()}",
             "title": f"Jaarverslag klachten {year}", "reporting_year": year, "language": "nl",
             "url": f"https://example.org/{report}", "file": f"{report}.pdf", "licence": None, "edition": edition,
             "sha256": hashlib.sha256(report.encode()).hexdigest(), "supersedes": None, "earlier_sha256": "", "inferred": "", "pages": 12,
             "status": "ok", "reason": None, "tables": 3, "observations": len(mine), "cases": 1, "needs_review": 0}
        )  # fmt: skip
    organisations = [
        {"organisation": "Stadsdiensten", "city": city.title(), "organisation_concept": "service:city_administration",
         "reports": " ".join(f"{c}-{y}" for c, y in editions if c == city)}
        for city in ("aandorp", "beekstad")
    ]  # fmt: skip
    corrections = [
        {"correction_id": "c1", "report_id": "aandorp-2022", "observation_id": "aandorp-2022/p4-1/totaal/aantal",
         "expects": 60.0, "corrected": 61.0, "reason": "Erratum of the publisher.", "decided_by": "data steward",
         "decided_on": dt.date(2024, 1, 9), "printed": "60", "source": "a letter of 8 January 2024"}
    ]  # fmt: skip
    rows = {"observations": observations, "cases": cases, "labels": labels, "findings": findings, "reports": reports,
            "organisations": organisations, "concepts": _concepts(), "corrections": corrections,
            "problems": problems}  # fmt: skip
    tables = {name: conform(name, pd.DataFrame(rows[name])) for name in TABLES if name in rows}
    compared = comparability(*(tables[name] for name in ("observations", "reports", "findings", "concepts")))
    return tables | {"comparability": conform("comparability", compared)}
