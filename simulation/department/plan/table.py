"""Tables: arrays with a documented index. Every column says its axes, its unit and what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field, fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

KINDS = {"Ints": "int64", "Floats": "float64", "Flags": "bool"}


class Column(NamedTuple):
    """One column of a table."""

    table: str
    name: str
    axes: tuple[str, ...]  # () for a single number
    kind: str  # dtype
    unit: str  # "" for a plain number
    meaning: str


def column(axes: str, meaning: str, unit: str = "") -> Any:
    """A column of a table (a frozen dataclass): its axes, separated by spaces, its meaning and its unit."""
    return field(metadata={"axes": tuple(axes.split()), "meaning": meaning, "unit": unit})


def columns(table: type) -> Iterator[Column]:
    """The columns of a table in their order."""
    for each in fields(table):
        about = each.metadata
        yield Column(table.__name__, each.name, about["axes"], KINDS[str(each.type)], about["unit"], about["meaning"])


def sizes(table: Any) -> Iterator[tuple[str, int]]:
    """Each axis that a column of a made table has, with its length there."""
    for each in columns(type(table)):
        yield from zip(each.axes, getattr(table, each.name).shape, strict=True)


def padded(rows: Any, fill: float, kind: Any, axes: int = 2) -> Any:
    """Ragged nested lists as one array of so many axes; what a row lacks has the value `fill`."""
    shape = [0] * axes

    def measure(part: Any, depth: int) -> None:
        if isinstance(part, (list, tuple)):
            shape[depth] = max(shape[depth], len(part))
            for each in part:
                measure(each, depth + 1)

    measure(rows, 0)
    out = np.full(shape, fill, kind)

    def put(part: Any, at: tuple[int, ...]) -> None:
        if isinstance(part, (list, tuple)):
            for number, each in enumerate(part):
                put(each, (*at, number))
        else:
            out[at] = part

    put(rows, ())
    return out


def index(tables: Iterable[type]) -> str:
    """All columns of all tables, as a table in Markdown."""
    lines = ["| column | axes | kind | unit | what it holds |", "|---|---|---|---|---|"]
    lines += [
        f"| `{each.table}.{each.name}` | {', '.join(each.axes) or '–'} | {each.kind} | {each.unit} | {each.meaning} |"
        for table in tables
        for each in columns(table)
    ]
    return "\n".join(lines)
