"""What a page is made of."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulation.report.grid import Grid
from simulation.report.plot.style import save

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
