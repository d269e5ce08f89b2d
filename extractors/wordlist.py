"""Lists of words, written as text so that they can be read and added to."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of `text`, parted by blanks or line ends."""
    return frozenset(text.split())
