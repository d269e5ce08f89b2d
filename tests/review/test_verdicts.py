"""Findings and pages that were not read: what a steward says of them, and where it goes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from desk_material import browser
from starlette.testclient import TestClient

from flows.corrections import load_corrections
from review.consequences import consequences
from review.dataset import Dataset
from review.desk import Desk
from review.queue import items
from review.verdicts import CORRECTIONS

OTHER = """# by hand
corrections:
- report: bergen-2023
  place: {page: 1}
  printed: "7"
  correct: 8
  reason: a slip
  source: the report itself
  who: B. Steward
  when: 2026-01-02
"""
FINDING = "waterstad-2022:total_mismatch:1"


@pytest.fixture
def own(material: Path, warm_desk: Desk, tmp_path: Path) -> tuple[Desk, TestClient]:
    """A desk with a folder of reports of its own, for verdicts are kept there."""
    shutil.copytree(material / "raw", tmp_path / "raw")
    desk = Desk(material / "data", tmp_path / "raw", tmp_path / "decisions")
    desk.proposer, desk.pictures = warm_desk.proposer, warm_desk.pictures
    client = browser(desk)
    client.post("/who", data={"author": "A. Steward", "back": "/"})
    return desk, client


def test_a_publishers_mistake_becomes_a_correction_beside_the_number(own: tuple[Desk, TestClient]) -> None:
    desk, client = own
    (desk.raw / CORRECTIONS).write_text(OTHER)
    place = desk.read()[0].findings[0].numbers[0]
    page = client.get(f"/finding/{FINDING}").text
    assert "Whose mistake" in page and "<script>document" not in page
    form = {"verdict": "mistake", "place": place, "value": "1 314,5", "comment": "zo staat het in de begroting"}
    assert client.post(f"/finding/{FINDING}/judge", data=form).status_code == 303
    text = (desk.raw / CORRECTIONS).read_text(encoding="utf-8")
    assert text.startswith("# by hand\n")
    (_, record), refused = load_corrections(desk.raw)  # as the build reads them
    number = desk.read()[0].numbers[place]
    assert refused == [] and (record.report, record.correct, record.who) == ("waterstad-2022", 1314.5, "A. Steward")
    assert record.place["row"] == number.row_label and record.place["column"] == number.column_label
    assert record.printed == number.printed and record.reason == form["comment"] and FINDING in record.source
    assert "total is wrong" not in client.get("/findings").text
    assert "total is wrong" in client.get("/findings?state=judged").text
    assert client.post(f"/finding/{FINDING}/judge", data=form).status_code == 400  # corrected once
    client.post("/verdict/undo", data={"about": FINDING, "back": "/findings"})
    assert (desk.raw / CORRECTIONS).read_text(encoding="utf-8") == OTHER
    assert [s.verdict for s in desk.verdicts.all()] == ["mistake", "withdrawn"]


def test_what_was_misread_goes_to_the_extraction_report(own: tuple[Desk, TestClient]) -> None:
    desk, client = own
    client.post(f"/finding/{FINDING}/judge", data={"verdict": "misread", "comment": "er staat 12"})
    problem = desk.read()[0].problems[0]
    client.post("/unread/judge", data={"about": problem.key, "verdict": "misread", "comment": "een tabel"})
    assert [(s.about, s.note) for s in desk.verdicts.misread()] == [
        (FINDING, "er staat 12"),
        (problem.key, "een tabel"),
    ]
    assert "er staat 12" in client.get("/unread?state=all").text
    assert not (desk.raw / CORRECTIONS).exists()
    client.post("/verdict/undo", data={"about": problem.key, "back": "//evil.example"})
    assert len(desk.verdicts.misread()) == 1


def test_what_is_no_verdict_is_refused(own: tuple[Desk, TestClient]) -> None:
    desk, client = own
    place = desk.read()[0].findings[0].numbers[0]
    for form in (
        {"verdict": "perhaps"}, {"verdict": "mistake", "place": "elsewhere", "value": "3"},
        {"verdict": "mistake", "place": place, "value": "veel"}, {"verdict": "mistake", "place": place, "value": "nan"},
    ):  # fmt: skip
        assert client.post(f"/finding/{FINDING}/judge", data=form).status_code == 400, form
    assert client.post("/unread/judge", data={"about": "x", "verdict": "misread"}).status_code == 400
    assert client.post("/verdict/undo", data={"about": "x"}).status_code == 400
    assert client.get("/finding/none").status_code == 404
    nameless = browser(desk).post(f"/finding/{FINDING}/judge", data={"verdict": "misread"})
    assert nameless.headers["location"].startswith("/who") and desk.verdicts.all() == ()


def test_consequences_name_the_numbers_and_the_totals(desk: Desk) -> None:
    from dataclasses import replace

    dataset, _ = desk.read()
    column = [n for n in dataset.numbers.values() if n.report_id == "bergen-2023"]
    total = replace(
        column[0], observation_id="total", row_label="Totaal", value=12.0, printed="12", is_total=True, concepts={}
    )
    mapped = [replace(n, concepts={"subject": "subject:waste"}) for n in column[:1]] + [
        replace(n, concepts={}) for n in column[1:]
    ]
    small = Dataset(dataset.reports, dataset.labels, {n.observation_id: n for n in [*mapped, total]}, (), ())
    label = mapped[1].row_label
    item = next(i for i in items(small).values() if i.label == label and i.city == "Bergen")
    item = replace(item, numbers=(mapped[1],), rows=tuple(replace(r, concept=None) for r in item.rows))
    found = consequences(small, desk.scheme, item, "subject:nuisance")
    assert [(c.old, c.new) for c in found.changes] == [("", "subject:nuisance")] and found.numbers == 1
    assert len(found.begins) == 1 and "Totaal" in found.begins[0] and found.ceases == ()
    done = {**small.numbers, mapped[1].observation_id: replace(mapped[1], concepts={"subject": "subject:nuisance"})}
    decided = replace(
        item,
        numbers=(done[mapped[1].observation_id],),
        rows=tuple(replace(r, concept="subject:nuisance") for r in item.rows),
    )
    back = consequences(replace(small, numbers=done), desk.scheme, decided, None)
    assert len(back.ceases) == 1 and back.begins == ()
