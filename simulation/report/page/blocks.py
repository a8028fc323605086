"""What a page is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulation.report.grid import Grid
from simulation.report.page.drawing import inline

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Words:
    """A paragraph.

    Attributes:
        text: what it says.
        kind: 'plain', 'lead' (large), 'step' (what to do), 'note' (small), 'caution' or 'own' (lines as written).
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
        svg: the drawing, an element of SVG that says what it shows to those who do not see it.
        caption: a line below it.
    """

    svg: str
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
        more: parts of the appendix that say more.
    """

    key: str
    title: str
    blocks: list[Block] = field(default_factory=list)
    more: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[list[Block], list[Block], list[Block]]:
        """What stands before its first picture, its pictures, and what stands behind."""
        at = next((n for n, each in enumerate(self.blocks) if isinstance(each, Picture)), len(self.blocks))
        pictures: list[Block] = [each for each in self.blocks if isinstance(each, Picture)]
        return self.blocks[:at], pictures, [each for each in self.blocks[at:] if not isinstance(each, Picture)]


def picture(figure: Figure, alt: str, caption: str = "") -> Picture:
    """A chart as it stands in a page.

    Args:
        figure: the drawing.
        alt: what it shows, for those who do not see it.
        caption: a line below it.
    """
    return Picture(inline(figure, alt), caption)
