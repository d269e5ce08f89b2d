"""Labels that one body spells in several ways, so that a later year or another table cannot be joined on them.

Only spellings are compared that a reader would take for one label: the same letters with other spaces, hyphens or
points, or one letter more or less in a long word. Labels of one table that differ by a letter are left alone, and so
are opposites (`gegrond`, `ongegrond`): a table has reasons to tell its own rows apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from reconciliation.findings import Finding, finding_at
from reconciliation.grid import Number
from reconciliation.sentences import Said, place
from reconciliation.words import fold, stem, tight

_LEAST_LETTERS = 6
#: Signs that make another label of the same words: a share, a term of more or less, a currency.
_SIGNS = re.compile(r"[%‰<>≤≥=+±€$£#]")
_NEGATIONS = ("on", "niet", "un", "in", "im", "non", "nicht", "not", "ir", "dis", "mis")


def spelling_findings(numbers: Iterable[Number]) -> list[Finding]:
    """One `info` finding a pair of spellings within an organisation of a report."""
    first: dict[tuple[str, str], dict[str, Number]] = defaultdict(dict)
    for n in numbers:
        if n.kind == "cell":
            for label in (*n.rows, *n.columns):
                first[n.report, n.organisation].setdefault(label, n)
    found = []
    for labels in first.values():
        by_letters: dict[str, list[str]] = defaultdict(list)
        for label in sorted(labels):
            if len(re.sub(r"[^a-z]", "", tight(label))) >= _LEAST_LETTERS:
                by_letters[tight(label) + "".join(_SIGNS.findall(label))].append(label)
        for spellings in by_letters.values():
            one = [s for s in spellings if s.casefold() != spellings[0].casefold()]
            if one:
                found.append(_finding(labels[spellings[0]], spellings[0], labels[one[0]], one[0]))
        keys = sorted(by_letters)
        for i, a in enumerate(keys):
            for b in keys[i + 1 :]:
                one_label, other_label = by_letters[a][0], by_letters[b][0]
                if labels[one_label].table != labels[other_label].table and _slightly(one_label, other_label):
                    found.append(_finding(labels[one_label], one_label, labels[other_label], other_label))
    return found


def _slightly(a: str, b: str) -> bool:
    """Whether two labels differ by a letter or two inside one long word, and in no digit."""
    x, y = fold(a).split(), fold(b).split()
    if len(x) != len(y):
        return False
    other = [(p, q) for p, q in zip(x, y, strict=True) if p != q]
    if len(other) != 1:
        return False
    p, q = other[0]
    if min(len(p), len(q)) < _LEAST_LETTERS or re.search(r"\d", p + q) or abs(len(p) - len(q)) > 2:
        return False
    if any(p == n + q or q == n + p for n in _NEGATIONS):
        return False
    if stem(p) == stem(q):
        return True
    return Levenshtein.distance(p, q, score_cutoff=2) <= (2 if min(len(p), len(q)) >= 10 else 1)


def _finding(at: Number, label: str, other_at: Number, other: str) -> Finding:
    where, elsewhere = place(at), place(other_at)
    said = Said(
        f"One label, two spellings: “{label}” ({where.en}) and “{other}” ({elsewhere.en}).",
        f"Eén label, twee schrijfwijzen: “{label}” ({where.nl}) en “{other}” ({elsewhere.nl}).",
        f"“{label}” / “{other}”",
    )
    found = finding_at(at, "label_variant", "info", said, expected=None, observations=[other_at.id], place=other)
    return replace(found, printed=None)
