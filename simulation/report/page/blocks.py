"""What a page is made of."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulation.report.plot.saving import save

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Words:
    """A paragraph.

    Attributes:
        text: what it says.
        kind: 'plain', 'lead' (large), 'note' (small) or 'caution'.
    """

    text: str
    kind: str = "plain"
    block: str = "words"


@dataclass(frozen=True)
class Bullets:
    """A list.

    Attributes:
        items: what is listed.
        title: a line above it.
    """

    items: Sequence[str]
    title: str = ""
    block: str = "bullets"


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Attributes:
        text: main text.
        note: smaller text below it, such as an interval.
        strong: whether it stands out.
        words: whether it holds words and not a number.
    """

    text: str
    note: str = ""
    strong: bool = False
    words: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table.

    Attributes:
        label: what it is.
        cells: its cells; a row without any is a heading.
        unit: unit of the numbers, beside the label.
        path: whether the label is a path in a scenario, which may break after a dot.
    """

    label: str
    cells: Sequence[Cell] = ()
    unit: str = ""
    path: bool = False


@dataclass(frozen=True)
class Grid:
    """A table.

    Attributes:
        title: what it shows; its caption.
        header: titles of the columns, that of the labels first.
        rows: rows.
        note: a remark below it.
        folded: whether it is closed until somebody opens it (open in print).
    """

    title: str
    header: Sequence[str]
    rows: Sequence[Row]
    note: str = ""
    folded: bool = False
    block: str = "grid"

    @property
    def worded(self) -> list[bool]:
        """By column without the labels: whether it holds words in every row."""
        rows = [row.cells for row in self.rows if row.cells]
        return [all(cells[n].words for cells in rows) for n in range(len(self.header) - 1)]


@dataclass(frozen=True)
class Picture:
    """A chart.

    Attributes:
        svg: the drawing, as a data address.
        alt: what it shows, for those who do not see it.
        caption: a line below it.
    """

    svg: str
    alt: str
    caption: str = ""
    block: str = "picture"


Block = Words | Bullets | Grid | Picture


@dataclass
class Part:
    """A part of the page.

    Attributes:
        key: its name in addresses.
        title: its heading.
        blocks: what stands in it.
    """

    key: str
    title: str
    blocks: list[Block] = field(default_factory=list)


def picture(figure: Figure, alt: str, caption: str = "") -> Picture:
    """A chart as it stands in a page: SVG with its letters as outlines, so that it looks alike everywhere."""
    return Picture(f"data:image/svg+xml;base64,{base64.b64encode(svg_of(figure)).decode('ascii')}", alt, caption)


def svg_of(figure: Figure) -> bytes:
    """A figure as SVG; the same figure gives the same bytes."""
    out = io.BytesIO()
    save(figure, out, "svg")
    return out.getvalue()
