"""The kinds of columns that several published tables share: ids, texts, concepts, pages, boxes, counts, shares."""

from __future__ import annotations

from schemas.columns import HASH, ID, LANGUAGE, Column, Reference, RowRule, concept_pattern


def id_(name: str, description: str, *, nullable: bool = False, optional: bool = False) -> Column:
    """A name of a row: a text without spaces."""
    return Column(
        name, "string", description, nullable=nullable, optional=optional, pattern=ID, said="a text without spaces"
    )


def text(name: str, description: str, *, nullable: bool = False, blank: bool = False, optional: bool = False) -> Column:
    """Free text, not empty unless `blank`."""
    return Column(name, "string", description, nullable=nullable, blank=blank, optional=optional)


def choice(name: str, choices: tuple[str, ...], description: str, *, nullable: bool = False) -> Column:
    """A text out of a closed list."""
    return Column(name, "string", description, nullable=nullable, choices=choices)


def concept(name: str, facet: str | None, description: str) -> Column:
    """A concept key of one facet, or of any; may be null."""
    said = f"a concept key such as {facet or 'outcome'}:name.narrower_name"
    return Column(name, "string", description, nullable=True, pattern=concept_pattern(facet), said=said)


def page(name: str, description: str, *, nullable: bool = False) -> Column:
    """A page number, from 1."""
    return Column(name, "integer", description, nullable=nullable, least=1)


def count(name: str, description: str, *, nullable: bool = False) -> Column:
    """A whole number, from 0."""
    return Column(name, "integer", description, nullable=nullable, least=0)


def share(name: str, description: str, *, nullable: bool = False, optional: bool = False) -> Column:
    """A probability, 0 to 1."""
    return Column(name, "number", description, nullable=nullable, optional=optional, least=0, most=1)


def hash_(name: str, description: str, *, nullable: bool = False) -> Column:
    """A SHA-256."""
    said = "a SHA-256 in 64 lower-case hexadecimal digits"
    return Column(name, "string", description, nullable=nullable, pattern=HASH, said=said)


def language(name: str, description: str) -> Column:
    """A language code."""
    return Column(name, "string", description, pattern=LANGUAGE, said="a two-letter ISO 639-1 code such as nl")


def box() -> tuple[Column, ...]:
    """The four edges of a box on a page."""
    edges = {
        "x0": "Left edge of the number's box on the page",
        "top": "Upper edge of the box",
        "x1": "Right edge of the box",
        "bottom": "Lower edge of the box",
    }
    where = "in PDF points (1/72 inch) from the top left corner of the page as a person sees it."
    return tuple(Column(name, "number", f"{what}, {where}") for name, what in edges.items())


BOX_RULES = (
    RowRule("box_x", ("x0", "x1"), "the left edge lies right of the right edge", lambda f: f["x0"] <= f["x1"]),
    RowRule("box_y", ("top", "bottom"), "the upper edge lies below the lower edge", lambda f: f["top"] <= f["bottom"]),
)
REPORT = id_("report_id", "The report in which it stands; key of `reports`.")
TO_REPORT = Reference("report_id", "reports", "report_id")
