"""The stewards' page as a web application: forms and pictures, nothing that a browser must compute.

The script adds the keys, and opens the buttons that decide once the evidence is shown. What a report says reaches the
browser as text only: templates escape it, and the answers of the search are put in as text nodes.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlencode

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool

from ontology.decisions import PREDICATES, DecisionError
from ontology.scheme import FACETS
from ontology.text import normalise
from review import candidates, queue
from review.dataset import Dataset, NotBuilt, Number
from review.desk import WHATS, Choice, Desk, Missing, subject
from review.evidence import Drawn
from review.journal import Stale
from review.queue import Filter, Item
from review.security import Guard, Rules

_HERE = Path(__file__).parent
_AUTHOR, _TRAIL = "klachtenatlas-author", "klachtenatlas-trail"
_YEAR_SECONDS = 365 * 24 * 3600
_LISTED = 100
_LONGEST = 500
_BESIDE = 8
_STEPS = 20  # decisions that the undo key can take back, one after the other
_SURE = {"sure": 1.0, "fairly": 0.8, "weak": 0.6}
"""How sure a person may say to be; a decision is a decision, so none is below an even chance."""


def create_app(desk: Desk, rules: Rules) -> FastAPI:
    """The application over `desk`; `rules` say who may talk to it."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    pages = _Pages(desk)
    looked_at: list[tuple[str, Callable[..., object]]] = [
        ("/", pages.overview),
        ("/next", pages.first),
        ("/label/{item_id}", pages.label),
        ("/who", pages.who),
        ("/search", pages.search),
        ("/ready", pages.ready),
        ("/picture/{item_id}/{place}.png", pages.picture),
        ("/findings", pages.findings),
        ("/finding/{finding_id}.png", pages.finding_picture),
        ("/unread", pages.unread),
        ("/page/{report_id}/{page}.png", pages.page_picture),
        ("/static/{name}", _static),
    ]
    sent: list[tuple[str, Callable[..., object]]] = [
        ("/label/{item_id}/decide", pages.decide),
        ("/undo", pages.undo),
        ("/who", pages.call_me),
    ]
    for method, routes in (("GET", looked_at), ("POST", sent)):
        for path, handler in routes:
            app.add_api_route(path, handler, methods=[method], response_model=None)
    app.add_exception_handler(HTTPException, pages.refused)
    app.add_exception_handler(NotBuilt, pages.not_built)
    app.add_exception_handler(DecisionError, pages.not_sound)
    app.add_middleware(Guard, rules=rules)
    return app


async def _static(name: str) -> Response:
    kinds = {"review.js": "text/javascript", "review.css": "text/css", "icon.svg": "image/svg+xml"}
    if name not in kinds:
        raise HTTPException(404, "There is no such file.")
    return FileResponse(_HERE / "static" / name, media_type=kinds[name], headers={"cache-control": "no-cache"})


class _Pages:
    """The handlers; each gives a whole page, a picture, or the way to the next page."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.templates = Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=True)
        self.templates.globals["facets"] = FACETS
        self.templates.filters["amount"] = _amount

    def _html(self, request: Request, name: str, code: int = 200, **values: Any) -> HTMLResponse:
        known = {"author": _author(request), "path": request.url.path, "trail": _trail(request)}
        return HTMLResponse(self.templates.get_template(name).render(known | values), code)

    def _item(self, item_id: str) -> tuple[Dataset, Item]:
        dataset, items = self.desk.read()
        if item_id not in items:
            raise HTTPException(404, "This label is not in the dataset (any more). Go back to the list.")
        return dataset, items[item_id]

    # -- looking ------------------------------------------------------------------------------------------------------

    def overview(self, request: Request) -> Response:
        """The list of labels, filters, progress."""
        if not _author(request):
            return _ask_who(request)
        dataset, _ = self.desk.read()
        wanted = _filter(request)
        everything = self.desk.all()
        found = [(i, s) for i, s in everything if wanted.passes(i, s)]
        scope = Filter(wanted.city, wanted.year, wanted.organisation, wanted.facet, "all")
        reports = dataset.reports.values()
        return self._html(
            request, "overview.html", rows=found[:_LISTED], count=len(found), wanted=wanted, query=_query(wanted),
            progress=queue.progress([(i, s) for i, s in everything if scope.passes(i, s)]), states=queue.STATES,
            cities=sorted({(queue.slug(r.city), r.city) for r in reports}), years=sorted({r.year for r in reports}),
            idle=self.desk.idle(), scheme=self.desk.scheme,
            bodies=sorted({b for i, _ in everything for b in i.bodies if not wanted.city or i.slug == wanted.city}),
        )  # fmt: skip

    def first(self, request: Request) -> Response:
        """To the label with most at stake."""
        if not _author(request):
            return _ask_who(request)
        wanted = _filter(request)
        return RedirectResponse(self._following(None, wanted), 303)

    def label(self, request: Request, item_id: str) -> Response:
        """One label with its evidence and candidates."""
        if not _author(request):
            return _ask_who(request)
        dataset, item = self._item(item_id)
        wanted = _filter(request)
        state = self.desk.state(item)
        places = _places(item)
        chosen = request.query_params.get("at", "")
        number = next((n for n in places if n.observation_id == chosen), places[0] if places else None)
        ready = self.desk.proposer.ready
        shown = self.desk.proposer.propose(dataset, item) if ready and not item.title else ()
        row = item.rows[0]
        queued = [i.item_id for i, _ in self.desk.queue(wanted)]
        following = self._following(item, wanted, queued)
        answer = self._html(
            request, "label.html", item=item, state=state, status=self.desk.status(item), places=places, number=number,
            report=dataset.reports[number.report_id if number else row.report_id], reports=dataset.reports,
            shown=shown, ready=ready, wanted=wanted, query=_query(wanted), scheme=self.desk.scheme,
            beside=_beside(dataset, self.desk.read()[1], item), said=request.query_params.get("said", ""),
            gone=queue.changed_numbers(item.numbers, None, None), following=following,
            before=self._following(item, wanted, queued, step=-1), body=number.organisation if number else "",
            under=[n for n in places if number and n.report_id == number.report_id and n.page == number.page][:30],
            in_body=sum(1 for n in item.numbers if number and n.organisation == number.organisation),
            place_of=(queued.index(item_id) + 1 if item_id in queued else 0, len(queued)),
            elsewhere=_elsewhere(places, number), tested=self.desk.proposer.tested,
        )  # fmt: skip
        # While this label is looked at, the next one's page is drawn.
        answer.background = BackgroundTask(self._draw_ahead, following)
        return answer

    def _draw_ahead(self, following: str) -> None:
        item_id = following.removeprefix("/label/").split("?")[0]
        _, items = self.desk.read()
        places = _places(items[item_id]) if item_id in items else []
        if places:
            self.desk.evidence(items[item_id], places[0], whole=False)

    def _following(self, item: Item | None, wanted: Filter, queued: list[str] | None = None, *, step: int = 1) -> str:
        """The address of the next (or previous) label that the filter lets through, after `item` in order of stake."""
        _, items = self.desk.read()
        open_ids = queued if queued is not None else [i.item_id for i, _ in self.desk.queue(wanted)]
        if item is not None:
            place = {item_id: n for n, item_id in enumerate(items)}
            after = {i: (place[i] - place[item.item_id]) * step for i in open_ids if i != item.item_id}
            open_ids = sorted(after, key=lambda i: (after[i] < 0, after[i]))
        return f"/label/{open_ids[0]}?{_query(wanted)}" if open_ids else f"/?{_query(wanted)}"

    def search(self, request: Request, q: str = "", item: str = "") -> Response:
        """Concepts that a text finds, as JSON."""
        dataset, items = self.desk.read()
        found = items.get(item)
        language = dataset.reports[found.rows[0].report_id].language if found else "en"
        concepts = candidates.search(self.desk.scheme, q[:_LONGEST], language, found)
        return JSONResponse([asdict(c) for c in concepts])

    def ready(self) -> Response:
        """Whether candidates can be had."""
        return JSONResponse({"ready": self.desk.proposer.ready})

    # -- pictures -----------------------------------------------------------------------------------------------------

    def picture(self, item_id: str, place: str, whole: bool = False) -> Response:
        """The evidence for a label at one number."""
        _, item = self._item(item_id)
        number = next((n for n in item.numbers if n.observation_id == place), None)
        return _png(self.desk.evidence(item, number, whole=whole))

    def finding_picture(self, finding_id: str, whole: bool = False) -> Response:
        """The numbers of a finding on their page."""
        dataset, _ = self.desk.read()
        finding = next((f for f in dataset.findings if f.finding_id == finding_id), None)
        if finding is None:
            raise HTTPException(404, "There is no such finding.")
        numbers = [dataset.numbers[n] for n in finding.numbers if n in dataset.numbers]
        return _png(self.desk.numbers_on_page(numbers, whole=whole))

    def page_picture(self, report_id: str, page: int) -> Response:
        """A page as it is."""
        return _png(self.desk.page(report_id, page))

    def findings(self, request: Request) -> Response:
        """The contradictions, most severe first."""
        dataset, _ = self.desk.read()
        city = request.query_params.get("city", "")
        order = {"error": 0, "warning": 1, "info": 2}
        rows = [f for f in dataset.findings if not city or queue.slug(_city(dataset, f.report_id)) == city]
        rows.sort(key=lambda f: (order.get(f.severity, 3), f.report_id, f.page))
        return self._html(request, "findings.html", rows=rows, dataset=dataset, city=city, cities=_cities(dataset))

    def unread(self, request: Request) -> Response:
        """What was not read, or set aside."""
        dataset, _ = self.desk.read()
        city = request.query_params.get("city", "")
        order = {"error": 0, "warning": 1, "info": 2}
        rows = [p for p in dataset.problems if not city or queue.slug(_city(dataset, p.report_id)) == city]
        rows.sort(key=lambda p: (order.get(p.severity, 3), p.report_id, p.page or 0))
        failed = [r for r in dataset.reports.values() if r.status != "ok"]
        return self._html(
            request, "unread.html", rows=rows, failed=failed, dataset=dataset, city=city, cities=_cities(dataset)
        )

    # -- deciding -----------------------------------------------------------------------------------------------------

    def who(self, request: Request) -> Response:
        """Asks for the name that decisions are signed with."""
        return self._html(request, "who.html", back=_own_path(request.query_params.get("back", "/")))

    async def call_me(self, request: Request) -> Response:
        """Keeps the name in this browser."""
        form = _form(await request.body())
        name = " ".join(form.get("author", "").split())
        if not name or len(name) > 100:
            raise HTTPException(400, "Give your name, your initials or your ORCID (at most 100 characters).")
        answer = RedirectResponse(_own_path(form.get("back", "/")), 303)
        answer.set_cookie(_AUTHOR, quote(name), max_age=_YEAR_SECONDS, httponly=True, samesite="strict")
        return answer

    async def decide(self, request: Request, item_id: str) -> Response:
        """Records what a steward pressed, and goes on to the next label."""
        form = _form(await request.body())
        return await run_in_threadpool(self._decide, request, item_id, form)

    def _decide(self, request: Request, item_id: str, form: dict[str, str]) -> Response:
        _, item = self._item(item_id)
        author = _author(request)
        wanted = _filter(request)
        if not author:
            return _ask_who(request, f"/label/{item_id}?{_query(wanted)}")
        if item.title:
            raise HTTPException(400, "This is a title: the build asks no decision for it, so none is taken.")
        choice = _choice(form, item, author)
        seen = form.get("version", "")
        try:
            if choice.what == "unsure":
                about = self.desk.decisions(item, choice)[0]
                state = self.desk.journal.unsure(subject(item), about, seen)
            else:
                state = self.desk.journal.decide(subject(item), self.desk.decisions(item, choice), seen)
        except Stale:
            return self._stale(request, item, wanted, form)
        label = self.desk.scheme.label(choice.concept, "en") if choice.concept else choice.what.replace("_", " ")
        said = f"{item.label}: {label}"
        queued = [i.item_id for i, _ in self.desk.queue(wanted)]
        following = self._following(item, wanted, queued)
        answer = RedirectResponse(f"{following}&{urlencode({'said': said})}", 303)
        _leave(answer, [*_trail(request), Step(item_id, state.version, choice.what == "unsure")])
        return answer

    def _stale(self, request: Request, item: Item, wanted: Filter, form: dict[str, str]) -> Response:
        """Someone else decided meanwhile: what they decided is shown, what was pressed here is not recorded."""
        key = form.get("concept", "")
        tried = self.desk.scheme.label(key, "en") if key in self.desk.scheme else form.get("what", "").replace("_", " ")
        return self._html(
            request, "stale.html", 409, item=item, state=self.desk.state(item), query=_query(wanted), tried=tried,
            scheme=self.desk.scheme,
        )  # fmt: skip

    async def undo(self, request: Request) -> Response:
        """Takes back the last thing that this browser recorded."""
        return await run_in_threadpool(self._undo, request)

    def _undo(self, request: Request) -> Response:
        trail, wanted = _trail(request), _filter(request)
        if not trail:
            raise HTTPException(409, "There is nothing of this browser to take back.")
        step, earlier = trail[-1], trail[:-1]
        _, item = self._item(step.item)
        answer: Response
        try:
            state = self.desk.journal.undo(subject(item), _author(request), step.version, unsure=step.unsure)
        except Stale:
            answer = self._stale(request, item, wanted, {"what": "undo"})
        else:
            # What this browser recorded on the label before is now its latest state again.
            earlier = [replace(s, version=state.version) if s.item == step.item else s for s in earlier]
            said = f"{item.label}: taken back"
            answer = RedirectResponse(f"/label/{step.item}?{_query(wanted)}&{urlencode({'said': said})}", 303)
        _leave(answer, earlier)
        return answer

    # -- what goes wrong ----------------------------------------------------------------------------------------------

    def refused(self, request: Request, error: Exception) -> Response:
        """A sentence for a person."""
        assert isinstance(error, HTTPException)
        return self._html(request, "error.html", error.status_code, sentence=str(error.detail))

    def not_built(self, request: Request, error: Exception) -> Response:
        """No dataset to look at."""
        return self._html(request, "error.html", 503, sentence=str(error))

    def not_sound(self, request: Request, error: Exception) -> Response:
        """A decision, or a file of decisions, that cannot be used."""
        return self._html(request, "error.html", 400, sentence=str(error))


def _form(body: bytes) -> dict[str, str]:
    try:
        return {k: v[-1] for k, v in parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=40).items()}
    except ValueError as error:
        raise HTTPException(400, "The form cannot be read.") from error


def _choice(form: dict[str, str], item: Item, author: str) -> Choice:
    """What was pressed, checked; raises HTTPException with a sentence."""
    what = next((w for w in WHATS if w == form.get("what", "concept")), None)
    if what is None:
        raise HTTPException(400, "That is nothing that can be decided.")
    evidence = form.get("evidence", "")
    shown = {n.observation_id for n in item.numbers} if item.numbers else {item.rows[0].label_id}
    if evidence not in shown:
        raise HTTPException(400, "No decision without evidence: open the label, look at the page, then decide.")
    concept = form.get("concept") or None
    if (concept is None) == (what == "concept"):
        raise HTTPException(400, "Say which concept, or that there is none.")
    predicate = next((p for p in PREDICATES if p == form.get("predicate", PREDICATES[0])), None)
    if predicate is None:
        raise HTTPException(400, f"A label is matched as {', '.join(PREDICATES)}.")
    body = form.get("body") if form.get("scope") == "one" else None
    if body is not None and body not in item.bodies:
        raise HTTPException(400, "This label does not stand in that body's report.")
    comment = " ".join(form.get("comment", "").split())
    if len(comment) > _LONGEST:
        raise HTTPException(400, f"A comment has at most {_LONGEST} characters.")
    sure = _SURE.get(form.get("sure", "sure"), 1.0)
    return Choice(what, concept, predicate, author, comment, sure, evidence, body)


def _places(item: Item) -> list[Number]:
    """The numbers of an item, one table after the other, counts before shares."""
    return sorted(item.numbers, key=lambda n: (n.kind != "cell", n.unit != "count", n.report_id, n.page, n.box.top))


def _elsewhere(places: list[Number], number: Number | None) -> list[Number]:
    """The first number of each other page that the same decision reaches."""
    seen = {(number.report_id, number.page)} if number else set()
    found = []
    for place in places:
        if (place.report_id, place.page) not in seen:
            seen.add((place.report_id, place.page))
            found.append(place)
    return found[:_BESIDE]


def _beside(dataset: Dataset, items: dict[str, Item], item: Item) -> list[tuple[Item, str, int, str]]:
    """The same label elsewhere: other cities, or other contexts of this one; (item, city, year, concepts)."""
    name = normalise(item.label)
    same = [i for i in items.values() if i is not item and normalise(i.label) == name]
    rows = [(i, i.city, i.years[-1], ", ".join(i.concepts)) for i in same]
    rows.sort(key=lambda r: (r[0].slug == item.slug, r[1], r[2]))
    return rows[:_BESIDE]


def _png(drawn: Drawn | Missing) -> Response:
    if isinstance(drawn, Missing):
        return Response(drawn.reason, 404, media_type="text/plain; charset=utf-8")
    headers = {"cache-control": "private, max-age=600", "x-label-found": "yes" if drawn.found else "no"}
    return Response(drawn.png, media_type="image/png", headers=headers)


def _filter(request: Request) -> Filter:
    asked = request.query_params
    status = asked.get("status", "waiting")
    return Filter(
        asked.get("city", ""), asked.get("year", ""), asked.get("organisation", ""), asked.get("facet", ""),
        status if status in queue.STATES else "waiting",
    )  # fmt: skip


def _query(wanted: Filter) -> str:
    return urlencode({k: v for k, v in asdict(wanted).items() if v})


def _ask_who(request: Request, back: str | None = None) -> Response:
    """To the question who decides, and from there `back` (this page)."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/who?{urlencode({'back': back or here})}", 303)


def _author(request: Request) -> str:
    return unquote(request.cookies.get(_AUTHOR, ""))[:100]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that this browser recorded: on which item, the version that it left, whether it said "unsure"."""

    item: str
    version: str
    unsure: bool


def _trail(request: Request) -> list[Step]:
    """What this browser recorded, oldest first."""
    steps = [step.split("-") for step in request.cookies.get(_TRAIL, "").split(".") if step]
    return [Step(s[0], s[1], s[2] == "u") for s in steps if len(s) == 3 and all(part.isalnum() for part in s)]


def _leave(answer: Response, trail: list[Step]) -> None:
    text = ".".join(f"{s.item}-{s.version}-{'u' if s.unsure else 'd'}" for s in trail[-_STEPS:])
    answer.set_cookie(_TRAIL, text, max_age=_YEAR_SECONDS, httponly=True, samesite="strict")


def _own_path(path: str) -> str:
    """A path of this page; anything that leads elsewhere becomes the list."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"


def _city(dataset: Dataset, report_id: str) -> str:
    report = dataset.reports.get(report_id)
    return report.city if report else ""


def _cities(dataset: Dataset) -> list[tuple[str, str]]:
    return sorted({(queue.slug(r.city), r.city) for r in dataset.reports.values()})


def _amount(value: float) -> str:
    """A number for people: no decimals where there are none, thousands apart."""
    if math.isfinite(value) and value == round(value):
        return f"{int(value):,}".replace(",", " ")
    return f"{value:g}"
