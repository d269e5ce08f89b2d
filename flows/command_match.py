"""`klachtenatlas match`: labels to concepts, without a PDF."""

from __future__ import annotations

from pathlib import Path

from flows.errors import CommandError


def match_tsv(file: Path) -> str:
    """The labels of a TSV file with their concepts, as TSV; raises CommandError for a file of another kind."""
    from ontology.decisions import load
    from ontology.matching import LabelFileError, Matcher, match_file, write_rows

    try:
        columns, rows = match_file(file, Matcher(decisions=load()))
    except LabelFileError as error:
        raise CommandError(str(error), 2) from error
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}. Check its path.", 2) from error
    return write_rows(columns, rows)
