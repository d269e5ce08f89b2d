"""The data dictionary, written from the schemas: `python -m publish.dictionary` renews `docs/data-dictionary.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from publish.views import MACROS, VIEWS
from schemas.columns import Column, Table
from schemas.tables import TABLES

PATH = Path(__file__).parents[1] / "docs" / "data-dictionary.md"


def dictionary() -> str:
    """The whole page as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Data dictionary"
    yield ""
    yield "Every table and column of the dataset, written from the schemas by `python -m publish.dictionary`."
    yield ""
    yield "In CSV a missing value is an empty field, dates are YYYY-MM-DD, booleans `true` and `false`. *May be empty*"
    yield "means that the text may have no characters, *may be missing* that there may be no value at all."
    for table in TABLES.values():
        yield from _table(table)
    yield ""
    yield "## Views of the DuckDB file"
    yield ""
    for view in VIEWS:
        yield f"- **`{view.name}`**: {view.description}"
    yield ""
    yield "Functions beside them:"
    yield ""
    for macro in MACROS:
        yield f"- **`{macro.name}`**: {macro.description}"


def _table(table: Table) -> Iterator[str]:
    yield ""
    yield f"## {table.name}"
    yield ""
    yield table.description
    yield ""
    yield f"Key: {', '.join(f'`{name}`' for name in table.key) or 'none; no two rows are equal'}."
    yield ""
    yield "| column | type | meaning | values |"
    yield "| --- | --- | --- | --- |"
    for column in table.columns:
        yield f"| `{column.name}` | {column.type} | {_cell(column.description)} | {_cell(_values(table, column))} |"


def _values(table: Table, column: Column) -> str:
    parts = []
    if column.choices:
        parts.append(", ".join(f"`{choice}`" for choice in column.choices))
    elif column.said:
        parts.append(column.said)
    bounds = [f"{word} {bound:g}" for word, bound in (("from", column.least), ("to", column.most)) if bound is not None]
    if bounds:
        parts.append(" ".join(bounds))
    parts += [
        f"stands in `{reference.table}.{reference.target}`"
        for reference in table.references
        if reference.column == column.name
    ]
    if column.nullable:
        parts.append("may be missing")
    if column.blank:
        parts.append("may be empty")
    return "; ".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    """Write the page; says on standard output whether it changed."""
    text = dictionary()
    fresh = PATH.is_file() and PATH.read_text(encoding="utf-8") == text
    PATH.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{PATH.name} {'is as it was' if fresh else 'was renewed'}.\n")


if __name__ == "__main__":
    main()
