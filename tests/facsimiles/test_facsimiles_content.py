"""Content files: what they may say, and how a wrong one is refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facsimiles import content
from facsimiles.__main__ import documents, main, with_checksum

MARKS = {"nl": "Facsimile"}
HEAD = "title: T\npublisher: P\nyear: 2023\nlanguage: nl\nlayout: classic\nrunning: R\nblocks:\n"


def read(tmp_path: Path, blocks: str) -> content.Document:
    path = tmp_path / "some-report-2023.yaml"
    path.write_text(HEAD + blocks, encoding="utf-8")
    return content.read(path, MARKS)


@given(st.text())
def test_text_without_tags_is_one_run_with_the_same_characters(source: str) -> None:
    if "<" not in source:
        assert content.plain(content.text(source)) == source


def test_tags_become_runs_and_footnotes_leave_the_line() -> None:
    said = content.text("<b>715</b> klachten<fn>zonder 2022</fn>, tabel<sup>3</sup>")
    assert [run.style for run in said] == ["bold", "plain", "note", "plain", "raised"]
    assert content.plain(said) == "715 klachten, tabel3"


def test_asterisks_of_a_label_are_no_markup() -> None:
    assert content.plain(content.text("Patrimonium-beheer*****")) == "Patrimonium-beheer*****"


def test_spans_from_above_count_as_filled(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "- table:\n    align: llr\n    rows:\n"
        "    - [{t: Overlast, rows: 2}, Horeca, 1]\n    - [Jongeren, 5]\n    - [{t: Totaal, cols: 2}, 6]\n",
    )
    (table,) = content.tables(document.blocks)
    assert [len(row) for row in table.body] == [3, 2, 2]


@pytest.mark.parametrize("row", ["[Horeca]", "[Horeca, 1, 2]", "[{t: Horeca, cols: 3}]"])
def test_row_that_does_not_fill_its_table_is_refused_with_its_place(tmp_path: Path, row: str) -> None:
    with pytest.raises(content.ContentError, match=r"some-report-2023\.yaml: block 1, row 2 .*Horeca"):
        read(tmp_path, f"- table:\n    align: lr\n    rows:\n    - [Drugs, 5]\n    - {row}\n")


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ("- tabel: {}\n", "unknown kind 'tabel'"),
        ("- p: a\n  q: b\n", "not one key"),
        ("- table: {rows: []}\n", "'align'"),
    ],
)
def test_wrong_block_is_refused_with_what_to_do(tmp_path: Path, blocks: str, said: str) -> None:
    with pytest.raises(content.ContentError, match=said):
        read(tmp_path, blocks)


def test_tables_inside_columns_and_on_landscape_pages_are_found(tmp_path: Path) -> None:
    table = "- table: {align: lr, rows: [[a, 1]]}"
    document = read(
        tmp_path, f"{table}\n- columns: {{blocks: [{table[2:]}]}}\n- landscape: {{blocks: [{table[2:]}]}}\n"
    )
    assert len(list(content.tables(document.blocks))) == 3


def test_unknown_report_is_refused_with_the_known_ones() -> None:
    with pytest.raises(content.ContentError, match=r"No content for nergens-2023; known are .*breda-klachten-2018"):
        documents(["nergens-2023"])


def test_command_says_what_is_wrong_and_exits_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nergens-2023", "--out", str(tmp_path)]) == 2
    assert "nergens-2023" in capsys.readouterr().err


def test_only_the_checksum_of_the_named_file_changes() -> None:
    catalogue = "reports:\n  - id: a\n    file: a.pdf\n    sha256: 00\n  - id: b\n    file: b.pdf\n    sha256: \n"
    assert with_checksum(catalogue, "b.pdf", "ff") == catalogue.replace("sha256: \n", "sha256: ff\n")
    assert with_checksum(catalogue, "c.pdf", "ff") == catalogue
