from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from small_reports import entry, write_catalogue

from flows.catalogue import CHECKSUMS, CatalogueError, load
from schemas.files import sha256_of


@pytest.fixture
def raw(tmp_path: Path, one_pdf: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    shutil.copy(one_pdf, folder / "voorbeeld-2023.pdf")
    return folder


def test_a_complete_entry_is_a_source_with_its_sum(raw: Path, one_pdf: Path) -> None:
    catalogue = load(write_catalogue(raw, entry()))
    assert [source.entry.id for source in catalogue.sources] == ["voorbeeld-2023"]
    assert catalogue.sources[0].sha256 == sha256_of(one_pdf)
    assert not catalogue.refused
    assert not catalogue.loose


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"city": None}, "lacks city"),
        ({"city": None, "title": ""}, "lacks city, title; add them"),
        ({"language": "xx"}, "use one of nl, fr, de, en"),
        ({"country": "Belgium"}, "two capitals"),
        ({"edition": "draft"}, "use one of original, facsimile, synthetic"),
        ({"reporting_year": "twintig"}, "four digits"),
        ({"reporting_year": 20233}, "four digits"),
        ({"id": "a b"}, "rename it"),
        ({"id": "../up"}, "rename it"),
        ({"title": 2023}, "put it in quotes"),
        ({"title": ["a"]}, "put it in quotes"),
        ({"sha256": "0" * 64}, "restore it"),
        ({"sha256": "abc"}, "sha256sum"),
        ({"file": "absent.pdf"}, "is missing"),
        ({"file": "../outside.pdf"}, "leads out of this folder"),
        ({"file": "/etc/hostname"}, "no path below this folder"),
        ({"file": "C:\\report.pdf"}, "no path below this folder"),
        ({"file": ["a.pdf"]}, "no path"),
        ({"file": "."}, "is missing"),
        ({"file": "x" * 5000}, "cannot be opened"),
        ({"file": "link.pdf"}, "leads out of this folder"),
        ({"file": "circle.pdf"}, "voorbeeld-2023"),
        ({"file": None, "edition": "facsimile"}, "names no file"),
        ({"hints": "none"}, "hints"),
        ({"url_kind": "html"}, "page or pdf"),
    ],
)
def test_a_bad_entry_is_refused_with_what_to_do_and_the_others_go_on(
    raw: Path, tmp_path: Path, one_pdf: Path, change: dict[str, object], says: str
) -> None:
    shutil.copy(one_pdf, tmp_path / "outside.pdf")
    (raw / "link.pdf").symlink_to(tmp_path / "outside.pdf")
    (raw / "circle.pdf").symlink_to(raw / "circle.pdf")
    shutil.copy(one_pdf, raw / "good.pdf")
    with (raw / "good.pdf").open("ab") as file:
        file.write(b"\n")
    catalogue = load(write_catalogue(raw, entry(**change), entry(id="good", file="good.pdf")))
    assert [source.entry.id for source in catalogue.sources] == ["good"]
    assert len(catalogue.refused) == 1
    assert says in catalogue.refused[0].reason
    assert catalogue.refused[0].reason.startswith(str(change.get("id", "voorbeeld-2023")))


def test_an_item_that_is_no_mapping_costs_only_itself(raw: Path) -> None:
    catalogue = load(write_catalogue(raw, "just text", entry()))
    assert len(catalogue.sources) == 1
    assert "entry 1 of catalogue.yaml" in catalogue.refused[0].reason


def test_of_two_entries_with_one_id_the_first_is_used_and_the_second_named(raw: Path, one_pdf: Path) -> None:
    shutil.copy(one_pdf, raw / "other.pdf")
    catalogue = load(write_catalogue(raw, entry(), entry(file="other.pdf")))
    assert [source.entry.file for source in catalogue.sources] == ["voorbeeld-2023.pdf"]
    assert "voorbeeld-2023 (entry 2)" in catalogue.refused[0].reason
    assert not catalogue.loose, "the refused entry's PDF must not be read under another name"


def test_one_file_is_one_report(raw: Path) -> None:
    catalogue = load(write_catalogue(raw, entry(), entry(id="again")))
    assert [source.entry.id for source in catalogue.sources] == ["voorbeeld-2023"]
    assert "voorbeeld-2023" in catalogue.refused[0].reason


def test_the_pdf_of_a_refused_entry_is_not_read_as_one_without_an_entry(raw: Path) -> None:
    assert load(write_catalogue(raw, entry(city=None))).loose == ()


def test_an_original_without_a_file_is_not_fetched_and_not_a_failure(raw: Path) -> None:
    catalogue = load(write_catalogue(raw, entry(id="far", edition="original", file=None)))
    assert [item.id for item in catalogue.not_fetched] == ["far"]
    assert not catalogue.refused


def test_a_fetched_original_is_read_and_held_to_its_recorded_sum(raw: Path, one_pdf: Path) -> None:
    (raw / "originals").mkdir()
    shutil.copy(one_pdf, raw / "originals" / "far.pdf")
    write_catalogue(raw, entry(id="far", edition="original", file=None))
    assert [source.entry.file for source in load(raw).sources] == ["originals/far.pdf"]
    (raw / CHECKSUMS).write_text(f"{'0' * 64}  originals/far.pdf\n", encoding="utf-8")
    assert "not the file that was catalogued" in load(raw).refused[0].reason


def test_pdfs_without_an_entry_are_found_in_any_folder_and_case_but_not_hidden_or_linked_out(
    tmp_path: Path, one_pdf: Path
) -> None:
    raw = tmp_path / "raw"
    (raw / "deep").mkdir(parents=True)
    (raw / ".hidden").mkdir()
    shutil.copy(one_pdf, raw / "deep" / "A.PDF")
    shutil.copy(one_pdf, raw / ".hidden" / "b.pdf")
    (raw / "out.pdf").symlink_to(one_pdf)
    catalogue = load(raw)
    assert [path.name for path, _ in catalogue.loose] == ["A.PDF"]
    assert "no catalogue.yaml" in catalogue.notes[0]


def test_an_unknown_field_is_said_with_the_likely_one(raw: Path) -> None:
    catalogue = load(write_catalogue(raw, entry(langauge="nl")))
    assert len(catalogue.sources) == 1
    assert "did you mean language?" in catalogue.notes[0]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"reports:\n - id: a\n   title: [unclosed\n", "line"),
        (b"reports:\n - &a {id: x}\n - *a\n", "aliases"),
        (b"reports:\n - {id: x, id: y}\n", "stands twice"),
        (b"reports: !!python/object/apply:os.system ['true']\n", "Mend the YAML"),
        (b"- id: x\n", "start it with `reports:`"),
        (b"reports: 5\n", "start it with `reports:`"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"reports: " + b"[" * 20_000, "nested too deeply"),
        (b"# " + b"x" * 6_000_000, "larger than"),
    ],
)
def test_a_catalogue_that_cannot_be_used_as_a_whole_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes, says: str
) -> None:
    (tmp_path / "catalogue.yaml").write_bytes(content)
    with pytest.raises(CatalogueError, match=says):
        load(tmp_path)


@pytest.mark.parametrize("content", [b"", b"reports:\n", b"reports: []\n", b"\xef\xbb\xbfreports: []\r\n"])
def test_an_empty_catalogue_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "catalogue.yaml").write_bytes(content)
    catalogue = load(tmp_path)
    assert (catalogue.sources, catalogue.refused) == ((), ())


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="--raw"):
        load(tmp_path / "absent")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_catalogue_is_said(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.yaml"
    path.write_text("reports: []", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(CatalogueError, match="rights"):
        load(tmp_path)
