"""`klachtenatlas findings REPORT --publisher`: one page for those who published a report, in Dutch and English."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from flows.command_data import built
from flows.errors import CommandError

if TYPE_CHECKING:
    from publish.publisher_page import Picture, PublisherPage

_WRONG_USAGE = 2
_NOTHING = 3


def publisher_pages(data: Path, report_id: str | None, raw: Path, out: Path) -> str:
    """Writes `findings-<report>.<language>.html` and `.pdf` into `out`; gives their paths, one a line."""
    if report_id is None:
        raise CommandError("--publisher writes the page of one report: name it, as `klachtenatlas status` does.", 2)
    built(data)
    from publish.publisher_html import as_html
    from publish.publisher_page import UnknownReport, gather
    from publish.publisher_pdf import as_pdf
    from publish.publisher_words import LANGUAGES

    try:
        pages = [gather(data, report_id, language) for language in LANGUAGES]
    except UnknownReport as error:
        raise CommandError(str(error), _WRONG_USAGE) from error
    written = []
    cuts = _cuts(pages[0], raw)
    for page in pages:
        places = {picture: replace(picture, said="") for item in page.items for picture in item.pictures}
        pictures = {picture: cuts[place] for picture, place in places.items() if place in cuts}
        for suffix, content in (("html", as_html(page, pictures).encode()), ("pdf", as_pdf(page, pictures))):
            path = out / f"findings-{report_id}.{page.language}.{suffix}"
            try:
                out.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            except OSError as error:
                raise CommandError(
                    f"{path} cannot be written: {error.strerror}. Give another folder with --out.", _NOTHING
                ) from error
            written.append(str(path))
    return "\n".join(written)


def _cuts(page: PublisherPage, raw: Path) -> dict[Picture, bytes]:
    """The places of the page cut out of its PDF, in a child; none where the PDF is not at hand.

    They are the same in both languages: each is given by its place, without what is said of it.
    """
    from extractors.sandbox import ReadFailure, Sandbox
    from publish.publisher_pictures import cut_out

    wanted = list(dict.fromkeys(replace(picture, said="") for item in page.items for picture in item.pictures))
    path = raw / page.file if page.file else None
    if path is None or not path.is_file() or not wanted:
        return {}
    with Sandbox() as sandbox:
        answer = sandbox.call(path.name, sandbox.limits.seconds(len(wanted)), cut_out, path, wanted)
    if isinstance(answer, ReadFailure):
        raise CommandError(answer.reason, _NOTHING)
    return dict(zip(wanted, answer, strict=True))
