"""Pages made of words at given places, so that reading can be tested without a PDF."""

from __future__ import annotations

from extractors.page import Page, Shade, Word


def words_of(text: str, x: float, base: float, size: float = 10.0, *, bold: bool = False, italic: bool = False,
             colour: tuple[int, int, int] = (0, 0, 0)) -> list[Word]:  # fmt: skip
    """The words of a line that starts at `x`; every character is half as wide as the type is high."""
    made = []
    for token in text.split():
        width = 0.5 * size * len(token)
        raised = token.startswith("^")
        made.append(Word(token.lstrip("^"), x, base - 0.75 * size, x + width, base + 0.2 * size, base, size,
                         "Font-Bold" if bold else "Font", bold, italic, raised, colour))  # fmt: skip
        x += width + 0.28 * size
    return made


def wrapped(text: str, width: float, size: float = 10.0) -> list[str]:
    """`text` cut into lines no wider than `width`; a bar marks a forced break."""
    lines = [""]
    for token in text.split():
        if token == "|":
            lines.append("")
            continue
        trial = f"{lines[-1]} {token}".strip()
        if len(trial) * 0.5 * size > width * 0.93 and lines[-1]:
            lines.append(token)
        else:
            lines[-1] = trial
    return lines


class Sheet:
    """A page that is written from the top down."""

    def __init__(self, number: int = 1, width: float = 595.0, height: float = 842.0) -> None:
        self.page = Page(number, width, height)
        self.y = 70.0
        self.x = 60.0
        self.measure = 470.0

    def heading(
        self, text: str, size: float = 15.0, *, bold: bool = True, colour: tuple[int, int, int] = (0, 0, 0)
    ) -> Sheet:
        self.y += size * 0.8
        for line in wrapped(text, self.measure, size):
            self.y += size * 1.25
            self.page.words += words_of(line, self.x, self.y, size, bold=bold, colour=colour)
        self.y += 2
        return self

    def text(
        self, text: str, size: float = 10.0, *, indent: float = 0.0, italic: bool = False, gap: float = 7.0
    ) -> Sheet:
        self.y += gap
        for line in wrapped(text, self.measure - indent, size):
            self.y += size * 1.4
            self.page.words += words_of(line, self.x + indent, self.y, size, italic=italic)
        return self

    def item(self, text: str, *, mark: str = "•", gap: float = 0.0) -> Sheet:
        self.y += gap
        for number, line in enumerate(wrapped(text, self.measure - 30)):
            self.y += 14.0
            if number == 0:
                self.page.words += words_of(mark, self.x + 18, self.y)
            self.page.words += words_of(line, self.x + 30, self.y)
        return self

    def at(self, x: float, y: float, text: str, size: float = 10.0, **style: bool) -> Sheet:
        self.page.words += words_of(text, x, y, size, **style)
        return self

    def shade(self, x0: float, top: float, x1: float, bottom: float, light: float = 0.3) -> Sheet:
        self.page.shades.append(Shade(x0, top, x1, bottom, light))
        return self

    def down(self, points: float) -> Sheet:
        self.y += points
        return self
