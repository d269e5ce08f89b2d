"""One build's state and the steps that concern all its reports, without Prefect.

`flows.build` runs them as tasks of a flow, `flows.rebuild` one after the other.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.sandbox import Sandbox
from flows import steps
from flows.assemble import Compared, Failure, assemble
from flows.catalogue import Catalogue, Source
from flows.corrections import Record, load_corrections, published_corrections
from flows.glances import inferred_source
from flows.infer import bodies
from flows.parts import Parts
from flows.removals import Removals, load_removals, without_removed
from flows.steps import Interpretation, ReportFailed
from flows.store import Store, key_of

if TYPE_CHECKING:
    import pandas as pd

    from publish.large import Slice


class NothingToPublish(Exception):
    """The build has no result; the message is a sentence with what to do."""


class Run:
    """What the tasks of one build share. Prefect walks through the arguments of tasks; it leaves this object alone."""

    def __init__(self, catalogue: Catalogue, store: Store) -> None:
        self.catalogue = catalogue
        self.store = store
        self.sources: dict[str, Source] = {}
        self.parts: dict[str, Interpretation] = {}
        self.failures: list[Failure] = []
        self.corrections: list[Record] = []
        self.removals = Removals()
        self.findings: pd.DataFrame | None = None
        self.tables: dict[str, pd.DataFrame] = {}
        self.compared: Compared | None = None
        self.left_out: frozenset[str] = frozenset()

    def find_sources(self, sandbox: Sandbox) -> None:
        """Everything to read, the PDFs without an entry included; what cannot be is a failure already."""
        catalogue = self.catalogue
        self.corrections, refused_records = load_corrections(catalogue.root)
        self.removals = load_removals(catalogue.root)
        self.failures.extend(refused_records)
        self.failures.extend(Failure(refused.id, refused.reason, refused.entry) for refused in catalogue.refused)
        self.sources.update((source.entry.id, source) for source in catalogue.sources)
        taken = set(self.sources) | {failure.id for failure in self.failures}
        known = bodies([*(source.entry for source in catalogue.sources), *catalogue.not_fetched])
        for path, sha256 in catalogue.loose:
            found = inferred_source(path, catalogue.root.resolve(), sha256, known, sandbox, self.store)
            if isinstance(found, Failure):
                assert found.entry is not None
                entry = steps.renamed(Source(found.entry, path, sha256), taken).entry
                self.failures.append(replace(found, id=entry.id, entry=entry))
                taken.add(entry.id)
            else:
                found = steps.renamed(found, taken)
                self.sources[found.entry.id] = found
                taken.add(found.entry.id)

    def fail(self, report_id: str, error: object) -> None:
        """Sets one report aside with the reason."""
        reason = str(error) if isinstance(error, ReportFailed) else _fault(report_id, error)
        source = self.sources[report_id]
        self.failures.append(Failure(report_id, reason, source.entry, source.sha256))

    def require_parts(self) -> None:
        """Raises NothingToPublish when no report went through."""
        self.failures.sort(key=lambda failure: failure.id)
        if self.parts:
            return
        if self.failures:
            reasons = "\n".join(failure.sentence() for failure in self.failures)
            raise NothingToPublish(f"None of the reports could be read, so nothing was published:\n{reasons}")
        hint = (
            " Entries without a file can be fetched with `klachtenatlas fetch`." if self.catalogue.not_fetched else ""
        )
        raise NothingToPublish(f"There is no PDF under {self.catalogue.root}, so nothing was published.{hint}")

    def reconcile(self) -> None:
        """What the reports' own arithmetic contradicts."""
        self.findings = Parts(self.parts, self.store).findings()

    def put_together(self) -> None:
        """The tables of the dataset: the small ones, and how the large ones are made from the parts."""
        assert self.findings is not None
        parts = Parts(self.parts, self.store)
        self.tables, self.compared = assemble(parts, self.failures, self.findings)
        unread = {failure.id for failure in self.failures} | {entry.id for entry in self.catalogue.not_fetched}
        corrected = parts.gathered("observations", {record.report for record in self.corrections})
        corrections, outlived = published_corrections(self.corrections, corrected, unread)
        self.tables["corrections"] = corrections
        self.failures.extend(outlived)
        self._leave_out(parts, unread)

    def _leave_out(self, parts: Parts, unread: set[str]) -> None:
        """The cases that somebody asked to be removed."""
        import pandas as pd

        from schemas.tables import concat, conform

        tables = self.tables
        cases = parts.gathered("cases", {record.report for record in self.removals.records})
        kept, said, lost = without_removed(cases, self.removals.records, unread)
        self.failures.extend(lost)
        if not said:
            return
        gone = cases[~cases["case_id"].isin(kept["case_id"])]
        less = tables["reports"]["report_id"].map(gone["report_id"].value_counts()).fillna(0).astype("Int64")
        tables["reports"]["cases"] -= less
        tables["problems"] = concat("problems", [tables["problems"], conform("problems", pd.DataFrame(said))])
        self.left_out = frozenset(gone["case_id"])

    def slices(self) -> Iterator[Slice]:
        """The rows of the large tables, some reports at a time."""
        from publish.large import Slice
        from publish.personal import with_small_counts

        assert self.compared is not None
        parts = Parts(self.parts, self.store)
        for batch, compared in zip(parts.batches(), self.compared, strict=True):
            cases = batch.frames["cases"]
            frames = {
                "observations": with_small_counts(batch.frames["observations"]),
                "cases": cases[~cases["case_id"].isin(list(self.left_out))],
                "labels": batch.frames["labels"],
                "comparability": compared,
            }
            yield Slice(frames, batch.page_sizes, parts.crops(batch))

    def write(self, out: Path) -> None:
        """The tables checked against their schemas and each other, then the files."""
        from flows.publication import Content, write
        from publish.personal import notice

        parts = Parts(self.parts, self.store)
        privacy = notice(len(self.removals.records), self.removals.not_personal)
        made_of = [
            (part.entry, *(kept and kept.key for kept in (part.frames, part.findings, part.crops, part.strips)))
            for part in parts.in_order()
        ]
        identity = key_of(made_of, sorted(self.left_out))
        content = Content(self.tables, identity, self.slices, parts.strips())
        with saying_why(out):
            write(content, out, self.catalogue.root, self.store, privacy)


@contextlib.contextmanager
def saying_why(out: Path) -> Iterator[None]:
    """What keeps the block from writing the folder `out` (a full disk, say) becomes NothingToPublish."""
    from publish.database import DatabaseError

    try:
        yield
    except (OSError, DatabaseError) as error:
        words = str(error).rstrip(".")
        free = shutil.disk_usage(next(path for path in (out, *out.resolve().parents) if path.exists())).free
        raise NothingToPublish(
            f"The dataset could not be written to {out}: {words}. {free / 1e6:.0f} MB are free there. What was "
            "published is as it was. Make room, or mend what is wrong, and run it again: what was read is kept."
        ) from error


def _fault(report_id: str, error: object) -> str:
    words = " ".join(str(error).split())[:300] or type(error).__name__
    return f"{report_id}: {type(error).__name__}: {words.rstrip('.')}. This is a fault of the program; report it."
