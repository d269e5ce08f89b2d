"""Charts with known values, set with reportlab (and matplotlib, where it is installed): bars, series, pies, rings."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.charts.barcharts import HorizontalBarChart, VerticalBarChart
from reportlab.graphics.charts.legends import Legend
from reportlab.graphics.charts.linecharts import HorizontalLineChart
from reportlab.graphics.charts.piecharts import Pie
from reportlab.graphics.shapes import Drawing, String
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas

LABELS = ("Afval", "Parkeren", "Geluid", "Loket", "Groen", "Verkeer", "Wonen", "Sport")
SERIES = ("gegrond", "ongegrond", "betwist")
INKS = ("#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f")


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart's page. `truth` holds (category, series or empty, value, unit)."""

    name: str
    pdf: bytes
    truth: tuple[tuple[str, str, float, str], ...]


def charts(seed: int) -> list[Chart]:
    """One chart of every kind, its numbers and names drawn at random."""
    rng = random.Random(seed)
    makers: list[Callable[[random.Random], Chart]] = [_bars, _grouped, _stacked, _lying, _pie, _pie_legend, _line]
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        return [make(rng) for make in makers]
    from benchmarks.narrative import plotted

    return [make(rng) for make in (*makers, *plotted.MAKERS)]


def _line(rng: random.Random) -> Chart:
    years = [str(2019 + k) for k in range(rng.choice((4, 5, 6)))]
    values = _numbers(rng, len(years))
    drawing = Drawing(475, 260)
    chart = HorizontalLineChart()
    chart.x, chart.y, chart.width, chart.height = 40, 40, 400, 190
    chart.data = [values]
    chart.categoryAxis.categoryNames = years
    chart.lineLabelFormat = "%d"
    chart.lineLabels.dy = 6
    chart.valueAxis.valueMin = 0
    drawing.add(chart)
    return Chart(
        "line",
        _page(drawing, "Klachten per jaar"),
        tuple((y, "", float(v), "count") for y, v in zip(years, values, strict=True)),
    )


def _page(drawing: Drawing, title: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(60, 780, "Jaarverslag 2023")
    canvas.setFont("Helvetica", 10)
    for k in range(4):
        canvas.drawString(
            60, 750 - 14 * k, "De dienst ontving meldingen over uiteenlopende onderwerpen, zoals hieronder te zien is."
        )
    canvas.setFont("Helvetica-Bold", 11)
    canvas.drawString(60, 680, title)
    renderPDF.draw(drawing, canvas, 60, 380)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _numbers(rng: random.Random, n: int) -> list[int]:
    return rng.sample(range(12, 98), n)


def _bar_chart(kind: Any, data: list[list[int]], names: list[str], style: str = "parallel") -> Any:
    chart = kind()
    chart.x, chart.y, chart.width, chart.height = 80, 40, 330, 190
    chart.data = data
    chart.categoryAxis.categoryNames = names
    chart.categoryAxis.style = style
    chart.valueAxis.valueMin = 0
    chart.valueAxis.visible = False
    chart.barLabels.fontName, chart.barLabels.fontSize = "Helvetica", 8
    chart.barLabelFormat = "%d"
    chart.barLabels.nudge = 8
    for k in range(len(data)):
        chart.bars[k].fillColor = colors.HexColor(INKS[k])
        chart.bars[k].strokeColor = None
    return chart


def _key(names: list[str], inks: list[str], x: int, y: int) -> Legend:
    key = Legend()
    key.x, key.y, key.fontName, key.fontSize = x, y, "Helvetica", 9
    key.dx = key.dy = 8
    key.columnMaximum = 8
    key.alignment = "right"
    key.colorNamePairs = [(colors.HexColor(ink), name) for ink, name in zip(inks, names, strict=False)]
    return key


def _bars(rng: random.Random) -> Chart:
    names, values = rng.sample(LABELS, 5), _numbers(rng, 5)
    drawing = Drawing(470, 260)
    drawing.add(_bar_chart(VerticalBarChart, [values], names))
    return Chart(
        "bars",
        _page(drawing, "Klachten per thema"),
        tuple((n, "", v, "count") for n, v in zip(names, values, strict=True)),
    )


def _grouped(
    rng: random.Random, kind: Any = VerticalBarChart, name: str = "grouped bars", style: str = "parallel"
) -> Chart:
    names = rng.sample(LABELS, 4)
    series = list(SERIES[: rng.choice((2, 3))])
    data = [_numbers(rng, 4) for _ in series]
    drawing = Drawing(470, 260)
    chart = _bar_chart(kind, data, names, style)
    if style == "stacked":
        chart.barLabels.boxTarget, chart.barLabels.nudge = "mid", 0
    drawing.add(chart)
    drawing.add(_key(series, list(INKS), 420, 200))
    truth = tuple((n, s, data[j][k], "count") for j, s in enumerate(series) for k, n in enumerate(names))
    return Chart(name, _page(drawing, "Klachten per thema en oordeel"), truth)


def _stacked(rng: random.Random) -> Chart:
    return _grouped(rng, VerticalBarChart, "stacked bars", "stacked")


def _lying(rng: random.Random) -> Chart:
    return _grouped(rng, HorizontalBarChart, "lying grouped bars")


def _shares(rng: random.Random, n: int) -> list[int]:
    while True:
        cuts = sorted(rng.sample(range(6, 95), n - 1))
        parts = [b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True)]
        if min(parts) >= 6:
            return parts


def _pie(rng: random.Random) -> Chart:
    names, parts = rng.sample(LABELS, 5), _shares(rng, 5)
    drawing = Drawing(470, 260)
    pie = _pie_of(parts, [f"{n} {v}%" for n, v in zip(names, parts, strict=True)])
    drawing.add(pie)
    return Chart(
        "pie, labels beside",
        _page(drawing, "Aandeel per thema"),
        tuple((n, "", v, "percent") for n, v in zip(names, parts, strict=True)),
    )


def _pie_of(parts: list[int], labels: list[str] | None) -> Pie:
    pie = Pie()
    pie.x, pie.y, pie.width, pie.height = 140, 40, 160, 160
    pie.data = parts
    pie.labels = labels
    pie.slices.strokeColor = colors.white
    pie.slices.fontName, pie.slices.fontSize = "Helvetica", 8
    pie.slices.labelRadius = 1.25
    for k in range(len(parts)):
        pie.slices[k].fillColor = colors.HexColor(INKS[k])
    return pie


def _pie_legend(rng: random.Random) -> Chart:
    names, parts = rng.sample(LABELS, 5), _shares(rng, 5)
    drawing = Drawing(470, 260)
    pie = _pie_of(parts, [f"{v}%" for v in parts])
    pie.slices.labelRadius = 0.7
    drawing.add(pie)
    drawing.add(_key(names, list(INKS), 360, 180))
    drawing.add(String(0, 0, ""))
    return Chart(
        "pie with legend",
        _page(drawing, "Aandeel per thema"),
        tuple((n, "", v, "percent") for n, v in zip(names, parts, strict=True)),
    )
