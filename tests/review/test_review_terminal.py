"""The terminal twin: what it shows, records and refuses."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from desk_material import item_of

from ontology.decisions import read
from review.desk import Desk
from review.queue import Filter
from review.terminal import Answer, Refused, accept, agreement_text, draw, explain_text, next_text, take_back


def test_the_next_label_is_the_one_that_the_page_shows_first(desk: Desk) -> None:
    first = desk.queue(Filter())[0][0]
    text = next_text(desk, Filter(), "A. Steward")
    assert first.label in text and first.item_id in text and "changes" in text
    assert f"review accept {first.item_id} ANSWER --seen" in text
    assert "No label is left" in next_text(desk, Filter(city="nowhere"), "A. Steward")


def test_an_answer_is_recorded_as_the_page_records_it(desk: Desk) -> None:
    item = item_of(desk, "Zwerfkatten")
    seen = item.numbers[0].observation_id
    said = accept(desk, item.item_id[:8], Answer("subject:nuisance", "A. Steward", seen, "broader", None, 2023, "ook"))
    assert said == "Saved. Zwerfkatten: nuisance."
    rows = read(desk.journal.folder / "waterstad.sssom.tsv")
    assert {(r.predicate, r.valid_from, r.valid_until) for r in rows} == {("skos:broadMatch", 2023, 2023)}
    assert rows[0].comment == f"ook; seen: {seen}" and rows[0].seen_in == "waterstad-2022 waterstad-2023"
    text = explain_text(desk, item.item_id)
    assert "decided: subject:nuisance, A. Steward" in text and "also in Bergen" in text
    take_back(desk, item.item_id, "A. Steward")
    assert desk.state(item).holding == ()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"by": " "}, "signed"),
        ({"seen": "elsewhere:1"}, "No decision without evidence"),
        ({"answer": "3"}, "no key of the scheme"),
        ({"relation": "alike"}, "alike is none of these"),
        ({"body": "Stad Bergen"}, "not under Stad Bergen"),
        ({"year": 1999}, "not on 1999"),
    ],
)
def test_what_is_not_sound_is_refused_with_what_to_do(desk: Desk, changed: dict[str, object], says: str) -> None:
    item = item_of(desk, "Zwerfkatten")
    given = {"answer": "subject:nuisance", "by": "A. Steward", "seen": item.numbers[0].observation_id}
    with pytest.raises(Refused, match=says):
        accept(desk, item.item_id, Answer(**{**given, **changed}))  # type: ignore[arg-type]
    with pytest.raises(Refused, match="No label begins"):
        explain_text(desk, "zzzz")
    assert not desk.journal.folder.exists()


def test_the_crop_is_drawn(desk: Desk, tmp_path: Path) -> None:
    draw(desk, item_of(desk, "Zwerfkatten").item_id, tmp_path / "crop.png")
    assert (tmp_path / "crop.png").read_bytes().startswith(b"\x89PNG")


def test_the_commands_do_it_from_a_shell(desk: Desk, tmp_path: Path) -> None:
    item = item_of(desk, "Zwerfkatten")
    where = ["--data", str(desk.data), "--raw", str(desk.raw), "--decisions", str(desk.journal.folder)]
    command = [sys.executable, "-m", "flows.cli", "review"]
    answer = ["accept", item.item_id, "not-a-category", "--seen", item.numbers[0].observation_id]
    signed = {**os.environ, "KLACHTENATLAS_STEWARD": "A. Steward"}
    done = subprocess.run([*command, *answer, *where], capture_output=True, text=True, check=False, env=signed)
    assert (done.returncode, done.stdout) == (0, "Saved. Zwerfkatten: not a category.\n")
    refused = subprocess.run(
        [*command, "accept", "zz", "none", "--seen", "x", *where], capture_output=True, check=False
    )
    assert refused.returncode == 2
    assert "No second opinion" in agreement_text(desk)
