"""`klachtenatlas serve` and `review import`: the matcher for OpenRefine's users, and their decisions back."""

from __future__ import annotations

from pathlib import Path

from flows.errors import CommandError

_WRONG_USAGE = 2


def serve_matcher(port: int, host: str, decisions: Path | None) -> None:
    """Serves until it is stopped; raises CommandError when the address is taken or a file of decisions is not sound."""
    from ontology.decisions import DecisionError
    from review.openrefine.server import serve
    from review.server import CannotServe

    try:
        serve(port=port, host=host, decisions=decisions)
    except (CannotServe, DecisionError) as error:
        raise CommandError(str(error), _WRONG_USAGE) from error


def import_decisions(file: Path, city: str, by: str, decisions: Path | None, *, supersede: bool) -> tuple[str, bool]:
    """Records what OpenRefine exported; gives what happened, in words, and whether every row was taken."""
    from datetime import date

    from ontology.decisions import FOLDER, DecisionError
    from ontology.scheme import load_scheme
    from review.journal import Journal
    from review.openrefine.imported import NotImported, import_file
    from review.queue import slug

    if city != slug(city):
        raise CommandError(f"--city {city!r}: write it as the files of decisions do, {slug(city)}.", _WRONG_USAGE)
    journal = Journal(decisions or FOLDER, load_scheme())
    try:
        done = import_file(file, city, journal, by=by, today=date.today(), supersede=supersede)
    except (NotImported, DecisionError) as error:
        raise CommandError(str(error), _WRONG_USAGE) from error
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}. Check its path.", _WRONG_USAGE) from error
    lines = [
        f"{len(done.recorded)} decisions recorded in {city}.sssom.tsv; {done.known} were recorded before, "
        f"{done.undecided} rows have no concept, {len(done.refused)} were refused."
    ]
    lines += [f"{file.name}, line {line}: {why}" for line, why in done.refused]
    return "\n".join(lines), not done.refused
