"""Printed figures of logical tables: each body cell that is a number, with its row and column label path and unit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from extractors import numbers
from extractors.hyphens import join_lines
from extractors.tables.confidence import of_cell
from extractors.tables.grid import GridCell
from extractors.tables.stitch import Part, chain, valued
from extractors.tables.structure import clean_label, is_total
from extractors.tables.tokens import HYPHENS, MISSING
from schemas.printed import Box, Figure, Place

Where = Callable[[int, float], tuple[str, str | None]]
"""(page, top) to the organisation and section that stand there."""
_PAIR = re.compile(
    r"^([\d.,'’\s]+?)\s*\(\s*([\d.,]+\s*(?:%|procent|prozent|percent|per cent|pour ?cent))\s*\)$", re.IGNORECASE
)


@dataclass(slots=True)
class _Label:
    text: str
    place: Place


def table_figures(parts: list[Part], known: Counter[str], language: str, where: Where) -> list[Figure]:
    """The figures of all tables, in reading order; parts that go on share one table_id and, below, one header."""
    figures: list[Figure] = []
    headers: dict[str, list[list[_Label]]] = {}
    rows: dict[str, list[list[_Label]]] = {}
    groups: dict[str, list[_Label]] = {}
    decimals: dict[str, dict[int, bool | None]] = {}
    unused: dict[str, list[list[_Label]]] = {}  # rows of facing halves that the parts so far have not used
    for part in parts:
        first = part
        while first.continues is not None:
            first = first.continues
        own = column_paths(part, known)
        before = part.continues
        inherit = before is not None and not part.beside and (part.repeated_header or part.body.header_rows == 0)
        columns = headers[before.part_id] if inherit and before is not None else own
        headers[part.part_id] = columns
        carried = groups.get(before.part_id, []) if before is not None and not part.beside else []
        labels, last = row_paths(part, known, carried)
        if before is not None and (part.beside or part.body.stub_columns == 0):
            if part.beside:
                facing = [label for p in chain(before) for label in rows[p.part_id]]
            else:  # the rest of a half that breaks at other rows than the one with the labels
                facing = unused.get(before.part_id, [])
            count = part.body.grid.rows - part.body.header_rows
            if part.beside and len(facing) != count:
                held = [row for p in chain(before) for row in valued(p)]
                facing = [label for label, holds in zip(facing, held, strict=True) if holds or sum(held) != count]
            labels = facing[:count] or labels
            unused[part.part_id] = facing[count:]
        rows[part.part_id] = labels
        groups[part.part_id] = last
        organisation, section = where(part.page.number, _seen_top(part))
        title = first.title or part.title or section
        above = decimals[before.part_id] if before is not None and not part.beside else {}
        decimals[part.part_id] = _decimals(part, above, language)
        figures += _part_figures(
            part, first, labels, columns, decimals[part.part_id], language, organisation, section, title
        )
    return figures


def _seen_top(part: Part) -> float:
    return part.page.seen(part.body.grid.box).top


def _place(part: Part, cell: GridCell) -> Place:
    if cell.words:
        box = Box(
            min(w.x0 for w in cell.words), min(w.top for w in cell.words),
            max(w.x1 for w in cell.words), max(w.bottom for w in cell.words),
        )  # fmt: skip
    else:
        box = part.body.grid.cell_box(cell)
    return Place(part.page.number, part.page.seen(box))


def _label(part: Part, row: int, col: int, known: Counter[str]) -> _Label:
    cell = part.body.cells[row][col]
    text = clean_label(join_lines(part.body.texts[row][col], known))
    return _Label(text, _place(part, cell))


def column_paths(part: Part, known: Counter[str]) -> list[list[_Label]]:
    """For each column the header labels from the outermost level in; a cell that spans levels counts once."""
    body = part.body
    paths: list[list[_Label]] = []
    for c in range(body.grid.cols):
        path: list[_Label] = []
        seen: set[int] = set()
        for r in range(body.header_rows):
            cell = body.cells[r][c]
            if id(cell) in seen or not body.texts[r][c]:
                continue
            if cell.colspan >= body.grid.cols > 2 and not chain(part)[0].beside:
                continue  # a title inside the table's frame
            seen.add(id(cell))
            label = _label(part, r, c, known)
            if label.text:
                path.append(label)
        paths.append(path)
    return paths


def row_paths(part: Part, known: Counter[str], carried: list[_Label]) -> tuple[list[list[_Label]], list[_Label]]:
    """For each body row its stub labels, groups first; and the groups open at the end, for a part that goes on."""
    body = part.body
    stub = body.stub_columns
    body_rows = range(body.header_rows, body.grid.rows)
    indents = _indents(part)
    open_group: _Label | None = carried[0] if carried else None
    opened = body.header_rows - 1  # the row of its label
    merged = stub >= 2
    parents: list[tuple[float, _Label]] = []
    paths: list[list[_Label]] = []
    wrapped = _wrapped_groups(part, known) if merged else {}
    centred = _centred_groups(part, wrapped, bool(carried)) if merged else {}
    for r in body_rows:
        path: list[_Label] = []
        labels = [_label(part, r, c, known) for c in range(stub)]
        if merged and r in wrapped:
            labels[0] = _Label(wrapped[r], labels[0].place)
        cells = [body.cells[r][c] for c in range(stub)]
        empty = not any(body.texts[r][c] for c in range(stub, body.grid.cols) if body.cells[r][c] not in cells)
        if merged:
            if r in centred:
                at = centred[r]
                open_group = _label(part, at, 0, known)
                if at in wrapped:
                    open_group = _Label(wrapped[at], open_group.place)
                if at != r:
                    labels[0] = _Label("", labels[0].place)
            path = _merged_path(labels, cells, open_group)
            if labels and labels[0].text and not is_total(labels[0].text):
                open_group = labels[0]
            elif path and is_total(path[-1].text) and not labels[0].text and len(path) == 1:
                open_group = None
        elif labels:
            label = labels[0]
            indent = indents.get(r, 0.0)
            parents = [p for p in parents if p[0] < indent - 2.5]
            if empty and label.text and _opens_group(part, r, indents):
                open_group, opened = label, r
                parents = []
                paths.append([label])
                continue
            if open_group is not None and _closes_group(part, r, label.text, indents, opened):
                open_group = None
            path = ([open_group] if open_group else []) + [p[1] for p in parents] + ([label] if label.text else [])
            if label.text and _children_below(part, r, indents):
                parents.append((indent, label))
        paths.append(path)
    return paths, [open_group] if open_group else []


def _merged_path(labels: list[_Label], cells: list[GridCell], group: _Label | None) -> list[_Label]:
    """Two stub columns: a blank first cell goes on with the group above it, unless the row is a total."""
    inner = [la for la in labels[1:] if la.text and la.text not in MISSING]
    distinct = [la for i, la in enumerate(inner) if i == 0 or cells[i + 1] is not cells[i]]
    if labels[0].text:
        same = len(cells) > 1 and cells[0] is cells[1]
        return [labels[0]] if same else [labels[0], *distinct]
    if distinct and is_total(distinct[-1].text):
        return distinct
    return ([group] if group else []) + distinct


def _wrapped_groups(part: Part, known: Counter[str]) -> dict[int, str]:
    """Group labels that run on beside the next rows: the whole label for the first row, blank for the rest."""
    body = part.body
    result: dict[int, str] = {}
    begin = body.header_rows
    for r in range(body.header_rows + 1, body.grid.rows):
        above, here = body.texts[r - 1][0], body.texts[r][0]
        if (
            above
            and here
            and body.cells[r][0] is not body.cells[r - 1][0]
            and (above.endswith(HYPHENS) or here[0].islower())
        ):
            whole = result.get(begin, body.texts[begin][0])
            result[begin] = clean_label(join_lines(f"{whole}\n{here}", known))
            result[r] = ""
        elif here:
            begin = r
    return result


def _centred_groups(part: Part, wrapped: dict[int, str], carried: bool) -> dict[int, int]:
    """For each body row the row that prints its group's label, where labels stand at the middle of their groups.

    Labels at the top of their groups need no such reading: the result is empty then. From the top down each group must
    reach as far below its label as above it, and the last one end with the last row. Where a label shares no line with
    any row, it stands in a cell over several; then the last group takes what is left, and so does the first one of a
    part that goes on (`carried`), which is not read otherwise.
    """
    body = part.body
    rows = [
        r for r in range(body.header_rows, body.grid.rows)
        if not any(is_total(body.texts[r][c]) for c in range(body.stub_columns))
    ]  # fmt: skip
    printed = [r for r in rows if body.texts[r][0] and wrapped.get(r) != ""]
    if any(body.cells[r][0].rowspan > 1 for r in rows):  # drawn cells tell how far a group reaches
        return {}
    if not rows or not printed or len(printed) == len(rows):
        return {}
    lines: dict[int, list[int]] = {}  # the rows beside which each label is printed
    for r in rows:
        if r in printed or wrapped.get(r) == "":
            lines.setdefault(max(k for k in printed if k <= r), []).append(r)
    between = any(_between_lines(part, beside) for beside in lines.values())
    if carried and not between:
        return {}
    middles = {}
    for r in rows:
        others = [w for c in range(1, body.grid.cols) for w in body.cells[r][c].words]
        middles[r] = sum((w.top + w.bottom) / 2 for w in others) / len(others) if others else None
    result: dict[int, int] = {}
    start = 0
    for label in printed:
        words = [w for r in lines[label] for w in body.cells[r][0].words]
        at = (min(w.top for w in words) + max(w.bottom for w in words)) / 2
        end = start
        best = float("inf")
        for stop in range(start, len(rows)):
            a, b = middles[rows[start]], middles[rows[stop]]
            if a is not None and b is not None and abs((a + b) / 2 - at) < best:
                best, end = abs((a + b) / 2 - at), stop
        if not start <= rows.index(label) <= end:
            return {}
        if label == printed[-1] and between:
            end = len(rows) - 1
        result.update({rows[k]: label for k in range(start, end + 1)})
        start = end + 1
    if start < len(rows):
        return {}
    sizes = [sum(v == label for v in result.values()) for label in printed]
    starts = [rows.index(label) for label in printed]
    as_top = [b - a for a, b in pairwise([*starts, len(rows)])]
    # labels at the top of groups of 1, n and n rows tile from the middle too: then only other evidence counts
    by_size = max(sizes) >= 4 and not (len(as_top) == 3 and as_top[0] == 1 and as_top[1] == as_top[2])
    placeholder = any(body.texts[label][1] in MISSING and size > 1 for label, size in zip(printed, as_top, strict=True))
    return result if not body.texts[rows[0]][0] or placeholder or by_size or between else {}


def _between_lines(part: Part, beside: list[int]) -> bool:
    """Whether no line of a label of the outer column stands on a line of the rows beside it."""
    body = part.body
    mine = [w for r in beside for w in body.cells[r][0].words if not w.raised]
    lines = {w.base for r in beside for cell in body.cells[r][1:] for w in cell.words if not w.raised}
    return bool(mine and lines) and all(abs(w.base - base) > 0.2 * w.size for w in mine for base in lines)


def _indents(part: Part) -> dict[int, float]:
    """Left edges of the first stub column's texts, from the leftmost one."""
    body = part.body
    if body.stub_columns == 0:
        return {}
    edges = {
        r: min(w.x0 for w in body.cells[r][0].words)
        for r in range(body.header_rows, body.grid.rows)
        if body.cells[r][0].words
    }
    base = min(edges.values(), default=0.0)
    return {r: x - base for r, x in edges.items()}


def _bold(part: Part, r: int) -> bool:
    words = part.body.cells[r][0].words
    return bool(words) and all(w.bold for w in words)


def _children_below(part: Part, r: int, indents: dict[int, float]) -> bool:
    return r + 1 in indents and indents[r + 1] >= indents.get(r, 0.0) + 2.5


def _opens_group(part: Part, r: int, indents: dict[int, float]) -> bool:
    """Whether a label alone on its line is a group's, not that of a row whose numbers are blank."""
    body = part.body
    cell = body.cells[r][0]
    if r + 1 >= body.grid.rows:  # its rows may stand on the next page
        return cell.colspan >= body.grid.cols > 2
    if body.grid.rows - body.header_rows < 3:
        return False
    if cell.colspan > body.stub_columns or _bold(part, r) or _children_below(part, r, indents):
        return not (
            _bold(part, r) and all(_bold(part, k) for k in range(body.header_rows, body.grid.rows) if k in indents)
        )
    if body.grid.ruled_columns:
        return False
    below = body.texts[body.header_rows :]
    rest = [row[body.stub_columns :] for row in below]
    alone = [row for row in rest if not any(row)]
    full = all(all(row[body.stub_columns :]) or is_total(row[0]) for row in below if any(row[body.stub_columns :]))
    several = len(alone) >= 2 or (len(rest) >= 6 and len(rest[0]) >= 2)  # one blank row among full ones is no row
    return body.texts[r][0].endswith(":") or (several and full)


def _closes_group(part: Part, r: int, label: str, indents: dict[int, float], opened: int) -> bool:
    """A total as the last row, or a row set out to the left again of the group's indented ones, is under no group."""
    if is_total(label) and not any(
        part.body.texts[k][0] and not any(part.body.texts[k][part.body.stub_columns :])
        for k in range(r + 1, part.body.grid.rows)
    ):
        return r == part.body.grid.rows - 1 or _bold(part, r)
    above = [indents[k] for k in range(opened + 1, r) if k in indents and any(part.body.texts[k][1:])]
    return bool(above) and min(above) >= 2.5 and indents.get(r, 0.0) < 1.5


def _decimals(part: Part, above: dict[int, bool | None], language: str) -> dict[int, bool | None]:
    """Whether each column carries decimals; a last page's lone total (`223,864`) says it as the column `above` does."""
    body = part.body
    found = {}
    for c in range(body.stub_columns, body.grid.cols):
        own = numbers.has_decimals([row[c] for row in body.texts[body.header_rows :]], language)
        same_columns = part.continues is not None and part.continues.body.grid.cols == body.grid.cols
        found[c] = above.get(c) if own is None and same_columns else own
    return found


def _part_figures(
    part: Part, first: Part, rows: list[list[_Label]], columns: list[list[_Label]], decimals: dict[int, bool | None],
    language: str, organisation: str, section: str | None, title: str | None,
) -> list[Figure]:  # fmt: skip
    body = part.body
    found: list[Figure] = []
    start = body.header_rows
    corner = [la.text for c in range(body.stub_columns) for la in columns[c]]
    sure = round(of_cell(part), 2)
    # Where percentages print their sign, what prints none is no percentage, whatever the title says.
    signed = any("%" in text for texts in body.texts[start:] for text in texts)
    unit_title = None if signed else title
    for r in range(start, body.grid.rows):
        row = rows[r - start] if r - start < len(rows) else []
        seen: set[int] = set()
        for c in range(body.stub_columns, body.grid.cols):
            cell = body.cells[r][c]
            if id(cell) in seen:
                continue
            seen.add(id(cell))
            text = body.texts[r][c]
            for printed in _values(text):
                number = numbers.parse(printed, language, decimals[c])
                if number is None:
                    continue
                row_labels = tuple(la.text for la in row)
                column_labels = tuple(la.text for la in columns[c])
                unit = number.unit or _unit(column_labels, row_labels, corner, unit_title)
                if unit == "count" and number.value != int(number.value):
                    unit = "ratio"
                found.append(
                    Figure(
                        kind="cell",
                        organisation=organisation,
                        section=section,
                        printed=printed,
                        value=number.value,
                        unit=unit,
                        row_labels=row_labels,
                        column_labels=column_labels,
                        place=_place(part, cell),
                        method=body.grid.detector,
                        table_id=first.part_id,
                        table_title=title,
                        is_total=any(is_total(t) for t in (*row_labels[-1:], *column_labels)),
                        confidence=sure,
                        label_places=tuple(la.place for la in (*row, *columns[c])),
                    )
                )
    return found


def _values(text: str) -> list[str]:
    """The printed values of a cell: one, or two in `132 (28%)`."""
    text = " ".join(text.split())
    pair = _PAIR.match(text)
    return [pair[1].strip(), pair[2]] if pair else [text]


def _unit(columns: tuple[str, ...], rows: tuple[str, ...], corner: list[str], title: str | None) -> str:
    for labels in (columns, rows[-1:], corner):
        unit = numbers.header_unit(labels)
        if unit:
            return unit
    if title and re.search(
        r"\(\s*(?:in )?(?:%|procent|pourcent\w*|prozent|percent\w*)\s*\)|^\s*(?:aandeel|percentage)", title, re.I
    ):
        return "percent"
    return "count"
