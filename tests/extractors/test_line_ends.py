"""Text broken over lines is joined by the document's own words first, then by rule."""

from __future__ import annotations

import pytest

from extractors.hyphens import join_lines, vocabulary

KNOWN = vocabulary(
    ["de bezwaarschrift-procedure", "organisatorische disfunctie", "klachtenbehandeling", "Verkehrsüberwachung"]
)


@pytest.mark.parametrize(
    ("printed", "joined"),
    [
        ("klachten-\nbehandeling", "klachtenbehandeling"),
        ("bezwaarschrift-\nprocedure verkeer", "bezwaarschrift-procedure verkeer"),
        ("organisatorisc\nhe disfunctie", "organisatorische disfunctie"),
        ("niet-\nontvankelijk", "niet-ontvankelijk"),
        ("e-\nmail", "e-mail"),
        ("Verkehrsüber-\nwachung", "Verkehrsüberwachung"),
        ("klachten- en\nmeldingen", "klachten- en meldingen"),
        ("Fédération Wallonie-\nBruxelles", "Fédération Wallonie-Bruxelles"),
        ("geen gevolg aan\nmelding", "geen gevolg aan melding"),
        ("onbe\u00ad\nhandeld", "onbehandeld"),
    ],
)
def test_a_line_end_is_undone(printed: str, joined: str) -> None:
    assert join_lines(printed, KNOWN) == joined
