"""What a hostile page costs: that page. Files are written by the benchmark's makers, limits are set low to be quick."""

from __future__ import annotations

import itertools
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks.robustness.kinds import KINDS, picture, twice_packed
from benchmarks.robustness.written import HONEST, Pdf
from benchmarks.scans.degrade import Damage, scan
from extractors import watch
from extractors.report import read_pages
from extractors.sandbox import Glance, ReadFailure, Request, Sandbox
from schemas.limits import MEGABYTE, BadLimits, Limits, limits_from
from schemas.printed import PrintedReport

TIGHT = Limits(memory_bytes=900 * MEGABYTE, page_seconds=2, page_objects=5000, page_characters=5000, image_pixels=10**6)


@pytest.fixture(scope="module")
def tight() -> Iterator[Sandbox]:
    with Sandbox(1, TIGHT) as sandbox:
        yield sandbox


def read(sandbox: Sandbox, folder: Path, data: bytes) -> PrintedReport | ReadFailure:
    path = folder / "odd.pdf"
    path.write_bytes(data)
    return sandbox.read(Request(path, "nl", "Stad Voorbeeld", 2023))


def between(content: bytes, **more: bytes) -> bytes:
    pdf = Pdf()
    pdf.page()
    pdf.page(content, **more)
    pdf.page()
    return pdf.bytes()


def many(what: bytes, count: int) -> bytes:
    return b"".join(what % (k % 500, k % 800) for k in range(count))


def bomb() -> bytes:
    """A page that unfolds to a gigabyte, between two honest ones."""
    pdf = Pdf()
    pdf.page()
    data = twice_packed(b" ", 1000)
    stream = pdf.add(b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (len(data), data))
    pdf.page(contents=b"/Contents %d 0 R" % stream)
    pdf.page()
    return pdf.bytes()


BAD = {
    "draws more than the 5000 objects": lambda: between(many(b"%d %d m 9 9 l S\n", 6000)),
    "characters, more than the 5000": lambda: between(
        b"BT /F1 4 Tf "
        + b"".join(
            b"1 0 0 1 %d %d Tm (Klachten over 12) Tj\n" % (10 + k % 10 * 55, 10 + k // 10 * 8) for k in range(900)
        )
        + b"ET"
    ),
    "60000 x 60000 pixels": lambda: picture(60000, 60000, zlib.compress(b"0"), b"/FlateDecode"),
    "900 MB of memory": bomb,
    "processor time": KINDS["pattern-within-itself"],
}


@pytest.mark.parametrize("says", BAD)
def test_a_page_beyond_a_limit_costs_that_page_and_the_report_says_which(
    tight: Sandbox, tmp_path: Path, says: str
) -> None:
    answer = read(tight, tmp_path, BAD[says]())
    assert isinstance(answer, PrintedReport), answer
    (lost,) = (problem for problem in answer.problems if problem.severity == "error")
    assert says in lost.what
    assert "age 2 " in lost.what
    assert lost.page == 2
    assert {figure.value for figure in answer.figures if figure.place.page == 1} >= {12, 15, 30, 28}
    assert not [figure for figure in answer.figures if figure.place.page == 2]


def test_a_report_whose_only_page_cannot_be_read_fails_with_the_reason(tight: Sandbox, tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page(many(b"%d %d m 9 9 l S\n", 6000))
    answer = read(tight, tmp_path, pdf.bytes())
    assert isinstance(answer, ReadFailure)
    assert "No page of odd.pdf could be read. Page 1 draws more than" in answer.reason


def test_pages_that_end_their_reader_are_left_out_up_to_a_number(tmp_path: Path) -> None:
    pdf = Pdf()
    pattern = pdf.add(b"")
    pdf.objects[pattern] = KINDS["pattern-within-itself"]().partition(b"4 0 obj\n")[2].partition(b"\nendobj")[0]
    for _ in range(3):
        pdf.page(b"/Pattern cs /P scn 0 0 595 842 re f\n" + HONEST, resources=b"/Pattern << /P %d 0 R >>" % pattern)
        pdf.page()
    with Sandbox(1, Limits(page_seconds=1, lost_pages=1)) as sandbox:
        answer = read(sandbox, tmp_path, pdf.bytes())
    assert isinstance(answer, ReadFailure)
    assert answer.reason.startswith("Page 3 of odd.pdf used up its processor time.")
    assert answer.reason.endswith("So did page 1.")


def test_a_glance_at_a_file_without_an_entry_leaves_out_what_ends_the_reader(tight: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "odd.pdf"
    path.write_bytes(bomb())
    glance = tight.glance(path)
    assert not isinstance(glance, ReadFailure)
    assert "Klachten per onderwerp" in glance.text


def test_a_damaged_list_of_objects_is_mended_and_the_report_says_so(tight: Sandbox, tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page()
    answer = read(tight, tmp_path, pdf.bytes().replace(b"startxref\n", b"startxref\n9"))
    assert isinstance(answer, PrintedReport)
    assert any("is damaged and was made again" in problem.what for problem in answer.problems)
    assert {figure.value for figure in answer.figures} >= {12, 15}


@pytest.mark.parametrize(
    "name",
    [
        "actions-and-attachments",
        "contents-in-another-file",
        "form-that-draws-itself",
        "not-numbers",
        "page-of-nothing",
        "page-tree-in-a-circle",
        "page-whose-contents-is-itself",
        "xref-of-four-billion",
        "xref-that-points-at-itself",
    ],
)
def test_odd_structure_costs_nothing_else(tight: Sandbox, tmp_path: Path, name: str) -> None:
    answer = read(tight, tmp_path, KINDS[name]())
    assert isinstance(answer, PrintedReport), answer
    assert {figure.value for figure in answer.figures} >= {12, 15, 30, 28}


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    with Sandbox(1, replace(TIGHT, page_seconds=1)) as sandbox:
        read(sandbox, tmp_path, BAD["processor time"]())
    assert not [path.name for path in (tmp_path / "tmp").iterdir() if "klachtenatlas" in path.name]


def test_limits_are_changed_by_name() -> None:
    assert limits_from("memory_mb=2048, pages=500") == Limits(memory_bytes=2048 * MEGABYTE, pages=500)
    assert limits_from("") == Limits()


@pytest.mark.parametrize(("said", "what"), [("mem=1", "no limit 'mem'"), ("pages=0", "above 0"), ("pages", "above 0")])
def test_what_is_no_limit_is_named(said: str, what: str) -> None:
    with pytest.raises(BadLimits, match=what):
        limits_from(said)


def test_pages_that_there_is_no_time_for_are_named_and_the_others_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = Pdf()
    for _ in range(5):
        pdf.page()
    path, place = tmp_path / "odd.pdf", tmp_path / "place"
    path.write_bytes(pdf.bytes())
    place.touch()
    asked = itertools.count()  # a clock that goes on by a second whenever the watch, and nobody else, asks it
    clock = SimpleNamespace(monotonic=lambda: float(next(asked)), process_time=time.process_time)
    monkeypatch.setattr("extractors.watch.time", clock)
    with watch.watching(watch.Watch(place, 15, 10**6, late_at=8.0)):
        pages, problems = read_pages(path, limits=Limits(seconds_most=9))
    watch.allow_cpu(None)  # this process is none that is to be ended
    assert [page.number for page in pages] == [1, 2]
    assert [(p.page, p.severity) for p in problems] == [(3, "error")]
    assert problems[0].what.startswith("3 pages from 3 on were not read: the 9 seconds")


def test_no_report_takes_longer_than_the_most_that_any_may_take(tmp_path: Path) -> None:
    with Sandbox(1, Limits(seconds_most=3)) as sandbox:
        answer = read(sandbox, tmp_path, KINDS["pattern-within-itself"]())
    assert isinstance(answer, ReadFailure)
    assert answer.kind == "time"
    assert "given up after 2 seconds" in answer.reason


def test_a_glance_that_there_is_no_time_for_leaves_the_reading_its_own(tmp_path: Path) -> None:
    pdf, path = Pdf(), tmp_path / "printed.pdf"
    pdf.page()
    path.write_bytes(pdf.bytes())
    scan(path, tmp_path / "scan.pdf", [1], Damage(), seed=1)
    with Sandbox(1, Limits(seconds_most=1)) as sandbox:  # OCR takes longer to start
        sandbox.count_pages(path)
        assert sandbox.glance(tmp_path / "scan.pdf") == Glance(1, None, "")
