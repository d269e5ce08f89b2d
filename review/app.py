"""The stewards' page as a web application: forms and pictures, nothing that a browser must compute.

The script adds the keys, and opens the buttons that decide once the evidence is shown. What a report says reaches the
browser as text only: templates escape it, and the answers of the search are put in as text nodes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from ontology.decisions import DecisionError
from review import asked
from review.dataset import NotBuilt
from review.desk import Desk
from review.label_pages import LabelPages
from review.report_pages import ReportPages
from review.security import Guard, Rules
from review.views import STATIC, Views

Handler = Callable[[Request], Awaitable[Response] | Response]
_KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


def create_app(desk: Desk, rules: Rules) -> Starlette:
    """The application over `desk`; `rules` say who may talk to it."""
    app = Starlette()
    views = Views(desk)
    labels, reports, people = LabelPages(desk, views), ReportPages(desk, views), _People(views)
    looked_at: list[tuple[str, Handler]] = [
        ("/", labels.overview),
        ("/next", labels.first),
        ("/label/{item_id}", labels.label),
        ("/search", labels.search),
        ("/ready", labels.ready),
        ("/picture/{item_id}/{place}.png", labels.picture),
        ("/findings", reports.findings),
        ("/finding/{finding_id}.png", reports.finding_picture),
        ("/finding/{finding_id}", reports.finding),
        ("/unread", reports.unread),
        ("/page/{report_id}/{page:int}.png", reports.page_picture),
        ("/who", people.who),
        ("/static/{name}", _static),
    ]
    sent: list[tuple[str, Handler]] = [
        ("/label/{item_id}/decide", labels.decide),
        ("/undo", labels.undo),
        ("/finding/{finding_id}/judge", reports.judge_finding),
        ("/unread/judge", reports.judge_problem),
        ("/verdict/undo", reports.take_back),
        ("/who", people.call_me),
    ]
    for method, routes in (("GET", looked_at), ("POST", sent)):
        for path, handler in routes:
            app.add_route(path, handler, methods=[method])
    for kind, code in ((HTTPException, 0), (NotBuilt, 503), (DecisionError, 400)):
        app.add_exception_handler(kind, views.in_words(code))
    app.add_middleware(Guard, rules=rules)
    return app


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    path = STATIC / name
    if path.name != name or path.suffix not in _KINDS or not path.is_file():
        raise HTTPException(404, "There is no such file.")
    # Pages name them with a stamp of their content; fonts are named by the style sheet and change with a release only.
    kept = "max-age=31536000, immutable" if request.url.query else "max-age=604800"
    return FileResponse(path, media_type=_KINDS[path.suffix], headers={"cache-control": kept})


class _People:
    """Who decides: asked once, kept in the browser."""

    def __init__(self, views: Views) -> None:
        self.views = views

    def who(self, request: Request) -> Response:
        """Asks for the name that decisions are signed with."""
        return self.views.html(request, "who.html", back=asked.own_path(request.query_params.get("back", "/")))

    async def call_me(self, request: Request) -> Response:
        """Keeps the name in this browser."""
        fields = await asked.form(request)
        name = " ".join(fields.get("author", "").split())
        if not name or len(name) > 100:
            raise HTTPException(400, "Give your name, your initials or your ORCID (at most 100 characters).")
        answer = RedirectResponse(asked.own_path(fields.get("back", "/")), 303)
        asked.remember(answer, name)
        return answer
