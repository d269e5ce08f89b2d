"""Pages out of templates, pictures and errors as answers."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ontology.scheme import FACETS
from review import asked
from review.desk import Desk
from review.evidence import Drawn
from review.pictures import Missing

STATIC = Path(__file__).parent / "static"


class Views:
    """Templates that escape whatever a report says, filled in."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        folder = Path(__file__).parent / "templates"
        self.templates = Environment(
            loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True
        )
        self.templates.globals.update(facets=FACETS, scheme=desk.scheme, blind=desk.second_opinions, stamp=_stamp())
        self.templates.filters["amount"] = amount

    def html(self, request: Request, name: str, code: int = 200, **values: Any) -> HTMLResponse:
        """A page; the template knows who decides, where the browser is, and what can be taken back."""
        known = {"author": asked.author(request), "path": request.url.path, "trail": asked.trail(request)}
        answer = HTMLResponse(self.templates.get_template(name).render(known | values), code)
        self.desk.served.set()
        return answer

    def in_words(self, code: int) -> Callable[[Request, Exception], Response]:
        """A handler that tells a person what went wrong; `code` 0 takes the error's own."""

        def handler(request: Request, error: Exception) -> Response:
            own = isinstance(error, HTTPException)
            sentence = str(error.detail) if isinstance(error, HTTPException) else str(error)
            status = error.status_code if own and isinstance(error, HTTPException) else code
            return self.html(request, "error.html", status, sentence=sentence)

        return handler


def _stamp() -> str:
    """Changes with the style sheet, the script and the icon, so that browsers may keep them for good."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def png(drawn: Drawn | Missing) -> Response:
    """A picture, or the sentence that says why there is none."""
    if isinstance(drawn, Missing):
        return Response(drawn.reason, 404, media_type="text/plain; charset=utf-8")
    headers = {"cache-control": "private, max-age=600", "x-label-found": "yes" if drawn.found else "no"}
    return Response(drawn.png, media_type="image/png", headers=headers)


def amount(value: float) -> str:
    """A number for people: no decimals where there are none, thousands apart."""
    if math.isfinite(value) and value == round(value):
        return f"{int(value):,}".replace(",", "\N{NO-BREAK SPACE}")
    return f"{value:g}"
