"""The command line. Each command imports what it needs when it runs, so that `--help` answers at once.

Results go to standard output, everything meant for people to standard error. Exit status: 0 all went well; 1 the build
published but some reports failed; 2 wrong usage; 3 nothing could be published or shown.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from flows.cli_ontology import ontology_app
from flows.cli_review import review_app

SOME_FAILED = 1
WRONG_USAGE = 2
NOTHING = 3

app = typer.Typer(
    name="klachtenatlas",
    help="Reads cities' complaint reports (PDF) and publishes one harmonised, traceable dataset.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

RawOption = Annotated[Path, typer.Option("--raw", help="Folder with catalogue.yaml and the PDFs.")]
DataOption = Annotated[Path, typer.Option("--data", help="Folder of a built dataset.")]
OutFile = Annotated[Path | None, typer.Option("--out", help="Write to this file instead of standard output.")]
PdfArgument = Annotated[Path, typer.Argument(help="A PDF.", show_default=False)]
LanguageOption = Annotated[
    str | None, typer.Option("--language", help="nl, fr, de or en; found out from the text when not given.")
]

JobsOption = Annotated[int, typer.Option("--jobs", min=1, max=64, help="Reports read at one time.")]
EngineOption = Annotated[
    str, typer.Option("--engine", help="local, dask (a cluster on this machine), or a Dask scheduler's tcp:// address.")
]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Also fetch from addresses inside this network, which reports have not.")
]
OutFolder = Annotated[Path, typer.Option("--out", help="Folder for the dataset.")]
FetchOption = Annotated[
    bool, typer.Option("--fetch/--no-fetch", help="Ask the catalogue's addresses for new and changed reports.")
]
ReportFolder = Annotated[
    Path | None, typer.Option("--report", help="Folder for the run's report; among the caches when not given.")
]
NotifyOption = Annotated[
    list[str] | None,
    typer.Option("--notify", help="Apprise address that gets the run's report, such as json://host/path; repeatable."),
]

JOBS = min(os.cpu_count() or 1, 8)
WaitOption = Annotated[
    float,
    typer.Option(
        "--wait-for-steward", min=0, metavar="HOURS", help="Pause for so long where labels wait for a person to decide."
    ),
]

RAW = Path("raw_reports")
DATA = Path("normalized")


@app.command()
def build(
    raw: RawOption = RAW,
    out: OutFolder = DATA,
    jobs: JobsOption = JOBS,
    engine: EngineOption = "local",
    wait: WaitOption = 0.0,
) -> None:
    """Read every report under RAW and publish the dataset under OUT."""
    from flows.command_build import run_build

    raise typer.Exit(run_build(raw, out, jobs, engine, wait))


@app.command()
def resume(
    by: Annotated[str, typer.Option("--by", envvar="KLACHTENATLAS_STEWARD", help="Who lets it go on.")] = "",
) -> None:
    """Let a build that waits for stewards go on with what was decided."""
    from flows.stewards import resume
    from flows.store import default_folder

    _say(resume(default_folder(), by))


@app.command()
def update(
    raw: RawOption = RAW,
    out: OutFolder = DATA,
    jobs: JobsOption = JOBS,
    engine: EngineOption = "local",
    fetch: FetchOption = True,
    accept: Annotated[
        bool, typer.Option("--accept", help="Publish although something speaks against it: you have looked.")
    ] = False,
    allow_private: PrivateOption = False,
    report: ReportFolder = None,
    notify: NotifyOption = None,
    wait: WaitOption = 0.0,
) -> None:
    """Look for new and changed reports, build, compare with what is published, and publish or stop."""
    from flows.command_update import plan_of, run_update

    options = {
        "fetch": fetch,
        "accept": accept,
        "allow_private": allow_private,
        "report": report,
        "notify": notify or [],
        "wait_hours": wait,
    }
    raise typer.Exit(run_update(plan_of(raw, out, jobs=jobs, engine=engine, **options)))


@app.command()
def schedule(
    cron: Annotated[str, typer.Option("--cron", help="When, as a cron expression.")] = "0 3 * * 1",
    raw: RawOption = RAW,
    out: OutFolder = DATA,
    jobs: JobsOption = JOBS,
    engine: EngineOption = "local",
    fetch: FetchOption = True,
    allow_private: PrivateOption = False,
    report: ReportFolder = None,
    notify: NotifyOption = None,
    wait: WaitOption = 0.0,
) -> None:
    """Run `update` by the clock on this machine until stopped; no other set-up is needed."""
    from flows.command_update import plan_of, serve

    options = {
        "fetch": fetch,
        "allow_private": allow_private,
        "report": report,
        "notify": notify or [],
        "wait_hours": wait,
    }
    serve(plan_of(raw, out, jobs=jobs, engine=engine, **options), cron)


@app.command()
def tables(
    file: PdfArgument,
    pages: Annotated[str | None, typer.Option("--pages", help="For example 1,3-5; all when not given.")] = None,
    out: OutFile = None,
    debug: Annotated[
        Path | None, typer.Option("--debug", help="Draw what was found on each page into this folder (PNG).")
    ] = None,
    language: LanguageOption = None,
) -> None:
    """Print the tables of one PDF as JSON."""
    from flows.command_read import tables_json

    _put(tables_json(file, pages, language, debug), out)


@app.command()
def cases(file: PdfArgument, out: OutFile = None, language: LanguageOption = None) -> None:
    """Print the narrative cases of one PDF as JSON."""
    from flows.command_read import cases_json

    _put(cases_json(file, language), out)


@app.command()
def match(
    file: Annotated[Path, typer.Argument(help="TSV with the column label, optionally facet, context, language.")],
    out: OutFile = None,
) -> None:
    """Map labels to concepts, without a PDF."""
    from flows.command_match import match_tsv

    _put(match_tsv(file), out)


app.add_typer(review_app, name="review")
app.add_typer(ontology_app, name="ontology")


@app.command()
def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes any free one.")] = 8766,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; off this machine the address holds a token.")
    ] = "127.0.0.1",
    decisions: Annotated[
        Path | None, typer.Option("--decisions", help="Folder of the files of decisions; the project's when not given.")
    ] = None,
) -> None:
    """Serve the matcher to OpenRefine and others (W3C Reconciliation Service 0.2)."""
    from flows.command_serve import serve_matcher

    serve_matcher(port, host, decisions)


@app.command()
def fetch(
    report_ids: Annotated[
        list[str] | None, typer.Argument(help="Ids from the catalogue; all that can be fetched when not given.")
    ] = None,
    raw: RawOption = RAW,
    allow_private: PrivateOption = False,
) -> None:
    """Download catalogued reports and verify them."""
    from flows.fetch import fetch_reports
    from flows.web import Manners

    raise typer.Exit(fetch_reports(raw, report_ids or [], _say, Manners(private=allow_private)))


@app.command()
def explain(
    observation_id: Annotated[str, typer.Argument(help="Key of a row of observations.", show_default=False)],
    data: DataOption = DATA,
    raw: RawOption = RAW,
    image: Annotated[Path | None, typer.Option("--image", help="Write the page with the number marked (PNG).")] = None,
) -> None:
    """Say where a number comes from."""
    from flows.command_data import explanation

    _put(explanation(data, observation_id, raw, image), None)


ForeignOption = Annotated[
    bool, typer.Option("--foreign-code", help="Run the program in a crate although it is not the one installed here.")
]


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="An earlier build: its folder, or a crate.", show_default=False)],
    new: Annotated[Path, typer.Argument(help="A later build: its folder, or a crate.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="For programs: every row, with its causes.")] = False,
    changelog: Annotated[
        str | None, typer.Option("--changelog", help="As the part of CHANGELOG.md for a release on this day.")
    ] = None,
    likely: Annotated[
        bool, typer.Option("--likely", help="Read the causes off the columns that changed; build nothing.")
    ] = False,
    foreign_code: ForeignOption = False,
) -> None:
    """Say what changed between two builds of the dataset, and why, found by swapping one input at a time."""
    from flows.command_compare import difference

    _put(difference(old, new, _say, as_json=as_json, day=changelog, likely=likely, foreign_code=foreign_code), None)


@app.command()
def crate(
    out: Annotated[Path, typer.Option("--out", help="The file to write (ZIP).")] = Path("klachtenatlas-crate.zip"),
    data: DataOption = DATA,
) -> None:
    """Pack a built dataset with all it was made of (reports, program, scheme, decisions) as an RO-Crate."""
    from flows.command_compare import pack_crate

    pack_crate(data, out, _say)


@app.command()
def prove(
    file: Annotated[Path, typer.Argument(help="A crate: the file, or its unpacked folder.", show_default=False)],
    foreign_code: ForeignOption = False,
) -> None:
    """Build a crate's dataset again from the crate alone and compare it byte for byte; exit status 1 if it differs."""
    from flows.command_compare import proof

    text, proved = proof(file, foreign_code=foreign_code)
    _put(text, None)
    raise typer.Exit(0 if proved else SOME_FAILED)


@app.command()
def spreadsheet(
    out: Annotated[Path, typer.Option("--out", help="The file to write.")] = Path("klachtenatlas.xlsx"),
    data: DataOption = DATA,
) -> None:
    """Write a built dataset as an Excel workbook in which no text is run as a formula."""
    from flows.command_data import write_workbook

    write_workbook(data, out)


@app.command()
def publish(
    to: Annotated[
        str,
        typer.Option(
            "--to",
            help="A folder; git:REPOSITORY (a tag); s3://BUCKET/FOLDER or another store that fsspec knows; zenodo, "
            "zenodo:sandbox or zenodo:ADDRESS (with ZENODO_TOKEN set).",
        ),
    ],
    data: DataOption = DATA,
    draft: Annotated[bool, typer.Option("--draft", help="At Zenodo: leave the last step to a person.")] = False,
) -> None:
    """Publish a built dataset elsewhere; run again, it goes on where it stopped and sends nothing twice."""
    from flows.command_publish import publish_dataset

    _say(publish_dataset(data, to, draft=draft))


@app.command()
def findings(
    report_id: Annotated[str | None, typer.Argument(help="One report; all when not given.")] = None,
    data: DataOption = DATA,
    language: Annotated[str, typer.Option("--language", help="Language of the sentences: en or nl.")] = "en",
    publisher: Annotated[
        bool,
        typer.Option("--publisher", help="Write one page for those who published REPORT_ID, HTML and PDF, en and nl."),
    ] = False,
    out: Annotated[Path, typer.Option("--out", help="Folder for the page.")] = Path(),
    raw: RawOption = RAW,
) -> None:
    """List the contradictions found in what was published, or write them up for those who published it."""
    if publisher:
        from flows.command_publisher import publisher_pages

        _put(publisher_pages(data, report_id, raw, out), None)
        return
    from flows.command_data import findings_text

    _put(findings_text(data, report_id, language), None)


@app.command()
def status(raw: RawOption = RAW, data: DataOption = DATA) -> None:
    """Say which reports are catalogued, fetched and built, and what waits for a person."""
    from flows.command_data import status_text

    _put(status_text(raw, data), None)


def main() -> NoReturn:
    """The entry point: runs a command, turns what goes wrong into a sentence and an exit status."""
    signal.signal(signal.SIGTERM, _terminated)
    try:
        status = app(standalone_mode=False)
    except typer.Abort:
        _say("Stopped.")
        sys.exit(130)
    except KeyboardInterrupt:
        _say("Stopped.")
        sys.exit(130)
    except BrokenPipeError:  # `klachtenatlas tables x.pdf | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        sys.exit(_told(error))
    sys.exit(status if isinstance(status, int) else 0)


def _terminated(*_: object) -> NoReturn:
    """Ends in order when asked to: children and the local server are stopped on the way out."""
    sys.exit(128 + signal.SIGTERM)


def _told(error: Exception) -> int:
    """Says what went wrong; a traceback only for those who ask for one."""
    from flows.errors import CommandError
    from schemas.limits import BadLimits

    if os.environ.get("KLACHTENATLAS_DEBUG") == "1":
        import traceback

        traceback.print_exc()
    if hasattr(error, "format_message"):  # click's and typer's own usage errors
        context = getattr(error, "ctx", None)
        usage = f"{context.get_usage()}\n" if context else ""
        _say(f"{usage}{error.format_message()}")
        return WRONG_USAGE
    if isinstance(error, CommandError):
        _say(str(error))
        return error.status
    if isinstance(error, BadLimits):
        _say(str(error))
        return WRONG_USAGE
    words = " ".join(str(error).split())[:500]
    _say(
        f"This should not have happened: {type(error).__name__}: {words}\n"
        "Run the same command with KLACHTENATLAS_DEBUG=1 to see where, and report it."
    )
    return NOTHING


def _put(text: str, out: Path | None) -> None:
    """A result: to standard output, or whole into a file."""
    if out is None:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        sys.stdout.flush()
        return
    from flows.errors import CommandError

    try:
        out.write_text(text if text.endswith("\n") else f"{text}\n", encoding="utf-8", newline="")
    except OSError as error:
        raise CommandError(
            f"{out} cannot be written: {error.strerror}. Give another file with --out.", NOTHING
        ) from error


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
