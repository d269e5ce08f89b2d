from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from publisher import Publisher, cut, hang, publisher, redirect, self_signed, status, then, whole
from small_reports import entry, report_pdf, write_catalogue

from flows.catalogue import CHECKSUMS, SUPERSEDED, load
from flows.errors import CommandError
from flows.fetch import Fetched, Fetcher, fetch_reports
from flows.web import Manners
from schemas.files import sha256_of
from schemas.limits import MEGABYTE

QUICK = Manners(pause=0.0, attempts=3, backoff=0.01, longest_wait=0.05, silence=0.5, private=True)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, one_pdf: Path, tmp_path: Path) -> Iterator[Publisher]:
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setenv("KLACHTENATLAS_CACHE", str(tmp_path / "cache"))
    files = {"/report.pdf": one_pdf.read_bytes(), "/page.pdf": b"<html>moved</html>", "/empty.pdf": b""}
    with publisher(files) as server:
        yield server


def original(url: str, **fields: object) -> dict[str, object]:
    return entry(edition="original", file=None, url=url, url_kind="pdf", **fields)


def fetch_all(root: Path, *ids: str, manners: Manners = QUICK) -> tuple[int, str]:
    said: list[str] = []
    ended = fetch_reports(root, ids, said.append, manners)
    return ended, "\n".join(said)


def refreshed(root: Path) -> Fetched:
    """What a second look at the one report of a catalogue finds."""
    source = load(root).sources[0]
    with Fetcher(root, QUICK) as fetch:
        return fetch(source.entry, source.path)


def test_a_report_is_fetched_once_and_its_sum_recorded(site: Publisher, tmp_path: Path, one_pdf: Path) -> None:
    root = write_catalogue(tmp_path / "raw", original(f"{site.url}/report.pdf"))
    ended, said = fetch_all(root)
    assert ended == 0, said
    assert sha256_of(one_pdf) in (root / CHECKSUMS).read_text(encoding="utf-8")
    assert [source.entry.id for source in load(root).sources] == ["voorbeeld-2023"]

    site.files = {}
    ended, said = fetch_all(root, "voorbeeld-2023")
    assert (ended, "stands there already" in said) == (0, True)


def test_it_goes_where_the_entry_says(site: Publisher, tmp_path: Path) -> None:
    root = write_catalogue(tmp_path / "raw", original(f"{site.url}/report.pdf", fetch_to="city/2023.pdf"))
    assert fetch_all(root)[0] == 0
    assert (root / "city" / "2023.pdf").is_file()
    assert load(root).sources[0].entry.file == "city/2023.pdf"


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
    site: Publisher, tmp_path: Path, path: str, fields: dict[str, object], says: str
) -> None:
    root = write_catalogue(tmp_path / "raw", original(site.url + path, **fields))
    ended, said = fetch_all(root)
    assert ended == 3
    assert says in said
    assert not list(tmp_path.rglob("*.pdf"))


def test_one_failure_does_not_keep_the_others_away(site: Publisher, tmp_path: Path) -> None:
    gone = original(f"{site.url}/gone.pdf", id="gone")
    root = write_catalogue(tmp_path / "raw", gone, original(f"{site.url}/report.pdf"))
    ended, said = fetch_all(root)
    assert ended == 1
    assert "gone" in said
    assert len(load(root).sources) == 1


def test_an_address_that_cannot_be_reached_is_said(site: Publisher, tmp_path: Path) -> None:
    root = write_catalogue(tmp_path / "raw", original("http://127.0.0.1:9/report.pdf"))
    ended, said = fetch_all(root)
    assert ended == 3
    assert "127.0.0.1 cannot be reached from here" in said


def test_a_landing_page_is_left_to_people(tmp_path: Path) -> None:
    page = entry(edition="original", file=None, url="https://example.org/reports", url_kind="page")
    write_catalogue(tmp_path, page)
    ended, said = fetch_all(tmp_path)
    assert (ended, "1 catalogued reports have only a page" in said) == (0, True)
    ended, said = fetch_all(tmp_path, "voorbeeld-2023")
    assert ended == 3
    assert "open https://example.org/reports, save the PDF as originals/voorbeeld-2023.pdf" in said


def test_an_answer_without_end_is_cut_off(site: Publisher, tmp_path: Path) -> None:
    site.files["/report.pdf"] = b"%PDF-1.7" + bytes(2 * MEGABYTE)
    root = write_catalogue(tmp_path / "raw", original(f"{site.url}/report.pdf"))
    small = Manners(pause=0.0, attempts=1, most_bytes=MEGABYTE, private=True)
    assert "larger than 1 MB" in fetch_all(root, manners=small)[1]
    assert not list((tmp_path / "cache").rglob("*.part"))


def test_an_unknown_id_is_wrong_usage(site: Publisher, tmp_path: Path) -> None:
    root = write_catalogue(tmp_path / "raw", original(f"{site.url}/report.pdf"))
    with pytest.raises(CommandError, match="no report elsewhere"):
        fetch_all(root, "elsewhere")


@pytest.mark.parametrize("code", [429, 500, 502, 503, 504])
def test_a_server_in_trouble_is_asked_again(site: Publisher, tmp_path: Path, one_pdf: Path, code: int) -> None:
    site.deeds["/report.pdf"] = then(status(code), whole(one_pdf.read_bytes()))
    root = write_catalogue(tmp_path / "raw", original(f"{site.url}/report.pdf"))
    assert fetch_all(root)[0] == 0
    assert site.times("/report.pdf") == 2


@pytest.mark.parametrize(
    ("deed", "says"),
    [
        (status(500), "answered 500; the server is in trouble"),
        (status(503, **{"Retry-After": "86400"}), "answered 503"),
        (hang(1.0), "did not answer in time"),
    ],
)
def test_lasting_trouble_is_said_after_a_few_times(site: Publisher, tmp_path: Path, deed: object, says: str) -> None:
    site.deeds["/report.pdf"] = deed  # type: ignore[assignment]
    root = write_catalogue(tmp_path / "raw", original(f"{site.url}/report.pdf"))
    ended, said = fetch_all(root)
    assert ended == 3
    assert says in said
    assert "tried 3 times" in said


def test_a_download_that_breaks_off_goes_on_where_it_stopped(site: Publisher, tmp_path: Path, one_pdf: Path) -> None:
    content = one_pdf.read_bytes()
    site.deeds["/report.pdf"] = then(cut(content, 1500), whole(content))
    root = write_catalogue(tmp_path / "raw", original(f"{site.url}/report.pdf"))
    assert fetch_all(root)[0] == 0
    assert load(root).sources[0].path.read_bytes() == content
    assert site.asked[-1][1]["Range"] == "bytes=1500-"


def test_a_file_that_changes_between_two_requests_is_taken_whole(
    site: Publisher, tmp_path: Path, one_pdf: Path
) -> None:
    content = one_pdf.read_bytes()
    other = report_pdf(tmp_path / "other.pdf", "Jaarverslag 2023, verbeterd").read_bytes()
    site.deeds["/report.pdf"] = then(cut(content, 1500), whole(other))
    root = write_catalogue(tmp_path / "raw", original(f"{site.url}/report.pdf"))
    assert fetch_all(root)[0] == 0
    assert load(root).sources[0].path.read_bytes() == other


def test_a_redirect_within_the_site_is_followed_and_one_to_another_host_is_named(
    site: Publisher, tmp_path: Path
) -> None:
    site.deeds["/old.pdf"] = redirect("/report.pdf")
    site.deeds["/away.pdf"] = redirect("http://elsewhere.example/report.pdf")
    site.deeds["/round.pdf"] = redirect("/round.pdf")
    addresses = {name: original(f"{site.url}/{name}.pdf", id=name) for name in ("old", "away", "round")}
    root = write_catalogue(tmp_path / "raw", *addresses.values())
    ended, said = fetch_all(root)
    assert ended == 1
    assert "away: " in said
    assert "leads to another host, elsewhere.example" in said
    assert "redirects more than 5 times" in said
    assert [source.entry.id for source in load(root).sources] == ["old"]


def test_robots_are_heeded(site: Publisher, tmp_path: Path) -> None:
    site.robots = b"User-agent: *\nDisallow: /"
    root = write_catalogue(tmp_path / "raw", original(f"{site.url}/report.pdf"))
    assert "asks robots to leave /report.pdf alone" in fetch_all(root)[1]
    assert site.times("/report.pdf") == 0


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "169.254.169.254", "10.0.0.1", "[::1]"])
def test_addresses_inside_the_network_are_not_asked(host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    root = write_catalogue(tmp_path / "raw", original(f"http://{host}:9/report.pdf"))
    assert "inside this network" in fetch_all(root, manners=Manners(pause=0.0, attempts=1))[1]


def test_an_unchanged_report_is_not_sent_again(site: Publisher, tmp_path: Path, one_pdf: Path) -> None:
    root = write_catalogue(tmp_path / "raw", original(f"{site.url}/report.pdf"))
    fetch_all(root)
    assert refreshed(root).what == "unchanged"
    assert "If-None-Match" in site.asked[-1][1]


def test_a_replaced_report_is_taken_and_its_earlier_edition_kept(
    site: Publisher, tmp_path: Path, one_pdf: Path
) -> None:
    root = write_catalogue(tmp_path / "raw", original(f"{site.url}/report.pdf"))
    fetch_all(root)
    site.files["/report.pdf"] = report_pdf(tmp_path / "other.pdf", "Jaarverslag 2023, verbeterd").read_bytes()
    assert refreshed(root).what == "changed"
    [source] = load(root).sources
    assert source.path.read_bytes() == site.files["/report.pdf"]
    assert source.entry.earlier == (sha256_of(one_pdf),)
    assert (root / SUPERSEDED / f"voorbeeld-2023.{sha256_of(one_pdf)}.pdf").read_bytes() == one_pdf.read_bytes()
    assert load(root).loose == (), "what was replaced is kept, not read"


def test_a_replacement_cut_short_before_it_was_recorded_is_mended(
    site: Publisher, tmp_path: Path, one_pdf: Path
) -> None:
    root = write_catalogue(tmp_path / "raw", original(f"{site.url}/report.pdf"))
    fetch_all(root)
    site.files["/report.pdf"] = report_pdf(tmp_path / "other.pdf", "Jaarverslag 2023, verbeterd").read_bytes()
    refreshed(root)
    after = (root / CHECKSUMS).read_text(encoding="utf-8")
    [line] = [line for line in after.splitlines() if line.endswith("  originals/voorbeeld-2023.pdf")]
    before = after.replace(line, f"{sha256_of(one_pdf)}  originals/voorbeeld-2023.pdf")
    (root / CHECKSUMS).write_text(before, encoding="utf-8")
    assert not load(root).refused
    assert refreshed(root).what == "unchanged"
    assert (root / CHECKSUMS).read_text(encoding="utf-8") == after


def test_a_report_is_fetched_over_https_from_a_server_that_can_prove_who_it_is(
    site: Publisher, tmp_path: Path, one_pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = self_signed(tmp_path / "city.pem")
    with publisher({"/report.pdf": one_pdf.read_bytes()}, certificate) as city:
        city.deeds["/there.pdf"] = redirect("/report.pdf")
        city.deeds["/down.pdf"] = redirect(f"{site.url}/report.pdf")
        root = write_catalogue(tmp_path / "raw", original(f"{city.url}/there.pdf"))
        ended, said = fetch_all(root)
        assert (ended, city.times("/there.pdf")) == (3, 0)
        assert "127.0.0.1 cannot prove who it is (self-signed certificate)" in said

        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert fetch_all(root)[0] == 0
        assert refreshed(root).what == "unchanged"
        down = write_catalogue(tmp_path / "down", original(f"{city.url}/down.pdf"))
        ended, said = fetch_all(down)
        assert (ended, site.times("/report.pdf")) == (3, 0), said
