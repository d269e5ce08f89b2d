"""Hostile PDFs whose structure is what is wrong: trees, references and lists of objects, actions, other files."""

from __future__ import annotations

import zlib

from benchmarks.robustness.written import Pdf, kind


@kind
def page_tree_in_a_circle() -> bytes:
    pdf = Pdf()
    pdf.page()
    inner = pdf.add(b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 5 >>")
    return pdf.bytes(kids=b"%d 0 R %d 0 R" % (pdf.pages[0], inner), count=6)


@kind
def page_tree_5000_deep() -> bytes:
    pdf = Pdf()
    last = pdf.page()
    for _ in range(5000):
        last = pdf.add(b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % last)
    return pdf.bytes(kids=b"%d 0 R" % last, count=1)


@kind
def pages_said_to_be_a_million() -> bytes:
    pdf = Pdf()
    pdf.page()
    return pdf.bytes(count=1_000_000)


@kind
def pages_said_to_be_fewer_than_none() -> bytes:
    pdf = Pdf()
    pdf.page()
    return pdf.bytes(count=-5)


@kind
def same_page_1500_times() -> bytes:
    pdf = Pdf()
    number = pdf.page()
    return pdf.bytes(kids=b"%d 0 R " % number * 1500, count=1500)


@kind
def outline_in_a_circle() -> bytes:
    pdf = Pdf()
    pdf.page()
    one = pdf.add(b"")
    pdf.objects[one] = b"<< /Title (Klachten) /Parent %d 0 R /First %d 0 R /Next %d 0 R /Count 999999 >>" % (
        one,
        one,
        one,
    )
    pdf.catalog = b"/Outlines %d 0 R" % one
    return pdf.bytes()


@kind
def form_fields_in_a_circle() -> bytes:
    pdf = Pdf()
    one = pdf.add(b"")
    pdf.objects[one] = b"<< /FT /Tx /T (a) /Kids [%d 0 R] /Parent %d 0 R >>" % (one, one)
    pdf.page(extra=b"/Annots [%d 0 R]" % one)
    pdf.catalog = b"/AcroForm << /Fields [%d 0 R] /XFA (<x/>) >>" % one
    return pdf.bytes()


@kind
def reference_to_itself() -> bytes:
    pdf = Pdf()
    one = pdf.add(b"")
    pdf.objects[one] = b"%d 0 R" % one
    pdf.page()
    pdf.page(contents=b"/Contents %d 0 R" % one, extra=b"/Rotate %d 0 R" % one)
    return pdf.bytes()


@kind
def streams_of_objects_in_streams() -> bytes:
    """Object streams that name one another as the stream that they extend, with more objects than can be."""
    pdf = Pdf()
    pdf.page()
    body = zlib.compress(b"40 0 41 3 " + b"1 " * 100000)
    for k in range(3):
        pdf.objects[20 + k] = (
            b"<< /Type /ObjStm /N 2000000000 /First 10 /Extends %d 0 R /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream"
            % (20 + (k + 1) % 3, len(body), body)
        )
    return pdf.bytes()


@kind
def xref_that_points_at_itself() -> bytes:
    pdf = Pdf()
    pdf.page()
    data = pdf.bytes()
    start = data.rindex(b"xref\n0")
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d /XRefStm %d" % (start, start))


@kind
def xref_of_four_billion() -> bytes:
    pdf = Pdf()
    pdf.page()
    data = pdf.bytes()
    return data.replace(b"xref\n0 ", b"xref\n4294967290 ").replace(b"/Size ", b"/Size 4294967295 /Old ")


@kind
def actions_and_attachments() -> bytes:
    """Everything that a viewer might run, open, send or fetch. Nothing of it may happen."""
    pdf = Pdf()
    attached = pdf.stream(b"MZ\x90\0" * 1000, b"/Type /EmbeddedFile /Subtype /application#2Foctet-stream")
    name = b"(../../../../tmp/klachtenatlas-escaped.exe)"
    spec = b"<< /Type /Filespec /F %s /UF %s /EF << /F %d 0 R >> >>" % (name, name, attached)
    pdf.catalog = (
        b"/OpenAction << /S /JavaScript /JS (app.launchURL('http://127.0.0.1:9/x'); while(1){}) >> "
        b"/AA << /WC << /S /Launch /F (/bin/sh) /Win << /F (cmd.exe) >> >> >> "
        b"/Names << /EmbeddedFiles << /Names [(a) %s] >> /JavaScript << /Names [(b) << /S /JavaScript /JS (app.alert(1)) >>] >> >> "
        b"/URI << /Base (http://127.0.0.1:9/) >>" % spec
    )
    pdf.page(
        extra=b"/AA << /O << /S /URI /URI (http://127.0.0.1:9/opened) >> >> /Annots ["
        b"<< /Type /Annot /Subtype /Link /Rect [0 0 600 900] /A << /S /GoToR /F (//127.0.0.1/share/x.pdf) /D [0 /Fit] >> >> "
        b"<< /Type /Annot /Subtype /Widget /FT /Btn /T (go) /Rect [0 0 9 9] /A << /S /SubmitForm /F (http://127.0.0.1:9/s) >> >> "
        b"<< /Type /Annot /Subtype /RichMedia /Rect [0 0 9 9] >>]"
    )
    return pdf.bytes()


@kind
def contents_in_another_file() -> bytes:
    pdf = Pdf()
    outside = pdf.add(b"<< /Length 0 /F (/etc/passwd) /FFilter /ASCIIHexDecode >>\nstream\n\nendstream")
    remote = pdf.add(b"<< /Length 0 /F << /FS /URL /F (http://127.0.0.1:9/content) >> >>\nstream\n\nendstream")
    pdf.page()
    pdf.page(contents=b"/Contents [%d 0 R %d 0 R]" % (outside, remote))
    return pdf.bytes()


@kind
def linearised_and_cut() -> bytes:
    pdf = Pdf()
    pdf.page()
    pdf.page()
    data = pdf.bytes()
    first = b"9 0 obj\n<< /Linearized 1 /L %d /H [500 20] /O 4 /E 900 /N 2 /T 5000 >>\nendobj\n" % (len(data) * 3)
    return (data[:15] + first + data[15:])[: len(data) // 2]


@kind
def head_far_from_the_beginning() -> bytes:
    pdf = Pdf()
    pdf.page()
    return b"\0" * 900 + pdf.bytes()
