"""What a report's figures mean: labels to concepts, periods, measures, totals, repetitions.

Takes what is printed (`schemas.printed`) and gives the published frames `observations`, `cases` and `labels`.
Values are passed on untouched. A label that is not understood stays in `row_label` or `column_label` with status
`unmapped`; it is never filled in by a guess from the number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from ontology.axes import is_generic, joint_facets, level_votes, match_label, read_axis
from ontology.categories import Word
from ontology.departments import told_by_parts
from ontology.identity import CaseIds, ObservationIds, label_id
from ontology.layout import (
    bodies_by_subject,
    inherited_time,
    levels,
    stub_headings,
    time_of_figure,
    together,
)
from ontology.matching import LEXICAL, LabelQuery, Match, Matcher, Status
from ontology.measures import NO_SIGNAL, measure_in_prose, measure_of, names_only_the_counted
from ontology.merging import Axes, Meaning, merged, only_signal, signals_beside, weakest
from ontology.periods import Part, combine, years_in
from ontology.phrases import term_concept
from ontology.quotes import mark_quotes
from ontology.scheme import FACETS
from ontology.term_space import Vector
from ontology.text import normalise
from ontology.words import is_noise
from schemas.catalogue import Entry
from schemas.printed import Case, Figure, PrintedReport

OBSERVATION_COLUMNS = (
    "observation_id", "report_id", "organisation", "organisation_concept", "kind", "table_id", "table_title",
    "row_label", "column_label", "value", "value_printed", "unit", "measure", "period_start", "period_end",
    *FACETS, "mapping_status", "mapping_confidence", "is_total", "quoted_from", "page", "x0", "top", "x1",
    "bottom", "method", "section", "sentence", "reading_confidence",
    "ocr_confidence",
)  # fmt: skip
CASE_COLUMNS = (
    "case_id", "report_id", "organisation", "date", "title", "section", "complaint", "handling", "follow_up",
    "outcome_label", "outcome", "subject", "ground", "language", "page_first", "page_last", "redactions",
)  # fmt: skip
LABEL_COLUMNS = (
    "label_id", "report_id", "label", "context", "facet", "concept", "confidence", "status", "justification",
    "decided_by", "decided_on", "note",
)  # fmt: skip
_NO_CATEGORY = "names no category"
# A phrase of the scheme that stands in a label or title word for word; measured on the development labels.
_WORD_FOR_WORD = 0.95
# Sentences count anything; below this a guess at what they count is worth less than none.
_LIKELY = 0.7
_JUDGEMENTS = ("outcome:founded", "outcome:unfounded")


@dataclass(frozen=True, slots=True)
class Interpreted:
    """The three frames, with the columns of the published dataset, in reading order."""

    observations: pd.DataFrame
    cases: pd.DataFrame
    labels: pd.DataFrame


def interpret(report: PrintedReport, entry: Entry, matcher: Matcher) -> Interpreted:
    """Interprets one report. `entry` gives the report's id, city, country, year and language where pages are silent."""
    reading = _Reading(report, entry, matcher)
    rows = [row for group in together(report.figures) for row in reading.table(group)]
    observations = mark_quotes(bodies_by_subject(pd.DataFrame(rows, columns=list(OBSERVATION_COLUMNS))))
    cases = pd.DataFrame([reading.case(case) for case in report.cases], columns=list(CASE_COLUMNS))
    labels = pd.DataFrame(list(reading.labels.values()), columns=list(LABEL_COLUMNS))
    return Interpreted(observations, cases, labels)


class _Reading:
    """One report being read: ids given out so far, labels met, organisations known."""

    def __init__(self, report: PrintedReport, entry: Entry, matcher: Matcher) -> None:
        self.report = report
        self.entry = entry
        self.matcher = matcher.of_year(entry.reporting_year)
        self.language = report.language or entry.language
        self.ids = ObservationIds(entry.id)
        self.case_ids = CaseIds(entry.id)
        self.labels: dict[tuple[str, str, str | None], tuple[object, ...]] = {}
        self.signals = matcher.signals
        self.headings = stub_headings(report)
        self._organisations: dict[str, str | None] = {}
        self._departments: dict[str, Match] = {}

    # -- tables, lists, charts, sentences -----------------------------------------------------------------------------

    def table(self, figures: list[Figure]) -> list[tuple[object, ...]]:
        """The observations of figures that stand together."""
        first = figures[0]
        title = first.table_title or ""
        row_words = read_axis([f.row_labels for f in figures])
        column_words = read_axis([f.column_labels for f in figures])
        heading = self.headings.get(first.table_id or "", "")
        row_levels, column_levels = levels(row_words), levels(column_words)
        facets = self._facets(row_levels, column_levels, heading, title)
        self._departments = told_by_parts(self.matcher, row_words, self.language)
        inherited = inherited_time(figures, column_words)
        meanings: list[Axes] = []
        for place, figure in enumerate(figures):
            rows = self._axis(
                row_words[place], level_labels=row_levels, facets=facets[0], heading=heading, title=title, figure=figure
            )
            columns = self._axis(
                column_words[place],
                level_labels=column_levels,
                facets=facets[1],
                heading="",
                title=title,
                figure=figure,
                inherited=inherited.get(place),
            )
            meanings.append(Axes(rows, columns))
        judged = any(
            axis.matches["outcome"].concept and axis.matches["outcome"].concept.startswith(_JUDGEMENTS)
            for axes in meanings
            for axis in (axes.rows, axes.columns)
            if "outcome" in axis.matches
        )
        only = only_signal([axes.columns for axes in meanings])
        beside = signals_beside(figures, [axes.columns for axes in meanings])
        return [
            self._row(figure, axes, title=title, judged=judged, held=only or beside.get(place))
            for place, (figure, axes) in enumerate(zip(figures, meanings, strict=True))
        ]

    def _facets(
        self, rows: list[list[str]], columns: list[list[str]], heading: str, title: str
    ) -> tuple[list[str | None], list[str | None]]:
        """The facet of each level of both axes; the innermost levels are decided together."""
        row_votes = [self._votes(level, heading, title) for level in rows]
        column_votes = [self._votes(level, "", title) for level in columns]
        row_facets: list[str | None] = [None] * len(rows)
        column_facets: list[str | None] = [None] * len(columns)
        filled_rows = [i for i, v in enumerate(row_votes) if v.any()]
        filled_columns = [i for i, v in enumerate(column_votes) if v.any()]
        if filled_rows and filled_columns:
            i, j = filled_rows[-1], filled_columns[-1]
            row_facets[i], column_facets[j] = joint_facets(row_votes[i], column_votes[j])
        for votes, facets in ((row_votes, row_facets), (column_votes, column_facets)):
            for i, vote in enumerate(votes):
                if vote.any() and facets[i] is None:
                    facets[i] = joint_facets(vote, vote * 0)[0]
        return row_facets, column_facets

    def _votes(self, level: list[str], heading: str, title: str) -> Vector:
        named = [self._signal_in(label) for label in level]
        # One kind of signal in every label tells them apart by nothing: then the level is of another facet, unless
        # the one label there is says nothing else.
        alone = len(level) == 1 and is_noise(self.signals.without(level[0], self.language) or "n")
        signals = sum(n is not None for n in named) if len(set(named) - {None}) > 1 or alone else 0
        return level_votes(self.matcher, level, heading, title, language=self.language, signals=signals)

    def _signal_in(self, label: str) -> str | None:
        """The one kind of signal that a label names, if it names one."""
        found = self.signals.one(label, self.language, compounds=False)
        return None if found == "signal:contact" else found

    def _axis(
        self,
        words: tuple[Word, ...],
        *,
        level_labels: list[list[str]],
        facets: list[str | None],
        heading: str,
        title: str,
        figure: Figure,
        inherited: Part | None = None,
    ) -> Meaning:
        matches: dict[str, Match] = {}
        unknown: list[Match] = []
        parents: list[str] = []
        aside: set[str] = set()
        for level, word in enumerate(words):
            around = tuple(c for c in (title, heading, *parents) if c)
            if not word.category:
                if not word.part.found:
                    self._note(word.label, around, Match(word.label, None, None, 1.0, "unmapped", note=_NO_CATEGORY))
                continue
            if is_generic(word.category) and parents:
                parents.append(word.category)
                continue  # "general" or "other" under a parent stands for the parent
            context = tuple(c for c in (heading, *parents) if c)
            for match in self._label(word.category, facets[level], context, level_labels[level], figure.organisation):
                found = match
                bare = match.facet == "subject" and names_only_the_counted(word.category)
                unsure = match.status == "review" and match.confidence < _LIKELY
                if figure.kind == "prose" and match.status != "curated" and (unsure or bare):
                    found = replace(
                        found, concept=None, facet=None, status="unmapped", note="a sentence, and no likely concept"
                    )
                self._note(word.label, around, found)
                if found.concept and found.facet:
                    matches[found.facet] = found
                    (aside.discard if found.facet == facets[level] else aside.add)(found.facet)
                else:
                    unknown.append(found)
            parents.append(word.category)
        parts = tuple(w.part for w in words)
        if inherited is not None:
            parts = (inherited, *parts)
        return Meaning(matches, tuple(unknown), parts, any(w.total for w in words), frozenset(aside))

    def _label(
        self, label: str, facet: str | None, context: tuple[str, ...], siblings: list[str], organisation: str
    ) -> list[Match]:
        """All that one label says: the facet of its level, and further facets that its parts name."""
        said = self.matcher.decisions.find(label, context, None, organisation)
        if said:  # what a steward decided for the whole label holds, whatever its parts would say
            query = LabelQuery(label, said.facet, context, self.language, organisation)
            return [replace(self.matcher.match(query), label=label)]
        signal = self._signal_in(label)
        rest = self.signals.without(label, self.language) if signal else ""
        outcome, rest = self._judged(rest)
        asked = self._without_city(rest if rest and not is_noise(rest) and facet != "signal" else label)
        main = match_label(
            self.matcher,
            asked,
            facet,
            context=context,
            siblings=siblings,
            language=self.language,
            organisation=organisation,
        )
        main = replace(main, label=label)
        if main.status == "curated":
            return [main]
        kind = self._only_kind(label)
        if kind and main.facet != "subject" and (main.facet != "signal" or main.status != "accepted"):
            return [_said(label, kind)]
        if main.concept is None and label in self._departments:
            main = self._departments[label]
        found = [main]
        if outcome and main.facet != "outcome":
            found.append(replace(outcome, label=label))
        if signal and (facet == "signal" or main.concept == signal) and main.status != "accepted":
            # The label's own words for a signal come before anything that it resembles.
            found = [_said(label, signal)]
        elif signal and facet == "signal" and main.facet != "signal":
            found = [_said(label, signal), main]
        elif signal and main.facet in ("subject", "outcome", "timeliness", "ground" if asked != label else ""):
            found.append(_said(label, signal))
        term = term_concept(label)
        if term and main.facet != "timeliness":
            found.append(_said(label, term))
        return found

    def _only_kind(self, label: str) -> str | None:
        """The kind of signal that a label names when it names nothing else."""
        kind = self.signals.one(label, self.language, compounds=False)
        return kind if kind and is_noise(self.signals.without(label, self.language) or "n") else None

    def _without_city(self, label: str) -> str:
        """The label without the city's own name, which tells nothing within its report."""
        own = set(normalise(self.entry.city).split())
        kept = " ".join(word for word in label.split() if not own & set(normalise(word).split()))
        return kept if normalise(kept) and not is_noise(kept) else label

    def _judged(self, rest: str) -> tuple[Match | None, str]:
        """The judgement that opens a phrase (`gegronde technische`), and the phrase without it."""
        first, _, others = rest.partition(" ")
        if not others:
            return None, rest
        found = self.matcher.match(LabelQuery(first, "outcome", (), self.language))
        return (found, others) if found.status == "accepted" and found.justification == LEXICAL else (None, rest)

    def _row(self, figure: Figure, axes: Axes, *, title: str, judged: bool, held: Match | None) -> tuple[object, ...]:
        rows, columns = axes.rows, axes.columns
        if figure.kind == "prose":
            measure = measure_in_prose(figure.unit, figure.row_labels, figure.section)
        else:
            measure = measure_of(figure.unit, _counting(figure, rows), title)
        concepts = merged(self.matcher.scheme, columns, rows)
        used = [*concepts.values(), *rows.unknown, *columns.unknown]
        if "signal" not in concepts and not (figure.kind == "prose" and measure in NO_SIGNAL):
            held = held or self._signal_of_table(figure, title, judged)
            if held:
                concepts["signal"] = held
                used.append(held)
        status, confidence = weakest(used)
        period = combine(
            (*time_of_figure(figure), *columns.parts, *rows.parts), self._default_year(figure, title),
            self.entry.reporting_year, self.entry.country,
        )  # fmt: skip
        row_labels, column_labels = tuple(figure.row_labels), tuple(figure.column_labels)
        box = figure.place.box
        return (
            self.ids.next(
                figure.kind,
                figure.table_id,
                figure.place.page,
                rows=row_labels,
                columns=column_labels,
                organisation=figure.organisation,
            ),
            self.entry.id,
            figure.organisation,
            self.organisation_concept(figure.organisation),
            figure.kind,
            figure.table_id,
            figure.table_title,
            " > ".join(row_labels),
            " > ".join(column_labels),
            figure.value,
            figure.printed,
            figure.unit,
            measure,
            period.start,
            period.end,
            *(concepts[facet].concept if facet in concepts else None for facet in FACETS),
            status,
            confidence,
            figure.is_total or rows.total or columns.total,
            None,
            figure.place.page,
            box.x0,
            box.top,
            box.x1,
            box.bottom,
            figure.method,
            figure.section,
            figure.sentence,
            figure.confidence,
            figure.ocr,
        )

    def _signal_of_table(self, figure: Figure, title: str, judged: bool) -> Match | None:
        """The kind of signal that a whole table counts: its title says so, or its section, or that it is judged."""
        for text in (title, figure.section or ""):
            signal = self.signals.one(text, self.language) if text else None
            if signal == "signal:contact" and judged:
                break
            if signal:
                held = _said(text, signal)
                self._note(text, (), held)
                return held
        if judged:
            return Match(
                title, "signal", "signal:complaint", 0.9, "accepted", note="founded or unfounded: only complaints are"
            )
        return None

    def _default_year(self, figure: Figure, title: str) -> int:
        for text in (title, figure.section or ""):
            years = set(years_in(text))
            if len(years) == 1:
                return years.pop()
        return self.report.reporting_year or self.entry.reporting_year

    def _note(self, label: str, context: Iterable[str], match: Match) -> None:
        """Keeps one label for the `labels` frame; the first meeting counts."""
        around = " > ".join(context)
        key = (label, around, match.facet)
        if key not in self.labels:
            self.labels[key] = (
                label_id(self.entry.id, label, around, match.facet), self.entry.id, label, around, match.facet,
                match.concept, match.confidence, match.status, match.justification, match.decided_by, match.decided_on,
                match.note,
            )  # fmt: skip

    # -- bodies and cases ---------------------------------------------------------------------------------------------

    def organisation_concept(self, name: str) -> str | None:
        """The service that a body is, from its name without the city's; None when the name does not tell."""
        if name not in self._organisations:
            own = set(normalise(self.entry.city).split())
            bare = " ".join(w for w in name.split() if not set(normalise(w).split()) & own) or name
            found = self.matcher.match(LabelQuery(bare, "service", (), self.language, name))
            self._organisations[name] = found.concept if found.status in ("curated", "accepted") else None
        return self._organisations[name]

    def case(self, case: Case) -> tuple[object, ...]:
        """The row of one narrative case; subject and ground only where its section or title names them."""
        outcome = self._case_concept(case.outcome_label, "outcome", case, ("accepted", "curated", "review"))
        subject = self._case_concept(case.title, "subject", case, ("accepted", "curated"))
        ground = self._case_concept(case.title, "ground", case, ("accepted", "curated"))
        if case.section:
            said = self.matcher.match(LabelQuery(case.section, None, (), case.language, case.organisation))
            if said.concept and said.status in ("accepted", "curated", "review"):
                if said.facet == "subject" and (
                    subject is None or said.concept in self.matcher.scheme.ancestors(subject)
                ):
                    subject = subject or said.concept
                elif said.facet == "ground":
                    ground = said.concept
        return (
            self.case_ids.next(case.date, case.page_first, case.title), self.entry.id, case.organisation, case.date,
            case.title, case.section, case.complaint, case.handling, case.follow_up, case.outcome_label, outcome,
            subject, ground, case.language, case.page_first, case.page_last, case.redactions,
        )  # fmt: skip

    def _case_concept(self, label: str | None, facet: str, case: Case, good: tuple[Status, ...]) -> str | None:
        if not label:
            return None
        found = self.matcher.match(LabelQuery(label, facet, (), case.language, case.organisation))
        return found.concept if found.status in good else None


def _said(label: str, concept: str) -> Match:
    """A match for a phrase that stands in the label word for word."""
    return Match(
        label, concept.split(":", maxsplit=1)[0], concept, _WORD_FOR_WORD, "accepted", ((concept, _WORD_FOR_WORD),),
        "semapv:LexicalMatching", note="the words stand in the label",
    )  # fmt: skip


def _counting(figure: Figure, rows: Meaning) -> tuple[str, ...]:
    """The labels that may say what is counted: a row that stands for a ground or subject only names that."""
    named = any(f in rows.matches for f in ("ground", "subject", "outcome", "channel"))
    return tuple(figure.column_labels) if named else (*figure.row_labels, *figure.column_labels)
