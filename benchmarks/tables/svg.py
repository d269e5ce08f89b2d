"""Charts of points and lines as SVG, without a plotting library: enough for a page of documentation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

WIDTH, HEIGHT = 460, 340
LEFT, RIGHT, TOP, BOTTOM = 62, 16, 34, 52
COLOURS = ("#1b6ca8", "#c8553d", "#5a8f3c", "#7a5195")


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one name; `sizes` are their radii in pixels (3 when left out)."""

    name: str
    points: Sequence[tuple[float, float]]
    sizes: Sequence[float] = ()
    line: bool = True


@dataclass(frozen=True, slots=True)
class Axis:
    """A labelled axis from `low` to `high`; ticks are (value, text)."""

    label: str
    low: float
    high: float
    ticks: Sequence[tuple[float, str]]
    logarithmic: bool = False

    def part(self, value: float) -> float:
        """How far along the axis a value stands, 0 to 1."""
        if self.logarithmic:
            return (math.log(value) - math.log(self.low)) / (math.log(self.high) - math.log(self.low))
        return (value - self.low) / (self.high - self.low)


def chart(
    title: str, x: Axis, y: Axis, series: Sequence[Series], *, diagonal: bool = False, corner: str = "bottom"
) -> str:
    """An SVG picture; `diagonal` draws the line of equal axes, `corner` (top, bottom) says where the legend stands."""

    def at(px: float, py: float) -> tuple[float, float]:
        wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
        return LEFT + wide * x.part(px), TOP + high * (1 - y.part(py))

    (x0, y0), (x1, y1) = at(x.low, y.low), at(x.high, y.high)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="sans-serif" font-size="11" role="img" aria-label="{escape(title)}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="18" font-size="13" font-weight="bold">{escape(title)}</text>',
    ]
    for value, text in x.ticks:
        px, _ = at(value, y.low)
        out.append(f'<path d="M{px:.1f} {y0:.1f}V{y1:.1f}" stroke="#e4e4e4"/>')
        out.append(f'<text x="{px:.1f}" y="{y0 + 16:.1f}" text-anchor="middle">{escape(text)}</text>')
    for value, text in y.ticks:
        _, py = at(x.low, value)
        out.append(f'<path d="M{x0:.1f} {py:.1f}H{x1:.1f}" stroke="#e4e4e4"/>')
        out.append(f'<text x="{x0 - 6:.1f}" y="{py + 4:.1f}" text-anchor="end">{escape(text)}</text>')
    out.append(f'<path d="M{x0:.1f} {y1:.1f}V{y0:.1f}H{x1:.1f}" fill="none" stroke="#444"/>')
    if diagonal:
        out.append(f'<path d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" stroke="#888" stroke-dasharray="4 4"/>')
    for k, one in enumerate(series):
        colour = COLOURS[k % len(COLOURS)]
        places = [at(*point) for point in one.points]
        if one.line and len(places) > 1:
            path = " ".join(f"{px:.1f},{py:.1f}" for px, py in places)
            out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.6"/>')
        for n, (px, py) in enumerate(places):
            radius = one.sizes[n] if one.sizes else 3
            out.append(f'<circle cx="{px:.1f}" cy="{py:.1f}" r="{radius:.1f}" fill="{colour}" fill-opacity="0.75"/>')
        row = TOP + 14 + 16 * k if corner == "top" else HEIGHT - BOTTOM - 10 - 16 * (len(series) - 1 - k)
        left = LEFT + 12 if corner == "top" else WIDTH - RIGHT - 190
        out.append(f'<circle cx="{left}" cy="{row - 4}" r="4" fill="{colour}"/>')
        out.append(f'<text x="{left + 9}" y="{row}">{escape(one.name)}</text>')
    out.append(f'<text x="{(x0 + x1) / 2:.0f}" y="{HEIGHT - 12}" text-anchor="middle">{escape(x.label)}</text>')
    out.append(
        f'<text transform="translate(16 {(y0 + y1) / 2:.0f}) rotate(-90)" text-anchor="middle">{escape(y.label)}</text>'
    )
    return "\n".join([*out, "</svg>"]) + "\n"


def save(path: Path, picture: str) -> None:
    """Writes a picture, and its folder where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(picture, encoding="utf-8")
