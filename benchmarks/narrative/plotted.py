"""Charts set with matplotlib, for `drawn`: no dependency of the project, to be installed beside it."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from typing import Any

import matplotlib

matplotlib.use("pdf")
matplotlib.rcParams["pdf.fonttype"] = 42
from matplotlib import pyplot  # noqa: E402

from benchmarks.narrative.drawn import LABELS, SERIES, Chart, _numbers, _shares  # noqa: E402


def _chart(name: str, figure: Any, truth: list[tuple[str, str, float, str]]) -> Chart:
    out = io.BytesIO()
    figure.savefig(out, format="pdf", metadata={"CreationDate": None})
    pyplot.close(figure)
    return Chart(f"matplotlib: {name}", out.getvalue(), tuple(truth))


def _bars(rng: random.Random, stacked: bool = False, lying: bool = False) -> Chart:
    names, series = rng.sample(LABELS, 4), SERIES[:2]
    data = [_numbers(rng, 4) for _ in series]
    figure, axes = pyplot.subplots(figsize=(7, 4))
    base = [0] * 4
    for j, row in enumerate(data):
        places = [k + (0 if stacked else 0.4 * j - 0.2) for k in range(4)]
        size = 0.6 if stacked else 0.38
        if lying:
            drawn = axes.barh(places, row, size, left=base if stacked else None, label=series[j])
        else:
            drawn = axes.bar(places, row, size, bottom=base if stacked else None, label=series[j])
        axes.bar_label(drawn, label_type="center" if stacked else "edge", fontsize=8)
        base = [a + b for a, b in zip(base, row, strict=True)] if stacked else base
    (axes.set_yticks if lying else axes.set_xticks)(range(4), names)
    (axes.set_xticks if lying else axes.set_yticks)([])
    axes.set_title("Klachten per thema en oordeel")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.1), ncol=2, frameon=False)
    figure.tight_layout()
    truth = [(n, s, data[j][k], "count") for j, s in enumerate(series) for k, n in enumerate(names)]
    return _chart(f"{'stacked' if stacked else 'grouped'} bars{', lying' if lying else ''}", figure, truth)


def _pie(rng: random.Random, ring: bool = False, legend: bool = False) -> Chart:
    names, parts = rng.sample(LABELS, 5), _shares(rng, 5)
    figure, axes = pyplot.subplots(figsize=(6, 4.5))
    wedges, *_ = axes.pie(
        parts, labels=None if legend else names, autopct="%.0f%%", pctdistance=0.8 if ring else 0.6,
        wedgeprops={"width": 0.4} if ring else None,
    )  # fmt: skip
    if legend:
        axes.legend(wedges, names, loc="center left", bbox_to_anchor=(1, 0.5))
    axes.set_title("Aandeel per thema")
    figure.tight_layout()
    return _chart(
        f"{'ring' if ring else 'pie'}{' with legend' if legend else ''}", figure,
        [(n, "", v, "percent") for n, v in zip(names, parts, strict=True)],
    )  # fmt: skip


MAKERS: tuple[Callable[[random.Random], Chart], ...] = (
    _bars,
    lambda rng: _bars(rng, stacked=True),
    lambda rng: _bars(rng, lying=True),
    lambda rng: _bars(rng, stacked=True, lying=True),
    _pie,
    lambda rng: _pie(rng, ring=True),
    lambda rng: _pie(rng, legend=True),
    lambda rng: _pie(rng, ring=True, legend=True),
)
