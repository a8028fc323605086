"""Workbooks to tables of words: .xlsx, .xls and .ods by calamine, after a look at what they would unpack to."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np

from simulation.calibration.readers.delimited import LOOKED_AT, MOST_COLUMNS, Heads
from simulation.calibration.readers.problems import refuse
from simulation.calibration.readers.raw import Column, Sheet, numbered
from simulation.calibration.readers.unpacking import BROKEN, NO_SHEET, PASSWORD, cells_of
from simulation.texts import worded
from simulation.written.spelling import nearest

MOST_UNPACKED = 1_000_000_000
"""Bytes that a workbook may unpack to."""
MOST_TIMES = 200
"""How many times its size a part of a workbook may unpack to, where that is more than `SMALL`."""
SMALL = 20_000_000
MOST_CELLS = 60_000_000
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"')
_WIDE = re.compile(rb'\br="([A-Z]{2,3})\d+"')
_FORMULA = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]+)(\d+)"[^>]*>\s*<f\b[^>]*?(?:/>|>.*?</f>)\s*(<v\s*/>|<v></v>|</c>)', re.DOTALL
)
_REPEATED = re.compile(
    rb'<table:table-(?:row|cell)\b[^>]*?number-(rows|columns)-repeated="(\d+)"[^>]*?(/?)>|</table:table-row>'
)


def read_workbook(path: str, raw: bytes, heads: Heads, wanted: str | None = None) -> Sheet:
    """The sheet of a workbook in which the table is: the first with two columns and two rows, or the one that is named.

    Raises:
        RecordsError: a bomb, a password, no workbook at all, formulas without values, no table.
    """
    form, formulas = _unpacked(path, raw) if raw.startswith(b"PK") else ("xls", {})
    wrong, names, number, cells = cells_of(raw, wanted)
    if wrong == PASSWORD:
        refuse(path, worded("reading-password"))
    if wrong == NO_SHEET:
        refuse(path, worded("reading-no-sheet", name=wanted, names=names), near=nearest(str(wanted), names))
    if wrong == BROKEN:
        refuse(path, worded("reading-damaged"), allowed=worded("reading-allowed-files"))
    if number < 0:
        refuse(path, worded("reading-empty-file"), allowed=worded("reading-allowed-files"))
    name = names[number]
    sheet = table_of(path, cells, heads, formulas.get(number, frozenset()))
    sheet.form, sheet.typed = form, True
    sheet.told = {"sheet": name}
    if len(names) > 1:
        sheet.notes.append(worded("reading-note-sheet", file=sheet.name, sheet=name, others=len(names) - 1))
    return sheet


def _unpacked(path: str, raw: bytes) -> tuple[str, dict[int, frozenset[tuple[int, int]]]]:
    """Which kind of workbook a zip is, and the cells with formulas without values by sheet (row and column from 0).

    Raises:
        RecordsError: it would unpack to too much, its directory does not tell the truth, it is no workbook.
    """
    try:
        packed = zipfile.ZipFile(io.BytesIO(raw))
        parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        refuse(path, worded("reading-no-workbook", error=str(error)), allowed=worded("reading-allowed-files"))
    names = {part.filename for part in parts}
    total = sum(part.file_size for part in parts)
    for part in parts:
        swollen = part.file_size > SMALL and part.file_size > MOST_TIMES * max(part.compress_size, 1)
        if swollen or total > MOST_UNPACKED:
            size = max(part.file_size, total) // 1_000_000
            refuse(path, worded("reading-bomb", size=size, packed=max(len(raw) // 1000, 1)))
    if any(part.flag_bits & 1 for part in parts):
        refuse(path, worded("reading-password"))
    form = "xlsx" if "xl/workbook.xml" in names else "ods" if "content.xml" in names else ""
    if "xl/workbook.bin" in names:
        form = "xlsb"
    if not form or (form == "ods" and b"spreadsheet" not in _part(path, packed, "mimetype", names)[:200]):
        refuse(path, worded("reading-zip"), allowed=worded("reading-allowed-files"))
    formulas: dict[int, frozenset[tuple[int, int]]] = {}
    sheets = sorted(
        (name for name in names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)),
        key=lambda name: [int(each) if each.isdigit() else 0 for each in re.findall(r"\d+|\D+", name)],
    )
    for place, name in enumerate(sheets):
        text = _part(path, packed, name, names)
        _not_too_wide(path, text)
        if b"<f" in text:
            found = {(int(row) - 1, _number(letters)) for letters, row, _ in _FORMULA.findall(text)}
            formulas[place] = frozenset(found)
    for name in {"xl/sharedStrings.xml"} & names:
        _part(path, packed, name, names)
    if form == "ods":
        _not_repeated(path, _part(path, packed, "content.xml", names))
    return form, formulas


def _part(path: str, packed: zipfile.ZipFile, name: str, names: set[str]) -> bytes:
    """A part of a workbook, unpacked no further than its directory says; empty where there is none."""
    if name not in names:
        return b""
    try:
        return packed.read(name)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        refuse(path, worded("reading-no-workbook", error=str(error)), allowed=worded("reading-allowed-files"))


def _number(letters: bytes) -> int:
    """Number of a column from its letters, A is 0."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number - 1


def _not_too_wide(path: str, text: bytes) -> None:
    """Refuses a sheet whose corners lie so far apart that the cells between them would not fit into memory."""
    rows = max((int(number) for number in _ROW.findall(text)), default=text.count(b"<row"))
    columns = max((_number(letters) + 1 for letters in set(_WIDE.findall(text))), default=26)
    if columns > MOST_COLUMNS:
        refuse(path, worded("reading-many-columns", columns=columns, most=MOST_COLUMNS))
    if rows * columns > MOST_CELLS:
        refuse(path, worded("reading-many-cells", rows=rows, columns=columns))


def _not_repeated(path: str, text: bytes) -> None:
    """Refuses an ODS whose repeated cells would fill the memory; empty ends of rows and of the sheet are usual."""
    cells, width, rows = 0, 0, 1
    for found in _REPEATED.finditer(text):
        what, number, closed = found[1], int(found[2] or 1), found[3]
        if what == b"columns":
            width += 0 if closed and number > 1000 else number
        elif what == b"rows":
            rows, width = number, 0
        else:
            cells += rows * width if width else 0
            rows, width = 1, 0
        if cells + (rows * width if width > 1000 else 0) > MOST_CELLS:
            refuse(path, worded("reading-many-cells", rows=rows, columns=width))


def table_of(
    path: str, cells: Sequence[Sequence[Any]], heads: Heads, formulas: frozenset[tuple[int, int]] = frozenset()
) -> Sheet:
    """A table from rows of cells; lines are the rows of the sheet, from 1.

    Raises:
        RecordsError: one column, no headings, a formula without a value.
    """
    first = [number for number, row in enumerate(cells) if any(_text(cell) for cell in row)][:LOOKED_AT]
    if not first:
        refuse(path, worded("reading-empty-file"), allowed=worded("reading-allowed-files"))
    chosen = first[heads([[_text(cell) for cell in cells[number]] for number in first])]
    header = [_text(cell) for cell in cells[chosen]]
    while header and not header[-1]:
        header.pop()
    if len(header) < 2:
        refuse(path, worded("reading-one-column"), line=chosen + 1, allowed=worded("reading-two-columns"))
    if len(header) > MOST_COLUMNS:
        refuse(path, worded("reading-many-columns", columns=len(header), most=MOST_COLUMNS), line=chosen + 1)
    count, headers = len(header), numbered(header)
    for row, column in sorted(formulas):
        if row > chosen and column < count:
            refuse(path, worded("reading-formula-empty"), line=row + 1, column=headers[column])
    body = [row for row in cells[chosen + 1 :]]
    columns = tuple(Column.of(_texts(row[place] if place < len(row) else "" for row in body)) for place in range(count))
    lines = np.arange(chosen + 2, chosen + 2 + len(body), dtype=np.int64)
    over = np.array([any(_text(cell) for cell in row[count:]) for row in body], np.bool_)
    blank = ~over
    for each in columns:
        blank &= ~each.filled
    sheet = Sheet(path, headers, tuple(each.where(~blank) for each in columns), lines[~blank])
    if chosen != first[0]:
        sheet.notes.append(worded("reading-note-above", file=sheet.name, line=chosen + 1))
    sheet.keep(~over[~blank], worded("reading-left-cells", columns=count))
    return sheet


def _texts(cells: Iterator[Any]) -> Iterator[str]:
    return (_text(cell) for cell in cells)


_WRITTEN: dict[type, Callable[[Any], str]] = {
    str: str.strip,
    datetime: lambda cell: cell.isoformat(" ", "seconds"),
    date: lambda cell: cell.isoformat(),
    time: lambda cell: cell.isoformat(),
    timedelta: lambda cell: str(cell),
    bool: lambda cell: "TRUE" if cell else "FALSE",
    float: lambda cell: str(int(cell)) if cell == int(cell) and abs(cell) < 1e15 else repr(cell),
    int: str,
    type(None): lambda cell: "",
}


def _text(cell: Any) -> str:
    """A cell as a text: dates in the order of ISO, numbers with a decimal point."""
    written = _WRITTEN.get(type(cell))
    return written(cell) if written else str(cell).strip()
