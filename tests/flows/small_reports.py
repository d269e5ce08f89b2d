"""Small reports and catalogues, made for the tests of the flows."""

from __future__ import annotations

from pathlib import Path

import yaml

ROWS = [
    ["Onderwerp", "2022", "2023"],
    ["Geluidshinder", "12", "15"],
    ["Sluikstort", "30", "28"],
    ["Parkeren", "8", "9"],
    ["Totaal", "50", "52"],
]


def report_pdf(path: Path, title: str = "Jaarverslag 2023", rows: list[list[str]] | None = None) -> Path:
    """A one-page report of Stad Voorbeeld with one ruled table."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    styles = getSampleStyleSheet()
    grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    story = [
        Paragraph(title, styles["Title"]),
        Paragraph("De ombudsdienst van Stad Voorbeeld kreeg ook dit jaar klachten van burgers.", styles["Normal"]),
        Paragraph("Klachten per onderwerp", styles["Heading2"]),
        Spacer(1, 6),
        Table(rows or ROWS, style=grid),
    ]
    SimpleDocTemplate(str(path), pagesize=A4, title=title, invariant=1).build(story)
    return path


def entry(**fields: object) -> dict[str, object]:
    """A complete catalogue entry, changed by `fields`; a field given as None is left out."""
    whole = {
        "id": "voorbeeld-2023",
        "city": "Voorbeeld",
        "country": "BE",
        "publisher": "Ombudsdienst Stad Voorbeeld",
        "title": "Jaarverslag 2023",
        "reporting_year": 2023,
        "language": "nl",
        "edition": "synthetic",
        "file": "voorbeeld-2023.pdf",
        **fields,
    }
    return {name: value for name, value in whole.items() if value is not None}


def write_catalogue(folder: Path, *entries: object) -> Path:
    """`folder` with a catalogue of these entries."""
    folder.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump({"reports": list(entries)}, allow_unicode=True, sort_keys=False)
    (folder / "catalogue.yaml").write_text(text, encoding="utf-8")
    return folder
