"""A table of a report: made once, drawn by three renderers.

`terminal` prints it, the page's template draws it, and a sheet of the workbook (`book.Sheet.grid`) takes its numbers.
All words in it are in one language already; whoever builds it asks a `Reading`, which knows the language.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from simulation.texts.values import Unit


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text for readers, its numbers for a spreadsheet.

    Attributes:
        text: main text.
        note: smaller text beside or below it, such as an interval.
        strong: whether it stands out.
        words: whether it holds words and not a number.
        tone: 'good', 'bad', 'far' or '': how it is coloured where there are colours.
        value: the number behind the text, in the unit used inside; NaN for none.
        low: lower end of its interval; NaN for none.
        high: upper end.
        kind: what the number is.
        also: a second number behind the note, such as the share of years beside a target.
        formula: what a sheet has in place of the number: '{row}' is its own row, '{first}' and '{last}' are the rows
            above it.
    """

    text: str
    note: str = ""
    strong: bool = False
    words: bool = False
    tone: str = ""
    value: float = math.nan
    low: float = math.nan
    high: float = math.nan
    kind: Unit = "number"
    also: Cell | None = None
    formula: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a table.

    Attributes:
        label: what it is.
        cells: its cells; a row without any is a heading of those below it.
        unit: unit of the numbers, beside the label.
        path: whether the label is a path in a scenario, which may break after a dot.
        total: whether it sums the rows above it.
    """

    label: str
    cells: Sequence[Cell] = ()
    unit: str = ""
    path: bool = False
    total: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        title: what stands in it.
        under: number of the column under which its cells stand in a line of their own, where there is little room
            (terminal, page); the sheet has it as a column.
        roomy: whether the terminal leaves it out.
        ends: whether a sheet has two columns of it whatever stands in it: the ends of a range.
    """

    title: str
    under: int | None = None
    roomy: bool = False
    ends: bool = False


@dataclass(frozen=True)
class Grid:
    """A table.

    Attributes:
        title: what it shows; its caption.
        header: the columns, or their titles, that of the labels first.
        rows: rows.
        note: a remark below it.
        folded: whether it is closed until somebody opens it (open in print).
    """

    title: str
    header: Sequence[str | Column]
    rows: Sequence[Row]
    note: str = ""
    folded: bool = False
    block: str = "grid"

    @property
    def columns(self) -> list[Column]:
        """The columns, that of the labels first."""
        return [each if isinstance(each, Column) else Column(each) for each in self.header]

    @property
    def titles(self) -> list[str]:
        """Titles of the columns."""
        return [each.title for each in self.columns]

    @property
    def worded(self) -> list[bool]:
        """By column without the labels: whether it holds words in every row."""
        rows = [row.cells for row in self.rows if row.cells]
        return [all(cells[n].words for cells in rows) for n in range(len(self.header) - 1)]

    def narrow(self) -> Grid:
        """The table with what stands under another column in lines of its own."""
        columns = self.columns
        under = {n: each.under for n, each in enumerate(columns) if each.under is not None}
        if not under:
            return self
        kept = [n for n in range(1, len(columns)) if n not in under]
        rows = []
        for row in self.rows:
            rows.append(replace(row, cells=[row.cells[n - 1] for n in kept]) if row.cells else row)
            for n, at in under.items():
                if row.cells and (row.cells[n - 1].text or row.cells[n - 1].note):
                    cells = [
                        row.cells[n - 1] if each == at else Cell("", words=row.cells[each - 1].words) for each in kept
                    ]
                    rows.append(Row(f"  {columns[n].title}", cells))
        return replace(self, header=[columns[0], *(columns[n] for n in kept)], rows=rows)


def with_interval(found: Cell) -> str:
    """'90 % (60 % … 98 %)' in a line."""
    return f"{found.text} ({found.note})" if found.note else found.text
