"""The way from today's people to other structures in the terminal, and as a part of the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simulation.report.findings import Showing, printed
from simulation.report.page.blocks import Part
from simulation.report.page.parts import way_there
from simulation.report.reading import Reading
from simulation.study.transition.answer import Transitions
from simulation.texts import Texts

if TYPE_CHECKING:
    from rich.console import RenderableType


def terminal(found: Transitions, width: int, t: Texts) -> Iterable[RenderableType]:
    """What each way costs, and who has to learn what."""
    return printed(part(found, t), width)


def part(found: Transitions, t: Texts) -> Part:
    """The part of the page."""
    blocks = way_there(Reading(found.comparison, t, transitions=found.ways)).blocks
    return Part("way-there", t("transition-title"), blocks)


SHOWING = Showing(terminal, part)
