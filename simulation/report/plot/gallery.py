"""The list of charts: what each is called, what it applies to, and the figures of all of them for a result."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.analysis.catalogue import describe
from simulation.analysis.results import Result
from simulation.analysis.unknown import one_of
from simulation.report.plot.comparison import overview, profit
from simulation.report.plot.diagram import diagram, gantt
from simulation.report.plot.leads import funnel, lost_leads, response_times
from simulation.report.plot.money import break_evens, channel_economics, money_waterfall
from simulation.report.plot.months import cash, customers, revenue_against_plan, staffing, workload
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


MOST_SINGLE = 4
"""With more structures than this a page shows single ones of the baseline and the best half as many only."""

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


@dataclass(frozen=True)
class Asked:
    """A chart that a result has, not drawn yet; fields as of ``Drawing``."""

    name: str
    chart: str
    structure: str
    result: Result
    lang: str | None

    def drawn(self) -> Figure:
        """The drawing."""
        from matplotlib.figure import Figure

        made = CHARTS[self.chart].draw(self.result, self.structure, self.lang)
        return made if isinstance(made, Figure) else figure_of(made)


def single(result: Result) -> list[str]:
    """Structures that a page shows alone: all of a few; of many the baseline and the best by the measure."""
    every = list(result.structures)
    if len(every) <= MOST_SINGLE:
        return every
    measure = getattr(result, "measure", "profit")
    up = describe(measure).upwards
    worth = {name: result.mean(name, measure) for name in every}
    known = [name for name in every if not math.isnan(worth[name])]
    first = getattr(result, "baseline", every[0])
    best = sorted(known, key=lambda name: worth[name], reverse=up)[: MOST_SINGLE // 2]
    return [name for name in every if name == first or name in best]


def asked(
    result: Result,
    lang: str | None = None,
    names: tuple[str, ...] | None = None,
    structures: Sequence[str] | None = None,
) -> Iterator[Asked]:
    """The charts that a result has, each to be drawn when it is wanted; arguments as of ``drawings``."""
    wanted = [one_of("chart", name, CHARTS) for name in (CHARTS if names is None else names)]
    shown = [one_of("structure", name, result.structures) for name in structures or result.structures]
    for name in wanted:
        chart = CHARTS[name]
        if not result.runs.finished or not chart.applies(result):
            continue
        for structure in shown if chart.each else ("",):
            yield Asked(f"{name}-{structure}" if structure else name, name, structure, result, lang)


def drawings(
    result: Result,
    lang: str | None = None,
    names: tuple[str, ...] | None = None,
    structures: Sequence[str] | None = None,
) -> Iterator[Drawing]:
    """The charts that a result has, one after the other; none where no year was finished.

    Args:
        result: a result or a comparison.
        lang: language of the words.
        names: only these; all when None.
        structures: whose single charts; all when None.

    Raises:
        UnknownName: there is no such chart or structure; the nearest is named.
    """
    for each in asked(result, lang, names, structures):
        yield Drawing(each.name, each.chart, each.structure, each.drawn())
