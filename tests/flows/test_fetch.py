from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from small_reports import entry, write_catalogue

from flows import fetch
from flows.catalogue import CHECKSUMS, load, sha256_of
from flows.errors import CommandError


class Publisher(http.server.BaseHTTPRequestHandler):
    """A city's web server: one report, one page, one thing that is gone."""

    files: ClassVar[dict[str, bytes]] = {}

    def do_GET(self) -> None:
        content = self.files.get(self.path)
        self.send_response(200 if content is not None else 404)
        self.end_headers()
        self.wfile.write(b"gone" if content is None else content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, one_pdf: Path) -> Iterator[str]:
    monkeypatch.setattr(fetch, "PAUSE_SECONDS", 0.0)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    Publisher.files = {"/report.pdf": one_pdf.read_bytes(), "/page.pdf": b"<html>moved</html>", "/empty.pdf": b""}
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def original(url: str, **fields: object) -> dict[str, object]:
    return entry(edition="original", file=None, url=url, url_kind="pdf", **fields)


def fetch_all(root: Path, *ids: str) -> tuple[int, str]:
    said: list[str] = []
    status = fetch.fetch_reports(root, ids, said.append)
    return status, "\n".join(said)


def test_a_report_is_fetched_once_and_its_sum_recorded(site: str, tmp_path: Path, one_pdf: Path) -> None:
    write_catalogue(tmp_path, original(f"{site}/report.pdf"))
    status, said = fetch_all(tmp_path)
    assert status == 0, said
    assert sha256_of(one_pdf) in (tmp_path / CHECKSUMS).read_text(encoding="utf-8")
    assert [source.entry.id for source in load(tmp_path).sources] == ["voorbeeld-2023"]

    Publisher.files = {}
    status, said = fetch_all(tmp_path, "voorbeeld-2023")
    assert (status, "stands there already" in said) == (0, True)


def test_it_goes_where_the_entry_says(site: str, tmp_path: Path) -> None:
    write_catalogue(tmp_path, original(f"{site}/report.pdf", fetch_to="city/2023.pdf"))
    assert fetch_all(tmp_path)[0] == 0
    assert (tmp_path / "city" / "2023.pdf").is_file()
    assert load(tmp_path).sources[0].entry.file == "city/2023.pdf"


@pytest.mark.parametrize(
    ("path", "fields", "says"),
    [
        ("/gone.pdf", {}, "answered 404"),
        ("/page.pdf", {}, "is no PDF"),
        ("/empty.pdf", {}, "sent nothing"),
        ("/report.pdf", {"sha256": "0" * 64}, "no longer the one catalogued"),
        ("/report.pdf", {"fetch_to": "../up.pdf"}, "leads out of"),
    ],
)
def test_what_is_not_the_report_is_not_kept(
    site: str, tmp_path: Path, path: str, fields: dict[str, object], says: str
) -> None:
    root = write_catalogue(tmp_path / "raw", original(site + path, **fields))
    status, said = fetch_all(root)
    assert status == 3
    assert says in said
    assert not list(tmp_path.rglob("*.pdf"))


def test_one_failure_does_not_keep_the_others_away(site: str, tmp_path: Path) -> None:
    write_catalogue(tmp_path, original(f"{site}/gone.pdf", id="gone"), original(f"{site}/report.pdf"))
    status, said = fetch_all(tmp_path)
    assert status == 1
    assert "gone" in said
    assert len(load(tmp_path).sources) == 1


def test_an_address_that_cannot_be_reached_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    write_catalogue(tmp_path, original("http://127.0.0.1:9/report.pdf"))
    status, said = fetch_all(tmp_path)
    assert status == 3
    assert "127.0.0.1 cannot be reached from here" in said


def test_a_landing_page_is_left_to_people(tmp_path: Path) -> None:
    page = entry(edition="original", file=None, url="https://example.org/reports", url_kind="page")
    write_catalogue(tmp_path, page)
    status, said = fetch_all(tmp_path)
    assert (status, "1 catalogued reports have only a page" in said) == (0, True)
    status, said = fetch_all(tmp_path, "voorbeeld-2023")
    assert status == 3
    assert "open https://example.org/reports, save the PDF as originals/voorbeeld-2023.pdf" in said


def test_an_answer_without_end_is_cut_off(tmp_path: Path, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from schemas.limits import Limits

    monkeypatch.setattr(fetch, "Limits", lambda: Limits(file_bytes=500))
    write_catalogue(tmp_path, original(f"{site}/report.pdf"))
    status, said = fetch_all(tmp_path)
    assert status == 3
    assert "larger than" in said


def test_an_unknown_id_is_wrong_usage(tmp_path: Path) -> None:
    write_catalogue(tmp_path)
    with pytest.raises(CommandError, match="no report nowhere") as raised:
        fetch_all(tmp_path, "nowhere")
    assert raised.value.status == 2
