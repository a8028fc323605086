"""The charts of the page: which stand in which part, with their text alternatives."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.report.page.blocks import Part
from simulation.report.page.reading import Reading


def months(reading: Reading) -> Part:
    """Revenue, cash, staff and customers month by month: pictures only."""
    return Part("months", reading.texts("page-months"))


def with_pictures(parts: Sequence[Part], reading: Reading) -> list[Part]:
    """The parts with their charts in front of the tables; a part that stays empty is left out."""
    return [part for part in parts if part.blocks]
