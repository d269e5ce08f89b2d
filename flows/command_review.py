"""`klachtenatlas review`: the stewards' page."""

from __future__ import annotations

from pathlib import Path

from flows.errors import CommandError

_WRONG_USAGE = 2


def serve_review(data: Path, raw: Path, *, port: int, host: str, decisions: Path | None, browse: bool) -> None:
    """Serves the page until it is stopped; raises CommandError when there is no dataset or the address is taken."""
    if not (data / "labels.csv").is_file():
        raise CommandError(
            f"{data} holds no built dataset; run `klachtenatlas build` or name its folder (--data).", _WRONG_USAGE
        )
    from review.server import CannotServe, serve

    try:
        serve(data, raw, port=port, host=host, decisions=decisions, browse=browse)
    except CannotServe as error:
        raise CommandError(str(error), _WRONG_USAGE) from error
