"""`python -m benchmarks.cities make|scale|drift|inbox|kill`: synthetic cities; docs/operator.md has the results."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.cities import drift, inbox, kill, make, scale

RESULTS = Path(__file__).parent / "results"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cities", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make", help="write reports")
    scaling = commands.add_parser("scale", help="builds of more and more reports")
    scaling.add_argument("--counts", default="25,100", help="numbers of reports, by commas")
    scaling.add_argument("--engines", default="local,dask")
    scaling.add_argument("--jobs", type=int, default=2)
    drifting = commands.add_parser("drift", help="a second year with other labels, moved tables and slips")
    filling = commands.add_parser("inbox", help="a second year of many cities as PDFs without catalogue entries")
    filling.add_argument("--jobs", type=int, default=2)
    killing = commands.add_parser("kill", help="builds and updates killed at random moments")
    killing.add_argument("--times", type=int, default=25)
    killing.add_argument("--updates", type=int, default=5)
    for command in (making, scaling, drifting, filling, killing):
        command.add_argument("--cities", type=int, default=50)
        command.add_argument("--pages", type=int, default=30)
        command.add_argument("--seed", type=int, default=1)
        command.add_argument("--work", type=Path, required=True, help="a folder for reports and builds")
    making.add_argument("--years", type=int, default=2)
    given = parser.parse_args()
    RESULTS.mkdir(exist_ok=True)
    if given.command == "make":
        make.make(given.work, make.reports(given.cities, given.years, given.seed), given.pages, given.seed)
    elif given.command == "scale":
        counts = [int(count) for count in given.counts.split(",")]
        raw = given.work / f"raw-{given.seed}-{given.pages}"
        years = -(-max(counts) // given.cities)
        make.make(raw, make.reports(given.cities, years, given.seed), given.pages, given.seed)
        found = []
        for engine in given.engines.split(","):
            for count in counts:
                found.append(scale.measure(raw, count, given.work, engine, given.jobs))
                print(scale.table(found[-1:]), file=sys.stderr, flush=True)
        scale.keep(found, RESULTS / "scale.json")
        print(scale.table(found))
    elif given.command == "drift":
        print(drift.measure(given.work, given.cities, given.seed, given.pages, RESULTS / "drift.md"))
    elif given.command == "inbox":
        print(inbox.measure(given.work, given.cities, given.seed, given.pages, given.jobs, RESULTS / "inbox.md"))
    else:
        how_often = given.times, given.updates
        print(kill.measure(given.work, given.cities, given.seed, given.pages, *how_often, RESULTS / "kill.md"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
