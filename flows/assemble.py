"""Puts the tables of the dataset together that no single report gives: reports, organisations, concepts, problems.

Only counting and copying happens here; what a figure or a label means was decided below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from flows.steps import INTERPRETED, Interpretation, concat
from schemas.catalogue import Entry

if TYPE_CHECKING:
    import pandas as pd

_COMPARED = ("observations", "reports", "findings", "concepts")
"""What says what may be compared, in the order in which `comparability` takes it."""

Status = Literal["ok", "partial", "failed"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A report of which nothing could be published. `entry` is None when too little of it is known to list it."""

    id: str
    reason: str
    entry: Entry | None = None
    sha256: str | None = None

    def sentence(self) -> str:
        """The reason, beginning with the report's id."""
        return self.reason if self.reason.startswith(self.id) else f"{self.id}: {self.reason}"


def assemble(
    parts: Sequence[Interpretation], failures: Sequence[Failure], findings: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """All tables of the dataset by name, each valid in itself."""
    import pandas as pd

    from reconciliation.comparability import comparability
    from schemas.tables import validate

    tables = {name: concat(name, [part.frames[name] for part in parts]) for name in INTERPRETED}
    tables["findings"] = findings
    rows = [_report(part) for part in parts]
    named = {row["report_id"] for row in rows}
    twins = []
    for failure in failures:
        if failure.entry and failure.entry.id in named:  # a second entry with one id: there is one row a report
            twins.append(failure)
        elif failure.entry:
            rows.append(_failed(failure))
            named.add(failure.entry.id)
    tables["reports"] = validate("reports", pd.DataFrame(rows))
    tables["organisations"] = organisations(parts, tables)
    tables["concepts"] = concepts()
    said = [
        {"report_id": twin.entry.id, "page": None, "severity": "warning", "what": twin.reason}
        for twin in twins
        if twin.entry
    ]
    refused = [validate("problems", pd.DataFrame(said).drop_duplicates())] if said else []
    tables["problems"] = concat("problems", [*(part.frames["problems"] for part in parts), *refused])
    tables["comparability"] = validate("comparability", comparability(*(tables[name] for name in _COMPARED)))
    return tables


def page_sizes(parts: Sequence[Interpretation]) -> Mapping[str, Mapping[int, tuple[float, float]]]:
    """Width and height in points of every page that was read, by report and page number."""
    return {part.entry.id: part.page_sizes for part in parts}


def crops(parts: Sequence[Interpretation]) -> Mapping[str, str]:
    """The hash of each number's picture, by observation."""
    return {name: digest for part in parts for name, digest in part.crops.items()}


def strips(parts: Sequence[Interpretation]) -> Mapping[str, bytes]:
    """The parts of each report's pages on which its numbers stand."""
    return {part.entry.id: part.strips for part in parts}


def status_of(problems: pd.DataFrame) -> tuple[Status, str | None]:
    """How a reading went and why it is not `ok`: an error says that figures are lost. `problems` are one report's."""
    lost = problems[problems["severity"] == "error"]
    if not len(lost):
        return "ok", None
    more = f" (and {len(lost) - 1} more, see problems)" if len(lost) > 1 else ""
    return "partial", f"{lost['what'].iloc[0]}{more}"


def organisations(parts: Sequence[Interpretation], tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row a body and city, with the reports that name it."""
    import pandas as pd

    from schemas.tables import empty, validate

    city = {part.entry.id: part.entry.city for part in parts}
    named: dict[tuple[str, str], set[str]] = {}
    concept: dict[tuple[str, str], str] = {}
    for name in ("observations", "cases"):
        frame = tables[name]
        for body, report in frame[["organisation", "report_id"]].drop_duplicates().itertuples(index=False):
            named.setdefault((body, city[report]), set()).add(report)
    about = tables["observations"][["organisation", "report_id", "organisation_concept"]].dropna().drop_duplicates()
    for body, report, key in about.sort_values(list(about.columns)).itertuples(index=False):
        concept.setdefault((body, city[report]), key)
    rows = [
        {
            "organisation": body,
            "city": place,
            "organisation_concept": concept.get((body, place)),
            "reports": " ".join(sorted(reports)),
        }
        for (body, place), reports in sorted(named.items())
    ]
    return validate("organisations", pd.DataFrame(rows)) if rows else empty("organisations")


@cache
def concepts() -> pd.DataFrame:
    """The concept scheme as a frame."""
    import pandas as pd

    from ontology.scheme import load_scheme
    from schemas.tables import validate

    rows = [
        {
            "key": concept.key,
            "facet": concept.facet,
            "broader": concept.broader,
            **{f"label_{code}": concept.preferred.get(code) for code in ("nl", "fr", "en", "de")},
            "definition_en": concept.definition_en or None,
        }
        for concept in load_scheme()
    ]
    return validate("concepts", pd.DataFrame(rows))


def _report(part: Interpretation) -> dict[str, object]:
    frames = part.frames
    status, reason = status_of(frames["problems"])
    labels = frames["labels"]
    return {
        **_catalogued(part.entry, part.sha256),
        "pages": len(part.page_sizes),
        "status": status,
        "reason": reason,
        "tables": part.tables,
        "observations": len(frames["observations"]),
        "cases": len(frames["cases"]),
        "needs_review": int((labels["status"] == "review").sum()),
    }


def _failed(failure: Failure) -> dict[str, object]:
    assert failure.entry is not None
    return {
        **_catalogued(failure.entry, failure.sha256),
        "pages": None,
        "status": "failed",
        "reason": failure.reason,
        "tables": 0,
        "observations": 0,
        "cases": 0,
        "needs_review": 0,
    }


def _catalogued(entry: Entry, sha256: str | None) -> dict[str, object]:
    return {
        "report_id": entry.id,
        "city": entry.city,
        "country": entry.country,
        "publisher": entry.publisher,
        "title": entry.title,
        "reporting_year": entry.reporting_year or None,
        "language": entry.language,
        "url": entry.url,
        "file": entry.file,
        "licence": entry.licence,
        "edition": entry.edition,
        "sha256": sha256,
        "supersedes": entry.supersedes,
        "earlier_sha256": " ".join(entry.earlier),
        "inferred": " ".join(entry.inferred),
    }
