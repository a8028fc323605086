"""A part of the page as the terminal has it: paragraphs, lists and tables one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from simulation.report import terminal
from simulation.report.grid import Grid
from simulation.report.page.blocks import Bullets, Part, Words

if TYPE_CHECKING:
    from rich.console import RenderableType


def printed(part: Part, width: int) -> Iterator[RenderableType]:
    """The blocks of a part in so many characters a line; pictures are left out."""
    yield Text(part.title, "bold")
    for block in part.blocks:
        match block:
            case Words():
                yield Text(block.text)
            case Bullets():
                yield from (Text(item) for item in block.items)
            case Grid():
                yield Text()
                yield from terminal.printed(block, width)
