"""`klachtenatlas ontology`: the scheme for people, and its history."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

ontology_app = typer.Typer(help="The complaint ontology: its page, its migrations.", rich_markup_mode=None)


@ontology_app.command()
def migrations(
    data: Annotated[Path, typer.Option("--data", help="Folder of a built dataset.")] = Path("normalized"),
    decisions: Annotated[
        Path | None, typer.Option("--decisions", help="Folder of the files of decisions; the project's when not given.")
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("--migrations", help="Folder of the migrations; the project's when not given.")
    ] = None,
) -> None:
    """List splits, merges and deprecations with the labels and decisions that each touches; status 1 on a fault."""
    from flows.command_ontology import migrations_text

    text, sound = migrations_text(data, decisions, folder)
    sys.stdout.write(text + "\n")
    if not sound:
        raise typer.Exit(1)


@ontology_app.command()
def page(
    out: Annotated[Path, typer.Option("--out", help="The file to write (HTML).")] = Path("scheme.html"),
) -> None:
    """Write the scheme as one page with search, which needs no network."""
    from flows.command_ontology import write_page

    print(f"{write_page(out)} is written.", file=sys.stderr)
