"""What a packed workbook would unpack to, and where its formulas are: looked at before anything opens it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from xml.parsers import expat

from simulation.calibration.readers.delimited import MOST_COLUMNS
from simulation.calibration.readers.problems import refuse
from simulation.texts import worded
from simulation.written.workbook import MOST_CELLS, column_of, extent, repeated

MOST_UNPACKED = 1_000_000_000
"""Bytes that a workbook may unpack to."""
MOST_TIMES = 200
"""How many times its size a part of a workbook may unpack to, where that is more than `SMALL`."""
SMALL = 20_000_000
Formulas = Mapping[tuple[int, int], bool]
"""Cells with formulas, by row and column from 0, and whether each has the value that it came to."""
_FORMULA = re.compile(rb'<c\b[^>]*?\br="([A-Z]+)(\d+)"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>.*?</f>)\s*(<v>[^<])?', re.DOTALL)
_SHEET = re.compile(rb"<sheet\b[^>]*?\br:id=[\"']([^\"']+)[\"']")
_RELATION = re.compile(rb"<Relationship\b([^>]*)>")
_VALUE = re.compile(rb"(\w+)=[\"']([^\"']*)[\"']")


def inspected(path: str, raw: bytes) -> tuple[str, dict[int, Formulas]]:
    """Which kind of workbook a zip is ('xlsx', 'xlsb', 'ods'), and its formulas by number of the sheet.

    Raises:
        RecordsError: it would unpack to too much, its directory does not tell the truth, it is no workbook.
    """
    try:
        packed = zipfile.ZipFile(io.BytesIO(raw))
        parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
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
    form = "xlsx" if "xl/workbook.xml" in names else "xlsb" if "xl/workbook.bin" in names else "ods"
    if form == "ods" and b"spreadsheet" not in _part(path, packed, "mimetype", names)[:200]:
        refuse(path, worded("reading-zip"), allowed=worded("reading-allowed-files"))
    formulas: dict[int, Formulas] = {}
    if form == "ods":
        content = _part(path, packed, "content.xml", names)
        _not_repeated(path, content)
        if b"table:formula=" in content:
            formulas = _formulas_of_ods(content)
    order = _in_order(path, packed, names)
    for name in sorted(names):
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
            text = _part(path, packed, name, names)
            _not_too_wide(path, text)
            if b"<f" in text and name in order:
                formulas[order[name]] = {
                    (int(row) - 1, column_of(letters)): bool(value) for letters, row, value in _FORMULA.findall(text)
                }
        elif name == "xl/sharedStrings.xml" or name.endswith(".bin"):
            _part(path, packed, name, names)
    return form, formulas


def _part(path: str, packed: zipfile.ZipFile, name: str, names: set[str]) -> bytes:
    """A part of a workbook, unpacked no further than its directory says; empty where there is none."""
    if name not in names:
        return b""
    try:
        return packed.read(name)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        refuse(path, worded("reading-no-workbook", error=str(error)), allowed=worded("reading-allowed-files"))


def _in_order(path: str, packed: zipfile.ZipFile, names: set[str]) -> dict[str, int]:
    """Number of the sheet that each part holds."""
    targets = {}
    for found in _RELATION.findall(_part(path, packed, "xl/_rels/workbook.xml.rels", names)):
        values = dict(_VALUE.findall(found))
        target = values.get(b"Target", b"").decode("utf-8", "replace")
        targets[values.get(b"Id", b"")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    sheets = _SHEET.findall(_part(path, packed, "xl/workbook.xml", names))
    return {targets[each]: number for number, each in enumerate(sheets) if each in targets}


def _not_too_wide(path: str, text: bytes) -> None:
    """Refuses a sheet whose corners lie so far apart that the cells between them would not fit into memory."""
    rows, columns = extent(text)
    if columns > MOST_COLUMNS:
        refuse(path, worded("reading-many-columns", columns=columns, most=MOST_COLUMNS))
    if rows * columns > MOST_CELLS:
        refuse(path, worded("reading-many-cells", rows=rows, columns=columns))


def _not_repeated(path: str, text: bytes) -> None:
    """Refuses an ODS whose repeated cells would fill the memory; empty ends of rows and of the sheet are usual."""
    for cells, rows, width in repeated(text):
        if cells > MOST_CELLS:
            refuse(path, worded("reading-many-cells", rows=rows, columns=width))


def _formulas_of_ods(content: bytes) -> dict[int, Formulas]:
    """Cells with formulas by sheet; each has its value, which the format writes beside it."""
    found: dict[int, dict[tuple[int, int], bool]] = {}
    at = {"sheet": -1, "row": 0, "rows": 1, "column": 0}

    def start(tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "table":
            at.update(sheet=at["sheet"] + 1, row=0)
        elif kind == "table-row":
            at.update(column=0, rows=int(attributes.get("table:number-rows-repeated", "1")))
        elif kind in ("table-cell", "covered-table-cell"):
            if "table:formula" in attributes:
                valued = any(
                    name in attributes for name in ("office:value", "office:date-value", "office:string-value")
                )
                found.setdefault(at["sheet"], {})[at["row"], at["column"]] = valued
            at["column"] += int(attributes.get("table:number-columns-repeated", "1"))

    def end(tag: str) -> None:
        if tag.rpartition(":")[2] == "table-row":
            at["row"] += at["rows"]

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError):
        return {}  # whoever opens it will say what is wrong
    return dict(found)
