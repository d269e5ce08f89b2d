"""Runs SQL statements against a new DuckDB file: `python -I duckdb_child.py FILE < statements.json`.

A program of its own because DuckDB's allocator takes its settings from the environment at start: see
`publish.database`.
"""

from __future__ import annotations

import json
import sys

import duckdb


def main() -> None:
    """Open the file named first, run the JSON list of statements on standard input, write all to that one file."""
    # One thread: with more, the order in which columns reach the file is left to chance.
    with duckdb.connect(sys.argv[1], config={"threads": 1, "default_block_size": "16384"}) as connection:
        for statement in json.load(sys.stdin):
            connection.execute(statement)
        connection.execute("CHECKPOINT")


if __name__ == "__main__":
    main()
