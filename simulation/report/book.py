"""The workbook for a client: real numbers with formats, totals as formulas, one sheet a question.

Every total is a formula beside the value that the program computed, so that a reader who changes a cell sees what
follows. Text from a scenario is written as text, whatever it begins with. ``SHEETS`` is the list of what stands in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.analysis.results import Result
from simulation.report.grid import Cell, Grid
from simulation.report.numbers import NOTHING
from simulation.report.reading import Reading
from simulation.texts import Texts, language_of, texts

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST_NAME = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
TINT = "#E8EEF4"
WIDEST = 60
"""Characters of the widest column."""
STYLES = {"money": "money", "share": "share"}
"""Formats of numbers by what they are; others have one digit after the point."""


class Book:
    """A workbook in the making.

    Args:
        path: where to.
        currency: of all money, ISO code.
        created: date that the file carries, so that the same result gives the same file.
        words: the language.
    """

    def __init__(self, path: Path, currency: str, created: datetime, words: Texts | None = None) -> None:
        import xlsxwriter

        options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
        self.workbook = xlsxwriter.Workbook(str(path), options)
        self.workbook.set_properties({"created": created})
        self.currency = currency
        self.words = words or texts("en")
        self._names: set[str] = set()
        add = self.workbook.add_format
        self.formats: dict[str, Format] = {
            "title": add({"bold": True, "font_size": 14}),
            "header": add({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": TINT}),
            "month": add({"bold": True, "bottom": 1, "num_format": "mmm yyyy", "bg_color": TINT, "align": "right"}),
            "text": add({"valign": "top"}),
            "wrapped": add({"text_wrap": True, "valign": "top"}),
            "bold": add({"bold": True}),
            "money": add({"num_format": "#,##0"}),
            "number": add({"num_format": "#,##0.0"}),
            "whole": add({"num_format": "#,##0"}),
            "share": add({"num_format": "0.0%"}),
            "row total": add({"num_format": "#,##0", "bold": True}),
            "right header": add({"bold": True, "bottom": 1, "bg_color": TINT, "align": "right"}),
            "total": add({"num_format": "#,##0", "bold": True, "top": 1}),
            "total text": add({"bold": True, "top": 1}),
        }

    def sheet(self, name: str) -> Sheet:
        """A new sheet; its name is cleaned of what a spreadsheet forbids, cut, and made unique."""
        clean = name.translate(FORBIDDEN).strip() or "Sheet"
        unique, number = clean[:LONGEST_NAME].strip(), 2
        while unique.lower() in self._names:
            suffix = f" {number}"
            unique = clean[: LONGEST_NAME - len(suffix)].strip() + suffix
            number += 1
        self._names.add(unique.lower())
        worksheet = self.workbook.add_worksheet(unique)
        worksheet.set_landscape()
        worksheet.set_paper(9)  # A4
        worksheet.fit_to_pages(1, 0)
        worksheet.hide_gridlines(2)
        worksheet.set_footer("&L&A&R&P / &N")
        return Sheet(self, worksheet, unique)

    def close(self) -> None:
        """Write the file."""
        self.workbook.close()


class Sheet:
    """A sheet that is filled row by row."""

    def __init__(self, book: Book, worksheet: Worksheet, name: str) -> None:
        self.book, self.worksheet, self.name = book, worksheet, name
        self.row = 0
        self._widths: dict[int, int] = {}

    def put(self, column: int, value: Any, style: str = "text", row: int | None = None) -> None:
        """A value: text as text, a number as a number, what is undefined as an empty cell."""
        at = self.row if row is None else row
        form = self.book.formats[style]
        if value is None or (isinstance(value, float) and value != value):
            self.worksheet.write_blank(at, column, None, form)
            return
        if isinstance(value, str):
            self.worksheet.write_string(at, column, value, form)
            self._wider(column, max((len(line) for line in value.split("\n")), default=0), style)
        elif isinstance(value, datetime):
            self.worksheet.write_datetime(at, column, value, form)
            self._wider(column, 9, style)
        else:
            number = float(value)
            if abs(number) == float("inf"):
                self.worksheet.write_string(at, column, "∞" if number > 0 else "-∞", form)
                return
            self.worksheet.write_number(at, column, number, form)
            self._wider(column, len(f"{number:,.0f}") + 2, style)

    def formula(self, column: int, text: str, value: float, style: str = "total") -> None:
        """A formula with the value that the program computed for it."""
        self.worksheet.write_formula(self.row, column, text, self.book.formats[style], value)
        self._wider(column, len(f"{value:,.0f}") + 2, style)

    def line(self, values: Iterable[Any], styles: Sequence[str]) -> None:
        """A row of values, then the next row."""
        for column, value in enumerate(values):
            self.put(column, value, styles[min(column, len(styles) - 1)])
        self.row += 1

    def grid(self, grid: Grid, label: str, style: str = "text", unit: bool = True) -> list[int]:
        """A table: its columns as numbers, each interval in columns of its own; the row of each of its rows.

        Args:
            grid: the table.
            label: title of the first column.
            style: of the texts.
            unit: whether the second column says in which unit the numbers of a row are.
        """
        words, rows = self.book.words, [row.cells for row in grid.rows if row.cells]
        columns = grid.columns[1:]
        parts = [["low", "high"] if c.ends else _parts_of([each[n] for each in rows]) for n, c in enumerate(columns)]
        header = [label, *[words("book-unit")] * unit]
        for title, part in zip(grid.titles[1:], parts, strict=True):
            header += [_named(words, title, each, part) for each in part]
        self.line(header, ["header"])
        placed = []
        for row in grid.rows:
            placed.append(self.row)
            if not row.cells:
                self.line([row.label], ["bold"])
                continue
            texts_style = "total text" if row.total else style
            self.put(0, row.label, texts_style)
            if unit:
                self.put(1, self._unit(row.cells), texts_style)
            column = 1 + unit
            for cell, part in zip(row.cells, parts, strict=True):
                for each in part:
                    value, number_style = _taken(cell, each)
                    if row.total and number_style == "money":
                        number_style = "total"
                    if cell.formula and each == "value":
                        text = cell.formula.format(row=self.row + 1, first=placed[0] + 1, last=self.row)
                        self.formula(column, text, value, number_style)
                    else:
                        self.put(column, value, number_style if isinstance(value, float) else texts_style)
                    column += 1
            self.row += 1
        return placed

    def _unit(self, cells: Sequence[Cell]) -> str:
        """The unit in which the numbers of a row are written: that of the first one."""
        known = [cell for cell in cells if not (cell.value != cell.value and cell.low != cell.low)]
        kind = known[0].kind if known else "number"
        units = {"money": self.book.currency, "share": "%", "days": self.book.words("unit-days")}
        return self.book.words("unit-hours") if kind.endswith("hours") else units.get(kind, "")

    def title(self, text: str, remark: str = "") -> None:
        """The sheet's title and a remark under it."""
        self.worksheet.write_string(self.row, 0, text, self.book.formats["title"])
        self.row += 1
        if remark:
            self.worksheet.write_string(self.row, 0, remark, self.book.formats["text"])
            self.row += 1
        self.row += 1

    def finish(self, freeze: tuple[int, int] | None = None) -> None:
        """Column widths, and the header that stays in sight."""
        for column, width in self._widths.items():
            self.worksheet.set_column(column, column, min(width + 1, WIDEST))
        if freeze is not None:
            self.worksheet.freeze_panes(*freeze)
            self.worksheet.repeat_rows(0, freeze[0] - 1)

    def _wider(self, column: int, characters: int, style: str) -> None:
        if style in ("wrapped", "title"):
            return
        self._widths[column] = max(self._widths.get(column, 8), min(characters, WIDEST))


def _parts_of(cells: Sequence[Cell]) -> list[str]:
    """What a column of a table comes to: 'text', or 'value', 'low', 'high', and of a second number 'also'."""
    if all(cell.words for cell in cells):
        return ["text"]
    parts = ["value"] * any(cell.value == cell.value for cell in cells)
    parts += ["low", "high"] * any(cell.low == cell.low for cell in cells)
    parts += ["also", "also low", "also high"] * any(cell.also is not None for cell in cells)
    return parts or ["text"]


def _named(words: Texts, title: str, part: str, parts: Sequence[str]) -> str:
    """Title of a part of a column."""
    match part:
        case "low" | "high" if "value" not in parts and title:
            return words(f"book-end-{part}", name=title)
        case "low" | "also low":
            return words("book-low")
        case "high" | "also high":
            return words("book-high")
        case "also":
            return words("book-also", name=title)
    return title


def _taken(cell: Cell, part: str) -> tuple[Any, str]:
    """A part of a cell and its format."""
    if part.startswith("also"):
        return _taken(cell.also, part[5:] or "value") if cell.also is not None else (None, "number")
    if part == "text":
        return ("" if cell.text == NOTHING and not cell.words else cell.text), "text"
    return float(getattr(cell, part)), STYLES.get(cell.kind, "number")


Maker = Callable[[Book, Reading], None]


def write_book(result: Result, path: Path, language: str | None = None) -> None:
    """Write the workbook of a result.

    Args:
        result: a result, or a comparison.
        path: where to.
        language: 'en' or 'ru'; that of the scenario's locale when None.

    Raises:
        OSError: the file cannot be written.
        ValueError: there is no such language.
    """
    from simulation.report.book_sheets import SHEETS

    scenario = result.scenario
    start = scenario.experiment.start
    words = texts(language or language_of(scenario.locale))
    book = Book(path, scenario.currency, datetime(start.year, start.month, start.day), words)
    reading = Reading(result, words)
    for make in SHEETS:
        make(book, reading)
    book.close()
