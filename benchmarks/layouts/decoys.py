"""Things on a page that look a little like tables and are none, as Typst markup."""

from __future__ import annotations

import math
import random

from benchmarks.layouts.typst_tables import quoted
from benchmarks.layouts.words import Words, count_text, decimal_text


def decoy(kind: str, rng: random.Random, words: Words) -> str:
    """Markup for one decoy; raises KeyError for an unknown kind."""
    return {
        "bar_chart": _bars, "line_chart": _lines, "pie": _pie, "contents": _contents, "bullets": _bullets,
        "address": _address, "two_columns": _columns, "tiles_of_figures": _tiles, "boxes": _boxes, "form": _form,
    }[kind](rng, words)  # fmt: skip


def _label(text: str, x: float, y: float, size: float = 7, width: float = 40) -> str:
    inner = f"box(width: {width}pt, align(center, text(size: {size}pt, {quoted(text)})))"
    return f"#place(dx: {x - width / 2:.1f}pt, dy: {y:.1f}pt, {inner})\n"


def _frame(rng: random.Random, words: Words, top: int) -> tuple[str, float, float]:
    wide, high = 380.0, 150.0
    out = ""
    for k in range(6):
        y = high - k * high / 5
        out += f"#place(dx: 0pt, dy: {y:.1f}pt, line(length: {wide}pt, stroke: 0.3pt + luma(200)))\n"
        out += _label(count_text(top * k // 5, words), -18, y - 4)
    return out, wide, high


def _bars(rng: random.Random, words: Words) -> str:
    title = f'#text(weight: "bold", {quoted(rng.choice(words.captions))})\n#v(14pt)\n'
    return title + bar_chart(rng, words)


def bar_chart(rng: random.Random, words: Words) -> str:
    """A bar chart with its axis, without a title."""
    names = rng.choice((words.months, words.quarters, ("2019", "2020", "2021", "2022", "2023")))
    top = rng.choice((50, 200, 1500))
    out, wide, high = _frame(rng, words, top)
    step = wide / len(names)
    for k, name in enumerate(names):
        value = rng.randint(top // 10, top)
        tall = high * value / top
        bar = f'rect(width: {step * 0.6:.1f}pt, height: {tall:.1f}pt, fill: rgb("#c0392b"))'
        out += f"#place(dx: {k * step + step * 0.2:.1f}pt, dy: {high - tall:.1f}pt, {bar})\n"
        out += _label(name, (k + 0.5) * step, high + 4)
        if top < 1500:
            out += _label(str(value), (k + 0.5) * step, high - tall - 9)
    return f"#block(inset: (left: 36pt), height: 180pt)[\n{out}]\n"


def _lines(rng: random.Random, words: Words) -> str:
    top = rng.choice((50, 200, 1500))
    out, wide, high = _frame(rng, words, top)
    names = [str(y) for y in range(2015, 2024)]
    step = wide / len(names)
    for colour in ("#1f4e79", "#e67e22"):
        points = [((k + 0.5) * step, high * rng.random()) for k in range(len(names))]
        move = f"curve.move(({points[0][0]:.1f}pt, {points[0][1]:.1f}pt))"
        rest = ", ".join(f"curve.line(({x:.1f}pt, {y:.1f}pt))" for x, y in points[1:])
        out += f"#place(curve(stroke: 1.2pt + rgb({quoted(colour)}), {move}, {rest}))\n"
        for x, y in points:
            out += _label(str(int(top * (1 - y / high))), x, y - 10, 6)
    for k, name in enumerate(names):
        out += _label(name, (k + 0.5) * step, high + 4)
    return f"#v(14pt)\n#block(inset: (left: 36pt), height: 180pt)[\n{out}]\n"


def _pie(rng: random.Random, words: Words) -> str:
    shares = [rng.randint(5, 40) for _ in range(rng.randint(3, 6))]
    whole = sum(shares)
    out, angle, radius = "", 0.0, 70.0
    names = rng.sample(words.rows, len(shares))
    for k, share in enumerate(shares):
        turn = 2 * math.pi * share / whole
        steps = [angle + turn * s / 12 for s in range(13)]
        arc = ", ".join(
            f"curve.line(({radius + radius * math.cos(a):.1f}pt, {radius + radius * math.sin(a):.1f}pt))" for a in steps
        )
        out += f"#place(curve(fill: luma({70 + 28 * k}), curve.move(({radius}pt, {radius}pt)), {arc}, curve.close()))\n"
        middle = angle + turn / 2
        x, y = radius + (radius + 14) * math.cos(middle), radius + (radius + 10) * math.sin(middle)
        out += _label(f"{decimal_text(100 * share / whole, 1, words)}%", x, y)
        swatch = f"#box(width: 7pt, height: 7pt, fill: luma({70 + 28 * k}))"
        out += f"#place(dx: 190pt, dy: {k * 16}pt, [{swatch} #h(4pt) #{quoted(names[k])}])\n"
        angle += turn
    return f"#v(14pt)\n#block(inset: (left: 40pt), height: 170pt)[\n{out}]\n"


def _contents(rng: random.Random, words: Words) -> str:
    out, page = f"= #{quoted(words.contents)}\n", 3
    for k, name in enumerate(rng.sample(words.rows, 12), start=1):
        page += rng.randint(1, 4)
        number = f"{k // 4 + 1}.{k % 4 + 1}"
        out += f"#block(above: 0.7em)[#{quoted(number)} #h(6pt) #{quoted(name)} #box(width: 1fr, repeat[.]) {page}]\n"
    return out


def _bullets(rng: random.Random, words: Words) -> str:
    out = f"#{quoted(rng.choice(words.sentences))}\n"
    for name in rng.sample(words.rows, 6):
        count = rng.randint(2, 1900)
        tail = rng.choice(
            (f"{name}: {count_text(count, words)}", f"{count_text(count, words)} ({count % 100}%) {name}", name)
        )
        out += f"- #{quoted(tail)}\n"
    return out


def _address(rng: random.Random, words: Words) -> str:
    lines = " #linebreak() ".join(f"#{quoted(line)}" for line in words.address)
    rest = " #linebreak() ".join(
        f"#{quoted(line)}" for line in (*words.address[:1], "BE 0207.500.123", "1000", *words.address[3:])
    )
    return f"#grid(columns: (1fr, 1fr), [{lines}], [{rest}])\n"


def prose(rng: random.Random, words: Words, sentences: int) -> str:
    """A paragraph."""
    return "#" + quoted(" ".join(rng.choice(words.sentences) for _ in range(sentences))) + "\n\n"


def _columns(rng: random.Random, words: Words) -> str:
    body = "".join(prose(rng, words, 5) for _ in range(8))
    return f"#columns(2, gutter: 14pt)[\n{body}]\n"


def _tiles(rng: random.Random, words: Words) -> str:
    tiles = []
    for name in rng.sample(words.rows, 3):
        number = count_text(rng.randint(10, 2500), words)
        tiles.append(f'align(center)[#text(size: 24pt, weight: "bold", {quoted(number)}) #linebreak() #{quoted(name)}]')
    return f"#grid(columns: (1fr, 1fr, 1fr), gutter: 12pt, {', '.join(tiles)})\n"


def _boxes(rng: random.Random, words: Words) -> str:
    text = prose(rng, words, 3)
    framed = f"#rect(width: 100%, inset: 8pt, stroke: 0.6pt + red)[{text}]"
    return f"{framed}\n#v(6pt)\n#rect(width: 100%, inset: 8pt, fill: luma(235))[{text}]\n"


def _form(rng: random.Random, words: Words) -> str:
    lines = []
    for name in rng.sample(words.rows, 5):
        lines.append(f"#block(above: 0.8em)[#{quoted(name)}: #box(width: 1fr, line(length: 100%, stroke: 0.4pt))]")
    return "\n".join(lines) + "\n"
