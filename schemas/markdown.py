"""Words of reports within Markdown that others render: as they are, never as markup."""

from __future__ import annotations

_MARKUP = frozenset("\\`*_[]<>|#&~")


def plain(text: object) -> str:
    """`text` on one line, with what Markdown or HTML would take for markup escaped."""
    flat = " ".join(str(text).split())
    return "".join(f"\\{char}" if char in _MARKUP else char for char in flat)
