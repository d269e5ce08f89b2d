"""`python -m benchmarks.government`: generates pages as agencies set them, and scores our reader on them."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.government import documents, measure


def main() -> None:
    """Runs one command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.government", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("generate", help="write documents and their truth")
    make.add_argument("--n", type=int, default=40)
    make.add_argument("--seed", type=int, default=1)
    make.add_argument("--out", type=Path, required=True)
    score = commands.add_parser("score", help="read the documents of a folder and score the tables")
    score.add_argument("folder", type=Path)
    score.add_argument("--verbose", action="store_true", help="each document's score")
    given = parser.parse_args()
    if given.command == "generate":
        documents.generate(given.n, given.seed, given.out)
    else:
        print(measure.report(measure.measured(given.folder), verbose=given.verbose))


if __name__ == "__main__":
    main()
