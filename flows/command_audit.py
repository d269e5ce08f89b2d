"""`klachtenatlas review audit`: people's decisions beside what the matcher would have said."""

from __future__ import annotations

import csv
from pathlib import Path

from flows.errors import CommandError


def audit_text(data: Path, folder: Path | None) -> str:
    """Every decision that the matcher would have contradicted or not found, and those that no label uses any more."""
    from ontology.audit import held_against, without_labels
    from ontology.decisions import FOLDER, DecisionError, load
    from ontology.matching import Matcher

    labels = data / "labels.csv"
    if not labels.is_file():
        raise CommandError(f"{data} holds no built dataset; run `klachtenatlas build` or name its folder (--data).", 2)
    try:
        decisions = load(folder or FOLDER)
    except DecisionError as error:
        raise CommandError(str(error), 2) from error
    if not len(decisions):
        return "Nobody has decided a label yet."
    with labels.open(encoding="utf-8", newline="") as file:
        unused = without_labels(decisions, csv.DictReader(file))
    held = held_against(decisions, Matcher())
    lines = [
        f"{len(held)} decisions hold; the matcher alone would have said the same of {sum(h.agrees for h in held)}."
    ]
    for title, wanted in (("It would have been sure of something else:", True), ("It would have guessed:", False)):
        other = [h for h in held if not h.agrees and h.contradicts is wanted]
        lines += ["", title] if other else []
        for h in other:
            said = f"{h.said.concept or 'nothing'} ({h.said.status}, {h.said.confidence:.2f})"
            lines.append(f"  {h.decision.label}: decided {h.decision.concept or 'no concept'}, would have said {said}")
    lines += ["", "No label of the dataset uses these any more:"] if unused else []
    lines += [f"  {d.label} ({d.facet}, decided {d.decided_on.isoformat()} by {d.author})" for d in unused]
    return "\n".join(lines) + "\n"
