"""Puts the tables of the dataset together that no single report gives: reports, organisations, concepts, problems.

Only counting and copying happens here; what a figure or a label means was decided below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from flows.packing import pack, unpack
from flows.parts import Batch, Parts
from flows.steps import Interpretation
from schemas.catalogue import Entry

if TYPE_CHECKING:
    import pandas as pd

    from reconciliation.comparability import Comparison

Small = dict[str, "pd.DataFrame"]
"""Tables that fit into memory whatever the number of reports, by name."""


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


@dataclass(frozen=True, slots=True)
class Compared:
    """The table `comparability`, a piece for each of `Parts.batches`; kept packed, since it repeats itself."""

    packed: Sequence[bytes]
    comparison: Comparison

    def __iter__(self) -> Iterator[pd.DataFrame]:
        for piece in self.packed:
            yield self.comparison.complete(unpack(piece)["comparability"])


def assemble(parts: Parts, failures: Sequence[Failure], findings: pd.DataFrame) -> tuple[Small, Compared]:
    """The small tables of the dataset by name, each valid in itself, and what may be compared with what."""
    import pandas as pd

    from reconciliation.comparability import Comparison
    from schemas.tables import concat, conform, validate

    tables = {"findings": findings, "concepts": concepts()}
    rows = [_report(part) for part in parts.in_order()]
    named = {row["report_id"] for row in rows}
    twins = []
    for failure in failures:
        if failure.entry and failure.entry.id in named:  # a second entry with one id: there is one row a report
            twins.append(failure)
        elif failure.entry:
            rows.append(_failed(failure))
            named.add(failure.entry.id)
    tables["reports"] = validate("reports", pd.DataFrame(rows))
    comparison = Comparison(tables["reports"], findings, tables["concepts"])
    compared: list[bytes] = []
    bodies, problems = Bodies(), []
    for batch in parts.batches():
        rows_of_batch = conform("comparability", comparison.rows(batch.frames["observations"]))
        compared.append(pack({"comparability": rows_of_batch}))
        problems.append(batch.frames["problems"])
        bodies.add(batch)
    tables["organisations"] = bodies.table()
    said = [
        {"report_id": twin.entry.id, "page": None, "severity": "warning", "what": twin.reason}
        for twin in twins
        if twin.entry
    ]
    refused = [validate("problems", pd.DataFrame(said).drop_duplicates())] if said else []
    tables["problems"] = concat("problems", [*problems, *refused])
    return tables, Compared(compared, comparison)


class Bodies:
    """The bodies that reports name, gathered some reports at a time."""

    def __init__(self) -> None:
        self._named: dict[tuple[str, str], set[str]] = {}
        self._concepts: set[tuple[str, str, str, str]] = set()

    def add(self, batch: Batch) -> None:
        """The bodies of these reports."""
        city = {part.entry.id: part.entry.city for part in batch.reports}
        for name in ("observations", "cases"):
            pairs = batch.frames[name][["organisation", "report_id"]].drop_duplicates()
            for body, report in pairs.itertuples(index=False):
                self._named.setdefault((body, city[report]), set()).add(report)
        about = batch.frames["observations"][["organisation", "report_id", "organisation_concept"]].dropna()
        for body, report, key in about.drop_duplicates().itertuples(index=False):
            self._concepts.add((body, report, key, city[report]))

    def table(self) -> pd.DataFrame:
        """One row a body and city, with the reports that name it."""
        import pandas as pd

        from schemas.tables import empty, validate

        concept: dict[tuple[str, str], str] = {}
        for body, _, key, city in sorted(self._concepts):
            concept.setdefault((body, city), key)
        rows = [
            {
                "organisation": body,
                "city": place,
                "organisation_concept": concept.get((body, place)),
                "reports": " ".join(sorted(reports)),
            }
            for (body, place), reports in sorted(self._named.items())
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
    return {
        **_catalogued(part.entry, part.sha256),
        "pages": part.pages,
        "status": part.status,
        "reason": part.reason,
        "tables": part.tables,
        "observations": part.rows["observations"],
        "cases": part.rows["cases"],
        "needs_review": part.needs_review,
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
