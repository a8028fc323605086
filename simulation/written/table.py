"""Tables beside a scenario: CSV or Parquet, columns by their names in the first row."""

from __future__ import annotations

import csv
import io
import os
import re
from typing import Any

from simulation.texts import worded
from simulation.written.source import refuse, text_of
from simulation.written.spelling import quoted
from simulation.written.tree import Node, Origin

LARGEST = 50_000_000
"""Bytes of a table."""
_WHOLE = re.compile(r"[+-]?\d{1,15}")


def table_at(at: Node, path: str) -> Node:
    """The table that a value names, in its place: a tuple of values as a scenario writes them for each column.

    Args:
        at: has the name of the file, relative to the file in which it stands.
        path: where it stands in the scenario, for messages.

    Raises:
        ScenarioError: there is no such file, or it is no table.
    """
    given = str(at.value).strip()
    if not given or "\0" in given:
        refuse(given, worded("not-a-file-name", plain=quoted(at.plain)), at, path)
    folder = os.path.dirname(at.origin.place) if at.origin.is_file else ""
    name = os.path.join(folder, given)
    parquet = name.lower().endswith((".parquet", ".pq"))
    columns = _parquet(name, at, path) if parquet else _csv(name, at, path)
    first = Origin(name, None if parquet else 1)
    return Node({column: Node(values, first) for column, values in columns.items()}, at.origin)


def _csv(name: str, at: Node, path: str) -> dict[str, tuple[Any, ...]]:
    """Every row stands in a line of its own, so that a row's line is known."""
    reader = csv.reader(io.StringIO(text_of(name, at, path, LARGEST)), strict=True)
    lines: list[list[str]] = []
    try:
        for number, cells in enumerate(reader, 1):
            if lines and len(cells) != len(lines[0]) and any(cell.strip() for cell in cells):
                refuse(name, worded("table-cells", line=number, cells=len(cells), columns=len(lines[0])), at, path)
            if reader.line_num != number:
                refuse(name, worded("table-broken-line", line=number), at, path)
            lines.append(cells)
    except csv.Error as error:
        refuse(name, worded("file-unreadable", error=error), at, path)
    while lines and not any(cell.strip() for cell in lines[-1]):
        lines.pop()
    header = [cell.strip() for cell in lines[0]] if lines else []
    for column in header:
        if not column or header.count(column) > 1:
            refuse(name, worded("table-column-twice" if column else "table-column-unnamed", name=column), at, path)
    for number, cells in enumerate(lines, 1):
        if not any(cells):
            refuse(name, worded("table-cells", line=number, cells=0, columns=len(header)), at, path)
    return {column: tuple(_value(cells[n]) for cells in lines[1:]) for n, column in enumerate(header)}


def _value(text: str) -> Any:
    """A cell as YAML would read it: a number where it is one, nothing where nothing stands there."""
    text = text.strip()
    if not text:
        return None
    if _WHOLE.fullmatch(text):
        return int(text)
    try:
        return float(text)
    except ValueError:
        return text


def _parquet(name: str, at: Node, path: str) -> dict[str, tuple[Any, ...]]:
    try:
        from pyarrow import parquet  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError:
        refuse(name, worded("table-no-pyarrow"), at, path)
    try:
        read = parquet.read_table(name).to_pydict()
    except FileNotFoundError:
        refuse(name, worded("file-missing"), at, path)
    except Exception as error:  # whatever the library says of a file that is none of its own
        refuse(name, worded("file-unreadable", error=error), at, path)
    return {str(column): tuple(values) for column, values in read.items()}
