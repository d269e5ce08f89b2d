"""Sets a publisher's page as one HTML file that needs nothing beside it: styles and pictures stand in it."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

import jinja2

from publish.publisher_page import Picture, PublisherPage

_TEMPLATES = Path(__file__).with_name("templates")


def as_html(page: PublisherPage, pictures: Mapping[Picture, bytes]) -> str:
    """The page as HTML; a picture that `pictures` lacks is left out."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )  # fmt: skip
    sources = {
        picture: "data:image/png;base64," + base64.b64encode(data).decode() for picture, data in pictures.items()
    }
    return environment.get_template("publisher.html").render(page=page, words=page.words, sources=sources)
