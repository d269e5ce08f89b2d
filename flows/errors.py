"""What a command tells a person when it cannot do what was asked."""

from __future__ import annotations


class CommandError(Exception):
    """The message is a sentence with what to do, `status` the command's exit status (2 wrong usage, 3 nothing done)."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status
