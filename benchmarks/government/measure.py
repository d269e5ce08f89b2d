"""Scores our reader on generated official pages by the competition's relations, whole and by trait."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.tables import scorer
from benchmarks.tables.peers import ours, pages_in


@dataclass(frozen=True, slots=True)
class Scored:
    """One document: precision, recall, F, pages without a table, such pages with one reported, its traits."""

    name: str
    precision: float
    recall: float
    f: float
    tables: int
    right: int
    bare_pages: int
    false_pages: int
    traits: tuple[str, ...]


def measured(folder: Path) -> list[Scored]:
    """Reads and scores every document of `folder`. Ends the program when the scorer or the documents are missing."""
    judge: Any = scorer.load()
    reader = ours()
    found = []
    for path in scorer.documents(folder):
        read = reader(path)
        predicted = []
        for table in read:
            cells = [(c.row, c.col, c.row + c.rowspan - 1, c.col + c.colspan - 1, c.text) for c in table.spans]
            predicted.append(judge.Table(table.page, cells))
            predicted[-1].compact = True
        one = judge.score_one(str(path), predicted, "official")
        tabled = {t.page for t in judge.gt_for(str(path))[0]}
        bare = pages_in([path]) - len(tabled)
        false = len({t.page for t in read} - tabled)
        right = sum(t["recall"] == 1.0 and t["precision"] == 1.0 for t in one["tables"])
        traits = tuple(path.with_suffix(".traits").read_text(encoding="utf-8").split())
        found.append(Scored(path.stem, one["P"], one["R"], one["F"], one["n_gt"], right, bare, false, traits))
    return found


def harmonic(scored: list[Scored]) -> tuple[float, float, float]:
    """Mean precision, mean recall and their harmonic mean."""
    p = sum(s.precision for s in scored) / len(scored)
    r = sum(s.recall for s in scored) / len(scored)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def report(scored: list[Scored], *, verbose: bool = False) -> str:
    """The result as a Markdown table: all documents, then by trait, worst first."""
    p, r, f = harmonic(scored)
    bare, false = sum(s.bare_pages for s in scored), sum(s.false_pages for s in scored)
    tables, right = sum(s.tables for s in scored), sum(s.right for s in scored)
    lines = [
        f"{len(scored)} documents, {tables} tables, {right} right in every relation; "
        f"precision {p:.3f}, recall {r:.3f}, F1 {f:.3f}; {false} of {bare} pages without a table got one.",
        "",
        "| the document has | documents | F1 |",
        "| --- | --: | --: |",
    ]
    by: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        for trait in one.traits:
            by[trait].append(one)
    shares = {t: harmonic(mine)[2] for t, mine in by.items() if len(mine) >= 3}
    lines += [f"| {t} | {len(by[t])} | {value:.3f} |" for t, value in sorted(shares.items(), key=lambda x: x[1])]
    if verbose:
        lines += ["", *(f"{s.name} P {s.precision:.3f} R {s.recall:.3f} F {s.f:.3f} {s.traits}" for s in scored)]
    return "\n".join(lines)
