"""`klachtenatlas review`: the stewards' page, and its twins in the terminal."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from flows.errors import CommandError

if TYPE_CHECKING:
    from review.desk import Desk
    from review.terminal import Answer

_WRONG_USAGE = 2


def serve_review(
    data: Path, raw: Path, *, port: int, host: str, decisions: Path | None, browse: bool, second: bool
) -> None:
    """Serves the page until it is stopped; raises CommandError when there is no dataset or the address is taken."""
    _built(data)
    from review.server import CannotServe, serve

    try:
        serve(data, raw, port=port, host=host, decisions=decisions, browse=browse, second_opinions=second)
    except CannotServe as error:
        raise CommandError(str(error), _WRONG_USAGE) from error


def next_label(
    data: Path, raw: Path, decisions: Path | None, *, second: bool, wanted: dict[str, str], by: str, skip: int,
    image: Path | None,
) -> str:  # fmt: skip
    """The next label as text; with `image` its crop is written there."""
    with _desk(data, raw, decisions, second=second) as desk:
        from review import terminal
        from review.queue import STATES, Filter

        if wanted["status"] not in STATES:
            raise CommandError(f"--status is one of {', '.join(STATES)}.", _WRONG_USAGE)
        filtered = Filter(**wanted)
        queued = desk.queue(filtered, by)
        if image is not None and skip < len(queued):
            terminal.draw(desk, queued[skip][0].item_id, image)
        return terminal.next_text(desk, filtered, by, skip)


def explain_label(data: Path, raw: Path, decisions: Path | None, label: str, image: Path | None) -> str:
    """All that is known of a label as text; with `image` its crop is written there."""
    with _desk(data, raw, decisions) as desk:
        from review import terminal

        if image is not None:
            terminal.draw(desk, label, image)
        return terminal.explain_text(desk, label)


def accept_label(data: Path, raw: Path, decisions: Path | None, label: str, given: Answer, *, second: bool) -> str:
    """Records an answer; gives the sentence that says so."""
    with _desk(data, raw, decisions, second=second) as desk:
        from review import terminal

        return terminal.accept(desk, label, given)


def undo_label(data: Path, raw: Path, decisions: Path | None, label: str, by: str) -> str:
    """Takes the last decision on a label back."""
    with _desk(data, raw, decisions) as desk:
        from review import terminal

        return terminal.take_back(desk, label, by)


def agreement(data: Path, raw: Path, decisions: Path | None) -> str:
    """How far second opinions agree, as Markdown."""
    with _desk(data, raw, decisions) as desk:
        from review import terminal

        return terminal.agreement_text(desk)


@contextlib.contextmanager
def _desk(data: Path, raw: Path, decisions: Path | None, *, second: bool = False) -> Iterator[Desk]:
    """A desk for one command; what it refuses becomes a CommandError."""
    _built(data)
    from ontology.decisions import FOLDER, DecisionError
    from review.desk import Desk
    from review.terminal import Refused

    desk = Desk(data, raw, decisions or FOLDER, second_opinions=second)
    try:
        yield desk
    except (Refused, DecisionError) as error:
        raise CommandError(str(error), _WRONG_USAGE) from error
    finally:
        desk.close()


def _built(data: Path) -> None:
    if not (data / "labels.csv").is_file():
        raise CommandError(
            f"{data} holds no built dataset; run `klachtenatlas build` or name its folder (--data).", _WRONG_USAGE
        )
