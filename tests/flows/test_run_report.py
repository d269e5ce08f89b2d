"""The run's report holds words of reports and of publishers' sites: they are shown, and never become markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from flows.run_report import Item, RunReport, Section, _drifts
from publish.drift import Drift

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[Afval](javascript:alert(1))",
    "![Afval](https://evil.example/x.png)",
    "<https://evil.example>",
    "=cmd|' /C calc'!A0",
    "Afval | 12 |\n# Geluid\n- **vet** `code`",
    "&lt;script&gt; ~~weg~~",
)


class Seen(HTMLParser):
    """The elements and the text of a page; `style` is the page's own."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def seen(page: str) -> Seen:
    reader = Seen()
    reader.feed(page)
    return reader


def report(words: str) -> RunReport:
    sections = (
        Section("What changed", columns=("report", "why"), rows=((words, "figures"), ("other-2023", words))),
        Section("To be looked at", items=(Item(words, words, "look"), Item("new: fetched", "other-2023"))),
    )
    return RunReport(f"Published: {words}", words, True, (words,), 0, sections)


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_reports_stay_words_in_markdown(words: str) -> None:
    rendered = seen(
        MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(report(words).markdown())
    )
    assert set(rendered.tags) <= {"h1", "h2", "p", "ul", "li", "strong", "table", "thead", "tbody", "tr", "th", "td"}
    assert rendered.tags.count("h1") == 1
    assert rendered.tags.count("li") == 2
    assert rendered.tags.count("td") == 4
    told = " ".join(" ".join(rendered.texts).split())
    assert told.count(" ".join(words.split())) >= 5


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_reports_stay_words_on_the_page(words: str) -> None:
    page = seen(report(words).html())
    assert not {"script", "img", "a", "b", "iframe"} & set(page.tags)
    assert page.tags.count("li") == 2
    assert words in "".join(page.texts)


def test_many_things_are_counted_by_report_and_folded_and_a_few_are_sent() -> None:
    many = [
        Drift("look", kind, f"r-{number:03d}", f"x{number}") for kind in ("moved", "renamed") for number in range(90)
    ]
    section = _drifts("To be looked at", sorted(many, key=lambda drift: drift.report_id), "look")
    assert section is not None
    assert section.rows[0] == ("r-000", 2, "1 × moved, 1 × renamed")
    told = RunReport("Published", "", True, (), 0, (section,))
    assert len(section.items) == 180
    assert told.markdown().count("- **r-") == told.html().count("<li") == 180
    assert told.html().count("<details>") == 90
    assert told.markdown(most=20).count("- **r-") == 20
    assert "and 230 more" in told.markdown(most=20)
