"""Scores a reading of generated documents against their truth, by style, placement and decoy.

Two measures, neither of which looks at boxes. Cell adjacency (Göbel, Hassan, Oro, Orsi: "A methodology for evaluating
algorithms for table understanding in PDF documents", DocEng 2012): each table is turned into the relations between
neighbouring cells that hold text, and the relations are compared. Labelled numbers: a number counts when its value, its
unit, its row path and its column path are all right. Texts are compared without white space, hyphens and case.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from benchmarks.layouts.model import Labelled, TrueCell, Truth
from schemas.printed import Cell, Figure, PrintedReport

_DROPPED = re.compile(r"[\s\u00ad\u2010\u2011\u2013-]")
_RAISED = dict.fromkeys(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹*"), None)


@dataclass(frozen=True, slots=True)
class Miss:
    """A number of the truth that was not read right, with the likely reason and what was read instead."""

    wanted: Labelled
    reason: str
    got: Figure | None = None

    def __str__(self) -> str:
        want = self.wanted
        text = (
            f"p{want.page} {want.printed!r} {' > '.join(want.row_path)} | {' > '.join(want.column_path)}: {self.reason}"
        )
        if self.got is not None:
            text += f" (read {' > '.join(self.got.row_labels)} | {' > '.join(self.got.column_labels)} {self.got.unit})"
        return text


@dataclass(slots=True)
class Score:
    """Sums over documents; the shares are computed from them."""

    documents: int = 0
    truth_relations: int = 0
    read_relations: int = 0
    right_relations: int = 0
    truth_numbers: int = 0
    read_numbers: int = 0
    right_numbers: int = 0
    innermost: int = 0
    values: int = 0
    tables: int = 0
    extra_tables: int = 0
    misses: list[Miss] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Adds the sums of `other`; its misses too."""
        for name in Score.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def relation_f1(self) -> float:
        """F1 of the adjacency relations."""
        return _f1(self.right_relations, self.read_relations, self.truth_relations)

    @property
    def recall(self) -> float:
        """Share of the truth's numbers that were read with value, unit and both paths."""
        return self.right_numbers / self.truth_numbers if self.truth_numbers else 1.0

    @property
    def precision(self) -> float:
        """Share of the read numbers that are right."""
        return self.right_numbers / self.read_numbers if self.read_numbers else 1.0


def _f1(right: int, read: int, true: int) -> float:
    return 2 * right / (read + true) if read + true else 1.0


def plain(text: str) -> str:
    """`text` for comparison: compatibility forms folded, no white space, hyphens or case."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text)).casefold()


def label_key(path: Iterable[str]) -> str:
    """A path for comparison: letters, digits and a few signs of all its levels, accents and raised marks left out."""
    text = unicodedata.normalize("NFKD", "".join(path).translate(_RAISED)).casefold()
    return re.sub(r"[^0-9a-z%&+]", "", text)


def relations(cells: Sequence[Cell] | Sequence[TrueCell]) -> Counter[tuple[str, str, str, int]]:
    """Direction, two neighbouring texts, number of blank cells between them, over rows and columns that hold text."""
    held = [c for c in cells if plain(c.text)]
    row_at = {r: k for k, r in enumerate(sorted({c.row for c in held}))}
    col_at = {c: k for k, c in enumerate(sorted({c.col for c in held}))}
    grid: dict[tuple[int, int], int] = {}
    for k, cell in enumerate(held):
        for r in range(cell.row, cell.row + cell.rowspan):
            for c in range(cell.col, cell.col + cell.colspan):
                if r in row_at and c in col_at:
                    grid[row_at[r], col_at[c]] = k
    found: dict[tuple[str, int, int], int] = {}
    for direction, lines in (("across", _lines(grid, 0)), ("down", _lines(grid, 1))):
        for line in lines:
            for (at, a), (to, b) in pairwise(line):
                if a != b:
                    found.setdefault((direction, a, b), to - at - 1)
    return Counter((d, plain(held[a].text), plain(held[b].text), blanks) for (d, a, b), blanks in found.items())


def _lines(grid: dict[tuple[int, int], int], axis: int) -> list[list[tuple[int, int]]]:
    lines: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for place, k in sorted(grid.items()):
        lines[place[axis]].append((place[1 - axis], k))
    return [sorted(line) for line in lines.values()]


def score(truth: Truth, report: PrintedReport) -> Score:
    """The score of one document."""
    total = Score(documents=1, tables=len(truth.parts))
    _score_relations(truth, report, total)
    _score_numbers(truth, [f for f in report.figures if f.kind == "cell"], total)
    return total


def _score_relations(truth: Truth, report: PrintedReport, total: Score) -> None:
    read = [(part.page, relations(part.cells)) for part in report.tables]
    total.read_relations = sum(r.total() for _, r in read)
    left = set(range(len(read)))
    for part in truth.parts:
        wanted = relations(part.cells)
        total.truth_relations += wanted.total()
        same = {k: (wanted & read[k][1]).total() for k in left if read[k][0] == part.page}
        if same:
            best = max(same, key=lambda k: (same[k], -k))
            total.right_relations += same[best]
            left.discard(best)
    total.extra_tables = len(left)


def _score_numbers(truth: Truth, figures: list[Figure], total: Score) -> None:
    total.truth_numbers, total.read_numbers = len(truth.labelled), len(figures)
    pairs, wanted, rest = _paired(
        truth.labelled,
        figures,
        lambda t: (t.page, round(t.value, 6), t.unit, label_key(t.row_path), label_key(t.column_path)),
        lambda f: (f.place.page, round(f.value, 6), f.unit, label_key(f.row_labels), label_key(f.column_labels)),
    )
    total.right_numbers = pairs
    inner, _, _ = _paired(
        truth.labelled,
        figures,
        lambda t: (round(t.value, 6), t.unit, label_key(t.row_path[-1:]), label_key(t.column_path[-1:])),
        lambda f: (round(f.value, 6), f.unit, label_key(f.row_labels[-1:]), label_key(f.column_labels[-1:])),
    )
    total.innermost = inner
    total.values, _, _ = _paired(
        truth.labelled, figures, lambda t: (round(t.value, 6), t.unit), lambda f: (round(f.value, 6), f.unit)
    )
    total.misses = [_miss(t, rest) for t in wanted]


def _paired(
    truth: Iterable[Labelled],
    figures: Iterable[Figure],
    true_key: Callable[[Labelled], object],
    read_key: Callable[[Figure], object],
) -> tuple[int, list[Labelled], list[Figure]]:
    """How many match one to one on the key, and what is left on either side."""
    pool: dict[object, list[Figure]] = defaultdict(list)
    for figure in figures:
        pool[read_key(figure)].append(figure)
    missed = []
    right = 0
    for wanted in truth:
        if pool.get(true_key(wanted)):
            pool[true_key(wanted)].pop()
            right += 1
        else:
            missed.append(wanted)
    return right, missed, [f for left in pool.values() for f in left]


def _miss(wanted: Labelled, rest: list[Figure]) -> Miss:
    here = [f for f in rest if f.place.page == wanted.page]
    valued = [f for f in here if round(f.value, 6) == round(wanted.value, 6)]
    rows = [f for f in valued if label_key(f.row_labels) == label_key(wanted.row_path)]
    columns = [f for f in valued if label_key(f.column_labels) == label_key(wanted.column_path)]
    for f in rows:
        if f in columns:
            return Miss(wanted, f"unit {f.unit} instead of {wanted.unit}", f)
    if rows:
        return Miss(wanted, "column path", rows[0])
    if columns:
        return Miss(wanted, "row path", columns[0])
    if valued:
        return Miss(wanted, "both paths", valued[0])
    if not here:
        return Miss(wanted, "no number read on the page")
    return Miss(wanted, "value not read")


def by_trait(scored: Sequence[tuple[Truth, Score]]) -> dict[str, Score]:
    """Sums for `all` and for each trait, in the order of names."""
    sums: dict[str, Score] = {"all": Score()}
    for truth, one in scored:
        for name in ("all", f"language:{truth.language}", *truth.traits):
            sums.setdefault(name, Score()).add(one)
    return dict(sorted(sums.items(), key=lambda item: (item[0] != "all", item[0])))


def markdown(sums: dict[str, Score]) -> str:
    """The scores as a Markdown table."""
    lines = [
        "| trait | documents | tables | adjacency F1 | numbers | recall | precision | innermost labels | values "
        "| extra tables |",
        "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for name, s in sums.items():
        whole = max(1, s.truth_numbers)
        lines.append(
            f"| {name} | {s.documents} | {s.tables} | {s.relation_f1:.3f} | {s.truth_numbers} | {s.recall:.3f} "
            f"| {s.precision:.3f} | {s.innermost / whole:.3f} | {s.values / whole:.3f} | {s.extra_tables} |"
        )
    return "\n".join(lines) + "\n"


def worst(scored: Sequence[tuple[Truth, Score]], count: int) -> list[str]:
    """The documents that lost most, each with its commonest reason and an example."""
    ranked = sorted(scored, key=lambda pair: len(pair[1].misses) + 5 * pair[1].extra_tables, reverse=True)
    lines = []
    for truth, one in ranked[:count]:
        if not one.misses and not one.extra_tables:
            break
        reasons = Counter(miss.reason for miss in one.misses)
        lines.append(
            f"{truth.file} [{', '.join(truth.traits)}] recall {one.recall:.2f}, adjacency {one.relation_f1:.2f}, "
            f"{one.extra_tables} extra tables; {', '.join(f'{n} {why}' for why, n in reasons.most_common(4))}"
        )
        for reason, _ in reasons.most_common(2):
            lines.append(f"    {next(m for m in one.misses if m.reason == reason)}")
    return lines
