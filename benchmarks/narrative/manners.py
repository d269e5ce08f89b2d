"""Ways to lay out cases on pages, and the Typst source of a book of cases in one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from benchmarks.layouts.typst_tables import quoted
from benchmarks.narrative.book import WORDS, Story, Words

Head = Literal[
    "date-title",
    "title-date",
    "date-line",
    "number",
    "number-date",
    "run-in",
    "title",
    "margin-date",
    "right-date",
    "kicker",
    "bar",
    "meta",
    "topic",
]
Body = Literal["paragraphs", "one", "labels", "label-lines", "table", "titled-table", "rows", "box"]


@dataclass(frozen=True, slots=True)
class Manner:
    """One layout. `labels` chooses between two sets of label words; `bands` sets sections white on colour,
    `unequal` makes the columns of unlike width, `slanted` sets what was complained of in italics."""

    name: str
    columns: int = 2
    head: Head = "date-title"
    body: Body = "paragraphs"
    font: str = "Libertinus Serif"
    size: float = 10.0
    justify: bool = True
    hyphenate: bool = True
    indent: float = 0.0
    drop_cap: bool = False
    pull_quote: bool = False
    footnotes: bool = False
    heads: bool = True
    ruled: bool = False
    labels: int = 0
    height: float = 29.7
    caps_sections: bool = False
    accent: str = "#7a1f1f"
    case_weight: str = "bold"
    bands: bool = False
    unequal: bool = False
    slanted: bool = False


MANNERS = (
    Manner("serif-heads-notes", footnotes=True, pull_quote=True),
    Manner("low-pages", height=15.0, size=9.0, indent=1.2, hyphenate=False),
    Manner("drop-caps", drop_cap=True, font="New Computer Modern", head="title-date", justify=False),
    Manner("run-in", head="run-in", font="Source Sans Pro", size=9.5),
    Manner("three-columns", columns=3, size=8.0, font="Source Sans Pro", head="number-date", justify=False),
    Manner("ruled-dates-below", ruled=True, head="date-line", caps_sections=True, footnotes=True),
    Manner("numbered-boxes", head="number", body="box", font="Source Sans Pro"),
    Manner("plain-titles", head="title", case_weight="regular", accent="#004488", indent=1.0),
    Manner("one-paragraph", body="one", size=9.0, head="date-title", pull_quote=True),
    Manner("margin-dates", columns=1, head="margin-date", font="New Computer Modern"),
    Manner("labels-in-text", columns=1, body="labels", head="number", labels=0),
    Manner("labels-two-columns", body="labels", head="date-title", labels=1, size=9.0),
    Manner("label-lines", body="label-lines", head="number-date", labels=0, height=18.0),
    Manner("table-per-case", columns=1, body="table", head="date-title", labels=0),
    Manner("table-narrow", columns=2, body="table", head="number", labels=1, size=8.5, font="Source Sans Pro"),
    Manner("titled-table", columns=1, body="titled-table", head="number-date", labels=0),
    Manner("bands-right-dates", bands=True, head="right-date", font="Source Sans Pro", size=9.0, justify=False),
    Manner("kickers", head="kicker", size=9.5, ruled=True, indent=1.0, height=24.0, accent="#225522"),
    Manner("title-bars", head="bar", body="box", font="Source Sans Pro", size=9.0, accent="#114b5f"),
    Manner("meta-lines", head="meta", font="New Computer Modern", size=9.5, justify=False, caps_sections=True),
    Manner("slanted-complaints", head="number", size=10.5, slanted=True, hyphenate=False, footnotes=True),
    Manner("cases-as-rows", columns=1, body="rows", size=8.5, font="Source Sans Pro", justify=False),
)


def day(date: object, language: str, words: Words, spelt: bool) -> str:
    """A date as the language writes it, in figures or with the month's name."""
    d, m, y = date.day, date.month, date.year  # type: ignore[attr-defined]
    if not spelt:
        return f"{d}.{m}.{y}" if language == "de" else f"{d:02d}/{m:02d}/{y}" if language == "en" else f"{d}/{m}/{y}"
    month = words.months.split()[m - 1]
    return f"{d}. {month} {y}" if language == "de" else f"{d} {month} {y}"


def source(stories: Sequence[Story], manner: Manner) -> str:
    """Typst source of a report that tells the stories."""
    language = stories[0].language
    words = WORDS[language]
    running = f"{words.body} · {words.title}" if manner.heads else ""
    rule = (
        "background: place(center + horizon, line(angle: 90deg, length: 76%, stroke: 0.4pt + luma(120))),"
        if manner.ruled
        else ""
    )
    out = [
        f"""#set page(width: 21cm, height: {manner.height}cm, margin: (x: 2cm, top: 2.2cm, bottom: 2cm),
  header: context if counter(page).get().first() > 1 {{ text(size: 7.5pt)[#{quoted(running)} #h(1fr)
    #{quoted(words.chapter)}] }},
  {rule}
  footer: context align(center, text(size: 8pt, counter(page).display())))
#set text(font: ({quoted(manner.font)}, "Libertinus Serif"), size: {manner.size}pt, lang: {quoted(language)},
  hyphenate: {str(manner.hyphenate).lower()})
#set par(justify: {str(manner.justify).lower()}, first-line-indent: {manner.indent}em,
  spacing: {0.65 if manner.indent else 1.0}em)
#show heading: set text(hyphenate: false)
#show heading.where(level: 1): set text(size: 22pt, fill: rgb({quoted(manner.accent)}))
#show heading.where(level: 2): it => block(above: 1.5em, below: 0.8em, {_section(manner)})
#show heading.where(level: 3): it => block(above: 1.2em, below: 0.6em, sticky: true, text(size: {manner.size + 0.5}pt,
  weight: {quoted(manner.case_weight)}, {f"fill: rgb({quoted(manner.accent)})," if manner.case_weight != "bold" else ""}
  it.body))
#v(20%)
#text(size: 30pt, weight: "bold")[#{quoted(words.title)}]

#text(size: 15pt)[#{quoted(words.body)}]
#pagebreak()
#set page(columns: {manner.columns})
#set columns(gutter: 7mm)
= #{quoted(words.chapter)}
"""
    ]
    out += [f"#{quoted(p)}\n" for p in words.intro]
    if manner.footnotes:
        out[-1] = out[-1].rstrip() + f"#footnote[#{quoted(words.note)}]\n"
    number = 0
    for section, group in groupby(stories, key=lambda s: s.section):
        told = list(group)
        out.append(f"== #{quoted(section)}\n")
        if manner.body == "rows":
            out.append(_rows(told, words, number))
            number += len(told)
            continue
        for story in told:
            number += 1
            out.append(_story(story, number, manner, words))
    out += [f"= #{quoted(words.closing[0])}\n", f"#{quoted(words.closing[1])}\n"]
    return "\n".join(out)


def _section(manner: Manner) -> str:
    """How a section's heading is set: in colour, or white on a band of it."""
    body = "upper(it.body)" if manner.caps_sections else "it.body"
    if manner.bands:
        return f"width: 100%, inset: 5pt, fill: rgb({quoted(manner.accent)}), text(size: 12pt, fill: white, {body})"
    return f"text(size: 13pt, fill: rgb({quoted(manner.accent)}), {body})"


def _head(story: Story, number: int, manner: Manner, words: Words) -> str:
    short, long = (day(story.date, story.language, words, spelt) for spelt in (False, True))
    title = story.title
    texts = {
        "date-title": f"{short} – {title}", "title-date": f"{title} ({long})", "date-line": title,
        "number": f"{words.case} {number}: {title}",
        "number-date": f"{words.case} 2023-{number:03d} ({short}) – {title}",
        "title": title, "margin-date": title, "run-in": title, "right-date": title, "kicker": title, "bar": title,
        "meta": f"{number}. {title}", "topic": title,
    }  # fmt: skip
    return texts[manner.head]


def _story(story: Story, number: int, manner: Manner, words: Words) -> str:
    head = _head(story, number, manner, words)
    if manner.body in ("table", "titled-table"):
        return _table(story, head, manner, words)
    texts = list(story.texts)
    if manner.body == "one":
        texts = [" ".join(t for t in texts if t != story.follow_up), *([story.follow_up] if story.follow_up else [])]
    labels = words.labels[manner.labels]
    if manner.body in ("labels", "label-lines"):
        texts = _labelled(story, labels, lines=manner.body == "label-lines")
    else:
        texts = [f"#{quoted(t)}" for t in texts]
    if manner.slanted:
        texts[0] = f"#emph({quoted(story.texts[0])})"
    if manner.footnotes and number == 2:
        texts[0] += f"#footnote[#{quoted(words.note)}]"
    if manner.drop_cap:
        texts[0] = _drop_cap(story.texts[0], manner)
    if manner.pull_quote and number % 3 == 1:
        sentence = story.complaint.split(". ")[0]
        texts.insert(1, f'#block(inset: (x: 6pt, y: 10pt), stroke: (y: 1pt), text(size: 13pt, style: "italic")'
                        f"[«{sentence}»])")  # fmt: skip
    if manner.head == "run-in":
        date = day(story.date, story.language, words, False)
        return f"*#{quoted(f'{date} – {story.title}.')}* {texts[0]}\n\n" + "\n\n".join(texts[1:]) + "\n"
    opening = f"=== #{quoted(head)}\n"
    spelt = quoted(day(story.date, story.language, words, True))
    if manner.head == "right-date":
        opening = f"=== #{quoted(head)} #h(1fr) #{quoted(day(story.date, story.language, words, False))}\n"
    if manner.head == "kicker":
        opening = (
            f"#block(above: 1.4em, below: -0.4em, sticky: true, text(size: 7.5pt)[#smallcaps({spelt})])\n{opening}"
        )
    if manner.head == "bar":
        given = f"[#{quoted(f'{words.case} 2023/{100 + 7 * number}')} #h(1fr) #{quoted(spelt[1:-1])}]"
        opening = (
            f"#block(width: 100%, inset: 4pt, fill: rgb({quoted(manner.accent)}), sticky: true, "
            f'text(size: 8pt, fill: white, weight: "bold"){given})\n{opening}'
        )
    if manner.head == "meta":
        said = quoted(f"{spelt[1:-1]} · {story.printed}")
        opening += f"#block(below: 0.7em, sticky: true, text(size: 8pt, fill: luma(90))[#{said}])\n"
    if manner.head == "date-line":
        opening += f"#emph({spelt})\n\n"
    if manner.head == "margin-date":
        opening = f"#place(dx: -1.6cm, dy: 1.2em, box(width: 1.4cm, text(size: 7pt)[#{spelt}]))\n" + opening
    inner = "\n\n".join(texts) + "\n"
    if manner.body == "box":
        return f"#block(fill: luma(240), stroke: 0.5pt, inset: 8pt, width: 100%)[{opening}{inner}]\n"
    return opening + inner


def _labelled(story: Story, labels: tuple[str, str, str, str], *, lines: bool) -> list[str]:
    complaint, handling, judgement, follow = labels
    parts = [(complaint, story.complaint), (handling, story.handling), (judgement, _capital(story.printed) + ".")]
    if story.follow_up:
        parts.append((follow, _bare(story.follow_up)))
    if lines:
        return [f"*#{quoted(name)}*\n\n#{quoted(text)}" for name, text in parts]
    return [f"*#{quoted(name)}:* #{quoted(text)}" for name, text in parts]


def _table(story: Story, head: str, manner: Manner, words: Words) -> str:
    complaint, handling, judgement, follow = words.labels[manner.labels]
    rows = [(complaint, story.complaint), (handling, story.handling), (judgement, _capital(story.printed))]
    if story.follow_up:
        rows.append((follow, _bare(story.follow_up)))
    cells = ", ".join(f"[*#{quoted(name)}*], [#{quoted(text)}]" for name, text in rows)
    width = "2.2cm" if manner.columns > 1 else "3cm"
    table = f"columns: ({width}, 1fr), inset: 5pt, stroke: 0.5pt"
    if manner.body == "titled-table":
        over = f"table.cell(colspan: 2, fill: luma(225))[*#{quoted(head)}*]"
        return f"#table({table}, {over}, {cells})\n#v(1em)\n"
    return f"=== #{quoted(head)}\n#table({table}, {cells})\n#v(1em)\n"


def _rows(stories: Sequence[Story], words: Words, before: int) -> str:
    """All cases of a section as rows of one table."""
    heads = ", ".join(f"[*#{quoted(name)}*]" for name in words.columns)
    rows = ", ".join(
        f"[{before + k}], [#{quoted(day(s.date, s.language, words, False))}], [*#{quoted(s.title)}.* "
        f"#{quoted(s.complaint)}], [#{quoted(s.handling)}], [#{quoted(_capital(s.printed))}]"
        for k, s in enumerate(stories, start=1)
    )
    return f"#table(columns: (1cm, 1.9cm, 1.1fr, 1.2fr, 2.2cm), inset: 4pt, table.header({heads}), {rows})\n"


def _drop_cap(text: str, manner: Manner) -> str:
    """A first letter three lines high beside the first words, the rest below: Typst has no wrapping of its own."""
    words = text.split()
    beside, rest = " ".join(words[:14])[1:], " ".join(words[14:])
    size = 2.6 * manner.size
    return (
        f'#grid(columns: (auto, 1fr), gutter: 3pt, text(size: {size}pt, weight: "bold")[#{quoted(text[0])}], '
        f"[#{quoted(beside)}])\n#v(-0.65em)\n#{quoted(rest)}"
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _bare(follow_up: str) -> str:
    """A follow-up without the label that opens it."""
    return _capital(follow_up.split(":", 1)[1].strip())
