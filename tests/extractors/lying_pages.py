"""Pages whose text says something else than what a person sees: each hides `239` in its own way, `932` is seen."""

from __future__ import annotations

import zlib
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name

FALSE, TRUE = "239", "932"
_TRUE = b"BT /F1 11 Tf 0 g 60 700 Td (klachten) Tj 100 0 Td (932) Tj ET\n"
_OVER = b"BT /F1 11 Tf 160 700 Td (239) Tj ET\n"
"""the false figure at the place of the true one"""
_BESIDE = b"BT /F1 11 Tf 0 g 300 700 Td (239) Tj ET\n"

LIES: dict[str, bytes] = {
    "render mode 3 over the figure": b"q BT /F1 11 Tf 3 Tr 160 700 Td (239) Tj ET Q\n",
    "render mode 7": b"q BT /F1 11 Tf 7 Tr 160 700 Td (239) Tj ET Q\n",
    "white on white": b"BT /F1 11 Tf 1 g 300 700 Td (239) Tj ET\n",
    "white over the figure": b"1 g " + _OVER,
    "the colour of its shading": b"0.3 0.4 0.8 rg 290 690 80 30 re f BT /F1 11 Tf 300 700 Td (239) Tj ET\n",
    "tiny": b"BT /F1 0.1 Tf 0 g 300 700 Td (239) Tj ET\n",
    "tiny by its matrix": b"q 0.01 0 0 0.01 300 700 cm BT /F1 11 Tf 0 g 0 0 Td (239) Tj ET Q\n",
    "off the page": b"BT /F1 11 Tf 0 g -300 700 Td (239) Tj ET\n",
    "clipped away": b"q 10 10 20 20 re W n " + _BESIDE + b" Q\n",
    "clipped away over the figure": b"q 10 10 20 20 re W n 0 g " + _OVER + b" Q\n",
    "covered by a shape": _BESIDE + b"0.9 g 290 690 80 30 re f\n",
    "covered by two shapes": _BESIDE + b"1 g 290 690 20 30 re f 309 690 60 30 re f\n",
    "covered by a round shape": _BESIDE + b"1 g 280 705 m 280 760 370 760 370 705 c 370 660 280 660 280 705 c f\n",
    "covered by a picture": _BESIDE + b"q 80 0 0 30 290 690 cm /Im0 Do Q\n",
    "no opacity": b"q /Clear gs " + _BESIDE + b" Q\n",
    "no opacity over the figure": b"q /Clear gs 0 g " + _OVER + b" Q\n",
    "a hidden layer": b"/OC /Off BDC " + _BESIDE + b" EMC\n",
    "a hidden layer over the figure": b"/OC /Off BDC 0 g " + _OVER + b" EMC\n",
    "a hidden form over the figure": b"/Fm0 Do\n",
}


def lying_page(path: Path, lie: bytes, before: bytes = b"") -> Path:
    """A page with the visible figure and `lie` after it (or drawn over `before`)."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    image = pdf.make_stream(zlib.compress(bytes([250]) * 64))
    image.update(Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=8, Height=8, BitsPerComponent=8, ColorSpace=Name.DeviceGray,
        Filter=Name.FlateDecode,
    ))  # fmt: skip
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="hidden"))
    form = pdf.make_stream(b"0 g " + _OVER)
    form.update(Dictionary(
        Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 600, 850], OC=layer,
        Resources=Dictionary(Font=Dictionary(F1=font)),
    ))  # fmt: skip
    pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer], Order=[layer]))
    page = Dictionary(
        Type=Name.Page, MediaBox=[0, 0, 595, 842],
        Resources=Dictionary(
            Font=Dictionary(F1=font), XObject=Dictionary(Im0=image, Fm0=form), Properties=Dictionary(Off=layer),
            ExtGState=Dictionary(
                Clear=Dictionary(Type=Name.ExtGState, ca=0, CA=0), Half=Dictionary(Type=Name.ExtGState, ca=0.5, CA=0.5)
            ),
        ),
        Contents=pdf.make_stream(before + _TRUE + lie),
    )  # fmt: skip
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.save(path, deterministic_id=True)
    return path


_SENTENCES = (
    "De meeste klachten gaan over de dienstverlening aan het loket",
    "en over de lange wachttijden bij de balie, want burgers willen",
    "graag snel en vriendelijk worden geholpen met hun vragen.",
)


def broken_font_page(path: Path, mapping: str) -> Path:
    """Readable lines whose font maps its characters to private ones, to letters shifted by three, or as it should."""
    to = {
        "sound": lambda c: c,
        "private": lambda c: 0xE000 + c,
        "shifted": lambda c: (c - 97 + 3) % 26 + 97 if 97 <= c <= 122 else c,
    }[mapping]
    rows = "\n".join(f"<{c:02X}> <{to(c):04X}>" for c in range(33, 127))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"94 beginbfchar\n{rows}\nendbfchar\nendcmap end end"
    )
    pdf = pikepdf.new()
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, ToUnicode=pdf.make_stream(cmap.encode())
    )
    lines = "".join(f"BT /F1 11 Tf 40 {180 - 30 * k} Td ({text}) Tj ET\n" for k, text in enumerate(_SENTENCES))
    page = Dictionary(
        Type=Name.Page, MediaBox=[0, 0, 420, 220], Resources=Dictionary(Font=Dictionary(F1=pdf.make_indirect(font))),
        Contents=pdf.make_stream(lines.encode()),
    )  # fmt: skip
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.save(path, deterministic_id=True)
    return path
