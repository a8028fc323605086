"""Grids in the terminal, by rich: columns never break a number, whatever the width of the window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from simulation.report.grid import Cell, Grid, Row
from simulation.report.numbers import NOTHING

GAP = 2  # spaces between columns
INDENT = 2  # of rows below their heading
NARROWEST_LABEL = 22  # characters; longer labels take two lines where there is no room
TONES = {"good": "green", "bad": "red", "far": "red", "off": "yellow"}


def printed(grid: Grid, width: int) -> list[RenderableType]:
    """A table as one or more tables of the terminal, and its note.

    Args:
        grid: the table.
        width: characters of a line; columns that do not fit beside each other follow in further tables.
    """
    found = apart(tables(grid, width))
    return [*found, Text(grid.note)] if grid.note and found else found


def apart(parts: Iterable[RenderableType]) -> list[RenderableType]:
    """An empty line between parts."""
    return [each for part in parts for each in (part, Text())][:-1]


def tables(grid: Grid, width: int) -> list[Table]:
    """The tables of a grid without its note: as many columns beside each other as fit."""
    shown = _without_roomy(grid).narrow()
    if not any(row.cells for row in shown.rows):
        return []
    columns = [_aligned([row.cells[n] for row in shown.rows if row.cells]) for n in range(len(shown.header) - 1)]
    units = any(row.unit for row in shown.rows)
    room = width - _narrowest(shown) - GAP - max(len(row.unit) for row in shown.rows)
    groups = _groups(shown.titles[1:], columns, room)
    return [_table(shown, columns, group, units, first=not n) for n, group in enumerate(groups)]


def _narrowest(grid: Grid) -> int:
    """Characters that the labels have at least."""
    indent = INDENT * any(not row.cells for row in grid.rows)
    longest = max((len(row.label) + indent for row in grid.rows if row.cells), default=0)
    words = [word for row in grid.rows for word in row.label.split()]
    return max([min(longest, NARROWEST_LABEL), *(len(word) + indent for word in [*words, *grid.titles[0].split()])])


def _without_roomy(grid: Grid) -> Grid:
    columns = grid.columns
    kept = [n for n, each in enumerate(columns) if not each.roomy]
    if len(kept) == len(columns):
        return grid
    new = {old: number for number, old in enumerate(kept)}
    header = [replace(each, under=new[each.under]) if each.under else each for each in (columns[n] for n in kept)]
    rows = [replace(row, cells=[row.cells[n - 1] for n in kept if n]) if row.cells else row for row in grid.rows]
    return replace(grid, header=header, rows=rows)


def _table(grid: Grid, columns: Sequence[Sequence[Text]], group: Sequence[int], units: bool, *, first: bool) -> Table:
    """The table of some of the columns; the first of them has the title, in others rows under a row may be empty."""
    titles = grid.titles
    table = _empty(titles[0], *[""] * units, *(titles[n + 1] for n in group))
    table.title = Text(grid.title, style="bold") if grid.title and first else None
    headed = any(not row.cells for row in grid.rows)
    number = 0
    for row in grid.rows:
        if not row.cells:
            table.add_row(Text(row.label, style="bold"))
            continue
        cells = [columns[n][number] for n in group]
        number += 1
        if first or any(cell.plain.strip() for cell in cells):
            unit = "" if _has_units(cells) else row.unit
            table.add_row(_label(row, headed), *[unit] * units, *cells)
    return _settled(table, _narrowest(grid))


def _has_units(cells: Sequence[Text]) -> bool:
    """Whether all that stands in cells are shares with their sign, which the unit of the row does not belong to."""
    said = [cell.plain.split("  ")[0].strip() for cell in cells if cell.plain.strip(f" {NOTHING}")]
    return bool(said) and all("%" in text for text in said)


def _label(row: Row, headed: bool) -> RenderableType:
    """A label, under a heading set in; what stands under another row a step further."""
    deep = len(row.label) - len(row.label.lstrip(" "))
    return Padding(row.label.lstrip(" "), (0, 0, 0, deep + INDENT * headed))


def _aligned(cells: Sequence[Cell]) -> list[Text]:
    """Numbers right-aligned under each other, their notes beside them; words on the left."""
    worded = all(cell.words for cell in cells)
    width = 0 if worded else max((len(cell.text) for cell in cells if not cell.words), default=0)
    found = []
    for cell in cells:
        text = Text(
            cell.text if cell.words else cell.text.rjust(width), style=TONES.get(cell.tone, "bold" * cell.strong)
        )
        if cell.note:
            text.append(f"  {cell.note}", style="not bold" if cell.strong else "")
        found.append(text)
    return found


def _groups(titles: Sequence[str], columns: Sequence[Sequence[Text]], room: int) -> Iterator[list[int]]:
    """Numbers of the columns that fit beside each other; at least one."""
    group: list[int] = []
    left = room
    for number, (title, cells) in enumerate(zip(titles, columns, strict=True)):
        width = max([*(len(cell.plain) for cell in cells), *map(len, title.split())], default=0)
        if group and width + GAP > left:
            yield group
            group, left = [], room
        group.append(number)
        left -= width + GAP
    if group:
        yield group


def _empty(*headers: str) -> Table:
    """An empty table without lines."""
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold", title_justify="left")
    table.title_style = "bold"
    for header in headers:
        table.add_column(header)
    return table


def _settled(table: Table, narrowest: int) -> Table:
    """The table with columns that break no cell: in a narrow window labels and headers take more lines."""
    labels, *others = table.columns
    labels.min_width = narrowest
    for column in others:
        column.width = max(map(len, [*map(str, column.cells), *str(column.header).split()]), default=0)
    return table
