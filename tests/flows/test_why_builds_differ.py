"""Two builds with one change of each kind: every row that differs is given to the input that made it differ."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from small_reports import ROWS, entry, report_pdf, write_catalogue

from flows.crate import CrateError, pack, prove, unpacked
from flows.inputs import CODE, RAW, Inputs, found_in, gathered, recalled
from flows.rebuild import rebuild, rebuilt
from flows.swaps import differing, stages
from publish.attribution import attributed
from publish.diff import DatasetDiff, diff
from publish.diff_text import changelog, summary
from schemas.files import sha256_of

OTHER_READER = """

_as_before = read_report


def read_report(*given, **named):
    from dataclasses import replace

    report = _as_before(*given, **named)
    figures = tuple(replace(f, method="other reader") if f.row_labels == ("Parkeren",) else f for f in report.figures)
    return replace(report, figures=figures)
"""


CORRECTION = """
corrections:
  - report: ander-2023
    place: {row: Parkeren, column: "2022"}
    printed: "8"
    correct: 9
    reason: Erratum of the publisher.
    source: https://example.org/erratum
    who: test steward
    when: 2024-01-09
"""


@dataclass(frozen=True)
class Build:
    tree: Path
    dataset: Path
    inputs: Inputs


@dataclass(frozen=True)
class Pair:
    old: Build
    new: Build
    cache: Path


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    base = tmp_path_factory.mktemp("pair")
    cache = base / "cache"
    raw = write_catalogue(base / "raw", entry(), entry(id="ander-2023", city="Ander", file="ander-2023.pdf"))
    report_pdf(raw / "voorbeeld-2023.pdf")
    report_pdf(raw / "ander-2023.pdf")
    run = rebuild(raw, base / "old", cache)
    gathered(run.catalogue).keep(base / "old", cache)
    found = recalled(base / "old", cache)
    assert found is not None
    old = Build(base, base / "old", found)

    tree = base / "tree"
    found.lay(tree)
    code = tree / CODE
    # the report's bytes: one number is another
    report_pdf(
        tree / RAW / "voorbeeld-2023.pdf",
        rows=[["Geluidshinder", "12", "19"] if r[0] == "Geluidshinder" else r for r in ROWS],
    )
    # a report more, and another licence in the catalogue
    report_pdf(tree / RAW / "nieuw-2023.pdf")
    write_catalogue(
        tree / RAW,
        entry(), entry(id="ander-2023", city="Ander", file="ander-2023.pdf", licence="CC0-1.0"),
        entry(id="nieuw-2023", city="Nieuw", file="nieuw-2023.pdf"),
    )  # fmt: skip
    # the reading
    with (code / "extractors" / "report.py").open("a", encoding="utf-8") as file:
        file.write(OTHER_READER)
    # the scheme: a concept gets another name
    turtle = code / "ontology" / "scheme" / "channel.ttl"
    text = turtle.read_text(encoding="utf-8")
    assert '"Letter"@en' in text or '"letter"@en' in text
    turtle.write_text(
        text.replace('"Letter"@en', '"Paper letter"@en').replace('"letter"@en', '"paper letter"@en'), encoding="utf-8"
    )
    # a steward's decision
    from ontology.decisions import Decision, append
    from ontology.scheme import load_scheme

    decision = Decision("Sluikstort", "subject:mobility.parking", "test steward", date(2024, 1, 9), "subject")
    append(decision, "voorbeeld", load_scheme(), code / "ontology" / "decisions")
    # a correction
    (tree / RAW / "corrections.yaml").write_text(CORRECTION, encoding="utf-8")
    # how contradictions are judged
    judged = code / "reconciliation" / "reconcile.py"
    judged.write_text(judged.read_text(encoding="utf-8") + FEWER_FINDINGS, encoding="utf-8")
    rebuilt(tree, base / "new", cache)
    return Pair(old, Build(tree, base / "new", found_in(tree)), cache)


FEWER_FINDINGS = """

_found_before = reconcile


def reconcile(*given, **named):
    found = _found_before(*given, **named)
    return found.assign(severity="info")
"""


@pytest.fixture(scope="module")
def found(pair: Pair) -> Iterator[DatasetDiff]:
    old, new = (pair.old.dataset, pair.old.inputs), (pair.new.dataset, pair.new.inputs)
    with stages(old, new, pair.cache, lambda _: None) as on_the_way:
        yield attributed(diff(old[0], new[0]), [(stage.causes, stage.dataset) for stage in on_the_way])


def causes(found: DatasetDiff, table: str, value: str) -> set[tuple[str, ...]]:
    """The causes of the cells of a table that became `value`, and of its rows that came with it in their key."""
    (chosen,) = [each for each in found.tables if each.table == table]
    cells = {
        change.why[column]
        for change in chosen.changed
        for column, (_, now) in change.columns.items()
        if now is not None and value in now
    }
    return cells | {chosen.causes[key] for key in chosen.added if value in key}


def test_the_inputs_that_differ_are_known_before_anything_is_built(pair: Pair) -> None:
    assert differing(pair.old.inputs, pair.new.inputs) == (
        "reports", "report bytes", "catalogue", "reading", "ontology", "mapping", "correction", "findings",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("table", "part", "cause"),
    [
        ("observations", "19", "report bytes"),
        ("observations", "other reader", "reading"),
        ("observations", "subject:mobility.parking", "mapping"),
        ("observations", "nieuw-2023", "reports"),
        ("reports", "CC0-1.0", "catalogue"),
        ("concepts", "aper letter", "ontology"),
        ("corrections", "ander-2023", "correction"),
    ],
)
def test_every_row_has_the_cause_that_made_it_differ(found: DatasetDiff, table: str, part: str, cause: str) -> None:
    assert causes(found, table, part) == {(cause,)}


def test_no_row_is_left_without_a_cause_and_the_summary_is_short(found: DatasetDiff, pair: Pair) -> None:
    assert [key for table in found.tables for key, why in table.causes.items() if not why] == []
    assert "environment" not in {cause for step in found.steps for cause in step.causes}
    text = summary(found)
    assert len(text.splitlines()) < 45
    for said in ("swapping one input", "the PDF has other bytes", "stewards decided otherwise", "the report is new"):
        assert said in text
    told = json.loads(found.to_json())
    assert {tuple(step["causes"]) for step in told["steps"]} >= {("reading",), ("mapping",)}


def test_the_changelog_tells_city_and_year(found: DatasetDiff, pair: Pair) -> None:
    text = changelog(found, pair.old.dataset, pair.new.dataset, "2026-11-24")
    assert text.startswith("## 2026-11-24\n")
    assert "**Nieuw 2023**" in text and "the report is new" in text
    assert text.index("Ander 2023") < text.index("Voorbeeld 2023")


def test_a_crate_is_proved_by_building_it_again(pair: Pair, tmp_path: Path) -> None:
    crate = tmp_path / "crate.zip"
    pack(pair.new.dataset, pair.new.inputs, crate)
    first = crate.read_bytes()
    pack(pair.new.dataset, pair.new.inputs, crate)
    assert crate.read_bytes() == first
    with pytest.raises(CrateError, match=r"another program.*--foreign-code"):
        prove(crate)
    assert prove(crate, foreign_code=True)


def test_a_crate_whose_dataset_does_not_follow_is_not_proved(pair: Pair, tmp_path: Path) -> None:
    crate = tmp_path / "crate.zip"
    pack(pair.new.dataset, pair.old.inputs, crate)
    proof = prove(crate)
    assert not proof
    assert "observations.csv" in proof.other
    assert "other bytes" in proof.render()


def test_inputs_are_remembered_as_they_were_when_they_are_edited_in_place(tmp_path: Path) -> None:
    for name in ("rule.py", "report.pdf", "data/SHA256SUMS"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{name} as it was")
    places = {f"{CODE}/rule.py": tmp_path / "rule.py", f"{RAW}/report.pdf": tmp_path / "report.pdf"}
    inputs = Inputs(places, {path: sha256_of(place) for path, place in places.items()})
    inputs.keep(tmp_path / "data", tmp_path / "cache")
    (tmp_path / "rule.py").write_text("edited")
    found = recalled(tmp_path / "data", tmp_path / "cache")
    assert found is not None and found.places[f"{CODE}/rule.py"].read_text() == "rule.py as it was"
    (tmp_path / "report.pdf").write_text("written over")
    assert recalled(tmp_path / "data", tmp_path / "cache") is None, "a report under a second name is not vouched for"
    (tmp_path / "report.pdf").write_text("report.pdf as it was")
    inputs.keep(tmp_path / "data", tmp_path / "cache")
    assert recalled(tmp_path / "data", tmp_path / "cache") is not None


def test_a_damaged_crate_is_named(pair: Pair, tmp_path: Path) -> None:
    crate = tmp_path / "crate.zip"
    pack(pair.old.dataset, pair.old.inputs, crate)
    with zipfile.ZipFile(crate, "a") as archive:
        archive.writestr("dataset/more.csv", "a")
    with pytest.raises(CrateError, match=r"does not hold the files that it lists: dataset/more\.csv"), unpacked(crate):
        pass
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as archive:
        archive.writestr("../outside.txt", "a")
    with pytest.raises(CrateError, match="outside of itself"), unpacked(tmp_path / "evil.zip"):
        pass
