"""Pages as agencies set them: the same seed gives the same bytes, and the truth is what the PDF says."""

from __future__ import annotations

import io
from itertools import islice

import pypdfium2
import pytest

from benchmarks.government import content, documents, setter
from benchmarks.government.looks import SHARES


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_same_seed_same_documents() -> None:
    first = list(islice(documents.documents(3, 5), 3))
    assert first == list(islice(documents.documents(3, 5), 3))


def test_each_cell_stands_on_the_page_that_its_truth_names() -> None:
    for _, pdf, tables, _ in documents.documents(6, 8):
        printed = [squeezed(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(pdf)]
        for page, cells in tables:
            for *_, text in cells:
                for word in text.split():
                    assert squeezed(word).rstrip("1234.") in printed[page - 1]


@pytest.mark.parametrize("family", sorted(SHARES))
def test_cells_of_a_part_do_not_overlap(family: str) -> None:
    import random

    from benchmarks.government.looks import register_fonts

    register_fonts()
    rng = random.Random(4)
    drawn, look = SHARES[family][0](rng, False)
    sheet = setter.Sheet(setter.canvas(io.BytesIO(), (612, 792)), rng)
    setter.Setting(sheet, drawn, look, 60, 492).at(60)
    assert sheet.tables
    for _, cells in sheet.tables:
        places = [(r + i, c + j) for r, c, tall, wide, _ in cells for i in range(tall) for j in range(wide)]
        assert len(places) == len(set(places))


def test_heads_of_several_levels_cover_their_columns() -> None:
    head = content.Head("Year", (content.Head("2001"), content.Head("2002", (content.Head("n"), content.Head("%")))))
    assert head.depth == 3
    assert [leaf.text for leaf in head.leaves] == ["2001", "n", "%"]
