"""Random tables of complaint figures: what stands in every cell and what every number means, before any layout.

The figures add up (totals, shares), as they do in real reports; nothing here knows how the table will look.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Literal

from benchmarks.layouts.words import Words, count_text, decimal_text

Role = Literal["head", "stub", "group", "value"]
Grouping = Literal["none", "merged", "blank", "line", "indent"]
Kind = Literal["count", "sum", "share", "share_bare", "days", "change", "money", "count_share"]
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetCell:
    """A cell to be typeset; `mark` is a raised footnote mark after its text, `level` its indentation."""

    row: int
    col: int
    text: str
    role: Role
    rowspan: int = 1
    colspan: int = 1
    mark: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Number:
    """The number in the cell at `row`, `col` and its labels."""

    row: int
    col: int
    row_path: Path
    column_path: Path
    printed: str
    value: float
    unit: str


@dataclass(slots=True)
class Table:
    """A whole table. `heavy` are the rows set in bold (totals, group lines)."""

    rows: int
    cols: int
    header_rows: int
    stub_columns: int
    cells: list[SetCell]
    numbers: list[Number]
    caption: str
    grouping: Grouping = "none"
    kind: str = ""
    note: str = ""
    heavy: set[int] = field(default_factory=set)
    totals: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers: its header path and how its numbers come about."""

    path: Path
    kind: Kind


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its path, and what it is: a leaf, a line that only names a group, or a total."""

    path: Path
    kind: Literal["leaf", "group", "group_sum", "total"] = "leaf"


def random_table(
    rng: random.Random, words: Words, *, rows: int = 0, wide: bool | None = None, plain: bool = False
) -> Table:
    """A table with about `rows` rows (0: any); `wide`: many columns or few; `plain`: one level of labels each way."""
    kind, depth, columns = _columns(rng, words, wide)
    while plain and depth > 1:
        kind, depth, columns = _columns(rng, words, wide)
    grouping: Grouping = rng.choices(("none", "merged", "blank", "line", "indent"), (6, 2, 1, 2, 2))[0]
    if plain:
        grouping = "none"
    plan = _rows(rng, words, grouping, rows or rng.randint(4, 14))
    table = _fill(rng, words, depth=depth, columns=columns, grouping=grouping, plan=plan)
    table.kind = kind
    return table


KINDS = (
    "years", "years", "year_pairs", "outcomes", "months", "quarters", "timeliness", "spanned", "deep", "change",
    "cell_pairs", "money",
)  # fmt: skip


def _columns(rng: random.Random, words: Words, wide: bool | None) -> tuple[str, int, list[Column]]:
    """The kind of table, its header rows, and its columns of numbers."""
    first = rng.randint(2015, 2021)
    years = [str(first + k) for k in range(rng.randint(2, 4))]
    kinds: tuple[str, ...] = KINDS
    if wide is True:
        kinds = ("outcomes", "months", "deep")
    elif wide is False:
        kinds = ("years", "year_pairs", "quarters", "change", "cell_pairs")
        years = years[:2]
    kind = rng.choice(kinds)
    depth, columns = _columns_of(kind, rng, words, years)
    return kind, depth, columns


def _columns_of(kind: str, rng: random.Random, words: Words, years: list[str]) -> tuple[int, list[Column]]:
    if kind == "years":
        return 1, [Column((y,), "count") for y in years]
    if kind == "year_pairs":
        share: Kind = "share" if rng.random() < 0.5 else "share_bare"
        if rng.random() < 0.3:  # one header row that holds both levels
            return 1, [c for y in years for c in (Column((y,), "count"), Column((f"{words.percent} {y}",), "share"))]
        return 2, [c for y in years for c in (Column((y, words.count), "count"), Column((y, words.percent), share))]
    if kind == "outcomes":
        picked = rng.sample(words.outcomes, rng.randint(4, 6))
        return 1, [*(Column((o,), "count") for o in picked), Column((words.total.lower(),), "sum")]
    if kind == "change":
        return 1, [*(Column((y,), "count") for y in years), Column((words.change,), "change")]
    if kind == "cell_pairs":  # `156 (8,3%)` in one cell
        return 1, [Column((y,), "count_share") for y in years]
    if kind == "money":
        return 1, [Column((words.count,), "count"), *(Column((f"{words.amount} {y}",), "money") for y in years)]
    if kind == "months":
        return 1, [Column((m,), "count") for m in words.months]
    if kind == "quarters":
        columns = [Column((q,), "count") for q in words.quarters]
        total = Column((words.total,), "sum")
        return 1, [total, *columns] if rng.random() < 0.25 else [*columns, total]
    if kind == "timeliness":
        return 1, [
            Column((words.within,), "count"), Column((words.outside,), "count"), Column((words.total,), "sum"),
            Column((words.lead_time,), "days"),
        ]  # fmt: skip
    spanners = rng.sample(words.spanners, 2)
    if kind == "spanned":
        leaves: list[tuple[str, Kind]] = [
            *((q, "count") for q in words.quarters[: rng.choice((2, 4))]), (words.total.lower(), "sum"),
            (words.percent, "share_bare"),
        ]  # fmt: skip
        return 2, [Column((s, name), k) for s in spanners for name, k in leaves]
    return 3, [
        c
        for s in spanners
        for y in years[:2]
        for c in (Column((s, y, words.count), "count"), Column((s, y, words.percent), "share"))
    ]


def _rows(rng: random.Random, words: Words, grouping: Grouping, wanted: int) -> list[Row]:
    if grouping == "none":
        plan = [Row((label,)) for label in rng.sample(words.rows, min(wanted, len(words.rows)))]
    else:
        plan = []
        sums = grouping == "indent" and rng.random() < 0.6
        groups = rng.sample(words.groups, len(words.groups))
        while groups and len(plan) < wanted:
            name, members = groups.pop()
            if grouping in ("merged", "blank") and rng.random() < 0.3:
                plan.append(Row((name,)))
                continue
            if grouping in ("line", "indent"):
                plan.append(Row((name,), "group_sum" if sums else "group"))
            plan.extend(Row((name, member)) for member in members)
    if rng.random() < 0.75:
        plan.insert(0 if rng.random() < 0.1 else len(plan), Row((words.total,), "total"))
    return plan


UNITS = {"days": "days", "share": "percent", "share_bare": "percent", "change": "percent", "money": "eur"}


def _fill(
    rng: random.Random, words: Words, *, depth: int, columns: list[Column], grouping: Grouping, plan: list[Row]
) -> Table:
    stub = 2 if grouping in ("merged", "blank") else 1
    scale = rng.choice((8, 60, 900, 6000))
    empty = rng.choice(words.absent) if rng.random() < 0.3 else None
    grouped = rng.random() < 0.85
    table = Table(len(plan) + depth, stub + len(columns), depth, stub, [], [], rng.choice(words.captions), grouping)
    marks = iter("123456789")
    _header(rng, words, table, columns)
    values = _values(rng, columns, plan, scale, 0.25 if empty is not None else 0.0)
    for r, row in enumerate(plan, start=depth):
        if row.kind in {"group", "group_sum"}:
            table.heavy.add(r)
        if row.kind == "total":
            table.heavy.add(r)
            table.totals.add(r)
        mark = next(marks, "") if rng.random() < 0.06 else ""
        _stub(table, r, row, plan, mark)
        if row.kind == "group":
            continue
        for c, column in enumerate(columns, start=stub):
            value = values[r - depth][c - stub]
            path = row.path
            if value is None:
                text = empty if empty is not None else "0"
                table.cells.append(SetCell(r, c, text, "value"))
                if text != "0":
                    continue
                value = 0.0
            else:
                text = _printed(value, column.kind, words, grouped)
                if column.kind == "count_share":
                    part = 100 * value / max(1.0, _whole(values, plan, c - stub))
                    share = decimal_text(part, 1, words)
                    table.cells.append(SetCell(r, c, f"{text} ({share}%)", "value"))
                    table.numbers.append(Number(r, c, path, column.path, f"{share}%", round(part, 1), "percent"))
                else:
                    table.cells.append(SetCell(r, c, text, "value"))
            unit = UNITS.get(column.kind, "count")
            table.numbers.append(Number(r, c, path, column.path, text, value, unit))
    if any(c.mark for c in table.cells):
        table.note = words.note
    return table


def _header(rng: random.Random, words: Words, table: Table, columns: list[Column]) -> None:
    depth, stub = table.header_rows, table.stub_columns
    heads = [rng.choice(words.stub)] + ([words.sub_stub] if stub == 2 else [])
    for c, text in enumerate(heads):
        table.cells.append(SetCell(0, c, text, "head", rowspan=depth))
    for level in range(depth):
        c = 0
        while c < len(columns):
            prefix = columns[c].path[: level + 1]
            span = 1
            while c + span < len(columns) and level < depth - 1 and columns[c + span].path[: level + 1] == prefix:
                span += 1
            table.cells.append(SetCell(level, stub + c, prefix[-1], "head", colspan=span))
            c += span


def _stub(table: Table, r: int, row: Row, plan: list[Row], mark: str) -> None:
    grouping, depth = table.grouping, table.header_rows
    if grouping in ("none",) or row.kind == "total" or (len(row.path) == 1 and grouping in ("merged", "blank")):
        wide = table.stub_columns if row.kind == "total" or grouping == "merged" else 1
        table.cells.append(SetCell(r, 0, row.path[-1], "stub", colspan=wide, mark=mark))
        return
    if grouping == "line" and row.kind == "group":
        table.cells.append(SetCell(r, 0, row.path[-1], "group", colspan=table.cols))
        return
    if grouping in ("line", "indent"):
        level = 0 if row.kind != "leaf" or grouping == "line" else 1
        role: Role = "group" if row.kind != "leaf" else "stub"
        table.cells.append(SetCell(r, 0, row.path[-1], role, mark=mark, level=level))
        return
    same = [k for k, other in enumerate(plan) if other.path[0] == row.path[0] and other.kind == "leaf"]
    if r - depth == same[0]:
        tall = len(same) if grouping == "merged" else 1
        table.cells.append(SetCell(r, 0, row.path[0], "stub", rowspan=tall))
    table.cells.append(SetCell(r, 1, row.path[1], "stub", mark=mark))


def _values(
    rng: random.Random, columns: list[Column], plan: list[Row], scale: int, blank: float
) -> list[list[float | None]]:
    """Rows x columns: counts drawn, sums and shares computed; None where the count is 0 and printed as absent."""
    leaves = [k for k, row in enumerate(plan) if row.kind == "leaf"]
    grid: list[list[float | None]] = [[None] * len(columns) for _ in plan]
    for c, column in enumerate(columns):
        if column.kind == "money":
            for k in leaves:
                grid[k][c] = round(rng.lognormvariate(0, 1) * scale * 10, 2)
        if column.kind in {"count", "count_share"}:
            for k in leaves:
                absent = rng.random() < (blank or 0.04)
                grid[k][c] = None if absent else float(int(rng.lognormvariate(0, 1) * scale) + 1)
    _add_up(columns, plan, leaves, grid)
    for k, row in enumerate(plan):
        if row.kind == "group":
            continue
        for c, column in enumerate(columns):
            if column.kind == "sum":
                same = [j for j, other in enumerate(columns) if other.path[:-1] == column.path[:-1]]
                grid[k][c] = sum(grid[k][j] or 0.0 for j in same if columns[j].kind == "count")
            elif column.kind == "change":
                before, now = grid[k][c - 2] or 0.0, grid[k][c - 1] or 0.0
                grid[k][c] = round(100 * (now - before) / before, 1) if before else 0.0
            elif column.kind == "days":
                grid[k][c] = round(rng.uniform(2, 60), 1)
    for c, column in enumerate(columns):
        if column.kind.startswith("share"):
            whole = sum(grid[k][c - 1] or 0.0 for k in leaves) or 1.0
            for k, row in enumerate(plan):
                if row.kind != "group":
                    places = 2 if column.kind == "share_bare" else 1
                    grid[k][c] = round(100 * (grid[k][c - 1] or 0.0) / whole, places)
    return grid


def _whole(values: list[list[float | None]], plan: list[Row], c: int) -> float:
    """The sum of a column's leaves."""
    return sum(line[c] or 0.0 for line, row in zip(values, plan, strict=True) if row.kind == "leaf")


def _add_up(columns: list[Column], plan: list[Row], leaves: list[int], grid: list[list[float | None]]) -> None:
    for k, row in enumerate(plan):
        parts = leaves if row.kind == "total" else [j for j in leaves if plan[j].path[0] == row.path[0]]
        if row.kind in ("total", "group_sum"):
            for c, column in enumerate(columns):
                if column.kind in {"count", "count_share", "money"}:
                    grid[k][c] = round(sum(grid[j][c] or 0.0 for j in parts), 2)


def _printed(value: float, kind: str, words: Words, grouped: bool) -> str:
    if kind == "share":
        whole = value == 100
        return (decimal_text(value, 0 if whole else 1, words)) + words.percent_gap + "%"
    if kind == "share_bare":
        return decimal_text(value, 2, words)
    if kind == "change":
        return f"{'+' if value >= 0 else '-'}{decimal_text(abs(value), 1, words)}{words.percent_gap}%"
    if kind == "money":
        amount = f"{count_text(int(value), words)}{words.decimal}{round(value * 100) % 100:02d}"
        return f"€\u00a0{amount}" if words.language in {"nl", "en"} else f"{amount}\u00a0€"
    if kind == "days":
        return f"{decimal_text(value, 1, words)} {words.days}"
    return count_text(int(value), words, grouped)
