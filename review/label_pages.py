"""The pages on labels: the list, one label with its evidence and candidates, deciding, taking back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ontology.decisions import Decision
from ontology.text import normalise
from review import asked, candidates, queue
from review.asked import Step
from review.consequences import consequences
from review.dataset import Dataset, Number
from review.desk import Choice, Desk, subject
from review.journal import Stale
from review.queue import Filter, Item
from review.views import Views, png

_LISTED = 100
_BESIDE = 8
_FEW = 10  # labels; a share of fewer tells nothing of how often the machine is right
_RELATIONS = {
    "skos:exactMatch": "the same",
    "skos:broadMatch": "broader than the label",
    "skos:narrowMatch": "narrower than the label",
    "skos:relatedMatch": "only related",
}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The same label in another city or context."""

    item: Item
    city: str
    year: int
    concepts: str


class LabelPages:
    """The handlers; each gives a whole page, a picture, or the way to the next page."""

    def __init__(self, desk: Desk, views: Views) -> None:
        self.desk = desk
        self.views = views

    def _item(self, item_id: str) -> tuple[Dataset, Item]:
        dataset, items = self.desk.read()
        if item_id not in items:
            raise HTTPException(404, "This label is not in the dataset (any more). Go back to the list.")
        return dataset, items[item_id]

    # -- looking ------------------------------------------------------------------------------------------------------

    def overview(self, request: Request) -> Response:
        """The list of labels, filters, progress."""
        who = asked.author(request)
        if not who:
            return asked.ask_who(request)
        dataset, _ = self.desk.read()
        wanted = asked.wanted(request)
        found = self.desk.queue(wanted, who)
        everything = self.desk.all()
        scope = replace(wanted, reason="", status="all")
        reports = dataset.reports.values()
        inside = [(i, s) for i, s in everything if scope.passes(i, s)]
        return self.views.html(
            request, "overview.html", rows=found[:_LISTED], count=len(found), wanted=wanted, query=asked.query(wanted),
            progress=queue.progress(inside), states=queue.STATES, reasons=queue.reasons(inside),
            cities=sorted({(queue.slug(r.city), r.city) for r in reports}), years=sorted({r.year for r in reports}),
            idle=[] if self.desk.second_opinions else self.desk.idle(),
            said=self._chosen([i for i, _ in found[:_LISTED]]),
            bodies=sorted({b for i, _ in everything for b in i.bodies if not wanted.city or i.slug == wanted.city}),
        )  # fmt: skip

    def _chosen(self, items: Sequence[Item]) -> dict[str, tuple[Sequence[Decision], Sequence[Number]]]:
        """What holds on each decided item, and its numbers that it leaves out; nothing for second opinions."""
        if self.desk.second_opinions:
            return {}
        return {i.item_id: (held, self.desk.undecided(i)) for i in items if (held := self.desk.state(i).holding)}

    def first(self, request: Request) -> Response:
        """To the label with most at stake."""
        if not asked.author(request):
            return asked.ask_who(request)
        wanted = asked.wanted(request)
        return RedirectResponse(self._following(None, wanted, self._queued(request, wanted)), 303)

    def label(self, request: Request) -> Response:
        """One label with its evidence and candidates."""
        item_id = request.path_params["item_id"]
        if not asked.author(request):
            return asked.ask_who(request)
        dataset, item = self._item(item_id)
        wanted, desk = asked.wanted(request), self.desk
        places = in_order(item)
        chosen = request.query_params.get("at", "")
        number = next((n for n in places if n.observation_id == chosen), places[0] if places else None)
        ready = desk.proposer.ready
        before = desk.printed_before(item)
        earlier = (before.concept,) if before and before.concept else ()
        shown = desk.proposer.propose(dataset, item, earlier=earlier) if ready and not item.title else ()
        queued = self._queued(request, wanted)
        following = self._following(item, wanted, queued)
        scopes = _scopes(dataset, item, number)
        offered = ["all", *(["body"] if len(item.bodies) > 1 else []), *(["year"] if len(item.years) > 1 else [])]
        keys = (None, *(c.key for c in shown))
        answer = self.views.html(
            request, "label.html", item=item, state=desk.state(item), status=desk.status(item), number=number,
            report=dataset.reports[number.report_id if number else item.rows[0].report_id], reports=dataset.reports,
            shown=candidates.unordered(shown) if desk.second_opinions else shown, ready=ready, wanted=wanted,
            query=asked.query(wanted), beside=_beside(dataset, desk.read()[1], item),
            said=request.query_params.get("said", ""), few=_FEW, rest=desk.undecided(item),
            reach={s: {k: consequences(dataset, desk.scheme, item, k, scopes[s]) for k in keys} for s in offered},
            kept={s: _kept(item, scopes[s]) for s in offered},
            following=following, before=self._following(item, wanted, queued, step=-1), printed_before=before,
            body=number.organisation if number else "", reasons=desk.reopened(item), dissent=desk.dissent(item),
            under=[n for n in places if number and n.report_id == number.report_id and n.page == number.page][:30],
            in_body=len(scopes["body"]), in_year=len(scopes["year"]),
            place_of=(queued.index(item_id) + 1 if item_id in queued else 0, len(queued)),
            elsewhere=_elsewhere(places, number), tested=desk.proposer.tested,
            record=desk.proposer.record(item.confidence),
        )  # fmt: skip
        # While this label is looked at, the next one's page is drawn.
        answer.background = BackgroundTask(self._draw_ahead, following)
        return answer

    def _queued(self, request: Request, wanted: Filter) -> list[str]:
        return [i.item_id for i, _ in self.desk.queue(wanted, asked.author(request))]

    def _draw_ahead(self, following: str) -> None:
        item_id = following.removeprefix("/label/").split("?")[0]
        dataset, items = self.desk.read()
        places = in_order(items[item_id]) if item_id in items else []
        if places:
            self.desk.pictures.evidence(dataset, items[item_id], places[0], whole=False)

    def _following(self, item: Item | None, wanted: Filter, queued: list[str], *, step: int = 1) -> str:
        """The address of the next (or previous) label of the queue, after `item` in its order."""
        place = {item_id: n for n, item_id in enumerate(self.desk.order())}
        if item is not None:
            after = {i: (place[i] - place[item.item_id]) * step for i in queued if i != item.item_id}
            next_id = min(after, key=lambda i: (after[i] < 0, after[i]), default="")
        else:
            next_id = queued[0] if queued else ""
        return f"/label/{next_id}?{asked.query(wanted)}" if next_id else f"/?{asked.query(wanted)}"

    def search(self, request: Request) -> Response:
        """Concepts that a text finds, as JSON."""
        dataset, items = self.desk.read()
        found = items.get(request.query_params.get("item", ""))
        language = dataset.reports[found.rows[0].report_id].language if found else "en"
        text = request.query_params.get("q", "")[: asked.LONGEST]
        at = dataset.numbers.get(request.query_params.get("at", ""))
        reached = _scopes(dataset, found, at).get(request.query_params.get("scope", "all")) if found else None
        concepts = candidates.search(self.desk.scheme, text, language, dataset, found, reached)
        return JSONResponse([c.brief() for c in concepts])

    def ready(self, _: Request) -> Response:
        """Whether candidates can be had."""
        return JSONResponse({"ready": self.desk.proposer.ready})

    def picture(self, request: Request) -> Response:
        """The evidence for a label at one number."""
        dataset, item = self._item(request.path_params["item_id"])
        place, whole = request.path_params["place"], "whole" in request.query_params
        number = next((n for n in item.numbers if n.observation_id == place), None)
        return png(self.desk.pictures.evidence(dataset, item, number, whole=whole))

    # -- deciding -----------------------------------------------------------------------------------------------------

    async def decide(self, request: Request) -> Response:
        """Records what a steward pressed, and goes on to the next label."""
        fields = await asked.form(request)
        return await run_in_threadpool(self._decide, request, request.path_params["item_id"], fields)

    def _decide(self, request: Request, item_id: str, fields: dict[str, str]) -> Response:
        dataset, item = self._item(item_id)
        who, wanted = asked.author(request), asked.wanted(request)
        if not who:
            return asked.ask_who(request, f"/label/{item_id}?{asked.query(wanted)}")
        if item.title:
            raise HTTPException(400, "This is a title: the build asks no decision for it, so none is taken.")
        choice = asked.choice(fields, item, who)
        queued = self._queued(request, wanted)
        try:
            step = self._record(dataset, item, choice, fields.get("version", ""))
        except Stale:
            return self._stale(request, item, wanted, fields)
        said = f"{item.label}: {self._in_words(dataset, item, choice)}"
        following = self._following(item, wanted, queued)
        answer = RedirectResponse(f"{following}&{urlencode({'said': said})}", 303)
        asked.leave(answer, [*asked.trail(request), step])
        return answer

    def _record(self, dataset: Dataset, item: Item, choice: Choice, seen: str) -> Step:
        desk, about = self.desk, subject(item)
        if desk.second_opinions:
            if not desk.asks_second(item, desk.status(item), choice.author):
                raise Stale(f"“{item.label}” is not asked for a second opinion of yours.")
            number = dataset.numbers.get(choice.evidence)
            desk.journal.give_opinion(about, desk.opinion(item, choice, number), seen)
            return Step(item.item_id, desk.state(item).version, "s")
        if choice.what == "unsure":
            state = desk.journal.unsure(about, desk.decisions(item, choice)[0], seen)
            return Step(item.item_id, state.version, "u")
        state = desk.journal.decide(about, desk.decisions(item, choice), seen)
        return Step(item.item_id, state.version, "d")

    def _in_words(self, dataset: Dataset, item: Item, choice: Choice) -> str:
        """What was recorded: the answer, its relation, the bodies, the years, how many numbers."""
        if choice.what in ("unsure", "holds"):
            return "still holds" if choice.what == "holds" else "unsure"
        parts = [choice.what.replace("_", " ")]
        if choice.concept:
            parts = [self.desk.scheme.label(choice.concept, "en"), _RELATIONS[choice.predicate]]
        if self.desk.second_opinions:
            return ", ".join(parts)
        reached = [
            n
            for n in item.numbers
            if choice.body in (None, n.organisation) and choice.year in (None, dataset.reports[n.report_id].year)
        ]
        if choice.body or len(item.bodies) > 1:
            parts.append(f"only {choice.body}" if choice.body else f"all {len(item.bodies)} bodies")
        years = f"only {choice.year}" if choice.year else "all years"
        return ", ".join([*parts, years, f"{len(reached)} number{'s' if len(reached) != 1 else ''}"])

    def _stale(self, request: Request, item: Item, wanted: Filter, fields: dict[str, str]) -> Response:
        """Someone else decided meanwhile: what they decided is shown, what was pressed here is not recorded."""
        key = fields.get("concept", "")
        known = key in self.desk.scheme
        tried = self.desk.scheme.label(key, "en") if known else fields.get("what", "").replace("_", " ")
        return self.views.html(
            request, "stale.html", 409, item=item, state=self.desk.state(item), query=asked.query(wanted), tried=tried
        )

    async def undo(self, request: Request) -> Response:
        """Takes back the last thing that this browser recorded."""
        return await run_in_threadpool(self._undo, request)

    def _undo(self, request: Request) -> Response:
        trail, wanted = asked.trail(request), asked.wanted(request)
        if not trail:
            raise HTTPException(409, "There is nothing of this browser to take back.")
        step, earlier = trail[-1], trail[:-1]
        _, item = self._item(step.item)
        about, who, journal = subject(item), asked.author(request), self.desk.journal
        answer: Response
        try:
            if step.kind == "s":
                version = journal.take_opinion_back(about, who, step.version).version
            else:
                version = journal.undo(about, who, step.version, unsure=step.kind == "u").version
        except Stale:
            answer = self._stale(request, item, wanted, {"what": "undo"})
        else:
            # What this browser recorded on the label before is now its latest state again.
            earlier = [replace(s, version=version) if s.item == step.item else s for s in earlier]
            said = f"{item.label}: taken back"
            answer = RedirectResponse(f"/label/{step.item}?{asked.query(wanted)}&{urlencode({'said': said})}", 303)
        asked.leave(answer, earlier)
        return answer


def _scopes(dataset: Dataset, item: Item, number: Number | None) -> dict[str, tuple[Number, ...]]:
    """The numbers of an item that a decision reaches, by its scope, when it is taken looking at `number`."""
    year = dataset.reports[number.report_id].year if number else None
    return {
        "all": item.numbers,
        "body": tuple(n for n in item.numbers if number and n.organisation == number.organisation),
        "year": tuple(n for n in item.numbers if dataset.reports[n.report_id].year == year),
    }


def _kept(item: Item, numbers: Sequence[Number]) -> list[tuple[str, int]]:
    """The concepts that other labels give to `numbers`, with how many each: they stay whatever the item means."""
    return Counter(key for n in numbers for key in n.concepts.values() if key not in item.concepts).most_common()


def in_order(item: Item) -> list[Number]:
    """The numbers of an item as evidence: one table after the other, counts before shares."""
    return sorted(item.numbers, key=lambda n: (n.kind != "cell", n.unit != "count", n.report_id, n.page, n.box.top))


def _elsewhere(places: Sequence[Number], number: Number | None) -> list[Number]:
    """The first number of each other page that the same decision reaches."""
    seen = {(number.report_id, number.page)} if number else set()
    found = []
    for place in places:
        if (place.report_id, place.page) not in seen:
            seen.add((place.report_id, place.page))
            found.append(place)
    return found[:_BESIDE]


def _beside(dataset: Dataset, items: dict[str, Item], item: Item) -> list[Neighbour]:
    """The same label elsewhere: other cities, or other contexts of this one."""
    name = normalise(item.label)
    same = [i for i in items.values() if i is not item and i.name == name]
    rows = [Neighbour(i, i.city, i.years[-1], ", ".join(i.concepts)) for i in same]
    rows.sort(key=lambda r: (r.item.slug == item.slug, r.city, r.year))
    return rows[:_BESIDE]
