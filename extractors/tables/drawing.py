"""What the table reader sees on a page, as boxes to draw: words, lines, and the places where it looked for a table."""

from __future__ import annotations

from pathlib import Path

from extractors.pdfium import open_pdf, read_page
from extractors.tables import ruled
from extractors.tables.regions import regions
from schemas.printed import Box

Mark = tuple[Box, str]
"""A box (points, page as seen) and a colour's name."""
WORD, RULE, REGION = "silver", "red", "orange"
"""Colours of words, drawn lines and places that were looked at."""


def seen(path: Path, number: int) -> tuple[list[Mark], int]:
    """Boxes of the words, lines and regions of page `number` (from 1), and how many of them are regions."""
    with open_pdf(path) as document:
        page = read_page(document, number)
    rules = ruled.merged_rules(page)
    grids, frames = ruled.propose(rules, page)
    looked = [g.box for g in grids] + regions(page, rules, [], frames)
    boxes = [(box, REGION) for box in looked] + [(w.box, WORD) for w in page.words]
    for rule in rules:
        across = Box(rule.lo, rule.at, rule.hi, rule.at)
        boxes.append((across if rule.horizontal else Box(rule.at, rule.lo, rule.at, rule.hi), RULE))
    return [(page.seen(box), colour) for box, colour in boxes], len(looked)
