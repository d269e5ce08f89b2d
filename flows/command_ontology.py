"""`klachtenatlas ontology`: the scheme's page, and what its migrations touch."""

from __future__ import annotations

import csv
from pathlib import Path

from flows.errors import CommandError

_WRONG_USAGE = 2


def migrations_text(data: Path, decisions: Path | None, folder: Path | None) -> tuple[str, bool]:
    """Every migration with the decisions and published labels that it touches; whether records and scheme agree."""
    from ontology import decisions as files
    from ontology import migrations
    from ontology.scheme import load_scheme

    scheme = load_scheme()
    try:
        recorded = migrations.load(folder or migrations.FOLDER)
        taken = [
            (path.name.removesuffix(".sssom.tsv"), decision)
            for path in sorted((decisions or files.FOLDER).glob("*.sssom.tsv"))
            for decision in files.read(path)
        ]
    except (migrations.MigrationError, files.DecisionError) as error:
        raise CommandError(str(error), _WRONG_USAGE) from error
    labels: list[dict[str, str]] = []
    if (data / "labels.csv").is_file():
        with (data / "labels.csv").open(encoding="utf-8", newline="") as file:
            labels = list(csv.DictReader(file))
    lines = [f"Scheme {scheme.release}: {len(scheme)} concepts, {len(scheme.retired)} out of use."]
    for each in recorded:
        into = f" -> {', '.join(each.into)}" if each.into else ""
        lines += ["", f"{each.name}, release {each.release}, {each.on.isoformat()}: {each.kind}"]
        lines += [f"  {', '.join(each.of)}{into}", f"  {each.why}"]
        lines += [f"  label    {m.label} ({m.language}) -> {m.to or 'no concept'}" for m in each.labels]
        touched = migrations.affected(each, taken, labels)
        lines += [f"  {a.what:8} {a.label} ({a.where}, {a.concept}): {a.becomes}" for a in touched]
    lines += [] if recorded else ["No concept was ever split, merged or taken out of use."]
    wrong = migrations.faults(recorded, scheme)
    lines += ["", "What does not agree with the scheme:", *(f"  {fault}" for fault in wrong)] if wrong else []
    return "\n".join(lines), not wrong


def write_page(out: Path) -> Path:
    """Writes the scheme's page; raises CommandError where that cannot be done."""
    from ontology.page import write
    from ontology.scheme import load_scheme

    try:
        return write(load_scheme(), out)
    except OSError as error:
        raise CommandError(f"{out} cannot be written: {error.strerror}. Give another file with --out.", 3) from error
