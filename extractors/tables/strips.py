"""Text lines cut into chunks: the material of the readers that work on white space."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.page import Line, Rule, Word
from extractors.tables.grid import chunks
from extractors.tables.tokens import is_number, is_period, is_value
from extractors.words import LEADER

APART = re.compile(r"^(?:\*+|[†‡•●▪■◦·]|\d+[.)]\s|\(\d+\)\s|(?:bron|source|quelle|noot|note|opmerking)\b)", re.I)
"""How notes, list items and sources begin."""
CAPTION = re.compile(
    r"^(?:tabel|table|tableau|tabelle|tab\.|overzicht|grafiek|figuur|figure|abbildung)\s*(?:n[°o]?\s*)?[\dIVX]+\b", re.I
)
"""How numbered captions begin."""
ELLIPSES = ("...", "…")


@dataclass(slots=True)
class Strip:
    """One text line of a region, with its words cut into chunks."""

    line: Line
    parts: list[list[Word]]

    @property
    def values(self) -> int:
        """How many chunks are numbers or stand for a missing number; dots alone on a line end a label above them."""
        if len(self.parts) == 1 and chunk_text(self.parts[0]) in ELLIPSES:
            return 0
        return sum(is_value(chunk_text(p)) for p in self.parts)


def chunk_text(words: list[Word]) -> str:
    """The words of a chunk, raised marks left out."""
    return " ".join(w.text for w in words if not w.raised)


TURNED = 2.5
"""Times the type size: higher texts run upwards, each the head of a column, however close they stand."""


def cut(line: Line, down: Sequence[Rule] = ()) -> list[list[Word]]:
    """The chunks of a line: a wide gap always cuts, a narrower one between two numbers and after leader dots too.

    So does any gap that one of the rules `down` the page runs through.
    """
    result: list[list[Word]] = []
    parts = _led(chunks(line))
    if len(parts) > 1 and _BULLET.match(chunk_text(parts[0])):  # the mark of a list item or note is no column
        parts = [parts[0] + parts[1], *parts[2:]]
    for part in parts:
        run: list[Word] = []
        if any(w.bottom - w.top > TURNED * w.size for w in part):
            result += [[word] for word in part]
            continue
        periods = _periods(part)
        for word in part:
            apart = is_value(word.text) and run and is_value(run[-1].text) and word.x0 - run[-1].x1 > 0.42 * word.size
            led = len(run) > 1 and LEADER.fullmatch(run[-1].text) and is_number(word.text)
            if run and (apart or led or (id(word) in periods and id(run[-1]) in periods)):
                result.append(run)
                run = []
            run.append(word)
        result.append(run)
    return [run for part in result for run in _at_rules(part, down)] if down else result


def _at_rules(part: list[Word], down: Sequence[Rule]) -> list[list[Word]]:
    """A chunk cut where a rule runs down between two of its words."""
    runs = [[part[0]]]
    for a, b in itertools.pairwise(part):
        middle = b.base - 0.3 * b.size
        if any(a.x1 - 1 <= r.at <= b.x0 + 1 and r.lo <= middle <= r.hi for r in down):
            runs.append([])
        runs[-1].append(b)
    return runs


def _periods(part: list[Word]) -> set[int]:
    """The words of a chunk that are years or months in a row of three or more: the heads of narrow columns."""
    found: set[int] = set()
    for period, words in itertools.groupby(part, key=lambda w: is_period(w.text)):
        run = list(words)
        if period and len(run) >= 3:
            found.update(id(w) for w in run)
    return found


def _led(parts: list[list[Word]]) -> list[list[Word]]:
    """Chunks with leader dots joined to the label that they lead away from, a currency set apart to its figure."""
    result: list[list[Word]] = []
    for part in parts:
        dots = LEADER.fullmatch(part[0].text) and result and not is_value(chunk_text(result[-1]))
        money = result and chunk_text(result[-1]) in CURRENCIES and is_number(part[0].text)
        if dots or (money and part[0].x0 - result[-1][-1].x1 < 8 * part[0].size):
            result[-1] = result[-1] + part
        else:
            result.append(part)
    return result


CURRENCIES = frozenset("$€£")


_BULLET = re.compile(r"^(?:[•●▪■◦·‣►➢✓o]|\*+|[†‡]+)$")


def pitch_of(strips: list[Strip]) -> float:
    """The median distance between baselines."""
    gaps = sorted(b.line.base - a.line.base for a, b in itertools.pairwise(strips))
    return gaps[len(gaps) // 2] if gaps else 0.0


def step_of_rows(strips: list[Strip]) -> float:
    """The median distance from a line with figures up to the line above it: so far stand high rows apart."""
    gaps = sorted(b.line.base - a.line.base for a, b in itertools.pairwise(strips) if b.values)
    return gaps[len(gaps) // 2] if gaps else 0.0


def is_prose(strip: Strip, block: list[Strip]) -> bool:
    """Whether a line reads as running text: one chunk of many words, over most of the block's width."""
    if len(strip.parts) > 1 and strip.values:
        return False
    longest = max(strip.parts, key=len)
    left, right = min(s.line.x0 for s in block), max(s.line.x1 for s in block)
    wide = longest[-1].x1 - longest[0].x0 >= 0.6 * (right - left)
    return len(strip.parts) == 1 and len(longest) >= 7 and wide


def leaders_home(strips: list[Strip], xs: list[float]) -> None:
    """Ends leader dots that run on into a column of figures at their label's column, in place."""
    for strip in strips:
        for part in strip.parts:
            bound = next((x for x in xs[1:] if part[0].mid <= x), xs[-1])
            for k, word in enumerate(part[1:], start=1):
                if LEADER.fullmatch(word.text) and word.x1 > bound and not is_value(part[0].text):
                    before, end = part[k - 1].x1, bound - 0.5
                    short = replace(word, x0=min(word.x0, max(before, end - 1)), x1=max(end, before + 0.5))
                    at = next(n for n, w in enumerate(strip.line.words) if w is word)
                    part[k] = strip.line.words[at] = short
