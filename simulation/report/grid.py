"""Tables whose columns never break a number, whatever the width of the window."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

GAP = 2  # spaces between columns
NARROWEST_LABEL = 22  # characters; longer labels take two lines where there is no room


def plain_table(*headers: str) -> Table:
    """An empty table without lines; `settled` finishes it when its rows are in."""
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold", title_justify="left")
    table.title_style = "bold"
    for header in headers:
        table.add_column(header)
    return table


def side_by_side(
    titles: Mapping[str, str],
    rows: Sequence[tuple[str, tuple[str, str]]],
    cells: Mapping[str, Sequence[str]],
    width: int,
) -> list[Table]:
    """Tables with as many structures beside each other as fit.

    Args:
        titles: names of the structures in headers.
        rows: section ('' for none), label and unit of each row.
        cells: the cells of each structure, one per row.
        width: characters of a line.
    """
    indent = "  " if any(section for section, _ in rows) else ""
    widths = {name: max(map(len, [*column, *titles[name].split()]), default=0) for name, column in cells.items()}
    room = width - NARROWEST_LABEL - GAP - max((len(unit) for _, (_, unit) in rows), default=0)
    tables = []
    for group in _groups(widths, room):
        table = plain_table("", "", *(titles[name] for name in group))
        before = ""
        for number, (section, (label, unit)) in enumerate(rows):
            if section != before:
                table.add_row(Text(section, style="bold"))
                before = section
            table.add_row(Padding(label, (0, 0, 0, len(indent))), unit, *(cells[name][number] for name in group))
        tables.append(settled(table))
    return tables


def settled(table: Table) -> Table:
    """The table with columns that break no cell: in a narrow window labels and headers take more lines."""
    for number, column in enumerate(table.columns):
        cells = [str(cell) for cell in column.cells if isinstance(cell, (str, Text))]
        words = [word for cell in cells for word in cell.split()] if number == 0 else cells
        words += str(column.header).split()
        width = max(map(len, words), default=0)
        if number == 0:
            column.min_width = max(width, NARROWEST_LABEL)
        else:
            column.width = width
    return table


def aligned(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Means right-aligned under each other, their intervals beside them."""
    width = max((len(mean) for mean, _ in pairs), default=0)
    return [f"{mean:>{width}}  {interval}".rstrip() for mean, interval in pairs]


def _groups(widths: dict[str, int], room: int) -> Iterator[list[str]]:
    """Structures that fit beside each other; at least one."""
    group: list[str] = []
    left = room
    for name, width in widths.items():
        if group and width + GAP > left:
            yield group
            group, left = [], room
        group.append(name)
        left -= width + GAP
    if group:
        yield group
