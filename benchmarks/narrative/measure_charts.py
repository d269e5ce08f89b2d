"""`python -m benchmarks.narrative.measure_charts --seeds 10`: charts with known values, read and compared.

A value is right when category, series, value and unit are; whatever else is read on the page counts against precision.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks.narrative.drawn import Chart, charts
from extractors.report import read_report


def read(chart: Chart) -> Counter[tuple[str, str, float, str]]:
    """What the project reads of a chart's page: every figure on it, of whatever kind."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chart.pdf"
        path.write_bytes(chart.pdf)
        report = read_report(path, "nl", publisher="Stad Voorbeeld", reporting_year=2023)
    return Counter((" ".join(f.row_labels), " ".join(f.column_labels), f.value, f.unit) for f in report.figures)


def main() -> None:
    """Prints recall and precision of every kind of chart."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.narrative.measure_charts", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true")
    given = parser.parse_args()
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for seed in range(1, given.seeds + 1):
        for chart in charts(seed):
            wanted, found = Counter(chart.truth), read(chart)
            right = sum((wanted & found).values())
            for k, n in enumerate((sum(wanted.values()), sum(found.values()), right)):
                sums[chart.name][k] += n
            if given.keep:
                given.keep.mkdir(parents=True, exist_ok=True)
                (given.keep / f"{chart.name.replace(' ', '-').replace(':', '')}-{seed}.pdf").write_bytes(chart.pdf)
            if given.verbose and (wanted - found or found - wanted):
                print(f"{chart.name} {seed}: missed {list(wanted - found)}; made up {list(found - wanted)}")
    print("| chart | values | recall | precision |\n| --- | --: | --: | --: |")
    for name, (wanted_sum, found_sum, right_sum) in sums.items():
        print(f"| {name} | {wanted_sum} | {right_sum / wanted_sum:.3f} | {right_sum / max(1, found_sum):.3f} |")


if __name__ == "__main__":
    main()
