"""The service over HTTP: one endpoint for queries, others for suggestions, previews and properties."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl

import jinja2
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from review.openrefine.answers import BATCH, FACET_NAMES, TOLD, BadQuestion, Service, languages
from review.openrefine.gate import Gate
from review.security import Rules

ENDPOINT = "/reconcile"
_WHAT = ("entity", "property", "type")


def create_app(service: Service, rules: Rules) -> Starlette:
    """The application over `service`; `rules` say who may ask it."""
    pages = _Pages(service)
    routes = [
        Route(ENDPOINT, pages.endpoint, methods=["GET", "POST"]),
        Route("/suggest/{what}", pages.suggest),
        Route("/flyout/{what}", pages.flyout),
        Route("/properties", pages.properties),
        Route("/concept", pages.concept),
        Route("/", pages.start),
    ]
    app = Starlette(routes=routes)
    app.add_exception_handler(BadQuestion, _bad)
    app.add_middleware(Gate, rules=rules)
    return app


def _bad(_: Request, error: Exception) -> Response:
    return JSONResponse({"status": "error", "message": str(error)}, 400)


class _Pages:
    def __init__(self, service: Service) -> None:
        self.service = service
        self.environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(Path(__file__).parent.with_name("templates")), autoescape=True,
            trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined,
        )  # fmt: skip

    async def endpoint(self, request: Request) -> Response:
        """The manifest, or the answer to `queries` or `extend`, from a form or the address."""
        asked: Mapping[str, str] = request.query_params
        if request.method == "POST":
            if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
                raise HTTPException(415, "Send a form (application/x-www-form-urlencoded) with the field `queries`.")
            try:
                text = (await request.body()).decode("utf-8")
                asked = dict(parse_qsl(text, keep_blank_values=True, errors="strict"))
            except ValueError as error:
                raise BadQuestion(f"The form cannot be read: {error}.") from error
        language = _language(request)
        if "queries" in asked:
            batch = _json(asked["queries"], "queries")
            if isinstance(batch, dict) and len(batch) > BATCH:
                raise HTTPException(413, f"A batch holds at most {BATCH} queries.")
            return JSONResponse(await run_in_threadpool(self.service.answer, batch, language))
        if "extend" in asked:
            return JSONResponse(self.service.extend(_json(asked["extend"], "extend")))
        if request.method == "POST":
            raise BadQuestion("The form has no field `queries`.")
        return JSONResponse(self.service.manifest(_root(request) + ENDPOINT))

    def suggest(self, request: Request) -> Response:
        """Suggestions while a person types."""
        what, cursor = _what(request), request.query_params.get("cursor", "0")
        if not cursor.isdecimal() or len(cursor) > 6:
            raise BadQuestion("`cursor` must be the number of suggestions to skip.")
        prefix = request.query_params.get("prefix", "")
        return JSONResponse(self.service.suggest(what, prefix, int(cursor), _language(request)))

    def flyout(self, request: Request) -> Response:
        """A small preview of what is suggested."""
        what, key = _what(request), request.query_params.get("id", "")
        if what == "entity":
            html = self._card(key, _language(request))
        else:
            said = self.service.suggest(what, key, 0, "en")["result"]
            assert isinstance(said, list)
            one = next((s for s in said if s["id"] == key), None)
            if one is None:
                raise HTTPException(404, f"There is no {what} {key!r}.")
            html = self.environment.from_string("<p><b>{{ id }}</b>: {{ description }}</p>").render(one)
        return JSONResponse({"id": key, "html": html})

    def properties(self, request: Request) -> Response:
        """The properties that can be fetched."""
        limit = request.query_params.get("limit", "")
        wanted = int(limit) if limit.isdecimal() and len(limit) < 6 else None
        return JSONResponse(self.service.properties(request.query_params.get("type", ""), wanted))

    def concept(self, request: Request) -> Response:
        """A concept for people; fits the frame of a preview."""
        language = _language(request)
        card = self._card(request.query_params.get("id", ""), language)
        return HTMLResponse(self.environment.get_template("preview.html").render(card=card, language=language))

    def _card(self, key: str, language: str) -> str:
        scheme = self.service.scheme
        if key not in scheme:
            raise HTTPException(404, f"The scheme has no concept {key!r}.")
        return self.environment.get_template("concept.html").render(
            concept=scheme[key],
            name=scheme.label(key, language),
            facet=FACET_NAMES[scheme[key].facet],
            path=[scheme.label(k, language) for k in reversed(scheme.ancestors(key))],
            narrower=[scheme.label(k, language) for k in scheme.narrower(key)],
        )

    def start(self, request: Request) -> Response:
        """Says what this is to those who open it in a browser."""
        return PlainTextResponse(
            "Klachtenatlas, W3C Reconciliation Service 0.2. In OpenRefine: Reconcile, Start reconciling, Add standard "
            f"service, {_root(request)}{ENDPOINT}\nProperties of concepts: {', '.join(TOLD)}\n"
        )


def _root(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _what(request: Request) -> str:
    what = str(request.path_params["what"])
    if what not in _WHAT:
        raise HTTPException(404, f"Suggestions are of {', '.join(_WHAT)}.")
    return what


def _language(request: Request) -> str:
    return languages(request.headers.get("accept-language", ""))


def _json(text: str, name: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadQuestion(f"`{name}` is not valid JSON: {error}.") from error
