"""Slips in the tables of `retold_tables`, such that the printed numbers contradict each other."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from benchmarks.reconciliation.consistent_tables import Printed
from benchmarks.reconciliation.retold_tables import At, Retold
from benchmarks.reconciliation.retold_words import TONGUES


@dataclass(frozen=True)
class RetoldSlip:
    """A table with one slip that its numbers contradict, the cells changed, and whether they point to it.

    They do where it breaks two relations, or is itself what a broken one gives.
    """

    table: Retold
    changed: frozenset[At]
    nameable: bool


def plant_retold(rng: random.Random, table: Retold, slip: str) -> RetoldSlip | None:
    """One slip of the named kind in a cell; the sentences stay. None when no try of forty breaks a relation."""
    for _ in range(40):
        changes = _CHANGES[slip](rng, table)
        changes = {p: cell for p, cell in changes.items() if cell.value != table.cells[p].value}
        cells = table.cells | changes
        broken = [rule for rule in table.rules if not rule.holds(cells)]
        if changes and broken:
            given = any(rule.target in changes for rule in broken)
            return RetoldSlip(replace(table, cells=cells), frozenset(changes), len(broken) > 1 or given)
    return None


def _digit(rng: random.Random, table: Retold) -> dict[At, Printed]:
    at = rng.choice(sorted(table.cells))
    cell = table.cells[at]
    places = [i for i, x in enumerate(cell.text) if x.isdigit()]
    i = rng.choice(places)
    digit = rng.choice([d for d in "0123456789" if d != cell.text[i] and (d != "0" or i != places[0])])
    return {at: _read(table.language, cell, cell.text[:i] + digit + cell.text[i + 1 :])}


def _separator(rng: random.Random, table: Retold) -> dict[At, Printed]:
    """A decimal mark for the thousands mark of a count, or a percentage without its decimal mark."""
    t = TONGUES[table.language]
    counts = [
        p
        for p, c in table.cells.items()
        if c.unit == "count" and c.text.count(t.thousands) == 1 and t.decimal not in c.text
    ]
    shares = [p for p, c in table.cells.items() if c.unit == "percent" and t.decimal in c.text and abs(c.value) >= 1]
    places = sorted([*counts, *shares])
    if not places:
        return {}
    at = rng.choice(places)
    cell = table.cells[at]
    if at in shares:
        return {at: _read(table.language, cell, cell.text.replace(t.decimal, ""))}
    return {at: _read(table.language, cell, cell.text.replace(t.thousands, t.decimal))}


def _read(language: str, cell: Printed, text: str) -> Printed:
    """The cell with other characters, its value as a reader of the language takes them."""
    t = TONGUES[language]
    plain = text.replace(t.percent, "").replace("€", "").replace(t.thousands, "").replace(t.decimal, ".").strip()
    return Printed(float(plain), text, cell.unit)


def _swap(rng: random.Random, table: Retold) -> dict[At, Printed]:
    counts = sorted(p for p, c in table.cells.items() if c.unit == "count")
    a = rng.choice(counts)
    others = [p for p in counts if p[1] == a[1] and p != a]
    b = rng.choice(others) if others else a
    return {a: table.cells[b], b: table.cells[a]}


def _shift(rng: random.Random, table: Retold) -> dict[At, Printed]:
    counts = sorted(p for p, c in table.cells.items() if c.unit == "count")
    row = rng.choice(sorted({r for r, _ in counts}))
    line = [p for p in counts if p[0] == row]
    return {p: table.cells[line[i - 1]] for i, p in enumerate(line)}


_CHANGES: dict[str, Callable[[random.Random, Retold], dict[At, Printed]]] = {
    "digit": _digit,
    "separator": _separator,
    "swap": _swap,
    "shift": _shift,
}
