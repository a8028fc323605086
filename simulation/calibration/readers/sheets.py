"""Workbooks to tables of words: .xlsx, .xls and .ods, after a look at what they would unpack to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np

from simulation.calibration.readers.delimited import LOOKED_AT, MOST_COLUMNS, Heads
from simulation.calibration.readers.packed import Formulas, inspected
from simulation.calibration.readers.problems import refuse
from simulation.calibration.readers.raw import Column, Sheet, numbered
from simulation.calibration.readers.unpacking import BROKEN, NO_SHEET, PASSWORD, cells_of
from simulation.texts import worded
from simulation.written.spelling import nearest


def read_workbook(path: str, raw: bytes, heads: Heads, wanted: str | None = None) -> Sheet:
    """The sheet of a workbook in which the table is: the first with two columns and two rows, or the one that is named.

    Raises:
        RecordsError: a bomb, a password, no workbook at all, formulas without values, no table.
    """
    form, formulas = inspected(path, raw) if raw.startswith(b"PK") else ("xls", {})
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
    sheet = table_of(path, cells, heads, formulas.get(number))
    sheet.form, sheet.typed = form, True
    sheet.told = {"sheet": name}
    if len(names) > 1:
        sheet.notes.append(worded("reading-note-sheet", file=sheet.name, sheet=name, others=len(names) - 1))
    return sheet


def table_of(path: str, cells: Sequence[Sequence[Any]], heads: Heads, formulas: Formulas | None = None) -> Sheet:
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
    body = [row for row in cells[chosen + 1 :]]
    columns = tuple(Column.of(_texts(row[place] if place < len(row) else "" for row in body)) for place in range(count))
    lines = np.arange(chosen + 2, chosen + 2 + len(body), dtype=np.int64)
    over = np.array([any(_text(cell) for cell in row[count:]) for row in body], np.bool_)
    blank = ~over
    for each in columns:
        blank &= ~each.filled
    sheet = Sheet(path, headers, tuple(each.where(~blank) for each in columns), lines[~blank])
    for (row, place), valued in sorted((formulas or {}).items(), reverse=True):
        if row > chosen and place < count:
            sheet.formulas[place] = row + 1, valued and sheet.formulas.get(place, (0, True))[1]
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
