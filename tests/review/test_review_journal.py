"""The files of decisions under several hands at once."""

from __future__ import annotations

import multiprocessing
import shutil
import subprocess
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.decisions import Decision, load, read, write
from ontology.scheme import load_scheme
from review.journal import Journal, Stale, State, Subject

CONCEPTS = ("subject:nuisance", "subject:waste", "ground:attitude", None)
BODIES = ("Stad", "Politie")


def decision(label: str, concept: str | None, body: str = "Stad", author: str = "A. Steward") -> Decision:
    facet = concept.split(":")[0] if concept else "subject"
    return Decision(label, concept, author, date(2024, 5, 1), facet, organisation=body, language="nl")


def subject(label: str) -> Subject:
    return Subject("waterstad", label, "", BODIES)


def decide_many(folder: Path, name: str, count: int) -> None:
    journal = Journal(folder, load_scheme())
    for number in range(count):
        label = f"{name} {'abcdefghij'[number]}"
        journal.decide(subject(label), [decision(label, "subject:waste")], journal.state(subject(label)).version)


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=decide_many, args=(tmp_path, name, 10)) for name in ("een", "twee")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    rows = read(tmp_path / "waterstad.sssom.tsv")
    assert len(rows) == 20
    assert [r.subject for r in rows] == sorted(r.subject for r in rows)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["decide", "unsure", "undo"]), st.sampled_from(CONCEPTS), st.sampled_from([BODIES, ("Stad",)])
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_nothing_recorded_is_ever_lost_and_one_decision_holds_a_body(
    steps: list[tuple[str, str | None, tuple]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal(Path(folder), load_scheme())
        recorded = 0
        where = subject("Duiven")
        for what, concept, bodies in steps:
            before: State = journal.state(where)
            if what == "decide":
                after = journal.decide(where, [decision("Duiven", concept, b) for b in bodies], before.version)
                recorded += len(bodies)
                held = {d.organisation: d.concept for d in after.holding}
                assert all(held[b] == concept for b in bodies)
            elif what == "unsure":
                after = journal.unsure(where, decision("Duiven", None), before.version)
                assert after.unsure is not None
            else:
                after = journal.undo(where, "A. Steward", before.version)
            assert len({d.organisation for d in after.holding}) == len(after.holding)
            taken = [e for e in after.history if e.what in ("decided", "withdrawn", "superseded", "restored")]
            assert len(taken) >= recorded
            again = Journal(Path(folder), load_scheme()).state(where)
            assert again == after
            found = load(Path(folder)).find("Duiven", organisation="Stad")
            assert (found.concept if found else "none") == next(
                (d.concept for d in after.holding if d.organisation == "Stad"), "none"
            )


def test_a_stale_view_changes_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path, load_scheme())
    seen = journal.state(subject("Duiven")).version
    journal.decide(subject("Duiven"), [decision("Duiven", "subject:waste", author="Eerste")], seen)
    before = (tmp_path / "waterstad.sssom.tsv").read_bytes()
    for act in (
        lambda: journal.decide(subject("Duiven"), [decision("Duiven", "subject:nuisance")], seen),
        lambda: journal.unsure(subject("Duiven"), decision("Duiven", None), seen),
        lambda: journal.undo(subject("Duiven"), "x", seen),
    ):
        try:
            act()
        except Stale as stale:
            assert "Duiven" in str(stale)
        else:
            raise AssertionError("a stale view was let through")
    assert (tmp_path / "waterstad.sssom.tsv").read_bytes() == before


def test_a_row_written_by_hand_is_taken_up(tmp_path: Path) -> None:
    journal = Journal(tmp_path, load_scheme())
    where = subject("Duiven")
    first = journal.decide(where, [decision("Duiven", "subject:waste")], journal.state(where).version)
    path = tmp_path / "waterstad.sssom.tsv"
    path.write_text(path.read_text(encoding="utf-8").replace("A. Steward", "Met de hand"), encoding="utf-8")
    now = journal.state(where)
    assert now.version != first.version and now.holding[0].author == "Met de hand"


@pytest.mark.skipif(shutil.which("git") is None, reason="No git is installed here.")
def test_branches_of_two_stewards_merge_without_losing_a_row(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)

    folder = tmp_path / "ontology" / "decisions"
    attributes = Path(__file__).parents[2] / ".gitattributes"
    git("init", "-b", "main")
    shutil.copy(attributes, tmp_path)
    write(folder / "waterstad.sssom.tsv", [decision("Duiven", "subject:waste")], load_scheme())
    git("add", "-A")
    git("commit", "-m", "start")
    expected = {("Duiven", "A. Steward")}
    for number, name in enumerate(("een", "twee")):
        git("checkout", "-q", "-b", name, "main")
        journal = Journal(folder, load_scheme())
        for label in ("Duiven", "Honden", f"Katten {name}"):
            said = replace(decision(label, CONCEPTS[number], author=name), decided_on=date(2025, 1, 2 + number))
            journal.decide(subject(label), [said], journal.state(subject(label)).version)
            expected.add((label, name))
        git("commit", "-q", "-am", name)
    git("merge", "--no-edit", "een")
    merged = read(folder / "waterstad.sssom.tsv")
    assert {(d.label, d.author) for d in merged} == expected
    journal = Journal(folder, load_scheme())  # and the page goes on with it
    journal.decide(subject("Duiven"), [decision("Duiven", None)], journal.state(subject("Duiven")).version)
    assert len(read(folder / "waterstad.sssom.tsv")) == len(merged) + 1
