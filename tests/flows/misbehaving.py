"""Things that the reading of a hostile file can do to its reader. Children import this module by name."""

from __future__ import annotations

import ctypes
import os
import signal
import time


def hang() -> None:
    while True:
        time.sleep(0.1)


def burn_processor() -> None:
    from extractors.sandbox import _allow_cpu

    _allow_cpu(0)
    while True:
        pass


def segfault() -> None:
    ctypes.string_at(0)


def abort() -> None:
    os.abort()


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def eat_memory() -> None:
    from extractors.sandbox import _guarded

    _guarded(lambda: len(b"x" * (64 << 30)), "big.pdf")


def leave() -> None:
    os._exit(3)


def fail() -> None:
    raise ValueError("the page tree\nis odd")


def nest(depth: int = 0) -> object:
    from extractors.sandbox import _guarded

    def deeper(level: int) -> int:
        return deeper(level + 1)

    return _guarded(lambda: deeper(depth), "deep.pdf")


def process_id() -> int:
    return os.getpid()
