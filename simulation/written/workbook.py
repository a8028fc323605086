"""A scenario written as a workbook (.xlsx or .ods): from cells to the tree that YAML gives.

Every sheet whose second row holds the keys of `HEADS` is read; others (notes, checks, the owner's own) are not. A row
is one value: its place in the scenario stands in the column `key`, which the form hides (`market.channels.site
.leads_per_month`; an entry of a list goes by its number in brackets, `market.stages[0].name`). What an owner leaves
empty is not written. `simulation.intake.workbook_form` writes such a file.
"""

from __future__ import annotations

import io
import json
import math
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import yaml

from simulation.texts import LANGUAGES, texts, worded
from simulation.written.choices import LawError, from_words
from simulation.written.errors import Problem, ScenarioError
from simulation.written.spelling import maybe_number
from simulation.written.tree import Node, Origin, node
from simulation.written.yamltext import read_text

HEADS = (
    "label",
    "value",
    "unit",
    "check",
    "default",
    "low",
    "high",
    "source",
    "note",
    "allowed",
    "kind",
    "key",
    "must",
    "least",
    "most",
)
"""Columns of a sheet, by the keys that stand hidden in its second row."""
HIDDEN = ("kind", "key", "must", "least", "most")
MARK = "sales-form-1"
"""Stands hidden behind the keys of the second row: which form of the form it is."""
FIRST_ROW = 3
"""Row of the first value, from 0."""
LARGEST = 50_000_000
"""Bytes that a workbook may hold unpacked."""
MOST_CELLS = 60_000_000
"""Cells of a sheet that what opens it may hold; programs write a million empty rows behind a form of some hundred."""
_REPEATED = re.compile(
    rb'<table:table-(?:row|cell)\b[^>]*?number-(rows|columns)-repeated="(\d+)"[^>]*?(/?)>|</table:table-row>'
)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"')
_WIDE = re.compile(rb'\br="([A-Z]{2,3})\d+"')
LONGEST = 30_000
"""Characters of a cell; of a longer value the rest stands in the rows below, under the same key."""
TEXT, FLOW, NUMBER, LIST, NUMBERS = "text", "flow", "number", "list", "numbers"
"""Kinds of a value: a text as it stands; a list, mapping, number or nothing as YAML writes it; a number, word or law; a
list of texts or of numbers, with a semicolon between them."""

Step = str | int


def is_workbook(raw: bytes) -> bool:
    """Whether a file's first bytes are those of a zip, as .xlsx and .ods are."""
    return raw[:4] == b"PK\x03\x04"


def check_size(raw: bytes, name: str, largest: int = LARGEST) -> None:
    """Refuses a zip that is broken, or too large unpacked, before anybody unpacks it.

    Raises:
        ScenarioError: it is.
    """
    large = ScenarioError(Problem(name, None, "", worded("workbook-too-large", largest=largest // 1_000_000)))
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            parts = packed.infolist()
            if sum(each.file_size for each in parts) > largest:
                raise large
            for each in parts:
                if _SHEET.fullmatch(each.filename) and math.prod(extent(packed.read(each))) > MOST_CELLS:
                    raise large  # what opens it holds every cell between the corners
                if each.filename == "content.xml" and any(n > MOST_CELLS for n, _, _ in repeated(packed.read(each))):
                    raise large
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise ScenarioError(Problem(name, None, "", worded("workbook-broken"))) from error


def extent(sheet: bytes) -> tuple[int, int]:
    """Rows and columns between the corners of a sheet of an .xlsx, from its XML."""
    rows = max((int(number) for number in _ROW.findall(sheet)), default=sheet.count(b"<row"))
    return rows, max((column_of(letters) + 1 for letters in set(_WIDE.findall(sheet))), default=26)


def repeated(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Cells that an .ods comes to so far, with the rows and the width of where it repeats them, from its XML.

    Empty ends of rows and of the sheet are usual, and are not counted.
    """
    cells, width, rows = 0, 0, 1
    for found in _REPEATED.finditer(content):
        what, number, closed = found[1], int(found[2] or 1), found[3]
        if what == b"columns":
            width += 0 if closed and number > 1000 else number
        elif what == b"rows":
            rows, width = number, 0
        else:
            cells += rows * width if width else 0
            rows, width = 1, 0
        yield cells + (rows * width if width > 1000 else 0), rows, width


def column_of(letters: bytes) -> int:
    """Number of a column from its letters, A is 0."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number - 1


def read_workbook(raw: bytes, name: str) -> Node:
    """The tree of a workbook.

    Args:
        raw: the file.
        name: of the file, for messages.

    Raises:
        ScenarioError: it is no workbook, no form of a scenario, or a cell holds what cannot be read (sheet and row).
    """
    from python_calamine import CalamineError, CalamineWorkbook

    check_size(raw, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        sheets = {each: book.get_sheet_by_name(each).to_python(skip_empty_area=False) for each in book.sheet_names}
    except (CalamineError, OSError, ValueError) as error:
        raise ScenarioError(Problem(name, None, "", worded("workbook-broken"))) from error
    rows = [row for sheet, cells in sheets.items() for row in _rows(f"{name} [{sheet}]", cells)]
    written = [row for row in rows if not row.is_blank]
    if not written:
        raise ScenarioError(Problem(name, None, "", worded("workbook-no-form")))
    blanks: Blanks = {}
    for row in rows:
        if row.is_blank and row.origin.line is not None:
            blanks.setdefault(row.steps[:-1], {})[str(row.steps[-1])] = row.origin
    return _tree(written, blanks)


class _Row:
    """A value of the form: its steps, what it is, and where it stands."""

    def __init__(self, cells: dict[str, Any], origin: Origin) -> None:
        self.cells, self.origin = cells, origin
        self.key = str(cells.get("key") or "").strip()
        self.kind = str(cells.get("kind") or "").strip() or NUMBER
        self.steps = steps(self.key, origin)

    @property
    def is_blank(self) -> bool:
        """Whether the owner left it empty."""
        return self.cells.get("value") in (None, "") and self.kind != f"{TEXT} empty"


def _rows(place: str, cells: Sequence[Sequence[Any]]) -> Iterable[_Row]:
    """The rows of a sheet that have a key, whether or not they hold a value.

    Raises:
        ScenarioError: a column or the row by which the sheet is read is gone, or a value has no key.
    """
    heads = [str(each) for each in cells[1]] if len(cells) > 1 else []
    if MARK not in heads:
        if _looks_like_a_form(cells):
            raise ScenarioError(Problem(place, 2, "", worded("workbook-no-heads")))
        return []
    lost = [head for head in ("key", "kind", "value") if head not in heads]
    if lost:
        raise ScenarioError(Problem(place, 2, "", worded("workbook-no-column", column=lost[0])))
    found: list[_Row] = []
    for number, row in enumerate(cells[FIRST_ROW:], FIRST_ROW + 1):
        held = {head: _clean(value) for head, value in zip(heads, row, strict=False) if head in HEADS}
        if not str(held.get("key") or "").strip():
            if held.get("value") not in (None, ""):  # a row of the owner's own, which would count for nothing
                told = worded("workbook-row-without-key", value=str(held["value"])[:60])
                raise ScenarioError(Problem(place, number, "", told))
            continue
        made = _Row(held, Origin(place, number, label=str(held.get("label") or held["key"]).strip()))
        if found and found[-1].key == made.key and made.kind.endswith("+"):  # the rest of a long value
            found[-1].cells["value"] = f"{found[-1].cells['value']}{held.get('value') or ''}"
        else:
            found.append(made)
    return found


def _looks_like_a_form(cells: Sequence[Sequence[Any]]) -> bool:
    """Whether the words above the columns stand in one of the first rows, though the hidden row of keys is gone."""
    named = ("value", "default", "low", "high")
    wanted = [{texts(language)(f"xlsx-{head}") for head in named} for language in LANGUAGES]
    return any(words <= {str(each) for each in row} for row in cells[:FIRST_ROW] for words in wanted)


def _clean(value: Any) -> Any:
    """A cell as plain values: whole numbers whole, times as people write them, texts without stray spaces."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        return f"{value.total_seconds() / 60:g} min"
    return value


_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def steps(key: str, origin: Origin) -> tuple[Step, ...]:
    """The steps to a place as the form writes it; numbers for entries of lists.

    Raises:
        ScenarioError: the key is none.
    """
    if key.startswith("[") and key.endswith("]") and '"' in key:
        try:
            given = json.loads(key)
            if all(isinstance(each, (str, int)) for each in given):
                return tuple(given)
        except ValueError:
            pass
    elif re.fullmatch(r"[^.\[\]]+(\[\d+\]|\.[^.\[\]]+)*", key):
        return tuple(int(number) if number else name for number, name in _STEP.findall(key))
    raise ScenarioError(Problem(origin.place, origin.line, "", worded("workbook-no-key", key=repr(key[:60])), key))


def key_of(path: Sequence[Step]) -> str:
    """A place as the form writes it: dotted, or as JSON where a name holds a dot or a bracket."""
    if any(isinstance(step, str) and (set(".[]") & set(step) or step.strip() != step) for step in path):
        return json.dumps(list(path), ensure_ascii=False)
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def _words(key: str) -> frozenset[str]:
    return frozenset(texts(language)(key).lower() for language in LANGUAGES)


def _value(row: _Row, cell: Any) -> Node:
    """What stands in a cell, as a node."""
    if row.kind.startswith(TEXT):
        return Node("" if cell is None else str(cell), row.origin)
    if not isinstance(cell, str):
        return Node(cell, row.origin)
    word = cell.strip()
    for key, meant in (("xlsx-yes", True), ("xlsx-no", False), ("xlsx-none", None)):
        if word.lower() in _words(key):
            return Node(meant, row.origin)
    if row.kind in (LIST, NUMBERS) and word[:1] not in ("[", "{"):
        entries = listed(word, row.kind)
        return Node(
            [_flow(each, row) if str(each)[:1] == "{" else Node(each, row.origin) for each in entries], row.origin
        )
    if row.kind == FLOW or word[:1] in "[{":
        return _flow(word, row)
    try:
        law = from_words(word)
    except LawError as error:
        at, key = row.origin, ".".join(map(str, row.steps))
        wrong = Problem(at.place, at.line, key, error.phrase, word[:60], error.allowed, error.near, at.label)
        raise ScenarioError(wrong) from error
    return Node(word, row.origin) if law is None else node(law, row.origin)


def _flow(text: str, row: _Row) -> Node:
    """A value as YAML writes it."""
    try:
        inner = read_text(f"v: {text}\n", row.origin.place).value["v"]
    except (ScenarioError, yaml.YAMLError) as error:
        at = row.origin
        problem = Problem(at.place, at.line, row.key, worded("workbook-not-read"), text[:60], label=at.label)
        raise ScenarioError(problem) from error
    return _placed(inner, row.origin)


def listed(text: str, kind: str) -> list[Any]:
    """The entries of a list as people write it: with semicolons between them, or with commas where there are none."""
    between = r"[;\n]" if ";" in text or "\n" in text else r",\s+|\s+" if kind == NUMBERS else ","
    parts = [part for each in re.split(between, text) if (part := each.strip())]
    return [_number(part) for part in parts] if kind == NUMBERS else parts


def _number(text: str) -> Any:
    """A number in the way of any language; the text itself where it is none, for whoever says what is allowed."""
    number = maybe_number(text)
    if number is None:
        return text
    return int(text) if re.fullmatch(r"[+-]?\d{1,15}", text) else number


def _placed(tree: Node, origin: Origin) -> Node:
    """A tree that stands at one place."""
    if isinstance(tree.value, dict):
        return Node({key: _placed(each, origin) for key, each in tree.value.items()}, origin)
    if isinstance(tree.value, list):
        return Node([_placed(each, origin) for each in tree.value], origin)
    return Node(tree.value, origin)


def _figure(row: _Row) -> Node:
    """The value of a row; with its range, source and note where they are given."""
    value = _value(row, row.cells.get("value"))
    low, high = row.cells.get("low"), row.cells.get("high")
    extra: dict[str, Node] = {}
    if low not in (None, "") or high not in (None, ""):
        extra["range"] = Node([_value(row, each) for each in (low, high) if each not in (None, "")], row.origin)
    for name in ("source", "note"):
        text = row.cells.get(name)
        if text not in (None, ""):
            extra[name] = Node(str(text), row.origin)
    return Node({"value": value, **extra}, row.origin) if extra else value


Blanks = dict[tuple[Step, ...], dict[str, Origin]]
"""Sheet, row and label of the keys that were left empty, by the steps to where they belong."""


def _tree(rows: Sequence[_Row], blanks: Blanks) -> Node:
    """The rows as one tree; entries of lists in the order of their numbers, gaps closed."""
    top: dict[Step, Any] = {}
    for row in rows:
        inside = top
        for step in row.steps[:-1]:
            inside = inside.setdefault(step, {})
            if not isinstance(inside, dict):
                raise ScenarioError(_twice(row))
        if row.steps[-1] in inside:
            raise ScenarioError(_twice(row))
        inside[row.steps[-1]] = _figure(row)
    return _as_node(top, (), blanks)


def _twice(row: _Row) -> Problem:
    at = row.origin
    return Problem(at.place, at.line, row.key, worded("workbook-twice", key=row.key), row.key, label=at.label)


def _as_node(inside: dict[Step, Any], path: tuple[Step, ...], blanks: Blanks) -> Node:
    made = {
        step: each if isinstance(each, Node) else _as_node(each, (*path, step), blanks) for step, each in inside.items()
    }
    first = next(iter(made.values())).origin
    if all(isinstance(step, int) for step in made):
        return Node([made[step] for step in sorted(made, key=int)], first)
    here = {key: each for key, each in blanks.get(path, {}).items() if each.place == first.place}
    empty = {key: (each.line, each.label) for key, each in here.items() if each.line is not None}
    return Node({str(step): each for step, each in made.items()}, replace(first, blanks=empty))
