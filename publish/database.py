"""Writes all tables into one DuckDB file, described and with views, so that the same rows give the same bytes.

DuckDB itself does not promise that. Three things differ from run to run: the order in which threads write (one thread
is used), the unused ends of blocks, which hold whatever the memory held before (the allocator is told to hand out
zeroed memory, in a child process since it listens at start only; known upstream), and a random identifier
in the file's header (replaced by one made from the contents). What DuckDB reads back from the file is not touched.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from publish.views import MACROS, View
from schemas.columns import ColumnType, Table

_SQL: dict[ColumnType, str] = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}
# jemalloc (in DuckDB's wheels for Linux) and, for builds without it, glibc: the complement of the byte given is
# filled in.
_ZEROED_MEMORY = {"DUCKDB_JE_MALLOC_CONF": "zero:true", "MALLOC_PERTURB_": "255"}

# Storage format of DuckDB: three headers of 4096 bytes, each opened by the checksum of the rest. The random
# identifier of 16 bytes stands in the first header, and left over in whichever header was built in the same buffer.
_HEADER, _HEADERS, _IDENTIFIER, _IDENTIFIER_LENGTH = 4096, 3, 124, 16
_BLOCK = 1 << 20  # bytes read at a time


class DatabaseError(RuntimeError):
    """The DuckDB file could not be written, or not so that it is the same every time."""


def write_database(path: Path, tables: Sequence[Table], views: Sequence[View], about: Mapping[str, str]) -> None:
    """A DuckDB file at `path` (new), each table read from `<its name>.parquet` beside it; raises DatabaseError.

    `about` says what the database is (title, version …) and becomes its table `about`.
    """
    if path.exists():
        raise DatabaseError(f"{path} is there already; a database is always written anew.")
    statements = [*_table_statements(path.parent, tables), *_view_statements(views)]
    statements.append("CREATE TABLE about (item VARCHAR NOT NULL, said VARCHAR NOT NULL)")
    statements.append("COMMENT ON TABLE about IS 'What this database is.'")
    said = ", ".join(f"({_literal(item)}, {_literal(text)})" for item, text in about.items())
    statements.append(f"INSERT INTO about VALUES {said}")  # noqa: S608  (quoted above)
    child = subprocess.run(  # noqa: S603  (our own program, no shell, arguments made here)
        [sys.executable, "-I", str(Path(__file__).with_name("duckdb_child.py")), str(path)],
        input=json.dumps(statements).encode(),
        env={**os.environ, **_ZEROED_MEMORY},
        capture_output=True,
        check=False,
    )
    if child.returncode:
        fault = child.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise DatabaseError(f"DuckDB could not write {path.name}: {fault}")
    take_chance_out(path)


def _table_statements(folder: Path, tables: Iterable[Table]) -> Iterable[str]:
    for table in tables:
        columns = ", ".join(f"{_name(c.name)} {_SQL[c.type]}{'' if c.nullable else ' NOT NULL'}" for c in table.columns)
        source = _literal(str(folder / f"{table.name}.parquet"))
        yield f"CREATE TABLE {_name(table.name)} ({columns})"
        yield f"INSERT INTO {_name(table.name)} SELECT * FROM read_parquet({source})"  # noqa: S608  (names are our own)
        yield f"COMMENT ON TABLE {_name(table.name)} IS {_literal(table.description)}"
        for column in table.columns:
            yield f"COMMENT ON COLUMN {_name(table.name)}.{_name(column.name)} IS {_literal(column.description)}"


def _view_statements(views: Iterable[View]) -> Iterable[str]:
    for view in views:
        yield f"CREATE VIEW {_name(view.name)} AS {view.sql}"
        yield f"COMMENT ON VIEW {_name(view.name)} IS {_literal(view.description)}"
    for macro in MACROS:
        yield f"CREATE MACRO {_name(macro.name)}{macro.sql}"
        yield f"COMMENT ON MACRO {_name(macro.name)} IS {_literal(macro.description)}"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def take_chance_out(path: Path) -> None:
    """Replaces the random identifier in the headers of the DuckDB file at `path` by one made from the contents.

    Raises DatabaseError when the headers are not laid out as known, rather than writing a damaged file.
    """
    body = hashlib.sha256()
    with path.open("r+b") as file:
        headers = file.read(_HEADERS * _HEADER)
        while block := file.read(_BLOCK):
            body.update(block)
        file.seek(0)
        file.write(_without_chance(headers, body.digest()[:_IDENTIFIER_LENGTH]))


def _without_chance(data: bytes, identifier: bytes) -> bytes:
    out = bytearray(data)
    found = bytes(out[_IDENTIFIER : _IDENTIFIER + _IDENTIFIER_LENGTH])
    headers = [slice(n * _HEADER, (n + 1) * _HEADER) for n in range(_HEADERS)]
    for header in headers:
        stated = struct.unpack_from("<Q", out, header.start)[0] if len(out) == _HEADERS * _HEADER else None
        if stated != checksum(bytes(out[header.start + 8 : header.stop])):
            raise DatabaseError(
                "The DuckDB file is laid out in a way that is not known here, so its bytes cannot be made the same "
                "on each run. Install the version of duckdb named in requirements.lock."
            )
    places = [h.start + _IDENTIFIER for h in headers if out[h.start + _IDENTIFIER :].startswith(found)]
    for place in places:
        out[place : place + _IDENTIFIER_LENGTH] = identifier
    for header in headers:
        struct.pack_into("<Q", out, header.start, checksum(bytes(out[header.start + 8 : header.stop])))
    return bytes(out)


def checksum(block: bytes) -> int:
    """DuckDB's checksum of a block whose length is a multiple of 8 (its source: `src/common/checksum.cpp`)."""
    result = 5381
    for (word,) in struct.iter_unpack("<Q", block):
        result ^= word * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    return result
