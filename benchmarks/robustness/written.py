"""PDFs written byte by byte, with honest pages to stand beside what is not."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

HONEST = (
    b"BT /F1 12 Tf 72 760 Td (Klachten per onderwerp in 2023) Tj ET\n"
    b"BT /F1 10 Tf 72 740 Td (Onderwerp) Tj 200 0 Td (2022) Tj 60 0 Td (2023) Tj ET\n"
    b"BT /F1 10 Tf 72 725 Td (Geluidshinder) Tj 200 0 Td (12) Tj 60 0 Td (15) Tj ET\n"
    b"BT /F1 10 Tf 72 710 Td (Sluikstort) Tj 200 0 Td (30) Tj 60 0 Td (28) Tj ET\n"
    b"BT /F1 10 Tf 72 695 Td (Totaal) Tj 200 0 Td (42) Tj 60 0 Td (43) Tj ET\n"
    b"72 735 m 400 735 l S 72 690 m 400 690 l S\n"
)
_BOX = b"[0 0 595 842]"


@dataclass
class Pdf:
    """Objects by number; `page` adds a page, `bytes` writes the file with an honest cross-reference table."""

    objects: dict[int, bytes] = field(default_factory=dict)
    pages: list[int] = field(default_factory=list)
    catalog: bytes = b""
    head: bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"

    def add(self, body: bytes) -> int:
        number = max(self.objects, default=3) + 1
        self.objects[number] = body
        return number

    def stream(self, data: bytes, extra: bytes = b"", *, packed: bool = True) -> int:
        if packed:
            data, extra = zlib.compress(data, 9), extra + b" /Filter /FlateDecode"
        return self.add(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data))

    def page(
        self, content: bytes = HONEST, *, box: bytes = _BOX, resources: bytes = b"", extra: bytes = b"",
        contents: bytes | None = None,
    ) -> int:  # fmt: skip
        if contents is None:
            contents = b"/Contents %d 0 R" % self.stream(content)
        fonts = b"/Font << /F1 3 0 R >>"
        number = self.add(
            b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Resources << %s %s >> %s %s >>"
            % (box, fonts, resources, contents, extra)
        )
        self.pages.append(number)
        return number

    def bytes(self, *, count: int | None = None, kids: bytes | None = None) -> bytes:
        kids = kids or b" ".join(b"%d 0 R" % n for n in self.pages)
        self.objects[1] = b"<< /Type /Catalog /Pages 2 0 R %s >>" % self.catalog
        self.objects[2] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (
            kids,
            len(self.pages) if count is None else count,
        )
        self.objects[3] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
        out, places = bytearray(self.head), {}
        for number in sorted(self.objects):
            places[number] = len(out)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, self.objects[number])
        start, size = len(out), max(self.objects) + 1
        out += b"xref\n0 %d\n" % size
        for number in range(size):
            out += b"%010d %05d %s \n" % (places.get(number, 0), 65535 if number not in places else 0,
                                          b"n" if number in places else b"f")  # fmt: skip
        out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
        return bytes(out)


Kind = Callable[[], bytes]
KINDS: dict[str, Kind] = {}


def kind(make: Kind) -> Kind:
    """Registers a maker of one kind under its name."""
    KINDS[make.__name__.replace("_", "-")] = make
    return make
