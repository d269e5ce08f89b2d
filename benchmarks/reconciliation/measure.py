"""Measures the reconciliation on made tables: false alarms where nothing is wrong, slips found where one is.

    python -m benchmarks.reconciliation.measure [--tables 200] [--seed 1] [--set others] [--misses]

Prints, for the consistent tables, how many have an `error` or `warning`; for each kind of slip, in how many tables an
`error` was found and in how many it names the changed cells (and no other); what is said of tables that lost a row or a
cell; the same for whole reports; and the time for 1,200 cells.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence

import pandas as pd

from benchmarks.reconciliation import further_tables
from benchmarks.reconciliation.consistent_tables import Made, Planted, consistent, plant
from benchmarks.reconciliation.made_reports import PLANTS, WORDINGS, frame, made
from benchmarks.reconciliation.made_reports import plant as plant_in_report
from benchmarks.reconciliation.other_tables import others
from benchmarks.reconciliation.retold_slips import plant_retold
from benchmarks.reconciliation.retold_tables import Retold, retold
from reconciliation import reconcile
from reconciliation.grid import read_grids, read_numbers
from reconciliation.within import table_constraints

SLIPS = ("digit", "separator", "swap", "shift")

#: The sets of tables by name: the first is what the checks were made with, the others were each run blind once.
SETS: dict[str, Callable[[int, int], Sequence[Made | Retold]]] = {
    "usual": consistent,
    "others": others,
    "first": further_tables.first,
    "second": further_tables.second,
    "third": further_tables.third,
    "retold": retold,
}


def nameable(table: Made, planted: Planted, name: str) -> bool:
    """Whether the slip leaves a trace that points to its cell: it breaks two relations, or the claim of one.

    A count bound by its column total alone cannot be told from its neighbours, by a person neither.
    """
    constraints = [c for grid in read_grids(read_numbers(table.frame(name))) for c in table_constraints(grid)]
    changed = {f"made/{name}/{r}/{c}": planted.table.cells[r, c].value for r, c in planted.changed}
    values = {f"made/{name}/{r}/{c}": cell.value for (r, c), cell in table.cells.items()} | changed
    broken = [c for c in constraints if not c.holds(values)]
    return len(broken) > 1 or any(c.cells()[0] in changed for c in broken)


def slipped(
    rng: random.Random, table: Made | Retold, slip: str, name: str
) -> tuple[Made | Retold, frozenset[tuple[int, int]], bool] | None:
    """The table with a slip, the cells that it changed, and whether it can be named; None where there is no place."""
    if isinstance(table, Retold):
        told = plant_retold(rng, table, slip)
        return (told.table, told.changed, told.nameable) if told else None
    planted = plant(rng, table, slip)
    return (planted.table, planted.changed, nameable(table, planted, name)) if planted else None


def verdict(changed_places: frozenset[tuple[int, int]], findings: pd.DataFrame, table: str) -> tuple[bool, bool]:
    """(an error was found, the errors name the changed cells).

    A single cell is named when every error has it as `repair_place`; exchanged and shifted cells when the
    observations of the errors include them all.
    """
    errors = findings[findings["severity"] == "error"]
    changed = {f"made/{table}/{r}/{c}" for r, c in changed_places}
    if len(changed) > 1:
        return len(errors) > 0, changed <= set(" ".join(errors["observation_ids"]).split())
    return len(errors) > 0, len(errors) > 0 and set(errors["repair_place"]) == changed


def measure_reports(number: int, seed: int, *, misses: bool) -> None:
    """Whole made reports: false alarms, and contradictions between two places."""
    rng = random.Random(seed)
    reports = [made(rng, language) for _ in range(max(1, number // 4)) for language in WORDINGS]
    severities: Counter[str] = Counter()
    for i, data in enumerate(reports):
        found = reconcile(frame(data, f"r{i}"), language_by_report={f"r{i}": data.language})
        severities.update(found["severity"])
        if misses:
            for message in found["message"]:
                print("false alarm:", data.language, message)
    print(f"consistent reports: {len(reports)}, findings: {dict(severities) or 'none'}")
    for kind in PLANTS:
        done = errors = found_in = 0
        for i, data in enumerate(reports):
            planted = plant_in_report(rng, data, kind)
            if planted is None:
                continue
            done += 1
            found = reconcile(frame(planted, f"r{i}"), language_by_report={f"r{i}": data.language})
            severe = set(found["severity"])
            errors += "error" in severe
            found_in += bool(severe & {"error", "warning"})
            if misses and not severe & {"error", "warning"}:
                print("missed", kind, data.language, i, planted.said, planted.headers)
        print(f"{kind:12} planted {done:4}  found {found_in / max(1, done):.3f}  as error {errors / max(1, done):.3f}")


def measure_losses(number: int, seed: int) -> None:
    """Consistent tables read badly: a row or a cell left out. None of it is the publisher's, so no error is right."""
    rng = random.Random(seed)
    for lost in ("row", "cell"):
        severities: Counter[str] = Counter()
        for table in consistent(number, seed):
            observations = table.frame("t")
            row = table.rows[rng.randrange(1, len(table.rows) - 1)]
            kept = observations["row_label"] != row
            if lost == "cell":
                kept = observations.index != rng.randrange(len(observations))
            severities.update(set(reconcile(observations[kept])["severity"]))
        print(f"{lost} left out {number:8}  tables with {dict(severities) or 'no findings'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20231231)
    parser.add_argument("--misses", action="store_true", help="print the tables that went wrong")
    parser.add_argument("--set", choices=SETS, default="usual", help="which kinds of tables")
    options = parser.parse_args()
    tables = SETS[options.set](options.tables, options.seed)
    languages = {f"t{i}": table.language for i, table in enumerate(tables) if isinstance(table, Retold)}
    frames = [t.frame(f"t{i}") for i, t in enumerate(tables)]
    severities: Counter[str] = Counter()
    for table, observations in zip(tables, frames, strict=True):
        found = reconcile(observations, language_by_report=languages)
        severities.update(found["severity"])
        if options.misses:
            for message in found["message"]:
                print("false alarm:", table.family, message)
    print(f"consistent tables: {len(tables)}, cells: {sum(map(len, frames))}, findings: {dict(severities) or 'none'}")
    rng = random.Random(options.seed + 1)
    for slip in SLIPS:
        done = found_in = named_in = can_name = 0
        for i, table in enumerate(tables):
            planted = slipped(rng, table, slip, f"t{i}")
            if planted is None:
                continue
            done += 1
            wrong, changed, tell = planted
            findings = reconcile(wrong.frame(f"t{i}"), language_by_report=languages)
            hit, named = verdict(changed, findings, f"t{i}")
            found_in += hit
            can_name += tell
            named_in += named and tell
            if options.misses and (not hit or (tell and not named)):
                where = [(table.rows[r], table.columns[c]) for r, c in sorted(changed)]
                was = [(table.cells[p].text, wrong.cells[p].text) for p in sorted(changed)]
                print(f"{'unnamed' if hit else 'missed'} {slip}: {table.family} {i}", where[:3], was[:3])
                for message in findings["message"]:
                    print("    ", message)
        print(
            f"{slip:10} planted {done:4}  found {found_in / max(1, done):.3f}  "
            f"can be named {can_name:4}  named {named_in / max(1, can_name):.3f}"
        )
    if options.set != "usual":
        return
    measure_losses(options.tables // 2, options.seed)
    measure_reports(options.tables // 4, options.seed, misses=options.misses)
    chosen: list[pd.DataFrame] = []
    while sum(map(len, chosen)) < 1200:
        chosen.append(frames[len(chosen)])
    together = pd.concat(chosen, ignore_index=True)
    start = time.process_time()
    reconcile(together)
    print(f"{len(together)} cells in {time.process_time() - start:.2f} s of processor time")


if __name__ == "__main__":
    main()
