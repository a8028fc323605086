"""How a comparison is shown where it stands among other findings; its own page and tables have everything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simulation.analysis.results import Comparison
from simulation.report.findings import Showing
from simulation.report.page.blocks import Part
from simulation.report.page.parts import verdict
from simulation.report.plot.gallery import drawings
from simulation.report.reading import Reading
from simulation.report.tables import report
from simulation.texts import Texts

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from rich.console import RenderableType


def terminal(found: Comparison, width: int, t: Texts) -> Iterable[RenderableType]:
    """The tables of a comparison and its verdict."""
    return report(found, width)


def charts(found: Comparison, t: Texts) -> dict[str, Figure]:
    """Every chart that it has."""
    return {each.name: each.figure for each in drawings(found, t.language)}


def part(found: Comparison, t: Texts) -> Part:
    """The verdict."""
    return Part("comparison", t("comparison-title"), verdict(Reading(found, t)).blocks)


SHOWING = Showing(terminal, part, charts)
