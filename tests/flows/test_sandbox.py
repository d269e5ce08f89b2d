from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import misbehaving
import pytest

from extractors.sandbox import ReadFailure, Request, Sandbox
from schemas.limits import MEGABYTE, Limits
from schemas.printed import PrintedReport


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(1, Limits(memory_bytes=3000 * MEGABYTE)) as open_sandbox:
        yield open_sandbox


class Deed(NamedTuple):
    what: Callable[[], object]
    seconds: float
    kind: str
    says: str


@pytest.mark.parametrize(
    "deed",
    [
        Deed(misbehaving.hang, 0.5, "time", "given up after"),
        Deed(misbehaving.burn_processor, 30, "time", "processor time"),
        Deed(misbehaving.segfault, 30, "crash", "signal 11"),
        Deed(misbehaving.abort, 30, "memory", "most likely"),
        Deed(misbehaving.be_killed, 30, "killed", "--jobs 1"),
        Deed(misbehaving.eat_memory, 30, "memory", "3000 MB"),
        Deed(misbehaving.leave, 30, "crash", "status 3"),
        Deed(misbehaving.fail, 30, "error", "ValueError: the page tree is odd."),
        Deed(misbehaving.nest, 30, "error", "nested too deeply"),
    ],
    ids=lambda deed: deed.what.__name__,
)
def test_whatever_a_file_does_comes_back_as_a_sentence_and_the_next_file_is_read(
    sandbox: Sandbox, one_pdf: Path, deed: Deed
) -> None:
    answer = sandbox.call("odd.pdf", deed.seconds, deed.what)
    assert isinstance(answer, ReadFailure)
    assert (answer.kind, deed.says in answer.reason) == (deed.kind, True), answer
    assert sandbox.count_pages(one_pdf) == 1


def test_children_are_reused_so_that_many_reports_pay_the_imports_once(sandbox: Sandbox) -> None:
    assert len({sandbox.call("x.pdf", 30, misbehaving.process_id) for _ in range(5)}) == 1


def test_a_report_is_read(sandbox: Sandbox, one_pdf: Path) -> None:
    report = sandbox.read(Request(one_pdf, "nl", "Ombudsdienst", 2023))
    assert isinstance(report, PrintedReport)
    assert {figure.value for figure in report.figures if figure.kind == "cell"} >= {15, 28, 9, 52}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "not a PDF but an HTML page"),
        (b"%PDF-1.7\nnothing follows", "damaged"),
    ],
)
def test_a_file_that_is_no_report_is_said_to_be_none(
    sandbox: Sandbox, tmp_path: Path, content: bytes, says: str
) -> None:
    path = tmp_path / "odd.pdf"
    path.write_bytes(content)
    answer = sandbox.read(Request(path, "nl"))
    assert isinstance(answer, ReadFailure)
    assert says in answer.reason


def test_passwords_are_asked_for_only_where_one_is_needed(sandbox: Sandbox, tmp_path: Path, one_pdf: Path) -> None:
    import pikepdf

    for name, user in (("open.pdf", ""), ("closed.pdf", "geheim")):
        with pikepdf.open(one_pdf) as pdf:
            pdf.save(tmp_path / name, encryption=pikepdf.Encryption(owner="owner", user=user))
    assert sandbox.count_pages(tmp_path / "open.pdf") == 1
    answer = sandbox.count_pages(tmp_path / "closed.pdf")
    assert isinstance(answer, ReadFailure)
    assert "password" in answer.reason


def test_size_and_pages_are_bounded_before_anything_is_read(one_pdf: Path) -> None:
    with Sandbox(1, Limits(file_bytes=100)) as small:
        answer = small.read(Request(one_pdf, "nl"))
        assert isinstance(answer, ReadFailure)
        assert answer.kind == "too_large"
    with Sandbox(1, Limits(pages=0)) as thin:
        answer = thin.read(Request(one_pdf, "nl"))
        assert isinstance(answer, ReadFailure)
        assert answer.kind == "too_many_pages"


def test_a_file_that_is_not_there_is_said(sandbox: Sandbox, tmp_path: Path) -> None:
    answer = sandbox.count_pages(tmp_path / "absent.pdf")
    assert isinstance(answer, ReadFailure)
    assert "absent.pdf cannot be opened" in answer.reason


def test_a_page_beyond_the_last_is_said(sandbox: Sandbox, one_pdf: Path) -> None:
    answer = sandbox.tables(one_pdf, (1, 7))
    assert isinstance(answer, ReadFailure)
    assert "there is no page 7" in answer.reason


@pytest.mark.parametrize(("pages", "bytes_"), [(500, 100 * MEGABYTE)])
def test_the_default_limits_let_a_thick_report_pass(pages: int, bytes_: int) -> None:
    limits = Limits()
    assert limits.pages >= pages
    assert limits.file_bytes >= bytes_
    assert limits.seconds(pages) >= 4 * pages


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("truncated.pdf", {"unreadable"}),
        ("not-a-pdf.pdf", {"unreadable"}),
        ("encrypted-user-password.pdf", {"unreadable"}),
        ("pages-3000.pdf", {"too_many_pages"}),
    ],
)
def test_hostile_files_fail_in_a_sentence(sandbox: Sandbox, shared: Path, name: str, kinds: set[str]) -> None:
    answer = sandbox.count_pages(shared / "hostile" / name)
    assert isinstance(answer, ReadFailure)
    assert answer.kind in kinds
    assert name in answer.reason


@pytest.mark.shared
@pytest.mark.parametrize("name", ["encrypted-empty-user.pdf", "broken-xref.pdf", "invisible-false-figures.pdf"])
def test_odd_but_honest_files_are_opened(sandbox: Sandbox, shared: Path, name: str) -> None:
    assert isinstance(sandbox.count_pages(shared / "hostile" / name), int)


@pytest.mark.shared
def test_a_page_of_gigabytes_is_given_up_and_the_machine_stays_usable(shared: Path) -> None:
    limits = Limits(memory_bytes=1500 * MEGABYTE, seconds_base=15)
    with Sandbox(1, limits) as tight:
        answer = tight.read(Request(shared / "hostile" / "bomb-content-300mb.pdf", "nl"))
    assert isinstance(answer, ReadFailure), "read within its limits: fine, but then this test must say what was read"
    assert answer.kind in {"memory", "time"}
