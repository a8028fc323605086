"""How a comparison is shown where it stands among other findings; its own page and tables have everything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simulation.analysis.results import Comparison
from simulation.report.answer import answer_of
from simulation.report.findings import Showing
from simulation.report.page.blocks import Part
from simulation.report.page.front import answer_part
from simulation.report.page.parts import statistics
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
    """The answer, then the statistics behind it."""
    reading = Reading(found, t)
    answer = answer_part(reading, answer_of(found), reading)
    return Part("comparison", t("comparison-title"), [*answer.blocks, *statistics(reading).blocks])


SHOWING = Showing(terminal, part, charts)
