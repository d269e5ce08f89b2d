"""The pages on reports: contradictions with their proof, what was not read, and what a steward says of either."""

from __future__ import annotations

import math
from collections.abc import Callable
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from review import asked, queue
from review.dataset import Dataset, Finding, Number
from review.desk import Desk
from review.verdicts import Said
from review.views import Views, png

_ORDER = {"error": 0, "warning": 1, "info": 2}
_MOST_OFFERS = 4  # as many as have a key of their own and are read before a choice is made
_OPEN = ("waiting", "judged", "all")


class ReportPages:
    """The handlers of the tabs on findings and on what was not read."""

    def __init__(self, desk: Desk, views: Views) -> None:
        self.desk = desk
        self.views = views

    # -- findings -----------------------------------------------------------------------------------------------------

    def findings(self, request: Request) -> Response:
        """The contradictions, most severe first."""
        dataset, _ = self.desk.read()
        city, state = _city(request), _state(request)
        said = self.desk.verdicts.holding()
        rows = [
            (f, said.get(f.finding_id)) for f in self._in_order(dataset, city) if _passes(said.get(f.finding_id), state)
        ]
        return self.views.html(
            request, "findings.html", rows=rows, dataset=dataset, city=city, state=state, states=_OPEN,
            cities=_cities(dataset),
        )  # fmt: skip

    def finding(self, request: Request) -> Response:
        """One contradiction, its numbers on their page, and what may be said of it."""
        if not asked.author(request):
            return asked.ask_who(request)
        finding_id = request.path_params["finding_id"]
        dataset, finding = self._finding(finding_id)
        city, state = _city(request), _state(request)
        numbers = [dataset.numbers[n] for n in finding.numbers if n in dataset.numbers]
        return self.views.html(
            request, "finding.html", finding=finding, numbers=numbers, report=dataset.reports[finding.report_id],
            said=self.desk.verdicts.holding().get(finding_id), city=city, state=state, query=_query(city, state),
            offers=_offers(dataset, finding),
            following=self._following(dataset, finding, city, state, 1),
            before=self._following(dataset, finding, city, state, -1), note=request.query_params.get("said", ""),
        )  # fmt: skip

    async def judge_finding(self, request: Request) -> Response:
        """Records a verdict on a contradiction, and goes on to the next."""
        fields = await asked.form(request)

        def record(by: str) -> str:
            dataset, finding = self._finding(request.path_params["finding_id"])
            verdict, reason = fields.get("verdict", ""), asked.comment(fields)
            place, value = fields.get("place", ""), fields.get("value", "")
            if offer := fields.get("offer"):  # one button: the number and what it should be
                verdict, (place, _, value) = "mistake", offer.rpartition(" ")
            following = self._following(dataset, finding, _city(request), _state(request), 1)
            if verdict == "mistake":
                number = dataset.numbers.get(place)
                if number is None or number.observation_id not in finding.numbers:
                    raise HTTPException(400, "Say which of the numbers is wrong.")
                self.desk.verdicts.correct(dataset, finding, number, _value(value), by, reason)
            elif verdict in ("misread", "no_contradiction"):
                self.desk.verdicts.on_finding(finding, verdict, by, reason)  # type: ignore[arg-type]
            else:
                raise HTTPException(400, "That is nothing that can be said of a contradiction.")
            return following

        return await self._signed(request, record)

    def finding_picture(self, request: Request) -> Response:
        """The numbers of a finding on their page."""
        dataset, finding = self._finding(request.path_params["finding_id"])
        numbers = [dataset.numbers[n] for n in finding.numbers if n in dataset.numbers]
        return png(self.desk.pictures.numbers_on_page(dataset, numbers, whole="whole" in request.query_params))

    def _finding(self, finding_id: str) -> tuple[Dataset, Finding]:
        dataset, _ = self.desk.read()
        found = next((f for f in dataset.findings if f.finding_id == finding_id), None)
        if found is None:
            raise HTTPException(404, "There is no such finding (any more). Go back to the list.")
        return dataset, found

    def _in_order(self, dataset: Dataset, city: str) -> list[Finding]:
        rows = [f for f in dataset.findings if not city or _slug(dataset, f.report_id) == city]
        return sorted(rows, key=lambda f: (_ORDER.get(f.severity, 3), f.report_id, f.page, f.finding_id))

    def _following(self, dataset: Dataset, finding: Finding, city: str, state: str, step: int) -> str:
        """The address of the next finding to be looked at, or of the list."""
        rows = self._in_order(dataset, city)
        said = self.desk.verdicts.holding()
        at = rows.index(finding) if finding in rows else 0
        ahead = rows[at + 1 :] if step > 0 else rows[:at][::-1]
        other = next((f for f in ahead if _passes(said.get(f.finding_id), state)), None)
        tail = _query(city, state)
        return f"/finding/{quote(other.finding_id)}?{tail}" if other else f"/findings?{tail}"

    # -- what was not read --------------------------------------------------------------------------------------------

    def unread(self, request: Request) -> Response:
        """What was not read, or set aside; with what was said of it."""
        dataset, _ = self.desk.read()
        city, state = _city(request), _state(request)
        said = self.desk.verdicts.holding()
        rows = [
            (p, said.get(p.key))
            for p in dataset.problems
            if (not city or _slug(dataset, p.report_id) == city) and _passes(said.get(p.key), state)
        ]
        rows.sort(key=lambda row: (_ORDER.get(row[0].severity, 3), row[0].report_id, row[0].page or 0))
        failed = [r for r in dataset.reports.values() if r.status != "ok"]
        return self.views.html(
            request, "unread.html", rows=rows, failed=failed, dataset=dataset, city=city, state=state, states=_OPEN,
            cities=_cities(dataset), misread=self.desk.verdicts.misread(),
        )  # fmt: skip

    async def judge_problem(self, request: Request) -> Response:
        """Records a verdict on something that was not read."""
        fields = await asked.form(request)

        def record(by: str) -> str:
            dataset, _ = self.desk.read()
            problem = next((p for p in dataset.problems if p.key == fields.get("about")), None)
            verdict = fields.get("verdict", "")
            if problem is None or verdict not in ("misread", "nothing_to_read"):
                raise HTTPException(400, "Say of which part of a page, and whether there was something to read.")
            self.desk.verdicts.on_problem(problem, verdict, by, asked.comment(fields))  # type: ignore[arg-type]
            return f"/unread?{_query(_city(request), _state(request))}"

        return await self._signed(request, record)

    async def take_back(self, request: Request) -> Response:
        """Takes a verdict back, with the correction that it wrote."""
        fields = await asked.form(request)

        def record(by: str) -> str:
            self.desk.verdicts.take_back(fields.get("about", ""), by)
            return asked.own_path(fields.get("back", "/findings"))

        return await self._signed(request, record)

    def page_picture(self, request: Request) -> Response:
        """A page as it is."""
        dataset, _ = self.desk.read()
        return png(self.desk.pictures.page(dataset, request.path_params["report_id"], request.path_params["page"]))

    async def _signed(self, request: Request, record: Callable[[str], str]) -> Response:
        """Runs `record` for the person who decides and leads to the address that it gives."""
        by = asked.author(request)
        if not by:
            return asked.ask_who(request, "/findings")
        return RedirectResponse(await run_in_threadpool(record, by), 303)


def _offers(dataset: Dataset, finding: Finding) -> list[tuple[Number, float]]:
    """The likeliest corrections, each a number and its other value; none where it is not about numbers (but a year)."""
    about_year = finding.kind == "year_mismatch"
    offers = [] if about_year else [(dataset.numbers.get(i), value) for i, value in finding.offers]
    return [(number, value) for number, value in offers if number and number.value != value][:_MOST_OFFERS]


def _value(text: str) -> float:
    """A number as people type it: a comma may stand for the point, and spaces apart thousands."""
    plain = "".join(text.split()).replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or not plain.replace(".", "", 1).lstrip("-").isdigit():
        raise HTTPException(400, f"“{text[:40]}” is no number. Write what should be printed, for example 2.07 or 2070.")
    return value


def _passes(said: Said | None, state: str) -> bool:
    return state == "all" or (said is None) == (state == "waiting")


def _query(city: str, state: str) -> str:
    return urlencode({"city": city, "state": state})


def _state(request: Request) -> str:
    state = request.query_params.get("state", "waiting")
    return state if state in _OPEN else "waiting"


def _city(request: Request) -> str:
    return queue.slug(request.query_params["city"]) if request.query_params.get("city") else ""


def _slug(dataset: Dataset, report_id: str) -> str:
    report = dataset.reports.get(report_id)
    return queue.slug(report.city) if report else ""


def _cities(dataset: Dataset) -> list[tuple[str, str]]:
    return sorted({(queue.slug(r.city), r.city) for r in dataset.reports.values()})
