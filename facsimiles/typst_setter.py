"""Typesets a document with Typst: the content goes in as JSON, the layout is one of `layouts/*.typ`.

Fonts are those embedded in the compiler and those in `fonts/`; the machine's own are never used, so that the same
content gives the same bytes everywhere.
"""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from pathlib import Path

import pikepdf
import typst

from facsimiles.content import ContentError, Document

HERE = Path(__file__).parent


def typeset(document: Document) -> bytes:
    """The PDF of `document`; raises ContentError when its layout is unknown or does not compile."""
    layout = HERE / "layouts" / f"{document.layout}.typ"
    if not layout.is_file():
        known = ", ".join(sorted(path.stem for path in layout.parent.glob("*.typ") if path.stem != "base"))
        raise ContentError(f"{document.id}: no layout {document.layout!r}; choose one of {known}.")
    try:
        pdf = typst.compile(
            str(layout),
            root=str(layout.parent),
            font_paths=[str(HERE / "fonts")],
            ignore_system_fonts=True,
            sys_inputs={"report": json.dumps(asdict(document), ensure_ascii=False)},
        )
    except RuntimeError as error:
        raise ContentError(f"{document.id}: the layout {layout.name} does not compile: {error}") from error
    return _stored(pdf, document.turned)


def _stored(pdf: bytes, turned: bool) -> bytes:
    """The same pages in fewer bytes; `turned` ones that lie are stored upright with /Rotate 90, as they look the same.

    Typst writes a structure tree with an object a table cell; object streams make such files a third of the size.
    """
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            width, height = (float(value) for value in page.mediabox[2:])
            if turned and width > height:
                page.contents_add(f"q 0 1 -1 0 {height} 0 cm".encode(), prepend=True)
                page.contents_add(b"Q")
                page.mediabox = pikepdf.Array([0, 0, height, width])
                page.rotate(90, relative=False)
        opened.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()
