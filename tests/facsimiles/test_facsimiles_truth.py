"""Facsimiles against the figures that were published: the same tables, charts and cases, no sentence of theirs."""

import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from facsimiles import content
from facsimiles.__main__ import documents

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("KLACHTENATLAS_SHARED", ROOT.parent / "shared"))
TRUTHS = {
    "antwerpen-eerstelijn-2023": SHARED / "corpus" / "antwerpen-2023.truth.json",
    "oostende-opunt-2022": SHARED / "corpus" / "oostende-2022.truth.json",
}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not all(path.is_file() for path in TRUTHS.values()),
        reason="The published figures are not beside the project; name their folder in KLACHTENATLAS_SHARED.",
    ),
]

RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


ANTWERP = "antwerpen-eerstelijn-2023"
both = pytest.mark.parametrize("report", list(TRUTHS))


@cache
def truth(report: str) -> dict:
    return json.loads(TRUTHS[report].read_text(encoding="utf-8"))


@cache
def facsimile(report: str) -> content.Document:
    (document,) = documents([report])
    return document


def unspaced(text: str) -> str:
    return re.sub(r"\s", "", text.translate(RAISED))


def grid(table: content.Table) -> list[list[str]]:
    """The table with its spans filled up: the text in the first place, nothing in the others."""
    columns = len(table.align)
    rows = [*table.header, *table.body]
    out = [[""] * columns for _ in rows]
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            out[y][x] = unspaced(content.plain(cell.text))
            taken |= {(x + dx, y + dy) for dx in range(cell.cols) for dy in range(cell.rows)}
            x += cell.cols
    return out


def cases(blocks: tuple[content.Block, ...]) -> Iterator[content.CaseStory]:
    for block in blocks:
        if isinstance(block, content.CaseStory):
            yield block
        elif isinstance(block, content.Region):
            yield from cases(block.blocks)


def test_every_published_table_is_set_with_every_cell_as_printed() -> None:
    published = {
        table["id"]: [[unspaced(cell) for cell in row] for row in table["grid"]] for table in truth(ANTWERP)["tables"]
    }
    ours = [grid(table) for table in content.tables(facsimile(ANTWERP).blocks)]
    assert len(ours) == len(published)
    for name, rows in published.items():
        # A total row's label may stand over both stub columns: then it begins in the first.
        moved = [[row[1], "", *row[2:]] if row[0] == "" and row[1] == "Totaal" else row for row in rows]
        assert rows in ours or moved in ours, name


def test_every_published_case_keeps_its_date_title_and_outcome() -> None:
    ours = list(cases(facsimile(ANTWERP).blocks))
    published = truth(ANTWERP)["cases"]
    assert len(ours) == len(published)
    for story, case in zip(ours, published, strict=True):
        assert content.plain(story.heading) == f"{case['date_printed']} - {case['title']}"
        assert len(story.paragraphs) == (1 if case["single_paragraph"] else 2) + (case["follow_up"] is not None)
        told = " ".join(map(content.plain, story.paragraphs))
        assert f"gekwalificeerd als {case['outcome_printed']}" in told


@both
def test_no_sentence_is_copied(report: str) -> None:
    published = [
        case[key] or "" for case in truth(report)["cases"] for key in ("complaint_text", "handling_text", "follow_up")
    ]
    published += [figure["sentence"] for figure in truth(report)["prose_figures"]]
    theirs = {sentence for text in published for sentence in re.split(r"(?<=[.?!])\s+", text) if len(sentence) > 40}
    listed = {
        item
        for block in facsimile(report).blocks
        if isinstance(block, content.Items)
        for item in map(content.plain, block.items)
    }
    ours = {
        sentence for text in content.words(facsimile(report).blocks) for sentence in re.split(r"(?<=[.?!])\s+", text)
    }
    assert (ours - listed) & theirs == set()


@both
def test_published_figures_of_the_running_text_are_restated(report: str) -> None:
    said = " ".join(content.words(facsimile(report).blocks)).lower()
    figures = [figure["raw"].lower() for figure in truth(report)["prose_figures"]]
    assert [raw for raw in figures if not re.search(rf"(?<![\d.,]){re.escape(raw)}", said)] == []


def test_every_published_bar_is_drawn() -> None:
    (published,) = truth("oostende-opunt-2022")["charts"]
    (ours,) = (block for block in facsimile("oostende-opunt-2022").blocks if isinstance(block, content.Chart))
    assert [(bar.label, bar.printed, bar.value) for bar in ours.bars] == [
        (bar["label"], bar["raw"], bar["value"]) for bar in published["bars"]
    ]
