"""Hostile PDFs, one a kind, written byte by byte: what no library would write is what they are about.

Each stands beside an honest page where that makes sense, so that it can be seen whether a bad page costs only itself.
Here is what a page may hold; what is wrong with a file as a whole is in `structures`.
"""

from __future__ import annotations

import random
import zlib
from pathlib import Path

from benchmarks.robustness import structures  # noqa: F401 - registers its kinds
from benchmarks.robustness.written import HONEST, KINDS, Pdf, kind


def _beside(content: bytes, **more: bytes) -> bytes:
    """The content on the second of three pages, honest ones around it."""
    pdf = Pdf()
    pdf.page()
    pdf.page(content, **more)
    pdf.page()
    return pdf.bytes()


def twice_packed(unit: bytes, megabytes: int) -> bytes:
    """A stream packed twice: gigabytes of `unit` in a few kilobytes. One block of a megabyte is packed and repeated."""
    block = unit * (1_000_000 // len(unit))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    for _ in range(megabytes):
        check = zlib.adler32(block, check)
    end = zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    return zlib.compress(b"\x78\xda" + packed * megabytes + end + check.to_bytes(4, "big"), 9)


def _with_stream(pdf: Pdf, data: bytes, filters: bytes) -> int:
    return pdf.add(b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(data), filters, data))


@kind
def inflate_4_gb() -> bytes:
    pdf = Pdf()
    pdf.page()
    number = _with_stream(pdf, twice_packed(b"0 0 m 1 1 l S\n", 4000), b"/FlateDecode /FlateDecode")
    pdf.page(contents=b"/Contents %d 0 R" % number)
    pdf.page()
    return pdf.bytes()


@kind
def inflate_4_gb_of_blanks() -> bytes:
    pdf = Pdf()
    pdf.page()
    number = _with_stream(pdf, twice_packed(b" ", 4000), b"/FlateDecode /FlateDecode")
    pdf.page(contents=b"/Contents %d 0 R" % number)
    return pdf.bytes()


def picture(wide: int, high: int, data: bytes, filters: bytes, colours: bytes = b"/DeviceGray", bits: int = 8) -> bytes:
    pdf = Pdf()
    pdf.page()
    image = pdf.add(
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace %s /BitsPerComponent %d /Filter [%s] "
        b"/Length %d >>\nstream\n%s\nendstream" % (wide, high, colours, bits, filters, len(data), data)
    )
    pdf.page(HONEST + b"q 500 0 0 300 40 40 cm /I Do Q\n", resources=b"/XObject << /I %d 0 R >>" % image)
    pdf.page()
    return pdf.bytes()


@kind
def picture_60000_square() -> bytes:
    return picture(60000, 60000, twice_packed(b"\0" * 1000, 3600), b"/FlateDecode /FlateDecode")


@kind
def picture_of_2_billion_wide() -> bytes:
    return picture(2_000_000_000, 2, zlib.compress(b"\0" * 1000), b"/FlateDecode")


@kind
def picture_just_allowed() -> bytes:
    return picture(15000, 16000, twice_packed(b"\x80" * 1000, 240), b"/FlateDecode /FlateDecode")


@kind
def jbig2_nonsense() -> bytes:
    return picture(2000, 2000, bytes(random.Random(1).randbytes(5000)), b"/JBIG2Decode", bits=1)


@kind
def jpx_nonsense() -> bytes:
    head = b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 \0\0\0\0jp2 "
    return picture(30000, 30000, head + random.Random(2).randbytes(5000), b"/JPXDecode")


@kind
def jpeg_that_says_65500_square() -> bytes:
    frame = b"\xff\xd8\xff\xc0\0\x0b\x08\xff\xdc\xff\xdc\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0\x3f\0" + b"\0" * 2000
    return picture(600, 600, frame, b"/DCTDecode")


@kind
def soft_mask_60000_square() -> bytes:
    pdf = Pdf()
    pdf.page()
    data = twice_packed(b"\0" * 1000, 3600)
    mask = pdf.add(
        b"<< /Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n%s\nendstream" % (len(data), data)
    )
    image = pdf.stream(
        b"\x20" * 100,
        b"/Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8 /SMask %d 0 R"
        % mask,
    )
    pdf.page(HONEST + b"q 500 0 0 300 40 40 cm /I Do Q\n", resources=b"/XObject << /I %d 0 R >>" % image)
    return pdf.bytes()


@kind
def two_million_characters() -> bytes:
    lines = b"".join(b"1 0 0 1 20 %d Tm (%s) Tj\n" % (i % 800, b"Klachten 123 " * 15) for i in range(10000))
    return _beside(b"BT /F1 2 Tf\n" + lines + b"ET\n")


@kind
def million_texts_of_one_letter() -> bytes:
    return _beside(b"".join(b"BT /F1 3 Tf %d %d Td (7) Tj ET\n" % (i % 590, i // 590 % 840) for i in range(1_000_000)))


@kind
def million_paths() -> bytes:
    return _beside(HONEST + b"".join(b"%d %d m %d 800 l S\n" % (i % 590, i % 700, i % 590) for i in range(1_000_000)))


@kind
def grid_of_100000_cells() -> bytes:
    drawn = b"".join(
        b"%.2f 10 m %.2f 830 l S\n10 %.2f m 580 %.2f l S\n" % (10 + i * 1.8, 10 + i * 1.8, 10 + i * 2.6, 10 + i * 2.6)
        for i in range(316)
    )
    return _beside(drawn + HONEST)


@kind
def saved_states_without_end() -> bytes:
    return _beside(b"q " * 3_000_000 + HONEST)


@kind
def not_numbers() -> bytes:
    strange = b" ".join([b"nan", b"inf", b"-inf", b"1e999", b"99999999999999999999", b"-2147483649", b"1.2.3", b"--5"])
    words = b"".join(
        b"BT /F1 %s Tf %s %s %s %s %s %s Tm (12 klachten) Tj ET\n"
        % tuple(random.Random(i).choices(strange.split(), k=7))
        for i in range(200)
    )
    return _beside(HONEST + words + b"1e38 1e38 m -1e38 1e38 l S 0 0 1e38 1e38 re f\n")


@kind
def page_upside_down_box() -> bytes:
    return _beside(HONEST, box=b"[595 842 0 0]")


@kind
def page_below_zero() -> bytes:
    return _beside(HONEST, box=b"[-10000 -10000 -9000 -9000]")


@kind
def page_of_nothing() -> bytes:
    return _beside(HONEST, box=b"[0 0 0 0]")


@kind
def page_of_14400_points() -> bytes:
    return _beside(HONEST, box=b"[0 0 14400 14400]")


@kind
def page_of_a_billion_points() -> bytes:
    return _beside(HONEST, box=b"[0 0 1000000000 1000000000]")


@kind
def page_without_numbers() -> bytes:
    return _beside(HONEST, box=b"[/A (b) null]")


@kind
def page_unit_of_a_million() -> bytes:
    return _beside(HONEST, extra=b"/UserUnit 1000000 /Rotate 45")


@kind
def page_without_contents() -> bytes:
    return _beside(b"", contents=b"")


@kind
def page_whose_contents_is_itself() -> bytes:
    pdf = Pdf()
    pdf.page()
    pdf.page(contents=b"/Contents 6 0 R")
    return pdf.bytes()


@kind
def form_that_draws_itself() -> bytes:
    pdf = Pdf()
    pdf.page()
    number = max(pdf.objects) + 1
    pdf.stream(
        b"/X Do\n" + HONEST,
        b"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /XObject << /X %d 0 R >> >>" % number,
    )
    pdf.page(b"/X Do\n", resources=b"/XObject << /X %d 0 R >>" % number)
    return pdf.bytes()


@kind
def forms_that_double_30_times() -> bytes:
    pdf = Pdf()
    pdf.page()
    last = pdf.stream(
        HONEST, b"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /Font << /F1 3 0 R >> >>"
    )
    for _ in range(30):
        last = pdf.stream(
            b"/X Do /X Do\n",
            b"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /XObject << /X %d 0 R >> >>" % last,
        )
    pdf.page(b"/X Do\n", resources=b"/XObject << /X %d 0 R >>" % last)
    pdf.page()
    return pdf.bytes()


@kind
def pattern_within_itself() -> bytes:
    pdf = Pdf()
    number = 4
    pdf.objects[number] = b""
    body = zlib.compress(b"/Pattern cs /P scn 0 0 10 10 re f")
    pdf.objects[number] = (
        b"<< /Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 10 10] /XStep 0.001 /YStep 0.001 "
        b"/Resources << /Pattern << /P 4 0 R >> >> /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream"
        % (len(body), body)
    )
    pdf.page()
    pdf.page(HONEST + b"/Pattern cs /P scn 0 0 595 842 re f\n", resources=b"/Pattern << /P 4 0 R >>")
    return pdf.bytes()


@kind
def letters_that_draw_themselves() -> bytes:
    pdf = Pdf()
    pdf.page()
    glyph = pdf.stream(b"1000 0 d0 BT /T 1 Tf (a) Tj ET 0 0 500 500 re f")
    font = pdf.add(b"")
    pdf.objects[font] = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 "
        b"/LastChar 97 /Widths [1000] /CharProcs << /a %d 0 R >> /Encoding << /Differences [97 /a] >> "
        b"/Resources << /Font << /T %d 0 R >> >> >>" % (glyph, font)
    )
    pdf.page(b"BT /T 12 Tf 72 700 Td (%s) Tj ET" % (b"a" * 1000), resources=b"/Font << /T %d 0 R >>" % font)
    return pdf.bytes()


@kind
def font_of_nonsense() -> bytes:
    pdf = Pdf()
    pdf.page()
    program = pdf.stream(b"\0\x01\0\0\0\x20" + random.Random(3).randbytes(3_000_000), b"/Length1 3000006")
    descriptor = pdf.add(
        b"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [-9e9 -9e9 9e9 9e9] /ItalicAngle 0 /Ascent 1e9 "
        b"/Descent -1e9 /CapHeight 0 /StemV 80 /FontFile2 %d 0 R >>" % program
    )
    font = pdf.add(
        b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar 0 /LastChar 255 /Widths [%s] /FontDescriptor %d 0 R >>"
        % (b"99999999 " * 256, descriptor)
    )
    pdf.page(HONEST + b"BT /G 10 Tf 72 300 Td (Klachten 12) Tj ET", resources=b"/Font << /F1 3 0 R /G %d 0 R >>" % font)
    return pdf.bytes()


@kind
def unicode_map_of_millions() -> bytes:
    pdf = Pdf()
    lines = b"".join(b"<%04x> <%04x> <%04x>\n" % (i % 65536, 65535, i % 60000) for i in range(1_000_000))
    cmap = pdf.stream(b"begincmap 1000000 beginbfrange\n" + lines + b"endbfrange endcmap")
    font = pdf.add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode %d 0 R /DescendantFonts "
        b"[<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        b"/Supplement 0 >> >>] >>" % cmap
    )
    pdf.page()
    pdf.page(HONEST + b"BT /G 10 Tf 72 300 Td <00410042> Tj ET", resources=b"/Font << /F1 3 0 R /G %d 0 R >>" % font)
    return pdf.bytes()


@kind
def arrays_100000_deep() -> bytes:
    return _beside(HONEST + b"[" * 100_000 + b"]" * 100_000 + b" 0 d\n", extra=b"/X " + b"[" * 100_000 + b"]" * 100_000)


@kind
def filters_100_times() -> bytes:
    data = HONEST
    for _ in range(100):
        data = zlib.compress(data)
    pdf = Pdf()
    pdf.page()
    number = _with_stream(pdf, data, b"/FlateDecode " * 100)
    pdf.page(contents=b"/Contents %d 0 R" % number)
    return pdf.bytes()


@kind
def predictor_of_millions_of_columns() -> bytes:
    data = zlib.compress(b"\2" + b"\0" * 100000)
    pdf = Pdf()
    pdf.page()
    number = pdf.add(
        b"<< /Length %d /Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 32 "
        b"/BitsPerComponent 16 >> >>\nstream\n%s\nendstream" % (len(data), data)
    )
    pdf.page(contents=b"/Contents %d 0 R" % number)
    return pdf.bytes()


@kind
def shading_of_a_function_without_end() -> bytes:
    pdf = Pdf()
    pdf.page()
    body = b"{ " + b"dup mul " * 100_000 + b"}"
    function = pdf.add(
        b"<< /FunctionType 4 /Domain [0 1] /Range [0 1] /Length %d >>\nstream\n%s\nendstream" % (len(body), body)
    )
    pdf.page(
        HONEST + b"/S sh\n" * 200,
        resources=b"/Shading << /S << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 595 842] /Function %d 0 R >> >>"
        % function,
    )
    return pdf.bytes()


@kind
def text_in_every_direction_of_writing() -> bytes:
    pdf = Pdf()
    words = "".join(chr(c) for c in (0x202E, 0x2066, 0x200F, 0, 0xFFFF)).encode("utf-16-be")
    pdf.page(HONEST + b"BT /F1 9 Tf 72 400 Td (=cmd|' /C calc'!A0 <script>alert(1)</script> \\000\\033[2J) Tj ET")
    pdf.objects[30] = b"<< /Title <FEFF" + words.hex().encode() + b"> >>"
    return pdf.bytes().replace(b"/Root 1 0 R", b"/Root 1 0 R /Info 30 0 R")


def write(folder: Path) -> list[Path]:
    """All kinds as `<name>.pdf`; what stands there is written over."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, make in KINDS.items():
        path = folder / f"{name}.pdf"
        path.write_bytes(make())
        written.append(path)
    return written
