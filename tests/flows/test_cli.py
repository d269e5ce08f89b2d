"""The command line as programs see it: exit status, standard output, standard error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows import cli
from flows.command_read import page_numbers
from flows.errors import CommandError

COMMANDS = (
    "build",
    "tables",
    "cases",
    "match",
    "review",
    "serve",
    "resume",
    "fetch",
    "explain",
    "diff",
    "findings",
    "status",
)


def call(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flows.cli", *map(str, arguments)]
    root = Path(cli.__file__).resolve().parent.parent
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=root, timeout=120)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    shown = CliRunner().invoke(cli.app, [command, "--help"])
    assert shown.exit_code == 0
    assert command in shown.output


def test_help_needs_neither_prefect_nor_pandas() -> None:
    began = time.process_time()
    heavy = "import sys; from flows import cli; sys.exit(any(name in sys.modules for name in ('prefect', 'pandas')))"
    assert subprocess.run([sys.executable, "-c", heavy], check=False).returncode == 0
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nothing"], "No such command"),
        (["build", "--nothing"], "--nothing"),
        (["build", "--jobs", "0"], "jobs"),
        (["tables"], "Missing argument"),
        (["tables", "absent.pdf"], "absent.pdf is no file"),
        (["match", "absent.tsv"], "absent.tsv cannot be read"),
        (["explain", "x", "--data", "absent"], "absent holds no built dataset"),
        (["diff", "absent", "absent"], "absent holds no built dataset"),
        (["findings", "--data", "absent"], "absent holds no built dataset"),
    ],
)
def test_wrong_usage_is_status_2_with_a_sentence_and_no_traceback(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["klachtenatlas", *arguments])
    with pytest.raises(SystemExit) as end:
        cli.main()
    said = capsys.readouterr()
    assert end.value.code == 2
    assert says in said.err
    assert said.out == ""


def test_tables_of_a_pdf_are_json_on_standard_output(one_pdf: Path, tmp_path: Path) -> None:
    ended = call("tables", one_pdf, "--pages", "1", "--debug", tmp_path / "pictures")
    assert ended.returncode == 0, ended.stderr
    answer = json.loads(ended.stdout)
    assert answer["file"] == one_pdf.name
    (table,) = answer["tables"]
    assert table["page"] == 1
    assert len(table["bbox"]) == 4
    assert {cell["text"] for cell in table["cells"]} >= {"Sluikstort", "28"}
    assert {"header_rows", "continues", "detector"} <= set(table)
    assert [path.suffix for path in (tmp_path / "pictures").iterdir()] == [".png"]


def test_an_unreadable_pdf_is_status_3_and_a_missing_page_status_2(one_pdf: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"<html>")
    ended = call("cases", broken)
    assert (ended.returncode, ended.stdout) == (3, "")
    assert "Traceback" not in ended.stderr
    ended = call("tables", one_pdf, "--pages", "2")
    assert (ended.returncode, ended.stdout) == (2, "")


@pytest.mark.parametrize(("text", "pages"), [("1", (1,)), ("3-5,1", (1, 3, 4, 5)), (" 2 , 2-3", (2, 3)), (None, None)])
def test_pages_are_numbers_and_ranges(text: str | None, pages: tuple[int, ...] | None) -> None:
    assert page_numbers(text) == pages


@pytest.mark.parametrize("text", ["", "0", "a", "5-3", "1,,2", "1-", "-3", "1-99999999", "1-200000"])
def test_what_is_no_list_of_pages_is_refused(text: str) -> None:
    with pytest.raises(CommandError, match="--pages"):
        page_numbers(text)


def test_a_fault_of_the_program_is_a_sentence_unless_a_traceback_is_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "observations.parquet").write_bytes(b"no parquet")
    monkeypatch.setattr("sys.argv", ["klachtenatlas", "findings", "--data", str(tmp_path)])
    for debug in ("", "1"):
        monkeypatch.setitem(os.environ, "KLACHTENATLAS_DEBUG", debug)
        with pytest.raises(SystemExit) as end:
            cli.main()
        assert end.value.code == 3
        assert ("Traceback" in capsys.readouterr().err) == bool(debug)


def test_the_publishers_page_is_of_one_report(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["klachtenatlas", "findings", "--publisher"])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 2
    assert "name it" in capfd.readouterr().err
