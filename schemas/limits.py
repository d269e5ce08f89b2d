"""How much one report may cost before its reading is stopped: all bounds in one place, each with its default.

`KLACHTENATLAS_LIMITS` changes them for every command: `memory_mb=2048,pages=500` (names and units in `SETTINGS`).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

MEGABYTE = 1024 * 1024
VARIABLE = "KLACHTENATLAS_LIMITS"


class BadLimits(Exception):
    """The variable says something that is no limit; the message is a sentence with what to do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for the reading of one PDF. The defaults let a report of 500 pages and 100 MB pass with room to spare.

    The time allowed grows with the pages, so that a report of one page that never ends is stopped within a minute while
    a thick one has time; pages that turn out to be pictures are allowed more. `seconds` bounds wall time, `cpu_seconds`
    processor time; both count from the moment when a reader takes the file up. What stands for one page is a bound on
    that page alone: it costs the report that page, up to `lost_pages` of them.
    """

    file_bytes: int = 300 * MEGABYTE
    pages: int = 2000
    memory_bytes: int = 4096 * MEGABYTE
    """address space of one reader"""
    result_bytes: int = 200 * MEGABYTE
    seconds_base: float = 45.0
    seconds_per_page: float = 4.0
    seconds_per_picture: float = 60.0
    """for a page that is read by OCR: 5 s of processor time is usual, a page that lies upside down takes twice that"""
    seconds_most: float = 86_400.0
    """for one report, however many pages it has: what is not read by then is left out; low for strangers' files"""
    open_seconds: float = 30.0
    """wall time for opening a file and counting its pages"""
    page_seconds: int = 15
    """processor time of one page, without OCR; the slowest of 233 pages of reports took 0.5 s"""
    page_objects: int = 300_000
    """drawn objects of one page; a city map has tens of thousands"""
    page_characters: int = 100_000
    """a page of a newspaper, set close, has 25,000"""
    image_pixels: int = 250_000_000
    """of one picture: a sheet of A0 scanned at 400 dots an inch"""
    lost_pages: int = 5
    """pages that may end their reader before the report is given up as a whole: each costs a new start"""

    def seconds(self, pages: int, pictures: int = 0) -> float:
        """Wall time allowed for a report of so many pages, `pictures` of which are read by OCR."""
        asked = self.seconds_base + self.seconds_per_page * pages + self.seconds_per_picture * pictures
        return min(asked, self.seconds_most)

    def cpu_seconds(self, pages: int, pictures: int = 0) -> int:
        """Processor time allowed; a reader may use a second core for pictures, so twice the wall time."""
        return int(2 * self.seconds(pages, pictures)) + 1


SETTINGS: Mapping[str, tuple[str, int]] = {
    (f"{field.name.removesuffix('_bytes')}_mb" if field.name.endswith("_bytes") else field.name): (
        field.name,
        MEGABYTE if field.name.endswith("_bytes") else 1,
    )
    for field in fields(Limits)
}
"""Name in the variable: the field of `Limits`, and how many of its units one of the variable's is."""


def limits_from(said: str) -> Limits:
    """The defaults with what `said` changes (`memory_mb=2048,pages=500`); raises BadLimits."""
    limits = Limits()
    for part in filter(None, (part.strip() for part in said.split(","))):
        name, _, value = (word.strip() for word in part.partition("="))
        if name not in SETTINGS:
            raise BadLimits(f"{VARIABLE}: there is no limit {name!r}; there are {', '.join(SETTINGS)}.")
        field, unit = SETTINGS[name]
        if not (value.isascii() and value.isdigit() and 0 < int(value) < 10**12):
            raise BadLimits(f"{VARIABLE}: {name} is {value!r}; write a whole number above 0, such as {name}=10.")
        limits = replace(limits, **{field: int(value) * unit})
    return limits


def current_limits() -> Limits:
    """The limits of this process: the defaults, changed by the variable; raises BadLimits."""
    return limits_from(os.environ.get(VARIABLE, ""))
