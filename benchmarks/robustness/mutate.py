"""The bundled reports, damaged: bits flipped, ends cut off, objects swapped, streams altered inside their packing.

Each mutant is a pure function of its report, its number and the seed. What is read of it must be on its pages: every
figure's printed text is looked for by a second program, pdfplumber's parser, in the figure's box.
"""

from __future__ import annotations

import io
import itertools
import os
import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.robustness.reading import Memory, Outcome, descendants, read_all
from extractors.sandbox import Sandbox
from schemas.limits import MEGABYTE
from schemas.printed import Box, Figure

WAYS = ("bits", "cut", "swap", "block", "content")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A damaged copy of the report `of`."""

    name: str
    of: Path
    way: str
    data: bytes


def mutants(reports: list[Path], count: int, seed: int, first: int = 0) -> Iterator[Mutant]:
    """`count` mutants from number `first` on, reports and ways by turns."""
    for number in range(first, first + count):
        way = WAYS[number % len(WAYS)]
        of = reports[number // len(WAYS) % len(reports)]
        rng = random.Random(f"{seed} {number}")
        yield Mutant(f"{number:05d}-{way}-{of.stem}", of, way, _MAKERS[way](of.read_bytes(), rng))


def _bits(data: bytes, rng: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 4, 16, 64))):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) // 10, len(data))]


def _swap(data: bytes, rng: random.Random) -> bytes:
    """Two objects change their numbers, or two references their targets."""
    heads = list(re.finditer(rb"(?<![\d])(\d+) 0 obj", data))
    refs = list(re.finditer(rb"(?<![\d])(\d+) 0 R", data))
    pool = heads if len(heads) > 1 and (rng.random() < 0.5 or len(refs) < 2) else refs
    if len(pool) < 2:
        return _block(data, rng)
    out = data
    for _ in range(rng.choice((1, 2, 4))):
        first, second = sorted(rng.sample(range(len(pool)), 2))
        a, b = pool[first].span(1), pool[second].span(1)
        x, y = data[slice(*a)], data[slice(*b)]
        if len(x) == len(y):
            out = out[: a[0]] + y + out[a[1] : b[0]] + x + out[b[1] :]
    return out if out != data else _block(data, rng)


def _block(data: bytes, rng: random.Random) -> bytes:
    """A block of bytes is taken out, doubled, or overwritten with noise."""
    size = rng.choice((1, 16, 256, 2048))
    at = rng.randrange(max(1, len(data) - size))
    how = rng.randrange(3)
    middle = b"" if how == 0 else data[at : at + size] * 2 if how == 1 else rng.randbytes(size)
    return data[:at] + middle + data[at + size :]


def _content(data: bytes, rng: random.Random) -> bytes:
    """Operators and numbers of a page's content change, the file stays whole: the hardest to notice."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[rng.randrange(len(pdf.pages))]
        page.contents_coalesce()
        stream = page.obj.Contents
        content = bytearray(stream.read_bytes())
        for _ in range(rng.choice((1, 5, 20))):
            at = rng.randrange(max(1, len(content)))
            how = rng.randrange(3)
            if how == 0:
                content[at : at + 1] = rng.choice(
                    (b"9", b"-", b".", b"(", b")", b"<", b"Q", b" ", b"q", b"\n", b"[", b"T")
                )
            elif how == 1:
                del content[at : at + rng.choice((1, 10, 100))]
            else:
                content[at:at] = content[max(0, at - 40) : at]
        stream.write(bytes(content))
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


_MAKERS = {"bits": _bits, "cut": _cut, "swap": _swap, "block": _block, "content": _content}


def not_on_page(path: Path, outcome: Outcome) -> tuple[int, int, list[str]]:
    """How many figures could be looked for, how many of them stand elsewhere on their page, and those that do not.

    The page's characters are read by pdfplumber (pdfminer's parser, not PDFium). A damaged font has other widths for
    the two, so that they place its letters differently. Figures read by OCR are pictures, and a page that the
    second parser cannot read says nothing; neither is counted.
    """
    import pdfplumber

    if outcome.report is None:
        return 0, 0, []
    looked, moved, absent = 0, 0, []
    turned = {page.number for page in outcome.report.pages if page.reading != "text"}
    by_page: dict[int, list[Figure]] = {}
    for figure in outcome.report.figures:
        if figure.ocr is None and figure.place.page not in turned:
            by_page.setdefault(figure.place.page, []).append(figure)
    for number, figures in sorted(by_page.items()):
        try:
            with pdfplumber.open(path, pages=[number]) as document:
                characters = document.pages[0].chars
        except Exception:
            continue
        if characters:
            for figure in figures:
                looked += 1
                if _printed(figure, characters):
                    continue
                if _anywhere(figure, characters):
                    moved += 1
                else:
                    absent.append(f"{outcome.name} page {number}: {figure.printed!r} at {figure.place.box}")
    return looked, moved, absent


def _printed(figure: Figure, characters: list[dict[str, Any]]) -> bool:
    """Whether the characters in a figure's box (and a point around it) hold its digits, in the order of drawing."""
    box = figure.place.box
    near = Box(box.x0 - 1, box.top - 1, box.x1 + 1, box.bottom + 1)
    inside = "".join(c["text"] for c in characters if _within(c, near))
    wanted = re.sub(r"\D", "", figure.printed)
    return wanted in re.sub(r"\D", "", inside) or figure.printed in inside


def _within(character: dict[str, Any], box: Box) -> bool:
    x, y = (character["x0"] + character["x1"]) / 2, (character["top"] + character["bottom"]) / 2
    return bool(box.x0 <= x <= box.x1 and box.top <= y <= box.bottom)


def _anywhere(figure: Figure, characters: list[dict[str, Any]]) -> bool:
    """Whether a figure's digits stand in one run of characters of the page, wherever that is."""
    wanted = re.escape(re.sub(r"\s", "", figure.printed))
    text = re.sub(r"\s", "", "".join(c["text"] for c in characters))
    return bool(re.search(rf"(?<!\d){wanted}(?!\d)", text))


def run(
    reports: list[Path], count: int, seed: int, folder: Path, jobs: int, say: Callable[[str], None], first: int = 0
) -> Summary:
    """Reads `count` mutants written into `folder`, each removed once it was looked at; what fails the check stays."""
    folder.mkdir(parents=True, exist_ok=True)
    summary = Summary()
    before = set(Path(tempfile.gettempdir()).glob("klachtenatlas-*"))
    with Sandbox(jobs) as sandbox, Memory() as memory:
        for batch in batched(mutants(reports, count, seed, first), 20):
            paths = {}
            for mutant in batch:
                path = folder / f"{mutant.name}.pdf"
                path.write_bytes(mutant.data)
                paths[mutant.name] = path
            for outcome in read_all(paths.values(), sandbox, glanced=False):
                looked, moved, absent = not_on_page(paths[outcome.name], outcome)
                summary.add(outcome, looked, moved, absent)
                if not absent:
                    paths[outcome.name].unlink()
            say(summary.line())
        summary.memory = memory.resident
    left = descendants(os.getpid()) & memory.seen
    summary.left_processes = len({pid for pid in left if descendants(pid)})  # the fork server stays, without children
    summary.left_files = len(set(Path(tempfile.gettempdir()).glob("klachtenatlas-*")) - before)
    return summary


def batched(items: Iterator[Mutant], size: int) -> Iterator[list[Mutant]]:
    while batch := list(itertools.islice(items, size)):
        yield batch


@dataclass
class Summary:
    """What became of all mutants. `kinds` counts the reasons without their numbers and names."""

    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    looked: int = 0
    moved: int = 0
    absent: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    slowest: float = 0.0
    memory: int = 0
    left_processes: int = 0
    left_files: int = 0

    def add(self, outcome: Outcome, looked: int, moved: int, absent: list[str]) -> None:
        way = outcome.name.split("-")[1]
        self.statuses[way, outcome.status] += 1
        self.looked += looked
        self.moved += moved
        self.absent += absent
        self.slowest = max(self.slowest, outcome.seconds)
        if outcome.status != "ok":
            self.reasons[re.sub(r"\S+\.pdf|\d+", "…", outcome.reason)[:120]] += 1
            if not outcome.reason:
                self.silent.append(outcome.name)

    def line(self) -> str:
        counts: Counter[str] = Counter()
        for (_, status), number in self.statuses.items():
            counts[status] += number
        return (
            f"{counts.total()} read: {dict(sorted(counts.items()))}; {self.looked} figures looked for, "
            f"{self.moved} elsewhere on their page, {len(self.absent)} not on it"
        )

    def text(self) -> str:
        """The summary for a person, in Markdown."""
        lines = [self.line(), "", "| way | ok | partial | failed |", "| --- | --- | --- | --- |"]
        for way in WAYS:
            lines.append(
                f"| {way} | " + " | ".join(str(self.statuses[way, s]) for s in ("ok", "partial", "failed")) + " |"
            )
        lines += [
            "",
            f"Slowest {self.slowest:.0f} s; largest resident set of a reader {self.memory / MEGABYTE:.0f} MB; "
            f"{len(self.silent)} without a reason; {self.left_processes} processes and {self.left_files} files left.",
            "",
            *(f"- {n} × {reason}" for reason, n in self.reasons.most_common(20)),
            *(f"- not on the page: {what}" for what in self.absent[:50]),
        ]
        return "\n".join(lines) + "\n"
