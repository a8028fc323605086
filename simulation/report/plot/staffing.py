"""Staffing: positions, people and ramped people over the months, with who leaves and who comes."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.paths import Floats, paths
from simulation.analysis.quantiles import band, told
from simulation.analysis.results import Result
from simulation.report.plot.style import (
    GREY,
    axes_of,
    finished,
    headline,
    legend_below,
    literal,
    look,
    month_axis,
    new_figure,
    numbered,
    of_years,
    panels_of,
    scale_for,
    title_of,
    words,
)
from simulation.texts import Percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BAND = (0.1, 0.9)
"""Quantiles over the years between which the band of people employed lies."""
LEFT, CAME = "#555555", "#FFFFFF"
"""Of the bars: no colour that a structure has."""


@of_years
def staffing_of(result: Result, structure: str | None = None, ax: Axes | None = None, lang: str | None = None) -> Axes:
    """Staffing of a structure over the months.

    A step line for the positions, a line for the people employed with the band of four years out of five, a dashed
    line for those who are ramped, and bars for newcomers and leavers a month.

    Args:
        result: a result or a comparison.
        structure: the structure; the first when None.
        ax: axes to draw upon; those of a new figure when None.
        lang: language of the words.

    Returns:
        The axes.

    Raises:
        KeyError: there is no such structure.
    """
    name = result.structures[0] if structure is None else structure
    t, colour = words(result, lang), look(result, name).colour
    axes = axes_of(ax)
    at = month_axis(axes, result, t, name, 12 if ax is None else 6)
    positions, people, ramped = (paths(result, name, measure) for measure in ("positions", "headcount", "ramped"))
    low, high = band(people, BAND)
    axes.fill_between(at, low, high, color=colour, alpha=0.2, linewidth=0)
    axes.step(np.arange(len(at) + 1), _steps(positions.mean(axis=0)), where="post", color="black", linewidth=1.2)
    axes.plot(at, people.mean(axis=0), color=colour, linewidth=2.2)
    axes.plot(at, ramped.mean(axis=0), color=colour, linewidth=1.8, linestyle="--")
    leavers, hires = (paths(result, name, measure).mean(axis=0) for measure in ("leavers", "hires"))
    axes.bar(at - 0.18, hires, 0.36, color=CAME, edgecolor="black", linewidth=0.4)
    axes.bar(at + 0.18, leavers, 0.36, color=LEFT, edgecolor="black", linewidth=0.4)
    axes.set_ylim(0, None)
    numbered(axes.yaxis, scale_for(result, "number", people, t), t("chart-people"))
    return finished(axes, fill(title_of(result, name, t), 46))


@of_years
def staffing(result: Result, fig: Figure | None = None, lang: str | None = None) -> Figure:
    """Staffing of every structure over the months, on the same scale, with a legend below."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    t = words(result, lang)
    count = len(result.structures)
    figure = new_figure(1.5 + 2.9 * -(-count // 2)) if fig is None else fig
    panels = panels_of(figure, count, sharey=True)
    for number, (panel, name) in enumerate(zip(panels, result.structures, strict=True)):
        staffing_of(result, name, panel, lang)
        if number % 2:
            panel.set_ylabel("")
    known = told(result.runs.finished, BAND[0])
    share = t("chart-share-of-years", share=Percent(BAND[1] - BAND[0])) if known else t("chart-all-years")
    handles: list[Line2D | Patch] = [
        Line2D([], [], color="black", linewidth=1.2, label=t("chart-positions")),
        Line2D([], [], color=GREY, linewidth=2.2, label=t("chart-employed")),
        Patch(facecolor=GREY, alpha=0.2, label=share),
        Line2D([], [], color=GREY, linewidth=1.8, linestyle="--", label=t("chart-ramped")),
        Patch(facecolor=CAME, edgecolor="black", linewidth=0.4, label=t("chart-newcomers")),
        Patch(facecolor=LEFT, edgecolor="black", linewidth=0.4, label=t("chart-leavers")),
    ]
    legend_below(figure, handles, [str(handle.get_label()) for handle in handles])
    title = literal(result.scenario.provenance.title)
    headline(figure, t("chart-staffing", title=title, years=result.runs.finished))
    return figure


def _steps(values: Floats) -> Floats:
    return np.append(values, values[-1])
