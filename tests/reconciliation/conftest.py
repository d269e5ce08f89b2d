"""Lets the tests of this room import their helpers beside them, and the benchmarks' made material."""

from __future__ import annotations

import sys
from pathlib import Path

here = Path(__file__).resolve().parent
for folder in (here, here.parents[1]):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
