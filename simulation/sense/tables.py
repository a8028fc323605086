"""Tables beside a scenario: what a file's name stands for, with the place of every row.

Two keys may name a file: `inputs.draws` (a column for each path) and `market.initial.pipeline` (`{file: NAME}`, a row
for each open lead or several alike). The tree then holds what the file says, so nobody needs the file after that.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import NoReturn

from simulation.scenario.customers import OpenLead
from simulation.texts import worded
from simulation.written.errors import Problem, ScenarioError
from simulation.written.schema import fields
from simulation.written.source import table_at
from simulation.written.spelling import nearest, quoted
from simulation.written.tree import Node, Origin

DRAWS = "inputs.draws"
PIPELINE = "market.initial.pipeline"
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
    named = tree.get(PIPELINE)
    if named is not None and isinstance(named.value, dict) and not named.is_figure:
        tree = put(tree, PIPELINE, _open_leads(named))
    elif named is not None and isinstance(named.value, str) and named.value.lower().endswith(_ENDINGS):
        near = f"{{{_FILE}: {named.value}}}"
        _refuse(
            named.origin,
            PIPELINE,
            worded("not-allowed-here", value=quoted(named.value)),
            worded("allowed-rows-or-file"),
            near,
        )
    return tree


def the_first(problems: Iterable[Problem]) -> list[Problem]:
    """Problems without those of rows beyond the first few: a column of another form is wrong in every row."""
    rows = count(1)
    return [each for each in problems if not each.path.startswith(f"{PIPELINE}.") or next(rows) <= TOLD]


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


def _open_leads(at: Node) -> Node:
    """Rows of the file that is named, each at its line; cells that are empty are left out."""
    given: dict[str, Node] = at.value
    for key, each in given.items():
        if key != _FILE:
            message = worded("unknown-key", key=key)
            _refuse(each.origin, f"{PIPELINE}.{key}", message, _FILE, nearest(key, [_FILE]) or "")
    named = given.get(_FILE)
    if named is None or not isinstance(named.value, str):
        value = None if named is None else named.plain
        _refuse(
            (named or at).origin,
            f"{PIPELINE}.{_FILE}",
            worded("not-a-file-name", plain=quoted(value)),
            worded("allowed-table"),
        )
    table = table_at(named, f"{PIPELINE}.{_FILE}")
    header = next((each.origin for each in table.value.values()), named.origin)
    slots, columns = fields(OpenLead), list(table.value)
    known = ", ".join(slots)
    for name in columns:
        if name not in slots:
            _refuse(
                header, PIPELINE, worded("table-column-unknown", name=repr(name)), known, nearest(name, slots) or ""
            )
    for name, slot in slots.items():
        if slot.required and name not in columns:
            _refuse(header, PIPELINE, worded("table-column-missing", name=repr(name)), known)
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
