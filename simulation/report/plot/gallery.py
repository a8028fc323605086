"""The list of charts: what each is called, what it applies to, and the figures of all of them for a result."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.analysis.results import Result
from simulation.report.plot.break_even import break_evens
from simulation.report.plot.comparison import profit
from simulation.report.plot.diagram import diagram
from simulation.report.plot.gantt import gantt
from simulation.report.plot.leads import funnel, lost_leads
from simulation.report.plot.money import channel_economics, money_waterfall
from simulation.report.plot.months import cash, customers, revenue_against_plan, workload
from simulation.report.plot.overview import overview
from simulation.report.plot.responses import response_times
from simulation.report.plot.staffing import staffing
from simulation.report.plot.style import figure_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Chart:
    """A chart of the list.

    Attributes:
        draw: result, structure ('' for all of them) and language to a figure or axes.
        each: whether there is one for each structure.
        applies: whether a result has anything for it.
    """

    draw: Callable[[Result, str, str | None], Figure | Axes]
    each: bool = False
    applies: Callable[[Result], bool] = lambda result: True


@dataclass(frozen=True)
class Drawing:
    """A chart of a result.

    Attributes:
        name: of the file: that of the chart, with the structure where there is one for each.
        chart: key in `CHARTS`.
        structure: '' for all.
        figure: the drawing.
    """

    name: str
    chart: str
    structure: str
    figure: Figure


def _people_move(result: Result) -> bool:
    found = result.summaries
    return any(
        found[name][measure].mean > 0
        for name in result.structures
        for measure in ("leavers", "hires", "vacancy")
        if measure in found[name]
    )


CHARTS: dict[str, Chart] = {
    "overview": Chart(lambda r, s, lang: overview(r, lang=lang)),
    "profit": Chart(lambda r, s, lang: profit(r, lang=lang)),
    "funnel": Chart(lambda r, s, lang: funnel(r, lang=lang)),
    "lost_leads": Chart(lambda r, s, lang: lost_leads(r, lang=lang)),
    "response_times": Chart(lambda r, s, lang: response_times(r, lang=lang)),
    "diagram": Chart(lambda r, s, lang: diagram(r, s, lang=lang), each=True),
    "workload": Chart(lambda r, s, lang: workload(r, lang=lang)),
    "revenue_against_plan": Chart(lambda r, s, lang: revenue_against_plan(r, s, lang=lang), each=True),
    "cash": Chart(lambda r, s, lang: cash(r, lang=lang)),
    "break_even": Chart(lambda r, s, lang: break_evens(r, lang=lang)),
    "money_waterfall": Chart(lambda r, s, lang: money_waterfall(r, s, lang=lang), each=True),
    "staffing": Chart(lambda r, s, lang: staffing(r, lang=lang), applies=_people_move),
    "gantt": Chart(lambda r, s, lang: gantt(r, s, lang=lang), each=True),
    "customers": Chart(lambda r, s, lang: customers(r, lang=lang)),
    "channel_economics": Chart(
        lambda r, s, lang: channel_economics(r, lang=lang),
        applies=lambda r: any(name.startswith("acquisition_cost.") for name in r.measures),
    ),
}
"""Every chart by its name, in the order of the page."""


def drawings(result: Result, lang: str | None = None, names: tuple[str, ...] | None = None) -> Iterator[Drawing]:
    """The charts that a result has, one after the other; none where no year was finished.

    Args:
        result: a result or a comparison.
        lang: language of the words.
        names: only these; all when None.

    Raises:
        KeyError: there is no such chart.
    """
    from matplotlib.figure import Figure

    for name in CHARTS if names is None else names:
        chart = CHARTS[name]
        if not result.runs.finished or not chart.applies(result):
            continue
        for structure in result.structures if chart.each else ("",):
            drawn = chart.draw(result, structure, lang)
            figure = drawn if isinstance(drawn, Figure) else figure_of(drawn)
            yield Drawing(f"{name}-{structure}" if structure else name, name, structure, figure)
