"""How much one report may cost before its reading is stopped."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for the reading of one PDF. The defaults let a report of 500 pages and 100 MB pass with room to spare.

    The time allowed grows with the pages, so that a report of one page that never ends is stopped after about a minute
    and a half while a thick one has time; pages that turn out to be pictures are allowed more. `seconds` bounds wall
    time, `cpu_seconds` processor time; both count from the moment when a reader takes the file up.
    """

    file_bytes: int = 300 * MEGABYTE
    pages: int = 2000
    memory_bytes: int = 4096 * MEGABYTE
    result_bytes: int = 200 * MEGABYTE
    seconds_base: float = 90.0
    seconds_per_page: float = 4.0
    seconds_per_picture: float = 60.0
    """for a page that is read by OCR: 5 s of processor time is usual, a page that lies upside down takes twice that"""
    open_seconds: float = 30.0
    """wall time for opening a file and counting its pages"""

    def seconds(self, pages: int, pictures: int = 0) -> float:
        """Wall time allowed for a report of so many pages, `pictures` of which are read by OCR."""
        return self.seconds_base + self.seconds_per_page * pages + self.seconds_per_picture * pictures

    def cpu_seconds(self, pages: int, pictures: int = 0) -> int:
        """Processor time allowed; a reader may use a second core for pictures, so twice the wall time."""
        return int(2 * self.seconds(pages, pictures)) + 1
