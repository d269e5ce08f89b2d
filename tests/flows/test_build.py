"""The build as users run it: a real Prefect flow against a real local server, on small PDFs."""

from __future__ import annotations

import contextlib
import csv
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from small_reports import entry, report_pdf, write_catalogue

from flows.lock import locked

RECORD = """
- {{report: voorbeeld-2023, place: {{row: Sluikstort, column: "2023"}}, printed: "{printed}", correct: 29,
   reason: One came in late., source: a letter, who: A steward, when: 2024-05-02}}"""
CORRECTIONS = "corrections:" + RECORD.format(printed="27") + RECORD.format(printed="28")


@dataclass(frozen=True)
class Ended:
    status: int
    out: str
    err: str


@pytest.fixture(scope="module", autouse=True)
def caches(prefect: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Caches for all builds of this module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KLACHTENATLAS_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: object) -> Ended:
    """`klachtenatlas` with these arguments."""
    from flows.cli import main

    monkeypatch.setattr("sys.argv", ["klachtenatlas", *map(str, arguments)])
    with pytest.raises(SystemExit) as end:
        main()
    said = capfd.readouterr()
    return Ended(int(end.value.code or 0), said.out, said.err)


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, one_pdf: Path) -> Path:
    """A folder with one report of every kind of fate."""
    raw = tmp_path_factory.mktemp("mixed")
    shutil.copy(one_pdf, raw / "voorbeeld-2023.pdf")
    (raw / "page.pdf").write_text("<html><body>404</body></html>", encoding="utf-8")
    report_pdf(raw / "los verslag 2021.pdf", "Jaarverslag 2021 van de ombudsdienst")
    (raw / "corrections.yaml").write_text(CORRECTIONS, encoding="utf-8")
    return write_catalogue(
        raw,
        entry(),
        entry(id="web-2023", file="page.pdf"),
        entry(id="gone-2023", file="gone.pdf"),
        entry(id="later-2024", edition="original", file=None, url="https://example.org/r.pdf", url_kind="pdf"),
        entry(id="bare-2020", city=None, file="bare.pdf"),
    )


def test_good_reports_are_published_failed_ones_named_and_the_status_is_1(
    mixed: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    ended = run(capfd, monkeypatch, "build", "--raw", mixed, "--out", out, "--jobs", 1)
    assert ended.status == 1, ended.err
    assert ended.out == "", "messages for people go to standard error"
    for said in (
        "web-2023: page.pdf is not a PDF but an HTML page",
        "'gone.pdf' is missing",
        "bare-2020: it lacks city",
        "never fetched",
        "corrections.yaml, record 1 (voorbeeld-2023): page 1 now prints '28' there, not '27'",
    ):
        assert said in ended.err
    assert "los verslag 2021.pdf has no catalogue entry" in ended.err
    assert "- id: los-verslag-2021" in ended.err, "an entry to paste"
    assert "Traceback" not in ended.err

    reports = {row["report_id"]: row for row in rows(out, "reports")}
    assert reports["voorbeeld-2023"]["status"] == "ok"
    assert reports["web-2023"]["status"] == "failed"
    assert "HTML page" in reports["web-2023"]["reason"]
    assert reports["gone-2023"]["status"] == "failed"
    assert reports["los-verslag-2021"]["reporting_year"] == "2021"
    assert "reporting_year" in reports["los-verslag-2021"]["inferred"].split()
    assert "later-2024" not in reports
    found = {(row["row_label"], row["column_label"]): float(row["value"]) for row in rows(out, "observations")}
    assert found["Sluikstort", "2023"] == 28
    assert [(row["expects"], row["corrected"]) for row in rows(out, "corrections")] == [("28.0", "29.0")]
    compared = {row["organisation"]: row for row in rows(out, "comparability") if row["report_id"] == "voorbeeld-2023"}
    assert {row["unit"] for row in compared.values()} == {"count"}
    assert {"observations.parquet", "klachtenatlas.duckdb", "datapackage.json", "ontology.ttl"} <= set(content(out))


def test_the_same_reports_give_the_same_bytes_in_another_folder_with_another_cache(
    mixed: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "deep" / "second"
    run(capfd, monkeypatch, "build", "--raw", mixed, "--out", first, "--jobs", 2)
    moved = tmp_path / "moved"
    shutil.copytree(mixed, moved)
    monkeypatch.setenv("KLACHTENATLAS_CACHE", str(tmp_path / "fresh"))
    run(capfd, monkeypatch, "build", "--raw", moved, "--out", second, "--jobs", 1)
    assert content(first) == content(second)


def test_a_folder_with_one_pdf_and_no_catalogue_is_built(
    one_pdf: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    ended = run(capfd, monkeypatch, "build", "--raw", one_pdf.parent, "--out", out)
    assert ended.status == 0, ended.err
    assert [row["report_id"] for row in rows(out, "reports")] == ["voorbeeld-2023"]
    before = {path.name: path.stat().st_mtime_ns for path in out.iterdir()}

    again = run(capfd, monkeypatch, "build", "--raw", one_pdf.parent, "--out", out)
    assert again.status == 0
    assert {path.name: path.stat().st_mtime_ns for path in out.iterdir()} == before, "nothing changed, nothing written"
    assert "read voorbeeld-2023" not in again.err, "nor is anything looked at"
    assert "- id: voorbeeld-2023" in again.err, "an entry to paste, as before"

    (out / "observations.csv").write_text("changed by hand", encoding="utf-8")
    run(capfd, monkeypatch, "build", "--raw", one_pdf.parent, "--out", out)
    assert len(rows(out, "observations")) > 0, "a changed file is put right"


def test_nothing_to_publish_is_status_3_and_leaves_what_was_there(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    write_catalogue(raw, entry())
    (raw / "voorbeeld-2023.pdf").write_bytes(b"")
    out.mkdir()
    ended = run(capfd, monkeypatch, "build", "--raw", raw, "--out", out)
    assert ended.status == 3
    assert "is empty" in ended.err
    assert list(out.iterdir()) == []


def test_a_second_build_into_one_folder_is_turned_away(
    one_pdf: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with locked(tmp_path / "out"):
        ended = run(capfd, monkeypatch, "build", "--raw", one_pdf.parent, "--out", tmp_path / "out")
    assert ended.status == 3
    assert "Another build is writing" in ended.err
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob(".*.lock")), "no lock file is left behind"


def test_a_server_of_ones_own_gets_artifacts(
    one_pdf: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.client.orchestration import get_client

    monkeypatch.delenv("KLACHTENATLAS_LOCAL_SERVER")
    run(capfd, monkeypatch, "build", "--raw", one_pdf.parent, "--out", tmp_path / "out")
    with get_client(sync_client=True) as client:
        kept = {artifact.key: artifact.data for artifact in client.read_artifacts()}
    assert "voorbeeld-2023" in str(kept["klachtenatlas-reports"])
    assert "observations" in str(kept["klachtenatlas-build"])


def test_a_second_entry_with_one_id_is_named_and_the_first_published(
    tmp_path: Path, one_pdf: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = write_catalogue(tmp_path / "raw", entry(), entry(title="Nog eens"))
    shutil.copy(one_pdf, raw / "voorbeeld-2023.pdf")
    ended = run(capfd, monkeypatch, "build", "--raw", raw, "--out", tmp_path / "out")
    assert ended.status == 1
    assert [row["status"] for row in rows(tmp_path / "out", "reports")] == ["ok"]
    assert "has the same id" in rows(tmp_path / "out", "problems")[0]["what"]


def test_a_build_of_the_same_reports_looks_at_none_of_them(
    one_pdf: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, out = write_catalogue(tmp_path / "raw", entry()), tmp_path / "out"
    shutil.copy(one_pdf, raw / "voorbeeld-2023.pdf")
    assert "read voorbeeld-2023" in run(capfd, monkeypatch, "build", "--raw", raw, "--out", out).err
    again = run(capfd, monkeypatch, "build", "--raw", raw, "--out", out)
    assert again.status == 0
    assert "read voorbeeld-2023" not in again.err
    assert "voorbeeld-2023" in again.err, "the summary is that of the published tables"
    write_catalogue(raw, entry(title="Een andere titel"))
    run(capfd, monkeypatch, "build", "--raw", raw, "--out", out)
    assert rows(out, "reports")[0]["title"] == "Een andere titel"


def test_years_are_held_against_each_other_within_a_city_not_between_two_that_have_a_body_of_one_name(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def later(name: str, city: str, earlier: str) -> dict[str, object]:
        lines = [["Onderwerp", "2023", "2024"], ["Geluidshinder", earlier, "17"], ["Parkeren", "9", "8"]]
        report_pdf(raw / f"{name}.pdf", "Jaarverslag 2024", lines)
        return entry(id=name, city=city, file=f"{name}.pdf", title="Jaarverslag 2024", reporting_year=2024)

    raw = tmp_path / "raw"
    raw.mkdir()
    report_pdf(raw / "voorbeeld-2023.pdf")
    write_catalogue(raw, entry(), later("voorbeeld-2024", "Voorbeeld", "16"), later("elders-2024", "Elders", "95"))
    assert run(capfd, monkeypatch, "build", "--raw", raw, "--out", tmp_path / "out").status == 0
    found = [row for row in rows(tmp_path / "out", "findings") if row["kind"] == "series_break"]
    assert [(row["report_id"], row["printed"], row["expected"]) for row in found] == [
        ("voorbeeld-2024", "16.0", "15.0")
    ]


def test_a_full_disk_is_named_and_costs_nothing_that_was_there(
    small_disk: Path,
    fill: Callable[[int], Path],
    one_pdf: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw, out = write_catalogue(tmp_path / "raw", entry()), small_disk / "out"
    shutil.copy(one_pdf, raw / "voorbeeld-2023.pdf")
    assert run(capfd, monkeypatch, "build", "--raw", raw, "--out", out, "--jobs", 1).status == 0
    before = content(out)
    write_catalogue(raw, entry(title="Een andere titel"))
    filler = fill(1_000_000)
    ended = run(capfd, monkeypatch, "build", "--raw", raw, "--out", out, "--jobs", 1)
    assert ended.status == 3
    assert "could not be written" in ended.err and "MB are free there" in ended.err
    assert content(out) == before
    assert sorted(path.name for path in small_disk.iterdir()) == ["filler", "out"], "nothing half-done is left"
    filler.unlink()
    assert run(capfd, monkeypatch, "build", "--raw", raw, "--out", out, "--jobs", 1).status == 0

    fill(100_000)  # now the caches have no room: a build without them takes time and gives the same
    monkeypatch.setenv("KLACHTENATLAS_CACHE", str(small_disk / "cache"))
    elsewhere = tmp_path / "elsewhere"
    ended = run(capfd, monkeypatch, "build", "--raw", raw, "--out", elsewhere, "--jobs", 1)
    assert ended.status == 0, ended.err
    assert content(elsewhere) == content(out)


def test_a_dask_cluster_makes_the_same_bytes(
    mixed: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    run(capfd, monkeypatch, "build", "--raw", mixed, "--out", here, "--jobs", 1)
    monkeypatch.setenv("KLACHTENATLAS_CACHE", str(tmp_path / "fresh"))
    ended = run(capfd, monkeypatch, "build", "--raw", mixed, "--out", there, "--jobs", 1, "--engine", "dask")
    assert ended.status == 1, ended.err
    assert content(here) == content(there)


def test_a_killed_dask_worker_costs_nothing_but_time(
    mixed: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    run(capfd, monkeypatch, "build", "--raw", mixed, "--out", here, "--jobs", 1)
    monkeypatch.setenv("KLACHTENATLAS_CACHE", str(tmp_path / "fresh"))
    killed: list[int] = []

    def kill() -> None:
        until = time.monotonic() + 120
        while not killed and time.monotonic() < until:
            time.sleep(0.05)
            killed.extend([worker for worker in children(os.getpid(), "spawn_main") if reads(worker)][:1])
            for worker in killed:
                os.kill(worker, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    ended = run(capfd, monkeypatch, "build", "--raw", mixed, "--out", there, "--jobs", 2, "--engine", "dask")
    killer.join()
    assert killed, "no worker was met at its work"
    assert ended.status == 1, ended.err
    assert content(here) == content(there)


def reads(worker: int) -> bool:
    """Whether a child of that worker is at a report: it then says its page in a file of the worker's working folder."""
    with contextlib.suppress(OSError):
        held = {str(link.readlink()) for link in Path(f"/proc/{worker}/fd").iterdir()}
        folders = [Path(name.removesuffix(".lock")) for name in held if "klachtenatlas-readers-" in name]
        return any(list(folder.iterdir()) for folder in folders)
    return False


def children(parent: int, words: str) -> list[int]:
    """The processes that `parent` started with these words in their command line."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            above = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            if above == parent and words in (path / "cmdline").read_text():
                found.append(int(path.name))
    return found


def test_status_says_what_is_fresh_and_why_not(
    one_pdf: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLACHTENATLAS_CACHE", str(tmp_path / "cache"))
    raw, out = write_catalogue(tmp_path / "raw", entry()), tmp_path / "out"
    shutil.copy(one_pdf, raw / "voorbeeld-2023.pdf")

    def said() -> str:
        return run(capfd, monkeypatch, "status", "--raw", raw, "--data", out).out.splitlines()[1]

    assert said().endswith("not built          new here")
    run(capfd, monkeypatch, "build", "--raw", raw, "--out", out)
    assert said().endswith("fresh")
    write_catalogue(raw, entry(title="Een andere titel"))
    assert said().endswith("its catalogue entry changed")
    report_pdf(raw / "voorbeeld-2023.pdf", "Jaarverslag 2023, verbeterd")
    assert said().endswith("the PDF changed; its catalogue entry changed")
