"""Sets the report of `antwerpen` in layouts of four hard kinds, two chosen ones of each and more drawn at random.

`zebra` has no lines, only shaded rows; `thin` has hairlines under the head, every few rows or around; `rotated` has
pages or tables on their side; `beside` goes on beside, on another page or below, with the labels again or without. The
style sheets are for WeasyPrint (`antwerpen_sheets`), fonts that the machine lacks fall back to its own.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from benchmarks.layouts.antwerpen import Report
from benchmarks.layouts.antwerpen_drawn import AGAIN, ATTEMPTS
from benchmarks.layouts.antwerpen_sheets import Sheet, typeset
from benchmarks.layouts.antwerpen_typst import Setting
from benchmarks.layouts.clean import unfit

KINDS = ("zebra", "thin", "rotated", "beside")
WIDE = {"zb-5": 7, "stad-click": 6}
"""Tables that are cut where the widest one is, and the first column of their second half."""
LINES = {
    "zebra_even": "tbody tr:nth-child(even) td { background: TINT }",
    "zebra_odd": "tbody tr:nth-child(odd) td { background: TINT }",
    "zebra_pairs": "tbody tr:nth-child(4n+3) td, tbody tr:nth-child(4n+4) td { background: TINT }",
    "zebra_with_head": "thead th { background: DARK; color: #fff } tbody tr:nth-child(even) td { background: TINT }",
    "under_head": "tbody tr:first-child td { border-top: 0.2pt solid #555 }",
    "every_third": (
        "table { border: 0.25pt solid #333 } tbody tr:nth-child(3n) td { border-bottom: 0.25pt solid #333 } "
        "tbody tr:first-child td { border-top: 0.25pt solid #333 }"
    ),
    "every_fifth": "tbody tr:nth-child(5n+1) td { border-top: 0.25pt solid #888 }",
    "boxed": "table { border: 0.25pt solid #333 } tbody tr:first-child td { border-top: 0.25pt solid #333 }",
    "over_and_under": (
        "table { border-top: 0.3pt solid #000; border-bottom: 0.3pt solid #000 } "
        "tbody tr:first-child td { border-top: 0.2pt solid #000 }"
    ),
    "rows": "tbody td { border-top: 0.2pt solid #999 }",
    "dotted": "tbody td { border-top: 0.5pt dotted #666 }",
}
"""How the rows are told apart; TINT and DARK are the sheet's colours."""
OF_KIND = {
    "zebra": ("zebra_even", "zebra_odd", "zebra_pairs", "zebra_with_head"),
    "thin": ("under_head", "every_third", "every_fifth", "boxed", "over_and_under"),
    "rotated": ("rows", "dotted", "over_and_under", "zebra_odd", "under_head"),
    "beside": ("rows", "over_and_under", "zebra_even", "under_head", "boxed"),
}
HALVES = {
    "": "",
    "lower": ".second { padding-top: 34mm }",
    "narrower": ".second .half { width: 74% } .first .half { width: 92% }",
    "set_in": ".second .half { margin-left: 28mm }",
}
"""How a second half stands to the first one."""


@dataclass(frozen=True, slots=True)
class Dress:
    """What a style sheet is made of; lengths in points unless said otherwise."""

    lines: str
    font: str
    text: float = 9.5
    size: float = 8.0
    leading: float = 1.2
    pad: tuple[float, float] = (2.5, 4.0)
    numbers: str = "right"
    heads: str = "right"
    head_edge: str = "bottom"
    head_look: str = "font-weight: bold"
    over: str = "center"
    align: str = "middle"
    width: str = "100%"
    tint: str = "#e9eef4"
    dark: str = "#2c4a6b"
    margins: str = "24mm 19mm 26mm 27mm"
    titles: str = "h2 { border-left: 5pt solid DARK; padding-left: 6pt }"
    caption: str = "font-size: 0.86em; color: #555"
    high: float = 18
    halves: str = ""
    turn: int = 90


def css(dress: Dress) -> str:
    """The style sheet of a dress."""
    turn = "translate(168mm, 0) rotate(90deg)" if dress.turn == 90 else "translate(0, 238mm) rotate(-90deg)"
    text = f"""
@page {{ size: A4; margin: {dress.margins};
  @top-right {{ content: "Stad Antwerpen, eerstelijn 2023"; font-size: 7pt; color: #777 }}
  @bottom-left {{ content: counter(page) " / " counter(pages); font-size: 7pt }} }}
@page wide {{ size: A4 landscape }}
body {{ font: {dress.text}pt/1.4 "{dress.font}", sans-serif; color: #1a1a1a }}
h1 {{ break-before: page; font-size: 21pt; font-weight: normal; color: DARK; line-height: 1.2 }}
h2 {{ font-size: 13.5pt; color: DARK; break-after: avoid; line-height: 1.2 }} {dress.titles}
h3 {{ font-size: 11pt; break-after: avoid; line-height: 1.2 }}
h4 {{ font-size: 1em; margin: 8pt 0 2pt; break-after: avoid }}
p {{ margin: 0 0 6pt; hyphens: auto }}
.caption {{ {dress.caption}; break-after: CAPTION }} .small {{ font-size: 0.85em }}
.title, .again {{ font-weight: bold; break-after: avoid }}
.again {{ font-size: 0.86em; margin-bottom: 4pt }}
sup {{ font-size: 62%; line-height: 0 }}
table {{ border-collapse: collapse; font-size: {dress.size}pt; line-height: {dress.leading}; width: {dress.width};
  margin: 7pt 0 10pt }}
td, th {{ padding: {dress.pad[0]}pt {dress.pad[1]}pt; text-align: left; vertical-align: {dress.align};
  font-weight: normal }}
.n {{ text-align: {dress.numbers} }} thead th.n {{ text-align: {dress.heads}; hyphens: auto }}
thead th {{ vertical-align: {dress.head_edge}; {dress.head_look} }}
thead th.over {{ text-align: {dress.over} }}
tr {{ break-inside: avoid }} thead, thead tr {{ break-after: avoid }}
tr.tall {{ height: {dress.high}pt }} tr.band td {{ font-weight: bold; background: none }} td.in {{ padding-left: 13pt }}
.chart {{ height: 84pt; border-bottom: 0.6pt solid #000 }}
.chart span {{ display: inline-block; width: 14pt; margin: 0 6pt; background: DARK }}
.turned {{ width: 168mm; height: 238mm; position: relative; break-before: page; break-after: page }}
.turned > div {{ position: absolute; top: 0; left: 0; width: 238mm; transform: {turn}; transform-origin: top left }}
.pair {{ display: flex; gap: 9mm }} .pair > div {{ flex: 1 }}
.wide {{ page: wide; break-before: page; break-after: page }} .wide table, .turned table {{ width: 100% }}
{LINES[dress.lines]} {HALVES[dress.halves]}
"""
    return text.replace("TINT", dress.tint).replace("DARK", dress.dark)


def sheet(name: str, dress: Dress, *, groups: str, wide: str, above: bool, **more: object) -> Sheet:
    """A whole house style; `more` are fields of `Sheet`."""
    text = css(dress).replace("CAPTION", "avoid" if above else "auto")
    base = Sheet(name, text, groups, wide, 1, above, ".", over_by_rule=False, leaders=False, seed=0, turn=dress.turn)
    return replace(base, **more)  # type: ignore[arg-type]


CHOSEN = (
    sheet(
        "k1-zebra", Dress("zebra_even", "Carlito", 10, 8.8, 1.2, (2.2, 5), head_look="color: #666; font-weight: bold"),
        groups="span_top", wide="landscape", above=False,
    ),
    sheet(
        "k2-zebra", Dress(
            "zebra_odd", "EB Garamond", 11, 9.4, 1.12, (4.2, 6), "center", "center", "middle", "font-style: italic",
            width="94%", tint="#f6ead9", dark="#7b3f00", margins="20mm 26mm 30mm 22mm",
            titles="h2 { font-variant: small-caps } h3 { font-style: italic; font-weight: normal }",
            caption="font-variant: small-caps",
        ),
        groups="blank", wide="landscape", above=True,
    ),
    sheet(
        "k3-thin", Dress(
            "under_head", "Liberation Sans", 9, 7, 1.15, (1.6, 6), "left", "left", "top", "font-weight: normal",
            over="left", align="top", width="auto", dark="#000000", margins="18mm 30mm 22mm 30mm",
            titles="h2 { text-transform: uppercase; font-size: 11pt }", caption="font-weight: bold; font-size: 0.8em",
        ),
        groups="indent", wide="landscape", above=True,
    ),
    sheet(
        "k4-thin", Dress(
            "every_third", "Caladea", 10, 8.2, 1.25, (2, 3.5), align="baseline", dark="#3b5d2a",
            titles="h2 { border-bottom: 0.4pt solid DARK }", caption="text-align: right; font-style: italic",
        ),
        groups="span", wide="landscape", above=False,
    ),
    sheet(
        "k5-rotated", Dress(
            "dotted", "Lato", 9.2, 7.8, 1.2, (3, 3), "center", "center", "middle", width="100%", dark="#8a1538",
            titles="h2 { background: #f3e6ea; padding: 3pt 6pt }", margins="22mm 24mm", turn=270,
        ),
        groups="span", wide="rotated", above=True, cuts=WIDE,
    ),
    sheet(
        "k6-turned", Dress(
            "over_and_under", "Open Sans", 8.8, 7.4, 1.15, (2.4, 4), dark="#00594c", turn=270,
            titles="h1 { text-align: right } h2 { font-weight: normal }",
            caption="font-style: italic; font-size: 0.8em",
        ),
        groups="blank", wide="turned", above=False, cuts=WIDE,
    ),
    sheet(
        "k7-beside", Dress(
            "rows", "DejaVu Serif Condensed", 9, 7.6, 1.1, (2.6, 4), "right", "right", "top", over="left", align="top",
            halves="lower", dark="#444444", high=17, titles="h2 { letter-spacing: 0.05em }",
        ),
        groups="span_top", wide="beside", above=True, cuts=WIDE,
    ),
    sheet(
        "k8-beside", Dress(
            "zebra_even", "Carlito", 10, 8.4, 1.15, (2, 4), "center", "center", "bottom", tint="#eeeeee",
            halves="narrower", dark="#5b2a86", high=16, titles="h2 { text-align: center }",
            caption="font-weight: bold; font-size: 0.85em",
        ),
        groups="span", wide="beside", above=True, cuts=WIDE, stub_again=True, continued="(vervolg)",
    ),
)  # fmt: skip
"""Two layouts of each kind."""


def drawn(kind: str, seed: int) -> Sheet:
    """Layout number `seed` of one of `KINDS`, drawn at random."""
    rng = random.Random(f"kind-{kind}-{seed}")
    numbers = rng.choice(("right", "right", "center", "left"))
    turn = rng.choice((90, 270))
    dress = Dress(
        rng.choice(OF_KIND[kind]),
        rng.choice(("Carlito", "Caladea", "EB Garamond", "Lato", "Open Sans", "Liberation Serif", "Liberation Sans",
                    "DejaVu Sans Condensed")),
        text=round(rng.uniform(8.6, 11), 1), size=round(rng.uniform(6.9, 9.4), 1),
        leading=rng.choice((1.08, 1.18, 1.3)), pad=(rng.choice((1.2, 2, 3, 4.5)), rng.choice((2.5, 4, 6))),
        numbers=numbers, heads=rng.choice((numbers, numbers, "center", "left")),
        head_edge=rng.choice(("top", "middle", "bottom")),
        head_look=rng.choice(("font-weight: bold", "font-weight: bold", "font-style: italic", "color: #555")),
        over=rng.choice(("center", "center", "left")), align=rng.choice(("top", "middle", "baseline")),
        width=rng.choice(("100%", "100%", "auto", "90%")),
        tint=rng.choice(("#e6eef2", "#f0f0f0", "#f7ecdc", "#e5efe2")),
        dark=rng.choice(("#14375e", "#333333", "#6d1f2c")),
        margins=rng.choice(("20mm", "18mm 26mm", "26mm 20mm 20mm 30mm")),
        titles=rng.choice(("", "h2 { text-transform: uppercase; font-size: 11pt }", "h2 { font-weight: normal }")),
        high=rng.choice((16, 19, 22)), halves=rng.choice(sorted(HALVES)), turn=turn,
    )  # fmt: skip
    wide = {"rotated": rng.choice(("rotated", "turned")), "beside": rng.choice(("beside", "below", "facing"))}
    again = rng.random() < 0.5
    return sheet(
        f"{kind}{seed:03d}-{dress.lines}", dress, groups=rng.choice(("span", "span_top", "blank", "indent", "band")),
        wide=wide.get(kind, "landscape"), above=rng.random() < 0.5,
        cuts=WIDE if kind in wide else {}, stub_again=again, continued=rng.choice(("", "Vervolg", "(vervolg)")),
    )  # fmt: skip


def settings(report: Report, which: str, only: str = "") -> Iterator[Setting]:
    """The report in the `chosen` layouts whose names begin with `only`, or in the one numbered `which` of each kind.

    A draw in which words are printed over words or beside the page is drawn again. ImportError without WeasyPrint.
    """
    if which == "chosen":
        yield from (typeset(report, one) for one in CHOSEN if one.name.startswith(only))
        return
    for kind in KINDS:
        numbers = (int(which) + AGAIN * attempt for attempt in range(ATTEMPTS))
        made = (typeset(report, drawn(kind, number)) for number in numbers)
        clean = next((one for one in made if not unfit(one.pdf)), None)
        if clean is not None:
            yield clean
