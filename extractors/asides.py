"""Sentences pulled out of the text and set large beside it: they are said twice and read once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from extractors.blocks import Block

PULLED_WORDS = 5
"""A shorter line that recurs in the text is a heading whose words the text takes up."""
_QUOTED = re.compile(r"^[“„«\"‘»].*[”“»\"’«][.!?]?$", re.DOTALL)


def pulled_out(found: Sequence[Block], body_size: float) -> tuple[Block, ...]:
    """The blocks, those marked as `aside` that repeat a sentence of the text in larger or other type."""
    texts: dict[int, str] = defaultdict(str)
    for block in found:
        if block.kind in ("body", "item") and block.lines[0].size < 1.1 * body_size:
            texts[block.lines[0].page] += _letters(block.text)
    result: list[Block] = []
    for block in found:
        last = result[-1] if result else None
        if (
            last is not None
            and last.kind == "aside"
            and block.style == last.style
            and block.kind in ("heading", "quote")
        ):
            result.append(replace(block, kind="aside"))  # the rest of one that a column's end cut
            continue
        apart = block.lines[0].size >= 1.1 * body_size or (block.style.italic and block.kind in ("heading", "quote"))
        if apart and len(block.text.split()) >= PULLED_WORDS:
            page = block.lines[0].page
            around = "".join(texts.get(p, "") for p in (page - 1, page, page + 1))
            if _letters(block.text) in around or (_QUOTED.match(block.text.strip()) and block.kind == "heading"):
                result.append(replace(block, kind="aside"))
                continue
        result.append(block)
    return tuple(result)


def _letters(text: str) -> str:
    return re.sub(r"[^\w]", "", text.casefold())
