"""The atlas as readers meet it: a real browser without a network, every chart held against the database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from publish import write_dataset

HOSTILE = "</script><img src=https://evil.example/x.png onerror=\"document.title='owned'\"><b>Afval"
BARS = """section => [...document.querySelectorAll(section + ' .hit [role=button]')].map(
    b => [b.dataset.key, b.dataset.period ?? '', Number(b.dataset.value)])"""


@pytest.fixture(scope="module")
def data(tables: dict[str, pd.DataFrame], strips: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with a hostile label, a population for each city, and the pictures of one report's pages."""
    observations = tables["observations"].copy()
    hostile = observations["observation_id"].str.endswith("p4-1/Afval/aantal")
    observations.loc[hostile, "row_label"] = HOSTILE
    people = observations[observations["observation_id"].str.endswith("p6-1/onbekend")].copy()
    people["observation_id"] += "/population"
    people = people.assign(measure="population", value=[50_000.0, 51_000.0, 80_000.0], mapping_status="accepted")
    folder = tmp_path_factory.mktemp("atlas") / "normalized"
    whole = pd.concat([observations, people], ignore_index=True)
    reports = tables["reports"].assign(observations=tables["reports"]["observations"] + 1)
    write_dataset({**tables, "observations": whole, "reports": reports}, folder, strips=strips)
    return folder


class Reader:
    """A person who opens the file, offline. What the browser asks for or complains of is kept."""

    def __init__(self, chromium: Any, data: Path, **context: Any) -> None:
        settings = {"viewport": {"width": 1100, "height": 800}, "locale": "en-GB", "offline": True, **context}
        self.context = chromium.new_context(**settings)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        address = (data / "atlas.html").as_uri()
        self.page.on(
            "request", lambda r: None if r.url.startswith((address, "data:")) else self.complaints.append(r.url)
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda m: self.complaints.append(m.text))
        self.page.goto(address)

    def bars(self, section: str) -> list[tuple[str, str, float]]:
        return sorted((str(k), str(p), float(v)) for k, p, v in self.page.evaluate(BARS, section))

    def close(self) -> None:
        self.context.close()
        assert self.complaints == []


def asked(data: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(data / "klachtenatlas.duckdb"), read_only=True) as connection:
        return sorted(connection.execute(sql, list(values)).fetchall())


@pytest.fixture
def reader(chromium: Any, data: Path) -> Iterator[Reader]:
    reader = Reader(chromium, data)
    yield reader
    reader.close()


def test_totals_of_cities_that_count_alike_stand_side_by_side_per_10000_residents(reader: Reader, data: Path) -> None:
    expected = asked(
        data,
        "SELECT city || '|' || organisation, year::VARCHAR, per_10000 FROM comparable_totals "
        "WHERE per_10000 IS NOT NULL QUALIFY count(*) OVER (PARTITION BY comparable_group) > 1",
    )
    assert len(expected) == 3 and len({row[0] for row in expected}) == 2
    drawn = reader.bars("#totals")
    assert [row[:2] for row in drawn] == [row[:2] for row in expected]
    assert [row[2] for row in drawn] == pytest.approx([row[2] for row in expected])


@pytest.mark.parametrize(
    ("facet", "view"),
    [("subject", "complaints_by_subject"), ("channel", "channel_mix")],
)
def test_every_table_that_can_be_chosen_shows_what_the_view_says(
    reader: Reader, data: Path, facet: str, view: str
) -> None:
    places = reader.page.evaluate(
        "facet => DATA.breakdowns[facet].map(c => [DATA.reports[c.report].report_id, c.table])", facet
    )
    assert len(places) == 3
    for place, (report, table) in enumerate(places):
        reader.page.select_option(f"#choose-{facet}", str(place))
        expected = asked(
            data,
            f"SELECT {facet}, year::VARCHAR, value FROM {view} "
            "WHERE report_id = ? AND table_id = ? AND NOT narrower_listed",
            report, table,
        )  # fmt: skip
        assert len(expected) > 1
        assert reader.bars(f"#{facet}") == expected


def test_how_it_ends_and_what_is_in_it_are_the_views_numbers(reader: Reader, data: Path) -> None:
    expected = asked(
        data,
        "SELECT unnest([founded, unfounded]) AS value, year::VARCHAR FROM founded_share "
        "WHERE founded_share IS NOT NULL",
    )
    assert len(expected) == 6
    assert sorted((value, period) for _, period, value in reader.bars("#founded")) == expected
    expected = asked(
        data,
        "SELECT r.city || '|' || c.organisation, c.year::VARCHAR, sum(c.numbers) FROM comparability c "
        "JOIN reports r USING (report_id) GROUP BY ALL",
    )
    assert [(k, p, int(v)) for k, p, v in reader.bars("#coverage")] == expected


def test_every_bar_opens_its_numbers_and_the_place_on_the_page(reader: Reader, data: Path) -> None:
    reader.page.select_option("#choose-subject", "0")
    bar = reader.page.locator("#subject .hit [role=button]").first
    bar.focus()
    reader.page.keyboard.press("Enter")
    opened = reader.page.locator("dialog[open]")
    name = opened.locator(".number").first.get_attribute("data-id")
    (value,) = asked(data, "SELECT value, value_printed FROM observations WHERE observation_id = ?", name)
    assert float(bar.get_attribute("data-value")) == value[0]
    assert opened.locator(".printed").first.inner_text() == value[1]
    assert "facsimile" in opened.locator("figcaption").inner_text() or "original" not in opened.inner_text()
    reader.page.keyboard.press("Escape")
    assert not reader.page.locator("dialog[open]").count()


def test_the_marked_cell_is_the_place_of_the_number(reader: Reader) -> None:
    place = reader.page.evaluate("DATA.numbers.findIndex(row => row[14] !== null)")
    assert place >= 0
    reader.page.evaluate("place => openNumbers('', '', [place])", place)
    reader.page.wait_for_function("document.querySelector('.sheet img').complete")
    found = reader.page.evaluate(
        """place => {
            const n = number(place), strip = DATA.strips[n.strip], scale = 1.5;
            const mark = document.querySelector('.mark').getBoundingClientRect();
            const sheet = document.querySelector('.sheet img').getBoundingClientRect();
            return [mark.left - sheet.left, mark.top - sheet.top, mark.right - sheet.left, mark.bottom - sheet.top]
                .map(v => v / scale).concat([n.x0 - strip[0], n.top - strip[1], n.x1 - strip[0], n.bottom - strip[1]]);
        }""",
        place,
    )
    drawn, wanted = found[:4], found[4:]
    assert [abs(a - b) <= 3 for a, b in zip(drawn, wanted, strict=True)] == [True] * 4


def test_what_a_report_prints_is_text_and_nothing_else(reader: Reader) -> None:
    reader.page.select_option("#choose-subject", "0")
    reader.page.evaluate("openNumbers('t', '', DATA.numbers.map((_, i) => i).filter(i => number(i).row.includes('<')))")
    assert HOSTILE in reader.page.locator("dialog[open] .label").first.inner_text()
    assert reader.page.title() == "Klachtenatlas"
    assert reader.page.locator("b").count() == 0


def test_findings_and_problems_are_shown_and_facsimiles_are_marked(reader: Reader, data: Path) -> None:
    (count,) = asked(data, "SELECT count(*) FROM findings")
    assert reader.page.locator("#findings li").count() == count[0] == 3
    assert "The total says 60" in reader.page.locator("#findings").inner_text()
    assert reader.page.locator("#unread").inner_text().count("A chart without numbers.") == 3
    assert reader.page.locator("#coverage .reports .badge").count() == 1
    for frame in reader.page.locator("#founded .frame, #totals .frame").all():
        assert frame.locator(".badge").count() == 1
        assert "(facsimile)" in frame.locator(".plot").text_content()


def test_the_language_can_be_switched(reader: Reader) -> None:
    assert reader.page.locator("#founded h2").inner_text() == "How it ends"
    reader.page.click("button[data-set=nl]")
    assert reader.page.locator("#founded h2").inner_text() == "Hoe het afloopt"
    assert reader.page.locator("html").get_attribute("lang") == "nl"
    assert "gegrond" in reader.page.locator("#founded .key").inner_text()


@pytest.mark.parametrize("context", [{"color_scheme": "dark"}, {"viewport": {"width": 380, "height": 780}}])
def test_the_accessibility_check_finds_nothing_and_nothing_is_cut_off(
    chromium: Any, data: Path, context: dict[str, Any]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.base", reason="The check needs axe-playwright-python.")
    script = Path(axe.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
    # The page's own policy would not let the checker in.
    me = Reader(chromium, data, bypass_csp=True, **context)
    me.page.evaluate(script)
    for _ in range(2):
        found = me.page.evaluate("axe.run().then(r => r.violations)")
        assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []
        me.page.locator("#subject .hit [role=button]").first.press("Enter")
    width = me.page.viewport_size["width"]
    assert me.page.evaluate("document.documentElement.scrollWidth") <= width
    me.close()
