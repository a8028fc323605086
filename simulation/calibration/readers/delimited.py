"""Text with delimiters to a table of words: delimiter from the header line, quotes in both manners, line numbers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.calibration.readers.content import LONGEST_LINE, as_utf8
from simulation.calibration.readers.guessing import recognised
from simulation.calibration.readers.problems import refuse
from simulation.calibration.readers.raw import Column, Sheet, numbered
from simulation.texts import worded

DELIMITERS = ";,\t"
NAMES = {";": ";", ",": ",", "\t": "tab"}
MOST_COLUMNS = 2_000
LOOKED_AT = 30
"""Records at the begin among which the headings are sought."""
HEAD = 4_000_000
_END = ord("\n")
_ESCAPED = re.compile(rb'(?<!\\)\\"(?=[^;,\t\r\n])')
"""A quotation mark behind a backslash that does not end the cell (Bitrix24)."""
_FROM_EXCEL = re.compile(r'^="(.*)"$', re.DOTALL)

Heads = Callable[[Sequence[Sequence[str]]], int]
"""Tells which of the first records has the headings."""


def read_text(path: str, raw: bytes, heads: Heads, only: Callable[[tuple[str, ...]], Sequence[int]]) -> Sheet:
    """The table in a text.

    Args:
        path: the file as the user named it.
        raw: its bytes.
        heads: tells which of the first records has the headings.
        only: which columns are wanted, by the headings; others are empty in the result.

    Raises:
        RecordsError: an encoding that is not read, a line without end, one column, no rows.
    """
    _no_endless_line(path, raw)
    data, encoding, notes = as_utf8(path, raw)
    if b"\n" not in data and b"\r" in data:
        data = data.replace(b"\r", b"\n")
    if b'\\"' in data:
        data = _ESCAPED.sub(b'""', data)
    delimiter, records = _begin(path, data)
    if not records:
        refuse(path, worded("reading-empty-file"), allowed=worded("reading-allowed-files"))
    chosen = heads([cells for cells, _, _ in records])
    header, end, line = records[chosen]
    if len(header) > MOST_COLUMNS:
        refuse(path, worded("reading-many-columns", columns=len(header), most=MOST_COLUMNS), line=line)
    headers = numbered(_without_empty_end(header))
    if len(headers) < 2:
        refuse(path, worded("reading-one-column"), line=line, allowed=worded("reading-allowed-delimiters"))
    sheet = _rows(path, data[end:], delimiter, headers, line, only(headers))
    sheet.told = {"encoding": encoding, "delimiter": NAMES[delimiter]}
    sheet.notes[:0] = notes
    if chosen and not (chosen == 1 and records[0][0][0].lower().startswith("sep=")):
        sheet.notes.append(worded("reading-note-above", file=Path(path).name, line=line))
    return sheet


def _no_endless_line(path: str, raw: bytes) -> None:
    """Refuses a file of which a line has no end."""
    step = LONGEST_LINE
    if len(raw) <= step:
        return
    wide = 2 if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else 1
    start = 0
    while start + step < len(raw):
        last = max(raw.rfind(b"\n", start, start + step), raw.rfind(b"\r", start, start + step))
        if last < 0:
            line = raw.count(b"\n", 0, start) + 1
            refuse(path, worded("reading-endless-line", largest=step // 1_000_000 * wide), line=line)
        start = last + 1


def _begin(path: str, data: bytes) -> tuple[str, list[tuple[list[str], int, int]]]:
    """The delimiter, and the first records: cells, where the record ends in the bytes, its first line."""
    head = data[:HEAD]
    lines = head.splitlines(keepends=True)
    if len(head) < len(data):
        lines = lines[:-1]
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    told = lines[first].strip().lower() if lines else b""
    if told.startswith(b"sep=") and len(told) == 5 and chr(told[4]) in DELIMITERS:
        delimiter = chr(told[4])
    else:
        delimiter = _delimiter([line.decode("utf-8", "replace") for line in lines[first : first + LOOKED_AT]])
    return delimiter, list(_records(path, lines, delimiter))


def _delimiter(lines: Sequence[str]) -> str:
    """The delimiter at which most known headings stand in a line; where none does, that of the first line that has one.

    Cells in quotes are left aside; of equals comes `;` first, then `,`, then tab.
    """
    known = {sign: max((recognised(_cells(line, sign)) for line in lines), default=0) for sign in DELIMITERS}
    most = max(known.values())
    if most >= 2 and list(known.values()).count(most) == 1:
        return max(known, key=lambda sign: known[sign])
    best = ";"
    widest = 0
    for line in lines:
        bare = re.sub(r'"(?:[^"]|"")*"', "", line)
        counts = {sign: bare.count(sign) for sign in DELIMITERS}
        found = max(DELIMITERS, key=lambda sign: counts[sign])
        if counts[found] > 1:
            return found if widest < counts[found] else best
        if counts[found] > widest:
            best, widest = found, counts[found]
    return best


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of one line."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _records(path: str, lines: Sequence[bytes], delimiter: str) -> Iterator[tuple[list[str], int, int]]:
    """The first records that are not empty."""
    taken = 0

    def fed() -> Iterator[str]:
        nonlocal taken
        for line in lines:
            taken += 1
            yield line.decode("utf-8", "replace")

    reader = csv.reader(fed(), delimiter=delimiter)
    ends = np.cumsum([len(line) for line in lines])
    found, before = 0, 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found += 1
                yield cells, int(ends[taken - 1]), before + 1
            before = taken
            if found >= LOOKED_AT:
                return
    except csv.Error as error:
        refuse(path, worded("file-unreadable", error=error), line=taken)


def _without_empty_end(header: Sequence[str]) -> list[str]:
    """The headings without the empty ones that a delimiter at the end of the line makes."""
    kept = list(header)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _rows(path: str, data: bytes, delimiter: str, headers: tuple[str, ...], line: int, wanted: Sequence[int]) -> Sheet:
    """All records below the headings, in words; `line` is that of the headings."""
    count = len(headers)
    wanted = sorted(set(wanted)) or [0]
    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == _END)
    physical = len(ends) + (not data.endswith(b"\n") and bool(data))
    frame = _parsed(path, data, delimiter, count, line, wanted)
    if len(frame) - 1 != physical and len(wanted) < count:  # cells with ends of line: all count for the line of a row
        wanted = range(count)
        frame = _parsed(path, data, delimiter, count, line, wanted)
    columns = {place: _column(frame[place]) for place in (*wanted, count, count + 1)}
    lines = line + np.arange(1, len(frame), dtype=np.int64)
    if len(frame) - 1 != physical:
        broken = np.sum([_broken(column) for column in columns.values()], axis=0)
        lines = lines + np.cumsum(broken) - broken
    over = columns[count].filled | columns[count + 1].filled
    blank = ~over
    for place in wanted:
        blank &= ~columns[place].filled
    if len(wanted) < count:
        for row in np.flatnonzero(blank):
            start, end = (ends[row - 1] + 1 if row else 0), (ends[row] if row < len(ends) else len(data))
            blank[row] = not data[start:end].strip(delimiter.encode() + b' "\r')
    empty = Column.empty(len(lines))
    sheet = Sheet(path, headers, tuple(columns.get(place, empty) for place in range(count)), lines)
    if blank.any():
        sheet.columns = tuple(column.where(~blank) for column in sheet.columns)
        sheet.lines, over = lines[~blank], over[~blank]
    sheet.keep(~over, worded("reading-left-cells", columns=count))
    return sheet


def _parsed(path: str, data: bytes, delimiter: str, count: int, line: int, wanted: Sequence[int]) -> pd.DataFrame:
    """The wanted columns and two more, in which stands what is beyond the headings; a row that makes room is first."""
    room = (delimiter * (count + 1) + "x\n").encode()
    try:
        return pd.read_csv(
            io.BytesIO(room + data),
            sep=delimiter,
            header=None,
            names=list(range(count + 2)),
            usecols=[*wanted, count, count + 1],
            index_col=False,
            dtype=object,
            keep_default_na=False,
            na_values=[""],
            skip_blank_lines=False,
            low_memory=False,
        )
    except pd.errors.ParserError as error:
        unclosed = re.search(r"EOF inside string starting at row (\d+)", str(error))
        if unclosed:
            refuse(path, worded("reading-open-quote"), line=line + int(unclosed[1]))
        refuse(path, worded("file-unreadable", error=error))


def _column(series: pd.Series) -> Column:
    """A column of words, without the record in front; Excel's `="007"` is 007."""
    codes, found = pd.factorize(series.to_numpy()[1:])
    words: list[str] = found.tolist()
    if any([word[:2] == '="' for word in words]):
        return Column.merged(codes, [_FROM_EXCEL.sub(r"\1", word) for word in words])
    return Column.merged(codes, words, True)


def _broken(column: Column) -> NDArray[np.int64]:
    """Ends of line within the cell of each row."""
    if not any(["\n" in word for word in column.words]):
        return np.zeros(len(column.codes), np.int64)
    return column.told(lambda word: word.count("\n"), 0, np.int64)
