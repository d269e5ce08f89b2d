"""`python -m facsimiles [REPORT_ID ...] --out raw_reports`: typesets the bundled facsimiles.

Writes `<out>/<report id>.pdf`, prints each file's SHA-256, and puts it in the catalogue of that folder where the file
has an entry; nothing else in the catalogue changes.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import yaml

from facsimiles import content, reportlab_setter, typst_setter

HERE = Path(__file__).parent
SETTERS = {"typst": typst_setter.typeset, "reportlab": reportlab_setter.typeset}


def documents(ids: Sequence[str] = ()) -> list[content.Document]:
    """The documents with these ids, or all; raises ContentError for an id without a content file."""
    marks = yaml.safe_load((HERE / "marks.yaml").read_text(encoding="utf-8"))
    known = {path.stem: path for path in sorted((HERE / "content").glob("*.yaml"))}
    unknown = [name for name in ids if name not in known]
    if unknown:
        raise content.ContentError(f"No content for {', '.join(unknown)}; known are {', '.join(known)}.")
    return [content.read(known[name], marks) for name in ids or known]


def typeset(document: content.Document) -> bytes:
    """The PDF of `document`, set by the producer that its content file names."""
    return SETTERS[document.producer](document)


def with_checksum(catalogue: str, file: str, sha256: str) -> str:
    """The text of a catalogue with the checksum of `file` replaced; unchanged when it has no entry with a checksum."""
    pattern = re.compile(rf"(^ +file: {re.escape(file)}\n +sha256: )[0-9a-f]*$", re.MULTILINE)
    return pattern.sub(rf"\g<1>{sha256}", catalogue)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when all went well, 2 when a content file or an id is wrong."""
    parser = argparse.ArgumentParser(prog="python -m facsimiles", description="Typeset the bundled facsimiles.")
    parser.add_argument("ids", nargs="*", metavar="REPORT_ID", help="which reports; all when none is named")
    parser.add_argument("--out", type=Path, default=Path("raw_reports"), help="folder for the PDFs")
    options = parser.parse_args(arguments)
    try:
        for document in documents(options.ids):
            pdf = typeset(document)
            options.out.mkdir(parents=True, exist_ok=True)
            file, sha256 = f"{document.id}.pdf", hashlib.sha256(pdf).hexdigest()
            (options.out / file).write_bytes(pdf)
            catalogue = options.out / "catalogue.yaml"
            if catalogue.is_file():
                before = catalogue.read_text(encoding="utf-8")
                catalogue.write_text(with_checksum(before, file, sha256), encoding="utf-8")
            print(f"{file}  {sha256}  {len(pdf) // 1000} kB")
    except content.ContentError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
