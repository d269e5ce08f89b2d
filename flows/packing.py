"""Interpreted reports as bytes: a line of JSON with facts, then frames as compressed Arrow streams.

What is kept in the cache and travels between processes; nothing in it is executed when it is read.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def pack(frames: Mapping[str, pd.DataFrame]) -> bytes:
    """Frames as bytes: Arrow streams one after the other, in the mapping's order, each with its name and length."""
    import pyarrow as pa

    whole = io.BytesIO()
    for name, frame in frames.items():
        table = pa.Table.from_pandas(frame, preserve_index=False)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
            writer.write_table(table)
        content = sink.getvalue().to_pybytes()
        whole.write(f"{name} {len(content)}\n".encode())
        whole.write(content)
    return whole.getvalue()


def unpack(*packed: bytes) -> dict[str, pd.DataFrame]:
    """The inverse of `pack`, for frames that were conformed: the rows of several packs one after the other.

    Packs have the same tables.
    """
    import pyarrow as pa

    from schemas.tables import conform

    parts: dict[str, list[pa.Table]] = {}
    for data in packed:
        for name, table in _streams(data):
            parts.setdefault(name, []).append(table)
    return {name: conform(name, pa.concat_tables(tables).to_pandas()) for name, tables in parts.items()}


def _streams(data: bytes) -> Iterator[tuple[str, pa.Table]]:
    import pyarrow as pa

    whole = io.BytesIO(data)
    while head := whole.readline():
        name, length = head.decode().split()
        yield name, pa.ipc.open_stream(whole.read(int(length))).read_all()


def facts_of(packed: bytes) -> dict[str, Any]:
    """The facts in front of an interpreted report's frames (`flows.steps.interpret_in_child` says which)."""
    facts: dict[str, Any] = json.loads(packed[: packed.index(b"\n")])
    return facts


def frames_of(packed: Iterable[bytes]) -> dict[str, pd.DataFrame]:
    """The frames of interpreted reports, the rows of one report after those of the other."""
    return unpack(*(data[data.index(b"\n") + 1 :] for data in packed))
