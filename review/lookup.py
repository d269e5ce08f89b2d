"""Finds concepts by what a person types: any label in any language, or a key."""

from __future__ import annotations

from ontology.scheme import Concept, Scheme
from ontology.text import normalise


def found(scheme: Scheme, text: str, language: str) -> tuple[tuple[Concept, str], ...]:
    """Concepts with a label (any language) or key that holds all words of `text`, each at the beginning of a word.

    Best first: equal before longer, preferred before alternative, `language` before others. With each concept stands
    the label that was found, with its language.
    """
    wanted = normalise(text).split()
    if not wanted:
        return ()
    ranked: list[tuple[tuple[int, int, str], Concept, str]] = []
    for concept in scheme:
        best: tuple[int, int, str] | None = None
        matched = ""
        names = [*concept.labels(), ("", concept.key.replace(":", " ").replace(".", " ").replace("_", " "), False)]
        for spoken, name, preferred in names:
            plain = normalise(name)
            if not all(_begins(word, plain) for word in wanted):
                continue
            exact = 0 if plain == " ".join(wanted) else 1 if plain.startswith(wanted[0]) else 2
            rank = (exact * 4 + (0 if preferred else 2) + (0 if spoken == language else 1), len(plain), concept.key)
            if best is None or rank < best:
                best, matched = rank, f"{name} ({spoken})" if spoken else name
        if best is not None:
            ranked.append((best, concept, matched))
    ranked.sort(key=lambda r: r[0])
    return tuple((concept, matched) for _, concept, matched in ranked)


def _begins(word: str, text: str) -> bool:
    return text.startswith(word) or f" {word}" in text or (len(word) > 3 and word in text)
