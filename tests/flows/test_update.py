"""The scheduled run as operators run it: a real Prefect flow, real PDFs, a city's web server that is asked."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from publisher import Publisher, publisher, status
from small_reports import entry, report_pdf, write_catalogue
from test_build import Ended, content, run

YEAR_1 = [
    ["Onderwerp", "2022", "2023"],
    ["Geluidshinder", "12", "15"],
    ["Sluikstort", "30", "28"],
    ["Parkeren", "8", "9"],
    ["Zwerfvuil", "21", "23"],
    ["Totaal", "71", "75"],
]
YEAR_2 = [
    ["Onderwerp", "2023", "2024"],
    ["Geluidsoverlast", "15", "17"],
    ["Sluikstort", "28", "31"],
    ["Parkeren", "9", "8"],
    ["Zwerfvuil", "23", "22"],
    ["Totaal", "75", "78"],
]


@pytest.fixture(scope="module", autouse=True)
def caches(prefect: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KLACHTENATLAS_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("no_proxy", "*")
        yield


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Publisher]:
    with publisher({}) as server:
        yield server


class Atlas:
    """A catalogue, a published folder and the commands on them."""

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.raw, self.out, self.reports = folder / "raw", folder / "out", folder / "runs"
        self._run = lambda *arguments: run(capfd, monkeypatch, *arguments)

    def update(self, *more: str) -> Ended:
        folders = ("--raw", self.raw, "--out", self.out, "--report", self.reports)
        return self._run("update", *folders, "--jobs", 1, "--allow-private", *more)

    def told(self) -> str:
        return (self.reports / "latest.md").read_text(encoding="utf-8")

    def rows(self, table: str) -> list[dict[str, str]]:
        with (self.out / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture
def atlas(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Atlas:
    return Atlas(tmp_path, capfd, monkeypatch)


def at(site: Publisher, year: int) -> dict[str, object]:
    return entry(
        id=f"voorbeeld-{year}",
        title=f"Jaarverslag {year}",
        reporting_year=year,
        edition="original",
        file=None,
        url=f"{site.url}/{year}.pdf",
        url_kind="pdf",
    )


def test_a_new_year_is_fetched_compared_and_published(site: Publisher, atlas: Atlas, tmp_path: Path) -> None:
    site.files["/2023.pdf"] = report_pdf(tmp_path / "a.pdf", "Jaarverslag 2023", YEAR_1).read_bytes()
    write_catalogue(atlas.raw, at(site, 2023), at(site, 2024))
    ended = atlas.update()
    assert ended.status == 1, "the report of 2024 is not there yet: " + ended.err
    assert "voorbeeld-2024: " in atlas.told()
    assert "answered 404" in atlas.told()
    assert [row["report_id"] for row in atlas.rows("reports")] == ["voorbeeld-2023"]

    site.files["/2024.pdf"] = report_pdf(tmp_path / "b.pdf", "Jaarverslag 2024", YEAR_2).read_bytes()
    ended = atlas.update()
    assert ended.status == 0, ended.err
    assert [row["report_id"] for row in atlas.rows("reports")] == ["voorbeeld-2023", "voorbeeld-2024"]
    told = atlas.told()
    assert "**voorbeeld-2024**: new: fetched" in told
    assert "'Geluidshinder' is now 'Geluidsoverlast'" in told
    assert "last year's column repeats its figure, 15" in told

    before = content(atlas.out)
    ended = atlas.update()
    assert ended.status == 0
    assert "Nothing changed" in ended.err
    assert content(atlas.out) == before


def test_what_would_take_a_published_total_away_is_stopped_until_a_person_accepts(
    site: Publisher, atlas: Atlas, tmp_path: Path
) -> None:
    site.files["/2023.pdf"] = report_pdf(tmp_path / "a.pdf", "Jaarverslag 2023", YEAR_1).read_bytes()
    write_catalogue(atlas.raw, at(site, 2023))
    assert atlas.update().status == 0
    before = content(atlas.out)

    site.files["/2023.pdf"] = report_pdf(tmp_path / "b.pdf", "Jaarverslag 2023", YEAR_1[:-1]).read_bytes()
    ended = atlas.update()
    assert ended.status == 3
    assert "published totals are gone: Totaal | 2022, Totaal | 2023" in ended.err
    assert content(atlas.out) == before, "what is published is as it was"
    assert "Stopped before publishing" in atlas.told()

    ended = atlas.update("--accept")
    assert ended.status == 0, ended.err
    [report] = atlas.rows("reports")
    assert len(report["earlier_sha256"]) == 64, "the edition that was replaced is remembered"
    assert "Totaal" not in {row["row_label"] for row in atlas.rows("observations")}


def test_a_publisher_in_trouble_is_named_and_the_rest_published(site: Publisher, atlas: Atlas, tmp_path: Path) -> None:
    site.files["/2023.pdf"] = report_pdf(tmp_path / "a.pdf", "Jaarverslag 2023", YEAR_1).read_bytes()
    site.deeds["/2024.pdf"] = status(403)
    write_catalogue(atlas.raw, at(site, 2023), at(site, 2024))
    ended = atlas.update()
    assert ended.status == 1
    assert "answered 403" in atlas.told()
    assert len(atlas.rows("observations")) > 0


def test_a_full_disk_is_named_in_the_report_and_the_next_run_publishes(
    small_disk: Path, fill: Callable[[int], Path], site: Publisher, atlas: Atlas, tmp_path: Path
) -> None:
    atlas.out = small_disk / "out"
    site.files["/2023.pdf"] = report_pdf(tmp_path / "a.pdf", "Jaarverslag 2023", YEAR_1).read_bytes()
    write_catalogue(atlas.raw, at(site, 2023))
    filler = fill(1_000_000)
    ended = atlas.update()
    assert ended.status == 3
    assert "No space left on device" in atlas.told()
    assert not atlas.out.exists()
    filler.unlink()
    assert atlas.update().status == 0
    assert len(atlas.rows("observations")) > 0


def test_a_webhook_gets_the_report(site: Publisher, atlas: Atlas, tmp_path: Path) -> None:
    got: list[dict[str, str]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    hook = HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=hook.serve_forever, daemon=True).start()
    site.files["/2023.pdf"] = report_pdf(tmp_path / "a.pdf", "Jaarverslag 2023", YEAR_1).read_bytes()
    write_catalogue(atlas.raw, at(site, 2023))
    ended = atlas.update("--notify", f"json://127.0.0.1:{hook.server_port}/", "--notify", "json://127.0.0.1:9/")
    hook.shutdown()
    assert ended.status == 0
    assert got[0]["title"].startswith("Klachtenatlas: Published")
    assert "could not be told" in ended.err, "an address that is away is named, the run goes on"
