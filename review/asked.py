"""What a browser sends: forms, cookies, filters. Read defensively, as anybody may have written it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from urllib.parse import parse_qs, quote, unquote, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ontology.decisions import PREDICATES
from review import queue
from review.desk import WHATS, Choice
from review.queue import Filter, Item

LONGEST = 500
"""Characters of anything that a person types."""
_AUTHOR, _TRAIL = "klachtenatlas-author", "klachtenatlas-trail"
_YEAR_SECONDS = 365 * 24 * 3600
_STEPS = 20  # decisions that the undo key can take back, one after the other
_SURE = {"sure": 1.0, "fairly": 0.8, "weak": 0.6}
"""How sure a person may say to be; a decision is a decision, so none is below an even chance."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that this browser recorded: on which item, the version that it left, what kind of thing it was."""

    item: str
    version: str
    kind: str
    """`d` a decision, `u` "unsure", `s` a second opinion."""


async def form(request: Request) -> dict[str, str]:
    """The fields of a form; raises HTTPException when it cannot be read."""
    body = await request.body()
    try:
        return {k: v[-1] for k, v in parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=40).items()}
    except ValueError as error:
        raise HTTPException(400, "The form cannot be read.") from error


def comment(fields: dict[str, str]) -> str:
    """What was typed as a reason; raises HTTPException when it is too long to be one."""
    text = " ".join(fields.get("comment", "").split())
    if len(text) > LONGEST:
        raise HTTPException(400, f"A comment has at most {LONGEST} characters.")
    return text


def choice(fields: dict[str, str], item: Item, by: str) -> Choice:
    """What was pressed, checked; raises HTTPException with a sentence."""
    what = next((w for w in WHATS if w == fields.get("what", "concept")), None)
    if what is None:
        raise HTTPException(400, "That is nothing that can be decided.")
    evidence = fields.get("evidence", "")
    shown = {n.observation_id for n in item.numbers} if item.numbers else {item.rows[0].label_id}
    if evidence not in shown:
        raise HTTPException(400, "No decision without evidence: open the label, look at the page, then decide.")
    concept = fields.get("concept") or None
    if (concept is None) == (what == "concept"):
        raise HTTPException(400, "Say which concept, or that there is none.")
    predicate = next((p for p in PREDICATES if p == fields.get("predicate", PREDICATES[0])), None)
    if predicate is None:
        raise HTTPException(400, f"A label is matched as {', '.join(PREDICATES)}.")
    body = fields.get("body") if fields.get("scope") == "body" else None
    if body is not None and body not in item.bodies:
        raise HTTPException(400, "This label does not stand in that body's report.")
    year = fields.get("year", "") if fields.get("scope") == "year" else ""
    if year and year not in {str(y) for y in item.years}:
        raise HTTPException(400, "This label does not stand in a report on that year.")
    sure = _SURE.get(fields.get("sure", "sure"), 1.0)
    return Choice(what, concept, predicate, by, comment(fields), sure, evidence, body, int(year) if year else None)


def wanted(request: Request) -> Filter:
    """The filter of an address; what it does not know lets everything through."""
    asked = request.query_params
    status = asked.get("status", "waiting")
    city, year, body, facet, reason = (
        asked.get(name, "")[:LONGEST] for name in ("city", "year", "organisation", "facet", "reason")
    )
    return Filter(city, year, body, facet, reason, status if status in queue.STATES else "waiting")


def query(filtered: Filter) -> str:
    """A filter as it stands in an address."""
    return urlencode({k: v for k, v in asdict(filtered).items() if v})


def author(request: Request) -> str:
    """Who decides, as this browser remembers; empty when nobody said so."""
    return unquote(request.cookies.get(_AUTHOR, ""))[:100]


def ask_who(request: Request, back: str | None = None) -> Response:
    """To the question who decides, and from there `back` (this page)."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/who?{urlencode({'back': back or here})}", 303)


def remember(answer: Response, name: str) -> None:
    """Keeps who decides in this browser."""
    answer.set_cookie(_AUTHOR, quote(name), max_age=_YEAR_SECONDS, httponly=True, samesite="strict")


def trail(request: Request) -> list[Step]:
    """What this browser recorded, oldest first."""
    steps = [step.split("-") for step in request.cookies.get(_TRAIL, "").split(".") if step]
    return [Step(*s) for s in steps if len(s) == 3 and all(part.isalnum() for part in s)]


def leave(answer: Response, steps: list[Step]) -> None:
    """Keeps what this browser recorded, so that it can take it back."""
    text = ".".join(f"{s.item}-{s.version}-{s.kind}" for s in steps[-_STEPS:])
    answer.set_cookie(_TRAIL, text, max_age=_YEAR_SECONDS, httponly=True, samesite="strict")


def own_path(path: str) -> str:
    """A path of this page; anything that leads elsewhere becomes the list."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
