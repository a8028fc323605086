"""Reading scenario files: from a path to one tree of plain values that knows the line of each.

``extends: other.yaml`` lays a file upon another one: mappings are merged key by key, lists are replaced
whole, and ``key: null`` takes an inherited key away. Figures with range and source are replaced by their
values and kept aside.
"""

from __future__ import annotations

import csv
import html
import io
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from simulation.texts import Verbatim, joined, verbatim, worded
from simulation.written import figures as figures_module
from simulation.written.errors import Problem, ScenarioError
from simulation.written.figures import Figure
from simulation.written.spelling import nearest, quoted
from simulation.written.tree import Node, Origin, merge
from simulation.written.workbook import is_workbook, read_workbook
from simulation.written.yamltext import read_text

LARGEST = 1_000_000
LARGEST_PAGE = 4 * LARGEST
LONGEST_CHAIN = 20
PAGES = (".html", ".htm")
"""Ends of the names of pages, which hold their scenario."""
_IN_PAGE = re.compile(r'<template class="scenario"(?: data-title="([^"]*)")?[^<>]*>\n?([^<]*)</template>')
_ONE_OF = re.compile(r"(.+\.html?)#(\d{1,3})", re.IGNORECASE | re.DOTALL)
"""One of the scenarios of a page: its file and the number of the scenario, from 1."""


@dataclass(frozen=True)
class SourceTree:
    """What was read, before it is checked against the schema.

    Attributes:
        root: the tree with the place of every value; figures are already replaced by their values.
        figures: the figures under their dotted paths, as written.
        files: the files read, the user's own first.
    """

    root: Node
    figures: dict[str, Figure]
    files: tuple[str, ...]

    @property
    def data(self) -> dict[str, Any]:
        """Plain dicts, lists and scalars."""
        plain: dict[str, Any] = self.root.plain
        return plain

    @property
    def marks(self) -> dict[str, tuple[str, int | None]]:
        """File and line of each dotted path."""
        return {path: (node.origin.place, node.origin.line) for path, node in self.root.walk()}

    @property
    def origins(self) -> dict[str, str]:
        """'file:line' or 'preset NAME' of each dotted path."""
        return {path: str(node.origin) for path, node in self.root.walk()}


def read(path: str | os.PathLike[str]) -> SourceTree:
    """Reads a scenario file with everything it extends; figures are resolved.

    Raises:
        ScenarioError: the file cannot be read, is no mapping in YAML, extends in a circle, has a bad figure.
    """
    root, files = read_file(path)
    resolved, figures = figures_module.resolve(root)
    return SourceTree(resolved, figures, files)


def read_file(path: str | os.PathLike[str]) -> tuple[Node, tuple[str, ...]]:
    """The tree of a file laid upon what it extends, figures still in it, and the files read.

    A page of the program is read as the scenario that it holds, with the checks of any other file.
    """
    name = os.fspath(path)
    return _extended(_tree_of(name, None), (name,))


def read_string(text: str, name: str) -> tuple[Node, tuple[str, ...]]:
    """The same for a text; ``extends`` in it is relative to the working directory."""
    if len(text) > LARGEST:
        refuse(name, worded("text-too-long", largest=LARGEST // 1000000))
    return _extended(read_text(str(text), name), (name,))  # the reader takes no text that is more than one


def refuse(name: str, message: str, at: Node | None = None, path: str = "extends", suggestion: str = "") -> NoReturn:
    """Refuses a file; ``at`` is the value at a path that asked for it, or None where the user did."""
    if at is None:
        raise ScenarioError(Problem(name, None, "", message, suggestion=suggestion))
    origin = at.origin
    told = joined((Verbatim(name), verbatim(message)), ": ")
    allow = worded("allowed-file-name" if path == "extends" else "allowed-table-of-rows")
    raise ScenarioError(Problem(origin.place, origin.line, path, told, at.value, allow, suggestion))


def _extended(tree: Node, chain: tuple[str, ...]) -> tuple[Node, tuple[str, ...]]:
    """Lays a tree upon the file that it extends, and that one upon the next."""
    inside = dict(tree.value)
    wanted = inside.pop("extends", None)
    own = Node(inside, tree.origin)
    if wanted is None or wanted.value is None:
        return own, chain
    if not isinstance(wanted.value, str) or not wanted.value.strip() or "\0" in wanted.value:
        problem = worded("not-a-file-name", plain=quoted(wanted.plain))
        allow, place = worded("allowed-file-name"), wanted.origin
        raise ScenarioError(Problem(place.place, place.line, "extends", problem, wanted.plain, allow))
    name = os.path.join(os.path.dirname(chain[-1]), wanted.value.strip())
    real = [os.path.realpath(link) for link in chain]
    if os.path.realpath(name) in real:
        circle = " -> ".join([*chain[real.index(os.path.realpath(name)) :], name])
        refuse(name, worded("extends-circle", circle=circle), wanted)
    if len(chain) >= LONGEST_CHAIN:
        refuse(name, worded("extends-chain", longest_chain=LONGEST_CHAIN), wanted)
    base, files = _extended(_tree_of(name, wanted), (*chain, name))
    return merge(base, own), files


def _tree_of(name: str, at: Node | None) -> Node:
    """The tree of a file, of any kind in which a scenario is written."""
    return tree_in(bytes_of(_file(name), at, largest=_largest(name)), name, at)


def tree_in(raw: bytes, name: str, at: Node | None = None) -> Node:
    """The tree in the content of a file: of YAML, of a workbook with the form, of a page of the program.

    Args:
        raw: the content.
        name: of the file; 'page.html#2' is the second scenario of a page.
        at: the value that asks for it, or None where the user did.

    Raises:
        ScenarioError: none of them is there.
    """
    if is_workbook(raw):
        return read_workbook(raw, name)
    text = _decoded(raw, name, at)
    return read_text(in_page(text, name) if _is_page(name) else text, name)


def in_pages(path: str | os.PathLike[str]) -> list[str]:
    """Names of the scenarios of a file, each of which can be read: of a page with several, 'page.html#1' and on.

    Raises:
        ScenarioError: a page cannot be read.
    """
    name = os.fspath(path)
    if not _is_page(name) or _file(name) != name:
        return [name]
    return held(bytes_of(name, None, largest=_largest(name)), name)


def held(raw: bytes, name: str) -> list[str]:
    """The same of the content of a file that somebody has sent."""
    if not _is_page(name) or is_workbook(raw):
        return [name]
    found = _IN_PAGE.findall(_decoded(raw, name, None))
    return [f"{name}#{number}" for number in range(1, len(found) + 1)] if len(found) > 1 else [name]


def _file(name: str) -> str:
    """The file of a name that may be that of one of the scenarios of a page."""
    found = _ONE_OF.fullmatch(name)
    return found[1] if found is not None and not os.path.lexists(name) else name


def _is_page(name: str) -> bool:
    return _file(name).lower().endswith(PAGES)


def seen_to_be_short(raw: bytes, name: str) -> None:
    """Refuses the content of a file that is too large.

    Raises:
        ScenarioError: it is.
    """
    if len(raw) > (largest := _largest(name)):
        refuse(name, worded("file-too-large", largest=largest // 1000000))


def _largest(name: str) -> int:
    return LARGEST_PAGE if _is_page(name) else LARGEST


def in_page(page: str, name: str) -> str:
    """The scenario that a page of the program holds, each line where it stands in the page.

    Raises:
        ScenarioError: it holds none, not the one that is asked for, or several and none is asked for.
    """
    found = list(_IN_PAGE.finditer(page))
    if not found:
        refuse(name, worded("page-without-scenario"))
    file = _file(name)
    number = int(name[len(file) + 1 :]) if file != name else 1
    if number > len(found) or not number or (file == name and len(found) > 1):
        there = (f"{file}#{n} ({html.unescape(each[1] or '')})" for n, each in enumerate(found, 1))
        refuse(name, worded("page-with-scenarios", count=len(found), names=Verbatim(", ".join(there))))
    chosen = found[number - 1]
    text = html.unescape(chosen[2])
    if len(text) > LARGEST:
        refuse(name, worded("text-too-long", largest=LARGEST // 1000000))
    return "\n" * page.count("\n", 0, chosen.start(2)) + text


def text_of(name: str, at: Node | None, key: str = "extends", largest: int = LARGEST) -> str:
    """The text of a file, refused when it is no readable UTF-8 text of a sensible size.

    Args:
        name: of the file.
        at: the value that asks for it, or None where the user did.
        key: path of that value.
        largest: bytes.
    """
    return _decoded(bytes_of(name, at, key, largest), name, at, key)


def bytes_of(name: str, at: Node | None, key: str = "extends", largest: int = LARGEST) -> bytes:
    """What stands in a file, refused when it cannot be read or is too large; arguments as `text_of`."""
    path = Path(name)
    try:
        if path.is_dir():
            refuse(name, worded("file-is-folder"), at, key)
        if path.exists() and not path.is_file():
            refuse(name, worded("file-not-regular"), at, key)
        with path.open("rb") as file:
            raw = file.read(largest + 1)
    except FileNotFoundError:
        refuse(name, worded("file-missing"), at, key, _near_file(path))
    except PermissionError:
        refuse(name, worded("file-forbidden"), at, key)
    except (OSError, ValueError) as error:
        refuse(name, worded("file-unreadable", error=getattr(error, "strerror", None) or error), at, key)
    if len(raw) > largest:
        refuse(name, worded("file-too-large", largest=largest // 1000000), at, key)
    return raw


def _decoded(raw: bytes, name: str, at: Node | None, key: str = "extends") -> str:
    if b"\0" in raw:
        refuse(name, worded("file-binary"), at, key)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        refuse(name, worded("file-not-utf8", line=line), at, key)


def _near_file(path: Path) -> str:
    """A file beside the missing one with a name like it, or ''."""
    try:
        names: Sequence[str] = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
    except OSError:
        names = []
    near = nearest(path.name, names, cutoff=0.7)
    return str(path.parent / near) if near else ""


LARGEST_TABLE = 50_000_000
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
    reader = csv.reader(io.StringIO(text_of(name, at, path, LARGEST_TABLE)), strict=True)
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
