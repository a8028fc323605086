"""Tables beside a scenario: what a file's name stands for, with the place of every row.

Three keys may name a file: `inputs.draws` (a column for each path), `market.initial.pipeline` and `.customers`
(`{file: NAME}`, a row for each open lead or customer, or several alike). The tree then holds what the file says, so
nobody needs the file after that.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import NoReturn

from simulation.scenario.customers import OldCustomer, OpenLead
from simulation.texts import worded
from simulation.written.base import Block
from simulation.written.errors import Problem, ScenarioError
from simulation.written.schema import fields
from simulation.written.source import table_at
from simulation.written.spelling import nearest, quoted
from simulation.written.tree import Node, Origin

DRAWS = "inputs.draws"
ROWS: dict[str, type[Block]] = {"market.initial.pipeline": OpenLead, "market.initial.customers": OldCustomer}
"""What a row of a list is, by the path of the list."""
TOLD = 20
"""Mistakes of a table that are told at the most."""
_FILE = "file"
_ENDINGS = (".csv", ".parquet", ".pq")


def with_tables(tree: Node) -> Node:
    """The tree with each table in the place of its file's name.

    Raises:
        ScenarioError: there is no such file, or it is no table.
    """
    named = tree.get(DRAWS)
    if named is not None and isinstance(named.value, str):
        tree = put(tree, DRAWS, table_at(named, DRAWS))
    for path, row in ROWS.items():
        named = tree.get(path)
        if named is not None and isinstance(named.value, dict) and not named.is_figure:
            tree = put(tree, path, _rows(named, path, row))
        elif named is not None and isinstance(named.value, str) and named.value.lower().endswith(_ENDINGS):
            near = f"{{{_FILE}: {named.value}}}"
            message = worded("not-allowed-here", value=quoted(named.value))
            _refuse(named.origin, path, message, worded("allowed-rows-or-file"), near)
    return tree


def named_files(tree: Node) -> list[tuple[str, Node]]:
    """Places where a tree names another file, with what stands there: a base, or a table."""
    found = []
    for path in ("extends", DRAWS, *ROWS):
        there = tree.get(path)
        if there is None or there.value is None or there.is_figure:
            continue
        by_key = path in ROWS and isinstance(there.value, dict)
        if by_key or (isinstance(there.value, str) and (path not in ROWS or there.value.lower().endswith(_ENDINGS))):
            found.append((path, there))
    return found


def the_first(problems: Iterable[Problem]) -> list[Problem]:
    """Problems without those of rows beyond the first few: a column of another form is wrong in every row."""
    rows, lists = count(1), tuple(f"{path}." for path in ROWS)
    return [each for each in problems if not each.path.startswith(lists) or next(rows) <= TOLD]


def put(tree: Node, path: str, value: Node) -> Node:
    """The tree with another value at a path that it has."""
    key, _, rest = path.partition(".")
    inner = tree.value[key]
    return Node({**tree.value, key: put(inner, rest, value) if rest else value}, tree.origin)


def cell(tree: Node, column: str, row: int) -> Origin:
    """Where a value of the drawn inputs stands: in its own line of a file of rows, or in a list."""
    node = tree.get(f"{DRAWS}.{column}")
    assert node is not None
    if isinstance(node.value, list):
        return node.value[row].origin
    return _below(node.origin, row)


def _below(header: Origin, row: int) -> Origin:
    return header if header.line is None else Origin(header.place, header.line + 1 + row)


def _rows(at: Node, path: str, row: type[Block]) -> Node:
    """Rows of the file that is named, each at its line; cells that are empty are left out."""
    given: dict[str, Node] = at.value
    for key, each in given.items():
        if key != _FILE:
            message = worded("unknown-key", key=key)
            _refuse(each.origin, f"{path}.{key}", message, _FILE, nearest(key, [_FILE]) or "")
    named = given.get(_FILE)
    if named is None or not isinstance(named.value, str):
        value = None if named is None else named.plain
        _refuse(
            (named or at).origin,
            f"{path}.{_FILE}",
            worded("not-a-file-name", plain=quoted(value)),
            worded("allowed-table"),
        )
    table = table_at(named, f"{path}.{_FILE}")
    header = next((each.origin for each in table.value.values()), named.origin)
    slots, columns = fields(row), list(table.value)
    known = ", ".join(slots)
    for name in columns:
        if name not in slots:
            _refuse(header, path, worded("table-column-unknown", name=repr(name)), known, nearest(name, slots) or "")
    for name, slot in slots.items():
        if slot.required and name not in columns:
            _refuse(header, path, worded("table-column-missing", name=repr(name)), known)
    values = [each.value for each in table.value.values()]
    rows = []
    for number, cells in enumerate(zip(*values, strict=True)):
        place = _below(header, number)
        told = {name: value for name, value in zip(columns, cells, strict=True) if value is not None}
        names = {name: str(value) for name, value in told.items() if slots[name].annotation is str}
        rows.append(Node({name: Node(value, place) for name, value in (told | names).items()}, place))
    return Node(rows, at.origin)


def _refuse(origin: Origin, path: str, message: str, allowed: str, near: str = "") -> NoReturn:
    raise ScenarioError(Problem(origin.place, origin.line, path, message, None, allowed, near))
