"""`python -m benchmarks.layouts`: generate documents of unseen layouts, score a reader on them."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from benchmarks.layouts import generate, model, score
from benchmarks.layouts.reading import read_tables


def main() -> None:
    """Runs one command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.layouts", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("generate", help="write N documents with their truth")
    make.add_argument("--n", type=int, default=60)
    make.add_argument("--seed", type=int, default=1)
    make.add_argument("--out", type=Path, required=True)
    judge = commands.add_parser("score", help="read the documents of a folder and score the reading")
    judge.add_argument("folder", type=Path)
    judge.add_argument("--worst", type=int, default=10, help="how many documents to name with their losses")
    judge.add_argument("--only", default="", help="only documents with a trait that contains this")
    judge.add_argument("--markdown", type=Path, help="write the table of scores here")
    given = parser.parse_args()
    if given.command == "generate":
        truths = generate.generate(given.n, given.seed, given.out)
        print(f"{len(truths)} documents in {given.out}, {sum(len(t.labelled) for t in truths)} numbers")
    else:
        _score(given.folder, given.only, given.worst, given.markdown)


def _score(folder: Path, only: str, count: int, target: Path | None) -> None:
    scored = []
    began = time.monotonic()
    for path in sorted(folder.glob("*.truth.json")):
        truth = model.load(path)
        if only and not any(only in trait for trait in truth.traits):
            continue
        report = read_tables(folder / truth.file, truth.language)
        scored.append((truth, score.score(truth, report)))
    if not scored:
        sys.exit(f"No document with its truth in {folder}; write some with `python -m benchmarks.layouts generate`.")
    table = score.markdown(score.by_trait(scored))
    print(table)
    print("\n".join(score.worst(scored, count)))
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
    if target is not None:
        target.write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
