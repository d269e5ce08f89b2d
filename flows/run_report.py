"""What a scheduled run tells people: per city what is new, what changed and why, what waits, who has not published."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.refresh import Looked, Missing
from publish.reading import read
from schemas.files import write_atomically
from schemas.markdown import plain

if TYPE_CHECKING:
    from flows.build import Outcome
    from publish.diff import DatasetDiff
    from publish.drift import Drift

_TEMPLATES = Path(__file__).parent / "templates"
_MOST = 5_000
"""Items of one section that are written out; what is beyond is counted."""
_SENT = 20
"""Of them, those that are sent on: many channels take a few thousand characters."""
_FOLDED = 30
"""With more items than that a section begins with their number by report and kind; the page folds them by report."""

_MOST_CITIES = 50
"""Cities whose waiting labels are written out, those with the most first."""


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence of the report; `severity` is stop, look or note, `about` the report that it is about."""

    text: str
    about: str = ""
    severity: str = "note"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with a table, sentences, or both."""

    title: str
    note: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str | int, ...], ...] = ()
    items: tuple[Item, ...] = ()

    @property
    def folded(self) -> bool:
        """Whether its items are too many to be seen at once."""
        return len(self.items) > _FOLDED


@dataclass(frozen=True, slots=True)
class RunReport:
    """How a run went. `published` says whether its dataset is what is published now (also when nothing changed);
    `against` are the sentences that speak against publishing, `trouble` is the number of things to be done.
    """

    headline: str
    summary: str
    published: bool
    against: tuple[str, ...]
    trouble: int
    sections: tuple[Section, ...]

    @classmethod
    def without_build(cls, looked: Looked, awaited: Sequence[Missing], reason: str) -> RunReport:
        """The report of a run that had nothing to publish."""
        sections = [Section("Why", items=tuple(Item(line, severity="stop") for line in reason.splitlines()))]
        sections += [section for section in (_fetched(looked), _awaited(awaited)) if section]
        return cls("Nothing could be published", "The published dataset is as it was.", False, (), 1, tuple(sections))

    @classmethod
    def of(
        cls,
        looked: Looked,
        awaited: Sequence[Missing],
        outcome: Outcome,
        changes: DatasetDiff | None,
        drifts: Sequence[Drift],
        *,
        published: bool,
        version: str,
        changed: bool,
    ) -> RunReport:
        """The report of a run that built a dataset; `changes` is None when there was nothing to compare with, `changed`
        says whether it differs from what was published before.
        """
        against = tuple(f"{drift.report_id}: {drift.what}" for drift in drifts if drift.severity == "stop")
        reports = read(outcome.dataset, "reports")
        if not published:
            headline = f"Stopped before publishing: {len(against)} things to look at"
            summary = (
                "The published dataset is as it was. Look at what speaks against the new one, then mend it or accept."
            )
        else:
            headline = f"Published: version {version}" if changed else f"Nothing changed: version {version} stands"
            figures, cases = int(reports["observations"].sum()), int(reports["cases"].sum())
            summary = f"{figures} figures and {cases} cases of {len(reports)} reports."
            if against:
                headline += f", although {len(against)} things spoke against it"
        sections = [
            _drifts("What speaks against publishing", drifts, "stop"),
            _failures(outcome),
            _fetched(looked),
            _drifts("To be looked at", drifts, "look"),
            _changes(changes),
            _waiting(outcome),
            _awaited(awaited),
            _drifts("Worth knowing", drifts, "note"),
        ]
        trouble = len(outcome.failures) + sum(1 for one in looked.fetched if one.what == "failed")
        shown = tuple(section for section in sections if section)
        return cls(headline, summary, published, against, trouble, shown)

    def stopped(self) -> str:
        """Why nothing was published, as a sentence with what to do."""
        shown = "\n".join(f"  {sentence}" for sentence in self.against)
        return (
            f"{self.headline}:\n{shown}\nThe published dataset is as it was. If the new one is right, run "
            "`klachtenatlas update --accept`."
        )

    def markdown(self, most: int = _MOST) -> str:
        """The report as Markdown, with at most so many rows and items of each section."""
        lines = [f"# {plain(self.headline)}", "", plain(self.summary), ""]
        for section in self.sections:
            lines += [f"## {plain(section.title)}", ""]
            lines += [section.note, ""] if section.note else []
            if section.rows:
                lines += [f"| {' | '.join(section.columns)} |", f"|{' --- |' * len(section.columns)}"]
                lines += [f"| {' | '.join(plain(cell) for cell in row)} |" for row in section.rows[:most]]
                lines.append("")
            for item in section.items[:most]:
                lines.append(f"- {f'**{plain(item.about)}**: ' if item.about else ''}{plain(item.text)}")
            left = max(0, len(section.rows) - most) + max(0, len(section.items) - most)
            lines += [f"- and {left} more, see the run's report"] if left else []
            lines += [""] if section.items or left else []
        return "\n".join(lines)

    def html(self) -> str:
        """The report as one page without anything from elsewhere; all texts are escaped."""
        from jinja2 import Environment, FileSystemLoader

        templates = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True)
        return templates.get_template("run.html").render(run=self)

    def as_artifact(self) -> None:
        """Keeps the report with the run in Prefect."""
        from prefect.artifacts import create_markdown_artifact

        create_markdown_artifact(key="klachtenatlas-update", markdown=self.markdown(), description=self.headline)


def keep(report: RunReport, folder: str | None) -> None:
    """Writes the report as `latest.md` and `latest.html`, and as a copy under the moment of the run."""
    if folder is None:
        return
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    moment = datetime.datetime.now().strftime("%Y-%m-%d-%H%M%S")
    for suffix, text in (("md", report.markdown()), ("html", report.html())):
        for name in (moment, "latest"):
            write_atomically(place / f"{name}.{suffix}", text)


def send(report: RunReport, addresses: Sequence[str]) -> list[str]:
    """Sends the report to Apprise addresses; those that could not be reached are returned, the run goes on."""
    if not addresses:
        return []
    import apprise

    lost = []
    for address in addresses:
        channel = apprise.Apprise()
        sent = channel.add(address) and channel.notify(
            title=f"Klachtenatlas: {report.headline}",
            body=report.markdown(_SENT),
            body_format=apprise.NotifyFormat.MARKDOWN,
        )
        if not sent:
            lost.append(address.partition("://")[0])
    return lost


def _drifts(title: str, drifts: Sequence[Drift], severity: str) -> Section | None:
    chosen = [drift for drift in drifts if drift.severity == severity]
    items = tuple(Item(f"{drift.kind}: {drift.what}", drift.report_id, severity) for drift in chosen[:_MOST])
    left = Counter(drift.kind for drift in chosen[_MOST:])
    more = f"The first {_MOST} of {len(chosen)}; not shown are {_kinds(left)}." if left else ""
    if len(items) <= _FOLDED:
        return Section(title, more, items=items) if items else None
    by_report: dict[str, Counter[str]] = {}
    for drift in chosen:
        by_report.setdefault(drift.report_id, Counter())[drift.kind] += 1
    rows = tuple((name, sum(kinds.values()), _kinds(kinds)) for name, kinds in sorted(by_report.items()))
    return Section(title, more, ("report", "things", "which"), rows, items)


def _kinds(counts: Counter[str]) -> str:
    return ", ".join(f"{count} × {kind}" for kind, count in sorted(counts.items()))


def _failures(outcome: Outcome) -> Section | None:
    items = tuple(Item(failure.reason, failure.id, "look") for failure in outcome.failures)
    return Section("Could not be read", items=items) if items else None


def _fetched(looked: Looked) -> Section | None:
    words = {"new": "new: fetched", "changed": "replaced by its publisher; the earlier edition is kept"}
    items = [Item(words[one.what], one.id) for one in looked.fetched if one.what in words]
    items += [Item(one.problem, severity="look") for one in looked.fetched if one.what == "failed" and one.problem]
    items += [
        Item(f"“{link.text}” on {link.page} leads to {link.url}, which nobody catalogued yet.", link.city, "look")
        for link in looked.links
    ]
    if not looked.fetched and not looked.links:
        return None
    same = sum(1 for one in looked.fetched if one.what == "unchanged")
    return Section("At the publishers'", f"{same} reports are unchanged there.", items=tuple(items))


def _changes(changes: DatasetDiff | None) -> Section | None:
    if not changes:
        return None
    from publish.diff import CAUSES

    rows = []
    for report in changes.reports:
        added, removed, changed = report.rows.get("observations", (0, 0, 0))
        why = "; ".join(CAUSES.get(cause, cause) for cause in report.causes) or "only counts differ"
        rows.append((report.report_id, why, added, removed, changed))
    columns = ("report", "why", "figures added", "removed", "changed")
    more = f"The first {_MOST} of {len(rows)} reports." if len(rows) > _MOST else ""
    return Section("What changed", more, columns, tuple(rows[:_MOST])) if rows else None


def _waiting(outcome: Outcome) -> Section | None:
    reports = read(outcome.dataset, "reports")
    by_city = reports.groupby(["city", "country"])["needs_review"].sum().reset_index()
    waiting = [(f"{city} ({country})", int(n)) for city, country, n in by_city.itertuples(index=False) if n]
    rows = tuple(sorted(waiting, key=lambda row: (-row[1], row[0]))[:_MOST_CITIES])
    left = sum(n for _, n in waiting) - sum(n for _, n in rows)
    note = "Decide them with `klachtenatlas review`; until then they are published as `review`."
    note += f" {len(waiting) - len(rows)} more cities with {left} labels are not shown." if left else ""
    return Section("Labels that wait for a steward", note, ("city", "labels"), rows) if rows else None


def _awaited(awaited: Sequence[Missing]) -> Section | None:
    rows = tuple(
        (one.city, one.publisher, one.year, "overdue" if one.overdue else "awaited this year") for one in awaited
    )
    note = "These bodies published regularly; no report on the following year is catalogued."
    return Section("Not published yet", note, ("city", "publisher", "year", ""), rows) if rows else None
