"""`python -m benchmarks.layouts`: generate documents of unseen layouts, set a report again, score a reader on them.

generate  --n 60 --seed 1 --out DIR     random tables in random layouts, each PDF with its truth
antwerpen --out DIR                     one published report in other layouts, as a folder that `build` takes
score DIR [--tables JSONS] [--whole]    how well the reader, or a folder of Table JSON, does on such a folder
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import time
from pathlib import Path

from benchmarks.layouts import generate, model, score, tablejson
from benchmarks.layouts.model import Truth
from benchmarks.layouts.reading import read_tables
from schemas.printed import PrintedReport


def main() -> None:
    """Runs one command."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.layouts", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("generate", help="write N documents with their truth")
    make.add_argument("--n", type=int, default=60)
    make.add_argument("--seed", type=int, default=1)
    make.add_argument("--out", type=Path, required=True)
    again = commands.add_parser("antwerpen", help="set the shared report again in other layouts")
    again.add_argument("--out", type=Path, required=True, help="outside the project: the report's text is not ours")
    again.add_argument("--html", action="store_true", help="write HTML instead, for a program that prints it")
    again.add_argument(
        "--browser", action="store_true", help="print the style sheets for a browser by Chromium instead"
    )
    again.add_argument("--only", default="", help="only the layout whose name begins so")
    again.add_argument("--draws", metavar="FIRST-LAST", help="house styles drawn at random, by their numbers, instead")
    again.add_argument(
        "--kinds", metavar="N", help="two `chosen` layouts of each hard kind, or number N drawn of each, instead"
    )
    judge = commands.add_parser("score", help="read the documents of a folder and score the reading")
    judge.add_argument("folder", type=Path)
    judge.add_argument("--tables", type=Path, help="score the Table JSON files of this folder instead of reading")
    judge.add_argument("--whole", action="store_true", help="read sections, prose and cases too, not the tables alone")
    judge.add_argument("--worst", type=int, default=10, help="how many documents to name with their losses")
    judge.add_argument("--only", default="", help="only documents with a trait that contains this")
    judge.add_argument("--markdown", type=Path, help="write the table of scores here")
    given = parser.parse_args()
    if given.command == "generate":
        truths = generate.generate(given.n, given.seed, given.out)
        print(f"{len(truths)} documents in {given.out}, {sum(len(t.labelled) for t in truths)} numbers")
    elif given.command == "antwerpen":
        _antwerpen(given)
    else:
        _score(given)


def _antwerpen(given: argparse.Namespace) -> None:
    from benchmarks.layouts import (
        antwerpen,
        antwerpen_drawn,
        antwerpen_html,
        antwerpen_kinds,
        antwerpen_typst,
        antwerpen_word,
    )

    out, only, draws = given.out, given.only, given.draws
    shared = antwerpen.shared_folder()
    if shared is None:
        sys.exit("The shared corpus was not found; set KLACHTENATLAS_SHARED to its folder.")
    report = antwerpen.load(shared)
    out.mkdir(parents=True, exist_ok=True)
    if given.html or given.browser:
        for sheet in antwerpen_html.BROWSER_SHEETS if given.browser else antwerpen_html.SHEETS:
            (out / f"{sheet}.html").write_text(antwerpen_html.page(report, sheet), encoding="utf-8")
            if given.browser:
                antwerpen_html.print_by_browser(out / f"{sheet}.html")
        if given.browser:
            _catalogue(out)
        return
    if given.kinds is not None:
        settings = antwerpen_kinds.settings(report, given.kinds, only)
    elif draws is not None:
        first, _, last = draws.partition("-")
        settings = antwerpen_drawn.settings(report, range(int(first), int(last or first) + 1))
    else:
        settings = (
            antwerpen_typst.typeset(report, house) for house in antwerpen_typst.HOUSES if house.name.startswith(only)
        )
        if "e-word".startswith(only):
            settings = itertools.chain(settings, [antwerpen_word.typeset(report)])
    for one in settings:
        (out / f"{one.name}.pdf").write_bytes(one.pdf)
        model.save(one.truth, out / f"{one.name}.truth.json")
        places = {"tables": {name: {"pages": pages} for name, pages in one.pages.items()}}
        (out / f"{one.name}.places.json").write_text(json.dumps(places, indent=1), encoding="utf-8")
        print(f"{one.name}: {one.truth.pages} pages, {len(one.truth.labelled)} numbers in tables")
    _catalogue(out)


def _catalogue(out: Path) -> None:
    from benchmarks.layouts.antwerpen import catalogue_entry

    entries = "".join(catalogue_entry(path.stem) for path in sorted(out.glob("*.pdf")))
    (out / "catalogue.yaml").write_text(f"reports:\n{entries}", encoding="utf-8")


def _score(given: argparse.Namespace) -> None:
    scored = []
    began = time.monotonic()
    for path in sorted(given.folder.glob("*.truth.json")):
        truth = model.load(path)
        if not given.only or any(given.only in trait for trait in truth.traits):
            scored.append((truth, score.score(truth, _reading(given, truth))))
    if not scored:
        sys.exit(
            f"No document with its truth in {given.folder}; write some with `python -m benchmarks.layouts generate`."
        )
    table = score.markdown(score.by_trait(scored))
    print(table)
    print("\n".join(score.worst(scored, given.worst)))
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
    if given.markdown is not None:
        given.markdown.write_text(table, encoding="utf-8")


def _reading(given: argparse.Namespace, truth: Truth) -> PrintedReport:
    if given.tables is not None:
        return tablejson.load((given.tables / truth.file).with_suffix(".json"), truth.language)
    if given.whole:
        from extractors.report import read_report

        return read_report(given.folder / truth.file, truth.language)
    return read_tables(given.folder / truth.file, truth.language)


if __name__ == "__main__":
    main()
