"""The Antwerp facsimile against the figures that were published: the same tables and cases, no sentence of theirs."""

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
TRUTH = SHARED / "corpus" / "antwerpen-2023.truth.json"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not TRUTH.is_file(), reason="The published figures to compare with are not beside the project."),
]

RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@cache
def truth() -> dict:
    return json.loads(TRUTH.read_text(encoding="utf-8"))


@cache
def antwerp() -> content.Document:
    (document,) = documents(["antwerpen-eerstelijn-2023"])
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
        table["id"]: [[unspaced(cell) for cell in row] for row in table["grid"]] for table in truth()["tables"]
    }
    ours = [grid(table) for table in content.tables(antwerp().blocks)]
    assert len(ours) == len(published)
    for name, rows in published.items():
        # A total row's label may stand over both stub columns: then it begins in the first.
        moved = [[row[1], "", *row[2:]] if row[0] == "" and row[1] == "Totaal" else row for row in rows]
        assert rows in ours or moved in ours, name


def test_every_published_case_keeps_its_date_title_and_outcome() -> None:
    ours = list(cases(antwerp().blocks))
    published = truth()["cases"]
    assert len(ours) == len(published)
    for story, case in zip(ours, published, strict=True):
        assert content.plain(story.heading) == f"{case['date_printed']} - {case['title']}"
        assert len(story.paragraphs) == (1 if case["single_paragraph"] else 2) + (case["follow_up"] is not None)
        told = " ".join(map(content.plain, story.paragraphs))
        assert f"gekwalificeerd als {case['outcome_printed']}" in told


def test_no_sentence_is_copied() -> None:
    published = [
        case[key] or "" for case in truth()["cases"] for key in ("complaint_text", "handling_text", "follow_up")
    ]
    published += [figure["sentence"] for figure in truth()["prose_figures"]]
    theirs = {sentence for text in published for sentence in re.split(r"(?<=[.?!])\s+", text) if len(sentence) > 40}
    listed = {
        item
        for block in antwerp().blocks
        if isinstance(block, content.Items)
        for item in map(content.plain, block.items)
    }
    ours = {sentence for text in content.words(antwerp().blocks) for sentence in re.split(r"(?<=[.?!])\s+", text)}
    assert (ours - listed) & theirs == set()


def test_most_published_figures_of_the_running_text_are_restated() -> None:
    said = " ".join(content.words(antwerp().blocks)).lower()
    figures = [figure["raw"].lower() for figure in truth()["prose_figures"]]
    restated = [raw for raw in figures if re.search(rf"(?<![\d.,]){re.escape(raw)}", said)]
    assert len(restated) >= 0.9 * len(figures)
