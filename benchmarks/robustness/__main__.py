"""`python -m benchmarks.robustness COMMAND`: hostile, broken and odd input; see docs/security.md."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
REPORTS = Path(__file__).parents[2] / "raw_reports"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.robustness", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    kinds = commands.add_parser("kinds", help="hostile PDFs, one a kind, each read")
    odd = commands.add_parser("odd", help="the PDFs of a folder, each read: other programs' test files")
    odd.add_argument("--folder", type=Path, action="append", required=True, help="PDFs at any depth; repeatable")
    odd.add_argument("--seconds", type=float, default=60, help="files that take longer are counted")
    odd.add_argument("--first", type=int, default=0, help="of every --step files the number to begin with")
    odd.add_argument("--step", type=int, default=1, help="read one file in so many")
    build = commands.add_parser("build", help="the PDFs of a folder, built with two good reports beside them")
    build.add_argument("--folder", type=Path, action="append", required=True, help="PDFs at any depth; repeatable")
    thick = commands.add_parser("thick", help="the thickest honest report, under the default limits")
    thick.add_argument("--pages", type=int, default=500)
    thick.add_argument("--megabytes", type=float, default=110)
    mutate = commands.add_parser("mutate", help="damaged copies of the bundled reports")
    mutate.add_argument("--count", type=int, default=2000)
    mutate.add_argument("--first", type=int, default=0, help="number of the first, to go on with an earlier run")
    soak = commands.add_parser("soak", help="mutants and kinds over and over in one pool: does anything grow?")
    soak.add_argument("--minutes", type=float, default=60)
    parsers = commands.add_parser("parsers", help="coverage-guided fuzzing (atheris) of the parsers of text")
    parsers.add_argument("--seconds", type=int, default=300, help="for each parser")
    parsers.add_argument("--only", help="one parser")
    for command in (kinds, odd, build, thick, mutate, soak, parsers):
        command.add_argument("--work", type=Path, required=True, help="a folder for files")
    for command in (kinds, build, mutate, soak):
        command.add_argument("--jobs", type=int, default=2)
        command.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    RESULTS.mkdir(exist_ok=True)
    reports = sorted(REPORTS.glob("*.pdf"))

    def say(text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    if given.command == "kinds":
        from benchmarks.robustness import kinds as made
        from benchmarks.robustness.soak import read_kinds

        text = read_kinds(made.write(given.work / "kinds"), given.jobs, say)
    elif given.command == "odd":
        from benchmarks.robustness.odd import read_odd

        paths = _pdfs(given.folder)
        text = read_odd(paths[given.first :: given.step], given.work, given.seconds, say)
    elif given.command == "build":
        from benchmarks.robustness.beside import build_beside

        paths = _pdfs(given.folder)
        text = build_beside(paths, REPORTS / "catalogue.yaml", given.work / "build", given.jobs)
    elif given.command == "thick":
        from benchmarks.robustness.thick import read_thick

        text = read_thick(given.work / "thick.pdf", given.pages, given.megabytes, say)
    elif given.command == "mutate":
        import logging

        logging.disable(logging.ERROR)  # the second parser has much to say about damaged files
        from benchmarks.robustness import mutate as mutation

        text = mutation.run(
            reports, given.count, given.seed, given.work / "mutants", given.jobs, say, given.first
        ).text()
    elif given.command == "soak":
        from benchmarks.robustness.soak import run

        text = run(reports, given.minutes, given.seed, given.work / "soak", given.jobs, say)
    else:
        from benchmarks.robustness.parsers import fuzz_all

        text = fuzz_all(given.work / "parsers", given.seconds, given.only, say)
    (RESULTS / f"{given.command}.md").write_text(text, encoding="utf-8")
    print(text)
    return 0


def _pdfs(folders: list[Path]) -> list[Path]:
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix.lower() == ".pdf"]


if __name__ == "__main__":
    sys.exit(main())
