"""`klachtenatlas review`, its twins in the terminal (`next`, `explain`, `accept`, `undo`), and what goes with them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

RAW = Path("raw_reports")
DATA = Path("normalized")

review_app = typer.Typer(
    help="Open the stewards' page, where labels that wait for a person are decided; or do the same in the terminal.",
    invoke_without_command=True,
    rich_markup_mode=None,
)

RawOption = Annotated[Path, typer.Option("--raw", help="Folder with catalogue.yaml and the PDFs.")]
DataOption = Annotated[Path, typer.Option("--data", help="Folder of a built dataset.")]
DecisionsOption = Annotated[
    Path | None, typer.Option("--decisions", help="Folder of the files of decisions; the project's when not given.")
]
SecondOption = Annotated[
    bool, typer.Option("--second", help="Second opinions: labels that others decided, without what they decided.")
]
ByOption = Annotated[
    str, typer.Option("--by", envvar="KLACHTENATLAS_STEWARD", help="Who decides: a name, initials or an ORCID.")
]
ItemArgument = Annotated[str, typer.Argument(help="Id of a label, or its first characters.", show_default=False)]


@review_app.callback()
def page(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port on this machine's own address.")] = 8765,
    raw: RawOption = RAW,
    data: DataOption = DATA,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; off this machine a token is asked for.")
    ] = "127.0.0.1",
    decisions: DecisionsOption = None,
    browse: Annotated[bool, typer.Option("--browse/--no-browse", help="Open the page in the browser.")] = True,
    second: SecondOption = False,
) -> None:
    """Open the stewards' page, where labels that wait for a person are decided; or do the same in the terminal."""
    if context.invoked_subcommand is None:
        from flows.command_review import serve_review

        serve_review(data, raw, port=port, host=host, decisions=decisions, browse=browse, second=second)


@review_app.command("next")
def next_label(
    city: Annotated[str, typer.Option("--city", help="As the files of decisions name it: antwerpen.")] = "",
    year: Annotated[str, typer.Option("--year", help="Only labels of reports on this year.")] = "",
    organisation: Annotated[str, typer.Option("--organisation", help="Only labels of this body.")] = "",
    facet: Annotated[str, typer.Option("--facet", help="Only labels of this facet.")] = "",
    status: Annotated[
        str, typer.Option("--status", help="As the page names it: waiting, reopened, unsure …")
    ] = "waiting",
    skip: Annotated[int, typer.Option("--skip", min=0, help="Labels to pass over.")] = 0,
    image: Annotated[
        Path | None, typer.Option("--image", help="Draw the label on its page into this file (PNG).")
    ] = None,
    by: ByOption = "",
    raw: RawOption = RAW,
    data: DataOption = DATA,
    decisions: DecisionsOption = None,
    second: SecondOption = False,
) -> None:
    """Show the label with most at stake, with its candidates and what each would change."""
    from flows.command_review import next_label

    wanted = {"city": city, "year": year, "organisation": organisation, "facet": facet, "status": status}
    _put(next_label(data, raw, decisions, second=second, wanted=wanted, by=by, skip=skip, image=image))


@review_app.command()
def explain(
    label: ItemArgument,
    image: Annotated[
        Path | None, typer.Option("--image", help="Draw the label on its page into this file (PNG).")
    ] = None,
    raw: RawOption = RAW,
    data: DataOption = DATA,
    decisions: DecisionsOption = None,
) -> None:
    """Say all that is known of one label: its numbers, candidates, consequences, history."""
    from flows.command_review import explain_label

    _put(explain_label(data, raw, decisions, label, image))


@review_app.command()
def accept(
    label: ItemArgument,
    answer: Annotated[str, typer.Argument(help="A concept's key, none, not-a-category, unsure or holds.")],
    seen: Annotated[str, typer.Option("--seen", help="The number that was looked at, as `next` names it.")],
    by: ByOption = "",
    relation: Annotated[
        str, typer.Option("--relation", help="The concept is the same, broader, narrower or related.")
    ] = "same",
    organisation: Annotated[str | None, typer.Option("--organisation", help="Only for this body.")] = None,
    year: Annotated[int | None, typer.Option("--year", help="Only for reports on this year.")] = None,
    because: Annotated[str, typer.Option("--because", help="Why, for those who ask in some years.")] = "",
    raw: RawOption = RAW,
    data: DataOption = DATA,
    decisions: DecisionsOption = None,
    second: SecondOption = False,
) -> None:
    """Record what a label means."""
    from flows.command_review import accept_label
    from review.terminal import Answer

    given = Answer(answer, by, seen, relation, organisation, year, because)
    _put(accept_label(data, raw, decisions, label, given, second=second))


@review_app.command()
def undo(
    label: ItemArgument,
    by: ByOption = "",
    raw: RawOption = RAW,
    data: DataOption = DATA,
    decisions: DecisionsOption = None,
) -> None:
    """Take the last decision on a label back; it stays in the history."""
    from flows.command_review import undo_label

    _put(undo_label(data, raw, decisions, label, by))


@review_app.command()
def agreement(raw: RawOption = RAW, data: DataOption = DATA, decisions: DecisionsOption = None) -> None:
    """Say how far second opinions agree with the first (Cohen's kappa), for the release notes."""
    from flows.command_review import agreement

    _put(agreement(data, raw, decisions))


@review_app.command()
def audit(data: DataOption = DATA, decisions: DecisionsOption = None) -> None:
    """Say what the matcher would have said of each decided label, and which decisions no label uses any more."""
    from flows.command_audit import audit_text

    _put(audit_text(data, decisions))


@review_app.command("import")
def import_decisions(
    file: Annotated[Path, typer.Argument(help="TSV with the columns label and concept, as OpenRefine exports it.")],
    city: Annotated[str, typer.Option("--city", help="As the files of decisions name it: antwerpen.")],
    by: ByOption = "",
    supersede: Annotated[
        bool, typer.Option("--supersede", help="Also record what contradicts a decision that holds.")
    ] = False,
    decisions: DecisionsOption = None,
) -> None:
    """Record decisions that were taken in OpenRefine; exit status 1 when a row was refused."""
    from flows.command_serve import import_decisions

    text, all_taken = import_decisions(file, city, by, decisions, supersede=supersede)
    _put(text)
    if not all_taken:
        raise typer.Exit(1)


def _put(text: str) -> None:
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
