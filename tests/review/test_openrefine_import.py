"""What OpenRefine exported becomes decisions, row by row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from flows import cli
from ontology.decisions import load, read
from ontology.scheme import load_scheme
from review.journal import Journal
from review.openrefine.imported import Imported, NotImported, import_file

TODAY = date(2026, 3, 1)


def brought(folder: Path, text: str, *, supersede: bool = False, by: str = "A. Steward") -> Imported:
    file = folder / "from-openrefine.tsv"
    file.write_text(text.replace("|", "\t"), encoding="utf-8")
    journal = Journal(folder / "decisions", load_scheme())
    return import_file(file, "waterstad", journal, by=by, today=TODAY, supersede=supersede)


def test_a_matched_row_is_a_decision_that_the_matcher_uses(tmp_path: Path) -> None:
    done = brought(
        tmp_path,
        "label|context|concept|relation|confidence|author\n"
        "Havenlicht|Klachten > Onderwerp|subject:nuisance.light|broader|0.8|B. Clerk\n"
        "Sluikstort 2023||https://w3id.org/klachtenatlas/subject/waste.fly_tipping|||\n"
        "Nog te bekijken||||\n",
    )
    assert (len(done.recorded), done.undecided, done.refused) == (2, 1, [])
    first, second = (load(tmp_path / "decisions").find(name, ["Onderwerp"]) for name in ("Havenlicht", "Sluikstort"))
    assert first is not None and second is not None
    assert (first.concept, first.predicate, first.confidence) == ("subject:nuisance.light", "skos:broadMatch", 0.8)
    assert (first.author, first.context, second.author) == ("B. Clerk", "Onderwerp", "A. Steward")
    assert second.concept == "subject:waste.fly_tipping" and second.decided_on == TODAY
    assert first.concept_seen


def test_a_wrong_row_costs_only_itself_and_is_named(tmp_path: Path) -> None:
    done = brought(
        tmp_path,
        "label|concept|relation|date|facet\n"
        "a|subject:nowhere|||\n"
        "b|subject:waste|wider||\n"
        "c|subject:waste||1 maart|\n"
        "d|none|||\n"
        "|subject:waste|||\n"
        "e|none|||subject\n"
        "f|subject:waste|||\n"
        "f|subject:waste.litter|||\n",
    )
    assert [line for line, _ in done.refused] == [2, 3, 4, 5, 6, 9]
    assert [d.label for d in done.recorded] == ["e", "f"]
    assert "Line 8" in done.refused[-1][1]


def test_the_same_file_again_adds_nothing(tmp_path: Path) -> None:
    text = "label|concept\nHavenlicht|subject:nuisance.light\nTonnen|none\n".replace("none", "subject:waste")
    brought(tmp_path, text)
    path = tmp_path / "decisions" / "waterstad.sssom.tsv"
    before = path.read_bytes()
    again = brought(tmp_path, text)
    assert (again.recorded, again.known) == ([], 2)
    assert path.read_bytes() == before


def test_a_contradiction_waits_for_a_word_and_keeps_the_history(tmp_path: Path) -> None:
    brought(tmp_path, "label|concept\nHavenlicht|subject:nuisance.light\n")
    other = "label|concept\nHavenlicht|subject:public_space.lighting\n"
    refused = brought(tmp_path, other, by="B. Clerk")
    assert "A. Steward decided subject:nuisance.light" in refused.refused[0][1]
    assert brought(tmp_path, other, by="B. Clerk", supersede=True).refused == []
    rows = read(tmp_path / "decisions" / "waterstad.sssom.tsv")
    assert [d.concept for d in rows] == ["subject:nuisance.light", "subject:public_space.lighting"]


def test_a_decision_names_who_took_it(tmp_path: Path) -> None:
    assert "names who took it" in brought(tmp_path, "label|concept\na|subject:waste\n", by="").refused[0][1]


@pytest.mark.parametrize("text", ["", "label|key\na|subject:waste\n", "label;concept\na;subject:waste\n"])
def test_a_file_without_the_columns_says_what_it_lacks(tmp_path: Path, text: str) -> None:
    with pytest.raises(NotImported, match="has no column"):
        brought(tmp_path, text)


def test_the_command_says_what_happened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    file = tmp_path / "out.tsv"
    file.write_text("label\tconcept\nHavenlicht\tsubject:nuisance.light\nb\tsubject:no\n", encoding="utf-8")
    arguments = ["klachtenatlas", "review", "import", str(file), "--city", "waterstad", "--by", "A. Steward"]
    for city, status in (("waterstad", 1), ("Water Stad", 2)):
        command = [*arguments, "--decisions", str(tmp_path / "decisions")]
        command[5] = city
        monkeypatch.setattr("sys.argv", command)
        with pytest.raises(SystemExit) as end:
            cli.main()
        assert end.value.code == status
    said = capsys.readouterr()
    assert "1 decisions recorded" in said.out and "out.tsv, line 3: The scheme has no concept" in said.out
    assert "water-stad" in said.err
