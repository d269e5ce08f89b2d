"""Where a label stands on a page, and what the queue makes of labels."""

from __future__ import annotations

import pytest
from desk_material import item_of

from extractors.page import Word
from review.desk import Desk
from review.evidence import NUMBER, _best, occurrences
from review.queue import Filter, core, progress, slug
from schemas.printed import Box


def words(*placed: tuple[str, float, float]) -> list[Word]:
    """Words at (left, top), ten points high."""
    return [
        Word(text, x, y, x + 5.0 * len(text), y + 10, y + 8, 10.0, order=i) for i, (text, x, y) in enumerate(placed)
    ]


def found(text: str, page: list[Word]) -> list[list[str]]:
    return [[w.text for w in run] for run in occurrences(text, page)]


def test_a_label_is_found_over_lines_hyphens_and_before_a_footnote_mark() -> None:
    page = words(("Overlast", 10, 10), ("door", 60, 10), ("ge-", 90, 10), ("luid1", 10, 22), ("12", 200, 16))
    assert found("Overlast door geluid", page) == [["Overlast", "door", "ge-", "luid1"]]
    assert found("Overlast door", page) == [["Overlast", "door"]]
    assert found("luid", page) == [["luid1"]]


def test_a_part_of_a_word_is_not_the_label() -> None:
    assert found("last", words(("Overlast", 10, 10))) == []
    assert found("Over", words(("Overlast", 10, 10))) == []
    assert found("", words(("Overlast", 10, 10))) == []


def test_of_two_places_the_one_beside_the_number_is_framed() -> None:
    page = words(("Geluid", 10, 10), ("2023", 100, 10), ("Geluid", 10, 40), ("2023", 200, 10), ("7", 205, 40))
    seen = {id(w): w.box for w in page}
    lead = page[-1].box
    assert _best("Geluid", "row", page, seen, lead) == [page[2].box]
    assert _best("2023", "column", page, seen, lead) == [page[3].box]
    assert _best("Sluikstort", "row", page, seen, lead) == []


def test_a_wrapped_label_is_framed_line_by_line() -> None:
    page = words(("Overlast", 10, 10), ("door", 60, 10), ("honden", 10, 22))
    boxes = _best("Overlast door honden", "row", page, {id(w): w.box for w in page}, Box(200, 15, 210, 25))
    assert len(boxes) == 2 and boxes[0].x1 > boxes[1].x1
    assert NUMBER.startswith("#")


def test_identical_labels_of_a_city_are_one_item(desk: Desk) -> None:
    item = item_of(desk, "Zwerfkatten")
    assert item.years == (2022, 2023) and len(item.bodies) == 2
    assert len(item.numbers) == 6  # two years of one body, one of the other, two columns each
    assert item.item_id != item_of(desk, "Zwerfkatten", "Bergen").item_id


def test_a_label_is_the_same_one_next_year() -> None:
    assert core("Klachten 2022") == core("Klachten 2023") == "Klachten"
    assert core("2023") == "2023"


@pytest.mark.parametrize(
    ("city", "name"), [("Zürich", "zurich"), ("'s-Hertogenbosch", "s-hertogenbosch"), ("!", "unnamed")]
)
def test_cities_are_named_as_their_files(city: str, name: str) -> None:
    assert slug(city) == name


def test_progress_says_how_many_decisions_bring_most(desk: Desk) -> None:
    everything = [(item, "review") for item, _ in desk.queue(Filter(status="all"))]
    start = progress(everything)
    assert start.decided == 0 and start.share == 0.0 and 0 < start.most <= start.waiting
    assert start.reach >= 0.95
    done = progress([(item, "decided") for item, _ in everything])
    assert done.share == 1.0 and done.most == 0


def test_a_number_is_mapped_when_no_label_over_it_waits(desk: Desk) -> None:
    sure = [(item, "accepted") for item, _ in desk.queue(Filter(status="all"))]
    assert progress(sure).share == 1.0
    one = [(i, "unmapped" if i.label == "Havenlicht" else s) for i, s in sure]
    assert 0.0 < progress(one).share < 1.0 and progress(one).most == 1
