"""`python -m benchmarks.tables`: how well tables are read, what their confidence is worth, what reading costs.

icdar [--data DIR] [--peers]   our reader, and others, on the ICDAR 2013 table competition's documents
confidence [--fit]             whether tables given 0.9 are right nine times in ten; --fit learns the map anew
cost                           CPU seconds and memory against the number of pages
pictures                       the pictures of docs/tables.md, drawn anew
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.tables import scorer


def main() -> None:
    """Runs one command."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.tables", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    icdar = commands.add_parser("icdar", help="score on the competition's documents")
    icdar.add_argument("--data", type=Path, help="folder of the documents; default: icdar2013 of the shared material")
    icdar.add_argument("--peers", action="store_true", help="run the other readers too")
    confidence = commands.add_parser("confidence", help="measure the confidence of tables")
    confidence.add_argument("--data", type=Path, help="folder of the competition's documents")
    confidence.add_argument("--documents", type=int, default=60, help="generated documents a seed")
    confidence.add_argument("--fit", action="store_true", help="learn the map anew from the training seeds")
    confidence.add_argument("--keep", type=Path, help="folder to keep the generated documents in")
    cost = commands.add_parser("cost", help="measure time and memory against length")
    cost.add_argument("--pages", type=int, nargs="+", default=[10, 100, 1000])
    commands.add_parser("pictures", help="draw the pictures of docs/tables.md anew")
    given = parser.parse_args()
    if given.command == "icdar":
        from benchmarks.tables import icdar as measure

        path = measure.save(measure.measure(given.data or scorer.shared_folder() / "icdar2013", peers=given.peers))
        print(f"Written to {path.with_suffix('.json')} and {path}")
    elif given.command == "confidence":
        from benchmarks.tables import calibration

        data = given.data or scorer.shared_folder() / "icdar2013"
        calibration.main(data, given.documents, fit_anew=given.fit, keep=given.keep)
    elif given.command == "pictures":
        from benchmarks.tables import pictures

        pictures.main()
    else:
        from benchmarks.tables import cost as lengths

        lengths.main(given.pages)


if __name__ == "__main__":
    main()
