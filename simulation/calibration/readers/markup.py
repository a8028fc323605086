"""HTML tables, which some systems call .xls, and XES logs: read event by event, without entities and links."""

from __future__ import annotations

import html
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.parsers import expat

import numpy as np

from simulation.calibration.readers.content import as_utf8
from simulation.calibration.readers.delimited import MOST_COLUMNS, Heads
from simulation.calibration.readers.problems import refuse
from simulation.calibration.readers.raw import Column, Sheet
from simulation.calibration.readers.sheets import table_of
from simulation.texts import worded

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
MOST_SPAN = 1_000


def read_html(path: str, raw: bytes, heads: Heads) -> Sheet:
    """The largest table of an HTML page; lines are those of the file.

    Raises:
        RecordsError: there is no table in it.
    """
    declared = _CHARSET.search(raw[:4096])
    data, encoding, notes = as_utf8(path, raw, declared[1].decode() if declared else "")
    text = data.decode("utf-8")
    tables = [_simple(text)] if _is_simple(text) else _any(text)
    tables = [table for table in tables if table]
    if not tables:
        refuse(path, worded("reading-no-table"), allowed=worded("reading-allowed-files"))
    rows = max(tables, key=lambda table: sum(len(cells) for _, cells in table))
    sheet = table_of(path, [cells for _, cells in rows], heads)
    lines = np.array([line for line, _ in rows], np.int64)
    sheet.lines = lines[sheet.lines - 1]
    sheet.form, sheet.told = "html", {"encoding": encoding}
    sheet.notes[:0] = notes
    return sheet


def _is_simple(text: str) -> bool:
    """Whether a page is one table whose cells all end and span nothing, as CRM systems write it."""
    tags = Counter(tag.lower() for tag in _TAGS.findall(text))
    whole = all(tags[tag] == tags[f"/{tag}"] for tag in ("tr", "td", "th", "table"))
    return whole and tags["table"] == 1 and not _UNUSUAL.search(text)


_TAGS = re.compile(r"<(/?(?:table|tr|td|th))\b", re.IGNORECASE)
_UNUSUAL = re.compile(r"<!--|<!\[|<script|<style|<title|colspan", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b[^>]*>(.*?)</t[dh]\s*>", re.IGNORECASE | re.DOTALL)
_ROW = re.compile(r"<tr\b[^>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^>]*>")
Rows = list[tuple[int, list[str]]]
"""Rows of a table, each with its line."""


def _simple(text: str) -> Rows:
    """The rows of a page that is one simple table: the same as `_any` finds, four times as fast."""
    rows: Rows = []
    starts = [found.start() for found in _ROW.finditer(text)]
    line, before = 1, 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        line, before = line + text.count("\n", before, start), start
        cells = _CELL.findall(text, start, end)
        rows.append((line, [_cell(cell) for cell in cells]))
    return rows


def _cell(cell: str) -> str:
    if "<" in cell:
        cell = _ANY_TAG.sub("", _BREAK.sub("\n", cell))
    return (html.unescape(cell) if "&" in cell else cell).strip()


def _any(text: str) -> list[Rows]:
    """The rows of all tables of a page."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    parser.end_table()
    return parser.tables


class _Tables(HTMLParser):
    """Rows of all tables of a page, each with its line; a table within a cell is text of the cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[tuple[int, list[str]]]] = []
        self._rows: list[tuple[int, list[str]]] = []
        self._cells: list[str] | None = None
        self._line = 0
        self._text: list[str] | None = None
        self._span = 1
        self._silent = 0
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "title"):
            self._silent += 1
        elif tag == "table":
            self._depth += 1
        elif self._depth > 1:
            return
        elif tag == "tr":
            self._end_row()
            self._cells, self._line = [], self.getpos()[0]
        elif tag in ("td", "th"):
            self._end_cell()
            if self._cells is None:
                self._cells, self._line = [], self.getpos()[0]
            wide = dict(attrs).get("colspan") or "1"
            self._span = min(int(wide), MOST_SPAN) if wide.isdigit() else 1
            self._text = []
        elif tag == "br" and self._text is not None:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "title"):
            self._silent = max(self._silent - 1, 0)
        elif tag == "table":
            self._depth = max(self._depth - 1, 0)
            if self._depth == 0:
                self.end_table()
        elif self._depth > 1:
            return
        elif tag == "tr":
            self._end_row()
        elif tag in ("td", "th"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._silent:
            self._text.append(data)

    def _end_cell(self) -> None:
        if self._text is not None and self._cells is not None:
            self._cells.append("".join(self._text).strip())
            if len(self._cells) <= MOST_COLUMNS:
                self._cells.extend([""] * (self._span - 1))
        self._text = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._cells is not None:
            self._rows.append((self._line, self._cells))
        self._cells = None

    def end_table(self) -> None:
        self._end_row()
        self.tables.append(self._rows)
        self._rows = []


def read_xes(path: str, raw: bytes) -> Sheet:
    """The events of an XES log, one row each: case, activity, time, person, kind of transition.

    Raises:
        RecordsError: no XML, no log, a document type (entities are not read), no events.
    """
    events = _Events(path)
    parser = expat.ParserCreate()
    parser.StartElementHandler = events.start
    parser.EndElementHandler = events.end
    parser.StartDoctypeDeclHandler = events.doctype
    parser.EntityDeclHandler = events.doctype
    events.parser = parser
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as error:
        refuse(path, worded("reading-no-xml", error=expat.ErrorString(error.code)), line=error.lineno)
    except (ValueError, LookupError) as error:
        refuse(path, worded("reading-no-xml", error=str(error)))
    if not events.rows:
        refuse(path, worded("reading-no-events", file=Path(path).name), allowed=worded("reading-allowed-xes"))
    columns = tuple(Column.of(row[place] for row in events.rows) for place in range(len(XES)))
    lines = np.array(events.lines, np.int64)
    return Sheet(path, XES, columns, lines, form="xes", typed=True)


XES = ("case:concept:name", "concept:name", "time:timestamp", "org:resource", "lifecycle:transition", "org:role")
"""Columns of a log, by the names of XES."""
_PLACES = {name: place for place, name in enumerate(XES)}


class _Events:
    """Takes the events of a log as expat meets them."""

    parser: Any = None

    def __init__(self, path: str) -> None:
        self.path = path
        self.rows: list[list[str]] = []
        self.lines: list[int] = []
        self._case = ""
        self._row: list[str] | None = None
        self._depth = 0
        self._inside: list[str] = []

    def doctype(self, *_: object) -> None:
        refuse(self.path, worded("reading-entities"), line=self.parser.CurrentLineNumber)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if not self._inside and tag != "log":
            refuse(self.path, worded("reading-no-log", tag=tag), allowed=worded("reading-allowed-xes"))
        parent = self._inside[-1] if self._inside else ""
        self._inside.append(tag)
        if tag == "trace":
            self._case = ""
        elif tag == "event":
            self._row = [""] * len(XES)
            self.lines.append(self.parser.CurrentLineNumber)
        elif parent == "trace" and attributes.get("key") == "concept:name":
            self._case = attributes.get("value", "")
        elif parent == "event" and self._row is not None:
            place = _PLACES.get(attributes.get("key", ""))
            if place is not None:
                self._row[place] = attributes.get("value", "")

    def end(self, tag: str) -> None:
        self._inside.pop()
        if tag.rpartition(":")[2] == "event" and self._row is not None:
            self._row[0] = self._row[0] or self._case
            self.rows.append(self._row)
            self._row = None
