"""A part of the page as the terminal has it: paragraphs, lists and tables one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from simulation.report.grid import plain_table, settled
from simulation.report.page.blocks import Bullets, Grid, Part, Words

if TYPE_CHECKING:
    from rich.console import RenderableType


def printed(part: Part) -> Iterator[RenderableType]:
    """The blocks of a part; pictures are left out."""
    yield Text(part.title, "bold")
    for block in part.blocks:
        match block:
            case Words():
                yield Text(block.text)
            case Bullets():
                yield from (Text(item) for item in block.items)
            case Grid():
                yield Text()
                yield settled(_table(block))
                if block.note:
                    yield Text(block.note)


def _table(grid: Grid) -> Table:
    table = plain_table(grid.title, *grid.header[1:])
    for column in table.columns[1:]:
        column.justify = "right"
    for row in grid.rows:
        label = f"{row.label}, {row.unit}" if row.unit else row.label
        cells = [f"{cell.text}  {cell.note}".strip() for cell in row.cells]
        table.add_row(label, *cells, style="" if row.cells else "bold")
    return table
