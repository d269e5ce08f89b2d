"""What stewards say of contradictions and of pages that were not read: kept in two files beside the reports.

A publisher's mistake becomes a record in `corrections.yaml`, published beside the number and never instead of it.
`verdicts.tsv` keeps every verdict in order of age, those taken back too; its rows `misread` are the extraction report:
the places where the reader is to be mended.
"""

from __future__ import annotations

import contextlib
import csv
import io
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import yaml

from ontology.decisions import DecisionError
from review.dataset import Dataset, Finding, Number, Problem
from review.journal import locked
from schemas.files import write_atomically

Verdict = Literal["mistake", "misread", "no_contradiction", "nothing_to_read", "withdrawn"]
VERDICTS: tuple[Verdict, ...] = ("mistake", "misread", "no_contradiction", "nothing_to_read", "withdrawn")
CORRECTIONS, FILE = "corrections.yaml", "verdicts.tsv"
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Said:
    """One verdict. `about` is a finding's id, or the place of a problem; `place` the observation that is wrong."""

    at: str
    by: str
    verdict: Verdict
    about: str
    report_id: str
    page: str
    place: str = ""
    printed: str = ""
    correct: str = ""
    note: str = ""


class Verdicts:
    """The verdicts beside the reports in one folder."""

    def __init__(self, raw: Path) -> None:
        self.raw = raw
        self._read: tuple[int, tuple[Said, ...]] | None = None

    def all(self) -> tuple[Said, ...]:
        """Every verdict, oldest first; raises DecisionError naming the line that cannot be read."""
        path = self.raw / FILE
        try:
            now = path.stat().st_mtime_ns
        except OSError:
            return ()
        if self._read is None or self._read[0] != now:
            self._read = (now, _read(path))
        return self._read[1]

    def holding(self) -> dict[str, Said]:
        """The last verdict on each finding or problem, unless it was taken back."""
        last = {said.about: said for said in self.all()}
        return {about: said for about, said in last.items() if said.verdict != "withdrawn"}

    def misread(self) -> list[Said]:
        """The extraction report: what is marked as misread and not taken back."""
        return [said for said in self.holding().values() if said.verdict == "misread"]

    def on_finding(self, finding: Finding, verdict: Verdict, by: str, note: str) -> None:
        """Records that a finding is our misreading, or no contradiction."""
        self._say(finding.finding_id, finding.report_id, finding.page, verdict, by, note)

    def on_problem(self, problem: Problem, verdict: Verdict, by: str, note: str) -> None:
        """Records that something on a page should have been read, or that there is nothing to read."""
        self._say(problem.key, problem.report_id, problem.page, verdict, by, note or problem.what)

    def correct(self, dataset: Dataset, finding: Finding, number: Number, value: float, by: str, reason: str) -> None:
        """Records a publisher's mistake, and the correction that is published beside the number."""
        with self._changing() as said:
            record = {
                "report": finding.report_id,
                "place": place_of(dataset, number),
                "printed": number.printed,
                "correct": _plain(value),
                "reason": reason or finding.message,
                "source": _source(finding.finding_id),
                "who": by,
                "when": datetime.now(UTC).date(),
            }
            path = self.raw / CORRECTIONS
            before = path.read_text(encoding="utf-8") if path.exists() else "corrections:\n"
            known = (yaml.safe_load(before) or {}).get("corrections") or []
            if any((r.get("report"), r.get("place")) == (record["report"], record["place"]) for r in known):
                raise DecisionError(
                    f"{CORRECTIONS} already corrects this number. Take that record back first, or edit it."
                )
            write_atomically(path, _with(before, record))
            said.append(
                Said(
                    _now(),
                    by,
                    "mistake",
                    finding.finding_id,
                    finding.report_id,
                    str(number.page),
                    number.observation_id,
                    number.printed,
                    f"{value:g}",
                    reason,
                )
            )

    def take_back(self, about: str, by: str) -> None:
        """Takes the last verdict back, and the correction that it wrote."""
        last = self.holding().get(about)
        if last is None:
            raise DecisionError("There is no verdict here to take back.")
        with self._changing() as said:
            if last.verdict == "mistake":
                self._uncorrect(last)
            said.append(Said(_now(), by, "withdrawn", about, last.report_id, last.page, last.place))

    def _uncorrect(self, last: Said) -> None:
        path = self.raw / CORRECTIONS
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        blocks = text.split("\n- ")
        kept = [b for b in blocks[1:] if (yaml.safe_load("- " + b) or [{}])[0].get("source") != _source(last.about)]
        if len(kept) < len(blocks) - 1:
            write_atomically(path, "\n- ".join([blocks[0], *kept]).rstrip("\n") + "\n")

    def _say(self, about: str, report_id: str, page: int | None, verdict: Verdict, by: str, note: str) -> None:
        with self._changing() as said:
            said.append(Said(_now(), by, verdict, about, report_id, str(page or ""), note=note))

    @contextlib.contextmanager
    def _changing(self) -> Iterator[list[Said]]:
        with _LOCK, locked(self.raw):
            rows = list(self.all())
            yield rows
            _write(self.raw / FILE, rows)


def place_of(dataset: Dataset, number: Number) -> dict[str, object]:
    """Where a number stands, in words that a later build finds again where they name one number only; else its id."""
    words: dict[str, object] = {"page": number.page, "table": number.table_title, "row": number.row_label}
    words |= {"column": number.column_label, "organisation": number.organisation}

    def same(other: Number) -> bool:
        return (other.report_id, other.page, other.table_title, other.row_label, other.column_label) == (
            number.report_id, number.page, number.table_title, number.row_label, number.column_label,
        )  # fmt: skip

    if number.kind == "cell" and sum(map(same, dataset.numbers.values())) == 1:
        return {word: said for word, said in words.items() if said != ""}
    return {"observation": number.observation_id}


def _source(finding_id: str) -> str:
    return f"the report itself; finding {finding_id}"


def _with(text: str, record: Mapping[str, object]) -> str:
    """The text of corrections with a record more at its end; comments and order stay as they are."""
    block = yaml.safe_dump([dict(record)], sort_keys=False, allow_unicode=True, width=110)
    opening = text.rstrip("\n").removesuffix("[]").rstrip()
    return f"{opening}\n{block}"


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _read(path: Path) -> tuple[Said, ...]:
    names = [f.name for f in fields(Said)]
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t"), 2):
            if row.get("verdict") not in VERDICTS or any(row.get(n) is None for n in names):
                raise DecisionError(f"{path.name}, line {number} cannot be read. Correct that line.")
            found.append(Said(**{n: row[n] for n in names}))  # type: ignore[arg-type]
    return tuple(found)


def _write(path: Path, rows: Sequence[Said]) -> None:
    names = [f.name for f in fields(Said)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(names)
    writer.writerows([" ".join(str(getattr(row, n)).split()) for n in names] for row in rows)
    write_atomically(path, out.getvalue())
